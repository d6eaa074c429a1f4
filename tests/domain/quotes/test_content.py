"""What a quote may say and what it lacks: one row for each rule, without a database."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from samples import CLOSES, characteristic, content, line, priced, rfq

from domain.errors import Incomplete, Invalid, OutdatedLine, Refusal
from domain.quotes.content import check, check_complete, with_digests
from domain.quotes.model import (
    CharacteristicAnswer,
    CostBreakdown,
    LocalContent,
    PriceBreak,
    QuoteContent,
    QuoteLine,
    Tooling,
    end_of_validity,
    unit_price,
)

D = Decimal


def faults(refusal: type[Refusal], of: QuoteContent, *, complete: bool) -> list[str]:
    asked = rfq(lines=(line(1, characteristics=(characteristic(7),)), line(2, unit="KGM", quantity=D("2.5"))))
    with pytest.raises(refusal) as caught:
        check(of, asked)
        if complete:
            check_complete(with_digests(of, asked), asked)
    return [fault.pointer for fault in caught.value.faults]


def quoted(first: QuoteLine, **changes: Any) -> QuoteContent:
    return content(first, priced(2, breaks=(PriceBreak(min_quantity=D("0.5"), unit_price=D("10.0000")),)), **changes)


def breaks(*pairs: tuple[str, str]) -> tuple[PriceBreak, ...]:
    return tuple(PriceBreak(min_quantity=D(least), unit_price=D(price)) for least, price in pairs)


def parts(**changes: str) -> CostBreakdown:
    given = dict.fromkeys(("material", "labour", "overhead", "outside_processes", "profit"), "20") | changes
    return CostBreakdown(**{name: D(value) for name, value in given.items()})


def local(basis: Any, percent: str | None = None, certificate: str | None = None) -> LocalContent:
    return LocalContent(basis=basis, percent=None if percent is None else D(percent), certificate_no=certificate)


def answer(no: int, said: Any, note: str | None = None) -> CharacteristicAnswer:
    return CharacteristicAnswer(no=no, answer=said, note=note)


def tooling(cost: str) -> Tooling:
    return Tooling(cost=D(cost), ownership="buyer", life_pieces=None, amortised_over_pieces=None)


NONSENSE: list[tuple[dict[str, Any], str]] = [
    ({"line_no": 9}, "/lines/0/line_no"),
    ({"line_no": 2}, "/lines/1/line_no"),
    ({"breaks": breaks(("1", "-1"))}, "/lines/0/breaks/0/unit_price"),
    ({"breaks": breaks(("1", "1.23456"))}, "/lines/0/breaks/0/unit_price"),
    ({"breaks": breaks(("0", "1"))}, "/lines/0/breaks/0/min_quantity"),
    ({"breaks": breaks(("1.5", "1"))}, "/lines/0/breaks/0/min_quantity"),
    ({"breaks": breaks(("10", "2"), ("10", "1"))}, "/lines/0/breaks"),
    ({"breaks": breaks(("10", "2"), ("5", "1"))}, "/lines/0/breaks"),
    ({"breaks": breaks(*((str(n), "1") for n in range(1, 22)))}, "/lines/0/breaks"),
    ({"decline_reason": "capacity_full"}, "/lines/0/decline_reason"),
    ({"answer": "declined", "decline_reason": "capacity_full"}, "/lines/0/breaks"),
    ({"answer": "declined", "decline_reason": "no_idea", "breaks": ()}, "/lines/0/decline_reason"),
    ({"minimum_order_quantity": D("2.5")}, "/lines/0/minimum_order_quantity"),
    ({"capacity_per_month": D(0)}, "/lines/0/capacity_per_month"),
    ({"tooling": tooling("-5")}, "/lines/0/tooling/cost"),
    ({"cost_breakdown": parts(profit="21")}, "/lines/0/cost_breakdown"),
    ({"cost_breakdown": parts(profit="-1")}, "/lines/0/cost_breakdown/profit"),
    ({"cost_breakdown": parts(), "breaks": ()}, "/lines/0/cost_breakdown"),
    ({"local_content": local("self_declared", "100.5")}, "/lines/0/local_content/percent"),
    ({"local_content": local("computed")}, "/lines/0/local_content/percent"),
    ({"local_content": local("certificate", "40")}, "/lines/0/local_content/certificate_no"),
    ({"local_content": local("none", "40")}, "/lines/0/local_content/basis"),
    ({"outside_processes": ("alchemy",)}, "/lines/0/outside_processes/0"),
    ({"characteristics": (answer(8, "comply"),)}, "/lines/0/characteristics/0/no"),
    ({"characteristics": (answer(7, "comply"), answer(7, "cannot"))}, "/lines/0/characteristics/1/no"),
    ({"characteristics": (answer(7, "deviate"),)}, "/lines/0/characteristics/0/note"),
]


@pytest.mark.parametrize(("change", "pointer"), NONSENSE, ids=[f"{p} {sorted(c)}" for c, p in NONSENSE])
def test_nonsense_is_refused_in_a_draft_too(change: dict[str, Any], pointer: str) -> None:
    assert faults(Invalid, quoted(replace(priced(1), **change)), complete=False) == [pointer]


@pytest.mark.parametrize(
    ("change", "pointer"), [({"currency": "XYZ"}, "/currency"), ({"incoterm": "ABC"}, "/incoterm")]
)
def test_nonsense_in_the_head(change: dict[str, Any], pointer: str) -> None:
    assert faults(Invalid, quoted(priced(1), **change), complete=False) == [pointer]


GAPS: list[tuple[QuoteContent, str]] = [
    (content(priced(1)), "/lines"),
    (content(), "/lines"),
    (quoted(priced(1, breaks=())), "/lines/0/breaks"),
    (quoted(priced(1, answer="declined", breaks=())), "/lines/0/decline_reason"),
    (quoted(priced(1, breaks=breaks(("101", "1")))), "/lines/0/breaks/0/min_quantity"),
    (
        quoted(priced(1, breaks=breaks(("300", "1")), minimum_order_quantity=D(200))),
        "/lines/0/breaks/0/min_quantity",
    ),
    (quoted(priced(1), valid_until=CLOSES.date()), "/valid_until"),
    (
        content(*(priced(n, answer="declined", breaks=(), decline_reason="capacity_full") for n in (1, 2))),
        "/lines",
    ),
]


@pytest.mark.parametrize(("given", "pointer"), GAPS)
def test_a_gap_keeps_a_quote_from_being_submitted(given: QuoteContent, pointer: str) -> None:
    assert set(faults(Incomplete, given, complete=True)) == {pointer}


@pytest.mark.parametrize(
    "first",
    [
        priced(1, cost_breakdown=parts()),
        priced(1, breaks=breaks(("200", "1")), minimum_order_quantity=D(200)),
        priced(1, answer="declined", breaks=(), decline_reason="capacity_full"),
        priced(1, breaks=breaks(("1", "0"))),
        priced(1, local_content=local("certificate", "41.5", "TKDN-1")),
        priced(1, local_content=local("none")),
        priced(1, characteristics=(answer(7, "deviate", "h8 instead of h7"),)),
    ],
)
def test_what_can_be_submitted(first: QuoteLine) -> None:
    asked = rfq(lines=(line(1, characteristics=(characteristic(7),)), line(2, unit="KGM", quantity=D("2.5"))))
    given = with_digests(quoted(first), asked)
    check(given, asked)
    check_complete(given, asked)


def test_a_line_that_changed_since_has_to_be_priced_again() -> None:
    asked = rfq(lines=(line(1),))
    given = with_digests(content(priced(1)), asked)
    changed = replace(asked, lines=(line(1, quantity=D(200)),))
    with pytest.raises(OutdatedLine) as caught:
        check_complete(with_digests(given, changed), changed)
    assert [fault.pointer for fault in caught.value.faults] == ["/lines/0/line_digest"]


def test_a_fault_never_repeats_what_was_sent() -> None:
    asked = rfq(lines=(line(1),))
    given = content(priced(1, breaks=breaks(("1", "73194625.17999"))), currency="QQQ")
    with pytest.raises(Invalid) as caught:
        check(given, asked)
    text = str(caught.value.detail) + str(caught.value.faults)
    assert "73194625" not in text
    assert "QQQ" not in text


def test_the_price_is_the_break_that_the_quantity_reaches() -> None:
    answered = priced(1, breaks=breaks(("10", "9"), ("100", "8"), ("1000", "7")), minimum_order_quantity=D(20))
    prices = {quantity: unit_price(answered, D(quantity)) for quantity in (5, 10, 20, 99, 100, 5000)}
    assert prices == {5: None, 10: None, 20: D(9), 99: D(9), 100: D(8), 5000: D(7)}


def test_validity_ends_with_the_day_in_western_indonesia() -> None:
    assert end_of_validity(date(2027, 1, 31)) == datetime(2027, 1, 31, 17, tzinfo=UTC)
