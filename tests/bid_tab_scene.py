"""The RFQ and the quotes of docs/bid-tab.md, brought to life through HTTP."""

from typing import Any, NamedTuple

from bid_tab_page import PAGE, Scene

from world import Party, World


class Live(NamedTuple):
    """The opened RFQ: who asked, and which quote is which."""

    scene: Scene
    buyer: Party
    suppliers: dict[str, Party]
    rfq: Any
    quotes: dict[str, str]

    @property
    def path(self) -> str:
        """Of its comparison."""
        return f"/v1/rfqs/{self.rfq['id']}/comparison"

    async def tab(self, query: str = "") -> Any:
        """As JSON."""
        return await self.buyer.done("GET", f"{self.path}?{query}")


def quote_lines(scene: Scene, quote: str) -> list[dict[str, Any]]:
    """What the page says that a quote says."""
    lines = []
    for (line, given), row in scene.prices.items():
        if given != quote:
            continue
        made: dict[str, Any] = {
            "line_no": int(line),
            "breaks": [
                {"min_quantity": str(least), "unit_price": str(price)} for least, price in scene.breaks(line, quote)
            ],
        }
        if row["minimum"]:
            made["minimum_order_quantity"] = row["minimum"]
        if row["tooling"]:
            made["tooling"] = {"cost": row["tooling"], "ownership": "buyer"}
            if row["pieces"]:
                made["tooling"]["amortised_over_pieces"] = int(row["pieces"])
        lines.append(made)
    return lines


async def live(world: World) -> Live:
    """Everything of the page, opened."""
    scene = Scene(PAGE.read_text())
    imports = {row["line"]: row for row in scene.imports}
    buyer = await world.party("buyer")
    lines = []
    for number, row in scene.lines.items():
        more: dict[str, Any] = {}
        if number in imports:
            found = imports[number]
            more["baseline"] = {
                "kind": "import",
                "origin": "CN",
                "hs_code": "8483.30.30",
                "currency": found["currency"],
                "cif_unit_price": found["cif_price"],
                "duty_percent": found["duty_percent"],
                "annual_quantity": "60000",
                "idr_rate": found["idr_rate"],
                "idr_rate_on": "2026-11-20",
            }
        line = world.line(int(number), quantity=row["quantity"], unit=row["unit"], mass_kg=row["mass_kg"], **more)
        lines.append(line)
    rfq = await world.rfq(buyer, lines=lines)
    suppliers, quotes = {}, {}
    for name, head in scene.quotes.items():
        suppliers[name] = await world.party("supplier", name=f"CV {name}")
        made = await world.quote(
            suppliers[name],
            rfq,
            currency=head["currency"],
            incoterm=head["incoterm"],
            payment_days=int(head["payment_days"]),
            lines=quote_lines(scene, name),
        )
        quotes[name] = made["id"]
    await world.opened(buyer, rfq)
    return Live(scene, buyer, suppliers, rfq, quotes)
