"""The change feed: what happened, for the organisations that may know."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, QueryParameter
from litestar.response import Stream
from msgspec import Meta

from api.call import Call
from api.contract import Api
from api.event_stream import MEDIA_TYPE, Follower
from api.paging import Limit, cursor, place_of
from api.refusals import InvalidParameter
from api.routes.events_wire import EventOut, EventPage
from domain.errors import NotFound
from domain.ids import PREFIXES, read
from domain.ledger import queries
from domain.ledger.model import START, Event, Place
from domain.lifecycle import EVENTS

TAGS = ["Events"]
MAX_BIGINT = 2**63 - 1
Types = Annotated[
    list[Annotated[str, Meta(max_length=2000)]] | None,
    QueryParameter(max_items=100, description="Only these types: separated by commas, or given several times."),
]
Subject = Annotated[str | None, QueryParameter(max_length=40, description="Only events of the thing with this id.")]


@get("/v1/events", tags=TAGS, opt={"api": Api(scopes=("events:read",))})
async def list_events(
    call: NamedDependency[Call],
    limit: Limit = 50,
    after: Annotated[
        str | None,
        QueryParameter(max_length=600, description="The `next_cursor` of the page before, with the same filter."),
    ] = None,
    types: Types = None,
    subject: Subject = None,
) -> Response[EventPage]:
    """Follow what happens.

    Every event that your organisation may see, oldest first, each at least once. The order is one in which no event ever
    appears behind a cursor that was given out, however late its transaction commits, and the events of one subject come
    in the order of their versions. `next_cursor` is there whenever a page has items, the last one too: keep it, and ask
    again with it. On an empty page it is the cursor that was sent.
    """
    wanted = _types(types)
    filters = ["events", wanted, subject]
    events = await queries.shown(
        call.db,
        call.actor,
        after=_place(after, filters),
        limit=limit,
        types=wanted,
        subject_id=None if subject is None else _subject(subject),
    )
    following = after if not events else cursor(filters, [events[-1].xid, events[-1].position])
    body = msgspec.json.encode(EventPage(items=[EventOut.passed_on(event) for event in events], next_cursor=following))
    headers = {"cache-control": "private, no-cache", "vary": "Accept, Accept-Language, Authorization"}
    if events and following is not None:
        query = [(name, value) for name, value in call.request.query_params.multi_items() if name != "after"]
        headers["link"] = f'<{call.request.url.path}?{urlencode([*query, ("after", following)])}>; rel="next"'
    response: Response[Any] = Response(body, media_type="application/json", headers=headers)
    return response


@get(
    "/v1/events/stream",
    tags=TAGS,
    opt={
        "api": Api(scopes=("events:read",), response_media=MEDIA_TYPE, codes=("too_many_streams",)),
        "no_compression": True,
    },
)
async def stream_events(
    call: NamedDependency[Call],
    after: Annotated[
        str | None,
        QueryParameter(max_length=600, description="Where to begin: a `next_cursor` of `list_events`, same filter."),
    ] = None,
    types: Types = None,
    subject: Subject = None,
    last_event_id: Annotated[
        str | None,
        HeaderParameter(
            name="Last-Event-ID", max_length=600, description="The `id` of the last event received; wins over `after`."
        ),
    ] = None,
) -> Stream:
    """Follow what happens over one connection.

    Server-sent events: `id` is a cursor, `event` the type, `data` the event as `list_events` shows it. Without a cursor
    it begins with the oldest. Lines that begin with a colon say that the connection lives. The stream closes by itself
    after a while, when the credential ends and when the server stops: connect again with `Last-Event-ID`, as browsers
    do by themselves, and nothing is missed.
    """
    wanted = _types(types)
    filters = ["events", wanted, subject]
    follower = Follower(
        actor=call.actor,
        place=_place(last_event_id or after, filters),
        types=wanted,
        subject_id=None if subject is None else _subject(subject),
        show=lambda event: _message(event, filters),
    )
    streams = call.services.streams
    streams.admit(call.actor)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return Stream(streams.follow(follower), media_type=MEDIA_TYPE, headers=headers)


def _message(event: Event, filters: object) -> str:
    """An event as server-sent: its id is the cursor behind it."""
    body = msgspec.json.encode(EventOut.of(event)).decode()
    return f"id: {cursor(filters, [event.xid, event.position])}\nevent: {event.type}\ndata: {body}\n\n"


def _types(given: Sequence[str] | None) -> list[str] | None:
    """Sorted and without repetition, so that the order in which they are given does not matter to the cursor."""
    if given is None:
        return None
    wanted = sorted({name.strip() for part in given for name in part.split(",")})
    for name in wanted:
        if name not in EVENTS:
            raise InvalidParameter(
                f"There is no event type {name[:80]!r}. GET /v1/meta/vocabularies/event_types lists them."
            )
    return wanted


def _place(after: str | None, filters: object) -> Place:
    place = place_of(after, filters, 2)
    if place is None:
        return START
    xid, position = place
    if not (
        isinstance(xid, int) and isinstance(position, int) and 0 <= xid <= MAX_BIGINT and 0 <= position <= MAX_BIGINT
    ):
        raise InvalidParameter("`after` takes the next_cursor of a page of this list with the same filter, unchanged.")
    return Place(xid, position)


def _subject(text: str) -> UUID:
    """The id behind any prefix of a thing that has events. Raises NotFound for what is no id."""
    kinds = {prefix: kind for kind, prefix in PREFIXES.items()}
    kind = kinds.get(text.partition("_")[0])
    if kind is None:
        raise NotFound("subject")
    return read(kind, text)


HANDLERS = [list_events, stream_events]
