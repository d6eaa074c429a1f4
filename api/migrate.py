"""Bringing a database to the schema this program needs, and telling whether it is there."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import alembic.command
import asyncpg
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

LOCK = 0x6A656D62
"""Advisory lock of migrations: of three starting at once, two wait and then find nothing to do."""
ATTEMPTS = 20
"""How often a migration that could not get a table lock within 2 s is tried again."""


class MigrationError(Exception):
    """The schema is not what this program needs; the message says what to do."""


def script_location() -> Path:
    """The migrations: beside `api/` in a checkout, inside it in an installed wheel."""
    here = Path(__file__).parent
    installed = here / "_alembic"
    return installed if installed.is_dir() else here.parent / "alembic"


def head() -> str:
    """The revision this program needs."""
    revision = ScriptDirectory(str(script_location())).get_current_head()
    if revision is None:
        raise MigrationError("the migrations are missing from this installation; install it again")
    return revision


def _sqlalchemy_url(dsn: str) -> str:
    return dsn.replace("postgresql://", "postgresql+asyncpg://", 1).replace("postgres://", "postgresql+asyncpg://", 1)


async def migrate(dsn: str, *, grant_to: str | None = None, say: Callable[[str], None] = lambda _: None) -> str:
    """Upgrade to head under an advisory lock and give `grant_to`, a login role, the program's roles.

    `dsn` belongs to the owner of the schema. Returns the revision. Raises MigrationError when the database is
    newer than this program or a table stays locked, and asyncpg's errors when it cannot be reached.
    """
    engine = create_async_engine(_sqlalchemy_url(dsn))
    try:
        async with engine.connect() as holder:
            await holder.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
            async with engine.connect() as connection:
                for attempt in range(ATTEMPTS):
                    try:
                        await connection.run_sync(_upgrade)
                        await connection.commit()
                        break
                    except Exception as error:
                        await connection.rollback()
                        locked = "lock timeout" in str(error)
                        if not locked or attempt == ATTEMPTS - 1:
                            raise
                        say(f"a table is busy; trying again ({attempt + 1} of {ATTEMPTS})")
                        await asyncio.sleep(0.5)
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

ROLES = ("jembatan_api", "jembatan_opener", "jembatan_dispatcher", "jembatan_system")
"""What the program's login may become. By itself it may nothing: a session that took no role sees no row."""


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


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(script_location()))
    config.attributes["connection"] = connection
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    exists = connection.execute(text("SELECT to_regclass('alembic_version')")).scalar()
    if exists is None:
        # Created here and not by Alembic, so that the first migration can grant the right to read it.
        connection.execute(text("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"))
    else:
        current = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if current is not None and current not in known:
            raise MigrationError(
                f"the database is at revision {current}, newer than this program; install the newer release"
            )
    alembic.command.upgrade(config, "head")
    connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
    connection.exec_driver_sql(ADOPT)


async def check(dsn_connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Raise MigrationError unless the database stands at head."""
    try:
        current = await dsn_connection.fetchval("SELECT version_num FROM alembic_version")
    except asyncpg.UndefinedTableError:
        current = None
    if current is None:
        raise MigrationError("the database is not migrated; run `jembatan migrate` as its owner")
    if current == head():
        return
    known = {revision.revision for revision in ScriptDirectory(str(script_location())).walk_revisions()}
    if current in known:
        raise MigrationError(f"the database is at revision {current}; run `jembatan migrate` as its owner")
    raise MigrationError(f"the database is at revision {current}, newer than this program; install the newer release")
