"""Inspections of what was received."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit
from api.routes.despatches import Lot
from api.routes.quality_wire import Concession, ConcessionIn, InspectionResult, LotSample, ResultIn
from api.routes.rfqs_in import LineNo
from api.wire import (
    Blocked,
    Code,
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
    Text2000,
    Timestamp,
    decimal_text,
    utc,
)
from domain.ids import read, show, show_optional
from domain.quality import commands, model, queries, rules
from domain.quality.sampling import MAX_RESULTS
from domain.quantity import plain
from domain.vocabularies import state_label

Person = Annotated[str, Meta(min_length=1, max_length=120)]


class DefectIn(In, kw_only=True):
    """What was wrong with `quantity`: at a characteristic, of a kind (`defect_codes`), or in words."""

    characteristic_no: Positive | None = None
    code: Code | None = None
    quantity: DecimalText
    note: Text2000 | None = None

    def draft(self) -> model.Defect:
        """As the domain takes it."""
        return model.Defect(
            characteristic_no=self.characteristic_no,
            code=self.code,
            quantity=plain(Decimal(self.quantity)),
            note=self.note,
        )


class FindingIn(In, kw_only=True):
    """What was found of one lot, this time."""

    line_no: LineNo
    lot: Lot
    accepted: DecimalText
    rejected: DecimalText = "0"
    defects: Annotated[list[DefectIn], Meta(max_length=100)] = []
    results: Annotated[list[ResultIn], Meta(max_length=MAX_RESULTS)] = []
    concession: ConcessionIn | None = None


class InspectionRecord(In, kw_only=True):
    """One part of an inspection."""

    inspector: Person | None = None
    note: Text2000 | None = None
    lines: Annotated[list[FindingIn], Meta(min_length=1, max_length=200)]

    def draft(self) -> model.InspectionDraft:
        """As the domain takes it."""
        return model.InspectionDraft(
            inspector=self.inspector,
            note=self.note,
            lines=tuple(
                model.FindingDraft(
                    line_no=line.line_no,
                    lot=line.lot,
                    accepted=plain(Decimal(line.accepted)),
                    rejected=plain(Decimal(line.rejected)),
                    defects=tuple(defect.draft() for defect in line.defects),
                    results=tuple(result.draft() for result in line.results),
                    concession=None if line.concession is None else line.concession.draft(),
                )
                for line in self.lines
            ),
        )


class Defect(Out):
    """What was wrong with `quantity` of what was rejected."""

    characteristic_no: Int64 | None
    code: Code | None
    quantity: DecimalText
    note: Text2000 | None

    @classmethod
    def of(cls, defect: model.Defect) -> Self:
        """On the wire."""
        return cls(
            characteristic_no=defect.characteristic_no,
            code=defect.code,
            quantity=decimal_text(defect.quantity),
            note=defect.note,
        )


class InspectionFinding(Out):
    """What was found of one lot in one recording."""

    line_no: LineNo
    lot: Lot
    accepted: DecimalText
    rejected: DecimalText
    defects: Annotated[list[Defect], Meta(max_length=100)]
    results: Annotated[list[InspectionResult], Meta(max_length=MAX_RESULTS)]
    concession: Concession | None


class InspectionRecording(Out):
    """One part of an inspection."""

    at: Timestamp
    inspector: Person | None
    note: Text2000 | None
    ship_to_stock: bool
    lines: Annotated[list[InspectionFinding], Meta(max_length=200)]
    nonconformance_id: Annotated[
        Id | None, Meta(description="What corrected earlier recordings; quantities below zero take back.")
    ]


class InspectedLot(Out):
    """What the recordings add up to; `open` has yet to be inspected.

    `verdict` is that on the sample, null without one and while it is not whole; `nonconforming` is the least number of units
    that it showed nonconforming.
    """

    line_no: LineNo
    lot: Lot
    received: DecimalText
    accepted: DecimalText
    rejected: DecimalText
    open: DecimalText
    sample: LotSample | None
    verdict: Literal["passed", "failed"] | None
    nonconforming: DecimalText
    conceded: bool


class Inspection(Out):
    """The inspection of one receipt, in one or more parts; done when all that arrived is accepted or rejected."""

    id: Id
    receipt_id: Id
    order_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    lots: Annotated[list[InspectedLot], Meta(max_length=200)]
    recordings: Annotated[list[InspectionRecording], Meta(max_length=400)]
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, inspection: model.Inspection, view: View) -> Self:
        """As either party sees it."""
        allowed, blocked = rules.available(inspection, view.actor, now=view.now)
        return cls(
            id=show("inspection", inspection.id),
            receipt_id=show("receipt", inspection.receipt_id),
            order_id=show("order", inspection.order_id),
            state=inspection.state,
            state_label=state_label("inspection", inspection.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(inspection.version),
            lots=[
                InspectedLot(
                    line_no=lot.line_no,
                    lot=lot.lot,
                    received=decimal_text(lot.received),
                    accepted=decimal_text(lot.accepted),
                    rejected=decimal_text(lot.rejected),
                    open=decimal_text(lot.open),
                    sample=None if sample is None else LotSample.of(sample),
                    verdict=lot.verdict,
                    nonconforming=decimal_text(lot.nonconforming),
                    conceded=lot.conceded,
                )
                for lot in inspection.lots
                for sample in [inspection.sampling_of(lot)]
            ],
            recordings=[
                InspectionRecording(
                    at=utc(part.at),
                    inspector=part.inspector,
                    note=part.note,
                    ship_to_stock=part.ship_to_stock,
                    lines=[
                        InspectionFinding(
                            line_no=line.line_no,
                            lot=line.lot,
                            accepted=decimal_text(line.accepted),
                            rejected=decimal_text(line.rejected),
                            defects=[Defect.of(defect) for defect in line.defects],
                            results=[InspectionResult.of(result) for result in line.results],
                            concession=None if line.concession is None else Concession.of(line.concession),
                        )
                        for line in part.lines
                    ],
                    nonconformance_id=show_optional("nonconformance", part.because),
                )
                for part in inspection.recordings
            ],
            created_at=utc(inspection.created_at),
            updated_at=utc(inspection.updated_at),
        )


class InspectionPage(Page[Inspection]):
    """The inspection of one receipt; there is none when nothing arrived."""


@post(
    "/v1/receipts/{receipt_id:str}/inspections",
    status_code=200,
    tags=["Inspections"],
    opt={
        "api": Api(
            scopes=("quality:write",),
            transition=True,
            etag=True,
            codes=("over_inspection", "concession_required", "limit_reached"),
        )
    },
)
async def record_inspection(
    call: NamedDependency[Call], receipt_id: FromPath[str], data: JSONBody[InspectionRecord]
) -> Response[Inspection]:
    """Accept and reject what was received.

    By lots, in one or more parts, with what was found of each characteristic. A lot with an inspection plan gets a verdict on
    its sample; one that failed is accepted under a concession, or sorted: at least as many rejected as failed. Each
    rejection opens a nonconformance; the order completes when everything ordered is accepted.
    """
    key = read("receipt", receipt_id)
    return await call.change(
        lambda db: commands.record_inspection(db, call.actor, key, data.draft(), expected=call.expected),
        Inspection.of,
    )


@get("/v1/receipts/{receipt_id:str}/inspections", tags=["Inspections"], opt={"api": Api(scopes=("orders:read",))})
async def list_inspections(
    call: NamedDependency[Call], receipt_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[InspectionPage]:
    """Show the inspection of a receipt.

    With every recording and what they add up to.
    """
    return await call.listed(
        lambda behind, count: queries.list_inspections(
            call.db, call.actor, read("receipt", receipt_id), after=behind, limit=count
        ),
        Inspection.of,
        InspectionPage,
        kind="inspection",
        after=after,
        limit=limit,
        filters=["inspections", receipt_id],
    )


HANDLERS = [record_inspection, list_inspections]
