"""get_me, list_state_machines, list_vocabularies, get_vocabulary."""

import pytest

from domain import vocabularies
from domain.actors import SCOPES
from domain.lifecycle import EVENTS, MACHINES
from world import World


async def test_who_am_i(world: World) -> None:
    party = await world.party("supplier", "buyer", name="CV Contoh", scopes=["rfqs:read"], person="Sari")
    me = await party.done("GET", "/v1/me")
    assert me == {
        "organisation_id": party.id,
        "organisation_name": "CV Contoh",
        "organisation_state": "verified",
        "roles": ["buyer", "supplier"],
        "credential_id": me["credential_id"],
        "credential_name": "CV Contoh",
        "person": "Sari",
        "scopes": ["rfqs:read"],
    }
    assert me["credential_id"].startswith("crd_")


async def test_nobody_is_nobody(world: World) -> None:
    response = await world.http.get("/v1/me")
    assert (response.status_code, response.json()["code"]) == (401, "unauthenticated")
    assert response.headers["www-authenticate"].startswith("Bearer")


async def test_the_machines_are_those_that_the_code_enforces(world: World) -> None:
    party = await world.party("buyer", state="registered", scopes=[])
    response = await party.get("/v1/meta/state-machines")
    shown = {machine["name"]: machine for machine in response.json()["items"]}
    assert list(shown) == list(MACHINES)
    for name, machine in MACHINES.items():
        assert [state["state"] for state in shown[name]["states"]] == list(machine.states)
        assert all(state["label_id"] and state["label_en"] for state in shown[name]["states"])
        assert {state["state"] for state in shown[name]["states"] if state["is_end"]} == machine.ends
        for arrow in shown[name]["arrows"]:
            known = machine.arrows[arrow["action"]]
            assert (arrow["from_states"], arrow["to_state"]) == (list(known.source), known.target)
            assert (arrow["event"], arrow["operation"]) == (known.event, known.operation)
            assert arrow["by"] == [str(side) for side in known.by]
        assert len(shown[name]["arrows"]) == len(machine.arrows)
    assert response.headers["etag"] == response.json()["etag"]
    same = await party.get("/v1/meta/state-machines", headers={"if-none-match": response.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


async def test_every_vocabulary_is_listed_and_readable(world: World) -> None:
    party = await world.party("supplier", state="registered", scopes=[])
    page = await party.done("GET", "/v1/meta/vocabularies")
    listed = [item["name"] for item in page["items"]]
    assert listed == sorted([*vocabularies.names(), "scopes", "event_types"])
    assert page["next_cursor"] is None
    for item in page["items"]:
        shown = await party.done("GET", f"/v1/meta/vocabularies/{item['name']}")
        assert (shown["name"], shown["label_id"], shown["label_en"]) == tuple(item.values())
        codes = [entry["code"] for entry in shown["entries"]]
        assert codes
        assert len(codes) == len(set(codes))
        assert all(entry["id"] and entry["en"] for entry in shown["entries"])


async def test_the_program_has_vocabularies_of_its_own(world: World) -> None:
    party = await world.party("supplier")
    for name, codes in (("scopes", SCOPES), ("event_types", EVENTS)):
        shown = await party.done("GET", f"/v1/meta/vocabularies/{name}")
        assert tuple(entry["code"] for entry in shown["entries"]) == codes


async def test_what_is_known_of_a_code_is_told(world: World) -> None:
    party = await world.party("supplier")
    response = await party.get("/v1/meta/vocabularies/processes")
    by_code = {entry["code"]: entry for entry in response.json()["entries"]}
    assert "drilling" in by_code["machining_center"]["attributes"]["implies"]
    same = await party.get(
        "/v1/meta/vocabularies/processes", headers={"if-none-match": f'"other", {response.headers["etag"]}'}
    )
    assert same.status_code == 304


@pytest.mark.parametrize("name", ["nothing", "labels", "problem_titles", "..%2fdata%2fprocesses", "PROCESSES"])
async def test_there_is_no_such_vocabulary(world: World, name: str) -> None:
    party = await world.party("supplier")
    response = await party.get(f"/v1/meta/vocabularies/{name}")
    assert response.status_code == 404, response.text
    assert response.json()["code"] in {"not_found", "no_such_route"}
