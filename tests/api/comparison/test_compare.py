"""compare_quotes through HTTP. The arithmetic is tested in tests/domain/comparison."""

from world import World

IMPORT = {
    "kind": "import",
    "origin": "CN",
    "hs_code": "8503.00.90",
    "currency": "USD",
    "cif_unit_price": "0.33",
    "duty_percent": "5",
    "annual_quantity": "600000",
    "idr_rate": "16813",
    "idr_rate_on": "2026-11-02",
}


async def test_the_tab_of_two_quotes(world: World) -> None:
    buyer, one, two = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer, lines=[world.line(1, baseline=IMPORT), world.line(2, quantity="2.5", unit="KGM")])
    lines = [
        {
            "line_no": 1,
            "breaks": [
                {"min_quantity": "1", "unit_price": "6000"},
                {"min_quantity": "1000", "unit_price": "5534.4193"},
            ],
            "lead_time_days": 21,
            "tooling": {"cost": "100000", "ownership": "buyer"},
        },
        {"line_no": 2, "answer": "declined", "decline_reason": "material_unavailable"},
    ]
    first, second = await world.quote(one, rfq, lines=lines), await world.quote(two, rfq, "6500.5")
    await world.opened(buyer, rfq)
    path = f"/v1/rfqs/{rfq['id']}/comparison"
    tab = await buyer.done("GET", path)
    assert [column["quote_id"] for column in tab["columns"]] == [first["id"], second["id"]]
    assert [column["supplier_name"] for column in tab["columns"]] == [one.name, two.name]
    assert [(column["lines_priced"], column["is_complete"], column["rank"]) for column in tab["columns"]] == [
        (1, False, 2),
        (2, True, 1),
    ]
    row = tab["rows"][0]
    assert (row["quantity"], row["import_unit_price"]) == ("100", "5825.7045")
    assert row["cells"][0] == {
        "state": "priced",
        "excluded_reason": None,
        "decline_reason": None,
        "unranked_reason": None,
        "minimum_quantity": "1",
        "quantity_bought": "100",
        "unit_price": "6000.0000",
        "total": "600000",
        "minimum_excess": "0",
        "tooling": "100000.0000",
        "tooling_pieces": None,
        "tooling_per_piece": "1000.0000",
        "tooling_due": "100000",
        "total_with_tooling": "700000",
        "freight": "0",
        "payment_terms": "0",
        "total_cost": "700000",
        "total_cost_base": "700000",
        "lead_time_days": 21,
        "capacity_per_month": None,
        "capacity_months": None,
        "capacity_meets_need": None,
        "local_content_percent": None,
        "local_content_basis": None,
        "deviations": 0,
        "deviating": [],
        "rank": 2,
        "import_difference_percent": "2.99",
        "alternates": [],
    }
    assert tab["rows"][1]["cells"][0]["decline_reason"] == "material_unavailable"
    assert tab["rows"][1]["cells"][1]["total"] == "16251"
    assert tab["columns"][1]["total"] == "666301"
    more = (await buyer.done("GET", f"{path}?quantity=1000"))["rows"][0]
    assert (more["quantity_requested"], more["quantity"]) == ("100", "1000")
    assert (more["cells"][0]["unit_price"], more["cells"][0]["rank"]) == ("5534.4193", 1)


async def test_who_may_not_and_what_is_refused(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "buyer")
    rfq = await world.rfq(buyer)
    await world.quote(supplier, rfq)
    path = f"/v1/rfqs/{rfq['id']}/comparison"
    sealed = await buyer.get(path)
    assert (sealed.status_code, sealed.json()["code"]) == (409, "still_sealed")
    for other in (supplier, rival, await world.party("facilitator"), await world.party("operator")):
        assert (await other.get(path)).status_code in {403, 404}
    await world.opened(buyer, rfq)
    for other in (supplier, rival):
        assert (await other.get(path)).status_code in {403, 404}
    assert (await supplier.get(f"/v1/rfqs/{(await world.draft(buyer))['id']}/comparison")).status_code == 404
    assert (await buyer.get("/v1/rfqs/rfq_1/comparison")).status_code == 404
    for wrong in ("x", "-1", "1e3", "NaN", "01"):
        answer = await buyer.get(f"{path}?quantity={wrong}")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter"), wrong
    for wrong in ("0", "1.5"):
        answer = await buyer.get(f"{path}?quantity={wrong}")
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), wrong
    reader = await world.key(buyer.organisation_id, "reader", scopes=["rfqs:read"])
    assert (await reader.get(path)).json()["code"] == "scope_missing"
