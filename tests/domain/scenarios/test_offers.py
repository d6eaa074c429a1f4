"""From quotes to the problem: bands as awards price them, who competes, quantities and windows."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import AFTER, CLOSES, content, line, priced, quote, rfq

from domain.awards.rules import price_of
from domain.errors import Invalid
from domain.quotes.model import PriceBreak, QuoteLine, Tooling
from domain.rfqs.model import Delivery, Line, Rfq
from domain.scenarios.model import Condition, Need, Wish
from domain.scenarios.offers import MAX_STEPS, Bid, Case, bands_of, build


def wish(*conditions: Condition, **changes: Any) -> Wish:
    made = Wish(
        currency="IDR", rates={}, lots=(), allow_unallocated=False, compare=False, seconds=5, conditions=conditions
    )
    return replace(made, **changes)


def bid(place: int, of: Rfq, *lines: QuoteLine, quoted: dict[str, Any] | None = None, **changes: Any) -> Bid:
    """An opened quote on current revisions, of supplier `place`."""
    digests = {one.line_no: one.digest for one in of.lines}
    answers = [replace(one, line_digest=one.line_digest or digests[one.line_no]) for one in lines]
    whole = content(*answers, **changes)
    made = quote(
        id=UUID(int=70 + place),
        supplier_id=UUID(int=2 + place),
        state="opened",
        opened_at=CLOSES,
        currency=whole.currency,
        valid_until=whole.valid_until,
    )
    return Bid(quote=replace(made, **(quoted or {})), supplier_name=f"S{place}", content=whole)


@st.composite
def answers(draw: st.DrawFn) -> QuoteLine:
    firsts = sorted(draw(st.sets(st.integers(1, 400), min_size=1, max_size=4)))
    breaks = tuple(
        PriceBreak(min_quantity=Decimal(first), unit_price=Decimal(draw(st.integers(1, 10**6))).scaleb(-4))
        for first in firsts
    )
    spread = draw(st.sampled_from([None, 1, 7, 150, 1000]))
    tooling = Tooling(
        cost=Decimal(draw(st.integers(1, 10**7))).scaleb(-2),
        ownership="buyer",
        life_pieces=None,
        amortised_over_pieces=spread,
    )
    least = draw(st.sampled_from([None, 3, 200]))
    return priced(
        1,
        breaks=breaks,
        tooling=draw(st.sampled_from([None, tooling])),
        minimum_order_quantity=None if least is None else Decimal(least),
    )


@given(answers(), st.sampled_from(["1", "3", "0.5"]))
def test_bands_price_every_quantity_as_awards_do(answer: QuoteLine, step: str) -> None:
    need = Need(line_no=1, unit="KGM", step=Decimal(step), steps=300)
    bands = list(bands_of(answer, need))
    for steps in range(1, need.steps + 1):
        quantity = need.step * steps
        of = [band for band in bands if band.low <= steps <= band.high]
        price = price_of(answer, quantity)
        if price is None:
            assert of == []
            continue
        (band,) = of
        off = abs(quantity * band.price + band.fixed - quantity * price[0] - price[1])
        assert off <= band.slack * steps


def reasons(case: Case) -> list[tuple[int, int | None, str]]:
    return [(one.quote_id.int - 70, one.line_no, one.reason) for one in case.out]


def test_each_quote_that_does_not_compete_says_why() -> None:
    of = rfq(lines=(line(1), line(2)), state="evaluating", round=2)
    many = PriceBreak(min_quantity=Decimal(101), unit_price=Decimal(1))
    bids = [
        bid(0, of, priced(1), priced(2)),
        bid(1, of, priced(1), quoted={"state": "disqualified"}),
        bid(2, of, priced(1), quoted={"state": "expired"}),
        bid(3, of, priced(1), valid_until=CLOSES.date() - timedelta(days=2)),
        bid(4, of, priced(1), quoted={"state": "awarded"}),
        bid(5, of, priced(1), currency="USD"),
        bid(6, of, replace(priced(1), answer="declined", breaks=()), replace(priced(2), line_digest="old")),
        bid(7, of, priced(1, breaks=(many,)), priced(2)),
        bid(8, of, priced(1), quoted={"supplier_id": UUID(int=2), "round": 2}),
    ]
    case = build(of, bids, [(UUID(int=9), 2)], wish(), now=AFTER)
    assert reasons(case) == [
        (0, None, "earlier_round"),
        (1, None, "disqualified"),
        (2, None, "expired"),
        (3, None, "expired"),
        (4, None, "settled"),
        (5, None, "no_rate"),
        (6, 1, "declined"),
        (7, 1, "below_minimum"),
        (6, 2, "outdated_line"),
        (7, 2, "already_awarded"),
    ]
    assert [(offer.need, case.problem.sources[offer.source].quote_id.int - 70) for offer in case.problem.offers] == [
        (0, 8)
    ]


@pytest.mark.parametrize(
    ("unit", "quantity", "awarded", "lot", "expected"),
    [
        ("H87", "100", "30", None, ("1", 70)),
        ("H87", "100", "0", "25", ("25", 4)),
        ("KGM", "100", "0", None, ("1", 100)),
        ("KGM", "10.25", "0", None, ("0.01", 1025)),
        ("KGM", "10.25", "0.05", None, ("0.1", 102)),
        ("KGM", "10.25", "0", "2.05", ("2.05", 5)),
    ],
)
def test_what_is_left_is_split_in_steps(
    unit: str, quantity: str, awarded: str, lot: str | None, expected: tuple[str, int]
) -> None:
    made = replace(line(1, quantity=Decimal(quantity), unit=unit), awarded=Decimal(awarded))
    lots = () if lot is None else ((1, Decimal(lot)),)
    (need,) = build(rfq(lines=(made,)), [], [], wish(lots=lots), now=AFTER).problem.needs
    assert (need.step, need.steps) == (Decimal(expected[0]), expected[1])


def test_too_many_steps_ask_for_a_lot() -> None:
    made: Line = line(1, quantity=Decimal(MAX_STEPS + 1))
    with pytest.raises(Invalid) as refused:
        build(rfq(lines=(made,)), [], [], wish(), now=AFTER)
    assert [fault.pointer for fault in refused.value.faults] == ["/lots"]


def test_capacity_is_that_of_the_window() -> None:
    due = AFTER.date() + timedelta(days=73)
    planned = line(2, schedule=(Delivery(due_on=due, quantity=Decimal(100), certainty="firm"),))
    of = rfq(lines=(line(1), planned))
    offered = [priced(number, capacity_per_month=Decimal(20)) for number in (1, 2)]
    capacity = Condition(pointer="/capacity", kind="capacity", words="")
    case = build(of, [bid(0, of, *offered)], [], wish(capacity), now=AFTER)
    # 73 days are 2.4 months of 365/12 days: 48 pieces. Line 1 has no dates, so that nothing limits it.
    assert [offer.capacity for offer in case.problem.offers] == [None, 48]
    assert case.windows == ((2, Decimal("2.40")),)
    stated = build(of, [bid(0, of, *offered)], [], wish(replace(capacity, minimum=Decimal("1.5"))), now=AFTER)
    assert [offer.capacity for offer in stated.problem.offers] == [30, 30]
