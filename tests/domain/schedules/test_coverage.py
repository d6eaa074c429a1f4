"""The projection, by hand: each row says what the workshop reported and what becomes of two lines of one order."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from order_samples import order
from schedule_samples import NOW, line

from domain import calendar
from domain.schedules import coverage
from domain.schedules.model import Heartbeat, Schedule, Work

D = Decimal
FRIDAY, NEXT = date(2026, 10, 9), date(2026, 10, 16)
"""4 and 9 working days after today."""


def heartbeat(hours: str, stock: int, in_progress: str, per_unit: str | None, *, ago: timedelta) -> Heartbeat:
    sample = order()
    return Heartbeat(
        id=UUID(int=9),
        order_id=sample.id,
        buyer_id=sample.buyer_id,
        supplier_id=sample.supplier_id,
        state="recorded",
        version=1,
        free_hours_per_week=D(hours),
        raw_stock_days=stock,
        note=None,
        work=(Work(line_no=1, in_progress=D(in_progress), hours_per_unit=None if per_unit is None else D(per_unit)),),
        reported_by="key",
        created_at=NOW - ago,
        updated_at=NOW - ago,
    )


@pytest.mark.parametrize(
    ("hours", "stock", "in_progress", "per_unit", "projected", "statuses"),
    [
        # 40 h a week: 8 h a day, 4 days, 0.8 h each: 40 by Friday; by then 32 h are used, 9 days give 72 h: 50 more.
        ("40", 30, "0", "0.8", ["40", "50"], ["covered", "uncovered"]),
        ("40", 30, "10", "0.8", ["40", "60"], ["covered", "covered"]),
        # Raw material for 4 days: enough for Friday, and nothing more can be made of it for the next.
        ("60", 4, "0", "0.8", ["40", "20"], ["covered", "at_risk"]),
        ("0", 30, "40", "0.8", ["40", "0"], ["covered", "uncovered"]),
        # Without hours for one unit nothing is made, but what is in progress counts.
        ("400", 30, "45", None, ["40", "5"], ["covered", "uncovered"]),
    ],
)
def test_hours_stock_and_work_in_progress(
    hours: str, stock: int, in_progress: str, per_unit: str | None, projected: list[str], statuses: list[str]
) -> None:
    schedule = Schedule(order=order(), zone="WIB", lines=(line(2, NEXT, "60"), line(1, FRIDAY, "40")))
    seen = coverage.project(schedule, heartbeat(hours, stock, in_progress, per_unit, ago=timedelta(days=1)), now=NOW)
    assert [item.working_days for item in seen.lines] == [4, 9]
    assert [str(item.projected) for item in seen.lines] == projected
    assert [item.status for item in seen.lines] == statuses
    assert (seen.stale, seen.unknown_years) == (False, ())


@pytest.mark.parametrize("ago", [None, timedelta(days=8, seconds=1)])
def test_without_a_fresh_report_only_what_was_sent_is_known(ago: timedelta | None) -> None:
    report = None if ago is None else heartbeat("400", 30, "0", "0.1", ago=ago)
    thing = order(despatched="50", received="40", accepted="40")
    schedule = Schedule(order=thing, zone="WIB", lines=(line(1, FRIDAY, "40", state="fulfilled"), line(2, NEXT, "60")))
    seen = coverage.project(schedule, report, now=NOW)
    assert seen.stale
    assert [(item.status, item.projected) for item in seen.lines] == [("fulfilled", D(40)), ("unknown", None)]
    assert (seen.lines[1].share.despatched, seen.lines[1].share.received) == (D(10), D(0))


def test_overdue_begins_with_the_midnight_of_the_zone() -> None:
    thing = order(despatched="40", received="39")
    schedule = Schedule(order=thing, zone="WIB", lines=(line(1, FRIDAY, "40"),))
    midnight = calendar.end_of(FRIDAY, "WIB")
    assert coverage.project(schedule, None, now=midnight - timedelta(seconds=1)).lines[0].status == "covered"
    assert coverage.project(schedule, None, now=midnight).lines[0].status == "overdue"
    thing = order(despatched="40", received="40")
    schedule = Schedule(order=thing, zone="WIB", lines=(line(1, FRIDAY, "40"),))
    assert coverage.project(schedule, None, now=midnight).lines[0].status == "covered"


def test_a_later_commitment_is_a_risk_and_a_forecast_is_never_overdue() -> None:
    report = heartbeat("400", 30, "0", "0.1", ago=timedelta(0))
    late = line(1, FRIDAY, "40", committed_on=NEXT)
    guess = line(2, date(2026, 10, 1), "10", state="forecast")
    seen = coverage.project(Schedule(order=order(), zone="WIB", lines=(late, guess)), report, now=NOW)
    assert [item.status for item in seen.lines] == ["uncovered", "at_risk"]


def test_a_year_without_holidays_is_named() -> None:
    schedule = Schedule(order=order(), zone="WIB", lines=(line(1, date(2028, 1, 3), "40"),))
    assert coverage.project(schedule, None, now=NOW).unknown_years == (2028,)
