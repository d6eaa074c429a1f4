"""list_events through HTTP. That it misses nothing under load is in `races/test_feed.py`."""

import base64
from typing import Any

import msgspec
import pytest
from award_scene import Scene

from world import Party, World


async def _settled(world: World, party: Party) -> None:
    """Wait for transactions elsewhere on the server that hold the feed back."""
    await world.feed(party)


async def _all(party: Party, query: str = "") -> tuple[list[Any], str]:
    """(everything in the feed, the cursor at its end)."""
    items: list[Any] = []
    after = ""
    while True:
        page = await party.done("GET", f"/v1/events?limit=100{query}{after and f'&after={after}'}")
        if not page["items"]:
            return items, after
        items += page["items"]
        after = page["next_cursor"]


async def _own(party: Party, query: str = "") -> list[Any]:
    """What the party itself did: every organisation sees the open RFQs of the other tests besides."""
    return [event for event in (await _all(party, query))[0] if event["organisation_id"] == party.id]


async def _about(party: Party, rfq: Any) -> list[Any]:
    """What the party learns of one RFQ."""
    return [
        event for event in (await _all(party))[0] if rfq["id"] in (event["subject_id"], event["data"].get("rfq_id"))
    ]


async def test_an_event_says_what_happened_to_what_by_whom(world: World) -> None:
    buyer = await world.party("buyer", name="PT Pembeli")
    rfq = await world.rfq(buyer, external_reference="PR-7")
    await _settled(world, buyer)
    created, published = await _own(buyer)
    assert (created["type"], created["subject_version"], created["from_state"]) == ("rfq.created", 1, None)
    assert created["data"] == {"external_reference": "PR-7"}
    assert created["id"].startswith("evt_")
    assert {name: published[name] for name in published if name not in {"id", "at", "hash", "data"}} == {
        "type": "rfq.published",
        "subject_type": "rfq",
        "subject_id": rfq["id"],
        "subject_version": 2,
        "from_state": "draft",
        "to_state": "open",
        "organisation_id": buyer.id,
        "actor_name": "PT Pembeli",
    }
    assert published["at"].endswith("Z")
    assert published["data"]["lines"] == [{"line_no": 1, "part_number": "P-001", "quantity": "100", "unit": "H87"}]
    assert len(published["hash"]) == 64
    assert created["hash"] != published["hash"]


async def test_a_follower_goes_on_from_its_cursor(world: World) -> None:
    buyer = await world.party("buyer")
    nothing = await buyer.get(f"/v1/events?subject={'rfq_' + 32 * '0'}")
    assert (nothing.json(), "link" in nothing.headers) == ({"items": [], "next_cursor": None}, False)
    await world.draft(buyer)  # a reader of nothing has no cursor yet
    await _settled(world, buyer)
    _, now = await _all(buyer)
    drafts = [await world.draft(buyer) for _ in range(3)]
    await _settled(world, buyer)
    first = await buyer.get(f"/v1/events?limit=2&after={now}")
    assert [event["subject_id"] for event in first.json()["items"]] == [draft["id"] for draft in drafts[:2]]
    assert first.headers["link"].endswith('>; rel="next"')
    rest = await buyer.done("GET", first.headers["link"].partition("<")[2].partition(">")[0])
    assert [event["subject_id"] for event in rest["items"]] == [drafts[2]["id"]]
    end = rest["next_cursor"]
    assert end is not None, "the last page too says where to go on"
    empty = await buyer.get(f"/v1/events?after={end}")
    assert (empty.json(), "link" in empty.headers) == ({"items": [], "next_cursor": end}, False)
    later = await world.draft(buyer)
    await _settled(world, buyer)
    page = await buyer.done("GET", f"/v1/events?after={end}")
    assert [event["subject_id"] for event in page["items"]] == [later["id"]]


async def test_each_party_sees_what_it_may_and_the_buyer_its_baselines(world: World) -> None:
    baseline = {
        "kind": "import", "origin": "CN", "hs_code": "8503.00", "currency": "USD", "cif_unit_price": "0.33",
        "annual_quantity": "80", "idr_rate": "16813", "idr_rate_on": "2026-11-02",
    }  # fmt: skip
    scene = await Scene.set(world, change={"baseline": baseline})
    await scene.accepted("100")
    await _settled(world, scene.buyer)
    own = await _about(scene.buyer, scene.rfq)
    [published] = [event for event in own if event["type"] == "rfq.published"]
    assert published["data"]["baselines"] == [
        {
            "line_no": 1, "part_number": "P-001", "hs_code": "8503.00", "quantity": "100", "unit": "H87",
            "idr_unit_value": "5548.29", "annual_quantity": "80",
        }
    ]  # fmt: skip
    assert not [event for event in own if "unit_price" in str(event["data"])]
    everybody = await world.party("supplier")
    for other in (scene.suppliers[0], everybody):
        told = await _about(other, scene.rfq)
        assert "rfq.published" in {event["type"] for event in told}
        assert "5548.29" not in str(told)  # with its point: bare digits turn up in ids
        assert "baselines" not in str(told)
    assert {event["subject_type"] for event in await _about(everybody, scene.rfq)} == {"rfq"}
    mine = {event["subject_type"] for event in await _about(scene.suppliers[0], scene.rfq)}
    assert mine == {"rfq", "participation", "quote", "award", "order"}


async def test_a_sealed_quote_is_announced_without_its_supplier(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    await _settled(world, buyer)
    [announced] = (await _all(buyer, "&types=quote.submitted"))[0]
    assert announced["subject_id"] is announced["subject_version"] is announced["organisation_id"] is None
    assert announced["from_state"] is None
    assert supplier.id not in str(announced)
    assert quote["id"] not in str(announced)
    assert await _all(buyer, f"&subject={quote['id']}") == ([], "")
    [known] = await _own(supplier, "&types=quote.submitted")
    assert (known["subject_id"], known["organisation_id"]) == (quote["id"], supplier.id)


async def test_filters(world: World) -> None:
    buyer = await world.party("buyer")
    one, two = await world.rfq(buyer), await world.draft(buyer)
    await _settled(world, buyer)

    async def types(query: str) -> list[tuple[str, str]]:
        return [(event["type"], event["subject_id"]) for event in await _own(buyer, query)]

    assert await types("&types=rfq.published") == [("rfq.published", one["id"])]
    both = [("rfq.created", one["id"]), ("rfq.published", one["id"]), ("rfq.created", two["id"])]
    assert await types("&types=rfq.published,rfq.created") == both
    assert await types("&types=rfq.published&types=rfq.created") == both
    assert await types(f"&subject={two['id']}") == [("rfq.created", two["id"])]
    assert await types(f"&subject={two['id']}&types=rfq.published") == []
    assert await types(f"&subject={'rfq_' + 32 * '0'}") == []


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("types=rfq.invented", 400, "invalid_parameter"),
        ("types=", 400, "invalid_parameter"),
        ("types=rfq.published,", 400, "invalid_parameter"),
        ("type=rfq.published", 400, "unknown_parameter"),
        ("subject=nonsense", 404, "not_found"),
        ("subject=rfq_1", 404, "not_found"),
        ("after=nonsense", 400, "invalid_parameter"),
        ("after=%00", 400, "invalid_parameter"),
        ("limit=0", 400, "invalid_parameter"),
        ("limit=101", 400, "invalid_parameter"),
    ],
)
async def test_what_is_no_filter_is_refused(world: World, query: str, status: int, code: str) -> None:
    response = await (await world.party("buyer")).get(f"/v1/events?{query}")
    assert (response.status_code, response.json()["code"]) == (status, code), response.text


async def test_a_cursor_belongs_to_its_filter_and_cannot_be_made_up(world: World) -> None:
    buyer = await world.party("buyer")
    query = "types=rfq.created,rfq.published"
    await world.rfq(buyer)
    await _settled(world, buyer)
    _, cursor = await _all(buyer, f"&{query}")
    same = await buyer.get(f"/v1/events?types=rfq.published&types=rfq.created&after={cursor}")
    assert same.json() == {"items": [], "next_cursor": cursor}
    other = await buyer.get(f"/v1/events?after={cursor}")
    assert (other.status_code, other.json()["code"]) == (400, "invalid_parameter")
    digest, _ = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    for place in (["1", 1], [1, None], [-1, 0], [1, 2**63], [2**70, 1], [1.5, 1], [1], [True, {}]):
        forged = base64.urlsafe_b64encode(msgspec.json.encode([digest, place])).rstrip(b"=").decode()
        answer = await buyer.get(f"/v1/events?{query}&after={forged}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter"), place


async def test_who_may_not(world: World) -> None:
    nobody = await world.party("buyer", scopes=["rfqs:read"])
    assert (await nobody.get("/v1/events")).json()["code"] == "scope_missing"
    assert (await world.http.get("/v1/events")).status_code == 401
