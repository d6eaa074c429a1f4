"""Every figure of docs/invoices.md: recomputed by decimal arithmetic alone, asked of our own functions, and of the API."""

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from pathlib import Path

from bid_tab_page import MINOR, tables
from invoice_scene import Scene, bill

from domain.ids import read
from domain.invoices import figures
from domain.invoices.model import Item, Tooling
from world import World

D = Decimal
PAGE = Path(__file__).parents[2] / "docs" / "invoices.md"
TABLES = tables(PAGE.read_text())
AGREED = D(100)


def floor(amount: Decimal) -> Decimal:
    return (amount * 12 * 11 / 1200).to_integral_value(rounding=ROUND_FLOOR)


def test_every_figure_is_right_and_is_ours() -> None:
    differing = 0
    for row in TABLES["Figures"][0]:
        quantity, price, tooling = D(row["quantity"]), D(row["unit price"]), D(row["tooling"])
        base = quantity * price + tooling
        taxed = row["PKP"] == "yes" and row["currency"] == "IDR"
        net = base.quantize(MINOR[row["currency"]], rounding=ROUND_HALF_EVEN)
        tax = floor(base) if taxed else D(0)
        assert (D(row["base"]), D(row["net"]), D(row["ppn"])) == (base, net, tax), row["case"]
        assert D(row["total"]) == net + tax, row["case"]
        assert D(row["rounded first"]) == (floor(net) if taxed else 0), row["case"]
        differing += row["rounded first"] != row["ppn"] and taxed
        lines = [Item(line_no=1, quantity=quantity, unit_price=price)]
        tools = [Tooling(line_no=1, amount=tooling)]
        assert figures.is_taxed(row["currency"], pkp=row["PKP"] == "yes") == taxed
        ours = figures.figures(lines, tools, row["currency"], taxed=taxed)
        shown = tuple(format(amount, "f") for amount in (ours.net, ours.ppn, ours.total))
        assert shown == (row["net"], row["ppn"], row["total"]), row["case"]
    assert differing == 2


def test_every_tolerance_is_right_and_is_ours() -> None:
    for row in TABLES["The tolerance of a price"][0]:
        agreed = D(row["quantity"]) * AGREED
        differs = abs(D(row["quantity"]) * D(row["billed price"]) - agreed)
        allowed = max(agreed * D(row["percent"]) / 100, D(row["minor units"]))
        assert (D(row["differs by"]), D(row["allowed"])) == (differs, allowed)
        assert row["matches"] == ("yes" if differs <= allowed else "no")
        assert figures.price_tolerance(agreed, "IDR", D(row["percent"]), D(row["minor units"])) == allowed
    assert figures.price_tolerance(D(100), "USD", D(0), D(1)) == D("0.01")


async def test_the_api_tells_the_story(world: World) -> None:
    scene = await Scene.set(world, accepted=None)
    steps = iter(TABLES["A story: partial acceptance, an early invoice, a return"][0])

    async def is_shown(step: str) -> None:
        row = next(steps)
        line = await scene.line()
        assert row.pop("step").startswith(step)
        assert {name: line[name.replace(" ", "_")] for name in row} == row, step

    await scene.accept("60")
    await is_shown("60 of 100")
    first = await scene.billed("40")
    await is_shown("INV-1 bills")
    await scene.buyer.done("POST", f"{scene.invoices}/{first['id']}/match")
    await is_shown("INV-1 is matched")
    second = await scene.billed("30")
    assert (await scene.buyer.post(f"{scene.invoices}/{second['id']}/match")).json()["code"] == "invoice_mismatch"
    await is_shown("INV-2 bills")
    await scene.accept("40")
    await is_shown("40 more")
    await scene.buyer.done("POST", f"{scene.invoices}/{second['id']}/match")
    await is_shown("INV-2 is matched")
    third = await scene.matched("30")
    await is_shown("INV-3 bills")
    await world.owner.execute(
        "UPDATE order_line SET accepted = 95, rejected = 5 WHERE order_id = $1", read("order", scene.order["id"])
    )
    await is_shown("5 are returned")
    note = await scene.matched("5", kind="credit", credits=third["id"])
    await is_shown("CN-1")
    assert next(steps, None) is None
    assert [(one["net"], one["ppn"], one["total"]) for one in (note, third)] == [
        ("500", "55", "555"),
        ("3000", "330", "3330"),
    ]
    await scene.buyer.done(
        "POST", f"{scene.invoices}/{note['id']}/set-off", {"invoice_id": third["id"], "amount": "555"}
    )
    left = await scene.buyer.done("GET", f"{scene.invoices}/{third['id']}")
    assert left["open"] == "2775"
    assert "2775** are left to be paid" in PAGE.read_text()


async def test_a_rupiah_that_rounding_first_would_lose(world: World) -> None:
    scene = await Scene.set(world, price="1.82")
    made = await scene.matched("10", "1.82")
    assert (made["net"], made["ppn"], made["total"]) == ("18", "2", "20")


async def test_an_order_in_dollars_has_cents_and_no_ppn(world: World) -> None:
    scene = await Scene.set(world, price="3.125")
    await world.owner.execute(
        "UPDATE purchase_order SET currency = 'USD' WHERE id = $1", read("order", scene.order["id"])
    )
    refused = await scene.supplier.post(scene.invoices, bill("50", "3.125", ppn="17.19"))
    assert (refused.json()["code"], refused.json()["errors"][0]["detail"]) == (
        "invalid",
        "No PPN is charged here: the order is in USD.",
    )
    made = await scene.matched("50", "3.125")
    assert (made["net"], made["ppn"], made["total"], made["currency"]) == ("156.25", "0.00", "156.25", "USD")
