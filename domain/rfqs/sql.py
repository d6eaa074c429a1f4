"""All SQL about RFQs, their lines and documents."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, NotFound, StaleVersion
from domain.quantity import plain
from domain.rfqs.model import Document, Line, LineSpec, Rfq, Terms
from domain.writes import Write, run

TERMS = msgspec.json.Decoder(Terms)
SPEC = msgspec.json.Decoder(LineSpec)
ATTACHED = msgspec.json.Decoder(tuple[Document, ...])

INSERT = """
INSERT INTO rfq (
    id, buyer_id, state, version, revision, round, external_reference, title, visibility, terms, nda_required,
    opening_quorum, questions_close_at, quotes_close_at, reissue_of, created_at, updated_at, envelopes, line_count
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
"""


async def insert(tx: Tx, rfq: Rfq) -> None:
    """A new draft without its lines. Raises Duplicate when the buyer has used the external reference before."""
    taken = Duplicate(f"You have an RFQ with the external reference {rfq.external_reference!r} already.")
    with Constraint("rfq_reference", taken):
        await tx.execute(
            INSERT,
            rfq.id,
            rfq.buyer_id,
            rfq.state,
            rfq.version,
            rfq.revision,
            rfq.round,
            rfq.external_reference,
            rfq.title,
            rfq.visibility,
            msgspec.json.encode(rfq.terms).decode(),
            rfq.nda_required,
            rfq.opening_quorum,
            rfq.questions_close_at,
            rfq.quotes_close_at,
            rfq.reissue_of,
            rfq.created_at,
            rfq.updated_at,
            rfq.envelopes,
            len(rfq.lines),
        )


INSERT_LINES = """
INSERT INTO rfq_line (rfq_id, id, line_no, quantity, unit, spec, digest)
SELECT $1, line.* FROM unnest($2::uuid[], $3::integer[], $4::numeric[], $5::text[], $6::jsonb[], $7::bytea[]) AS line
"""


def adding_lines(rfq: Rfq) -> Write:
    """All lines in one statement. Their policy looks for the RFQ: it has to be there before."""
    lines = rfq.lines
    return Write(
        INSERT_LINES,
        (
            rfq.id,
            [line.id for line in lines],
            [line.line_no for line in lines],
            [line.quantity for line in lines],
            [line.unit for line in lines],
            [msgspec.json.encode(line.spec).decode() for line in lines],
            [bytes.fromhex(line.digest) for line in lines],
        ),
    )


DELETE_LINES = """
DELETE FROM rfq_line WHERE rfq_id = $1
"""


async def replace_lines(tx: Tx, rfq: Rfq) -> None:
    """The lines of a draft, written anew."""
    await tx.execute(DELETE_LINES, rfq.id)
    await run(tx, adding_lines(rfq))


SET_DIGESTS = """
UPDATE rfq_line SET digest = new.digest
  FROM unnest($2::integer[], $3::bytea[]) AS new (line_no, digest)
 WHERE rfq_line.rfq_id = $1 AND rfq_line.line_no = new.line_no
"""


async def set_digests(tx: Tx, rfq: Rfq) -> None:
    """Digests after documents or terms changed."""
    await tx.execute(
        SET_DIGESTS, rfq.id, [line.line_no for line in rfq.lines], [bytes.fromhex(line.digest) for line in rfq.lines]
    )


COLUMNS = tuple(name for name in Rfq.__struct_fields__ if name not in {"lines", "documents"})
"""Of the row itself: named as the members are."""
GET = f"""
SELECT {", ".join(f"r.{name}" for name in COLUMNS)}
  FROM rfq r
 WHERE r.id = $1
"""
LOCK = GET + "   FOR NO KEY UPDATE OF r"
"""Against every other writer, and against SHARE."""
SHARE = GET + "   FOR SHARE OF r"
"""For quoting: many at once, but none while the RFQ is closed, opened or cancelled."""

DOCUMENTS = """
SELECT coalesce(json_agg(json_build_object(
           'id', d.id, 'file_id', d.file_id, 'file_name', f.name, 'media_type', f.media_type, 'size', f.size,
           'sha256', encode(f.sha256, 'hex'), 'line_no', d.line_no, 'kind', d.kind, 'label', d.label,
           'revision_label', d.revision_label, 'confidential', d.confidential, 'attached_at', d.attached_at
       ) ORDER BY d.id), '[]')::text
  FROM rfq_document d
  JOIN file f ON f.id = d.file_id
 WHERE d.rfq_id = $1
"""


# The lines of RFQ $1 as arrays in the order of their numbers: to be selected beside anything else.
_LINES = """line.ids, line.numbers, line.quantities, line.units, line.awarded, line.digests, line.specs, line.also_current
  FROM (
        SELECT array_agg(id) AS ids, array_agg(line_no) AS numbers, array_agg(quantity) AS quantities,
               array_agg(unit) AS units, array_agg(awarded) AS awarded, array_agg(encode(digest, 'hex')) AS digests,
               array_agg(spec) AS specs,
               array_agg(CASE WHEN cardinality(also_current) > 0
                              THEN (SELECT string_agg(encode(d, 'hex'), ',') FROM unnest(also_current) d) END) AS also_current
          FROM (
                SELECT id, line_no, quantity, unit, awarded, digest, spec, also_current
                  FROM rfq_line
                 WHERE rfq_id = $1
                 ORDER BY line_no
               ) l
       ) line"""
PARTS = f"""
SELECT ({DOCUMENTS}) AS documents, {_LINES}
"""


def lines_and(columns: str, joins: str) -> str:
    """A statement that reads the lines of RFQ $1 and more: `columns`, from what `joins` adds."""
    return f"""
SELECT {columns}, {_LINES}
{joins}
"""


async def get(tx: Tx, rfq_id: UUID) -> Rfq:
    """The RFQ with lines and documents. Raises NotFound."""
    return await _whole(tx, await tx.fetchrow(GET, rfq_id))


async def lock(tx: Tx, rfq_id: UUID) -> Rfq:
    """As `get`, locked for writing. Raises NotFound."""
    return await _whole(tx, await tx.fetchrow(LOCK, rfq_id))


async def share(tx: Tx, rfq_id: UUID) -> Rfq:
    """As `get`, locked against change: read the clock after this, and no deadline can pass unseen. Raises NotFound."""
    return await _whole(tx, await tx.fetchrow(SHARE, rfq_id))


async def _whole(tx: Tx, row: Row | None) -> Rfq:
    """The rest by a statement of its own: it sees what was committed while the row's lock was waited for."""
    if row is None:
        raise NotFound("rfq")
    [parts] = await tx.fetch(PARTS, row["id"])
    return made_of(tuple(row), parts, ATTACHED.decode(parts["documents"]))


def made_of(values: Sequence[Any], lines: Row, documents: tuple[Document, ...] = ()) -> Rfq:
    """The RFQ from the values of its COLUMNS, and from a row with the columns of `lines_and`."""
    named = dict(zip(COLUMNS, values, strict=True))
    named["terms"] = TERMS.decode(named["terms"])
    return Rfq(**named, lines=_lines(lines), documents=documents)


def _lines(parts: Row) -> tuple[Line, ...]:
    arrays = (
        parts[name] or ()
        for name in ("ids", "numbers", "quantities", "units", "awarded", "digests", "specs", "also_current")
    )
    return tuple(
        Line(
            id=key,
            line_no=line_no,
            quantity=plain(quantity),
            unit=unit,
            awarded=plain(awarded),
            digest=digest,
            spec=SPEC.decode(spec),
            also_current=tuple(also.split(",")) if also else (),
        )
        for key, line_no, quantity, unit, awarded, digest, spec, also in zip(*arrays, strict=True)
    )


def read_line(row: Row) -> Line:
    """A row with `id`, `line_no`, `quantity`, `unit`, `awarded`, `digest` in hex, `spec` and `also_current`."""
    return Line(
        id=row["id"],
        line_no=row["line_no"],
        quantity=plain(row["quantity"]),
        unit=row["unit"],
        awarded=plain(row["awarded"]),
        digest=row["digest"],
        spec=SPEC.decode(row["spec"]),
        also_current=tuple(digest.hex() for digest in row["also_current"]),
    )


SAVE = """
UPDATE rfq
   SET state = $3, version = $4, revision = $5, round = $6, external_reference = $7, title = $8, visibility = $9,
       terms = $10, nda_required = $11, opening_quorum = $12, questions_close_at = $13, quotes_close_at = $14,
       published_at = $15, closed_at = $16, opening_approved_by = $17, opened_at = $18, ended_at = $19,
       end_reason = $20, updated_at = $21, round_kind = $22, round_message = $23, envelopes = $24,
       technical_opened_at = $25, scores_closed_at = $26, reissued_as = $27,
       line_count = $28
 WHERE id = $1 AND version = $2
"""


def saving(before: Rfq, after: Rfq) -> Write:
    """The row (not its lines). Raises StaleVersion when somebody else was faster, Duplicate on the reference."""
    taken = Duplicate(f"You have an RFQ with the external reference {after.external_reference!r} already.")
    return Write(
        SAVE,
        (
            before.id,
            before.version,
            after.state,
            after.version,
            after.revision,
            after.round,
            after.external_reference,
            after.title,
            after.visibility,
            msgspec.json.encode(after.terms).decode(),
            after.nda_required,
            after.opening_quorum,
            after.questions_close_at,
            after.quotes_close_at,
            after.published_at,
            after.closed_at,
            after.opening_approved_by,
            after.opened_at,
            after.ended_at,
            after.end_reason,
            after.updated_at,
            after.round_kind,
            after.round_message,
            after.envelopes,
            after.technical_opened_at,
            after.scores_closed_at,
            after.reissued_as,
            len(after.lines),
        ),
        missed=StaleVersion,
        constraint=Constraint("rfq_reference", taken),
    )


async def save(tx: Tx, before: Rfq, after: Rfq) -> None:
    """As `saving`, at once."""
    await run(tx, saving(before, after))


DELETE = """
DELETE FROM rfq WHERE id = $1 AND version = $2 AND state = 'draft'
"""


async def delete(tx: Tx, rfq: Rfq) -> None:
    """Remove a draft with its lines and attachments. Raises StaleVersion."""
    if await tx.execute(DELETE, rfq.id, rfq.version) != 1:
        raise StaleVersion


FIND_BY_REFERENCE = """
SELECT id FROM rfq WHERE buyer_id = $1 AND external_reference = $2
"""


async def find_by_reference(tx: Tx, buyer_id: UUID, reference: str) -> UUID | None:
    """The buyer's RFQ with that external reference."""
    found: UUID | None = await tx.fetchval(FIND_BY_REFERENCE, buyer_id, reference)
    return found


DUE_TO_CLOSE = """
SELECT id FROM rfq WHERE state = 'open' AND quotes_close_at <= clock_timestamp() ORDER BY quotes_close_at LIMIT $1
"""


async def due_to_close(tx: Tx, limit: int) -> list[UUID]:
    """Open RFQs whose deadline has passed."""
    return [row["id"] for row in await tx.fetch(DUE_TO_CLOSE, limit)]


INSERT_KEY = """
INSERT INTO rfq_key (rfq_id, public_key, sealed_private_key) VALUES ($1, $2, $3)
"""


def adding_key(rfq_id: UUID, public_key: str, sealed_private_key: str) -> Write:
    """The key pair that quotes are sealed under."""
    return Write(INSERT_KEY, (rfq_id, public_key, sealed_private_key))


PUBLIC_KEY = """
SELECT public_key FROM rfq_key WHERE rfq_id = $1
"""


async def public_key(tx: Tx, rfq_id: UUID) -> str:
    """What quotes are sealed to. Raises NotFound before publication."""
    key: str | None = await tx.fetchval(PUBLIC_KEY, rfq_id)
    if key is None:
        raise NotFound("rfq")
    return key


SEALED_PRIVATE_KEY = """
SELECT sealed_private_key FROM rfq_key WHERE rfq_id = $1
"""


async def sealed_private_key(tx: Tx, rfq_id: UUID) -> str:
    """Readable under the opening role alone. Raises NotFound before publication."""
    key: str | None = await tx.fetchval(SEALED_PRIVATE_KEY, rfq_id)
    if key is None:
        raise NotFound("rfq")
    return key


INSERT_DOCUMENT = """
INSERT INTO rfq_document (id, rfq_id, file_id, line_no, kind, label, revision_label, confidential, attached_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def insert_document(tx: Tx, rfq_id: UUID, document: Document) -> None:
    """Attach a file."""
    await tx.execute(
        INSERT_DOCUMENT,
        document.id,
        rfq_id,
        document.file_id,
        document.line_no,
        document.kind,
        document.label,
        document.revision_label,
        document.confidential,
        document.attached_at,
    )


DELETE_DOCUMENT = """
DELETE FROM rfq_document WHERE rfq_id = $1 AND id = $2
"""


async def delete_document(tx: Tx, rfq_id: UUID, document_id: UUID) -> None:
    """Detach a file. Raises NotFound."""
    if await tx.execute(DELETE_DOCUMENT, rfq_id, document_id) != 1:
        raise NotFound("document")


ADD_AWARDED = """
UPDATE rfq_line SET awarded = awarded + moved.quantity
  FROM unnest($2::integer[], $3::numeric[]) AS moved (line_no, quantity)
 WHERE rfq_line.rfq_id = $1 AND rfq_line.line_no = moved.line_no
"""


async def add_awarded(tx: Tx, rfq_id: UUID, quantities: dict[int, Decimal], refusal: Exception) -> None:
    """Reserve (or, negative, free) quantities by line number. `refusal` when a line would exceed what was asked."""
    with Constraint("rfq_line_awarded_within_quantity", refusal):
        await tx.execute(ADD_AWARDED, rfq_id, list(quantities), list(quantities.values()))
