"""All SQL about first articles. Whoever writes one holds the lock of its order."""

from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, NotFound, StaleVersion
from domain.first_articles.model import Content, Decision, FirstArticle, Measured, Promise, Result

_CONTENT = msgspec.json.Decoder(Content)
_DECISION = msgspec.json.Decoder(Decision)
_RESULT = msgspec.json.Decoder(Result)
_SERIALS = msgspec.json.Decoder(tuple[str, ...])
_PROMISES = msgspec.json.Decoder(tuple[Promise, ...])

INSERT = """
INSERT INTO first_article (
    id, order_id, line_no, buyer_id, supplier_id, attempt, state, version, content, created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def insert(tx: Tx, article: FirstArticle) -> None:
    """A new attempt. Raises Duplicate when one of the line is undecided."""
    with Constraint("first_article_one_open", Duplicate("A first article of this line awaits its decision.")):
        await tx.execute(
            INSERT,
            article.id,
            article.order_id,
            article.line_no,
            article.buyer_id,
            article.supplier_id,
            article.attempt,
            article.state,
            article.version,
            msgspec.json.encode(article.content).decode(),
            article.created_at,
            article.updated_at,
        )


_COLUMNS = """
SELECT id, order_id, line_no, buyer_id, supplier_id, attempt, state, version, content::text AS content,
       decision::text AS decision, created_at, updated_at
  FROM first_article
"""
GET = _COLUMNS + " WHERE id = $2 AND order_id = $1"


async def get(tx: Tx, order_id: UUID, article_id: UUID) -> FirstArticle:
    """One of the order's. Raises NotFound."""
    row = await tx.fetchrow(GET, order_id, article_id)
    if row is None:
        raise NotFound("first article")
    return _article(row)


OF_LINE = _COLUMNS + " WHERE order_id = $1 AND line_no = $2 ORDER BY attempt"


async def of_line(tx: Tx, order_id: UUID, line_no: int) -> list[FirstArticle]:
    """All attempts for one line (50 at most), oldest first."""
    return [_article(row) for row in await tx.fetch(OF_LINE, order_id, line_no)]


LIST = (
    _COLUMNS
    + """
 WHERE order_id = $1 AND ($2::uuid IS NULL OR id > $2) AND ($4::integer IS NULL OR line_no = $4)
 ORDER BY id
 LIMIT $3
"""
)


async def list_of(tx: Tx, order_id: UUID, *, after: UUID | None, limit: int, line_no: int | None) -> list[FirstArticle]:
    """Attempts of one order, oldest first."""
    return [_article(row) for row in await tx.fetch(LIST, order_id, after, limit, line_no)]


def _article(row: Row) -> FirstArticle:
    decision = row["decision"]
    return FirstArticle(
        **{
            **row,
            "content": _CONTENT.decode(row["content"]),
            "decision": None if decision is None else _DECISION.decode(decision),
        }
    )


SAVE = """
UPDATE first_article SET state = $3, version = $4, decision = $5, updated_at = $6 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: FirstArticle, after: FirstArticle) -> None:
    """Write state and decision. Raises StaleVersion when somebody else was faster, or it was decided before."""
    with Constraint("first_article_decided_once", StaleVersion()):
        touched = await tx.execute(
            SAVE,
            before.id,
            before.version,
            after.state,
            after.version,
            None if after.decision is None else msgspec.json.encode(after.decision).decode(),
            after.updated_at,
        )
    if touched != 1:
        raise StaleVersion


PROMISES = """
SELECT item ->> 'characteristics' AS promises
  FROM purchase_order o
  JOIN award a ON a.id = o.award_id
  JOIN quote_opened q ON q.quote_id = a.quote_id
 CROSS JOIN LATERAL jsonb_array_elements(q.content -> 'lines') AS item
 WHERE o.id = $1 AND (item ->> 'line_no')::integer = $2
"""


async def promises(tx: Tx, order_id: UUID, line_no: int) -> dict[int, Promise]:
    """What the awarded quote said of the line's characteristics, by their number."""
    row = await tx.fetchrow(PROMISES, order_id, line_no)
    if row is None or row["promises"] is None:
        return {}
    return {promise.no: promise for promise in _PROMISES.decode(row["promises"])}


MEASURED = """
SELECT f.id, f.attempt, f.state, f.created_at, f.content ->> 'lot' AS lot, f.content ->> 'serials' AS serials,
       result::text AS result
  FROM first_article f
 CROSS JOIN LATERAL jsonb_array_elements(f.content -> 'results') AS result
 WHERE f.order_id = $1 AND f.line_no = $2 AND (result ->> 'no')::integer = $3
 ORDER BY f.attempt
"""


async def measured(tx: Tx, order_id: UUID, line_no: int, no: int) -> list[Measured]:
    """What each attempt for a line says of one characteristic, oldest first."""
    return [
        Measured(
            first_article_id=row["id"],
            attempt=row["attempt"],
            state=row["state"],
            at=row["created_at"],
            lot=row["lot"],
            serials=() if row["serials"] is None else _SERIALS.decode(row["serials"]),
            values=result.values,
            conforms=result.conforms,
            instrument=result.instrument,
            note=result.note,
        )
        for row in await tx.fetch(MEASURED, order_id, line_no, no)
        for result in [_RESULT.decode(row["result"])]
    ]
