"""All SQL about inspection plans. Whoever writes one holds the lock of an order of the same buyer and supplier."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, StaleVersion
from domain.inspection_plans.model import InspectionPlan, Terms

_TERMS = msgspec.json.Decoder(Terms)

INSERT = """
INSERT INTO inspection_plan (
    id, buyer_id, supplier_id, part_number, state, version, terms, score, recent, rejected, run, skipped, created_at,
    updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""


async def insert(tx: Tx, plan: InspectionPlan) -> None:
    """A new plan. Raises Duplicate when the part of that supplier has one by now."""
    with Constraint("inspection_plan_of_part", Duplicate("This part of the supplier has an inspection plan by now.")):
        await tx.execute(
            INSERT,
            plan.id,
            plan.buyer_id,
            plan.supplier_id,
            plan.part_number,
            plan.state,
            plan.version,
            msgspec.json.encode(plan.terms).decode(),
            plan.score,
            list(plan.recent),
            plan.rejected,
            plan.run,
            plan.skipped,
            plan.created_at,
            plan.updated_at,
        )


_COLUMNS = """
SELECT id, buyer_id, supplier_id, part_number, state, version, terms::text AS terms, score, recent, rejected, run, skipped,
       created_at, updated_at
  FROM inspection_plan
"""
GET = _COLUMNS + " WHERE buyer_id = $1 AND supplier_id = $2 AND part_number = $3"


async def find(tx: Tx, buyer_id: UUID, supplier_id: UUID, part_number: str) -> InspectionPlan | None:
    """The plan for a part of a supplier, if there is one."""
    row = await tx.fetchrow(GET, buyer_id, supplier_id, part_number)
    return None if row is None else _plan(row)


# In one order, as always: two orders of the same parts may be received at once.
LOCK = (
    _COLUMNS
    + """
 WHERE buyer_id = $1 AND supplier_id = $2 AND part_number = ANY ($3::text[])
 ORDER BY part_number
   FOR NO KEY UPDATE
"""
)


async def lock(tx: Tx, buyer_id: UUID, supplier_id: UUID, part_numbers: Sequence[str]) -> dict[str, InspectionPlan]:
    """The plans for these parts by part number, locked for writing; parts without one are left out."""
    rows = await tx.fetch(LOCK, buyer_id, supplier_id, list(part_numbers))
    return {row["part_number"]: _plan(row) for row in rows}


BY_ID = _COLUMNS + " WHERE id = $1"


async def by_id(tx: Tx, plan_id: UUID) -> InspectionPlan | None:
    """The plan with this id."""
    row = await tx.fetchrow(BY_ID, plan_id)
    return None if row is None else _plan(row)


def _plan(row: Row) -> InspectionPlan:
    return InspectionPlan(**{**row, "terms": _TERMS.decode(row["terms"]), "recent": tuple(row["recent"])})


SAVE = """
UPDATE inspection_plan
   SET state = $3, version = $4, terms = $5, score = $6, recent = $7, rejected = $8, run = $9, skipped = $10,
       updated_at = $11
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: InspectionPlan, after: InspectionPlan) -> None:
    """Write the row. Raises StaleVersion when somebody else was faster."""
    touched = await tx.execute(
        SAVE,
        before.id,
        before.version,
        after.state,
        after.version,
        msgspec.json.encode(after.terms).decode(),
        after.score,
        list(after.recent),
        after.rejected,
        after.run,
        after.skipped,
        after.updated_at,
    )
    if touched != 1:
        raise StaleVersion
