"""put_capabilities and get_capabilities: what a workshop can make, in codes."""

import uuid
from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.organisations import queries
from world import Party, World

SAID: dict[str, Any] = {
    "processes": ["machining_center", "turning"],
    "machines": [
        {
            "name": "VMC 800x500x500",
            "count": 2,
            "processes": ["machining_center", "milling"],
            "envelope": {"diameter_mm": None, "length_mm": "800", "width_mm": "500.50", "height_mm": "500"},
            "force_t": None,
            "max_mass_kg": "400",
            "note": None,
        },
        {
            "name": "lathe",
            "count": 1,
            "processes": ["turning"],
            "envelope": None,
            "force_t": "12.5",
            "max_mass_kg": None,
            "note": "old",
        },
    ],
    "materials": ["S45C", "STEEL"],
    "best_it_grade": 7,
    "tolerance_note": "IT7 on the VMC only",
    "certificates": [
        {"code": "iso_9001", "number": "Q-1", "valid_until": "2028-03-14", "state": "valid"},
        {"code": "iatf_16949", "number": None, "valid_until": None, "state": "in_process"},
    ],
    "quality_equipment": ["caliper"],
    "capacity": [{"quantity": "1600", "unit": "HUR", "note": None}],
}


def path(party: Party) -> str:
    return f"/v1/organisations/{party.id}/capabilities"


async def test_what_is_said_is_what_is_read(world: World) -> None:
    shop = await world.party("supplier", state="registered")
    empty = await shop.done("GET", path(shop))
    assert (empty["processes"], empty["machines"], empty["etag"]) == ([], [], '"1"')
    response = await shop.request("PUT", path(shop), body=SAID, etag=empty["etag"])
    said = response.json()
    assert (response.status_code, response.headers["etag"], said["etag"]) == (200, '"2"', '"2"')
    plain = {**SAID["machines"][0]["envelope"], "width_mm": "500.5"}
    machines = [{**SAID["machines"][0], "envelope": plain}, SAID["machines"][1]]
    assert said == {**SAID, "machines": machines, "organisation_id": shop.id, "etag": '"2"'}
    assert await shop.done("GET", path(shop)) == said
    assert (await shop.done("GET", f"/v1/organisations/{shop.id}"))["etag"] == said["etag"]
    assert (await shop.get(path(shop), headers={"if-none-match": said["etag"]})).status_code == 304


async def test_matching_finds_what_is_implied_too(world: World) -> None:
    shop = await world.party("supplier")
    await shop.done("PUT", path(shop), SAID, etag='"1"')
    row = await world.owner.fetchval("SELECT processes FROM organisation WHERE id = $1", shop.organisation_id)
    assert set(row) == {"machining_center", "milling", "drilling", "boring", "threading_tapping", "turning"}
    await shop.done("PUT", path(shop), {}, etag='"2"')
    assert await world.owner.fetchval("SELECT processes FROM organisation WHERE id = $1", shop.organisation_id) == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"processes": ["turning", "machining_center", "knitting"]}, "/processes/2"),
        ({"processes": ["machining_center"]}, "/machines/1/processes/0"),
        ({"certificates": [{"code": "iso_0"}]}, "/certificates/0/code"),
        ({"capacity": [{"quantity": "0", "unit": "HUR"}]}, "/capacity/0/quantity"),
        ({"capacity": [{"quantity": "1", "unit": "ZZZ"}]}, "/capacity/0/unit"),
        ({"machines": [{"name": "x", "max_mass_kg": "-1"}]}, "/machines/0/max_mass_kg"),
        ({"machines": [{"name": "x", "envelope": {"length_mm": "0"}}]}, "/machines/0/envelope/length_mm"),
    ],
)
async def test_what_is_unknown_or_impossible_is_named(world: World, changes: dict[str, Any], pointer: str) -> None:
    shop = await world.party("supplier")
    refused = await shop.request("PUT", path(shop), body={**SAID, **changes}, etag='"1"')
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid"), refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
    assert (await shop.done("GET", path(shop)))["processes"] == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"best_it_grade": 0}, "/best_it_grade"),
        ({"best_it_grade": 19}, "/best_it_grade"),
        ({"capacity": [{"quantity": 5, "unit": "HUR"}]}, "/capacity/0/quantity"),
        ({"certificates": [{"code": "iso_9001", "state": "hoped_for"}]}, "/certificates/0/state"),
        ({"certificates": [{"code": "iso_9001", "valid_until": "2028-02-30"}]}, "/certificates/0/valid_until"),
        ({"state": "verified"}, "/state"),
    ],
)
async def test_what_the_document_excludes_is_refused(world: World, changes: dict[str, Any], pointer: str) -> None:
    shop = await world.party("supplier")
    refused = await shop.request("PUT", path(shop), body={**SAID, **changes}, etag='"1"')
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_body"), refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]


async def test_who_reads_and_who_writes(world: World) -> None:
    shop, rival, buyer = await world.party("supplier"), await world.party("supplier"), await world.party("buyer")
    await shop.done("PUT", path(shop), SAID, etag='"1"')
    for judge in (await world.party("facilitator"), await world.party("operator")):
        assert (await judge.done("GET", path(shop)))["processes"] == SAID["processes"]
        refused = await judge.request("PUT", path(shop), body={}, etag='"2"')
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    for stranger in (rival, buyer):
        assert (await stranger.get(path(shop))).status_code == 404
        assert (await stranger.request("PUT", path(shop), body={}, etag='"2"')).status_code == 404
    own = await buyer.request("PUT", path(buyer), body={}, etag='"1"')
    assert (own.status_code, own.json()["code"]) == (403, "forbidden")
    assert "put_capabilities" not in (await buyer.done("GET", f"/v1/organisations/{buyer.id}"))["allowed_actions"]
    narrow = await world.key(shop.organisation_id, "narrow", scopes=["organisations:read"])
    assert (await narrow.request("PUT", path(shop), body={}, etag='"2"')).json()["code"] == "scope_missing"


async def test_the_version_read_is_named(world: World) -> None:
    shop = await world.party("supplier")
    missing = await shop.request("PUT", path(shop), body=SAID)
    assert (missing.status_code, missing.json()["code"]) == (428, "version_required")
    await shop.done("PUT", path(shop), SAID, etag='"1"')
    stale = await shop.request("PUT", path(shop), body=SAID, etag='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


async def test_what_is_kept_is_what_the_events_say(world: World) -> None:
    body = {"name": "CV Contoh", "roles": ["supplier"]}
    key = {"idempotency-key": str(uuid.uuid4())}
    made = (await world.http.post("/v1/registrations", json=body, headers=key)).json()
    shop = Party(world.http, made["secret"], read("organisation", made["organisation"]["id"]), "own")
    await shop.done("PUT", path(shop), SAID, etag='"1"')
    await shop.done("PUT", path(shop), {**SAID, "best_it_grade": None}, etag='"2"')
    await world.replays(await queries.get(world.services.db, SYSTEM, shop.organisation_id))
    events = [event for event in await world.feed(shop) if event.type == "organisation.capabilities_changed"]
    assert [event.data for event in events] == [{"processes": SAID["processes"]}] * 2
