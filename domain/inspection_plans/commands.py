"""Setting inspection plans, and following the lots that arrive and are inspected.

The order's lock is held first, then plans are locked by part number.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.actors import Actor
from domain.database import Database, Tx
from domain.deliveries.model import ReceiptLine
from domain.errors import NotFound, VersionRequired
from domain.ids import new_id, show
from domain.inspection_plans import rules, sql
from domain.inspection_plans.model import InspectionPlan, Terms
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.orders import rules as order_rules
from domain.orders import sql as orders
from domain.orders.model import Order, OrderLine
from domain.quality.model import Finding, Inspection
from domain.quality.sampling import Sampling, lot_result


async def put(
    db: Database, actor: Actor, order_id: UUID, line_no: int, terms: Terms, *, expected: Expected
) -> tuple[InspectionPlan, bool]:
    """The buyer sets the plan for the part of an order's line, from its supplier. Returns (plan, whether it is new).

    Raises VersionRequired when there is one and the caller did not say which it saw.
    """
    async with db.transaction(actor) as tx:
        order, line = await _locked(tx, actor, order_id, line_no)
        taken = order_rules.sides(order, actor)
        part = line.detail.part_number
        before = (await sql.lock(tx, order.buyer_id, order.supplier_id, [part])).get(part)
        known = (await orders.characteristics(tx, order.id)).get(line_no, frozenset())
        arrow, counters = rules.decide_put(before, terms, known, actor, taken)
        if before is None:
            require_version(0, expected)
        elif expected is None:
            raise VersionRequired
        else:
            require_version(before.version, expected)
        now = await tx.now()
        if before is not None:
            after = advance(before, arrow, now, terms=terms, **counters)
            await sql.save(tx, before, after)
        else:
            after = InspectionPlan(
                id=new_id(),
                buyer_id=order.buyer_id,
                supplier_id=order.supplier_id,
                part_number=part,
                state=arrow.leads_to(""),
                version=1,
                terms=terms,
                created_at=now,
                updated_at=now,
                **counters,
            )
            await sql.insert(tx, after)
        await _record(tx, arrow, actor, before, after, now, {})
    return after, before is None


async def resume(db: Database, actor: Actor, order_id: UUID, line_no: int, *, expected: Expected) -> InspectionPlan:
    """The buyer lets tightened inspection begin anew after it was discontinued."""
    async with db.transaction(actor) as tx:
        order, line = await _locked(tx, actor, order_id, line_no)
        part = line.detail.part_number
        before = (await sql.lock(tx, order.buyer_id, order.supplier_id, [part])).get(part)
        if before is None:
            raise NotFound("inspection plan")
        require_version(before.version, expected)
        arrow = rules.decide_resume(before, actor)
        now = await tx.now()
        after = advance(before, arrow, now, **rules.FRESH)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, before, after, now, {})
    return after


async def _locked(tx: Tx, actor: Actor, order_id: UUID, line_no: int) -> tuple[Order, OrderLine]:
    order = await orders.lock(tx, order_id)
    order_rules.sides(order, actor)
    line = order.line(line_no)
    if line is None:
        raise NotFound("line")
    return order, line


async def on_arrival(
    tx: Tx, actor: Actor, order: Order, arrived: Sequence[ReceiptLine], now: datetime
) -> tuple[Sampling, ...]:
    """The samples of lots that arrive, as their plans stand; the order is locked."""
    plans = await _plans(tx, order, [line.line_no for line in arrived])
    found: list[Sampling] = []
    for arrival in arrived:
        line = order.line(arrival.line_no)
        plan = None if line is None else plans.get(line.detail.part_number)
        if line is None or plan is None:
            continue
        sampling = rules.sampling_of(plan, line, arrival.lot, arrival.received, arrival.damaged)
        if sampling is None:
            continue
        found.append(sampling)
        if (taken := rules.arrival(plan, sampling)) is not None:
            plans[plan.part_number] = await _follow(tx, actor, order, plan, taken, now, (line.line_no, arrival.lot))
    return tuple(found)


async def after_inspection(
    tx: Tx, actor: Actor, order: Order, inspection: Inspection, lines: Sequence[Finding], now: datetime
) -> None:
    """What a recording does to the plans of its lots: each that is inspected to the last unit counts, once."""
    plans = await _plans(tx, order, [line.line_no for line in lines])
    for found in lines:
        line = order.line(found.line_no)
        plan = None if line is None else plans.get(line.detail.part_number)
        if line is None or plan is None:
            continue
        lot = next(item for item in inspection.lots if (item.line_no, item.lot) == (found.line_no, found.lot))
        if lot.open > 0 and not (plan.state == "ship_to_stock" and found.rejected > 0):
            continue
        if inspection.corrected(lot):  # submitted again after rework: only the original inspection counts (9.3)
            continue
        sampling = inspection.sampling_of(lot)
        result = lot_result(sampling, inspection.results_of(lot), lot.verdict, lot.rejected)
        if (taken := rules.counted(plan, sampling, result)) is not None:
            plans[plan.part_number] = await _follow(tx, actor, order, plan, taken, now, (lot.line_no, lot.lot))


async def on_complaint(tx: Tx, actor: Actor, order: Order, line_no: int, lot: str, now: datetime) -> None:
    """Accepted pieces turn out bad: trust ends, and the run of good lots begins anew. The order is locked."""
    for plan in (await _plans(tx, order, [line_no])).values():
        if (taken := rules.complained(plan)) is not None:
            await _follow(tx, actor, order, plan, taken, now, (line_no, lot))


async def _plans(tx: Tx, order: Order, line_nos: Sequence[int]) -> dict[str, InspectionPlan]:
    lines = [line for line in order.lines if line.line_no in line_nos]
    return await sql.lock(tx, order.buyer_id, order.supplier_id, sorted({line.detail.part_number for line in lines}))


async def _follow(
    tx: Tx,
    actor: Actor,
    order: Order,
    before: InspectionPlan,
    taken: tuple[Arrow, dict[str, Any]],
    now: datetime,
    lot: tuple[int, str],
) -> InspectionPlan:
    """One step of the plan as a consequence of a lot; the event names who caused it."""
    arrow, counters = taken
    after = advance(before, arrow, now, **counters)
    await sql.save(tx, before, after)
    data = {"order_id": show("order", order.id), "line_no": lot[0], "lot": lot[1]}
    await _record(tx, arrow, actor, before, after, now, data)
    return after


async def _record(
    tx: Tx,
    arrow: Arrow,
    actor: Actor,
    before: InspectionPlan | None,
    after: InspectionPlan,
    now: datetime,
    data: dict[str, Any],
) -> None:
    told = {"part_number": after.part_number, "state": after.state, **data}
    audience = (after.buyer_id, after.supplier_id)
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=audience, data=told)
