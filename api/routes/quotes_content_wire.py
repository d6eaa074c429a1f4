"""The content of a quote on the wire: what its receipt covers, member by member."""

from typing import Annotated, Literal, Self

from msgspec import Meta

from api.routes.quotes_parts import (
    PriceBreak,
    QuoteAlternate,
    QuoteAttachment,
)
from api.routes.rfqs_in import LineNo
from api.wire import (
    Code,
    Currency3,
    Day,
    DecimalText,
    Int64,
    Out,
    Text40,
    Text80,
    Text200,
    Text2000,
    decimal_text,
    optional_decimal_text,
)
from domain.quotes import model

Incoterm = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z", max_length=3)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z", max_length=64, description="Digest of the line priced.")]
ShortDays = Annotated[int, Meta(ge=0, le=3650, extra_json_schema={"format": "int64"})]


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

    @classmethod
    def of(cls, local: model.LocalContent | None) -> Self | None:
        """Member by member what was sealed."""
        if local is None:
            return None
        return cls(basis=local.basis, percent=optional_decimal_text(local.percent), certificate_no=local.certificate_no)


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
    alternates: Annotated[list[QuoteAlternate], Meta(max_length=model.MAX_ALTERNATES)]
    stated_total: DecimalText | None

    @classmethod
    def of(cls, line: model.QuoteLine) -> Self:
        """Member by member what was sealed: its canonical JSON is what the receipt covers."""
        tooling, parts = line.tooling, line.cost_breakdown
        return cls(
            line_no=line.line_no,
            answer=line.answer,
            line_digest=line.line_digest,
            decline_reason=line.decline_reason,
            breaks=[PriceBreak.of(step) for step in line.breaks],
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
            local_content=LocalContent.of(line.local_content),
            outside_processes=list(line.outside_processes),
            characteristics=[
                CharacteristicAnswer(no=item.no, answer=item.answer, note=item.note) for item in line.characteristics
            ],
            note=line.note,
            alternates=[QuoteAlternate.of(item) for item in line.alternates],
            stated_total=optional_decimal_text(line.stated_total),
        )


class TechnicalTooling(Out):
    """A die, mould or jig, without what it costs."""

    ownership: Literal["buyer", "supplier"]
    life_pieces: Int64 | None


class TechnicalLine(Out):
    """What of one line is read before prices are."""

    line_no: LineNo
    answer: Literal["priced", "declined"]
    decline_reason: Code | None
    lead_time_days: Int64 | None
    capacity_per_month: DecimalText | None
    tooling: TechnicalTooling | None
    local_content: LocalContent | None
    outside_processes: Annotated[list[Code], Meta(max_length=40)]
    characteristics: Annotated[list[CharacteristicAnswer], Meta(max_length=300)]


class TechnicalPart(Out):
    """The first of two envelopes. Free notes are in the second one, but the notes of characteristics are in this."""

    lines: Annotated[list[TechnicalLine], Meta(max_length=500)]

    @classmethod
    def of(cls, part: model.TechnicalPart) -> Self:
        """Member by member what was opened."""
        return cls(
            lines=[
                TechnicalLine(
                    line_no=line.line_no,
                    answer=line.answer,
                    decline_reason=line.decline_reason,
                    lead_time_days=line.lead_time_days,
                    capacity_per_month=optional_decimal_text(line.capacity_per_month),
                    tooling=None
                    if line.tooling is None
                    else TechnicalTooling(ownership=line.tooling.ownership, life_pieces=line.tooling.life_pieces),
                    local_content=LocalContent.of(line.local_content),
                    outside_processes=list(line.outside_processes),
                    characteristics=[
                        CharacteristicAnswer(no=item.no, answer=item.answer, note=item.note)
                        for item in line.characteristics
                    ],
                )
                for line in part.lines
            ]
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
    minimum_order_value: DecimalText | None
    stated_total: DecimalText | None
    attachments: Annotated[list[QuoteAttachment], Meta(max_length=model.MAX_ATTACHMENTS)]

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
            minimum_order_value=optional_decimal_text(content.minimum_order_value),
            stated_total=optional_decimal_text(content.stated_total),
            attachments=[QuoteAttachment.of(item) for item in content.attachments],
        )
