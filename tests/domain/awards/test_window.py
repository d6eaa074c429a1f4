"""The window of an award at its very instants: a deadline belongs to nobody, at the instant itself it has passed."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest
import samples

from domain.actors import CLOCK, Actor, Role
from domain.awards import rules
from domain.awards.model import Award, AwardLine
from domain.errors import DeadlinePassed, ObjectionOpen, Standstill
from domain.ids import new_id
from domain.objections.rules import decide_file

UNTIL = datetime(2026, 12, 1, 3, tzinfo=UTC)
BY = UNTIL + timedelta(days=14)
TICK = timedelta(microseconds=1)
SUPPLIER = new_id()
ACTOR = Actor(
    credential_id=new_id(), organisation_id=SUPPLIER, name="key", roles=frozenset({Role.SUPPLIER}), verified=True
)
AWARD = Award(
    id=new_id(),
    rfq_id=samples.rfq().id,
    quote_id=new_id(),
    buyer_id=samples.BUYER,
    supplier_id=SUPPLIER,
    state="issued",
    version=2,
    currency="IDR",
    total=Decimal(1),
    note=None,
    proposed_by="sari",
    issued_by="budi",
    issued_at=UNTIL - timedelta(days=3),
    answered_at=None,
    end_reason=None,
    end_note=None,
    order_id=None,
    standstill_until=UNTIL,
    accept_by=BY,
    follows=None,
    reasons=(),
    created_at=UNTIL,
    updated_at=UNTIL,
    lines=(AwardLine(line_no=1, quantity=Decimal(1), unit_price=Decimal(1), tooling=Decimal(0), reason="other"),),
)


@pytest.mark.parametrize(
    ("at", "refused"),
    [(UNTIL - TICK, Standstill), (UNTIL, None), (BY - TICK, None), (BY, DeadlinePassed), (BY + TICK, DeadlinePassed)],
)
def test_accepting(at: datetime, refused: type[Exception] | None) -> None:
    if refused is None:
        assert rules.decide_accept(AWARD, ACTOR, objected=False, now=at).target == "accepted"
        with pytest.raises(ObjectionOpen):
            rules.decide_accept(AWARD, ACTOR, objected=True, now=at)
    else:
        with pytest.raises(refused):
            rules.decide_accept(AWARD, ACTOR, objected=False, now=at)


@pytest.mark.parametrize(
    ("at", "objected", "lapses"),
    [(BY - TICK, False, False), (BY, False, True), (BY, True, False), (BY + TICK, False, True)],
)
def test_lapsing_begins_where_accepting_ends(at: datetime, objected: bool, lapses: bool) -> None:
    arrow = rules.decide_lapse(AWARD, objected=objected, now=at)
    assert (arrow is not None and arrow.target == "lapsed") == lapses
    assert CLOCK.system is not None


def test_an_award_from_before_there_were_windows_never_lapses() -> None:
    old = msgspec.structs.replace(AWARD, standstill_until=None, accept_by=None)
    assert rules.decide_lapse(old, objected=False, now=BY + timedelta(days=400)) is None
    assert rules.decide_accept(old, ACTOR, objected=False, now=BY + timedelta(days=400))
    assert rules.window_after_objection(old, samples.rfq().terms, BY) is None


def test_the_time_that_an_objection_took_is_given_back() -> None:
    terms = samples.rfq().terms
    assert rules.window(terms, UNTIL) == (UNTIL, BY)
    assert rules.window_after_objection(AWARD, terms, UNTIL) is None
    assert rules.window_after_objection(AWARD, terms, UNTIL + TICK) == BY + TICK


@pytest.mark.parametrize(("at", "late"), [(UNTIL - TICK, False), (UNTIL, True)])
def test_objecting_ends_where_accepting_begins(at: datetime, late: bool) -> None:
    loser = msgspec.structs.replace(ACTOR, organisation_id=new_id())
    quote = samples.quote(state="opened", supplier_id=loser.organisation_id)
    if late:
        with pytest.raises(DeadlinePassed):
            decide_file(samples.rfq(), quote, [AWARD], [], loser, now=at)
    else:
        assert decide_file(samples.rfq(), quote, [AWARD], [], loser, now=at).target == "filed"
