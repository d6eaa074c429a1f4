"""What a nonconformance changes of an inspection and its order: the one way in which recorded quantities move again."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.database import Tx
from domain.ids import show
from domain.ledger import record
from domain.lifecycle import INSPECTION, advance
from domain.orders import commands as order_commands
from domain.orders.model import Move, Order
from domain.quality import judging, rules, sql
from domain.quality.model import Finding, Inspection, Recording


async def correct(
    tx: Tx,
    actor: Actor,
    order: Order,
    before: Inspection,
    now: datetime,
    *,
    place: tuple[int, str],
    accepted: Decimal,
    rejected: Decimal,
    because: UUID,
) -> Order:
    """Move quantities of one lot (line number, lot) by signed amounts; the order's follow, and it completes or goes on.

    What is then neither accepted nor rejected awaits inspection again. `order` is locked; `because` is the nonconformance.
    Returns the order. Raises OverDespatch where pieces were sent in place of these already.
    """
    line_no, lot = place
    finding = Finding(line_no=line_no, lot=lot, accepted=accepted, rejected=rejected, defects=())
    recording = Recording(at=now, inspector=None, note=None, lines=(finding,), because=because)
    lots = rules.inspected(before, (finding,))
    arrow = INSPECTION["reopen" if accepted + rejected < 0 else "correct"]
    after = advance(before, arrow, now, recordings=(*before.recordings, recording), lots=lots)
    after = msgspec.structs.replace(after, lots=judging.corrected(after, finding))
    await sql.save_inspection(tx, before, after)
    told = {
        "order_id": show("order", order.id),
        "rfq_id": show("rfq", order.rfq_id),
        "receipt_id": show("receipt", before.receipt_id),
        "nonconformance_id": show("nonconformance", because),
        "lines": [
            {"line_no": line_no, "lot": lot, "accepted": format(accepted, "f"), "rejected": format(rejected, "f")}
        ],
    }
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=order.parties, data=told)
    moves = [Move(line_no=line_no, accepted=accepted, rejected=rejected)]
    cause = {"inspection_id": show("inspection", after.id), "nonconformance_id": show("nonconformance", because)}
    order = await order_commands.move(tx, actor, order, "correct", moves, now, because=cause)
    order = await order_commands.reopen_if_due(tx, actor, order, now)
    return await order_commands.complete_if_due(tx, actor, order, now)
