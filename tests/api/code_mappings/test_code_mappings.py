"""put_code_mappings and get_code_mappings, and what they make of lines wherever lines come in."""

from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.code_mappings import sql
from world import Party, World

SAP = [
    {"system": "SAP", "kind": "unit", "external": "PC", "code": "H87"},
    {"system": "SAP", "kind": "unit", "external": "Buah / pcs", "code": "H87"},
    {"system": "SAP", "kind": "process", "external": "WC-0815", "code": "turning_cnc"},
    {"system": "SAP", "kind": "certificate", "external": "ZQ01", "code": "iso_9001"},
    {"system": "SAP", "kind": "material", "external": "000000000000471100", "code": "S45C"},
]
FOREIGN = {
    "unit": "PC",
    "processes": ["WC-0815", "drilling"],
    "certificates": ["ZQ01"],
    "material": "000000000000471100",
}


def path(party: Party) -> str:
    return f"/v1/organisations/{party.id}/code-mappings"


async def put(party: Party, mappings: list[dict[str, str]], **more: Any) -> Any:
    return await party.request("PUT", path(party), body={"mappings": mappings}, **more)


async def test_they_are_written_as_a_whole_and_told_once(world: World) -> None:
    buyer = await world.party("buyer")
    none = await buyer.done("GET", path(buyer))
    assert none == {"etag": '"0"', "mappings": [], "updated_at": None}
    first = await put(buyer, SAP)
    assert (first.status_code, first.json()["mappings"], first.headers["etag"]) == (200, SAP, '"1"')
    assert (await put(buyer, SAP)).json() == first.json()
    assert (await put(buyer, SAP, etag='"0"')).json() == first.json()  # nothing would be overwritten
    blind = await put(buyer, SAP[:1])
    assert (blind.status_code, blind.json()["code"]) == (428, "version_required")
    second = await put(buyer, SAP[:1], etag='"1"')
    assert (second.json()["mappings"], second.json()["etag"]) == (SAP[:1], '"2"')
    stale = await put(buyer, SAP, etag='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await buyer.get(path(buyer), headers={"if-none-match": '"2"'})).status_code == 304
    assert [(event.type, event.data) for event in await world.feed(buyer) if event.subject_type == "code_mapping"] == [
        ("code_mapping.created", {"mappings": 5}),
        ("code_mapping.updated", {"mappings": 1}),
    ]
    async with world.services.db.read(SYSTEM) as tx:
        stored = await sql.find(tx, buyer.organisation_id)
    assert stored is not None
    await world.replays(stored)


async def test_a_version_of_none_is_stale(world: World) -> None:
    buyer = await world.party("buyer")
    stale = await put(buyer, SAP, etag='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await put(buyer, SAP, etag='"0"')).status_code == 200


@pytest.mark.parametrize("role", ["buyer", "supplier", "facilitator", "operator"])
async def test_they_are_nobody_elses_business(world: World, role: str) -> None:
    buyer, other = await world.party("buyer"), await world.party(role)
    await put(buyer, SAP)
    assert (await other.get(path(buyer))).json()["code"] == "not_found"
    refused = await other.request("PUT", path(buyer), body={"mappings": []}, etag='"1"')
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("mappings", "pointer"),
    [
        ([{**SAP[0], "code": "PCE"}], "/mappings/0/code"),
        ([{**SAP[0], "external": "KGM"}], "/mappings/0/external"),
        ([{**SAP[0], "external": "PC "}], "/mappings/0/external"),
        ([SAP[0], SAP[0]], "/mappings/1"),
        ([SAP[0], {**SAP[0], "system": "Oracle", "code": "SET"}], "/mappings/1/code"),
    ],
    ids=["unknown code", "shadows ours", "blank", "twice", "two meanings"],
)
async def test_what_cannot_be_applied_is_refused(world: World, mappings: list[dict[str, str]], pointer: str) -> None:
    buyer = await world.party("buyer")
    refused = await put(buyer, mappings)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]


async def test_two_systems_may_mean_the_same(world: World) -> None:
    buyer = await world.party("buyer")
    assert (await put(buyer, [SAP[0], {**SAP[0], "system": "Oracle"}])).status_code == 200


def is_ours(line: dict[str, Any]) -> None:
    assert (line["unit"], line["processes"], line["certificates"], line["material"]) == (
        "H87",
        ["turning_cnc", "drilling"],
        ["iso_9001"],
        "S45C",
    )


async def test_lines_are_stored_and_answered_in_our_codes(world: World) -> None:
    buyer, stranger = await world.parties("buyer", "buyer")
    await put(buyer, SAP)
    body = world.rfq_body(lines=[world.line(1, **FOREIGN)])
    made = await buyer.done("POST", "/v1/rfqs", body)
    is_ours(made["lines"][0])
    once = await buyer.request("PUT", "/v1/rfqs/by-reference/PR-1", body=body)
    again = await buyer.request("PUT", "/v1/rfqs/by-reference/PR-1", body=body)
    assert (once.status_code, again.status_code, again.json()) == (201, 200, once.json())
    is_ours(once.json()["lines"][0])
    changed = await buyer.request(
        "PATCH", f"/v1/rfqs/{made['id']}", body={"lines": [world.line(2, **FOREIGN)]}, etag=made["etag"]
    )
    is_ours(changed.json()["lines"][0])
    batch = await buyer.done("POST", "/v1/rfqs/batch", {"mode": "per_item", "rfqs": [body]})
    is_ours((await buyer.done("GET", f"/v1/rfqs/{batch['items'][0]['rfq']['id']}"))["lines"][0])
    await buyer.done("POST", f"/v1/rfqs/{made['id']}/publish")
    addendum = {"summary": "One more", "extend_if_needed": True, "set_lines": [world.line(3, **FOREIGN)]}
    await buyer.done("POST", f"/v1/rfqs/{made['id']}/addenda", addendum)
    is_ours((await buyer.done("GET", f"/v1/rfqs/{made['id']}"))["lines"][1])
    refused = await stranger.post("/v1/rfqs", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert {error["pointer"] for error in refused.json()["errors"]} == {
        "/lines/0/quantity",
        "/lines/0/processes/0",
        "/lines/0/certificates/0",
    }


async def test_a_line_that_is_stored_is_not_read_anew(world: World) -> None:
    """Material is free text: what somebody wrote before a mapping does not change because a title does."""
    buyer = await world.party("buyer")
    made = await world.draft(buyer, lines=[world.line(1, material="000000000000471100")])
    await put(buyer, SAP)
    titled = await buyer.request("PATCH", f"/v1/rfqs/{made['id']}", body={"title": "other"}, etag=made["etag"])
    assert titled.json()["lines"][0]["material"] == "000000000000471100"
