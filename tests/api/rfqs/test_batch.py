"""create_rfq_batch through HTTP: both modes, publishing, one key for the whole."""

from typing import Any

import pytest

from api.edge import LARGER_BODIES
from domain.actors import SCOPES
from world import Party, World

PATH = "/v1/rfqs/batch"


def batch(world: World, *changes: dict[str, Any], mode: str = "per_item", **more: Any) -> dict[str, Any]:
    return {"mode": mode, "rfqs": [world.rfq_body(**change) for change in changes], **more}


async def events(world: World, buyer: Party) -> list[str]:
    mine = await world.owner.fetch("SELECT type FROM event WHERE organisation_id = $1", buyer.organisation_id)
    return [event["type"] for event in mine]


async def test_each_item_is_made_once_with_one_event_for_each_change(world: World) -> None:
    buyer = await world.party("buyer")
    body = batch(world, {"external_reference": "A"}, {"external_reference": "B", "lines": 3}, publish=True)
    first = await buyer.post(PATH, body, key="whole")
    again = await buyer.post(PATH, body, key="whole")
    assert (first.status_code, again.content) == (200, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    result = first.json()
    assert (result["created"], result["refused"]) == (2, 0)
    for index, (item, reference) in enumerate(zip(result["items"], "AB", strict=True)):
        assert (item["index"], item["status"], item["external_reference"]) == (index, 201, reference)
        assert item["problem"] is None
        rfq = await buyer.done("GET", f"/v1/rfqs/{item['rfq']['id']}")
        assert (rfq["state"], rfq["etag"]) == ("open", item["rfq"]["etag"])
    assert sorted(await events(world, buyer)) == ["rfq.created"] * 2 + ["rfq.published"] * 2
    other = await buyer.post(PATH, batch(world, {}), key="whole")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_without_publish_drafts_are_made(world: World) -> None:
    buyer = await world.party("buyer", scopes=[scope for scope in SCOPES if scope != "rfqs:publish"])
    made = await buyer.done("POST", PATH, batch(world, {}))
    assert made["items"][0]["rfq"]["state"] == "draft"
    refused = await buyer.post(PATH, batch(world, {}, publish=True))
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")


async def test_per_item_keeps_what_succeeds_and_says_why_the_rest_does_not(world: World) -> None:
    buyer = await world.party("buyer")
    await world.draft(buyer, external_reference="taken")
    items: list[dict[str, Any]] = [
        {"external_reference": "good"},
        {"external_reference": "taken"},
        {"external_reference": "good"},
        {"external_reference": "odd", "lines": [world.line(), world.line(2, unit="ZZZ"), world.line(3, quantity="0")]},
        {"external_reference": "gap", "lines": [world.line(specification=None)]},
        {"external_reference": "late", "quotes_close_at": "2020-01-01T00:00:00Z"},
    ]
    result = await buyer.done("POST", PATH, batch(world, *items, publish=True))
    assert (result["created"], result["refused"]) == (1, 5)
    assert [(item["status"], (item["problem"] or {"code": None})["code"]) for item in result["items"]] == [
        (201, None),
        (409, "duplicate"),
        (409, "duplicate"),
        (422, "invalid"),
        (422, "incomplete"),
        (422, "incomplete"),
    ]
    assert [error["pointer"] for error in result["items"][3]["problem"]["errors"]] == [
        "/lines/1/quantity",
        "/lines/2/quantity",
    ]
    listed = await buyer.done("GET", "/v1/rfqs")
    assert sorted(card["external_reference"] for card in listed["items"]) == ["good", "taken"]
    assert sorted(await events(world, buyer)) == ["rfq.created", "rfq.created", "rfq.published"]


MALFORMED: dict[str, tuple[Any, str, str | None]] = {
    "no object": (7, "", None),
    "null": (None, "", None),
    "a number for a text": ({"external_reference": "m", "title": 7}, "/title", "m"),
    "an unknown member": ({"external_reference": "m", "colour": "red"}, "/colour", "m"),
    "a bad line": ({"external_reference": "m", "lines": [{"line_no": "1"}]}, "/lines/0/line_no", "m"),
    "a NUL": ({"external_reference": "m", "title": "a\0b"}, "/title", "m"),
    "a NUL in its name": ({"external_reference": "m\0"}, "/external_reference", None),
    "a name that is none": ({"external_reference": ["m"]}, "/external_reference", None),
}
"""An item (what is lacking of an object is filled in), where its fault is, and what it is called in the answer."""


@pytest.mark.parametrize("name", MALFORMED)
async def test_a_malformed_item_is_answered_in_its_place_and_the_others_go_on(world: World, name: str) -> None:
    buyer = await world.party("buyer")
    odd, pointer, called = MALFORMED[name]
    item = world.rfq_body() | odd if isinstance(odd, dict) else odd
    body = {"mode": "per_item", "rfqs": [world.rfq_body(external_reference="a"), item, world.rfq_body()]}
    answer = await buyer.post(PATH, body, key="once")
    assert answer.status_code == 200, answer.text
    result = answer.json()
    assert (result["created"], result["refused"]) == (2, 1)
    assert [one["status"] for one in result["items"]] == [201, 422, 201]
    refused = result["items"][1]
    assert (refused["index"], refused["external_reference"], refused["rfq"]) == (1, called, None)
    assert refused["problem"]["code"] == "invalid_body"
    assert pointer in [error["pointer"] for error in refused["problem"]["errors"]]
    assert (await buyer.post(PATH, body, key="once")).content == answer.content
    other = await buyer.post(PATH, body | {"rfqs": body["rfqs"][:1]}, key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert await events(world, buyer) == ["rfq.created"] * 2
    whole = await buyer.post(PATH, body | {"mode": "all_or_nothing"})
    assert (whole.status_code, whole.json()["code"]) == (422, "invalid_body")
    assert f"/rfqs/1{pointer}" in [error["pointer"] for error in whole.json()["errors"]]
    assert await events(world, buyer) == ["rfq.created"] * 2


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"mode": "per_item", "rfqs": [{"title": "a", "title": "b"}]}', 400),
        (b'{"mode": "per_item", "rfqs": [{"title": }]}', 400),
        (b'{"mode": "per_item", "rfqs": [{"title": NaN}]}', 400),
        (b'{"mode": "per_item", "rfqs": []}', 422),
        (b'{"mode": "per_item", "rfqs": {}}', 422),
        (b'{"mode": "per_item", "rfqs": [{}], "more": 1}', 422),
        (b'{"mode": "some", "rfqs": [{}]}', 422),
        (b"null", 422),
    ],
)
async def test_what_is_wrong_about_the_body_itself_refuses_the_whole(world: World, content: bytes, status: int) -> None:
    buyer = await world.party("buyer")
    answer = await buyer.post(PATH, content)
    assert (answer.status_code, answer.json()["code"] in {"malformed_body", "invalid_body"}) == (status, True), (
        answer.text
    )


async def test_many_faulty_items_are_explained_up_to_a_bound(world: World) -> None:
    buyer = await world.party("buyer")
    odd = {"title": 7, "intent": 7, "description": "x" * 100_000}
    result = (await buyer.post(PATH, {"mode": "per_item", "rfqs": [odd] * 5})).json()
    assert result["refused"] == 5
    assert [len(item["problem"]["errors"]) > 1 for item in result["items"]] == [True, True, True, False, False]


async def test_all_or_nothing_keeps_nothing_and_names_every_place(world: World) -> None:
    buyer = await world.party("buyer")
    items: list[dict[str, Any]] = [{}, {"currency": "XXY"}, {}, {"lines": [world.line(quantity="0")]}]
    body = batch(world, *items, mode="all_or_nothing")
    refused = await buyer.post(PATH, body, key="k")
    assert (refused.status_code, refused.json()["code"]) == (422, "batch_refused")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/rfqs/1/currency", "/rfqs/3/lines/0/quantity"]
    assert (await buyer.done("GET", "/v1/rfqs"))["items"] == []
    assert await events(world, buyer) == []
    again = await buyer.post(PATH, body, key="k")
    assert (again.status_code, again.headers.get("idempotent-replayed")) == (422, "true")
    body["rfqs"] = [world.rfq_body(), world.rfq_body()]
    assert (await buyer.done("POST", PATH, body))["created"] == 2


async def test_a_dry_run_makes_nothing(world: World) -> None:
    buyer = await world.party("buyer")
    seen = await buyer.post(PATH, batch(world, {}, {"currency": "XXY"}), headers={"prefer": "dry-run"})
    assert (seen.json()["created"], seen.json()["refused"]) == (1, 1)
    assert seen.headers["preference-applied"] == "dry-run"
    assert (await buyer.done("GET", "/v1/rfqs"))["items"] == []


@pytest.mark.parametrize(
    ("roles", "state", "code"),
    [(("supplier",), "verified", "forbidden"), (("buyer",), "registered", "organisation_not_verified")],
)
async def test_who_is_no_verified_buyer_is_refused_once(
    world: World, roles: tuple[str, ...], state: str, code: str
) -> None:
    party = await world.party(*roles, state=state)
    refused = await party.post(PATH, batch(world, {}, {}))
    assert (refused.status_code, refused.json()["code"]) == (403, code)


async def test_the_bounds(world: World) -> None:
    buyer = await world.party("buyer")
    for count in (0, 501):
        refused = await buyer.post(PATH, {"mode": "per_item", "rfqs": [{"title": "x"}] * count})
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_body")
    misshapen = await buyer.post(PATH, {"mode": "all_or_nothing", "rfqs": [{"title": "x"}, {"title": 1}]})
    assert [error["pointer"] for error in misshapen.json()["errors"]] == ["/rfqs/1/title"]
    many = batch(world, *[{"lines": 60, "description": "d" * 2000}] * 100)
    assert (await buyer.done("POST", PATH, many, headers={"prefer": "dry-run"}))["created"] == 100  # beyond 1 MiB
    large = await buyer.post(PATH, b" " * (LARGER_BODIES[PATH] + 1))
    assert (large.status_code, large.json()["code"]) == (413, "too_large")
