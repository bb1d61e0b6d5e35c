"""What a judgement needs: frameworks of the house, rounds, drafts, conflicts, adopted weights."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ADDED = {
    "people": ("service", sa.Text, sa.text("''")),
    "evaluations": ("given", sa.Boolean, sa.true()),
    "ballots": ("cast", sa.Boolean, sa.true()),
    "ballot_weights": ("method", sa.Text, "direct"),
}  # table that stands already -> its new column, and what that holds in rows that are there
NEW = (
    "thresholds", "frameworks", "criteria", "person_expertise", "quantities", "comparisons",
    "rounds", "round_projects", "conflicts", "adopted", "adopted_weights", "adopted_between",
    "adopted_orders", "factors",
)


def upgrade():
    for table, (name, kind, held) in ADDED.items():
        op.add_column(table, sa.Column(name, kind(), nullable=False, server_default=held))
    op.create_table("thresholds",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("limit_cents", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "position", name=op.f("pk_thresholds")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_thresholds_cycles"), ondelete="CASCADE"),
    )
    op.create_table("frameworks",
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("edition", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", "edition", name=op.f("pk_frameworks")),
    )
    op.create_table("criteria",
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("edition", sa.String(length=160), nullable=False),
        sa.Column("criterion", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", "edition", "criterion", name=op.f("pk_criteria")),
        sa.ForeignKeyConstraint(["code", "edition"], ["frameworks.code", "frameworks.edition"], name=op.f("fk_criteria_frameworks"), ondelete="CASCADE"),
    )
    op.create_table("person_expertise",
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.Column("criterion", sa.String(length=160), nullable=False),
        sa.PrimaryKeyConstraint("person", "criterion", name=op.f("pk_person_expertise")),
        sa.ForeignKeyConstraint(["person"], ["people.code"], name=op.f("fk_person_expertise_people"), ondelete="CASCADE"),
    )
    op.create_table("quantities",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("count", sa.Double(), nullable=False),
        sa.Column("years", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("cycle", "project", "position", name=op.f("pk_quantities")),
        sa.ForeignKeyConstraint(["cycle", "project"], ["projects.cycle", "projects.code"], name=op.f("fk_quantities_projects"), ondelete="CASCADE"),
    )
    op.create_table("comparisons",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("ratio", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "person", "round", "position", name=op.f("pk_comparisons")),
        sa.ForeignKeyConstraint(["cycle", "person", "round"], ["ballots.cycle", "ballots.person", "ballots.round"], name=op.f("fk_comparisons_ballots"), ondelete="CASCADE"),
    )
    op.create_table("rounds",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("opened", sa.Date(), nullable=True),
        sa.Column("revealed", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("cycle", "subject", "round", name=op.f("pk_rounds")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_rounds_cycles"), ondelete="CASCADE"),
    )
    op.create_table("round_projects",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "subject", "round", "position", name=op.f("pk_round_projects")),
        sa.ForeignKeyConstraint(["cycle", "subject", "round"], ["rounds.cycle", "rounds.subject", "rounds.round"], name=op.f("fk_round_projects_rounds"), ondelete="CASCADE"),
    )
    op.create_table("conflicts",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "person", "project", name=op.f("pk_conflicts")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_conflicts_cycles"), ondelete="CASCADE"),
    )
    op.create_table("adopted",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "round", name=op.f("pk_adopted")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_adopted_cycles"), ondelete="CASCADE"),
    )
    op.create_table("adopted_weights",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "round", "position", name=op.f("pk_adopted_weights")),
        sa.ForeignKeyConstraint(["cycle", "round"], ["adopted.cycle", "adopted.round"], name=op.f("fk_adopted_weights_adopted"), ondelete="CASCADE"),
    )
    op.create_table("adopted_between",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "round", "position", name=op.f("pk_adopted_between")),
        sa.ForeignKeyConstraint(["cycle", "round"], ["adopted.cycle", "adopted.round"], name=op.f("fk_adopted_between_adopted"), ondelete="CASCADE"),
    )
    op.create_table("adopted_orders",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "round", "position", name=op.f("pk_adopted_orders")),
        sa.ForeignKeyConstraint(["cycle", "round"], ["adopted.cycle", "adopted.round"], name=op.f("fk_adopted_orders_adopted"), ondelete="CASCADE"),
    )
    op.create_table("factors",
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("code", sa.String(length=160), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("likely", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cycle", "code", name=op.f("pk_factors")),
        sa.ForeignKeyConstraint(["cycle"], ["cycles.code"], name=op.f("fk_factors_cycles"), ondelete="CASCADE"),
    )


def downgrade():
    for name in NEW[::-1]:
        op.drop_table(name)
    for table, (name, _, _) in ADDED.items():
        op.drop_column(table, name)
