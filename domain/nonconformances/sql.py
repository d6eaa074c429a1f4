"""All SQL about nonconformances and return shipments. Whoever writes one holds the lock of its order."""

from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, NotFound, QuantityExceeded, StaleVersion
from domain.nonconformances.model import Decided, Detail, Nonconformance, ReturnShipment
from domain.quantity import plain

_DETAIL = msgspec.json.Decoder(Detail)
_DISPOSITIONS = msgspec.json.Decoder(tuple[Decided, ...])

INSERT = """
INSERT INTO nonconformance (
    id, order_id, inspection_id, buyer_id, supplier_id, origin, state, version, line_no, lot, quantity, detail, created_at,
    updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""


async def insert(tx: Tx, thing: Nonconformance) -> None:
    """A new one, of which nothing is decided."""
    await tx.execute(
        INSERT,
        thing.id,
        thing.order_id,
        thing.inspection_id,
        thing.buyer_id,
        thing.supplier_id,
        thing.origin,
        thing.state,
        thing.version,
        thing.line_no,
        thing.lot,
        thing.quantity,
        msgspec.json.encode(thing.detail).decode(),
        thing.created_at,
        thing.updated_at,
    )


_COLUMNS = """
SELECT n.id, n.order_id, n.inspection_id, n.buyer_id, n.supplier_id, n.origin, n.state, n.version, n.line_no, n.lot, n.quantity,
       n.detail::text AS detail, n.disposition, n.dispositions::text AS dispositions, n.reworked, n.conceded, n.returned,
       n.replaced, n.created_at, n.updated_at
  FROM nonconformance n
"""

GET = _COLUMNS + " WHERE n.id = $1 AND n.order_id = $2"


async def get(tx: Tx, order_id: UUID, nonconformance_id: UUID) -> Nonconformance:
    """One about that order. Raises NotFound."""
    row = await tx.fetchrow(GET, nonconformance_id, order_id)
    if row is None:
        raise NotFound("nonconformance")
    return _nonconformance(row)


LIST = (
    _COLUMNS
    + """
 WHERE n.order_id = $1 AND ($2::uuid IS NULL OR n.id > $2) AND ($4::text IS NULL OR n.state = $4)
 ORDER BY n.id
 LIMIT $3
"""
)


async def list_of(tx: Tx, order_id: UUID, *, after: UUID | None, limit: int, state: str | None) -> list[Nonconformance]:
    """Those about one order, oldest first."""
    return [_nonconformance(row) for row in await tx.fetch(LIST, order_id, after, limit, state)]


def _nonconformance(row: Row) -> Nonconformance:
    quantities = ("quantity", "reworked", "conceded", "returned", "replaced")
    return Nonconformance(
        **{
            **row,
            **{name: plain(row[name]) for name in quantities},
            "detail": _DETAIL.decode(row["detail"]),
            "dispositions": tuple(
                msgspec.structs.replace(item, quantity=plain(item.quantity))
                for item in _DISPOSITIONS.decode(row["dispositions"])
            ),
        }
    )


SAVE = """
UPDATE nonconformance
   SET state = $3, version = $4, detail = $5, disposition = $6, dispositions = $7, reworked = $8, conceded = $9,
       returned = $10, replaced = $11, updated_at = $12
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: Nonconformance, after: Nonconformance) -> None:
    """Write the row.

    Raises StaleVersion when somebody else was faster, QuantityExceeded when more would be carried out than it is about.
    """
    beyond = QuantityExceeded(
        "More would be reworked, conceded, returned or replaced than the nonconformance is about."
    )
    with Constraint("nonconformance_within_quantity", beyond):
        touched = await tx.execute(
            SAVE,
            before.id,
            before.version,
            after.state,
            after.version,
            msgspec.json.encode(after.detail).decode(),
            after.disposition,
            msgspec.json.encode(after.dispositions).decode(),
            after.reworked,
            after.conceded,
            after.returned,
            after.replaced,
            after.updated_at,
        )
    if touched != 1:
        raise StaleVersion


INSERT_RETURN = """
INSERT INTO return_shipment (
    id, order_id, nonconformance_id, buyer_id, supplier_id, state, version, reference, quantity, note, created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


async def insert_return(tx: Tx, shipment: ReturnShipment) -> None:
    """A new return. Raises Duplicate when the buyer has used the reference before."""
    taken = Duplicate(f"You have a return with the reference {shipment.reference!r} already.")
    with Constraint("return_shipment_reference", taken):
        await tx.execute(
            INSERT_RETURN,
            shipment.id,
            shipment.order_id,
            shipment.nonconformance_id,
            shipment.buyer_id,
            shipment.supplier_id,
            shipment.state,
            shipment.version,
            shipment.reference,
            shipment.quantity,
            shipment.note,
            shipment.created_at,
            shipment.updated_at,
        )


_RETURN_COLUMNS = """
SELECT r.id, r.order_id, r.nonconformance_id, r.buyer_id, r.supplier_id, r.state, r.version, r.reference, r.quantity, r.note,
       r.created_at, r.updated_at
  FROM return_shipment r
"""
GET_RETURN = _RETURN_COLUMNS + " WHERE r.id = $1 AND r.order_id = $2"
LIST_RETURNS = (
    _RETURN_COLUMNS
    + """
 WHERE r.order_id = $1 AND ($2::uuid IS NULL OR r.id > $2)
 ORDER BY r.id
 LIMIT $3
"""
)


async def get_return(tx: Tx, order_id: UUID, shipment_id: UUID) -> ReturnShipment:
    """One of that order. Raises NotFound."""
    row = await tx.fetchrow(GET_RETURN, shipment_id, order_id)
    if row is None:
        raise NotFound("return")
    return _return(row)


async def list_returns(tx: Tx, order_id: UUID, *, after: UUID | None, limit: int) -> list[ReturnShipment]:
    """Those of one order, oldest first."""
    return [_return(row) for row in await tx.fetch(LIST_RETURNS, order_id, after, limit)]


def _return(row: Row) -> ReturnShipment:
    return ReturnShipment(**{**row, "quantity": plain(row["quantity"])})


SAVE_RETURN = """
UPDATE return_shipment SET state = $3, version = $4, updated_at = $5 WHERE id = $1 AND version = $2
"""


async def save_return(tx: Tx, before: ReturnShipment, after: ReturnShipment) -> None:
    """Write the row. Raises StaleVersion when somebody else was faster."""
    if await tx.execute(SAVE_RETURN, before.id, before.version, after.state, after.version, after.updated_at) != 1:
        raise StaleVersion
