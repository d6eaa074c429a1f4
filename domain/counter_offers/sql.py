"""All SQL about counter-offers, and about the amendments of quotes that accepted ones make."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.counter_offers.model import CounterOffer
from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, NotFound, StaleVersion
from domain.quotes.model import AmendedLine, Amendment

_LINES = msgspec.json.Decoder(tuple[AmendedLine, ...])

INSERT = """
INSERT INTO counter_offer (
    id, quote_id, rfq_id, buyer_id, supplier_id, state, version, lines, payment_days, message, answer_by, created_at,
    updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""


async def insert(tx: Tx, offer: CounterOffer) -> None:
    """A new one. Raises Duplicate while another waits for an answer."""
    waiting = Duplicate("A counter-offer to this quote waits for an answer. Withdraw it first, or wait.")
    with Constraint("counter_offer_one_at_a_time", waiting):
        await tx.execute(
            INSERT,
            offer.id,
            offer.quote_id,
            offer.rfq_id,
            offer.buyer_id,
            offer.supplier_id,
            offer.state,
            offer.version,
            msgspec.json.encode(offer.lines).decode(),
            offer.payment_days,
            offer.message,
            offer.answer_by,
            offer.created_at,
            offer.updated_at,
        )


_FIELDS = """c.id, c.quote_id, c.rfq_id, c.buyer_id, c.supplier_id, c.state, c.version, c.lines, c.payment_days,
       c.message, c.answer_by, c.answered_at, c.end_reason, c.end_note, c.created_at, c.updated_at"""

GET = f"""
SELECT {_FIELDS}
  FROM counter_offer c
 WHERE c.id = $1
"""
LOCK = GET + "   FOR NO KEY UPDATE"


async def get(tx: Tx, offer_id: UUID) -> CounterOffer:
    """Raises NotFound."""
    return _offer(await tx.fetchrow(GET, offer_id))


async def lock(tx: Tx, offer_id: UUID) -> CounterOffer:
    """As `get`, locked for writing. Raises NotFound."""
    return _offer(await tx.fetchrow(LOCK, offer_id))


def _offer(row: Row | None) -> CounterOffer:
    if row is None:
        raise NotFound("counter_offer")
    return CounterOffer(**{**row, "lines": _LINES.decode(row["lines"])})


OF_QUOTE = f"""
SELECT {_FIELDS}
  FROM counter_offer c
 WHERE c.quote_id = $1 AND ($2::uuid IS NULL OR c.id < $2)
 ORDER BY c.id DESC
 LIMIT $3
"""


async def of_quote(tx: Tx, quote_id: UUID, *, after: UUID | None, limit: int) -> list[CounterOffer]:
    """Newest first."""
    return [_offer(row) for row in await tx.fetch(OF_QUOTE, quote_id, after, limit)]


WAITING = f"""
SELECT {_FIELDS}
  FROM counter_offer c
 WHERE c.rfq_id = $1 AND c.state = 'proposed' AND ($2::uuid IS NULL OR c.quote_id = $2)
 ORDER BY c.id
   FOR NO KEY UPDATE
"""


async def lock_waiting(tx: Tx, rfq_id: UUID, quote_id: UUID | None) -> list[CounterOffer]:
    """Those of an RFQ, or of one of its quotes, that wait for an answer, locked for writing."""
    return [_offer(row) for row in await tx.fetch(WAITING, rfq_id, quote_id)]


IS_WAITING = """
SELECT EXISTS (SELECT FROM counter_offer WHERE quote_id = $1 AND state = 'proposed')
"""


async def is_waiting(tx: Tx, quote_id: UUID) -> bool:
    """Whether a counter-offer to the quote waits for an answer."""
    found: bool = await tx.fetchval(IS_WAITING, quote_id)
    return found


SAVE = """
UPDATE counter_offer
   SET state = $3, version = $4, answered_at = $5, end_reason = $6, end_note = $7, updated_at = $8
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: CounterOffer, after: CounterOffer) -> None:
    """Write the row (what was proposed never changes). Raises StaleVersion when somebody else was faster."""
    touched = await tx.execute(
        SAVE,
        before.id,
        before.version,
        after.state,
        after.version,
        after.answered_at,
        after.end_reason,
        after.end_note,
        after.updated_at,
    )
    if touched != 1:
        raise StaleVersion


TO_EXPIRE = """
SELECT id FROM counter_offer WHERE state = 'proposed' AND answer_by <= clock_timestamp() ORDER BY answer_by LIMIT $1
"""


async def to_expire(tx: Tx, limit: int) -> list[UUID]:
    """Those that were not answered in time."""
    return [row["id"] for row in await tx.fetch(TO_EXPIRE, limit)]


INSERT_AMENDMENT = """
INSERT INTO quote_amendment (quote_id, number, counter_offer_id, lines, payment_days, agreed_at)
SELECT $1, 1 + count(*), $2, $3, $4, $5 FROM quote_amendment WHERE quote_id = $1
RETURNING number
"""


async def insert_amendment(tx: Tx, offer: CounterOffer, at: datetime) -> Amendment:
    """What a counter-offer that is accepted changes of its quote, whose lock the caller holds."""
    number: int = await tx.fetchval(
        INSERT_AMENDMENT,
        offer.quote_id,
        offer.id,
        msgspec.json.encode(offer.lines).decode(),
        offer.payment_days,
        at,
    )
    return Amendment(
        number=number,
        counter_offer_id=offer.id,
        lines=offer.lines,
        payment_days=offer.payment_days,
        agreed_at=at,
    )


AMENDMENTS = """
SELECT quote_id, number, counter_offer_id, lines, payment_days, agreed_at
  FROM quote_amendment
 WHERE quote_id = ANY ($1)
 ORDER BY quote_id, number
"""


async def amendments(tx: Tx, quote_ids: Sequence[UUID]) -> dict[UUID, tuple[Amendment, ...]]:
    """By quote, what was agreed on since the opening, oldest first. Quotes without are left out."""
    found: dict[UUID, tuple[Amendment, ...]] = {}
    for row in await tx.fetch(AMENDMENTS, list(quote_ids)):
        values = {**row, "lines": _LINES.decode(row["lines"])}
        quote_id = values.pop("quote_id")
        found[quote_id] = (*found.get(quote_id, ()), Amendment(**values))
    return found
