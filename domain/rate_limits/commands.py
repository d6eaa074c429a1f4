"""Counting requests."""

from domain.actors import CLOCK
from domain.database import Database
from domain.rate_limits import sql
from domain.rate_limits.model import Allowance, Policy


async def take(db: Database, subject: str, policy: Policy) -> Allowance:
    """Count one request of `subject` under `policy`, by the database's clock. Whether it was counted: `wait` is 0.

    A transaction of its own: what the request does later may be undone, that it was made is not.
    """
    async with db.bare() as tx:
        return await sql.take(tx, subject, policy)


async def purge(db: Database) -> int:
    """Forget a batch of subjects that have their whole burst again; how many went."""
    async with db.transaction(CLOCK) as tx:
        return await sql.purge(tx)
