"""The statements behind `get_rfq` and `list_rfqs`: each reads all it needs at once, by an index, with a plan made once."""

from uuid import UUID

from domain.database import Tx
from domain.errors import NotFound
from domain.participations.model import Participation
from domain.rfqs.model import Card, Head, Rfq
from domain.rfqs.sql import ATTACHED, COLUMNS, DOCUMENTS, lines_and, made_of

PART = Participation.__struct_fields__

# What `get_rfq` shows, in one statement: the row, its lines as arrays in the order of their numbers, its documents, the
# caller's own participation (which is meant, whoever else's the caller may see), and to its buyer the questions without an answer.
SEEN = lines_and(
    f"""{", ".join(f"r.{name}" for name in COLUMNS)},
       ({DOCUMENTS}) AS documents,
       {", ".join(f"p.{name} AS part_{name}" for name in PART)},
       CASE WHEN r.buyer_id = $2
            THEN (SELECT count(*) FROM question q WHERE q.rfq_id = r.id AND q.state = 'asked') ELSE 0 END AS unanswered""",
    """  JOIN rfq r ON r.id = $1
  LEFT JOIN participation p ON p.rfq_id = r.id AND p.supplier_id = $2""",
)


async def seen(tx: Tx, rfq_id: UUID, organisation_id: UUID) -> tuple[Rfq, Participation | None, int]:
    """(RFQ, the organisation's own part in it, questions without an answer: 0 to all but the buyer). Raises NotFound."""
    row = await tx.fetchrow(SEEN, rfq_id, organisation_id)
    if row is None:
        raise NotFound("rfq")
    part = {name: row[f"part_{name}"] for name in PART}
    own = None if part["id"] is None else Participation(**part)
    return made_of(tuple(row)[: len(COLUMNS)], row, ATTACHED.decode(row["documents"])), own, row["unanswered"]


# What decides whether somebody may read an RFQ, and whether what it has is the newest.
HEAD = """
SELECT r.version, r.buyer_id, r.state, r.visibility, r.published_at,
       (SELECT p.state FROM participation p WHERE p.rfq_id = r.id AND p.supplier_id = $2) AS participation
  FROM rfq r
 WHERE r.id = $1
"""


async def head(tx: Tx, rfq_id: UUID, organisation_id: UUID) -> Head:
    """Little of the RFQ, as that organisation sees it. Raises NotFound."""
    row = await tx.fetchrow(HEAD, rfq_id, organisation_id)
    if row is None:
        raise NotFound("rfq")
    return Head(**row)


# The buyer's own, drafts included.
LIST_OF_BUYER = """
SELECT r.id, r.buyer_id, o.name AS buyer_name, r.state, r.version, r.external_reference, r.title,
       r.terms ->> 'intent' AS intent, r.visibility, r.nda_required, r.quotes_close_at, r.published_at,
       coalesce(r.line_count, (SELECT count(*) FROM rfq_line l WHERE l.rfq_id = r.id)) AS line_count,
       NULL::text AS participation
  FROM rfq r
  JOIN organisation o ON o.id = r.buyer_id
 WHERE r.buyer_id = $1 AND r.id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
   AND ($4::text IS NULL OR r.state = $4) AND ($5::text IS NULL OR r.external_reference = $5)
 ORDER BY r.id DESC
 LIMIT $3
"""

# What a supplier may see: where it takes part, and what is open to all. Two index scans, newest first; a page behind a cursor
# begins at the cursor with any plan, so that the plan can be made once for all of them.
LIST_OF_SUPPLIER = """
SELECT r.id, r.buyer_id, o.name AS buyer_name, r.state, r.version, NULL::text AS external_reference, r.title,
       r.terms ->> 'intent' AS intent, r.visibility, r.nda_required, r.quotes_close_at, r.published_at,
       coalesce(r.line_count, (SELECT count(*) FROM rfq_line l WHERE l.rfq_id = r.id)) AS line_count,
       p.state AS participation
  FROM (
        (SELECT p.rfq_id AS id FROM participation p JOIN rfq r ON r.id = p.rfq_id
          WHERE /* tenant */ (p.supplier_id = $1) AND r.state <> 'draft' AND r.published_at IS NOT NULL
            AND p.rfq_id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
            AND ($4::text IS NULL OR r.state = $4)
          ORDER BY p.rfq_id DESC LIMIT $3)
        UNION
        (SELECT r.id FROM rfq r
          WHERE $5 AND r.visibility = 'open' AND r.state <> 'draft' AND r.published_at IS NOT NULL
            AND r.id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) AND ($4::text IS NULL OR r.state = $4)
          ORDER BY r.id DESC LIMIT $3)
        ORDER BY id DESC LIMIT $3
       ) visible
  JOIN rfq r ON r.id = visible.id
  JOIN organisation o ON o.id = r.buyer_id
  LEFT JOIN participation p ON p.rfq_id = r.id AND /* tenant */ (p.supplier_id = $1)
 ORDER BY r.id DESC
 LIMIT $3
"""


async def list_of_buyer(
    tx: Tx, buyer_id: UUID, *, after: UUID | None, limit: int, state: str | None, reference: str | None
) -> list[Card]:
    """Newest first."""
    rows = await tx.fetch(LIST_OF_BUYER, buyer_id, after, limit, state, reference)
    return [Card(*row) for row in rows]


async def list_of_supplier(
    tx: Tx, supplier_id: UUID, *, after: UUID | None, limit: int, state: str | None, open_too: bool
) -> list[Card]:
    """Newest first; with `open_too`, also what is open to every verified organisation."""
    rows = await tx.fetch(LIST_OF_SUPPLIER, supplier_id, after, limit, state, open_too)
    return [Card(*row) for row in rows]
