"""An award ends once: accepting against the clock, against the buyer's cancellation, and against an objection."""

import asyncio
from typing import Any

import pytest
from award_scene import Scene, priced

from domain.awards import commands as awards
from domain.ids import read
from world import World

ROUNDS = 20
MOVED = ("standstill_until", "accept_by")


async def _end(scene: Scene, award: Any) -> tuple[str, list[str]]:
    """(state, what is reserved); the events of the award tell the same."""
    shown = await scene.buyer.done("GET", f"/v1/awards/{award['id']}")
    await scene.replay(award, besides=MOVED)
    return shown["state"], await scene.reserved()


@pytest.mark.parametrize("within", [-0.01, 0.0, 0.004, 0.008])
async def test_accept_against_lapse(world: World, within: float) -> None:
    """At whatever instant it falls: accepted with its quantity kept, or lapsed with its quantity free, never both."""
    for _ in range(ROUNDS // 4):
        scene = await Scene.set(world)
        award = await scene.issued("100")
        await world.pass_acceptance(award, within=within)

        async def lapse(award: Any = award) -> bool:
            for _ in range(200):
                if await awards.lapse(world.services.db, read("award", award["id"])):
                    return True
                await asyncio.sleep(0.001)
            return False

        answer, lapsed = await asyncio.gather(scene.step(scene.suppliers[0], award, "accept"), lapse())
        state, reserved = await _end(scene, award)
        if answer.status_code == 200:
            assert (lapsed, state, reserved) == (False, "accepted", ["100"])
            orders = (await scene.buyer.done("GET", f"/v1/orders?rfq_id={scene.rfq['id']}"))["items"]
            assert len(orders) == 1
        else:
            assert answer.json()["code"] in {"deadline_passed", "wrong_state", "stale_version"}
            assert (lapsed, state, reserved) == (True, "lapsed", ["0"])


async def test_accept_against_cancel(world: World) -> None:
    for _ in range(ROUNDS // 2):
        scene = await Scene.set(world)
        award = await scene.issued("100")
        accepted, cancelled = await asyncio.gather(
            scene.step(scene.suppliers[0], award, "accept"),
            scene.step(scene.buyer, award, "cancel", {"reason": "entered_in_error"}, etag=None),
        )
        assert min(accepted.status_code, cancelled.status_code) == 200
        assert accepted.status_code != cancelled.status_code
        state, reserved = await _end(scene, award)
        expected = ("accepted", ["100"]) if accepted.status_code == 200 else ("cancelled", ["0"])
        assert (state, reserved) == expected


async def test_accept_against_objection(world: World) -> None:
    """Either the objection is too late, or nothing was accepted while it is open."""
    for _ in range(ROUNDS // 2):
        scene = await Scene.set(world, suppliers=2, head={"standstill_days": 1}, each=[priced("90"), priced("100")])
        award = await scene.issued("100")
        await world.owner.execute(
            "UPDATE award SET standstill_until = clock_timestamp() + interval '4 milliseconds' WHERE id = $1",
            read("award", award["id"]),
        )
        path = f"/v1/rfqs/{scene.rfq['id']}/objections"

        async def accept(scene: Scene = scene, award: Any = award) -> Any:
            for _ in range(100):
                answer = await scene.step(scene.suppliers[0], award, "accept")
                if answer.json().get("code") != "standstill":
                    break
            return answer

        answer, filed = await asyncio.gather(accept(), scene.suppliers[1].post(path, {"text": "Keberatan."}))
        if filed.status_code == 201:
            assert (answer.status_code, answer.json()["code"]) == (409, "objection_open")
        else:
            assert filed.json()["code"] in {"deadline_passed", "wrong_state", "forbidden"}
            assert answer.status_code == 200
