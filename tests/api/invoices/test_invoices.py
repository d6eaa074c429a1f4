"""Billing, matching and disputing through HTTP: the story, each refusal, and what the database refuses by itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from invoice_scene import Scene, bill, today

from domain.actors import SYSTEM
from domain.ids import read
from domain.invoices import matching, sql
from world import World


async def test_the_story_from_bill_to_match(world: World) -> None:
    scene = await Scene.set(world)
    body = bill("40", ppn="440", total="4440", tax_invoice_no="0100002612345678")
    first = await scene.supplier.post(scene.invoices, body, key="once")
    assert first.status_code == 201, first.text
    made = first.json()
    assert first.headers["location"] == f"{scene.invoices}/{made['id']}"
    assert (await scene.supplier.post(scene.invoices, body, key="once")).content == first.content
    assert (made["state"], made["net"], made["ppn"], made["total"], made["open"]) == (
        "submitted",
        "4000",
        "440",
        "4440",
        "4440",
    )
    assert made["due_on"] == (date.fromisoformat(today()) + timedelta(days=30)).isoformat()
    assert made["allowed_actions"] == ["withdraw_invoice"]
    seen = await scene.buyer.get(f"{scene.invoices}/{made['id']}")
    assert seen.headers["etag"] == made["etag"]
    assert seen.json()["allowed_actions"] == ["match_invoice", "dispute_invoice"]
    match = await scene.buyer.done("GET", f"{scene.invoices}/{made['id']}/match")
    assert (match["matches"], match["differences"], match["base"], match["expected_ppn"]) == (True, [], "4000", "440")
    matched = await scene.buyer.done("POST", f"{scene.invoices}/{made['id']}/match", etag=made["etag"])
    assert (matched["state"], matched["state_label"]) == ("matched", "Matched")
    assert matched["allowed_actions"] == ["record_payment"]
    line = await scene.line()
    assert (line["accepted"], line["invoiced"], line["claimed"], line["left"]) == ("60", "40", "0", "20")
    for party in (scene.buyer, scene.supplier):
        assert [item["id"] for item in (await party.done("GET", "/v1/invoices?state=matched"))["items"]] == [made["id"]]
    second = await scene.billed("20")
    page = await scene.buyer.done("GET", f"{scene.invoices}?limit=1")
    rest = await scene.buyer.done("GET", f"{scene.invoices}?limit=1&after={page['next_cursor']}")
    assert [page["items"][0]["id"], rest["items"][0]["id"]] == [made["id"], second["id"]]
    assert (await scene.buyer.done("GET", f"{scene.invoices}?overdue=true"))["items"] == []
    own = await scene.supplier.done("GET", "/v1/invoices?limit=1")
    assert own["items"][0]["id"] == second["id"]
    assert own["next_cursor"]
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("order", scene.order["id"]), read("invoice", made["id"])))
    told = [event for event in await world.feed(scene.buyer) if event.subject_type == "invoice"]
    assert [event.type for event in told] == ["invoice.submitted", "invoice.matched", "invoice.submitted"]
    assert told[0].data["lines"] == [{"line_no": 1, "quantity": "40"}]
    assert told[0].data["differing"] == []
    assert "440" not in str([event.data for event in told]).replace(made["reference"], "")
    kept = await world.owner.fetch(
        "SELECT body, sealed FROM idempotency WHERE route LIKE $1", f"%{scene.order['id']}/invoices%"
    )
    assert len(kept) == 3
    assert all(row["sealed"] for row in kept)
    assert not [row for row in kept if b"4440" in bytes(row["body"])]


async def test_what_differs_is_named_and_matches_later(world: World) -> None:
    scene = await Scene.set(world)
    first = await scene.billed("40")
    body = bill("30", "100.04", ppn="331", tooling=[{"line_no": 1, "amount": "5"}])
    second = await scene.supplier.done("POST", scene.invoices, body)
    refused = await scene.buyer.post(f"{scene.invoices}/{second['id']}/match")
    assert (refused.status_code, refused.json()["code"]) == (409, "invoice_mismatch")
    assert [(fault["pointer"], fault["detail"]) for fault in refused.json()["errors"]] == [
        ("/lines/0/quantity", "Line 1: 30 are invoiced, 20 of what was accepted are left to be invoiced."),
        ("/lines/0/unit_price", "Line 1: the unit price is 100.04, agreed is 100."),
        ("/tooling/0/amount", "Line 1: 5 are invoiced for tooling, 0 of what was agreed are left."),
        ("/ppn", "PPN is stated as 331; of this base it is 330."),
    ]
    match = await scene.supplier.done("GET", f"{scene.invoices}/{second['id']}/match")
    assert [item["code"] for item in match["differences"]] == [
        "quantity_over_accepted",
        "price_differs",
        "tooling_over_order",
        "ppn_differs",
    ]
    assert (await scene.buyer.done("GET", f"{scene.invoices}/{first['id']}/match"))["matches"]
    early = await scene.billed("30")
    await scene.supplier.done("POST", f"{scene.invoices}/{second['id']}/withdraw")
    assert (await scene.buyer.post(f"{scene.invoices}/{early['id']}/match")).json()["code"] == "invoice_mismatch"
    await scene.accept("40")
    assert (await scene.buyer.done("POST", f"{scene.invoices}/{early['id']}/match"))["state"] == "matched"
    told = [event for event in await world.feed(scene.supplier) if event.type == "invoice.submitted"]
    assert told[1].data["differing"] == sorted(item["code"] for item in match["differences"])


async def test_the_price_may_differ_within_the_buyers_tolerance(world: World) -> None:
    scene = await Scene.set(world)
    path = f"/v1/organisations/{scene.buyer.id}"
    over = await scene.billed("40", "100.5")
    assert (await scene.buyer.post(f"{scene.invoices}/{over['id']}/match")).json()["code"] == "invoice_mismatch"
    now = await scene.buyer.done("GET", path)
    patch = {"policy": {"price_tolerance_percent": "0.50"}}
    assert (await scene.buyer.done("PATCH", path, patch, etag=now["etag"]))["policy"][
        "price_tolerance_percent"
    ] == "0.5"
    assert (await scene.buyer.done("POST", f"{scene.invoices}/{over['id']}/match"))["state"] == "matched"
    for wrong in ("100.01", "-1", "1.234"):
        patch = {"policy": {"price_tolerance_percent": wrong}}
        answer = await scene.buyer.request("PATCH", path, body=patch, etag='"2"')
        assert answer.json()["code"] == "invalid_body", wrong


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"lines": []}, "/lines"),
        ({"lines": [{"line_no": 2, "quantity": "1", "unit_price": "1"}]}, "/lines/0/line_no"),
        ({"lines": [{"line_no": 1, "quantity": "1", "unit_price": "1"}] * 2}, "/lines/1/line_no"),
        ({"lines": [{"line_no": 1, "quantity": "1.5", "unit_price": "1"}]}, "/lines/0/quantity"),
        ({"lines": [{"line_no": 1, "quantity": "0", "unit_price": "1"}]}, "/lines/0/quantity"),
        ({"lines": [{"line_no": 1, "quantity": "-1", "unit_price": "1"}]}, "/lines/0/quantity"),
        ({"lines": [{"line_no": 1, "quantity": "1", "unit_price": "1.00001"}]}, "/lines/0/unit_price"),
        ({"lines": [{"line_no": 1, "quantity": "1", "unit_price": "-1"}]}, "/lines/0/unit_price"),
        ({"lines": [{"line_no": 1, "quantity": "1", "unit_price": "0"}]}, "/lines"),
        (
            {"lines": [{"line_no": 1, "quantity": "999999999999", "unit_price": "99999999999999"}]},
            "/lines",
        ),
        ({"tooling": [{"line_no": 2, "amount": "1"}]}, "/tooling/0/line_no"),
        ({"tooling": [{"line_no": 1, "amount": "0"}]}, "/tooling/0/amount"),
        ({"tooling": [{"line_no": 1, "amount": "1"}] * 2}, "/tooling/1/line_no"),
        ({"ppn": "440.5"}, "/ppn"),
        ({"ppn": "-1"}, "/ppn"),
        ({"total": "4441"}, "/total"),
        ({"issued_on": "2020-01-01"}, "/issued_on"),
        ({"issued_on": "2099-01-01"}, "/issued_on"),
        ({"kind": "credit"}, "/credits"),
        ({"credits": "inv_" + "0" * 32}, "/credits"),
        ({"kind": "credit", "credits": "inv_" + "0" * 32}, "/credits"),
        ({"kind": "credit", "credits": "nonsense"}, "/credits"),
        ({"replaces": "inv_" + "0" * 32}, "/replaces"),
        ({"file_id": "fil_" + "0" * 32}, "/file_id"),
    ],
)
async def test_an_invoice_has_to_fit_its_order(world: World, change: dict[str, Any], pointer: str) -> None:
    scene = await Scene.set(world, accepted=None)
    answer = await scene.supplier.post(scene.invoices, bill("40") | change)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


async def test_ppn_is_charged_by_pkp_in_rupiah_alone(world: World) -> None:
    scene = await Scene.set(world, pkp=False)
    made = await scene.billed("40")
    assert (made["ppn"], made["total"], made["taxed"]) == ("0", "4000", False)
    for change, pointer in (({"ppn": "440"}, "/ppn"), ({"tax_invoice_no": "01000026"}, "/tax_invoice_no")):
        answer = await scene.supplier.post(scene.invoices, bill("1") | change)
        assert (answer.json()["code"], answer.json()["errors"][0]["pointer"]) == ("invalid", pointer)
        assert "PKP" in answer.text or pointer != "/ppn"
    assert (await scene.buyer.done("POST", f"{scene.invoices}/{made['id']}/match"))["state"] == "matched"


async def test_dispute_answer_and_correction(world: World) -> None:
    scene = await Scene.set(world)
    wrong = await scene.billed("40", "110")
    path = f"{scene.invoices}/{wrong['id']}"
    for body, pointer in (
        ({"reason": "no_such_code"}, "/reason"),
        ({"reason": "price_differs", "lines": [2]}, "/lines/0"),
    ):
        answer = await scene.buyer.post(f"{path}/dispute", body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    said = {"reason": "price_differs", "note": "Rp 100 was agreed", "lines": [1]}
    disputed = await scene.buyer.done("POST", f"{path}/dispute", said, etag=wrong["etag"])
    assert (disputed["state"], disputed["dispute"]["reason"], disputed["dispute"]["lines"]) == (
        "disputed",
        "price_differs",
        [1],
    )
    assert (await scene.buyer.post(f"{path}/match")).json()["code"] == "wrong_state"
    assert (await scene.line())["claimed"] == "0"
    back = await scene.buyer.done("POST", f"{path}/resolve-dispute")
    assert (back["state"], back["dispute"]) == ("submitted", None)
    early = await scene.supplier.post(scene.invoices, bill("40", replaces=wrong["id"]))
    assert early.json()["errors"][0]["pointer"] == "/replaces"
    await scene.buyer.done("POST", f"{path}/dispute", said)
    same = await scene.supplier.post(scene.invoices, bill("40") | {"reference": wrong["reference"].lower()})
    assert (same.status_code, same.json()["code"]) == (409, "duplicate")
    corrected = await scene.billed("40", replaces=wrong["id"])
    assert corrected["replaces"] == wrong["id"]
    assert (await scene.supplier.done("GET", path))["state"] == "withdrawn"
    again = await scene.supplier.post(scene.invoices, bill("40", replaces=wrong["id"]))
    assert again.json()["errors"][0]["pointer"] == "/replaces"
    assert (await scene.buyer.done("POST", f"{scene.invoices}/{corrected['id']}/match"))["state"] == "matched"
    told = [event for event in await world.feed(scene.supplier) if event.type == "invoice.disputed"]
    assert (told[0].data["reason"], told[0].data["disputed_lines"]) == ("price_differs", [1])
    assert "Rp 100" not in str(told[0].data)
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("order", scene.order["id"]), read("invoice", wrong["id"])))


async def test_who_may_do_what(world: World) -> None:
    scene = await Scene.set(world)
    stranger = await world.party("buyer", "supplier")
    made = await scene.billed()
    path = f"{scene.invoices}/{made['id']}"
    pay = {"amount": "1", "paid_on": today(), "reference": "x"}
    off = {"invoice_id": made["id"], "amount": "1"}
    steps: list[tuple[str, Any, Any]] = [
        ("", bill(), scene.buyer),
        (f"/{made['id']}/match", None, scene.supplier),
        (f"/{made['id']}/dispute", {"reason": "other"}, scene.supplier),
        (f"/{made['id']}/resolve-dispute", None, scene.supplier),
        (f"/{made['id']}/withdraw", None, scene.buyer),
        (f"/{made['id']}/payments", pay, scene.supplier),
        (f"/{made['id']}/set-off", off, scene.supplier),
        (f"/{made['id']}/payments/pay_{'0' * 32}/confirm", None, scene.buyer),
    ]
    for rest, body, wrong in steps:
        answer = await wrong.post(scene.invoices + rest, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), rest
        assert (await stranger.post(scene.invoices + rest, body)).status_code == 404, rest
    for place in (scene.invoices, path, f"{path}/match", f"{scene.path}/billing"):
        assert (await stranger.get(place)).status_code == 404, place
    assert (await stranger.done("GET", "/v1/invoices"))["items"] == []
    elsewhere = await world.order(scene.buyer, scene.supplier)
    assert (await scene.buyer.post(f"/v1/orders/{elsewhere['id']}/invoices/{made['id']}/match")).status_code == 404
    for rest in ("match", "withdraw", "payments", "set-off"):
        party = scene.supplier if rest == "withdraw" else scene.buyer
        body = {"payments": pay, "set-off": off}.get(rest)
        assert (await party.post(f"{path}/{rest}", body, etag='"9"')).json()["code"] == "stale_version", rest
    dry = await scene.buyer.post(f"{path}/match", headers={"prefer": "dry-run"})
    assert dry.json()["state"] == "matched"
    assert (await scene.line())["invoiced"] == "0"
    await scene.supplier.done("POST", f"{path}/withdraw")
    assert (await scene.buyer.post(f"{path}/match")).json()["code"] == "wrong_state"
    assert (await scene.supplier.post(f"{path}/withdraw")).json()["code"] == "wrong_state"


async def test_an_order_that_was_not_acknowledged_is_not_billed(world: World) -> None:
    scene = await Scene.set(world, accepted=None, acknowledged=False)
    answer = await scene.supplier.post(scene.invoices, bill())
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


async def test_an_order_that_was_closed_short_is_billed(world: World) -> None:
    scene = await Scene.set(world)
    now = await scene.buyer.done("GET", scene.path)
    body = {"reason": "demand_withdrawn", "note": "no more needed"}
    closed = await scene.buyer.done("POST", f"{scene.path}/short-close", body, etag=now["etag"])
    assert closed["state"] == "short_closed"
    assert (await scene.matched("60"))["state"] == "matched"


async def test_tooling_is_billed_once(world: World) -> None:
    scene = await Scene.set(world, accepted=None)
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")  # no triggers
        await world.owner.execute(
            'UPDATE order_line SET detail = detail || \'{"tooling": "5000"}\' WHERE order_id = $1',
            read("order", scene.order["id"]),
        )
    first = await scene.matched(None, tooling=[{"line_no": 1, "amount": "3000"}])
    assert (first["net"], first["ppn"]) == ("3000", "330")
    over = await scene.billed(None, tooling=[{"line_no": 1, "amount": "2000.5"}])
    refused = await scene.buyer.post(f"{scene.invoices}/{over['id']}/match")
    assert refused.json()["errors"][0]["detail"].endswith("2000 of what was agreed are left.")
    assert (await scene.line())["tooling_invoiced"] == "3000"


@pytest.mark.parametrize(
    ("quantity", "tooling"), [("61", []), (None, [{"line_no": 1, "amount": "1"}])], ids=["pieces", "tooling"]
)
async def test_the_database_refuses_without_the_rules(
    world: World, monkeypatch: pytest.MonkeyPatch, quantity: str | None, tooling: list[Any]
) -> None:
    scene = await Scene.set(world)
    made = await scene.billed(quantity, tooling=tooling)
    monkeypatch.setattr(matching, "differences", lambda *_: ())
    answer = await scene.buyer.post(f"{scene.invoices}/{made['id']}/match")
    assert (answer.status_code, answer.json()["code"]) == (409, "invoice_mismatch")
    assert (await scene.buyer.done("GET", f"{scene.invoices}/{made['id']}"))["state"] == "submitted"
    assert (await scene.line())["invoiced"] == "0"
