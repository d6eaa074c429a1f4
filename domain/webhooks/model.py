"""An endpoint as its owner sees it, and one delivery of one event to it."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

MAX_ENDPOINTS = 20
"""Of one organisation, disabled ones included."""
MAX_EVENT_TYPES = 100
ROTATION_OVERLAP = timedelta(hours=24)
OWNER, GONE, FAILING = "owner", "gone", "failing"
"""Why an endpoint is disabled: its owner said so, it answered 410, or it accepted nothing in the time of all attempts."""
TEST = "webhook.test"
"""The type of a test message: no event of the ledger, and sent once."""


KEPT_ATTEMPTS = 50
"""Of one delivery, the newest: ten of each time it is delivered."""
BodyFormat = Literal["standard", "cloudevents"]


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where one organisation wants its events. An empty `event_types` means all of them."""

    id: UUID
    organisation_id: UUID
    state: str
    version: int
    url: str
    description: str | None
    event_types: tuple[str, ...]
    body_format: BodyFormat
    """How the bodies of its messages are written from now on."""
    disabled_reason: str | None
    previous_until: datetime | None
    """Until when messages are signed with the previous secret too."""
    created_at: datetime
    updated_at: datetime


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How an endpoint has been answering."""

    failing_since: datetime | None
    paused_until: datetime | None
    last_success_at: datetime | None


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """How one attempt ended: `error` is None when it was accepted, `status` when no answer came."""

    delivery_id: UUID
    at: datetime
    status: int | None
    error: str | None
    response_ms: int


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One message to one endpoint. `state` is pending, succeeded or dead."""

    id: UUID
    endpoint_id: UUID
    event_id: UUID | None
    type: str
    state: str
    attempts: int
    passed_over: bool
    last_status: int | None
    last_error: str | None
    response_ms: int | None
    last_attempt_at: datetime | None
    next_attempt_at: datetime
    finished_at: datetime | None
    created_at: datetime
    history: tuple[Tried, ...] = ()
    """Its attempts, oldest first; one whose process died before it could write is not among them."""
