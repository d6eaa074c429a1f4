"""Every figure of random tabs against fractions: neither way through a cell may differ by the last digit."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from random_tabs import random_tab

from domain import money
from domain.comparison.cost import Assumptions, carriage_of, settle
from domain.comparison.model import Bid, Cell
from domain.comparison.rules import compare
from domain.quotes.model import QuoteLine
from domain.rfqs.model import Line, Rfq


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Half to even, as `round` does with fractions."""
    return Decimal(round(value * 10**decimals)).scaleb(-decimals)


def _decimal(value: Fraction) -> Decimal:
    """Exact: what is shown unrounded has 6 decimals at most."""
    return Decimal(int(value * 10**6)).scaleb(-6)


def check(cell: Cell, answer: QuoteLine, line: Line, wanted: Decimal, bid: Bid, asked: Rfq, used: Assumptions) -> None:
    minor = money.minor_unit(bid.content.currency)
    quantity = Fraction(wanted)
    least = max(Fraction(answer.breaks[0].min_quantity), Fraction(answer.minimum_order_quantity or 0))
    bought = max(quantity, least)
    price = Fraction([step.unit_price for step in answer.breaks if step.min_quantity <= bought][-1])
    total, excess = rounded(price * quantity, minor), rounded(price * (bought - quantity), minor)
    due = Decimal(0)
    if answer.tooling is not None:
        pieces = answer.tooling.amortised_over_pieces or used.tooling_over
        share = Fraction(1) if pieces is None else min(bought, Fraction(pieces)) / pieces
        due = rounded(Fraction(answer.tooling.cost) * share, minor)
    base = used.base_currency or ""
    stated = used.rates.get(bid.content.currency)
    rate = Fraction(1) if bid.content.currency == base else None if stated is None else Fraction(stated.rate)
    freight: Decimal | None = Decimal(0)
    if carriage_of(bid.content.incoterm or asked.terms.incoterm) == "buyer":
        if used.freight_per_kg:
            known = rate is not None and line.spec.mass_kg is not None
            freight = None
            if known and rate is not None and line.spec.mass_kg is not None:
                freight = rounded(Fraction(line.spec.mass_kg) * bought * Fraction(used.freight_per_kg) / rate, minor)
        else:
            freight = rounded(Fraction(total + excess) * Fraction(used.freight_percent or 0) / 100, minor)
    days, reference = bid.content.payment_days, used.reference_payment_days or 0
    later = 0 if days is None else days - reference
    if days is None and asked.terms.payment_days is not None:
        later = asked.terms.payment_days - reference
    terms = rounded(
        -Fraction(total + excess + due) * Fraction(used.capital_rate_percent) / 100 * Fraction(later, 365), minor
    )
    assert (cell.quantity_bought, cell.minimum_quantity, cell.unit_price) == tuple(
        _decimal(value) for value in (bought, least, price)
    )
    assert (cell.total, cell.minimum_excess, cell.tooling_due) == (total, excess, due)
    assert (cell.total_with_tooling, cell.freight, cell.payment_terms) == (total + due, freight, terms)
    whole = None if freight is None else total + excess + due + freight + terms
    assert cell.total_cost == whole
    of_base = None if whole is None or rate is None else rounded(Fraction(whole) * rate, money.minor_unit(base))
    assert cell.total_cost_base == of_base
    if answer.capacity_per_month is not None:
        assert cell.capacity_months == rounded(bought / Fraction(answer.capacity_per_month), 2)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_every_figure_of_a_random_tab_is_what_fractions_say(seed: int) -> None:
    asked, bids, quantity, stated = random_tab(seed)
    tab, used = compare(asked, bids, quantity, stated), settle(stated, asked)
    for line, row in zip(asked.lines, tab.rows, strict=True):
        for bid, cell in zip(bids, row.cells, strict=True):
            answer = bid.content.line(line.line_no)
            if answer is not None and answer.answer == "priced":
                check(cell, answer, line, quantity or line.quantity, bid, asked, used)
            else:
                assert cell.total is None
    for place, (column, bid) in enumerate(zip(tab.columns, bids, strict=True)):
        cells = [row.cells[place] for row in tab.rows]
        counted = [cell for cell in cells if cell.total is not None and (bid.state != "opened" or cell.competes)]
        for name in ("total", "total_with_tooling", "total_cost", "total_cost_base", "freight", "tooling_due"):
            values = [getattr(cell, name) for cell in counted]
            assert getattr(column, name) == (None if None in values else sum(values, Decimal(0)))
