"""Joining, being verified, keys: who may do what."""

import uuid
from typing import Any

from domain.ids import read
from world import Party, World


async def register(world: World, **changes: Any) -> Any:
    body = {"name": "CV Contoh", "roles": ["supplier"], "profile": {"nib": "0000000000001"}, **changes}
    return await world.http.post("/v1/registrations", json=body, headers={"idempotency-key": str(uuid.uuid4())})


async def test_a_workshop_joins_and_is_verified(world: World) -> None:
    nib = str(uuid.uuid4().int)[:13]
    profile = {"nib": nib, "workers": 6, "investment_idr": 220_000_000, "annual_sales_idr": 780_000_000}
    made = (await register(world, profile=profile)).json()
    assert made["organisation"]["size_class"]["permenperin64"] == "kecil"
    own = Party(world.http, made["secret"], read("organisation", made["organisation"]["id"]), "own")
    assert (await own.done("GET", "/v1/me"))["organisation_state"] == "registered"
    office = await world.party("facilitator")
    path = f"/v1/organisations/{made['organisation']['id']}"
    assert (await own.post(f"{path}/verify")).json()["code"] == "scope_missing"
    verified = await office.done("POST", f"{path}/verify")
    assert verified["state"] == "verified"
    assert (await office.post(f"{path}/verify")).json()["code"] == "wrong_state"
    twin = (await register(world, profile=profile)).json()
    clash = await office.post(f"/v1/organisations/{twin['organisation']['id']}/verify")
    assert (clash.status_code, clash.json()["code"]) == (409, "duplicate")
    assert (await office.post(f"{path}/suspend", {"reason": "no_such"})).json()["code"] == "invalid"
    await office.done("POST", f"{path}/suspend", {"reason": "permit_revoked"})
    assert (await own.get("/v1/me")).json()["code"] == "unauthenticated"


async def test_what_cannot_be_right_is_refused_by_name(world: World) -> None:
    bad = await register(world, profile={"nib": "12", "postal_code": "x", "kbli": ["1"]})
    assert bad.status_code == 422
    pointers = {error["pointer"] for error in bad.json()["errors"]}
    assert pointers == {"/profile/nib", "/profile/postal_code", "/profile/kbli/0"}
    assert (await register(world, roles=["operator"])).json()["code"] == "invalid_body"


async def test_capabilities_are_codes_and_need_the_version(world: World) -> None:
    supplier, rival = await world.party("supplier"), await world.party("supplier")
    path = f"/v1/organisations/{supplier.id}/capabilities"
    said = await supplier.done("GET", path)
    good = {"processes": ["turning_cnc"], "machines": [{"name": "lathe", "processes": ["turning_cnc"]}]}
    put = await supplier.request("PUT", path, body=good, etag=said["etag"])
    assert (put.status_code, put.json()["processes"]) == (200, ["turning_cnc"])
    assert (await supplier.request("PUT", path, body=good, etag=said["etag"])).json()["code"] == "stale_version"
    wrong = {"processes": ["knitting"], "machines": [{"name": "x", "processes": ["turning_cnc"]}]}
    refused = await supplier.request("PUT", path, body=wrong, etag=put.json()["etag"])
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/processes/0", "/machines/0/processes/0"]
    assert (await rival.get(path)).status_code == 404


async def test_keys_are_made_rotated_revoked(world: World) -> None:
    buyer, stranger = await world.party("buyer"), await world.party("buyer")
    body = {"name": "erp", "scopes": ["rfqs:read"], "person": "Sari"}
    made = (await buyer.post("/v1/credentials", body, key="k")).json()
    assert (await buyer.post("/v1/credentials", body, key="k")).json() == made, "a retry gets the same secret"
    erp = Party(world.http, made["secret"], buyer.organisation_id, "erp")
    assert (await erp.done("GET", "/v1/me"))["scopes"] == ["rfqs:read"]
    more = await erp.post("/v1/credentials", body)
    assert more.json()["code"] == "scope_missing"
    path = f"/v1/credentials/{made['credential']['id']}"
    assert (await stranger.post(f"{path}/revoke")).status_code == 404
    rotated = await buyer.done("POST", f"{path}/rotate", {})
    assert (await erp.get("/v1/me")).status_code == 200, "the old secret works on for a day"
    new = Party(world.http, rotated["secret"], buyer.organisation_id, "erp")
    assert (await new.get("/v1/me")).status_code == 200
    await buyer.done("POST", f"{path}/revoke")
    assert (await new.get("/v1/me")).status_code == (await erp.get("/v1/me")).status_code == 401
    for secret in (made["secret"], rotated["secret"]):
        kept = "SELECT count(*) FROM idempotency WHERE position($1::bytea IN body) > 0"
        assert await world.owner.fetchval(kept, secret.encode()) == 0


async def test_meta_is_there_for_everybody(world: World) -> None:
    party = await world.party("supplier")
    machines = await party.done("GET", "/v1/meta/state-machines")
    assert {"rfq", "quote", "award", "order"} <= {item["name"] for item in machines["items"]}
    names = {item["name"] for item in (await party.done("GET", "/v1/meta/vocabularies"))["items"]}
    for name in sorted(names):
        assert (await party.done("GET", f"/v1/meta/vocabularies/{name}"))["entries"]
    assert (await party.get("/v1/meta/vocabularies/nothing")).status_code == 404
