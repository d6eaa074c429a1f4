"""Reads about credentials."""

from uuid import UUID

from domain.actors import SYSTEM, Actor
from domain.credentials import rules, sql
from domain.credentials.model import Credential
from domain.credentials.secrets import digest, is_well_formed
from domain.database import Database


async def authenticate(db: Database, secret: str) -> Actor | None:
    """The actor behind a secret that is in force now, or None."""
    if not is_well_formed(secret):
        return None
    async with db.bare() as tx:
        return await sql.authenticate(tx, digest(secret))


async def confirm(db: Database, actor: Actor) -> None:
    """Have the database say that a remembered actor still counts, where nothing else was asked of it. Raises NotLetIn."""
    async with db.read(actor, plan_once=True) as tx:
        await sql.confirm(tx)


async def is_in_force(db: Database, actor: Actor) -> bool:
    """Whether the credential of an actor that was let in earlier is still good, for what lasts longer than a request."""
    if actor.credential_id is None:
        return False
    async with db.read(SYSTEM) as tx:
        return await sql.is_in_force(tx, actor.credential_id)


async def get(db: Database, actor: Actor, credential_id: UUID) -> Credential:
    """One of the actor's organisation. Raises NotFound."""
    async with db.read(actor) as tx:
        credential = await sql.get(tx, credential_id)
    rules.sides(credential, actor)
    return credential


async def list_own(db: Database, actor: Actor, *, after: UUID | None, limit: int) -> list[Credential]:
    """The organisation's credentials, oldest first, up to `limit`."""
    if actor.organisation_id is None:
        return []
    async with db.read(actor) as tx:
        return await sql.list_of(tx, actor.organisation_id, after=after, limit=limit)
