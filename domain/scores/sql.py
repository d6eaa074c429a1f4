"""All SQL about scores."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.database import Constraint, Tx
from domain.errors import StaleVersion
from domain.scores.model import Score, ScoreSheet

_SCORES = msgspec.json.Decoder(tuple[Score, ...])

INSERT = """
INSERT INTO score_sheet (
    id, rfq_id, buyer_id, round, evaluator, evaluator_name, state, version, submitted_at, created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def insert(tx: Tx, sheet: ScoreSheet) -> None:
    """A new sheet with its scores. Raises StaleVersion when the evaluator has one by now."""
    with Constraint("score_sheet_once", StaleVersion()):
        await tx.execute(
            INSERT,
            sheet.id,
            sheet.rfq_id,
            sheet.buyer_id,
            sheet.round,
            sheet.evaluator,
            sheet.evaluator_name,
            sheet.state,
            sheet.version,
            sheet.submitted_at,
            sheet.created_at,
            sheet.updated_at,
        )
    await _insert_scores(tx, sheet)


INSERT_SCORES = """
INSERT INTO score (sheet_id, quote_id, criterion, score, comment)
SELECT $1, given.* FROM unnest($2::uuid[], $3::text[], $4::numeric[], $5::text[]) AS given
"""


async def _insert_scores(tx: Tx, sheet: ScoreSheet) -> None:
    await tx.execute(
        INSERT_SCORES,
        sheet.id,
        [score.quote_id for score in sheet.scores],
        [score.criterion for score in sheet.scores],
        [score.score for score in sheet.scores],
        [score.comment for score in sheet.scores],
    )


SAVE = """
UPDATE score_sheet SET state = $3, version = $4, submitted_at = $5, updated_at = $6 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: ScoreSheet, after: ScoreSheet) -> None:
    """Write the row (not its scores). Raises StaleVersion when somebody else was faster."""
    touched = await tx.execute(
        SAVE, before.id, before.version, after.state, after.version, after.submitted_at, after.updated_at
    )
    if touched != 1:
        raise StaleVersion


DELETE_SCORES = """
DELETE FROM score WHERE sheet_id = $1
"""


async def replace_scores(tx: Tx, sheet: ScoreSheet) -> None:
    """The scores of an open sheet, written anew."""
    await tx.execute(DELETE_SCORES, sheet.id)
    await _insert_scores(tx, sheet)


LOCK_OWN = """
SELECT id FROM score_sheet WHERE rfq_id = $1 AND round = $2 AND evaluator = $3 FOR NO KEY UPDATE
"""


async def lock_own(tx: Tx, rfq_id: UUID, round_no: int, evaluator: str) -> ScoreSheet | None:
    """The evaluator's sheet, locked for writing."""
    known: UUID | None = await tx.fetchval(LOCK_OWN, rfq_id, round_no, evaluator)
    if known is None:
        return None
    # Read after the lock: the statement that waits for it would show the scores of before.
    return next(sheet for sheet in await of_round(tx, rfq_id, round_no) if sheet.id == known)


# Sheets and scores in one statement: one snapshot.
_SHEETS = """
SELECT s.id, s.rfq_id, s.buyer_id, s.round, s.evaluator, s.evaluator_name, s.state, s.version, s.submitted_at,
       s.created_at, s.updated_at,
       (SELECT coalesce(json_agg(json_build_object(
                   'quote_id', g.quote_id, 'criterion', g.criterion, 'score', trim_scale(g.score)::text,
                   'comment', g.comment
               ) ORDER BY g.quote_id, g.criterion COLLATE "C"), '[]')::text
          FROM score g
         WHERE g.sheet_id = s.id) AS scores
  FROM score_sheet s
"""

OF_ROUND = (
    _SHEETS
    + """ WHERE s.rfq_id = $1 AND s.round = $2
 ORDER BY s.id
"""
)


async def of_round(tx: Tx, rfq_id: UUID, round_no: int) -> list[ScoreSheet]:
    """All sheets of one round, oldest first."""
    rows = [dict(row) for row in await tx.fetch(OF_ROUND, rfq_id, round_no)]
    return [ScoreSheet(scores=_SCORES.decode(row.pop("scores")), **row) for row in rows]


OF_RFQ = (
    _SHEETS
    + """ WHERE s.rfq_id = $1
 ORDER BY s.id
"""
)


async def of_rfq(tx: Tx, rfq_id: UUID) -> list[ScoreSheet]:
    """All sheets of all rounds, oldest first: a quote that stands from an earlier round was scored in that one."""
    rows = [dict(row) for row in await tx.fetch(OF_RFQ, rfq_id)]
    return [ScoreSheet(scores=_SCORES.decode(row.pop("scores")), **row) for row in rows]


STANDING = """
SELECT id FROM quote
 WHERE rfq_id = $1 AND round = $2 AND coalesce(technical_opened_at, opened_at) IS NOT NULL
   AND state IN ('submitted', 'needs_reconfirmation', 'opened')
 ORDER BY id
"""


async def standing(tx: Tx, rfq_id: UUID, round_no: int) -> Sequence[UUID]:
    """The quotes of the round that the buyer reads and that are still in the running."""
    return [row["id"] for row in await tx.fetch(STANDING, rfq_id, round_no)]
