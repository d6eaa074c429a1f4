"""The arithmetic of a bid tab, figure by figure, without a database."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from samples import content, line, priced, rfq

from domain.comparison.cost import Assumptions, Rate
from domain.comparison.landed import landed_unit
from domain.comparison.model import Bid, Cell
from domain.comparison.rules import bands_of, compare
from domain.errors import Invalid
from domain.quotes.content import with_digests
from domain.quotes.model import CharacteristicAnswer, PriceBreak, QuoteLine, Tooling
from domain.rfqs.model import Baseline, Rfq

D = Decimal


def bid(number: int, of: Rfq, *lines: QuoteLine, state: str = "opened", **head: Any) -> Bid:
    return Bid(
        quote_id=UUID(int=number),
        supplier_id=UUID(int=100 + number),
        supplier_name=f"CV {number}",
        state=state,
        content=with_digests(content(*lines, **head), of),
    )


def one(of: Rfq, answer: QuoteLine, quantity: Decimal | None = None, **more: Any) -> Cell:
    return compare(of, [bid(1, of, answer, **more)], quantity).rows[0].cells[0]


def steps(*pairs: tuple[str, str]) -> tuple[PriceBreak, ...]:
    return tuple(PriceBreak(min_quantity=D(least), unit_price=D(price)) for least, price in pairs)


def tooling(cost: str, over: int | None) -> Tooling:
    return Tooling(cost=D(cost), ownership="buyer", life_pieces=None, amortised_over_pieces=over)


def test_the_price_is_that_of_the_quantity_asked() -> None:
    asked = rfq()
    answer = priced(1, breaks=steps(("1", "120.5000"), ("500", "99.2500")))
    assert (one(asked, answer).unit_price, one(asked, answer).total) == (D("120.5000"), D(12050))
    more = one(asked, answer, D(600))
    assert (more.unit_price, more.total) == (D("99.2500"), D(59550))


def test_totals_round_half_to_even_at_the_minor_unit() -> None:
    asked = rfq(lines=(line(1, quantity=D(1)),))
    assert one(asked, priced(1, "2.5")).total == D(2)
    assert one(asked, priced(1, "3.5")).total == D(4)
    assert one(asked, priced(1, "2.505"), currency="USD").total == D("2.50")


@pytest.mark.parametrize(
    ("over", "per_piece", "due"),
    [(None, "10.0000", "1000"), (1000, "1.0000", "100"), (50, "20.0000", "1000"), (3000, "0.3333", "33")],
)
def test_tooling_stands_apart_and_falls_due_as_offered(over: int | None, per_piece: str, due: str) -> None:
    cell = one(rfq(), priced(1, "7", tooling=tooling("1000", over)))
    assert (cell.tooling, cell.tooling_per_piece) == (D(1000), D(per_piece))
    assert cell.total_with_tooling == D(700) + D(due)


def test_a_cell_without_a_price_says_why() -> None:
    asked = rfq(lines=(line(1), line(2), line(3), line(4)))
    given = bid(
        1,
        asked,
        priced(1, answer="declined", breaks=(), decline_reason="capacity_full"),
        priced(3, minimum_order_quantity=D(500)),
        priced(
            4,
            breaks=steps(
                ("200", "5"),
            ),
        ),
    )
    cells = [row.cells[0] for row in compare(asked, [given], None).rows]
    assert [cell.state for cell in cells] == ["declined", "not_quoted", "below_minimum", "below_minimum"]
    assert cells[0].decline_reason == "capacity_full"
    # 100 are asked for: what has to be bought beyond them stands apart, and counts.
    assert [(cell.minimum_quantity, cell.total, cell.minimum_excess, cell.total_cost) for cell in cells[2:]] == [
        (D(500), D(10000), D(40000), D(50000)),
        (D(200), D(500), D(500), D(1000)),
    ]


def test_ranks_are_by_total_cost_at_the_rates_stated() -> None:
    asked = rfq()
    given = [
        bid(1, asked, priced(1, "10", tooling=tooling("500", None))),
        bid(2, asked, priced(1, "12")),
        bid(3, asked, priced(1, "12")),
        bid(4, asked, priced(1, "0.0009"), currency="USD"),
        bid(5, asked, priced(1, "20")),
        bid(6, asked, priced(1, "1"), state="disqualified"),
    ]
    tab = compare(asked, given, None)
    assert [cell.rank for cell in tab.rows[0].cells] == [3, 1, 1, None, 4, None]
    assert [column.rank for column in tab.columns] == [3, 1, 1, None, 4, None]
    assert [cell.unranked_reason for cell in tab.rows[0].cells] == [None, None, None, "no_rate", None, None]
    assert [column.unranked_reason for column in tab.columns] == [None, None, None, "no_rate", None, None]
    assert (tab.rows[0].cells[3].total_cost, tab.rows[0].cells[3].total_cost_base) == (D("0.09"), None)
    assert (tab.rows[0].cells[5].state, tab.rows[0].cells[5].excluded_reason) == ("excluded", "disqualified")
    assert tab.rows[0].cells[5].unit_price == D(1)
    rates = {"USD": Rate(rate=D(13500), on=date(2026, 11, 20))}
    tab = compare(asked, given, None, Assumptions(rates=rates))
    # 0.09 USD x 13,500 = 1,215: behind 1,200, before 1,500.
    assert tab.rows[0].cells[3].total_cost_base == D(1215)
    assert [cell.rank for cell in tab.rows[0].cells] == [4, 1, 1, 3, 5, None]
    assert [column.rank for column in tab.columns] == [4, 1, 1, 3, 5, None]


def test_a_line_priced_at_another_revision_is_shown_but_does_not_compete() -> None:
    asked = rfq()
    cell = one(asked, priced(1, line_digest="ff" * 32))
    assert (cell.state, cell.excluded_reason, cell.unit_price, cell.rank) == ("excluded", "outdated", D(100), None)
    column = compare(rfq(), [bid(1, rfq(), priced(1, line_digest="ff" * 32))], None).columns[0]
    assert (column.lines_priced, column.total_cost, column.rank) == (0, D(0), None)


def test_a_digest_that_a_correction_left_current_competes() -> None:
    asked = rfq()
    asked = replace(asked, lines=(replace(asked.lines[0], also_current=("ff" * 32,)),))
    assert one(asked, priced(1, line_digest="ff" * 32)).state == "priced"


def test_what_was_not_confirmed_is_in_no_sum() -> None:
    asked = rfq(lines=(line(1), line(2)))
    tab = compare(asked, [bid(1, asked, priced(1, "10"), priced(2, "1", line_digest="ff" * 32))], None)
    assert (tab.columns[0].total, tab.columns[0].lines_priced, tab.columns[0].is_complete) == (D(1000), 1, False)


def test_sums_of_a_quote_and_who_leads() -> None:
    asked = rfq(lines=(line(1), line(2)))
    tab = compare(
        asked,
        [
            bid(1, asked, priced(1, "10", lead_time_days=20), priced(2, "5", lead_time_days=30)),
            bid(2, asked, priced(1, "1")),
        ],
        None,
    )
    first, second = tab.columns
    assert (first.total, first.lines_priced, first.is_complete, first.lead_time_days) == (D(1500), 2, True, 30)
    assert (second.total, second.lines_priced, second.is_complete) == (D(100), 1, False)
    # Cheaper because it leaves a line out is not cheaper.
    assert (first.rank, second.rank) == (1, 2)


def test_deviations_are_counted() -> None:
    given = tuple(
        CharacteristicAnswer(no=number, answer=answer, note="as agreed")  # type: ignore[arg-type]
        for number, answer in enumerate(("comply", "deviate", "cannot"), start=1)
    )
    assert one(rfq(), priced(1, characteristics=given)).deviations == 2


IMPORT = Baseline(
    kind="import",
    currency="USD",
    cif_unit_price=D("0.33"),
    duty_percent=D(5),
    annual_quantity=D(600000),
    idr_rate=D(16813),
)


def test_the_import_is_landed_with_duty_and_compared_in_rupiah_only() -> None:
    assert landed_unit(IMPORT) == D("5825.7045")
    assert landed_unit(None) is None
    assert landed_unit(Baseline(kind="local")) is None
    asked = rfq(lines=(line(1, baseline=IMPORT),))
    tab = compare(asked, [bid(1, asked, priced(1, "5534.4193"))], None)
    assert tab.rows[0].import_unit_price == D("5825.7045")
    assert tab.rows[0].cells[0].import_difference_percent == D("-5.00")
    assert one(asked, priced(1, "0.35"), currency="USD").import_difference_percent is None


def test_a_quantity_that_a_unit_does_not_have_is_refused() -> None:
    asked = rfq()
    with pytest.raises(Invalid):
        compare(asked, [], D("1.5"))
    with pytest.raises(Invalid):
        compare(asked, [], D(0))
    assert compare(asked, [], D(2)).columns == ()


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        (["5"], ["top"]),
        (["5", "6"], ["top", "middle"]),
        (["7", "5", "6"], ["bottom", "top", "middle"]),
        (["1", "2", "3", "4", "5", "6"], ["top", "top", "middle", "middle", "bottom", "bottom"]),
        (["5", "5", "5"], ["top", "top", "top"]),
    ],
)
def test_a_supplier_hears_its_third(prices: list[str], expected: list[str]) -> None:
    asked = rfq()
    given = [bid(n, asked, priced(1, price)) for n, price in enumerate(prices)]
    assert [bands_of(asked, given)[one.quote_id] for one in given] == expected
    # A quote in another currency stands among its own.
    abroad = bid(99, asked, priced(1, "0.01"), currency="USD")
    assert bands_of(asked, [*given, abroad])[abroad.quote_id] == "top"
    assert [bands_of(asked, [*given, abroad])[one.quote_id] for one in given] == expected
