"""How Alembic reaches the database: an asyncpg connection that `api.migrate` opened, one migration per transaction."""

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


@Operations.register_operation("run_alone")
class RunAlone(MigrateOperation):
    """One statement outside of any transaction, such as CREATE INDEX CONCURRENTLY.

    The migration may break off behind it, so it has to be right when it is run again (DROP INDEX … IF EXISTS before it).
    """

    def __init__(self, statement: str) -> None:
        self.statement = statement

    @classmethod
    def run_alone(cls, operations: Operations, statement: str) -> None:
        """Commit what came before in this migration, and run `statement`."""
        operations.invoke(cls(statement))


@Operations.implementation_for(RunSql)
def _run_sql(operations: Operations, operation: RunSql) -> None:
    """Hand the script to asyncpg's simple protocol; give up soon: whoever queues for a table holds up all that come after."""
    bind = operations.get_bind()
    # Through SQLAlchemy, which begins the transaction with its first statement: ours alone would not be in it.
    bind.exec_driver_sql("SET LOCAL lock_timeout = '100ms'")
    bind.connection.dbapi_connection.run_async(lambda connection: connection.execute(operation.script))


@Operations.implementation_for(RunAlone)
def _run_alone(operations: Operations, operation: RunAlone) -> None:
    """It waits for transactions as long as they take, and blocks nobody meanwhile."""
    with operations.get_context().autocommit_block():
        bind = operations.get_bind()
        bind.connection.dbapi_connection.run_async(
            lambda connection: connection.execute(operation.statement, timeout=3600)
        )


def run(connection: Connection) -> None:
    """Bring the schema to the revision asked for."""
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


assert op is not None
run(context.config.attributes["connection"])
