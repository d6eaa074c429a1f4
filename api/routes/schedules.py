"""Schedules of orders: forecast and firm, committed to, and whether what is due is covered."""

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from api.call import Call
from api.contract import Api
from api.routes.schedules_wire import (
    CommitIn,
    Coverage,
    Heartbeat,
    HeartbeatCreate,
    Schedule,
    ScheduleLine,
    SchedulePut,
)
from domain.ids import read
from domain.schedules import commands, queries

TAGS = ["Schedules"]


@get("/v1/orders/{order_id:str}/schedule", tags=TAGS, opt={"api": Api(scopes=("orders:read",), etag=True)})
async def get_schedule(call: NamedDependency[Call], order_id: FromPath[str]) -> Response[Schedule]:
    """Read the schedule of an order.

    With what of each line was sent, received and accepted. A new order has that of its RFQ, in proportion to what was awarded.
    """
    return await call.read(queries.get(call.db, call.actor, read("order", order_id)), Schedule.of)


@put(
    "/v1/orders/{order_id:str}/schedule",
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("orders:write",),
            if_match="required",
            etag=True,
            errors=(409,),
            codes=(
                "below_despatched",
                "frozen_horizon",
                "invalid",
                "limit_reached",
                "quantity_exceeded",
                "wrong_state",
            ),
        )
    },
)
async def put_schedule(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[SchedulePut]
) -> Response[Schedule]:
    """Write the schedule of an order anew.

    The buyer does. A forecast that is named as firm is released, at any time; everything else is free only outside of the frozen
    horizon, before the order is acknowledged, and for a line that has no schedule yet. While a part of an order line is
    forecast, the supplier despatches no more of it than is firm.
    """
    key, wanted = read("order", order_id), data.wanted()
    return await call.change(lambda db: commands.put(db, call.actor, key, wanted, expected=call.expected), Schedule.of)


@post(
    "/v1/orders/{order_id:str}/schedule/{schedule_line_id:str}/commit",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("invalid", "wrong_state"))},
)
async def commit_schedule_line(
    call: NamedDependency[Call], order_id: FromPath[str], schedule_line_id: FromPath[str], data: JSONBody[CommitIn]
) -> Response[ScheduleLine]:
    """Commit to a day.

    The supplier does so for a line that is firm, and may do so anew. A day later than the line is due shows as a risk.
    """
    key, line = read("order", order_id), read("schedule_line", schedule_line_id)
    return await call.change(
        lambda db: commands.commit(db, call.actor, key, line, data.committed_on, expected=call.expected),
        lambda done, view: ScheduleLine.of(done[0], done[1], view),
    )


@post(
    "/v1/orders/{order_id:str}/heartbeats",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(scopes=("orders:write",), idempotent=True, codes=("invalid", "limit_reached", "wrong_state")),
    },
)
async def record_heartbeat(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[HeartbeatCreate]
) -> Response[Heartbeat]:
    """Report what the workshop can do.

    The supplier does, weekly. Firm lines that its report leaves at risk are told of at once, each once.
    """
    key, draft = read("order", order_id), data.draft()
    return await call.change(lambda db: commands.record_heartbeat(db, call.actor, key, draft), Heartbeat.of, status=201)


@get("/v1/orders/{order_id:str}/coverage", tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def get_coverage(call: NamedDependency[Call], order_id: FromPath[str]) -> Response[Coverage]:
    """Read whether what is due will be there.

    For both parties: a projection from the newest report, line by line.
    """
    return await call.read(queries.get_coverage(call.db, call.actor, read("order", order_id)), Coverage.of)


HANDLERS = [get_schedule, put_schedule, commit_schedule_line, record_heartbeat, get_coverage]
