"""All SQL about openings: attempts to see sealed quotes, and what keeps an RFQ from ending."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.database import Tx
from domain.ids import new_id

INSERT_ATTEMPT = """
INSERT INTO sealed_access_attempt (id, rfq_id, credential_id, organisation_id, actor_name, operation, refusal, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
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
