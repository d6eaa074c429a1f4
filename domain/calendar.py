"""Days and hours in Indonesia: the three time zones, working days, and the instant at which a day ends. Pure."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import NamedTuple

from domain.vocabularies import holiday, vocabulary

ZONES: dict[str, timezone] = {
    "WIB": timezone(timedelta(hours=7), "WIB"),
    "WITA": timezone(timedelta(hours=8), "WITA"),
    "WIT": timezone(timedelta(hours=9), "WIT"),
}
"""Western, Central and Eastern Indonesian time; none has daylight saving."""
WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
"""Provinces (first digits of a region code of Kemendagri): Bali, Nusa Tenggara, South, East, North Kalimantan, Sulawesi."""
WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96", "97"})
"""Maluku and Papua. All other provinces keep WIB (Keppres 41/1987)."""
WEEKEND = frozenset({5, 6})
"""Saturday and Sunday, as `date.weekday` counts."""


def zone_of(region_code: str | None) -> str:
    """The zone of a region; WIB where no region is known."""
    province = (region_code or "")[:2]
    return "WITA" if province in WITA else "WIT" if province in WIT else "WIB"


def today(now: datetime, zone: str) -> date:
    """The calendar day that it is in `zone`."""
    return now.astimezone(ZONES[zone]).date()


def end_of(day: date, zone: str) -> datetime:
    """The instant, in UTC, at which `day` has ended: the midnight that follows it in `zone`."""
    return datetime.combine(day + timedelta(days=1), time(), ZONES[zone]).astimezone(UTC)


class WorkingDays(NamedTuple):
    """How many working days there are, and the years among them of which no holidays are known."""

    days: int
    unknown_years: tuple[int, ...]


def working_days(first: date, last: date) -> WorkingDays:
    """Days from `first` to `last`, both included, without weekends, public holidays and days of collective leave.

    Of a year without holiday data only weekends are left out, and the year is named: its holidays are not guessed.
    """
    known = _years()
    days = [first + timedelta(days=number) for number in range(max((last - first).days + 1, 0))]
    count = sum(1 for day in days if day.weekday() not in WEEKEND and holiday(day) is None)
    return WorkingDays(count, tuple(sorted({day.year for day in days} - known)))


@cache
def _years() -> frozenset[int]:
    return frozenset(int(item.code[:4]) for item in vocabulary("holidays").entries)
