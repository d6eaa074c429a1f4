"""get_order_timeline through HTTP: everything in its order, in sentences, page by page, for the two parties alone."""

from string import Formatter

import pytest

from api.paging import cursor
from domain.ids import read
from domain.lifecycle import EVENTS
from domain.traceability.sentences import SENTENCES, sentence
from domain.traceability.sql import HANGING
from world import World

AT = "2026-01-01T00:00:00+00:00"


async def test_what_happened_to_an_order_and_to_what_belongs_to_it(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    other = await world.order(buyer, supplier)
    despatch = await world.despatch(supplier, order, (1, "A", "60"))
    await world.despatch(supplier, other, (1, "A", "60"))
    receipt = await world.receipt(buyer, despatch)
    line = {"line_no": 1, "lot": "A", "accepted": "58", "rejected": "2"}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", {"lines": [line]})
    path = f"/v1/orders/{order['id']}/timeline"
    told = await buyer.done("GET", path)
    assert told["next_cursor"] is None
    types = [item["type"] for item in told["items"]]
    assert (types[0], types[1]) == ("order.issued", "order.acknowledged")
    story = ["despatch.created", "receipt.recorded", "inspection.requested", "nonconformance.opened"]
    assert [name for name in types if name in story] == story
    assert [item["at"] for item in told["items"]] == sorted(item["at"] for item in told["items"])
    mine = {item["subject_id"] for item in told["items"]}
    assert {order["id"], despatch["id"], receipt["id"]} <= mine
    assert other["id"] not in mine
    feed = [event for event in await world.feed(buyer) if event.subject_id == read("order", order["id"])]
    assert types.count("order.issued") == 1
    assert [name for name in types if name.startswith("order.")] == [event.type for event in feed]
    said = {item["type"]: item["sentence"] for item in told["items"]}
    assert said["despatch.created"] == f"Goods were sent with delivery note {despatch['number']}."
    assert said["nonconformance.opened"] == "2 of lot A were rejected."
    assert all(item["sentence"] != item["type"] for item in told["items"])
    there = await supplier.request("GET", path, headers={"accept-language": "id"})
    assert there.json()["items"][0]["sentence"] == f"Pesanan {order['number']} terbit."
    assert [item["id"] for item in there.json()["items"]] == [item["id"] for item in told["items"]]
    pages, after = [], ""
    while True:
        page = await buyer.done("GET", f"{path}?limit=3{after}")
        pages += page["items"]
        if page["next_cursor"] is None:
            break
        after = f"&after={page['next_cursor']}"
    assert pages == told["items"]


async def test_nothing_that_belongs_to_an_order_is_left_out(world: World) -> None:
    """Each table whose rows belong to an order, change by events and have a state."""
    found = await world.owner.fetch(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND column_name IN ('order_id', 'state', 'version') GROUP BY table_name HAVING count(*) = 3"
    )
    tables = {row["table_name"] for row in found} - {"award"}  # the order came of it
    assert {"despatch", "invoice"} <= tables
    assert {name for name in tables if f"FROM {name} WHERE order_id" not in HANGING} == set()


async def test_strangers_and_foreign_cursors(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    path = f"/v1/orders/{order['id']}/timeline"
    for role in ("buyer", "supplier", "facilitator"):
        stranger = await (await world.party(role)).get(path)
        assert (stranger.status_code, stranger.json()["code"]) == (404, "not_found")
    blind = await world.key(supplier.organisation_id, "blind", scopes=["rfqs:read"])
    assert (await blind.get(path)).status_code == 403
    behind = (await buyer.done("GET", f"{path}?limit=1"))["next_cursor"]
    second = await world.order(buyer, supplier)
    for query in (f"after={behind}", "after=x", "after=", "limit=0", "limit=101"):
        refused = await buyer.get(f"/v1/orders/{second['id']}/timeline?{query}")
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid_parameter"), query


@pytest.mark.parametrize(
    "place",
    [["9999-12-31T23:59:59-12:00", 0], ["0001-01-01T00:00:00+12:00", 0], ["x", 0], [0, 0], [None, 0], [AT, -1], [AT, 2**63],
     [AT, "1"], [AT, None], [AT], [AT, 1, 1]],
)  # fmt: skip
async def test_made_up_places(world: World, place: list[object]) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    made = cursor(["timeline", order["id"]], place)
    refused = await buyer.get(f"/v1/orders/{order['id']}/timeline?after={made}")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_parameter")


@pytest.mark.parametrize("event", sorted(SENTENCES))
def test_sentences_are_of_events_and_whole_in_both_languages(event: str) -> None:
    assert event in EVENTS
    indonesian, english = SENTENCES[event]
    assert indonesian.endswith(".")
    assert english.endswith(".")
    names = [sorted(name for _, name, _, _ in Formatter().parse(text) if name) for text in (indonesian, english)]
    assert names[0] == names[1], "both say the same"
    assert sentence(event, {}, "id") == sentence(event, {"number": None}, "id")


def test_long_and_odd_data_stay_in_their_place() -> None:
    said = sentence("despatch.created", {"number": "{0.__class__}" * 20}, "en")
    assert said.startswith("Goods were sent with delivery note {0.__class__}")
    assert len(said) <= 200
    assert sentence("order.unheard_of", {}, "id") == "order.unheard_of"
