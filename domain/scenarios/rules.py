"""Who may ask for a scenario, and when. Pure: no clock, no database, no HTTP."""

from domain.actors import Actor, Role
from domain.awards.rules import require_awarding
from domain.errors import NotFound, QuantityExceeded
from domain.lifecycle import AWARD_SCENARIO, Arrow
from domain.quotes.rules import may_compare
from domain.rfqs.model import Rfq
from domain.scenarios.model import Scenario


def decide_solve(rfq: Rfq, actor: Actor) -> Arrow:
    """The buyer asks how to split what is left, from the opening until everything is awarded.

    Raises Forbidden to participants, StillSealed before the opening, WrongState after the end, QuantityExceeded when
    nothing is left.
    """
    may_compare(rfq, actor)
    actor.need_role(Role.BUYER)
    require_awarding(rfq, actor)
    if all(line.awarded >= line.quantity for line in rfq.lines):
        raise QuantityExceeded("Nothing is left to award: every line is reserved in full.")
    return AWARD_SCENARIO["solve"]


def require_own(scenario: Scenario, actor: Actor) -> None:
    """Raise NotFound unless the scenario is the actor's own: nobody else knows that there is one."""
    if not actor.is_organisation(scenario.buyer_id):
        raise NotFound("award scenario")
