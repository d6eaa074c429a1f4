"""What a buyer may assume, what it does to the tab, and what is refused."""

from decimal import Decimal
from typing import Any

import pytest
from bid_tab_scene import live

from domain.ids import read
from world import Party, World

D = Decimal


async def one_line(world: World, quotes: list[dict[str, Any]], **line: Any) -> tuple[Party, str]:
    """(buyer, path of the comparison) of an opened RFQ with one line and these quotes."""
    buyer = await world.party("buyer")
    rfq = await world.rfq(buyer, lines=[world.line(1, **line)])
    for quote in quotes:
        head = {name: value for name, value in quote.items() if name != "line"}
        answer = {"line_no": 1, "breaks": [{"min_quantity": "1", "unit_price": "100"}], **quote.get("line", {})}
        await world.quote(await world.party("supplier"), rfq, lines=[answer], **head)
    await world.opened(buyer, rfq)
    return buyer, f"/v1/rfqs/{rfq['id']}/comparison"


async def cells(buyer: Party, path: str, query: str = "") -> list[dict[str, Any]]:
    tab = await buyer.done("GET", f"{path}?{query}")
    return list(tab["rows"][0]["cells"])


@pytest.mark.parametrize(
    "query",
    [
        "base_currency=XYZ",
        "base_currency=idr",
        "rates=USD",
        "rates=USD:16813",
        "rates=USD:16813:2026-13-01",
        "rates=USD:16813:2026-02-30",
        "rates=USD:0:2026-11-20",
        "rates=USD:-1:2026-11-20",
        "rates=USD:1e4:2026-11-20",
        "rates=USD:16813:2026-11-20,",
        "rates=USD:16813:2026-11-20,USD:16814:2026-11-20",
        "rates=ZZZ:16813:2026-11-20",
        "rates=usd:16813:2026-11-20",
        "rates=USD:٣:2026-11-20",
        "rates=" + ",".join(["USD:1:2026-11-20"] * 41),
        "rates=" + "U" * 1300,
        "tooling_over=0",
        "tooling_over=1.5",
        "tooling_over=1000000001",
        "freight_percent=-1",
        "freight_percent=1000",
        "freight_percent=1,5",
        "freight_per_kg=x",
        "freight_percent=1&freight_per_kg=1",
        "capital_rate_percent=NaN",
        "reference_payment_days=-1",
        "reference_payment_days=3651",
        "handling_percent=%2B1",
        "has_api=maybe",
        "pph22_percent=1%0A",
        "csv_bom=2",
    ],
)
async def test_what_makes_no_sense_is_refused(query: str, world: World) -> None:
    buyer = await world.party("buyer")
    answer = await buyer.get(f"/v1/rfqs/rfq_{'0' * 32}/comparison?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter"), answer.text


async def test_an_unknown_parameter_is_refused(world: World) -> None:
    buyer = await world.party("buyer")
    for query in ("rate=USD:1:2026-11-20", "freight=3", "quantity=1&quantity=2"):
        answer = await buyer.get(f"/v1/rfqs/rfq_1/comparison?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")


async def test_the_base_currency_has_no_rate_but_one(world: World) -> None:
    buyer, path = await one_line(world, [{}])
    answer = await buyer.get(f"{path}?rates=IDR:2:2026-11-20")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert (await buyer.get(f"{path}?rates=IDR:1:2026-11-20")).status_code == 200


async def test_sealed_and_foreign_in_every_form(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "buyer")
    rfq = await world.rfq(buyer)
    await world.quote(supplier, rfq)
    path = f"/v1/rfqs/{rfq['id']}/comparison?freight_percent=3"
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    for accept in ("application/json", "text/csv", xlsx):
        sealed = await buyer.get(path, headers={"accept": accept})
        assert (sealed.status_code, sealed.json()["code"]) == (409, "still_sealed")
        assert sealed.headers["content-type"] == "application/problem+json"
        for other in (rival, supplier):
            assert (await other.get(path, headers={"accept": accept})).status_code == 403  # an open RFQ is no secret
    kept = await world.owner.fetchval(
        "SELECT count(*) FROM sealed_access_attempt WHERE operation = 'compare_quotes' AND rfq_id = $1",
        read("rfq", rfq["id"]),
    )
    assert kept == 3
    invited = await world.rfq(buyer, visibility="invited")
    for other in (rival, supplier):
        answer = await other.get(f"/v1/rfqs/{invited['id']}/comparison", headers={"accept": xlsx})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_ranks_cross_currencies_at_the_rate_stated_and_not_without(world: World) -> None:
    scene = await live(world)
    bare = await scene.tab()
    place = [column["currency"] for column in bare["columns"]].index("USD")
    assert (bare["columns"][place]["rank"], bare["columns"][place]["unranked_reason"]) == (None, "no_rate")
    for row in bare["rows"]:
        assert (row["cells"][place]["rank"], row["cells"][place]["unranked_reason"]) == (None, "no_rate")
        assert row["cells"][place]["total_cost"] is not None
        assert sorted(cell["rank"] for cell in row["cells"] if cell["rank"]) == [1, 2]
    cheap = await scene.tab("rates=USD:1000:2026-11-20")
    assert [row["cells"][place]["rank"] for row in cheap["rows"]] == [1, 1, 1]
    assert cheap["columns"][place]["rank"] == 1
    dollars = await scene.tab("base_currency=USD&rates=IDR:0.00006:2026-11-20")
    assert dollars["assumptions"]["base_currency"] == "USD"
    assert dollars["columns"][place]["rate"] == "1"
    total = D(dollars["columns"][0]["total_cost"])
    assert abs(D(dollars["columns"][0]["total_cost_base"]) - total * D("0.00006")) <= D("0.02")
    assert all(column["rank"] for column in dollars["columns"])


async def test_freight_is_for_terms_that_leave_carriage_to_the_buyer(world: World) -> None:
    terms = ["EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP", None]
    buyer, path = await one_line(world, [{"incoterm": term} for term in terms], mass_kg="0.25")
    assert {cell["freight"] for cell in await cells(buyer, path)} == {"0"}
    tab = await buyer.done("GET", f"{path}?freight_percent=2.5")
    bears = {column["incoterm"]: column["carriage"] for column in tab["columns"]}
    assert {term for term, who in bears.items() if who == "buyer"} == {"EXW", "FCA", "FAS", "FOB", None}
    by_term = {column["incoterm"]: tab["rows"][0]["cells"][place] for place, column in enumerate(tab["columns"])}
    assert (by_term["FOB"]["freight"], by_term["DAP"]["freight"]) == ("250", "0")
    assert (by_term["FOB"]["total_cost"], by_term["DAP"]["rank"], by_term["FOB"]["rank"]) == ("10250", 1, 8)
    by_mass = await cells(buyer, path, "freight_per_kg=1200.5")
    assert {cell["freight"] for cell in by_mass} == {"0", "30012"}  # 25 kg x 1,200.5 = 30,012.5: half to even


async def test_freight_by_mass_needs_a_mass(world: World) -> None:
    buyer, path = await one_line(world, [{"incoterm": "EXW"}, {"incoterm": "DAP"}])
    tab = await buyer.done("GET", f"{path}?freight_per_kg=1000")
    first, second = tab["rows"][0]["cells"]
    assert (first["freight"], first["total_cost"], first["rank"], first["unranked_reason"]) == (
        None,
        None,
        None,
        "no_mass",
    )
    assert (second["freight"], second["rank"]) == ("0", 1)
    assert [(column["freight"], column["unranked_reason"]) for column in tab["columns"]] == [
        (None, "no_mass"),
        ("0", None),
    ]


async def test_paying_later_lowers_the_cost(world: World) -> None:
    price = {"breaks": [{"min_quantity": "1", "unit_price": "365000"}]}
    days = [0, 30, 90, None]
    buyer, path = await one_line(world, [{"payment_days": count, "line": price} for count in days])
    found = [
        cell["payment_terms"] for cell in await cells(buyer, path, "capital_rate_percent=10&reference_payment_days=30")
    ]
    # 36,500,000 x 10 % x days / 365: 10,000 a day.
    assert found == ["300000", "0", "-600000", "0"]
    assert {cell["payment_terms"] for cell in await cells(buyer, path, "reference_payment_days=30")} == {"0"}


async def test_what_the_minimum_forces_on_the_buyer_counts(world: World) -> None:
    buyer, path = await one_line(world, [{"line": {"minimum_order_quantity": "250"}}, {}])
    least, plain = await cells(buyer, path)
    assert (least["state"], least["minimum_quantity"], least["quantity_bought"]) == ("below_minimum", "250", "250")
    assert (least["total"], least["minimum_excess"], least["total_cost"]) == ("10000", "15000", "25000")
    assert (plain["rank"], least["rank"]) == (1, 2)
    at = await cells(buyer, path, "quantity=250")
    assert [(cell["state"], cell["minimum_excess"], cell["rank"]) for cell in at] == [("priced", "0", 1)] * 2


async def test_tooling_is_spread_as_the_supplier_says_else_as_the_buyer_assumes(world: World) -> None:
    tool = {"cost": "1000000", "ownership": "buyer"}
    quotes: list[dict[str, Any]] = [
        {"line": {"tooling": tool}},
        {"line": {"tooling": {**tool, "amortised_over_pieces": 400}}},
    ]
    buyer, path = await one_line(world, quotes)
    assert [cell["tooling_due"] for cell in await cells(buyer, path)] == ["1000000", "250000"]
    assert [cell["tooling_due"] for cell in await cells(buyer, path, "tooling_over=1000")] == ["100000", "250000"]
    assert [cell["tooling_per_piece"] for cell in await cells(buyer, path, "tooling_over=1000")] == [
        "1000.0000",
        "2500.0000",
    ]


async def test_deviations_capacity_and_local_content(world: World) -> None:
    answer = {
        "characteristics": [
            {"no": 1, "answer": "comply"},
            {"no": 2, "answer": "deviate", "note": "h7"},
            {"no": 7, "answer": "cannot"},
        ],
        "capacity_per_month": "40",
        "local_content": {"basis": "self_declared", "percent": "62.5"},
    }
    buyer, path = await one_line(
        world,
        [{"line": answer}, {"line": {"capacity_per_month": "60"}}],
        characteristics=[{"no": no, "name": "diameter"} for no in (1, 2, 7)],
        schedule=[
            {"due_on": "2027-03-01", "quantity": "30"},
            {"due_on": "2027-03-20", "quantity": "20"},
            {"due_on": "2027-04-20", "quantity": "50"},
        ],
    )
    tab = await buyer.done("GET", path)
    assert tab["rows"][0]["peak_month_quantity"] == "50"
    first, second = tab["rows"][0]["cells"]
    assert (first["state"], first["deviations"], first["deviating"]) == ("deviates", 2, [2, 7])
    assert (first["rank"], second["state"]) == (1, "priced")
    assert (first["local_content_percent"], first["local_content_basis"]) == ("62.5", "self_declared")
    assert [(cell["capacity_months"], cell["capacity_meets_need"]) for cell in (first, second)] == [
        ("2.50", False),
        ("1.67", True),
    ]


async def test_the_import_with_handling_and_without_an_api(world: World) -> None:
    scene = await live(world)
    found = (await scene.tab())["rows"][2]["import_reference"]
    # 0.61 USD x 16,813 x 5,000 = 51,279,650; duty 10 %; PPN 11 % and PPh 22 2.5 % of both together.
    assert (found["cif"], found["duty"], found["handling"]) == ("51279650", "5127965", "0")
    assert (found["ppn"], found["pph22"], found["cash_out"]) == ("6204837", "1410190", "64022642")
    without = (await scene.tab("has_api=false&handling_percent=2"))["rows"][2]
    assert (without["import_reference"]["pph22"], without["import_reference"]["handling"]) == ("4230571", "1025593")
    assert without["import_unit_price"] == "11486.6416"  # 10,255.93 x 1.12
    own = (await scene.tab("pph22_percent=0.5"))["rows"][2]["import_reference"]
    assert own["pph22"] == "282038"
    assert (await scene.tab())["rows"][0]["import_reference"] is None


async def test_the_cheapest_change_places_exactly_at_the_break_even(world: World) -> None:
    """Tooling of 9,999,997 against 1,313 more for each piece: 7,616.14… pieces."""
    tooled = {
        "breaks": [{"min_quantity": "1", "unit_price": "12000"}],
        "tooling": {"cost": "9999997", "ownership": "buyer"},
    }
    dear = {"breaks": [{"min_quantity": "1", "unit_price": "13313"}]}
    buyer, path = await one_line(world, [{"line": tooled}, {"line": dear}], quantity="1000")
    row = (await buyer.done("GET", path))["rows"][0]
    quotes = [column["quote_id"] for column in (await buyer.done("GET", path))["columns"]]
    assert (row["break_even_quantity"], row["break_even_quote_id"]) == ("7617", quotes[0])
    even = int(row["break_even_quantity"])
    assert [cell["rank"] for cell in await cells(buyer, path, f"quantity={even - 1}")] == [2, 1]
    assert [cell["rank"] for cell in await cells(buyer, path, f"quantity={even}")] == [1, 2]
    assert [cell["rank"] for cell in await cells(buyer, path, f"quantity={even + 1}")] == [1, 2]
    # From above it is the same place, and so it is whatever the freight does to both.
    above = (await buyer.done("GET", f"{path}?quantity=20000"))["rows"][0]
    assert (above["break_even_quantity"], above["break_even_quote_id"]) == ("7617", quotes[0])
    other = (await buyer.done("GET", f"{path}?freight_percent=3&capital_rate_percent=9"))["rows"][0]
    moved = int(other["break_even_quantity"])
    query = "freight_percent=3&capital_rate_percent=9&quantity="
    assert [cell["rank"] for cell in await cells(buyer, path, f"{query}{moved - 1}")] == [2, 1]
    assert [cell["rank"] for cell in await cells(buyer, path, f"{query}{moved}")] == [1, 2]


async def test_without_a_crossing_there_is_no_break_even(world: World) -> None:
    buyer, path = await one_line(world, [{}, {"line": {"breaks": [{"min_quantity": "1", "unit_price": "101"}]}}])
    row = (await buyer.done("GET", path))["rows"][0]
    assert (row["break_even_quantity"], row["break_even_quote_id"]) == (None, None)
