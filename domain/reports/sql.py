"""All SQL about reports."""

from decimal import Decimal
from uuid import UUID

import msgspec

from domain.database import Tx
from domain.quantity import plain
from domain.reports.model import Entry, ImportLine
from domain.rfqs.model import LineSpec

_SPEC = msgspec.json.Decoder(LineSpec)
_ENTRIES = msgspec.json.Decoder(tuple[Entry, ...])

# Firm RFQs only: a price check replaces no import. What was accepted, and when, is in the recordings of inspections; how much
# of it stands is counted where orders keep it, so that what was taken back is the difference.
IMPORT_LINES = """
WITH RECURSIVE superseded AS (
    SELECT r.reissue_of AS id
      FROM rfq r
     WHERE r.reissue_of IS NOT NULL AND r.published_at IS NOT NULL AND r.terms ->> 'intent' = 'firm'
       AND ($1::uuid IS NULL OR r.buyer_id = $1)
    UNION
    SELECT r.reissue_of
      FROM superseded s
      JOIN rfq r ON r.id = s.id
     WHERE r.reissue_of IS NOT NULL
)
SELECT r.id AS rfq_id, r.buyer_id, o.name AS buyer_name, r.published_at, l.line_no, l.unit, l.spec, l.quantity,
       EXISTS (SELECT FROM superseded s WHERE s.id = r.id) AS superseded,
       (SELECT coalesce(json_agg(json_build_object(
                   'at', a.answered_at, 'quantity', w.quantity::text, 'region', s.region_code
               )), '[]')::text
          FROM award_line w
          JOIN award a ON a.id = w.award_id
          JOIN organisation s ON s.id = a.supplier_id
         WHERE w.rfq_line_id = l.id AND a.state = 'accepted') AS awarded,
       (SELECT coalesce(json_agg(json_build_object(
                   'at', recording ->> 'at', 'quantity', finding ->> 'accepted', 'region', s.region_code
               )), '[]')::text
          FROM order_line p
          JOIN inspection i ON i.order_id = p.order_id
          JOIN organisation s ON s.id = i.supplier_id,
               jsonb_array_elements(i.results) AS recording,
               jsonb_array_elements(recording -> 'lines') AS finding
         WHERE p.rfq_line_id = l.id AND (finding ->> 'line_no')::integer = p.line_no
           AND (finding ->> 'accepted')::numeric > 0) AS accepted,
       coalesce((SELECT sum(p.accepted) FROM order_line p WHERE p.rfq_line_id = l.id), 0) AS stands
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
        accepted = _entries(row["accepted"])
        recorded = sum((entry.quantity for entry in accepted), Decimal(0))
        found.append(
            ImportLine(
                rfq_id=row["rfq_id"],
                buyer_id=row["buyer_id"],
                buyer_name=row["buyer_name"],
                line_no=row["line_no"],
                part_number=spec.part_number,
                hs_code=baseline.hs_code or "",
                unit=row["unit"],
                process=spec.processes[0] if spec.processes else None,
                idr_unit_value=baseline.idr_unit_value,
                annual_quantity=baseline.annual_quantity or Decimal(0),
                published_at=row["published_at"],
                requested=plain(row["quantity"]),
                superseded=row["superseded"],
                awarded=_entries(row["awarded"]),
                accepted=accepted,
                taken_back=max(recorded - plain(row["stands"]), Decimal(0)),
            )
        )
    return found


def _entries(text: str) -> tuple[Entry, ...]:
    return tuple(msgspec.structs.replace(entry, quantity=plain(entry.quantity)) for entry in _ENTRIES.decode(text))
