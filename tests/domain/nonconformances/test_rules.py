"""The steps of a claim and what becomes of its pieces: one row for each rule, without a database."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from order_samples import claim, decided, order
from samples import AFTER, THE_BUYER, THE_RIVAL, THE_SUPPLIER

from domain.errors import (
    Forbidden,
    Incomplete,
    Invalid,
    LimitReached,
    NotFound,
    OverDespatch,
    OverReturn,
    QuantityExceeded,
    WrongState,
)
from domain.nonconformances import rules
from domain.nonconformances.model import LAST_STEPS, MAX_STEPS, Detail, Response, ReturnDraft, Step
from domain.orders.model import Order

D = Decimal


def ordered(**first: str) -> Order:
    """An order of 100, of which two pieces are rejected."""
    return order(**({"despatched": "60", "received": "60", "accepted": "58", "rejected": "2"} | first))


@pytest.mark.parametrize(
    ("state", "response", "target"),
    [
        ("open", "contained", "contained"),
        ("open", "cause_found", None),
        ("open", "corrected", None),
        ("contained", "contained", None),
        ("contained", "cause_found", "cause_found"),
        ("contained", "corrected", None),
        ("cause_found", "corrected", "corrected"),
        ("corrected", "corrected", None),
        ("closed", "contained", None),
    ],
)
def test_the_supplier_answers_one_step_after_the_other(state: str, response: Response, target: str | None) -> None:
    if target is None:
        with pytest.raises(WrongState):
            rules.decide_respond(claim(state), response, THE_SUPPLIER)
    else:
        assert rules.decide_respond(claim(state), response, THE_SUPPLIER).target == target


def test_who_answers_decides_and_closes() -> None:
    with pytest.raises(Forbidden):
        rules.decide_respond(claim(), "contained", THE_BUYER)
    with pytest.raises(Forbidden):
        rules.decide_disposition(claim(), ordered(), decided(scrap="2"), THE_SUPPLIER)
    with pytest.raises(Forbidden):
        rules.decide_close(claim("corrected", dispositions=decided(scrap="2")), THE_SUPPLIER)
    with pytest.raises(NotFound):
        rules.decide_disposition(claim("corrected"), ordered(), decided(scrap="2"), THE_RIVAL)
    with pytest.raises(NotFound):
        rules.decide_close(claim("corrected"), THE_RIVAL)


def test_closing_needs_a_correction_and_a_decision() -> None:
    with pytest.raises(WrongState):
        rules.decide_close(claim("cause_found", dispositions=decided(scrap="2")), THE_BUYER)
    with pytest.raises(Incomplete):
        rules.decide_close(claim("corrected"), THE_BUYER)
    assert rules.decide_close(claim("corrected", dispositions=decided(scrap="2")), THE_BUYER).target == "closed"


def test_a_decision_changes_until_the_end_and_not_for_ever() -> None:
    for state in ("open", "contained", "cause_found", "corrected"):
        assert rules.decide_disposition(claim(state), ordered(), decided(scrap="2"), THE_BUYER).target is None
    with pytest.raises(WrongState):
        rules.decide_disposition(claim("closed"), ordered(), decided(scrap="2"), THE_BUYER)
    step = Step(action="decide", at=AFTER, by="key", disposition="scrap", note=None)
    full = claim(detail=Detail(defects=(), steps=(step,) * (MAX_STEPS - LAST_STEPS)))
    with pytest.raises(LimitReached):
        rules.decide_disposition(full, ordered(), decided(scrap="2"), THE_BUYER)
    assert rules.decide_respond(full, "contained", THE_SUPPLIER).target == "contained"


@pytest.mark.parametrize(
    ("parts", "changes", "refusal"),
    [
        ({"scrap": "2"}, {}, None),
        ({"scrap": "1", "replace": "1"}, {}, None),
        ({"use_as_is": "1", "rework": "1"}, {}, None),
        ({"scrap": "1"}, {}, Invalid),
        ({"scrap": "3"}, {}, Invalid),
        ({"scrap": "0.5", "rework": "1.5"}, {}, Invalid),
        ({"rework": "2"}, {"reworked": D(1)}, None),
        ({"scrap": "2"}, {"reworked": D(1)}, QuantityExceeded),
        ({"scrap": "2"}, {"conceded": D(1)}, QuantityExceeded),
        ({"scrap": "2"}, {"replaced": D(1)}, QuantityExceeded),
        ({"scrap": "2"}, {"returned": D(1)}, QuantityExceeded),
        ({"return": "1", "scrap": "1"}, {"returned": D(1)}, None),
    ],
)
def test_dispositions_add_up_and_what_was_done_stands(
    parts: dict[str, str], changes: dict[str, Any], refusal: type[Exception] | None
) -> None:
    thing = claim(**changes)
    if refusal is None:
        assert rules.decide_disposition(thing, ordered(), decided(**parts), THE_BUYER).target is None
        return
    with pytest.raises(refusal):
        rules.decide_disposition(thing, ordered(), decided(**parts), THE_BUYER)


@pytest.mark.parametrize(("despatched", "fits"), [("100", True), ("101", False), ("102", False)])
def test_what_was_sent_in_place_of_pieces_bars_their_use(despatched: str, *, fits: bool) -> None:
    thing = ordered(despatched=despatched)
    if fits:
        rules.decide_disposition(claim(), thing, decided(use_as_is="2"), THE_BUYER)
        return
    with pytest.raises(OverDespatch):
        rules.decide_disposition(claim(), thing, decided(use_as_is="2"), THE_BUYER)


def test_a_concession_has_a_reference() -> None:
    [bare] = decided(use_as_is="2")
    with pytest.raises(Invalid) as caught:
        rules.decide_disposition(claim(), ordered(), (replace(bare, reference=None),), THE_BUYER)
    assert [fault.pointer for fault in caught.value.faults] == ["/dispositions/0/reference"]


def test_returns_and_replacements_keep_to_what_is_decided() -> None:
    thing = claim(dispositions=decided(**{"return": "1", "replace": "1"}))
    [line] = ordered().lines
    two = ReturnDraft(reference="R-1", quantity=D(2), note=None)
    assert rules.decide_return(thing, line, two, THE_BUYER).target is None
    with pytest.raises(OverReturn):
        rules.decide_return(replace(thing, returned=D(1)), line, two, THE_BUYER)
    with pytest.raises(Forbidden):
        rules.decide_return(thing, line, two, THE_SUPPLIER)
    assert rules.decide_replace(thing, {1: D(1)}) == 1
    with pytest.raises(OverDespatch):
        rules.decide_replace(thing, {1: D(2)})
    with pytest.raises(OverDespatch):
        rules.decide_replace(replace(thing, replaced=D(1)), {1: D(1)})
    with pytest.raises(Invalid):
        rules.decide_replace(thing, {1: D(1), 2: D(1)})


@pytest.mark.parametrize(
    ("changes", "waits", "gaps"),
    [
        ({"dispositions": decided(replace="2")}, False, 1),
        ({"dispositions": decided(replace="2"), "replaced": D(1)}, False, 1),
        ({"dispositions": decided(replace="2"), "replaced": D(2)}, False, 0),
        ({"dispositions": decided(**{"return": "2"}), "returned": D(1)}, False, 1),
        ({"dispositions": decided(**{"return": "2"}), "returned": D(2)}, False, 0),
        ({"dispositions": decided(rework="2"), "reworked": D(2)}, True, 1),
        ({"dispositions": decided(rework="2"), "reworked": D(2)}, False, 0),
        ({}, False, 1),
    ],
)
def test_closing_waits_until_it_is_carried_out(changes: dict[str, Any], gaps: int, *, waits: bool) -> None:
    thing = claim("corrected", **changes)
    if gaps == 0:
        assert rules.decide_close(thing, THE_BUYER, awaits_inspection=waits).target == "closed"
        return
    with pytest.raises(Incomplete) as caught:
        rules.decide_close(thing, THE_BUYER, awaits_inspection=waits)
    assert len(caught.value.faults) == gaps


@pytest.mark.parametrize(
    ("state", "target"), [("contained", "open"), ("cause_found", "contained"), ("corrected", "cause_found")]
)
def test_an_answer_is_sent_back_by_one_step(state: str, target: str) -> None:
    assert rules.decide_send_back(claim(state), THE_BUYER).target == target
    with pytest.raises(Forbidden):
        rules.decide_send_back(claim(state), THE_SUPPLIER)


@pytest.mark.parametrize("state", ["open", "closed"])
def test_there_may_be_no_answer_to_send_back(state: str) -> None:
    with pytest.raises(WrongState):
        rules.decide_send_back(claim(state), THE_BUYER)


def test_answers_are_due_after_one_fourteen_and_thirty_days() -> None:
    due = {state: claim(state).due_at for state in ("open", "contained", "cause_found", "corrected", "closed")}
    days = {state: None if at is None else (at - AFTER) / timedelta(days=1) for state, at in due.items()}
    assert days == {"open": 1, "contained": 14, "cause_found": 30, "corrected": None, "closed": None}


def test_what_the_parties_may_do_now() -> None:
    assert rules.available(claim(), THE_SUPPLIER, now=AFTER) == (["respond_nonconformance"], [])
    allowed, blocked = rules.available(claim("corrected"), THE_BUYER, now=AFTER)
    assert allowed == ["return_response", "decide_nonconformance"]
    assert [(name, refusal.code) for name, refusal in blocked] == [
        ("record_return", "over_return"),
        ("close_nonconformance", "incomplete"),
    ]
