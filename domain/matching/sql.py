"""The SQL of looking for RFQs from a supplier's side."""

from collections.abc import Sequence
from uuid import UUID

from domain.database import Tx
from domain.matching.model import Offer
from domain.rfqs.model import Card, Line
from domain.rfqs.sql import read_line

# As the list of RFQs for a supplier: two index scans, newest first; only what can still be quoted.
OPEN_TO = """
SELECT r.id, r.buyer_id, o.name AS buyer_name, r.state, r.version, NULL::text AS external_reference, r.title,
       r.terms ->> 'intent' AS intent, r.visibility, r.nda_required, r.quotes_close_at, r.published_at,
       (SELECT count(*) FROM rfq_line l WHERE l.rfq_id = r.id) AS line_count, p.state AS participation,
       o.region_code
  FROM (
        (SELECT r.id FROM participation p JOIN rfq r ON r.id = p.rfq_id
          WHERE /* tenant */ (p.supplier_id = $1) AND r.state = 'open' AND r.quotes_close_at > clock_timestamp()
          ORDER BY r.id DESC LIMIT $3)
        UNION
        (SELECT r.id FROM rfq r
          WHERE $2 AND r.visibility = 'open' AND r.state = 'open' AND r.quotes_close_at > clock_timestamp()
            AND r.buyer_id <> $1
          ORDER BY r.id DESC LIMIT $3)
       ) visible
  JOIN rfq r ON r.id = visible.id
  JOIN organisation o ON o.id = r.buyer_id
  LEFT JOIN participation p ON p.rfq_id = r.id AND /* tenant */ (p.supplier_id = $1)
 ORDER BY r.id DESC
 LIMIT $3
"""


async def open_to(tx: Tx, supplier_id: UUID, limit: int, *, open_too: bool) -> list[Offer]:
    """RFQs that the supplier may see and can quote for, newest first; with `open_too`, also those open to all."""
    return [
        Offer(
            card=Card(*(row[name] for name in Card._fields)),
            buyer_region=row["region_code"],
        )
        for row in await tx.fetch(OPEN_TO, supplier_id, open_too, limit)
    ]


# Characteristics are most of a line and do not matter here.
LINES_OF = """
SELECT rfq_id, id, line_no, quantity, unit, awarded, encode(digest, 'hex') AS digest,
       spec || '{"characteristics": []}' AS spec, also_current
  FROM rfq_line
 WHERE rfq_id = ANY ($1::uuid[])
 ORDER BY rfq_id, line_no
"""


async def lines_of(tx: Tx, rfq_ids: Sequence[UUID]) -> dict[UUID, list[Line]]:
    """The lines of each RFQ, without their characteristics."""
    found: dict[UUID, list[Line]] = {}
    for row in await tx.fetch(LINES_OF, list(rfq_ids)):
        found.setdefault(row["rfq_id"], []).append(read_line(row))
    return found
