"""Who may name members, and what a member answers. Pure."""

from collections.abc import Collection, Mapping
from uuid import UUID

from domain.actors import Actor, Role, Side
from domain.errors import Forbidden, NotFound
from domain.lifecycle import MEMBERSHIP, Arrow, operations, step
from domain.memberships.model import Membership
from domain.organisations import rules as organisations
from domain.organisations.model import Organisation

COOPERATIVE = "koperasi"
LIVE = frozenset({"proposed", "accepted"})


def is_cooperative(organisation: Organisation) -> bool:
    """Whether its legal form is Koperasi, of whichever kind (Koperasi Produsen, Koperasi Jasa …)."""
    words = (organisation.profile.legal_form or "").casefold().split()
    return words[:1] == [COOPERATIVE]


def decide_put(cooperative: Organisation, actor: Actor) -> None:
    """A verified cooperative names its members. Raises NotFound, Forbidden, NotVerified."""
    if Side.OWNER not in organisations.sides(cooperative, actor):
        raise Forbidden("Only the cooperative itself names its members.")
    actor.need_role(Role.SUPPLIER)
    if not is_cooperative(cooperative):
        raise Forbidden("Only a cooperative has members: the legal form of your organisation is not Koperasi.")


def member_fault(cooperative_id: UUID, member_id: UUID, known: Mapping[UUID, Organisation]) -> str | None:
    """Why an organisation cannot be a member; `known` are the verified suppliers among those named."""
    if member_id == cooperative_id:
        return "A cooperative is no member of itself."
    if member_id not in known:
        return "There is no verified supplier with this id to propose membership to."
    return "A cooperative is no member of another one." if is_cooperative(known[member_id]) else None


def arrow_of(membership: Membership | None, *, named: bool) -> Arrow | None:
    """What naming (or no longer naming) a workshop does to its membership; None: it stays as it is."""
    if membership is None:
        return MEMBERSHIP["propose"] if named else None
    if named:
        return None if membership.state in LIVE else MEMBERSHIP["propose_again"]
    return MEMBERSHIP["remove"] if membership.state in LIVE else None


def decide_answer(membership: Membership, actor: Actor, action: str) -> Arrow:
    """The workshop accepts, declines or leaves (`action`); a workshop that joins has to be verified."""
    arrow = step(MEMBERSHIP[action], membership.state, sides(membership, actor))
    if action == "accept":
        actor.need_role(Role.SUPPLIER)
    return arrow


def sides(membership: Membership, actor: Actor) -> tuple[Side, ...]:
    """Cooperative or member; facilitator and operator see it and stand on no side. Raises NotFound for all others."""
    if actor.is_organisation(membership.cooperative_id):
        return (Side.OWNER,)
    if actor.is_organisation(membership.member_id):
        return (Side.SUPPLIER,)
    if actor.verified and actor.roles & set(organisations.VERIFIERS):
        return ()
    raise NotFound("membership")


def available(membership: Membership, actor: Actor) -> list[str]:
    """Operations that the actor may call now; nothing but state and side decides."""
    return operations(MEMBERSHIP, membership.state, sides(membership, actor))


def counting(
    cooperatives: Collection[Organisation], members: Mapping[UUID, list[Organisation]]
) -> dict[UUID, list[Organisation]]:
    """Members by cooperative, of those that are (still) cooperatives: the legal form may have been corrected."""
    return {item.id: members[item.id] for item in cooperatives if item.id in members and is_cooperative(item)}
