"""Nonconformances: what was rejected or found bad later, and what both sides do about it."""

from decimal import Decimal
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UNSET

from api.call import Call
from api.contract import Api
from api.paging import After, Limit
from api.routes.nonconformances_wire import (
    Nonconformance,
    NonconformanceDecide,
    NonconformanceOpen,
    NonconformancePage,
    NonconformanceRespond,
    ResponseReturn,
    ReturnRecord,
    ReturnShipment,
    ReturnShipmentPage,
)
from domain.errors import Fault, Invalid
from domain.ids import read, show
from domain.nonconformances import commands, queries
from domain.nonconformances.model import Decided
from domain.quantity import plain

TAGS = ["Nonconformances"]
PATH = "/v1/orders/{order_id:str}/nonconformances"
ONE = PATH + "/{nonconformance_id:str}"


@get(PATH, tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def list_nonconformances(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    limit: Limit = 50,
    after: After = None,
    claim_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
) -> Response[NonconformancePage]:
    """List the nonconformances of an order, oldest first.

    With the defects found and what each side wrote.
    """
    return await call.listed(
        lambda behind, count: queries.list_of(
            call.db, call.actor, read("order", order_id), after=behind, limit=count, state=claim_state
        ),
        Nonconformance.of,
        NonconformancePage,
        kind="nonconformance",
        after=after,
        limit=limit,
        filters=["nonconformances", order_id, claim_state],
    )


@get(ONE, tags=TAGS, opt={"api": Api(scopes=("orders:read",), etag=True)})
async def get_nonconformance(
    call: NamedDependency[Call], order_id: FromPath[str], nonconformance_id: FromPath[str]
) -> Response[Nonconformance]:
    """Read a nonconformance.

    For the two parties of the order.
    """
    keys = read("order", order_id), read("nonconformance", nonconformance_id)
    return await call.read(queries.get(call.db, call.actor, *keys), Nonconformance.of)


@post(
    PATH,
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quality:write",),
            idempotent=True,
            etag=True,
            location=True,
            errors=(409,),
            codes=("quantity_exceeded", "over_despatch", "wrong_state", "invalid"),
        )
    },
)
async def open_nonconformance(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[NonconformanceOpen]
) -> Response[Nonconformance]:
    """Complain of accepted pieces.

    The buyer found pieces bad that it had accepted: they are rejected from now on, the supplier may replace them, and a
    completed order goes on.
    """
    key, draft = read("order", order_id), data.draft()
    return await call.change(
        lambda db: commands.complain(db, call.actor, key, draft),
        Nonconformance.of,
        status=201,
        location=lambda made: f"/v1/orders/{order_id}/nonconformances/{show('nonconformance', made.id)}",
    )


@post(
    ONE + "/respond",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("quality:write",), transition=True, etag=True, codes=("wrong_state", "limit_reached"))},
)
async def respond_nonconformance(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    nonconformance_id: FromPath[str],
    data: JSONBody[NonconformanceRespond],
) -> Response[Nonconformance]:
    """Report the next step on a claim.

    The supplier contains, finds the cause, corrects: one after the other, each with what was done, as in an 8D report.
    """
    keys = read("order", order_id), read("nonconformance", nonconformance_id)
    return await call.change(
        lambda db: commands.respond(db, call.actor, *keys, data.step, data.note, data.report(), expected=call.expected),
        Nonconformance.of,
    )


@post(
    ONE + "/return-response",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("quality:write",), transition=True, etag=True, codes=("wrong_state", "limit_reached"))},
)
async def return_response(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    nonconformance_id: FromPath[str],
    data: JSONBody[ResponseReturn],
) -> Response[Nonconformance]:
    """Send the supplier's last answer back.

    The buyer says why it does not do; the supplier answers the same step anew.
    """
    keys = read("order", order_id), read("nonconformance", nonconformance_id)
    return await call.change(
        lambda db: commands.send_back(db, call.actor, *keys, data.note, expected=call.expected), Nonconformance.of
    )


@post(
    ONE + "/decide",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quality:write",),
            transition=True,
            etag=True,
            codes=("invalid", "quantity_exceeded", "over_despatch", "wrong_state", "limit_reached"),
        )
    },
)
async def decide_nonconformance(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    nonconformance_id: FromPath[str],
    data: JSONBody[NonconformanceDecide],
) -> Response[Nonconformance]:
    """Say what becomes of the pieces.

    In one way or split. `use_as_is` accepts them by a concession, `rework` puts them up for inspection again, both at once;
    `return` and `replace` wait for `record_return` and for a despatch that names the nonconformance; `scrap` leaves them
    rejected. Until the end it may be decided anew, but for what was carried out.
    """
    keys = read("order", order_id), read("nonconformance", nonconformance_id)
    if (data.disposition is UNSET) == (data.dispositions is UNSET):
        both = Fault("/disposition", "Give `disposition` for the whole quantity, or `dispositions` for its parts.")
        raise Invalid("Say once what becomes of the pieces.", faults=[both])
    whole = None if data.disposition is UNSET else data.disposition
    parts = [] if data.dispositions is UNSET else data.dispositions
    split = tuple(
        Decided(disposition=item.disposition, quantity=plain(Decimal(item.quantity)), reference=item.reference)
        for item in parts
    )
    return await call.change(
        lambda db: commands.decide(
            db, call.actor, *keys, whole, data.reference, split, data.note, expected=call.expected
        ),
        Nonconformance.of,
    )


@post(
    ONE + "/close",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("quality:write",), transition=True, etag=True, codes=("incomplete", "wrong_state"))},
)
async def close_nonconformance(
    call: NamedDependency[Call], order_id: FromPath[str], nonconformance_id: FromPath[str]
) -> Response[Nonconformance]:
    """Close a claim.

    The buyer closes what is corrected, decided and carried out.
    """
    keys = read("order", order_id), read("nonconformance", nonconformance_id)
    return await call.change(
        lambda db: commands.close(db, call.actor, *keys, expected=call.expected), Nonconformance.of
    )


@post(
    ONE + "/returns",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quality:write",),
            idempotent=True,
            etag=True,
            if_match="optional",
            errors=(409,),
            codes=("over_return", "duplicate", "wrong_state", "invalid"),
        )
    },
)
async def record_return(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    nonconformance_id: FromPath[str],
    data: JSONBody[ReturnRecord],
) -> Response[ReturnShipment]:
    """Send rejected pieces back.

    No more than are decided to be returned or replaced. They stay rejected; the order line counts them as `returned`.
    """
    keys = read("order", order_id), read("nonconformance", nonconformance_id)
    return await call.change(
        lambda db: commands.record_return(db, call.actor, *keys, data.draft(), expected=call.expected),
        ReturnShipment.of,
        status=201,
    )


@get("/v1/orders/{order_id:str}/returns", tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def list_returns(
    call: NamedDependency[Call], order_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[ReturnShipmentPage]:
    """List the returns of an order, oldest first.

    Each names the nonconformance that it follows from.
    """
    key = read("order", order_id)
    return await call.listed(
        lambda behind, count: queries.list_returns(call.db, call.actor, key, after=behind, limit=count),
        ReturnShipment.of,
        ReturnShipmentPage,
        kind="return_shipment",
        after=after,
        limit=limit,
        filters=["returns", order_id],
    )


@post(
    "/v1/orders/{order_id:str}/returns/{return_id:str}/confirm",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("quality:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def confirm_return(
    call: NamedDependency[Call], order_id: FromPath[str], return_id: FromPath[str]
) -> Response[ReturnShipment]:
    """Confirm that pieces came back.

    By the supplier.
    """
    keys = read("order", order_id), read("return_shipment", return_id)
    return await call.change(
        lambda db: commands.confirm_return(db, call.actor, *keys, expected=call.expected), ReturnShipment.of
    )


HANDLERS = [
    list_nonconformances,
    get_nonconformance,
    open_nonconformance,
    respond_nonconformance,
    return_response,
    decide_nonconformance,
    close_nonconformance,
    record_return,
    list_returns,
    confirm_return,
]
