"""create, list, rotate, revoke: keys of one's own organisation; a secret is shown once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.credentials import queries
from domain.credentials.model import MAX_ACTIVE
from domain.ids import read
from world import Party, World

PATH = "/v1/credentials"


def body(*scopes: str, **changes: Any) -> dict[str, Any]:
    return {"name": "erp", "scopes": list(scopes or ("rfqs:read",)), **changes}


def holder(owner: Party, made: Any) -> Party:
    """Whoever has the secret of `made`."""
    return Party(owner.http, made["secret"], owner.organisation_id, "holder")


async def status(party: Party) -> int:
    return (await party.get("/v1/me")).status_code


async def expire(world: World, made: Any) -> None:
    await world.owner.execute(
        "UPDATE credential SET expires_at = now() - interval '1 second' WHERE id = $1",
        read("credential", made["credential"]["id"]),
    )


async def test_a_key_is_made_and_works(world: World) -> None:
    owner = await world.party("buyer")
    ends = datetime.now(UTC).replace(microsecond=0) + timedelta(days=10)
    response = await owner.post(PATH, body("rfqs:read", "events:read", person="Sari", expires_at=ends.isoformat()))
    made = response.json()
    shown = made["credential"]
    assert response.status_code == 201
    assert response.headers["location"] == f"{PATH}/{shown['id']}"
    assert response.headers["etag"] == made["etag"] == shown["etag"] == '"1"'
    assert (shown["state"], shown["person"], shown["scopes"]) == ("active", "Sari", ["rfqs:read", "events:read"])
    assert datetime.fromisoformat(shown["expires_at"]) == ends
    assert made["secret"].startswith(shown["hint"])
    assert shown["allowed_actions"] == ["rotate_credential", "revoke_credential"]
    me = await holder(owner, made).done("GET", "/v1/me")
    assert (me["credential_id"], me["person"], me["scopes"]) == (shown["id"], "Sari", ["events:read", "rfqs:read"])
    (listed,) = [item for item in (await owner.done("GET", PATH))["items"] if item["id"] == shown["id"]]
    assert listed == shown, "without the secret"


async def test_without_an_end_it_lives_ninety_days(world: World) -> None:
    owner = await world.party("buyer")
    shown = (await owner.done("POST", PATH, body()))["credential"]
    life = datetime.fromisoformat(shown["expires_at"]) - datetime.fromisoformat(shown["created_at"])
    assert life == timedelta(days=90)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"scopes": ["rfqs:read", "rfqs:destroy"]}, "/scopes/1"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": (datetime.now(UTC) + timedelta(days=367)).isoformat()}, "/expires_at"),
    ],
)
async def test_what_makes_no_sense_is_named(world: World, changes: dict[str, Any], pointer: str) -> None:
    owner = await world.party("buyer")
    refused = await owner.post(PATH, {**body(), **changes})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert (await owner.post(PATH, body(scopes=[]))).json()["code"] == "invalid_body"
    assert (await owner.post(PATH, body(expires_at="2030-01-01T00:00:00"))).json()["code"] == "invalid_body"


async def test_nobody_gives_what_he_lacks(world: World) -> None:
    owner = await world.party("buyer")
    maker = await world.key(owner.organisation_id, "maker", scopes=["credentials:write", "rfqs:read"])
    await maker.done("POST", PATH, body("rfqs:read"))
    refused = await maker.post(PATH, body("rfqs:read", "rfqs:write"))
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    strong = await owner.done("POST", PATH, body("rfqs:write"))
    taken = await maker.post(f"{PATH}/{strong['credential']['id']}/rotate", {})
    assert (taken.status_code, taken.json()["code"]) == (403, "forbidden"), "a new secret would give him its scopes"


async def test_there_are_a_hundred_at_most(world: World) -> None:
    owner = await world.party("buyer")
    for _ in range(MAX_ACTIVE - 2):
        await world.key(owner.organisation_id, "filler")
    last = await owner.done("POST", PATH, body())
    refused = await owner.post(PATH, body())
    assert (refused.status_code, refused.json()["code"]) == (409, "limit_reached")
    await owner.done("POST", f"{PATH}/{last['credential']['id']}/revoke")
    again = await owner.done("POST", PATH, body())
    await expire(world, again)
    await owner.done("POST", PATH, body())


async def test_of_several_at_once_only_the_hundredth_is_made(world: World) -> None:
    owner = await world.party("buyer")
    for _ in range(MAX_ACTIVE - 2):
        await world.key(owner.organisation_id, "filler")
    answers = await asyncio.gather(*(owner.post(PATH, body()) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]


async def test_a_retry_gets_the_same_secret(world: World) -> None:
    owner = await world.party("buyer")
    first, again = await owner.post(PATH, body(), key="k"), await owner.post(PATH, body(), key="k")
    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    other = await owner.post(PATH, body("events:read"), key="k")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    where = f"{PATH}/{first.json()['credential']['id']}/rotate"
    rotated, same = await owner.post(where, {}, key="r"), await owner.post(where, {}, key="r")
    assert same.content == rotated.content
    for secret in (first.json()["secret"], rotated.json()["secret"]):
        for table, column in (
            ("idempotency", "body"),
            ("event", "convert_to(change::text, 'UTF8')"),
            ("event", "convert_to(data::text, 'UTF8')"),
        ):
            kept = f"SELECT count(*) FROM {table} WHERE position($1::bytea IN {column}) > 0"
            assert await world.owner.fetchval(kept, secret.encode()) == 0


async def test_after_a_rotation_both_secrets_work_for_a_day(world: World) -> None:
    owner = await world.party("buyer")
    made = await owner.done("POST", PATH, body())
    where = f"{PATH}/{made['credential']['id']}"
    rotated = await owner.done("POST", f"{where}/rotate", {}, etag=made["etag"])
    shown = rotated["credential"]
    assert (shown["id"], rotated["etag"]) == (made["credential"]["id"], '"2"')
    assert rotated["secret"] != made["secret"]
    overlap = datetime.fromisoformat(shown["previous_secret_until"]) - datetime.fromisoformat(shown["updated_at"])
    assert overlap == timedelta(hours=24)
    assert [await status(holder(owner, item)) for item in (made, rotated)] == [200, 200]
    third = await owner.done("POST", f"{where}/rotate", {})
    assert [await status(holder(owner, item)) for item in (made, rotated, third)] == [401, 200, 200]
    await world.owner.execute(
        "UPDATE credential SET previous_until = clock_timestamp() WHERE id = $1", read("credential", shown["id"])
    )
    assert [await status(holder(owner, item)) for item in (rotated, third)] == [401, 200]


async def test_a_rotation_gives_the_old_secret_no_day_that_it_did_not_have(world: World) -> None:
    owner = await world.party("buyer")
    soon = datetime.now(UTC) + timedelta(minutes=5)
    made = await owner.done("POST", PATH, body(expires_at=soon.isoformat()))
    rotated = (await owner.done("POST", f"{PATH}/{made['credential']['id']}/rotate", {}))["credential"]
    assert rotated["previous_secret_until"] == made["credential"]["expires_at"]


async def test_what_has_ended_does_not_come_back(world: World) -> None:
    owner = await world.party("buyer")
    made = await owner.done("POST", PATH, body())
    await expire(world, made)
    assert await status(holder(owner, made)) == 401
    (shown,) = [item for item in (await owner.done("GET", PATH))["items"] if item["id"] == made["credential"]["id"]]
    assert (shown["state"], shown["allowed_actions"]) == ("expired", ["revoke_credential"])
    refused = await owner.post(f"{PATH}/{shown['id']}/rotate", {})
    assert (refused.status_code, refused.json()["code"], refused.json()["state"]) == (409, "wrong_state", "expired")
    assert await status(holder(owner, made)) == 401
    await owner.done("POST", f"{PATH}/{shown['id']}/revoke")


async def test_a_revocation_is_at_once_and_for_ever(world: World) -> None:
    owner = await world.party("buyer")
    made = await owner.done("POST", PATH, body())
    where = f"{PATH}/{made['credential']['id']}"
    rotated = await owner.done("POST", f"{where}/rotate", {})
    revoked = await owner.done("POST", f"{where}/revoke", key="k")
    assert (revoked["state"], revoked["allowed_actions"], revoked["previous_secret_until"]) == ("revoked", [], None)
    assert [await status(holder(owner, item)) for item in (made, rotated)] == [401, 401]
    assert await owner.done("POST", f"{where}/revoke", key="k") == revoked
    for action in ("revoke", "rotate"):
        refused = await owner.post(f"{where}/{action}", {} if action == "rotate" else None)
        assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    await world.replays(await queries.get(world.services.db, SYSTEM, read("credential", revoked["id"])))


@pytest.mark.parametrize(("action", "sent"), [("rotate", {}), ("revoke", None)])
async def test_who_may_not_and_what_is_only_tried(world: World, action: str, sent: Any) -> None:
    owner, stranger, runner = await world.party("buyer"), await world.party("buyer"), await world.party("operator")
    made = await owner.done("POST", PATH, body("rfqs:read"))
    where = f"{PATH}/{made['credential']['id']}/{action}"
    for other in (stranger, runner):
        assert (await other.post(where, sent, etag='"9"')).status_code == 404
    assert (await holder(owner, made).post(where, sent)).json()["code"] == "scope_missing"
    stale = await owner.post(where, sent, etag='"9"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await owner.post(where, sent, key="")).json()["code"] == "idempotency_key_required"
    dry = await owner.post(where, sent, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.headers["preference-applied"]) == (200, "dry-run")
    (shown,) = [item for item in (await owner.done("GET", PATH))["items"] if item["id"] == made["credential"]["id"]]
    assert shown == made["credential"]
    assert await status(holder(owner, made)) == 200


async def test_a_list_goes_page_by_page_and_holds_ones_own_only(world: World) -> None:
    owner, other = await world.party("buyer"), await world.party("buyer")
    made = [(await owner.done("POST", PATH, body()))["credential"]["id"] for _ in range(3)]
    await other.done("POST", PATH, body())
    first = await owner.done("GET", f"{PATH}?limit=2")
    second = await owner.done("GET", f"{PATH}?limit=2&after={first['next_cursor']}")
    ids = [item["id"] for item in (*first["items"], *second["items"])]
    assert (ids[1:], second["next_cursor"]) == (made, None)
    narrow = await world.key(owner.organisation_id, "narrow", scopes=["rfqs:read"])
    assert (await narrow.get(PATH)).json()["code"] == "scope_missing"


@pytest.mark.parametrize("change", [lambda secret: secret[:-1] + "0", lambda secret: secret + "0", lambda _: "x"])
async def test_a_secret_that_is_none_opens_nothing(world: World, change: Any) -> None:
    owner = await world.party("buyer")
    wrong = Party(world.http, change(owner.secret), owner.organisation_id, "wrong")
    response = await wrong.get("/v1/me")
    assert response.status_code == (200 if wrong.secret == owner.secret else 401)
