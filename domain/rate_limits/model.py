"""A policy, and what is left of it. Pure: no clock, no database, no HTTP."""

import math
from datetime import timedelta

import msgspec

MINUTE = timedelta(minutes=1)


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """`per_minute` requests in the long run, `burst` of them at once (both at least 1)."""

    name: str
    per_minute: int
    burst: int

    @property
    def interval(self) -> timedelta:
        """What one request costs: the time in which one is earned."""
        return MINUTE / self.per_minute

    @property
    def window(self) -> timedelta:
        """How far ahead of now the theoretical arrival time may run: the time in which a burst is earned."""
        return self.interval * self.burst

    def after(self, ahead: timedelta) -> "Allowance":
        """What is left when the theoretical arrival time lies `ahead` of now, after a request that was counted."""
        left = max(0, int((self.window - ahead) / self.interval))
        return Allowance(policy=self, left=left, whole_in=seconds(ahead), wait=0)

    def refused(self, ahead: timedelta) -> "Allowance":
        """As `after`, of a request that was not counted: `wait` says when the next one would be."""
        wait = max(1, seconds(ahead + self.interval - self.window))
        return Allowance(policy=self, left=0, whole_in=seconds(ahead), wait=wait)


class Allowance(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody has left of a policy. Times in whole seconds, rounded up."""

    policy: Policy
    left: int
    whole_in: int
    """Until the whole burst may be used again."""
    wait: int
    """Until the next request is counted; 0 when this one was."""


def seconds(span: timedelta) -> int:
    """Rounded up; 0 for what has passed."""
    return max(0, math.ceil(span.total_seconds()))
