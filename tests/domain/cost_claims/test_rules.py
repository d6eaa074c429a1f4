"""What may be claimed, agreed and settled: one row for each rule, without a database."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from order_samples import claim as nonconformance
from order_samples import order
from samples import AFTER, BUYER, SUPPLIER, THE_BUYER, THE_RIVAL, THE_SUPPLIER

from domain.cost_claims import rules
from domain.cost_claims.model import MAX_CLAIMS, Answer, CostClaim, Draft
from domain.errors import Forbidden, Invalid, LimitReached, NotFound, WrongState
from domain.lifecycle import NONCONFORMANCE

D = Decimal
DRAFT = Draft(category="sorting", amount=D("1000"), note="Two people, one day.", files=())


def cost_claim(state: str = "raised", **changes: Any) -> CostClaim:
    """A claim of a thousand rupiah."""
    made = CostClaim(
        id=UUID(int=96),
        order_id=UUID(int=90),
        nonconformance_id=UUID(int=94),
        buyer_id=BUYER,
        supplier_id=SUPPLIER,
        state=state,
        version=1,
        category="sorting",
        currency="IDR",
        amount=D(1000),
        agreed_amount=None,
        note="Two people, one day.",
        answer=None,
        settlement=None,
        files=(),
        created_at=AFTER,
        updated_at=AFTER,
    )
    return replace(made, **changes)


@pytest.mark.parametrize("state", NONCONFORMANCE.states)
def test_the_cost_of_any_nonconformance_is_claimed_a_closed_one_too(state: str) -> None:
    arrow = rules.decide_raise(order(), nonconformance(state), DRAFT, MAX_CLAIMS - 1, THE_BUYER)
    assert arrow.event == "cost_claim.raised"


def test_only_the_buyer_claims_and_not_for_ever() -> None:
    with pytest.raises(Forbidden, match="Only the buyer may claim the cost of this nonconformance"):
        rules.decide_raise(order(), nonconformance(), DRAFT, 0, THE_SUPPLIER)
    with pytest.raises(NotFound):
        rules.decide_raise(order(), nonconformance(), DRAFT, 0, THE_RIVAL)
    with pytest.raises(LimitReached):
        rules.decide_raise(order(), nonconformance(), DRAFT, MAX_CLAIMS, THE_BUYER)


@pytest.mark.parametrize(
    ("currency", "amount", "fits"),
    [
        ("IDR", "1", True),
        ("IDR", "1000.00", True),
        ("IDR", "0.5", False),
        ("IDR", "0", False),
        ("IDR", "-1", False),
        ("USD", "10.25", True),
        ("USD", "10.255", False),
        ("JPY", "10.5", False),
        ("KWD", "10.255", True),
        ("KWD", "10.2555", False),
        ("USD", "99999999999999.99", True),
    ],
)
def test_an_amount_is_positive_and_in_whole_minor_units(currency: str, amount: str, *, fits: bool) -> None:
    draft, within = replace(DRAFT, amount=D(amount)), replace(order(), currency=currency)
    answer = Answer(answer="agreed", amount=D(amount), note=None)
    claimed = cost_claim(currency=currency, amount=D("99999999999999.99"))
    if fits:
        rules.decide_raise(within, nonconformance(), draft, 0, THE_BUYER)
        rules.decide_answer(claimed, answer, THE_SUPPLIER)
        return
    with pytest.raises(Invalid) as claiming:
        rules.decide_raise(within, nonconformance(), draft, 0, THE_BUYER)
    with pytest.raises(Invalid) as agreeing:
        rules.decide_answer(claimed, answer, THE_SUPPLIER)
    for refused in (claiming, agreeing):
        assert [fault.pointer for fault in refused.value.faults] == ["/amount"]


@pytest.mark.parametrize(
    ("said", "amount", "note", "pointers"),
    [
        ("agreed", "1000", None, []),
        ("agreed", "1", "A token.", []),
        ("agreed", "1001", None, ["/amount"]),
        ("agreed", None, "Yes.", ["/amount"]),
        ("contested", None, "The drawing asked for it.", []),
        ("contested", None, None, ["/note"]),
        ("contested", "5", None, ["/amount", "/note"]),
    ],
)
def test_an_answer_is_whole(said: Any, amount: str | None, note: str | None, pointers: list[str]) -> None:
    answer = Answer(answer=said, amount=None if amount is None else D(amount), note=note)
    if not pointers:
        assert rules.decide_answer(cost_claim(), answer, THE_SUPPLIER).target == said
        return
    with pytest.raises(Invalid) as refused:
        rules.decide_answer(cost_claim(), answer, THE_SUPPLIER)
    assert [fault.pointer for fault in refused.value.faults] == pointers


AGREE = Answer(answer="agreed", amount=D(500), note=None)
CONTEST = Answer(answer="contested", amount=None, note="No.")
DECISIONS: dict[str, Any] = {
    "agree": lambda claim, actor: rules.decide_answer(claim, AGREE, actor),
    "contest": lambda claim, actor: rules.decide_answer(claim, CONTEST, actor),
    "withdraw": rules.decide_withdraw,
    "settle": rules.decide_settle,
}
POSSIBLE = {
    "agree": {"raised", "contested"},
    "contest": {"raised"},
    "withdraw": {"raised", "contested"},
    "settle": {"agreed"},
}


@pytest.mark.parametrize("action", DECISIONS)
@pytest.mark.parametrize("state", ["raised", "agreed", "contested", "settled", "withdrawn"])
def test_who_takes_which_step_from_where(state: str, action: str) -> None:
    claim, decide = cost_claim(state), DECISIONS[action]
    mine, theirs = (THE_SUPPLIER, THE_BUYER) if action in {"agree", "contest"} else (THE_BUYER, THE_SUPPLIER)
    with pytest.raises(Forbidden):
        decide(claim, theirs)
    with pytest.raises(NotFound):
        decide(claim, THE_RIVAL)
    if state in POSSIBLE[action]:
        decide(claim, mine)
    else:
        with pytest.raises(WrongState):
            decide(claim, mine)
