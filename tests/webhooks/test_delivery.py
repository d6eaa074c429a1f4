"""An event becomes a signed message that the official library of Standard Webhooks verifies."""

import json

import pytest
from outbox import Outbox, feed
from receivers import receiver
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from domain.ids import read
from world import Party, World


async def test_what_happens_arrives_signed_and_as_in_the_feed(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver() as partner, outbox.at_work():
        endpoint = await outbox.endpoint(buyer, partner.url)
        draft = await world.draft(buyer)
        await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
        await partner.until_that(lambda: "rfq.published" in partner.types)
    own = partner.of([draft["id"], endpoint["id"]])
    assert [request.type for request in own if request.type.startswith("rfq.")] == ["rfq.created", "rfq.published"]
    assert "webhook_endpoint.created" in [request.type for request in own]
    for request in own:
        told = Webhook(endpoint["secret"]).verify(request.body, request.headers)
        (event,) = await feed(buyer, request.type, subject=told["data"]["subject_id"])
        event["data"].pop("baselines", None)  # for the buyer alone, and so not in a message
        assert (told["data"], request.id) == (event, event["id"])
        assert (told["type"], told["timestamp"]) == (told["data"]["type"], told["data"]["at"])
        assert request.headers["content-type"] == "application/json"
        assert request.headers["accept-encoding"] == "identity"
        assert len(request.body) < 20_000
        with pytest.raises(WebhookVerificationError):
            Webhook(endpoint["secret"]).verify(request.body + b" ", request.headers)
    assert {item["state"] for item in await outbox.deliveries(buyer, endpoint)} == {"succeeded"}


async def test_while_a_secret_is_exchanged_both_verify(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver() as partner, outbox.at_work():
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        rotated = await buyer.done("POST", f"/v1/webhook-endpoints/{endpoint['id']}/rotate-secret")
        await world.draft(buyer)
        overlapping = (await partner.until(1))[0]
        await world.owner.execute("UPDATE webhook_endpoint SET previous_until = now() WHERE previous_until IS NOT NULL")
        await world.draft(buyer)
        afterwards = (await partner.until(2))[1]
    old, new = Webhook(endpoint["secret"]), Webhook(rotated["secret"])
    assert overlapping.headers["webhook-signature"].count("v1,") == 2
    assert old.verify(overlapping.body, overlapping.headers) == new.verify(overlapping.body, overlapping.headers)
    assert afterwards.headers["webhook-signature"].count("v1,") == 1
    assert new.verify(afterwards.body, afterwards.headers)
    with pytest.raises(WebhookVerificationError):
        old.verify(afterwards.body, afterwards.headers)


async def test_no_secret_is_in_the_database(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    endpoint = await outbox.endpoint(buyer, "https://erp.example.com/")
    bare = endpoint["secret"].removeprefix("whsec_")
    rows = await world.owner.fetch(
        "SELECT e::text AS text FROM webhook_endpoint e UNION ALL SELECT v::text FROM event v "
        "UNION ALL SELECT convert_from(i.body, 'utf8') FROM idempotency i"
    )
    assert rows
    assert not [row for row in rows if bare in row["text"]]


async def test_only_the_wanted_types_are_sent(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver() as partner, outbox.at_work():
        await outbox.endpoint(buyer, partner.url, event_types=["rfq.published"])
        for _ in range(3):
            await world.rfq(buyer)
        await partner.until(3)
    assert partner.types == ["rfq.published"] * 3


async def test_each_organisation_gets_what_it_may_see(world: World, outbox: Outbox) -> None:
    """A rival learns nothing of a quote; the buyer learns that there is one, not whose."""
    buyer, one, rival = await world.party("buyer"), await world.party("supplier"), await world.party("supplier")
    rfq = await world.rfq(buyer)
    async with receiver() as at_buyer, receiver() as at_rival, outbox.at_work():
        for party, partner in ((buyer, at_buyer), (rival, at_rival)):
            await outbox.endpoint(party, partner.url)
        await world.quote(one, rfq, price="98765.4321")
        await at_buyer.until_that(lambda: "quote.submitted" in at_buyer.types)
        draft = await rival.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq))
        await at_rival.until_that(lambda: "quote.created" in at_rival.types)
    announced = next(request for request in at_buyer.requests if request.type == "quote.submitted").json["data"]
    assert (announced["subject_id"], announced["organisation_id"], announced["actor_name"]) == (None, None, "supplier")
    mine = [request for request in at_rival.requests if request.type.startswith("quote.")]
    assert [request.json["data"]["subject_id"] for request in mine] == [draft["id"]]
    assert not [request for request in at_buyer.requests + at_rival.requests if b"98765" in request.body]
    assert not [request for request in at_rival.requests if one.id.encode() in request.body]


async def test_what_the_feed_tells_one_organisation_alone_stays_in_the_feed(world: World, outbox: Outbox) -> None:
    """The baselines of a published RFQ hold what an imported piece costs."""
    buyer = await world.party("buyer")
    baseline = {
        "kind": "import", "origin": "CN", "hs_code": "8503.00", "currency": "USD", "cif_unit_price": "4321.9876",
        "duty_percent": "5", "annual_quantity": "80", "idr_rate": "16813", "idr_rate_on": "2026-11-02",
    }  # fmt: skip
    async with receiver() as partner, outbox.at_work():
        await outbox.endpoint(buyer, partner.url, event_types=["rfq.published"])
        draft = await buyer.done("POST", "/v1/rfqs", world.rfq_body() | {"lines": [world.line(baseline=baseline)]})
        await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
        request = (await partner.until(1))[0]
    (event,) = await feed(buyer, "rfq.published", subject=draft["id"])
    assert (event["id"], len(event["data"]["baselines"])) == (request.id, 1)
    assert "baselines" not in request.json["data"]["data"]


async def _rewrite(world: World, buyer: Party, data: dict[str, str]) -> None:
    """Put something into the events of the buyer's updates that no command would."""
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")  # no triggers
        await world.owner.execute(
            "UPDATE event SET data = $1 WHERE type = 'rfq.updated' AND organisation_id = $2",
            json.dumps(data),
            buyer.organisation_id,
        )


async def test_a_message_too_large_says_so(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver() as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.updated"])
        draft = await world.draft(buyer)
        await buyer.done("PATCH", f"/v1/rfqs/{draft['id']}", {"title": "B"}, etag=draft["etag"])
        await _rewrite(world, buyer, {"x": "y" * 20000})
        async with outbox.at_work():
            request = (await partner.until(1))[0]
        await _rewrite(world, buyer, {})
    assert request.json["data"]["data"] == {"truncated": True}
    assert Webhook(endpoint["secret"]).verify(request.body, request.headers)


async def test_a_test_message_arrives_once_with_an_id_of_its_own(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver() as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.published"])
        sent = await buyer.done("POST", f"/v1/webhook-endpoints/{endpoint['id']}/test")
        assert (sent["type"], sent["event_id"], sent["state"]) == ("webhook.test", None, "pending")
        async with outbox.at_work():
            request = (await partner.until(1))[0]
            (ended,) = await outbox.until(buyer, endpoint, lambda found: found[0]["state"] != "pending")
    told = Webhook(endpoint["secret"]).verify(request.body, request.headers)
    assert (request.id, told["data"]) == (sent["id"], {"endpoint_id": endpoint["id"]})
    assert (ended["state"], ended["attempts"], ended["last_status"]) == ("succeeded", 1, 204)


async def test_a_suspended_organisation_gets_nothing_until_it_is_verified_again(world: World, outbox: Outbox) -> None:
    buyer, other = await world.party("buyer"), await world.party("buyer")
    state = "UPDATE organisation SET state = $2 WHERE id = $1"
    waiting = "SELECT count(*) FROM webhook_delivery WHERE endpoint_id = $1"
    async with receiver() as partner, receiver() as control:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.published"])
        await outbox.endpoint(other, control.url, event_types=["rfq.published"])
        key = read("webhook_endpoint", endpoint["id"])
        await world.rfq(other)  # open to all: both get it
        async with outbox.dispatcher() as dispatcher:
            while await world.owner.fetchval(waiting, key) < 1:
                await dispatcher.fan_out()
        await world.owner.execute(state, buyer.organisation_id, "suspended")
        await world.rfq(other)
        async with outbox.at_work():
            await control.until(2)
        assert (partner.requests, await world.owner.fetchval(waiting, key)) == ([], 1)
        await world.owner.execute(state, buyer.organisation_id, "verified")
        async with outbox.at_work():
            await partner.until(2)
        assert [request.id for request in partner.requests] == [request.id for request in control.requests]


async def test_fan_out_waits_for_a_transaction_that_is_late(world: World, outbox: Outbox) -> None:
    """Were it not for the bound, an event whose transaction commits after later ones would be passed by."""
    buyer = await world.party("buyer")
    async with receiver() as partner, outbox.dispatcher() as dispatcher:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        async with world.owner.transaction():
            await world.owner.execute("SELECT pg_current_xact_id()")  # older than the event, and still running
            await world.draft(buyer)
            while await dispatcher.fan_out():
                pass
            assert await outbox.deliveries(buyer, endpoint) == []
        async with outbox.at_work():
            await partner.until(1)
