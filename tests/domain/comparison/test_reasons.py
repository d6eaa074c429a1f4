"""Why a quote lost: the truest code from its own figures against those that won."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import samples
from msgspec.structs import replace

from domain.comparison.model import Bid
from domain.comparison.reasons import Won, loss_reasons, no_award_reasons
from domain.quotes.model import CharacteristicAnswer, QuoteContent, QuoteLine, Tooling
from domain.rfqs.model import Baseline, Delivery, Rfq
from domain.vocabularies import is_code

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
WINNER, LOSER, OTHER = (UUID(int=number) for number in (1, 2, 3))
RFQ = samples.rfq(lines=(samples.line(1), samples.line(2)))


def answer(line_no: int, price: str = "100", **changes: Any) -> QuoteLine:
    line = RFQ.line(line_no)
    assert line is not None
    given = {"lead_time_days": 14, "line_digest": line.digest, **changes}
    return samples.priced(line_no, price, **given)


def bid(quote_id: UUID, *lines: QuoteLine, rfq: Rfq = RFQ, **changes: Any) -> Bid:
    digests = {line.line_no: line.digest for line in rfq.lines}
    content = QuoteContent(
        currency="IDR",
        valid_until=date(2027, 1, 31),
        incoterm=None,
        delivery_place=None,
        payment_days=None,
        note=None,
        lines=tuple(
            line if line.line_digest == "old" else replace(line, line_digest=digests[line.line_no]) for line in lines
        ),
    )
    return Bid(
        quote_id=quote_id, supplier_id=quote_id, supplier_name="PT", state="opened", content=replace(content, **changes)
    )


def won(*stated: str, quote_id: UUID = WINNER, **quantities: str) -> Won:
    amounts = {int(name[1:]): Decimal(amount) for name, amount in (quantities or {"l1": "100"}).items()}
    return Won(quote_id=quote_id, quantities=amounts, stated=frozenset(stated))


def tooling(cost: str) -> Tooling:
    return Tooling(cost=Decimal(cost), ownership="buyer", life_pieces=None, amortised_over_pieces=None)


DEVIATES = (CharacteristicAnswer(no=1, answer="deviate", note=None),)
DECLINED = replace(answer(1), answer="declined", decline_reason="capacity_full", breaks=())
CASES: list[Any] = [
    ("dearer", bid(LOSER, answer(1, "101")), (), "price_higher"),
    ("dearer by its tooling alone", bid(LOSER, answer(1, "99", tooling=tooling("200"))), (), "tooling_cost_higher"),
    ("cheaper but slower", bid(LOSER, answer(1, "90", lead_time_days=15)), (), "lead_time_longer"),
    ("dearer and slower", bid(LOSER, answer(1, "110", lead_time_days=15)), (), "price_higher"),
    ("stated: time", bid(LOSER, answer(1, "110", lead_time_days=15)), ("best_lead_time",), "lead_time_longer"),
    ("stated: time, which is no worse", bid(LOSER, answer(1, "110")), ("best_lead_time",), "price_higher"),
    ("stated: technical", bid(LOSER, answer(1, "90")), ("best_technical_score",), "technical_score_lower"),
    ("stated: price, cheaper", bid(LOSER, answer(1, "90")), ("lowest_total_cost",), "quantity_allocated"),
    ("no worse in anything", bid(LOSER, answer(1)), (), "quantity_allocated"),
    ("deviates, cheaper", bid(LOSER, answer(1, "50", characteristics=DEVIATES)), (), "specification_deviation"),
    ("no price", bid(LOSER, DECLINED, answer(2)), (), "incomplete"),
    ("no answer", bid(LOSER, answer(2, "1")), (), "incomplete"),
    ("below its least", bid(LOSER, answer(1, "1", minimum_order_quantity=Decimal(101))), (), "incomplete"),
    ("outdated revision", bid(LOSER, answer(1, "1", line_digest="old")), (), "incomplete"),
    ("expired", bid(LOSER, answer(1, "200"), valid_until=date(2026, 11, 23)), (), "quote_expired"),
    ("valid today", bid(LOSER, answer(1, "200"), valid_until=date(2026, 11, 24)), (), "price_higher"),
    ("another currency, slower", bid(LOSER, answer(1, lead_time_days=20), currency="USD"), (), "lead_time_longer"),
]


@pytest.mark.parametrize(("loser", "stated", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_the_truest_reason(loser: Bid, stated: tuple[str, ...], expected: str) -> None:
    winner = bid(WINNER, answer(1), answer(2))
    found = loss_reasons(RFQ, [winner, loser], [won(*stated)], now=NOW)
    assert found == {LOSER: expected}
    assert is_code("loss_reasons", expected)


def test_capacity_against_the_last_delivery_day() -> None:
    due = NOW.date() + timedelta(days=60)
    schedule = (Delivery(due_on=due, quantity=Decimal(100), certainty="firm"),)
    rfq = samples.rfq(lines=(samples.line(1, schedule=schedule),))
    winner = bid(WINNER, answer(1, "120", capacity_per_month=Decimal(50)), rfq=rfq)
    for capacity, expected in (
        (Decimal(49), "capacity_insufficient"),
        (Decimal(50), "quantity_allocated"),
        (None, "quantity_allocated"),
    ):
        loser = bid(LOSER, answer(1, "100", capacity_per_month=capacity), rfq=rfq)
        assert loss_reasons(rfq, [winner, loser], [won()], now=NOW) == {LOSER: expected}, capacity
    weak = bid(OTHER, answer(1, "120", capacity_per_month=Decimal(40)), rfq=rfq)
    loser = bid(LOSER, answer(1, "130", capacity_per_month=Decimal(45)), rfq=rfq)
    found = loss_reasons(rfq, [weak, loser], [won(quote_id=OTHER)], now=NOW)
    assert found == {LOSER: "price_higher"}, "the chosen one cannot do it either"


def test_a_split_is_compared_as_a_whole_and_lines_that_nobody_won_do_not_matter() -> None:
    one, two = bid(WINNER, answer(1, "100")), bid(OTHER, answer(1, "120"), answer(2, "1"))
    shares = [won(l1="50"), won(quote_id=OTHER, l1="50")]
    for price, expected in (("109", "quantity_allocated"), ("110", "quantity_allocated"), ("111", "price_higher")):
        loser = bid(LOSER, answer(1, price))
        assert loss_reasons(RFQ, [one, two, loser], shares, now=NOW) == {LOSER: expected}


def test_nothing_won_gives_no_reasons() -> None:
    assert loss_reasons(RFQ, [bid(LOSER, answer(1))], [], now=NOW) == {}


IMPORT = Baseline(
    kind="import", currency="USD", cif_unit_price=Decimal(1), idr_rate=Decimal(100), annual_quantity=Decimal(5)
)


@pytest.mark.parametrize(
    ("reason", "line", "expected"),
    [
        ("price_above_budget", answer(1), "price_higher"),
        ("lead_time_not_met", answer(1), "lead_time_longer"),
        ("capacity_insufficient", answer(1), "capacity_insufficient"),
        ("price_above_import", answer(1, "101"), "price_higher"),
        ("price_above_import", answer(1, "100"), "rfq_not_awarded"),
        ("no_compliant_quote", answer(1, characteristics=DEVIATES), "specification_deviation"),
        ("no_compliant_quote", DECLINED, "incomplete"),
        ("no_compliant_quote", answer(1), "rfq_not_awarded"),
        ("demand_changed", DECLINED, "rfq_not_awarded"),
    ],
)
def test_when_nobody_is_chosen_the_buyer_s_word_is_read_for_each(reason: str, line: QuoteLine, expected: str) -> None:
    rfq = samples.rfq(lines=(samples.line(1, baseline=IMPORT),))
    assert no_award_reasons(rfq, [bid(LOSER, line, rfq=rfq)], reason) == {LOSER: expected}
