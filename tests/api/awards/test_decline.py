"""decline_award through HTTP."""

from award_scene import Scene

from domain.actors import SCOPES
from world import World

REASON = {"reason": "capacity_full", "note": "The lathe is booked until March."}


async def test_declining_frees_the_quantity_for_others(world: World) -> None:
    scene = await Scene.set(world, suppliers=2)
    award = await scene.issued("100")
    response = await scene.step(scene.suppliers[0], award, "decline", REASON)
    declined = response.json()
    assert (response.status_code, declined["state"], declined["end_reason"]) == (200, "declined", "capacity_full")
    assert declined["end_note"] == REASON["note"]
    assert await scene.reserved() == ["0"]
    rfq = await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}")
    assert rfq["state"] == "evaluating"
    [told] = await world.feed(scene.buyer, types=["award.declined"])
    assert (told.data["reason"], "note" in str(told.data)) == ("capacity_full", False)
    await scene.issued("100", of=1)
    await scene.replay(declined)


async def test_the_supplier_may_be_asked_again(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.issued("100")
    await scene.step(scene.suppliers[0], award, "decline", REASON)
    await scene.accepted("80")
    assert await scene.reserved() == ["80"]


async def test_a_repeated_request_declines_once_and_a_dry_run_not_at_all(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.issued("100")
    supplier = scene.suppliers[0]
    dry = await scene.step(supplier, award, "decline", REASON, headers={"prefer": "dry-run"})
    assert dry.json()["state"] == "declined"
    assert await scene.reserved() == ["100"]
    first = await scene.step(supplier, award, "decline", REASON, key="once")
    again = await scene.step(supplier, award, "decline", REASON, key="once")
    assert again.content == first.content
    other = await scene.step(supplier, award, "decline", {"reason": "other"}, key="once")
    assert other.json()["code"] == "idempotency_key_reused"
    late = await scene.step(supplier, award, "decline", REASON, etag=None)
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "declined")


async def test_who_may_not_and_how_not(world: World) -> None:
    scene = await Scene.set(world, suppliers=2)
    award = await scene.issued("100")
    supplier = scene.suppliers[0]
    assert (await scene.step(scene.suppliers[1], award, "decline", REASON)).status_code == 404
    assert (await scene.step(scene.buyer, award, "decline", REASON)).json()["code"] == "forbidden"
    nonsense = await scene.step(supplier, award, "decline", {"reason": "nonsense"})
    assert (nonsense.status_code, nonsense.json()["errors"][0]["pointer"]) == (422, "/reason")
    assert (await scene.step(supplier, award, "decline", REASON, etag='"1"')).status_code == 412
    reader = await world.key(
        supplier.organisation_id, "reader", scopes=[scope for scope in SCOPES if scope != "awards:accept"]
    )
    assert (await scene.step(reader, award, "decline", REASON)).json()["code"] == "scope_missing"
    assert await scene.reserved() == ["100"]
