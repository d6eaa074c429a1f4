"""get_lot_history through HTTP: a lot from its heat to its return and replacement, for the two parties alone."""

from typing import Any

import pytest
from gated_scene import approved, file_of, gated

from world import World

LOT = "L/1 é?"


def lot_line(lot: str, quantity: str, **more: Any) -> dict[str, Any]:
    return {"line_no": 1, "lot": lot, "quantity": quantity, **more}


async def test_a_lot_from_its_heat_to_what_replaced_it(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    path = f"/v1/orders/{order['id']}"
    paper = await file_of(supplier)
    heat = lot_line(LOT, "60", heat_number="H-7", certificates=[paper])
    sent = {"number": f"SJ-{order['id'][-12:]}", "lines": [heat, lot_line("B", "10")]}
    despatch = await supplier.done("POST", f"{path}/despatches", sent)
    receipts = []
    for received, damaged, short in (("40", "1", "0"), ("15", "0", "5")):
        counted = {"line_no": 1, "lot": LOT, "received": received, "damaged": damaged, "short": short}
        body = {"despatch_id": despatch["id"], "lines": [counted]}
        receipts.append(await buyer.done("POST", f"{path}/receipts", body))
    defects = [{"code": "dimension_out_of_tolerance", "quantity": "4"}]
    found = {"line_no": 1, "lot": LOT, "accepted": "36", "rejected": "4", "defects": defects}
    await buyer.done("POST", f"/v1/receipts/{receipts[0]['id']}/inspections", {"inspector": "Sari", "lines": [found]})
    [claim] = (await buyer.done("GET", f"{path}/nonconformances"))["items"]
    split = [{"disposition": "replace", "quantity": "3"}, {"disposition": "return", "quantity": "1"}]
    await buyer.done("POST", f"{path}/nonconformances/{claim['id']}/decide", {"dispositions": split})
    back = {"reference": f"R-{order['id'][-12:]}", "quantity": "4"}
    returned = await buyer.done("POST", f"{path}/nonconformances/{claim['id']}/returns", back)
    again = {"number": f"SK-{order['id'][-12:]}", "replaces": claim["id"], "lines": [lot_line("C", "3")]}
    replacement = await supplier.done("POST", f"{path}/despatches", again)
    answer = await buyer.request("GET", f"{path}/lot-history", params={"lot": LOT})
    assert answer.status_code == 200, answer.text
    history = answer.json()
    assert (history["lot"], history["line_no"], history["first_articles"]) == (LOT, 1, [])
    [delivery] = history["deliveries"]
    assert (delivery["despatch_id"], delivery["heat_number"], delivery["quantity"]) == (despatch["id"], "H-7", "60")
    assert (delivery["announced"], delivery["certificates"]) == (True, [paper])
    assert (await buyer.get(f"/v1/files/{paper}/content")).status_code == 200
    assert [
        (item["receipt_id"], item["received"], item["damaged"], item["short"]) for item in delivery["receipts"]
    ] == [
        (receipts[0]["id"], "40", "1", "0"),
        (receipts[1]["id"], "15", "0", "5"),
    ]
    assert [(item["accepted"], item["rejected"], item["inspection_state"]) for item in delivery["receipts"]] == [
        ("36", "4", "done"),
        ("0", "0", "pending"),
    ]
    [finding] = delivery["findings"]
    assert (finding["inspector"], finding["rejected"], finding["defects"][0]["quantity"]) == ("Sari", "4", "4")
    [named] = delivery["nonconformances"]
    assert (named["nonconformance_id"], named["quantity"], named["returned"], named["replaced"]) == (
        claim["id"], "4", "4", "3",
    )  # fmt: skip
    assert [(item["return_shipment_id"], item["reference"]) for item in history["returns"]] == [
        (returned["id"], back["reference"])
    ]
    assert [(item["despatch_id"], item["nonconformance_id"]) for item in history["replacements"]] == [
        (replacement["id"], claim["id"])
    ]
    other = await supplier.done("GET", f"{path}/lot-history?lot=B")
    assert (other["deliveries"][0]["receipts"], other["deliveries"][0]["nonconformances"]) == ([], [])
    assert (other["returns"], other["replacements"]) == ([], [])
    [instead] = (await supplier.done("GET", f"{path}/lot-history?lot=C"))["deliveries"]
    assert instead["replaces"] == claim["id"]


async def test_goods_that_came_without_notice_are_followed_too(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    path = f"/v1/orders/{order['id']}"
    counted = {"lines": [{"line_no": 1, "lot": "U", "received": "30"}]}
    receipt = await buyer.done("POST", f"{path}/receipts", counted)
    [delivery] = (await supplier.done("GET", f"{path}/lot-history?lot=U"))["deliveries"]
    assert (delivery["announced"], delivery["certificates"], delivery["despatch_id"]) == (
        False, [], receipt["despatch_id"],
    )  # fmt: skip
    assert [item["receipt_id"] for item in delivery["receipts"]] == [receipt["id"]]


async def test_a_lot_of_samples_names_its_first_article(world: World) -> None:
    buyer, supplier, order = await gated(world)
    article = await approved(buyer, supplier, order)
    history = await supplier.done("GET", f"/v1/orders/{order['id']}/lot-history?lot=S1&line_no=1")
    assert [(item["first_article_id"], item["state"]) for item in history["first_articles"]] == [
        (article["id"], "approved")
    ]
    assert history["deliveries"] == []
    await world.despatch(supplier, order, (1, "P1", "5"))
    produced = await supplier.done("GET", f"/v1/orders/{order['id']}/lot-history?lot=P1")
    assert (produced["first_articles"], len(produced["deliveries"])) == ([], 1)


async def test_who_may_ask_and_what_is_refused(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, quantities=("10", "10"))
    await world.despatch(supplier, order, (1, "A", "5"))
    path = f"/v1/orders/{order['id']}/lot-history"
    assert (await buyer.get(f"{path}?lot=A&line_no=1")).status_code == 200
    for role in ("buyer", "supplier", "facilitator"):
        stranger = await (await world.party(role)).get(f"{path}?lot=A&line_no=1")
        assert (stranger.status_code, stranger.json()["code"]) == (404, "not_found")
    blind = await world.key(supplier.organisation_id, "blind", scopes=["rfqs:read"])
    assert (await blind.get(f"{path}?lot=A&line_no=1")).status_code == 403
    for query, status in (
        ("lot=A", 422), ("lot=A&line_no=2", 404), ("lot=A&line_no=3", 404), ("lot=Z&line_no=1", 404), ("line_no=1", 400),
        ("lot=&line_no=1", 400), (f"lot={'L' * 61}&line_no=1", 400), ("lot=A&line_no=0", 400), ("lot=%27%3B--&line_no=1", 404),
    ):  # fmt: skip
        assert (await buyer.get(f"{path}?{query}")).status_code == status, query
    nul = await buyer.get(f"{path}?lot=%00&line_no=1")
    assert nul.status_code in {400, 404}, nul.text


async def test_more_than_one_answer_holds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    for _ in range(2):
        await world.receipt(buyer, await world.despatch(supplier, order, (1, "A", "5")))
    path = f"/v1/orders/{order['id']}/lot-history?lot=A"
    assert len((await buyer.done("GET", path))["deliveries"]) == 2
    monkeypatch.setattr("domain.traceability.rules.MAX_COUNTED", 1)
    much = await buyer.get(path)
    assert (much.status_code, much.json()["code"]) == (409, "limit_reached")
    monkeypatch.undo()
    monkeypatch.setattr("domain.traceability.queries.MAX_LOTS", 1)
    many = await buyer.get(path)
    assert (many.status_code, many.json()["code"]) == (409, "limit_reached")
