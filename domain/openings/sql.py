"""All SQL about openings: their proofs, attempts to see sealed quotes, and what keeps an RFQ from ending."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.database import Tx
from domain.ids import new_id
from domain.openings.model import Attempt, Header, Opening, Sent

_HEADER = msgspec.json.Decoder(Header)

# Of a draft nothing is sealed yet, and what is on record could not be thrown away with it.
INSERT_ATTEMPT = """
INSERT INTO sealed_access_attempt (id, rfq_id, credential_id, organisation_id, actor_name, operation, refusal, at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE NOT EXISTS (SELECT FROM rfq WHERE id = $2 AND state = 'draft')
"""


async def insert_attempt(tx: Tx, rfq_id: UUID, actor: Actor, *, operation: str, refusal: str, at: datetime) -> None:
    """One refused look at what is sealed."""
    await tx.execute(
        INSERT_ATTEMPT,
        new_id(),
        rfq_id,
        actor.credential_id,
        actor.organisation_id,
        actor.name,
        operation,
        refusal,
        at,
    )


INSERT_TECHNICAL = """
INSERT INTO quote_technical (quote_id, content)
SELECT quote_id, content FROM unnest($1::uuid[], $2::jsonb[]) AS revealed (quote_id, content)
"""


async def insert_technical(tx: Tx, parts: Mapping[UUID, str]) -> None:
    """By quote, the first of its two envelopes as JSON text."""
    await tx.execute(INSERT_TECHNICAL, list(parts), list(parts.values()))


TECHNICAL = """
SELECT content FROM quote_technical WHERE quote_id = $1
"""


async def technical(tx: Tx, quote_id: UUID) -> str | None:
    """The first of two envelopes as JSON text; None where there is none, or it is still sealed."""
    found: str | None = await tx.fetchval(TECHNICAL, quote_id)
    return found


AWARD_UNDER_WAY = """
SELECT EXISTS (SELECT FROM award WHERE rfq_id = $1 AND state IN ('proposed', 'issued'))
"""


async def has_award_under_way(tx: Tx, rfq_id: UUID) -> bool:
    """Whether an award of the RFQ waits to be issued or answered."""
    found: bool = await tx.fetchval(AWARD_UNDER_WAY, rfq_id)
    return found


# Of the round that is open: what was tried since the one before was opened.
EARLY_ATTEMPTS = """
SELECT count(*) FROM sealed_access_attempt
 WHERE rfq_id = $1 AND at > coalesce((SELECT max(opened_at) FROM opening WHERE rfq_id = $1), '-infinity')
"""


async def early_attempts(tx: Tx, rfq_id: UUID) -> int:
    """How many attempts were refused in the present round."""
    count: int = await tx.fetchval(EARLY_ATTEMPTS, rfq_id)
    return count


ATTEMPTS = """
SELECT id, rfq_id, organisation_id, actor_name, operation, refusal, at
  FROM sealed_access_attempt
 WHERE rfq_id = $1 AND ($2::uuid IS NULL OR id < $2)
 ORDER BY id DESC
 LIMIT $3
"""


async def attempts(tx: Tx, rfq_id: UUID, *, after: UUID | None, limit: int) -> list[Attempt]:
    """Newest first."""
    return [Attempt(**row) for row in await tx.fetch(ATTEMPTS, rfq_id, after, limit)]


SENT = """
SELECT q.id AS quote_id, q.supplier_id, s.number, s.submitted_at, encode(s.commitment, 'hex') AS commitment,
       s.number = q.submission AS counts, q.opened_at IS NOT NULL AS opened
  FROM quote q
  JOIN quote_submission s ON s.quote_id = q.id
 WHERE q.rfq_id = $1 AND q.round = $2
"""


async def sent(tx: Tx, rfq_id: UUID, round_no: int) -> list[Sent]:
    """Every submission of the round, in no order."""
    return [Sent(**row) for row in await tx.fetch(SENT, rfq_id, round_no)]


APPROVED = """
SELECT actor_name, at FROM event
 WHERE subject_id = $1 AND type = 'rfq.opening_approved'
 ORDER BY subject_version DESC
 LIMIT 1
"""


async def approved(tx: Tx, rfq_id: UUID) -> tuple[str, datetime] | None:
    """(display name, instant) of the latest first approval."""
    row = await tx.fetchrow(APPROVED, rfq_id)
    return None if row is None else (row["actor_name"], row["at"])


INSERT_OPENING = """
INSERT INTO opening (rfq_id, round, quotes_close_at, opened_at, header, leaves, root)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


async def insert_opening(tx: Tx, opening: Opening) -> None:
    """The proof of an opening, in the transaction that opens."""
    await tx.execute(
        INSERT_OPENING,
        opening.rfq_id,
        opening.round,
        opening.quotes_close_at,
        opening.opened_at,
        msgspec.json.encode(opening.header).decode(),
        list(opening.leaves),
        opening.root,
    )


OPENING = """
SELECT rfq_id, round, quotes_close_at, opened_at, header, leaves, root
  FROM opening
 WHERE rfq_id = $1 AND ($2::integer IS NULL OR round = $2)
 ORDER BY round DESC
 LIMIT 1
"""


async def opening(tx: Tx, rfq_id: UUID, round_no: int | None) -> Opening | None:
    """The opening of that round; without one the newest."""
    row = await tx.fetchrow(OPENING, rfq_id, round_no)
    if row is None:
        return None
    return Opening(**{**row, "header": _HEADER.decode(row["header"]), "leaves": tuple(row["leaves"])})


# What the bundle of a reader will hold: the supplier's own submissions, or the opened one of every quote.
CONTENT_SIZE = """
SELECT coalesce(sum(octet_length(s.sealed)), 0)
  FROM quote q
  JOIN quote_submission s ON s.quote_id = q.id
 WHERE q.rfq_id = $1 AND q.round = $2 AND q.opened_at IS NOT NULL
   AND (q.supplier_id = $3 OR (q.buyer_id = $3 AND s.number = q.submission))
"""


async def content_size(tx: Tx, rfq_id: UUID, round_no: int, reader: UUID) -> int:
    """Bytes of the sealed texts whose content `reader` gets."""
    size: int = await tx.fetchval(CONTENT_SIZE, rfq_id, round_no, reader)
    return size


REVEALED = """
SELECT quote_id, content, encode(nonce, 'hex') AS nonce FROM quote_opened WHERE quote_id = ANY ($1)
"""


async def revealed(tx: Tx, quote_ids: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
    """By quote, (opened content as JSON text, nonce in hex)."""
    rows = await tx.fetch(REVEALED, list(quote_ids))
    return {row["quote_id"]: (row["content"], row["nonce"]) for row in rows}


OWN_QUOTES = """
SELECT id FROM quote WHERE rfq_id = $1 AND round = $2 AND supplier_id = $3
"""


async def own_quotes(tx: Tx, rfq_id: UUID, round_no: int, supplier_id: UUID) -> list[UUID]:
    """The supplier's quote in the round, opened or not."""
    return [row["id"] for row in await tx.fetch(OWN_QUOTES, rfq_id, round_no, supplier_id)]
