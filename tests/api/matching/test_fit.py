"""list_rfqs with `fit`: what a workshop could make, best first, by the rules that buyers see it by."""

from typing import Any

import pytest
from cooperative_scene import confirmed, cooperative, workshop

from domain.matching import queries
from world import Party, World

ONE, TWO = "fine_blanking", "gear_hobbing"


async def fitting(party: Party, limit: int = 2) -> list[Any]:
    """Every page."""
    found: list[Any] = []
    after = ""
    while True:
        page = await party.done("GET", f"/v1/rfqs?fit=true&limit={limit}{after}")
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        after = f"&after={page['next_cursor']}"


def mine(found: list[Any], *rfqs: Any) -> list[str]:
    wanted = {rfq["id"] for rfq in rfqs}
    return [item["id"] for item in found if item["id"] in wanted]


async def test_rfqs_are_ranked_with_reasons(world: World) -> None:
    buyer = await world.party("buyer")
    shop = await workshop(world, ONE, materials=["S45C"])
    part = await world.rfq(buyer, lines=[world.line(processes=[ONE, TWO])])
    whole = await world.rfq(buyer, lines=[world.line(processes=[ONE])])
    foreign = await world.rfq(buyer, lines=[world.line(processes=[TWO])])
    hidden = await world.rfq(buyer, lines=[world.line(processes=[ONE])], visibility="invited")
    late = await world.rfq(buyer, lines=[world.line(processes=[ONE])])
    await world.pass_deadline(late)
    draft = await world.draft(buyer, lines=[world.line(processes=[ONE])])
    found = await fitting(shop)
    assert mine(found, part, whole, foreign, hidden, late, draft) == [whole["id"], part["id"]]
    first, second = (next(item for item in found if item["id"] == rfq["id"]) for rfq in (whole, part))
    assert (first["fit"]["coverage"], first["fit"]["missing"]) == ("single", [])
    assert {"code": "material", "subject": "S45C"} in first["fit"]["why"]
    assert (second["fit"]["covered_processes"], second["fit"]["outside_processes"]) == ([ONE], [TWO])
    assert {"code": "process", "subject": TWO} in second["fit"]["missing"]
    # The same as the buyer sees of it.
    seen = await buyer.done("GET", f"/v1/rfqs/{part['id']}/matches?limit=100")
    match = next(item for item in seen["items"] if item["organisation_id"] == shop.id)
    assert {name: match[name] for name in second["fit"]} == second["fit"]
    # Invited, it sees the hidden one as well; of equals the newer comes first.
    await buyer.done("POST", f"/v1/rfqs/{hidden['id']}/invitations", {"supplier_ids": [shop.id]})
    found = await fitting(shop)
    assert mine(found, part, whole, hidden) == [hidden["id"], whole["id"], part["id"]]
    assert len({item["id"] for item in found}) == len(found)


async def test_without_asking_there_is_no_fit(world: World) -> None:
    buyer, shop = await world.party("buyer"), await workshop(world, "turning")
    await world.rfq(buyer)
    page = await shop.done("GET", "/v1/rfqs?limit=100")
    assert {item["fit"] for item in page["items"]} == {None}


async def test_who_has_said_nothing_is_told_what_to_do(world: World) -> None:
    silent, empty = await workshop(world), await workshop(world)
    await empty.done("PUT", f"/v1/organisations/{empty.id}/capabilities", {"processes": []}, etag='"1"')
    for party in (silent, empty):
        response = await party.get("/v1/rfqs?fit=true")
        assert (response.status_code, response.json()["code"]) == (422, "incomplete")
        assert "/capabilities" in response.json()["detail"]
    buyer = await world.party("buyer")
    response = await buyer.get("/v1/rfqs?fit=true")
    assert (response.status_code, response.json()["code"]) == (403, "forbidden")
    narrow = await world.key(silent.organisation_id, "narrow", scopes=["organisations:read"])
    assert (await narrow.get("/v1/rfqs?fit=true")).json()["code"] == "scope_missing"


async def test_an_unverified_workshop_sees_only_where_it_takes_part(world: World) -> None:
    buyer = await world.party("buyer")
    shop = await workshop(world, ONE)
    rfq = await world.rfq(buyer, lines=[world.line(processes=[ONE])])
    await world.owner.execute("UPDATE organisation SET state = 'registered' WHERE id = $1", shop.organisation_id)
    assert mine(await fitting(shop), rfq) == []


async def test_a_cooperative_counts_its_members_in(world: World) -> None:
    buyer = await world.party("buyer")
    coop, member = await cooperative(world), await workshop(world, TWO)
    other = await workshop(world, ONE)
    await confirmed(coop, member, other)
    rfq = await world.rfq(buyer, lines=[world.line(processes=[ONE, TWO])])
    [found] = [item for item in await fitting(coop, 50) if item["id"] == rfq["id"]]
    assert found["fit"]["coverage"] == "cooperative"
    assert {item["organisation_id"] for item in found["fit"]["members"]} == {member.id, other.id}


@pytest.mark.parametrize("query", ["state=closed", "external_reference=A", "after=x", "limit=0"])
async def test_a_wrong_parameter_is_refused(world: World, query: str) -> None:
    shop = await workshop(world, "turning")
    response = await shop.get(f"/v1/rfqs?fit=true&{query}")
    assert (response.status_code, response.json()["code"]) == (400, "invalid_parameter"), response.text


async def test_a_cursor_belongs_to_its_list(world: World) -> None:
    buyer = await world.party("buyer")
    shop = await workshop(world, ONE)
    for _ in range(2):
        await world.rfq(buyer, lines=[world.line(processes=[ONE])])
    page = await shop.done("GET", "/v1/rfqs?fit=true&limit=1&state=open")
    response = await shop.get(f"/v1/rfqs?limit=1&after={page['next_cursor']}")
    assert (response.status_code, response.json()["code"]) == (400, "invalid_parameter")


async def test_a_bounded_number_is_scored_the_newest_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    buyer = await world.party("buyer")
    shop = await workshop(world, ONE)
    older, newer = [await world.rfq(buyer, lines=[world.line(n, processes=[ONE]) for n in (1, 2)]) for _ in range(2)]
    assert mine(await fitting(shop, 50), older, newer) == [newer["id"], older["id"]]
    for name, value in (("MAX_RFQS", 1), ("MAX_LINES", 3)):
        with monkeypatch.context() as patch:
            patch.setattr(queries, name, value)
            assert mine(await fitting(shop, 50), older, newer) == [newer["id"]]
