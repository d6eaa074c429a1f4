"""How histories look on the wire."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from msgspec import Meta

from api.call import View
from api.routes.despatches import Lot
from api.routes.events_wire import EventData
from api.routes.first_articles_wire import Serials, Values
from api.routes.nonconformances_wire import DispositionOut, Dispositions
from api.routes.quality import Defect
from api.routes.quality_wire import InspectionResult
from api.routes.rfqs_in import LineNo
from api.wire import (
    Count,
    DecimalText,
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
    utc,
)
from domain.first_articles.model import MAX_ATTEMPTS, Measured, Promise
from domain.ids import show, show_optional
from domain.ledger.model import Event
from domain.rfqs.model import Characteristic
from domain.traceability import model, rules
from domain.traceability.sentences import sentence
from domain.vocabularies import state_label

Defects = Annotated[list[Defect], Meta(max_length=100)]


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else decimal_text(value)


class CharacteristicRequirement(Out):
    """What the drawing asks for. Deviations are signed, in `unit`."""

    name: Text200
    nominal: DecimalText | None
    upper: DecimalText | None
    lower: DecimalText | None
    unit: Text40 | None
    ctq: bool
    method: Text200 | None

    @classmethod
    def of(cls, item: Characteristic) -> Self:
        """On the wire."""
        return cls(
            name=item.name,
            nominal=_decimal(item.nominal),
            upper=_decimal(item.upper),
            lower=_decimal(item.lower),
            unit=item.unit,
            ctq=item.ctq,
            method=item.method,
        )


class CharacteristicPromise(Out):
    """What the awarded quote answered."""

    answer: Literal["comply", "deviate", "cannot"]
    note: Text2000 | None

    @classmethod
    def of(cls, promise: Promise) -> Self:
        """On the wire."""
        return cls(answer=promise.answer, note=promise.note)


class CharacteristicMeasured(Out):
    """What one first article says of it. Values are in the unit of the characteristic."""

    first_article_id: Id
    attempt: Count
    state: Text40
    state_label: Text80
    at: Timestamp
    lot: Lot
    serials: Serials
    values: Values
    conforms: bool
    instrument: Text200 | None
    note: Text200 | None

    @classmethod
    def of(cls, item: Measured, view: View) -> Self:
        """On the wire."""
        return cls(
            first_article_id=show("first_article", item.first_article_id),
            attempt=item.attempt,
            state=item.state,
            state_label=state_label("first_article", item.state, view.language),
            at=utc(item.at),
            lot=item.lot,
            serials=list(item.serials),
            values=[decimal_text(value) for value in item.values],
            conforms=item.conforms,
            instrument=item.instrument,
            note=item.note,
        )


class CharacteristicFinding(Out):
    """What one recording of an inspection says of the lot; `failed` was rejected for this characteristic.

    `result` is that of the characteristic in the lot's sample, null where the recording has none. With `ship_to_stock` the
    lot was accepted without inspection.
    """

    receipt_id: Id
    inspection_id: Id
    at: Timestamp
    inspector: Text200 | None
    accepted: DecimalText
    rejected: DecimalText
    failed: DecimalText
    result: InspectionResult | None
    ship_to_stock: bool
    defects: Annotated[Defects, Meta(description="Those at this characteristic.")]

    @classmethod
    def of(cls, item: model.Found, no: int) -> Self:
        """On the wire."""
        return cls(
            receipt_id=show("receipt", item.receipt_id),
            inspection_id=show("inspection", item.inspection_id),
            at=utc(item.at),
            inspector=item.inspector,
            accepted=decimal_text(item.accepted),
            rejected=decimal_text(item.rejected),
            failed=decimal_text(rules.failed(item.defects, no)),
            result=None if item.result is None else InspectionResult.of(item.result),
            ship_to_stock=item.ship_to_stock,
            defects=[Defect.of(defect) for defect in item.defects if defect.characteristic_no == no],
        )


class CharacteristicClaim(Out):
    """A nonconformance that names this characteristic; `failed` is how much of its quantity for this reason."""

    nonconformance_id: Id
    receipt_id: Id
    inspection_id: Id
    state: Text40
    state_label: Text80
    quantity: DecimalText
    failed: DecimalText
    origin: Text40
    dispositions: Dispositions
    returned: DecimalText
    replaced: DecimalText
    opened_at: Timestamp

    @classmethod
    def of(cls, item: model.Claim, no: int, view: View) -> Self:
        """On the wire."""
        return cls(
            nonconformance_id=show("nonconformance", item.nonconformance_id),
            receipt_id=show("receipt", item.receipt_id),
            inspection_id=show("inspection", item.inspection_id),
            state=item.state,
            state_label=state_label("nonconformance", item.state, view.language),
            quantity=decimal_text(item.quantity),
            failed=decimal_text(rules.failed(item.defects, no)),
            origin=item.origin,
            dispositions=[DispositionOut.of(one) for one in item.dispositions],
            returned=decimal_text(item.returned),
            replaced=decimal_text(item.replaced),
            opened_at=utc(item.opened_at),
        )


class CharacteristicDelivery(Out):
    """One lot of one despatch. `delivery` counts the line's deliveries of production from 1; it is null for samples."""

    delivery: Count | None
    despatch_id: Id
    despatch_number: Text40
    kind: Text40
    despatched_at: Timestamp
    lot: Lot
    heat_number: Lot | None
    quantity: DecimalText
    received: DecimalText
    accepted: DecimalText
    rejected: DecimalText
    replaces: Annotated[Id | None, Meta(description="The nonconformance in place of whose pieces it was sent.")]
    failed: Annotated[DecimalText, Meta(description="How much was rejected or complained of for this characteristic.")]
    conforms: Annotated[bool | None, Meta(description="Null where nobody looked at this characteristic.")]
    findings: Annotated[list[CharacteristicFinding], Meta(max_length=model.MAX_FINDINGS)]
    nonconformances: Annotated[list[CharacteristicClaim], Meta(max_length=model.MAX_CLAIMS)]

    @classmethod
    def of(cls, item: model.Delivered, no: int, view: View) -> Self:
        """On the wire."""
        sent = item.sent
        return cls(
            delivery=sent.ordinal,
            despatch_id=show("despatch", sent.despatch_id),
            despatch_number=sent.despatch_number,
            kind=sent.kind,
            despatched_at=utc(sent.despatched_at),
            lot=sent.lot,
            heat_number=sent.heat_number,
            quantity=decimal_text(sent.quantity),
            received=decimal_text(sent.received),
            accepted=decimal_text(sent.accepted),
            rejected=decimal_text(sent.rejected),
            replaces=show_optional("nonconformance", sent.replaces),
            failed=decimal_text(item.failed),
            conforms=item.conforms,
            findings=[CharacteristicFinding.of(one, no) for one in item.found],
            nonconformances=[CharacteristicClaim.of(one, no, view) for one in item.claims],
        )


class CharacteristicHistory(Out):
    """One characteristic of one ordered line: asked for, promised, measured, delivered, found, claimed.

    `requirement` is null where the line names no characteristics, and `promise` where the quote said nothing of it.
    `deliveries` are the newest 200 lots; `older_lots` counts those before them, which `lot` shows by name.
    """

    order_id: Id
    line_no: LineNo
    no: Int64
    part_number: Text80
    drawing_revision: Text40 | None
    unit: Text40
    requirement: CharacteristicRequirement | None
    quote_id: Id
    promise: CharacteristicPromise | None
    first_articles: Annotated[list[CharacteristicMeasured], Meta(max_length=MAX_ATTEMPTS)]
    deliveries: Annotated[list[CharacteristicDelivery], Meta(max_length=model.MAX_LOTS)]
    older_lots: Count

    @classmethod
    def of(cls, history: model.History, view: View) -> Self:
        """As either party sees it."""
        line = history.line
        return cls(
            order_id=show("order", history.order_id),
            line_no=line.line_no,
            no=history.no,
            part_number=line.detail.part_number,
            drawing_revision=line.detail.drawing_revision,
            unit=line.unit,
            requirement=None if history.requirement is None else CharacteristicRequirement.of(history.requirement),
            quote_id=show("quote", history.quote_id),
            promise=None if history.promise is None else CharacteristicPromise.of(history.promise),
            first_articles=[CharacteristicMeasured.of(item, view) for item in history.first_articles],
            deliveries=[CharacteristicDelivery.of(item, history.no, view) for item in history.deliveries],
            older_lots=history.older_lots,
        )


class TimelineEvent(Out):
    """One thing that happened to the order or to what belongs to it, as `GET /v1/events` has it, with a sentence."""

    id: Id
    type: Text80
    at: Timestamp
    sentence: Text200
    actor_name: Annotated[str, Meta(max_length=200)]
    organisation_id: Annotated[Id | None, Meta(description="Whose credential it was; null for the clock.")]
    subject_type: Text40
    subject_id: Id | None
    from_state: Text40 | None
    to_state: Text40 | None
    data: EventData

    @classmethod
    def of(cls, event: Event, view: View) -> Self:
        """As either party sees it."""
        return cls(
            id=show("event", event.id),
            type=event.type,
            at=utc(event.at),
            sentence=sentence(event.type, event.data, view.language),
            actor_name=event.actor_name,
            organisation_id=show_optional("organisation", event.organisation_id),
            subject_type=event.subject_type,
            subject_id=show_optional(event.subject_type, event.subject_id),
            from_state=event.from_state,
            to_state=event.to_state,
            data=event.data,
        )


class TimelinePage(Page[TimelineEvent]):
    """What happened, oldest first."""
