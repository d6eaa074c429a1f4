"""Reads about uploads."""

from uuid import UUID

from domain.actors import CLOCK, SYSTEM, Actor
from domain.database import Database
from domain.uploads import rules, sql
from domain.uploads.model import Part, Upload


async def get(db: Database, actor: Actor, upload_id: UUID) -> Upload:
    """One's own. Raises NotFound, UploadExpired."""
    async with db.read(actor) as tx:
        upload = await sql.get(tx, upload_id)
        rules.require_own(upload, actor, now=await tx.now())
    return upload


async def parts(db: Database, upload_id: UUID) -> list[Part]:
    """What is stored of it, in the order of the bytes."""
    async with db.read(SYSTEM) as tx:
        return await sql.parts(tx, upload_id)


async def unfinished(db: Database) -> list[UUID]:
    """Whole uploads that nobody is putting together."""
    async with db.read(CLOCK) as tx:
        return await sql.unfinished(tx)


async def expired(db: Database) -> list[UUID]:
    """Uploads to clear away."""
    async with db.read(CLOCK) as tx:
        return await sql.expired(tx)


async def of_system(db: Database, upload_id: UUID) -> Upload:
    """Any, for the worker. Raises NotFound."""
    async with db.read(SYSTEM) as tx:
        return await sql.get(tx, upload_id)
