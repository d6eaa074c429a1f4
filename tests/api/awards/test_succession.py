"""Who is next when an award ends unaccepted: get_successors and offer_next through HTTP."""

import asyncio
from typing import Any

import pytest
from award_scene import Scene, priced, second_person

from domain.ids import read
from domain.openings import commands as openings
from world import Party, World


async def _scene(world: World, **more: Any) -> Scene:
    each = [priced("90"), priced("110"), priced("100", capacity_per_month="250")]
    return await Scene.set(world, suppliers=3, each=each, **more)


async def _successors(scene: Scene, award: Any) -> Any:
    return await scene.buyer.done("GET", f"/v1/awards/{award['id']}/successors")


async def _next(party: Party, award: Any, **more: Any) -> Any:
    return await party.post(f"/v1/awards/{award['id']}/offer-next", **more)


async def _end(scene: Scene, award: Any, how: str) -> None:
    if how == "decline":
        await scene.step(scene.suppliers[0], award, "decline", {"reason": "capacity_full"})
    elif how == "cancel":
        await scene.step(scene.buyer, award, "cancel", {"reason": "entered_in_error"})
    else:
        await scene.world.pass_acceptance(award)
        await openings.tick(scene.world.services.db)


@pytest.mark.parametrize(("how", "ranking"), [("decline", [2, 1]), ("lapse", [2, 1]), ("cancel", [2, 1])])
async def test_the_next_in_rank_is_offered_what_came_free(world: World, how: str, ranking: list[int]) -> None:
    scene = await _scene(world)
    award = await scene.issued("60")
    await _end(scene, award, how)
    found = await _successors(scene, award)
    [line] = found["lines"]
    assert (line["line_no"], line["quantity"]) == (1, "60")
    assert [item["quote_id"] for item in line["items"]] == [scene.quotes[of]["id"] for of in ranking]
    first = line["items"][0]
    assert (first["unit_price"], first["total_with_tooling"]) == ("100.0000", "6000")
    assert (first["capacity_per_month"], first["capacity_left_per_month"]) == ("250", "250")
    assert found["next_quote_id"] == scene.quotes[ranking[0]]["id"]
    response = await _next(scene.buyer, award)
    offered = response.json()
    assert (response.status_code, offered["state"], offered["follows"]) == (201, "proposed", award["id"])
    assert offered["quote_id"] == scene.quotes[ranking[0]]["id"]
    assert [(line["quantity"], line["reason"]) for line in offered["lines"]] == [("60", "next_in_rank")]
    assert response.headers["location"] == f"/v1/awards/{offered['id']}"
    assert (await scene.step(scene.buyer, offered, "issue")).status_code == 200
    assert await scene.reserved() == ["60"]
    if how != "lapse":
        await scene.replay(offered, award)


async def test_a_lapsed_one_need_not_wait_for_the_clock(world: World) -> None:
    scene = await _scene(world)
    award = await scene.issued("100")
    early = await _next(scene.buyer, award)
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "wrong_state", "issued")
    await world.pass_acceptance(award)
    assert (await _next(scene.buyer, award)).status_code == 201
    assert (await scene.buyer.done("GET", f"/v1/awards/{award['id']}"))["state"] == "lapsed"


async def test_four_eyes_stay_four(world: World) -> None:
    scene = await _scene(world, policy={"four_eyes_awards": True}, person="Ani")
    award = await scene.proposed("100")
    other = await second_person(world, scene.buyer, "Budi")
    issued = (await scene.step(other, award, "issue")).json()
    await _end(scene, issued, "decline")
    offered = (await _next(scene.buyer, award)).json()
    assert (await scene.step(scene.buyer, offered, "issue")).json()["code"] == "four_eyes_required"
    assert (await scene.step(other, offered, "issue")).status_code == 200


async def test_when_nobody_is_left_the_rfq_says_what_is(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.issued("100")
    await _end(scene, award, "decline")
    found = await _successors(scene, award)
    assert (found["lines"][0]["items"], found["next_quote_id"]) == ([], None)
    assert found["rfq_actions"] == ["start_round", "close_rfq_without_award", "cancel_rfq"]
    refused = await _next(scene.buyer, award)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_successor")
    assert refused.json()["allowed_actions"][-2:] == ["close_rfq_without_award", "cancel_rfq"]
    path = f"/v1/rfqs/{scene.rfq['id']}"
    ended = await scene.buyer.done("POST", f"{path}/close-without-award", {"reason": "capacity_insufficient"})
    assert ended["allowed_actions"] == ["reissue_rfq"]
    over = await _next(scene.buyer, award)
    assert (over.status_code, over.json()["code"], over.json()["state"]) == (409, "wrong_state", "not_awarded")


async def test_who_holds_the_line_or_has_expired_is_not_next(world: World) -> None:
    scene = await _scene(world)
    award = await scene.issued("40")
    held = await scene.issued("60", of=2)
    await _end(scene, award, "decline")
    assert (await _successors(scene, award))["next_quote_id"] == scene.quotes[1]["id"]
    await scene.step(scene.buyer, held, "cancel", {"reason": "entered_in_error"})
    await world.owner.execute(
        "UPDATE quote SET valid_until = current_date - 10 WHERE id = $1", read("quote", scene.quotes[2]["id"])
    )
    await openings.tick(world.services.db)
    [line] = (await _successors(scene, award))["lines"]
    assert [item["quote_id"] for item in line["items"]] == [scene.quotes[1]["id"]], "declined, expired: not again"
    assert (await _next(scene.buyer, award)).json()["lines"][0]["quantity"] == "40"


async def test_two_at_once_propose_once_and_never_award_too_much(world: World) -> None:
    scene = await _scene(world)
    for _ in range(10):
        award = await scene.issued("100")
        await _end(scene, award, "cancel")
        answers = await asyncio.gather(*(_next(scene.buyer, award) for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"no_successor"}
        [offered] = [answer.json() for answer in answers if answer.status_code == 201]
        assert await scene.reserved() == ["0"]
        issues = await asyncio.gather(*(scene.step(scene.buyer, offered, "issue") for _ in range(2)))
        assert sorted(answer.status_code for answer in issues) == [200, 412]
        assert await scene.reserved() == ["100"]
        issued = await scene.buyer.done("GET", f"/v1/awards/{offered['id']}")
        await scene.step(scene.buyer, issued, "cancel", {"reason": "entered_in_error"})


async def test_who_may_not(world: World) -> None:
    scene = await _scene(world)
    award = await scene.issued("100")
    path = f"/v1/awards/{award['id']}/successors"
    early = await scene.buyer.get(path)
    assert (early.status_code, early.json()["code"]) == (409, "wrong_state")
    await _end(scene, award, "decline")
    assert (await scene.suppliers[0].get(path)).json()["code"] == "forbidden"
    assert (await _next(scene.suppliers[0], award)).json()["code"] == "forbidden"
    for stranger in (scene.suppliers[1], await world.party("buyer"), await world.party("operator")):
        assert (await stranger.get(path)).status_code == 404
        assert (await _next(stranger, award)).status_code == 404
    first = await _next(scene.buyer, award, key="once")
    assert (await _next(scene.buyer, award, key="once")).content == first.content
    never = await scene.proposed("100", of=1)
    await scene.step(scene.buyer, never, "cancel", {"reason": "entered_in_error"})
    moot = await _next(scene.buyer, never)
    assert (moot.status_code, moot.json()["code"]) == (409, "wrong_state"), "nothing came free with it"
