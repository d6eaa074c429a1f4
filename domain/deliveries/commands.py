"""What can be done about deliveries. Each command locks the order first, and the order's quantities follow it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.database import Database, Tx
from domain.deliveries import rules, sql
from domain.deliveries.model import (
    Despatch,
    DespatchDetail,
    DespatchDraft,
    DespatchLine,
    Receipt,
    ReceiptDraft,
    ReceiptLine,
)
from domain.errors import NotFound
from domain.ids import new_id, show, show_optional
from domain.ledger import record
from domain.ledger.model import Tracked
from domain.lifecycle import RECEIPT, Arrow, Expected, advance, require_version
from domain.nonconformances import commands as nonconformances
from domain.orders import commands as order_commands
from domain.orders import papers
from domain.orders import rules as order_rules
from domain.orders import sql as orders
from domain.orders.model import ZERO, Order
from domain.quality import commands as quality
from domain.schedules import outcome as schedules


async def create_despatch(db: Database, actor: Actor, order_id: UUID, draft: DespatchDraft) -> Despatch:
    """The supplier sends goods; the first despatch sets the order going."""
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        now = await tx.now()
        arrow = rules.decide_create(order, draft, actor, now=now)
        if draft.kind != "sample":  # a sample is no delivery: it may leave before anything is called off
            await schedules.require_released(tx, order, rules.sent_by_line(draft.lines))
        despatch = _despatch(order, draft, now)
        if despatch.replaces is not None:
            await nonconformances.replace(tx, actor, order, despatch.replaces, rules.sent_by_line(draft.lines), now)
        await papers.put_before(tx, actor, order.id, rules.certificates(draft))
        await sql.insert_despatch(tx, despatch)
        told = {"number": despatch.number, "kind": despatch.kind, "lines": _sent(despatch)}
        if despatch.replaces is not None:
            told["replaces"] = show("nonconformance", despatch.replaces)
        await _record(tx, arrow, actor, order, None, despatch, now, told)
        if order.state == "acknowledged":
            order = await order_commands.start(tx, actor, order, now)
        moves = rules.despatch_moves(despatch)
        because = {"despatch_id": show("despatch", despatch.id)}
        await order_commands.move(tx, actor, order, "despatch", moves, now, because=because)
    return despatch


def _sent(despatch: Despatch) -> list[dict[str, object]]:
    return [
        {"line_no": line.line_no, "lot": line.lot, "quantity": format(line.quantity, "f")} for line in despatch.lines
    ]


def _despatch(order: Order, draft: DespatchDraft, now: datetime) -> Despatch:
    eta = draft.detail.eta
    return Despatch(
        id=new_id(),
        order_id=order.id,
        buyer_id=order.buyer_id,
        supplier_id=order.supplier_id,
        number=draft.number,
        kind=draft.kind,
        replaces=draft.replaces,
        announced=True,
        state="despatched",
        version=1,
        detail=msgspec.structs.replace(draft.detail, eta=None if eta is None else eta.astimezone(UTC)),
        despatched_at=now,
        created_at=now,
        updated_at=now,
        lines=tuple(
            DespatchLine(
                line_no=line.line_no,
                lot=line.lot,
                heat_number=line.heat_number,
                quantity=line.quantity,
                received=ZERO,
                short=ZERO,
                certificates=line.certificates,
            )
            for line in draft.lines
        ),
    )


async def cancel_despatch(db: Database, actor: Actor, despatch_id: UUID, *, expected: Expected) -> Despatch:
    """The supplier takes back a despatch of which nothing was received; its quantities may be sent again."""
    async with db.transaction(actor) as tx:
        seen = await sql.get_despatch(tx, despatch_id)
        rules.sides(seen, actor)
        order = await orders.lock(tx, seen.order_id)
        before = await sql.get_despatch(tx, despatch_id)  # again: it may have changed before the order was locked
        require_version(before.version, expected)
        arrow = rules.decide_cancel(before, actor)
        now = await tx.now()
        after = advance(before, arrow, now)
        await sql.save_despatch(tx, before, after)
        await _record(tx, arrow, actor, order, before, after, now, {"number": after.number})
        if before.replaces is not None:
            quantity = sum(rules.sent_by_line(before.lines).values(), ZERO)
            await nonconformances.take_back_replacement(tx, actor, order, before.replaces, quantity, now)
        moves = rules.despatch_moves(before, sign=-1)
        because = {"despatch_id": show("despatch", before.id)}
        await order_commands.move(tx, actor, order, "cancel_despatch", moves, now, because=because)
    return after


async def record_receipt(db: Database, actor: Actor, order_id: UUID, draft: ReceiptDraft) -> Receipt:
    """The buyer counts what arrived of a despatch, or a part of it; what arrived awaits inspection.

    What came without a notice of the supplier gets a despatch here, so that its lots are followed like all others.
    """
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        if draft.despatch_id is None:
            now = await tx.now()
            order, before = await _unannounced(tx, actor, order, draft, now)
        else:
            before = await sql.get_despatch(tx, draft.despatch_id)
            if before.order_id != order.id:
                raise NotFound("despatch")
            now = await tx.now()
        arrow = rules.decide_receive(order, before, draft, actor, now=now)
        receipt = _receipt(order, before, draft, now)
        await sql.insert_receipt(tx, receipt)
        after = advance(before, arrow, now, lines=rules.accounted(before, receipt.lines))
        await sql.save_despatch(tx, before, after)
        lots = _counted(receipt.lines)
        because = {"receipt_id": show("receipt", receipt.id)}
        told: dict[str, Any] = {
            "despatch_id": show("despatch", after.id),
            "inspection_id": show_optional("inspection", receipt.inspection_id),
            "number": receipt.number,
            "received_at": receipt.received_at,
            "lines": lots,
        }
        await _record(tx, RECEIPT["record"], actor, order, None, receipt, now, told)
        await _record(tx, arrow, actor, order, before, after, now, {"number": after.number, **because, "lines": lots})
        moves = rules.receipt_moves(receipt.lines)
        order = await order_commands.move(tx, actor, order, "receive", moves, now, because=because)
        if receipt.inspection_id is not None:
            await quality.request_inspection(tx, actor, order, receipt, receipt.inspection_id, now)
    return receipt


async def _unannounced(
    tx: Tx, actor: Actor, order: Order, draft: ReceiptDraft, now: datetime
) -> tuple[Order, Despatch]:
    """The despatch of goods that came without one, and the order after it."""
    arrow = rules.decide_unannounced(order, draft, actor, now=now)
    sent = DespatchDraft(
        number=f"LPB-{new_id().hex}",
        detail=DespatchDetail(packages=None, carrier=None, vehicle=None, eta=None, note=None),
        lines=rules.came(draft),
    )
    await schedules.require_released(tx, order, rules.sent_by_line(sent.lines))
    despatch = msgspec.structs.replace(_despatch(order, sent, now), announced=False)
    await sql.insert_despatch(tx, despatch)
    told = {"number": despatch.number, "kind": despatch.kind, "lines": _sent(despatch)}
    await _record(tx, arrow, actor, order, None, despatch, now, told)
    if order.state == "acknowledged":
        order = await order_commands.start(tx, actor, order, now)
    moves = rules.despatch_moves(despatch)
    because = {"despatch_id": show("despatch", despatch.id)}
    return await order_commands.move(tx, actor, order, "despatch", moves, now, because=because), despatch


def _receipt(order: Order, despatch: Despatch, draft: ReceiptDraft, now: datetime) -> Receipt:
    return Receipt(
        id=new_id(),
        order_id=order.id,
        despatch_id=despatch.id,
        buyer_id=order.buyer_id,
        supplier_id=order.supplier_id,
        state="counted",
        version=1,
        number=draft.number,
        note=draft.note,
        received_at=now if draft.received_at is None else draft.received_at.astimezone(UTC),
        created_at=now,
        inspection_id=new_id() if any(line.received > 0 for line in draft.lines) else None,
        lines=draft.lines,
    )


def _counted(lines: Sequence[ReceiptLine]) -> list[dict[str, object]]:
    return [
        {
            "line_no": line.line_no,
            "lot": line.lot,
            "received": format(line.received, "f"),
            "short": format(line.short, "f"),
            "damaged": format(line.damaged, "f"),
        }
        for line in lines
    ]


async def _record(
    tx: Tx,
    arrow: Arrow,
    actor: Actor,
    order: Order,
    before: Tracked | None,
    after: Tracked,
    now: datetime,
    data: dict[str, Any],
) -> None:
    """The event of one change, told to the two parties of the order."""
    ids = {"order_id": show("order", order.id), "rfq_id": show("rfq", order.rfq_id)}
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=order.parties, data={**ids, **data})
