"""What the outbox works with: a claimed delivery, how an attempt ended, what follows; and every limit and waiting time."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from domain.webhooks.model import BodyFormat

MAX_BODY = 20_000
"""Bytes of one message."""
EXCHANGE = timedelta(seconds=15)
"""How long one attempt may take from the look-up of the name to the end of the answer."""
LEASE = timedelta(seconds=30)
"""How long a claimed delivery is left to the process that claimed it: twice an exchange."""
MAX_BACKLOG = 1000
"""Deliveries that wait for one endpoint. Beyond that its events wait where they are, in the ledger."""
FAN_OUT = 100
"""Events turned into deliveries in one transaction."""
LANE = 4
"""Attempts under way to one endpoint at once, each of another object; one while the endpoint fails."""
RETENTION = timedelta(days=30)
"""How long a finished delivery is shown."""

DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Waiting after each failed attempt, ten percent more or less: ten attempts in 75 h 35 min."""
MAX_ATTEMPTS = len(DELAYS) + 1
JITTER = 0.1
PASS_OVER_AFTER = 4
"""Refused with 4xx that often (36 minutes), a delivery no longer holds up the later events of its object."""
MAX_RETRY_AFTER = timedelta(hours=24)


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery that this process may attempt now, with what it needs for that. Secrets are still encrypted."""

    id: UUID
    claim: UUID
    endpoint_id: UUID
    organisation_id: UUID
    event_id: UUID | None
    type: str
    body: str | None
    body_format: BodyFormat
    attempts: int
    """This attempt counted."""
    passed_over: bool
    url: str
    secret: str
    previous_secret: str | None
    at: datetime
    """When it was claimed."""
    created_at: datetime


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """How one attempt ended. `status` is None when no answer came; `error` is None when it was accepted."""

    status: int | None
    error: str | None
    milliseconds: int
    retry_after: timedelta | None = None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What follows from an attempt."""

    state: str
    next_attempt_at: datetime
    passed_over: bool
    paused_until: datetime | None
    disable: str | None
    """The reason for which the endpoint is disabled."""
