"""invite_suppliers and list_participants."""

from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.ids import read, show
from domain.participations import sql
from world import Party, World


async def invite(buyer: Party, rfq: Any, *suppliers: Party, **more: Any) -> Any:
    ids = [supplier.id for supplier in suppliers]
    return await buyer.post(f"/v1/rfqs/{rfq['id']}/invitations", {"supplier_ids": ids}, **more)


async def participants(buyer: Party, rfq: Any) -> list[Any]:
    return list((await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/participants?limit=100"))["items"])


async def mine(world: World, party: Party, rfq: Any) -> list[str]:
    """Types of the events of one RFQ that a party sees."""
    return [
        event.type
        for event in await world.feed(party)
        if event.data.get("rfq_id") == rfq["id"] or (event.subject_id and show("rfq", event.subject_id) == rfq["id"])
    ]


async def test_a_draft_is_a_secret_until_it_is_published(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    draft = await world.draft(buyer, visibility="invited")
    assert (await invite(buyer, draft, supplier)).status_code == 200
    assert [(item["state"], item["supplier_name"]) for item in await participants(buyer, draft)] == [
        ("invited", supplier.name)
    ]
    assert await mine(world, buyer, draft) == ["rfq.created", "participation.invited"]
    assert await mine(world, supplier, draft) == []
    assert draft["id"] not in [card["id"] for card in (await supplier.done("GET", "/v1/rfqs"))["items"]]
    for path in ("", "/documents", "/participants"):
        assert (await supplier.get(f"/v1/rfqs/{draft['id']}{path}")).status_code == 404
    for path, body in (("join", None), ("accept-nda", {"nda_version": 1}), ("decline", {"reason": "other"})):
        assert (await supplier.post(f"/v1/rfqs/{draft['id']}/{path}", body)).status_code == 404
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    assert await mine(world, supplier, draft) == ["rfq.published"]
    card = next(card for card in (await supplier.done("GET", "/v1/rfqs"))["items"] if card["id"] == draft["id"])
    assert card["participation"] == "invited"
    late = await world.party("supplier")
    await invite(buyer, draft, late)
    assert await mine(world, late, draft) == ["participation.invited"]


async def test_forty_at_once_one_event_each_and_none_twice(world: World) -> None:
    buyer = await world.party("buyer")
    suppliers = [await world.party("supplier") for _ in range(40)]
    rfq = await world.rfq(buyer, visibility="invited")
    first = await invite(buyer, rfq, *suppliers[:25], key="once")
    again = await invite(buyer, rfq, *suppliers[:25], key="once")
    assert (first.status_code, again.content, again.headers["idempotent-replayed"]) == (200, first.content, "true")
    assert (await invite(buyer, rfq, *suppliers[:25], suppliers[0], key="once")).json()[
        "code"
    ] == "idempotency_key_reused"
    await suppliers[0].done("POST", f"/v1/rfqs/{rfq['id']}/join")
    await invite(buyer, rfq, *suppliers, suppliers[39], suppliers[39])
    found = await participants(buyer, rfq)
    assert sorted(item["supplier_id"] for item in found) == sorted(supplier.id for supplier in suppliers)
    assert {item["supplier_id"]: item["state"] for item in found}[suppliers[0].id] == "interested"
    assert (await mine(world, buyer, rfq)).count("participation.invited") == 40
    async with world.services.db.read(SYSTEM) as tx:
        for part, _ in await sql.of_rfq(tx, read("rfq", rfq["id"]), after=None, limit=100):
            await world.replays(part)


async def test_one_that_cannot_be_invited_refuses_all_by_its_place(world: World) -> None:
    buyer = await world.party("buyer", "supplier")
    good, unverified, no_supplier = (
        await world.party("supplier"),
        await world.party("supplier", state="registered"),
        await world.party("buyer"),
    )
    rfq = await world.rfq(buyer, visibility="invited")
    ids = [good.id, unverified.id, no_supplier.id, buyer.id, "org_" + "0" * 32, "not an id", rfq["id"]]
    refused = await buyer.post(f"/v1/rfqs/{rfq['id']}/invitations", {"supplier_ids": ids})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert [error["pointer"] for error in refused.json()["errors"]] == [
        f"/supplier_ids/{place}" for place in range(1, 7)
    ]
    assert await participants(buyer, rfq) == []


@pytest.mark.parametrize("ids", [[], ["org_" + "0" * 32] * 201])
async def test_one_to_two_hundred(world: World, ids: list[str]) -> None:
    buyer = await world.party("buyer")
    rfq = await world.draft(buyer)
    refused = await buyer.post(f"/v1/rfqs/{rfq['id']}/invitations", {"supplier_ids": ids})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_body")


async def test_when_it_is_too_late_and_who_may_not(world: World) -> None:
    buyer, supplier, rival = await world.party("buyer"), await world.party("supplier"), await world.party("buyer")
    rfq = await world.rfq(buyer, visibility="invited")
    assert (await invite(rival, rfq, supplier)).status_code == 404
    assert (await invite(supplier, rfq, supplier)).status_code == 404
    reader = await world.key(buyer.organisation_id, "reader", scopes=["rfqs:read"])
    assert (await invite(reader, rfq, supplier)).json()["code"] == "scope_missing"
    assert (await invite(buyer, rfq, supplier, key="")).json()["code"] == "idempotency_key_required"
    dry = await invite(buyer, rfq, supplier, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.headers["preference-applied"]) == (200, "dry-run")
    assert await participants(buyer, rfq) == []
    await invite(buyer, rfq, supplier)
    refused = await invite(supplier, rfq, rival)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    await world.pass_deadline(rfq)
    late = await invite(buyer, rfq, await world.party("supplier"))
    assert (late.status_code, late.json()["code"]) == (409, "deadline_passed")
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/cancel", {"reason": "other"})
    ended = await invite(buyer, rfq, await world.party("supplier"))
    assert (ended.status_code, ended.json()["code"]) == (409, "wrong_state")


async def test_a_draft_goes_with_its_invitations(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    draft = await world.draft(buyer, visibility="invited")
    await invite(buyer, draft, supplier)
    gone = await buyer.request("DELETE", f"/v1/rfqs/{draft['id']}", etag=draft["etag"])
    assert gone.status_code == 204, gone.text
    assert (
        await world.owner.fetchval("SELECT count(*) FROM participation WHERE rfq_id = $1", read("rfq", draft["id"]))
        == 0
    )
    assert await mine(world, supplier, draft) == []


async def test_only_the_buyer_lists_participants(world: World) -> None:
    buyer, supplier, rival = await world.party("buyer"), await world.party("supplier"), await world.party("supplier")
    rfq = await world.rfq(buyer, visibility="invited")
    suppliers = [supplier, *[await world.party("supplier") for _ in range(2)]]
    await invite(buyer, rfq, *suppliers)
    path = f"/v1/rfqs/{rfq['id']}/participants"
    assert (await supplier.get(path)).json()["code"] == "forbidden"
    assert (await rival.get(path)).status_code == 404
    page = await buyer.done("GET", f"{path}?limit=2")
    rest = await buyer.done("GET", f"{path}?limit=2&after={page['next_cursor']}")
    both = page["items"] + rest["items"]
    assert {item["supplier_id"] for item in both} == {party.id for party in suppliers}
    assert [item["id"] for item in both] == sorted(item["id"] for item in both)
    assert rest["next_cursor"] is None
    assert [item["allowed_actions"] for item in page["items"]] == [[], []]
