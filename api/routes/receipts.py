"""Goods receipts."""

from decimal import Decimal
from typing import Annotated, Self

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit
from api.routes.despatches import Lot
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
    Text2000,
    Timestamp,
    decimal_text,
    utc,
)
from domain.deliveries import commands, model, queries
from domain.ids import read, show, show_optional
from domain.quantity import plain
from domain.vocabularies import state_label


class ReceiptLineIn(In, kw_only=True):
    """What was counted of one lot. `damaged` is a part of `received`; what was `short` never arrived."""

    line_no: LineNo
    lot: Lot
    received: DecimalText
    short: DecimalText = "0"
    damaged: DecimalText = "0"


class ReceiptCreate(In, kw_only=True):
    """A count of (a part of) one despatch, or of goods that came without one; without `received_at` it is now."""

    despatch_id: Id | None = None
    number: Text40 | None = None
    note: Text2000 | None = None
    received_at: Timestamp | None = None
    lines: Annotated[list[ReceiptLineIn], Meta(min_length=1, max_length=200)]

    def draft(self) -> model.ReceiptDraft:
        """As the domain takes it."""
        return model.ReceiptDraft(
            despatch_id=None if self.despatch_id is None else read("despatch", self.despatch_id),
            number=self.number,
            note=self.note,
            received_at=self.received_at,
            lines=tuple(
                model.ReceiptLine(
                    line_no=line.line_no,
                    lot=line.lot,
                    received=plain(Decimal(line.received)),
                    short=plain(Decimal(line.short)),
                    damaged=plain(Decimal(line.damaged)),
                )
                for line in self.lines
            ),
        )


class GoodsReceiptLine(Out):
    """What was counted of one lot."""

    line_no: LineNo
    lot: Lot
    received: DecimalText
    short: DecimalText
    damaged: DecimalText


class GoodsReceipt(Out):
    """A count; it never changes. `inspection_id` is null when nothing arrived."""

    id: Id
    order_id: Id
    despatch_id: Id
    inspection_id: Id | None
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    number: Text40 | None
    note: Text2000 | None
    received_at: Timestamp
    created_at: Timestamp
    lines: Annotated[list[GoodsReceiptLine], Meta(max_length=200)]

    @classmethod
    def of(cls, receipt: model.Receipt, view: View) -> Self:
        """As either party sees it."""
        return cls(
            id=show("receipt", receipt.id),
            order_id=show("order", receipt.order_id),
            despatch_id=show("despatch", receipt.despatch_id),
            inspection_id=show_optional("inspection", receipt.inspection_id),
            state=receipt.state,
            state_label=state_label("receipt", receipt.state, view.language),
            allowed_actions=[],
            blocked_actions=[],
            etag=etag_of(receipt.version),
            number=receipt.number,
            note=receipt.note,
            received_at=utc(receipt.received_at),
            created_at=utc(receipt.created_at),
            lines=[
                GoodsReceiptLine(
                    line_no=line.line_no,
                    lot=line.lot,
                    received=decimal_text(line.received),
                    short=decimal_text(line.short),
                    damaged=decimal_text(line.damaged),
                )
                for line in receipt.lines
            ],
        )


class GoodsReceiptPage(Page[GoodsReceipt]):
    """Receipts of one order, oldest first."""


@post(
    "/v1/orders/{order_id:str}/receipts",
    status_code=201,
    tags=["Receipts"],
    opt={
        "api": Api(
            scopes=("deliveries:write",),
            idempotent=True,
            etag=True,
            errors=(409,),
            codes=(
                "over_receipt",
                "over_despatch",
                "first_article_required",
                "deviation_exhausted",
                "wrong_state",
                "invalid",
            ),
        )
    },
)
async def record_receipt(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[ReceiptCreate]
) -> Response[GoodsReceipt]:
    """Count what arrived.

    Of one despatch or a part of it, by lots: received, short, damaged; without `despatch_id` of goods that came unannounced, no
    more than might have been sent. What arrived awaits inspection.
    """
    key, draft = read("order", order_id), data.draft()
    return await call.change(
        lambda db: commands.record_receipt(db, call.actor, key, draft), GoodsReceipt.of, status=201
    )


@get("/v1/orders/{order_id:str}/receipts", tags=["Receipts"], opt={"api": Api(scopes=("orders:read",))})
async def list_receipts(
    call: NamedDependency[Call], order_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[GoodsReceiptPage]:
    """List the receipts of an order, oldest first.

    A receipt never changes.
    """
    return await call.listed(
        lambda behind, count: queries.list_receipts(
            call.db, call.actor, read("order", order_id), after=behind, limit=count
        ),
        GoodsReceipt.of,
        GoodsReceiptPage,
        kind="receipt",
        after=after,
        limit=limit,
        filters=["goods_receipts", order_id],
    )


HANDLERS = [record_receipt, list_receipts]
