"""accept_award through HTTP: the order in the same transaction, and what becomes of everybody else."""

from typing import Any

from award_scene import Scene

from domain.actors import SCOPES
from domain.ids import read
from world import World


async def _quote(scene: Scene, of: int) -> Any:
    return await scene.suppliers[of].done("GET", f"/v1/quotes/{scene.quotes[of]['id']}")


async def test_acceptance_makes_the_order_and_ends_the_rfq(world: World) -> None:
    scene = await Scene.set(world, suppliers=2)
    award = await scene.issued("100")
    response = await scene.step(scene.suppliers[0], award, "accept")
    accepted = response.json()
    assert (response.status_code, accepted["state"], accepted["allowed_actions"]) == (200, "accepted", [])
    for party in (scene.buyer, scene.suppliers[0]):
        order = await party.done("GET", f"/v1/orders/{accepted['order_id']}")
        assert (order["state"], order["award_id"], order["total"]) == ("issued", award["id"], "10000")
        assert [(line["line_no"], line["ordered"]) for line in order["lines"]] == [(1, "100")]
    rfq = await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}")
    assert (rfq["state"], rfq["ended_at"] is not None) == ("awarded", True)
    assert (await _quote(scene, 0))["state"] == "awarded"
    lost = await _quote(scene, 1)
    assert (lost["state"], lost["end_reason"]) == ("not_awarded", "quantity_allocated")
    [told] = await world.feed(scene.suppliers[1], types=["quote.not_awarded"])
    assert (told.data["reason"], told.data["rank_band"] is not None) == ("quantity_allocated", True)
    await scene.replay(accepted)


async def test_what_the_buyer_s_erp_is_told(world: World) -> None:
    scene = await Scene.set(world)
    accepted = await scene.accepted("100")
    [told] = await world.feed(scene.buyer, types=["award.accepted"])
    assert told.data == {
        "rfq_id": scene.rfq["id"],
        "quote_id": scene.quotes[0]["id"],
        "supplier_id": scene.suppliers[0].id,
        "order_id": accepted["order_id"],
        "lines": [{"line_no": 1, "quantity": "100"}],
    }
    types = [event.type for event in await world.feed(scene.buyer)]
    assert types[-4:] == ["order.issued", "award.accepted", "quote.awarded", "rfq.awarded"]


async def test_a_split_award_ends_the_rfq_with_the_last_acceptance(world: World) -> None:
    scene = await Scene.set(world, suppliers=3)
    one, two = await scene.issued("60"), await scene.issued("40", of=1)
    await scene.suppliers[0].done("POST", f"/v1/awards/{one['id']}/accept", etag=one["etag"])
    rfq = await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}")
    assert (rfq["state"], rfq["ended_at"]) == ("partially_awarded", None)
    assert [(await _quote(scene, of))["state"] for of in range(3)] == ["partially_awarded", "opened", "opened"]
    await scene.suppliers[1].done("POST", f"/v1/awards/{two['id']}/accept", etag=two["etag"])
    rfq = await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}")
    assert rfq["state"] == "awarded"
    states = [(await _quote(scene, of))["state"] for of in range(3)]
    assert states == ["partially_awarded", "partially_awarded", "not_awarded"]
    await scene.replay(one, two)


async def test_a_quote_may_be_awarded_line_by_line(world: World) -> None:
    scene = await Scene.set(world, lines=2)
    await scene.accepted("100")
    assert (await _quote(scene, 0))["state"] == "partially_awarded"
    await scene.accepted("", "100")
    assert (await _quote(scene, 0))["state"] == "awarded"
    assert len((await scene.buyer.done("GET", "/v1/orders"))["items"]) == 2


async def test_an_award_binds_although_the_quote_s_validity_has_passed_since(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.issued("100")
    await world.owner.execute(
        "UPDATE quote SET valid_until = current_date - 10 WHERE id = $1", read("quote", scene.quotes[0]["id"])
    )
    assert (await scene.step(scene.suppliers[0], award, "accept")).status_code == 200


async def test_a_repeated_request_accepts_once_and_a_dry_run_not_at_all(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.issued("100")
    supplier = scene.suppliers[0]
    dry = await scene.step(supplier, award, "accept", headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "accepted")
    assert (await supplier.done("GET", "/v1/orders"))["items"] == []
    first = await scene.step(supplier, award, "accept", key="once")
    again = await scene.step(supplier, award, "accept", key="once")
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    assert len((await supplier.done("GET", "/v1/orders"))["items"]) == 1
    late = await scene.step(supplier, first.json(), "accept")
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "accepted")


async def test_who_may_not_and_how_not(world: World) -> None:
    scene = await Scene.set(world, suppliers=2)
    award = await scene.issued("100")
    supplier = scene.suppliers[0]
    for stranger in (scene.suppliers[1], await world.party("buyer")):
        assert (await scene.step(stranger, award, "accept")).status_code == 404
    assert (await scene.step(scene.buyer, award, "accept")).json()["code"] == "forbidden"
    missing = await scene.step(supplier, award, "accept", etag=None)
    assert (missing.status_code, missing.json()["code"]) == (428, "version_required")
    assert (await scene.step(supplier, award, "accept", etag='"1"')).status_code == 412
    reader = await world.key(
        supplier.organisation_id, "reader", scopes=[scope for scope in SCOPES if scope != "awards:accept"]
    )
    assert (await scene.step(reader, award, "accept")).json()["code"] == "scope_missing"
    await world.owner.execute("UPDATE organisation SET state = 'registered' WHERE id = $1", supplier.organisation_id)
    assert (await scene.step(supplier, award, "accept")).json()["code"] == "organisation_not_verified"
