"""cancel_award through HTTP."""

from award_scene import Scene

from domain.actors import SCOPES
from world import World

REASON = {"reason": "demand_withdrawn"}


async def test_an_issued_award_is_taken_back_openly(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.issued("100")
    response = await scene.step(scene.buyer, award, "cancel", REASON)
    assert (response.status_code, response.json()["state"]) == (200, "cancelled")
    assert await scene.reserved() == ["0"]
    seen = await scene.suppliers[0].done("GET", f"/v1/awards/{award['id']}")
    assert (seen["state"], seen["end_reason"], seen["allowed_actions"]) == ("cancelled", "demand_withdrawn", [])
    assert len(await world.feed(scene.suppliers[0], types=["award.cancelled"])) == 1
    await scene.issued("100")
    await scene.replay(award)


async def test_a_proposal_vanishes_without_a_word_to_the_supplier(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.proposed("100")
    response = await scene.step(scene.buyer, award, "cancel", REASON)
    assert (response.status_code, response.json()["state"]) == (200, "cancelled")
    supplier = scene.suppliers[0]
    assert (await supplier.get(f"/v1/awards/{award['id']}")).status_code == 404
    assert (await supplier.done("GET", "/v1/awards"))["items"] == []
    assert await world.feed(supplier, types=["award.cancelled"]) == []
    assert await world.feed(scene.buyer, types=["rfq.quantities_released"]) == [], "nothing was reserved"
    await scene.replay(award)


async def test_the_rfq_ends_only_without_an_award_under_way(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.issued("100")
    path, why = f"/v1/rfqs/{scene.rfq['id']}", {"reason": "no_compliant_quote"}
    for refused in (
        await scene.buyer.post(f"{path}/cancel", REASON),
        await scene.buyer.post(f"{path}/close-without-award", why),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    await scene.step(scene.buyer, award, "cancel", REASON)
    await scene.buyer.done("POST", f"{path}/close-without-award", why)
    again = await scene.buyer.post(scene.path, scene.body("1"))
    assert (again.json()["code"], again.json()["state"]) == ("wrong_state", "not_awarded")


async def test_the_rest_of_an_rfq_that_was_closed_is_not_awarded(world: World) -> None:
    scene = await Scene.set(world)
    await scene.accepted("40")
    await scene.buyer.done("POST", f"/v1/rfqs/{scene.rfq['id']}/close-without-award", {"reason": "demand_changed"})
    again = await scene.buyer.post(scene.path, scene.body("1"))
    assert (again.json()["code"], again.json()["state"]) == ("wrong_state", "partially_awarded")


async def test_what_is_accepted_stays(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.accepted("100")
    response = await scene.step(scene.buyer, award, "cancel", REASON)
    assert (response.status_code, response.json()["code"], response.json()["state"]) == (409, "wrong_state", "accepted")
    assert await scene.reserved() == ["100"]


async def test_who_may_not_and_how_not(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.issued("100")
    assert (await scene.step(await world.party("buyer"), award, "cancel", REASON)).status_code == 404
    assert (await scene.step(scene.suppliers[0], award, "cancel", REASON)).json()["code"] == "forbidden"
    nonsense = await scene.step(scene.buyer, award, "cancel", {"reason": "nonsense"})
    assert (nonsense.status_code, nonsense.json()["errors"][0]["pointer"]) == (422, "/reason")
    assert (await scene.step(scene.buyer, award, "cancel", REASON, etag='"1"')).status_code == 412
    clerk = await world.key(
        scene.buyer.organisation_id, "clerk", scopes=[scope for scope in SCOPES if scope != "awards:issue"]
    )
    assert (await scene.step(clerk, award, "cancel", REASON)).json()["code"] == "scope_missing"
    dry = await scene.step(scene.buyer, award, "cancel", REASON, headers={"prefer": "dry-run"})
    assert dry.json()["state"] == "cancelled"
    assert await scene.reserved() == ["100"]
    first = await scene.step(scene.buyer, award, "cancel", REASON, key="once")
    again = await scene.step(scene.buyer, award, "cancel", REASON, key="once")
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
