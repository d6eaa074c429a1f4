"""When a quote may do what: a table of callers, states and instants, without a database."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from samples import (
    AFTER,
    BEFORE,
    BUYER,
    CLOSES,
    RIVAL,
    SUPPLIER,
    THE_BUYER,
    THE_RIVAL,
    THE_SUPPLIER,
    actor,
    content,
    line,
    priced,
    quote,
    rfq,
)

from domain.actors import CLOCK, Actor, Role
from domain.errors import (
    DeadlinePassed,
    Forbidden,
    Incomplete,
    Invalid,
    NotFound,
    NotVerified,
    QuoteExpired,
    Refusal,
    StillSealed,
    WrongState,
)
from domain.lifecycle import QUOTE
from domain.quotes import rules
from domain.quotes.content import with_digests
from domain.quotes.model import Quote
from domain.rfqs.model import Rfq

GOOD = with_digests(content(priced(1)), rfq())
OPENED = quote(state="opened", opened_at=AFTER, valid_until=date(2027, 2, 1))
EVALUATING = rfq(state="evaluating", closed_at=CLOSES, opened_at=AFTER)
CLOSED = rfq(state="closed", closed_at=CLOSES)


def create(_: Quote, of: Rfq, who: Actor, now: datetime) -> object:
    return rules.decide_create(of, GOOD, who, now=now)


def update(it: Quote, of: Rfq, who: Actor, now: datetime) -> object:
    return rules.decide_update(it, of, GOOD, who, now=now)


def submit(it: Quote, of: Rfq, who: Actor, now: datetime) -> object:
    return rules.decide_submit(it, of, GOOD, who, now=now)


def reconfirm(it: Quote, of: Rfq, who: Actor, now: datetime) -> object:
    waiting = replace(it, state="needs_reconfirmation", lines_to_reconfirm=(1,)) if it.state == "submitted" else it
    return rules.decide_reconfirm(waiting, of, GOOD, who, now=now)


def withdraw(it: Quote, of: Rfq, who: Actor, now: datetime) -> object:
    return rules.decide_withdraw(it, of, who, now=now)


def disqualify(it: Quote, of: Rfq, who: Actor, _: datetime) -> object:
    return rules.decide_disqualify(it, of, who, "specification_not_met", awarding=False)


Decision = Callable[[Quote, Rfq, Actor, datetime], object]

REFUSED: list[tuple[Decision, Quote, Rfq, Actor, datetime, type[Refusal]]] = [
    (create, quote(), rfq(), actor(SUPPLIER, Role.BUYER), BEFORE, Forbidden),
    (create, quote(), rfq(), actor(BUYER, Role.BUYER, Role.SUPPLIER), BEFORE, Forbidden),
    (create, quote(), rfq(), THE_SUPPLIER, CLOSES, DeadlinePassed),
    (create, quote(), CLOSED, THE_SUPPLIER, AFTER, DeadlinePassed),
    (create, quote(), rfq(state="cancelled"), THE_SUPPLIER, BEFORE, WrongState),
    *(
        (move, quote(), rfq(), THE_RIVAL, BEFORE, NotFound)
        for move in (update, submit, reconfirm, withdraw, disqualify)
    ),
    *(
        (move, quote(), rfq(), THE_BUYER, BEFORE, StillSealed)
        for move in (update, submit, reconfirm, withdraw, disqualify)
    ),
    *(
        (move, quote(), CLOSED, THE_BUYER, AFTER, StillSealed)
        for move in (update, submit, reconfirm, withdraw, disqualify)
    ),
    *((move, OPENED, EVALUATING, THE_BUYER, AFTER, Forbidden) for move in (update, submit, reconfirm, withdraw)),
    *((move, quote(), rfq(), THE_SUPPLIER, CLOSES, DeadlinePassed) for move in (update, submit, reconfirm, withdraw)),
    *((move, quote(), CLOSED, THE_SUPPLIER, AFTER, DeadlinePassed) for move in (update, submit, reconfirm, withdraw)),
    *(
        (move, quote(), rfq(state="cancelled"), THE_SUPPLIER, BEFORE, WrongState)
        for move in (update, submit, reconfirm, withdraw)
    ),
    *(
        (move, quote(), rfq(round=2), THE_SUPPLIER, BEFORE, WrongState)
        for move in (update, submit, reconfirm, withdraw)
    ),
    *((move, quote(state="draft"), rfq(), THE_SUPPLIER, BEFORE, WrongState) for move in (reconfirm, withdraw)),
    (disqualify, OPENED, EVALUATING, THE_SUPPLIER, AFTER, Forbidden),
    (disqualify, quote(state="lapsed"), EVALUATING, THE_BUYER, AFTER, NotFound),
    (disqualify, quote(state="disqualified", opened_at=AFTER), EVALUATING, THE_BUYER, AFTER, WrongState),
]


@pytest.mark.parametrize(("decide", "it", "of", "who", "now", "refusal"), REFUSED)
def test_refusals(decide: Decision, it: Quote, of: Rfq, who: Actor, now: datetime, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        decide(it, of, who, now)


JUST_IN_TIME = CLOSES - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("decide", "it"),
    [
        (create, quote()),
        *((update, quote(state=state)) for state in ("draft", "submitted", "needs_reconfirmation", "withdrawn")),
        *((submit, quote(state=state)) for state in ("draft", "submitted", "needs_reconfirmation", "withdrawn")),
        (reconfirm, quote()),
        *((withdraw, quote(state=state)) for state in ("submitted", "needs_reconfirmation")),
    ],
)
def test_until_the_last_microsecond_its_supplier_may(decide: Decision, it: Quote) -> None:
    assert decide(it, rfq(), THE_SUPPLIER, JUST_IN_TIME)


def test_submitting_needs_verification_and_a_complete_content() -> None:
    unverified = Actor(
        credential_id=None, organisation_id=SUPPLIER, name="key", roles=frozenset({Role.SUPPLIER}), verified=False
    )
    with pytest.raises(NotVerified):
        rules.decide_submit(quote(state="draft"), rfq(), GOOD, unverified, now=BEFORE)
    with pytest.raises(Incomplete):
        rules.decide_submit(quote(state="draft"), rfq(), content(), THE_SUPPLIER, now=BEFORE)


def test_a_quote_is_disqualified_with_a_known_code_and_not_under_award() -> None:
    with pytest.raises(Invalid):
        rules.decide_disqualify(OPENED, EVALUATING, THE_BUYER, "ugly", awarding=False)
    with pytest.raises(WrongState):
        rules.decide_disqualify(OPENED, EVALUATING, THE_BUYER, "false_statement", awarding=True)


def test_an_ended_rfq_hides_from_its_buyer_what_was_never_opened() -> None:
    with pytest.raises(NotFound):
        rules.sides(quote(state="not_awarded"), rfq(state="cancelled", closed_at=CLOSES), THE_BUYER)
    assert rules.sides(OPENED, EVALUATING, THE_BUYER)


@pytest.mark.parametrize(
    ("change", "awarding", "now", "expires"),
    [
        ({}, False, datetime.fromisoformat("2027-02-01T16:59:59.999999+00:00"), False),
        ({}, False, datetime.fromisoformat("2027-02-01T17:00:00+00:00"), True),
        ({}, True, datetime.fromisoformat("2027-03-01T00:00:00+00:00"), False),
        ({"state": "awarded"}, False, datetime.fromisoformat("2027-03-01T00:00:00+00:00"), False),
    ],
)
def test_validity_ends_at_the_midnight_after_its_last_day(
    change: dict[str, Any], awarding: bool, now: datetime, expires: bool
) -> None:
    it = quote(**{"state": "opened", "opened_at": AFTER, "valid_until": date(2027, 2, 1)} | change)
    arrow = rules.decide_expire(it, awarding=awarding, now=now)
    assert arrow == (QUOTE["expire"] if expires else None)


def test_an_expired_quote_cannot_be_awarded_whether_the_clock_noticed_or_not() -> None:
    day = datetime.fromisoformat("2027-02-01T12:00:00+00:00")
    rules.require_valid(OPENED, now=day)
    with pytest.raises(QuoteExpired):
        rules.require_valid(OPENED, now=day + timedelta(days=1))
    with pytest.raises(QuoteExpired):
        rules.require_valid(quote(state="expired"), now=day)


def test_what_the_supplier_is_offered_and_why_not() -> None:
    assert rules.available(quote(), rfq(), THE_SUPPLIER, now=BEFORE) == (
        ["update_quote", "submit_quote", "withdraw_quote"],
        [],
    )
    allowed, blocked = rules.available(quote(), rfq(), THE_SUPPLIER, now=CLOSES)
    assert (allowed, {refusal.code for _, refusal in blocked}) == ([], {"deadline_passed"})
    assert rules.available(OPENED, EVALUATING, THE_BUYER, now=AFTER) == (["shortlist_quote", "disqualify_quote"], [])


def test_what_nobody_decides_but_the_system() -> None:
    assert rules.decide_open(quote()).target == "opened"
    assert rules.decide_lapse(quote(state="withdrawn")).target == "lapsed"
    assert rules.decide_award(OPENED, full=True).target == "awarded"
    assert rules.decide_award(OPENED, full=False).target == "partially_awarded"
    assert rules.decide_not_award(OPENED, "price_higher").target == "not_awarded"
    with pytest.raises(ValueError, match="no loss reason"):
        rules.decide_not_award(OPENED, "because")
    assert rules.decide_lapse(quote()).target == "lapsed", "of a round that ends unopened"
    assert rules.decide_supersede(OPENED).target == "superseded"
    with pytest.raises(WrongState):
        rules.decide_lapse(OPENED)
    with pytest.raises(WrongState):
        rules.decide_award(quote(), full=True)
    assert rules.decide_expire(quote(), awarding=False, now=AFTER) is None
    assert CLOCK.system is not None
    assert rules.sides(quote(), rfq(), CLOCK) == (CLOCK.system,)
    assert not THE_RIVAL.is_organisation(SUPPLIER)
    assert RIVAL != SUPPLIER


WAITS = quote(state="needs_reconfirmation", lines_to_reconfirm=(1,))
THREE = rfq(lines=(line(1), line(2), line(3)))


@pytest.mark.parametrize(
    ("it", "priced_lines", "outdated", "changed", "action", "lines"),
    [
        (quote(), {1, 2}, set(), {3}, None, None),
        (quote(), {1, 2}, {2}, {2, 3}, "disturb", (2,)),
        (quote(), set(), set(), {1}, None, None),
        (WAITS, {1, 2}, {1}, {1}, "disturb", (1,)),
        (WAITS, {1, 2}, {1}, {3}, None, None),
        (WAITS, {1, 2}, {1, 2}, {2}, "disturb", (1, 2)),
        (WAITS, {1, 2}, set(), {1}, "restore", ()),
        (quote(), {1, 9}, {9}, {9}, "disturb", (9,)),  # a line that is gone
    ],
)
def test_an_addendum_moves_the_quotes_that_price_what_it_changed(
    it: Quote,
    priced_lines: set[int],
    outdated: set[int],
    changed: set[int],
    action: str | None,
    lines: tuple[int, ...] | None,
) -> None:
    present = {one.line_no: one.digest for one in THREE.lines}
    digests = {no: "ff" * 32 if no in outdated else present[no] for no in priced_lines}
    found = rules.decide_disturb(it, digests, changed, THREE)
    assert (None if found is None else (found[0].action, found[1])) == (None if action is None else (action, lines))


def test_a_quote_with_a_line_that_stands_does_not_lapse() -> None:
    assert rules.lapses(WAITS, {1})
    assert rules.lapses(WAITS, set())
    assert not rules.lapses(WAITS, {1, 2})
    assert not rules.lapses(WAITS, None), "what it prices is not known"
