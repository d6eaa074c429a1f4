"""get_characteristic_history through HTTP: which line, which lots, who may ask, what is refused."""

from typing import Any

import pytest
from gated_scene import CHARACTERISTICS, approved, gated, sent

from domain.traceability import queries, sql
from world import Party, World

NAMED = {"characteristics": CHARACTERISTICS}


async def inspected(buyer: Party, receipt: Any, lot: str, *, line_no: int = 1, no: int | None = 2) -> None:
    """Two pieces of a lot are rejected, for characteristic `no`."""
    defect = {"characteristic_no": no, "code": "dimension_out_of_tolerance", "quantity": "2"}
    line = {"line_no": line_no, "lot": lot, "accepted": "3", "rejected": "2", "defects": [defect]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", {"lines": [line]})


async def parties(world: World, *quantities: str, **line: Any) -> tuple[Party, Party, Any, str]:
    """(buyer, supplier, order, path of its characteristics)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, quantities=quantities or ("100",), line=line)
    return buyer, supplier, order, f"/v1/orders/{order['id']}/characteristics"


async def test_each_line_has_a_history_of_its_own(world: World) -> None:
    buyer, supplier, order, path = await parties(world, "50", "50", **NAMED)
    receipt = await world.receipt(buyer, await world.despatch(supplier, order, (1, "A", "5"), (2, "A", "5")))
    await inspected(buyer, receipt, "A", line_no=2)
    [first] = (await buyer.done("GET", f"{path}/2?line_no=1"))["deliveries"]
    [second] = (await buyer.done("GET", f"{path}/2?line_no=2"))["deliveries"]
    assert (first["failed"], first["rejected"], first["findings"]) == ("0", "0", [])
    assert (second["failed"], second["rejected"], len(second["findings"])) == ("2", "2", 1)
    assert len(second["nonconformances"]) == 1
    [bore] = (await buyer.done("GET", f"{path}/1?line_no=2"))["deliveries"]
    assert (bore["failed"], bore["findings"][0]["failed"], bore["nonconformances"]) == ("0", "0", [])
    unsaid = await buyer.get(f"{path}/2")
    assert (unsaid.status_code, unsaid.json()["code"]) == (422, "invalid")
    assert "2 lines" in unsaid.json()["detail"]


async def test_lots_of_one_despatch_stand_apart_and_cancelled_ones_are_gone(world: World) -> None:
    buyer, supplier, order = await gated(world)
    path = f"/v1/orders/{order['id']}/characteristics"
    await supplier.done("POST", f"/v1/orders/{order['id']}/despatches", sent("sample", "1"))
    await approved(buyer, supplier, order)
    gone = await world.despatch(supplier, order, (1, "X", "5"))
    await supplier.done("POST", f"/v1/despatches/{gone['id']}/cancel")
    despatch = await world.despatch(supplier, order, (1, "A", "5"), (1, "B", "7"))
    later = await world.despatch(supplier, order, (1, "A", "4"))
    await inspected(buyer, await world.receipt(buyer, despatch), "A")
    items = (await supplier.done("GET", f"{path}/2"))["deliveries"]
    assert [(item["delivery"], item["kind"], item["lot"], item["quantity"]) for item in items] == [
        (None, "sample", "L1", "1"),
        (1, "production", "A", "5"),
        (1, "production", "B", "7"),
        (2, "production", "A", "4"),
    ]
    assert [item["failed"] for item in items] == ["0", "2", "0", "0"]
    assert [(item["received"], item["accepted"]) for item in items[1:]] == [("5", "3"), ("7", "0"), ("0", "0")]
    of_lot = (await supplier.done("GET", f"{path}/2?lot=A"))["deliveries"]
    assert [(item["delivery"], item["despatch_id"]) for item in of_lot] == [(1, despatch["id"]), (2, later["id"])]


async def test_a_complaint_counts_and_what_replaces_it_says_so(world: World) -> None:
    buyer, supplier, order, path = await parties(world, **NAMED)
    receipt = await world.receipt(buyer, await world.despatch(supplier, order, (1, "A", "5")))
    line = {"line_no": 1, "lot": "A", "accepted": "5"}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", {"lines": [line]})
    [unseen] = (await buyer.done("GET", f"{path}/2"))["deliveries"]
    assert (unseen["failed"], unseen["conforms"], unseen["findings"][0]["result"]) == ("0", None, None)
    claims = f"/v1/orders/{order['id']}/nonconformances"
    defects = [{"characteristic_no": 2, "quantity": "2"}]
    late = {"receipt_id": receipt["id"], "line_no": 1, "lot": "A", "quantity": "2", "defects": defects}
    claim = await buyer.done("POST", claims, late)
    split = {"dispositions": [{"disposition": "replace", "quantity": "2"}]}
    await buyer.done("POST", f"{claims}/{claim['id']}/decide", split)
    again = {"number": f"SJ-{claim['id'][-12:]}", "replaces": claim["id"], "lines": [line_of("B", "2")]}
    await supplier.done("POST", f"/v1/orders/{order['id']}/despatches", again)
    first, second = (await buyer.done("GET", f"{path}/2"))["deliveries"]
    assert (first["failed"], first["conforms"], first["accepted"], first["rejected"]) == ("2", False, "3", "2")
    [named] = first["nonconformances"]
    assert (named["origin"], named["failed"], named["replaced"], named["returned"]) == ("complaint", "2", "2", "0")
    assert [(item["disposition"], item["quantity"]) for item in named["dispositions"]] == [("replace", "2")]
    assert (first["replaces"], second["replaces"], second["lot"]) == (None, claim["id"], "B")


def line_of(lot: str, quantity: str) -> dict[str, Any]:
    return {"line_no": 1, "lot": lot, "quantity": quantity}


async def test_a_drawing_without_named_characteristics_has_those_that_were_written_of(world: World) -> None:
    buyer, supplier, order, path = await parties(world)
    await inspected(buyer, await world.receipt(buyer, await world.despatch(supplier, order, (1, "A", "5"))), "A", no=17)
    history = await buyer.done("GET", f"{path}/17")
    assert (history["requirement"], history["promise"], history["first_articles"]) == (None, None, [])
    assert history["deliveries"][0]["failed"] == "2"
    unheard = await buyer.get(f"{path}/18")
    assert (unheard.status_code, unheard.json()["code"]) == (404, "not_found")


async def test_who_may_ask(world: World) -> None:
    _, supplier, order, path = await parties(world, **NAMED)
    for role in ("buyer", "supplier", "facilitator"):
        stranger = await (await world.party(role)).get(f"{path}/2")
        assert (stranger.status_code, stranger.json()["code"]) == (404, "not_found")
    blind = await world.key(supplier.organisation_id, "blind", scopes=["rfqs:read"])
    assert (await blind.get(f"{path}/2")).status_code == 403
    assert (await supplier.get(f"{path}/2")).status_code == 200
    assert order["lines"][0]["line_no"] == 1


@pytest.mark.parametrize("no", ["9", "0", "-1", "1.0", "x", "٣", "1e3", "99999999999999999999", "%27--"])
async def test_numbers_that_are_none_of_the_line(world: World, no: str) -> None:
    buyer, _, _, path = await parties(world, **NAMED)
    answer = await buyer.get(f"{path}/{no}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("line_no=7", 404),
        ("line_no=0", 400),
        ("line_no=x", 400),
        ("lot=", 400),
        (f"lot={'L' * 61}", 400),
        ("no=1", 400),
    ],
)
async def test_parameters_that_make_no_sense(world: World, query: str, status: int) -> None:
    buyer, _, _, path = await parties(world, **NAMED)
    assert (await buyer.get(f"{path}/2?{query}")).status_code == status
    assert (await buyer.done("GET", f"{path}/2?lot=none"))["deliveries"] == []


async def test_the_newest_lots_and_how_many_came_before(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    buyer, supplier, order, path = await parties(world, **NAMED)
    for lot in ("A", "B", "C"):
        await world.despatch(supplier, order, (1, lot, "5"))
    monkeypatch.setattr(queries, "MAX_LOTS", 2)
    history = await buyer.done("GET", f"{path}/2")
    assert [(item["delivery"], item["lot"]) for item in history["deliveries"]] == [(2, "B"), (3, "C")]
    assert history["older_lots"] == 1


async def test_too_much_for_one_answer_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    buyer, supplier, order, path = await parties(world, **NAMED)
    for lot in ("A", "B"):
        await inspected(buyer, await world.receipt(buyer, await world.despatch(supplier, order, (1, lot, "5"))), lot)
    monkeypatch.setattr("domain.traceability.rules.MAX_FINDINGS", 1)
    monkeypatch.setattr(sql, "MAX_FINDINGS", 1)
    much = await buyer.get(f"{path}/2")
    assert (much.status_code, much.json()["code"]) == (409, "limit_reached")
    assert len((await buyer.done("GET", f"{path}/2?lot=B"))["deliveries"]) == 1
