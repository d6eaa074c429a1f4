"""What concerns one object arrives in its order; what concerns others does not wait for it."""

import asyncio
from typing import Any

from outbox import Outbox
from receivers import Answer, Received, receiver, refuse, scripted

from world import Party, World

CHANGES = 5


async def changed(party: Party, draft: Any, times: int = CHANGES) -> Any:
    """A draft RFQ, changed so often: `times` events after its first."""
    for number in range(times):
        draft = await party.done("PATCH", f"/v1/rfqs/{draft['id']}", {"title": f"T{number}"}, etag=draft["etag"])
    return draft


async def test_a_failed_first_delivery_holds_back_the_rest_of_its_object(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    first, other = await world.draft(buyer), await world.draft(buyer)
    async with receiver(scripted(503)) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.updated"])
        first = await changed(buyer, first)
        other = await changed(buyer, other)
        async with outbox.at_work():
            # All of the other object gets through while the first one waits for its second attempt.
            await partner.until(1 + CHANGES)
            assert {request.json["data"]["subject_id"] for request in partner.requests[1:]} == {other["id"]}
            await outbox.pass_time(endpoint)
            await partner.until(1 + 2 * CHANGES)
            found = await outbox.until(
                buyer, endpoint, lambda items: {item["state"] for item in items} == {"succeeded"}
            )
    for draft in (first, other):
        versions = [request.json["data"]["subject_version"] for request in partner.of([draft["id"]])]
        expected = list(range(2, 2 + CHANGES))
        assert versions == ([2, *expected] if draft is first else expected)
    refused = next(item for item in found if item["event_id"] == partner.requests[0].id)
    assert refused["attempts"] == 2


async def test_of_one_object_one_message_is_under_way_at_a_time(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    under_way: dict[str, int] = {}
    most: dict[str, int] = {}

    async def watch(request: Received) -> Answer:
        subject = request.json["data"]["subject_id"]
        under_way[subject] = under_way.get(subject, 0) + 1
        most[subject] = max(most.get(subject, 0), under_way[subject])
        most["all"] = max(most.get("all", 0), sum(under_way.values()))
        await asyncio.sleep(0.01)
        under_way[subject] -= 1
        return 204, {}

    drafts = [await world.draft(buyer) for _ in range(3)]
    async with receiver(watch) as partner:
        await outbox.endpoint(buyer, partner.url, event_types=["rfq.updated"])
        for draft in drafts:
            await changed(buyer, draft)
        async with outbox.at_work(), outbox.at_work():  # two processes at once
            await partner.until(3 * CHANGES)
    assert {most[draft["id"]] for draft in drafts} == {1}
    for draft in drafts:
        versions = [request.json["data"]["subject_version"] for request in partner.of([draft["id"]])]
        assert versions == list(range(2, 2 + CHANGES))


async def test_what_is_refused_again_and_again_is_passed_over(world: World, outbox: Outbox) -> None:
    """A partner that cannot read one message gets the later ones about the same object all the same."""
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)

    async def dislike_the_first(request: Received) -> Answer:
        return (422 if request.json["data"]["subject_version"] == 2 else 204), {}

    async with receiver(dislike_the_first) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.updated"])
        await changed(buyer, draft, 2)
        async with outbox.at_work():
            for attempt in range(1, 5):
                await partner.until(attempt)
                assert len(partner.requests) == attempt, "nothing went past it"
                await outbox.settled(buyer, endpoint, attempts=attempt)
                if attempt < 4:
                    await outbox.pass_time(endpoint)
            await partner.until(5)
            items = await outbox.until(buyer, endpoint, lambda found: found[1]["state"] == "succeeded")
            assert (items[0]["state"], items[0]["passed_over"], items[0]["attempts"]) == ("pending", True, 4)
            partner.behave = refuse(204)
            await outbox.pass_time(endpoint)
            await outbox.until(buyer, endpoint, lambda found: found[0]["state"] == "succeeded")
    assert [request.json["data"]["subject_version"] for request in partner.requests] == [2, 2, 2, 2, 3, 2]


async def test_a_server_error_is_never_passed_over(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    async with receiver(refuse(500)) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.updated"])
        await changed(buyer, draft, 2)
        async with outbox.at_work():
            for attempt in range(1, 7):
                await outbox.settled(buyer, endpoint, attempts=attempt)
                await outbox.pass_time(endpoint)
    assert {request.json["data"]["subject_version"] for request in partner.requests} == {2}
