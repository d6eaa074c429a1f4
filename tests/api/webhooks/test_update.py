"""update_webhook_endpoint, delete_webhook_endpoint and rotate_webhook_secret through HTTP."""

from typing import Any

import pytest
from outbox import feed

from domain.actors import SYSTEM
from domain.ids import read
from domain.ledger import sql as ledger
from domain.ledger.record import builtins, replay
from domain.webhooks import sql
from world import Party, World

PATH = "/v1/webhook-endpoints"


async def made(party: Party) -> Any:
    """A new endpoint."""
    body = {"url": "https://erp.example.com/hooks", "event_types": ["rfq.published"]}
    return (await party.done("POST", PATH, body))["webhook_endpoint"]


async def test_absent_keeps_null_clears_and_nothing_is_nothing(world: World) -> None:
    buyer = await world.party("buyer")
    endpoint = await made(buyer)
    path = f"{PATH}/{endpoint['id']}"
    changed = await buyer.done("PATCH", path, {"description": "ERP", "event_types": []}, etag=endpoint["etag"])
    assert (changed["description"], changed["event_types"], changed["url"]) == ("ERP", [], endpoint["url"])
    assert changed["etag"] == '"2"'
    same = await buyer.done("PATCH", path, {"description": "ERP"}, etag=changed["etag"])
    assert same == changed
    cleared = await buyer.done("PATCH", path, {"description": None}, etag=changed["etag"])
    assert (cleared["description"], cleared["etag"]) == (None, '"3"')


async def test_disabling_and_enabling_are_steps_with_events(world: World) -> None:
    buyer = await world.party("buyer")
    endpoint = await made(buyer)
    path = f"{PATH}/{endpoint['id']}"
    off = await buyer.done("PATCH", path, {"enabled": False, "description": "x"}, etag=endpoint["etag"])
    assert (off["state"], off["disabled_reason"], off["etag"]) == ("disabled", "owner", '"3"')
    assert "test_webhook_endpoint" not in off["allowed_actions"]
    assert (await buyer.done("PATCH", path, {"enabled": False}, etag=off["etag"]))["etag"] == off["etag"]
    on = await buyer.done("PATCH", path, {"enabled": True}, etag=off["etag"])
    assert (on["state"], on["disabled_reason"], on["etag"]) == ("active", None, '"4"')
    for version, verb in enumerate(("created", "updated", "disabled", "enabled"), 1):
        (event,) = await feed(buyer, f"webhook_endpoint.{verb}")
        assert (event["subject_id"], event["subject_version"]) == (endpoint["id"], version)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"url": "https://192.168.1.1/"}, "/url"), ({"event_types": ["no.such"]}, "/event_types/0")],
)
async def test_what_cannot_be_changed_to(world: World, change: dict[str, Any], pointer: str) -> None:
    buyer = await world.party("buyer")
    endpoint = await made(buyer)
    response = await buyer.request("PATCH", f"{PATH}/{endpoint['id']}", body=change, etag=endpoint["etag"])
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, pointer)
    assert (await buyer.done("GET", PATH))["items"] == [endpoint]


async def test_deleting_is_for_ever(world: World) -> None:
    buyer = await world.party("buyer")
    endpoint = await made(buyer)
    path = f"{PATH}/{endpoint['id']}"
    await buyer.done("POST", f"{path}/test")
    assert (await buyer.request("DELETE", path, etag='"9"')).json()["code"] == "stale_version"
    assert (await buyer.request("DELETE", path, etag=endpoint["etag"])).status_code == 204
    key = read("webhook_endpoint", endpoint["id"])
    row = await world.owner.fetchrow("SELECT state, secret FROM webhook_endpoint WHERE id = $1", key)
    assert row is not None
    assert tuple(row) == ("deleted", None)
    assert await world.owner.fetchval("SELECT count(*) FROM webhook_delivery WHERE endpoint_id = $1", key) == 0
    assert (await buyer.done("GET", PATH))["items"] == []
    for method, at in (("DELETE", path), ("PATCH", path), ("POST", f"{path}/test"), ("GET", f"{path}/deliveries")):
        body: Any = {} if method == "PATCH" else None
        response = await buyer.request(method, at, body=body, etag='"2"')
        assert (response.status_code, response.json()["code"]) == (404, "not_found"), method


async def test_rotating_gives_a_new_secret_and_says_until_when_the_old_one_signs(world: World) -> None:
    buyer = await world.party("buyer")
    first = await buyer.done("POST", PATH, {"url": "https://erp.example.com/"})
    path = f"{PATH}/{first['webhook_endpoint']['id']}/rotate-secret"
    dry = await buyer.post(path, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.headers["preference-applied"]) == (200, "dry-run")
    response = await buyer.post(path, key="r", etag=first["etag"])
    again = await buyer.post(path, key="r", etag=first["etag"])
    assert again.content == response.content
    rotated = response.json()
    assert rotated["secret"] not in {first["secret"], dry.json()["secret"]}
    assert (rotated["etag"], rotated["webhook_endpoint"]["previous_secret_until"] is None) == ('"2"', False)
    assert (await buyer.post(path, etag=first["etag"])).json()["code"] == "stale_version"


async def test_another_tenant_finds_nothing(world: World) -> None:
    buyer, rival = await world.party("buyer"), await world.party("buyer")
    endpoint = await made(buyer)
    path = f"{PATH}/{endpoint['id']}"
    await buyer.done("POST", f"{path}/test")
    attempts: tuple[tuple[str, str, Any], ...] = (
        ("PATCH", path, {"enabled": False}),
        ("DELETE", path, None),
        ("POST", f"{path}/rotate-secret", None),
        ("POST", f"{path}/test", None),
        ("POST", f"{path}/redeliver", {"from_event_id": "evt_" + "0" * 32}),
        ("GET", f"{path}/deliveries", None),
    )
    for method, at, body in attempts:
        # The version is not looked at first: a stale one would tell that there is something.
        response = await rival.request(method, at, body=body, etag='"7"')
        assert (response.status_code, response.json()["code"]) == (404, "not_found"), (method, at)
    assert (await rival.done("GET", PATH))["items"] == []
    assert (await buyer.done("GET", PATH))["items"] == [endpoint]


async def test_scopes_and_conditions(world: World) -> None:
    buyer = await world.party("buyer")
    endpoint = await made(buyer)
    path = f"{PATH}/{endpoint['id']}"
    reader = await world.key(buyer.organisation_id, "reader", scopes=["webhooks:read"])
    assert (await reader.get(PATH)).status_code == 200
    for method, at in (("PATCH", path), ("DELETE", path), ("POST", f"{path}/test"), ("POST", f"{path}/rotate-secret")):
        response = await reader.request(method, at, body={} if method == "PATCH" else None, etag=endpoint["etag"])
        assert response.json()["code"] == "scope_missing", method
    assert (await buyer.request("PATCH", path, body={})).json()["code"] == "version_required"
    assert (await buyer.request("DELETE", path)).json()["code"] == "version_required"
    assert (await buyer.request("PATCH", path, body={}, etag='"9"')).json()["code"] == "stale_version"


async def test_the_events_fold_to_the_row(world: World) -> None:
    buyer = await world.party("buyer")
    endpoint = await made(buyer)
    path = f"{PATH}/{endpoint['id']}"
    steps: list[Any] = [{"url": "https://mes.example.com/", "enabled": False}, {"enabled": True}, {"event_types": []}]
    for body in steps:
        endpoint = await buyer.done("PATCH", path, body, etag=endpoint["etag"])
    await buyer.done("POST", f"{path}/rotate-secret")
    key = read("webhook_endpoint", endpoint["id"])

    async def folded() -> tuple[Any, Any]:
        async with world.services.db.read(SYSTEM) as tx:
            return replay(await ledger.changes(tx, key)), builtins(await sql.get(tx, key))

    one, two = await folded()
    assert one == two
    await buyer.done("DELETE", path, etag='"6"')
    one, two = await folded()
    assert one == two
