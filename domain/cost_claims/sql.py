"""All SQL about cost claims. Whoever writes one holds the lock of its order."""

from uuid import UUID

import msgspec

from domain import money
from domain.cost_claims.model import CostClaim, Paper
from domain.database import Constraint, Row, Tx
from domain.errors import Invalid, NotFound, StaleVersion

_FILES = msgspec.json.Decoder(tuple[Paper, ...])

INSERT = """
INSERT INTO cost_claim (
    id, order_id, nonconformance_id, buyer_id, supplier_id, state, version, category, currency, amount, note, files,
    created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""


async def insert(tx: Tx, claim: CostClaim) -> None:
    """A new claim, unanswered."""
    await tx.execute(
        INSERT,
        claim.id,
        claim.order_id,
        claim.nonconformance_id,
        claim.buyer_id,
        claim.supplier_id,
        claim.state,
        claim.version,
        claim.category,
        claim.currency,
        claim.amount,
        claim.note,
        msgspec.json.encode(claim.files).decode(),
        claim.created_at,
        claim.updated_at,
    )


COUNT = "SELECT count(*) FROM cost_claim WHERE nonconformance_id = $1"


async def count_of(tx: Tx, nonconformance_id: UUID) -> int:
    """How many claims were raised about it. Exact under the lock of the order."""
    found: int = await tx.fetchval(COUNT, nonconformance_id)
    return found


_COLUMNS = """
SELECT c.id, c.order_id, c.nonconformance_id, c.buyer_id, c.supplier_id, c.state, c.version, c.category, c.currency, c.amount,
       c.agreed_amount, c.note, c.answer, c.settlement, c.files::text AS files, c.created_at, c.updated_at
  FROM cost_claim c
"""

GET = _COLUMNS + " WHERE c.id = $1 AND c.order_id = $2"


async def get(tx: Tx, order_id: UUID, claim_id: UUID) -> CostClaim:
    """One of that order. Raises NotFound."""
    row = await tx.fetchrow(GET, claim_id, order_id)
    if row is None:
        raise NotFound("cost claim")
    return _claim(row)


LIST = (
    _COLUMNS
    + """
 WHERE c.order_id = $1 AND ($2::uuid IS NULL OR c.id > $2) AND ($4::text IS NULL OR c.state = $4)
   AND ($5::uuid IS NULL OR c.nonconformance_id = $5)
 ORDER BY c.id
 LIMIT $3
"""
)


async def list_of(
    tx: Tx, order_id: UUID, *, after: UUID | None, limit: int, state: str | None, nonconformance_id: UUID | None
) -> list[CostClaim]:
    """Those of one order, oldest first."""
    return [_claim(row) for row in await tx.fetch(LIST, order_id, after, limit, state, nonconformance_id)]


def _claim(row: Row) -> CostClaim:
    agreed, currency = row["agreed_amount"], row["currency"]
    return CostClaim(
        **{
            **row,
            "amount": money.total(row["amount"], currency),
            "agreed_amount": None if agreed is None else money.total(agreed, currency),
            "files": _FILES.decode(row["files"]),
        }
    )


SAVE = """
UPDATE cost_claim
   SET state = $3, version = $4, agreed_amount = $5, answer = $6, settlement = $7, updated_at = $8
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: CostClaim, after: CostClaim) -> None:
    """Write the row.

    Raises StaleVersion when somebody else was faster or it has ended, Invalid for an agreement beyond the claim.
    """
    beyond = Invalid("An agreed amount lies above 0 and is at most what was claimed.")
    with Constraint("cost_claim_agreed", beyond), Constraint("cost_claim_kept", StaleVersion()):
        touched = await tx.execute(
            SAVE,
            before.id,
            before.version,
            after.state,
            after.version,
            after.agreed_amount,
            after.answer,
            after.settlement,
            after.updated_at,
        )
    if touched != 1:
        raise StaleVersion
