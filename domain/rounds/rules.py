"""When may another round start. Pure: no clock, no database, no HTTP."""

from datetime import datetime

from domain.actors import Actor, Role
from domain.errors import Fault, Incomplete, Invalid, LimitReached, WrongState
from domain.lifecycle import RFQ, Arrow, step
from domain.rfqs.model import Rfq
from domain.rfqs.rules import sides

MAX_ROUNDS = 20


def decide_start(rfq: Rfq, actor: Actor, closes: datetime, *, shortlisted: int, awarding: bool, now: datetime) -> Arrow:
    """The buyer asks the suppliers on its shortlist again. `awarding`: an award is proposed or issued.

    The buyer's own minimum of hours does not bind here: who is asked again knows the parts.
    """
    arrow = step(RFQ["start_round"], rfq.state, sides(rfq, actor))
    actor.need_role(Role.BUYER)
    if awarding:
        raise WrongState(
            "An award of this RFQ is proposed or issued. Cancel it first, or wait for the answer.", state=rfq.state
        )
    if rfq.round >= MAX_ROUNDS:
        raise LimitReached(f"An RFQ has {MAX_ROUNDS} rounds at most.")
    if closes <= now:
        raise Invalid(
            "The new deadline lies in the past.", faults=[Fault("/quotes_close_at", "Choose an instant ahead.")]
        )
    if shortlisted == 0:
        raise Incomplete("Put at least one opened quote on the shortlist first.")
    return arrow
