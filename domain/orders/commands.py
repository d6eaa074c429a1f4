"""What can be done to an order, and how it follows what is despatched, received and inspected."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.actors import Actor, Side
from domain.awards.model import Award
from domain.database import Database, Tx
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import ORDER, Expected, advance, require_version, step
from domain.orders import rules, sql
from domain.orders.model import Move, Order, OrderLine, Promise
from domain.quotes.model import QuoteContent
from domain.rfqs.model import Rfq

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
            "number": order.number,
            "lines": [
                {"line_no": line.line_no, "quantity": format(line.ordered, "f"), "unit": line.unit}
                for line in order.lines
            ],
        },
    )
    return order


async def acknowledge(
    db: Database, actor: Actor, order_id: UUID, promises: Sequence[Promise], *, expected: Expected
) -> Order:
    """The supplier confirms every line with a day."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, order_id)
        rules.sides(before, actor)
        require_version(before.version, expected)
        arrow = rules.decide_acknowledge(before, promises, actor)
        now = await tx.now()
        after = advance(before, arrow, now, acknowledged_at=now, lines=rules.promised(before, promises))
        await sql.save(tx, before, after)
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=after.parties,
            data={
                "rfq_id": show("rfq", after.rfq_id),
                "number": after.number,
                "lines": [{"line_no": line.line_no, "promised_on": line.promised_on} for line in after.lines],
            },
        )
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
        }
        for line in lines
        if line.line_no in touched
    ]
    return await _follow(tx, actor, before, action, now, {"lines": lines}, {**because, "lines": quantities})


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
    return await _follow(tx, actor, before, "complete", now, {"completed_at": now}, {"lines": accepted})


async def _follow(
    tx: Tx, actor: Actor, before: Order, action: str, now: datetime, changes: dict[str, Any], data: dict[str, Any]
) -> Order:
    """One step of the order as a consequence of something else; the event names who caused it."""
    arrow = step(ORDER[action], before.state, (Side.SYSTEM,))
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
