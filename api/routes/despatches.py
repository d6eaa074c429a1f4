"""Despatches (surat jalan)."""

import asyncio
from decimal import Decimal
from typing import Annotated, Self

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit
from api.routes.rfqs_in import LineNo
from api.wire import (
    Blocked,
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
from domain.deliveries import commands, model, queries, rules
from domain.ids import read, show, show_optional
from domain.quantity import plain
from domain.vocabularies import state_label

Lot = Annotated[str, Meta(min_length=1, max_length=60)]
PDF = "application/pdf"


class DespatchLineIn(In, kw_only=True):
    """One lot of one order line."""

    line_no: LineNo
    lot: Lot
    heat_number: Lot | None = None
    quantity: DecimalText
    certificates: Annotated[list[Id], Meta(max_length=10)] = []


class DespatchCreate(In, kw_only=True):
    """A delivery note; `number` is the supplier's own (surat jalan), never used twice."""

    number: Text40
    lines: Annotated[list[DespatchLineIn], Meta(min_length=1, max_length=200)]
    kind: model.Kind = "production"
    replaces: Id | None = None
    packages: Positive | None = None
    carrier: Text80 | None = None
    vehicle: Text40 | None = None
    eta: Timestamp | None = None
    note: Text2000 | None = None

    def draft(self) -> model.DespatchDraft:
        """As the domain takes it."""
        return model.DespatchDraft(
            number=self.number,
            kind=self.kind,
            replaces=None if self.replaces is None else read("nonconformance", self.replaces),
            detail=model.DespatchDetail(
                packages=self.packages, carrier=self.carrier, vehicle=self.vehicle, eta=self.eta, note=self.note
            ),
            lines=tuple(
                model.DespatchLineDraft(
                    line_no=line.line_no,
                    lot=line.lot,
                    heat_number=line.heat_number,
                    quantity=plain(Decimal(line.quantity)),
                    certificates=tuple(dict.fromkeys(line.certificates)),
                )
                for line in self.lines
            ),
        )


class DespatchLine(Out):
    """One lot; received + short <= quantity."""

    line_no: LineNo
    lot: Lot
    heat_number: Lot | None
    quantity: DecimalText
    received: DecimalText
    short: DecimalText
    certificates: Annotated[list[Id], Meta(max_length=10, description="Files that both parties of the order may read.")]


class Despatch(Out):
    """Goods on their way."""

    id: Id
    order_id: Id
    buyer_id: Id
    supplier_id: Id
    number: Text40
    kind: Text40
    replaces: Annotated[Id | None, Meta(description="The nonconformance in place of whose pieces it was sent.")]
    announced: Annotated[bool, Meta(description="False when the goods came without notice and the receipt made it.")]
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    packages: Int64 | None
    carrier: Text80 | None
    vehicle: Text40 | None
    eta: Timestamp | None
    note: Text2000 | None
    despatched_at: Timestamp
    updated_at: Timestamp
    lines: Annotated[list[DespatchLine], Meta(max_length=200)]

    @classmethod
    def of(cls, despatch: model.Despatch, view: View) -> Self:
        """As either party sees it."""
        allowed, blocked = rules.available(despatch, view.actor, now=view.now)
        detail = despatch.detail
        return cls(
            id=show("despatch", despatch.id),
            order_id=show("order", despatch.order_id),
            buyer_id=show("organisation", despatch.buyer_id),
            supplier_id=show("organisation", despatch.supplier_id),
            number=despatch.number,
            kind=despatch.kind,
            replaces=show_optional("nonconformance", despatch.replaces),
            announced=despatch.announced,
            state=despatch.state,
            state_label=state_label("despatch", despatch.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(despatch.version),
            packages=detail.packages,
            carrier=detail.carrier,
            vehicle=detail.vehicle,
            eta=None if detail.eta is None else utc(detail.eta),
            note=detail.note,
            despatched_at=utc(despatch.despatched_at),
            updated_at=utc(despatch.updated_at),
            lines=[
                DespatchLine(
                    line_no=line.line_no,
                    lot=line.lot,
                    heat_number=line.heat_number,
                    quantity=decimal_text(line.quantity),
                    received=decimal_text(line.received),
                    short=decimal_text(line.short),
                    certificates=list(line.certificates),
                )
                for line in despatch.lines
            ],
        )


class DespatchPage(Page[Despatch]):
    """Despatches of one order, oldest first."""


@post(
    "/v1/orders/{order_id:str}/despatches",
    status_code=201,
    tags=["Despatches"],
    opt={
        "api": Api(
            scopes=("deliveries:write",),
            idempotent=True,
            etag=True,
            location=True,
            errors=(409,),
            codes=("over_despatch", "first_article_required", "deviation_exhausted", "duplicate", "wrong_state"),
        )
    },
)
async def create_despatch(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[DespatchCreate]
) -> Response[Despatch]:
    """Send goods.

    The supplier's delivery note, by lots. No more than was ordered, with the tolerance; what was lost or rejected may be
    sent again. The first despatch sets the order going.
    """
    key = read("order", order_id)
    return await call.change(
        lambda db: commands.create_despatch(db, call.actor, key, data.draft()),
        Despatch.of,
        status=201,
        location=lambda despatch: f"/v1/despatches/{show('despatch', despatch.id)}",
    )


@get("/v1/orders/{order_id:str}/despatches", tags=["Despatches"], opt={"api": Api(scopes=("orders:read",))})
async def list_despatches(
    call: NamedDependency[Call], order_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[DespatchPage]:
    """List the despatches of an order, oldest first.

    Cancelled ones too.
    """
    return await call.listed(
        lambda behind, count: queries.list_despatches(
            call.db, call.actor, read("order", order_id), after=behind, limit=count
        ),
        Despatch.of,
        DespatchPage,
        kind="despatch",
        after=after,
        limit=limit,
        filters=["despatches", order_id],
    )


@get("/v1/despatches/{despatch_id:str}", tags=["Despatches"], opt={"api": Api(scopes=("orders:read",), etag=True)})
async def get_despatch(call: NamedDependency[Call], despatch_id: FromPath[str]) -> Response[Despatch]:
    """Read a despatch.

    With what receipts have accounted for of each lot.
    """
    return await call.read(queries.get_despatch(call.db, call.actor, read("despatch", despatch_id)), Despatch.of)


@get(
    "/v1/despatches/{despatch_id:str}/document.pdf",
    tags=["Despatches"],
    opt={"api": Api(scopes=("orders:read",), expensive=True, response_media=PDF)},
)
async def get_despatch_document(call: NamedDependency[Call], despatch_id: FromPath[str]) -> Response[bytes]:
    """Print a despatch as surat jalan.

    A4, in Indonesian with English beneath; the QR code holds the id of the despatch. The same despatch gives the same bytes.
    """
    from api.delivery_note import delivery_note  # noqa: PLC0415  5 MiB that most processes never need

    note = await queries.note(call.db, call.actor, read("despatch", despatch_id))
    body = await asyncio.to_thread(delivery_note, note)
    headers = {
        "cache-control": "private, no-cache",
        "vary": "Accept, Authorization",
        "content-disposition": f'inline; filename="surat-jalan-{show("despatch", note.despatch.id)}.pdf"',
    }
    return Response(body, media_type=PDF, headers=headers)


@post(
    "/v1/despatches/{despatch_id:str}/cancel",
    status_code=200,
    tags=["Despatches"],
    opt={"api": Api(scopes=("deliveries:write",), transition=True, etag=True)},
)
async def cancel_despatch(call: NamedDependency[Call], despatch_id: FromPath[str]) -> Response[Despatch]:
    """Take a despatch back.

    Only while nothing of it was received; its quantities may be sent again.
    """
    key = read("despatch", despatch_id)
    return await call.change(
        lambda db: commands.cancel_despatch(db, call.actor, key, expected=call.expected), Despatch.of
    )


HANDLERS = [create_despatch, list_despatches, get_despatch, get_despatch_document, cancel_despatch]
