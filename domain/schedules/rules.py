"""How a schedule is made, changed, committed to, followed and used up. Pure: no clock, no database, no HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any, NamedTuple

from domain import quantity
from domain.actors import Actor, Side
from domain.errors import (
    BelowDespatched,
    Fault,
    FrozenHorizon,
    Invalid,
    LimitReached,
    OverDespatch,
    QuantityExceeded,
)
from domain.lifecycle import SCHEDULE_LINE, Arrow, step
from domain.orders import rules as orders
from domain.orders.model import ZERO, Order, OrderLine
from domain.quantity import plain
from domain.rfqs.model import Delivery, Rfq
from domain.schedules.model import (
    COUNTED,
    MAX_EVER,
    MAX_LINES,
    OPEN,
    Schedule,
    ScheduleLine,
    Share,
    Wanted,
    by_line,
    of_line,
)
from domain.vocabularies import unit_is_whole

FARTHEST = timedelta(days=10 * 366)
"""How far ahead something may be due: more is a slip."""
Key = tuple[int, date]


class Step(NamedTuple):
    """One step of a schedule line, or a new one where `before` is None; `wanted` says its day and quantity."""

    before: ScheduleLine | None
    arrow: Arrow
    wanted: Wanted


def from_rfq(order: Order, rfq: Rfq) -> list[Wanted]:
    """The schedule of a new order: that of the RFQ, in proportion to what was awarded.

    Empty where it would have more lines than an order may have: the buyer then puts one.
    """
    found: list[Wanted] = []
    for line in order.lines:
        asked = next((item for item in rfq.lines if item.line_no == line.line_no), None)
        if asked is not None:
            found += split(line, asked.spec.schedule)
    return found if len(found) <= MAX_LINES else []


def split(line: OrderLine, deliveries: Sequence[Delivery]) -> Iterator[Wanted]:
    """`deliveries` scaled to the ordered quantity, in units that can be counted; the sum is what is ordered.

    What is due on one day is one line, firm as soon as a part of it is: the parts cannot be told apart when they arrive.
    """
    days: dict[date, Decimal] = {}
    firm: set[date] = set()
    for delivery in sorted(deliveries, key=lambda item: item.due_on):
        days[delivery.due_on] = days.get(delivery.due_on, ZERO) + delivery.quantity
        if delivery.certainty == "firm":
            firm.add(delivery.due_on)
    whole, smallest = sum(days.values(), ZERO), Decimal(1) if unit_is_whole(line.unit) else orders.SMALLEST
    until = given = ZERO
    for day, part in days.items():
        until += part
        # Each sum is rounded, not each part: so the last one is exact.
        share = (line.ordered * until / whole).quantize(smallest, rounding=ROUND_FLOOR) - given
        given += share
        if share > 0:
            certainty = "firm" if day in firm else "forecast"
            yield Wanted(line_no=line.line_no, due_on=day, quantity=plain(share), certainty=certainty)  # type: ignore[arg-type]


def creation(wanted: Wanted) -> Step:
    """A new line."""
    return Step(None, SCHEDULE_LINE["call_off" if wanted.certainty == "firm" else "forecast"], wanted)


def frozen_until(order: Order, today: date) -> date:
    """The first day that is not frozen."""
    return today + timedelta(days=order.terms.frozen_days)


def decide_put(schedule: Schedule, wanted: Sequence[Wanted], actor: Actor, *, today: date) -> list[Step]:
    """The buyer writes what is open anew: what it leaves out is cancelled, a forecast that it names as firm is released.

    Within the frozen horizon only releasing is free, unless the order is not acknowledged yet or the line has no schedule.
    """
    order = schedule.order
    taken = orders.sides(order, actor)
    step(PUTTING, order.state, taken)
    faults = list(_faults(schedule, wanted, today))
    if faults:
        raise Invalid("The schedule does not fit the order.", faults=faults)
    steps = list(_steps(schedule, wanted))
    _require_thawed(schedule, wanted, steps, today)
    _require_fitting(schedule, wanted)
    return steps


def _faults(schedule: Schedule, wanted: Sequence[Wanted], today: date) -> Iterator[Fault]:
    present = _open(schedule)
    seen: set[Key] = set()
    if len(wanted) > MAX_LINES:
        yield Fault("/lines", f"A schedule has {MAX_LINES} open lines at most.")
    for place, item in enumerate(wanted):
        at = f"/lines/{place}"
        line = schedule.order.line(item.line_no)
        before = present.get((item.line_no, item.due_on))
        if (item.line_no, item.due_on) in seen:
            yield Fault(f"{at}/due_on", f"Line {item.line_no} is due twice on {item.due_on}; add the two up.")
        seen.add((item.line_no, item.due_on))
        if line is None:
            yield Fault(f"{at}/line_no", f"The order has no line {item.line_no}.")
        elif wrong := quantity.fault(item.quantity, line.unit):
            yield Fault(f"{at}/quantity", wrong)
        if before is None and not today <= item.due_on <= today + FARTHEST:
            yield Fault(f"{at}/due_on", "Something new is due from today on, within ten years.")
        if before is not None and before.state == "firm" and item.certainty == "forecast":
            yield Fault(f"{at}/certainty", "What is firm does not become a forecast again; lower it or leave it out.")


def _open(schedule: Schedule) -> Mapping[Key, ScheduleLine]:
    return {(line.line_no, line.due_on): line for line in schedule.lines if line.state in OPEN}


def _steps(schedule: Schedule, wanted: Sequence[Wanted]) -> Iterator[Step]:
    """What gives quantity back comes first: the database counts after each statement."""
    present = _open(schedule)
    named = {(item.line_no, item.due_on): item for item in wanted}
    for key, line in present.items():
        if key not in named:
            yield Step(line, SCHEDULE_LINE["cancel"], _as_wanted(line, line.quantity))
    changed = [(present[key], item) for key, item in named.items() if key in present]
    for before, item in sorted(changed, key=lambda pair: pair[1].quantity - pair[0].quantity):
        if item.quantity != before.quantity:
            yield Step(before, SCHEDULE_LINE["adjust"], item)
        if item.certainty == "firm" and before.state == "forecast":
            yield Step(before, SCHEDULE_LINE["release"], item)
    for key, item in named.items():
        if key not in present:
            yield creation(item)


def _as_wanted(line: ScheduleLine, amount: Decimal, due_on: date | None = None) -> Wanted:
    certainty: Any = "forecast" if line.state == "forecast" else "firm"
    return Wanted(line_no=line.line_no, due_on=due_on or line.due_on, quantity=plain(amount), certainty=certainty)


def _require_thawed(schedule: Schedule, wanted: Sequence[Wanted], steps: Sequence[Step], today: date) -> None:
    if schedule.order.state == "issued":
        return
    edge = frozen_until(schedule.order, today)
    scheduled = {line.line_no for line in schedule.lines}
    places = {(item.line_no, item.due_on): place for place, item in enumerate(wanted)}
    faults = []
    for change in steps:
        key = (change.wanted.line_no, change.wanted.due_on)
        if change.wanted.due_on < edge and change.arrow.action != "release" and change.wanted.line_no in scheduled:
            at = f"/lines/{places[key]}" if key in places else "/lines"
            faults.append(Fault(at, f"Line {key[0]}, due on {key[1]}, is frozen until {edge}."))
    if faults:
        raise FrozenHorizon(
            "What is due within the frozen horizon changes by a change order that both sides sign.", faults=faults
        )


def _require_fitting(schedule: Schedule, wanted: Sequence[Wanted]) -> None:
    if len(schedule.lines) + len(wanted) > MAX_EVER:
        raise LimitReached(f"An order has {MAX_EVER} schedule lines at most, those included that ended.")
    known = by_line(schedule.lines)
    for line in schedule.order.lines:
        own = known[line.line_no]
        done = sum((item.quantity for item in own if item.state == "fulfilled"), ZERO)
        asked = [item for item in wanted if item.line_no == line.line_no]
        total = done + sum((item.quantity for item in asked), ZERO)
        if total > line.ordered:
            raise QuantityExceeded(
                f"Line {line.line_no}: {plain(total):f} {line.unit} would be scheduled of {line.ordered:f} ordered.",
                faults=[Fault("/lines", f"Schedule {line.ordered:f} at most, fulfilled lines included.")],
            )
        firm = done + sum((item.quantity for item in asked if item.certainty == "firm"), ZERO)
        if firm < min(line.sent, line.ordered, called_off(own, line.line_no)):
            raise BelowDespatched(
                f"Line {line.line_no}: {plain(line.sent):f} {line.unit} have been sent; no less stays firm.",
                faults=[Fault("/lines", "What has been sent was called off.")],
            )


def called_off(lines: Sequence[ScheduleLine], line_no: int) -> Decimal:
    """How much of an order line is firm or fulfilled."""
    return sum((line.quantity for line in of_line(lines, line_no) if line.state in COUNTED), ZERO)


def may_despatch(line: OrderLine, lines: Sequence[ScheduleLine]) -> Decimal:
    """How much more of an order line may be sent. While a part of it is only forecast, no more than is called off."""
    free = line.may_despatch
    if any(item.state == "forecast" for item in of_line(lines, line.line_no)):
        free = min(free, called_off(lines, line.line_no) - line.sent)
    return max(plain(free), ZERO)


def require_released(order: Order, lines: Sequence[ScheduleLine], sent: Mapping[int, Decimal]) -> None:
    """Raise OverDespatch when more would be sent (by line number) than the buyer has called off."""
    known = by_line(lines)
    faults = [
        Fault(
            "/lines",
            f"Line {line.line_no}: {plain(amount):f} {line.unit} are more than the {may_despatch(line, own):f} that "
            "the buyer has called off.",
        )
        for line in order.lines
        for amount in [sent.get(line.line_no, ZERO)]
        if amount > 0
        for own in [known[line.line_no]]
        if any(item.state == "forecast" for item in own) and amount > may_despatch(line, own)
    ]
    if faults:
        raise OverDespatch(" ".join(fault.detail for fault in faults[:10]), faults=faults)


PUTTING = Arrow(
    machine="order",
    action="schedule",
    source=("issued", "acknowledged", "in_progress", "on_hold"),
    target=None,
    by=(Side.BUYER,),
    event="",
    operation="put_schedule",
)
COMMITTING = Arrow(
    machine="order",
    action="commit",
    source=("acknowledged", "in_progress", "on_hold"),
    target=None,
    by=(Side.SUPPLIER,),
    event="",
    operation="commit_schedule_line",
)
REPORTING = Arrow(
    machine="order",
    action="report",
    source=("acknowledged", "in_progress", "on_hold"),
    target=None,
    by=(Side.SUPPLIER,),
    event="",
    operation="record_heartbeat",
)
"""No arrows of the order: what a schedule, a commitment and a report ask of its state."""


def decide_commit(line: ScheduleLine, order: Order, actor: Actor, day: date, *, today: date) -> Arrow:
    """The supplier commits itself to a day for what was called off."""
    taken = orders.sides(line, actor, "schedule_line")
    arrow = step(SCHEDULE_LINE["commit"], line.state, taken)
    step(COMMITTING, order.state, taken)
    if not today <= day <= today + FARTHEST:
        raise Invalid(
            "That is no day to commit to.",
            faults=[Fault("/committed_on", "Name a day from today on, within ten years.")],
        )
    return arrow


def shares(line: OrderLine, lines: Sequence[ScheduleLine]) -> dict[Any, Share]:
    """By id, what falls to each schedule line of an order line that was called off; forecasts get nothing."""
    left = {"despatched": line.sent, "received": line.received - line.rejected, "accepted": line.accepted}
    found = {}
    for item in of_line(lines, line.line_no):
        taken = {}
        for name, amount in left.items():
            taken[name] = plain(max(min(amount, item.quantity), ZERO)) if item.state in COUNTED else ZERO
            left[name] = amount - taken[name]
        found[item.id] = Share(**taken)
    return found


def fulfilments(order: Order, lines: Sequence[ScheduleLine]) -> list[ScheduleLine]:
    """Firm lines of which the whole quantity was accepted, earliest due first."""
    known = by_line(lines)
    return [
        item
        for line in order.lines
        for own in [known[line.line_no]]
        for share in [shares(line, own)]
        for item in of_line(own, line.line_no)
        if item.state == "firm" and share[item.id].accepted >= item.quantity
    ]


def followed(before: Order, lines: Sequence[OrderLine], known: Sequence[ScheduleLine]) -> list[Step]:
    """What a schedule becomes when its order changes to `lines`, by two signatures or a short close.

    A due date that moves takes the first open line with it. What is no longer ordered goes from the last lines, what is
    ordered in addition goes to the last one, if all was scheduled before.
    """
    by_number = by_line(known)
    return [
        found
        for old, new in zip(before.lines, lines, strict=True)
        for found in _followed(old, new, by_number[old.line_no])
    ]


def _followed(old: OrderLine, new: OrderLine, known: Sequence[ScheduleLine]) -> Iterator[Step]:
    present = of_line(known, old.line_no)
    amounts = {item.id: item.quantity for item in present}
    days = {item.id: item.due_on for item in present}
    live = [item for item in present if item.state in OPEN]
    scheduled = sum(amounts.values(), ZERO)
    excess = scheduled - new.ordered
    # Forecasts go before what was called off, and the last before the first.
    for item in sorted(live, key=lambda item: (item.state == "firm", -item.due_on.toordinal())):
        if excess <= 0:
            break
        taken = min(excess, amounts[item.id])
        amounts[item.id] -= taken
        excess -= taken
    if live and new.ordered > old.ordered and scheduled == old.ordered:
        amounts[live[-1].id] += new.ordered - old.ordered
    day, kept = new.detail.due_on, [item for item in live if amounts[item.id] > 0]
    if kept and day is not None and day != old.detail.due_on and day != kept[0].due_on:
        same = next((item for item in kept[1:] if item.due_on == day), None)
        if same is None:
            days[kept[0].id] = day
        else:
            amounts[same.id] += amounts[kept[0].id]
            amounts[kept[0].id] = ZERO
    # What gives back comes first, as the database counts after each statement.
    for item in sorted(live, key=lambda item: amounts[item.id] - item.quantity):
        if amounts[item.id] == 0:
            yield Step(item, SCHEDULE_LINE["cancel"], _as_wanted(item, item.quantity))
        elif amounts[item.id] != item.quantity or days[item.id] != item.due_on:
            action = "adjust" if days[item.id] == item.due_on else "move"
            yield Step(item, SCHEDULE_LINE[action], _as_wanted(item, amounts[item.id], days[item.id]))


def ended(known: Sequence[ScheduleLine]) -> list[Step]:
    """Every open line goes with an order that is rejected or cancelled before anything was sent."""
    return [
        Step(item, SCHEDULE_LINE["cancel"], _as_wanted(item, item.quantity)) for item in known if item.state in OPEN
    ]


def available(schedule: Schedule, actor: Actor) -> list[str]:
    """What the caller may do with the schedule as a whole."""
    taken = orders.sides(schedule.order, actor)
    return [
        str(arrow.operation)
        for arrow in (PUTTING, REPORTING)
        if schedule.order.state in arrow.source and set(taken).intersection(arrow.by)
    ]


def available_of(line: ScheduleLine, order: Order, actor: Actor) -> list[str]:
    """What the caller may do with one line."""
    if Side.SUPPLIER in orders.sides(line, actor) and line.state == "firm" and order.state in COMMITTING.source:
        return ["commit_schedule_line"]
    return []


def changed(arrow: Arrow, wanted: Wanted) -> dict[str, Any]:
    """The fields that a step changes besides state and version."""
    if arrow.action == "adjust":
        return {"quantity": wanted.quantity}
    if arrow.action == "move":  # another day may be missed anew
        return {"quantity": wanted.quantity, "due_on": wanted.due_on, "at_risk_at": None, "overdue_at": None}
    return {}
