"""Payments, credit notes, set-off and what is overdue, through HTTP; double payment also behind the back of the rules."""

from datetime import date, timedelta

import asyncpg
import pytest
from gated_scene import file_of
from invoice_scene import Scene, payment, today

from domain.actors import SYSTEM
from domain.ids import read
from domain.invoices import commands, rules, sql
from domain.lifecycle import INVOICE
from world import World

PAY_TOO_MUCH = """
INSERT INTO invoice_payment (id, invoice_id, kind, amount, paid_on, reference, recorded_by, recorded_at)
VALUES (gen_random_uuid(), $1, 'payment', 4436, now(), 'n', 'x', now())
"""


async def test_part_payments_to_the_last_rupiah(world: World) -> None:
    scene = await Scene.set(world)
    made = await scene.matched("40", issued_on=today())
    path = f"{scene.invoices}/{made['id']}"
    evidence = await file_of(scene.buyer)
    body = payment("1440", file_id=evidence, note="BCA")
    first = await scene.buyer.post(f"{path}/payments", body, key="pay once")
    assert first.status_code == 200, first.text
    assert (await scene.buyer.post(f"{path}/payments", body, key="pay once")).content == first.content
    part = first.json()
    assert (part["state"], part["paid"], part["open"], part["days_to_pay"]) == ("matched", "1440", "3000", None)
    assert (await scene.supplier.get(f"/v1/files/{evidence}/content")).status_code == 200
    again = await scene.buyer.post(f"{path}/payments", payment("9999", "trf-1"))
    assert (again.status_code, again.json()["code"]) == (409, "duplicate_payment")
    over = await scene.buyer.post(f"{path}/payments", payment("3001", "TRF-2"))
    assert (over.status_code, over.json()["code"]) == (409, "overpayment")
    assert over.json()["errors"][0]["pointer"] == "/amount"
    full = await scene.buyer.done("POST", f"{path}/payments", payment("3000", "TRF-2"))
    assert (full["state"], full["paid"], full["open"], full["paid_on"], full["days_to_pay"]) == (
        "paid",
        "4440",
        "0",
        today(),
        0,
    )
    twice = await scene.buyer.post(f"{path}/payments", payment("3000", "TRF-2"))
    assert (twice.status_code, twice.json()["code"]) == (409, "duplicate_payment")
    more = await scene.buyer.post(f"{path}/payments", payment("1", "TRF-3"))
    assert (more.status_code, more.json()["code"]) == (409, "already_paid")
    known = full["payments"][0]["id"]
    sure = await scene.supplier.done("POST", f"{path}/payments/{known}/confirm")
    assert [item["confirmed_at"] is not None for item in sure["payments"]] == [True, False]
    assert (await scene.supplier.post(f"{path}/payments/{known}/confirm")).json()["code"] == "wrong_state"
    assert (await scene.supplier.post(f"{path}/payments/pay_{'0' * 32}/confirm")).status_code == 404
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("order", scene.order["id"]), read("invoice", made["id"])))
    told = [event for event in await world.feed(scene.supplier) if event.subject_type == "invoice"]
    assert [event.type.partition(".")[2] for event in told] == [
        "submitted",
        "matched",
        "part_paid",
        "paid",
        "payment_confirmed",
    ]
    assert (told[3].data["paid_on"], told[3].data["days_to_pay"], told[3].data["late"]) == (today(), 0, False)
    kept = await world.owner.fetch("SELECT body, sealed FROM idempotency WHERE route LIKE $1", f"%{made['id']}/%")
    assert len(kept) > 5
    assert all(row["sealed"] for row in kept)
    assert not any(amount in str(event.data) for event in told for amount in ("'1440'", "'3000'", "'4440'"))


@pytest.mark.parametrize(
    ("amount", "changes", "pointer"),
    [
        ("0", {}, "/amount"),
        ("-5", {}, "/amount"),
        ("0.5", {}, "/amount"),
        ("5", {"paid_on": "2020-01-01"}, "/paid_on"),
        ("5", {"paid_on": "2099-01-01"}, "/paid_on"),
        ("5", {"file_id": "fil_" + "0" * 32}, "/file_id"),
    ],
)
async def test_a_payment_has_to_fit(world: World, amount: str, changes: dict[str, str], pointer: str) -> None:
    scene = await Scene.set(world)
    made = await scene.matched("40")
    answer = await scene.buyer.post(f"{scene.invoices}/{made['id']}/payments", payment(amount, **changes))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_only_a_matched_invoice_is_paid(world: World) -> None:
    scene = await Scene.set(world)
    made = await scene.billed("40")
    answer = await scene.buyer.post(f"{scene.invoices}/{made['id']}/payments", payment("5"))
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


@pytest.mark.parametrize(
    ("reference", "amount", "code"),
    [("TRF-1", "40", "duplicate_payment"), ("trf-1", "40", "duplicate_payment"), ("TRF-2", "4401", "overpayment")],
)
async def test_the_database_refuses_a_double_payment(
    world: World, monkeypatch: pytest.MonkeyPatch, reference: str, amount: str, code: str
) -> None:
    scene = await Scene.set(world)
    made = await scene.matched("40")
    path = f"{scene.invoices}/{made['id']}/payments"
    await scene.buyer.done("POST", path, payment("40"))
    monkeypatch.setattr(rules, "decide_pay", lambda *_, **__: INVOICE["pay_part"])
    answer = await scene.buyer.post(path, payment(amount, reference))
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert (await scene.buyer.done("GET", f"{scene.invoices}/{made['id']}"))["paid"] == "40"


async def test_the_database_keeps_what_was_billed_and_paid(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await Scene.set(world)
    made = await scene.billed("40")
    monkeypatch.setattr(rules, "decide_pay", lambda *_, **__: INVOICE["pay_part"])
    early = await scene.buyer.post(f"{scene.invoices}/{made['id']}/payments", payment("5"))
    assert (early.status_code, early.json()["code"]) == (409, "wrong_state")
    matched = await scene.buyer.done("POST", f"{scene.invoices}/{made['id']}/match")
    key = read("invoice", matched["id"])
    await scene.buyer.done("POST", f"{scene.invoices}/{made['id']}/payments", payment("5"))
    for statement in (
        "UPDATE invoice SET total = total + 1, net = net + 1 WHERE id = $1",
        "UPDATE invoice SET reference = 'other' WHERE id = $1",
        "UPDATE invoice SET state = 'submitted' WHERE id = $1",
        "UPDATE invoice SET state = 'paid', paid_on = now() WHERE id = $1",
        "UPDATE invoice_payment SET amount = 6 WHERE invoice_id = $1",
        "DELETE FROM invoice_payment WHERE invoice_id = $1",
        "DELETE FROM invoice WHERE id = $1",
        PAY_TOO_MUCH,
    ):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await world.owner.execute(statement, key)


async def test_a_return_makes_a_credit_note_due_that_is_set_off(world: World) -> None:
    scene = await Scene.set(world, accepted="100")
    invoice = await scene.matched("100")
    await world.owner.execute(
        "UPDATE order_line SET accepted = 95, rejected = 5 WHERE order_id = $1", read("order", scene.order["id"])
    )
    line = await scene.line()
    assert (line["invoiced"], line["accepted"], line["credit_due"]) == ("100", "95", "5")
    over = await scene.billed("101", kind="credit", credits=invoice["id"])
    assert (await scene.buyer.post(f"{scene.invoices}/{over['id']}/match")).json()["code"] == "invoice_mismatch"
    await scene.supplier.done("POST", f"{scene.invoices}/{over['id']}/withdraw")
    dear = await scene.billed("1", "99", kind="credit", credits=invoice["id"])
    dearer = await scene.buyer.done("GET", f"{scene.invoices}/{dear['id']}/match")
    assert [item["code"] for item in dearer["differences"]] == ["price_differs"]
    await scene.supplier.done("POST", f"{scene.invoices}/{dear['id']}/withdraw")
    submitted = await scene.billed("5", kind="credit", credits=invoice["id"])
    assert (submitted["net"], submitted["ppn"], submitted["total"]) == ("500", "55", "555")
    off = {"invoice_id": invoice["id"], "amount": "555"}
    path = f"{scene.invoices}/{submitted['id']}"
    assert (await scene.buyer.post(f"{path}/set-off", off)).json()["code"] == "wrong_state"
    note = await scene.buyer.done("POST", f"{path}/match")
    assert note["allowed_actions"] == ["record_payment", "set_off_credit"]
    line = await scene.line()
    assert (line["invoiced"], line["credit_due"], line["left"]) == ("95", "0", "0")
    for body, status, code in (
        ({**off, "amount": "556"}, 409, "overpayment"),
        ({**off, "amount": "0"}, 422, "invalid"),
        ({**off, "invoice_id": note["id"]}, 422, "invalid"),
        ({**off, "invoice_id": "inv_" + "0" * 32}, 404, "not_found"),
    ):
        answer = await scene.buyer.post(f"{path}/set-off", body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), body
    wrong = await scene.buyer.post(f"{scene.invoices}/{invoice['id']}/set-off", {**off, "invoice_id": note["id"]})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "wrong_state")
    settled = await scene.buyer.done("POST", f"{path}/set-off", off)
    assert (settled["state"], settled["open"]) == ("paid", "0")
    left = await scene.buyer.done("GET", f"{scene.invoices}/{invoice['id']}")
    assert (left["state"], left["total"], left["open"]) == ("matched", "11100", "10545")
    assert left["payments"][0]["counterpart"] == note["id"]
    billing = await scene.supplier.done("GET", f"{scene.path}/billing")
    assert (billing["invoiced"], billing["open"], billing["open_credit"]) == ("10545", "10545", "0")
    paid = await scene.buyer.done("POST", f"{scene.invoices}/{invoice['id']}/payments", payment("10545"))
    assert paid["state"] == "paid"
    async with world.services.db.read(SYSTEM) as tx:
        for one in (invoice, note):
            await world.replays(await sql.get(tx, read("order", scene.order["id"]), read("invoice", one["id"])))


@pytest.mark.parametrize("matched", [True, False])
async def test_the_clock_tells_once_that_an_invoice_is_overdue(world: World, *, matched: bool) -> None:
    scene = await Scene.set(world)
    made = await (scene.matched("40") if matched else scene.billed("40"))
    key = read("invoice", made["id"])
    await commands.tick(world.services.db)
    assert not (await scene.buyer.done("GET", f"{scene.invoices}/{made['id']}"))["overdue"]
    await world.owner.execute("UPDATE invoice SET due_ends_at = now() - interval '1 second' WHERE id = $1", key)
    assert await commands.tick(world.services.db) >= 1
    await commands.tick(world.services.db)
    assert not await commands.tell_overdue(world.services.db, read("order", scene.order["id"]), key)
    told = [event for event in await world.feed(scene.buyer) if event.type == "invoice.overdue"]
    assert len(told) == 1
    listed = await scene.supplier.done("GET", "/v1/invoices?overdue=true")
    assert [item["id"] for item in listed["items"]] == [made["id"]]
    assert (await scene.supplier.done("GET", f"{scene.invoices}?overdue=false"))["items"] == []


async def test_a_disputed_invoice_is_not_overdue_and_late_payment_counts_days(world: World) -> None:
    scene = await Scene.set(world)
    made = await scene.billed("40")
    path, key = f"{scene.invoices}/{made['id']}", read("invoice", made["id"])
    await scene.buyer.done("POST", f"{path}/dispute", {"reason": "open_claim"})
    day = date.fromisoformat(today())
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")  # no triggers
        await world.owner.execute(
            "UPDATE invoice SET issued_on = $2, due_on = $3, due_ends_at = now() - interval '1 day' WHERE id = $1",
            key,
            day - timedelta(days=40),
            day - timedelta(days=10),
        )
    await commands.tick(world.services.db)
    assert not (await scene.buyer.done("GET", path))["overdue"]
    await scene.buyer.done("POST", f"{path}/resolve-dispute")
    await scene.buyer.done("POST", f"{path}/match")
    late = await scene.buyer.done("POST", f"{path}/payments", payment("4440"))
    assert (late["days_to_pay"], late["overdue"]) == (40, False)
    told = [event for event in await world.feed(scene.buyer) if event.type == "invoice.paid"]
    assert (told[0].data["days_to_pay"], told[0].data["late"]) == (40, True)
