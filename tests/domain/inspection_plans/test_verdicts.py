"""The verdict on a sample, and what an inspected lot does to a plan, without a database."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from order_samples import order
from samples import AFTER, BUYER, SUPPLIER

from domain.inspection_plans import rules
from domain.inspection_plans.model import InspectionPlan, Terms
from domain.quality.sampling import LotResult, Result, Sampling, Verdict, lot_result, tally, verdict, worst

D = Decimal
GOOD = LotResult(accepted=True, good=True, major_nonconforming=0)
FAIR = LotResult(accepted=True, good=False, major_nonconforming=1)
BAD = LotResult(accepted=False, good=False, major_nonconforming=9)


def plan(state: str = "normal", *, terms: dict[str, Any] | None = None, **changes: Any) -> InspectionPlan:
    asked = Terms(
        level="II",
        major="1.0",
        minor="4.0",
        critical_numbers=(1,),
        minor_numbers=(3,),
        allow_reduced=False,
        ship_to_stock_after=None,
        verify_every=3,
    )
    made = InspectionPlan(
        id=UUID(int=95),
        buyer_id=BUYER,
        supplier_id=SUPPLIER,
        part_number="P-001",
        state=state,
        version=1,
        terms=replace(asked, **(terms or {})),
        score=0,
        recent=(),
        rejected=0,
        run=0,
        skipped=0,
        created_at=AFTER,
        updated_at=AFTER,
    )
    return replace(made, **changes)


def sampling(known: InspectionPlan | None = None, size: str = "2000", **changes: Any) -> Sampling:
    """125 pieces: none critical, 3/4 major, 10/11 minor."""
    line = order().lines[0]
    made = rules.sampling_of(known or plan(), replace(line, **changes), "L1", D(size), D(0))
    assert made is not None
    return made


def result(no: int, bad: int = 0, size: int = 125) -> Result:
    return Result(no=no, values=(), sample_size=size, nonconforming=bad, outside=0, note=None)


@pytest.mark.parametrize(
    ("results", "known", "expected"),
    [
        ([], {1, 2, 3}, None),
        ([], set(), None),
        ([result(1), result(2), result(3)], {1, 2, 3}, "passed"),
        ([result(1), result(2, 3), result(3, 10)], {1, 2, 3}, "passed"),
        ([result(1), result(2, 4), result(3)], {1, 2, 3}, "failed"),
        ([result(1), result(2), result(3, 11)], {1, 2, 3}, "failed"),
        ([result(1, 1)], {1, 2, 3}, "failed"),  # one critical decides at once
        ([result(1), result(2)], {1, 2, 3}, None),  # nothing of 3
        ([result(1), result(2, size=124), result(3)], {1, 2, 3}, None),
        ([result(1), result(2, size=100), result(2, size=25), result(3)], {1, 2, 3}, "passed"),  # in two parts
        ([result(1), result(2, 2), result(4, 2), result(3)], {1, 2, 3, 4}, "failed"),  # added up in the class
        ([result(2)], set(), "passed"),
        ([result(2, size=10)], set(), None),
    ],
)
def test_the_verdict(results: list[Result], known: set[int], expected: Verdict | None) -> None:
    assert verdict(sampling(), results, known) == expected


def test_counts_are_added_up_over_recordings() -> None:
    results = [result(2, 1, 60), result(2, 2, 65), result(3, 2)]
    assert tally(results) == {2: (125, 3), 3: (125, 2)}
    assert worst(results) == 3
    assert worst([]) == 0


@pytest.mark.parametrize(
    ("seen", "rejected", "accepted", "good"),
    [
        ("passed", "0", True, True),
        ("passed", "2", True, False),
        ("failed", "0", False, False),
        (None, "0", True, True),
        (None, "1", False, False),
    ],
)
def test_what_a_lot_came_to(seen: Verdict | None, rejected: str, *, accepted: bool, good: bool) -> None:
    found = lot_result(sampling(), [result(2, 1), result(3, 5)], seen, D(rejected))
    assert (found.accepted, found.good, found.major_nonconforming) == (accepted, good, 1)


@pytest.mark.parametrize(
    ("before", "state", "lot", "action"),
    [
        (plan(), "normal", GOOD, "count"),
        (plan(recent=(False,)), "normal", BAD, "tighten"),
        (plan("tightened", recent=(True,) * 4), "tightened", GOOD, "relax"),
        (plan("tightened", rejected=4), "tightened", BAD, "discontinue"),
        (plan("reduced", terms={"allow_reduced": True}), "reduced", BAD, "relax"),
        (plan(score=27, terms={"allow_reduced": True}), "normal", GOOD, "reduce"),
        (plan(score=27), "normal", GOOD, "count"),
        (plan(run=4, terms={"ship_to_stock_after": 5}), "normal", GOOD, "trust"),
        (plan(run=4, terms={"ship_to_stock_after": 5}), "normal", FAIR, "count"),
        (plan("tightened", run=9, terms={"ship_to_stock_after": 5}), "tightened", GOOD, "count"),
        (plan("ship_to_stock", run=9), "ship_to_stock", GOOD, "count"),
        (plan("ship_to_stock", run=9), "ship_to_stock", FAIR, "relax"),
        (plan("ship_to_stock", run=9), "normal", BAD, "relax"),
        (plan("tightened", run=2), "normal", BAD, "count"),
        (plan("tightened"), "normal", BAD, None),
        (plan("tightened", run=2), "normal", GOOD, None),
        (plan("discontinued"), "discontinued", GOOD, None),
    ],
)
def test_what_a_lot_does_to_a_plan(before: InspectionPlan, state: str, lot: LotResult, action: str | None) -> None:
    drawn = sampling(replace(before, state=state))
    found = rules.counted(before, drawn, lot)
    assert (None if found is None else found[0].action) == action


def test_the_score_asks_for_the_next_lower_aql() -> None:
    tight = LotResult(accepted=True, good=True, major_nonconforming=2)  # 0.65 admits 2
    loose = LotResult(accepted=True, good=True, major_nonconforming=3)
    for lot, score in ((tight, 12), (loose, 0)):
        found = rules.counted(plan(score=9), sampling(), lot)
        assert found is not None
        assert found[1]["score"] == score


def test_every_so_many_lots_are_verified() -> None:
    known, seen = plan("ship_to_stock", run=5), []
    for _ in range(7):
        drawn = sampling(known)
        taken = rules.arrival(known, drawn)
        assert taken is not None
        known = replace(known, **taken[1])
        seen.append(drawn.skipped)
    assert seen == [True, True, False, True, True, False, True]


@pytest.mark.parametrize(("gate", "skipped"), [("none", True), ("open", True), ("closed", False), ("limited", False)])
def test_nothing_is_shipped_before_its_approval(gate: str, *, skipped: bool) -> None:
    assert sampling(plan("ship_to_stock"), gate=gate).skipped is skipped
    assert sampling(plan("normal"), gate=gate).skipped is False


def test_what_has_no_sample() -> None:
    line = order().lines[0]
    for unit, size in (("KGM", "10"), ("H87", "1000000001")):
        assert rules.sampling_of(plan(), replace(line, unit=unit), "L1", D(size), D(0)) is None
