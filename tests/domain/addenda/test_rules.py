"""When an addendum may be published, what of it is material, and which older digests stay current."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from samples import AFTER, BEFORE, BUYER, CLOSES, THE_BUYER, THE_RIVAL, THE_SUPPLIER, actor, line, rfq

from domain.actors import Actor, Role
from domain.addenda import rules
from domain.addenda.model import Amendment
from domain.errors import (
    DeadlinePassed,
    Forbidden,
    Invalid,
    LimitReached,
    NothingChanged,
    NotVerified,
    QuotingTimeTooShort,
    Refusal,
    WrongState,
)
from domain.rfqs.model import Rfq

UNVERIFIED = replace(actor(BUYER, Role.BUYER), verified=False)


def amendment(**changes: Any) -> Amendment:
    made = Amendment(
        summary="x",
        set_lines=(),
        remove_lines=(),
        attach=(),
        detach=(),
        non_material=False,
        extend_if_needed=False,
    )
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("it", "who", "now", "refusal"),
    [
        (rfq(), THE_SUPPLIER, BEFORE, Forbidden),
        (rfq(), THE_RIVAL, BEFORE, Forbidden),
        (rfq(), UNVERIFIED, BEFORE, NotVerified),
        (rfq(), THE_BUYER, CLOSES, DeadlinePassed),
        (rfq(state="closed", closed_at=CLOSES), THE_BUYER, AFTER, WrongState),
        (rfq(state="draft"), THE_BUYER, BEFORE, WrongState),
        (rfq(state="cancelled"), THE_BUYER, BEFORE, WrongState),
        (rfq(revision=101), THE_BUYER, BEFORE, LimitReached),
    ],
)
def test_who_may_not_and_when(it: Rfq, who: Actor, now: Any, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        rules.decide_publish(it, who, now=now)
    assert rules.decide_publish(rfq(), THE_BUYER, now=CLOSES - timedelta(microseconds=1)).action == "publish_addendum"


def closes(least: timedelta, *, material: bool = True, hours: int = 48, **more: Any) -> Any:
    now = CLOSES - least
    return rules.closing(rfq(), rfq(), amendment(**more), material=material, hours=hours, now=now)


def test_the_minimum_time_to_the_microsecond() -> None:
    two_days = timedelta(hours=48)
    assert closes(two_days) == CLOSES
    assert closes(timedelta(0), hours=0) == CLOSES
    assert closes(timedelta(hours=1), material=False) == CLOSES
    with pytest.raises(QuotingTimeTooShort) as refused:
        closes(two_days - timedelta(microseconds=1))
    assert refused.value.faults[0].detail == "2027-01-10T11:00:00Z or later."
    assert closes(two_days - timedelta(microseconds=1), extend_if_needed=True) == CLOSES + timedelta(minutes=1)
    assert closes(two_days - timedelta(hours=5), extend_if_needed=True) == CLOSES + timedelta(hours=5)


@pytest.mark.parametrize(
    ("was", "changes", "pointer"),
    [
        ({}, {"quotes_close_at": CLOSES - timedelta(seconds=1)}, "/quotes_close_at"),
        ({}, {"questions_close_at": BEFORE}, "/questions_close_at"),
        ({}, {"questions_close_at": CLOSES - timedelta(minutes=1)}, "/questions_close_at"),
        (
            {"questions_close_at": CLOSES - timedelta(minutes=5)},
            {"questions_close_at": CLOSES - timedelta(minutes=6)},
            "/questions_close_at",
        ),
        ({"questions_close_at": CLOSES}, {"questions_close_at": None}, "/questions_close_at"),
    ],
)
def test_deadlines_move_only_later(was: dict[str, Any], changes: dict[str, Any], pointer: str) -> None:
    before = rfq(**was)
    with pytest.raises(Invalid) as refused:
        rules.closing(before, replace(before, **changes), amendment(), material=False, hours=0, now=BEFORE)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


def test_what_stays_current() -> None:
    first = rfq().lines[0]
    typo = replace(first, digest="02" * 32)
    [kept] = rules.marked(rfq(), [typo], non_material=True)
    assert kept.also_current == (first.digest,)
    assert kept.is_current(first.digest)
    assert kept.is_current("02" * 32)
    assert not kept.is_current("03" * 32)
    known = replace(rfq(), lines=(kept,))
    [again] = rules.marked(known, [replace(first, digest="03" * 32)], non_material=True)
    assert again.also_current == (first.digest, "02" * 32)
    [back] = rules.marked(known, [first], non_material=True)
    assert (back.digest, back.also_current) == (first.digest, ("02" * 32,))
    [material] = rules.marked(known, [replace(first, digest="03" * 32)], non_material=False)
    assert material.also_current == ()
    [untouched] = rules.marked(known, [replace(kept, also_current=())], non_material=False)
    assert untouched.also_current == (first.digest,), "another line's change takes nothing from this one"
    assert rules.marked(known, [line(2)], non_material=True)[0].also_current == ()


def test_something_has_to_change() -> None:
    it = rfq()
    with pytest.raises(NothingChanged):
        rules.judge(it, replace(it, revision=2, version=3), amendment())
    later = replace(it, quotes_close_at=AFTER)
    assert rules.judge(it, later, amendment())[1] is False
    assert rules.judge(it, replace(it, title="y"), amendment())[1] is True
    assert rules.judge(it, replace(it, title="y"), amendment(non_material=True))[1] is False
    secret = rfq(lines=(line(1, target_price=Decimal(5)),))
    assert rules.judge(it, secret, amendment())[1] is False
