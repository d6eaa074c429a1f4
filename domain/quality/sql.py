"""All SQL about inspections. Whoever writes an inspection holds the lock of its order."""

from typing import Any
from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.errors import ConcessionRequired, NotFound, OverInspection, StaleVersion
from domain.quality.model import Inspection, Lot, Recording
from domain.quality.sampling import Sampling
from domain.quantity import plain

_RECORDINGS = msgspec.json.Decoder(tuple[Recording, ...])
_LOTS = msgspec.json.Decoder(tuple[Lot, ...])
_SAMPLING = msgspec.json.Decoder(tuple[Sampling, ...])

INSERT_INSPECTION = """
INSERT INTO inspection (
    id, receipt_id, order_id, buyer_id, supplier_id, state, version, results, created_at, updated_at, sampling
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def insert_inspection(tx: Tx, inspection: Inspection) -> None:
    """A new inspection. Its lots are the lines of the receipt, which are there already."""
    await tx.execute(
        INSERT_INSPECTION,
        inspection.id,
        inspection.receipt_id,
        inspection.order_id,
        inspection.buyer_id,
        inspection.supplier_id,
        inspection.state,
        inspection.version,
        msgspec.json.encode(inspection.recordings).decode(),
        inspection.created_at,
        inspection.updated_at,
        msgspec.json.encode(inspection.sampling).decode(),
    )


# Lots come as JSON in the same statement: the quantities belong to the version that is shown with them.
_INSPECTION_COLUMNS = """
SELECT i.id, i.receipt_id, i.order_id, i.buyer_id, i.supplier_id, i.state, i.version, i.results AS recordings,
       i.created_at, i.updated_at, i.sampling::text AS sampling,
       (SELECT json_agg(json_build_object(
                   'line_no', l.line_no, 'lot', l.lot, 'received', l.received, 'accepted', l.accepted,
                   'rejected', l.rejected, 'verdict', l.verdict, 'nonconforming', l.nonconforming,
                   'conceded', l.conceded
               ) ORDER BY l.position)::text
          FROM receipt_line l
         WHERE l.receipt_id = i.receipt_id AND l.received > 0) AS lots
"""

LIST_INSPECTIONS = (
    _INSPECTION_COLUMNS
    + """
  FROM inspection i
 WHERE i.receipt_id = $1 AND ($2::uuid IS NULL OR i.id > $2)
 ORDER BY i.id
 LIMIT $3
"""
)


async def list_inspections(tx: Tx, receipt_id: UUID, *, after: UUID | None, limit: int) -> list[Inspection]:
    """Inspections of one receipt: one, or none when nothing arrived."""
    return [_inspection(row) for row in await tx.fetch(LIST_INSPECTIONS, receipt_id, after, limit)]


INSPECTIONS_OF_ORDER = (
    _INSPECTION_COLUMNS
    + """, r.despatch_id
  FROM inspection i
  JOIN receipt r ON r.id = i.receipt_id
 WHERE i.order_id = $1
 ORDER BY i.id
"""
)


async def inspections_of_order(tx: Tx, order_id: UUID) -> list[tuple[Inspection, UUID | None]]:
    """All inspections of an order (one for each receipt) with the despatch that was received, oldest first."""
    rows = await tx.fetch(INSPECTIONS_OF_ORDER, order_id)
    return [
        (_inspection({name: value for name, value in row.items() if name != "despatch_id"}), row["despatch_id"])
        for row in rows
    ]


async def inspection_of(tx: Tx, receipt_id: UUID) -> Inspection | None:
    """The inspection of one receipt; None when nothing arrived."""
    found = await list_inspections(tx, receipt_id, after=None, limit=1)
    return found[0] if found else None


RECEIPT_OF = """
SELECT receipt_id FROM inspection WHERE id = $1
"""


async def receipt_of(tx: Tx, inspection_id: UUID) -> UUID:
    """The receipt that an inspection is of. Raises NotFound."""
    found: UUID | None = await tx.fetchval(RECEIPT_OF, inspection_id)
    if found is None:
        raise NotFound("inspection")
    return found


def _inspection(row: Row | dict[str, Any]) -> Inspection:
    return Inspection(
        **{
            **row,
            "recordings": _RECORDINGS.decode(row["recordings"]),
            "sampling": _SAMPLING.decode(row["sampling"]),
            "lots": tuple(
                msgspec.structs.replace(
                    lot,
                    received=plain(lot.received),
                    accepted=plain(lot.accepted),
                    rejected=plain(lot.rejected),
                    nonconforming=plain(lot.nonconforming),
                )
                for lot in _LOTS.decode(row["lots"])
            ),
        }
    )


SAVE_INSPECTION = """
UPDATE inspection SET state = $3, version = $4, results = $5, updated_at = $6 WHERE id = $1 AND version = $2
"""

SAVE_LOTS = """
UPDATE receipt_line
   SET accepted = new.accepted, rejected = new.rejected, verdict = new.verdict, nonconforming = new.nonconforming,
       conceded = new.conceded
  FROM unnest($2::integer[], $3::text[], $4::numeric[], $5::numeric[], $6::text[], $7::numeric[], $8::boolean[])
       AS new (line_no, lot, accepted, rejected, verdict, nonconforming, conceded)
 WHERE receipt_line.receipt_id = $1 AND receipt_line.line_no = new.line_no AND receipt_line.lot = new.lot
"""


async def save_inspection(tx: Tx, before: Inspection, after: Inspection) -> None:
    """Write the row and the lots that changed.

    Raises StaleVersion when somebody else was faster, OverInspection or ConcessionRequired when the database refuses the
    quantities.
    """
    touched = await tx.execute(
        SAVE_INSPECTION,
        before.id,
        before.version,
        after.state,
        after.version,
        msgspec.json.encode(after.recordings).decode(),
        after.updated_at,
    )
    if touched != 1:
        raise StaleVersion
    changed = [lot for lot, old in zip(after.lots, before.lots, strict=True) if lot != old]
    beyond = OverInspection("More is accepted and rejected than was received.")
    failed = ConcessionRequired("A lot whose sample failed is accepted under a concession.")
    with (
        Constraint("receipt_line_inspected_within_received", beyond),
        Constraint("receipt_line_failed_accepted", failed),
    ):
        await tx.execute(
            SAVE_LOTS,
            after.receipt_id,
            [lot.line_no for lot in changed],
            [lot.lot for lot in changed],
            [lot.accepted for lot in changed],
            [lot.rejected for lot in changed],
            [lot.verdict for lot in changed],
            [lot.nonconforming for lot in changed],
            [lot.conceded for lot in changed],
        )
