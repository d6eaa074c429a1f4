"""The events that an organisation was told, ordered and found. Pure.

Events are what `GET /v1/events` shows to the scored organisation, in any order, as JSON or from SQL; ids are as the feed
shows them.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.scorecards.formulas import REPLIES
from domain.scorecards.model import LOOKBACK_DAYS, Reply

Event = Mapping[str, Any]
DAY = Decimal(86_400)
HOUR = Decimal(3_600)


class Told:
    """The events that one organisation was told up to an instant, once each, oldest first; and how to find them."""

    def __init__(self, events: Iterable[Event], as_of: datetime) -> None:
        since = as_of - timedelta(days=LOOKBACK_DAYS)
        once = {event["id"]: event for event in events if event["subject_id"] is not None}
        self.events = sorted(
            (event for event in once.values() if since <= moment(event["at"]) <= as_of),
            key=lambda event: (moment(event["at"]), event["subject_version"], event["id"]),
        )
        self.as_of = as_of
        self._by_type: dict[str, list[Event]] = {}
        for event in self.events:
            self._by_type.setdefault(event["type"], []).append(event)

    def of(self, *types: str) -> list[Event]:
        """Events of these types, oldest first."""
        if len(types) == 1:
            return self._by_type.get(types[0], [])
        return [event for event in self.events if event["type"] in types]

    def first(self, *types: str) -> dict[str, Event]:
        """By subject, the oldest event of these types."""
        found: dict[str, Event] = {}
        for event in self.of(*types):
            found.setdefault(event["subject_id"], event)
        return found


def moment(value: datetime | str) -> datetime:
    """An instant, as the database or as JSON has it."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def day_of(value: date | str | None) -> date | None:
    """A day, as the database or as JSON has it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def span(first: Event, last: Event, unit: Decimal) -> Decimal:
    """The time between two events, in units of so many seconds."""
    microseconds = (moment(last["at"]) - moment(first["at"])) // timedelta(microseconds=1)
    return Decimal(microseconds) / 1_000_000 / unit


def replies(told: Told) -> dict[str, Reply]:
    """By mark id, how what was said of it stands."""
    found: dict[str, Reply] = {}
    for event in told.of(*REPLIES):
        contested = moment(event["at"]) if event["to_state"] == "contested" else None
        found[event["subject_id"]] = Reply(state=event["to_state"], contested_at=contested)
    return found


def orders_of(told: Told, organisation: str, member: str) -> dict[str, Event]:
    """`order.issued` by order, of those in which the organisation is `supplier_id` or `buyer_id`."""
    return {
        event["subject_id"]: event for event in told.of("order.issued") if event["data"].get(member) == organisation
    }
