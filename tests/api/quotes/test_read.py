"""get_quote, list_quotes, list_rfq_quotes, list_quote_receipts through HTTP: who sees what, and when."""

from domain.ids import read
from world import World


async def test_before_the_opening_only_its_supplier_reads_it(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    await world.quote(rival, rfq)
    strangers = [rival, await world.party("facilitator"), await world.party("operator"), await world.party("buyer")]
    for path in (f"/v1/quotes/{quote['id']}", f"/v1/quotes/{quote['id']}/receipts"):
        assert (await supplier.get(path)).status_code == 200
        for stranger in strangers:
            assert (await stranger.get(path)).status_code == 404
        answer = await buyer.get(path)
        assert (answer.status_code, answer.json()["code"]) == (409, "still_sealed")
    listing = f"/v1/rfqs/{rfq['id']}/quotes"
    page = await buyer.done("GET", listing)
    assert page == {"sealed": True, "count": 2, "items": [], "next_cursor": None}
    for stranger in strangers:
        assert (await stranger.get(listing)).status_code in {403, 404}
    assert (await supplier.get(listing)).json()["code"] == "forbidden"
    assert (await buyer.done("GET", "/v1/quotes"))["items"] == []
    assert [card["id"] for card in (await supplier.done("GET", "/v1/quotes"))["items"]] == [quote["id"]]


async def test_a_buyers_early_look_is_on_record(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    await buyer.get(f"/v1/quotes/{quote['id']}")
    await buyer.get(f"/v1/quotes/{quote['id']}/receipts")
    await buyer.get(f"/v1/rfqs/{rfq['id']}/comparison")
    await buyer.request("PATCH", f"/v1/quotes/{quote['id']}", body={"note": "x"}, etag='"1"')
    for action in ("submit", "withdraw"):
        await buyer.post(f"/v1/quotes/{quote['id']}/{action}")
    await buyer.post(f"/v1/quotes/{quote['id']}/disqualify", {"reason": "false_statement"})
    rows = await world.owner.fetch(
        "SELECT operation, refusal, organisation_id FROM sealed_access_attempt WHERE rfq_id = $1 ORDER BY id",
        read("rfq", rfq["id"]),
    )
    assert [row["operation"] for row in rows] == [
        "get_quote",
        "list_quote_receipts",
        "compare_quotes",
        "update_quote",
        "submit_quote",
        "withdraw_quote",
        "disqualify_quote",
    ]
    assert {(row["refusal"], row["organisation_id"]) for row in rows} == {("still_sealed", buyer.organisation_id)}


async def test_after_the_opening_its_buyer_reads_all_of_it(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    quotes = [await world.quote(party, rfq, price) for party, price in ((supplier, "5"), (rival, "6"))]
    await world.opened(buyer, rfq)
    page = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/quotes?limit=1")
    assert (page["sealed"], page["count"]) == (False, 2)
    rest = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/quotes?limit=1&after={page['next_cursor']}")
    items = [*page["items"], *rest["items"]]
    assert [item["id"] for item in items] == [quote["id"] for quote in quotes]
    assert [item["content"]["lines"][0]["breaks"][0]["unit_price"] for item in items] == ["5.0000", "6.0000"]
    assert rest["next_cursor"] is None
    read_one = await buyer.get(f"/v1/quotes/{quotes[0]['id']}")
    assert read_one.json() == items[0]
    same = await buyer.get(f"/v1/quotes/{quotes[0]['id']}", headers={"if-none-match": read_one.headers["etag"]})
    assert same.status_code == 304
    assert (await buyer.get(f"/v1/quotes/{quotes[0]['id']}/receipts")).json()["code"] == "forbidden"
    assert (await rival.get(f"/v1/quotes/{quotes[0]['id']}")).status_code == 404, "rivals never"
    assert (await rival.get(f"/v1/rfqs/{rfq['id']}/quotes")).json()["code"] == "forbidden"
    assert [card["id"] for card in (await buyer.done("GET", "/v1/quotes"))["items"]] == [
        quote["id"] for quote in reversed(quotes)
    ]


async def test_lists_are_filtered_and_paged(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfqs = [await world.rfq(buyer) for _ in range(3)]
    quotes = [await world.quote(supplier, rfq) for rfq in rfqs]
    await supplier.done("POST", f"/v1/quotes/{quotes[0]['id']}/withdraw")
    first = await supplier.done("GET", "/v1/quotes?limit=2")
    rest = await supplier.done("GET", f"/v1/quotes?limit=2&after={first['next_cursor']}")
    assert [card["id"] for card in (*first["items"], *rest["items"])] == [quote["id"] for quote in reversed(quotes)]
    assert rest["next_cursor"] is None
    gone = await supplier.done("GET", "/v1/quotes?state=withdrawn")
    assert [card["id"] for card in gone["items"]] == [quotes[0]["id"]]
    of_one = await supplier.done("GET", f"/v1/quotes?rfq_id={rfqs[1]['id']}")
    assert [card["id"] for card in of_one["items"]] == [quotes[1]["id"]]
    foreign = await supplier.get(f"/v1/quotes?state=withdrawn&after={first['next_cursor']}")
    assert foreign.json()["code"] == "invalid_parameter", "a cursor belongs to its filter"
    assert (await supplier.get("/v1/quotes?price=5")).json()["code"] == "unknown_parameter"


async def test_a_workshop_that_also_buys_sees_both(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    both = await world.party("buyer", "supplier")
    theirs, own = await world.rfq(buyer), await world.rfq(both)
    sold, bought = await world.quote(both, theirs), await world.quote(supplier, own)
    assert [card["id"] for card in (await both.done("GET", "/v1/quotes"))["items"]] == [sold["id"]]
    await world.opened(both, own)
    assert [card["id"] for card in (await both.done("GET", "/v1/quotes"))["items"]] == [bought["id"], sold["id"]]
