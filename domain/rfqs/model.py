"""An RFQ with its lines and documents. Decimals are exact, instants are in UTC."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

MAX_LINES = 500
MAX_DOCUMENTS = 1000
MAX_CHARACTERISTICS = 300

Intent = Literal["firm", "budgetary", "benchmark"]
Visibility = Literal["open", "invited"]
RoundKind = Literal["negotiation", "best_and_final"]
CriterionKind = Literal["price", "lead_time", "local_content", "payment_days", "technical"]
DocumentKind = Literal["drawing", "model", "specification", "photo", "package"]


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """What a part is called in Indonesian and English."""

    id: str
    en: str | None


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """Outer size in millimetres; a turned part has a diameter."""

    diameter_mm: Decimal | None = None
    length_mm: Decimal | None = None
    width_mm: Decimal | None = None
    height_mm: Decimal | None = None


class Characteristic(msgspec.Struct, frozen=True, kw_only=True):
    """One dimension or property, numbered as in the drawing's balloon; the number lasts from drawing to claim."""

    no: int
    name: str
    nominal: Decimal | None
    upper: Decimal | None
    """Upper deviation from nominal, signed, in `unit`."""
    lower: Decimal | None
    """Lower deviation from nominal, signed, in `unit`."""
    unit: str | None
    ctq: bool
    """Critical to quality."""
    method: str | None


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One dated part of a line's quantity."""

    due_on: date
    quantity: Decimal
    certainty: Literal["firm", "forecast"]


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer does today: the yardstick of import substitution."""

    kind: Literal["import", "local", "new"]
    origin: str | None = None
    """ISO 3166 country code."""
    hs_code: str | None = None
    currency: str | None = None
    cif_unit_price: Decimal | None = None
    duty_percent: Decimal | None = None
    annual_quantity: Decimal | None = None
    idr_rate: Decimal | None = None
    """Rupiah for one unit of `currency`, as the buyer states it for the day `idr_rate_on`."""
    idr_rate_on: date | None = None
    shown: bool = False
    """Whether suppliers see it."""

    @property
    def idr_unit_value(self) -> Decimal | None:
        """CIF value of one imported unit in rupiah: cif_unit_price x idr_rate; None when it is no import."""
        if self.kind != "import" or self.cif_unit_price is None or self.idr_rate is None:
            return None
        return self.cif_unit_price * self.idr_rate


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be approved before production is despatched."""

    plan: Literal["none", "fai", "isir", "ppap"] = "none"
    level: int | None = None


class LineSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made, and the conditions of that one line."""

    part_number: str
    drawing_revision: str | None
    name: Name
    specification: str | None
    material: str | None
    processes: tuple[str, ...]
    general_tolerance: str | None
    it_grade: int | None
    """Finest IT grade of ISO 286 that the part needs."""
    surface: str | None
    heat_treatment: str | None
    envelope: Envelope | None
    mass_kg: Decimal | None
    lot_size: Decimal | None
    schedule: tuple[Delivery, ...]
    standards: tuple[str, ...]
    certificates: tuple[str, ...]
    approval: Approval
    quantity_breaks: tuple[Decimal, ...]
    """Quantities at which the buyer wants a price."""
    allow_alternates: bool
    characteristics: tuple[Characteristic, ...]
    target_price: Decimal | None
    target_price_shown: bool
    baseline: Baseline | None


class LineDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A line as the buyer writes it."""

    line_no: int
    quantity: Decimal
    unit: str
    spec: LineSpec


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`digest` covers everything a price depends on; a quote line stores the digest it priced."""

    id: UUID
    line_no: int
    quantity: Decimal
    unit: str
    awarded: Decimal
    digest: str
    spec: LineSpec
    also_current: tuple[str, ...] = ()
    """Digests from before changes that bear on no price (a corrected name): what was priced at them still stands."""

    def is_current(self, digest: str) -> bool:
        """Whether what was priced at `digest` answers the line as it is now."""
        return digest == self.digest or digest in self.also_current

    @property
    def draft(self) -> LineDraft:
        """What the buyer wrote of it."""
        return LineDraft(line_no=self.line_no, quantity=self.quantity, unit=self.unit, spec=self.spec)


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A file attached to the RFQ, or to one line of it."""

    id: UUID
    file_id: UUID
    file_name: str
    media_type: str
    size: int
    sha256: str
    line_no: int | None
    kind: DocumentKind
    label: str | None
    revision_label: str | None
    confidential: bool
    attached_at: datetime


class Weight(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One criterion of evaluation and its share in per cent."""

    criterion: str
    percent: Decimal
    kind: CriterionKind | None = None
    """None in RFQs that are older than scoring: see `scored_by`."""
    threshold: Decimal | None = None
    """Of a technical criterion: a quote with a lower score is not ranked."""

    @property
    def scored_by(self) -> CriterionKind:
        """Where the score comes from: people (`technical`), or a formula over the quote."""
        return self.kind or kind_by_name(self.criterion)


def kind_by_name(criterion: str) -> CriterionKind:
    """What a criterion is when nobody said: `price` is the price, everything else is judged by people."""
    return "price" if criterion.casefold() == "price" else "technical"


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer says about the whole RFQ."""

    description: str | None
    intent: Intent
    currency: str
    """Currency the buyer prefers; a quote may be in another."""
    incoterm: str | None
    delivery_place: str | None
    payment_days: int | None
    nda_text: str | None
    nda_version: int
    evaluation: tuple[Weight, ...]
    over_delivery_percent: Decimal
    """How far a delivery may exceed the order."""
    standstill_days: int = 0
    """How long after its issue an award cannot be accepted, so that losing suppliers may object."""
    acceptance_days: int = 14
    """How long after the standstill the supplier may accept; then the award lapses."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of an RFQ that its buyer writes."""

    external_reference: str | None
    title: str
    visibility: Visibility
    terms: Terms
    nda_required: bool
    opening_quorum: int
    envelopes: int
    """1: one opening; 2: the technical part is opened and scored before the prices are."""
    questions_close_at: datetime | None
    quotes_close_at: datetime | None
    lines: tuple[LineDraft, ...]


class Rfq(msgspec.Struct, frozen=True, kw_only=True):
    """The aggregate. `revision` counts publications (0 in draft), `version` counts changes."""

    id: UUID
    buyer_id: UUID
    state: str
    version: int
    revision: int
    round: int
    external_reference: str | None
    title: str
    visibility: Visibility
    terms: Terms
    nda_required: bool
    opening_quorum: int
    envelopes: int
    questions_close_at: datetime | None
    quotes_close_at: datetime | None
    published_at: datetime | None
    closed_at: datetime | None
    opening_approved_by: str | None
    """Who gave the first of two approvals of the opening that comes next."""
    technical_opened_at: datetime | None
    """With two envelopes: when the technical parts became readable, prices still sealed."""
    opened_at: datetime | None
    """When prices became readable."""
    scores_closed_at: datetime | None
    """From then on no score changes."""
    ended_at: datetime | None
    end_reason: str | None
    reissue_of: UUID | None
    reissued_as: UUID | None
    created_at: datetime
    updated_at: datetime
    lines: tuple[Line, ...]
    documents: tuple[Document, ...]
    round_kind: RoundKind | None = None
    """What the buyer calls the present round; None in the first."""
    round_message: str | None = None
    """The buyer's words to those who are in it."""

    @property
    def has_opened(self) -> bool:
        """Whether quotes were opened in any round. `opened_at` is None again while a later round is sealed."""
        return self.opened_at is not None or self.round > 1

    def line(self, line_no: int) -> Line | None:
        """The line with that number."""
        return next((line for line in self.lines if line.line_no == line_no), None)

    @property
    def draft(self) -> Draft:
        """What the buyer wrote of it."""
        return Draft(
            external_reference=self.external_reference,
            title=self.title,
            visibility=self.visibility,
            terms=self.terms,
            nda_required=self.nda_required,
            opening_quorum=self.opening_quorum,
            envelopes=self.envelopes,
            questions_close_at=self.questions_close_at,
            quotes_close_at=self.quotes_close_at,
            lines=tuple(line.draft for line in self.lines),
        )


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What decides who may read an RFQ, and which version there is; `participation` is the state of the caller's own."""

    version: int
    buyer_id: UUID
    state: str
    visibility: Visibility
    published_at: datetime | None
    participation: str | None


class Card(NamedTuple):
    """An RFQ in a list: no lines, but how many. A row of a list is one as it is, so its columns have this order."""

    id: UUID
    buyer_id: UUID
    buyer_name: str
    state: str
    version: int
    external_reference: str | None
    title: str
    intent: Intent
    visibility: Visibility
    nda_required: bool
    quotes_close_at: datetime | None
    published_at: datetime | None
    line_count: int
    participation: str | None
    """The caller's own participation, if any."""
