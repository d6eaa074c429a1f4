"""All SQL about quotes."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, NotFound, StaleVersion
from domain.ids import read
from domain.quotes.envelope import Opened
from domain.quotes.model import Card, Quote, Submission
from domain.writes import Write

INSERT = """
INSERT INTO quote (
    id, rfq_id, buyer_id, supplier_id, round, state, version, submission, unsubmitted, working, created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


def adding(quote: Quote, working: str) -> Write:
    """A new draft. Raises Duplicate when the supplier has one in this round."""
    return Write(
        INSERT,
        (
            quote.id,
            quote.rfq_id,
            quote.buyer_id,
            quote.supplier_id,
            quote.round,
            quote.state,
            quote.version,
            quote.submission,
            quote.unsubmitted,
            working,
            quote.created_at,
            quote.updated_at,
        ),
        constraint=Constraint("quote_once_per_round", Duplicate("You have a quote on this RFQ in this round already.")),
    )


COLUMNS = Quote.__struct_fields__
"""Of the row without its content: named as the members are."""


def shown() -> str:
    """COLUMNS of table `q`, to be selected."""
    return ", ".join(
        "encode(q.commitment, 'hex') AS commitment" if name == "commitment" else f"q.{name}" for name in COLUMNS
    )


GET = f"""
SELECT {shown()}
  FROM quote q
 WHERE q.id = $1
"""
LOCK = GET + "   FOR NO KEY UPDATE OF q"


async def get(tx: Tx, quote_id: UUID) -> Quote:
    """The quote without its content. Raises NotFound."""
    return _quote(await tx.fetchrow(GET, quote_id))


async def lock(tx: Tx, quote_id: UUID) -> Quote:
    """As `get`, locked for writing. Raises NotFound."""
    return _quote(await tx.fetchrow(LOCK, quote_id))


def _quote(row: Row | None) -> Quote:
    if row is None:
        raise NotFound("quote")
    return _whole(dict(row))


def quote_of(values: Sequence[Any]) -> Quote:
    """The quote from the values of its COLUMNS."""
    return _whole(dict(zip(COLUMNS, values, strict=True)))


def _whole(values: dict[str, Any]) -> Quote:
    return Quote(**{**values, "lines_to_reconfirm": tuple(values["lines_to_reconfirm"])})


OF_RFQ = f"""
SELECT {shown()}
  FROM quote q
 WHERE q.rfq_id = $1 AND q.state = ANY ($2)
 ORDER BY q.id
   FOR NO KEY UPDATE OF q
"""


async def lock_of_rfq(tx: Tx, rfq_id: UUID, states: Sequence[str]) -> list[Quote]:
    """The RFQ's quotes in one of `states`, in id order, locked for writing. The caller holds the RFQ's lock."""
    return [_quote(row) for row in await tx.fetch(OF_RFQ, rfq_id, list(states))]


# Without a lock: a flood after the deadline is turned away here, and does not hold the row against the opening.
PLACE = """
SELECT q.rfq_id, q.supplier_id,
       CASE WHEN r.state IN ('open', 'closed', 'evaluating') AND r.quotes_close_at <= clock_timestamp()
            THEN r.quotes_close_at END AS passed
  FROM quote q
  JOIN rfq r ON r.id = q.rfq_id
 WHERE q.id = $1
"""


async def place(tx: Tx, quote_id: UUID) -> tuple[UUID, UUID, datetime | None]:
    """(RFQ, supplier, the deadline if it has passed) of a quote, unlocked. Raises NotFound."""
    row = await tx.fetchrow(PLACE, quote_id)
    if row is None:
        raise NotFound("quote")
    return row["rfq_id"], row["supplier_id"], row["passed"]


PASSED = """
SELECT quotes_close_at FROM rfq
 WHERE id = $1 AND state IN ('open', 'closed', 'evaluating') AND quotes_close_at <= clock_timestamp()
"""


async def passed_deadline(tx: Tx, rfq_id: UUID) -> datetime | None:
    """The RFQ's deadline if it has passed, unlocked."""
    found: datetime | None = await tx.fetchval(PASSED, rfq_id)
    return found


FIND = """
SELECT id FROM quote WHERE rfq_id = $1 AND /* tenant */ (supplier_id = $2) AND round = $3
"""


async def find(tx: Tx, rfq_id: UUID, supplier_id: UUID, round_no: int) -> UUID | None:
    """The supplier's quote in that round."""
    found: UUID | None = await tx.fetchval(FIND, rfq_id, supplier_id, round_no)
    return found


SAVE = """
UPDATE quote
   SET state = $3, version = $4, submission = $5, unsubmitted = $6, submitted_at = $7, commitment = $8, currency = $9,
       valid_until = $10, opened_at = $11, end_reason = $12, end_note = $13, updated_at = $14,
       shortlisted = $15, working = coalesce($16, working), lines_to_reconfirm = $17, technical_opened_at = $18
 WHERE id = $1 AND version = $2
"""


def saving(before: Quote, after: Quote, working: str | None = None) -> Write:
    """The row, and the working content where it is given. Raises StaleVersion when somebody else was faster."""
    return Write(
        SAVE,
        (
            before.id,
            before.version,
            after.state,
            after.version,
            after.submission,
            after.unsubmitted,
            after.submitted_at,
            None if after.commitment is None else bytes.fromhex(after.commitment),
            after.currency,
            after.valid_until,
            after.opened_at,
            after.end_reason,
            after.end_note,
            after.updated_at,
            after.shortlisted,
            working,
            list(after.lines_to_reconfirm),
            after.technical_opened_at,
        ),
        missed=StaleVersion,
    )


WORKING = """
SELECT working FROM quote WHERE id = $1
"""


async def working(tx: Tx, quote_id: UUID) -> str:
    """The working content, encrypted for its supplier. Raises NotFound."""
    kept: str | None = await tx.fetchval(WORKING, quote_id)
    if kept is None:
        raise NotFound("quote")
    return kept


SUBMISSIONS = """
SELECT quote_id, number, submitted_at, encode(commitment, 'hex') AS commitment, sealed, supplier_copy
  FROM quote_submission
 WHERE quote_id = $1 AND number > $2
 ORDER BY number
 LIMIT $3
"""


async def submissions(tx: Tx, quote_id: UUID, *, after: int, limit: int) -> list[Submission]:
    """Oldest first, behind number `after`."""
    return [Submission(**row) for row in await tx.fetch(SUBMISSIONS, quote_id, after, limit)]


COUNTING_SUBMISSIONS = """
SELECT s.quote_id, s.number, s.submitted_at, encode(s.commitment, 'hex') AS commitment, s.sealed, s.supplier_copy
  FROM quote q
  JOIN quote_submission s ON s.quote_id = q.id AND s.number = q.submission
 WHERE q.id = ANY ($1)
"""


async def counting_submissions(tx: Tx, quote_ids: Sequence[UUID]) -> dict[UUID, Submission]:
    """By quote, the submission that counts."""
    rows = await tx.fetch(COUNTING_SUBMISSIONS, list(quote_ids))
    return {row["quote_id"]: Submission(**row) for row in rows}


INSERT_OPENED = """
INSERT INTO quote_opened (quote_id, content, nonce)
SELECT quote_id, content, nonce
  FROM unnest($1::uuid[], $2::jsonb[], $3::bytea[]) AS revealed (quote_id, content, nonce)
"""


INSERT_ATTACHMENTS = """
INSERT INTO quote_attachment (quote_id, file_id)
SELECT quote_id, file_id FROM unnest($1::uuid[], $2::uuid[]) AS attached (quote_id, file_id)
"""


async def insert_opened(tx: Tx, opened: Sequence[Opened]) -> None:
    """What the opening revealed; from now on the buyer may read the files that belong to it."""
    await tx.execute(
        INSERT_OPENED,
        [one.quote_id for one in opened],
        [one.raw.decode() for one in opened],
        [one.nonce for one in opened],
    )
    attached = [(one.quote_id, read("file", item.file_id)) for one in opened for item in one.content.attachments]
    if attached:
        await tx.execute(INSERT_ATTACHMENTS, [quote for quote, _ in attached], [file for _, file in attached])


OPENED = """
SELECT q.rfq_id, o.content
  FROM quote q
  LEFT JOIN quote_opened o ON o.quote_id = q.id
 WHERE q.id = $1
"""


async def opened(tx: Tx, quote_id: UUID) -> tuple[UUID, str | None]:
    """(RFQ, opened content as JSON text or None while it is sealed). Raises NotFound."""
    row = await tx.fetchrow(OPENED, quote_id)
    if row is None:
        raise NotFound("quote")
    return row["rfq_id"], row["content"]


SEALED_COUNT = """
SELECT count(*) FROM quote WHERE rfq_id = $1 AND state IN ('submitted', 'needs_reconfirmation')
"""


async def sealed_count(tx: Tx, rfq_id: UUID) -> int:
    """How many quotes are submitted: all that the buyer knows before the opening, whatever an addendum did to them."""
    count: int = await tx.fetchval(SEALED_COUNT, rfq_id)
    return count


class OpenedQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A quote after the opening, as its buyer reads it; `content` and `technical` are JSON text.

    `priced`: there is a `content`. Of two envelopes only once prices are opened, and never where the first one did not do.
    """

    quote: Quote
    supplier_name: str
    priced: bool
    content: str | None
    technical: str | None


OPENED_OF_RFQ = f"""
SELECT {shown()}, o.name AS supplier_name, c.quote_id IS NOT NULL AS priced, t.content AS technical,
       CASE WHEN q.id <> ALL ($4) THEN c.content END AS content
  FROM quote q
  LEFT JOIN quote_opened c ON c.quote_id = q.id
  LEFT JOIN quote_technical t ON t.quote_id = q.id
  JOIN organisation o ON o.id = q.supplier_id
 WHERE q.rfq_id = $1 AND coalesce(q.technical_opened_at, q.opened_at) IS NOT NULL AND ($2::uuid IS NULL OR q.id > $2)
 ORDER BY q.id
 LIMIT $3
"""


async def opened_of_rfq(
    tx: Tx, rfq_id: UUID, *, after: UUID | None, limit: int, known: Collection[UUID] = ()
) -> list[OpenedQuote]:
    """The opened quotes of an RFQ in id order, with the content of those that are not `known`."""
    rows = [dict(row) for row in await tx.fetch(OPENED_OF_RFQ, rfq_id, after, limit, list(known))]
    own = ("supplier_name", "priced", "content", "technical")
    return [OpenedQuote(**{name: row.pop(name) for name in own}, quote=_whole(row)) for row in rows]


OPENED_COUNT = """
SELECT count(*) FROM quote WHERE rfq_id = $1 AND coalesce(technical_opened_at, opened_at) IS NOT NULL
"""


async def opened_count(tx: Tx, rfq_id: UUID) -> int:
    """How many quotes its buyer reads, of two envelopes the first one at least."""
    count: int = await tx.fetchval(OPENED_COUNT, rfq_id)
    return count


# A supplier's own, and what was opened to the caller as a buyer: two index scans, newest first.
LIST = """
SELECT q.id, q.rfq_id, r.title AS rfq_title, q.buyer_id, q.supplier_id, o.name AS supplier_name, q.round, q.state,
       q.version, q.submission, q.submitted_at, q.currency, q.valid_until, q.opened_at, q.end_reason, q.created_at
  FROM (
        (SELECT id FROM quote
          WHERE supplier_id = $1 AND ($2::uuid IS NULL OR id < $2)
            AND ($4::uuid IS NULL OR rfq_id = $4) AND ($5::text IS NULL OR state = $5)
          ORDER BY id DESC LIMIT $3)
        UNION
        (SELECT id FROM quote
          WHERE /* tenant */ (buyer_id = $1) AND coalesce(technical_opened_at, opened_at) IS NOT NULL
            AND ($2::uuid IS NULL OR id < $2)
            AND ($4::uuid IS NULL OR rfq_id = $4) AND ($5::text IS NULL OR state = $5)
          ORDER BY id DESC LIMIT $3)
       ) visible
  JOIN quote q ON q.id = visible.id
  JOIN rfq r ON r.id = q.rfq_id
  JOIN organisation o ON o.id = q.supplier_id
 ORDER BY q.id DESC
 LIMIT $3
"""


async def list_visible(
    tx: Tx, organisation_id: UUID, *, after: UUID | None, limit: int, rfq_id: UUID | None, state: str | None
) -> list[Card]:
    """Newest first."""
    rows = await tx.fetch(LIST, organisation_id, after, limit, rfq_id, state)
    return [msgspec.convert(dict(row), Card) for row in rows]


NAME = """
SELECT name FROM organisation WHERE id = $1
"""


async def name_of(tx: Tx, organisation_id: UUID) -> str:
    """What the organisation is called."""
    name: str | None = await tx.fetchval(NAME, organisation_id)
    return name or ""


# An award that is proposed or issued keeps its quote from being disqualified; an issued one from expiring.
TO_EXPIRE = """
SELECT q.id FROM quote q
 WHERE q.state = 'opened' AND q.valid_until < $1
   AND NOT EXISTS (SELECT FROM award a WHERE a.quote_id = q.id AND a.state = 'issued')
 ORDER BY q.valid_until
 LIMIT $2
"""


async def to_expire(tx: Tx, today: date, limit: int) -> list[UUID]:
    """Opened quotes whose last day of validity is before `today`."""
    return [row["id"] for row in await tx.fetch(TO_EXPIRE, today, limit)]
