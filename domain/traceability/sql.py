"""SQL that follows a line of an order through despatches, receipts, inspections and claims. It only reads."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from domain.database import Row, Tx
from domain.nonconformances.model import Decided
from domain.quality.model import Defect
from domain.quality.sampling import Result
from domain.quantity import plain
from domain.traceability.model import (
    MAX_CLAIMS,
    MAX_COUNTED,
    MAX_FINDINGS,
    Claim,
    Counted,
    Found,
    Replacement,
    Returned,
    Sampled,
    Sent,
)

_DEFECTS = msgspec.json.Decoder(tuple[Defect, ...])
_RESULT = msgspec.json.Decoder(Result)
_DISPOSITIONS = msgspec.json.Decoder(tuple[Decided, ...])
_QUANTITIES = ("quantity", "received", "short", "damaged", "accepted", "rejected", "returned", "replaced")

# One branch for each kind of thing that belongs to an order and has events.
HANGING = """
SELECT $1::uuid AS id
 UNION ALL SELECT id FROM change_order WHERE order_id = $1
 UNION ALL SELECT id FROM schedule_line WHERE order_id = $1
 UNION ALL SELECT id FROM heartbeat WHERE order_id = $1
 UNION ALL SELECT id FROM first_article WHERE order_id = $1
 UNION ALL SELECT id FROM despatch WHERE order_id = $1
 UNION ALL SELECT id FROM receipt WHERE order_id = $1
 UNION ALL SELECT id FROM inspection WHERE order_id = $1
 UNION ALL SELECT id FROM nonconformance WHERE order_id = $1
 UNION ALL SELECT id FROM return_shipment WHERE order_id = $1
 UNION ALL SELECT id FROM cost_claim WHERE order_id = $1
 UNION ALL SELECT id FROM invoice WHERE order_id = $1
"""


async def hanging(tx: Tx, order_id: UUID) -> list[UUID]:
    """The order and everything that belongs to it."""
    return [row["id"] for row in await tx.fetch(HANGING, order_id)]


QUOTE = """
SELECT a.quote_id FROM purchase_order o JOIN award a ON a.id = o.award_id WHERE o.id = $1
"""


async def quote_of(tx: Tx, order_id: UUID) -> UUID:
    """The quote that an order came of."""
    quote_id: UUID = await tx.fetchval(QUOTE, order_id)
    return quote_id


# A despatch has its ordinal before one lot is picked and before the newest are: it is the same in every answer.
LOTS = """
SELECT lots.despatch_id, lots.despatch_number, lots.ordinal, lots.kind, lots.despatched_at, lots.lot, lots.heat_number,
       lots.quantity, lots.received, lots.accepted, lots.rejected, lots.replaces, lots.announced, lots.certificates,
       count(*) OVER () AS found
  FROM (
        SELECT d.id AS despatch_id, d.number AS despatch_number, d.kind, d.replaces, d.announced, l.certificates, d.despatched_at,
               CASE WHEN d.kind = 'production' THEN dense_rank() OVER (PARTITION BY d.kind ORDER BY d.id) END AS ordinal,
               l.position, l.lot, l.heat_number, l.quantity, l.received, counted.accepted, counted.rejected
          FROM despatch d
          JOIN despatch_line l ON l.despatch_id = d.id AND l.line_no = $2
         CROSS JOIN LATERAL (
                SELECT coalesce(sum(c.accepted), 0) AS accepted, coalesce(sum(c.rejected), 0) AS rejected
                  FROM receipt r
                  JOIN receipt_line c ON c.receipt_id = r.id AND c.line_no = l.line_no AND c.lot = l.lot
                 WHERE r.order_id = $1 AND r.despatch_id = d.id
               ) counted
         WHERE d.order_id = $1 AND d.state <> 'cancelled'
       ) lots
 WHERE $3::text IS NULL OR lots.lot = $3
 ORDER BY lots.despatch_id DESC, lots.position DESC
 LIMIT $4
"""


async def lots(tx: Tx, order_id: UUID, line_no: int, *, lot: str | None, limit: int) -> tuple[list[Sent], int]:
    """(the newest `limit` lots of a line, oldest first; how many there are in all). With `lot`, of that name only."""
    rows = await tx.fetch(LOTS, order_id, line_no, lot, limit)
    sent = [
        Sent(**{**_quantities(row, besides=("found",)), "certificates": tuple(row["certificates"])})
        for row in reversed(rows)
    ]
    return sent, rows[0]["found"] if rows else 0


# `results` holds the recordings of an inspection, each with its lines; those from before there were samples have no results.
FOUND = """
SELECT r.despatch_id, r.id AS receipt_id, i.id AS inspection_id, (part.value ->> 'at')::timestamptz AS at,
       part.value ->> 'inspector' AS inspector, line ->> 'lot' AS lot, (line ->> 'accepted')::numeric AS accepted,
       (line ->> 'rejected')::numeric AS rejected, line ->> 'defects' AS defects,
       coalesce((part.value ->> 'ship_to_stock')::boolean, false) AS ship_to_stock,
       (SELECT result::text FROM jsonb_array_elements(line -> 'results') AS result
         WHERE (result ->> 'no')::integer = $6 LIMIT 1) AS result
  FROM inspection i
  JOIN receipt r ON r.id = i.receipt_id
 CROSS JOIN LATERAL jsonb_array_elements(i.results) WITH ORDINALITY AS part (value, place)
 CROSS JOIN LATERAL jsonb_array_elements(part.value -> 'lines') AS line
 WHERE i.order_id = $1 AND (line ->> 'line_no')::integer = $2 AND r.despatch_id = ANY ($3)
   AND ($4::text IS NULL OR line ->> 'lot' = $4)
 ORDER BY i.id, part.place
 LIMIT $5
"""


async def found(
    tx: Tx, order_id: UUID, line_no: int, no: int | None, despatch_ids: Sequence[UUID], *, lot: str | None
) -> list[Found]:
    """What inspections of these despatches recorded of the line, oldest first; one more than MAX_FINDINGS at most.

    With the result of characteristic `no` where a recording has one.
    """
    rows = await tx.fetch(FOUND, order_id, line_no, list(despatch_ids), lot, MAX_FINDINGS + 1, no)
    return [
        Found(
            **{
                **_quantities(row),
                "defects": _DEFECTS.decode(row["defects"]),
                "result": None if row["result"] is None else _RESULT.decode(row["result"]),
            }
        )
        for row in rows
    ]


CLAIMS = """
SELECT n.id AS nonconformance_id, r.despatch_id, r.id AS receipt_id, n.inspection_id, n.state, n.lot, n.quantity,
       n.origin, n.dispositions::text AS dispositions, n.returned, n.replaced,
       n.detail ->> 'defects' AS defects, n.created_at AS opened_at
  FROM nonconformance n
  JOIN inspection i ON i.id = n.inspection_id
  JOIN receipt r ON r.id = i.receipt_id
 WHERE n.order_id = $1 AND n.line_no = $2 AND r.despatch_id = ANY ($4) AND ($5::text IS NULL OR n.lot = $5)
   AND ($3::integer IS NULL OR EXISTS (
        SELECT FROM jsonb_array_elements(n.detail -> 'defects') AS defect
         WHERE (defect ->> 'characteristic_no')::integer = $3
       ))
 ORDER BY n.id
 LIMIT $6
"""


async def claims(
    tx: Tx, order_id: UUID, line_no: int, no: int | None, despatch_ids: Sequence[UUID], *, lot: str | None
) -> list[Claim]:
    """Nonconformances of these despatches; with `no`, those with a defect at it. One more than MAX_CLAIMS at most."""
    rows = await tx.fetch(CLAIMS, order_id, line_no, no, list(despatch_ids), lot, MAX_CLAIMS + 1)
    return [
        Claim(
            **{
                **_quantities(row),
                "defects": _DEFECTS.decode(row["defects"]),
                "dispositions": _DISPOSITIONS.decode(row["dispositions"]),
            }
        )
        for row in rows
    ]


COUNTED = """
SELECT r.id AS receipt_id, r.despatch_id, r.number, r.state, r.received_at, c.received, c.short, c.damaged, c.accepted,
       c.rejected, i.id AS inspection_id, i.state AS inspection_state
  FROM receipt r
  JOIN receipt_line c ON c.receipt_id = r.id AND c.line_no = $2 AND c.lot = $3
  LEFT JOIN inspection i ON i.receipt_id = r.id
 WHERE r.order_id = $1
 ORDER BY r.id
 LIMIT $4
"""


async def counted(tx: Tx, order_id: UUID, line_no: int, lot: str) -> list[Counted]:
    """What receipts counted of a lot, oldest first; one more than MAX_COUNTED at most."""
    rows = await tx.fetch(COUNTED, order_id, line_no, lot, MAX_COUNTED + 1)
    return [Counted(**_quantities(row)) for row in rows]


SAMPLED = """
SELECT f.id AS first_article_id, f.attempt, f.state
  FROM first_article f
 WHERE f.order_id = $1 AND f.line_no = $2 AND f.content ->> 'lot' = $3
 ORDER BY f.attempt
"""


async def sampled(tx: Tx, order_id: UUID, line_no: int, lot: str) -> list[Sampled]:
    """First articles that were made of a lot: an attempt each, of which a line has 50 at most."""
    return [Sampled(**row) for row in await tx.fetch(SAMPLED, order_id, line_no, lot)]


RETURNED = """
SELECT s.id AS return_shipment_id, s.nonconformance_id, s.state, s.reference, s.quantity, s.created_at AS sent_at
  FROM return_shipment s
 WHERE s.nonconformance_id = ANY ($1)
 ORDER BY s.id
 LIMIT $2
"""


async def returned(tx: Tx, nonconformance_ids: Sequence[UUID]) -> list[Returned]:
    """What went back because of these nonconformances, oldest first; one more than MAX_COUNTED at most."""
    rows = await tx.fetch(RETURNED, list(nonconformance_ids), MAX_COUNTED + 1)
    return [Returned(**_quantities(row)) for row in rows]


REPLACEMENTS = """
SELECT d.id AS despatch_id, d.replaces AS nonconformance_id, d.number, d.state
  FROM despatch d
 WHERE d.replaces = ANY ($1)
 ORDER BY d.id
 LIMIT $2
"""


async def replacements(tx: Tx, nonconformance_ids: Sequence[UUID]) -> list[Replacement]:
    """What was sent in place of pieces of these nonconformances, oldest first; one more than MAX_COUNTED at most."""
    return [Replacement(**row) for row in await tx.fetch(REPLACEMENTS, list(nonconformance_ids), MAX_COUNTED + 1)]


def _quantities(row: Row, besides: tuple[str, ...] = ()) -> dict[str, Any]:
    """The row with quantities in their one form, without the columns `besides`."""
    return {name: plain(value) if name in _QUANTITIES else value for name, value in row.items() if name not in besides}
