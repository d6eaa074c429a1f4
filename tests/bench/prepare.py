"""Fresh things for one run: keys of the parties, drafts to submit, opened quotes to award, and what is asked for."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import asyncpg
import msgspec

from bench.content import FAR, FIVE, LINE_COUNTS, TEN, Template, quote_content, template
from bench.seed import Size, buyer_id, seeded, supplier_id
from domain.actors import SCOPES
from domain.credentials.secrets import digest, hint, new_secret
from domain.ids import new_id
from domain.quotes import envelope
from domain.sealing import Sealer, canonical

OPEN, VALID = timedelta(days=30), timedelta(days=90)
COMPARED_LINES, COMPARED_QUOTES = 50, 40
_WIDE = uuid.UUID("01900000-0000-7000-8000-00000000c0de")
"""The RFQ that is compared: made once in each database."""


class Prepared(NamedTuple):
    """Ids as clients write them."""

    buyer: str
    supplier: str
    """Secrets."""
    rfqs: list[str]
    """Open to all, ten lines."""
    drafts: list[str]
    """Quotes of the supplier that can be submitted."""
    to_award: list[tuple[str, str]]
    """(RFQ, opened quote) of the buyer."""
    compared: str
    cursors: list[tuple[int, int]]
    """Places in the supplier's feed: (xid, position)."""


async def prepare(
    owner: "asyncpg.Connection[asyncpg.Record]", sealer: Sealer, size: Size, *, submits: int, awards: int
) -> Prepared:
    """Everything that one run needs besides what is seeded."""
    now = datetime.now(UTC)
    five = template(LINE_COUNTS[FIVE])
    async with owner.transaction():
        await owner.execute("SET LOCAL session_replication_role = replica")
        buyer = await _key(owner, buyer_id(0), now)
        supplier = await _key(owner, supplier_id(0), now)
        drafts = await _drafts(owner, sealer, five, submits, now)
        to_award = await _opened(owner, five, awards, now)
        await _wide(owner, now)
        # Endpoints of an earlier run, whose receiver is gone.
        await owner.execute("TRUNCATE webhook_endpoint, webhook_lane, webhook_delivery, webhook_attempt")
    await owner.execute("VACUUM (ANALYZE) rfq, rfq_line, rfq_key, quote, quote_opened, participation")
    tens = seeded(
        size,
        lambda rfq: rfq.number % len(LINE_COUNTS) == TEN and rfq.state == "open" and rfq.is_open_to_all,
        50,
    )
    return Prepared(
        buyer=buyer,
        supplier=supplier,
        rfqs=[f"rfq_{rfq.id}" for rfq in tens],
        drafts=[f"quo_{one.hex}" for one in drafts],
        to_award=to_award,
        compared=f"rfq_{_WIDE.hex}",
        cursors=await _cursors(owner, supplier_id(0)),
    )


async def _key(owner: "asyncpg.Connection[asyncpg.Record]", organisation: str, now: datetime) -> str:
    secret = new_secret()
    await owner.execute(
        "INSERT INTO credential (id, organisation_id, state, version, name, scopes, hint, secret_hash, expires_at, created_at, "
        "updated_at) VALUES ($1, $2, 'active', 1, 'bench', $3, $4, $5, $6, $7, $7)",
        new_id(),
        uuid.UUID(organisation),
        list(SCOPES),
        hint(secret),
        digest(secret),
        FAR,
        now,
    )
    return secret


async def _rfqs(
    owner: "asyncpg.Connection[asyncpg.Record]",
    of: Template,
    ids: Sequence[uuid.UUID],
    now: datetime,
    *,
    state: str,
    key: tuple[str, str] | None = None,
) -> None:
    """RFQs of the measured buyer; published and, when they are being evaluated, opened."""
    before = datetime(2026, 1, 1, tzinfo=UTC)
    closes = now + OPEN if state == "open" else before
    opened = None if state == "open" else before
    await owner.copy_records_to_table(
        "rfq",
        records=[
            (
                one,
                uuid.UUID(buyer_id(0)),
                state,
                3,
                1,
                1,
                of.draft.title,
                "open",
                of.terms,
                False,
                1,
                closes,
                now,
                opened,
                opened,
                now,
                now,
                len(of.lines),
            )
            for one in ids
        ],
        columns=(
            "id buyer_id state version revision round title visibility terms nda_required opening_quorum quotes_close_at "
            "published_at closed_at opened_at created_at updated_at line_count"
        ).split(),
    )
    await owner.copy_records_to_table(
        "rfq_line",
        records=[
            (new_id(), one, number, 250, "H87", spec, bytes.fromhex(hexed))
            for one in ids
            for number, spec, hexed in of.lines
        ],
        columns="id rfq_id line_no quantity unit spec digest".split(),
    )
    if key is not None:
        await owner.copy_records_to_table("rfq_key", records=[(one, *key) for one in ids])


async def _quotes(
    owner: "asyncpg.Connection[asyncpg.Record]",
    rows: Sequence[tuple[uuid.UUID, uuid.UUID, str]],
    now: datetime,
    *,
    state: str,
    working: str,
) -> None:
    """(quote, RFQ, supplier) as drafts, or as opened quotes, of suppliers that take part."""
    opened = None if state == "draft" else now
    number = 0 if state == "draft" else 1
    valid = None if state == "draft" else FAR.date()
    await owner.copy_records_to_table(
        "participation",
        records=[(new_id(), rfq, uuid.UUID(supplier), "interested", 2, now, now) for _, rfq, supplier in rows],
        columns="id rfq_id supplier_id state version created_at updated_at".split(),
    )
    await owner.copy_records_to_table(
        "quote",
        records=[
            (
                *(
                    quote,
                    rfq,
                    uuid.UUID(buyer_id(0)),
                    uuid.UUID(supplier),
                    1,
                    state,
                    3,
                    number,
                    working,
                    state == "draft",
                ),
                *(opened, bytes(32) if number else None, "IDR" if number else None, valid, opened, now, now),
            )
            for quote, rfq, supplier in rows
        ],
        columns=(
            "id rfq_id buyer_id supplier_id round state version submission working unsubmitted submitted_at commitment currency "
            "valid_until opened_at created_at updated_at"
        ).split(),
    )


async def _drafts(
    owner: "asyncpg.Connection[asyncpg.Record]", sealer: Sealer, of: Template, count: int, now: datetime
) -> list[uuid.UUID]:
    rfqs, quotes = [new_id() for _ in range(count)], [new_id() for _ in range(count)]
    await _rfqs(owner, of, rfqs, now, state="open", key=sealer.new_rfq_key())
    supplier = supplier_id(0)
    working = envelope.keep(sealer, uuid.UUID(supplier), quote_content(of, 90_000, now.date() + VALID))
    rows = [(quote, rfq, supplier) for quote, rfq in zip(quotes, rfqs, strict=True)]
    await _quotes(owner, rows, now, state="draft", working=working)
    return quotes


async def _opened(
    owner: "asyncpg.Connection[asyncpg.Record]", of: Template, count: int, now: datetime
) -> list[tuple[str, str]]:
    """RFQs with three opened quotes each, of which the first is awarded."""
    rfqs = [new_id() for _ in range(count)]
    await _rfqs(owner, of, rfqs, now, state="evaluating")
    rows, made = [], []
    for rfq in rfqs:
        several = [(new_id(), rfq, supplier_id(place)) for place in range(3)]
        rows += several
        made.append((f"rfq_{rfq.hex}", f"quo_{several[0][0].hex}"))
    await _quotes(owner, rows, now, state="opened", working="ciphertext elsewhere")
    contents = [canonical(quote_content(of, 90_000 + 1_000 * place, FAR.date())).decode() for place in range(3)]
    await owner.copy_records_to_table(
        "quote_opened",
        records=[(quote, contents[place % 3], bytes(32)) for place, (quote, _, _) in enumerate(rows)],
        columns="quote_id content nonce".split(),
    )
    return made


async def _wide(owner: "asyncpg.Connection[asyncpg.Record]", now: datetime) -> None:
    if await owner.fetchval("SELECT 1 FROM rfq WHERE id = $1", _WIDE):
        return
    of = template(COMPARED_LINES)
    await _rfqs(owner, of, [_WIDE], now, state="evaluating")
    rows = [(new_id(), _WIDE, supplier_id(place)) for place in range(COMPARED_QUOTES)]
    await _quotes(owner, rows, now, state="opened", working="ciphertext elsewhere")
    await owner.copy_records_to_table(
        "quote_opened",
        records=[
            (quote, canonical(quote_content(of, 90_000 + 700 * place, FAR.date())).decode(), bytes(32))
            for place, (quote, _, _) in enumerate(rows)
        ],
        columns="quote_id content nonce".split(),
    )


async def _cursors(owner: "asyncpg.Connection[asyncpg.Record]", organisation: str) -> list[tuple[int, int]]:
    """Places deep in a feed, each with a page of events of its own behind it."""
    rows = await owner.fetch(
        "SELECT xid::text::bigint AS xid, position FROM ("
        "  SELECT xid, position, row_number() OVER (ORDER BY xid, position) AS place, count(*) OVER () AS total"
        "    FROM event_audience WHERE organisation_id = $1) own "
        "WHERE place > total / 2 AND place % 20 = 0 LIMIT 40",
        uuid.UUID(organisation),
    )
    return [(row["xid"], row["position"]) for row in rows]


def encoded(value: Any) -> bytes:
    """JSON."""
    return msgspec.json.encode(value)
