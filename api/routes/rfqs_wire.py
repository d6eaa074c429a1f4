"""Wire shapes of an RFQ: what is written, what is shown to whom."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.call import View, etag_of
from api.wire import (
    Blocked,
    Code,
    Currency3,
    Day,
    DecimalText,
    ETag,
    Id,
    In,
    Int64,
    Out,
    Page,
    Positive,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    decimal_text,
    optional_decimal_text,
    utc,
)
from domain.ids import show, show_optional
from domain.quantity import plain
from domain.rfqs import model, rules
from domain.vocabularies import state_label

Intent = Literal["firm", "budgetary", "benchmark"]
Visibility = Literal["open", "invited"]
LineNo = Annotated[int, Meta(ge=1, le=99_999, extra_json_schema={"format": "int64"})]
Days = Annotated[int, Meta(ge=0, le=365, extra_json_schema={"format": "int64"})]


class PartName(In):
    """What the part is called in Indonesian (`id`) and English (`en`)."""

    id: Text200
    en: Text200 | None = None


class PartEnvelope(In):
    """Outer size in millimetres; a turned part has a diameter."""

    diameter_mm: DecimalText | None = None
    length_mm: DecimalText | None = None
    width_mm: DecimalText | None = None
    height_mm: DecimalText | None = None


class CharacteristicIn(In):
    """One dimension or property; `no` is its balloon in the drawing. Deviations are signed, in `unit`."""

    no: Positive
    name: Text200
    nominal: DecimalText | None = None
    upper: DecimalText | None = None
    lower: DecimalText | None = None
    unit: Text40 | None = None
    ctq: bool = False
    method: Text200 | None = None


class DeliveryIn(In):
    """One dated part of the quantity."""

    due_on: Day
    quantity: DecimalText
    certainty: Literal["firm", "forecast"] = "firm"


class ApprovalIn(In):
    """What is to be approved before production is despatched; `level` for a PPAP only."""

    plan: Literal["none", "fai", "isir", "ppap"] = "none"
    level: Annotated[int, Meta(ge=1, le=5, extra_json_schema={"format": "int64"})] | None = None


class BaselineIn(In):
    """What is bought today. An import needs origin, HS code, price, quantity and the rupiah rate of a stated day."""

    kind: Literal["import", "local", "new"]
    origin: Annotated[str, Meta(pattern="^[A-Z]{2}$", max_length=2)] | None = None
    hs_code: Annotated[str, Meta(pattern=r"^[0-9.]{4,14}$", max_length=14)] | None = None
    currency: Currency3 | None = None
    cif_unit_price: DecimalText | None = None
    duty_percent: DecimalText | None = None
    annual_quantity: DecimalText | None = None
    idr_rate: DecimalText | None = None
    idr_rate_on: Day | None = None
    shown: bool = False


class RfqLineIn(In):
    """One component that is asked for."""

    line_no: LineNo
    part_number: Text80
    drawing_revision: Text40 | None = None
    name: PartName
    specification: Text2000 | None = None
    material: Text200 | None = None
    processes: Annotated[list[Code], Meta(max_length=40)] = []
    general_tolerance: Text200 | None = None
    it_grade: Annotated[int, Meta(ge=1, le=18, extra_json_schema={"format": "int64"})] | None = None
    surface: Text200 | None = None
    heat_treatment: Text200 | None = None
    envelope: PartEnvelope | None = None
    mass_kg: DecimalText | None = None
    quantity: DecimalText
    unit: Annotated[str, Meta(min_length=2, max_length=3, examples=["H87"])]
    lot_size: DecimalText | None = None
    schedule: Annotated[list[DeliveryIn], Meta(max_length=200)] = []
    standards: Annotated[list[Text80], Meta(max_length=40)] = []
    certificates: Annotated[list[Code], Meta(max_length=40)] = []
    approval: ApprovalIn = ApprovalIn()
    quantity_breaks: Annotated[list[DecimalText], Meta(max_length=20)] = []
    allow_alternates: bool = False
    characteristics: Annotated[list[CharacteristicIn], Meta(max_length=300)] = []
    target_price: DecimalText | None = None
    target_price_shown: bool = False
    baseline: BaselineIn | None = None

    def draft(self) -> model.LineDraft:
        """As the domain takes it."""
        return model.LineDraft(
            line_no=self.line_no,
            quantity=plain(Decimal(self.quantity)),
            unit=self.unit,
            spec=model.LineSpec(
                part_number=self.part_number,
                drawing_revision=self.drawing_revision,
                name=model.Name(id=self.name.id, en=self.name.en),
                specification=self.specification,
                material=self.material,
                processes=tuple(self.processes),
                general_tolerance=self.general_tolerance,
                it_grade=self.it_grade,
                surface=self.surface,
                heat_treatment=self.heat_treatment,
                envelope=None
                if self.envelope is None
                else model.Envelope(
                    diameter_mm=_decimal(self.envelope.diameter_mm),
                    length_mm=_decimal(self.envelope.length_mm),
                    width_mm=_decimal(self.envelope.width_mm),
                    height_mm=_decimal(self.envelope.height_mm),
                ),
                mass_kg=_decimal(self.mass_kg),
                lot_size=_decimal(self.lot_size),
                schedule=tuple(
                    model.Delivery(due_on=item.due_on, quantity=plain(Decimal(item.quantity)), certainty=item.certainty)
                    for item in self.schedule
                ),
                standards=tuple(self.standards),
                certificates=tuple(self.certificates),
                approval=model.Approval(plan=self.approval.plan, level=self.approval.level),
                quantity_breaks=tuple(plain(Decimal(item)) for item in self.quantity_breaks),
                allow_alternates=self.allow_alternates,
                characteristics=tuple(
                    model.Characteristic(
                        no=item.no,
                        name=item.name,
                        nominal=_decimal(item.nominal),
                        upper=_decimal(item.upper),
                        lower=_decimal(item.lower),
                        unit=item.unit,
                        ctq=item.ctq,
                        method=item.method,
                    )
                    for item in self.characteristics
                ),
                target_price=None if self.target_price is None else Decimal(self.target_price),
                target_price_shown=self.target_price_shown,
                baseline=None if self.baseline is None else _baseline(self.baseline),
            ),
        )


class WeightIn(In):
    """One criterion of evaluation and its share in per cent."""

    criterion: Text80
    percent: DecimalText


class RfqCreate(In):
    """A draft. What is missing may follow until it is published."""

    title: Text200
    external_reference: Text80 | None = None
    description: Text2000 | None = None
    intent: Intent = "firm"
    visibility: Visibility = "invited"
    currency: Currency3 = "IDR"
    incoterm: Annotated[str, Meta(pattern="^[A-Z]{3}$", max_length=3)] | None = None
    delivery_place: Text200 | None = None
    payment_days: Days | None = None
    nda_required: bool = False
    nda_text: Annotated[str, Meta(min_length=1, max_length=20_000)] | None = None
    opening_quorum: Literal[1, 2] = 1
    questions_close_at: Timestamp | None = None
    quotes_close_at: Timestamp | None = None
    evaluation: Annotated[list[WeightIn], Meta(max_length=20)] = []
    over_delivery_percent: DecimalText = "0"
    lines: Annotated[list[RfqLineIn], Meta(max_length=500)] = []

    def draft(self) -> model.Draft:
        """As the domain takes it."""
        return model.Draft(
            external_reference=self.external_reference,
            title=self.title,
            visibility=self.visibility,
            terms=model.Terms(
                description=self.description,
                intent=self.intent,
                currency=self.currency,
                incoterm=self.incoterm,
                delivery_place=self.delivery_place,
                payment_days=self.payment_days,
                nda_text=self.nda_text,
                nda_version=1,
                evaluation=tuple(
                    model.Weight(criterion=item.criterion, percent=plain(Decimal(item.percent)))
                    for item in self.evaluation
                ),
                over_delivery_percent=plain(Decimal(self.over_delivery_percent)),
            ),
            nda_required=self.nda_required,
            opening_quorum=self.opening_quorum,
            questions_close_at=self.questions_close_at,
            quotes_close_at=self.quotes_close_at,
            lines=tuple(line.draft() for line in self.lines),
        )


class RfqPatch(In):
    """A change of a draft: what is absent stays, null clears, `lines` replaces all lines."""

    title: Text200 | UnsetType = UNSET
    external_reference: Text80 | None | UnsetType = UNSET
    description: Text2000 | None | UnsetType = UNSET
    intent: Intent | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET
    currency: Currency3 | UnsetType = UNSET
    incoterm: Annotated[str, Meta(pattern="^[A-Z]{3}$", max_length=3)] | None | UnsetType = UNSET
    delivery_place: Text200 | None | UnsetType = UNSET
    payment_days: Days | None | UnsetType = UNSET
    nda_required: bool | UnsetType = UNSET
    nda_text: Annotated[str, Meta(min_length=1, max_length=20_000)] | None | UnsetType = UNSET
    opening_quorum: Literal[1, 2] | UnsetType = UNSET
    questions_close_at: Timestamp | None | UnsetType = UNSET
    quotes_close_at: Timestamp | None | UnsetType = UNSET
    evaluation: Annotated[list[WeightIn], Meta(max_length=20)] | UnsetType = UNSET
    over_delivery_percent: DecimalText | UnsetType = UNSET
    lines: Annotated[list[RfqLineIn], Meta(max_length=500)] | UnsetType = UNSET

    def applied(self, rfq: model.Rfq) -> model.Draft:
        """The whole draft after the change of `rfq`."""
        given = {name: getattr(self, name) for name in self.__struct_fields__ if getattr(self, name) is not UNSET}
        head = {name: given[name] for name in HEAD if name in given}
        terms: dict[str, Any] = {name: given[name] for name in TERMS if name in given}
        if "evaluation" in given:
            terms["evaluation"] = tuple(
                model.Weight(criterion=item.criterion, percent=plain(Decimal(item.percent)))
                for item in given["evaluation"]
            )
        if "over_delivery_percent" in given:
            terms["over_delivery_percent"] = plain(Decimal(given["over_delivery_percent"]))
        draft = rfq.draft
        if "lines" in given:
            head["lines"] = tuple(line.draft() for line in given["lines"])
        return msgspec.structs.replace(draft, **head, terms=msgspec.structs.replace(draft.terms, **terms))


HEAD = (
    "title",
    "external_reference",
    "visibility",
    "nda_required",
    "opening_quorum",
    "questions_close_at",
    "quotes_close_at",
)
TERMS = ("description", "intent", "currency", "incoterm", "delivery_place", "payment_days", "nda_text")


class LocalizedName(Out):
    """A name in Indonesian (`id`) and English (`en`)."""

    id: Text200
    en: Text200 | None


class Envelope(Out):
    """Outer size in millimetres."""

    diameter_mm: DecimalText | None
    length_mm: DecimalText | None
    width_mm: DecimalText | None
    height_mm: DecimalText | None


class Characteristic(Out):
    """One dimension or property; `no` is its balloon in the drawing."""

    no: Positive
    name: Text200
    nominal: DecimalText | None
    upper: DecimalText | None
    lower: DecimalText | None
    unit: Text40 | None
    ctq: bool
    method: Text200 | None


class ScheduledDelivery(Out):
    """One dated part of the quantity."""

    due_on: Day
    quantity: DecimalText
    certainty: Literal["firm", "forecast"]


class Approval(Out):
    """What is to be approved before production is despatched."""

    plan: Literal["none", "fai", "isir", "ppap"]
    level: Int64 | None


class SourcingBaseline(Out):
    """What the buyer does today."""

    kind: Literal["import", "local", "new"]
    origin: Text40 | None
    hs_code: Text40 | None
    currency: Currency3 | None
    cif_unit_price: DecimalText | None
    duty_percent: DecimalText | None
    annual_quantity: DecimalText | None
    idr_rate: DecimalText | None
    idr_rate_on: Day | None
    shown: bool


class RfqLine(Out):
    """One component that is asked for. `awarded`, and a baseline or target price that is not shown, are the buyer's."""

    id: Id
    line_no: LineNo
    part_number: Text80
    drawing_revision: Text40 | None
    name: LocalizedName
    specification: Text2000 | None
    material: Text200 | None
    processes: Annotated[list[Code], Meta(max_length=40)]
    general_tolerance: Text200 | None
    it_grade: Int64 | None
    surface: Text200 | None
    heat_treatment: Text200 | None
    envelope: Envelope | None
    mass_kg: DecimalText | None
    quantity: DecimalText
    unit: Text40
    lot_size: DecimalText | None
    schedule: Annotated[list[ScheduledDelivery], Meta(max_length=200)]
    standards: Annotated[list[Text80], Meta(max_length=40)]
    certificates: Annotated[list[Code], Meta(max_length=40)]
    approval: Approval
    quantity_breaks: Annotated[list[DecimalText], Meta(max_length=20)]
    allow_alternates: bool
    characteristics: Annotated[list[Characteristic], Meta(max_length=300)]
    target_price: DecimalText | None
    target_price_shown: bool
    baseline: SourcingBaseline | None
    awarded: DecimalText | None
    digest: Annotated[str, Meta(max_length=64, description="Covers all that a price depends on; quotes name it.")]

    @classmethod
    def of(cls, line: model.Line, *, buyer: bool) -> Self:
        """The line as the buyer or somebody else sees it."""
        spec = line.spec
        shown = spec.baseline is not None and (buyer or spec.baseline.shown)
        return cls(
            id=show("line", line.id),
            line_no=line.line_no,
            part_number=spec.part_number,
            drawing_revision=spec.drawing_revision,
            name=LocalizedName(id=spec.name.id, en=spec.name.en),
            specification=spec.specification,
            material=spec.material,
            processes=list(spec.processes),
            general_tolerance=spec.general_tolerance,
            it_grade=spec.it_grade,
            surface=spec.surface,
            heat_treatment=spec.heat_treatment,
            envelope=None if spec.envelope is None else _convert(spec.envelope, Envelope),
            mass_kg=optional_decimal_text(spec.mass_kg),
            quantity=decimal_text(line.quantity),
            unit=line.unit,
            lot_size=optional_decimal_text(spec.lot_size),
            schedule=[_convert(item, ScheduledDelivery) for item in spec.schedule],
            standards=list(spec.standards),
            certificates=list(spec.certificates),
            approval=Approval(plan=spec.approval.plan, level=spec.approval.level),
            quantity_breaks=[decimal_text(item) for item in spec.quantity_breaks],
            allow_alternates=spec.allow_alternates,
            characteristics=[_convert(item, Characteristic) for item in spec.characteristics],
            target_price=optional_decimal_text(spec.target_price) if buyer or spec.target_price_shown else None,
            target_price_shown=spec.target_price_shown,
            baseline=_convert(spec.baseline, SourcingBaseline) if shown else None,
            awarded=decimal_text(line.awarded) if buyer else None,
            digest=line.digest,
        )


class EvaluationWeight(Out):
    """One criterion of evaluation and its share in per cent."""

    criterion: Text80
    percent: DecimalText


class Rfq(Out):
    """A request for quotation. `revision` counts publications; `etag` changes with every change."""

    id: Id
    buyer_id: Id
    state: Annotated[str, Meta(max_length=40)]
    state_label: Annotated[str, Meta(max_length=80)]
    allowed_actions: Annotated[list[Annotated[str, Meta(max_length=60)]], Meta(max_length=30)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=30)]
    etag: ETag
    revision: Int64
    round: Int64
    external_reference: Text80 | None
    title: Text200
    description: Text2000 | None
    intent: Intent
    visibility: Visibility
    currency: Currency3
    incoterm: Text40 | None
    delivery_place: Text200 | None
    payment_days: Int64 | None
    nda_required: bool
    nda_text: Annotated[str, Meta(max_length=20_000)] | None
    opening_quorum: Int64
    opening_approvals: Int64
    questions_close_at: Timestamp | None
    quotes_close_at: Timestamp | None
    evaluation: Annotated[list[EvaluationWeight], Meta(max_length=20)]
    over_delivery_percent: DecimalText
    published_at: Timestamp | None
    closed_at: Timestamp | None
    opened_at: Timestamp | None
    ended_at: Timestamp | None
    end_reason: Text80 | None
    reissue_of: Id | None
    participation: Annotated[str, Meta(max_length=40, description="The caller's own part, if it has one.")] | None
    nda_accepted: bool
    lines: Annotated[list[RfqLine], Meta(max_length=500)]
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, rfq: model.Rfq, view: View, participation: Any = None) -> Self:
        """The RFQ as the caller sees it."""
        buyer = view.actor.is_organisation(rfq.buyer_id)
        allowed, blocked = rules.available(rfq, view.actor, now=view.now)
        terms = rfq.terms
        return cls(
            id=show("rfq", rfq.id),
            buyer_id=show("organisation", rfq.buyer_id),
            state=rfq.state,
            state_label=state_label("rfq", rfq.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[
                Blocked(action=action, code=refusal.code, detail=refusal.detail) for action, refusal in blocked
            ],
            etag=etag_of(rfq.version),
            revision=rfq.revision,
            round=rfq.round,
            external_reference=rfq.external_reference if buyer else None,
            title=rfq.title,
            description=terms.description,
            intent=terms.intent,
            visibility=rfq.visibility,
            currency=terms.currency,
            incoterm=terms.incoterm,
            delivery_place=terms.delivery_place,
            payment_days=terms.payment_days,
            nda_required=rfq.nda_required,
            nda_text=terms.nda_text,
            opening_quorum=rfq.opening_quorum,
            opening_approvals=0 if rfq.opening_approved_by is None else rfq.opening_quorum if rfq.opened_at else 1,
            questions_close_at=_utc(rfq.questions_close_at),
            quotes_close_at=_utc(rfq.quotes_close_at),
            evaluation=[
                EvaluationWeight(criterion=w.criterion, percent=decimal_text(w.percent)) for w in terms.evaluation
            ],
            over_delivery_percent=decimal_text(terms.over_delivery_percent),
            published_at=_utc(rfq.published_at),
            closed_at=_utc(rfq.closed_at),
            opened_at=_utc(rfq.opened_at),
            ended_at=_utc(rfq.ended_at),
            end_reason=rfq.end_reason,
            reissue_of=show_optional("rfq", rfq.reissue_of) if buyer else None,
            participation=None if participation is None else participation.state,
            nda_accepted=participation is not None and participation.nda_accepted_at is not None,
            lines=[RfqLine.of(line, buyer=buyer) for line in rfq.lines],
            created_at=utc(rfq.created_at),
            updated_at=utc(rfq.updated_at),
        )


class RfqCard(Out):
    """An RFQ in a list; the lines are in `GET /v1/rfqs/{rfq_id}`."""

    id: Id
    buyer_id: Id
    buyer_name: Text200
    state: Annotated[str, Meta(max_length=40)]
    state_label: Annotated[str, Meta(max_length=80)]
    etag: ETag
    external_reference: Text80 | None
    title: Text200
    intent: Intent
    visibility: Visibility
    nda_required: bool
    quotes_close_at: Timestamp | None
    published_at: Timestamp | None
    line_count: Int64
    participation: Annotated[str, Meta(max_length=40)] | None

    @classmethod
    def of(cls, card: model.Card, view: View) -> Self:
        """The card as the caller sees it."""
        return cls(
            id=show("rfq", card.id),
            buyer_id=show("organisation", card.buyer_id),
            buyer_name=card.buyer_name,
            state=card.state,
            state_label=state_label("rfq", card.state, view.language),
            etag=etag_of(card.version),
            external_reference=card.external_reference,
            title=card.title,
            intent=card.intent,
            visibility=card.visibility,
            nda_required=card.nda_required,
            quotes_close_at=_utc(card.quotes_close_at),
            published_at=_utc(card.published_at),
            line_count=card.line_count,
            participation=card.participation,
        )


class RfqPage(Page[RfqCard]):
    """RFQs, newest first."""


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else plain(Decimal(text))


def _baseline(given: BaselineIn) -> model.Baseline:
    return model.Baseline(
        kind=given.kind,
        origin=given.origin,
        hs_code=given.hs_code,
        currency=given.currency,
        cif_unit_price=_decimal(given.cif_unit_price),
        duty_percent=_decimal(given.duty_percent),
        annual_quantity=_decimal(given.annual_quantity),
        idr_rate=_decimal(given.idr_rate),
        idr_rate_on=given.idr_rate_on,
        shown=given.shown,
    )


def _convert(thing: msgspec.Struct | None, shape: type[Any]) -> Any:
    """A domain Struct as the Out of the same fields: decimals become text, the rest stays."""
    if thing is None:
        return None
    values = {name: getattr(thing, name) for name in thing.__struct_fields__}
    return shape(
        **{name: decimal_text(value) if isinstance(value, Decimal) else value for name, value in values.items()}
    )


def _utc(value: Any) -> Any:
    return None if value is None else utc(value)
