"""How Alembic reaches the database: an asyncpg connection that `api.migrate` opened, one migration per transaction."""

import asyncpg
from alembic import context, op
from alembic.operations import MigrateOperation, Operations
from sqlalchemy import Connection


@Operations.register_operation("run_sql")
class RunSql(MigrateOperation):
    """A script of any number of statements, sent as it stands.

    `op.execute` would read `:name` as a parameter and refuse more than one statement.
    """

    def __init__(self, script: str) -> None:
        self.script = script

    @classmethod
    def run_sql(cls, operations: Operations, script: str) -> None:
        """Run `script` inside the migration's transaction."""
        operations.invoke(cls(script))


@Operations.implementation_for(RunSql)
def _run_sql(operations: Operations, operation: RunSql) -> None:
    """Hand the script to asyncpg's simple protocol; give up soon: whoever queues for a table holds up all that come after."""
    bind = operations.get_bind()
    adapted = bind.connection.dbapi_connection

    async def send(connection: asyncpg.Connection) -> None:
        await connection.execute("SET LOCAL lock_timeout = '100ms'")
        await connection.execute(operation.script)

    adapted.run_async(send)


def run(connection: Connection) -> None:
    """Bring the schema to the revision asked for."""
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


assert op is not None
run(context.config.attributes["connection"])
