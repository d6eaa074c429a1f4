"""All SQL about rate limits."""

from datetime import timedelta

from domain.database import Tx
from domain.rate_limits.model import Allowance, Policy

# The generic cell rate algorithm (ITU-T I.371): one instant per subject says it all. A request moves the theoretical arrival
# time on by what it costs, unless that would take it further ahead of now than a burst; then no row comes back.
TAKE = """
INSERT INTO rate_limit AS kept (subject, arrival)
VALUES ($1, clock_timestamp() + $2::interval)
ON CONFLICT (subject) DO UPDATE
   SET arrival = greatest(kept.arrival, clock_timestamp()) + $2::interval
 WHERE greatest(kept.arrival, clock_timestamp()) + $2::interval <= clock_timestamp() + $3::interval
RETURNING arrival - clock_timestamp()
"""

AHEAD = """
SELECT arrival - clock_timestamp() FROM rate_limit WHERE subject = $1
"""


async def take(tx: Tx, subject: str, policy: Policy, count: int) -> Allowance:
    """Count `count` requests of `subject`, or refuse to."""
    ahead = await tx.fetchval(TAKE, subject, policy.interval * count, policy.window)
    if ahead is not None:
        return policy.after(ahead)
    # The row may be gone by now (it was swept because it had been idle): then there is nothing to wait for.
    ahead = await tx.fetchval(AHEAD, subject)
    return policy.refused(timedelta(0) if ahead is None else ahead)


# What lies in the past says nothing that an absent row does not. In batches, and past rows that a request holds.
PURGE = """
DELETE FROM rate_limit
 WHERE subject IN (
           SELECT subject FROM rate_limit WHERE arrival < clock_timestamp() LIMIT 1000 FOR UPDATE SKIP LOCKED
       )
"""


async def purge(tx: Tx) -> int:
    """Forget a batch of subjects that have their whole burst again; how many went."""
    return await tx.execute(PURGE)
