"""Bringing a database to the schema this program needs. Whether it is there, `schema.py` tells."""

import asyncio
from collections.abc import Callable

import alembic.command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from api.schema import ROLES, MigrationError, head, revisions, script_location
from domain import connecting

LOCK = 0x6A656D62
"""Advisory lock of migrations: of three starting at once, two wait and then find nothing to do."""
ATTEMPTS = 60
PAUSE_SECONDS = 0.5
"""How often, and how far apart, a migration that could not get a table lock within 100 ms is tried again."""


_RECORDED = """
SELECT max(xid::text::bigint) AS newest FROM (
    (SELECT xid FROM event ORDER BY xid DESC LIMIT 1) UNION ALL SELECT xid FROM webhook_lane
    UNION ALL (SELECT xid FROM checkpoint ORDER BY number DESC LIMIT 1)
) recorded
"""
_LEAP = "(div(newest, 4294967296)::bigint + 2) * 4294967296"
"""Beyond every place that was ever given out, also those of events that the backup does not have: at least 2^32 more."""
CONTINUE_FEED = f"""
UPDATE feed_shift SET shift = {_LEAP} FROM ({_RECORDED}) recorded
 WHERE newest > pg_snapshot_xmax(pg_current_snapshot())::text::bigint + shift
"""
"""After a restore into a server that is behind in its transactions: the feed goes on, and cursors stay good."""
LEAP_FEED = f"UPDATE feed_shift SET shift = {_LEAP} FROM ({_RECORDED}) recorded WHERE newest IS NOT NULL"
"""The same whatever the server's own ids are: of a restore, after which events are missing that followers have seen."""


async def migrate(
    dsn: str, *, grant_to: str | None = None, say: Callable[[str], None] = lambda _: None, to: str = "head"
) -> str:
    """Upgrade to `to` under an advisory lock and give `grant_to`, a login role, the program's roles.

    `dsn` belongs to the owner of the schema. Returns the revision. Raises MigrationError when the database is
    newer than this program or a table stays locked, and asyncpg's errors when it cannot be reached.
    """
    # SQLAlchemy reads no DSN with several hosts; we connect as the program does.
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: connecting.connect(dsn))
    try:
        async with engine.connect() as holder:
            await _turn(holder)
            async with engine.connect() as connection:
                for attempt in range(ATTEMPTS):
                    try:
                        await connection.run_sync(_upgrade, to)
                        await connection.commit()
                        break
                    except Exception as error:
                        await connection.rollback()
                        locked = "lock timeout" in str(error)
                        if not locked or attempt == ATTEMPTS - 1:
                            raise
                        say(f"a table is busy; trying again ({attempt + 1} of {ATTEMPTS})")
                        await asyncio.sleep(PAUSE_SECONDS)
            if to == "head":
                await holder.execute(text(CONTINUE_FEED))
                await holder.commit()
            if grant_to is not None:
                await _grant(holder, grant_to)
                await holder.commit()
    finally:
        await engine.dispose()
    return head()


# Everything belongs to a role without a login: nobody owns anything by having migrated, and what the owner may do is
# had by being granted that role.
ADOPT = """
DO $$
DECLARE
    thing record;
BEGIN
    FOR thing IN SELECT oid::regclass AS name FROM pg_class
                  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v')
                    AND relowner <> 'jembatan_owner'::regrole LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO jembatan_owner', thing.name);
    END LOOP;
    FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc
                  WHERE pronamespace = 'public'::regnamespace AND proowner <> 'jembatan_owner'::regrole LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO jembatan_owner', thing.name);
    END LOOP;
END
$$
"""


async def _grant(connection: AsyncConnection, name: str) -> None:
    login = '"' + name.replace('"', '""') + '"'
    version = int((await connection.execute(text("SHOW server_version_num"))).scalar_one())
    if version < 160000:  # noqa: PLR2004  since then a matter of each grant
        inherits = text("SELECT rolinherit FROM pg_roles WHERE rolname = :name")
        if (await connection.execute(inherits, {"name": name})).scalar():
            await connection.execute(text(f"ALTER ROLE {login} NOINHERIT"))
        await connection.execute(text(f"GRANT {', '.join(ROLES)} TO {login}"))
    else:
        await connection.execute(text(f"GRANT {', '.join(ROLES)} TO {login} WITH INHERIT FALSE"))


async def _turn(connection: AsyncConnection) -> None:
    """Wait for the migration of another process, without a statement that waits: an index built beside readers waits for it."""
    while not (await connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK})).scalar():
        await connection.commit()
        await asyncio.sleep(PAUSE_SECONDS)
    await connection.commit()


def _upgrade(connection: Connection, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(script_location()))
    config.attributes["connection"] = connection
    exists = connection.execute(text("SELECT to_regclass('alembic_version')")).scalar()
    if exists is None:
        # Created here and not by Alembic, so that the first migration can grant the right to read it.
        connection.execute(text("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"))
    else:
        current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if current is not None and current not in revisions():
            raise MigrationError(
                f"the database is at revision {current}, newer than this program; install the newer release"
            )
    # With a transaction of ours open Alembic would put all migrations into it, and hold every lock until the last.
    connection.commit()
    alembic.command.upgrade(config, to)
    connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
    connection.exec_driver_sql(ADOPT)
