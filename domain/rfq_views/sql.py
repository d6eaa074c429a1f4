"""The statements behind `get_rfq` and `list_rfqs`: each reads all it needs at once, by an index, with a plan made once."""

from uuid import UUID

from domain.database import Tx
from domain.errors import NotFound
from domain.participations.model import Participation
from domain.quantity import plain
from domain.rfqs.model import Card, Head, Line, Rfq
from domain.rfqs.sql import ATTACHED, DOCUMENTS, SPEC, TERMS

# What `get_rfq` shows, in one statement: the row, its lines as arrays in the order of their numbers, its documents, the
# caller's own participation, and to its buyer the questions without an answer.
SEEN = f"""
SELECT r.id, r.buyer_id, r.state, r.version, r.revision, r.round, r.external_reference, r.title, r.visibility, r.terms,
       r.nda_required, r.opening_quorum, r.envelopes, r.questions_close_at, r.quotes_close_at, r.published_at,
       r.closed_at, r.opening_approved_by, r.technical_opened_at, r.opened_at, r.scores_closed_at, r.ended_at,
       r.end_reason, r.reissue_of, r.reissued_as, r.created_at, r.updated_at, r.round_kind, r.round_message,
       l.ids, l.numbers, l.quantities, l.units, l.awarded, l.digests, l.specs, l.also_current,
       ({DOCUMENTS.replace("d.rfq_id = $1", "d.rfq_id = r.id")}) AS documents,
       p.id AS p_id, p.rfq_id AS p_rfq_id, p.supplier_id AS p_supplier_id, p.state AS p_state, p.version AS p_version,
       p.nda_accepted_at AS p_nda_accepted_at, p.nda_accepted_by AS p_nda_accepted_by, p.nda_version AS p_nda_version,
       p.decline_reason AS p_decline_reason, p.decline_note AS p_decline_note, p.created_at AS p_created_at,
       p.updated_at AS p_updated_at, p.round AS p_round,
       CASE WHEN r.buyer_id = $2
            THEN (SELECT count(*) FROM question q WHERE q.rfq_id = r.id AND q.state = 'asked') ELSE 0 END AS unanswered
  FROM rfq r
 CROSS JOIN LATERAL (
        SELECT array_agg(id) AS ids, array_agg(line_no) AS numbers, array_agg(quantity) AS quantities,
               array_agg(unit) AS units, array_agg(awarded) AS awarded, array_agg(digest) AS digests,
               array_agg(spec) AS specs,
               array_agg(CASE WHEN cardinality(also_current) = 0 THEN ''
                              ELSE (SELECT string_agg(encode(d, 'hex'), ',') FROM unnest(also_current) d) END) AS also_current
          FROM (
                SELECT id, line_no, quantity, unit, awarded, digest, spec, also_current
                  FROM rfq_line
                 WHERE rfq_id = r.id
                 ORDER BY line_no
               ) line
       ) l
  LEFT JOIN participation p ON p.rfq_id = r.id AND p.supplier_id = $2
 WHERE r.id = $1
"""
_LINES_OF_SEEN = ("ids", "numbers", "quantities", "units", "awarded", "digests", "specs", "also_current")


async def seen(tx: Tx, rfq_id: UUID, organisation_id: UUID) -> tuple[Rfq, Participation | None, int]:
    """(RFQ, the organisation's own part in it, questions without an answer: 0 to all but the buyer). Raises NotFound."""
    row = await tx.fetchrow(SEEN, rfq_id, organisation_id)
    if row is None:
        raise NotFound("rfq")
    values = dict(row)
    part = {name[2:]: values.pop(name) for name in row.keys() if name.startswith("p_")}  # noqa: SIM118  a Record
    unanswered = values.pop("unanswered")
    columns = [values.pop(name) or () for name in _LINES_OF_SEEN]
    lines = tuple(
        Line(
            id=line_id,
            line_no=line_no,
            quantity=plain(quantity),
            unit=unit,
            awarded=plain(awarded),
            digest=digest.hex(),
            spec=SPEC.decode(spec),
            also_current=tuple(also.split(",")) if also else (),
        )
        for line_id, line_no, quantity, unit, awarded, digest, spec, also in zip(*columns, strict=True)
    )
    documents = ATTACHED.decode(values.pop("documents"))
    values["terms"] = TERMS.decode(values["terms"])
    own = None if part["id"] is None else Participation(**part)
    return Rfq(**values, lines=lines, documents=documents), own, unanswered


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
