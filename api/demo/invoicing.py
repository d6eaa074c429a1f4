"""From accepted pieces to money: invoices, a wrong price that is disputed and corrected, matches, payments in parts."""

from decimal import ROUND_FLOOR, Decimal
from typing import Any

from api.demo.cast import today
from api.demo.sourcing import Request

WRONG_CHANCE = 0.3
"""A price list of another year."""
OPEN_CHANCE = 0.25
"""Matched, and paid when it is due."""
TOO_DEAR = Decimal("1.05")
FIRST_PART = Decimal("0.3")


async def settle(request: Request) -> None:
    """Bill what was accepted of every order of the RFQ, and pay most of it."""
    async for card in request.buyer.items(f"/v1/orders?rfq_id={request.id}"):
        order = await request.buyer.get(f"/v1/orders/{card['id']}")
        if any(Decimal(line["accepted"]) > 0 for line in order["lines"]):
            supplier = request.cast.party(request.cast.by_organisation[card["supplier_id"]])
            await _Billing(request, supplier, order).run()


class _Billing:
    """One order. Each step looks where its invoices stand, so that a broken run goes on."""

    def __init__(self, request: Request, supplier: Any, order: dict[str, Any]) -> None:
        self.request, self.supplier, self.order = request, supplier, order
        self.path = f"/v1/orders/{order['id']}/invoices"
        self.dice = request.dice(supplier.name, "invoice")

    async def run(self) -> None:
        is_wrong, stays_open = self.dice.random() < WRONG_CHANCE, self.dice.random() < OPEN_CHANCE
        known = [item async for item in self.request.buyer.items(self.path)]
        if not known:
            known = [await self._bill(TOO_DEAR if is_wrong else Decimal(1), "1")]
        invoice = known[-1]
        if invoice["state"] == "submitted" and is_wrong and len(known) == 1:
            why = {"reason": "price_differs", "note": "Harga tidak sesuai order."}
            path = f"{self.path}/{invoice['id']}/dispute"
            invoice = await self.request.buyer.post(path, self._key("dispute"), why)
        if invoice["state"] == "disputed":
            invoice = await self._bill(Decimal(1), "2", replaces=invoice["id"])
        if invoice["state"] == "submitted":
            path = f"{self.path}/{invoice['id']}/match"
            invoice = await self.request.buyer.post(path, self._key("match", invoice["id"]))
        if invoice["state"] == "matched" and not stays_open:
            await self._pay(invoice)

    async def _bill(self, factor: Decimal, number: str, **changes: Any) -> Any:
        lines = [
            {
                "line_no": line["line_no"],
                "quantity": line["accepted"],
                "unit_price": str((Decimal(line["unit_price"]) * factor).quantize(Decimal("0.0001"))),
            }
            for line in self.order["lines"]
            if Decimal(line["accepted"]) > 0
        ]
        tooling = [
            {"line_no": line["line_no"], "amount": line["tooling"]}
            for line in self.order["lines"]
            if Decimal(line["tooling"]) > 0
        ]
        body = {
            "reference": f"INV/{self.order['id'][-12:]}/{number}",
            "issued_on": today().isoformat(),
            "lines": lines,
            "tooling": tooling,
            **changes,
        }
        return await self.supplier.post(self.path, self._key("bill", number), body)

    async def _pay(self, invoice: dict[str, Any]) -> None:
        """In two parts, the first of which the workshop confirms."""
        path = f"{self.path}/{invoice['id']}/payments"
        left = Decimal(invoice["open"])
        if not invoice["payments"]:
            part = (left * FIRST_PART).quantize(left, rounding=ROUND_FLOOR)
            if part > 0:
                body = {"amount": str(part), "paid_on": today().isoformat(), "reference": "TRF-1"}
                invoice = await self.request.buyer.post(path, self._key("pay", "1"), body)
                left -= part
        for payment in invoice["payments"]:
            if payment["confirmed_at"] is None:
                key = self._key("confirm", payment["id"])
                await self.supplier.post(f"{path}/{payment['id']}/confirm", key)
        body = {"amount": str(left), "paid_on": today().isoformat(), "reference": "TRF-2"}
        await self.request.buyer.post(path, self._key("pay", "2"), body)

    def _key(self, *place: str) -> str:
        return self.request.key(self.order["id"], "invoice", *place)
