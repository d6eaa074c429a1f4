"""The plans of hot statements: each finds its rows by an index, touches few, and never reads a table that grows as a whole.

Asked as the restricted role, under row security, of a small marketplace that is seeded as `make bench` seeds a large one.
"""

import asyncio
import json
import secrets
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

import asyncpg
import pytest
from conftest import with_database

from bench.seed import Rfq, Size, buyer_id, seed, supplier_id
from domain import entering
from domain.actors import Actor
from domain.credentials import sql as credentials
from domain.credentials.secrets import digest, new_secret
from domain.database import Tx
from domain.idempotency import sql as idempotency
from domain.ledger import sql as ledger
from domain.ledger.model import EVERYBODY
from domain.participations import sql as participations
from domain.quotes import sql as quotes
from domain.quoting import sql as quoting
from domain.rfq_views import sql as views
from domain.rfqs import sql as rfqs

pytestmark = pytest.mark.slow

SIZE = Size(3_000)
GROWING = frozenset("rfq rfq_line participation quote event event_audience".split())
SUPPLIER, BUYER = uuid.UUID(supplier_id(0)), uuid.UUID(buyer_id(0))
OPEN = next(rfq for number in range(1_500, 3_000) if (rfq := Rfq(number, SIZE)).state == "open" and rfq.is_open_to_all)
RFQ = uuid.UUID(OPEN.id)
DEEP = (str(3 + 3), SIZE.rfqs * 5)
"""A place in the middle of the feed."""


class Hot(NamedTuple):
    """A statement with arguments, who asks, and how many rows all of its scans may give together."""

    name: str
    statement: str
    arguments: tuple[Any, ...]
    rows: int
    acting: uuid.UUID = SUPPLIER


HOT = [
    Hot("list of a supplier", views.LIST_OF_SUPPLIER, (SUPPLIER, None, 51, None, True), 400),
    Hot("list of a supplier, deep", views.LIST_OF_SUPPLIER, (SUPPLIER, RFQ, 51, None, True), 400),
    Hot("list of a buyer", views.LIST_OF_BUYER, (BUYER, None, 51, None, None), 160, BUYER),
    Hot("list of a buyer, deep", views.LIST_OF_BUYER, (BUYER, RFQ, 51, None, None), 160, BUYER),
    Hot("one RFQ", views.SEEN, (RFQ, SUPPLIER), 60),
    Hot("head of an RFQ", views.HEAD, (RFQ, SUPPLIER), 8),
    Hot("RFQ locked for a quote", rfqs.SHARE, (RFQ,), 6),
    Hot("lines of an RFQ", rfqs.PARTS, (RFQ,), 40),
    Hot("own part in an RFQ", participations.FIND, (RFQ, SUPPLIER), 6),
    Hot("place of a quote", quotes.PLACE, (uuid.uuid4(),), 8),
    Hot("a quote held by its supplier", quoting.HOLD, (uuid.uuid4(), SUPPLIER), 12),
    Hot("what a supplier's locks guard", quoting.GUARDED, (RFQ, SUPPLIER), 80),
    Hot("a quote locked", quotes.LOCK, (uuid.uuid4(),), 4),
    Hot("working content", quotes.WORKING, (uuid.uuid4(),), 4),
    Hot("opened quotes of an RFQ", quotes.OPENED_OF_RFQ, (RFQ, None, 500, []), 40, BUYER),
    Hot("quotes of a supplier", quotes.LIST, (SUPPLIER, None, 51, None, None), 51 * 16),
    Hot("feed, deep", ledger.FEED, (SUPPLIER, *DEEP, 100, EVERYBODY), 3_000),
    Hot(
        "feed of a rare type, deep",
        ledger.FEED_OF_TYPES,
        (SUPPLIER, *DEEP, 100, EVERYBODY, ["organisation.suspended"]),
        60,
    ),
    Hot("feed of a subject", ledger.FEED_OF_SUBJECT, (SUPPLIER, "0", 0, 100, EVERYBODY, None, RFQ), 40),
    Hot("answer under a key", idempotency.FIND, (SUPPLIER, "POST /v1/rfqs", "k"), 2),
    Hot("due to close", rfqs.DUE_TO_CLOSE, (100,), 400, uuid.UUID(int=0)),
]


@pytest.fixture(scope="module")
def seeded(admin_dsn: str, template: str) -> Iterator[str]:
    """The superuser's DSN of a seeded database, dropped at the end."""
    name = f"jembatan_plans_{secrets.token_hex(4)}"

    async def make() -> None:
        admin = await asyncpg.connect(admin_dsn)
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        await admin.close()
        owner = await asyncpg.connect(with_database(admin_dsn, name))
        await seed(owner, SIZE, lambda _: None)
        await owner.close()

    async def drop() -> None:
        admin = await asyncpg.connect(admin_dsn)
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()

    asyncio.run(make())
    yield with_database(admin_dsn, name)
    asyncio.run(drop())


async def plan(connection: "asyncpg.Connection[asyncpg.Record]", hot: Hot) -> dict[str, Any]:
    """What was done for `hot`, as the API does it: its role, its organisation, a plan for any arguments."""
    async with connection.transaction():
        await connection.execute(
            f"SET LOCAL ROLE jembatan_api; SET LOCAL jembatan.organisation = '{hot.acting}'; "
            "SET LOCAL plan_cache_mode = force_generic_plan"
        )
        said = await connection.fetchval(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {hot.statement}", *hot.arguments)
    found: dict[str, Any] = json.loads(said)[0]["Plan"]
    return found


ALONE = (views.LIST_OF_SUPPLIER, views.LIST_OF_BUYER, views.SEEN, views.HEAD, ledger.FEED, ledger.FEED_OF_TYPES)
"""Statements that are read with `plan_once`: each says itself who asks (domain/entering.py)."""


async def plan_alone(connection: "asyncpg.Connection[asyncpg.Record]", hot: Hot, *, remembered: bool) -> dict[str, Any]:
    """What is done for `hot` as one message of a session that knows of nobody."""
    actor = Actor(credential_id=None, organisation_id=hot.acting, name="hot")
    if remembered:
        secret = new_secret()
        await connection.execute(
            "INSERT INTO credential (id, organisation_id, state, version, name, scopes, hint, secret_hash, expires_at, "
            "created_at, updated_at) VALUES ($1, $2, 'active', 1, 'hot', '{}', 'h', $3, now() + interval '1 day', now(), now())",
            uuid.uuid4(),
            hot.acting,
            digest(secret),
        )
        actor = await credentials.authenticate(Tx(connection), digest(secret)) or actor
        assert actor.proof is not None
        actor.proof.is_good = False
    text, bound = entering.alone(hot.statement, hot.arguments, actor)
    async with connection.transaction():
        await connection.execute("SET LOCAL ROLE jembatan_api; SET LOCAL plan_cache_mode = force_generic_plan")
        said = await connection.fetchval(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {text}", *bound)
        found: dict[str, Any] = json.loads(said)[0]["Plan"]
        rows = await connection.fetch(text, *bound)
        await connection.execute(f"SET LOCAL jembatan.organisation = '{hot.acting}'")
        assert [*map(tuple, rows)] == [*map(tuple, await connection.fetch(hot.statement, *hot.arguments))]
    return found


@pytest.mark.parametrize("remembered", [True, False])
async def test_who_asks_is_decided_before_any_row_is_read(seeded: str, *, remembered: bool) -> None:
    """At the top of the plan, once; the same rows come in the same order as from a transaction that was begun."""
    connection = await asyncpg.connect(seeded)
    try:
        for hot in HOT:
            if hot.statement in ALONE:
                root = await plan_alone(connection, hot, remembered=remembered)
                assert root["Node Type"] == "Result", hot.name
                assert "One-Time Filter" in root, hot.name
                assert not faults(hot, root)
    finally:
        await connection.close()


def scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All nodes that read a table."""
    if "Relation Name" in node:
        yield node
    for inner in node.get("Plans", ()):
        yield from scans(inner)


def faults(hot: Hot, root: dict[str, Any]) -> list[str]:
    """What is wrong with a plan."""
    found, rows = [], 0.0
    for node in scans(root):
        table, loops = node["Relation Name"], node["Actual Loops"]
        given = (
            node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
        )
        rows += given * loops
        if table in GROWING and node["Node Type"] in {"Seq Scan", "Parallel Seq Scan"}:
            found.append(f"{hot.name}: {node['Node Type']} of {table}")
    if rows > hot.rows:
        found.append(f"{hot.name}: {rows:.0f} rows were touched, {hot.rows} are allowed")
    return found


async def test_hot_statements_find_few_rows_by_an_index(seeded: str) -> None:
    connection = await asyncpg.connect(seeded)
    try:
        found = [fault for hot in HOT for fault in faults(hot, await plan(connection, hot))]
    finally:
        await connection.close()
    assert not found


@pytest.mark.parametrize(
    ("change", "name", "said"),
    [
        ("DROP INDEX event_of_type", "feed of a rare type, deep", "rows were touched"),
        ("ALTER TABLE event_audience DROP CONSTRAINT event_audience_pkey", "feed, deep", "event_audience"),
        ("UPDATE rfq SET line_count = NULL", "list of a supplier", "rows were touched"),
        ("ALTER TABLE rfq_line DROP CONSTRAINT rfq_line_number CASCADE", "lines of an RFQ", "Seq Scan of rfq_line"),
    ],
)
async def test_what_a_plan_lacks_is_noticed(seeded: str, change: str, name: str, said: str) -> None:
    """The mutants of this test: each takes something away, in a transaction that is undone."""
    hot = next(one for one in HOT if one.name == name)
    connection = await asyncpg.connect(seeded)
    try:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute("SET LOCAL session_replication_role = replica")
        await connection.execute(change)
        found = faults(hot, await plan(connection, hot))
        await transaction.rollback()
    finally:
        await connection.close()
    assert any(said in fault for fault in found), found
