"""How nonconformances and returns look on the wire."""

from decimal import Decimal
from typing import Annotated, Self

from msgspec import UNSET, Meta, UnsetType

from api.call import View, etag_of
from api.routes.despatches import Lot
from api.routes.quality import Defect, DefectIn, Person
from api.routes.rfqs_in import LineNo
from api.wire import (
    Blocked,
    DecimalText,
    ETag,
    Id,
    In,
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
from domain.ids import read, show
from domain.nonconformances import model, rules
from domain.quantity import plain
from domain.vocabularies import state_label


class EightDReport(Out):
    """The disciplines of an 8D report that a step told of; null where it did not."""

    team: Text2000 | None
    containment: Text2000 | None
    occurrence_cause: Text2000 | None
    escape_cause: Text2000 | None
    method: Text200 | None
    corrective_action: Text2000 | None
    verification: Text2000 | None
    prevention: Text2000 | None

    @classmethod
    def of(cls, report: model.Report) -> Self:
        """On the wire."""
        return cls(
            team=report.team,
            containment=report.containment,
            occurrence_cause=report.occurrence_cause,
            escape_cause=report.escape_cause,
            method=report.method,
            corrective_action=report.corrective_action,
            verification=report.verification,
            prevention=report.prevention,
        )


class DispositionOut(Out):
    """What becomes of a part of the quantity."""

    disposition: Text40
    quantity: DecimalText
    reference: Text200 | None

    @classmethod
    def of(cls, item: model.Decided) -> Self:
        """On the wire."""
        return cls(disposition=item.disposition, quantity=decimal_text(item.quantity), reference=item.reference)


Dispositions = Annotated[list[DispositionOut], Meta(max_length=model.MAX_DISPOSITIONS)]


class NonconformanceStep(Out):
    """What one side wrote when it took a step."""

    action: Text40
    at: Timestamp
    by: Person
    disposition: Text40 | None
    dispositions: Dispositions
    note: Text2000 | None
    report: EightDReport | None


class Nonconformance(Out):
    """A claim about `quantity` of one lot: rejected at an inspection, or accepted and found bad later.

    `reworked`, `conceded`, `returned` and `replaced` say what was carried out of the dispositions.
    """

    id: Id
    order_id: Id
    inspection_id: Id
    origin: Annotated[Text40, Meta(description="`rejection` by an inspection, or `complaint` about accepted pieces.")]
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    line_no: LineNo
    lot: Lot
    quantity: DecimalText
    disposition: Annotated[Text40 | None, Meta(description="That of the whole quantity; null where it is split.")]
    dispositions: Dispositions
    reworked: DecimalText
    conceded: DecimalText
    returned: DecimalText
    replaced: DecimalText
    due_at: Annotated[Timestamp | None, Meta(description="When the supplier's next answer is due.")]
    overdue: bool
    defects: Annotated[list[Defect], Meta(max_length=100)]
    steps: Annotated[list[NonconformanceStep], Meta(max_length=model.MAX_STEPS)]
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, thing: model.Nonconformance, view: View) -> Self:
        """As either party sees it."""
        allowed, blocked = rules.available(thing, view.actor, now=view.now)
        due = thing.due_at
        return cls(
            id=show("nonconformance", thing.id),
            order_id=show("order", thing.order_id),
            inspection_id=show("inspection", thing.inspection_id),
            origin=thing.origin,
            state=thing.state,
            state_label=state_label("nonconformance", thing.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(thing.version),
            line_no=thing.line_no,
            lot=thing.lot,
            quantity=decimal_text(thing.quantity),
            disposition=thing.disposition,
            dispositions=[DispositionOut.of(item) for item in thing.dispositions],
            reworked=decimal_text(thing.reworked),
            conceded=decimal_text(thing.conceded),
            returned=decimal_text(thing.returned),
            replaced=decimal_text(thing.replaced),
            due_at=None if due is None else utc(due),
            overdue=due is not None and due <= view.now,
            defects=[Defect.of(defect) for defect in thing.detail.defects],
            steps=[
                NonconformanceStep(
                    action=item.action,
                    at=utc(item.at),
                    by=item.by,
                    disposition=item.disposition,
                    dispositions=[DispositionOut.of(one) for one in item.dispositions],
                    note=item.note,
                    report=None if item.report is None else EightDReport.of(item.report),
                )
                for item in thing.detail.steps
            ],
            created_at=utc(thing.created_at),
            updated_at=utc(thing.updated_at),
        )


class NonconformancePage(Page[Nonconformance]):
    """Nonconformances of one order, oldest first."""


class NonconformanceOpen(In, kw_only=True):
    """Pieces that were accepted and turned out bad; no more of a lot than were accepted of that receipt."""

    receipt_id: Id
    line_no: LineNo
    lot: Lot
    quantity: DecimalText
    defects: Annotated[list[DefectIn], Meta(max_length=100)]
    note: Text2000 | None = None

    def draft(self) -> model.ComplaintDraft:
        """As the domain takes it."""
        return model.ComplaintDraft(
            receipt_id=read("receipt", self.receipt_id),
            line_no=self.line_no,
            lot=self.lot,
            quantity=plain(Decimal(self.quantity)),
            defects=tuple(defect.draft() for defect in self.defects),
            note=self.note,
        )


class NonconformanceRespond(In, kw_only=True):
    """The step that the supplier reports, what was done, and the disciplines of an 8D report that belong to it.

    `team` and `containment` (D1, D3) with any step; causes (D4) from `cause_found` on; actions (D5 to D7) with `corrected`.
    """

    step: model.Response
    note: Text2000
    team: Text2000 | None = None
    containment: Text2000 | None = None
    occurrence_cause: Text2000 | None = None
    escape_cause: Text2000 | None = None
    method: Text200 | None = None
    corrective_action: Text2000 | None = None
    verification: Text2000 | None = None
    prevention: Text2000 | None = None

    def report(self) -> model.Report:
        """As the domain takes it."""
        return model.Report(
            team=self.team,
            containment=self.containment,
            occurrence_cause=self.occurrence_cause,
            escape_cause=self.escape_cause,
            method=self.method,
            corrective_action=self.corrective_action,
            verification=self.verification,
            prevention=self.prevention,
        )


class ResponseReturn(In):
    """Why the last answer is not taken."""

    note: Text2000


class DispositionIn(In):
    """What becomes of a part of the quantity; a concession (`use_as_is`) has a reference."""

    disposition: model.Disposition
    quantity: DecimalText
    reference: Text200 | None = None


class NonconformanceDecide(In, kw_only=True):
    """What becomes of the pieces: one `disposition` of them all, or `dispositions` that add up to the quantity."""

    disposition: model.Disposition | UnsetType = UNSET
    reference: Text200 | None = None
    dispositions: Annotated[list[DispositionIn], Meta(min_length=1, max_length=model.MAX_DISPOSITIONS)] | UnsetType = (
        UNSET
    )
    note: Text2000 | None = None


class ReturnRecord(In, kw_only=True):
    """Pieces that go back; `reference` is the number of your return note, never used twice."""

    reference: Text40
    quantity: DecimalText
    note: Text2000 | None = None

    def draft(self) -> model.ReturnDraft:
        """As the domain takes it."""
        return model.ReturnDraft(reference=self.reference, quantity=plain(Decimal(self.quantity)), note=self.note)


class ReturnShipment(Out):
    """Rejected pieces on their way back to the supplier."""

    id: Id
    order_id: Id
    nonconformance_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    reference: Text40
    quantity: DecimalText
    note: Text2000 | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, shipment: model.ReturnShipment, view: View) -> Self:
        """As either party sees it."""
        allowed, blocked = rules.available_return(shipment, view.actor, now=view.now)
        return cls(
            id=show("return_shipment", shipment.id),
            order_id=show("order", shipment.order_id),
            nonconformance_id=show("nonconformance", shipment.nonconformance_id),
            state=shipment.state,
            state_label=state_label("return_shipment", shipment.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(shipment.version),
            reference=shipment.reference,
            quantity=decimal_text(shipment.quantity),
            note=shipment.note,
            created_at=utc(shipment.created_at),
            updated_at=utc(shipment.updated_at),
        )


class ReturnShipmentPage(Page[ReturnShipment]):
    """Returns of one order, oldest first."""
