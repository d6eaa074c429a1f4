"""All SQL about addenda."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from domain.addenda.model import Addendum, Difference, HiddenChange
from domain.database import Tx
from domain.rfqs.model import Line, Rfq
from domain.writes import Write

_DIFFERENCE = msgspec.json.Decoder(Difference)
_HIDDEN = msgspec.json.Decoder(tuple[HiddenChange, ...])

INSERT = """
INSERT INTO rfq_addendum (
    rfq_id, revision, published_at, published_by, summary, material, changes, private_changes, quotes_close_before,
    quotes_close_at, questions_close_before, questions_close_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


async def insert(tx: Tx, addendum: Addendum) -> None:
    """One more publication, for good."""
    await tx.execute(
        INSERT,
        addendum.rfq_id,
        addendum.revision,
        addendum.published_at,
        addendum.published_by,
        addendum.summary,
        addendum.material,
        msgspec.json.encode(addendum.difference).decode(),
        msgspec.json.encode(addendum.hidden).decode(),
        addendum.quotes_close_before,
        addendum.quotes_close_at,
        addendum.questions_close_before,
        addendum.questions_close_at,
    )


MAX_BYTES = 4_000_000
"""What a page holds, but for its last addendum: one that rewrites 500 lines is as long as a thousand others."""

OF_RFQ = """
SELECT rfq_id, revision, published_at, published_by, summary, material, changes, private_changes, quotes_close_before,
       quotes_close_at, questions_close_before, questions_close_at, revision < newest AS is_followed
  FROM (
        SELECT rfq_id, revision, published_at, published_by, summary, material, changes, private_changes,
               quotes_close_before, quotes_close_at, questions_close_before, questions_close_at,
               max(revision) OVER () AS newest,
               sum(octet_length(changes::text) + octet_length(private_changes::text)) OVER (ORDER BY revision)
               - octet_length(changes::text) - octet_length(private_changes::text) AS bytes_before
          FROM rfq_addendum
         WHERE rfq_id = $1 AND revision > $2
       ) counted
 WHERE bytes_before <= $4
 ORDER BY revision
 LIMIT $3
"""


async def of_rfq(tx: Tx, rfq_id: UUID, *, after: int, limit: int) -> tuple[list[Addendum], bool]:
    """(addenda behind revision `after`, oldest first; whether more follow). Fewer than `limit` where they are long."""
    found, is_followed = [], False
    for row in await tx.fetch(OF_RFQ, rfq_id, after, limit, MAX_BYTES):
        values = dict(row)
        shown, hidden = values.pop("changes"), values.pop("private_changes")
        is_followed = values.pop("is_followed")
        found.append(Addendum(difference=_DIFFERENCE.decode(shown), hidden=_HIDDEN.decode(hidden), **values))
    return found, is_followed


DELETE_LINES = """
DELETE FROM rfq_line WHERE rfq_id = $1 AND line_no = ANY ($2)
"""

# Other tables name lines by id: what stays keeps its row.
PUT_LINES = """
INSERT INTO rfq_line (rfq_id, id, line_no, quantity, unit, spec, digest, also_current)
SELECT $1, line.id, line.line_no, line.quantity, line.unit, line.spec, line.digest,
       ARRAY(SELECT decode(old, 'hex') FROM jsonb_array_elements_text(line.also_current) AS old)
  FROM unnest($2::uuid[], $3::integer[], $4::numeric[], $5::text[], $6::jsonb[], $7::bytea[], $8::jsonb[])
       AS line (id, line_no, quantity, unit, spec, digest, also_current)
    ON CONFLICT (rfq_id, line_no) DO UPDATE
   SET quantity = excluded.quantity, unit = excluded.unit, spec = excluded.spec, digest = excluded.digest,
       also_current = excluded.also_current
"""


async def save_lines(tx: Tx, before: Rfq, after: Rfq) -> None:
    """Write the lines that differ."""
    known = {line.line_no: line for line in before.lines}
    gone = known.keys() - {line.line_no for line in after.lines}
    if gone:
        await tx.execute(DELETE_LINES, after.id, sorted(gone))
    new: list[Line] = [line for line in after.lines if known.get(line.line_no) != line]
    if new:
        await tx.execute(
            PUT_LINES,
            after.id,
            [line.id for line in new],
            [line.line_no for line in new],
            [line.quantity for line in new],
            [line.unit for line in new],
            [msgspec.json.encode(line.spec).decode() for line in new],
            [bytes.fromhex(line.digest) for line in new],
            [msgspec.json.encode(line.also_current).decode() for line in new],
        )


INSERT_PRICED = """
INSERT INTO quote_priced (quote_id, number, line_nos, digests) VALUES ($1, $2, $3, $4)
"""


def adding_priced(quote_id: UUID, number: int, digests: Mapping[int, str]) -> Write:
    """Which lines a quote's submission prices, and at which revision: an addendum has to know without opening it."""
    return Write(
        INSERT_PRICED, (quote_id, number, list(digests), [bytes.fromhex(digest) for digest in digests.values()])
    )


PRICED = """
SELECT p.quote_id, p.line_nos, p.digests
  FROM quote q
  JOIN quote_priced p ON p.quote_id = q.id AND p.number = q.submission
 WHERE q.id = ANY ($1)
"""


async def priced(tx: Tx, quote_ids: Sequence[UUID]) -> dict[UUID, dict[int, str]]:
    """By quote, the digests that the submission which counts priced, by line number."""
    return {
        row["quote_id"]: {
            line_no: digest.hex() for line_no, digest in zip(row["line_nos"], row["digests"], strict=True)
        }
        for row in await tx.fetch(PRICED, list(quote_ids))
    }
