"""Of several changes to one version, one is made; the others are told that there is a newer one."""

import asyncio

from world import World

ROUNDS, AT_ONCE = 10, 4


async def test_of_changes_to_one_version_one_is_made(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    path = f"/v1/rfqs/{draft['id']}"
    for number in range(ROUNDS):
        answers = await asyncio.gather(
            *(
                buyer.request("PATCH", path, body={"title": f"{number}.{place}"}, etag=draft["etag"])
                for place in range(AT_ONCE)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * (AT_ONCE - 1)
        assert {answer.json()["code"] for answer in answers if answer.status_code == 412} == {"stale_version"}
        made = next(answer.json() for answer in answers if answer.status_code == 200)
        draft = await buyer.done("GET", path)
        assert (draft["title"], draft["etag"]) == (made["title"], made["etag"])
