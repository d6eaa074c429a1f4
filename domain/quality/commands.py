"""What can be done about inspections: requested by a receipt, recorded in parts."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.actors import Actor, Side
from domain.database import Database, Tx
from domain.deliveries import rules as deliveries
from domain.deliveries import sql as receipts
from domain.deliveries.model import Receipt
from domain.errors import OverInspection
from domain.ids import show
from domain.inspection_plans import commands as plans
from domain.ledger import record
from domain.lifecycle import INSPECTION, Expected, advance, require_version, step
from domain.nonconformances import commands as nonconformances
from domain.orders import commands as order_commands
from domain.orders import sql as orders
from domain.orders.model import ZERO, Order
from domain.quality import judging, rules, sql
from domain.quality.model import Finding, Inspection, InspectionDraft, Lot, Recording
from domain.quality.sampling import MAX_TOLD


async def request_inspection(
    tx: Tx, actor: Actor, order: Order, receipt: Receipt, inspection_id: UUID, now: datetime
) -> None:
    """What a receipt brought awaits inspection; in the transaction of the receipt, whose order is locked."""
    arrived = [line for line in receipt.lines if line.received > 0]
    sampling = await plans.on_arrival(tx, actor, order, arrived, now)
    inspection = Inspection(
        id=inspection_id,
        receipt_id=receipt.id,
        order_id=order.id,
        buyer_id=order.buyer_id,
        supplier_id=order.supplier_id,
        state="pending",
        version=1,
        recordings=(),
        created_at=now,
        updated_at=now,
        lots=tuple(
            Lot(line_no=line.line_no, lot=line.lot, received=line.received, accepted=ZERO, rejected=ZERO)
            for line in arrived
        ),
        sampling=sampling,
    )
    await sql.insert_inspection(tx, inspection)
    await record(
        tx,
        INSPECTION["create"],
        actor,
        before=None,
        after=inspection,
        at=now,
        audience=order.parties,
        data={
            **_ids(order, receipt.id),
            "lines": [
                {"line_no": line.line_no, "lot": line.lot, "received": format(line.received, "f")} for line in arrived
            ],
        },
    )
    if any(item.skipped for item in sampling):
        await _ship_to_stock(tx, actor, order, inspection, now)


async def _ship_to_stock(tx: Tx, actor: Actor, order: Order, before: Inspection, now: datetime) -> None:
    """Lots that their inspection plan trusts are accepted as they arrive; the rest of the receipt awaits inspection."""
    trusted = {(item.line_no, item.lot) for item in before.sampling if item.skipped}
    lines = tuple(
        Finding(line_no=lot.line_no, lot=lot.lot, accepted=lot.received, rejected=ZERO, defects=())
        for lot in before.lots
        if (lot.line_no, lot.lot) in trusted
    )
    everything = len(lines) == len(before.lots)
    arrow = step(INSPECTION["stock_all" if everything else "stock"], before.state, (Side.SYSTEM,))
    recording = Recording(at=now, inspector=None, note=None, lines=lines, ship_to_stock=True)
    after = advance(before, arrow, now, recordings=(recording,), lots=rules.inspected(before, lines))
    await sql.save_inspection(tx, before, after)
    data = {**_ids(order, before.receipt_id), "ship_to_stock": True, "lines": [_told(after, line) for line in lines]}
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=order.parties, data=data)
    because = {"inspection_id": show("inspection", after.id)}
    order = await order_commands.move(tx, actor, order, "inspect", rules.moves(lines), now, because=because)
    await order_commands.complete_if_due(tx, actor, order, now)


def _told(inspection: Inspection, line: Finding) -> dict[str, Any]:
    """What an event says of one finding: quantities, the verdict, and which characteristics failed; never what was measured."""
    told: dict[str, Any] = {
        "line_no": line.line_no,
        "lot": line.lot,
        "accepted": format(line.accepted, "f"),
        "rejected": format(line.rejected, "f"),
    }
    lot = next(item for item in inspection.lots if (item.line_no, item.lot) == (line.line_no, line.lot))
    if lot.verdict is not None:
        told["verdict"] = lot.verdict
    if failing := [result.no for result in line.results if result.nonconforming > 0]:
        told["failing"] = failing[:MAX_TOLD]
    if line.concession is not None:
        told["concession"] = True
    return told


async def record_inspection(
    db: Database, actor: Actor, receipt_id: UUID, draft: InspectionDraft, *, expected: Expected
) -> Inspection:
    """The buyer accepts and rejects (a part of) what was received.

    Each rejection opens a nonconformance; the order completes when everything ordered is accepted.
    """
    async with db.transaction(actor) as tx:
        receipt = await receipts.get_receipt(tx, receipt_id)
        taken = deliveries.sides(receipt, actor)
        order = await orders.lock(tx, receipt.order_id)
        before = await sql.inspection_of(tx, receipt_id)
        if before is None:
            step(INSPECTION["record"], "pending", taken)
            raise OverInspection("Nothing of this receipt arrived, so nothing is left to inspect.")
        require_version(before.version, expected)
        asked = {
            line_no: {one.no: one for one in spec.characteristics}
            for line_no, spec in (await orders.specs(tx, order.id)).items()
        }
        numbers = {line_no: frozenset(known) for line_no, known in asked.items()}
        arrow = rules.decide_record(before, order, draft, actor, numbers)
        found = judging.findings(before, draft.lines, asked)
        now = await tx.now()
        recording = Recording(at=now, inspector=draft.inspector, note=draft.note, lines=found)
        after = advance(
            before,
            arrow,
            now,
            recordings=(*before.recordings, recording),
            lots=rules.inspected(before, found),
        )
        after = msgspec.structs.replace(after, lots=judging.judged(before, after, found, asked))
        await sql.save_inspection(tx, before, after)
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=order.parties,
            # Of this recording only: whoever counts what was accepted adds these events up.
            data={
                **_ids(order, receipt_id),
                "lines": [_told(after, line) for line in found],
            },
        )
        for line in found:
            if line.rejected > 0:
                await nonconformances.open_for_rejection(tx, actor, order, after, line, now)
        because = {"inspection_id": show("inspection", after.id)}
        moves = rules.moves(found)
        order = await order_commands.move(tx, actor, order, "inspect", moves, now, because=because)
        order = await order_commands.complete_if_due(tx, actor, order, now)
        await plans.after_inspection(tx, actor, order, after, found, now)
    return after


def _ids(order: Order, receipt_id: UUID) -> dict[str, Any]:
    return {
        "order_id": show("order", order.id),
        "rfq_id": show("rfq", order.rfq_id),
        "receipt_id": show("receipt", receipt_id),
    }
