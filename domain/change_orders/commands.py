"""What can be done with change orders. Each command locks the order first; they need no lock of their own."""

from typing import Any
from uuid import UUID

from domain.actors import Actor
from domain.change_orders import outcome, rules, sql
from domain.change_orders.model import ChangeOrder, Proposal, Seen
from domain.database import Database, Tx
from domain.errors import NotFound
from domain.ids import show
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.orders import commands as order_commands
from domain.orders import rules as order_rules
from domain.orders import sql as orders
from domain.orders.model import Order


async def propose(db: Database, actor: Actor, order_id: UUID, proposal: Proposal) -> Seen:
    """Either side proposes; Duplicate while another of its change orders waits."""
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        now = await tx.now()
        arrow = rules.decide_propose(order, proposal, actor, now=now)
        change = await outcome.propose(tx, actor, order, proposal, arrow, now)
    return Seen(change, order)


async def accept(
    db: Database, actor: Actor, order_id: UUID, change_order_id: UUID, note: str | None, *, expected: Expected
) -> Seen:
    """The other side signs: the order becomes its next revision in the same transaction."""
    async with db.transaction(actor) as tx:
        order, before = await _lock(tx, actor, order_id, change_order_id)
        require_version(before.version, expected)
        now = await tx.now()
        arrow = rules.decide_accept(before, order, actor)
        side = rules.side_of(order, actor)
        revision = order.revision + 1
        after = advance(
            before,
            arrow,
            now,
            answered_by=actor.name,
            answered_side=side.value,
            answered_at=now,
            answer_note=note,
            revision=revision,
        )
        # First: the database admits other quantities and prices of an order only where both sides signed them.
        await sql.save(tx, before, after)
        await outcome.announce(tx, arrow, actor, before, after, now)
        changed = rules.applied(order, before.content)
        changes: dict[str, Any] = {
            "lines": changed.lines,
            "terms": changed.terms,
            "total": changed.total,
            "revision": revision,
        }
        action = "change"
        if before.content.cancels:
            action = "cancel_agreed"
            changes |= {"held_from": None, "state_reason": before.reason, "state_note": before.note}
        elif before.content.acknowledges:
            changes["acknowledged_at"] = now
            if order.state == "on_hold":
                changes["held_from"] = "acknowledged"
            else:
                action = "agree"
        data = {"change_order_id": show("change_order", after.id), "revision": revision, "number": order.number}
        order = await order_commands.change(tx, actor, order, action, now, changes, data)
    return Seen(after, order)


async def decline(
    db: Database, actor: Actor, order_id: UUID, change_order_id: UUID, note: str | None, *, expected: Expected
) -> Seen:
    """The other side leaves the order as it is. An order that it answers to waits for another acknowledgement."""
    async with db.transaction(actor) as tx:
        order, before = await _lock(tx, actor, order_id, change_order_id)
        require_version(before.version, expected)
        arrow = rules.decide_decline(before, actor)
        return await _answer(tx, actor, order, before, arrow, note)


async def withdraw(db: Database, actor: Actor, order_id: UUID, change_order_id: UUID, *, expected: Expected) -> Seen:
    """Who proposed it takes it back."""
    async with db.transaction(actor) as tx:
        order, before = await _lock(tx, actor, order_id, change_order_id)
        require_version(before.version, expected)
        arrow = rules.decide_withdraw(before, actor)
        return await _answer(tx, actor, order, before, arrow, None)


async def _answer(tx: Tx, actor: Actor, order: Order, before: ChangeOrder, arrow: Arrow, note: str | None) -> Seen:
    now = await tx.now()
    side = rules.side_of(order, actor).value
    after = advance(before, arrow, now, answered_by=actor.name, answered_side=side, answered_at=now, answer_note=note)
    await sql.save(tx, before, after)
    await outcome.announce(tx, arrow, actor, before, after, now)
    return Seen(after, order)


async def _lock(tx: Tx, actor: Actor, order_id: UUID, change_order_id: UUID) -> tuple[Order, ChangeOrder]:
    """The order, locked, and the change order as it is under that lock. Raises NotFound."""
    order = await orders.lock(tx, order_id)
    order_rules.sides(order, actor)
    change = await sql.get(tx, change_order_id)
    if change.order_id != order.id:
        raise NotFound("change_order")
    return order, change
