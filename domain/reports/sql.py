"""All SQL about reports."""

from decimal import Decimal
from uuid import UUID

import msgspec

from domain.database import Tx
from domain.quantity import plain
from domain.reports.model import ImportLine
from domain.rfqs.model import LineSpec

_SPEC = msgspec.json.Decoder(LineSpec)

# Firm RFQs only: a price check replaces no import. What was accepted is counted where orders keep it.
IMPORT_LINES = """
SELECT r.id AS rfq_id, r.buyer_id, o.name AS buyer_name, l.line_no, l.spec, l.quantity,
       coalesce((SELECT sum(w.quantity) FROM award_line w JOIN award a ON a.id = w.award_id
                  WHERE w.rfq_line_id = l.id AND a.state = 'accepted'), 0) AS awarded,
       coalesce((SELECT sum(p.accepted) FROM order_line p WHERE p.rfq_line_id = l.id), 0) AS accepted
  FROM rfq r
  JOIN rfq_line l ON l.rfq_id = r.id
  JOIN organisation o ON o.id = r.buyer_id
 WHERE ($1::uuid IS NULL OR r.buyer_id = $1)
   AND r.published_at IS NOT NULL AND r.state <> 'cancelled'
   AND r.terms ->> 'intent' = 'firm'
   AND l.spec -> 'baseline' ->> 'kind' = 'import'
 ORDER BY r.id, l.line_no
"""


async def import_lines(tx: Tx, buyer_id: UUID | None) -> list[ImportLine]:
    """Published lines with an import baseline, of one buyer or of all."""
    found = []
    for row in await tx.fetch(IMPORT_LINES, buyer_id):
        spec = _SPEC.decode(row["spec"])
        baseline = spec.baseline
        if baseline is None or baseline.idr_unit_value is None:
            continue
        found.append(
            ImportLine(
                rfq_id=row["rfq_id"],
                buyer_id=row["buyer_id"],
                buyer_name=row["buyer_name"],
                line_no=row["line_no"],
                part_number=spec.part_number,
                process=spec.processes[0] if spec.processes else None,
                idr_unit_value=baseline.idr_unit_value,
                annual_quantity=baseline.annual_quantity or Decimal(0),
                requested=plain(row["quantity"]),
                awarded=plain(row["awarded"]),
                accepted=plain(row["accepted"]),
            )
        )
    return found
