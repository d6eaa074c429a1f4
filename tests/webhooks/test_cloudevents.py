"""An endpoint may have its bodies as CloudEvents 1.0: the same event, signed the same way."""

from datetime import datetime

from outbox import Outbox, feed
from receivers import Received, receiver, refuse
from standardwebhooks.webhooks import Webhook

from domain.ids import read
from world import World


def checked(request: Received, secret: str) -> dict[str, object]:
    """The CloudEvent of a signed message: structured mode, every required attribute a string that is not empty."""
    assert request.headers["content-type"] == "application/cloudevents+json"
    told: dict[str, object] = Webhook(secret).verify(request.body, request.headers)
    required = [told[name] for name in ("specversion", "id", "source", "type")]
    assert all(isinstance(value, str) and value for value in required)
    assert told["specversion"] == "1.0"
    assert all(name.isalnum() and name.islower() for name in told), "names of attributes have small letters and digits"
    assert None not in told.values(), "an attribute is there or it is not"
    assert told["datacontenttype"] == "application/json"
    assert datetime.fromisoformat(str(told["time"])).tzinfo is not None
    return told


async def test_an_event_arrives_as_a_cloud_event(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver() as partner, outbox.at_work():
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"], body_format="cloudevents")
        assert endpoint["body_format"] == "cloudevents"
        draft = await world.draft(buyer)
        request = (await partner.until(1))[0]
    told = checked(request, endpoint["secret"])
    (event,) = await feed(buyer, "rfq.created")
    assert told["id"] == event["id"] == request.id
    assert (told["source"], told["type"], told["subject"]) == ("urn:jembatan", "rfq.created", draft["id"])
    assert (told["time"], told["data"]) == (event["at"], event)


async def test_what_is_only_announced_has_no_subject(world: World, outbox: Outbox) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    async with receiver() as partner, outbox.at_work():
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["quote.submitted"], body_format="cloudevents")
        await world.quote(supplier, await world.rfq(buyer))
        request = (await partner.until(1))[0]
    assert "subject" not in checked(request, endpoint["secret"])


async def test_a_test_message_too(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver() as partner, outbox.at_work():
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.closed"], body_format="cloudevents")
        await buyer.done("POST", f"/v1/webhook-endpoints/{endpoint['id']}/test")
        request = (await partner.until(1))[0]
    told = checked(request, endpoint["secret"])
    assert (told["id"], told["type"], told["data"]) == (request.id, "webhook.test", {"endpoint_id": endpoint["id"]})


async def test_a_message_keeps_the_form_it_was_written_in_until_it_is_replayed(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver(refuse(500)) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        path = f"/v1/webhook-endpoints/{endpoint['id']}"
        await world.draft(buyer)
        async with outbox.at_work():
            await outbox.settled(buyer, endpoint, attempts=1)
            changed = await buyer.done("PATCH", path, {"body_format": "cloudevents"}, etag=endpoint["etag"])
            assert (changed["body_format"], changed["etag"]) == ("cloudevents", '"2"')
            partner.behave = refuse(204)
            await outbox.pass_time(endpoint)
            (item,) = await outbox.until(buyer, endpoint, lambda items: items[0]["state"] == "succeeded")
            first, second = partner.requests
            assert first.body == second.body
            assert second.headers["content-type"] == "application/json"
            await buyer.done("POST", f"{path}/redeliver", {"delivery_id": item["id"]})
            await partner.until(3)
            assert partner.requests[2].body == first.body, "the same message once more"
            await outbox.until(buyer, endpoint, lambda items: items[0]["state"] == "succeeded")
            await buyer.done("POST", f"{path}/redeliver", {"from_event_id": item["event_id"]})
            await partner.until(4)
    again = partner.requests[3]
    assert (again.id, checked(again, endpoint["secret"])["id"]) == (first.id, first.id)


async def test_endpoints_of_the_previous_release_go_on_as_before(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    endpoint = await outbox.endpoint(buyer, "https://erp.example.com/")
    row = await world.owner.fetchrow(
        "INSERT INTO webhook_endpoint (id, organisation_id, state, version, url, event_types, secret, created_at, updated_at) "
        "SELECT gen_random_uuid(), organisation_id, state, version, url, event_types, secret, created_at, updated_at "
        "FROM webhook_endpoint WHERE id = $1 RETURNING body_format",
        read("webhook_endpoint", endpoint["id"]),
    )
    assert row is not None
    assert row["body_format"] == endpoint["body_format"] == "standard"
