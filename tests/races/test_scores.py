"""Scores against the opening of prices: whatever is handed in was handed in before they were known."""

import asyncio

from scoring_scene import PLANT, QUALITY, Scene, breaks

from domain.ids import read
from world import World

SCORES = {QUALITY: ("90", "70"), PLANT: ("80", "60")}


async def test_no_sheet_is_submitted_once_prices_are_known(world: World) -> None:
    it = await Scene.set(world, breaks("120"), breaks("100"), envelopes=2)
    await it.open()
    await it.scored(it.ana, SCORES)
    judges = [await world.key(it.buyer.organisation_id, f"judge {no}", person=f"Judge {no}") for no in range(12)]
    for judge in judges:
        await it.scored(judge, SCORES, submit=False)
    path = f"{it.path}/scores/submit"
    handing = [asyncio.create_task(judge.post(path)) for judge in judges[:6]]
    opening = asyncio.create_task(it.buyer.post(f"{it.path}/open-quotes"))
    handing += [asyncio.create_task(judge.post(path)) for judge in judges[6:]]
    answers = await asyncio.gather(*handing)
    assert (await opening).status_code == 200
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"scores_frozen"}
    submitted = 1 + sum(answer.status_code == 200 for answer in answers)
    late = await world.owner.fetchval(
        "SELECT count(*) FROM score_sheet s JOIN rfq r ON r.id = s.rfq_id "
        "WHERE r.id = $1 AND s.submitted_at > r.scores_closed_at",
        read("rfq", it.rfq["id"]),
    )
    assert late == 0
    assert len((await it.ranking())["evaluators"]) == submitted
