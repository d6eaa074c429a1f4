"""When a cost claim is raised, answered, withdrawn and settled. Pure: no clock, no database, no HTTP."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from domain import actions, money
from domain.actors import Actor, Side
from domain.cost_claims.model import MAX_CLAIMS, Answer, Answered, CostClaim, Draft
from domain.errors import Fault, Invalid, LimitReached, Refusal
from domain.lifecycle import COST_CLAIM, NONCONFORMANCE, Arrow, step
from domain.nonconformances.model import Nonconformance
from domain.orders import rules as orders
from domain.orders.model import Order

ARROWS: dict[Answered, str] = {"agreed": "agree", "contested": "contest"}
"""What the supplier answers -> the arrow that leads there."""
CLAIMING = Arrow(
    machine="nonconformance",
    action="claim the cost of",
    source=NONCONFORMANCE.states,
    target=None,
    by=(Side.BUYER,),
    event="",
    operation="raise_cost_claim",
)
"""Not an arrow of the nonconformance, which stays as it is: who may claim, and that it may be closed already."""


def sides(claim: CostClaim, actor: Actor) -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound for everybody but the two parties of the order."""
    return orders.sides(claim, actor, "cost claim")


def decide_raise(order: Order, about: Nonconformance, draft: Draft, known: int, actor: Actor) -> Arrow:
    """The buyer claims what a nonconformance cost it; `known` claims about it were raised before."""
    step(CLAIMING, about.state, orders.sides(order, actor))
    if known >= MAX_CLAIMS:
        raise LimitReached(f"A nonconformance has {MAX_CLAIMS} cost claims at most: talk to the supplier.")
    faults = list(_faults_of_amount(draft.amount, order.currency))
    seen: set[str] = set()
    for place, file_id in enumerate(draft.files):
        if file_id in seen:
            faults.append(Fault(f"/files/{place}", "This file is named twice."))
        seen.add(file_id)
    if faults:
        raise Invalid("The claim does not fit the order.", faults=faults)
    return COST_CLAIM["raise"]


def _faults_of_amount(amount: Decimal, currency: str) -> Iterator[Fault]:
    if amount <= 0 or amount > money.MAX_PRICE:
        yield Fault("/amount", f"An amount lies above 0 and is at most {money.MAX_PRICE}.")
    elif amount != money.total(amount, currency):
        yield Fault("/amount", f"An amount in {currency} has {money.minor_unit(currency)} decimals at most.")


def decide_answer(claim: CostClaim, answer: Answer, actor: Actor) -> Arrow:
    """The supplier agrees to a part of the claim or to all of it, or contests it and says why; then it may still agree."""
    arrow = step(COST_CLAIM[ARROWS[answer.answer]], claim.state, sides(claim, actor))
    faults = list(_faults_of_answer(claim, answer))
    if faults:
        raise Invalid("The answer does not fit the claim.", faults=faults)
    return arrow


def _faults_of_answer(claim: CostClaim, answer: Answer) -> Iterator[Fault]:
    if answer.answer == "contested":
        if answer.amount is not None:
            yield Fault("/amount", "Who contests names no amount; agree to a part instead.")
        if answer.note is None:
            yield Fault("/note", "Say why you contest the claim.")
    elif answer.amount is None:
        yield Fault("/amount", "Say how much you agree to.")
    elif answer.amount > claim.amount:
        yield Fault("/amount", f"At most {claim.amount} {claim.currency}, as was claimed.")
    else:
        yield from _faults_of_amount(answer.amount, claim.currency)


def decide_withdraw(claim: CostClaim, actor: Actor) -> Arrow:
    """The buyer takes a claim back that is not agreed."""
    return step(COST_CLAIM["withdraw"], claim.state, sides(claim, actor))


def decide_settle(claim: CostClaim, actor: Actor) -> Arrow:
    """The buyer has what was agreed."""
    return step(COST_CLAIM["settle"], claim.state, sides(claim, actor))


def available(claim: CostClaim, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    return actions.available(COST_CLAIM, claim, sides(claim, actor), {}, actor, now)
