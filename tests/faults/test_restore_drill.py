"""The drill: data with sealed quotes, files and webhooks; backup; everything destroyed; restored elsewhere; and work goes on.

Two embedded servers one after the other, through the commands that an operator types.
"""

import asyncio
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import asyncpg
import httpx
import pytest
from gated_scene import PDF, file_of
from receivers import Receiver, receiver

from api import runtime
from api.app import create_app
from api.cli import opened
from api.services import Services
from api.settings import Settings
from api.webhooks.dispatcher import dispatching
from domain.actors import SYSTEM
from domain.checkpoints import commands as checkpoints
from domain.checkpoints import keys as audit_keys
from domain.ids import new_id
from domain.ledger import sql as ledger
from world import Party, World

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PASSPHRASE = "a long passphrase for the drill"


class Installation:
    """One installation in this process: its services, and the owner's connection."""

    def __init__(self, services: Services, world: World) -> None:
        self.services, self.world, self.owner = services, world, world.owner

    async def seal(self) -> None:
        """Checkpoints over everything that is visible."""
        key = audit_keys.load(self.services.settings.keys_folder)
        while await checkpoints.seal(self.services.db, key):
            continue

    async def deliver(self, until: Any) -> None:
        """Send what waits until a condition holds, 15 s at most."""
        async with asyncio.timeout(15), dispatching(self.services) as dispatcher:
            while not until():
                await dispatcher.fan_out()
                await dispatcher.deliver()
                await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def running(home: Path) -> AsyncIterator[Installation]:
    """As `jembatan serve` would open it."""
    settings = Settings(home=home, webhook_loopback=True, rate_per_minute=0, expensive_per_minute=0)
    database = opened(settings)
    place = await asyncio.to_thread(database.__enter__)
    try:
        assert place.owner is not None
        owner = await asyncpg.connect(place.owner)
        async with runtime.services(settings, place.app, application="drill") as services:
            transport = httpx.ASGITransport(app=cast("Any", create_app(services)), raise_app_exceptions=True)
            async with httpx.AsyncClient(transport=transport, base_url="http://jembatan.test", timeout=30) as http:
                yield Installation(services, World(http, owner, services))
        await owner.close()
    finally:
        await asyncio.to_thread(database.__exit__, None, None, None)


def jembatan(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One command, as an operator types it."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "api", *words],
        cwd=ROOT,
        env={**kept, "JEMBATAN_HOME": str(home), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


async def done(home: Path, *words: str) -> str:
    result = await asyncio.to_thread(jembatan, home, *words)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


async def moved(it: Installation, party: Party) -> Party:
    """The same key at the restored installation."""
    return Party(it.world.http, party.secret, party.organisation_id, party.name)


async def announced(it: Installation, party: Party) -> None:
    """Parties of tests are made behind the back of the rules, and the doctor would say so: give them their events."""
    credential_id = await it.owner.fetchval(
        "SELECT id FROM credential WHERE organisation_id = $1", party.organisation_id
    )
    async with it.services.db.transaction(SYSTEM) as tx:
        for event, subject_id, state in (
            ("organisation.registered", party.organisation_id, "verified"),
            ("credential.created", credential_id, "active"),
        ):
            await ledger.append(
                tx,
                event_id=new_id(),
                type_=event,
                subject_type=event.partition(".")[0],
                subject_id=subject_id,
                subject_version=1,
                from_state=None,
                to_state=state,
                actor=SYSTEM,
                at=await tx.now(),
                audience=[],
                masked=(),
                data={},
                private_to=None,
                private_data=None,
                change={},
            )


async def test_dump_destroy_restore_and_go_on(tmp_path: Path) -> None:
    first, second, folder = tmp_path / "first", tmp_path / "second", tmp_path / "backup"
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n")
    async with receiver() as hook:
        async with running(first) as it:
            buyer, supplier = await it.world.parties("buyer", "supplier")
            for party in (buyer, supplier):
                await announced(it, party)
            made = {"url": hook.url, "event_types": []}
            await buyer.done("POST", "/v1/webhook-endpoints", made)
            draft = await it.world.draft(buyer, closes_in=3600)
            file_id = await file_of(buyer)
            await buyer.done("POST", f"/v1/rfqs/{draft['id']}/documents", {"file_id": file_id, "kind": "drawing"})
            rfq = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
            quote = await it.world.quote(supplier, rfq, "73519")
            # Ids of transactions that a new server has not come to for long.
            await it.owner.execute(
                "DO $$ BEGIN FOR i IN 1..5000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$"
            )
            again = await it.world.rfq(buyer, lines=2)
            await it.deliver(lambda: any(again["id"] in message for message in _bodies(hook)))
            await it.world.feed(buyer)
            page = await buyer.done("GET", "/v1/events?limit=100")
            cursor, seen = page["next_cursor"], {event["id"] for event in page["items"]}
            await it.seal()
        await done(first, "backup", str(folder), "--keys-passphrase", str(secret))
        await done(first, "audit", "export", str(tmp_path / "before.jsonl"))
        # What a follower saw after the backup, and what is then lost.
        async with running(first) as it:
            lost = await it.world.rfq(await moved(it, buyer))
            await it.world.feed(buyer)
            page = await (await moved(it, buyer)).done("GET", f"/v1/events?limit=100&after={cursor}")
            ahead = page["next_cursor"]
            assert {event["subject_id"] for event in page["items"]} == {lost["id"]}
        shutil.rmtree(first)
        _holds_no_secret(folder, b"73519")
        assert "passphrase" in (await asyncio.to_thread(jembatan, second, "restore", str(folder))).stderr
        await done(second, "restore", str(folder), "--keys-passphrase", str(secret))
        assert "nothing is wrong" in await done(second, "doctor", "--deep")
        known = ("--known", str(tmp_path / "before.jsonl"))
        assert "everything is as it was sealed" in await done(second, "audit", "verify", *known)
        async with running(second) as it:
            buyer, supplier = await moved(it, buyer), await moved(it, supplier)
            behind = (
                "SELECT max(e.xid::text::bigint) > pg_snapshot_xmax(pg_current_snapshot())::text::bigint FROM event e"
            )
            assert await it.owner.fetchval(behind), "the new server has to be behind, or nothing is shown"
            # Sealed still, and to its supplier readable.
            shown = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/quotes")
            assert "73519" not in str(shown)
            own = await supplier.done("GET", f"/v1/quotes/{quote['id']}")
            assert "73519" in str(own)
            early = await buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes")
            assert early.status_code == 409
            content = (await buyer.get(f"/v1/files/{file_id}/content")).content
            assert hashlib.sha256(content).digest() == hashlib.sha256(PDF).digest()
            # The feed goes on, from a cursor of before and from one of what was lost.
            new = await it.world.rfq(buyer)
            await it.world.feed(buyer)
            for place in (cursor, ahead):
                page = await buyer.done("GET", f"/v1/events?limit=100&after={place}")
                assert {event["subject_id"] for event in page["items"]} == {new["id"]}, "nothing lost, nothing twice"
                assert not seen & {event["id"] for event in page["items"]}
            await it.deliver(lambda: any(new["id"] in message for message in _bodies(hook)))
            # And after the deadline the quotes open.
            await it.world.opened(buyer, rfq)
            [item] = (await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/quotes"))["items"]
            assert "73519" in str(await buyer.done("GET", f"/v1/quotes/{item['id']}"))
            await it.seal()
        assert "everything is as it was sealed" in await done(second, "audit", "verify", *known)


def _bodies(receiver: Receiver) -> list[str]:
    return [request.body.decode() for request in receiver.requests]


def _holds_no_secret(folder: Path, price: bytes) -> None:
    """Neither a key nor a price in the open, whatever is carried away with the folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert price not in content, path.name
            assert b'"d":"' not in content, path.name
