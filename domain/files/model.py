"""A stored file: its description, not its bytes."""

from datetime import datetime
from uuid import UUID

import msgspec


class File(msgspec.Struct, frozen=True, kw_only=True):
    """`sha256` is lower-case hex, `size` in bytes; `media_type` is ours, from what the content is."""

    id: UUID
    organisation_id: UUID
    state: str
    version: int
    name: str
    media_type: str
    size: int
    sha256: str
    storage_key: str
    reject_reason: str | None
    created_at: datetime
    updated_at: datetime


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """What the edge stored and measured of one upload."""

    name: str
    media_type: str
    size: int
    sha256: str
    storage_key: str
    is_clean: bool
    """Whether it passed every check; else it is kept back until a virus scanner has answered."""


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """One way by which a caller may come to a file: a document of a published RFQ that it takes part in or is open."""

    rfq_id: UUID
    document_id: UUID
    confidential: bool
    visibility: str
    nda_required: bool
    nda_version: int
    """The version of the agreement that counts now."""
    participation: str | None
    """State of the caller's own part, if it has one."""
    accepted_version: int | None
    """The version of the agreement that the caller accepted last."""
