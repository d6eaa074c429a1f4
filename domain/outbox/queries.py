"""What there is to do."""

from collections.abc import Sequence
from uuid import UUID

from domain.actors import SYSTEM
from domain.database import Database
from domain.outbox import sql


async def due(db: Database, busy: Sequence[UUID], limit: int) -> list[UUID]:
    """Endpoints besides `busy` to which something is to be sent now."""
    async with db.read(SYSTEM) as tx:
        return await sql.due(tx, busy, limit)
