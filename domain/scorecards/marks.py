"""Marks: what speaks against the scored organisation, and who may say what of it until when. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from domain import ids
from domain.actors import Actor, Role, Side
from domain.errors import DeadlinePassed, Duplicate, Fault, Forbidden, Invalid, NotFound
from domain.lifecycle import MARK, Arrow, step
from domain.scorecards import rules
from domain.scorecards.model import DECIDE_DAYS, REPLY_DAYS, Fact, Mark, MarkReply, Reply, ScoredSide
from domain.scorecards.rules import Reader
from domain.scorecards.telling import Event

Outcome = Literal["accepted", "contested"]
Decision = Literal["upheld", "withdrawn"]
SIDES: dict[str, Side] = {"supplier": Side.SUPPLIER, "buyer": Side.BUYER}
OTHER: dict[str, Side] = {"supplier": Side.BUYER, "buyer": Side.SUPPLIER}
ROLES: dict[Side, Role] = {Side.SUPPLIER: Role.SUPPLIER, Side.BUYER: Role.BUYER}


def found(
    events: Iterable[Event], organisation_id: UUID, side: ScoredSide, as_of: datetime, *, reader: Reader
) -> list[Mark]:
    """The marks that the reader may know, newest first, without what was said: its own, or those of its own dealings."""
    organisation = ids.show("organisation", organisation_id)
    known, _ = rules.judged(events, organisation_id, side, as_of)
    marks: dict[UUID, Mark] = {}
    for fact, standing in known:
        if fact.mark is not None and (reader.own or fact.counterparty == reader.organisation):
            key = rules.mark_id(organisation, fact)
            marks.setdefault(
                key,
                Mark(
                    id=key,
                    organisation_id=organisation_id,
                    side=side,
                    fact=fact,
                    standing=standing,
                    reply_until=reply_until(fact),
                    said=None,
                ),
            )
    return sorted(marks.values(), key=place, reverse=True)


def place(mark: Mark) -> tuple[datetime, UUID]:
    """Where it stands in the list."""
    return mark.fact.at, mark.id


def reply_until(fact: Fact) -> datetime:
    """The instant from which the mark counts unless it was replied to before."""
    return (fact.at + timedelta(days=REPLY_DAYS)).astimezone(UTC)


def decide_until(reply: MarkReply) -> datetime:
    """The instant from which a contested mark counts unless it was decided before."""
    return reply.created_at + timedelta(days=DECIDE_DAYS)


def decide_reply(mark: Mark, actor: Actor, outcome: Outcome, text: str | None, *, now: datetime) -> Arrow:
    """The scored organisation accepts or contests a mark within ten days, once; a contest says why."""
    if not actor.is_organisation(mark.organisation_id):
        raise Forbidden("Only the organisation that it speaks against replies to a mark.")
    actor.need_role(ROLES[SIDES[mark.side]])
    if mark.said is not None:
        raise Duplicate("Your organisation has replied to this mark already.")
    if now >= mark.reply_until:
        raise DeadlinePassed("The time to reply", mark.reply_until)
    if outcome == "contested" and text is None:
        raise Invalid("The reply is incomplete.", faults=[Fault("/text", "Say what is wrong with the mark.")])
    return MARK["accept" if outcome == "accepted" else "contest"]


def sides(reply: MarkReply, actor: Actor) -> tuple[Side, ...]:
    """On which side of the dealing the actor stands. Raises NotFound for everybody but the two parties."""
    if actor.is_organisation(reply.organisation_id):
        return (SIDES[reply.side],)
    if actor.is_organisation(reply.counterparty_id):
        return (OTHER[reply.side],)
    raise NotFound("mark")


def decide_decision(reply: MarkReply, actor: Actor, decision: Decision, *, now: datetime) -> Arrow:
    """The other side of the dealing upholds a contested mark or takes it back, within thirty days."""
    stands = sides(reply, actor)
    if actor.is_organisation(reply.organisation_id):
        raise Forbidden("Nobody decides about its own reply: the other side does.")
    arrow = step(MARK["uphold" if decision == "upheld" else "withdraw"], reply.state, stands)
    actor.need_role(ROLES[stands[0]])
    if now >= decide_until(reply):
        raise DeadlinePassed("The time to decide", decide_until(reply))
    return arrow


def available(mark: Mark, actor: Actor, *, now: datetime) -> list[str]:
    """The operations that the actor may take on it now."""
    if mark.said is None:
        own = actor.is_organisation(mark.organisation_id)
        return ["reply_to_mark"] if own and now < mark.reply_until else []
    decides = actor.is_organisation(mark.said.counterparty_id) and mark.said.state == "contested"
    return ["decide_mark"] if decides and now < decide_until(mark.said) else []


def restated(mark: Mark, said: MarkReply | None, now: datetime) -> Mark:
    """The mark with what was said of it, and how it stands by that."""
    if said is None:
        return mark
    reply = Reply(state=said.state, contested_at=said.created_at if said.state == "contested" else None)
    return msgspec.structs.replace(mark, said=said, standing=rules.standing(mark.fact, reply, now))
