"""join_rfq, accept_nda, decline_rfq, and an invited supplier's first look."""

import asyncio
from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.participations import sql
from world import Party, World


async def invited(world: World, **changes: Any) -> tuple[Party, Party, Any]:
    """(buyer, invited supplier, RFQ for invited suppliers)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    rfq = await world.rfq(buyer, visibility="invited", **changes)
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/invitations", {"supplier_ids": [supplier.id]})
    return buyer, supplier, rfq


async def act(party: Party, rfq: Any, action: str, body: Any = None, **more: Any) -> Any:
    return await party.post(f"/v1/rfqs/{rfq['id']}/{action}", body, **more)


async def part_of(world: World, supplier: Party, rfq: Any) -> Any:
    """The participation as it is stored; its events fold to it."""
    async with world.services.db.read(SYSTEM) as tx:
        part = await sql.find(tx, read("rfq", rfq["id"]), supplier.organisation_id)
    assert part is not None
    await world.replays(part)
    return part


async def verbs(world: World, party: Party, rfq: Any) -> list[str]:
    return [event.type for event in await world.feed(party) if event.data.get("rfq_id") == rfq["id"]]


async def test_the_first_look_is_noted_once(world: World) -> None:
    buyer, supplier, rfq = await invited(world)
    await supplier.done("GET", "/v1/rfqs")
    assert (await part_of(world, supplier, rfq)).state == "invited", "a list is no look"
    seen = await asyncio.gather(*(supplier.done("GET", f"/v1/rfqs/{rfq['id']}") for _ in range(5)))
    assert {(item["participation"], item["etag"]) for item in seen} == {("viewed", rfq["etag"])}
    assert (await buyer.done("GET", f"/v1/rfqs/{rfq['id']}"))["participation"] is None
    assert (await part_of(world, supplier, rfq)).version == 2
    assert await verbs(world, buyer, rfq) == ["participation.invited", "participation.viewed"]


async def test_joining_an_open_rfq(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    rfq = await world.rfq(buyer)
    dry = await act(supplier, rfq, "join", headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"], dry.headers["preference-applied"]) == (200, "interested", "dry-run")
    first, again = await act(supplier, rfq, "join", key="k"), await act(supplier, rfq, "join", key="k")
    assert (first.status_code, first.json()["state"], first.json()["etag"]) == (200, "interested", '"1"')
    assert first.headers["etag"] == '"1"'
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    assert first.json()["allowed_actions"] == ["decline_rfq"]
    assert [blocked["action"] for blocked in first.json()["blocked_actions"]] == ["accept_nda"]
    assert first.json()["supplier_name"] is None
    twice = await act(supplier, rfq, "join")
    assert (twice.status_code, twice.json()["code"], twice.json()["state"]) == (409, "wrong_state", "interested")
    assert await verbs(world, buyer, rfq) == ["participation.joined"]
    await part_of(world, supplier, rfq)


async def test_two_requests_join_once(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    rfq = await world.rfq(buyer)
    answers = await asyncio.gather(*(act(supplier, rfq, "join") for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    await part_of(world, supplier, rfq)


async def test_declining_with_a_reason_and_coming_back(world: World) -> None:
    buyer, supplier, rfq = await invited(world)
    vague = await act(supplier, rfq, "decline", {"reason": "no_such_reason"})
    assert (vague.status_code, vague.json()["errors"][0]["pointer"]) == (422, "/reason")
    stale = await act(supplier, rfq, "decline", {"reason": "capacity_full"}, etag='"9"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    body = {"reason": "capacity_full", "note": "Until March."}
    declined = (await act(supplier, rfq, "decline", body, etag='"1"')).json()
    assert (declined["state"], declined["decline_reason"], declined["decline_note"]) == (
        "declined",
        "capacity_full",
        "Until March.",
    )
    assert declined["allowed_actions"] == ["join_rfq"]
    listed = (await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/participants"))["items"][0]
    assert (listed["decline_reason"], listed["decline_note"]) == ("capacity_full", "Until March.")
    back = (await act(supplier, rfq, "join")).json()
    assert (back["state"], back["decline_reason"], back["decline_note"]) == ("interested", None, None)
    told = [event for event in await world.feed(buyer) if event.type == "participation.declined"]
    assert told[0].data["reason"] == "capacity_full"
    assert "note" not in told[0].data
    await part_of(world, supplier, rfq)


async def test_after_the_deadline(world: World) -> None:
    _, supplier, rfq = await invited(world)
    await world.pass_deadline(rfq)
    for action, body in (("join", None), ("decline", {"reason": "other"})):
        late = await act(supplier, rfq, action, body)
        assert (late.status_code, late.json()["code"]) == (409, "deadline_passed")


async def test_accepting_the_agreement_keeps_who_when_and_which(world: World) -> None:
    buyer, supplier, rfq = await invited(world, nda_required=True, nda_text="Keep it.")
    sales = await world.key(supplier.organisation_id, "sales", person="Siti")
    other = await act(sales, rfq, "accept-nda", {"nda_version": 2})
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (422, "/nda_version")
    first = await act(sales, rfq, "accept-nda", {"nda_version": 1}, key="k")
    again = await act(sales, rfq, "accept-nda", {"nda_version": 1}, key="k")
    assert again.content == first.content
    accepted = first.json()
    assert (accepted["nda_accepted_by"], accepted["nda_version"], accepted["state"]) == ("Siti", 1, "invited")
    assert accepted["nda_accepted_at"] is not None
    seen = await supplier.done("GET", f"/v1/rfqs/{rfq['id']}")
    assert (seen["nda_accepted"], seen["participation"]) == (True, "viewed")
    assert "participation.nda_accepted" in await verbs(world, buyer, rfq)
    await part_of(world, supplier, rfq)


async def test_accepting_is_refused(world: World) -> None:
    _, supplier, plain = await invited(world)
    unasked = await act(supplier, plain, "accept-nda", {"nda_version": 1})
    assert (unasked.status_code, unasked.json()["code"]) == (403, "forbidden")
    buyer = await world.party("buyer")
    asked = await world.rfq(buyer, nda_required=True, nda_text="Keep it.")
    early = await act(supplier, asked, "accept-nda", {"nda_version": 1})
    assert (early.status_code, early.json()["code"]) == (403, "not_participating")
    await act(supplier, asked, "join")
    await act(supplier, asked, "decline", {"reason": "other"})
    gone = await act(supplier, asked, "accept-nda", {"nda_version": 1})
    assert (gone.status_code, gone.json()["code"]) == (409, "wrong_state")


@pytest.mark.parametrize(
    ("action", "body"), [("join", None), ("accept-nda", {"nda_version": 1}), ("decline", {"reason": "other"})]
)
async def test_who_may_not(world: World, action: str, body: Any) -> None:
    buyer, supplier, rfq = await invited(world, nda_required=True, nda_text="Keep it.")
    for role in ("supplier", "buyer", "facilitator", "operator"):
        assert (await act(await world.party(role), rfq, action, body)).status_code == 404, role
    own = await act(buyer, rfq, action, body)
    assert (own.status_code, own.json()["code"]) == (403, "forbidden")
    reader = await world.key(supplier.organisation_id, "reader", scopes=["rfqs:read"])
    assert (await act(reader, rfq, action, body)).json()["code"] == "scope_missing"
    assert (await act(supplier, rfq, action, body, key="")).json()["code"] == "idempotency_key_required"
    assert (await world.http.post(f"/v1/rfqs/{rfq['id']}/{action}")).status_code == 401
    open_to_all = await world.rfq(buyer, nda_required=True, nda_text="Keep it.")
    unverified = await world.party("supplier", state="registered")
    refused = await act(unverified, open_to_all, action, body)
    assert (refused.status_code, refused.json()["code"]) == (403, "organisation_not_verified")
