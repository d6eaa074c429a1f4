"""All SQL about questions."""

from uuid import UUID

import msgspec

from domain.database import Row, Tx
from domain.errors import NotFound, StaleVersion
from domain.questions.model import Question, Seen

INSERT = """
INSERT INTO question (
    id, rfq_id, supplier_id, state, version, line_no, characteristic_no, question, created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""


async def insert(tx: Tx, question: Question) -> None:
    """A new question."""
    await tx.execute(
        INSERT,
        question.id,
        question.rfq_id,
        question.supplier_id,
        question.state,
        question.version,
        question.line_no,
        question.characteristic_no,
        question.question,
        question.created_at,
        question.updated_at,
    )


GET = """
SELECT id, rfq_id, supplier_id, state, version, line_no, characteristic_no, question, published_question, answer,
       addendum_revision, decline_reason, settled_at, created_at, updated_at
  FROM question
 WHERE id = $1
"""
LOCK = GET + "   FOR NO KEY UPDATE"


async def get(tx: Tx, question_id: UUID) -> Question:
    """Raises NotFound."""
    return _question(await tx.fetchrow(GET, question_id))


async def lock(tx: Tx, question_id: UUID) -> Question:
    """As `get`, locked for writing. Raises NotFound."""
    return _question(await tx.fetchrow(LOCK, question_id))


SAVE = """
UPDATE question
   SET state = $3, version = $4, published_question = $5, answer = $6, addendum_revision = $7, decline_reason = $8,
       settled_at = $9, updated_at = $10
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: Question, after: Question) -> None:
    """Write what changed. Raises StaleVersion."""
    touched = await tx.execute(
        SAVE,
        before.id,
        before.version,
        after.state,
        after.version,
        after.published_question,
        after.answer,
        after.addendum_revision,
        after.decline_reason,
        after.settled_at,
        after.updated_at,
    )
    if touched != 1:
        raise StaleVersion


# To a rival only what is published exists: not even a gap in the list tells of the rest.
OF_RFQ = """
SELECT q.id, q.rfq_id, q.supplier_id, q.state, q.version, q.line_no, q.characteristic_no, q.question,
       q.published_question, q.answer, q.addendum_revision, q.decline_reason, q.settled_at, q.created_at, q.updated_at,
       o.name AS supplier_name
  FROM question q
  JOIN organisation o ON o.id = q.supplier_id
 WHERE q.rfq_id = $1 AND ($2::uuid IS NULL OR q.id > $2) AND ($4::text IS NULL OR q.state = $4)
   AND /* tenant */ ($5 OR q.supplier_id = $6 OR q.published_question IS NOT NULL)
 ORDER BY q.id
 LIMIT $3
"""


async def of_rfq(
    tx: Tx,
    rfq_id: UUID,
    buyer_id: UUID,
    *,
    after: UUID | None,
    limit: int,
    state: str | None,
    every: bool,
    asker: UUID | None,
) -> list[Seen]:
    """Oldest first: `every` one, or those of `asker` and those published."""
    rows = await tx.fetch(OF_RFQ, rfq_id, after, limit, state, every, asker)
    return [Seen(question=_question(row), supplier_name=row["supplier_name"], buyer_id=buyer_id) for row in rows]


OPEN_OF_RFQ = """
SELECT id FROM question WHERE rfq_id = $1 AND state = 'asked' ORDER BY id
"""


async def open_of_rfq(tx: Tx, rfq_id: UUID) -> list[UUID]:
    """Those that wait for an answer."""
    return [row["id"] for row in await tx.fetch(OPEN_OF_RFQ, rfq_id)]


COUNT_OPEN = """
SELECT count(*) FROM question WHERE rfq_id = $1 AND state = 'asked' AND /* tenant */ ($2::uuid IS NULL OR supplier_id = $2)
"""


async def count_open(tx: Tx, rfq_id: UUID, supplier_id: UUID | None = None) -> int:
    """How many wait for an answer, of everybody or of one supplier.

    Under the RFQ's row lock the number is final: asking shares that lock.
    """
    return int(await tx.fetchval(COUNT_OPEN, rfq_id, supplier_id))


NAME_OF = """
SELECT name FROM organisation WHERE id = $1
"""


async def name_of(tx: Tx, organisation_id: UUID) -> str:
    """The asker's name, for the buyer."""
    return str(await tx.fetchval(NAME_OF, organisation_id))


def _question(row: Row | None) -> Question:
    if row is None:
        raise NotFound("question")
    return msgspec.convert({name: row[name] for name in Question.__struct_fields__}, Question)
