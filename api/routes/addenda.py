"""Addenda: changing an RFQ while suppliers quote on it."""

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from api.call import Call
from api.contract import Api
from api.paging import After, Limit, place_of
from api.refusals import InvalidParameter
from api.routes.addenda_wire import Addendum, AddendumPage, AddendumPublish, AddendumPublished
from domain.addenda import commands, queries
from domain.ids import read

TAGS = ["Addenda"]


@post(
    "/v1/rfqs/{rfq_id:str}/addenda",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("rfqs:publish",),
            transition=True,
            etag=True,
            codes=(
                "deadline_passed",
                "file_not_clean",
                "incomplete",
                "invalid",
                "limit_reached",
                "nothing_changed",
                "quoting_time_too_short",
                "wrong_state",
            ),
        )
    },
)
async def publish_addendum(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[AddendumPublish]
) -> Response[AddendumPublished]:
    """Change a published RFQ, and tell everybody what changed.

    The difference is computed. Quotes that price a changed line wait for their suppliers to confirm or to revise that
    line; all other quotes, and their other lines, stand. A change that is material leaves suppliers the minimum time of the
    buyer's policy before the deadline. Visibility, opening quorum and whether an agreement is needed stay as published.
    """
    key, amendment = read("rfq", rfq_id), data.amendment()
    return await call.change(
        lambda db: commands.publish(db, call.actor, key, amendment, data.applied, expected=call.expected),
        lambda result, view: AddendumPublished.of(*result, view.actor),
        status=201,
    )


@get("/v1/rfqs/{rfq_id:str}/addenda", tags=TAGS, opt={"api": Api(scopes=("rfqs:read",))})
async def list_addenda(
    call: NamedDependency[Call], rfq_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[AddendumPage]:
    """List the addenda of an RFQ with what each changed, oldest first.

    For everybody who may read the RFQ. What its buyer keeps to itself stays out of what others read. A page holds fewer
    than `limit` where they are long.
    """
    filters = ["addenda", rfq_id]
    place = place_of(after, filters, 1)
    found = await queries.of_rfq(
        call.db,
        call.actor,
        read("rfq", rfq_id),
        after=0 if place is None else _number(place[0]),
        limit=limit,
    )
    items = found.addenda
    return call.page(
        [*items, items[-1]] if found.is_followed else items,  # one more than is shown: there is a next page
        lambda item, view: Addendum.of(item, found.rfq, found.participation, view.actor),
        AddendumPage,
        limit=len(items),
        filters=filters,
        place=lambda item: [item.revision],
    )


def _number(value: object) -> int:
    try:
        return msgspec.convert(value, int)
    except msgspec.ValidationError as error:
        raise InvalidParameter("`after` takes the next_cursor of a page of this list.") from error


HANDLERS = [publish_addendum, list_addenda]
