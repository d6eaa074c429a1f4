"""reissue_rfq through HTTP: a new draft of what has ended, linked both ways."""

from typing import Any

from award_scene import Scene

from domain.actors import SYSTEM
from domain.ids import read
from domain.rfqs import sql as rfqs
from world import Party, World

CLOSE = {"reason": "demand_changed"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


async def _ended(world: World, buyer: Party, **changes: Any) -> Any:
    rfq = await world.rfq(buyer, **changes)
    return await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/cancel", {"reason": "demand_withdrawn"})


async def _again(buyer: Party, rfq: Any, **wishes: Any) -> Any:
    return await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/reissue", wishes)


async def _replays(world: World, *found: Any) -> None:
    async with world.services.db.read(SYSTEM) as tx:
        for rfq in found:
            await world.replays(await rfqs.get(tx, read("rfq", rfq["id"])), besides=["quotes_close_at"])


async def test_both_name_each_other_to_the_buyer_alone(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    old = await _ended(world, buyer, external_reference="PR-1", standstill_days=4)
    assert old["allowed_actions"] == ["reissue_rfq"]
    response = await buyer.post(f"/v1/rfqs/{old['id']}/reissue", key="once")
    new = response.json()
    assert (response.status_code, new["state"], new["reissue_of"]) == (201, "draft", old["id"])
    assert response.headers["location"] == f"/v1/rfqs/{new['id']}"
    assert (new["external_reference"], new["quotes_close_at"], new["standstill_days"]) == (None, None, 4)
    again = await buyer.post(f"/v1/rfqs/{old['id']}/reissue", key="once")
    assert (again.content, again.headers["idempotent-replayed"]) == (response.content, "true")
    shown = await buyer.done("GET", f"/v1/rfqs/{old['id']}")
    assert (shown["reissued_as"], shown["allowed_actions"]) == (new["id"], [])
    assert [(item["action"], item["code"]) for item in shown["blocked_actions"]] == [("reissue_rfq", "duplicate")]
    assert (await supplier.done("GET", f"/v1/rfqs/{old['id']}"))["reissued_as"] is None
    [told] = await world.feed(buyer, types=["rfq.reissued"])
    assert told.data == {"reissued_as": new["id"]}
    assert await world.feed(supplier, types=["rfq.reissued"]) == []
    twice = await buyer.post(f"/v1/rfqs/{old['id']}/reissue")
    assert (twice.status_code, twice.json()["code"]) == (409, "duplicate")
    assert new["id"] in twice.json()["detail"]
    await _replays(world, old, new)


async def test_a_draft_that_is_thrown_away_gives_the_old_one_back(world: World) -> None:
    buyer = await world.party("buyer")
    old = await _ended(world, buyer)
    new = await _again(buyer, old)
    await buyer.done("DELETE", f"/v1/rfqs/{new['id']}", etag=new["etag"])
    assert (await buyer.done("GET", f"/v1/rfqs/{old['id']}"))["reissued_as"] is None
    newer = await _again(buyer, old)
    assert newer["reissue_of"] == old["id"]
    await _replays(world, old, newer)


async def test_the_reference_has_to_be_new(world: World) -> None:
    buyer = await world.party("buyer")
    old = await _ended(world, buyer, external_reference="PR-7")
    taken = await buyer.post(f"/v1/rfqs/{old['id']}/reissue", {"external_reference": "PR-7"})
    assert (taken.status_code, taken.json()["code"]) == (409, "duplicate")
    assert (await _again(buyer, old, external_reference="PR-7b"))["external_reference"] == "PR-7b"


async def test_files_and_participants_come_along_when_wished(world: World) -> None:
    buyer, first, second, gone = await world.parties("buyer", "supplier", "supplier", "supplier")
    draft = await world.draft(buyer, visibility="invited")
    file = await buyer.done(
        "POST", "/v1/files?name=d.pdf", None, content=PDF, headers={"content-type": "application/octet-stream"}
    )
    body = {"file_id": file["id"], "kind": "drawing", "line_no": 1, "confidential": True}
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/documents", body)
    ids = [party.id for party in (first, second, gone)]
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/invitations", {"supplier_ids": ids})
    old = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    await second.done("POST", f"/v1/rfqs/{old['id']}/decline", {"reason": "capacity_full"})
    await world.owner.execute("UPDATE organisation SET state = 'suspended' WHERE id = $1", gone.organisation_id)
    await buyer.done("POST", f"/v1/rfqs/{old['id']}/cancel", {"reason": "design_changed"})
    new = await _again(buyer, old, invite_previous=True)
    assert new["lines"][0]["digest"] == old["lines"][0]["digest"], "the same part, with the same drawing"
    [document] = (await buyer.done("GET", f"/v1/rfqs/{new['id']}/documents"))["items"]
    assert (document["file_id"], document["line_no"], document["confidential"]) == (file["id"], 1, True)
    invited = (await buyer.done("GET", f"/v1/rfqs/{new['id']}/participants"))["items"]
    assert {(item["supplier_id"], item["state"]) for item in invited} == {(first.id, "invited"), (second.id, "invited")}
    assert (await first.get(f"/v1/rfqs/{new['id']}")).status_code == 404, "a draft is nobody's business yet"
    await _replays(world, old, new)
    await buyer.done("DELETE", f"/v1/rfqs/{new['id']}", etag=new["etag"])
    bare = await _again(buyer, old, copy_documents=False)
    assert (await buyer.done("GET", f"/v1/rfqs/{bare['id']}/documents"))["items"] == []
    assert (await buyer.done("GET", f"/v1/rfqs/{bare['id']}/participants"))["items"] == []


async def test_only_what_was_not_awarded(world: World) -> None:
    schedule = [{"due_on": "2030-02-01", "quantity": "60"}, {"due_on": "2030-01-01", "quantity": "40"}]
    scene = await Scene.set(world, lines=3, change={"schedule": schedule})
    await scene.accepted("70", "100")
    await scene.buyer.done("POST", f"/v1/rfqs/{scene.rfq['id']}/close-without-award", CLOSE)
    new = await _again(scene.buyer, scene.rfq, remaining_only=True)
    assert [(line["line_no"], line["quantity"]) for line in new["lines"]] == [(1, "30"), (3, "100")]
    assert [(item["due_on"], item["quantity"]) for item in new["lines"][0]["schedule"]] == [("2030-02-01", "30")]
    assert len(new["lines"][1]["schedule"]) == 2


async def test_what_cannot_be_issued_again(world: World) -> None:
    scene = await Scene.set(world)
    path = f"/v1/rfqs/{scene.rfq['id']}/reissue"
    running = await scene.buyer.post(path)
    assert (running.status_code, running.json()["code"], running.json()["state"]) == (409, "wrong_state", "evaluating")
    await scene.accepted("60")
    partly = await scene.buyer.post(path)
    assert (partly.status_code, partly.json()["code"]) == (409, "wrong_state")
    assert partly.json()["allowed_actions"] == ["close_rfq_without_award"]
    await scene.buyer.done("POST", f"/v1/rfqs/{scene.rfq['id']}/close-without-award", CLOSE)
    unknown = await scene.buyer.post(path, {"lines": []})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid_body")
    assert (await scene.suppliers[0].post(path)).json()["code"] == "forbidden"
    invited = await _ended(world, scene.buyer, visibility="invited")
    assert (await scene.suppliers[0].post(f"/v1/rfqs/{invited['id']}/reissue")).status_code == 404
    dry = await scene.buyer.post(path, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (201, "draft")
    stale = await scene.buyer.post(path, etag='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    whole = await Scene.set(world)
    await whole.accepted("100")
    nothing = await whole.buyer.post(f"/v1/rfqs/{whole.rfq['id']}/reissue", {"remaining_only": True})
    assert (nothing.status_code, nothing.json()["code"]) == (422, "invalid")
    assert (await _again(whole.buyer, whole.rfq))["lines"][0]["quantity"] == "100", "the same again"
