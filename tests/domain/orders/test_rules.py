"""What an award becomes, and what may happen to an order: one row for each rule, without a database."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from order_samples import PROMISED, award, order
from samples import AFTER, THE_BUYER, THE_RIVAL, THE_SUPPLIER, content, line, rfq

from domain.actors import SYSTEM, Actor, Side
from domain.errors import (
    Forbidden,
    Incomplete,
    Invalid,
    NotFound,
    OverDespatch,
    OverInspection,
    OverReceipt,
    Refusal,
    WrongState,
)
from domain.orders import acknowledging, rules
from domain.orders.model import Move, Promise
from domain.rfqs.model import Delivery

D = Decimal


def test_an_order_holds_what_was_awarded() -> None:
    schedule = tuple(
        Delivery(due_on=day, quantity=D(50), certainty="firm") for day in (date(2027, 5, 1), date(2027, 4, 1))
    )
    asked = rfq(lines=(line(1, schedule=schedule), line(2, quantity=D(7))))
    made = rules.from_award(
        UUID(hex="01938a00000070008000000012345678"),
        award("60", "7", price="12500.5", tooling="1000000"),
        asked,
        content(),
        now=AFTER,
    )
    assert (made.number, made.state, made.version) == (f"PO-{AFTER.year}-12345678", "issued", 1)
    first, second = made.lines
    assert (first.ordered, first.unit_price, first.detail.due_on) == (D(60), D("12500.5000"), date(2027, 4, 1))
    assert first.detail.line_digest == asked.lines[0].digest
    assert (second.ordered, second.detail.due_on, second.detail.part_number) == (D(7), None, "P-2")
    assert made.base == 67 * D("12500.5") + 2_000_000
    assert (first.despatched, first.received, first.accepted, first.open) == (D(0), D(0), D(0), D(60))


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        ({}, ("DAP", "Bekasi", 30)),
        ({"payment_days": 0}, ("DAP", "Bekasi", 0)),
        ({"incoterm": "DAP", "delivery_place": "Cikarang"}, ("DAP", "Cikarang", 30)),
        ({"incoterm": "EXW", "delivery_place": "Pasuruan", "payment_days": 45}, ("EXW", "Pasuruan", 45)),
        ({"incoterm": "EXW"}, ("EXW", None, 30)),
    ],
)
def test_terms_are_the_quotes_else_the_rfqs(quoted: dict[str, Any], expected: tuple[object, ...]) -> None:
    asked = rfq()
    asked = replace(asked, terms=replace(asked.terms, incoterm="DAP", delivery_place="Bekasi", payment_days=30))
    terms = rules.from_award(UUID(int=1), award("1"), asked, content(**quoted), now=AFTER).terms
    assert (terms.incoterm, terms.delivery_place, terms.payment_days) == expected


@pytest.mark.parametrize(
    ("ordered", "unit", "percent", "expected"),
    [
        ("100", "H87", "0", "0"),
        ("100", "H87", "5", "5"),
        ("33", "H87", "10", "3"),
        ("9", "SET", "10", "0"),
        ("33", "KGM", "10", "3.3"),
        ("0.333333", "KGM", "2.5", "0.008333"),
    ],
)
def test_tolerance_is_rounded_down_to_what_can_be_counted(ordered: str, unit: str, percent: str, expected: str) -> None:
    assert rules.tolerance(D(ordered), unit, D(percent)) == D(expected)


def test_only_the_two_parties_learn_of_it() -> None:
    assert rules.sides(order(), THE_BUYER) == (Side.BUYER,)
    assert rules.sides(order(), THE_SUPPLIER) == (Side.SUPPLIER,)
    assert rules.sides(order(), SYSTEM) == (Side.SYSTEM,)
    with pytest.raises(NotFound):
        rules.sides(order(), THE_RIVAL)


def promises(*lines: int, on: date = PROMISED) -> list[Promise]:
    return [Promise(line_no=line_no, promised_on=on) for line_no in lines]


@pytest.mark.parametrize(
    ("state", "given", "who", "refusal", "pointers"),
    [
        ("issued", promises(1, 2), THE_BUYER, Forbidden, []),
        ("issued", promises(1, 2), THE_RIVAL, NotFound, []),
        ("acknowledged", promises(1, 2), THE_SUPPLIER, WrongState, []),
        ("completed", promises(1, 2), THE_SUPPLIER, WrongState, []),
        ("issued", promises(1), THE_SUPPLIER, Incomplete, ["/lines"]),
        ("issued", promises(1, 2, 3), THE_SUPPLIER, Invalid, ["/lines/2/line_no"]),
        ("issued", promises(1, 2, 2), THE_SUPPLIER, Invalid, ["/lines/2/line_no"]),
        (
            "issued",
            promises(1, 2, on=AFTER.date() - timedelta(days=1)),
            THE_SUPPLIER,
            Invalid,
            ["/lines/0/promised_on", "/lines/1/promised_on"],
        ),
    ],
)
def test_an_acknowledgement_is_refused(
    state: str, given: list[Promise], who: Actor, refusal: type[Refusal], pointers: list[str]
) -> None:
    with pytest.raises(refusal) as caught:
        acknowledging.decide(order("10", "20", state=state), given, who)
    assert [fault.pointer for fault in caught.value.faults] == pointers


def test_an_acknowledgement_promises_every_line() -> None:
    thing = order("10", "20", state="issued")
    assert acknowledging.decide(thing, promises(2, 1), THE_SUPPLIER).target == "acknowledged"
    assert [line.promised_on for line in acknowledging.answered(thing, promises(2, 1))] == [PROMISED, PROMISED]


@pytest.mark.parametrize(
    ("first", "move", "refusal"),
    [
        ({}, {"despatched": "105"}, None),
        ({}, {"despatched": "106"}, OverDespatch),
        ({"despatched": "105", "short": "2", "received": "103", "rejected": "3"}, {"despatched": "5"}, None),
        ({"despatched": "105", "short": "2", "received": "103", "rejected": "3"}, {"despatched": "6"}, OverDespatch),
        ({"despatched": "60"}, {"received": "59", "short": "1"}, None),
        ({"despatched": "60"}, {"received": "60", "short": "1"}, OverReceipt),
        ({"despatched": "60", "received": "60"}, {"accepted": "50", "rejected": "10"}, None),
        ({"despatched": "60", "received": "60"}, {"accepted": "50", "rejected": "11"}, OverInspection),
        ({"despatched": "60", "received": "20"}, {"despatched": "-40"}, None),
        ({"despatched": "60", "received": "20"}, {"despatched": "-41"}, OverReceipt),
    ],
)
def test_the_quantities_of_a_line_keep_their_bounds(
    first: dict[str, str], move: dict[str, str], refusal: type[Refusal] | None
) -> None:
    thing = order(percent="5", **first)
    moves = [Move(line_no=1, **{name: D(value) for name, value in move.items()})]
    if refusal is not None:
        with pytest.raises(refusal):
            rules.moved(thing, moves)
        return
    [after] = rules.moved(thing, moves)
    for name, value in move.items():
        assert getattr(after, name) == getattr(thing.lines[0], name) + D(value)


def test_moves_of_one_line_add_up() -> None:
    [after, other] = rules.moved(
        order("10", "20"), [Move(line_no=1, despatched=D(4)), Move(line_no=1, despatched=D(6))]
    )
    assert (after.despatched, other.despatched) == (D(10), D(0))


def test_what_the_parties_may_do_now() -> None:
    def names(state: str, who: Actor, **first: str) -> tuple[list[str], list[str]]:
        allowed, blocked = rules.available(order(state=state, **first), who, now=AFTER)
        return allowed, [name for name, _ in blocked]

    propose = "propose_change_order"
    stop = ["hold_order", "cancel_order"]
    assert names("issued", THE_SUPPLIER) == (["acknowledge_order", "reject_order", propose], [])
    assert names("issued", THE_BUYER) == ([*stop, propose], [])
    assert names("acknowledged", THE_SUPPLIER) == (["create_despatch", propose], [])
    assert names("acknowledged", THE_BUYER) == ([*stop, propose], [])
    assert names("in_progress", THE_SUPPLIER, despatched="100") == ([propose], ["create_despatch"])
    assert names("in_progress", THE_BUYER, despatched="100") == (
        ["hold_order", propose],
        ["short_close_order", "cancel_order"],
    )
    assert names("in_progress", THE_BUYER, despatched="40") == (
        ["hold_order", "short_close_order", propose],
        ["cancel_order"],
    )
    assert names("on_hold", THE_BUYER) == (["resume_order", "cancel_order", propose], ["short_close_order"])
    assert names("on_hold", THE_SUPPLIER) == ([propose], [])
    for ended in ("completed", "rejected", "short_closed", "cancelled"):
        assert names(ended, THE_SUPPLIER) == names(ended, THE_BUYER) == ([], [])


def test_a_short_close_leaves_nothing_to_send() -> None:
    thing = order("100", "50", "30", percent="10", despatched="60", short="5", rejected="3", received="50")
    thing = replace(
        thing, lines=(thing.lines[0], thing.lines[1], replace(thing.lines[2], despatched=D(32), received=D(32)))
    )
    first, second, third = rules.closed(thing)
    assert (first.ordered, first.tolerance, first.may_despatch) == (D(52), D(0), D(0)), "60 - 5 lost - 3 rejected"
    assert (second.ordered, second.may_despatch) == (D(0), D(0)), "nothing of it was sent"
    assert (third.ordered, third.tolerance, third.may_despatch) == (D(30), D(2), D(0)), "sent beyond the order"
