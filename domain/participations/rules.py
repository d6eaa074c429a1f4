"""Who may take part in an RFQ, and what taking part asks of a supplier."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

from domain import actions
from domain.actors import Actor, Role, Side
from domain.errors import (
    DeadlinePassed,
    Fault,
    Forbidden,
    Invalid,
    NdaRequired,
    NotFound,
    NotParticipating,
    NotShortlisted,
    Refusal,
    WrongState,
)
from domain.lifecycle import PARTICIPATION, Arrow, step
from domain.participations.model import Participation
from domain.rfqs.model import Rfq
from domain.vocabularies import is_code

MAX_PARTICIPANTS = 500
ONE_READING = timedelta(hours=1)
"""Parts of a document fetched within it belong to one reading."""


def sides(participation: Participation, rfq: Rfq, actor: Actor) -> tuple[Side, ...]:
    """The supplier itself, or the RFQ's buyer; everybody else does not learn of it."""
    if actor.system is not None:
        return (actor.system,)
    if actor.is_organisation(participation.supplier_id):
        return (Side.SUPPLIER,)
    if actor.is_organisation(rfq.buyer_id):
        return (Side.BUYER,)
    raise NotFound("participation")


def decide_invite(rfq: Rfq, actor: Actor, *, now: datetime) -> Arrow:
    """The buyer invites to a draft, or while quoting is open."""
    if not actor.is_organisation(rfq.buyer_id):
        raise Forbidden("Only the buyer may invite to this RFQ.")
    step(INVITING, rfq.state, (Side.BUYER,))
    if rfq.state == "open":
        if rfq.round > 1:
            raise WrongState("Only those on the shortlist are in this round: nobody is added.", state=rfq.state)
        _still_open(rfq, now)
    return PARTICIPATION["invite"]


def invitation_fault(rfq: Rfq, supplier_id: UUID, known: Collection[UUID]) -> str | None:
    """Why an organisation cannot be invited; `known` are the verified suppliers among those asked for."""
    if supplier_id == rfq.buyer_id:
        return "A buyer does not take part in its own RFQ."
    return None if supplier_id in known else "There is no verified supplier with this id to invite."


INVITING = Arrow(
    machine="rfq",
    action="invite",
    source=("draft", "open"),
    target=None,
    by=(Side.BUYER,),
    event="",
    operation="invite_suppliers",
)
TAKING_PART = Arrow(
    machine="rfq",
    action="take_part",
    source=("open",),
    target=None,
    by=(Side.SUPPLIER,),
    event="",
    operation=None,
)
"""Neither is an arrow of the RFQ's machine: they say in which of its states participation moves."""


def decide_join(rfq: Rfq, participation: Participation | None, actor: Actor, *, now: datetime) -> Arrow:
    """A verified supplier shows interest while quoting is open: by itself on an open RFQ, else when it is invited."""
    _supplier(rfq, participation, actor)
    step(TAKING_PART, rfq.state, (Side.SUPPLIER,))
    _still_open(rfq, now)
    require_in_round(rfq, participation)
    if participation is None:
        return PARTICIPATION["join_open"]
    return step(PARTICIPATION["join"], participation.state, (Side.SUPPLIER,))


def decide_accept_nda(
    rfq: Rfq, participation: Participation | None, actor: Actor, nda_version: int
) -> tuple[Arrow, Participation]:
    """A participant accepts the present text of the agreement."""
    own = _participant(rfq, participation, actor)
    arrow = step(PARTICIPATION["accept_nda"], own.state, (Side.SUPPLIER,))
    if not rfq.nda_required:
        raise Forbidden("This RFQ asks for no non-disclosure agreement.")
    if nda_version != rfq.terms.nda_version:
        raise Invalid(
            "The agreement has another version now.",
            faults=[Fault("/nda_version", f"Read the text again and accept version {rfq.terms.nda_version}.")],
        )
    return arrow, own


def decide_decline(
    rfq: Rfq, participation: Participation | None, actor: Actor, reason: str, *, now: datetime
) -> tuple[Arrow, Participation]:
    """A participant says, with a coded reason, that it will not quote."""
    own = _participant(rfq, participation, actor)
    step(TAKING_PART, rfq.state, (Side.SUPPLIER,))
    _still_open(rfq, now)
    arrow = step(PARTICIPATION["decline"], own.state, (Side.SUPPLIER,))
    if not is_code("no_quote_reasons", reason):
        raise Invalid(
            "The reason is not a known code.",
            faults=[Fault("/reason", "GET /v1/meta/vocabularies/no_quote_reasons lists the codes.")],
        )
    return arrow, own


def require_quoting(rfq: Rfq, participation: Participation | None) -> Participation:
    """The participation of whoever may quote. Raises NotShortlisted, NotParticipating, NdaRequired."""
    require_in_round(rfq, participation)
    own = _taking_part(participation)
    require_acceptance(rfq, own, "before you quote")
    return own


def require_participant(rfq: Rfq, participation: Participation | None, actor: Actor) -> Participation:
    """The participation of a supplier that takes part and has not declined.

    Raises NotFound, Forbidden, NotVerified, NotParticipating.
    """
    _supplier(rfq, participation, actor)
    return _taking_part(participation)


def _taking_part(participation: Participation | None) -> Participation:
    if participation is None:
        raise NotParticipating("Join the RFQ first, or ask its buyer for an invitation.")
    if participation.state == "declined":
        raise NotParticipating("You declined this RFQ. Join it again first.")
    return participation


def require_in_round(rfq: Rfq, participation: Participation | None) -> None:
    """Raise NotShortlisted in a later round for whoever is not in it."""
    if rfq.round > 1 and (participation is None or participation.round != rfq.round):
        raise NotShortlisted(
            "Only suppliers on the shortlist quote in this round. What you quoted before still counts."
        )


def decide_round(participation: Participation, *, chosen: bool) -> Arrow:
    """A later round starts with the supplier or without it."""
    return step(PARTICIPATION["enter_round" if chosen else "miss_round"], participation.state, (Side.SYSTEM,))


def is_accepted(present: int, accepted: int | None) -> bool:
    """Whether an acceptance counts: that of the agreement's `present` version, and of no earlier one."""
    return accepted == present


def missing_acceptance(*, required: bool, present: int, accepted: int | None, purpose: str) -> NdaRequired | None:
    """The refusal where an RFQ requires an agreement and its `present` version is not the `accepted` one.

    The one place that decides it: for quoting, for asking, for lists of documents and for downloads. `purpose` ends a
    sentence, as in "before you quote".
    """
    if not required or is_accepted(present, accepted):
        return None
    if accepted is None:
        return NdaRequired(f"Accept the RFQ's non-disclosure agreement {purpose}.")
    return NdaRequired(
        f"The RFQ's non-disclosure agreement has a new version: you accepted version {accepted}. "
        f"Read and accept version {present} {purpose}."
    )


def require_acceptance(rfq: Rfq, participation: Participation, purpose: str) -> None:
    """Raise NdaRequired unless what the RFQ asks for is accepted."""
    refusal = missing_acceptance(
        required=rfq.nda_required,
        present=rfq.terms.nda_version,
        accepted=participation.nda_version,
        purpose=purpose,
    )
    if refusal is not None:
        raise refusal


def _supplier(rfq: Rfq, participation: Participation | None, actor: Actor) -> None:
    if actor.is_organisation(rfq.buyer_id):
        raise Forbidden("A buyer does not take part in its own RFQ.")
    hidden = rfq.state == "draft" or rfq.published_at is None
    if hidden or (participation is None and rfq.visibility != "open"):
        raise NotFound("rfq")
    actor.need_role(Role.SUPPLIER)


def _participant(rfq: Rfq, participation: Participation | None, actor: Actor) -> Participation:
    _supplier(rfq, participation, actor)
    if participation is None:
        raise NotParticipating("Join the RFQ first.")
    return participation


def _still_open(rfq: Rfq, now: datetime) -> None:
    if rfq.quotes_close_at is not None and now >= rfq.quotes_close_at:
        raise DeadlinePassed("Quoting", rfq.quotes_close_at)


def available(
    rfq: Rfq, participation: Participation, actor: Actor, *, now: datetime
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(operations the actor may call now, those that something blocks, each with its refusal)."""

    def open_now(_: Participation, __: Actor, at: datetime) -> None:
        step(TAKING_PART, rfq.state, (Side.SUPPLIER,))
        _still_open(rfq, at)

    def joining(own: Participation, caller: Actor, at: datetime) -> None:
        open_now(own, caller, at)
        require_in_round(rfq, own)

    def agreement(_: Participation, caller: Actor, __: datetime) -> None:
        decide_accept_nda(rfq, participation, caller, rfq.terms.nda_version)

    guards: dict[str, Callable[[Participation, Actor, datetime], object]] = {
        "join_rfq": joining,
        "decline_rfq": open_now,
        "accept_nda": agreement,
    }
    found, blocked = actions.available(
        PARTICIPATION, participation, sides(participation, rfq, actor), guards, actor, now
    )
    return [name for name in found if name != "download_file"], blocked
