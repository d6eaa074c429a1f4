"""Totals, amendments and copies of quotes, without a database."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from samples import AFTER, RIVAL, SUPPLIER, characteristic, content, line, priced, quote, rfq

from domain.errors import Invalid, NotFound
from domain.quotes.amendments import in_force
from domain.quotes.copying import copied, require_source
from domain.quotes.model import (
    Alternate,
    AmendedLine,
    Amendment,
    CharacteristicAnswer,
    CostBreakdown,
    PriceBreak,
    Tooling,
    unit_price,
)
from domain.quotes.totals import MAX_TOTAL, amount, misstated, too_large, totals

D = Decimal


def breaks(*pairs: tuple[str, str]) -> tuple[PriceBreak, ...]:
    return tuple(PriceBreak(min_quantity=D(least), unit_price=D(price)) for least, price in pairs)


def agreed(number: int, *lines: tuple[int, str, str, int | None], days: int | None = None) -> Amendment:
    return Amendment(
        number=number,
        counter_offer_id=UUID(int=number),
        lines=tuple(
            AmendedLine(line_no=no, quantity=D(quantity), unit_price=D(price), lead_time_days=lead)
            for no, quantity, price, lead in lines
        ),
        payment_days=days,
        agreed_at=AFTER,
    )


def test_totals_at_the_quantity_asked_without_tooling() -> None:
    asked = rfq(lines=(line(1, quantity=D(3)), line(2, quantity=D(10)), line(3)))
    given = content(
        priced(1, "0.5", tooling=Tooling(cost=D(900), ownership="buyer", life_pieces=None, amortised_over_pieces=None)),
        priced(2, breaks=breaks(("1", "9"), ("10", "8"), ("11", "7"))),
        priced(3, answer="declined", breaks=(), decline_reason="capacity_full"),
    )
    found = totals(given, asked)
    # 1.5 is half-even rounded to whole rupiah.
    assert [(item.line_no, item.computed_total) for item in found.lines] == [(1, D(2)), (2, D(80))]
    assert found.computed_total == D(82)
    assert totals(content(), asked).computed_total is None
    dollars = totals(replace(given, currency="USD"), asked)
    assert [item.computed_total for item in dollars.lines] == [D("1.50"), D("80.00")]


def test_the_largest_amounts_are_exact_and_refused() -> None:
    most = amount(D("99999999999999.9999"), D(999999999999), "IDR")
    assert most == D("99999999999899999900000000")
    asked = rfq(lines=(line(1, quantity=D(2)),))
    assert list(too_large(content(priced(1, str(MAX_TOTAL // 2))), asked)) == []
    assert [fault.pointer for fault in too_large(content(priced(1, str(MAX_TOTAL))), asked)] == ["/lines/0/breaks"]


@pytest.mark.parametrize(
    ("line_total", "whole", "pointers"),
    [
        ("100", "100", []),
        ("100.00", "100.0", []),
        (None, None, []),
        ("101", None, ["/lines/0/stated_total"]),
        (None, "99", ["/stated_total"]),
        ("100.0001", "100.0001", ["/lines/0/stated_total", "/stated_total"]),
    ],
)
def test_a_stated_total_is_ours_or_refused(line_total: str | None, whole: str | None, pointers: list[str]) -> None:
    asked = rfq(lines=(line(1, quantity=D(1)),))
    given = content(
        priced(1, "100", stated_total=None if line_total is None else D(line_total)),
        stated_total=None if whole is None else D(whole),
    )
    faults = list(misstated(given, asked))
    assert [fault.pointer for fault in faults] == pointers
    assert "100" not in repr([fault.detail for fault in faults])


def test_an_amendment_inserts_or_replaces_the_break_and_leaves_the_rest() -> None:
    parts = CostBreakdown(material=D(9), labour=D(0), overhead=D(0), outside_processes=D(0), profit=D(0))
    given = content(
        priced(1, breaks=breaks(("1", "9"), ("200", "7")), cost_breakdown=parts, lead_time_days=14, stated_total=D(1)),
        priced(2, "5"),
        payment_days=30,
        stated_total=D(9),
    )
    inserted = in_force(given, [agreed(1, (1, "100", "8", None))])
    first = inserted.lines[0]
    assert first.breaks == breaks(("1", "9"), ("100", "8"), ("200", "7"))
    assert (first.cost_breakdown, first.lead_time_days, first.stated_total) == (parts, 14, None)
    assert (inserted.lines[1], inserted.payment_days, inserted.stated_total) == (given.lines[1], 30, None)
    both = in_force(given, [agreed(1, (1, "100", "8", None)), agreed(2, (1, "100", "6", 7), days=45)])
    assert unit_price(both.lines[0], D(150)) == D(6)
    assert (both.lines[0].lead_time_days, both.payment_days) == (7, 45)
    below = in_force(given, [agreed(1, (1, "1", "8.5", None))])
    assert below.lines[0].cost_breakdown is None, "it broke down another price"
    assert in_force(given, []) is given
    terms = in_force(given, [agreed(1, days=60)])
    assert (terms.lines, terms.stated_total) == (given.lines, D(9)), "no price moved"


def test_who_agrees_on_less_than_its_minimum_takes_it() -> None:
    given = content(priced(1, minimum_order_quantity=D(500)))
    for quantity, least in (("80", D(80)), ("900", D(500))):
        assert in_force(given, [agreed(1, (1, quantity, "5", None))]).lines[0].minimum_order_quantity == least


def test_a_copy_takes_what_still_fits() -> None:
    old = rfq(lines=(line(1, characteristics=(characteristic(7), characteristic(8)), allow_alternates=True), line(2)))
    new = rfq(lines=(line(1, characteristics=(characteristic(8),)), line(2, part_number="NEW")), title="Again")
    alternate = Alternate(no=1, material="X", processes=(), description=None, breaks=(), lead_time_days=None, note=None)
    answers: Any = tuple(CharacteristicAnswer(no=no, answer="comply", note=None) for no in (7, 8))
    given = content(
        priced(1, characteristics=answers, alternates=(alternate,), stated_total=D(1)),
        priced(2),
        priced(3),
        stated_total=D(2),
    )
    kept, missing = copied(given, old, new)
    assert [(item.line_no, item.reason) for item in missing] == [
        (1, "characteristic_gone"), (1, "alternates_not_allowed"), (2, "part_changed"), (3, "line_gone"),
    ]  # fmt: skip
    [first] = kept.lines
    assert ([item.no for item in first.characteristics], first.alternates) == ([8], ())
    assert (first.line_digest, first.stated_total, kept.stated_total) == (new.lines[0].digest, None, None)
    unit, gone = copied(given, old, rfq(lines=(line(1, unit="KGM"),)))
    assert (unit.lines, gone[0].reason) == ((), "unit_changed")


def test_what_may_be_copied() -> None:
    again, earlier = rfq(round=2), UUID(int=51)
    require_source(quote(round=1), again, SUPPLIER)
    require_source(quote(rfq_id=earlier), rfq(reissue_of=earlier), SUPPLIER)
    with pytest.raises(NotFound):
        require_source(quote(), again, RIVAL)
    for source, target in ((quote(round=2), again), (quote(rfq_id=earlier), rfq()), (quote(), rfq())):
        with pytest.raises(Invalid):
            require_source(source, target, SUPPLIER)
