"""put_members and the members' answers: by whom, whom, and what each hears."""

from typing import Any

import pytest
from cooperative_scene import confirmed, cooperative, name_members, own, workshop

from domain.actors import SYSTEM
from domain.ids import read
from domain.memberships import sql
from world import Party, World


async def put(party: Party, coop: Party, ids: list[str], etag: str | None = '"0"') -> Any:
    return await party.request("PUT", f"/v1/organisations/{coop.id}/members", body={"member_ids": ids}, etag=etag)


async def states(coop: Party) -> dict[str, str]:
    members = await coop.done("GET", f"/v1/organisations/{coop.id}/members")
    return {item["member_id"]: item["state"] for item in members["members"]}


async def told(world: World, party: Party) -> list[str]:
    return [event.type for event in await world.feed(party) if event.type.startswith("membership.")]


async def replayed(world: World, membership_id: str) -> None:
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("membership", membership_id)))


async def test_a_cooperative_names_its_members_who_answer(world: World) -> None:
    coop = await cooperative(world)
    yes, no, late = [await workshop(world) for _ in range(3)]
    first = await put(coop, coop, [yes.id, no.id, late.id])
    assert (first.status_code, first.headers["etag"], first.json()["etag"]) == (200, '"3"', '"3"')
    assert set((await states(coop)).values()) == {"proposed"}
    asked = await own(yes)
    assert (asked["cooperative_name"], asked["member_name"]) == (coop.name, yes.name)
    assert asked["allowed_actions"] == ["accept_membership", "decline_membership"]
    path = f"/v1/memberships/{asked['id']}/accept"
    dry = await yes.post(path, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "accepted")
    assert (await yes.post(path, etag='"7"')).json()["code"] == "stale_version"
    accepted, again = await yes.post(path, key="k"), await yes.post(path, key="k")
    assert (accepted.status_code, accepted.json()["state"], again.content) == (200, "accepted", accepted.content)
    assert accepted.json()["allowed_actions"] == ["leave_membership"]
    await no.done("POST", f"/v1/memberships/{(await own(no))['id']}/decline")
    assert await states(coop) == {yes.id: "accepted", no.id: "declined", late.id: "proposed"}
    # No longer named: ends. Named again: is asked again. The others stay.
    stale = await put(coop, coop, [yes.id, no.id], first.headers["etag"])
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    await name_members(coop, yes, no)
    assert await states(coop) == {yes.id: "accepted", no.id: "proposed", late.id: "ended"}
    left = await yes.done("POST", f"/v1/memberships/{asked['id']}/leave")
    assert (left["state"], left["allowed_actions"]) == ("ended", [])
    assert await told(world, yes) == ["membership.proposed", "membership.accepted", "membership.ended"]
    assert await told(world, no) == ["membership.proposed", "membership.declined", "membership.proposed"]
    assert await told(world, late) == ["membership.proposed", "membership.ended"]
    assert len(await told(world, coop)) == 8
    for member in (yes, no, late):
        await replayed(world, (await own(member))["id"])


async def test_the_same_list_again_changes_nothing(world: World) -> None:
    coop, member = await cooperative(world), await workshop(world)
    await confirmed(coop, member)
    before = await coop.get(f"/v1/organisations/{coop.id}/members")
    after = await name_members(coop, member, member)
    assert after == before.json()
    unchanged = await coop.get(
        f"/v1/organisations/{coop.id}/members", headers={"if-none-match": before.headers["etag"]}
    )
    assert unchanged.status_code == 304


async def test_who_cannot_be_a_member(world: World) -> None:
    coop, other_coop, good = await cooperative(world), await cooperative(world), await workshop(world)
    buyer, waiting = await world.party("buyer"), await world.party("supplier", state="registered")
    ids = [good.id, coop.id, other_coop.id, buyer.id, waiting.id, "org_" + "0" * 32, "nonsense"]
    refused = await put(coop, coop, ids)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert [fault["pointer"] for fault in refused.json()["errors"]] == [f"/member_ids/{place}" for place in range(1, 7)]
    assert await states(coop) == {}


async def test_a_hundred_members_at_most(world: World) -> None:
    coop = await cooperative(world)
    refused = await put(coop, coop, [f"org_{number:032x}" for number in range(101)])
    assert (refused.status_code, refused.json()["code"]) == (409, "limit_reached")


async def test_who_may_name_members(world: World) -> None:
    coop, firm, stranger = await cooperative(world), await workshop(world), await workshop(world)
    office, operator = await world.parties("facilitator", "operator")
    plain = await put(firm, firm, [stranger.id])
    assert (plain.status_code, plain.json()["code"]) == (403, "forbidden")
    assert "Koperasi" in plain.json()["detail"]
    assert (await put(stranger, coop, [stranger.id])).status_code == 404
    assert (await stranger.get(f"/v1/organisations/{coop.id}/members")).status_code == 404
    for overseer in (office, operator):
        assert (await overseer.get(f"/v1/organisations/{coop.id}/members")).status_code == 200
        assert (await put(overseer, coop, [])).json()["code"] == "forbidden"
    assert (await put(coop, coop, [], None)).json()["code"] == "version_required"
    reader = await world.key(coop.organisation_id, "reader", scopes=["organisations:read"])
    assert (await put(reader, coop, [])).json()["code"] == "scope_missing"
    await world.owner.execute("UPDATE organisation SET state = 'registered' WHERE id = $1", coop.organisation_id)
    assert (await put(coop, coop, [])).json()["code"] == "organisation_not_verified"


@pytest.mark.parametrize("verb", ["accept", "decline", "leave"])
async def test_only_the_member_answers(world: World, verb: str) -> None:
    coop, member, stranger = await cooperative(world), await workshop(world), await workshop(world)
    office = await world.party("facilitator")
    await name_members(coop, member)
    path = f"/v1/memberships/{(await own(member))['id']}"
    for party in (coop, office):
        assert (await party.get(path)).status_code == 200
        assert (await party.post(f"{path}/{verb}")).json()["code"] in {"forbidden", "scope_missing"}
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.post(f"{path}/{verb}")).status_code == 404
    assert (await stranger.done("GET", "/v1/memberships"))["items"] == []
    await member.done("POST", f"{path}/decline")
    wrong = await member.post(f"{path}/{verb}")
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["state"]) == (409, "wrong_state", "declined")


async def test_an_unverified_workshop_does_not_join(world: World) -> None:
    coop, member = await cooperative(world), await workshop(world)
    await name_members(coop, member)
    path = f"/v1/memberships/{(await own(member))['id']}"
    await world.owner.execute("UPDATE organisation SET state = 'registered' WHERE id = $1", member.organisation_id)
    assert (await member.post(f"{path}/accept")).json()["code"] == "organisation_not_verified"
    await member.done("POST", f"{path}/decline")


async def test_pages_of_memberships(world: World) -> None:
    coop = await cooperative(world)
    members = [await workshop(world) for _ in range(3)]
    await confirmed(coop, *members[:2])
    await name_members(coop, *members)
    found: list[Any] = []
    after = ""
    while True:
        page = await coop.done("GET", f"/v1/memberships?limit=2{after}")
        found += page["items"]
        if page["next_cursor"] is None:
            break
        after = f"&after={page['next_cursor']}"
    # Those made in one millisecond have no order of their own: the ids do.
    assert [item["id"] for item in found] == sorted(item["id"] for item in found)
    assert {item["member_id"] for item in found} == {member.id for member in members}
    waiting = await coop.done("GET", "/v1/memberships?state=proposed")
    assert [item["member_id"] for item in waiting["items"]] == [members[2].id]
