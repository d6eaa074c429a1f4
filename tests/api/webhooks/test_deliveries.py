"""test_webhook_endpoint, list_webhook_deliveries and redeliver through HTTP."""

from typing import Any

from outbox import feed

from api.webhooks.dispatcher import dispatching
from domain.ids import read
from world import Party, World

PATH = "/v1/webhook-endpoints"


async def made(party: Party, **more: Any) -> str:
    """The path of a new endpoint."""
    body = {"url": "https://erp.example.com/hooks", "event_types": ["rfq.created"], **more}
    endpoint = (await party.done("POST", PATH, body))["webhook_endpoint"]
    return f"{PATH}/{endpoint['id']}"


async def fan_out(world: World, party: Party, path: str, count: int) -> list[Any]:
    """Wait for `count` deliveries, oldest first. Nothing is sent."""
    async with dispatching(world.services) as dispatcher:
        while len(found := (await party.done("GET", f"{path}/deliveries"))["items"]) < count:
            await dispatcher.fan_out()
    return list(reversed(found))


async def test_a_test_waits_for_the_worker(world: World) -> None:
    buyer = await world.party("buyer")
    path = await made(buyer)
    first = await buyer.post(f"{path}/test", key="t")
    assert first.status_code == 201
    delivery = first.json()
    assert (delivery["type"], delivery["event_id"], delivery["state"], delivery["attempts"]) == (
        "webhook.test", None, "pending", 0,
    )  # fmt: skip
    assert (delivery["last_status"], delivery["last_error"], delivery["finished_at"]) == (None, None, None)
    assert (await buyer.post(f"{path}/test", key="t")).content == first.content
    second = await buyer.post(f"{path}/test")
    assert (second.status_code, second.json()["code"]) == (409, "limit_reached")
    assert (await buyer.done("GET", f"{path}/deliveries"))["items"] == [delivery]
    unknown = await buyer.get("/v1/events", params={"types": "webhook.test"})
    assert unknown.status_code == 400, "no event of the ledger"


async def test_a_disabled_endpoint_is_not_tested(world: World) -> None:
    buyer = await world.party("buyer")
    path = await made(buyer)
    await buyer.done("PATCH", path, {"enabled": False}, etag='"1"')
    response = await buyer.post(f"{path}/test")
    assert (response.status_code, response.json()["code"], response.json()["state"]) == (409, "wrong_state", "disabled")
    assert "update_webhook_endpoint" in response.json()["allowed_actions"]


async def test_deliveries_are_listed_newest_first_in_pages(world: World) -> None:
    buyer = await world.party("buyer")
    path = await made(buyer)
    drafts = [await world.draft(buyer) for _ in range(5)]
    await fan_out(world, buyer, path, 5)
    page = await buyer.done("GET", f"{path}/deliveries", params={"limit": "3"})
    rest = await buyer.done("GET", f"{path}/deliveries", params={"limit": "3", "after": page["next_cursor"]})
    items = page["items"] + rest["items"]
    assert (len(page["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 2, None)
    assert [item["id"] for item in items] == sorted((item["id"] for item in items), reverse=True)
    subjects = {event["id"]: event["subject_id"] for event in await feed(buyer, "rfq.created", 5)}
    assert [subjects[item["event_id"]] for item in items] == [draft["id"] for draft in reversed(drafts)]
    assert (await buyer.done("GET", f"{path}/deliveries", params={"state": "dead"}))["items"] == []
    assert len((await buyer.done("GET", f"{path}/deliveries", params={"state": "pending"}))["items"]) == 5
    unknown = await buyer.get(f"{path}/deliveries", params={"state": "lost"})
    assert (unknown.status_code, unknown.json()["code"]) == (400, "invalid_parameter")
    crossed = await buyer.get(f"{path}/deliveries", params={"state": "dead", "after": page["next_cursor"]})
    assert crossed.status_code == 400


async def test_one_delivery_once_more(world: World) -> None:
    buyer = await world.party("buyer")
    path = await made(buyer)
    await world.draft(buyer)
    (delivery,) = await fan_out(world, buyer, path, 1)
    await world.owner.execute(
        "UPDATE webhook_delivery SET state = 'dead', attempts = 10, finished_at = now() WHERE id = $1",
        read("webhook_delivery", delivery["id"]),
    )
    body = {"delivery_id": delivery["id"]}
    first = await buyer.post(f"{path}/redeliver", body, key="d")
    assert (first.status_code, first.json()["id"]) == (200, path.rsplit("/", 1)[1])
    assert (await buyer.post(f"{path}/redeliver", body, key="d")).content == first.content
    (again,) = (await buyer.done("GET", f"{path}/deliveries"))["items"]
    assert (again["id"], again["state"], again["attempts"], again["finished_at"]) == (
        delivery["id"], "pending", 0, None,
    )  # fmt: skip


async def test_everything_from_an_event_on(world: World) -> None:
    buyer = await world.party("buyer")
    drafts = [await world.draft(buyer) for _ in range(4)]
    path = await made(buyer)  # after them: it would get none
    events = await feed(buyer, "rfq.created", 4)
    assert [event["subject_id"] for event in events] == [draft["id"] for draft in drafts]
    await buyer.done("POST", f"{path}/redeliver", {"from_event_id": events[1]["id"]})
    found = await fan_out(world, buyer, path, 3)
    assert [item["event_id"] for item in found] == [event["id"] for event in events[1:]]
    await world.owner.execute(
        "UPDATE webhook_delivery SET state = 'succeeded', finished_at = now() WHERE endpoint_id = $1",
        read("webhook_endpoint", path.rsplit("/", 1)[1]),
    )
    # Once more: those that were accepted start anew, under the same ids.
    await buyer.done("POST", f"{path}/redeliver", {"from_event_id": events[2]["id"]})
    async with dispatching(world.services) as dispatcher:
        while [i["state"] for i in (await buyer.done("GET", f"{path}/deliveries"))["items"]].count("pending") < 2:
            await dispatcher.fan_out()
    again = list(reversed((await buyer.done("GET", f"{path}/deliveries"))["items"]))
    assert [item["id"] for item in again] == [item["id"] for item in found]
    assert [item["state"] for item in again] == ["succeeded", "pending", "pending"]


async def test_what_happened_meanwhile_can_be_left_out(world: World) -> None:
    buyer = await world.party("buyer")
    path = await made(buyer)
    for _ in range(3):
        await world.draft(buyer)
    last = (await feed(buyer, "rfq.created", 3))[-1]
    await buyer.done("POST", f"{path}/redeliver", {"from_event_id": last["id"]})
    found = await fan_out(world, buyer, path, 1)
    assert [item["event_id"] for item in found] == [last["id"]]


async def test_what_cannot_be_delivered_again(world: World) -> None:
    buyer, rival = await world.party("buyer"), await world.party("buyer")
    path, elsewhere = await made(buyer), await made(buyer)
    await rival.done("POST", f"{await made(rival)}/test")
    await world.draft(rival)
    (foreign,) = await feed(rival, "rfq.created")
    test = await buyer.done("POST", f"{elsewhere}/test")
    for body in (
        {"from_event_id": foreign["id"]},
        {"from_event_id": "evt_" + "0" * 32},
        {"from_event_id": "nonsense"},
        {"delivery_id": test["id"]},
        {"delivery_id": "whd_" + "0" * 32},
    ):
        response = await buyer.post(f"{path}/redeliver", body)
        assert (response.status_code, response.json()["code"]) == (404, "not_found"), body
    for unclear in ({}, {"delivery_id": test["id"], "from_event_id": foreign["id"]}):
        response = await buyer.post(f"{elsewhere}/redeliver", unclear)
        assert (response.status_code, response.json()["code"]) == (422, "invalid")
        assert [error["pointer"] for error in response.json()["errors"]] == ["/delivery_id", "/from_event_id"]


async def test_a_new_url_gives_what_waits_a_fresh_start(world: World) -> None:
    buyer = await world.party("buyer")
    path = await made(buyer)
    await world.draft(buyer)
    (delivery,) = await fan_out(world, buyer, path, 1)
    await world.owner.execute(
        "UPDATE webhook_delivery SET attempts = 7, next_attempt_at = now() + interval '20 h', passed_over = true "
        "WHERE id = $1",
        read("webhook_delivery", delivery["id"]),
    )
    await buyer.done("PATCH", path, {"description": "still the same place"}, etag='"1"')
    (waiting,) = (await buyer.done("GET", f"{path}/deliveries"))["items"]
    assert waiting["attempts"] == 7
    await buyer.done("PATCH", path, {"url": "https://new.example.com/"}, etag='"2"')
    (fresh,) = (await buyer.done("GET", f"{path}/deliveries"))["items"]
    assert (fresh["attempts"], fresh["passed_over"]) == (0, False)
    assert fresh["next_attempt_at"] < waiting["next_attempt_at"]


async def test_old_deliveries_are_forgotten(world: World) -> None:
    buyer = await world.party("buyer")
    path = await made(buyer)
    for _ in range(3):
        await world.draft(buyer)
    old, recent, waiting = await fan_out(world, buyer, path, 3)
    for item, age in ((old, 31), (recent, 29)):
        await world.owner.execute(
            "UPDATE webhook_delivery SET state = 'succeeded', finished_at = now() - make_interval(days => $2) WHERE id = $1",
            read("webhook_delivery", item["id"]),
            age,
        )
    async with dispatching(world.services) as dispatcher:
        assert await dispatcher.forget() == 1
    left = (await buyer.done("GET", f"{path}/deliveries"))["items"]
    assert {item["id"] for item in left} == {recent["id"], waiting["id"]}
