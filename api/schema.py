"""Which schema this program needs, and whether a database has it: asked by every process, so without what migrates."""

import functools
import re
from pathlib import Path

import asyncpg

ROLES = ("jembatan_api", "jembatan_opener", "jembatan_dispatcher", "jembatan_system")
"""What the program's login may become. By itself it may nothing: a session that took no role sees no row."""
_REVISION = re.compile(r'^(down_)?revision = "(\w+)"$', re.MULTILINE)


class MigrationError(Exception):
    """The schema is not what this program needs; the message says what to do."""


def script_location() -> Path:
    """The migrations: beside `api/` in a checkout, inside it in an installed wheel."""
    here = Path(__file__).parent
    installed = here / "_alembic"
    return installed if installed.is_dir() else here.parent / "alembic"


@functools.cache
def _chain(folder: Path) -> tuple[frozenset[str], frozenset[str]]:
    """(revisions of the files, those that none follows). Alembic takes 25 MiB and half a second to say the same."""
    found: set[str] = set()
    followed: set[str] = set()
    for script in (folder / "versions").glob("*.py"):
        for down, name in _REVISION.findall(script.read_text()):
            (followed if down else found).add(name)
    return frozenset(found), frozenset(found - followed)


def revisions() -> frozenset[str]:
    """Every revision that this program knows."""
    return _chain(script_location())[0]


def head() -> str:
    """The revision this program needs. Raises MigrationError where its files are missing."""
    ends = _chain(script_location())[1]
    if len(ends) != 1:
        raise MigrationError("the migrations are missing from this installation; install it again")
    return next(iter(ends))


async def check(dsn_connection: "asyncpg.Connection[asyncpg.Record]", *, or_newer: bool = False) -> None:
    """Raise MigrationError unless the database stands at head, or beyond where `or_newer` allows it."""
    try:
        current = await dsn_connection.fetchval("SELECT version_num FROM alembic_version")
    except asyncpg.UndefinedTableError:
        current = None
    if current is None:
        raise MigrationError("the database is not migrated; run `jembatan migrate` as its owner")
    if current == head():
        return
    if current in revisions():
        raise MigrationError(f"the database is at revision {current}; run `jembatan migrate` as its owner")
    if or_newer:
        return
    raise MigrationError(f"the database is at revision {current}, newer than this program; install the newer release")
