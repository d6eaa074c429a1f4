"""Members of a cooperative: named by it, confirmed by each of them."""

from typing import Annotated, Self
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit, place_of
from api.wire import ETag, Id, In, Out, Page, Text40, Text80, Text200, Timestamp, utc
from domain.database import NOBODY
from domain.errors import NotFound
from domain.ids import read, show
from domain.memberships import commands, model, queries, rules
from domain.vocabularies import state_label

TAGS = ["Memberships"]


class Membership(Out):
    """A workshop's membership of a cooperative; it counts in matching while it is `accepted`."""

    id: Id
    cooperative_id: Id
    cooperative_name: Text200
    member_id: Id
    member_name: Text200
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=10)]
    etag: ETag
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, seen: model.Seen, view: View) -> Self:
        """As one of its parties sees it."""
        membership = seen.membership
        return cls(
            id=show("membership", membership.id),
            cooperative_id=show("organisation", membership.cooperative_id),
            cooperative_name=seen.cooperative_name,
            member_id=show("organisation", membership.member_id),
            member_name=seen.member_name,
            state=membership.state,
            state_label=state_label("membership", membership.state, view.language),
            allowed_actions=rules.available(membership, view.actor),
            etag=etag_of(membership.version),
            created_at=utc(membership.created_at),
            updated_at=utc(membership.updated_at),
        )


class Members(Out):
    """Whom a cooperative named, those included that declined or left. `etag` changes with each of them."""

    cooperative_id: Id
    etag: ETag
    members: Annotated[list[Membership], Meta(max_length=model.MAX_EVER)]

    @classmethod
    def of(cls, members: model.Members, view: View) -> Self:
        """As the cooperative sees it."""
        return cls(
            cooperative_id=show("organisation", members.cooperative_id),
            etag=etag_of(members.version),
            members=[Membership.of(seen, view) for seen in members.memberships],
        )


class MembershipPage(Page[Membership]):
    """Memberships, oldest first."""


class MembersWrite(In):
    """All members: ids of verified suppliers."""

    member_ids: Annotated[list[Id], Meta(max_length=200)]


@get(
    "/v1/organisations/{organisation_id:str}/members",
    tags=TAGS,
    opt={"api": Api(scopes=("organisations:read",), etag=True)},
)
async def get_members(call: NamedDependency[Call], organisation_id: FromPath[str]) -> Response[Members]:
    """Read whom a cooperative named as its members.

    For itself, a facilitator or the operator; a member finds its own membership by `listMemberships`.
    """
    key = read("organisation", organisation_id)
    return await call.read(queries.of_cooperative(call.db, call.actor, key), Members.of)


@put(
    "/v1/organisations/{organisation_id:str}/members",
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("organisations:write",),
            if_match="required",
            etag=True,
            errors=(409,),
            codes=("invalid", "limit_reached"),
        )
    },
)
async def put_members(
    call: NamedDependency[Call], organisation_id: FromPath[str], data: JSONBody[MembersWrite]
) -> Response[Members]:
    """Name all members of a cooperative.

    For organisations whose legal form is Koperasi. New ones are asked and count once they accept; those no longer named
    end at once; who declined or left and is named again is asked again.
    """
    key = read("organisation", organisation_id)
    members = [_organisation(text) for text in data.member_ids]
    return await call.change(lambda db: commands.put(db, call.actor, key, members, expected=call.expected), Members.of)


def _organisation(text: str) -> UUID:
    """The id; what cannot be one stands for an organisation that nobody can name, and is refused by its place."""
    try:
        return read("organisation", text)
    except NotFound:
        return NOBODY


@get("/v1/memberships", tags=TAGS, opt={"api": Api(scopes=("organisations:read",))})
async def list_memberships(
    call: NamedDependency[Call],
    limit: Limit = 50,
    after: After = None,
    membership_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
) -> Response[MembershipPage]:
    """List one's own memberships, oldest first.

    As the member or as the cooperative.
    """
    filters = ["memberships", membership_state]
    place = place_of(after, filters, 1)
    found = await queries.list_own(
        call.db,
        call.actor,
        after=None if place is None else read("membership", str(place[0])),
        limit=limit + 1,
        state=membership_state,
    )
    return call.page(
        found,
        Membership.of,
        MembershipPage,
        limit=limit,
        filters=filters,
        place=lambda seen: [show("membership", seen.membership.id)],
    )


@get("/v1/memberships/{membership_id:str}", tags=TAGS, opt={"api": Api(scopes=("organisations:read",), etag=True)})
async def get_membership(call: NamedDependency[Call], membership_id: FromPath[str]) -> Response[Membership]:
    """Read a membership.

    For its two parties, a facilitator or the operator.
    """
    return await call.read(queries.get(call.db, call.actor, read("membership", membership_id)), Membership.of)


@post(
    "/v1/memberships/{membership_id:str}/accept",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("organisations:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def accept_membership(call: NamedDependency[Call], membership_id: FromPath[str]) -> Response[Membership]:
    """Confirm that one is a member.

    From now on buyers find the cooperative with one's processes as well.
    """
    return await _answer(call, membership_id, "accept")


@post(
    "/v1/memberships/{membership_id:str}/decline",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("organisations:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def decline_membership(call: NamedDependency[Call], membership_id: FromPath[str]) -> Response[Membership]:
    """Deny that one is a member.

    The cooperative is told; it never counts with one's processes.
    """
    return await _answer(call, membership_id, "decline")


@post(
    "/v1/memberships/{membership_id:str}/leave",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("organisations:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def leave_membership(call: NamedDependency[Call], membership_id: FromPath[str]) -> Response[Membership]:
    """Leave a cooperative.

    It counts no longer with one's processes; what is quoted or ordered stays as it is.
    """
    return await _answer(call, membership_id, "leave")


async def _answer(call: Call, membership_id: str, action: str) -> Response[Membership]:
    key = read("membership", membership_id)
    return await call.change(
        lambda db: commands.answer(db, call.actor, key, action, expected=call.expected), Membership.of
    )


HANDLERS = [
    get_members,
    put_members,
    list_memberships,
    get_membership,
    accept_membership,
    decline_membership,
    leave_membership,
]
