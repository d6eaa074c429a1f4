"""What can be done to an order, and how it follows what is despatched, received and inspected."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.actors import Actor, Side
from domain.awards.model import Award
from domain.change_orders import outcome as change_orders
from domain.database import Database, Tx
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import ORDER, Arrow, Expected, advance, require_version, step
from domain.orders import acknowledging, rules, sql
from domain.orders.model import Move, Order, OrderLine, Promise
from domain.quotes.model import QuoteContent
from domain.rfqs.model import Rfq
from domain.schedules import outcome as schedules

NUMBER_ATTEMPTS = 5
"""Two orders of one buyer get the same eight random digits once in four thousand million."""


async def create_from_award(
    tx: Tx, actor: Actor, award: Award, rfq: Rfq, content: QuoteContent, now: datetime
) -> Order:
    """The order of an award that is being accepted, in the transaction of the acceptance.

    `content` is the opened quote that was awarded; `now` the instant of acceptance, read after the locks.
    """
    order = rules.from_award(new_id(), award, rfq, content, now=now)
    for _ in range(NUMBER_ATTEMPTS):
        if await sql.insert(tx, order):
            break
        order = rules.from_award(new_id(), award, rfq, content, now=now)
    else:
        raise RuntimeError("no free order number was found")
    await record(
        tx,
        ORDER["create"],
        actor,
        before=None,
        after=order,
        at=now,
        audience=order.parties,
        data={
            "rfq_id": show("rfq", order.rfq_id),
            "award_id": show("award", order.award_id),
            "buyer_id": show("organisation", order.buyer_id),
            "supplier_id": show("organisation", order.supplier_id),
            "number": order.number,
            "zone": await schedules.zone_of(tx, order),
            "lines": [
                {
                    "line_no": line.line_no,
                    "quantity": format(line.ordered, "f"),
                    "unit": line.unit,
                    "due_on": line.detail.due_on,
                }
                for line in order.lines
            ],
        },
    )
    await schedules.make(tx, actor, order, rfq, now)
    return order


async def acknowledge(
    db: Database, actor: Actor, order_id: UUID, promises: Sequence[Promise], *, expected: Expected
) -> Order:
    """The supplier answers to every line.

    What it does not accept becomes a change order in the same transaction; the order is acknowledged when the buyer
    accepts that one. Answering anew takes back what the answer before proposed.
    """
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, order_id)
        rules.sides(before, actor)
        require_version(before.version, expected)
        arrow = acknowledging.decide(before, promises, actor)
        now = await tx.now()
        given = {promise.line_no: promise for promise in promises}
        answers = [
            {
                "line_no": line.line_no,
                "answer": given[line.line_no].answer,
                "promised_on": given[line.line_no].promised_on,
                "reason": given[line.line_no].reason,
            }
            for line in before.lines
        ]
        changes: dict[str, Any] = {"lines": acknowledging.answered(before, promises)}
        if arrow.target is not None:
            changes["acknowledged_at"] = now
        after = await _step(tx, actor, arrow, before, now, changes, {"number": before.number, "lines": answers})
        await change_orders.withdraw_open(tx, actor, after, now, acknowledging=True)
        if arrow.target is None:
            await change_orders.propose_answers(tx, actor, after, promises, now)
    return after


async def reject(
    db: Database, actor: Actor, order_id: UUID, reason: str, note: str | None, *, expected: Expected
) -> Order:
    """The supplier does not take the order. Its award stays accepted: the buyer is told, and asks anew if it wants to."""
    async with db.transaction(actor) as tx:
        before = await _lock(tx, actor, order_id, expected)
        arrow = rules.decide_reject(before, actor, reason)
        now = await tx.now()
        data = {"number": before.number, "award_id": show("award", before.award_id), "quantity_released": False}
        await schedules.end(tx, actor, before, now)
        return await _end(tx, actor, arrow, before, now, reason, note, {}, data)


async def hold(
    db: Database, actor: Actor, order_id: UUID, reason: str, note: str | None, *, expected: Expected
) -> Order:
    """The buyer stops further despatches for a while."""
    async with db.transaction(actor) as tx:
        before = await _lock(tx, actor, order_id, expected)
        arrow = rules.decide_hold(before, actor, reason)
        now = await tx.now()
        changes = {"held_from": before.state, "state_reason": reason, "state_note": note}
        return await _step(tx, actor, arrow, before, now, changes, {"number": before.number, "reason": reason})


async def resume(db: Database, actor: Actor, order_id: UUID, *, expected: Expected) -> Order:
    """The buyer lets it go on; it completes at once when everything was accepted meanwhile."""
    async with db.transaction(actor) as tx:
        before = await _lock(tx, actor, order_id, expected)
        arrow = rules.decide_resume(before, actor)
        now = await tx.now()
        changes = {"held_from": None, "state_reason": None, "state_note": None}
        after = await _step(tx, actor, arrow, before, now, changes, {"number": before.number})
        return await complete_if_due(tx, actor, after, now)


async def short_close(
    db: Database, actor: Actor, order_id: UUID, reason: str, note: str | None, *, expected: Expected
) -> Order:
    """The buyer takes no more than what is on its way or delivered; the order then is worth as much."""
    async with db.transaction(actor) as tx:
        before = await _lock(tx, actor, order_id, expected)
        arrow = rules.decide_short_close(before, actor, reason)
        now = await tx.now()
        lines = rules.closed(before)
        total = rules.total_of(msgspec.structs.replace(before, lines=lines))
        changes = {"lines": lines, "total": total}
        data = {"number": before.number, "lines": _sent(lines)}
        waiting = await schedules.follow(tx, actor, before, lines, now)
        after = await _end(tx, actor, arrow, before, now, reason, note, changes, data)
        await schedules.extend(tx, actor, after, waiting, now)
        return after


async def cancel(
    db: Database, actor: Actor, order_id: UUID, reason: str, note: str | None, *, expected: Expected
) -> Order:
    """The buyer cancels an order of which nothing was sent."""
    async with db.transaction(actor) as tx:
        before = await _lock(tx, actor, order_id, expected)
        arrow = rules.decide_cancel(before, actor, reason)
        now = await tx.now()
        data = {"number": before.number, "lines": _sent(before.lines)}
        await schedules.end(tx, actor, before, now)
        return await _end(tx, actor, arrow, before, now, reason, note, {}, data)


async def change(
    tx: Tx, actor: Actor, before: Order, action: str, now: datetime, changes: dict[str, Any], data: dict[str, Any]
) -> Order:
    """What a change order that was accepted makes of the order; `before` is locked. The order may be complete by it."""
    if "lines" in changes:
        data = {**data, "lines": _agreed(changes["lines"])}
    if action == "cancel_agreed":
        data = {**data, "lines": _sent(changes["lines"])}
    waiting = await schedules.follow(tx, actor, before, changes.get("lines", before.lines), now)
    after = await _follow(tx, actor, before, action, now, changes, data)
    await schedules.extend(tx, actor, after, waiting, now)
    if after.state == "cancelled":
        await change_orders.withdraw_open(tx, actor, after, now)
    return await complete_if_due(tx, actor, after, now)


def _agreed(lines: Sequence[OrderLine]) -> list[dict[str, Any]]:
    return [
        {
            "line_no": line.line_no,
            "ordered": format(line.ordered, "f"),
            "due_on": line.detail.due_on,
            "promised_on": line.promised_on,
        }
        for line in lines
    ]


def _sent(lines: Sequence[OrderLine]) -> list[dict[str, Any]]:
    """How much was already sent, line by line, when an order ends."""
    return [
        {
            "line_no": line.line_no,
            "ordered": format(line.ordered, "f"),
            "despatched": format(line.despatched, "f"),
            "received": format(line.received, "f"),
        }
        for line in lines
    ]


async def _lock(tx: Tx, actor: Actor, order_id: UUID, expected: Expected) -> Order:
    order = await sql.lock(tx, order_id)
    rules.sides(order, actor)
    require_version(order.version, expected)
    return order


async def _end(
    tx: Tx,
    actor: Actor,
    arrow: Arrow,
    before: Order,
    now: datetime,
    reason: str,
    note: str | None,
    changes: dict[str, Any],
    data: dict[str, Any],
) -> Order:
    """A last step with its reason. What was proposed and not answered ends with the order."""
    changes = {**changes, "held_from": None, "state_reason": reason, "state_note": note}
    after = await _step(tx, actor, arrow, before, now, changes, {**data, "reason": reason})
    await change_orders.withdraw_open(tx, actor, after, now)
    return after


async def start(tx: Tx, actor: Actor, before: Order, now: datetime) -> Order:
    """The first despatch sets the order going; `before` is locked."""
    return await _follow(tx, actor, before, "start", now, {}, {})


async def move(
    tx: Tx, actor: Actor, before: Order, action: str, moves: Sequence[Move], now: datetime, *, because: dict[str, str]
) -> Order:
    """The running quantities after a despatch, its cancellation, a receipt or an inspection; `before` is locked.

    `action` is the arrow of the order, `because` the id of what moved them, for the event.
    """
    lines = rules.moved(before, moves)
    touched = {item.line_no for item in moves}
    quantities = [
        {
            "line_no": line.line_no,
            "ordered": format(line.ordered, "f"),
            "despatched": format(line.despatched, "f"),
            "short": format(line.short, "f"),
            "received": format(line.received, "f"),
            "accepted": format(line.accepted, "f"),
            "rejected": format(line.rejected, "f"),
            "returned": format(line.returned, "f"),
        }
        for line in lines
        if line.line_no in touched
    ]
    after = await _follow(tx, actor, before, action, now, {"lines": lines}, {**because, "lines": quantities})
    if any(item.accepted > 0 for item in moves):
        await schedules.fulfil(tx, actor, after, now)
    return after


async def judge(
    tx: Tx, actor: Actor, before: Order, line: OrderLine, now: datetime, *, because: dict[str, str]
) -> Order:
    """What a decision about a first article means for its line, given as it is to be; `before` is locked."""
    lines = tuple(line if old.line_no == line.line_no else old for old in before.lines)
    data: dict[str, Any] = {
        **because,
        "line_no": line.line_no,
        "gate": line.gate,
        "gate_quantity": None if line.gate_quantity is None else format(line.gate_quantity, "f"),
        "gate_until": line.gate_until,
    }
    return await _follow(tx, actor, before, "judge", now, {"lines": lines}, data)


async def complete_if_due(tx: Tx, actor: Actor, before: Order, now: datetime) -> Order:
    """The order completes with the acceptance of the last piece ordered; `before` is locked."""
    if before.state != "in_progress" or not all(line.is_complete for line in before.lines):
        return before
    accepted = [
        {"line_no": line.line_no, "ordered": format(line.ordered, "f"), "accepted": format(line.accepted, "f")}
        for line in before.lines
    ]
    after = await _follow(tx, actor, before, "complete", now, {"completed_at": now}, {"lines": accepted})
    await change_orders.withdraw_open(tx, actor, after, now)
    return after


async def reopen_if_due(tx: Tx, actor: Actor, before: Order, now: datetime) -> Order:
    """A completed order goes on when pieces of it are accepted no more; `before` is locked."""
    if before.state != "completed" or all(line.is_complete for line in before.lines):
        return before
    open_lines = [{"line_no": line.line_no, "open": format(line.open, "f")} for line in before.lines if line.open > 0]
    return await _follow(tx, actor, before, "reopen", now, {"completed_at": None}, {"lines": open_lines})


async def _follow(
    tx: Tx, actor: Actor, before: Order, action: str, now: datetime, changes: dict[str, Any], data: dict[str, Any]
) -> Order:
    """One step of the order as a consequence of something else; the event names who caused it."""
    return await _step(tx, actor, step(ORDER[action], before.state, (Side.SYSTEM,)), before, now, changes, data)


async def _step(
    tx: Tx, actor: Actor, arrow: Arrow, before: Order, now: datetime, changes: dict[str, Any], data: dict[str, Any]
) -> Order:
    after = advance(before, arrow, now, **changes)
    await sql.save(tx, before, after)
    await record(
        tx,
        arrow,
        actor,
        before=before,
        after=after,
        at=now,
        audience=after.parties,
        data={"rfq_id": show("rfq", after.rfq_id), **data},
    )
    return after
