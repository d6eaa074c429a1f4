"""What a supplier writes of a quote."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType
from msgspec.structs import replace

from api.routes.quotes_parts import AttachmentKind
from api.routes.rfqs_in import Days, LineNo
from api.wire import (
    Code,
    Currency3,
    Day,
    DecimalText,
    Id,
    In,
    Positive,
    Text80,
    Text200,
    Text2000,
)
from domain.errors import Fault, Invalid
from domain.money import price, price_fault
from domain.quantity import plain
from domain.quotes import model

Incoterm = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z", max_length=3)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z", max_length=64, description="Digest of the line priced.")]
ShortDays = Annotated[int, Meta(ge=0, le=3650, extra_json_schema={"format": "int64"})]


class PriceBreakIn(In):
    """From `min_quantity` on one unit costs `unit_price`: 4 decimals at most, without PPN."""

    min_quantity: DecimalText
    unit_price: DecimalText


class ToolingIn(In, kw_only=True):
    """A die, mould or jig. With `amortised_over_pieces` the cost is spread over so many pieces, else paid once."""

    cost: DecimalText
    ownership: Literal["buyer", "supplier"]
    life_pieces: Positive | None = None
    amortised_over_pieces: Positive | None = None


class CostBreakdownIn(In):
    """What one unit at the first break is made of; the parts add up to its price."""

    material: DecimalText
    labour: DecimalText
    overhead: DecimalText
    outside_processes: DecimalText
    profit: DecimalText


class LocalContentIn(In, kw_only=True):
    """Domestic content (TKDN) in per cent, and what it rests on."""

    basis: Literal["certificate", "self_declared", "computed", "none"]
    percent: DecimalText | None = None
    certificate_no: Text80 | None = None


class CharacteristicAnswerIn(In, kw_only=True):
    """What is promised for one characteristic of the line.

    Where the RFQ has two envelopes the note is in the first one: write no price into it.
    """

    no: Positive
    answer: Literal["comply", "deviate", "cannot"]
    note: Text200 | None = None


class AlternateIn(In, kw_only=True):
    """Another way to make the line: what differs, and its own prices. Only where the line allows alternates."""

    no: Positive
    material: Text200 | None = None
    processes: Annotated[list[Code], Meta(max_length=40)] = []
    description: Text2000 | None = None
    breaks: Annotated[list[PriceBreakIn], Meta(max_length=model.MAX_BREAKS)] = []
    lead_time_days: ShortDays | None = None
    note: Text2000 | None = None


class AttachmentIn(In, kw_only=True):
    """A clean file of the supplier's own. The buyer reads it after the opening; its digest is sealed with the quote."""

    file_id: Id
    kind: AttachmentKind
    label: Text200 | None = None

    def attachment(self) -> model.Attachment:
        """As the domain takes it; what is stored of the file is filled in there."""
        return model.Attachment(
            file_id=self.file_id, kind=self.kind, label=self.label, name="", media_type="", size=0, sha256=""
        )


class QuoteLineIn(In, kw_only=True):
    """The answer to one line: priced with breaks, or declined with a code of `no_quote_reasons`.

    Without `line_digest` the line's present revision is priced.
    """

    line_no: LineNo
    answer: Literal["priced", "declined"] = "priced"
    line_digest: Digest | None = None
    decline_reason: Code | None = None
    breaks: Annotated[list[PriceBreakIn], Meta(max_length=20)] = []
    minimum_order_quantity: DecimalText | None = None
    lead_time_days: ShortDays | None = None
    capacity_per_month: DecimalText | None = None
    tooling: ToolingIn | None = None
    cost_breakdown: CostBreakdownIn | None = None
    local_content: LocalContentIn | None = None
    outside_processes: Annotated[list[Code], Meta(max_length=40)] = []
    characteristics: Annotated[list[CharacteristicAnswerIn], Meta(max_length=300)] = []
    note: Text2000 | None = None
    alternates: Annotated[list[AlternateIn], Meta(max_length=model.MAX_ALTERNATES)] = []
    stated_total: DecimalText | None = None


Lines = Annotated[list[QuoteLineIn], Meta(max_length=500)]
Attachments = Annotated[list[AttachmentIn], Meta(max_length=model.MAX_ATTACHMENTS)]


class QuotePatch(In, kw_only=True):
    """A change of the working content: what is absent stays, null clears, lists replace what was there."""

    currency: Currency3 | UnsetType = UNSET
    valid_until: Day | UnsetType = UNSET
    incoterm: Incoterm | None | UnsetType = UNSET
    delivery_place: Text200 | None | UnsetType = UNSET
    payment_days: Days | None | UnsetType = UNSET
    note: Text2000 | None | UnsetType = UNSET
    minimum_order_value: DecimalText | None | UnsetType = UNSET
    stated_total: DecimalText | None | UnsetType = UNSET
    lines: Lines | UnsetType = UNSET
    attachments: Attachments | UnsetType = UNSET

    def applied(self, present: model.QuoteContent) -> model.QuoteContent:
        """The content after the change. Raises Invalid for a price with more than 4 decimals."""
        names = QuotePatch.__struct_fields__
        given: dict[str, Any] = {name: getattr(self, name) for name in names if getattr(self, name) is not UNSET}
        faults: list[Fault] = []
        for name in ("minimum_order_value", "stated_total"):
            if given.get(name) is not None:
                given[name] = _money(given[name], f"/{name}", faults)
        if "lines" in given:
            given["lines"] = tuple(_line(line, f"/lines/{place}", faults) for place, line in enumerate(given["lines"]))
        if "attachments" in given:
            given["attachments"] = tuple(item.attachment() for item in given["attachments"])
        if faults:
            raise Invalid("The quote contains prices that make no sense.", faults=faults)
        return replace(present, **given)


class QuoteCreate(QuotePatch, kw_only=True):
    """The content of a quote. Lines may follow until it is submitted; then every line is answered.

    With `copy_from`, a quote of one's own in an earlier round, or on the RFQ that this one re-issues, is taken as it is
    and only the members sent are changed. Without, the currency is IDR unless said otherwise.
    """

    valid_until: Day
    copy_from: Id | None = None

    def content(self) -> model.QuoteContent:
        """As the domain takes it. Raises Invalid for a price with more than 4 decimals."""
        return self.applied(
            model.QuoteContent(
                currency="IDR",
                valid_until=self.valid_until,
                incoterm=None,
                delivery_place=None,
                payment_days=None,
                note=None,
                lines=(),
            )
        )


class QuoteShortlist(In):
    """On the shortlist, or off it."""

    shortlisted: bool


class QuoteDisqualify(In, kw_only=True):
    """Why: a code of `disqualify_reasons`, and words for the supplier."""

    reason: Code
    note: Text2000 | None = None


def _money(text: str, at: str, faults: list[Fault]) -> Decimal:
    value = Decimal(text)
    wrong = price_fault(value)
    if wrong is not None:
        faults.append(Fault(at, wrong))
        return Decimal(0)
    return price(value + 0)  # a zero without a sign


def _breaks(breaks: list[PriceBreakIn], at: str, faults: list[Fault]) -> tuple[model.PriceBreak, ...]:
    return tuple(
        model.PriceBreak(
            min_quantity=plain(Decimal(step.min_quantity)),
            unit_price=_money(step.unit_price, f"{at}/{place}/unit_price", faults),
        )
        for place, step in enumerate(breaks)
    )


def _line(line: QuoteLineIn, at: str, faults: list[Fault]) -> model.QuoteLine:
    def money(text: str, where: str) -> Decimal:
        return _money(text, f"{at}/{where}", faults)

    tooling, parts, local = line.tooling, line.cost_breakdown, line.local_content
    return model.QuoteLine(
        line_no=line.line_no,
        line_digest=line.line_digest or "",
        answer=line.answer,
        decline_reason=line.decline_reason,
        breaks=_breaks(line.breaks, f"{at}/breaks", faults),
        minimum_order_quantity=_decimal(line.minimum_order_quantity),
        lead_time_days=line.lead_time_days,
        capacity_per_month=_decimal(line.capacity_per_month),
        tooling=None
        if tooling is None
        else model.Tooling(
            cost=money(tooling.cost, "tooling/cost"),
            ownership=tooling.ownership,
            life_pieces=tooling.life_pieces,
            amortised_over_pieces=tooling.amortised_over_pieces,
        ),
        cost_breakdown=None
        if parts is None
        else model.CostBreakdown(
            **{name: money(getattr(parts, name), f"cost_breakdown/{name}") for name in parts.__struct_fields__}
        ),
        local_content=None
        if local is None
        else model.LocalContent(
            basis=local.basis, percent=_decimal(local.percent), certificate_no=local.certificate_no
        ),
        outside_processes=tuple(line.outside_processes),
        characteristics=tuple(
            model.CharacteristicAnswer(no=item.no, answer=item.answer, note=item.note) for item in line.characteristics
        ),
        note=line.note,
        alternates=tuple(
            model.Alternate(
                no=item.no,
                material=item.material,
                processes=tuple(item.processes),
                description=item.description,
                breaks=_breaks(item.breaks, f"{at}/alternates/{place}/breaks", faults),
                lead_time_days=item.lead_time_days,
                note=item.note,
            )
            for place, item in enumerate(line.alternates)
        ),
        stated_total=None if line.stated_total is None else money(line.stated_total, "stated_total"),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else plain(Decimal(text) + 0)
