"""Days and hours in Indonesia."""

from datetime import UTC, date, datetime

import pytest

from domain import calendar


@pytest.mark.parametrize(
    ("region", "zone"),
    [(None, "WIB"), ("", "WIB"), ("35.15", "WIB"), ("61", "WIB"), ("51.71", "WITA"), ("73", "WITA"), ("81", "WIT")],
)
def test_a_region_has_its_zone(region: str | None, zone: str) -> None:
    assert calendar.zone_of(region) == zone


def test_a_day_ends_at_midnight_where_it_is_delivered() -> None:
    day = date(2026, 12, 1)
    assert calendar.end_of(day, "WIB") == datetime(2026, 12, 1, 17, tzinfo=UTC)
    assert calendar.end_of(day, "WITA") == datetime(2026, 12, 1, 16, tzinfo=UTC)
    assert calendar.end_of(day, "WIT") == datetime(2026, 12, 1, 15, tzinfo=UTC)
    late = datetime(2026, 12, 1, 15, 30, tzinfo=UTC)
    assert [calendar.today(late, zone).day for zone in ("WIB", "WITA", "WIT")] == [1, 1, 2]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # Monday to Sunday; 16 February is collective leave, 17 February New Year.
        (date(2026, 2, 16), date(2026, 2, 22), (3, ())),
        (date(2026, 2, 9), date(2026, 2, 13), (5, ())),
        (date(2026, 2, 14), date(2026, 2, 15), (0, ())),
        (date(2026, 2, 14), date(2026, 2, 13), (0, ())),
        # Nobody has decreed the holidays of 2031 yet: weekends only, and the year is named.
        (date(2031, 1, 1), date(2031, 1, 7), (5, (2031,))),
        (date(2027, 12, 31), date(2028, 1, 3), (2, (2028,))),
    ],
)
def test_working_days(first: date, last: date, expected: tuple[int, tuple[int, ...]]) -> None:
    assert calendar.working_days(first, last) == expected
