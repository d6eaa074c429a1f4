"""The total cost and the break-even, against counting, without a database."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import content, line, priced, rfq

from domain.comparison.cost import (
    Assumptions,
    Conditions,
    Offer,
    Rate,
    break_even,
    carriage_of,
    conditions,
    settle,
    total_cost,
)
from domain.quotes.model import PriceBreak, QuoteLine, Tooling
from domain.vocabularies import vocabulary

D = Decimal


def under(assumed: Assumptions = Assumptions(), **head: object) -> Conditions:  # noqa: B008  frozen
    asked = rfq()
    return conditions(content(**head), asked.terms, settle(assumed, asked))


def tooled(price: str, cost: str, over: int | None, least: str = "1", minimum: str | None = None) -> QuoteLine:
    return priced(
        1,
        breaks=(PriceBreak(min_quantity=D(least), unit_price=D(price)),),
        tooling=Tooling(cost=D(cost), ownership="buyer", life_pieces=None, amortised_over_pieces=over),
        minimum_order_quantity=None if minimum is None else D(minimum),
    )


def test_each_figure_of_one_cell() -> None:
    """By hand: 120 wanted, 200 sold; freight 5 %; 75 days later than usual at 8 % a year."""
    of = under(
        Assumptions(freight_percent=D(5), capital_rate_percent=D(8), reference_payment_days=15, tooling_over=1000),
        incoterm="FOB",
        payment_days=90,
    )
    cost = total_cost(tooled("33.3333", "70007", None, minimum="200"), line(1), D(120), of)
    assert cost is not None
    # 33.3333 x 120 = 3,999.996; x 80 = 2,666.664; 70,007 x 200/1000 = 14,001.4; 5 % of 6,667 = 333.35
    assert (cost.total, cost.minimum_excess, cost.tooling_due, cost.freight) == (D(4000), D(2667), D(14001), D(333))
    assert cost.payment_terms == D(-340)  # 20,668 x 8 % x 75/365 = 339.75
    assert cost.total_cost == cost.total_cost_base == D(4000 + 2667 + 14001 + 333 - 340)


def test_the_dearest_price_of_the_largest_quantity_at_the_highest_rate_is_still_exact() -> None:
    rate = {"USD": Rate(rate=D("999999999.9999999999"), on=date(2026, 11, 20))}
    of = under(Assumptions(rates=rate, freight_per_kg=D("999999999999.999999")), currency="USD", incoterm="EXW")
    heavy = line(1, quantity=D(999999999999), mass_kg=D("99999999999999.999999"))
    cost = total_cost(priced(1, "99999999999999.9999"), heavy, D(999999999999), of)
    assert cost is not None
    assert cost.total == D("99999999999899999900000000.00")  # (10^18 - 1) x (10^12 - 1) / 10^4
    assert cost.total_cost_base is not None


def test_every_rule_of_the_vocabulary_says_who_bears_carriage() -> None:
    seller = {entry.code for entry in vocabulary("incoterms").entries if carriage_of(entry.code) == "seller"}
    assert seller == {"CPT", "CIP", "DAP", "DPU", "DDP", "CFR", "CIF"}
    assert {entry.attributes["carriage"] for entry in vocabulary("incoterms").entries} == {"seller", "buyer"}
    assert carriage_of(None) == carriage_of("XXX") == "buyer"


def test_terms_that_the_quote_leaves_open_are_those_of_the_rfq() -> None:
    asked = rfq()
    asked = replace(asked, terms=replace(asked.terms, incoterm="DDP", payment_days=60, currency="USD"))
    settled = settle(Assumptions(capital_rate_percent=D(10)), asked)
    assert (settled.base_currency, settled.reference_payment_days) == ("USD", 60)
    of = conditions(content(), asked.terms, settled)
    assert (of.carriage, of.payment_days, of.payment_factor, of.rate) == ("seller", 60, D(0), None)


@pytest.mark.parametrize(("price", "more"), [("100", 97), ("99.9999", 13), ("250.25", 1)])
def test_break_even_of_tooling_is_where_counting_finds_it(price: str, more: int) -> None:
    of = under()
    cheap, dear = tooled(price, "54321", None), priced(1, str(D(price) + more))
    found = break_even(Offer(dear, of), Offer(cheap, of), line(1))
    assert found is not None
    assert abs(found - D(54321) / more) <= 2
    assert _cheaper(cheap, dear, found, of)
    assert not _cheaper(cheap, dear, found - 1, of)
    assert break_even(Offer(cheap, of), Offer(dear, of), line(1)) == 1


def _base(answer: QuoteLine, quantity: Decimal, of: Conditions) -> Decimal:
    cost = total_cost(answer, line(1), quantity, of)
    assert cost is not None
    assert cost.total_cost_base is not None
    return cost.total_cost_base


def _cheaper(one: QuoteLine, other: QuoteLine, quantity: Decimal, of: Conditions) -> bool:
    return _base(one, quantity, of) < _base(other, quantity, of)


PRICES = st.decimals(min_value=1, max_value=60, places=2)


@st.composite
def answers(draw: st.DrawFn) -> QuoteLine:
    leasts = sorted(draw(st.sets(st.integers(1, 80), min_size=1, max_size=3)))
    pieces = draw(st.none() | st.integers(1, 120))
    return priced(
        1,
        breaks=tuple(PriceBreak(min_quantity=D(least), unit_price=draw(PRICES)) for least in leasts),
        minimum_order_quantity=draw(st.none() | st.integers(1, 90).map(D)),
        tooling=draw(st.none() | st.integers(0, 3000).map(lambda cost: tooled("1", str(cost), pieces).tooling)),
    )


@pytest.mark.slow
@given(answers(), answers(), st.integers(0, 60))
@settings(max_examples=150, deadline=None)
def test_break_even_is_a_place_where_the_order_changes(a: QuoteLine, b: QuoteLine, above: int) -> None:
    """Prices in cents and rounding to cents: exact figures and rounded ones agree but for tooling and terms."""
    assumed = Assumptions(capital_rate_percent=D(9), freight_percent=D(3), base_currency="USD")
    of = under(assumed, currency="USD", incoterm="FCA", payment_days=30)
    found = break_even(Offer(a, of), Offer(b, of), line(1), above=D(above))
    counted = [quantity for quantity in range(above + 1, 400) if _cheaper(b, a, D(quantity), of)]
    if found is None:
        # Nothing but what rounding alone brings about: a cent or two.
        assert all(_base(a, D(quantity), of) - _base(b, D(quantity), of) < D("0.05") for quantity in counted)
        return
    assert found > above
    assert _cheaper(b, a, found, of)
    assert found == above + 1 or not _cheaper(b, a, found - 1, of)
    earlier = [quantity for quantity in counted if quantity < found]
    assert all(_base(a, D(quantity), of) - _base(b, D(quantity), of) < D("0.05") for quantity in earlier)
