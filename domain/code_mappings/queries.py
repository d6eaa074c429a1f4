"""Reads about code mappings."""

from uuid import UUID

from domain.actors import Actor
from domain.code_mappings import rules, sql
from domain.code_mappings.model import CodeMappings
from domain.database import Database


async def get(db: Database, actor: Actor, organisation_id: UUID) -> CodeMappings | None:
    """The organisation's own, or None before it has written any. Raises NotFound to everybody else."""
    rules.require_own(organisation_id, actor)
    async with db.read(actor) as tx:
        return await sql.find(tx, organisation_id)
