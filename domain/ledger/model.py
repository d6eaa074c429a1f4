"""What one event is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, NotRequired, Protocol, TypedDict
from uuid import UUID

import msgspec

from domain.ledger.hashing import Recorded

EVERYBODY = UUID(int=0)
"""The audience of what every organisation may see."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, as one organisation may see it: `data` holds nothing it must not know.

    To a masked reader `subject_id`, `subject_version`, `from_state` and `organisation_id` are None and `actor_name` is
    only a side: it learns that a quote was submitted, not by whom.
    """

    position: int
    xid: int
    id: UUID
    type: str
    subject_type: str
    subject_id: UUID | None
    subject_version: int | None
    from_state: str | None
    to_state: str | None
    organisation_id: UUID | None
    actor_name: str
    at: datetime
    data: dict[str, Any]
    hash: bytes


class Shown(NamedTuple):
    """As `Event`, `data` still JSON text: for a reader who passes it on. A row of the feed is one as it is, column by column."""

    position: int
    xid: int
    id: UUID
    type: str
    subject_type: str
    subject_id: UUID | None
    subject_version: int | None
    from_state: str | None
    to_state: str | None
    organisation_id: UUID | None
    actor_name: str
    at: datetime
    data: str
    hash: bytes


class Place(NamedTuple):
    """Where a follower stands. Both parts only ever rise along the feed; no commit appears at or before a place read."""

    xid: int
    position: int


START = Place(0, 0)


class Asked(TypedDict):
    """What part of the feed: up to `limit` events behind `after`; of some types or one subject alone, where these are given."""

    after: Place
    limit: int
    types: NotRequired[Sequence[str] | None]
    subject_id: NotRequired[UUID | None]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One event in its subject's chain, with all that is stored; `named`: the reader is in its audience by name."""

    event: Recorded
    leaf: bytes
    hash: bytes
    hash_version: int
    salt: bytes | None
    named: bool


class Tracked(Protocol):
    """An aggregate as a frozen Struct: what the ledger needs of it."""

    @property
    def id(self) -> UUID:
        """Its id."""
        ...

    @property
    def state(self) -> str:
        """Its state."""
        ...

    @property
    def version(self) -> int:
        """Its version."""
        ...
