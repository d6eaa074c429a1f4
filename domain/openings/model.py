"""What is kept of an opening, and what is handed out so that anybody can check it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

MAX_CONTENT = 40 * 1024 * 1024
"""Bytes of sealed text whose contents one bundle holds; JWE makes content a third longer."""
MAX_EVENTS = 20_000
"""Events in one bundle."""


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """One person's consent to the opening.

    `identity` is equal for the same person, different for different ones and says nothing else (hex, keyed hash).
    """

    name: str
    identity: str
    at: datetime


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one opening, the same for everybody. Its canonical JSON is in the first leaf: no member changes.

    `left_out_*`: what had been submitted in the round and was withdrawn or lapsed. `early_attempts`: refused attempts
    to see or open the quotes since the round before was opened.
    """

    rfq_id: str
    round: int
    quotes_close_at: datetime
    closed_at: datetime
    opened_at: datetime
    quorum: int
    approvals: tuple[Approval, ...]
    quotes: int
    submissions: int
    left_out_quotes: int
    left_out_submissions: int
    early_attempts: int


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One submission of a round. `counts`: it is the last of its quote; `opened`: its quote was opened."""

    quote_id: UUID
    supplier_id: UUID
    number: int
    submitted_at: datetime
    commitment: str
    counts: bool
    opened: bool

    @property
    def state(self) -> str:
        """Of a submission in the set."""
        return "opened" if self.counts else "superseded"


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """One opening as it is stored."""

    rfq_id: UUID
    round: int
    quotes_close_at: datetime
    opened_at: datetime
    header: Header
    leaves: tuple[bytes, ...]
    root: bytes


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One submission in the bundle. What the reader may not know is None; `content` is the committed JSON."""

    quote: str
    number: int
    submitted_at: datetime
    commitment: str
    state: str
    leaf: bytes
    quote_id: UUID | None
    content: dict[str, Any] | None
    nonce: str | None


class ChainEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a chain. Where it is not for the reader only `leaf` is given; see `domain/ledger/hashing.py`."""

    previous_hash: bytes | None
    leaf: bytes
    hash: bytes
    shown: dict[str, Any] | None
    private: dict[str, Any] | None
    private_salt: bytes | None
    private_digest: bytes | None
    hidden_digest: bytes | None


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """The events of one subject, from the first to the opening."""

    subject_id: str
    events: list[ChainEvent]


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one reader needs to check one opening."""

    opening: Opening
    entries: list[Entry]
    chains: list[Chain]


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A refused attempt to see or open what is sealed."""

    id: UUID
    rfq_id: UUID
    organisation_id: UUID | None
    actor_name: str
    operation: str
    refusal: str
    at: datetime
