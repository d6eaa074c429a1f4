"""How a schedule is split, shared out, and follows its order: without a database."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from msgspec.structs import replace
from order_samples import order
from schedule_samples import line

from domain.rfqs.model import Delivery
from domain.schedules import rules

D = Decimal
MAY, JUNE, JULY = date(2027, 5, 1), date(2027, 6, 1), date(2027, 7, 1)


@pytest.mark.parametrize(
    ("ordered", "unit", "asked", "expected"),
    [
        ("100", "H87", ["50", "50"], ["50", "50"]),
        ("70", "H87", ["50", "50"], ["35", "35"]),
        ("10", "H87", ["1", "1", "1"], ["3", "3", "4"]),
        ("2", "H87", ["1", "1", "1"], ["1", "1"]),
        ("1", "KGM", ["1", "2"], ["0.333333", "0.666667"]),
    ],
)
def test_a_split_award_has_its_part_of_the_schedule(
    ordered: str, unit: str, asked: list[str], expected: list[str]
) -> None:
    days = (MAY, JUNE, JULY)
    deliveries = [
        Delivery(due_on=day, quantity=D(item), certainty="firm") for day, item in zip(days, asked, strict=False)
    ]
    found = list(rules.split(order(ordered, unit=unit).lines[0], deliveries))
    assert [str(item.quantity) for item in found] == expected
    assert sum(item.quantity for item in found) == D(ordered)


def test_one_day_is_one_line_and_firm_when_a_part_is() -> None:
    deliveries = [
        Delivery(due_on=JUNE, quantity=D(40), certainty="forecast"),
        Delivery(due_on=MAY, quantity=D(30), certainty="forecast"),
        Delivery(due_on=JUNE, quantity=D(30), certainty="firm"),
    ]
    found = list(rules.split(order("100").lines[0], deliveries))
    assert [(item.due_on, item.quantity, item.certainty) for item in found] == [
        (MAY, D(30), "forecast"),
        (JUNE, D(70), "firm"),
    ]


def test_what_was_sent_goes_to_the_earliest_called_off() -> None:
    thing = order("100", despatched="65", short="5", received="55", rejected="5", accepted="45")
    lines = (line(3, JULY, "20"), line(2, JUNE, "30", state="forecast"), line(1, MAY, "40"))
    found = rules.shares(thing.lines[0], lines)
    assert [
        (str(found[UUID(int=no)].despatched), str(found[UUID(int=no)].received), str(found[UUID(int=no)].accepted))
        for no in (1, 2, 3)
    ] == [("40", "40", "40"), ("0", "0", "0"), ("15", "10", "5")]
    assert [item.id for item in rules.fulfilments(thing, lines)] == [UUID(int=1)]
    assert rules.may_despatch(thing.lines[0], lines) == D(5), "60 called off, 55 sent and neither lost nor rejected"
    firm = (lines[0], replace(lines[1], state="firm"), lines[2])
    assert rules.may_despatch(thing.lines[0], firm) == D(45), "nothing is a forecast: as much as is ordered"


@pytest.mark.parametrize(
    ("before", "after", "due_on", "expected"),
    [
        ("90", "70", None, [("adjust", 2, "10")]),
        ("90", "50", None, [("cancel", 2, "30"), ("adjust", 3, "10")]),
        ("90", "20", None, [("cancel", 1, "40"), ("cancel", 2, "30")]),
        ("90", "100", None, [("adjust", 3, "30")]),
        ("95", "100", None, []),
        ("90", "90", date(2027, 5, 9), [("move", 1, "40")]),
        ("90", "90", JUNE, [("cancel", 1, "40"), ("adjust", 2, "70")]),
    ],
)
def test_a_schedule_follows_its_order(
    before: str, after: str, due_on: date | None, expected: list[tuple[str, int, str]]
) -> None:
    lines = (line(1, MAY, "40"), line(2, JUNE, "30", state="forecast"), line(3, JULY, "20"))
    if after == "20":
        lines = (replace(lines[0], due_on=date(2027, 8, 1)), *lines[1:])
    thing = order(before)
    old = replace(thing.lines[0], detail=replace(thing.lines[0].detail, due_on=MAY))
    new = replace(old, ordered=D(after), detail=replace(old.detail, due_on=due_on or MAY))
    found = rules.followed(replace(thing, lines=(old,)), [new], lines)
    assert [
        (item.arrow.action, item.before.id.int if item.before else 0, str(item.wanted.quantity)) for item in found
    ] == expected
