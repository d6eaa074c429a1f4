"""Each invariant that `make faults` asks of the database: true after honest business, and noticed when it is broken."""

import asyncio
import fcntl
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx
import pytest
from faults.invariants import INVARIANTS, broken, leaves

from api.app import create_app
from api.services import Services
from domain.database import Database
from world import World

pytestmark = pytest.mark.slow


def _named(dsn: str, name: str) -> str:
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{name}"))


@pytest.fixture
async def fresh(
    admin_dsn: str, app_dsn: str, template: str, shared_folder: Path, services: Services
) -> AsyncIterator[World]:
    """A database in which nobody has acted behind the back of the rules."""
    name = f"jembatan_test_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(admin_dsn)
    with (shared_folder / "template.lock").open("a+") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    dsn = _named(app_dsn, name)
    opener = await Database.connect(dsn, role="jembatan_opener", application="test opener", size=2)
    db = await Database.connect(dsn, role="jembatan_api", application="test", size=4, opener=opener)
    own = Services(services.settings, db, services.sealer, services.blobs, services.clock)
    owner = await asyncpg.connect(_named(admin_dsn, name))
    transport = httpx.ASGITransport(app=cast("Any", create_app(own)), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://jembatan.test", timeout=30) as client:
        yield World(client, owner, own)
    await owner.close()
    await db.close()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


BREAKS = {
    "a row's version and state are those of its newest event": "UPDATE rfq SET version = version + 1",
    "the events of a subject count up from 1, one for each version": "DELETE FROM event WHERE subject_version = 2",
    "the feed shows the events of a subject in their order": "UPDATE event SET xid = '1' WHERE subject_version = 2",
    "who may see an event finds it under its place in the feed": "UPDATE event_audience SET position = position + 100000",
    "a message is queued once for each endpoint, for an event that its organisation may see": (
        "INSERT INTO webhook_delivery (id, endpoint_id, event_id, xid, position, subject_id, type, body, state, "
        "next_attempt_at, created_at) SELECT gen_random_uuid(), w.id, e.id, e.xid, e.position, e.subject_id, e.type, '', "
        "'pending', now(), now() FROM webhook_endpoint w, event e WHERE e.type = 'quote.created'"
    ),
    "each event's hash follows from its leaf and the event before it": "UPDATE event SET leaf = sha256('x')",
    "nothing of a quote is readable before its opening": "UPDATE rfq SET opened_at = NULL",
    "what is sealed is a JWE, and so are the supplier's copy and the draft": (
        """UPDATE quote_submission SET sealed = '{"unit_price":"100"}'"""
    ),
    "no submission was accepted at or after the deadline": (
        "UPDATE quote_submission s SET submitted_at = r.quotes_close_at FROM quote q JOIN rfq r ON r.id = q.rfq_id "
        "WHERE q.id = s.quote_id"
    ),
    "an opening came after the deadline and left no submitted quote out": "UPDATE quote SET state = 'submitted'",
    "nothing appears in an RFQ after its opening": "UPDATE quote_submission SET submitted_at = now() + interval '1 h'",
    "what is awarded of a line is the sum of its live awards, and no more than was asked": (
        "UPDATE rfq_line SET awarded = awarded - 1"
    ),
    "an order has what its award says, and no more is sent than it and its tolerance allow": (
        "UPDATE award SET state = 'cancelled'"
    ),
}
"""By invariant, how somebody who is not held by any rule would break it."""

UNBREAKABLE = {"a key has one answer"}
"""The primary key keeps it: the statement is there for whoever drops that."""


async def test_each_invariant_holds_and_is_noticed_when_it_is_broken(fresh: World) -> None:
    buyer, supplier = await fresh.parties("buyer", "supplier")
    await buyer.done("POST", "/v1/webhook-endpoints", {"url": "https://erp.example.com/"})
    draft = await buyer.done("POST", "/v1/rfqs", fresh.rfq_body(closes_in=1.5))
    rfq = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    quote = await fresh.quote(supplier, rfq)
    async with asyncio.timeout(20):
        while not (opened := await buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes")).is_success:
            assert opened.json()["code"] == "deadline_not_reached", opened.text
            await asyncio.sleep(0.1)
    lines = [{"line_no": 1, "quantity": "70", "reason": "lowest_total_cost"}]
    award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": quote["id"], "lines": lines})
    issued = await buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    await supplier.done("POST", f"/v1/awards/{award['id']}/accept", etag=issued["etag"])
    assert await broken(fresh.owner) == []
    assert BREAKS.keys() | UNBREAKABLE == {invariant.name for invariant in INVARIANTS}
    for name, statement in BREAKS.items():
        transaction = fresh.owner.transaction()
        await transaction.start()
        await fresh.owner.execute("SET LOCAL session_replication_role = replica")  # no triggers
        for table in ("rfq", "rfq_line", "quote"):
            for row in await fresh.owner.fetch(
                "SELECT conname FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'", table
            ):
                await fresh.owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {row['conname']}")
        touched = await fresh.owner.execute(statement)
        assert not touched.endswith(" 0"), f"{name}: nothing was broken"
        found = [finding.says for finding in await broken(fresh.owner)]
        await transaction.rollback()
        assert any(name in says for says in found), (name, found)
    assert (await leaves(fresh.owner, 0))[0] == []
    async with fresh.owner.transaction():
        await fresh.owner.execute("SET LOCAL session_replication_role = replica")
        await fresh.owner.execute("UPDATE event SET data = '{}' WHERE type = 'rfq.opened' OR type LIKE 'award.%'")
        assert (await leaves(fresh.owner, 0))[0], "history was rewritten and nobody noticed"
