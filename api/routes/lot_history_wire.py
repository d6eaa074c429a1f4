"""How the history of a lot looks on the wire."""

from typing import Annotated, Self

from msgspec import Meta

from api.call import View
from api.routes.despatches import Lot
from api.routes.nonconformances_wire import DispositionOut, Dispositions
from api.routes.quality import Defect
from api.routes.rfqs_in import LineNo
from api.routes.traceability_wire import Defects
from api.wire import Count, DecimalText, Id, Out, Text40, Text80, Text200, Timestamp, decimal_text, utc
from domain.first_articles.model import MAX_ATTEMPTS
from domain.ids import show, show_optional
from domain.traceability import model
from domain.vocabularies import state_label


class LotFirstArticle(Out):
    """A first article that was made of the lot."""

    first_article_id: Id
    attempt: Count
    state: Text40
    state_label: Text80


class LotReceipt(Out):
    """What one receipt counted of the lot; `accepted` and `rejected` are what its inspection has come to."""

    receipt_id: Id
    number: Text40 | None
    state: Text40
    received_at: Timestamp
    received: DecimalText
    short: DecimalText
    damaged: DecimalText
    accepted: DecimalText
    rejected: DecimalText
    inspection_id: Id | None
    inspection_state: Text40 | None

    @classmethod
    def of(cls, item: model.Counted) -> Self:
        """On the wire."""
        return cls(
            receipt_id=show("receipt", item.receipt_id),
            number=item.number,
            state=item.state,
            received_at=utc(item.received_at),
            received=decimal_text(item.received),
            short=decimal_text(item.short),
            damaged=decimal_text(item.damaged),
            accepted=decimal_text(item.accepted),
            rejected=decimal_text(item.rejected),
            inspection_id=show_optional("inspection", item.inspection_id),
            inspection_state=item.inspection_state,
        )


class LotFinding(Out):
    """One recording of an inspection."""

    inspection_id: Id
    at: Timestamp
    inspector: Text200 | None
    accepted: DecimalText
    rejected: DecimalText
    ship_to_stock: bool
    defects: Defects

    @classmethod
    def of(cls, item: model.Found) -> Self:
        """On the wire."""
        return cls(
            inspection_id=show("inspection", item.inspection_id),
            at=utc(item.at),
            inspector=item.inspector,
            accepted=decimal_text(item.accepted),
            rejected=decimal_text(item.rejected),
            ship_to_stock=item.ship_to_stock,
            defects=[Defect.of(defect) for defect in item.defects],
        )


class LotClaim(Out):
    """A nonconformance of the lot."""

    nonconformance_id: Id
    inspection_id: Id
    origin: Text40
    state: Text40
    state_label: Text80
    quantity: DecimalText
    dispositions: Dispositions
    returned: DecimalText
    replaced: DecimalText
    opened_at: Timestamp
    defects: Defects

    @classmethod
    def of(cls, item: model.Claim, view: View) -> Self:
        """On the wire."""
        return cls(
            nonconformance_id=show("nonconformance", item.nonconformance_id),
            inspection_id=show("inspection", item.inspection_id),
            origin=item.origin,
            state=item.state,
            state_label=state_label("nonconformance", item.state, view.language),
            quantity=decimal_text(item.quantity),
            dispositions=[DispositionOut.of(one) for one in item.dispositions],
            returned=decimal_text(item.returned),
            replaced=decimal_text(item.replaced),
            opened_at=utc(item.opened_at),
            defects=[Defect.of(defect) for defect in item.defects],
        )


class LotDelivery(Out):
    """The lot in one despatch. `delivery` counts the line's deliveries of production from 1; it is null for samples."""

    delivery: Count | None
    despatch_id: Id
    despatch_number: Text40
    kind: Text40
    despatched_at: Timestamp
    heat_number: Lot | None
    quantity: DecimalText
    replaces: Id | None
    announced: Annotated[bool, Meta(description="False where the buyer's receipt made the despatch.")]
    certificates: Annotated[list[Id], Meta(max_length=10, description="Files that both parties read.")]
    receipts: Annotated[list[LotReceipt], Meta(max_length=model.MAX_COUNTED)]
    findings: Annotated[list[LotFinding], Meta(max_length=model.MAX_FINDINGS)]
    nonconformances: Annotated[list[LotClaim], Meta(max_length=model.MAX_CLAIMS)]

    @classmethod
    def of(cls, item: model.LotDelivered, view: View) -> Self:
        """On the wire."""
        sent = item.sent
        return cls(
            delivery=sent.ordinal,
            despatch_id=show("despatch", sent.despatch_id),
            despatch_number=sent.despatch_number,
            kind=sent.kind,
            despatched_at=utc(sent.despatched_at),
            heat_number=sent.heat_number,
            quantity=decimal_text(sent.quantity),
            replaces=show_optional("nonconformance", sent.replaces),
            announced=sent.announced,
            certificates=list(sent.certificates),
            receipts=[LotReceipt.of(one) for one in item.counted],
            findings=[LotFinding.of(one) for one in item.found],
            nonconformances=[LotClaim.of(one, view) for one in item.claims],
        )


class LotReturn(Out):
    """Pieces that went back."""

    return_shipment_id: Id
    nonconformance_id: Id
    state: Text40
    reference: Text40
    quantity: DecimalText
    sent_at: Timestamp


class LotReplacement(Out):
    """A despatch in place of pieces of the lot; its own lots have histories of their own."""

    despatch_id: Id
    nonconformance_id: Id
    number: Text40
    state: Text40


class LotHistory(Out):
    """One lot of one ordered line, from its first article to returns and replacements. Deliveries are oldest first."""

    order_id: Id
    line_no: LineNo
    lot: Lot
    part_number: Text80
    unit: Text40
    first_articles: Annotated[list[LotFirstArticle], Meta(max_length=MAX_ATTEMPTS)]
    deliveries: Annotated[list[LotDelivery], Meta(max_length=model.MAX_LOTS)]
    returns: Annotated[list[LotReturn], Meta(max_length=model.MAX_COUNTED)]
    replacements: Annotated[list[LotReplacement], Meta(max_length=model.MAX_COUNTED)]

    @classmethod
    def of(cls, history: model.LotHistory, view: View) -> Self:
        """As either party sees it."""
        line = history.line
        return cls(
            order_id=show("order", history.order_id),
            line_no=line.line_no,
            lot=history.lot,
            part_number=line.detail.part_number,
            unit=line.unit,
            first_articles=[
                LotFirstArticle(
                    first_article_id=show("first_article", one.first_article_id),
                    attempt=one.attempt,
                    state=one.state,
                    state_label=state_label("first_article", one.state, view.language),
                )
                for one in history.first_articles
            ],
            deliveries=[LotDelivery.of(one, view) for one in history.deliveries],
            returns=[
                LotReturn(
                    return_shipment_id=show("return_shipment", one.return_shipment_id),
                    nonconformance_id=show("nonconformance", one.nonconformance_id),
                    state=one.state,
                    reference=one.reference,
                    quantity=decimal_text(one.quantity),
                    sent_at=utc(one.sent_at),
                )
                for one in history.returns
            ],
            replacements=[
                LotReplacement(
                    despatch_id=show("despatch", one.despatch_id),
                    nonconformance_id=show("nonconformance", one.nonconformance_id),
                    number=one.number,
                    state=one.state,
                )
                for one in history.replacements
            ],
        )
