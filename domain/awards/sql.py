"""All SQL about awards."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

import msgspec

from domain import money
from domain.awards.model import Award, AwardLine, Card
from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, NotFound, StaleVersion
from domain.quantity import plain

_REASONS = msgspec.json.Decoder(tuple[tuple[UUID, str], ...])

INSERT = """
INSERT INTO award (
    id, rfq_id, quote_id, buyer_id, supplier_id, state, version, currency, total, note, proposed_by, follows, reasons,
    created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
"""

INSERT_LINES = """
INSERT INTO award_line (award_id, rfq_line_id, supplier_id, line_no, quantity, unit_price, tooling, reason, live)
SELECT $1, asked.id, $3, line.line_no, line.quantity, line.unit_price, line.tooling, line.reason, false
  FROM unnest($4::integer[], $5::numeric[], $6::numeric[], $7::numeric[], $8::text[])
       AS line (line_no, quantity, unit_price, tooling, reason)
  JOIN rfq_line asked ON asked.rfq_id = $2 AND asked.line_no = line.line_no
"""


async def insert(tx: Tx, award: Award) -> None:
    """A proposal with its lines: it reserves nothing yet."""
    await tx.execute(
        INSERT,
        award.id,
        award.rfq_id,
        award.quote_id,
        award.buyer_id,
        award.supplier_id,
        award.state,
        award.version,
        award.currency,
        award.total,
        award.note,
        award.proposed_by,
        award.follows,
        msgspec.json.encode(award.reasons).decode(),
        award.created_at,
        award.updated_at,
    )
    written = await tx.execute(
        INSERT_LINES,
        award.id,
        award.rfq_id,
        award.supplier_id,
        [line.line_no for line in award.lines],
        [line.quantity for line in award.lines],
        [line.unit_price for line in award.lines],
        [line.tooling for line in award.lines],
        [line.reason for line in award.lines],
    )
    if written != len(award.lines):
        raise NotFound("line")


GET = """
SELECT id, rfq_id, quote_id, buyer_id, supplier_id, state, version, currency, total, note, proposed_by, issued_by,
       issued_at, answered_at, end_reason, end_note, order_id, standstill_until, accept_by, follows, reasons, created_at,
       updated_at
  FROM award
 WHERE id = $1
"""
LOCK = GET + "   FOR NO KEY UPDATE"

LINES = """
SELECT line_no, quantity, unit_price, tooling, reason FROM award_line WHERE award_id = $1 ORDER BY line_no
"""


async def get(tx: Tx, award_id: UUID) -> Award:
    """The award with its lines. Raises NotFound."""
    return await _whole(tx, await tx.fetchrow(GET, award_id))


async def head(tx: Tx, award_id: UUID) -> Award:
    """The award without its lines, for who turns strangers away before it locks. Raises NotFound."""
    return await _whole(tx, await tx.fetchrow(GET, award_id), lines=False)


async def lock(tx: Tx, award_id: UUID) -> Award:
    """As `get`, locked for writing. Raises NotFound."""
    return await _whole(tx, await tx.fetchrow(LOCK, award_id))


async def _whole(tx: Tx, row: Row | None, *, lines: bool = True) -> Award:
    if row is None:
        raise NotFound("award")
    found = await tx.fetch(LINES, row["id"]) if lines else []
    return Award(
        **{
            **row,
            "total": money.total(row["total"], row["currency"]),
            "reasons": _REASONS.decode(row["reasons"]),
        },
        lines=tuple(
            AwardLine(
                line_no=line["line_no"],
                quantity=plain(line["quantity"]),
                unit_price=money.price(line["unit_price"]),
                tooling=money.price(line["tooling"]),
                reason=line["reason"],
            )
            for line in found
        ),
    )


SAVE = """
UPDATE award
   SET state = $3, version = $4, issued_by = $5, issued_at = $6, answered_at = $7, end_reason = $8, end_note = $9,
       order_id = $10, updated_at = $11, standstill_until = $12, accept_by = $13
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: Award, after: Award) -> None:
    """Write the row (its lines never change). Raises StaleVersion when somebody else was faster."""
    touched = await tx.execute(
        SAVE,
        before.id,
        before.version,
        after.state,
        after.version,
        after.issued_by,
        after.issued_at,
        after.answered_at,
        after.end_reason,
        after.end_note,
        after.order_id,
        after.updated_at,
        after.standstill_until,
        after.accept_by,
    )
    if touched != 1:
        raise StaleVersion


SET_LIVE = """
UPDATE award_line SET live = $2 WHERE award_id = $1
"""


async def set_live(tx: Tx, award_id: UUID, *, live: bool) -> None:
    """Whether the award's lines count. Raises Duplicate when the supplier has another live award of a line."""
    twice = Duplicate(
        "The supplier has an award of one of these lines already. Cancel that one, or propose one with both quantities."
    )
    with Constraint("award_line_once_per_supplier", twice):
        await tx.execute(SET_LIVE, award_id, live)


ACCEPTED = """
SELECT a.quote_id, l.line_no, sum(l.quantity) AS quantity
  FROM award a
  JOIN award_line l ON l.award_id = a.id
 WHERE a.rfq_id = $1 AND a.state = 'accepted'
 GROUP BY a.quote_id, l.line_no
"""


async def accepted(tx: Tx, rfq_id: UUID) -> dict[UUID, dict[int, Decimal]]:
    """By quote and line number, what suppliers of the RFQ have accepted."""
    found: dict[UUID, dict[int, Decimal]] = {}
    for row in await tx.fetch(ACCEPTED, rfq_id):
        found.setdefault(row["quote_id"], {})[row["line_no"]] = row["quantity"]
    return found


# An undecided objection keeps every award of its RFQ from being accepted, and from lapsing.
# Whoever holds an award waits for the objections of others, and learns no more of them than that there is one.
OBJECTED = """
SELECT is_objected($1)
"""


async def is_objected(tx: Tx, rfq_id: UUID) -> bool:
    """Whether an objection to the RFQ's awards is undecided."""
    found: bool = await tx.fetchval(OBJECTED, rfq_id)
    return found


TO_LAPSE = """
SELECT a.id FROM award a
 WHERE a.state = 'issued' AND a.accept_by <= clock_timestamp()
   AND NOT EXISTS (SELECT FROM objection o WHERE o.rfq_id = a.rfq_id AND o.state = 'filed')
 ORDER BY a.accept_by
 LIMIT $1
"""


async def to_lapse(tx: Tx, limit: int) -> list[UUID]:
    """Issued awards that nobody answered in time."""
    return [row["id"] for row in await tx.fetch(TO_LAPSE, limit)]


OF_RFQ = """
SELECT id FROM award WHERE rfq_id = $1 AND state = ANY ($2) ORDER BY id
"""


IDS_OF_RFQ = """
SELECT id FROM award WHERE rfq_id = $1 ORDER BY id
"""


async def ids_of_rfq(tx: Tx, rfq_id: UUID) -> list[UUID]:
    """Every award of the RFQ, oldest first."""
    return [row["id"] for row in await tx.fetch(IDS_OF_RFQ, rfq_id)]


async def lock_of_rfq(tx: Tx, rfq_id: UUID, states: Sequence[str]) -> list[Award]:
    """The RFQ's awards in one of `states`, in id order, locked. The caller holds the RFQ's lock."""
    return [await lock(tx, row["id"]) for row in await tx.fetch(OF_RFQ, rfq_id, list(states))]


PLACE = """
SELECT r.state AS rfq_state, r.ended_at IS NOT NULL AS rfq_ended,
       coalesce(o.policy ->> 'four_eyes_awards', 'false') = 'true' AS four_eyes
  FROM rfq r
  JOIN organisation o ON o.id = r.buyer_id
 WHERE r.id = $1
"""


async def place(tx: Tx, rfq_id: UUID) -> tuple[str, bool, bool]:
    """(state of the RFQ, whether it has ended, whether its buyer demands four eyes on awards). Raises NotFound."""
    row = await tx.fetchrow(PLACE, rfq_id)
    if row is None:
        raise NotFound("rfq")
    return row["rfq_state"], row["rfq_ended"], row["four_eyes"]


# The buyer's own, and a supplier's from the issue on: two index scans, newest first.
LIST = """
SELECT a.id, a.rfq_id, r.title AS rfq_title, a.quote_id, a.buyer_id, b.name AS buyer_name, a.supplier_id,
       s.name AS supplier_name, a.state, a.version, a.currency, a.total,
       (SELECT count(*) FROM award_line l WHERE l.award_id = a.id) AS line_count, a.issued_at, a.answered_at,
       a.standstill_until, a.accept_by, a.order_id, a.created_at
  FROM (
        (SELECT id FROM award
          WHERE /* tenant */ (buyer_id = $1) AND ($2::uuid IS NULL OR id < $2)
            AND ($4::uuid IS NULL OR rfq_id = $4) AND ($5::text IS NULL OR state = $5)
          ORDER BY id DESC LIMIT $3)
        UNION
        (SELECT id FROM award
          WHERE /* tenant */ (supplier_id = $1) AND issued_at IS NOT NULL AND ($2::uuid IS NULL OR id < $2)
            AND ($4::uuid IS NULL OR rfq_id = $4) AND ($5::text IS NULL OR state = $5)
          ORDER BY id DESC LIMIT $3)
       ) visible
  JOIN award a ON a.id = visible.id
  JOIN rfq r ON r.id = a.rfq_id
  JOIN organisation b ON b.id = a.buyer_id
  JOIN organisation s ON s.id = a.supplier_id
 ORDER BY a.id DESC
 LIMIT $3
"""


async def list_visible(
    tx: Tx, organisation_id: UUID, *, after: UUID | None, limit: int, rfq_id: UUID | None, state: str | None
) -> Sequence[Card]:
    """Newest first."""
    return [
        msgspec.convert({**row, "total": money.total(row["total"], row["currency"])}, Card)
        for row in await tx.fetch(LIST, organisation_id, after, limit, rfq_id, state)
    ]


AWARDING = """
SELECT EXISTS (SELECT FROM award WHERE quote_id = $1 AND state = ANY ($2))
"""


async def is_being_awarded(tx: Tx, quote_id: UUID, *states: str) -> bool:
    """Whether an award of the quote is in one of `states`."""
    found: bool = await tx.fetchval(AWARDING, quote_id, list(states))
    return found
