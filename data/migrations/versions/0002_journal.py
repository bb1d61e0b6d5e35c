"""Plans that were kept, and the journal, which only grows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("journal",
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False), sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False), sa.Column("act", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False), sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("request", sa.String(length=160), nullable=True),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("app_version", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_journal")),
        sa.UniqueConstraint("request", "step", name=op.f("uq_journal_request"))
    )
    op.create_index("ix_journal_kind_key", "journal", ["kind", "key"], unique=False)
    op.create_table("plans",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("cycle", sa.String(length=160), nullable=False),
        sa.Column("scenario", sa.String(length=160), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("question_sha256", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False), sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans"))
    )
    op.create_index("ix_plans_cycle_scenario", "plans", ["cycle", "scenario", "id"], unique=False)
    op.create_table("plan_starts",
        sa.Column("plan", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("project", sa.String(length=160), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("period", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"],
            name=op.f("fk_plan_starts_plans"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan", "project", name=op.f("pk_plan_starts"))
    )
    guard()


def downgrade():
    op.drop_table("plan_starts")
    op.drop_index("ix_plans_cycle_scenario", table_name="plans")
    op.drop_table("plans")
    op.drop_index("ix_journal_kind_key", table_name="journal")
    op.drop_table("journal")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION journal_refuses()")
        op.execute("DROP FUNCTION journal_at_end()")


def guard():
    """Lines are added at the end; none is changed, taken away or replaced."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


SQLITE = (
    """
    CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_only_at_end BEFORE INSERT ON journal
    WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM journal)
      OR EXISTS (SELECT 1 FROM journal WHERE request = NEW.request AND step = NEW.step)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$
    """,
    """
    CREATE FUNCTION journal_at_end() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.sequence IS DISTINCT FROM (SELECT coalesce(max(sequence), 0) + 1 FROM journal) THEN
            RAISE EXCEPTION 'the journal is append-only';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_refuses()
    """,
    """
    CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses()
    """,
    """
    CREATE TRIGGER journal_only_at_end BEFORE INSERT ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_at_end()
    """,
)
