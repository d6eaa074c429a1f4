"""One attempt to have the first article of an ordered line approved."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

MAX_RESULTS = 300
MAX_VALUES = 50
"""Measured pieces of one characteristic."""
MAX_DOCUMENTS = 60
MAX_ATTEMPTS = 50
SAMPLES_PER_ATTEMPT = 5
"""How many units may be sent as samples for each attempt, before production is approved."""

Outcome = Literal["approved", "approved_with_deviation", "rejected"]


class ResultDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for one characteristic; `conforms` only where values and limits do not decide it."""

    no: int
    values: tuple[Decimal, ...]
    conforms: bool | None
    note: str | None
    instrument: str | None = None


class DocumentDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One element of the submission: a file of the supplier, or why there is none."""

    element: str
    file_id: str | None
    """As clients see it."""
    not_applicable: str | None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A submission as the supplier writes it."""

    line_no: int
    lot: str
    quantity: Decimal
    """How many units were measured."""
    results: tuple[ResultDraft, ...]
    documents: tuple[DocumentDraft, ...]
    note: str | None
    serials: tuple[str, ...] = ()
    """Of the units measured, where they have numbers: then each characteristic has one value for each."""


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """What the awarded quote said of one characteristic."""

    no: int
    answer: Literal["comply", "deviate", "cannot"]
    note: str | None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A characteristic as it was asked for, and what was found. Deviations are signed, in `unit`."""

    no: int
    name: str | None
    """None where the line names no characteristics: the balloons of its drawing are known to people only."""
    nominal: Decimal | None
    upper: Decimal | None
    lower: Decimal | None
    unit: str | None
    ctq: bool
    values: tuple[Decimal, ...]
    conforms: bool
    computed: bool
    """Whether `conforms` follows from values and limits; else it is the supplier's word."""
    note: str | None
    instrument: str | None = None
    promised: Literal["comply", "deviate", "cannot"] | None = None
    """What the awarded quote said of it; None where it said nothing."""
    promise_note: str | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A file with the digest that it had, or why there is none."""

    element: str
    file_id: str | None
    name: str | None
    sha256: str | None
    not_applicable: str | None


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What was submitted; it never changes."""

    plan: str
    level: int | None
    drawing_revision: str | None
    lot: str
    quantity: Decimal
    results: tuple[Result, ...]
    documents: tuple[Document, ...]
    note: str | None
    submitted_by: str
    serials: tuple[str, ...] = ()

    @property
    def failing(self) -> tuple[int, ...]:
        """Numbers of the characteristics that do not conform."""
        return tuple(result.no for result in self.results if not result.conforms)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Why it is rejected: a characteristic, a code of the vocabulary `defect_codes`, or words."""

    no: int | None
    code: str | None
    note: str | None


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """The buyer's decision as it was sent."""

    outcome: Outcome
    note: str | None
    characteristics: tuple[int, ...]
    quantity: Decimal | None
    until: datetime | None
    findings: tuple[Finding, ...]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer decided. `quantity` and `until` bound a deviation: production in all, and the instant it ends."""

    outcome: Outcome
    note: str | None
    characteristics: tuple[int, ...]
    """Those that an approval with deviation puts up with."""
    quantity: Decimal | None
    until: datetime | None
    findings: tuple[Finding, ...]
    decided_by: str
    decided_at: datetime


class FirstArticle(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt for one line of an order."""

    id: UUID
    order_id: UUID
    line_no: int
    buyer_id: UUID
    supplier_id: UUID
    attempt: int
    state: str
    version: int
    content: Content
    decision: Decision | None
    created_at: datetime
    updated_at: datetime


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What one attempt says of one characteristic: a point of its history."""

    first_article_id: UUID
    attempt: int
    state: str
    at: datetime
    lot: str
    serials: tuple[str, ...]
    values: tuple[Decimal, ...]
    conforms: bool
    instrument: str | None
    note: str | None
