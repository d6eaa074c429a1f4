"""All SQL about award scenarios."""

from decimal import Decimal
from uuid import UUID

import msgspec

from domain import money
from domain.database import Row, Tx
from domain.errors import NotFound
from domain.scenarios.model import Content, Scenario, Seen

_CONTENT = msgspec.json.Decoder(Content)

INSERT = """
INSERT INTO award_scenario (
    id, rfq_id, buyer_id, state, version, rfq_version, outcome, currency, total, digest, solved_by, created_at, content
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, decode($10, 'hex'), $11, $12, $13)
"""


async def insert(tx: Tx, scenario: Scenario, content: bytes) -> None:
    """One more run; it never changes."""
    await tx.execute(
        INSERT,
        scenario.id,
        scenario.rfq_id,
        scenario.buyer_id,
        scenario.state,
        scenario.version,
        scenario.rfq_version,
        scenario.outcome,
        scenario.currency,
        scenario.total,
        scenario.digest,
        scenario.solved_by,
        scenario.created_at,
        content.decode(),
    )


_FIELDS = """id, rfq_id, buyer_id, state, version, rfq_version, outcome, currency, total, encode(digest, 'hex') AS digest,
       solved_by, created_at"""

GET = f"""
SELECT {_FIELDS}, content
  FROM award_scenario
 WHERE id = $1
"""


async def get(tx: Tx, scenario_id: UUID) -> Seen:
    """The run with its content. Raises NotFound."""
    row = await tx.fetchrow(GET, scenario_id)
    if row is None:
        raise NotFound("award scenario")
    fields = dict(row)
    return Seen(content=_CONTENT.decode(fields.pop("content")), scenario=_scenario(fields))


LIST = f"""
SELECT {_FIELDS}
  FROM award_scenario
 WHERE rfq_id = $1 AND ($2::uuid IS NULL OR id < $2)
 ORDER BY id DESC
 LIMIT $3
"""


async def list_of_rfq(tx: Tx, rfq_id: UUID, *, after: UUID | None, limit: int) -> list[Scenario]:
    """Newest first."""
    return [_scenario(row) for row in await tx.fetch(LIST, rfq_id, after, limit)]


def _scenario(row: Row | dict[str, object]) -> Scenario:
    fields: dict[str, object] = dict(row)
    total, currency = fields["total"], fields["currency"]
    if isinstance(total, Decimal) and isinstance(currency, str):
        fields["total"] = money.total(total, currency)
    return msgspec.convert(fields, Scenario)


# A supplier has one award of a line in force: it gets no second one.
LIVE = """
SELECT l.supplier_id, l.line_no
  FROM award a
  JOIN award_line l ON l.award_id = a.id
 WHERE a.rfq_id = $1 AND l.live
"""


async def live(tx: Tx, rfq_id: UUID) -> list[tuple[UUID, int]]:
    """(supplier, line) with an award in force."""
    return [(row["supplier_id"], row["line_no"]) for row in await tx.fetch(LIVE, rfq_id)]


VERSIONS = """
SELECT id, version FROM quote WHERE rfq_id = $1 AND opened_at IS NOT NULL
"""


async def versions(tx: Tx, rfq_id: UUID) -> dict[UUID, int]:
    """Of every opened quote, its version."""
    return {row["id"]: row["version"] for row in await tx.fetch(VERSIONS, rfq_id)}
