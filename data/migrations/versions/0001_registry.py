"""The nouns of a portfolio, a table each and tables beneath."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("cycles",
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("periods", sa.BigInteger(), nullable=False),
        sa.Column("per_year", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.Double(), nullable=False),
        sa.Column("framework", sa.Text(), nullable=False),
        sa.Column("framework_version", sa.Text(), nullable=False),
        sa.Column("submit_by", sa.Date(), nullable=True),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_cycles"))
    )
    op.create_table("people",
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_people"))
    )
    op.create_table("ballots",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"],
            name=op.f("fk_ballots_cycles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "person", "round", name=op.f("pk_ballots"))
    )
    op.create_table("debts",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("principal_low_cents", sa.BigInteger(), nullable=True),
        sa.Column("principal_cents", sa.BigInteger(), nullable=False),
        sa.Column("principal_high_cents", sa.BigInteger(), nullable=True),
        sa.Column("principal_growth", sa.Double(), nullable=False),
        sa.Column("interest_low_cents", sa.BigInteger(), nullable=True),
        sa.Column("interest_cents", sa.BigInteger(), nullable=False),
        sa.Column("interest_high_cents", sa.BigInteger(), nullable=True),
        sa.Column("interest_growth", sa.Double(), nullable=False),
        sa.Column("loss_cents", sa.BigInteger(), nullable=False),
        sa.Column("p_before", sa.Double(), nullable=False),
        sa.Column("p_after", sa.Double(), nullable=False),
        sa.Column("support_end", sa.Date(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("confidence", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("standalone_envelope", sa.Text(), nullable=False),
        sa.Column("standalone_cost_cents", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"],
            name=op.f("fk_debts_cycles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "code", name=op.f("pk_debts"))
    )
    op.create_table("envelopes",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("carry", sa.Double(), nullable=False),
        sa.Column("has_limits", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"],
            name=op.f("fk_envelopes_cycles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "code", name=op.f("pk_envelopes"))
    )
    op.create_table("evaluations",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("criterion", sa.String(length=160), nullable=False),
        sa.Column("evaluator", sa.String(length=160), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rating", sa.Double(), nullable=True),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("confidence", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"],
            name=op.f("fk_evaluations_cycles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "project", "criterion", "evaluator", "round", name=op.f("pk_evaluations"))
    )
    op.create_table("links",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lag", sa.BigInteger(), nullable=True),
        sa.Column("at_most", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"],
            name=op.f("fk_links_cycles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "code", name=op.f("pk_links"))
    )
    op.create_table("periods",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("period", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"],
            name=op.f("fk_periods_cycles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "period", name=op.f("pk_periods"))
    )
    op.create_table("person_roles",
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.Column("role", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.code"],
            name=op.f("fk_person_roles_people"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", "role", name=op.f("pk_person_roles"))
    )
    op.create_table("projects",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("sponsor", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("beneficiaries", sa.Text(), nullable=False),
        sa.Column("earliest", sa.Text(), nullable=False),
        sa.Column("latest", sa.Text(), nullable=False),
        sa.Column("deadline", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=True), sa.Column("article", sa.Text(), nullable=True),
        sa.Column("law_date", sa.Date(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("operating_cost_cents", sa.BigInteger(), nullable=True),
        sa.Column("given_value", sa.Double(), nullable=True),
        sa.Column("debt_share", sa.Double(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"],
            name=op.f("fk_projects_cycles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "code", name=op.f("pk_projects"))
    )
    op.create_table("scenarios",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("maximize", sa.Text(), nullable=True),
        sa.Column("budget_share", sa.Double(), nullable=True),
        sa.Column("time_limit", sa.Double(), nullable=False),
        sa.Column("gap", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"],
            name=op.f("fk_scenarios_cycles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "code", name=op.f("pk_scenarios"))
    )
    op.create_table("systems",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("criticality", sa.BigInteger(), nullable=True),
        sa.Column("users", sa.BigInteger(), nullable=True),
        sa.Column("run_cost_cents", sa.BigInteger(), nullable=True),
        sa.Column("replacement_value_cents", sa.BigInteger(), nullable=True),
        sa.Column("disposition", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"],
            name=op.f("fk_systems_cycles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "code", name=op.f("pk_systems"))
    )
    op.create_table("teams",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"],
            name=op.f("fk_teams_cycles"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "code", name=op.f("pk_teams"))
    )
    op.create_table("answers",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "project"], ["projects.cycle", "projects.code"],
            name=op.f("fk_answers_projects"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "project", "position", name=op.f("pk_answers"))
    )
    op.create_table("ballot_weights",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "person", "round"], ["ballots.cycle", "ballots.person", "ballots.round"],
            name=op.f("fk_ballot_weights_ballots"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "person", "round", "position", name=op.f("pk_ballot_weights"))
    )
    op.create_table("debt_interest",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("debt", sa.String(length=160), nullable=False),
        sa.Column("period", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "debt"], ["debts.cycle", "debts.code"],
            name=op.f("fk_debt_interest_debts"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "debt", "period", name=op.f("pk_debt_interest"))
    )
    op.create_table("envelope_limits",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("envelope", sa.String(length=160), nullable=False),
        sa.Column("period", sa.BigInteger(), nullable=False),
        sa.Column("limit_cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "envelope"], ["envelopes.cycle", "envelopes.code"],
            name=op.f("fk_envelope_limits_envelopes"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "envelope", "period", name=op.f("pk_envelope_limits"))
    )
    op.create_table("ignored_rules",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("scenario", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "scenario"], ["scenarios.cycle", "scenarios.code"],
            name=op.f("fk_ignored_rules_scenarios"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "scenario", "kind", name=op.f("pk_ignored_rules"))
    )
    op.create_table("levers",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("scenario", sa.String(length=160), nullable=False),
        sa.Column("envelope", sa.String(length=160), nullable=False),
        sa.Column("factor", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "scenario"], ["scenarios.cycle", "scenarios.code"],
            name=op.f("fk_levers_scenarios"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "scenario", "envelope", name=op.f("pk_levers"))
    )
    op.create_table("link_members",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("link", sa.String(length=160), nullable=False),
        sa.Column("role", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "link"], ["links.cycle", "links.code"],
            name=op.f("fk_link_members_links"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "link", "role", "position", name=op.f("pk_link_members"))
    )
    op.create_table("measures",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "project"], ["projects.cycle", "projects.code"],
            name=op.f("fk_measures_projects"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "project", "position", name=op.f("pk_measures"))
    )
    op.create_table("objectives",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("scenario", sa.String(length=160), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "scenario"], ["scenarios.cycle", "scenarios.code"],
            name=op.f("fk_objectives_scenarios"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "scenario", "name", name=op.f("pk_objectives"))
    )
    op.create_table("project_systems",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "project"], ["projects.cycle", "projects.code"],
            name=op.f("fk_project_systems_projects"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "project", "position", name=op.f("pk_project_systems"))
    )
    op.create_table("remedies",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("debt", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "debt"], ["debts.cycle", "debts.code"],
            name=op.f("fk_remedies_debts"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "debt", "position", name=op.f("pk_remedies"))
    )
    op.create_table("rules",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("scenario", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False), sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "scenario"], ["scenarios.cycle", "scenarios.code"],
            name=op.f("fk_rules_scenarios"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "scenario", "position", name=op.f("pk_rules"))
    )
    op.create_table("savings",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("link", sa.String(length=160), nullable=False),
        sa.Column("envelope", sa.String(length=160), nullable=False),
        sa.Column("period", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "link"], ["links.cycle", "links.code"],
            name=op.f("fk_savings_links"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "link", "envelope", "period", name=op.f("pk_savings"))
    )
    op.create_table("tags",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("grid", sa.Text(), nullable=False), sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "project"], ["projects.cycle", "projects.code"],
            name=op.f("fk_tags_projects"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "project", "position", name=op.f("pk_tags"))
    )
    op.create_table("team_capacity",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("team", sa.String(length=160), nullable=False),
        sa.Column("period", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "team"], ["teams.cycle", "teams.code"],
            name=op.f("fk_team_capacity_teams"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "team", "period", name=op.f("pk_team_capacity"))
    )
    op.create_table("technologies",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("sales_end", sa.Date(), nullable=True),
        sa.Column("active_end", sa.Date(), nullable=True),
        sa.Column("standard_end", sa.Date(), nullable=True),
        sa.Column("extended_end", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["cycle", "system"], ["systems.cycle", "systems.code"],
            name=op.f("fk_technologies_systems"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "system", "position", name=op.f("pk_technologies"))
    )
    op.create_table("variants",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("duration", sa.BigInteger(), nullable=True),
        sa.Column("value_factor", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "project"], ["projects.cycle", "projects.code"],
            name=op.f("fk_variants_projects"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "project", "code", name=op.f("pk_variants"))
    )
    op.create_table("costs",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("variant", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("low_cents", sa.BigInteger(), nullable=True),
        sa.Column("likely_cents", sa.BigInteger(), nullable=False),
        sa.Column("high_cents", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["cycle", "project", "variant"], ["variants.cycle", "variants.project", "variants.code"],
            name=op.f("fk_costs_variants"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "project", "variant", "position", name=op.f("pk_costs"))
    )
    op.create_table("efforts",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("variant", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["cycle", "project", "variant"], ["variants.cycle", "variants.project", "variants.code"],
            name=op.f("fk_efforts_variants"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("cycle", "project", "variant", "position", name=op.f("pk_efforts"))
    )


def downgrade():
    op.drop_table("efforts")
    op.drop_table("costs")
    op.drop_table("variants")
    op.drop_table("technologies")
    op.drop_table("team_capacity")
    op.drop_table("tags")
    op.drop_table("savings")
    op.drop_table("rules")
    op.drop_table("remedies")
    op.drop_table("project_systems")
    op.drop_table("objectives")
    op.drop_table("measures")
    op.drop_table("link_members")
    op.drop_table("levers")
    op.drop_table("ignored_rules")
    op.drop_table("envelope_limits")
    op.drop_table("debt_interest")
    op.drop_table("ballot_weights")
    op.drop_table("answers")
    op.drop_table("teams")
    op.drop_table("systems")
    op.drop_table("scenarios")
    op.drop_table("projects")
    op.drop_table("person_roles")
    op.drop_table("periods")
    op.drop_table("links")
    op.drop_table("evaluations")
    op.drop_table("envelopes")
    op.drop_table("debts")
    op.drop_table("ballots")
    op.drop_table("people")
    op.drop_table("cycles")
