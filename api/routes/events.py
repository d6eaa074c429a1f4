"""The change feed: what happened, for the organisations that may know."""

from collections.abc import Sequence
from typing import Annotated, Any, Self
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Meta

from api.call import Call
from api.contract import Api
from api.paging import Limit, cursor, place_of
from api.refusals import InvalidParameter
from api.wire import Id, Int64, Out, Text40, Timestamp, utc
from domain.errors import NotFound
from domain.ids import PREFIXES, read, show, show_optional
from domain.ledger import model, queries
from domain.ledger.queries import START, Place
from domain.lifecycle import EVENTS

TAGS = ["Events"]
MAX_BIGINT = 2**63 - 1

EventData = Annotated[
    dict[str, Any],
    Meta(
        title="EventData",
        description="What the event says besides: ids, states and quantities by its type. Never a price.",
    ),
]


class Event(Out):
    """One change of one thing.

    `subject_version` counts the changes of the subject, without a gap. Where an event is only announced (a sealed quote was
    submitted, but not by whom), the subject's id, its version, the state before and the organisation are null.
    """

    id: Id
    type: Annotated[str, Meta(max_length=80, examples=["rfq.published"])]
    subject_type: Text40
    subject_id: Id | None
    subject_version: Int64 | None
    from_state: Text40 | None
    to_state: Text40 | None
    organisation_id: Annotated[Id | None, Meta(description="Whose credential it was; null for the clock.")]
    actor_name: Annotated[str, Meta(max_length=200)]
    at: Timestamp
    data: EventData
    hash: Annotated[str, Meta(max_length=64, description="sha256 that chains the subject's events, in hex.")]

    @classmethod
    def of(cls, event: model.Event) -> Self:
        """As its reader may see it."""
        return cls(
            id=show("event", event.id),
            type=event.type,
            subject_type=event.subject_type,
            subject_id=show_optional(event.subject_type, event.subject_id),
            subject_version=event.subject_version,
            from_state=event.from_state,
            to_state=event.to_state,
            organisation_id=show_optional("organisation", event.organisation_id),
            actor_name=event.actor_name,
            at=utc(event.at),
            data=event.data,
            hash=event.hash.hex(),
        )


class EventPage(Out):
    """Events, oldest first. Ask again with `next_cursor`: an empty page says that there is nothing new yet."""

    items: Annotated[list[Event], Meta(max_length=100)]
    next_cursor: (
        Annotated[
            str,
            Meta(
                max_length=600,
                description="Send as `after` to go on, at once or later. Null only where nothing has happened yet.",
            ),
        ]
        | None
    )


@get("/v1/events", tags=TAGS, opt={"api": Api(scopes=("events:read",))})
async def list_events(
    call: NamedDependency[Call],
    limit: Limit = 50,
    after: Annotated[
        str | None,
        QueryParameter(max_length=600, description="The `next_cursor` of the page before, with the same filter."),
    ] = None,
    types: Annotated[
        list[Annotated[str, Meta(max_length=2000)]] | None,
        QueryParameter(max_items=100, description="Only these types: separated by commas, or given several times."),
    ] = None,
    subject: Annotated[
        str | None, QueryParameter(max_length=40, description="Only events of the thing with this id.")
    ] = None,
) -> Response[EventPage]:
    """Follow what happens.

    Every event that your organisation may see, oldest first, each at least once. The order is one in which no event ever
    appears behind a cursor that was given out, however late its transaction commits, and the events of one subject come
    in the order of their versions. `next_cursor` is there whenever a page has items, the last one too: keep it, and ask
    again with it. On an empty page it is the cursor that was sent.
    """
    wanted = _types(types)
    filters = ["events", wanted, subject]
    events = await queries.feed(
        call.db,
        call.actor,
        after=_place(after, filters),
        limit=limit,
        types=wanted,
        subject_id=None if subject is None else _subject(subject),
    )
    following = after if not events else cursor(filters, [events[-1].xid, events[-1].position])
    body = msgspec.json.encode(EventPage(items=[Event.of(event) for event in events], next_cursor=following))
    headers = {"cache-control": "private, no-cache", "vary": "Accept, Accept-Language, Authorization"}
    if events and following is not None:
        query = [(name, value) for name, value in call.request.query_params.multi_items() if name != "after"]
        headers["link"] = f'<{call.request.url.path}?{urlencode([*query, ("after", following)])}>; rel="next"'
    response: Response[Any] = Response(body, media_type="application/json", headers=headers)
    return response


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


HANDLERS = [list_events]
