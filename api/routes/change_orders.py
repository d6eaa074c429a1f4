"""Change orders: proposed by one side of an order, signed by the other."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from api.call import Call
from api.contract import Api
from api.paging import After, Limit
from api.routes.change_orders_wire import (
    WITHOUT_NOTE,
    ChangeOrder,
    ChangeOrderAnswer,
    ChangeOrderPage,
    ChangeOrderPropose,
)
from domain.change_orders import commands, queries
from domain.ids import read, show

TAGS = ["ChangeOrders"]


@post(
    "/v1/orders/{order_id:str}/changes",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("orders:write",),
            idempotent=True,
            etag=True,
            location=True,
            codes=("below_despatched", "duplicate", "invalid", "limit_reached", "nothing_changed", "wrong_state"),
        )
    },
)
async def propose_change_order(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[ChangeOrderPropose]
) -> Response[ChangeOrder]:
    """Propose to change an order.

    Either side may, one at a time: quantities, prices and days of lines, terms, or the cancellation of the order. Nothing changes
    until the other side accepts. No line becomes less than what was sent of it and neither lost nor rejected.
    """
    key = read("order", order_id)
    return await call.change(
        lambda db: commands.propose(db, call.actor, key, data.proposal()),
        ChangeOrder.of,
        status=201,
        location=lambda seen: f"/v1/orders/{order_id}/changes/{show('change_order', seen.id)}",
        sealed=True,
    )


@get("/v1/orders/{order_id:str}/changes", tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def list_change_orders(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    limit: Limit = 50,
    after: After = None,
    change_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
) -> Response[ChangeOrderPage]:
    """List the change orders of an order, oldest first.

    With what each changes, in words, and who signed it.
    """
    return await call.listed(
        lambda behind, count: queries.list_of(
            call.db, call.actor, read("order", order_id), after=behind, limit=count, state=change_state
        ),
        ChangeOrder.of,
        ChangeOrderPage,
        kind="change_order",
        after=after,
        limit=limit,
        filters=["change_orders", order_id, change_state],
    )


@get(
    "/v1/orders/{order_id:str}/changes/{change_order_id:str}",
    tags=TAGS,
    opt={"api": Api(scopes=("orders:read",), etag=True)},
)
async def get_change_order(
    call: NamedDependency[Call], order_id: FromPath[str], change_order_id: FromPath[str]
) -> Response[ChangeOrder]:
    """Read a change order.

    For the two parties of its order.
    """
    key, change = read("order", order_id), read("change_order", change_order_id)
    return await call.read(queries.get(call.db, call.actor, key, change), ChangeOrder.of)


@post(
    "/v1/orders/{order_id:str}/changes/{change_order_id:str}/accept",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("orders:write",),
            transition=True,
            if_match="required",
            etag=True,
            codes=("below_despatched", "change_outdated", "wrong_state"),
        )
    },
)
async def accept_change_order(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    change_order_id: FromPath[str],
    data: JSONBody[ChangeOrderAnswer] = WITHOUT_NOTE,
) -> Response[ChangeOrder]:
    """Sign a change order.

    The side that did not propose it does. The order becomes its next revision at once, with total and PPN computed anew. Refused
    when what it touches has changed since it was proposed.
    """
    key, change = read("order", order_id), read("change_order", change_order_id)
    return await call.change(
        lambda db: commands.accept(db, call.actor, key, change, data.note, expected=call.expected),
        ChangeOrder.of,
        sealed=True,
    )


@post(
    "/v1/orders/{order_id:str}/changes/{change_order_id:str}/decline",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def decline_change_order(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    change_order_id: FromPath[str],
    data: JSONBody[ChangeOrderAnswer] = WITHOUT_NOTE,
) -> Response[ChangeOrder]:
    """Decline a change order.

    The side that did not propose it does; the order stays as it is. A supplier whose answer to an issued order is declined may
    answer anew.
    """
    key, change = read("order", order_id), read("change_order", change_order_id)
    return await call.change(
        lambda db: commands.decline(db, call.actor, key, change, data.note, expected=call.expected),
        ChangeOrder.of,
        sealed=True,
    )


@post(
    "/v1/orders/{order_id:str}/changes/{change_order_id:str}/withdraw",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def withdraw_change_order(
    call: NamedDependency[Call], order_id: FromPath[str], change_order_id: FromPath[str]
) -> Response[ChangeOrder]:
    """Take a change order back.

    The side that proposed it does, before it is answered.
    """
    key, change = read("order", order_id), read("change_order", change_order_id)
    return await call.change(
        lambda db: commands.withdraw(db, call.actor, key, change, expected=call.expected),
        ChangeOrder.of,
        sealed=True,
    )


HANDLERS = [
    propose_change_order,
    list_change_orders,
    get_change_order,
    accept_change_order,
    decline_change_order,
    withdraw_change_order,
]
