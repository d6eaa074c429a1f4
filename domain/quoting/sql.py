"""What a supplier's command on its quote works on: two statements, however much it needs.

The first locks and then reads the clock. The second reads what the locks guard: by a snapshot of its own, since that of the
first is older than what was committed while it waited.
"""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.database import Tx
from domain.errors import NotFound
from domain.participations.model import Participation
from domain.quotes.model import Quote, Submission
from domain.quotes.sql import COLUMNS as QUOTE
from domain.quotes.sql import quote_of, shown
from domain.rfqs.model import Rfq
from domain.rfqs.sql import COLUMNS as RFQ
from domain.rfqs.sql import lines_and, made_of
from domain.writes import Write

PART = Participation.__struct_fields__

# Each step waits for the one before, as it needs its row: the place, without a lock, so that a flood after the deadline is
# turned away and does not hold the row against the opening; the RFQ's row; the quote's row; and the clock, asked for the row
# that all of them make. Of a locked row the newest version is read.
HOLD = f"""
WITH place AS MATERIALIZED (
    SELECT q.id, q.rfq_id, q.supplier_id,
           CASE WHEN r.state IN ('open', 'closed', 'evaluating') AND r.quotes_close_at <= clock_timestamp()
                THEN r.quotes_close_at END AS passed
      FROM quote q
      JOIN rfq r ON r.id = q.rfq_id
     WHERE q.id = $1
), guarded AS MATERIALIZED (
    SELECT {", ".join(f"r.{name}" for name in RFQ)}
      FROM rfq r
     WHERE r.id = (SELECT place.rfq_id FROM place WHERE place.passed IS NULL OR place.supplier_id IS DISTINCT FROM $2)
       FOR SHARE OF r
), held AS MATERIALIZED (
    SELECT {shown()}, q.working
      FROM quote q
     WHERE q.id = (SELECT place.id FROM place, guarded)
       FOR NO KEY UPDATE OF q
)
SELECT place.passed, {", ".join(f"guarded.{name} AS rfq_{name}" for name in RFQ)},
       {", ".join(f"held.{name}" for name in QUOTE)}, held.working, clock_timestamp() AS now
  FROM place
  LEFT JOIN guarded ON true
  LEFT JOIN held ON true
"""

# The supplier's part, its name, and the key to seal to, beside the RFQ's lines.
GUARDED = lines_and(
    "(SELECT o.name FROM organisation o WHERE o.id = $2) AS supplier_name, "
    "(SELECT k.public_key FROM rfq_key k WHERE k.rfq_id = $1) AS public_key, "
    + ", ".join(f"p.{name} AS part_{name}" for name in PART),
    "  LEFT JOIN participation p ON p.rfq_id = $1 AND p.supplier_id = $2",
)


INSERT_SUBMISSION = """
INSERT INTO quote_submission (quote_id, number, submitted_at, commitment, sealed, supplier_copy)
VALUES ($1, $2, $3, $4, $5, $6)
"""


def adding_submission(submission: Submission) -> Write:
    """One more immutable version."""
    return Write(
        INSERT_SUBMISSION,
        (
            submission.quote_id,
            submission.number,
            submission.submitted_at,
            bytes.fromhex(submission.commitment),
            submission.sealed,
            submission.supplier_copy,
        ),
    )


class Held(NamedTuple):
    """Locked until the end of the transaction, with the clock read after the locks."""

    rfq: Rfq
    """Without its documents: what they mean for a quote is in the digests of its lines."""
    quote: Quote
    working: str
    """The supplier's content, encrypted for it."""
    now: datetime
    part: Participation | None
    supplier_name: str
    public_key: str | None
    """What submissions are sealed to; None before the publication."""


async def hold(tx: Tx, quote_id: UUID, organisation_id: UUID | None) -> Held | datetime:
    """Share the RFQ's row, lock the quote's, read the clock, then everything else; or the deadline, where it has passed.

    Its supplier then holds nothing; whoever else asks goes on, to be told by the rules that it is not the supplier. Raises
    NotFound.
    """
    row = await tx.fetchrow(HOLD, quote_id, organisation_id)
    if row is None:
        raise NotFound("quote")
    values = tuple(row)
    ends = 1 + len(RFQ)
    rfq_values, quote_values = values[1:ends], values[ends : ends + len(QUOTE)]
    if rfq_values[0] is None:
        if row["passed"] is None:
            raise NotFound("rfq")
        passed: datetime = row["passed"]
        return passed
    if quote_values[0] is None:
        raise NotFound("quote")
    quote = quote_of(quote_values)
    [guarded] = await tx.fetch(GUARDED, quote.rfq_id, quote.supplier_id)
    part = {name: guarded[f"part_{name}"] for name in PART}
    return Held(
        rfq=made_of(rfq_values, guarded),
        quote=quote,
        working=row["working"],
        now=row["now"],
        part=None if part["id"] is None else Participation(**part),
        supplier_name=guarded["supplier_name"] or "",
        public_key=guarded["public_key"],
    )
