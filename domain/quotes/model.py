"""A quote, and the commercial content that stays sealed until the opening."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from domain.rfqs.model import Rfq

MAX_BREAKS = 20
MAX_ALTERNATES = 10
MAX_ATTACHMENTS = 50
WIB = timezone(timedelta(hours=7), "WIB")
"""Western Indonesian time: in it a calendar day such as `valid_until` ends."""


class PriceBreak(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """From `min_quantity` on, one unit costs `unit_price` (4 decimals, without PPN)."""

    min_quantity: Decimal
    unit_price: Decimal


class Tooling(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A die, mould or jig that the part needs, paid apart from the pieces."""

    cost: Decimal
    ownership: Literal["buyer", "supplier"]
    life_pieces: int | None
    amortised_over_pieces: int | None
    """When set, the buyer may spread `cost` over this many pieces; None: it is paid once."""


class CostBreakdown(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one unit at the first break is made of; the parts add up to its price."""

    material: Decimal
    labour: Decimal
    overhead: Decimal
    outside_processes: Decimal
    profit: Decimal


class LocalContent(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Domestic content (TKDN) in per cent and what it rests on."""

    basis: Literal["certificate", "self_declared", "computed", "none"]
    percent: Decimal | None
    certificate_no: str | None


class CharacteristicAnswer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the supplier promises for one characteristic of the line."""

    no: int
    answer: Literal["comply", "deviate", "cannot"]
    note: str | None


class Alternate(msgspec.Struct, frozen=True, kw_only=True):
    """Another way to make the line, with prices of its own: it informs, and is never the price that is compared."""

    no: int
    material: str | None
    processes: tuple[str, ...]
    description: str | None
    """At least one of material, processes and description says what differs."""
    breaks: tuple[PriceBreak, ...]
    lead_time_days: int | None
    note: str | None


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """One of the supplier's files. The digest is in the sealed content, so that the receipt covers the file too."""

    file_id: str
    """As clients see it: the content is the same on the wire and under the seal."""
    kind: Literal["certificate", "drawing", "datasheet", "process_plan", "photo", "other"]
    label: str | None
    name: str
    media_type: str
    size: int
    sha256: str


class QuoteLine(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The answer to one RFQ line: priced, or declined with a code of the vocabulary `no_quote_reasons`.

    A priced line has at least one break; a declined one has none. `line_digest` names the revision that was priced.
    """

    line_no: int
    line_digest: str
    answer: Literal["priced", "declined"]
    decline_reason: str | None
    breaks: tuple[PriceBreak, ...]
    """Rising in `min_quantity`."""
    minimum_order_quantity: Decimal | None
    lead_time_days: int | None
    capacity_per_month: Decimal | None
    tooling: Tooling | None
    cost_breakdown: CostBreakdown | None
    local_content: LocalContent | None
    outside_processes: tuple[str, ...]
    characteristics: tuple[CharacteristicAnswer, ...]
    note: str | None
    # Members with a default came later: content that was sealed before lacks them and still decodes.
    alternates: tuple[Alternate, ...] = ()
    stated_total: Decimal | None = None
    """What the supplier reckons for the quantity asked, without tooling; checked against our own sum."""


class QuoteContent(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed. Canonical JSON of this Struct is what the receipt's digest covers.

    The wire shows the same members with the same values, so that anybody can make these bytes again after the opening:
    members sorted by name at every level, no spaces, UTF-8 unescaped, decimals as the strings that are shown.
    """

    currency: str
    valid_until: date
    incoterm: str | None
    delivery_place: str | None
    payment_days: int | None
    note: str | None
    lines: tuple[QuoteLine, ...]
    minimum_order_value: Decimal | None = None
    """The least that an order may come to, without PPN, in `currency`."""
    stated_total: Decimal | None = None
    """As of the lines, for the whole quote."""
    attachments: tuple[Attachment, ...] = ()

    def line(self, line_no: int) -> QuoteLine | None:
        """The answer to that RFQ line."""
        return next((line for line in self.lines if line.line_no == line_no), None)


class AmendedLine(msgspec.Struct, frozen=True, kw_only=True):
    """From `quantity` on one unit costs `unit_price`; None leaves the lead time as it was."""

    line_no: int
    quantity: Decimal
    unit_price: Decimal
    lead_time_days: int | None


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """What an accepted counter-offer changes of an opened quote; never changed itself."""

    number: int
    counter_offer_id: UUID
    lines: tuple[AmendedLine, ...]
    payment_days: int | None
    agreed_at: datetime


class TechnicalTooling(msgspec.Struct, frozen=True, kw_only=True):
    """Tooling without what it costs."""

    ownership: Literal["buyer", "supplier"]
    life_pieces: int | None


class TechnicalLine(msgspec.Struct, frozen=True, kw_only=True):
    """What of one line is judged before prices are known."""

    line_no: int
    answer: Literal["priced", "declined"]
    decline_reason: str | None
    lead_time_days: int | None
    capacity_per_month: Decimal | None
    tooling: TechnicalTooling | None
    local_content: LocalContent | None
    outside_processes: tuple[str, ...]
    characteristics: tuple[CharacteristicAnswer, ...]


class TechnicalPart(msgspec.Struct, frozen=True, kw_only=True):
    """The first of two envelopes. What is not named here is in the second one: `content.technical_part` makes it."""

    lines: tuple[TechnicalLine, ...]


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """One supplier's quote in one round of one RFQ. Nothing in here tells a price before the opening.

    `submission` is the number of the submitted version that counts (0 before the first), `commitment` the lower-case
    hex digest in its receipt; `unsubmitted` says that the working content differs from it. `currency` and `valid_until`
    are known once opened.
    """

    id: UUID
    rfq_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    round: int
    state: str
    version: int
    submission: int
    unsubmitted: bool
    submitted_at: datetime | None
    commitment: str | None
    currency: str | None
    valid_until: date | None
    technical_opened_at: datetime | None
    opened_at: datetime | None
    end_reason: str | None
    end_note: str | None
    created_at: datetime
    updated_at: datetime
    lines_to_reconfirm: tuple[int, ...] = ()
    """Lines that the counting submission prices at a revision that an addendum has replaced; they count for nothing."""
    shortlisted: bool = False

    @property
    def is_shown_to_buyer(self) -> bool:
        """Whether its buyer reads anything of it: all of it, or of two envelopes the technical one."""
        return self.opened_at is not None or self.technical_opened_at is not None


class NotCopied(NamedTuple):
    """What a copy left out: a whole line, or one thing of it."""

    line_no: int
    what: Literal["line", "characteristic", "alternates"]
    reason: Literal["line_gone", "part_changed", "unit_changed", "characteristic_gone", "alternates_not_allowed"]


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A quote with its content: the working one for its supplier until the opening, the opened one from then on."""

    quote: Quote
    rfq: Rfq
    supplier_name: str
    content: QuoteContent | None
    amendments: tuple[Amendment, ...] = ()
    """What both sides agreed on since the opening, oldest first."""
    not_copied: tuple[NotCopied, ...] = ()
    """Of the answer to a copy alone."""
    technical: TechnicalPart | None = None
    """What its buyer read first, where the RFQ has two envelopes."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A quote in a list: no content."""

    id: UUID
    rfq_id: UUID
    rfq_title: str
    buyer_id: UUID
    supplier_id: UUID
    supplier_name: str
    round: int
    state: str
    version: int
    submission: int
    submitted_at: datetime | None
    currency: str | None
    valid_until: date | None
    opened_at: datetime | None
    end_reason: str | None
    created_at: datetime


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One immutable version of a quote as it is stored: `sealed` for the opening, `supplier_copy` for its supplier."""

    quote_id: UUID
    number: int
    submitted_at: datetime
    commitment: str
    sealed: str
    supplier_copy: str


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What the supplier holds against us: sha256(canonical content, then `nonce`) is `commitment` (both hex)."""

    rfq_id: UUID
    round: int
    quote_id: UUID
    number: int
    submitted_at: datetime
    commitment: str
    nonce: str


def end_of_validity(valid_until: date) -> datetime:
    """The instant, in UTC, at which a quote valid until that day has expired: the midnight that ends it, WIB."""
    return datetime.combine(valid_until + timedelta(days=1), time(), WIB).astimezone(UTC)


def unit_price(line: QuoteLine, quantity: Decimal) -> Decimal | None:
    """The price of one unit at `quantity`: the break with the greatest `min_quantity` that `quantity` reaches.

    None for a declined line, and below the first break or the minimum order quantity.
    """
    if line.answer != "priced" or (line.minimum_order_quantity is not None and quantity < line.minimum_order_quantity):
        return None
    reached = [step.unit_price for step in line.breaks if step.min_quantity <= quantity]
    return reached[-1] if reached else None
