"""Claiming and keeping keys: called by the edge inside the transaction it opened for a command."""

from uuid import UUID

from domain.actors import CLOCK, Actor
from domain.database import Database, Tx
from domain.idempotency import sql
from domain.idempotency.sql import Answer

__all__ = ["Answer", "claim", "is_answered", "purge", "store"]


async def claim(tx: Tx, organisation_id: UUID, route: str, key: str) -> tuple[bool, Answer | None]:
    """(whether this transaction now holds the key, the answer already stored under it)."""
    return await sql.claim(tx, organisation_id, route, key)


async def is_answered(db: Database, actor: Actor, organisation_id: UUID, route: str, key: str) -> bool:
    """Whether there is an answer under the key already."""
    async with db.read(actor) as tx:
        return await sql.find(tx, organisation_id, route, key) is not None


async def store(tx: Tx, organisation_id: UUID, route: str, key: str, answer: Answer) -> None:
    """Keep `answer` in the transaction of the work."""
    await sql.store(tx, organisation_id, route, key, answer)


async def purge(db: Database) -> int:
    """Forget a batch of keys older than seven days; how many went."""
    async with db.transaction(CLOCK) as tx:
        return await sql.purge(tx)
