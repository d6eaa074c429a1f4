"""Lots of one part that arrive one after the other under an inspection plan."""

from collections.abc import Sequence
from typing import Any

from world import Party, World

CHARACTERISTICS = [
    {"no": 1, "name": "Bore", "nominal": "40", "upper": "0.025", "lower": "0", "unit": "MMT", "ctq": True},
    {"no": 2, "name": "Length", "nominal": "90", "upper": "0.2", "lower": "-0.2", "unit": "MMT"},
    {"no": 3, "name": "No burrs"},
]


class Line:
    """An acknowledged order with one line of which lots are delivered."""

    def __init__(self, world: World, buyer: Party, supplier: Party, order: Any) -> None:
        self.world, self.buyer, self.supplier, self.order = world, buyer, supplier, order
        self.plan_path = f"/v1/orders/{order['id']}/lines/1/inspection-plan"
        self.lots = 0

    @classmethod
    async def ordered(cls, world: World, quantity: str = "10000", **line: Any) -> "Line":
        """With three characteristics, unless `line` says otherwise."""
        buyer, supplier = await world.party("buyer"), await world.party("supplier")
        asked = {"characteristics": CHARACTERISTICS, **line}
        order = await world.order(buyer, supplier, quantities=(quantity,), line=asked)
        return cls(world, buyer, supplier, order)

    async def planned(self, **terms: Any) -> Any:
        """The line's plan, set for the first time: AQL 1.0 on level II unless told otherwise."""
        return await self.buyer.done("PUT", self.plan_path, {"aql_major": "1.0", **terms})

    async def plan(self) -> Any:
        """The plan as it stands."""
        return await self.buyer.done("GET", self.plan_path)

    async def arrives(self, size: str = "100", **line: Any) -> Any:
        """The inspection of a lot that is sent and received."""
        self.lots += 1
        sent = await self.world.despatch(self.supplier, self.order, (1, f"L{self.lots}", size))
        counted = {"line_no": 1, "lot": f"L{self.lots}", "received": size, **line}
        body = {"despatch_id": sent["id"], "lines": [counted]}
        receipt = await self.buyer.done("POST", f"/v1/orders/{self.order['id']}/receipts", body)
        [inspection] = (await self.buyer.done("GET", f"/v1/receipts/{receipt['id']}/inspections"))["items"]
        return inspection

    def finding(self, inspection: Any, accepted: str, rejected: str = "0", **more: Any) -> dict[str, Any]:
        """A body for `record_inspection` of the only lot."""
        [lot] = inspection["lots"]
        return {"lines": [{"line_no": 1, "lot": lot["lot"], "accepted": accepted, "rejected": rejected, **more}]}

    async def records(self, inspection: Any, accepted: str, rejected: str = "0", **more: Any) -> Any:
        """The inspection after one recording."""
        path = f"/v1/receipts/{inspection['receipt_id']}/inspections"
        return await self.buyer.done("POST", path, self.finding(inspection, accepted, rejected, **more))

    async def refused(self, inspection: Any, accepted: str, rejected: str = "0", **more: Any) -> Any:
        """The problem that a recording meets."""
        path = f"/v1/receipts/{inspection['receipt_id']}/inspections"
        answer = await self.buyer.post(path, self.finding(inspection, accepted, rejected, **more))
        assert answer.status_code in {409, 422}, answer.text
        return answer.json()

    async def passes(self, size: str = "100") -> Any:
        """A lot whose whole sample conforms and that is accepted."""
        inspection = await self.arrives(size)
        return await self.records(inspection, size, results=sampled(inspection))

    async def fails(self, size: str = "100") -> Any:
        """A lot whose sample fails and that is rejected."""
        inspection = await self.arrives(size)
        return await self.records(inspection, "0", size, results=sampled(inspection, bad=(0, 0, 99)))


def sampled(inspection: Any, bad: Sequence[int] = (0, 0, 0)) -> list[dict[str, Any]]:
    """Counts for the three characteristics in the whole sample; `bad` of each do not conform, no more than were examined."""
    [lot] = inspection["lots"]
    size = next(item["sample_size"] for item in lot["sample"]["classes"] if item["name"] == "major")
    return [{"no": no, "sample_size": size, "nonconforming": min(failing, size)} for no, failing in enumerate(bad, 1)]
