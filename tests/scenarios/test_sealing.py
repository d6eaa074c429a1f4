"""A sealed price is found nowhere before the opening; and the search would find it if sealing were off."""

import os
import subprocess
from pathlib import Path

import pytest

from api.embedded_postgres import binaries_directory
from domain.sealing import Sealer
from world import World

CANARY = "73194625.17"
DIGITS = b"7319462517"
DOTTED = b"73194625.17"


def dump(dsn: str) -> bytes:
    """Everything in the database, as text."""
    program = binaries_directory() / "pg_dump"
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run([program, "--dbname", dsn], check=True, capture_output=True, env=environment)
    return done.stdout


def leaks(text: bytes) -> bool:
    return DOTTED in text or DIGITS in text.replace(b".", b"")


async def _seek(world: World, owner_dsn: str, output: "pytest.CaptureFixture[str]") -> list[str]:
    """Where the canary is found before the opening."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    others = [await world.party(role) for role in ("supplier", "facilitator", "operator")]
    rfq = await world.rfq(buyer)
    draft = await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq, CANARY))
    await supplier.done("POST", f"/v1/quotes/{draft['id']}/submit")
    assert leaks((await supplier.get(f"/v1/quotes/{draft['id']}")).content), "its supplier reads it"
    found = []
    for party in (buyer, *others):
        for path in (
            f"/v1/rfqs/{rfq['id']}",
            f"/v1/rfqs/{rfq['id']}/quotes",
            f"/v1/rfqs/{rfq['id']}/comparison",
            f"/v1/rfqs/{rfq['id']}/participants",
            f"/v1/rfqs/{rfq['id']}/documents",
            f"/v1/quotes/{draft['id']}",
            f"/v1/quotes/{draft['id']}/receipts",
            "/v1/quotes",
            "/v1/rfqs",
            "/v1/awards",
            "/v1/orders",
            "/v1/events",
            "/v1/reports/import-substitution",
        ):
            answer = await party.get(path)
            assert answer.status_code < 500, answer.text
            if leaks(answer.content):
                found.append(f"{party.name} {path}")
    captured = output.readouterr()
    if leaks((captured.out + captured.err).encode()):
        found.append("log")
    if leaks(dump(owner_dsn)):
        found.append("dump")
    await world.pass_deadline(rfq)
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/open-quotes")
    assert leaks((await buyer.get(f"/v1/quotes/{draft['id']}")).content), "its buyer reads it after the opening"
    # For the next search: what was opened lies in the tables for good.
    await world.owner.execute("ALTER TABLE quote_opened DISABLE TRIGGER USER")
    await world.owner.execute("DELETE FROM quote_opened WHERE content::text LIKE '%73194625%'")
    await world.owner.execute("ALTER TABLE quote_opened ENABLE TRIGGER USER")
    return found


@pytest.fixture
def server_dsn(owner_dsn: str) -> str:
    """For pg_dump of the embedded server, which reads any server that is not newer."""
    assert Path(binaries_directory()).is_dir()
    return owner_dsn


async def test_a_sealed_price_is_found_nowhere(
    world: World, server_dsn: str, capsys: "pytest.CaptureFixture[str]"
) -> None:
    assert await _seek(world, server_dsn, capsys) == []


async def test_the_search_finds_what_is_not_sealed(
    world: World, server_dsn: str, capsys: "pytest.CaptureFixture[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Sealer, "keep", lambda _self, _organisation, content: content.decode())
    monkeypatch.setattr(Sealer, "reread", lambda _self, _organisation, kept: kept.encode())
    assert "dump" in await _seek(world, server_dsn, capsys)
