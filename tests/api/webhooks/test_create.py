"""create_webhook_endpoint through HTTP."""

import asyncio
import base64
import re

import pytest
from outbox import feed

from api.app import create_app
from api.services import Services
from api.settings import Settings
from world import Party, World

PATH = "/v1/webhook-endpoints"
BODY = {"url": "https://erp.example.com/hooks", "description": "ERP", "event_types": ["rfq.published", "quote.opened"]}


async def test_the_secret_is_shown_once_and_a_retry_gets_it_again(world: World) -> None:
    buyer = await world.party("buyer")
    first = await buyer.post(PATH, BODY, key="once")
    again = await buyer.post(PATH, BODY, key="once")
    assert first.status_code == 201
    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    made = first.json()
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]+=*", made["secret"])
    assert 24 <= len(base64.b64decode(made["secret"].removeprefix("whsec_"))) <= 64
    endpoint = made["webhook_endpoint"]
    assert first.headers["etag"] == made["etag"] == endpoint["etag"] == '"1"'
    assert (endpoint["state"], endpoint["state_label"]) == ("active", "Active")
    assert (endpoint["url"], endpoint["description"]) == (BODY["url"], "ERP")
    assert endpoint["event_types"] == ["quote.opened", "rfq.published"]
    assert set(endpoint["allowed_actions"]) == {
        "update_webhook_endpoint",
        "rotate_webhook_secret",
        "delete_webhook_endpoint",
        "test_webhook_endpoint",
        "redeliver",
    }
    listed = (await buyer.done("GET", PATH))["items"]
    assert listed == [endpoint]
    assert "whsec_" not in (await buyer.get(PATH)).text + str(await feed(buyer, "webhook_endpoint.created"))
    other = await buyer.post(PATH, BODY | {"description": "MES"}, key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_all_events_and_no_description_are_the_defaults(world: World) -> None:
    buyer = await world.party("buyer")
    endpoint = (await buyer.done("POST", PATH, {"url": BODY["url"]}))["webhook_endpoint"]
    assert (endpoint["event_types"], endpoint["description"]) == ([], None)
    (event,) = await feed(buyer, "webhook_endpoint.created")
    assert (event["subject_id"], event["data"]) == (endpoint["id"], {})


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"url": "http://erp.example.com/"}, ["/url"]),
        ({"url": "https://10.0.0.1/"}, ["/url"]),
        ({"url": "https://169.254.169.254/latest"}, ["/url"]),
        ({"url": "https://[::ffff:10.0.0.1]/"}, ["/url"]),
        ({"url": "https://0x0a000001/"}, ["/url"]),
        ({"url": "https://user:password@erp.example.com/"}, ["/url"]),
        ({"url": "nonsense"}, ["/url"]),
        ({"event_types": ["rfq.published", "rfq.exploded"]}, ["/event_types/1"]),
        ({"url": "https://[::1]:22/", "event_types": ["x"]}, ["/url", "/event_types/0"]),
    ],
)
async def test_what_cannot_be_set_up(world: World, change: dict[str, object], pointers: list[str]) -> None:
    buyer = await world.party("buyer")
    response = await buyer.post(PATH, BODY | change)
    assert (response.status_code, response.json()["code"]) == (422, "invalid"), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == pointers
    assert (await buyer.done("GET", PATH))["items"] == []


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "https://localhost/", "http://[::1]:9000/"])
async def test_this_machine_is_a_target_in_development_only(world: World, services: Services, url: str) -> None:
    assert (await (await world.party("buyer")).post(PATH, {"url": url})).status_code == 201
    strict = Services(
        Settings(home=services.settings.home), services.db, services.sealer, services.blobs, services.clock
    )
    import httpx

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=create_app(strict)), base_url="http://x") as http:  # type: ignore[arg-type]
        party = await world.party("buyer")
        response = await Party(http, party.secret, party.organisation_id, "strict").post(PATH, {"url": url})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "/url")


async def test_who_may(world: World) -> None:
    registered = await world.party("buyer", state="registered")
    assert (await registered.post(PATH, BODY)).json()["code"] == "organisation_not_verified"
    for role in ("supplier", "facilitator", "operator"):
        assert (await (await world.party(role)).post(PATH, BODY)).status_code == 201
    buyer = await world.party("buyer")
    for scopes in (["webhooks:read", "events:read"], ["webhooks:write"], ["events:read"]):
        key = await world.key(buyer.organisation_id, "limited", scopes=scopes)
        assert (await key.post(PATH, BODY)).json()["code"] == "scope_missing", scopes
    assert (await buyer.post(PATH, BODY, key="")).json()["code"] == "idempotency_key_required"
    assert (await world.http.post(PATH, json=BODY, headers={"idempotency-key": "x"})).status_code == 401


async def test_twenty_are_enough_even_at_once(world: World) -> None:
    buyer = await world.party("buyer")
    for _ in range(17):
        await buyer.done("POST", PATH, BODY)
    answers = await asyncio.gather(*(buyer.post(PATH, BODY) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"limit_reached"}
    gone = (await buyer.done("GET", PATH))["items"][0]
    await buyer.done("DELETE", f"{PATH}/{gone['id']}", etag=gone["etag"])
    assert (await buyer.post(PATH, BODY)).status_code == 201
