"""Participation: inviting, joining, the non-disclosure agreement, declining."""

from typing import Annotated, Self
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit, place_of
from api.routes.rfqs_wire import Rfq
from api.wire import (
    Blocked,
    Code,
    ETag,
    Id,
    In,
    Int64,
    Out,
    Page,
    Positive,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    utc,
)
from domain.database import NOBODY
from domain.errors import NotFound
from domain.ids import read, show
from domain.participations import commands, model, queries, rules
from domain.rfqs import model as rfqs
from domain.vocabularies import state_label

TAGS = ["Participations"]


class Participation(Out):
    """One supplier's part in one RFQ. `supplier_name` is told to the buyer alone."""

    id: Id
    rfq_id: Id
    supplier_id: Id
    supplier_name: Text200 | None
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=10)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=10)]
    etag: ETag
    round: Annotated[
        int, Meta(description="The last round in which it may quote.", extra_json_schema={"format": "int64"})
    ]
    nda_accepted_at: Timestamp | None
    nda_accepted_by: Annotated[str, Meta(max_length=120)] | None
    nda_version: Int64 | None
    decline_reason: Text80 | None
    decline_note: Text2000 | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(
        cls, rfq: rfqs.Rfq, participation: model.Participation, view: View, supplier_name: str | None = None
    ) -> Self:
        """As the caller sees it."""
        allowed, blocked = rules.available(rfq, participation, view.actor, now=view.now)
        accepted = participation.nda_accepted_at
        return cls(
            id=show("participation", participation.id),
            rfq_id=show("rfq", participation.rfq_id),
            supplier_id=show("organisation", participation.supplier_id),
            supplier_name=supplier_name,
            state=participation.state,
            state_label=state_label("participation", participation.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(participation.version),
            round=participation.round,
            nda_accepted_at=None if accepted is None else utc(accepted),
            nda_accepted_by=participation.nda_accepted_by,
            nda_version=participation.nda_version,
            decline_reason=participation.decline_reason,
            decline_note=participation.decline_note,
            created_at=utc(participation.created_at),
            updated_at=utc(participation.updated_at),
        )


def _shown(result: tuple[rfqs.Rfq, model.Participation], view: View) -> Participation:
    return Participation.of(*result, view)


class ParticipationPage(Page[Participation]):
    """Participations of one RFQ, oldest first."""


class InvitationsCreate(In):
    """Whom to invite: ids of verified suppliers."""

    supplier_ids: Annotated[list[Id], Meta(min_length=1, max_length=200)]


class NdaAccept(In):
    """The version of the agreement that was read."""

    nda_version: Positive


class RfqDecline(In):
    """Why there will be no quote: a code of `no_quote_reasons`, and words for the buyer."""

    reason: Code
    note: Text2000 | None = None


@post(
    "/v1/rfqs/{rfq_id:str}/invitations",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("rfqs:write",), transition=True, etag=True, codes=("deadline_passed", "limit_reached"))},
)
async def invite_suppliers(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[InvitationsCreate]
) -> Response[Rfq]:
    """Invite suppliers.

    To a draft or while quoting is open. Who takes part already stays as it is; one that cannot be invited refuses the
    whole list, by name. `listParticipants` shows the result.
    """
    key = read("rfq", rfq_id)
    suppliers = [_supplier(text) for text in data.supplier_ids]
    return await call.change(lambda db: commands.invite(db, call.actor, key, suppliers), Rfq.of)


def _supplier(text: str) -> UUID:
    """The id; what cannot be one stands for an organisation that nobody can invite, and is refused by its place."""
    try:
        return read("organisation", text)
    except NotFound:
        return NOBODY


@get("/v1/rfqs/{rfq_id:str}/participants", tags=TAGS, opt={"api": Api(scopes=("rfqs:read",))})
async def list_participants(
    call: NamedDependency[Call], rfq_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[ParticipationPage]:
    """List who takes part, oldest first.

    For the buyer alone: suppliers do not learn of each other.
    """
    filters = ["participants", rfq_id]
    place = place_of(after, filters, 1)
    rfq, found = await queries.list_of_rfq(
        call.db,
        call.actor,
        read("rfq", rfq_id),
        after=None if place is None else read("participation", str(place[0])),
        limit=limit + 1,
    )
    return call.page(
        found,
        lambda item, view: Participation.of(rfq, item[0], view, item[1]),
        ParticipationPage,
        limit=limit,
        filters=filters,
        place=lambda item: [show("participation", item[0].id)],
    )


@post(
    "/v1/rfqs/{rfq_id:str}/join",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("quotes:write",), transition=True, etag=True, codes=("deadline_passed",))},
)
async def join_rfq(call: NamedDependency[Call], rfq_id: FromPath[str]) -> Response[Participation]:
    """Show interest in an RFQ.

    On an open one a verified supplier joins by itself; on an invited one it has to be invited. Who declined may come
    back while quoting is open.
    """
    key = read("rfq", rfq_id)
    return await call.change(lambda db: commands.join(db, call.actor, key, expected=call.expected), _shown)


@post(
    "/v1/rfqs/{rfq_id:str}/accept-nda",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("quotes:write",), transition=True, etag=True, codes=("not_participating",))},
)
async def accept_nda(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[NdaAccept]
) -> Response[Participation]:
    """Accept the RFQ's non-disclosure agreement.

    Who accepted which version, and when, is kept. Confidential documents can be read from then on.
    """
    key = read("rfq", rfq_id)
    return await call.change(
        lambda db: commands.accept_nda(db, call.actor, key, data.nda_version, expected=call.expected), _shown
    )


@post(
    "/v1/rfqs/{rfq_id:str}/decline",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(scopes=("quotes:write",), transition=True, etag=True, codes=("deadline_passed", "not_participating"))
    },
)
async def decline_rfq(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[RfqDecline]
) -> Response[Participation]:
    """Say that there will be no quote, and why.

    A coded reason helps the buyer more than silence.
    """
    key = read("rfq", rfq_id)
    return await call.change(
        lambda db: commands.decline(db, call.actor, key, data.reason, data.note, expected=call.expected), _shown
    )


HANDLERS = [invite_suppliers, list_participants, join_rfq, accept_nda, decline_rfq]
