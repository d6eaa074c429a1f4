"""What an award costs, and who may do what with it when."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain.actors import Actor, Role, Side
from domain.awards import rules
from domain.awards.model import Award, AwardLine, Surroundings
from domain.errors import FourEyes, Invalid, NotFound, NotVerified, QuoteExpired, Refusal, WrongState
from domain.ids import new_id
from domain.quotes.model import PriceBreak, Quote, QuoteLine, Tooling

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
BUYER, SUPPLIER, RFQ_ID = new_id(), new_id(), new_id()


def answer(*breaks: tuple[str, str], minimum: str | None = None, tooling: Tooling | None = None) -> QuoteLine:
    return QuoteLine(
        line_no=1,
        line_digest="d",
        answer="priced" if breaks else "declined",
        decline_reason=None,
        breaks=tuple(PriceBreak(min_quantity=Decimal(least), unit_price=Decimal(price)) for least, price in breaks),
        minimum_order_quantity=None if minimum is None else Decimal(minimum),
        lead_time_days=None,
        capacity_per_month=None,
        tooling=tooling,
        cost_breakdown=None,
        local_content=None,
        outside_processes=(),
        characteristics=(),
        note=None,
    )


def tool(cost: str, spread: int | None) -> Tooling:
    return Tooling(cost=Decimal(cost), ownership="buyer", life_pieces=None, amortised_over_pieces=spread)


STEPS = (("10", "120"), ("50", "100.5"), ("200", "90"))


@pytest.mark.parametrize(
    ("line", "quantity", "expected"),
    [
        (answer(*STEPS), "9", None),
        (answer(*STEPS), "10", ("120.0000", "0.0000")),
        (answer(*STEPS), "49", ("120.0000", "0.0000")),
        (answer(*STEPS), "50", ("100.5000", "0.0000")),
        (answer(*STEPS), "100000", ("90.0000", "0.0000")),
        (answer(*STEPS, minimum="60"), "59", None),
        (answer(*STEPS, minimum="60"), "60", ("100.5000", "0.0000")),
        (answer(), "60", None),
        # Paid once, whatever the quantity.
        (answer(("1", "100"), tooling=tool("5000", None)), "10", ("100.0000", "5000.0000")),
        # Spread: 5,000 over 1,000 pieces is 5 a piece, for any quantity up to those pieces …
        (answer(("1", "100"), tooling=tool("5000", 1000)), "10", ("105.0000", "0.0000")),
        (answer(("1", "100"), tooling=tool("5000", 1000)), "1000", ("105.0000", "0.0000")),
        # … and never more than its cost in all beyond them.
        (answer(("1", "100"), tooling=tool("5000", 1000)), "2500", ("102.0000", "0.0000")),
        (answer(("1", "100"), tooling=tool("1", 3)), "1", ("100.3333", "0.0000")),
    ],
)
def test_the_price_of_a_quantity(line: QuoteLine, quantity: str, expected: tuple[str, str] | None) -> None:
    found = rules.price_of(line, Decimal(quantity))
    assert (None if found is None else tuple(str(part) for part in found)) == expected


def priced(quantity: str, price: str, tooling: str = "0") -> AwardLine:
    return AwardLine(
        line_no=1, quantity=Decimal(quantity), unit_price=Decimal(price), tooling=Decimal(tooling), reason="other"
    )


@pytest.mark.parametrize(
    ("lines", "currency", "expected"),
    [
        ([priced("3", "0.5")], "IDR", "2"),  # half-even
        ([priced("5", "0.5")], "IDR", "2"),
        ([priced("1", "0.3"), priced("1", "0.3")], "IDR", "1"),  # rounded once, over all lines
        ([priced("3", "33.3333", "10")], "USD", "110.00"),
        ([priced("999999999999", "100.0001")], "IDR", "99999999999999"),
    ],
)
def test_the_total_is_rounded_once(lines: list[AwardLine], currency: str, expected: str) -> None:
    if expected == "99999999999999":
        with pytest.raises(Invalid):
            rules.total(lines, currency)
    else:
        assert str(rules.total(lines, currency)) == expected


def an_award(state: str = "proposed", **changes: Any) -> Award:
    award = Award(
        id=new_id(),
        rfq_id=RFQ_ID,
        quote_id=new_id(),
        buyer_id=BUYER,
        supplier_id=SUPPLIER,
        state=state,
        version=1,
        currency="IDR",
        total=Decimal(1),
        note=None,
        proposed_by="sari",
        issued_by=None,
        issued_at=None if state == "proposed" else NOW,
        answered_at=None,
        end_reason=None,
        end_note=None,
        order_id=None,
        standstill_until=None,
        accept_by=None,
        follows=None,
        reasons=(),
        created_at=NOW,
        updated_at=NOW,
        lines=(priced("1", "1"),),
    )
    return msgspec.structs.replace(award, **changes)


def a_quote(state: str = "opened", valid_until: date = date(2026, 11, 24)) -> Quote:
    return Quote(
        id=new_id(),
        rfq_id=RFQ_ID,
        buyer_id=BUYER,
        supplier_id=SUPPLIER,
        round=1,
        state=state,
        version=3,
        submission=1,
        unsubmitted=False,
        submitted_at=NOW,
        commitment="00",
        currency="IDR",
        valid_until=valid_until,
        technical_opened_at=None,
        opened_at=NOW,
        end_reason=None,
        end_note=None,
        created_at=NOW,
        updated_at=NOW,
    )


def around(**changes: Any) -> Surroundings:
    usual: dict[str, Any] = {"rfq_state": "evaluating", "rfq_ended": False, "quote": a_quote(), "four_eyes": False}
    return Surroundings(**(usual | changes))


def actor(organisation_id: UUID, *roles: Role, person: str | None = "Bagus", verified: bool = True) -> Actor:
    return Actor(
        credential_id=new_id(),
        organisation_id=organisation_id,
        name="key",
        person=person,
        roles=frozenset(roles),
        verified=verified,
    )


BUYS, SELLS = actor(BUYER, Role.BUYER), actor(SUPPLIER, Role.SUPPLIER)


@pytest.mark.parametrize(
    ("award", "who", "expected"),
    [
        (an_award(), BUYS, (Side.BUYER,)),
        (an_award(), SELLS, None),
        (an_award("issued"), SELLS, (Side.SUPPLIER,)),
        (an_award("cancelled"), SELLS, (Side.SUPPLIER,)),
        (an_award("cancelled", issued_at=None), SELLS, None),
        (an_award("issued"), actor(new_id(), Role.BUYER, Role.SUPPLIER), None),
        (an_award("issued"), actor(new_id(), Role.FACILITATOR, Role.OPERATOR), None),
    ],
)
def test_who_stands_where(award: Award, who: Actor, expected: tuple[Side, ...] | None) -> None:
    if expected is None:
        with pytest.raises(NotFound):
            rules.sides(award, who)
    else:
        assert rules.sides(award, who) == expected


@pytest.mark.parametrize(
    ("given", "who", "refusal"),
    [
        (around(), BUYS, None),
        (around(rfq_state="partially_awarded"), BUYS, None),
        (around(quote=a_quote("partially_awarded")), BUYS, None),
        (around(rfq_state="partially_awarded", rfq_ended=True), BUYS, WrongState),
        (around(rfq_state="closed"), BUYS, WrongState),
        (around(rfq_state="awarded"), BUYS, WrongState),
        (around(quote=a_quote("disqualified")), BUYS, WrongState),
        (around(quote=a_quote("awarded")), BUYS, WrongState),
        (around(quote=a_quote("expired")), BUYS, QuoteExpired),
        (around(quote=a_quote(valid_until=date(2026, 11, 23))), BUYS, QuoteExpired),
        (around(), actor(BUYER, Role.BUYER, verified=False), NotVerified),
        (around(), actor(BUYER, Role.BUYER, person="Sari"), None),
        (around(four_eyes=True), actor(BUYER, Role.BUYER, person="SARI"), FourEyes),
        (around(four_eyes=True), BUYS, None),
        (around(), SELLS, NotFound),
    ],
)
def test_issuing(given: Surroundings, who: Actor, refusal: type[Refusal] | None) -> None:
    def decide() -> object:
        return rules.decide_issue(an_award(), given, who, now=NOW)

    _decides(decide, refusal)


def test_a_quote_is_valid_to_the_end_of_its_day_in_indonesia() -> None:
    given = around(quote=a_quote(valid_until=date(2026, 11, 24)))
    # Midnight in WIB is 17:00 UTC.
    rules.decide_issue(an_award(), given, BUYS, now=datetime(2026, 11, 24, 16, 59, 59, 999_999, tzinfo=UTC))
    with pytest.raises(QuoteExpired):
        rules.decide_issue(an_award(), given, BUYS, now=datetime(2026, 11, 24, 17, tzinfo=UTC))


def _decides(decide: Callable[[], object], refusal: type[Refusal] | None) -> None:
    if refusal is None:
        decide()
    else:
        with pytest.raises(refusal):
            decide()


@pytest.mark.parametrize("state", ["proposed", "issued", "accepted", "declined", "cancelled"])
def test_what_each_side_may_do(state: str) -> None:
    given = around() if state == "proposed" else None
    award = an_award(state)
    expected = {"proposed": ["issue_award", "cancel_award"], "issued": ["cancel_award"]}
    assert rules.available(award, given, BUYS, now=NOW) == (expected.get(state, []), [])
    if state != "proposed":
        answers = ["accept_award", "decline_award"] if state == "issued" else []
        assert rules.available(award, given, SELLS, now=NOW) == (answers, [])


def test_what_is_blocked_says_why() -> None:
    given = around(four_eyes=True)
    allowed, blocked = rules.available(an_award(), given, actor(BUYER, Role.BUYER, person="Sari"), now=NOW)
    assert (allowed, [(name, refusal.code) for name, refusal in blocked]) == (
        ["cancel_award"],
        [("issue_award", "four_eyes_required")],
    )


class _Line(msgspec.Struct, frozen=True):
    """As much of a line as the sums need."""

    line_no: int
    quantity: Decimal

    def is_current(self, digest: str) -> bool:
        return digest == "d"


class _Asked(msgspec.Struct):
    """As much of an RFQ, or of a quote's content, as the sums need."""

    lines: tuple[Any, ...]


def asked(*quantities: str) -> Any:
    return _Asked(lines=tuple(_Line(number, Decimal(amount)) for number, amount in enumerate(quantities, 1)))


@pytest.mark.parametrize(
    ("accepted", "covered", "whole"),
    [
        ({}, False, False),
        ({1: "100"}, False, True),
        ({1: "99.999999", 2: "5"}, False, False),
        ({1: "100", 2: "5"}, True, True),
    ],
)
def test_what_acceptances_cover(accepted: dict[int, str], covered: bool, whole: bool) -> None:
    """Of two lines the quote has a price for the first alone."""
    rfq = asked("100", "5")
    content: Any = _Asked(lines=(answer(("1", "1")), msgspec.structs.replace(answer(), line_no=2)))
    amounts = {line_no: Decimal(amount) for line_no, amount in accepted.items()}
    assert rules.is_covered(rfq, amounts) is covered
    assert rules.is_whole(rfq, content, amounts) is whole
