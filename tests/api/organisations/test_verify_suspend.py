"""verify_organisation and suspend_organisation: who judges, what follows, how it is repeated and tried."""

import asyncio
import secrets
import uuid
from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.organisations import queries
from world import Party, World


async def joined(world: World, nib: str | None = None, *roles: str) -> Party:
    body = {"name": "CV Contoh", "roles": list(roles or ("supplier",)), "profile": {"nib": nib}}
    response = await world.http.post("/v1/registrations", json=body, headers={"idempotency-key": str(uuid.uuid4())})
    assert response.status_code == 201, response.text
    made = response.json()
    return Party(world.http, made["secret"], read("organisation", made["organisation"]["id"]), "own")


def path(party: Party, action: str = "") -> str:
    return f"/v1/organisations/{party.id}{action}"


def new_nib() -> str:
    return f"{secrets.randbelow(10**13):013}"


@pytest.mark.parametrize("role", ["facilitator", "operator"])
async def test_verified_suspended_verified_again(world: World, role: str) -> None:
    judge, shop = await world.party(role), await joined(world, new_nib())
    seen = await judge.done("GET", path(shop))
    assert "verify_organisation" in seen["allowed_actions"]
    verified = await judge.done("POST", path(shop, "/verify"), etag=seen["etag"])
    assert (verified["state"], verified["state_reason"]) == ("verified", None)
    assert verified["verified_at"] == verified["updated_at"]
    assert (await shop.done("GET", "/v1/me"))["organisation_state"] == "verified"
    second = await world.key(shop.organisation_id, "second")
    suspended = await judge.done("POST", path(shop, "/suspend"), {"reason": "permit_revoked"})
    assert (suspended["state"], suspended["state_reason"]) == ("suspended", "permit_revoked")
    for key in (shop, second):
        response = await key.get("/v1/me")
        assert (response.status_code, response.json()["code"]) == (401, "unauthenticated")
    again = await judge.done("POST", path(shop, "/verify"))
    assert (again["state"], again["state_reason"]) == ("verified", None)
    assert (await shop.get("/v1/me")).status_code == (await second.get("/v1/me")).status_code == 200
    await world.replays(await queries.get(world.services.db, SYSTEM, shop.organisation_id))
    assert [event.type for event in await world.feed(shop) if event.subject_type == "organisation"] == [
        "organisation.registered",
        "organisation.verified",
        "organisation.suspended",
        "organisation.verified",
    ]


async def test_a_nib_is_held_by_one_verified_firm(world: World) -> None:
    office, nib = await world.party("facilitator"), new_nib()
    first, second = await joined(world, nib), await joined(world, nib)
    await office.done("POST", path(first, "/verify"))
    clash = await office.post(path(second, "/verify"), key="once")
    assert (clash.status_code, clash.json()["code"]) == (409, "duplicate")
    replayed = await office.post(path(second, "/verify"), key="once")
    assert replayed.headers["idempotent-replayed"] == "true"
    await office.done("POST", path(first, "/suspend"), {"reason": "documents_false"})
    await office.done("POST", path(second, "/verify"))
    back = await office.post(path(first, "/verify"))
    assert (back.status_code, back.json()["code"]) == (409, "duplicate")
    without = [await joined(world), await joined(world)]
    for shop in without:
        await office.done("POST", path(shop, "/verify"))


async def test_of_twins_verified_at_once_one_is(world: World) -> None:
    office, nib = await world.party("facilitator"), new_nib()
    twins = [await joined(world, nib) for _ in range(4)]
    answers = await asyncio.gather(*(office.post(path(twin, "/verify")) for twin in twins))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


@pytest.mark.parametrize(("action", "body"), [("verify", None), ("suspend", {"reason": "other"})])
async def test_repeated_tried_stale(world: World, action: str, body: Any) -> None:
    office, shop = await world.party("facilitator"), await joined(world)
    where = path(shop, f"/{action}")
    target = {"verify": "verified", "suspend": "suspended"}[action]
    dry = await office.post(where, body, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"], dry.headers["preference-applied"]) == (200, target, "dry-run")
    assert (await office.done("GET", path(shop)))["state"] == "registered"
    stale = await office.post(where, body, etag='"7"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await office.post(where, body, key="")).json()["code"] == "idempotency_key_required"
    first = await office.post(where, body, key="k", etag='"1"')
    again = await office.post(where, body, key="k", etag='"1"')
    assert (first.status_code, again.content) == (200, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    wrong = await office.post(where, body)
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["state"]) == (409, "wrong_state", target)
    other = {"verify": "suspend_organisation", "suspend": "verify_organisation"}[action]
    assert other in wrong.json()["allowed_actions"]


@pytest.mark.parametrize(("action", "body"), [("verify", None), ("suspend", {"reason": "other"})])
async def test_who_may_not(world: World, action: str, body: Any) -> None:
    shop = await world.party("supplier", state="registered")
    where = path(shop, f"/{action}")
    own = await shop.post(where, body)
    assert (own.status_code, own.json()["code"]) == (403, "forbidden")
    assert (await (await world.party("buyer")).post(where, body)).status_code == 404
    assert (await (await world.party("facilitator", state="registered")).post(where, body)).status_code == 404
    narrow = await world.party("facilitator", scopes=["organisations:read"])
    assert (await narrow.post(where, body)).json()["code"] == "scope_missing"
    office, runner = await world.party("facilitator"), await world.party("operator")
    for judge in (await world.party("facilitator", state="registered"), await world.party("operator")):
        refused = await office.post(path(judge, f"/{action}"), body)
        assert (refused.status_code, refused.json()["code"]) in {(403, "forbidden"), (409, "wrong_state")}
    itself = await runner.post(path(runner, "/suspend"), {"reason": "other"})
    assert (itself.status_code, itself.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize("reason", ["no_such_reason", "award_lowest"])
async def test_a_suspension_has_a_known_reason(world: World, reason: str) -> None:
    office, shop = await world.party("facilitator"), await world.party("supplier")
    refused = await office.post(path(shop, "/suspend"), {"reason": reason})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/reason"]
    assert (await office.post(path(shop, "/suspend"), {})).json()["code"] == "invalid_body"
