"""acknowledge_order through HTTP: the story, each refusal, replay, stale ETag, dry run."""

from typing import Any

import pytest

from world import World


def promises(*lines: int, on: str = "2030-01-01") -> dict[str, Any]:
    """A body."""
    return {"lines": [{"line_no": line_no, "promised_on": on} for line_no in lines]}


async def test_the_supplier_promises_every_line(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, quantities=("10", "20"), acknowledged=False)
    path = f"/v1/orders/{order['id']}/acknowledge"
    first = await supplier.post(path, promises(2, 1), key="once", etag=order["etag"])
    assert (first.status_code, first.json()["state"], first.json()["etag"]) == (200, "acknowledged", '"2"')
    assert [line["promised_on"] for line in first.json()["lines"]] == ["2030-01-01", "2030-01-01"]
    assert first.json()["acknowledged_at"] is not None
    assert first.json()["allowed_actions"] == ["create_despatch", "propose_change_order"]
    again = await supplier.post(path, promises(2, 1), key="once", etag=order["etag"])
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    other = await supplier.post(path, promises(1, 2), key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    twice = await supplier.post(path, promises(1, 2))
    assert (twice.status_code, twice.json()["code"], twice.json()["state"]) == (409, "wrong_state", "acknowledged")


@pytest.mark.parametrize(
    ("body", "code", "pointers"),
    [
        (promises(1), "incomplete", ["/lines"]),
        (promises(1, 2, 3), "invalid", ["/lines/2/line_no"]),
        (promises(1, 2, 1), "invalid", ["/lines/2/line_no"]),
        (promises(1, 2, on="2001-01-01"), "invalid", ["/lines/0/promised_on", "/lines/1/promised_on"]),
        ({"lines": []}, "invalid_body", ["/lines"]),
        ({"lines": [{"line_no": 1, "promised_on": "soon"}]}, "invalid_body", ["/lines/0/promised_on"]),
        (promises(1, 2) | {"note": "x"}, "invalid_body", ["/note"]),
    ],
)
async def test_an_acknowledgement_that_does_not_fit(
    world: World, body: dict[str, Any], code: str, pointers: list[str]
) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, quantities=("10", "20"), acknowledged=False)
    response = await supplier.post(f"/v1/orders/{order['id']}/acknowledge", body)
    assert (response.status_code, response.json()["code"]) == (422, code), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == pointers
    assert (await supplier.done("GET", f"/v1/orders/{order['id']}"))["etag"] == order["etag"]


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, rival = [await world.party(role) for role in ("buyer", "supplier", "supplier")]
    order = await world.order(buyer, supplier, acknowledged=False)
    path, body = f"/v1/orders/{order['id']}/acknowledge", promises(1)
    assert (await rival.post(path, body)).status_code == 404
    assert (await buyer.post(path, body)).json()["code"] == "forbidden"
    reader = await world.key(supplier.organisation_id, "reader", scopes=["orders:read"])
    assert (await reader.post(path, body)).json()["code"] == "scope_missing"
    assert (await world.http.post(path, json=body)).status_code == 401
    assert (await supplier.post(path, body, key="")).json()["code"] == "idempotency_key_required"
    stale = await supplier.post(path, body, etag='"7"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    dry = await supplier.post(path, body, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"], dry.headers["preference-applied"]) == (200, "acknowledged", "dry-run")
    assert (await supplier.done("GET", f"/v1/orders/{order['id']}"))["state"] == "issued"
