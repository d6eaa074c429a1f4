"""Whether what is due will be there: a projection from what the workshop last reported. Pure.

For each open line, earliest due first: what was sent counts, then what is in progress, then what can be made with the
free hours of the working days until the day it is due (`free_hours_per_week` / 5 for each), no longer than the raw
material lasts. Hours that an earlier line takes are gone for a later one. Everything in progress is taken to be ready in
time; what the workshop gives no hours for is not made.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

import msgspec

from domain import calendar
from domain.orders.model import ZERO, Order
from domain.orders.rules import SMALLEST
from domain.quantity import plain
from domain.schedules.model import Heartbeat, Schedule, ScheduleLine, Share, by_line, of_line
from domain.schedules.rules import shares
from domain.vocabularies import unit_is_whole

FRESH = timedelta(days=8)
"""A report is weekly; one older than this says nothing any more."""
DAYS_PER_WEEK = 5
Status = Literal["fulfilled", "covered", "at_risk", "uncovered", "overdue", "unknown"]
BAD: frozenset[Status] = frozenset({"at_risk", "uncovered", "overdue"})


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """One schedule line. `projected` of its quantity is expected in time; None where no fresh report says anything.

    `working_days` are those left until it is due, today excluded.
    """

    line: ScheduleLine
    share: Share
    projected: Decimal | None
    working_days: int
    status: Status


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """All open and fulfilled lines; `unknown_years` have no holiday data, so that only weekends were left out."""

    order: Order
    zone: str
    heartbeat: Heartbeat | None
    stale: bool
    unknown_years: tuple[int, ...]
    lines: tuple[Covered, ...]


class _Pool:
    """What is left to make things of, while lines are served one after the other."""

    def __init__(self, heartbeat: Heartbeat) -> None:
        self.hours_per_day = heartbeat.free_hours_per_week / DAYS_PER_WEEK
        self.stock_days = heartbeat.raw_stock_days
        self.in_progress = {item.line_no: item.in_progress for item in heartbeat.work}
        self.hours_per_unit = {item.line_no: item.hours_per_unit for item in heartbeat.work}
        self.used = {False: ZERO, True: ZERO}

    def from_progress(self, line_no: int, need: Decimal) -> Decimal:
        """Take from what is in progress."""
        taken = min(need, self.in_progress.get(line_no, ZERO))
        self.in_progress[line_no] = self.in_progress.get(line_no, ZERO) - taken
        return taken

    def made(self, line_no: int, need: Decimal, days: int, smallest: Decimal, *, restocked: bool) -> Decimal:
        """Make within `days`; `restocked` as if raw material were no limit."""
        hours = self.hours_per_unit.get(line_no)
        if hours is None or need <= 0:
            return ZERO
        free = self.hours_per_day * (days if restocked else min(days, self.stock_days)) - self.used[restocked]
        amount = min(need, max((free / hours).quantize(smallest, rounding=ROUND_FLOOR), ZERO))
        self.used[restocked] += amount * hours
        return amount


def project(schedule: Schedule, heartbeat: Heartbeat | None, *, now: datetime) -> Coverage:
    """What of a schedule is covered, at risk, uncovered or overdue at the instant `now`."""
    order = schedule.order
    today = calendar.today(now, schedule.zone)
    known = by_line(schedule.lines)
    lines = [item for line in order.lines for item in of_line(known[line.line_no], line.line_no)]
    share = {key: value for line in order.lines for key, value in shares(line, known[line.line_no]).items()}
    smallest = {line.line_no: Decimal(1) if unit_is_whole(line.unit) else SMALLEST for line in order.lines}
    last = max((item.due_on for item in lines if item.state in {"forecast", "firm"}), default=today)
    days = _days(today, last)
    stale = heartbeat is None or now - heartbeat.created_at > FRESH
    pool = None if heartbeat is None or stale else _Pool(heartbeat)
    found: dict[object, Covered] = {}
    for item in sorted(lines, key=lambda line: (line.due_on, line.line_no)):
        left = days.get(item.due_on, 0)
        projected, restocked = _projected(item, share[item.id], pool, left, smallest[item.line_no])
        found[item.id] = Covered(
            line=item,
            share=share[item.id],
            projected=None if projected is None else plain(projected),
            working_days=left,
            status=_status(item, share[item.id], projected, restocked, now=now),
        )
    return Coverage(
        order=order,
        zone=schedule.zone,
        heartbeat=heartbeat,
        stale=stale,
        unknown_years=calendar.working_days(today, last).unknown_years,
        lines=tuple(found[item.id] for item in lines),
    )


def _days(today: date, last: date) -> Mapping[date, int]:
    """Working days from tomorrow to each day until `last`."""
    found: dict[date, int] = {}
    count, day = 0, today
    while day < last:
        day += timedelta(days=1)
        count += calendar.working_days(day, day).days
        found[day] = count
    return found


def _projected(
    item: ScheduleLine, share: Share, pool: _Pool | None, days: int, smallest: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """(with the raw material there is, with as much as is needed)."""
    if item.state == "fulfilled":
        return item.quantity, item.quantity
    if pool is None:
        return None, None
    ready = share.despatched + pool.from_progress(item.line_no, item.quantity - share.despatched)
    need = item.quantity - ready
    return (
        ready + pool.made(item.line_no, need, days, smallest, restocked=False),
        ready + pool.made(item.line_no, need, days, smallest, restocked=True),
    )


def _status(
    item: ScheduleLine, share: Share, projected: Decimal | None, restocked: Decimal | None, *, now: datetime
) -> Status:
    if item.state == "fulfilled":
        return "fulfilled"
    if item.state == "firm" and now >= item.due_ends_at and share.received < item.quantity:
        return "overdue"
    if share.despatched >= item.quantity:
        return "covered"
    if projected is None or restocked is None:
        return "unknown"
    if projected >= item.quantity:
        late = item.committed_on is not None and item.committed_on > item.due_on
        return "at_risk" if late else "covered"
    return "at_risk" if restocked >= item.quantity else "uncovered"
