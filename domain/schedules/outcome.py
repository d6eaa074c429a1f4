"""What the order's own steps do to its schedule. The caller holds the order's lock."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from domain import calendar
from domain.actors import Actor
from domain.database import Tx
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import SCHEDULE_LINE, Arrow, advance
from domain.orders.model import Order, OrderLine
from domain.rfqs.model import Rfq
from domain.schedules import rules, sql
from domain.schedules.model import Schedule, ScheduleLine

AHEAD = timedelta(days=14)
"""So long before it is due the clock begins to look at a firm line."""


async def read(tx: Tx, order: Order) -> Schedule:
    """The schedule of an order, with the zone in which its days end."""
    return Schedule(order=order, zone=await zone_of(tx, order), lines=await sql.of_order(tx, order.id))


async def zone_of(tx: Tx, order: Order) -> str:
    """The zone in which the order's days end: its buyer's."""
    return calendar.zone_of(await sql.region(tx, order.buyer_id))


async def make(tx: Tx, actor: Actor, order: Order, rfq: Rfq, now: datetime) -> None:
    """The schedule of a new order, from its RFQ's."""
    await take(tx, actor, await read(tx, order), [rules.creation(item) for item in rules.from_rfq(order, rfq)], now)


async def follow(tx: Tx, actor: Actor, before: Order, lines: Sequence[OrderLine], now: datetime) -> list[rules.Step]:
    """The order is about to become `lines`: what it gives back goes first, so that no more is scheduled than ordered.

    Returns the steps that wait for `extend`.
    """
    schedule = await read(tx, before)
    steps = rules.followed(before, lines, schedule.lines)
    await take(tx, actor, schedule, [item for item in steps if not _is_more(item)], now)
    return [item for item in steps if _is_more(item)]


async def extend(tx: Tx, actor: Actor, after: Order, steps: Sequence[rules.Step], now: datetime) -> None:
    """The order has become what it is: the other steps of `follow`, and what is fulfilled by that."""
    await take(tx, actor, await read(tx, after), steps, now)
    await fulfil(tx, actor, after, now)


def _is_more(item: rules.Step) -> bool:
    return item.before is not None and item.arrow.action != "cancel" and item.wanted.quantity > item.before.quantity


async def end(tx: Tx, actor: Actor, order: Order, now: datetime) -> None:
    """Nothing of the order will be delivered."""
    schedule = await read(tx, order)
    await take(tx, actor, schedule, rules.ended(schedule.lines), now)


async def fulfil(tx: Tx, actor: Actor, order: Order, now: datetime) -> None:
    """Firm lines whose quantity was accepted are fulfilled."""
    for before in rules.fulfilments(order, await sql.of_order(tx, order.id)):
        await advance_line(tx, actor, before, SCHEDULE_LINE["fulfil"], now, {})


async def require_released(tx: Tx, order: Order, sent: Mapping[int, Decimal]) -> None:
    """Raise OverDespatch when more would be sent (by line number) than the buyer has called off."""
    rules.require_released(order, await sql.of_order(tx, order.id), sent)


async def take(tx: Tx, actor: Actor, schedule: Schedule, steps: Sequence[rules.Step], now: datetime) -> None:
    """Take the steps one after the other, each with its event; several may be of one line."""
    present = {line.id: line for line in schedule.lines}
    order = schedule.order
    for before, arrow, wanted in steps:
        if before is None:
            after = ScheduleLine(
                id=new_id(),
                order_id=order.id,
                rfq_id=order.rfq_id,
                buyer_id=order.buyer_id,
                supplier_id=order.supplier_id,
                line_no=wanted.line_no,
                due_on=wanted.due_on,
                due_ends_at=calendar.end_of(wanted.due_on, schedule.zone),
                quantity=wanted.quantity,
                state=arrow.leads_to(""),
                version=1,
                committed_on=None,
                at_risk_at=None,
                overdue_at=None,
                created_at=now,
                updated_at=now,
            )
            await sql.insert(tx, after, check_at(after))
            await announce(tx, arrow, actor, None, after, now)
        else:
            changes = rules.changed(arrow, wanted)
            if "due_on" in changes:
                changes["due_ends_at"] = calendar.end_of(wanted.due_on, schedule.zone)
            present[before.id] = await advance_line(tx, actor, present[before.id], arrow, now, changes)


async def advance_line(
    tx: Tx, actor: Actor, before: ScheduleLine, arrow: Arrow, now: datetime, changes: dict[str, Any], **more: Any
) -> ScheduleLine:
    """One step of one line; `more` goes into the event."""
    after = advance(before, arrow, now, **changes)
    await sql.save(tx, before, after, check_at(after))
    await announce(tx, arrow, actor, before, after, now, **more)
    return after


def check_at(line: ScheduleLine) -> datetime | None:
    """When the clock looks at a line: before it is due, again when it is, and never once both were told."""
    if line.state != "firm" or line.overdue_at is not None:
        return None
    return line.due_ends_at if line.at_risk_at is not None else line.due_ends_at - AHEAD


async def announce(
    tx: Tx, arrow: Arrow, actor: Actor, before: ScheduleLine | None, after: ScheduleLine, now: datetime, **more: Any
) -> None:
    """The event of one step, told to both parties."""
    data = {
        "order_id": show("order", after.order_id),
        "rfq_id": show("rfq", after.rfq_id),
        "line_no": after.line_no,
        "due_on": after.due_on,
        "quantity": format(after.quantity, "f"),
        "committed_on": after.committed_on,
        **more,
    }
    audience = (after.buyer_id, after.supplier_id)
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=audience, data=data)
