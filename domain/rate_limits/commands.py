"""Counting requests."""

import asyncio
import time

import msgspec

from domain.actors import CLOCK
from domain.database import Database
from domain.rate_limits import sql
from domain.rate_limits.model import Allowance, Policy

AHEAD = 16
"""Requests that a process counts at once for a subject that is far from its limit, and then hands out by itself."""
FAR = 16
"""A block is at most this part of a burst, taken while half of the burst is left. Smaller bursts are counted one by one."""
KEPT_SECONDS = 1.0
"""How long a block may be handed out: what is left of it then is lost to its subject, which earns as much anew meanwhile."""
MAX_KEPT = 10_000
"""Subjects, in one process."""


class _Block:
    """Requests that were counted and not yet made, and what was left of the policy then. `until` by the monotonic clock."""

    __slots__ = ("left", "policy", "until", "unused", "whole_in")

    def __init__(self, policy: Policy, unused: int, allowance: Allowance, until: float) -> None:
        self.policy, self.unused, self.until = policy, unused, until
        self.left, self.whole_in = allowance.left, allowance.whole_in


class Blocks:
    """What one process has counted ahead, so that a write for each request becomes one for several.

    Nobody is let in who would not be: a block is counted before it is used. Near its limit every request of a subject is
    counted by itself, so that the last ones are exact over all processes.
    """

    def __init__(self) -> None:
        self._blocks: dict[str, _Block] = {}
        self._counting: dict[str, asyncio.Future[None]] = {}
        """Subjects for which a block is being counted: their other requests wait for it rather than count by themselves."""

    async def take(self, db: Database, subject: str, policy: Policy) -> Allowance:
        """As `take` below, out of a block where there is one."""
        while True:
            block = self._blocks.get(subject)
            if block is None or block.policy != policy:
                return await self._counted(db, subject, policy, 1)
            if block.unused and block.until > time.monotonic():
                block.unused -= 1
                return Allowance(policy=policy, left=block.left + block.unused, whole_in=block.whole_in, wait=0)
            if block.left < policy.burst // 2:
                del self._blocks[subject]
                return await self._counted(db, subject, policy, 1)
            if policy.burst < 2 * FAR:  # a block would be one request
                return await self._counted(db, subject, policy, 1)
            counting = self._counting.get(subject)
            if counting is None:
                return await self._ahead(db, subject, policy)
            await asyncio.wait([counting])

    async def _ahead(self, db: Database, subject: str, policy: Policy) -> Allowance:
        """Count a block, and take the first of it; one by one where there is no room for a block any more."""
        counting = self._counting[subject] = asyncio.get_running_loop().create_future()
        try:
            allowance = await self._counted(db, subject, policy, min(AHEAD, policy.burst // FAR))
            if allowance.wait:
                self._blocks.pop(subject, None)
        finally:
            del self._counting[subject]
            counting.set_result(None)
        return await self._counted(db, subject, policy, 1) if allowance.wait else allowance

    async def _counted(self, db: Database, subject: str, policy: Policy, count: int) -> Allowance:
        allowance = await take(db, subject, policy, max(1, count))
        if allowance.wait or policy.burst < FAR:
            return allowance
        rest = max(1, count) - 1
        if len(self._blocks) >= MAX_KEPT:
            self._blocks.clear()
        self._blocks[subject] = _Block(policy, rest, allowance, time.monotonic() + KEPT_SECONDS)
        return msgspec.structs.replace(allowance, left=allowance.left + rest)


async def take(db: Database, subject: str, policy: Policy, count: int = 1) -> Allowance:
    """Count `count` requests of `subject` at once under `policy`, by the database's clock. Whether it was counted: `wait` is 0.

    A transaction of its own: what the request does later may be undone, that it was made is not.
    """
    async with db.bare() as tx:
        return await sql.take(tx, subject, policy, count)


async def purge(db: Database) -> int:
    """Forget a batch of subjects that have their whole burst again; how many went."""
    async with db.transaction(CLOCK) as tx:
        return await sql.purge(tx)
