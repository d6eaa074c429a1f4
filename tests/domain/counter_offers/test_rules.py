"""When a counter-offer may be made and answered: a table of callers, states and instants, without a database."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from samples import AFTER, BUYER, CLOSES, SUPPLIER, THE_BUYER, THE_RIVAL, THE_SUPPLIER, content, priced, quote, rfq

from domain.actors import CLOCK
from domain.counter_offers import rules
from domain.counter_offers.model import CounterOffer, Proposal
from domain.errors import DeadlinePassed, Forbidden, NotFirm, NotFound, QuoteExpired, Refusal, StillSealed, WrongState
from domain.quotes.model import AmendedLine

CONTENT = content(priced(1))
OPENED = quote(state="opened", opened_at=AFTER, valid_until=CONTENT.valid_until)
EVALUATING = rfq(state="evaluating", closed_at=CLOSES, opened_at=AFTER)
SOON = AFTER + timedelta(days=1)
LINE = AmendedLine(line_no=1, quantity=Decimal(100), unit_price=Decimal(90), lead_time_days=None)
WANTED = Proposal(lines=(LINE,), payment_days=None, message=None, answer_by=SOON)
CHECK = replace(EVALUATING, terms=replace(EVALUATING.terms, intent="benchmark"))


def offer(**changes: Any) -> CounterOffer:
    made: dict[str, Any] = {
        "id": UUID(int=80), "quote_id": UUID(int=70), "rfq_id": UUID(int=50), "buyer_id": BUYER, "supplier_id": SUPPLIER,
        "state": "proposed", "version": 1, "lines": (LINE,), "payment_days": None, "message": None, "answer_by": SOON,
        "answered_at": None, "end_reason": None, "end_note": None, "created_at": AFTER, "updated_at": AFTER,
    }  # fmt: skip
    return CounterOffer(**made | changes)


def propose(of: Any = OPENED, on: Any = EVALUATING, who: Any = THE_BUYER, **changes: Any) -> Any:
    given: dict[str, Any] = {"awarding": False, "now": AFTER} | changes
    return rules.decide_propose(of, on, CONTENT, WANTED, who, **given)


def test_the_buyer_proposes_while_it_evaluates() -> None:
    assert propose().target == "proposed"


NOT_PROPOSED: list[tuple[dict[str, Any], type[Refusal]]] = [
    ({"who": THE_SUPPLIER}, Forbidden),
    ({"who": THE_RIVAL}, NotFound),
    ({"of": quote(), "on": rfq()}, StillSealed),
    ({"on": rfq(state="open", round=2)}, WrongState),
    ({"on": rfq(state="partially_awarded")}, WrongState),
    ({"of": replace(OPENED, state="superseded")}, WrongState),
    ({"of": replace(OPENED, state="disqualified")}, WrongState),
    ({"now": AFTER + timedelta(days=90)}, QuoteExpired),
    ({"awarding": True}, WrongState),
    ({"on": CHECK}, NotFirm),
]


@pytest.mark.parametrize(("given", "refusal"), NOT_PROPOSED)
def test_when_it_does_not(given: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        propose(**given)


def accept(of: Any = None, by: Any = THE_SUPPLIER, **changes: Any) -> Any:
    given: dict[str, Any] = {"quote": OPENED, "rfq": EVALUATING, "now": AFTER} | changes
    return rules.decide_accept(of or offer(), given["quote"], given["rfq"], by, now=given["now"])


def test_the_supplier_agrees_in_time() -> None:
    assert accept().target == "accepted"
    assert accept(now=SOON - timedelta(microseconds=1)).target == "accepted"


NOT_ACCEPTED: list[tuple[dict[str, Any], type[Refusal]]] = [
    ({"by": THE_BUYER}, Forbidden),
    ({"by": THE_RIVAL}, NotFound),
    ({"of": offer(state="withdrawn")}, WrongState),
    ({"now": SOON}, DeadlinePassed),
    ({"quote": replace(OPENED, state="expired")}, QuoteExpired),
    ({"quote": replace(OPENED, state="superseded")}, WrongState),
    ({"rfq": rfq(state="not_awarded")}, WrongState),
]


@pytest.mark.parametrize(("given", "refusal"), NOT_ACCEPTED)
def test_when_not(given: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        accept(**given)


def test_the_others_steps() -> None:
    assert rules.decide_withdraw(offer(), THE_BUYER).target == "withdrawn"
    assert rules.decide_withdraw_rest(offer()).target == "withdrawn"
    assert rules.decide_decline(offer(), THE_SUPPLIER, "other", now=AFTER).target == "declined"
    with pytest.raises(Forbidden):
        rules.decide_withdraw(offer(), THE_SUPPLIER)
    with pytest.raises(DeadlinePassed):
        rules.decide_decline(offer(), THE_SUPPLIER, "other", now=SOON)
    assert rules.decide_expire(offer(), now=AFTER) is None
    assert rules.decide_expire(offer(state="declined"), now=SOON) is None
    expiring = rules.decide_expire(offer(), now=SOON)
    assert expiring is not None
    assert expiring.target == "expired"
    assert rules.sides(offer(), CLOCK) == (CLOCK.system,)


def test_what_is_offered_and_why_not() -> None:
    both = ["accept_counter_offer", "decline_counter_offer"]
    assert rules.available(offer(), OPENED, EVALUATING, THE_SUPPLIER, now=AFTER) == (both, [])
    assert rules.available(offer(), OPENED, EVALUATING, THE_BUYER, now=AFTER) == (["withdraw_counter_offer"], [])
    allowed, blocked = rules.available(offer(), OPENED, EVALUATING, THE_SUPPLIER, now=SOON)
    assert (allowed, [name for name, _ in blocked]) == ([], both)
