"""What a workshop may report of itself, and when the clock looks again. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from domain import quantity
from domain.actors import Actor
from domain.errors import Fault, Invalid
from domain.lifecycle import HEARTBEAT, Arrow, step
from domain.orders import rules as orders
from domain.orders.model import Order
from domain.schedules.model import HeartbeatDraft, ScheduleLine, Work
from domain.schedules.rules import REPORTING

MAX_HOURS = Decimal(100_000)
"""Free hours of a week, all machines and people together."""
MAX_HOURS_PER_UNIT = Decimal(10_000)
LOOK_EVERY = timedelta(hours=12)
"""How often the clock looks at a line that is covered."""


def decide_record(order: Order, draft: HeartbeatDraft, actor: Actor) -> Arrow:
    """The supplier reports on an order that it has acknowledged and that goes on."""
    step(REPORTING, order.state, orders.sides(order, actor))
    faults = list(_faults(order, draft))
    if faults:
        raise Invalid("The report does not fit the order.", faults=faults)
    return HEARTBEAT["record"]


def _faults(order: Order, draft: HeartbeatDraft) -> Iterator[Fault]:
    if not 0 <= draft.free_hours_per_week <= MAX_HOURS:
        yield Fault("/free_hours_per_week", f"Free hours of a week lie between 0 and {MAX_HOURS}.")
    seen: set[int] = set()
    for place, item in enumerate(draft.work):
        at = f"/lines/{place}"
        line = order.line(item.line_no)
        if item.line_no in seen:
            yield Fault(f"{at}/line_no", f"Line {item.line_no} is named twice.")
        seen.add(item.line_no)
        if line is None:
            yield Fault(f"{at}/line_no", f"The order has no line {item.line_no}.")
        else:
            yield from _faults_of_work(item, line.unit, at)


def _faults_of_work(item: Work, unit: str, at: str) -> Iterator[Fault]:
    if item.in_progress != 0 and (wrong := quantity.fault(item.in_progress, unit)):
        yield Fault(f"{at}/in_progress", wrong)
    if item.hours_per_unit is not None and not 0 < item.hours_per_unit <= MAX_HOURS_PER_UNIT:
        yield Fault(f"{at}/hours_per_unit", f"Hours for one unit lie above 0 and are at most {MAX_HOURS_PER_UNIT}.")


def next_look(line: ScheduleLine, now: datetime) -> datetime:
    """When the clock looks again at a line that is covered, or of which it has told."""
    if now >= line.due_ends_at:
        return now + LOOK_EVERY
    return min(now + LOOK_EVERY, line.due_ends_at)
