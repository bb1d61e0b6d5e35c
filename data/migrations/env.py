"""What Alembic runs: one transaction on the connection, or the engine, that it is given."""

from alembic import context
from sqlalchemy import Connection

from data import schema_people, schema_room  # noqa: F401  their tables
from data.schema import metadata
from data.store_migrations import migrating


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes["connection"]
if isinstance(given, Connection):
    run(given)
else:
    with migrating(given) as connection:
        run(connection)
