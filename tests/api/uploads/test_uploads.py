"""Resumable uploads through HTTP: offsets, checksums, expiry, quota, and the checks of any file at the end."""

import asyncio
import base64
import hashlib
import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import httpx
import msgspec
import pytest

from api import resumable
from api.uploads import sweep
from domain.ids import read
from domain.uploads import commands
from domain.uploads.model import LIFE, MAX_OPEN
from world import Party, World

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40
TUS = {"tus-resumable": "1.0.0"}
CHUNK = {**TUS, "content-type": "application/offset+octet-stream"}


def named(name: str) -> str:
    return f"filename {base64.b64encode(name.encode()).decode()},filetype {base64.b64encode(b'x/y').decode()}"


async def begin(party: Party, length: int = len(PDF), name: str = "gambar 1.pdf", **more: Any) -> httpx.Response:
    headers = {**TUS, "upload-length": str(length), "upload-metadata": named(name)}
    return await party.post("/v1/uploads", headers=headers, key=more.get("key", ""))


async def send(party: Party, path: str, offset: int, content: bytes | AsyncIterator[bytes], **headers: str) -> Any:
    return await party.request(
        "PATCH", path, headers={**CHUNK, "upload-offset": str(offset), **headers}, content=content
    )


async def look(party: Party, path: str) -> httpx.Response:
    return await party.request("HEAD", path, headers=TUS)


def is_refused(response: httpx.Response, status: int, code: str) -> None:
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["tus-resumable"] == "1.0.0"


async def stored(world: World) -> int:
    folder = world.services.settings.home / "files"
    return await asyncio.to_thread(lambda: sum(path.is_file() for path in folder.rglob("*")))


async def test_what_there_is_of_tus_is_told_without_a_key(world: World) -> None:
    found = await world.http.options("/v1/uploads")
    assert found.status_code == 204
    assert found.headers["tus-version"] == found.headers["tus-resumable"] == "1.0.0"
    assert found.headers["tus-extension"] == "creation,checksum,expiration,termination"
    assert found.headers["tus-checksum-algorithm"] == "sha1,sha256"
    assert int(found.headers["tus-max-size"]) == world.services.settings.max_upload


async def test_parts_become_one_file(world: World) -> None:
    party = await world.party("supplier")
    before = await stored(world)
    made = await begin(party)
    path = made.headers["location"]
    assert (made.status_code, path) == (201, f"/v1/uploads/{made.json()['id']}")
    assert made.headers["upload-expires"].endswith("GMT")
    assert made.json()["state"] == "receiving"
    first = await send(party, path, 0, PDF[:1000])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "1000")
    assert "jembatan-file-id" not in first.headers
    seen = await look(party, path)
    assert (seen.headers["upload-offset"], seen.headers["upload-length"]) == ("1000", str(len(PDF)))
    assert (seen.headers["upload-metadata"], seen.headers["cache-control"]) == (named("gambar 1.pdf"), "no-store")
    for offset in (0, 999, 1001, len(PDF)):
        is_refused(await send(party, path, offset, b"x"), 409, "offset_mismatch")
    last = await send(party, path, 1000, PDF[1000:])
    file_id = last.headers["jembatan-file-id"]
    shown = await party.done("GET", path)
    assert (shown["state"], shown["file_id"], shown["offset"]) == ("complete", file_id, len(PDF))
    file = await party.done("GET", f"/v1/files/{file_id}")
    assert (file["name"], file["media_type"], file["sha256"]) == (
        "gambar 1.pdf",
        "application/pdf",
        hashlib.sha256(PDF).hexdigest(),
    )
    assert (await party.get(f"/v1/files/{file_id}/content")).content == PDF
    assert await stored(world) == before + 1
    again = await send(party, path, len(PDF), b"")
    assert (again.status_code, again.headers["jembatan-file-id"]) == (204, file_id)
    assert [event.type for event in await world.feed(party) if event.subject_type == "file"] == [
        "file.received",
        "file.passed",
    ]


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
async def test_a_checksum_keeps_all_of_a_request_or_nothing(world: World, algorithm: str) -> None:
    party = await world.party("supplier")
    path = (await begin(party)).headers["location"]
    before = await stored(world)
    good = f"{algorithm} {base64.b64encode(hashlib.new(algorithm, PDF[:500]).digest()).decode()}"
    is_refused(await send(party, path, 0, PDF[1:501], **{"upload-checksum": good}), 460, "checksum_mismatch")
    assert (await look(party, path)).headers["upload-offset"] == "0"
    assert await stored(world) == before
    assert (await send(party, path, 0, PDF[:500], **{"upload-checksum": good})).status_code == 204
    for odd in ("md5 AAAA", f"{algorithm} !", ""):
        is_refused(await send(party, path, 500, b"x", **{"upload-checksum": odd}), 400, "invalid_parameter")


async def test_the_version_is_asked_for(world: World) -> None:
    party = await world.party("supplier")
    path = (await begin(party)).headers["location"]
    for method in ("PATCH", "DELETE"):
        headers = {"upload-offset": "0", "content-type": CHUNK["content-type"], "tus-resumable": "0.2.2"}
        answer = await party.request(method, path, headers=headers)
        is_refused(answer, 412, "tus_version_unsupported")
        assert answer.headers["tus-version"] == "1.0.0"
    assert (await party.request("HEAD", path)).status_code == 412
    is_refused(await party.post("/v1/uploads", key=""), 412, "tus_version_unsupported")
    other = await party.request("PATCH", path, headers={**TUS, "upload-offset": "0"}, content=b"x")
    is_refused(other, 415, "unsupported_media_type")


async def test_only_its_organisation_knows_of_it(world: World) -> None:
    party, other = await world.parties("supplier", "buyer")
    path = (await begin(party)).headers["location"]
    assert (await look(other, path)).status_code == 404
    is_refused(await other.get(path), 404, "not_found")
    is_refused(await send(other, path, 0, b"x"), 404, "not_found")
    is_refused(await other.request("DELETE", path, headers=TUS), 404, "not_found")
    reader = await world.key(party.organisation_id, "reader", scopes=["files:read"])
    is_refused(await send(reader, path, 0, b"x"), 403, "scope_missing")
    is_refused(await world.http.post("/v1/uploads", headers=TUS), 401, "unauthenticated")


async def test_a_key_is_honoured_and_not_asked_for(world: World) -> None:
    party = await world.party("supplier")
    first, again = await begin(party, key="k"), await begin(party, key="k")
    assert (again.json(), again.headers["location"]) == (first.json(), first.headers["location"])
    is_refused(await begin(party, len(PDF) + 1, key="k"), 422, "idempotency_key_reused")
    assert (await begin(party)).json()["id"] != (await begin(party)).json()["id"]


@pytest.mark.parametrize(
    ("length", "metadata", "status", "code"),
    [
        ("0", named("a.pdf"), 422, "file_refused"),
        ("1", named("a.exe"), 422, "file_refused"),
        ("1", named("../a.pdf"), 422, "file_refused"),
        (str(10**12), named("a.pdf"), 413, "too_large"),
        ("-1", named("a.pdf"), 400, "invalid_parameter"),
        ("", named("a.pdf"), 400, "invalid_parameter"),
        ("1", "", 400, "invalid_parameter"),
        ("1", "filename ???", 400, "invalid_parameter"),
        ("1", "filename " + "A" * 5000, 400, "invalid_parameter"),
    ],
)
async def test_what_cannot_become_a_file_is_refused_at_once(
    world: World, length: str, metadata: str, status: int, code: str
) -> None:
    party = await world.party("supplier")
    headers = {**TUS, "upload-length": length, "upload-metadata": metadata}
    is_refused(await party.post("/v1/uploads", headers=headers, key=""), status, code)


async def test_content_that_lies_is_refused_at_the_end_and_leaves_nothing(world: World) -> None:
    party = await world.party("supplier")
    before = await stored(world)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../evil.txt", "x")
    for name, content in (("a.pdf", b"MZ" + bytes(100)), ("a.zip", out.getvalue())):
        path = (await begin(party, len(content), name)).headers["location"]
        is_refused(await send(party, path, 0, content), 422, "file_refused")
        shown = await party.done("GET", path)
        assert (shown["state"], shown["file_id"]) == ("refused", None)
        assert shown["refusal"]
        is_refused(await send(party, path, len(content), b""), 422, "file_refused")
    assert await stored(world) == before


async def test_no_more_is_taken_than_was_announced(world: World) -> None:
    party = await world.party("supplier")
    path = (await begin(party)).headers["location"]
    is_refused(await send(party, path, 0, PDF + b"x"), 413, "too_large")


async def test_of_two_senders_at_one_place_one_counts(world: World) -> None:
    party = await world.party("supplier")
    path = (await begin(party)).headers["location"]
    both = await asyncio.gather(*(send(party, path, 0, PDF[:3000]) for _ in range(4)))
    assert sorted(answer.status_code for answer in both) == [204, 409, 409, 409]
    done = await send(party, path, 3000, PDF[3000:])
    content = await party.get(f"/v1/files/{done.headers['jembatan-file-id']}/content")
    assert content.content == PDF


async def test_what_comes_too_slowly_is_kept_and_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    party = await world.party("supplier")
    path = (await begin(party)).headers["location"]
    end = asyncio.Event()

    async def dripping(*_: object) -> AsyncIterator[bytes]:
        yield PDF[:100]
        await end.wait()

    monkeypatch.setattr("api.routes.uploads._chunks", dripping)
    hasty = msgspec.structs.replace(world.services.settings, upload_idle_seconds=0.05)
    monkeypatch.setattr(world.services, "settings", hasty)
    is_refused(await send(party, path, 0, b"x"), 408, "too_slow")
    assert (await look(party, path)).headers["upload-offset"] == "100"


async def test_few_are_under_way_at_once(world: World) -> None:
    party = await world.party("supplier")
    made = await asyncio.gather(*(begin(party) for _ in range(MAX_OPEN + 3)))
    assert sorted(answer.status_code for answer in made) == [201] * MAX_OPEN + [409] * 3
    is_refused(await begin(party), 409, "limit_reached")
    one = next(answer for answer in made if answer.status_code == 201)
    assert (await party.request("DELETE", one.headers["location"], headers=TUS)).status_code == 204
    assert (await begin(party)).status_code == 201


async def test_giving_up_leaves_nothing_but_a_file(world: World) -> None:
    party = await world.party("supplier")
    before = await stored(world)
    path = (await begin(party)).headers["location"]
    await send(party, path, 0, PDF[:100])
    assert await stored(world) == before + 1
    assert (await party.request("DELETE", path, headers=TUS)).status_code == 204
    assert await stored(world) == before
    assert (await look(party, path)).status_code == 404
    whole = (await begin(party)).headers["location"]
    done = await send(party, whole, 0, PDF)
    await party.request("DELETE", whole, headers=TUS)
    assert (await party.get(f"/v1/files/{done.headers['jembatan-file-id']}")).status_code == 200


async def test_what_has_expired_is_cleared_away(world: World) -> None:
    party = await world.party("supplier")
    before = await stored(world)
    path = (await begin(party)).headers["location"]
    await send(party, path, 0, PDF[:100])
    upload_id = read("upload", path.rsplit("/", 1)[1])
    await world.owner.execute("UPDATE upload SET expires_at = clock_timestamp() WHERE id = $1", upload_id)
    assert (await look(party, path)).status_code == 410
    is_refused(await send(party, path, 100, b"x"), 410, "upload_expired")
    assert await resumable.tend(world.services) >= 1
    assert (await look(party, path)).status_code == 404
    assert await stored(world) == before


async def test_what_got_bytes_since_it_was_looked_for_is_not_cleared_away(world: World) -> None:
    party = await world.party("supplier")
    path = (await begin(party)).headers["location"]
    await send(party, path, 0, PDF[:100])
    upload_id = read("upload", path.rpartition("/")[2])
    assert await commands.delete(world.services.db, upload_id, only_expired=True) == []
    assert (await send(party, path, 100, PDF[100:])).headers["jembatan-file-id"]


async def test_a_worker_finishes_what_a_killed_process_left_whole(world: World) -> None:
    party = await world.party("supplier")
    made = await begin(party)
    path, upload_id = made.headers["location"], read("upload", made.json()["id"])
    await send(party, path, 0, PDF[:100])
    assert not await commands.claim(world.services.db, upload_id)  # not whole
    await world.owner.execute("UPDATE upload SET checking_until = now() + interval '1 minute' WHERE id = $1", upload_id)
    last = await send(party, path, 100, PDF[100:])  # somebody else has it in hand
    assert (last.status_code, "jembatan-file-id" in last.headers) == (204, False)
    assert (await party.done("GET", path))["state"] == "checking"
    await resumable.tend(world.services)  # of other tests' uploads there may be some to tend
    assert (await party.done("GET", path))["state"] == "checking"
    await world.owner.execute("UPDATE upload SET checking_until = now() WHERE id = $1", upload_id)
    assert await resumable.tend(world.services) >= 1
    shown = await party.done("GET", path)
    assert shown["state"] == "complete"
    assert (await party.get(f"/v1/files/{shown['file_id']}/content")).content == PDF


async def test_the_sweep_knows_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    party = await world.party("supplier")
    path = (await begin(party)).headers["location"]
    await send(party, path, 0, PDF[:100])
    monkeypatch.setattr("api.uploads.ORPHAN_AGE", -LIFE)
    await sweep(world.services)
    done = await send(party, path, 100, PDF[100:])
    assert (await party.get(f"/v1/files/{done.headers['jembatan-file-id']}/content")).content == PDF
