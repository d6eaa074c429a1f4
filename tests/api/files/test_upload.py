"""upload_file: names, limits, what a retry answers, what is left of a refusal."""

import asyncio
import io
import os
import time
import uuid
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from msgspec.structs import replace

from api import uploads
from api.app import create_app
from api.services import Services
from domain.actors import SYSTEM
from domain.files import sql
from domain.ids import read
from world import Party, World

PDF = b"%PDF-1.7\nhello\n"
RAW = {"content-type": "application/octet-stream"}


async def upload(party: Party, name: str = "a.pdf", content: Any = PDF, **more: Any) -> httpx.Response:
    headers = {**RAW, **more.pop("headers", {})}
    return await party.request("POST", f"/v1/files?name={quote(name)}", content=content, headers=headers, **more)


def kept(world: World, party: Party) -> list[Path]:
    """Everything that is stored for an organisation, parts under way included."""
    folder = world.services.settings.home / "files" / party.id
    return sorted(folder.iterdir()) if folder.exists() else []


async def rows(world: World, party: Party) -> int:
    return int(
        await world.owner.fetchval("SELECT count(*) FROM file WHERE organisation_id = $1", party.organisation_id)
    )


async def test_two_events_fold_to_the_row(world: World) -> None:
    buyer = await world.party("buyer")
    file = (await upload(buyer)).json()
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("file", file["id"])))
    events = [event for event in await world.feed(buyer) if event.subject_type == "file"]
    assert [event.type for event in events] == ["file.received", "file.passed"]
    assert events[0].data == {"name": "a.pdf", "size": len(PDF)}


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [("Gambar Ø8 (rev B).pdf", "Gambar Ø8 (rev B).pdf"), ("e\u0301tui.pdf", "\u00e9tui.pdf"), ("図面.PDF", "図面.PDF")],
)
async def test_names_of_the_world(world: World, name: str, kept_as: str) -> None:
    buyer = await world.party("buyer")
    file = (await upload(buyer, name)).json()
    assert file["name"] == kept_as
    sent = (await buyer.get(f"/v1/files/{file['id']}/content")).headers["content-disposition"]
    assert sent.endswith(f"filename*=UTF-8''{quote(kept_as, safe='')}")
    assert sent.isascii()


async def test_the_same_key_answers_the_same_file_and_stores_no_second_copy(world: World) -> None:
    buyer = await world.party("buyer")
    first, again = await upload(buyer, key="once"), await upload(buyer, key="once")
    assert (first.status_code, again.json(), again.headers["idempotent-replayed"]) == (201, first.json(), "true")
    for other in (await upload(buyer, content=PDF + b"x", key="once"), await upload(buyer, "b.pdf", key="once")):
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert (len(kept(world, buyer)), await rows(world, buyer)) == (1, 1)


async def test_a_storm_on_one_key_stores_one_file(world: World) -> None:
    buyer = await world.party("buyer")
    answers = await asyncio.gather(*(upload(buyer, key="storm") for _ in range(8)))
    codes = [answer.status_code for answer in answers]
    assert codes.count(201) >= 1
    assert set(codes) <= {201, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 201}) == 1
    assert (len(kept(world, buyer)), await rows(world, buyer)) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"plain text"),
        ("a.exe", PDF),
        ("a/b.pdf", PDF),
        ("a\u202efdp.pdf", PDF),
        ("a.3mf", b"PK\x03\x04 broken"),
    ],
)
async def test_a_refusal_says_what_is_wrong_and_leaves_nothing(world: World, name: str, content: bytes) -> None:
    buyer = await world.party("buyer")
    response = await upload(buyer, name, content)
    assert (response.status_code, response.json()["code"]) == (422, "file_refused"), response.text
    assert (kept(world, buyer), await rows(world, buyer)) == ([], 0)


async def test_an_archive_is_of_the_kind_it_is_named_for(world: World) -> None:
    buyer = await world.party("buyer")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    for size in (2, 3, 4, 100):  # chunks that split the signature too
        content = out.getvalue()
        pieces = chunks(*(content[at : at + size] for at in range(0, len(content), size)))
        assert (await upload(buyer, "bom.xlsx", pieces)).status_code == 201
    wrong = await upload(buyer, "part.3mf", out.getvalue())
    assert "lacks 3D/" in wrong.json()["detail"]


async def chunks(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


@pytest.fixture
async def small(world: World) -> AsyncIterator[World]:
    """The same application with a limit of 1,000 bytes."""
    services = world.services
    settings = replace(services.settings, max_upload=1000)
    limited = Services(settings, services.db, services.sealer, services.blobs, services.clock)
    transport = httpx.ASGITransport(app=create_app(limited))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://jembatan.test") as http:
        yield World(http, world.owner, limited)


async def test_more_than_the_limit_is_refused_announced_or_not(small: World) -> None:
    buyer = await small.party("buyer")
    assert (await upload(buyer, content=PDF.ljust(1000))).status_code == 201
    announced = await upload(buyer, content=PDF.ljust(1001))
    unannounced = await upload(buyer, content=chunks(PDF, bytes(500), bytes(600)))
    for response in (announced, unannounced):
        assert (response.status_code, response.json()["code"]) == (413, "too_large")
    assert "content-length" not in unannounced.request.headers
    assert (len(kept(small, buyer)), await rows(small, buyer)) == (1, 1)


async def test_who_may_upload(world: World) -> None:
    buyer = await world.party("buyer")
    reader = await world.key(buyer.organisation_id, "reader", scopes=["files:read"])
    assert (await upload(reader)).json()["code"] == "scope_missing"
    assert (await upload(buyer, key="")).json()["code"] == "idempotency_key_required"
    assert (await upload(buyer, headers={"content-type": "text/plain"})).json()["code"] == "unsupported_media_type"
    stranger = await world.http.post(
        "/v1/files?name=a.pdf", content=PDF, headers={**RAW, "idempotency-key": str(uuid.uuid4())}
    )
    assert stranger.status_code == 401
    nameless = await buyer.request("POST", "/v1/files", content=PDF, headers=RAW)
    assert (nameless.status_code, nameless.json()["code"]) == (400, "invalid_parameter")
    assert kept(world, buyer) == []


async def test_a_commit_of_unknown_outcome_keeps_the_bytes_and_the_sweep_finds_what_has_no_row(world: World) -> None:
    buyer = await world.party("buyer")
    file = (await upload(buyer)).json()
    async with world.owner.transaction():
        await world.owner.execute("LOCK TABLE file IN ACCESS EXCLUSIVE MODE")
        failed = await upload(buyer)
    assert (failed.status_code, failed.json()["code"]) == (503, "unavailable")
    assert len(kept(world, buyer)) == 2
    part = world.services.settings.home / "files" / buyer.id / ".left.by-a-crash.part"
    part.write_bytes(b"x")
    assert await uploads.sweep(world.services) == 0, "an upload may be under way"
    old = time.time() - (uploads.ORPHAN_AGE + timedelta(minutes=1)).total_seconds()
    for path in kept(world, buyer):
        os.utime(path, (old, old))
    assert await uploads.sweep(world.services) == 2
    assert (len(kept(world, buyer)), part.exists()) == (1, False)
    assert (await buyer.get(f"/v1/files/{file['id']}/content")).content == PDF
