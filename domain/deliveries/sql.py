"""All SQL about despatches and receipts. Every writer holds the lock of their order, so they need none of their own."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.deliveries.model import Despatch, DespatchDetail, DespatchLine, Receipt, ReceiptLine
from domain.errors import Duplicate, NotFound, OverReceipt, StaleVersion
from domain.quantity import plain

_DETAIL = msgspec.json.Decoder(DespatchDetail)
_DESPATCH_LINES = msgspec.json.Decoder(tuple[DespatchLine, ...])
_RECEIPT_LINES = msgspec.json.Decoder(tuple[ReceiptLine, ...])

INSERT_DESPATCH = """
INSERT INTO despatch (
    id, order_id, buyer_id, supplier_id, number, kind, replaces, announced, state, version, detail, despatched_at,
    created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""

INSERT_DESPATCH_LINES = """
INSERT INTO despatch_line (despatch_id, position, line_no, lot, heat_number, quantity, certificates)
SELECT $1, line.position, line.line_no, line.lot, line.heat_number, line.quantity,
       array(SELECT jsonb_array_elements_text(line.certificates))
  FROM unnest($2::integer[], $3::text[], $4::text[], $5::numeric[], $6::jsonb[])
       WITH ORDINALITY AS line (line_no, lot, heat_number, quantity, certificates, position)
"""


async def insert_despatch(tx: Tx, despatch: Despatch) -> None:
    """A new despatch with its lines. Raises Duplicate when the supplier has used the number before."""
    with Constraint("despatch_number", Duplicate(f"You have a despatch with the number {despatch.number!r} already.")):
        await tx.execute(
            INSERT_DESPATCH,
            despatch.id,
            despatch.order_id,
            despatch.buyer_id,
            despatch.supplier_id,
            despatch.number,
            despatch.kind,
            despatch.replaces,
            despatch.announced,
            despatch.state,
            despatch.version,
            msgspec.json.encode(despatch.detail).decode(),
            despatch.despatched_at,
            despatch.created_at,
            despatch.updated_at,
        )
    await tx.execute(
        INSERT_DESPATCH_LINES,
        despatch.id,
        [line.line_no for line in despatch.lines],
        [line.lot for line in despatch.lines],
        [line.heat_number for line in despatch.lines],
        [line.quantity for line in despatch.lines],
        [msgspec.json.encode(line.certificates).decode() for line in despatch.lines],
    )


_DESPATCH_COLUMNS = """
SELECT d.id, d.order_id, d.buyer_id, d.supplier_id, d.number, d.kind, d.replaces, d.announced, d.state, d.version,
       d.detail, d.despatched_at, d.created_at, d.updated_at,
       (SELECT json_agg(json_build_object(
                   'line_no', l.line_no, 'lot', l.lot, 'heat_number', l.heat_number, 'quantity', l.quantity,
                   'received', l.received, 'short', l.short, 'certificates', l.certificates
               ) ORDER BY l.position)::text
          FROM despatch_line l
         WHERE l.despatch_id = d.id) AS lines
  FROM despatch d
"""
"""Lines come as JSON in the same statement: the quantities belong to the version that is shown with them."""

GET_DESPATCH = _DESPATCH_COLUMNS + " WHERE d.id = $1"


async def get_despatch(tx: Tx, despatch_id: UUID) -> Despatch:
    """The despatch with its lines. Raises NotFound."""
    row = await tx.fetchrow(GET_DESPATCH, despatch_id)
    if row is None:
        raise NotFound("despatch")
    return _despatch(row)


LIST_DESPATCHES = (
    _DESPATCH_COLUMNS
    + """
 WHERE d.order_id = $1 AND ($2::uuid IS NULL OR d.id > $2)
 ORDER BY d.id
 LIMIT $3
"""
)


async def list_despatches(tx: Tx, order_id: UUID, *, after: UUID | None, limit: int) -> list[Despatch]:
    """Despatches of one order, oldest first."""
    return [_despatch(row) for row in await tx.fetch(LIST_DESPATCHES, order_id, after, limit)]


def _despatch(row: Row) -> Despatch:
    return Despatch(
        **{
            **row,
            "detail": _DETAIL.decode(row["detail"]),
            "lines": tuple(
                msgspec.structs.replace(
                    line, quantity=plain(line.quantity), received=plain(line.received), short=plain(line.short)
                )
                for line in _DESPATCH_LINES.decode(row["lines"])
            ),
        }
    )


SAVE_DESPATCH = """
UPDATE despatch SET state = $3, version = $4, updated_at = $5 WHERE id = $1 AND version = $2
"""

SAVE_DESPATCH_LINES = """
UPDATE despatch_line SET received = new.received, short = new.short
  FROM unnest($2::integer[], $3::text[], $4::numeric[], $5::numeric[]) AS new (line_no, lot, received, short)
 WHERE despatch_line.despatch_id = $1 AND despatch_line.line_no = new.line_no AND despatch_line.lot = new.lot
"""


async def save_despatch(tx: Tx, before: Despatch, after: Despatch) -> None:
    """Write the row and what receipts account for.

    Raises StaleVersion when somebody else was faster, OverReceipt when the database refuses the quantities.
    """
    touched = await tx.execute(SAVE_DESPATCH, before.id, before.version, after.state, after.version, after.updated_at)
    if touched != 1:
        raise StaleVersion
    changed = [line for line, old in zip(after.lines, before.lines, strict=True) if line != old]
    if not changed:
        return
    beyond = OverReceipt("More is received or short than this despatch holds.")
    with Constraint("despatch_line_received_within_quantity", beyond):
        await tx.execute(
            SAVE_DESPATCH_LINES,
            after.id,
            [line.line_no for line in changed],
            [line.lot for line in changed],
            [line.received for line in changed],
            [line.short for line in changed],
        )


INSERT_RECEIPT = """
INSERT INTO receipt (
    id, order_id, despatch_id, buyer_id, supplier_id, state, version, number, note, received_at, created_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""

INSERT_RECEIPT_LINES = """
INSERT INTO receipt_line (receipt_id, position, line_no, lot, received, short, damaged)
SELECT $1, line.position, line.line_no, line.lot, line.received, line.short, line.damaged
  FROM unnest($2::integer[], $3::text[], $4::numeric[], $5::numeric[], $6::numeric[])
       WITH ORDINALITY AS line (line_no, lot, received, short, damaged, position)
"""


async def insert_receipt(tx: Tx, receipt: Receipt) -> None:
    """A new receipt with its lines."""
    await tx.execute(
        INSERT_RECEIPT,
        receipt.id,
        receipt.order_id,
        receipt.despatch_id,
        receipt.buyer_id,
        receipt.supplier_id,
        receipt.state,
        receipt.version,
        receipt.number,
        receipt.note,
        receipt.received_at,
        receipt.created_at,
    )
    await tx.execute(
        INSERT_RECEIPT_LINES,
        receipt.id,
        [line.line_no for line in receipt.lines],
        [line.lot for line in receipt.lines],
        [line.received for line in receipt.lines],
        [line.short for line in receipt.lines],
        [line.damaged for line in receipt.lines],
    )


# `accepted` and `rejected` of a line are not the receipt's: they move with its inspection and its events.
_RECEIPT_COLUMNS = """
SELECT r.id, r.order_id, r.despatch_id, r.buyer_id, r.supplier_id, r.state, r.version, r.number, r.note, r.received_at,
       r.created_at, i.id AS inspection_id,
       (SELECT json_agg(json_build_object(
                   'line_no', l.line_no, 'lot', l.lot, 'received', l.received, 'short', l.short, 'damaged', l.damaged
               ) ORDER BY l.position)::text
          FROM receipt_line l
         WHERE l.receipt_id = r.id) AS lines
  FROM receipt r
  LEFT JOIN inspection i ON i.receipt_id = r.id
"""

GET_RECEIPT = _RECEIPT_COLUMNS + " WHERE r.id = $1"


async def get_receipt(tx: Tx, receipt_id: UUID) -> Receipt:
    """The receipt with its lines. Raises NotFound."""
    row = await tx.fetchrow(GET_RECEIPT, receipt_id)
    if row is None:
        raise NotFound("receipt")
    return _receipt(row)


LIST_RECEIPTS = (
    _RECEIPT_COLUMNS
    + """
 WHERE r.order_id = $1 AND ($2::uuid IS NULL OR r.id > $2)
 ORDER BY r.id
 LIMIT $3
"""
)


async def list_receipts(tx: Tx, order_id: UUID, *, after: UUID | None, limit: int) -> list[Receipt]:
    """Receipts of one order, oldest first."""
    return [_receipt(row) for row in await tx.fetch(LIST_RECEIPTS, order_id, after, limit)]


def _receipt(row: Row) -> Receipt:
    lines: Sequence[ReceiptLine] = _RECEIPT_LINES.decode(row["lines"])
    return Receipt(
        **{
            **row,
            "lines": tuple(
                msgspec.structs.replace(
                    line, received=plain(line.received), short=plain(line.short), damaged=plain(line.damaged)
                )
                for line in lines
            ),
        }
    )
