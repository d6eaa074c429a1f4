"""A cooperative is ranked with its confirmed members, and whom match_suppliers names can be invited."""

from typing import Any

from cooperative_scene import confirmed, cooperative, name_members, own, workshop

from world import Party, World

FIRST, SECOND, THIRD = "threading_rolling", "broaching", "honing"
"""No other test's workshop does the three together."""


async def matches(world: World, buyer: Party, *processes: str, **line: Any) -> tuple[Any, list[Any]]:
    """(RFQ, all its matches)."""
    rfq = await world.rfq(buyer, lines=[world.line(processes=list(processes), **line)])
    found: list[Any] = []
    after = ""
    while True:
        page = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/matches?limit=2{after}")
        found += page["items"]
        if page["next_cursor"] is None:
            return rfq, found
        after = f"&after={page['next_cursor']}"


def of(found: list[Any], party: Party) -> Any:
    return next((item for item in found if item["organisation_id"] == party.id), None)


async def test_between_single_firms_and_those_that_buy_in(world: World) -> None:
    buyer = await world.party("buyer")
    coop = await cooperative(world, FIRST)
    second, third, silent = [await workshop(world, *does) for does in ((SECOND,), (THIRD,), (SECOND, THIRD))]
    single = await workshop(world, FIRST, SECOND, THIRD)
    partial = await workshop(world, FIRST, SECOND)
    await confirmed(coop, second, third)
    await name_members(coop, second, third, silent)  # who has not answered does not count
    rfq, found = await matches(world, buyer, FIRST, SECOND, THIRD)
    seen = of(found, coop)
    assert (seen["coverage"], seen["outside_processes"]) == ("cooperative", [])
    assert seen["covered_processes"] == [FIRST, SECOND, THIRD]
    assert seen["members"] == [
        {"organisation_id": second.id, "name": second.name, "processes": [SECOND]},
        {"organisation_id": third.id, "name": third.name, "processes": [THIRD]},
    ]
    order = [item["organisation_id"] for item in found]
    assert order.index(single.id) < order.index(coop.id) < order.index(partial.id)
    only = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/matches?coverage=cooperative")
    assert [item["organisation_id"] for item in only["items"]] == [coop.id]
    assert of(found, second)["members"] == []


async def test_a_cooperative_without_machines_of_its_own(world: World) -> None:
    buyer = await world.party("buyer")
    coop = await cooperative(world)
    members = [await workshop(world, name) for name in (FIRST, SECOND)]
    await confirmed(coop, *members)
    _, found = await matches(world, buyer, FIRST, SECOND, THIRD)
    seen = of(found, coop)
    assert (seen["coverage"], seen["outside_processes"]) == ("with_outside_operations", [THIRD])
    assert {"code": "process", "subject": THIRD} in seen["missing"]
    assert [item["processes"] for item in seen["members"]] == [[FIRST], [SECOND]]


async def test_who_left_was_suspended_or_buys_does_not_count(world: World) -> None:
    buyer = await world.party("buyer")
    coop = await cooperative(world, FIRST)
    left, suspended = [await workshop(world, name) for name in (SECOND, THIRD)]
    await confirmed(coop, left, suspended)
    assert of((await matches(world, buyer, FIRST, SECOND, THIRD))[1], coop)["coverage"] == "cooperative"
    await left.done("POST", f"/v1/memberships/{(await own(left))['id']}/leave")
    await world.owner.execute("UPDATE organisation SET state = 'suspended' WHERE id = $1", suspended.organisation_id)
    seen = of((await matches(world, buyer, FIRST, SECOND, THIRD))[1], coop)
    assert (seen["covered_processes"], seen["members"]) == ([FIRST], [])
    asks = await workshop(world, SECOND)
    await confirmed(coop, asks)
    await world.owner.execute("UPDATE organisation SET roles = '{buyer,supplier}' WHERE id = $1", asks.organisation_id)
    assert of((await matches(world, buyer, FIRST, SECOND))[1], coop)["coverage"] == "cooperative"
    assert of((await matches(world, asks, FIRST, SECOND))[1], coop)["members"] == []


async def test_what_is_no_cooperative_any_more_has_no_members(world: World) -> None:
    buyer = await world.party("buyer")
    coop, member = await cooperative(world, FIRST), await workshop(world, SECOND)
    await confirmed(coop, member)
    await world.owner.execute(
        'UPDATE organisation SET profile = \'{"legal_form": "PT"}\' WHERE id = $1', coop.organisation_id
    )
    assert of((await matches(world, buyer, FIRST, SECOND))[1], coop)["coverage"] == "with_outside_operations"


async def test_matches_are_invited_as_they_come(world: World) -> None:
    buyer = await world.party("buyer")
    coop, member = await cooperative(world, FIRST), await workshop(world, SECOND)
    await confirmed(coop, member)
    rfq, found = await matches(world, buyer, FIRST, SECOND, THIRD)
    ids = [item["organisation_id"] for item in found]
    assert {coop.id, member.id} <= set(ids)
    invited = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/invitations", {"supplier_ids": ids})
    assert invited["id"] == rfq["id"]
    parts = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/participants?limit=100")
    assert {item["supplier_id"] for item in parts["items"]} == set(ids)


async def test_capacity_is_told_and_decides_between_equals_only(world: World) -> None:
    buyer = await world.party("buyer")
    schedule = [{"due_on": f"2031-{month:02}-01", "quantity": "1000", "certainty": "firm"} for month in (1, 2, 3, 4)]
    low, silent, other, high = [
        await workshop(world, "lapping", capacity=said)
        for said in (
            [{"quantity": "999", "unit": "H87"}],
            [],
            [{"quantity": "10", "unit": "HUR"}],
            [{"quantity": "1000", "unit": "H87"}],
        )
    ]
    better = await workshop(world, "lapping", capacity=[{"quantity": "1", "unit": "H87"}], materials=["S45C"])
    _, found = await matches(world, buyer, "lapping", quantity="4000", schedule=schedule)
    order = [item["organisation_id"] for item in found]
    assert order == [better.id, high.id, silent.id, other.id, low.id]
    note = {"code": "capacity", "subject": "1000 H87"}
    assert note in of(found, low)["missing"]
    assert note in of(found, better)["missing"]
    assert note in of(found, high)["why"]
    for quiet in (silent, other):
        assert "capacity" not in str(of(found, quiet)["why"] + of(found, quiet)["missing"])
    assert of(found, low)["score"] == of(found, high)["score"]
