"""A credential as the audit trail and its owner see it: never its secret."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

DEFAULT_LIFE = timedelta(days=90)
MAX_LIFE = timedelta(days=366)
ROTATION_OVERLAP = timedelta(hours=24)
MAX_ACTIVE = 100
"""Active credentials of one organisation."""


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """`hint` is the first characters of the secret, so that people can tell keys apart."""

    id: UUID
    organisation_id: UUID
    state: str
    version: int
    name: str
    person: str | None
    scopes: tuple[str, ...]
    hint: str
    previous_until: datetime | None
    expires_at: datetime
    created_at: datetime
    updated_at: datetime
