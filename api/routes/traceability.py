"""Following a thing through everything that is known of it."""

import re
from datetime import UTC, datetime
from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, PathParameter, QueryParameter

from api.call import Call
from api.contract import Api
from api.paging import After, Limit, place_of
from api.refusals import InvalidParameter
from api.routes.events import MAX_BIGINT
from api.routes.lot_history_wire import LotHistory
from api.routes.traceability_wire import CharacteristicHistory, TimelineEvent, TimelinePage
from domain.errors import NotFound
from domain.ids import read
from domain.traceability import queries

TAGS = ["Traceability"]
NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


@get(
    "/v1/orders/{order_id:str}/characteristics/{no:str}",
    tags=TAGS,
    opt={"api": Api(scopes=("orders:read",), errors=(409, 422), codes=("invalid", "limit_reached"))},
)
async def get_characteristic_history(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    no: Annotated[str, PathParameter(description="Its number in the drawing's balloon.")],
    line_no: Annotated[
        int | None, QueryParameter(description="Which line; may be left out where there is one.", ge=1, le=1_000_000)
    ] = None,
    lot: Annotated[str | None, QueryParameter(description="Of this lot only.", min_length=1, max_length=60)] = None,
) -> Response[CharacteristicHistory]:
    """Follow one characteristic from the drawing to the claim.

    `no` is its number in the balloon. What the drawing asks for, what the awarded quote promised, what first articles
    measured; then the deliveries of the line, oldest first, with what inspections found and which nonconformances name it.
    """
    key = read("order", order_id)
    if not NUMBER.fullmatch(no):
        raise NotFound("characteristic of the line")
    return await call.read(
        queries.characteristic(call.db, call.actor, key, int(no), line_no=line_no, lot=lot), CharacteristicHistory.of
    )


@get(
    "/v1/orders/{order_id:str}/lot-history",
    tags=TAGS,
    opt={"api": Api(scopes=("orders:read",), errors=(409, 422), codes=("invalid", "limit_reached"))},
)
async def get_lot_history(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    lot: Annotated[str, QueryParameter(description="The lot as its despatch names it.", min_length=1, max_length=60)],
    line_no: Annotated[
        int | None, QueryParameter(description="Which line; may be left out where there is one.", ge=1, le=1_000_000)
    ] = None,
) -> Response[LotHistory]:
    """Follow one lot from its heat to its return.

    First articles that were made of it; then each despatch that holds it with what was counted, found and claimed; what went
    back and what was sent instead.
    """
    key = read("order", order_id)
    return await call.read(queries.lot_history(call.db, call.actor, key, lot, line_no=line_no), LotHistory.of)


@get("/v1/orders/{order_id:str}/timeline", tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def get_order_timeline(
    call: NamedDependency[Call], order_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[TimelinePage]:
    """Follow an order from its issue to its end.

    Every event of the order and of what belongs to it, oldest first, each with a sentence in the language of
    `Accept-Language`.
    """
    key, filters = read("order", order_id), ["timeline", order_id]
    events = await queries.timeline(call.db, call.actor, key, after=_behind(after, filters), limit=limit + 1)
    return call.page(
        events,
        TimelineEvent.of,
        TimelinePage,
        limit=limit,
        filters=filters,
        place=lambda event: [event.at.isoformat(), event.position],
    )


def _behind(after: str | None, filters: object) -> tuple[datetime, int]:
    place = place_of(after, filters, 2)
    if place is None:
        return queries.START
    at, position = place
    try:
        instant = datetime.fromisoformat(str(at)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _FOREIGN from error
    if not isinstance(position, int) or not 0 <= position <= MAX_BIGINT:
        raise _FOREIGN
    return instant, position


_FOREIGN = InvalidParameter("`after` takes the next_cursor of a page of this list, unchanged.")

HANDLERS = [get_characteristic_history, get_lot_history, get_order_timeline]
