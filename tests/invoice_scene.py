"""An order of which something was accepted, and bodies for what is billed of it."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from world import Party, World

HERE = timedelta(hours=7)
"""Buyers without a region are in WIB."""


def today() -> str:
    """The day that it is where the buyer is."""
    return (datetime.now(UTC) + HERE).date().isoformat()


def bill(quantity: str | None = "40", price: str = "100", **changes: Any) -> dict[str, Any]:
    """A body for `record_invoice` that bills the first line."""
    lines = [] if quantity is None else [{"line_no": 1, "quantity": quantity, "unit_price": price}]
    return {"reference": f"INV-{uuid.uuid4().hex[:12]}", "issued_on": today(), "lines": lines, **changes}


def payment(amount: str, reference: str = "TRF-1", **changes: Any) -> dict[str, Any]:
    """A body for `record_payment`."""
    return {"amount": amount, "paid_on": today(), "reference": reference, **changes}


async def is_pkp(world: World, supplier: Party) -> None:
    """Register the supplier for PPN."""
    await world.owner.execute(
        "UPDATE organisation SET profile = profile || $2 WHERE id = $1",
        supplier.organisation_id,
        msgspec.json.encode({"pkp": True}).decode(),
    )


async def accept(world: World, buyer: Party, supplier: Party, order: Any, quantity: str) -> None:
    """Send, count and accept so many pieces of the first line."""
    lot = f"L-{uuid.uuid4().hex[:8]}"
    despatch = await world.despatch(supplier, order, (1, lot, quantity))
    receipt = await world.receipt(buyer, despatch)
    body = {"lines": [{"line_no": 1, "lot": lot, "accepted": quantity, "rejected": "0"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", body)


class Scene:
    """Buyer, PKP supplier and an order of 100 pieces at Rp 100, of which `accepted` were accepted."""

    def __init__(self, world: World, buyer: Party, supplier: Party, order: Any) -> None:
        self.world, self.buyer, self.supplier, self.order = world, buyer, supplier, order
        self.path = f"/v1/orders/{order['id']}"
        self.invoices = f"{self.path}/invoices"

    @classmethod
    async def set(
        cls,
        world: World,
        *,
        accepted: str | None = "60",
        pkp: bool = True,
        policy: dict[str, Any] | None = None,
        price: str = "100",
        **order: Any,
    ) -> "Scene":
        """The scene."""
        buyer, supplier = await world.party("buyer", policy=policy), await world.party("supplier")
        if pkp:
            await is_pkp(world, supplier)
        made = cls(world, buyer, supplier, await world.order(buyer, supplier, price=price, **order))
        if accepted is not None:
            await made.accept(accepted)
        return made

    async def accept(self, quantity: str) -> None:
        """Accept more."""
        await accept(self.world, self.buyer, self.supplier, self.order, quantity)

    async def billed(self, quantity: str | None = "40", price: str = "100", **changes: Any) -> Any:
        """A submitted invoice."""
        return await self.supplier.done("POST", self.invoices, bill(quantity, price, **changes))

    async def matched(self, quantity: str | None = "40", price: str = "100", **changes: Any) -> Any:
        """A matched one."""
        made = await self.billed(quantity, price, **changes)
        return await self.buyer.done("POST", f"{self.invoices}/{made['id']}/match")

    async def line(self) -> Any:
        """What of the first line was billed."""
        return (await self.buyer.done("GET", f"{self.path}/billing"))["lines"][0]
