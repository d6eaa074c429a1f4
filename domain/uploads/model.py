"""A file that is on its way. It is no business object: nobody is told of it before it is a file."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

MAX_OPEN = 20
"""Of one organisation at once."""
LIFE = timedelta(hours=24)
"""Since the last part; then it is cleared away."""
CHECKING = timedelta(minutes=2)
"""How long one process has for putting the parts together before another one may."""

UploadState = Literal["receiving", "checking", "complete", "refused"]


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """`received` of `length` bytes are stored. `metadata` is as the client sent it."""

    id: UUID
    organisation_id: UUID
    credential_id: UUID | None
    actor_name: str
    name: str
    metadata: str
    length: int
    received: int
    outcome: Literal["receiving", "complete", "refused"]
    refusal: str | None
    """Why the whole is no file of ours."""
    file_id: UUID | None
    created_at: datetime
    expires_at: datetime

    @property
    def state(self) -> UploadState:
        """What the client waits for."""
        return "checking" if self.outcome == "receiving" and self.received == self.length else self.outcome


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Stored bytes from `start` on."""

    start: int
    size: int
    storage_key: str
