"""Orders that are rejected, held, resumed, closed short or cancelled."""

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from api.call import Call
from api.contract import Api
from api.routes.orders import TAGS, PurchaseOrder
from api.wire import Code, In, Text2000
from domain.ids import read
from domain.orders import commands


class OrderReject(In, kw_only=True):
    """Why the order is not taken: a code of `reject_order_reasons`."""

    reason: Code
    note: Text2000 | None = None


class OrderHold(In, kw_only=True):
    """Why the order is held: a code of `hold_reasons`."""

    reason: Code
    note: Text2000 | None = None


class OrderEnd(In, kw_only=True):
    """Why the order ends: a code of `cancel_reasons`."""

    reason: Code
    note: Text2000 | None = None


def _api(*codes: str) -> dict[str, Api]:
    return {"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=codes)}


@post("/v1/orders/{order_id:str}/reject", status_code=200, tags=TAGS, opt=_api("invalid"))
async def reject_order(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[OrderReject]
) -> Response[PurchaseOrder]:
    """Refuse an order.

    The supplier does so while the order is issued. The award stays accepted and its quantity awarded: to ask for it again, the
    buyer issues the RFQ anew.
    """
    key = read("order", order_id)
    return await call.change(
        lambda db: commands.reject(db, call.actor, key, data.reason, data.note, expected=call.expected),
        PurchaseOrder.of,
    )


@post("/v1/orders/{order_id:str}/hold", status_code=200, tags=TAGS, opt=_api("invalid"))
async def hold_order(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[OrderHold]
) -> Response[PurchaseOrder]:
    """Hold an order.

    The buyer does. Nothing more is despatched until it is resumed; what is on its way is still received and inspected.
    """
    key = read("order", order_id)
    return await call.change(
        lambda db: commands.hold(db, call.actor, key, data.reason, data.note, expected=call.expected), PurchaseOrder.of
    )


@post("/v1/orders/{order_id:str}/resume", status_code=200, tags=TAGS, opt=_api())
async def resume_order(call: NamedDependency[Call], order_id: FromPath[str]) -> Response[PurchaseOrder]:
    """Let an order on hold go on.

    The buyer does. It returns to the state it was held in, and completes when everything was accepted meanwhile.
    """
    key = read("order", order_id)
    return await call.change(lambda db: commands.resume(db, call.actor, key, expected=call.expected), PurchaseOrder.of)


@post("/v1/orders/{order_id:str}/short-close", status_code=200, tags=TAGS, opt=_api("invalid", "nothing_changed"))
async def short_close_order(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[OrderEnd]
) -> Response[PurchaseOrder]:
    """Close an order short.

    The buyer does, once something was sent. Each line then is ordered as far as it was sent and neither lost nor rejected,
    and the total falls with it; what is under way is still received and inspected.
    """
    key = read("order", order_id)
    return await call.change(
        lambda db: commands.short_close(db, call.actor, key, data.reason, data.note, expected=call.expected),
        PurchaseOrder.of,
    )


@post("/v1/orders/{order_id:str}/cancel", status_code=200, tags=TAGS, opt=_api("invalid", "below_despatched"))
async def cancel_order(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[OrderEnd]
) -> Response[PurchaseOrder]:
    """Cancel an order of which nothing was sent.

    The buyer does. Once something was sent the refusal says how much, and the supplier has to agree: propose a change order
    that `cancels`.
    """
    key = read("order", order_id)
    return await call.change(
        lambda db: commands.cancel(db, call.actor, key, data.reason, data.note, expected=call.expected),
        PurchaseOrder.of,
    )


HANDLERS = [reject_order, hold_order, resume_order, short_close_order, cancel_order]
