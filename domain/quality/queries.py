"""Reads about inspections."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.deliveries import rules as deliveries
from domain.deliveries import sql as receipts
from domain.orders import queries as orders
from domain.quality import sql
from domain.quality.model import CharacteristicResult, Inspection


async def list_inspections(
    db: Database, actor: Actor, receipt_id: UUID, *, after: UUID | None, limit: int
) -> list[Inspection]:
    """The inspection of a receipt, if anything arrived. Raises NotFound for a receipt that is not the actor's."""
    async with db.read(actor) as tx:
        deliveries.sides(await receipts.get_receipt(tx, receipt_id), actor)
        return await sql.list_inspections(tx, receipt_id, after=after, limit=limit)


async def results_of_characteristic(
    db: Database, actor: Actor, order_id: UUID, line_no: int, no: int
) -> list[CharacteristicResult]:
    """What the inspections of an order found of one characteristic of a line, oldest recording first.

    Raises NotFound for an order that is not the actor's.
    """
    await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        found = await sql.inspections_of_order(tx, order_id)
    return [
        CharacteristicResult(
            inspection_id=inspection.id,
            receipt_id=inspection.receipt_id,
            despatch_id=despatch_id,
            at=part.at,
            inspector=part.inspector,
            lot=line.lot,
            result=result,
        )
        for inspection, despatch_id in found
        for part in inspection.recordings
        for line in part.lines
        if line.line_no == line_no
        for result in line.results
        if result.no == no
    ]
