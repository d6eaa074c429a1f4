"""A marketplace of a given size, written with COPY: everything a list, a feed or a lock meets in a real one.

Every party has as much of its own at every scale (a buyer about 500 RFQs, a supplier about 1,250 invitations): what grows
is the tables around it. Chains of events are not linked: nobody verifies them here.
"""

import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import asyncpg

from bench.content import LINE_COUNTS, Template, bytes32, made_id, template
from domain.ledger.model import EVERYBODY

QUOTES, EVENTS = 5, 10
"""For each RFQ: 1,000,000 RFQs have 5,000,000 quotes and 10,000,000 events."""
BATCH = 2_000
"""RFQs whose rows are handed to COPY at once."""
YEARS = 730 * 24 * 3600 * 1000
ORGANISATION, RFQ, LINE, PARTICIPATION, QUOTE, EVENT = 1, 2, 3, 4, 5, 6
BASE = int(datetime(2024, 11, 1, tzinfo=UTC).timestamp() * 1000)
"""Milliseconds: fixed, so that ids are the same in every seeding."""
# By a hundred RFQs: 2 drafts, 12 open, 4 closed, 8 being evaluated, the rest ended.
STATES = (
    ["draft"] * 2
    + ["open"] * 12
    + ["closed"] * 4
    + ["evaluating"] * 8
    + ["awarded"] * 52
    + ["not_awarded"] * 14
    + ["cancelled"] * 8
)
QUOTE_STATES = {
    "open": "submitted",
    "closed": "submitted",
    "evaluating": "opened",
    "awarded": "not_awarded",
    "not_awarded": "not_awarded",
    "cancelled": "lapsed",
}
DEFERRED = ("rfq", "rfq_line", "participation", "quote", "event", "event_audience")
RARE = "organisation.suspended"
"""A type that one event in a hundred thousand has, and nobody's feed but the operator's announces."""


class Size(NamedTuple):
    """How much of everything there is."""

    rfqs: int

    @property
    def buyers(self) -> int:
        """Organisations that buy."""
        return max(10, self.rfqs // 500)

    @property
    def suppliers(self) -> int:
        """Organisations that make; at least as many as quote the RFQ that is compared."""
        return max(50, self.rfqs // 250)

    @property
    def bytes(self) -> int:
        """Upper bound of what the database takes on disk, its write-ahead log and the sorting of indexes included."""
        return 2_500_000_000 + self.rfqs * 22_000


SCALES = {"1k": Size(1_000), "10k": Size(10_000), "100k": Size(100_000), "1m": Size(1_000_000)}


class Rfq(NamedTuple):
    """One of the seeded RFQs: everything else follows from its number."""

    number: int
    size: Size

    @property
    def created(self) -> int:
        return BASE + self.number * YEARS // self.size.rfqs

    @property
    def id(self) -> str:
        return made_id(self.created, RFQ, self.number)

    @property
    def buyer(self) -> str:
        return buyer_id(self.number % self.size.buyers)

    @property
    def state(self) -> str:
        # By a stride of its own, so that state, number of lines and buyer do not go together.
        return STATES[self.number * 37 // 10 % 100]

    @property
    def is_open_to_all(self) -> bool:
        return self.number * 53 // 10 % 10 < 3

    @property
    def suppliers(self) -> list[int]:
        step = 1 + self.number % 7
        return [(self.number * QUOTES + place * step) % self.size.suppliers for place in range(QUOTES)]


def buyer_id(number: int) -> str:
    """The id of a buyer."""
    return made_id(BASE - 2 * YEARS, ORGANISATION, 2 * number)


def supplier_id(number: int) -> str:
    """The id of a supplier."""
    return made_id(BASE - 2 * YEARS, ORGANISATION, 2 * number + 1)


def _at(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()


def _organisations(size: Size) -> Iterator[str]:
    at = _at(BASE - 2 * YEARS)
    for role, count, of in (("buyer", size.buyers, buyer_id), ("supplier", size.suppliers, supplier_id)):
        for number in range(count):
            yield f"{of(number)}\tverified\t1\tPT {role.title()} {number}\t{{{role}}}\t{{}}\t{{}}\t{at}\t{at}\n"


def _rfq(rfq: Rfq, templates: Sequence[Template]) -> str:
    state, created = rfq.state, rfq.created
    lines = templates[rfq.number % len(LINE_COUNTS)]
    published = _at(created + 3_600_000)
    ended = "\\N"
    if state == "draft":
        published, closes, closed, opened = "\\N", _at(created + YEARS), "\\N", "\\N"
    elif state == "open":
        closes, closed, opened = "2040-01-01 00:00:00+00", "\\N", "\\N"
    else:
        closes = _at(created + 14 * 86_400_000)
        closed = opened = "\\N" if state == "cancelled" else closes
        if state == "closed":
            opened = "\\N"
        if state not in ("closed", "evaluating"):
            ended = _at(created + 20 * 86_400_000)
    open_to = "open" if rfq.is_open_to_all else "invited"
    return (
        f"{rfq.id}\t{rfq.buyer}\t{state}\t3\t{int(state != 'draft')}\t1\tPR-{rfq.number}\tMachined parts {rfq.number}\t"
        f"{open_to}\t{_text(lines.terms)}\tf\t1\t\\N\t{closes}\t{published}\t{closed}\t{opened}\t{ended}\t"
        f"{_at(created)}\t{_at(created)}\t{len(lines.lines)}\n"
    )


def _text(value: str) -> str:
    return value.replace("\\", "\\\\")


def _lines(rfq: Rfq, templates: Sequence[Template]) -> str:
    return "".join(
        f"{made_id(rfq.created, LINE, rfq.number * 16 + number)}\t{rfq.id}\t{number}\t250\tH87\t{_text(spec)}\t\\\\x{digest}\n"
        for number, spec, digest in templates[rfq.number % len(LINE_COUNTS)].lines
    )


def _participations(rfq: Rfq, _: Sequence[Template]) -> str:
    at = _at(rfq.created)
    if rfq.state == "draft":
        return ""
    return "".join(
        f"{made_id(rfq.created, PARTICIPATION, rfq.number * QUOTES + place)}\t{rfq.id}\t{supplier_id(supplier)}\t"
        f"interested\t2\t{at}\t{at}\n"
        for place, supplier in enumerate(rfq.suppliers)
    )


def _quotes(rfq: Rfq, _: Sequence[Template]) -> str:
    at = _at(rfq.created + 7_200_000)
    if rfq.state == "draft":
        return ""
    state, opened = QUOTE_STATES[rfq.state], "\\N"
    if state in ("opened", "not_awarded"):
        opened = _at(rfq.created + 14 * 86_400_000)
    # The real content, 2 kB of ciphertext, lies out of line: the row holds a pointer as long as this word.
    return "".join(
        f"{made_id(rfq.created, QUOTE, rfq.number * QUOTES + place)}\t{rfq.id}\t{rfq.buyer}\t{supplier_id(supplier)}\t1\t"
        f"{state}\t2\t1\tciphertext elsewhere\tf\t{at}\t\\\\x{_SOME_DIGEST}\tIDR\t2039-12-31\t{opened}\t{at}\t{at}\n"
        for place, supplier in enumerate(rfq.suppliers)
    )


_SOME_DIGEST = bytes32("some")


class _Happened(NamedTuple):
    type: str
    subject: str
    subject_id: str
    version: int
    by: str
    audience: tuple[tuple[str, bool], ...]
    data: str


def _happened(rfq: Rfq) -> list[_Happened]:
    """Ten events of an RFQ, with who sees them."""
    buyer, others = rfq.buyer, [supplier_id(number) for number in rfq.suppliers]
    everybody = ((buyer, False), (EVERYBODY.hex, False))
    told = everybody if rfq.is_open_to_all else ((buyer, False), *((one, False) for one in others[:2]))
    # A supplier twice in one RFQ would be told twice: the small scales have few suppliers.
    told = tuple(dict(told).items())
    own = ((buyer, False),)
    rfq_id, name = rfq.id, f"rfq_{rfq.id}"
    part = f'{{"rfq_id": "{name}", "supplier_id": "org_{others[0]}"}}'
    rows = [
        _Happened("rfq.created", "rfq", rfq_id, 1, buyer, own, '{"external_reference": null}'),
        _Happened("rfq.published", "rfq", rfq_id, 2, buyer, told, '{"title": "Machined parts", "revision": 1}'),
        _Happened("rfq.closed", "rfq", rfq_id, 3, buyer, told, "{}"),
        _Happened("rfq.quotes_opened", "rfq", rfq_id, 4, buyer, told, '{"round": 1, "quotes": 5}'),
    ]
    for place, verb in enumerate(("invited", "viewed", "interested")):
        subject = made_id(rfq.created, PARTICIPATION, rfq.number * QUOTES)
        both = ((buyer, False), (others[0], False))
        rows.append(_Happened(f"participation.{verb}", "participation", subject, place + 1, buyer, both, part))
    for place in range(2):
        subject = made_id(rfq.created, QUOTE, rfq.number * QUOTES + place)
        sealed = ((others[place], False), (buyer, True))
        rows.append(_Happened("quote.submitted", "quote", subject, 2, others[place], sealed, f'{{"rfq_id": "{name}"}}'))
    subject = made_id(rfq.created, QUOTE, rfq.number * QUOTES)
    rows.append(_Happened("quote.opened", "quote", subject, 3, buyer, own, f'{{"rfq_id": "{name}"}}'))
    if rfq.number % 10_000 == 0:
        rows[6] = _Happened(RARE, "organisation", rfq_id, 9, buyer, own, '{"reason": null}')
    return rows


def _events(rfq: Rfq, xids: int) -> str:
    at, out = _at(rfq.created), []
    for place, one in enumerate(_happened(rfq)):
        position = rfq.number * EVENTS + place + 1
        out.append(
            f"{position}\t{_xid(position, rfq.size, xids)}\t{made_id(rfq.created, EVENT, position)}\t{one.type}\t{one.subject}\t"
            f"{one.subject_id}\t{one.version}\t\\N\t\\N\t{one.by}\tERP\t{at}\t{one.data}\t{{}}\t\\\\x{_SOME_DIGEST}\t"
            f"\\\\x{_SOME_DIGEST}\t1\n"
        )
    return "".join(out)


def _audience(rfq: Rfq, xids: int) -> str:
    out: list[str] = []
    for place, one in enumerate(_happened(rfq)):
        position = rfq.number * EVENTS + place + 1
        xid = _xid(position, rfq.size, xids)
        out.extend(f"{reader}\t{xid}\t{position}\t{'t' if masked else 'f'}\n" for reader, masked in one.audience)
    return "".join(out)


def _xid(position: int, size: Size, xids: int) -> int:
    """Spread over the transactions that the server has had: events of one are neighbours, as in life."""
    return 3 + position * (xids - 4) // (size.rfqs * EVENTS + 1)


async def _copied(size: Size, render: Callable[[Rfq], str]) -> AsyncIterator[bytes]:
    for start in range(0, size.rfqs, BATCH):
        some = range(start, min(start + BATCH, size.rfqs))
        yield "".join(render(Rfq(number, size)) for number in some).encode()


async def _at_once(rows: Iterator[str]) -> AsyncIterator[bytes]:
    yield "".join(rows).encode()


_COLUMNS = {
    "organisation": "id state version name roles profile policy created_at updated_at",
    "rfq": (
        "id buyer_id state version revision round external_reference title visibility terms nda_required opening_quorum "
        "questions_close_at quotes_close_at published_at closed_at opened_at ended_at created_at updated_at line_count"
    ),
    "rfq_line": "id rfq_id line_no quantity unit spec digest",
    "participation": "id rfq_id supplier_id state version created_at updated_at",
    "quote": (
        "id rfq_id buyer_id supplier_id round state version submission working unsubmitted submitted_at commitment currency "
        "valid_until opened_at created_at updated_at"
    ),
    "event": (
        "position xid id type subject_type subject_id subject_version from_state to_state organisation_id actor_name at data "
        "change leaf hash hash_version"
    ),
    "event_audience": "organisation_id xid position masked",
}


async def seed(owner: "asyncpg.Connection[asyncpg.Record]", size: Size, say: Callable[[str], None]) -> None:
    """Fill an empty, migrated database. Indexes that nothing refers to are made behind the rows, then all is vacuumed."""
    templates = [template(lines) for lines in LINE_COUNTS]
    later = await _put_aside(owner)
    renders: dict[str, Callable[[Rfq], str]] = {
        "rfq": lambda rfq: _rfq(rfq, templates),
        "rfq_line": lambda rfq: _lines(rfq, templates),
        "participation": lambda rfq: _participations(rfq, templates),
        "quote": lambda rfq: _quotes(rfq, templates),
        "event": lambda rfq: _events(rfq, xids),
        "event_audience": lambda rfq: _audience(rfq, xids),
    }
    xids = int(await owner.fetchval("SELECT pg_current_xact_id()::text::bigint"))
    async with owner.transaction():
        await owner.execute(
            "SET LOCAL session_replication_role = replica"
        )  # no triggers, and no look-ups of what is known
        await owner.copy_to_table(
            "organisation",
            source=_at_once(_organisations(size)),
            columns=_COLUMNS["organisation"].split(),
            format="text",
        )
        for table, render in renders.items():
            started = time.monotonic()
            columns = _COLUMNS[table].split()
            await owner.copy_to_table(table, source=_copied(size, render), columns=columns, format="text")
            say(f"  {table}: {time.monotonic() - started:.0f} s")
    await owner.execute("SELECT setval(pg_get_serial_sequence('event', 'position'), $1)", size.rfqs * EVENTS + 1000)
    started = time.monotonic()
    for statement in later:
        await owner.execute(statement)
    say(f"  indexes: {time.monotonic() - started:.0f} s")
    started = time.monotonic()
    await owner.execute("VACUUM (ANALYZE)")
    await owner.execute("CHECKPOINT")
    say(f"  vacuum: {time.monotonic() - started:.0f} s")


# Indexes of tables that grow, without those that a foreign key or a constraint of another kind needs.
_INDEXES = """
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition, c.conname,
       i.indrelid::regclass::text AS table_name, pg_get_constraintdef(c.oid) AS constraint_definition
  FROM pg_index i
  LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid
 WHERE i.indrelid = ANY ($1::regclass[])
   AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conindid = i.indexrelid AND f.contype = 'f')
 ORDER BY i.indrelid, i.indexrelid
"""


async def _put_aside(owner: "asyncpg.Connection[asyncpg.Record]") -> list[str]:
    """Drop what is quicker made afterwards; the statements that make it."""
    later = []
    rows = await owner.fetch(_INDEXES, list(DEFERRED))
    for row in rows:
        if row["conname"] is None:
            await owner.execute(f"DROP INDEX {row['name']}")
            later.append(row["definition"])
        else:
            await owner.execute(f"ALTER TABLE {row['table_name']} DROP CONSTRAINT {row['conname']}")
            later.append(
                f"ALTER TABLE {row['table_name']} ADD CONSTRAINT {row['conname']} {row['constraint_definition']}"
            )
    return later


def supplier_of(place: int) -> str:
    """The supplier that is measured, by its number."""
    return supplier_id(place)


def seeded(size: Size, wanted: Callable[[Rfq], bool], count: int) -> list[Rfq]:
    """The first `count` seeded RFQs from the middle on that are `wanted`."""
    middle = itertools.chain(range(size.rfqs // 2, size.rfqs), range(size.rfqs // 2))
    return list(itertools.islice((rfq for rfq in (Rfq(number, size) for number in middle) if wanted(rfq)), count))
