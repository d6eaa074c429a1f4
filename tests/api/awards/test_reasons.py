"""What losing quotes hear at the end: one code of their own, or the buyer's word."""

from typing import Any

import pytest
from award_scene import Scene, priced

from world import World


async def _heard(scene: Scene) -> list[str | None]:
    found = []
    for party, quote in zip(scene.suppliers, scene.quotes, strict=True):
        shown = await party.done("GET", f"/v1/quotes/{quote['id']}")
        found.append(shown["end_reason"])
        if shown["end_reason"]:
            [told] = await scene.world.feed(party, types=["quote.not_awarded"])
            assert told.data["reason"] == shown["end_reason"]
            assert set(told.data) == {"rfq_id", "quote_id", "reason", "rank_band"}, "nothing of a rival"
    return found


async def test_each_loser_hears_its_own_reason(world: World) -> None:
    each = [
        priced("100"),
        priced("120"),
        priced("95", lead_time_days=60),
        priced("90", minimum_order_quantity="500"),
    ]
    scene = await Scene.set(world, suppliers=4, each=each)
    await scene.accepted("100")
    assert await _heard(scene) == [None, "price_higher", "lead_time_longer", "incomplete"]


async def test_the_buyer_s_word_goes_before_the_figures(world: World) -> None:
    scene = await Scene.set(world, suppliers=3, head={"standstill_days": 2})
    given = {scene.quotes[1]["id"]: "certificate_missing"}
    award = await scene.buyer.done("POST", scene.path, scene.body("100", reasons=given))
    assert award["reasons"] == given
    issued = await scene.buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    assert (await scene.suppliers[0].done("GET", f"/v1/awards/{award['id']}"))["reasons"] is None
    [told] = await world.feed(scene.suppliers[1], types=["quote.award_intended"])
    assert told.data["reason"] == "certificate_missing"
    await world.pass_standstill(issued)
    assert (await scene.step(scene.suppliers[0], issued, "accept")).status_code == 200
    assert await _heard(scene) == [None, "certificate_missing", "quantity_allocated"]
    await scene.replay(award, besides=["standstill_until"])


@pytest.mark.parametrize("operation", ["propose", "close"])
async def test_which_words_are_refused(world: World, operation: str) -> None:
    scene, other = await Scene.set(world, suppliers=2), await Scene.set(world)
    own, winner = scene.quotes[1]["id"], scene.quotes[0]["id"]
    cases: list[tuple[dict[str, Any], int, str]] = [
        ({own: "too_far_away"}, 422, "invalid"),
        ({other.quotes[0]["id"]: "other"}, 422, "invalid"),
        ({"quo_x": "other"}, 404, "not_found"),
        ({f"quo_{number:032x}": "other" for number in range(501)}, 422, "invalid_body"),
    ]
    if operation == "propose":
        cases.append(({winner: "other"}, 422, "invalid"))
    for reasons, status, code in cases:
        if operation == "propose":
            response = await scene.buyer.post(scene.path, scene.body("100", reasons=reasons))
        else:
            body = {"reason": "demand_changed", "reasons": reasons}
            response = await scene.buyer.post(f"/v1/rfqs/{scene.rfq['id']}/close-without-award", body)
        assert (response.status_code, response.json()["code"]) == (status, code), reasons
        if code == "invalid":
            assert response.json()["errors"][0]["pointer"] == f"/reasons/{next(iter(reasons))}"


async def test_when_nobody_is_chosen_each_hears_its_own_too(world: World) -> None:
    scene = await Scene.set(world, suppliers=3)
    given = {scene.quotes[2]["id"]: "terms_not_acceptable"}
    body = {"reason": "price_above_budget", "reasons": given}
    await scene.buyer.done("POST", f"/v1/rfqs/{scene.rfq['id']}/close-without-award", body)
    assert await _heard(scene) == ["price_higher", "price_higher", "terms_not_acceptable"]


async def test_who_is_left_when_the_rest_is_closed(world: World) -> None:
    scene = await Scene.set(world, suppliers=2, each=[priced("100"), priced("130")])
    await scene.accepted("60")
    await scene.buyer.done("POST", f"/v1/rfqs/{scene.rfq['id']}/close-without-award", {"reason": "demand_changed"})
    assert await _heard(scene) == [None, "price_higher"]
