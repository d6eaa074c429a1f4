"""When may a supplier object, and a buyer decide. Pure: no clock, no database, no HTTP."""

from collections.abc import Sequence
from datetime import datetime

from domain import actions
from domain.actors import Actor, Role, Side
from domain.awards.model import Award
from domain.errors import DeadlinePassed, Duplicate, Forbidden, LimitReached, NotFound, Refusal, WrongState
from domain.lifecycle import OBJECTION, Arrow, step
from domain.objections.model import MAX_OF_SUPPLIER, Objection, Outcome
from domain.quotes.model import Quote
from domain.rfqs.model import Rfq

LOSING = frozenset({"opened", "partially_awarded"})


def sides(objection: Objection, actor: Actor) -> tuple[Side, ...]:
    """On which side of the objection the actor stands. Raises NotFound for everybody but the two parties."""
    if actor.system is not None:
        return (actor.system,)
    if actor.is_organisation(objection.buyer_id):
        return (Side.BUYER,)
    if actor.is_organisation(objection.supplier_id):
        return (Side.SUPPLIER,)
    raise NotFound("objection")


def decide_file(
    rfq: Rfq, quote: Quote | None, issued: Sequence[Award], present: Sequence[Objection], actor: Actor, *, now: datetime
) -> Arrow:
    """A supplier whose opened quote is passed over objects while the standstill of an award to another runs.

    `issued` are the RFQ's issued awards, `present` the supplier's earlier objections. At the instant at which the
    standstill ends it has ended.
    """
    actor.need_role(Role.SUPPLIER)
    if actor.is_organisation(rfq.buyer_id) or quote is None or quote.state not in LOSING:
        raise Forbidden("Only a supplier whose opened quote is passed over may object.")
    to_others = [award for award in issued if award.quote_id != quote.id and award.standstill_until is not None]
    ends = max((award.standstill_until for award in to_others if award.standstill_until is not None), default=None)
    if ends is None:
        raise WrongState("No award to another supplier is intended: there is nothing to object to.", state=rfq.state)
    if now >= ends:
        raise DeadlinePassed("The standstill", ends)
    if any(objection.state == "filed" for objection in present):
        raise Duplicate("Your objection waits for the buyer's decision already.")
    if len(present) >= MAX_OF_SUPPLIER:
        raise LimitReached(f"A supplier objects {MAX_OF_SUPPLIER} times at most to the awards of one RFQ.")
    return OBJECTION["file"]


def decide(objection: Objection, outcome: Outcome, actor: Actor) -> Arrow:
    """The buyer upholds or dismisses it, with an answer."""
    arrow = step(OBJECTION["uphold" if outcome == "upheld" else "dismiss"], objection.state, sides(objection, actor))
    actor.need_role(Role.BUYER)
    return arrow


def available(objection: Objection, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    return actions.available(OBJECTION, objection, sides(objection, actor), {}, actor, now)
