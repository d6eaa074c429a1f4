"""Whether what was ordered arrived in time and in full. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from domain import calendar
from domain.scorecards.model import ZERO, Fact
from domain.scorecards.telling import Event, Told, day_of, moment, orders_of


class _Terms:
    """What one line owes: how much, by the end of which day."""

    def __init__(self, line: Mapping[str, Any]) -> None:
        self.quantity = Decimal(line["quantity"])
        self._asked = day_of(line.get("due_on"))
        self._promised: date | None = None
        self.events: list[str] = []

    @property
    def day(self) -> date | None:
        """The day that the buyer asked for; where it asked for none, the one that the supplier promised."""
        return self._asked or self._promised

    def change(self, event: Event, line: Mapping[str, Any]) -> None:
        """As the event says it; a day that it does not name stays."""
        if "ordered" in line:
            self.quantity = Decimal(line["ordered"])
        self._asked = day_of(line.get("due_on")) or self._asked
        self._promised = day_of(line.get("promised_on")) or self._promised
        self.events.append(event["id"])


class _Delivery(NamedTuple):
    """So much of a line arrived, by one receipt."""

    at: datetime
    quantity: Decimal
    event: str


class _Holds:
    """When an order was on hold."""

    def __init__(self, steps: Iterable[Event]) -> None:
        self._spans: list[tuple[datetime, datetime | None]] = []
        held: datetime | None = None
        for event in steps:
            if event["type"] == "order.held":
                held = moment(event["at"])
            elif event["type"] == "order.resumed" and held is not None:
                self._spans.append((held, moment(event["at"])))
                held = None
        if held is not None:
            self._spans.append((held, None))

    def moved(self, due: datetime) -> datetime | None:
        """An instant later by the time on hold that began before it; None while that has no end."""
        for first, last in self._spans:
            if first >= due:
                break
            if last is None:
                return None
            due += last - first
        return due


def on_time_in_full(told: Told, organisation: str) -> Iterator[Fact]:
    """Lines that fell due, or were received in full before: of the schedule where a line has one, else of the order."""
    issued = orders_of(told, organisation, "supplier_id")
    steps: dict[str, list[Event]] = {}
    for event in told.of(*AGREED, *ENDED, "order.held", "order.resumed"):
        steps.setdefault(event["subject_id"], []).append(event)
    arrived: dict[tuple[str, int], list[_Delivery]] = {}
    for event in told.of("receipt.recorded"):
        data = event["data"]
        at = moment(data.get("received_at") or event["at"])
        for line in data.get("lines", ()):
            came = _Delivery(at, Decimal(line["received"]), event["id"])
            arrived.setdefault((data.get("order_id"), line["line_no"]), []).append(came)
    schedules: dict[tuple[str, int], dict[str, list[Event]]] = {}
    for event in told.of(*SCHEDULED):
        place = (event["data"]["order_id"], event["data"]["line_no"])
        schedules.setdefault(place, {}).setdefault(event["subject_id"], []).append(event)
    for order_id, event in issued.items():
        holds = _Holds(steps.get(order_id, ()))
        for line in event["data"]["lines"]:
            place = (order_id, line["line_no"])
            deliveries = sorted(arrived.get(place, ()))
            if place in schedules:
                yield from _schedule_due(told, event, line["line_no"], schedules[place], deliveries, holds)
            else:
                yield from _line_due(told, event, line, steps.get(order_id, []), deliveries, holds)


AGREED = ("order.acknowledged", "order.changed", "order.short_closed")
ENDED = ("order.rejected", "order.cancelled")


SCHEDULED = (
    "schedule_line.forecast",
    "schedule_line.called_off",
    "schedule_line.released",
    "schedule_line.adjusted",
    "schedule_line.moved",
    "schedule_line.cancelled",
)


def _line_due(
    told: Told,
    issued: Event,
    line: Mapping[str, Any],
    steps: Sequence[Event],
    deliveries: Sequence[_Delivery],
    holds: _Holds,
) -> Iterator[Fact]:
    """The fact of one order line; none while it is not due, without a day, or ended before it fell due."""
    terms, ended = _Terms(line), False

    def due() -> datetime | None:
        return None if terms.day is None else holds.moved(calendar.end_of(terms.day, _zone(issued)))

    for event in steps:
        until = due()
        if until is not None and moment(event["at"]) >= until:
            break  # what is agreed afterwards does not make it punctual
        if event["type"] in ENDED:
            ended = True
        elif event["type"] in AGREED:
            for named in event["data"].get("lines", ()):
                if named["line_no"] == line["line_no"]:
                    terms.change(event, named)
    if terms.day is not None:
        events = [issued["id"], *terms.events]
        yield from _due(
            told, issued, line["line_no"], issued["subject_id"], terms.quantity, due(), deliveries, events, ended=ended
        )


def _schedule_due(
    told: Told,
    issued: Event,
    line_no: int,
    lines: Mapping[str, Sequence[Event]],
    deliveries: Sequence[_Delivery],
    holds: _Holds,
) -> Iterator[Fact]:
    """Facts of the called-off schedule lines of one order line. What arrives serves the earliest first."""
    owed: list[tuple[datetime | None, str, Decimal, list[str]]] = []
    for subject, steps in lines.items():
        until: datetime | None = None
        newest: Event | None = None
        for event in steps:
            if newest is not None and until is not None and moment(event["at"]) >= until:
                break  # as in an order line: what is moved once it is due was due
            newest = event
            day = day_of(event["data"]["due_on"])
            until = None if day is None else holds.moved(calendar.end_of(day, _zone(issued)))
        if newest is not None and newest["to_state"] == "firm":
            owed.append((until, subject, Decimal(newest["data"]["quantity"]), [steps[0]["id"], newest["id"]]))
    total = ZERO
    for until, subject, quantity, events in sorted(
        owed, key=lambda item: (item[0] is None, item[0] or told.as_of, item[1])
    ):
        total += quantity
        names = [issued["id"], *events]
        yield from _due(told, issued, line_no, subject, total, until, deliveries, names, ended=False, share=quantity)


def _zone(issued: Event) -> str:
    return str(issued["data"].get("zone", "WIB"))


def _due(
    told: Told,
    issued: Event,
    line_no: int,
    subject: str,
    quantity: Decimal,
    until: datetime | None,
    deliveries: Sequence[_Delivery],
    events: list[str],
    *,
    ended: bool,
    share: Decimal | None = None,
) -> Iterator[Fact]:
    """Whether `quantity` in all had arrived before `until` (None: on hold, no end known); `share` of it is this subject's."""
    total, full = ZERO, None
    for delivery in deliveries:
        if full is None and (until is None or delivery.at < until):
            total += delivery.quantity
            events.append(delivery.event)
            full = delivery.at if total >= quantity else None
    at = full or until
    if quantity <= 0 or at is None or at > told.as_of or (full is None and ended):
        return
    late = full is None
    yield Fact(
        formula="on_time_in_full",
        subject=subject,
        order_id=issued["subject_id"],
        line_no=line_no,
        at=at,
        counterparty=issued["data"]["buyer_id"],
        part=ZERO if late else Decimal(1),
        whole=Decimal(1),
        quantity=min(quantity - total, share or quantity) if late else None,
        mark="late" if late else None,
        events=tuple(dict.fromkeys(events)),
    )
