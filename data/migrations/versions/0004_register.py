"""The register of debt: inventory, acceptances, legacy risk, findings of tools, closed years."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NO_TEXT = sa.text("''")
WRITTEN = {
    "systems": ("interest_reason",),
    "technologies": ("sales_word", "active_word", "standard_word", "extended_word", "purl", "cpe",
                     "source"),
    "debts": ("description", "theme", "duplicate_of", "created_by"),
}  # table that stands already -> its new columns of text, "" in rows that are there
OPTIONAL = {
    "systems": {"interest_figure_cents": sa.BigInteger},
    "technologies": {"contract_until": sa.Date},
    "debts": {
        "quadrant": sa.Text, "principal_hours": sa.Double,
        "principal_rate_cents": sa.BigInteger, "principal_external_cents": sa.BigInteger,
        "interest_hours": sa.Double, "interest_rate_cents": sa.BigInteger,
        "interest_external_cents": sa.BigInteger, "loss_after_cents": sa.BigInteger,
        "logged_on": sa.Date, "closed_on": sa.Date,
    },
    "remedies": {"after": sa.BigInteger},
    "scenarios": {"point_price_cents": sa.BigInteger},
}  # table that stands already -> its new columns that may say nothing
NEW = (
    "system_services", "dependencies", "tool_keys", "debt_evidence", "acceptances", "assessments",
    "risk_levels", "risk_debts", "replacements", "year_ends", "year_systems", "year_items",
    "findings", "components", "readings", "batches", "undo", "products", "product_names",
    "releases",
)


def upgrade():
    for table, names in WRITTEN.items():
        for name in names:
            op.add_column(
                table, sa.Column(name, sa.Text(), nullable=False, server_default=NO_TEXT)
            )
    for table, columns in OPTIONAL.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind(), nullable=True))
    op.add_column(
        "scenarios", sa.Column("debt_mode", sa.Text(), nullable=False, server_default="points")
    )
    op.add_column("scenarios", sa.Column(
        "terminal_years", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    # What was kept as the end of a paid extension was then the end of support: it had been bought.
    op.execute("UPDATE technologies SET contract_until = extended_end")
    op.create_table("system_services",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "system", "position", name=op.f("pk_system_services")),
        sa.ForeignKeyConstraint(["cycle", "system"], ["systems.cycle", "systems.code"], name=op.f("fk_system_services_systems"), ondelete="CASCADE"),
    )
    op.create_table("dependencies",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "system", "position", name=op.f("pk_dependencies")),
        sa.ForeignKeyConstraint(["cycle", "system"], ["systems.cycle", "systems.code"], name=op.f("fk_dependencies_systems"), ondelete="CASCADE"),
    )
    op.create_table("tool_keys",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "system", "position", name=op.f("pk_tool_keys")),
        sa.ForeignKeyConstraint(["cycle", "system"], ["systems.cycle", "systems.code"], name=op.f("fk_tool_keys_systems"), ondelete="CASCADE"),
    )
    op.create_table("debt_evidence",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("debt", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("findings", sa.BigInteger(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("cycle", "debt", "position", name=op.f("pk_debt_evidence")),
        sa.ForeignKeyConstraint(["cycle", "debt"], ["debts.cycle", "debts.code"], name=op.f("fk_debt_evidence_debts"), ondelete="CASCADE"),
    )
    op.create_table("acceptances",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("debt", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("control", sa.Text(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("ruling", sa.Text(), nullable=False),
        sa.Column("ruled_by", sa.Text(), nullable=False),
        sa.Column("ruled_on", sa.Date(), nullable=True),
        sa.Column("ruled_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "debt", "number", name=op.f("pk_acceptances")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_acceptances_cycles"), ondelete="CASCADE"),
    )
    op.create_table("assessments",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by", sa.Text(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("funding", sa.Text(), nullable=False),
        sa.Column("target", sa.Date(), nullable=True),
        sa.Column("cost_change", sa.Double(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "system", name=op.f("pk_assessments")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_assessments_cycles"), ondelete="CASCADE"),
    )
    op.create_table("risk_levels",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("criterion", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.BigInteger(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("proposed", sa.BigInteger(), nullable=True),
        sa.Column("after", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cycle", "system", "criterion", name=op.f("pk_risk_levels")),
        sa.ForeignKeyConstraint(["cycle", "system"], ["assessments.cycle", "assessments.system"], name=op.f("fk_risk_levels_assessments"), ondelete="CASCADE"),
    )
    op.create_table("risk_debts",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("criterion", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("debt", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "system", "criterion", "position", name=op.f("pk_risk_debts")),
        sa.ForeignKeyConstraint(["cycle", "system", "criterion"], ["risk_levels.cycle", "risk_levels.system", "risk_levels.criterion"], name=op.f("fk_risk_debts_risk_levels"), ondelete="CASCADE"),
    )
    op.create_table("replacements",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "system", "position", name=op.f("pk_replacements")),
        sa.ForeignKeyConstraint(["cycle", "system"], ["assessments.cycle", "assessments.system"], name=op.f("fk_replacements_assessments"), ondelete="CASCADE"),
    )
    op.create_table("year_ends",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "year", name=op.f("pk_year_ends")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_year_ends_cycles"), ondelete="CASCADE"),
    )
    op.create_table("year_systems",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("opening_cents", sa.BigInteger(), nullable=False),
        sa.Column("logged_cents", sa.BigInteger(), nullable=False),
        sa.Column("grown_cents", sa.BigInteger(), nullable=False),
        sa.Column("estimated_cents", sa.BigInteger(), nullable=False),
        sa.Column("retired_cents", sa.BigInteger(), nullable=False),
        sa.Column("closing_cents", sa.BigInteger(), nullable=False),
        sa.Column("accepted_cents", sa.BigInteger(), nullable=False),
        sa.Column("interest_cents", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "year", "position", name=op.f("pk_year_systems")),
        sa.ForeignKeyConstraint(["cycle", "year"], ["year_ends.cycle", "year_ends.year"], name=op.f("fk_year_systems_year_ends"), ondelete="CASCADE"),
    )
    op.create_table("year_items",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("debt", sa.Text(), nullable=False),
        sa.Column("principal_cents", sa.BigInteger(), nullable=False),
        sa.Column("interest_cents", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "year", "position", name=op.f("pk_year_items")),
        sa.ForeignKeyConstraint(["cycle", "year"], ["year_ends.cycle", "year_ends.year"], name=op.f("fk_year_items_year_ends"), ondelete="CASCADE"),
    )
    op.create_table("findings",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=True),
        sa.Column("debt", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("set_aside", sa.Boolean(), nullable=False),
        sa.Column("first_seen", sa.Date(), nullable=True),
        sa.Column("last_seen", sa.Date(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.Column("reopened", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "system", "source", "key", name=op.f("pk_findings")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_findings_cycles"), ondelete="CASCADE"),
    )
    op.create_table("components",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("purl", sa.Text(), nullable=False),
        sa.Column("cpe", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("licences", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("support_end", sa.Date(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("cycle", "system", "source", "key", name=op.f("pk_components")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_components_cycles"), ondelete="CASCADE"),
    )
    op.create_table("readings",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("system", sa.String(length=160), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("metric", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Double(), nullable=False),
        sa.Column("scope", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "system", "source", "scope", "metric", "on", name=op.f("pk_readings")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_readings_cycles"), ondelete="CASCADE"),
    )
    op.create_table("batches",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("unchanged", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.BigInteger(), nullable=False),
        sa.Column("reopened", sa.BigInteger(), nullable=False),
        sa.Column("mapped", sa.BigInteger(), nullable=False),
        sa.Column("unmapped", sa.BigInteger(), nullable=False),
        sa.Column("undated", sa.BigInteger(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "number", name=op.f("pk_batches")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_batches_cycles"), ondelete="CASCADE"),
    )
    op.create_table("undo",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("changed_to", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "number", "position", name=op.f("pk_undo")),
        sa.ForeignKeyConstraint(["cycle", "number"], ["batches.cycle", "batches.number"], name=op.f("fk_undo_batches"), ondelete="CASCADE"),
    )
    op.create_table("products",
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_products")),
    )
    op.create_table("product_names",
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", "kind", "position", name=op.f("pk_product_names")),
        sa.ForeignKeyConstraint(["code"], ["products.code"], name=op.f("fk_product_names_products"), ondelete="CASCADE"),
    )
    op.create_table("releases",
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("sales_end", sa.Date(), nullable=True),
        sa.Column("active_end", sa.Date(), nullable=True),
        sa.Column("standard_end", sa.Date(), nullable=True),
        sa.Column("extended_end", sa.Date(), nullable=True),
        sa.Column("sales_word", sa.Text(), nullable=False),
        sa.Column("active_word", sa.Text(), nullable=False),
        sa.Column("standard_word", sa.Text(), nullable=False),
        sa.Column("extended_word", sa.Text(), nullable=False),
        sa.Column("has_ended", sa.Boolean(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code", "position", name=op.f("pk_releases")),
        sa.ForeignKeyConstraint(["code"], ["products.code"], name=op.f("fk_releases_products"), ondelete="CASCADE"),
    )


def downgrade():
    for table in reversed(NEW):
        op.drop_table(table)
    for name in ("debt_mode", "terminal_years"):
        op.drop_column("scenarios", name)
    for table, columns in OPTIONAL.items():
        for name in columns:
            op.drop_column(table, name)
    for table, names in WRITTEN.items():
        for name in names:
            op.drop_column(table, name)
