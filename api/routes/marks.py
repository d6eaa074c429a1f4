"""Marks on scorecards, and the right of reply."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit, place_of
from api.refusals import InvalidParameter
from api.routes.scorecards import TAGS, SideParameter
from api.wire import (
    DecimalText,
    ETag,
    Id,
    In,
    Int64,
    Out,
    Page,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    optional_decimal_text,
    utc,
)
from domain.ids import read, show
from domain.scorecards import commands, marks, model, queries
from domain.vocabularies import state_label


class MarkReplyIn(In):
    """What the organisation says of the mark; `contested` needs words."""

    outcome: marks.Outcome
    text: Text2000 | None = None


class MarkDecide(In):
    """What the other side of the dealing decides: `withdrawn` takes the mark back."""

    decision: marks.Decision
    answer: Text2000 | None = None


class Mark(Out):
    """A fact that speaks against an organisation. The two parties of the dealing see it, nobody else.

    `standing` says whether figures count it: `pending` until `reply_until`, `contested` until the other side decides or thirty
    days have passed. `state` is of the reply, null without one.
    """

    id: Id
    organisation_id: Id
    side: model.ScoredSide
    kind: model.MarkKind
    subject_id: Annotated[Id, Meta(description="The order, the RFQ or the invoice that it is about.")]
    line_no: Int64 | None
    lot: Text200 | None
    quantity: Annotated[DecimalText | None, Meta(description="What was missing by the day, or stands rejected.")]
    counterparty_id: Id
    at: Timestamp
    reply_until: Timestamp
    standing: model.Standing
    state: Text40 | None
    state_label: Text80 | None
    text: Text2000 | None
    replied_at: Timestamp | None
    answer: Text2000 | None
    decided_at: Timestamp | None
    decide_until: Annotated[Timestamp | None, Meta(description="From then on a contested mark counts.")]
    allowed_actions: Annotated[list[Text80], Meta(max_length=4)]
    etag: ETag | None
    event_ids: Annotated[list[Id], Meta(max_length=model.MAX_EVENT_IDS)]

    @classmethod
    def of(cls, mark: model.Mark, view: View) -> Self:
        """As one of the two parties sees it."""
        fact, said = mark.fact, mark.said
        return cls(
            id=show("mark", mark.id),
            organisation_id=show("organisation", mark.organisation_id),
            side=mark.side,
            kind=fact.mark or "late",
            subject_id=fact.subject,
            line_no=fact.line_no,
            lot=fact.lot,
            quantity=optional_decimal_text(fact.quantity),
            counterparty_id=fact.counterparty,
            at=utc(fact.at),
            reply_until=mark.reply_until,
            standing=mark.standing,
            state=None if said is None else said.state,
            state_label=None if said is None else state_label("mark", said.state, view.language),
            text=None if said is None else said.text,
            replied_at=None if said is None else utc(said.created_at),
            answer=None if said is None else said.answer,
            decided_at=None if said is None or said.decided_at is None else utc(said.decided_at),
            decide_until=None if said is None or said.state != "contested" else utc(marks.decide_until(said)),
            allowed_actions=marks.available(mark, view.actor, now=view.now),
            etag=None if said is None else etag_of(said.version),
            event_ids=list(fact.events[: model.MAX_EVENT_IDS]),
        )


class MarkPage(Page[Mark]):
    """Marks, newest first."""


StandingParameter = Annotated[
    model.Standing | None, QueryParameter(description="Only marks that stand so: to reply to are those `pending`.")
]


@get(
    "/v1/organisations/{organisation_id:str}/marks",
    tags=TAGS,
    opt={"api": Api(scopes=("reports:read",), expensive=True, errors=(409,), codes=("limit_reached",))},
)
async def list_marks(
    call: NamedDependency[Call],
    organisation_id: FromPath[str],
    side: SideParameter = None,
    standing: StandingParameter = None,
    limit: Limit = 50,
    after: After = None,
) -> Response[MarkPage]:
    """List marks of an organisation, newest first.

    All of the last three years for the organisation itself; for others who see its scorecard those of their own dealings with it.
    """
    filters = ["marks", organisation_id, side, standing]
    key = read("organisation", organisation_id)
    found = await queries.list_marks(
        call.db,
        call.actor,
        key,
        side=side,
        standing=standing,
        after=_place(place_of(after, filters, 2)),
        limit=limit + 1,
    )
    return call.page(
        found,
        Mark.of,
        MarkPage,
        limit=limit,
        filters=filters,
        place=lambda mark: [utc(mark.fact.at).isoformat(), show("mark", mark.id)],
    )


def _place(keys: list[object] | None) -> tuple[datetime, UUID] | None:
    if keys is None:
        return None
    try:
        at = datetime.fromisoformat(str(keys[0]))
    except ValueError as error:
        raise InvalidParameter("`after` takes the next_cursor of a page of this list, unchanged.") from error
    if at.tzinfo is None:
        raise InvalidParameter("`after` takes the next_cursor of a page of this list, unchanged.")
    return at, read("mark", str(keys[1]))


@get(
    "/v1/organisations/{organisation_id:str}/marks/{mark_id:str}",
    tags=TAGS,
    opt={"api": Api(scopes=("reports:read",), expensive=True, errors=(409,), codes=("limit_reached",))},
)
async def get_mark(
    call: NamedDependency[Call], organisation_id: FromPath[str], mark_id: FromPath[str]
) -> Response[Mark]:
    """Read a mark.

    For the organisation that it speaks against and the other side of the dealing.
    """
    keys = read("organisation", organisation_id), read("mark", mark_id)
    return await call.read(queries.get_mark(call.db, call.actor, *keys), Mark.of)


@post(
    "/v1/organisations/{organisation_id:str}/marks/{mark_id:str}/reply",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("orders:write",),
            idempotent=True,
            expensive=True,
            etag=True,
            errors=(409,),
            codes=("deadline_passed", "duplicate", "invalid", "limit_reached"),
        )
    },
)
async def reply_to_mark(
    call: NamedDependency[Call], organisation_id: FromPath[str], mark_id: FromPath[str], data: JSONBody[MarkReplyIn]
) -> Response[Mark]:
    """Reply to a mark within ten days.

    Once, by the organisation that it speaks against. Accepted, the mark counts at once. Contested, it is counted apart until the
    other side upholds or withdraws it, thirty days at most.
    """
    keys = read("organisation", organisation_id), read("mark", mark_id)
    return await call.change(
        lambda db: commands.reply(db, call.actor, *keys, data.outcome, data.text), Mark.of, status=201
    )


@post(
    "/v1/organisations/{organisation_id:str}/marks/{mark_id:str}/decide",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("orders:write",),
            transition=True,
            expensive=True,
            etag=True,
            codes=("deadline_passed", "wrong_state", "limit_reached"),
        )
    },
)
async def decide_mark(
    call: NamedDependency[Call], organisation_id: FromPath[str], mark_id: FromPath[str], data: JSONBody[MarkDecide]
) -> Response[Mark]:
    """Decide on a contested mark within thirty days.

    By the other side of the dealing. Upheld, it counts; withdrawn, it never does.
    """
    keys = read("organisation", organisation_id), read("mark", mark_id)
    return await call.change(
        lambda db: commands.decide(db, call.actor, *keys, data.decision, data.answer, expected=call.expected), Mark.of
    )


HANDLERS = [list_marks, get_mark, reply_to_mark, decide_mark]
