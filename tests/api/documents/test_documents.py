"""attach_document, list_documents, detach_document: they change the RFQ, its version, its digests, its ledger."""

from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.rfqs import sql
from world import Party, World

RAW = {"content-type": "application/octet-stream"}


async def uploaded(party: Party, content: bytes = b"%PDF-1.7\n") -> Any:
    return (await party.request("POST", "/v1/files?name=a.pdf", content=content, headers=RAW)).json()


def body(file: Any, **changes: Any) -> dict[str, Any]:
    return {"file_id": file["id"], "kind": "drawing", **changes}


async def replayed(world: World, rfq: Any) -> None:
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("rfq", rfq["id"])))


async def test_attaching_steps_the_rfq_and_moves_only_the_digests_it_concerns(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer, lines=2)
    path = f"/v1/rfqs/{draft['id']}/documents"
    file = await uploaded(buyer)
    first = await buyer.post(path, body(file, line_no=2, label="Shaft", revision_label="B", confidential=True), key="k")
    again = await buyer.post(path, body(file, line_no=2, label="Shaft", revision_label="B", confidential=True), key="k")
    assert (first.status_code, again.content, again.headers["idempotent-replayed"]) == (201, first.content, "true")
    document = first.json()["document"]
    assert (document["sha256"], document["line_no"], document["revision_label"]) == (file["sha256"], 2, "B")
    assert first.json()["etag"] == first.headers["etag"] == '"2"'
    rfq = await buyer.done("GET", f"/v1/rfqs/{draft['id']}")
    assert rfq["etag"] == '"2"'
    moved = [now["digest"] != then["digest"] for now, then in zip(rfq["lines"], draft["lines"], strict=True)]
    assert moved == [False, True]
    await buyer.done("POST", path, body(await uploaded(buyer, b"%PDF-1.4\n")))
    whole = await buyer.done("GET", f"/v1/rfqs/{draft['id']}")
    assert all(now["digest"] != then["digest"] for now, then in zip(whole["lines"], rfq["lines"], strict=True))
    listed = await buyer.done("GET", path)
    assert listed["items"][0]["id"] == document["id"]
    assert [item["unreadable"] for item in listed["items"]] == [None, None]
    await replayed(world, draft)


async def test_detaching_gives_back_the_digest_and_the_new_tag(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    path = f"/v1/rfqs/{draft['id']}/documents"
    made = (await buyer.post(path, body(await uploaded(buyer)))).json()
    there = f"{path}/{made['document']['id']}"
    missing = await buyer.request("DELETE", there)
    assert (missing.status_code, missing.json()["code"]) == (428, "version_required")
    stale = await buyer.request("DELETE", there, etag=draft["etag"])
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    gone = await buyer.request("DELETE", there, etag=made["etag"])
    assert (gone.status_code, gone.headers["etag"], gone.content) == (204, '"3"', b"")
    assert (await buyer.done("GET", path))["items"] == []
    rfq = await buyer.done("GET", f"/v1/rfqs/{draft['id']}")
    assert (rfq["etag"], rfq["lines"]) == ('"3"', draft["lines"])
    twice = await buyer.request("DELETE", there, etag=rfq["etag"])
    assert (twice.status_code, twice.json()["code"]) == (404, "not_found")
    await replayed(world, draft)


async def test_a_drawing_makes_a_line_complete_and_is_frozen_by_publication(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer, lines=1)
    bare = await buyer.done(
        "PATCH", f"/v1/rfqs/{draft['id']}", {"lines": [world.line(specification=None)]}, etag=draft["etag"]
    )
    assert (await buyer.post(f"/v1/rfqs/{bare['id']}/publish")).json()["code"] == "incomplete"
    path = f"/v1/rfqs/{draft['id']}/documents"
    file = await uploaded(buyer)
    made = await buyer.done("POST", path, body(file, line_no=1))
    rfq = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    for refused in (
        await buyer.post(path, body(file)),
        await buyer.request("DELETE", f"{path}/{made['document']['id']}", etag=rfq["etag"]),
    ):
        assert (refused.status_code, refused.json()["code"], refused.json()["state"]) == (409, "wrong_state", "open")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"line_no": 7}, 422, "invalid"),
        ({"file_id": "fil_" + "0" * 32}, 404, "not_found"),
        ({"file_id": "doc_" + "0" * 32}, 404, "not_found"),
        ({"kind": "poem"}, 422, "invalid_body"),
        ({"label": ""}, 422, "invalid_body"),
        ({"unknown": 1}, 422, "invalid_body"),
    ],
)
async def test_what_cannot_be_attached(world: World, changes: dict[str, Any], status: int, code: str) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    refused = await buyer.post(f"/v1/rfqs/{draft['id']}/documents", body(await uploaded(buyer), **changes))
    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    assert (await buyer.done("GET", f"/v1/rfqs/{draft['id']}"))["etag"] == draft["etag"]


async def test_only_the_buyers_own_clean_file(world: World) -> None:
    buyer, other = await world.party("buyer"), await world.party("buyer")
    draft = await world.draft(buyer)
    path = f"/v1/rfqs/{draft['id']}/documents"
    assert (await buyer.post(path, body(await uploaded(other)))).status_code == 404
    file = await uploaded(buyer)
    await world.owner.execute("UPDATE file SET state = 'scanning' WHERE id = $1", read("file", file["id"]))
    refused = await buyer.post(path, body(file))
    assert (refused.status_code, refused.json()["code"]) == (409, "file_not_clean")
    served = await buyer.get(f"/v1/files/{file['id']}/content")
    assert served.status_code == 409, "its bytes were served before they were checked"
    assert served.json()["code"] == "file_not_clean"
    stale = await buyer.post(path, body(file), etag='"9"')
    assert stale.json()["code"] == "stale_version"


async def test_who_may_not(world: World) -> None:
    buyer, rival, supplier = await world.party("buyer"), await world.party("buyer"), await world.party("supplier")
    draft = await world.draft(buyer, visibility="invited")
    path = f"/v1/rfqs/{draft['id']}/documents"
    made = await buyer.done("POST", path, body(await uploaded(buyer)))
    there = f"{path}/{made['document']['id']}"
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/invitations", {"supplier_ids": [supplier.id]})
    foreign = await uploaded(rival)

    async def tries(party: Party) -> list[int]:
        return [
            (await party.post(path, body(foreign))).status_code,
            (await party.get(path)).status_code,
            (await party.request("DELETE", there, etag='"2"')).status_code,
        ]

    assert await tries(rival) == await tries(supplier) == [404, 404, 404]
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    assert await tries(rival) == [404, 404, 404], "an invited-only RFQ does not exist for others"
    assert await tries(supplier) == [403, 200, 403]
    reader = await world.key(buyer.organisation_id, "reader", scopes=["rfqs:read"])
    assert (await reader.post(path, body(foreign))).json()["code"] == "scope_missing"
    assert (await world.http.get(path)).status_code == 401


async def test_pages(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    path = f"/v1/rfqs/{draft['id']}/documents"
    file = await uploaded(buyer)
    ids = [(await buyer.done("POST", path, body(file)))["document"]["id"] for _ in range(5)]
    found: list[str] = []
    after = ""
    while True:
        page = await buyer.done("GET", f"{path}?limit=2{after}")
        found += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        after = f"&after={page['next_cursor']}"
    assert found == ids
    other = await world.draft(buyer)
    assert (await buyer.get(f"/v1/rfqs/{other['id']}/documents?limit=2{after}")).json()["code"] == "invalid_parameter"


async def test_a_line_with_documents_is_not_lost_by_a_slip(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer, lines=2)
    path = f"/v1/rfqs/{draft['id']}/documents"
    made = await buyer.done("POST", path, body(await uploaded(buyer), line_no=2))
    refused = await buyer.request(
        "PATCH", f"/v1/rfqs/{draft['id']}", body={"lines": [world.line(1), world.line(3)]}, etag=made["etag"]
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/lines"]
    gone = await buyer.request("DELETE", f"{path}/{made['document']['id']}", etag=made["etag"])
    await buyer.done("PATCH", f"/v1/rfqs/{draft['id']}", {"lines": [world.line(1)]}, etag=gone.headers["etag"])
