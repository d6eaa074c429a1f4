"""How a buyer pays, on its scorecard: days to pay, disputes, and a late payment as a mark."""

from datetime import date, timedelta

from invoice_scene import Scene, payment, today
from scorecard_scene import card, figures, marks, recomputed

from domain.ids import read
from world import World


async def test_payments_and_disputes_are_scored(world: World) -> None:
    scene = await Scene.set(world, accepted="100")
    buyer, supplier = scene.buyer, scene.supplier
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        await world.owner.execute(
            "UPDATE purchase_order SET created_at = created_at - interval '101 days' WHERE id = $1",
            read("order", scene.order["id"]),
        )
    for number, days in enumerate((0, 3, 100)):
        issued_on = (date.fromisoformat(today()) - timedelta(days=days)).isoformat()
        made = await scene.matched("10", issued_on=issued_on)
        body = payment(made["total"], f"TRF-{number}")
        paid = await buyer.done("POST", f"{scene.invoices}/{made['id']}/payments", body)
        assert (paid["state"], paid["days_to_pay"]) == ("paid", days)
    for _ in range(2):
        made = await scene.billed("10")
        await buyer.done(
            "POST", f"{scene.invoices}/{made['id']}/dispute", {"reason": "quantity_differs", "note": "No."}
        )
    shown = await card(buyer, buyer, "?side=buyer")
    found = {item["code"]: item for item in shown["figures"]}
    disputes = found["disputes"]
    assert (disputes["value"], disputes["n"], disputes["direction"]) == ("0.4000", 5, "lower_is_better")
    pay = found["days_to_pay"]
    assert (pay["status"], pay["n"], pay["pending"]) == ("insufficient_data", 2, 1), "the late one may be replied to"
    [mark] = await marks(buyer, buyer, "&side=buyer")
    assert (mark["kind"], mark["side"], mark["counterparty_id"]) == ("late_paid", "buyer", supplier.id)
    path = f"/v1/organisations/{buyer.id}/marks/{mark['id']}"
    assert [item["id"] for item in await marks(supplier, buyer, "&side=buyer")] == [mark["id"]]
    await buyer.done("POST", f"{path}/reply", {"outcome": "accepted"})
    pay = (await figures(buyer, buyer, "?side=buyer"))["days_to_pay"]
    assert (pay["value"], pay["n"], pay["unit"]) == ("3.00", 3, "days")
    shown = await card(buyer, buyer, "?side=buyer")
    again = await recomputed(world, buyer, shown)
    assert [{name: item[name] for name in again[0]} for item in shown["figures"]] == again
