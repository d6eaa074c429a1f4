"""What is shown of a quote, and to whom."""

from typing import Annotated, Literal, Self

from msgspec import Meta

from api.call import View, etag_of
from api.routes.rfqs_in import LineNo
from api.wire import (
    Blocked,
    Code,
    Currency3,
    Day,
    DecimalText,
    ETag,
    Id,
    Int64,
    Out,
    Page,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    decimal_text,
    optional_decimal_text,
    utc,
)
from domain.ids import show
from domain.quotes import model, rules
from domain.vocabularies import state_label

Incoterm = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z", max_length=3)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z", max_length=64, description="Digest of the line priced.")]
ShortDays = Annotated[int, Meta(ge=0, le=3650, extra_json_schema={"format": "int64"})]


class PriceBreak(Out):
    """From `min_quantity` on one unit costs `unit_price`, without PPN."""

    min_quantity: DecimalText
    unit_price: DecimalText


class Tooling(Out):
    """A die, mould or jig."""

    cost: DecimalText
    ownership: Literal["buyer", "supplier"]
    life_pieces: Int64 | None
    amortised_over_pieces: Int64 | None


class CostBreakdown(Out):
    """What one unit at the first break is made of."""

    material: DecimalText
    labour: DecimalText
    overhead: DecimalText
    outside_processes: DecimalText
    profit: DecimalText


class LocalContent(Out):
    """Domestic content (TKDN) in per cent, and what it rests on."""

    basis: Literal["certificate", "self_declared", "computed", "none"]
    percent: DecimalText | None
    certificate_no: Text80 | None


class CharacteristicAnswer(Out):
    """What is promised for one characteristic of the line."""

    no: Int64
    answer: Literal["comply", "deviate", "cannot"]
    note: Text200 | None


class QuoteLine(Out):
    """The answer to one line."""

    line_no: LineNo
    answer: Literal["priced", "declined"]
    line_digest: Annotated[str, Meta(max_length=64)]
    decline_reason: Code | None
    breaks: Annotated[list[PriceBreak], Meta(max_length=20)]
    minimum_order_quantity: DecimalText | None
    lead_time_days: Int64 | None
    capacity_per_month: DecimalText | None
    tooling: Tooling | None
    cost_breakdown: CostBreakdown | None
    local_content: LocalContent | None
    outside_processes: Annotated[list[Code], Meta(max_length=40)]
    characteristics: Annotated[list[CharacteristicAnswer], Meta(max_length=300)]
    note: Text2000 | None

    @classmethod
    def of(cls, line: model.QuoteLine) -> Self:
        """Member by member what was sealed: its canonical JSON is what the receipt covers."""
        tooling, parts, local = line.tooling, line.cost_breakdown, line.local_content
        return cls(
            line_no=line.line_no,
            answer=line.answer,
            line_digest=line.line_digest,
            decline_reason=line.decline_reason,
            breaks=[
                PriceBreak(min_quantity=decimal_text(step.min_quantity), unit_price=decimal_text(step.unit_price))
                for step in line.breaks
            ],
            minimum_order_quantity=optional_decimal_text(line.minimum_order_quantity),
            lead_time_days=line.lead_time_days,
            capacity_per_month=optional_decimal_text(line.capacity_per_month),
            tooling=None
            if tooling is None
            else Tooling(
                cost=decimal_text(tooling.cost),
                ownership=tooling.ownership,
                life_pieces=tooling.life_pieces,
                amortised_over_pieces=tooling.amortised_over_pieces,
            ),
            cost_breakdown=None
            if parts is None
            else CostBreakdown(
                material=decimal_text(parts.material),
                labour=decimal_text(parts.labour),
                overhead=decimal_text(parts.overhead),
                outside_processes=decimal_text(parts.outside_processes),
                profit=decimal_text(parts.profit),
            ),
            local_content=None
            if local is None
            else LocalContent(
                basis=local.basis,
                percent=optional_decimal_text(local.percent),
                certificate_no=local.certificate_no,
            ),
            outside_processes=list(line.outside_processes),
            characteristics=[
                CharacteristicAnswer(no=item.no, answer=item.answer, note=item.note) for item in line.characteristics
            ],
            note=line.note,
        )


class QuoteContent(Out):
    """What is sealed until the opening."""

    currency: Currency3
    valid_until: Day
    incoterm: Text40 | None
    delivery_place: Text200 | None
    payment_days: Int64 | None
    note: Text2000 | None
    lines: Annotated[list[QuoteLine], Meta(max_length=500)]

    @classmethod
    def of(cls, content: model.QuoteContent) -> Self:
        """Member by member what was sealed."""
        return cls(
            currency=content.currency,
            valid_until=content.valid_until,
            incoterm=content.incoterm,
            delivery_place=content.delivery_place,
            payment_days=content.payment_days,
            note=content.note,
            lines=[QuoteLine.of(line) for line in content.lines],
        )


class Quote(Out):
    """A quote; `submitted_version` is the submission that counts, 0 before the first.

    `content` is what its supplier works on until the opening (`has_unsubmitted_changes`: it differs from that
    submission), then what was opened.
    """

    id: Id
    rfq_id: Id
    supplier_id: Id
    supplier_name: Text200
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    round: Int64
    submitted_version: Int64
    submitted_at: Timestamp | None
    commitment: Annotated[str, Meta(max_length=64, description="sha256 of canonical content and nonce, in hex.")] | None
    has_unsubmitted_changes: bool
    opened_at: Timestamp | None
    end_reason: Text80 | None
    end_note: Text2000 | None
    content: QuoteContent | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, seen: model.Seen, view: View) -> Self:
        """As its supplier or, after the opening, the buyer sees it."""
        quote = seen.quote
        allowed, blocked = rules.available(quote, seen.rfq, view.actor, now=view.now)
        return cls(
            id=show("quote", quote.id),
            rfq_id=show("rfq", quote.rfq_id),
            supplier_id=show("organisation", quote.supplier_id),
            supplier_name=seen.supplier_name,
            state=quote.state,
            state_label=state_label("quote", quote.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(quote.version),
            round=quote.round,
            submitted_version=quote.submission,
            submitted_at=None if quote.submitted_at is None else utc(quote.submitted_at),
            commitment=quote.commitment,
            has_unsubmitted_changes=quote.unsubmitted,
            opened_at=None if quote.opened_at is None else utc(quote.opened_at),
            end_reason=quote.end_reason,
            end_note=quote.end_note,
            content=None if seen.content is None else QuoteContent.of(seen.content),
            created_at=utc(quote.created_at),
            updated_at=utc(quote.updated_at),
        )


class QuoteCard(Out):
    """A quote in a list; its content is in `GET /v1/quotes/{quote_id}`."""

    id: Id
    rfq_id: Id
    rfq_title: Text200
    buyer_id: Id
    supplier_id: Id
    supplier_name: Text200
    state: Text40
    state_label: Text80
    etag: ETag
    round: Int64
    submitted_version: Int64
    submitted_at: Timestamp | None
    valid_until: Day | None
    opened_at: Timestamp | None
    end_reason: Text80 | None
    created_at: Timestamp

    @classmethod
    def of(cls, card: model.Card, view: View) -> Self:
        """As the caller sees it."""
        return cls(
            id=show("quote", card.id),
            rfq_id=show("rfq", card.rfq_id),
            rfq_title=card.rfq_title,
            buyer_id=show("organisation", card.buyer_id),
            supplier_id=show("organisation", card.supplier_id),
            supplier_name=card.supplier_name,
            state=card.state,
            state_label=state_label("quote", card.state, view.language),
            etag=etag_of(card.version),
            round=card.round,
            submitted_version=card.submission,
            submitted_at=None if card.submitted_at is None else utc(card.submitted_at),
            valid_until=card.valid_until,
            opened_at=None if card.opened_at is None else utc(card.opened_at),
            end_reason=card.end_reason,
            created_at=utc(card.created_at),
        )


class QuotePage(Page[QuoteCard]):
    """Quotes, newest first."""


class RfqQuotePage(Page[Quote]):
    """The quotes on one RFQ: only their number while `sealed`, their contents after the opening."""

    sealed: bool
    count: Int64


class QuoteReceipt(Out):
    """What the supplier holds against us: sha256(canonical content, then the nonce's 32 bytes) is `commitment`, in hex.

    Canonical content is the JSON of `content` with members sorted by name at every level, no spaces, UTF-8 and nothing
    escaped that need not be (RFC 8785); decimals stay the strings that are shown. Keep the receipt: after the opening
    `jembatan verify-opening bundle.json --receipt receipt.json` tells whether what it promises was opened.
    """

    rfq_id: Id
    round: Int64
    quote_id: Id
    submitted_version: Int64
    submitted_at: Timestamp
    commitment: Annotated[str, Meta(max_length=64)]
    nonce: Annotated[str, Meta(max_length=64)]

    @classmethod
    def of(cls, receipt: model.Receipt, _: View) -> Self:
        """As its supplier sees it."""
        return cls(
            rfq_id=show("rfq", receipt.rfq_id),
            round=receipt.round,
            quote_id=show("quote", receipt.quote_id),
            submitted_version=receipt.number,
            submitted_at=utc(receipt.submitted_at),
            commitment=receipt.commitment,
            nonce=receipt.nonce,
        )


class QuoteReceiptPage(Page[QuoteReceipt]):
    """Receipts of one quote, oldest first."""
