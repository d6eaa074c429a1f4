"""All SQL about orders and their lines."""

from collections.abc import Sequence
from datetime import UTC
from uuid import UUID

import msgspec

from domain import money
from domain.database import Constraint, Row, Tx
from domain.errors import (
    BelowDespatched,
    DeviationExhausted,
    FirstArticleRequired,
    Forbidden,
    NotFound,
    OverDespatch,
    OverInspection,
    OverReceipt,
    OverReturn,
    QuantityExceeded,
    StaleVersion,
)
from domain.orders.model import Card, Order, OrderLine, OrderTerms
from domain.quantity import plain
from domain.rfqs.model import LineSpec

_TERMS = msgspec.json.Decoder(OrderTerms)
_SPEC = msgspec.json.Decoder(LineSpec)
_LINES = msgspec.json.Decoder(tuple[OrderLine, ...])

# A number is made of random digits: the rare one that is taken is answered with no row, and another one is tried.
INSERT = """
INSERT INTO purchase_order (
    id, number, award_id, rfq_id, buyer_id, supplier_id, state, version, currency, total, terms, over_delivery_percent,
    created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT ON CONSTRAINT purchase_order_number DO NOTHING
"""

INSERT_LINES = """
INSERT INTO order_line (order_id, line_no, rfq_line_id, detail, unit, unit_price, ordered, tolerance, gate, sample_limit)
SELECT $1, line.*
  FROM unnest($2::integer[], $3::uuid[], $4::jsonb[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[],
              $9::text[], $10::numeric[]) AS line
"""


async def insert(tx: Tx, order: Order) -> bool:
    """A new order with its lines; False, and nothing written, when the buyer has an order of that number."""
    written = await tx.execute(
        INSERT,
        order.id,
        order.number,
        order.award_id,
        order.rfq_id,
        order.buyer_id,
        order.supplier_id,
        order.state,
        order.version,
        order.currency,
        order.total,
        msgspec.json.encode(order.terms).decode(),
        order.over_delivery_percent,
        order.created_at,
        order.updated_at,
    )
    if written == 0:
        return False
    await tx.execute(
        INSERT_LINES,
        order.id,
        [line.line_no for line in order.lines],
        [line.rfq_line_id for line in order.lines],
        [msgspec.json.encode(line.detail).decode() for line in order.lines],
        [line.unit for line in order.lines],
        [line.unit_price for line in order.lines],
        [line.ordered for line in order.lines],
        [line.tolerance for line in order.lines],
        [line.gate for line in order.lines],
        [line.sample_limit for line in order.lines],
    )
    return True


# Lines come as JSON in the same statement: the quantities belong to the version that is shown with them.
GET = """
SELECT o.id, o.number, o.award_id, o.rfq_id, o.buyer_id, o.supplier_id, o.state, o.version, o.currency, o.total,
       o.terms, o.over_delivery_percent, o.revision, o.held_from, o.state_reason, o.state_note, o.acknowledged_at,
       o.completed_at, o.created_at, o.updated_at,
       (SELECT json_agg(json_build_object(
                   'line_no', l.line_no, 'rfq_line_id', l.rfq_line_id, 'detail', l.detail, 'unit', l.unit,
                   'unit_price', l.unit_price, 'promised_on', l.promised_on, 'answer', l.answer, 'ordered', l.ordered,
                   'tolerance', l.tolerance, 'despatched', l.despatched, 'short', l.short, 'received', l.received,
                   'accepted', l.accepted, 'rejected', l.rejected, 'returned', l.returned, 'gate', l.gate,
                   'gate_quantity', l.gate_quantity, 'gate_until', l.gate_until, 'sampled', l.sampled,
                   'sample_limit', l.sample_limit
               ) ORDER BY l.line_no)::text
          FROM order_line l
         WHERE l.order_id = o.id) AS lines
  FROM purchase_order o
 WHERE o.id = $1
"""

# A statement of its own: one that waits for a lock and reads the lines too would read them as they were before.
LOCK = """
SELECT id FROM purchase_order WHERE id = $1 FOR NO KEY UPDATE
"""


async def get(tx: Tx, order_id: UUID) -> Order:
    """The order with its lines. Raises NotFound."""
    row = await tx.fetchrow(GET, order_id)
    if row is None:
        raise NotFound("order")
    return _order(row)


async def lock(tx: Tx, order_id: UUID) -> Order:
    """As `get`, locked: whoever changes its despatches, receipts or inspections holds this first. Raises NotFound."""
    await tx.execute(LOCK, order_id)
    return await get(tx, order_id)


def _order(row: Row) -> Order:
    return Order(
        **{
            **row,
            "total": money.total(row["total"], row["currency"]),
            "terms": _TERMS.decode(row["terms"]),
            "over_delivery_percent": plain(row["over_delivery_percent"]),
            "lines": tuple(_line(line) for line in _LINES.decode(row["lines"])),
        }
    )


def _line(line: OrderLine) -> OrderLine:
    """Decimals in the one form that they have everywhere else."""
    return msgspec.structs.replace(
        line,
        unit_price=money.price(line.unit_price),
        ordered=plain(line.ordered),
        tolerance=plain(line.tolerance),
        despatched=plain(line.despatched),
        short=plain(line.short),
        received=plain(line.received),
        accepted=plain(line.accepted),
        rejected=plain(line.rejected),
        returned=plain(line.returned),
        gate_quantity=None if line.gate_quantity is None else plain(line.gate_quantity),
        gate_until=None if line.gate_until is None else line.gate_until.astimezone(UTC),
        sampled=plain(line.sampled),
        sample_limit=plain(line.sample_limit),
    )


SAVE = """
UPDATE purchase_order
   SET state = $3, version = $4, acknowledged_at = $5, completed_at = $6, updated_at = $7, total = $8, terms = $9,
       revision = $10, held_from = $11, state_reason = $12, state_note = $13
 WHERE id = $1 AND version = $2
"""

SAVE_LINES = """
UPDATE order_line
   SET promised_on = new.promised_on, despatched = new.despatched, short = new.short, received = new.received,
       accepted = new.accepted, rejected = new.rejected, gate = new.gate, gate_quantity = new.gate_quantity,
       gate_until = new.gate_until, sampled = new.sampled, sample_limit = new.sample_limit,
       returned = new.returned
  FROM unnest($2::integer[], $3::date[], $4::numeric[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[],
              $9::text[], $10::numeric[], $11::timestamptz[], $12::numeric[], $13::numeric[],
              $14::numeric[])
       AS new (line_no, promised_on, despatched, short, received, accepted, rejected, gate, gate_quantity, gate_until,
               sampled, sample_limit, returned)
 WHERE order_line.order_id = $1 AND order_line.line_no = new.line_no
"""


async def save(tx: Tx, before: Order, after: Order) -> None:
    """Write the row and the lines that changed.

    Raises StaleVersion when somebody else was faster, and for quantities that the database refuses OverDespatch, OverReceipt
    or OverInspection.
    """
    touched = await tx.execute(
        SAVE,
        before.id,
        before.version,
        after.state,
        after.version,
        after.acknowledged_at,
        after.completed_at,
        after.updated_at,
        after.total,
        msgspec.json.encode(after.terms).decode(),
        after.revision,
        after.held_from,
        after.state_reason,
        after.state_note,
    )
    if touched != 1:
        raise StaleVersion
    agreed = [line for line, old in zip(after.lines, before.lines, strict=True) if _agreed(line) != _agreed(old)]
    if agreed:
        await _save_agreed(tx, after.id, agreed)
    changed = [line for line, old in zip(after.lines, before.lines, strict=True) if line != old]
    if changed:
        await _save_lines(tx, after.id, changed)


# Apart from the running quantities: these change when both sides agree, or when the order is closed short.
SAVE_AGREED = """
UPDATE order_line
   SET unit_price = new.unit_price, ordered = new.ordered, tolerance = new.tolerance, detail = new.detail,
       answer = new.answer
  FROM unnest($2::integer[], $3::numeric[], $4::numeric[], $5::numeric[], $6::jsonb[], $7::jsonb[])
       AS new (line_no, unit_price, ordered, tolerance, detail, answer)
 WHERE order_line.order_id = $1 AND order_line.line_no = new.line_no
"""


def _agreed(line: OrderLine) -> tuple[object, ...]:
    return line.unit_price, line.ordered, line.tolerance, line.detail, line.answer


async def _save_agreed(tx: Tx, order_id: UUID, lines: Sequence[OrderLine]) -> None:
    with (
        Constraint("order_line_despatched_within_order", BelowDespatched("More has been sent than would be ordered.")),
        Constraint("schedule_line_within_order", QuantityExceeded("More is scheduled than would be ordered.")),
        Constraint("order_line_agreed", Forbidden("An order changes by a change order that both sides signed.")),
    ):
        await tx.execute(
            SAVE_AGREED,
            order_id,
            [line.line_no for line in lines],
            [line.unit_price for line in lines],
            [line.ordered for line in lines],
            [line.tolerance for line in lines],
            [msgspec.json.encode(line.detail).decode() for line in lines],
            [None if line.answer is None else msgspec.json.encode(line.answer).decode() for line in lines],
        )


async def _save_lines(tx: Tx, order_id: UUID, lines: Sequence[OrderLine]) -> None:
    beyond = OverDespatch("More is despatched than was ordered, with tolerance and what may be sent again.")
    unsent = OverReceipt("More is received or short than was despatched.")
    uncounted = OverInspection("More is inspected than was received.")
    unapproved = FirstArticleRequired("Production is despatched after the first article is approved.")
    undecided = FirstArticleRequired("The gate of a line follows the decision on its first article.")
    exhausted = DeviationExhausted("The approval with deviation does not reach so far.")
    with (
        Constraint("order_line_despatched_within_order", beyond),
        Constraint("order_line_received_within_despatch", unsent),
        Constraint("order_line_inspected_within_receipt", uncounted),
        Constraint("order_line_production_after_approval", unapproved),
        Constraint("order_line_production_within_deviation", exhausted),
        Constraint("order_line_sampled", unapproved),
        Constraint("order_line_returned_within_rejected", OverReturn("More would have gone back than is rejected.")),
        Constraint("order_line_called_off", OverDespatch("More would be sent than the buyer has called off.")),
        Constraint("order_line_gate_decided", undecided),
    ):
        await tx.execute(
            SAVE_LINES,
            order_id,
            [line.line_no for line in lines],
            [line.promised_on for line in lines],
            [line.despatched for line in lines],
            [line.short for line in lines],
            [line.received for line in lines],
            [line.accepted for line in lines],
            [line.rejected for line in lines],
            [line.gate for line in lines],
            [line.gate_quantity for line in lines],
            [line.gate_until for line in lines],
            [line.sampled for line in lines],
            [line.sample_limit for line in lines],
            [line.returned for line in lines],
        )


# Two index scans, one for each side that an organisation may stand on.
LIST = """
SELECT o.id, o.number, o.rfq_id, o.award_id, o.buyer_id, b.name AS buyer_name, o.supplier_id, s.name AS supplier_name,
       o.state, o.version, o.currency, o.total, o.acknowledged_at, o.completed_at, o.created_at,
       (SELECT count(*) FROM order_line l WHERE l.order_id = o.id) AS line_count,
       (SELECT count(*) FROM order_line l WHERE l.order_id = o.id AND l.accepted >= l.ordered) AS complete_line_count
  FROM (
        (SELECT id FROM purchase_order
          WHERE /* tenant */ (buyer_id = $1) AND ($2::uuid IS NULL OR id < $2) AND ($4::text IS NULL OR state = $4)
            AND ($5::uuid IS NULL OR rfq_id = $5)
          ORDER BY id DESC LIMIT $3)
        UNION
        (SELECT id FROM purchase_order
          WHERE /* tenant */ (supplier_id = $1) AND ($2::uuid IS NULL OR id < $2) AND ($4::text IS NULL OR state = $4)
            AND ($5::uuid IS NULL OR rfq_id = $5)
          ORDER BY id DESC LIMIT $3)
       ) own
  JOIN purchase_order o ON o.id = own.id
  JOIN organisation b ON b.id = o.buyer_id
  JOIN organisation s ON s.id = o.supplier_id
 ORDER BY o.id DESC
 LIMIT $3
"""


async def list_of(
    tx: Tx, organisation_id: UUID, *, after: UUID | None, limit: int, state: str | None, rfq_id: UUID | None
) -> list[Card]:
    """Orders that the organisation gave or got, newest first."""
    rows = await tx.fetch(LIST, organisation_id, after, limit, state, rfq_id)
    return [Card(**{**row, "total": money.total(row["total"], row["currency"])}) for row in rows]


CHARACTERISTICS = """
SELECT o.line_no, array(
           SELECT (item ->> 'no')::integer FROM jsonb_array_elements(r.spec -> 'characteristics') AS item
       ) AS numbers
  FROM order_line o
  JOIN rfq_line r ON r.id = o.rfq_line_id
 WHERE o.order_id = $1
"""


async def characteristics(tx: Tx, order_id: UUID) -> dict[int, frozenset[int]]:
    """The numbers of the characteristics that the RFQ names for each line; none for a line known by drawing alone."""
    return {row["line_no"]: frozenset(row["numbers"]) for row in await tx.fetch(CHARACTERISTICS, order_id)}


SPECS = """
SELECT o.line_no, r.spec::text AS spec
  FROM order_line o
  JOIN rfq_line r ON r.id = o.rfq_line_id
 WHERE o.order_id = $1
"""


async def specs(tx: Tx, order_id: UUID) -> dict[int, LineSpec]:
    """What was asked for, by line of the order."""
    return {row["line_no"]: _SPEC.decode(row["spec"]) for row in await tx.fetch(SPECS, order_id)}


INSERT_PAPERS = """
INSERT INTO order_paper (order_id, file_id) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING
"""


async def insert_papers(tx: Tx, order_id: UUID, file_ids: Sequence[UUID]) -> None:
    """Let both parties of the order read these files."""
    await tx.execute(INSERT_PAPERS, order_id, list(dict.fromkeys(file_ids)))
