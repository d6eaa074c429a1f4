"""match_suppliers: for the buyer alone, best first, page by page."""

import itertools
import secrets
from typing import Any

import pytest

from world import Party, World

PROCESSES = ("powder_metallurgy", "nitriding", "plating_tin")
"""Processes that no other test's workshop declares: the database is shared."""


async def workshop(world: World, *processes: str, state: str = "verified", **said: Any) -> Party:
    party = await world.party("supplier", state="verified")
    path = f"/v1/organisations/{party.id}/capabilities"
    await party.done("PUT", path, {"processes": list(processes), **said}, etag='"1"')
    if state != "verified":
        await world.owner.execute("UPDATE organisation SET state = $2 WHERE id = $1", party.organisation_id, state)
    return party


async def asking(world: World, buyer: Party, **line: Any) -> Any:
    """A draft of one line."""
    return await buyer.done("POST", "/v1/rfqs", world.rfq_body() | {"lines": [world.line(**line)]})


async def matches(buyer: Party, rfq: Any, query: str = "") -> list[Any]:
    """Every page, two at a time."""
    found: list[Any] = []
    after: str | None = ""
    while after is not None:
        cursor = f"&after={after}" if after else ""
        page = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/matches?limit=2{query}{cursor}")
        found += page["items"]
        after = page["next_cursor"]
    return found


def mine(found: list[Any], *parties: Party) -> list[str]:
    """The ids of `parties` in the order in which they were found."""
    wanted = {party.id for party in parties}
    return [item["organisation_id"] for item in found if item["organisation_id"] in wanted]


async def test_workshops_are_ranked_with_reasons(world: World) -> None:
    buyer = await world.party("buyer")
    part = await workshop(world, "powder_metallurgy")
    whole = await workshop(world, "powder_metallurgy", "nitriding", best_it_grade=6, materials=["S45C"])
    none = await workshop(world, "polishing")
    asleep = await workshop(world, "powder_metallurgy", "nitriding", state="suspended")
    waiting = await workshop(world, "powder_metallurgy", "nitriding", state="registered")
    rfq = await asking(world, buyer, processes=["powder_metallurgy", "nitriding"], it_grade=7)
    found = await matches(buyer, rfq)
    assert mine(found, part, whole, none, asleep, waiting) == [whole.id, part.id]
    best, other = (next(item for item in found if item["organisation_id"] == party.id) for party in (whole, part))
    assert (best["coverage"], best["outside_processes"], best["missing"]) == ("single", [], [])
    assert {"code": "material", "subject": "S45C"} in best["why"]
    assert (other["coverage"], other["covered_processes"]) == ("with_outside_operations", ["powder_metallurgy"])
    assert other["outside_processes"] == ["nitriding"]
    assert {"code": "process", "subject": "nitriding"} in other["missing"]
    assert {"code": "it_grade", "subject": "IT7"} in other["missing"]
    for coverage in ("single", "with_outside_operations"):
        shown = await matches(buyer, rfq, f"&coverage={coverage}")
        assert shown == [item for item in found if item["coverage"] == coverage]


async def test_pages_hold_each_workshop_once_though_one_leaves_between(world: World) -> None:
    buyer = await world.party("buyer")
    shops = [await workshop(world, "powder_metallurgy") for _ in range(5)]
    rfq = await asking(world, buyer, processes=["powder_metallurgy"])
    path = f"/v1/rfqs/{rfq['id']}/matches"
    whole = [item["organisation_id"] for item in (await buyer.done("GET", f"{path}?limit=100"))["items"]]
    assert mine(await matches(buyer, rfq), *shops) == [item for item in whole if item in {shop.id for shop in shops}]
    first = await buyer.get(f"{path}?limit=2")
    last = first.json()["items"][-1]["organisation_id"]
    assert 'rel="next"' in first.headers["link"]
    # The workshop at the end of the page is gone before the next one is asked for.
    await world.owner.execute(
        "UPDATE organisation SET state = 'suspended' WHERE 'org_' || replace(id::text, '-', '') = $1", last
    )
    second = await buyer.done("GET", f"{path}?limit=2&after={first.json()['next_cursor']}")
    assert [item["organisation_id"] for item in second["items"]] == whole[2:4]


async def test_a_plater_without_a_permit_is_not_offered(world: World) -> None:
    buyer = await world.party("buyer")
    permit = {"code": "lb3_permit", "state": "valid"}
    lacking = await workshop(world, "plating_tin", certificates=[{"code": "lb3_permit", "state": "missing"}])
    holding = await workshop(world, "plating_tin", certificates=[permit])
    mixed = await workshop(world, "plating_tin", "nitriding")
    rfq = await asking(world, buyer, processes=["nitriding", "plating_tin"])
    found = await matches(buyer, rfq)
    assert set(mine(found, lacking, holding, mixed)) == {holding.id, mixed.id}
    seen = next(item for item in found if item["organisation_id"] == mixed.id)
    assert (seen["covered_processes"], seen["outside_processes"]) == (["nitriding"], ["plating_tin"])
    assert {"code": "permit", "subject": "lb3_permit"} in seen["missing"]


async def test_the_size_of_the_machine_decides(world: World) -> None:
    buyer = await world.party("buyer")

    def lathe(diameter: str) -> dict[str, Any]:
        return {"name": "l", "processes": ["spinning"], "envelope": {"diameter_mm": diameter, "length_mm": "6000"}}

    small = await workshop(world, "spinning", machines=[lathe("400")])
    large = await workshop(world, "spinning", machines=[lathe("400"), lathe("1200")])
    unknown = await workshop(world, "spinning")
    size = {"diameter_mm": "430", "length_mm": "5200"}
    rfq = await asking(world, buyer, processes=["spinning"], envelope=size)
    assert set(mine(await matches(buyer, rfq), small, large, unknown)) == {large.id, unknown.id}


async def test_near_is_better_and_oneself_is_no_match(world: World) -> None:
    buyer = await world.party("buyer", "supplier", state="registered")
    path = f"/v1/organisations/{buyer.id}"
    await buyer.done("PATCH", path, {"profile": {"region_code": "35.15"}}, etag='"1"')
    await buyer.done("PUT", f"{path}/capabilities", {"processes": ["roll_forming"]}, etag='"2"')
    await (await world.party("operator")).done("POST", f"{path}/verify")
    far, near = await workshop(world, "roll_forming"), await workshop(world, "roll_forming")
    region = {"profile": {"region_code": "35.15.18.2004"}}
    await near.done("PATCH", f"/v1/organisations/{near.id}", region, etag='"2"')
    rfq = await asking(world, buyer, processes=["roll_forming"])
    found = await matches(buyer, rfq)
    assert mine(found, buyer, far, near) == [near.id, far.id]
    assert {"code": "same_regency", "subject": "35.15"} in found[0]["why"]


async def test_an_rfq_without_processes_has_no_matches(world: World) -> None:
    buyer = await world.party("buyer")
    await workshop(world, *PROCESSES)
    rfq = await asking(world, buyer, processes=[])
    assert await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/matches") == {"items": [], "next_cursor": None}


async def test_for_the_buyer_alone(world: World) -> None:
    buyer, rival, supplier = await world.party("buyer"), await world.party("buyer"), await world.party("supplier")
    office, unverified = await world.party("facilitator"), await world.party("supplier", state="registered")
    draft, rfq = await world.draft(buyer), await world.rfq(buyer)
    for other in (rival, supplier, office, unverified):
        assert (await other.get(f"/v1/rfqs/{draft['id']}/matches")).status_code == 404
    for other in (rival, supplier):
        refused = await other.get(f"/v1/rfqs/{rfq['id']}/matches")
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert (await unverified.get(f"/v1/rfqs/{rfq['id']}/matches")).status_code == 404
    hidden = await world.rfq(buyer, visibility="invited")
    assert (await supplier.get(f"/v1/rfqs/{hidden['id']}/matches")).status_code == 404
    narrow = await world.key(buyer.organisation_id, "narrow", scopes=["organisations:read"])
    assert (await narrow.get(f"/v1/rfqs/{rfq['id']}/matches")).json()["code"] == "scope_missing"


@pytest.mark.parametrize("query", ["coverage=partial", "coverage=", "limit=0", "limit=101", "after=x", "region=35"])
async def test_a_wrong_parameter_is_refused(world: World, query: str) -> None:
    buyer = await world.party("buyer")
    rfq = await world.draft(buyer)
    response = await buyer.get(f"/v1/rfqs/{rfq['id']}/matches?{query}")
    assert (response.status_code, response.json()["code"]) in {
        (400, "invalid_parameter"),
        (400, "unknown_parameter"),
    }, response.text


async def test_a_cursor_belongs_to_its_rfq_and_filter(world: World) -> None:
    buyer = await world.party("buyer")
    name = secrets.choice(["cutting_waterjet", "cutting_plasma"])
    for _ in range(2):
        await workshop(world, name)
    one, two = [await asking(world, buyer, processes=[name]) for _ in range(2)]
    page = await buyer.done("GET", f"/v1/rfqs/{one['id']}/matches?limit=1")
    for path in (f"{two['id']}/matches?", f"{one['id']}/matches?coverage=single&"):
        response = await buyer.get(f"/v1/rfqs/{path}after={page['next_cursor']}")
        assert (response.status_code, response.json()["code"]) == (400, "invalid_parameter")


async def test_the_database_brings_those_first_who_can_do_most(world: World) -> None:
    from domain.actors import SYSTEM
    from domain.organisations import sql

    asked = ["casting_investment", "brazing", "anodizing"]
    shops = [await workshop(world, *asked[:count]) for count in (1, 2, 3)]
    async with world.services.db.read(SYSTEM) as tx:
        found = await sql.candidates(tx, asked, 2)
    assert [item.id for item in found] == [shops[2].organisation_id, shops[1].organisation_id]
    counts = [len(set(asked) & set(item.capabilities.processes)) for item in found if item.capabilities]
    assert all(first >= second for first, second in itertools.pairwise(counts))
