"""What the operator watches, read now."""

from domain.actors import SYSTEM
from domain.database import Database
from domain.figures import sql
from domain.figures.model import Figures


async def read(db: Database) -> Figures:
    """Figures of the whole installation."""
    async with db.read(SYSTEM) as tx:
        return await sql.figures(tx)
