"""Parts of a quote on the wire: breaks, alternates, attachments, totals, amendments."""

from typing import Annotated, Literal, Self

from msgspec import Meta

from api.routes.rfqs_in import LineNo
from api.wire import (
    Code,
    DecimalText,
    Id,
    Int64,
    Out,
    Text40,
    Text200,
    Text2000,
    Timestamp,
    decimal_text,
    optional_decimal_text,
    utc,
)
from domain.ids import show
from domain.quotes import model, totals

AttachmentKind = Literal["certificate", "drawing", "datasheet", "process_plan", "photo", "other"]


class PriceBreak(Out):
    """From `min_quantity` on one unit costs `unit_price`, without PPN."""

    min_quantity: DecimalText
    unit_price: DecimalText

    @classmethod
    def of(cls, step: model.PriceBreak) -> Self:
        """On the wire."""
        return cls(min_quantity=decimal_text(step.min_quantity), unit_price=decimal_text(step.unit_price))


class QuoteAlternate(Out):
    """Another way to make the line, with prices of its own. For information: it is not ranked and not awarded."""

    no: Int64
    material: Text200 | None
    processes: Annotated[list[Code], Meta(max_length=40)]
    description: Text2000 | None
    breaks: Annotated[list[PriceBreak], Meta(max_length=model.MAX_BREAKS)]
    lead_time_days: Int64 | None
    note: Text2000 | None

    @classmethod
    def of(cls, alternate: model.Alternate) -> Self:
        """Member by member what was sealed."""
        return cls(
            no=alternate.no,
            material=alternate.material,
            processes=list(alternate.processes),
            description=alternate.description,
            breaks=[PriceBreak.of(step) for step in alternate.breaks],
            lead_time_days=alternate.lead_time_days,
            note=alternate.note,
        )


class QuoteAttachment(Out):
    """A file of the supplier's, readable for the buyer after the opening. The receipt covers its `sha256`."""

    file_id: Id
    kind: AttachmentKind
    label: Text200 | None
    name: Text200
    media_type: Annotated[str, Meta(max_length=100)]
    size: Int64
    sha256: Annotated[str, Meta(max_length=64)]

    @classmethod
    def of(cls, attachment: model.Attachment) -> Self:
        """Member by member what was sealed."""
        return cls(
            file_id=attachment.file_id,
            kind=attachment.kind,
            label=attachment.label,
            name=attachment.name,
            media_type=attachment.media_type,
            size=attachment.size,
            sha256=attachment.sha256,
        )


class QuoteLineTotal(Out):
    """One priced line at the quantity asked: quantity x unit_price, without tooling. Null where there is no price."""

    line_no: LineNo
    quantity: DecimalText
    unit_price: DecimalText | None
    computed_total: DecimalText | None


class QuoteTotals(Out):
    """What we compute, without tooling and PPN: each line rounded to the currency's minor unit, then added up."""

    computed_total: DecimalText | None
    lines: Annotated[list[QuoteLineTotal], Meta(max_length=500)]

    @classmethod
    def of(cls, found: totals.Totals) -> Self:
        """On the wire."""
        return cls(
            computed_total=optional_decimal_text(found.computed_total),
            lines=[
                QuoteLineTotal(
                    line_no=line.line_no,
                    quantity=decimal_text(line.quantity),
                    unit_price=optional_decimal_text(line.unit_price),
                    computed_total=optional_decimal_text(line.computed_total),
                )
                for line in found.lines
            ],
        )


class AmendedLine(Out):
    """From `quantity` on one unit costs `unit_price`; a null lead time is as quoted."""

    line_no: LineNo
    quantity: DecimalText
    unit_price: DecimalText
    lead_time_days: Int64 | None

    @classmethod
    def of(cls, line: model.AmendedLine) -> Self:
        """On the wire."""
        return cls(
            line_no=line.line_no,
            quantity=decimal_text(line.quantity),
            unit_price=decimal_text(line.unit_price),
            lead_time_days=line.lead_time_days,
        )


class QuoteAmendment(Out):
    """What an accepted counter-offer changed."""

    number: Int64
    counter_offer_id: Id
    lines: Annotated[list[AmendedLine], Meta(max_length=500)]
    payment_days: Int64 | None
    agreed_at: Timestamp

    @classmethod
    def of(cls, amendment: model.Amendment) -> Self:
        """On the wire."""
        return cls(
            number=amendment.number,
            counter_offer_id=show("counter_offer", amendment.counter_offer_id),
            lines=[AmendedLine.of(line) for line in amendment.lines],
            payment_days=amendment.payment_days,
            agreed_at=utc(amendment.agreed_at),
        )


class NotCopied(Out):
    """What a copy left out: a whole line, or one thing of it."""

    line_no: LineNo
    what: Literal["line", "characteristic", "alternates"]
    reason: Text40

    @classmethod
    def of(cls, item: model.NotCopied) -> Self:
        """On the wire."""
        return cls(line_no=item.line_no, what=item.what, reason=item.reason)
