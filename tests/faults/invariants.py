"""What holds of the database at every instant, whatever was killed: each a statement that finds what breaks it.

One statement sees one snapshot, so they are asked while the load goes on. `matching` compares with what clients saw.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

import asyncpg
import msgspec
from faults.storm.journal import Acknowledged, Finding, Journal

from domain.ids import read
from domain.ledger import hashing

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class Invariant(NamedTuple):
    """A promise, and the statement that finds ids of what breaks it."""

    promise: str
    name: str
    statement: str


TRACKED = (
    "rfq", "participation", "quote", "question", "award", "purchase_order", "despatch", "receipt", "inspection",
    "counter_offer", "change_order", "schedule_line", "invoice", "file", "webhook_endpoint", "membership",
)  # fmt: skip
"""Tables whose rows step their version with one event each."""

_ROWS = " UNION ALL ".join(f"SELECT id, version, state FROM {table}" for table in TRACKED)

INVARIANTS = (
    Invariant(
        "P6",
        "a row's version and state are those of its newest event",
        f"SELECT r.id FROM ({_ROWS}) r LEFT JOIN event e ON e.subject_id = r.id AND e.subject_version = r.version "
        "LEFT JOIN event later ON later.subject_id = r.id AND later.subject_version = r.version + 1 "
        "WHERE e.id IS NULL OR e.to_state IS DISTINCT FROM r.state OR later.id IS NOT NULL",
    ),
    Invariant(
        "P6",
        "the events of a subject count up from 1, one for each version",
        "SELECT subject_id FROM event GROUP BY subject_id "
        "HAVING min(subject_version) <> 1 OR max(subject_version) <> count(*) "
        "OR count(DISTINCT subject_version) <> count(*)",
    ),
    Invariant(
        "P6",
        "the feed shows the events of a subject in their order",
        "SELECT e.id FROM event e JOIN event p ON p.subject_id = e.subject_id "
        "AND p.subject_version = e.subject_version - 1 WHERE (p.xid, p.position) >= (e.xid, e.position)",
    ),
    Invariant(
        "P6",
        "who may see an event finds it under its place in the feed",
        "SELECT a.organisation_id FROM event_audience a LEFT JOIN event e ON e.position = a.position AND e.xid = a.xid "
        "WHERE e.id IS NULL",
    ),
    Invariant(
        "P6",
        "a message is queued once for each endpoint, for an event that its organisation may see",
        "SELECT d.id FROM webhook_delivery d JOIN webhook_endpoint w ON w.id = d.endpoint_id WHERE d.event_id IS NOT NULL "
        "AND NOT EXISTS (SELECT FROM event_audience a WHERE a.xid = d.xid AND a.position = d.position "
        "AND a.organisation_id IN (w.organisation_id, '00000000-0000-0000-0000-000000000000')) "
        "UNION ALL SELECT endpoint_id FROM webhook_delivery WHERE event_id IS NOT NULL "
        "GROUP BY endpoint_id, event_id HAVING count(*) > 1",
    ),
    Invariant(
        "P8",
        "each event's hash follows from its leaf and the event before it",
        "SELECT e.id FROM event e LEFT JOIN event p ON p.subject_id = e.subject_id "
        "AND p.subject_version = e.subject_version - 1 "
        "WHERE e.hash <> sha256(coalesce(p.hash, ''::bytea) || e.leaf)",
    ),
    Invariant(
        "P3",
        "nothing of a quote is readable before its opening",
        "SELECT q.id FROM quote q JOIN rfq r ON r.id = q.rfq_id AND r.round = q.round "
        "LEFT JOIN quote_opened o ON o.quote_id = q.id "
        "WHERE (r.opened_at IS NULL AND (o.quote_id IS NOT NULL OR q.opened_at IS NOT NULL)) "
        "OR (q.opened_at IS NULL AND (q.currency IS NOT NULL OR q.valid_until IS NOT NULL))",
    ),
    Invariant(
        "P3",
        "what is sealed is a JWE, and so are the supplier's copy and the draft",
        "SELECT quote_id FROM quote_submission WHERE sealed !~ '^ey[\\w-]*\\.[\\w-]*\\.[\\w-]+\\.[\\w-]+\\.[\\w-]+$' "
        "OR supplier_copy !~ '^ey[\\w-]*\\.[\\w-]*\\.[\\w-]+\\.[\\w-]+\\.[\\w-]+$' "
        "UNION ALL SELECT id FROM quote WHERE working !~ '^ey[\\w-]*\\.[\\w-]*\\.[\\w-]+\\.[\\w-]+\\.[\\w-]+$'",
    ),
    Invariant(
        "P4",
        "no submission was accepted at or after the deadline",
        "SELECT q.id FROM quote_submission s JOIN quote q ON q.id = s.quote_id JOIN rfq r ON r.id = q.rfq_id "
        "WHERE q.round = r.round AND s.submitted_at >= r.quotes_close_at",
    ),
    Invariant(
        "P4",
        "an opening came after the deadline and left no submitted quote out",
        "SELECT r.id FROM rfq r WHERE r.opened_at < r.quotes_close_at OR r.closed_at < r.quotes_close_at "
        "UNION ALL SELECT q.id FROM quote q JOIN rfq r ON r.id = q.rfq_id AND r.round = q.round "
        "LEFT JOIN quote_opened o ON o.quote_id = q.id WHERE r.opened_at IS NOT NULL "
        "AND (q.state IN ('draft', 'submitted', 'needs_reconfirmation') OR (q.opened_at IS NOT NULL AND o.quote_id IS NULL))",
    ),
    Invariant(
        "P4",
        "nothing appears in an RFQ after its opening",
        "SELECT q.id FROM quote q JOIN rfq r ON r.id = q.rfq_id AND r.round = q.round JOIN quote_submission s "
        "ON s.quote_id = q.id WHERE s.submitted_at >= r.opened_at "
        "UNION ALL SELECT q.id FROM quote q JOIN rfq r ON r.id = q.rfq_id AND r.round = q.round "
        "WHERE q.opened_at IS NOT NULL AND q.opened_at <> r.opened_at",
    ),
    Invariant(
        "P5",
        "what is awarded of a line is the sum of its live awards, and no more than was asked",
        "SELECT l.id FROM rfq_line l LEFT JOIN award_line a ON a.rfq_line_id = l.id AND a.live "
        "GROUP BY l.id HAVING l.awarded > l.quantity OR l.awarded <> coalesce(sum(a.quantity), 0)",
    ),
    Invariant(
        "P5",
        "an order has what its award says, and no more is sent than it and its tolerance allow",
        "SELECT l.order_id FROM order_line l WHERE l.despatched > l.ordered + l.tolerance + l.short + l.rejected "
        "OR l.received + l.short > l.despatched OR l.accepted + l.rejected > l.received "
        "UNION ALL SELECT o.id FROM purchase_order o LEFT JOIN award a ON a.id = o.award_id AND a.order_id = o.id "
        "WHERE a.id IS NULL OR a.state <> 'accepted' "
        "UNION ALL SELECT award_id FROM purchase_order GROUP BY award_id HAVING count(*) > 1",
    ),
    Invariant(
        "P2",
        "a key has one answer",
        "SELECT organisation_id FROM idempotency GROUP BY organisation_id, route, key HAVING count(*) > 1",
    ),
)


async def broken(connection: Connection) -> list[Finding]:
    """What breaks one of the invariants now."""
    found = []
    for invariant in INVARIANTS:
        rows = await connection.fetch(invariant.statement)
        if rows:
            ids = ", ".join(str(row[0]) for row in rows[:3])
            found.append(Finding(invariant.promise, f"not so: {invariant.name} ({len(rows)} times: {ids})"))
    return found


ANSWERED = """
SELECT w.n FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::text[], $5::smallint[]) AS w (n, org, route, key, status)
  LEFT JOIN idempotency i ON i.organisation_id = w.org AND i.route = w.route AND i.key = w.key
 WHERE i.status IS DISTINCT FROM w.status
"""
HAPPENED = """
SELECT w.n FROM unnest($1::integer[], $2::uuid[], $3::integer[], $4::text[]) AS w (n, subject, version, state)
  LEFT JOIN event e ON e.subject_id = w.subject AND e.subject_version = w.version
 WHERE e.id IS NULL OR (w.state IS NOT NULL AND e.to_state IS DISTINCT FROM w.state)
"""


async def matching(connection: Connection, journal: Journal, seen: list[Acknowledged]) -> list[Finding]:
    """What clients were told (`seen`) and the database does not have: lost, or done twice."""
    found = []
    ways = [
        (number, read("organisation", one.organisation), one.route, one.key, one.status)
        for number, one in enumerate(seen)
    ]
    for row in await connection.fetch(ANSWERED, *_columns(ways, 5)):
        one = seen[row["n"]]
        found.append(Finding("P1", f"acknowledged and gone: {one.route} {one.status} under {one.key}"))
    changes = [
        (number, _uuid(one.subject), one.version, one.state)
        for number, one in enumerate(seen)
        if one.subject is not None
    ]
    for row in await connection.fetch(HAPPENED, *_columns(changes, 4)):
        one = seen[row["n"]]
        found.append(
            Finding("P1", f"acknowledged without its event: {one.route} made {one.subject} version {one.version}")
        )
    twice = await connection.fetch(
        "SELECT title AS name FROM rfq WHERE title = ANY ($1) GROUP BY title HAVING count(*) > 1 "
        "UNION ALL SELECT name FROM file WHERE name = ANY ($2) GROUP BY name HAVING count(*) > 1",
        list(journal.titles),
        list(journal.files),
    )
    found += [Finding("P2", f"asked for once and there twice: {row['name']}") for row in twice]
    awarded = await connection.fetch(
        "SELECT l.rfq_id, l.line_no, l.awarded FROM rfq_line l WHERE l.rfq_id = ANY ($1)",
        [read("rfq", rfq) for rfq, _ in journal.issued],
    )
    known = {(row["rfq_id"], row["line_no"]): row["awarded"] for row in awarded}
    found += [
        Finding(
            "P1",
            f"{quantity} of line {line} of {rfq} were acknowledged as awarded, {known.get((read('rfq', rfq), line))} are",
        )
        for (rfq, line), quantity in journal.issued.items()
        if known.get((read("rfq", rfq), line), -1) < quantity
    ]
    attempts = await connection.fetch(
        "SELECT rfq_id, count(*) FROM sealed_access_attempt WHERE rfq_id = ANY ($1) GROUP BY rfq_id",
        [read("rfq", rfq) for rfq in journal.early],
    )
    counted = {row["rfq_id"]: row["count"] for row in attempts}
    found += [
        Finding("P3", f"{count} early attempts on {rfq}, of which {counted.get(read('rfq', rfq), 0)} are on record")
        for rfq, count in journal.early.items()
        if counted.get(read("rfq", rfq), 0) < count
    ]
    return found


async def leaves(connection: Connection, after: int) -> tuple[list[Finding], int]:
    """(events behind the position `after` whose leaf is not that of what they say, how many were looked at)."""
    rows = await connection.fetch("SELECT * FROM event WHERE position > $1 AND hash_version = 2", after)
    found = []
    for row in rows:
        event = msgspec.convert(
            {
                **{name: row[name] for name in hashing.Recorded.__struct_fields__},
                "data": msgspec.json.decode(row["data"]),
                "private_data": None if row["private_data"] is None else msgspec.json.decode(row["private_data"]),
                "change": msgspec.json.decode(row["change"]),
            },
            hashing.Recorded,
        )
        if hashing.leaf_2(event, row["salt"]) != row["leaf"]:
            found.append(Finding("P8", f"what event {row['id']} says is not what was hashed"))
    return found, len(rows)


async def stored(connection: Connection, folder: Path) -> tuple[list[Finding], int]:
    """(clean files whose bytes are not there or are others, how many were looked at)."""
    rows = await connection.fetch("SELECT id, storage_key, sha256 FROM file WHERE state = 'clean'")
    found = []
    for row in rows:
        path = folder / row["storage_key"]
        if not path.exists() or hashlib.sha256(path.read_bytes()).digest() != row["sha256"]:
            found.append(Finding("P9", f"the bytes of file {row['id']} are not what was checked"))
    return found, len(rows)


def _uuid(shown: str) -> UUID:
    return UUID(shown.rpartition("_")[2])


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> list[list[Any]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(width)]
