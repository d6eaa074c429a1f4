"""download_file and get_file: ranges, conditions, headers, a storage that fails."""

import shutil
from typing import Any

import pytest

from world import Party, World

PDF = b"%PDF-1.7\n" + bytes(range(256))
SIZE = len(PDF)


async def uploaded(party: Party) -> Any:
    return (
        await party.request(
            "POST", "/v1/files?name=a.pdf", content=PDF, headers={"content-type": "application/octet-stream"}
        )
    ).json()


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=9-", 9, SIZE),
        ("bytes=-5", SIZE - 5, SIZE),
        (f"bytes=-{SIZE * 2}", 0, SIZE),
        (f"bytes=1-{SIZE * 2}", 1, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
    ],
)
async def test_one_range(world: World, asked: str, start: int, end: int) -> None:
    buyer = await world.party("buyer")
    file = await uploaded(buyer)
    part = await buyer.get(f"/v1/files/{file['id']}/content", headers={"range": asked})
    assert (part.status_code, part.content) == (206, PDF[start:end])
    assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert part.headers["content-length"] == str(end - start)


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=a-b", "bytes 0-1"])
async def test_a_range_that_we_do_not_know_is_ignored(world: World, asked: str) -> None:
    buyer = await world.party("buyer")
    file = await uploaded(buyer)
    whole = await buyer.get(f"/v1/files/{file['id']}/content", headers={"range": asked})
    assert (whole.status_code, whole.content) == (200, PDF)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=999999999999999-", "bytes=-0", "bytes=5-2"])
async def test_a_range_outside(world: World, asked: str) -> None:
    buyer = await world.party("buyer")
    file = await uploaded(buyer)
    outside = await buyer.get(f"/v1/files/{file['id']}/content", headers={"range": asked})
    assert (outside.status_code, outside.json()["code"]) == (416, "range_not_satisfiable")
    assert outside.headers["content-range"] == f"bytes */{SIZE}"


async def test_conditions(world: World) -> None:
    buyer = await world.party("buyer")
    file = await uploaded(buyer)
    path = f"/v1/files/{file['id']}/content"
    tag = f'"{file["sha256"]}"'
    for known in (tag, f'"other", W/{tag}', "*"):
        same = await buyer.get(path, headers={"if-none-match": known})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    assert (await buyer.get(path, headers={"if-none-match": '"other"'})).status_code == 200
    for validator, status in ((tag, 206), ('"other"', 200), (f"W/{tag}", 200), ("Tue, 24 Nov 2026 06:00:00 GMT", 200)):
        ranged = await buyer.get(path, headers={"range": "bytes=0-3", "if-range": validator})
        assert ranged.status_code == status, validator
    described = await buyer.get(f"/v1/files/{file['id']}")
    assert (described.json(), described.headers["etag"]) == (file, file["etag"])
    assert (await buyer.get(f"/v1/files/{file['id']}", headers={"if-none-match": file["etag"]})).status_code == 304


async def test_it_never_runs_in_our_origin(world: World) -> None:
    buyer = await world.party("buyer")
    file = await uploaded(buyer)
    for headers in ({}, {"range": "bytes=1-2"}, {"accept": "application/pdf"}, {"accept-encoding": "gzip"}):
        got = (await buyer.get(f"/v1/files/{file['id']}/content", headers=headers)).headers
        assert got["content-type"] == "application/pdf"
        assert got["content-disposition"] == "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf"
        assert got["x-content-type-options"] == "nosniff"
        assert got["content-security-policy"] == "sandbox; default-src 'none'"
        assert got["cache-control"] == "private, no-store"
        assert "content-encoding" not in got


async def test_nobody_else_learns_of_it(world: World) -> None:
    buyer = await world.party("buyer")
    file = await uploaded(buyer)
    unknown = f"fil_{'0' * 32}"
    for role in ("buyer", "supplier", "facilitator", "operator"):
        stranger = await world.party(role)
        for path in (f"/v1/files/{file['id']}", f"/v1/files/{file['id']}/content"):
            there, nowhere = await stranger.get(path), await stranger.get(path.replace(file["id"], unknown))
            assert (there.status_code, there.json()["detail"]) == (404, nowhere.json()["detail"])
    writer = await world.key(buyer.organisation_id, "writer", scopes=["files:write"])
    assert (await writer.get(f"/v1/files/{file['id']}")).json()["code"] == "scope_missing"
    assert (await world.http.get(f"/v1/files/{file['id']}/content")).status_code == 401
    assert (await buyer.get(f"/v1/files/{file['id'][4:]}")).status_code == 404


async def test_a_storage_that_lost_the_bytes_is_a_problem_and_no_broken_answer(world: World) -> None:
    buyer = await world.party("buyer")
    file = await uploaded(buyer)
    shutil.rmtree(world.services.settings.home / "files" / buyer.id)
    gone = await buyer.get(f"/v1/files/{file['id']}/content")
    assert (gone.status_code, gone.json()["code"]) == (503, "unavailable")
    assert "retry-after" in gone.headers
