"""What can be done about inspections: requested by a receipt, recorded in parts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.actors import Actor
from domain.database import Database, Tx
from domain.deliveries import rules as deliveries
from domain.deliveries import sql as receipts
from domain.deliveries.model import Receipt
from domain.errors import OverInspection
from domain.ids import show
from domain.ledger import record
from domain.lifecycle import INSPECTION, Expected, advance, require_version, step
from domain.nonconformances import commands as nonconformances
from domain.orders import commands as order_commands
from domain.orders import sql as orders
from domain.orders.model import ZERO, Order
from domain.quality import rules, sql
from domain.quality.model import Inspection, InspectionDraft, Lot, Recording


async def request_inspection(
    tx: Tx, actor: Actor, order: Order, receipt: Receipt, inspection_id: UUID, now: datetime
) -> None:
    """What a receipt brought awaits inspection; in the transaction of the receipt, whose order is locked."""
    arrived = [line for line in receipt.lines if line.received > 0]
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
        numbers = await orders.characteristics(tx, order.id)
        arrow = rules.decide_record(before, order, draft, actor, numbers)
        now = await tx.now()
        recording = Recording(at=now, inspector=draft.inspector, note=draft.note, lines=draft.lines)
        after = advance(
            before,
            arrow,
            now,
            recordings=(*before.recordings, recording),
            lots=rules.inspected(before, draft.lines),
        )
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
                "lines": [
                    {
                        "line_no": line.line_no,
                        "lot": line.lot,
                        "accepted": format(line.accepted, "f"),
                        "rejected": format(line.rejected, "f"),
                    }
                    for line in draft.lines
                ],
            },
        )
        for line in draft.lines:
            if line.rejected > 0:
                await nonconformances.open_for_rejection(tx, actor, order, after, line, now)
        because = {"inspection_id": show("inspection", after.id)}
        moves = rules.moves(draft.lines)
        order = await order_commands.move(tx, actor, order, "inspect", moves, now, because=because)
        await order_commands.complete_if_due(tx, actor, order, now)
    return after


def _ids(order: Order, receipt_id: UUID) -> dict[str, Any]:
    return {
        "order_id": show("order", order.id),
        "rfq_id": show("rfq", order.rfq_id),
        "receipt_id": show("receipt", receipt_id),
    }
