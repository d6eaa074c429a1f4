"""Reads about files."""

from collections.abc import Sequence
from uuid import UUID

from domain.actors import SYSTEM, Actor
from domain.database import NOBODY, Database
from domain.errors import FileNotClean
from domain.files import rules, sql
from domain.files.model import File, Grant


async def get(db: Database, actor: Actor, file_id: UUID) -> tuple[File, Grant | None]:
    """The file and the grant by which the caller reads it. Raises NotFound, NdaRequired.

    None for its owner, for the buyer of an opened quote that it belongs to, and for the parties of an order that it was put
    before.
    """
    async with db.read(actor) as tx:
        file = await sql.get(tx, file_id)
        caller = actor.organisation_id or NOBODY
        if await sql.is_of_opened_quote(tx, file_id, caller) or await sql.is_of_order(tx, file_id, caller):
            return file, None
        grants = await sql.grants(tx, file_id, caller)
    return file, rules.decide_read(file, grants, actor)


async def get_clean(db: Database, actor: Actor, file_id: UUID) -> tuple[File, Grant | None]:
    """As `get`, for its bytes. Raises FileNotClean besides."""
    file, grant = await get(db, actor, file_id)
    if file.state != "clean":
        raise FileNotClean(f"The file is {file.state}; only a clean one is served.")
    return file, grant


async def unscanned(db: Database) -> list[File]:
    """Some of the files that wait for a virus scanner."""
    async with db.read(SYSTEM) as tx:
        return await sql.unscanned(tx)


async def unknown_keys(db: Database, keys: Sequence[str]) -> list[str]:
    """Those of `keys` under which no file is stored."""
    async with db.read(SYSTEM) as tx:
        return await sql.unknown_keys(tx, keys)
