"""What a buyer writes of an RFQ."""

from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.wire import Currency3, Day, DecimalText, In, Positive, Text40, Text80, Text200, Text2000, Timestamp
from domain.quantity import plain
from domain.rfqs import model

Intent = Literal["firm", "budgetary", "benchmark"]
Visibility = Literal["open", "invited"]
Envelopes = Annotated[Literal[1, 2], Meta(description="2: the technical part is opened and scored before prices are.")]
MappedCode = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=80,
        description="Code of a vocabulary, or one that `putCodeMappings` maps to it: stored and answered as ours.",
    ),
]
LineNo = Annotated[int, Meta(ge=1, le=99_999, extra_json_schema={"format": "int64"})]
Days = Annotated[int, Meta(ge=0, le=365, extra_json_schema={"format": "int64"})]
StandstillDays = Annotated[
    int,
    Meta(
        ge=0,
        le=30,
        description="Days after its issue in which an award cannot be accepted, so that losing suppliers may object.",
        extra_json_schema={"format": "int64"},
    ),
]
AcceptanceDays = Annotated[
    int,
    Meta(
        ge=1,
        le=60,
        description="Days after the standstill in which the supplier may accept; then the award lapses.",
        extra_json_schema={"format": "int64"},
    ),
]


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
    origin: Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z", max_length=2)] | None = None
    hs_code: Annotated[str, Meta(pattern=r"^[0-9.]{4,14}\Z", max_length=14)] | None = None
    currency: Currency3 | None = None
    cif_unit_price: DecimalText | None = None
    duty_percent: DecimalText | None = None
    annual_quantity: DecimalText | None = None
    idr_rate: DecimalText | None = None
    idr_rate_on: Day | None = None
    shown: bool = False


class RfqLineIn(In, kw_only=True):
    """One component that is asked for."""

    line_no: LineNo
    part_number: Text80
    drawing_revision: Text40 | None = None
    name: PartName
    specification: Text2000 | None = None
    material: Text200 | None = None
    processes: Annotated[list[MappedCode], Meta(max_length=40)] = []
    general_tolerance: Text200 | None = None
    it_grade: Annotated[int, Meta(ge=1, le=18, extra_json_schema={"format": "int64"})] | None = None
    surface: Text200 | None = None
    heat_treatment: Text200 | None = None
    envelope: PartEnvelope | None = None
    mass_kg: DecimalText | None = None
    quantity: DecimalText
    unit: Annotated[MappedCode, Meta(examples=["H87"])]
    lot_size: DecimalText | None = None
    schedule: Annotated[list[DeliveryIn], Meta(max_length=200)] = []
    standards: Annotated[list[Text80], Meta(max_length=40)] = []
    certificates: Annotated[list[MappedCode], Meta(max_length=40)] = []
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
    """One criterion of evaluation and its share in per cent.

    `technical` is scored by people, 0 to 100, and may have a `threshold` below which a quote is not ranked; the other
    kinds follow from the quote by formula. Without `kind` a criterion called price is the price, any other technical.
    """

    criterion: Text80
    percent: DecimalText
    kind: model.CriterionKind | None = None
    threshold: DecimalText | None = None

    def weight(self) -> model.Weight:
        """As the domain takes it."""
        return model.Weight(
            criterion=self.criterion,
            percent=plain(Decimal(self.percent)),
            kind=self.kind or model.kind_by_name(self.criterion),
            threshold=_decimal(self.threshold),
        )


class RfqCreate(In):
    """A draft. What is missing may follow until it is published."""

    title: Text200
    external_reference: Text80 | None = None
    description: Text2000 | None = None
    intent: Intent = "firm"
    visibility: Visibility = "invited"
    currency: Currency3 = "IDR"
    incoterm: Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z", max_length=3)] | None = None
    delivery_place: Text200 | None = None
    payment_days: Days | None = None
    nda_required: bool = False
    nda_text: Annotated[str, Meta(min_length=1, max_length=20_000)] | None = None
    opening_quorum: Literal[1, 2] = 1
    envelopes: Envelopes = 1
    questions_close_at: Timestamp | None = None
    quotes_close_at: Timestamp | None = None
    evaluation: Annotated[list[WeightIn], Meta(max_length=20)] = []
    over_delivery_percent: DecimalText = "0"
    standstill_days: StandstillDays = 0
    acceptance_days: AcceptanceDays = 14
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
                evaluation=tuple(item.weight() for item in self.evaluation),
                over_delivery_percent=plain(Decimal(self.over_delivery_percent)),
                standstill_days=self.standstill_days,
                acceptance_days=self.acceptance_days,
            ),
            nda_required=self.nda_required,
            opening_quorum=self.opening_quorum,
            envelopes=self.envelopes,
            questions_close_at=self.questions_close_at,
            quotes_close_at=self.quotes_close_at,
            lines=tuple(line.draft() for line in self.lines),
        )


class RfqTermsPatch(In):
    """Terms and deadlines that may still change: what is absent stays, null clears."""

    title: Text200 | UnsetType = UNSET
    description: Text2000 | None | UnsetType = UNSET
    intent: Intent | UnsetType = UNSET
    currency: Currency3 | UnsetType = UNSET
    incoterm: Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z", max_length=3)] | None | UnsetType = UNSET
    delivery_place: Text200 | None | UnsetType = UNSET
    payment_days: Days | None | UnsetType = UNSET
    nda_text: Annotated[str, Meta(min_length=1, max_length=20_000)] | None | UnsetType = UNSET
    evaluation: Annotated[list[WeightIn], Meta(max_length=20)] | UnsetType = UNSET
    over_delivery_percent: DecimalText | UnsetType = UNSET
    questions_close_at: Timestamp | None | UnsetType = UNSET
    quotes_close_at: Timestamp | None | UnsetType = UNSET
    standstill_days: StandstillDays | UnsetType = UNSET
    acceptance_days: AcceptanceDays | UnsetType = UNSET

    def applied(self, rfq: model.Rfq) -> model.Draft:
        """The whole draft after the change of `rfq`."""
        given = {name: getattr(self, name) for name in self.__struct_fields__ if getattr(self, name) is not UNSET}
        head = {name: given[name] for name in HEAD if name in given}
        terms: dict[str, Any] = {name: given[name] for name in TERMS if name in given}
        if "evaluation" in given:
            terms["evaluation"] = tuple(item.weight() for item in given["evaluation"])
        if "over_delivery_percent" in given:
            terms["over_delivery_percent"] = plain(Decimal(given["over_delivery_percent"]))
        draft = rfq.draft
        return msgspec.structs.replace(draft, **head, terms=msgspec.structs.replace(draft.terms, **terms))


class RfqPatch(RfqTermsPatch):
    """A change of a draft: what is absent stays, null clears, `lines` replaces all lines."""

    external_reference: Text80 | None | UnsetType = UNSET
    visibility: Visibility | UnsetType = UNSET
    nda_required: bool | UnsetType = UNSET
    opening_quorum: Literal[1, 2] | UnsetType = UNSET
    envelopes: Envelopes | UnsetType = UNSET
    lines: Annotated[list[RfqLineIn], Meta(max_length=500)] | UnsetType = UNSET

    def applied(self, rfq: model.Rfq) -> model.Draft:
        """The whole draft after the change of `rfq`."""
        draft = super().applied(rfq)
        if self.lines is UNSET:
            return draft
        return msgspec.structs.replace(draft, lines=tuple(line.draft() for line in self.lines))


HEAD = (
    "title",
    "external_reference",
    "visibility",
    "nda_required",
    "opening_quorum",
    "envelopes",
    "questions_close_at",
    "quotes_close_at",
)
TERMS = (
    "description",
    "intent",
    "currency",
    "incoterm",
    "delivery_place",
    "payment_days",
    "nda_text",
    "standstill_days",
    "acceptance_days",
)


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
