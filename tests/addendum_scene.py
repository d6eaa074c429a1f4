"""An open RFQ with quotes on it: where every test of addenda begins."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from domain.actors import SYSTEM
from domain.ids import read
from domain.quotes import sql as quotes
from domain.rfqs import sql as rfqs
from world import Party, World

AT_ONCE = {"minimum_quoting_hours": 0}
"""The policy of a buyer whose suppliers need no time."""


def in_hours(hours: float) -> str:
    """An instant as it is sent."""
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


class Scene:
    """One buyer, its RFQ, and suppliers with what each submitted last."""

    def __init__(self, world: World, buyer: Party, rfq: Any) -> None:
        self.world, self.buyer, self.rfq = world, buyer, rfq
        self.path = f"/v1/rfqs/{rfq['id']}/addenda"

    @classmethod
    async def set(cls, world: World, *, policy: dict[str, Any] | None = None, **changes: Any) -> "Scene":
        """`changes` go into the RFQ, as in World.rfq."""
        buyer = await world.party("buyer", policy=AT_ONCE if policy is None else policy)
        return cls(world, buyer, await world.rfq(buyer, **changes))

    async def quoted(self, *, declines: tuple[int, ...] = (), price: str = "100") -> tuple[Party, Any]:
        """A supplier and its submitted quote: every line at `price`, but for those it declines."""
        supplier = await self.world.party("supplier")
        lines = [
            {"line_no": line["line_no"], "answer": "declined", "decline_reason": "capacity_full"}
            if line["line_no"] in declines
            else line
            for line in self.world.quote_body(self.rfq, price)["lines"]
        ]
        return supplier, await self.world.quote(supplier, self.rfq, lines=lines)

    async def post(
        self, *, key: str | None = None, etag: str | None = None, dry: bool = False, **body: Any
    ) -> httpx.Response:
        """Try to publish an addendum."""
        headers = {"prefer": "dry-run"} if dry else {}
        return await self.buyer.post(self.path, {"summary": "As drawn.", **body}, key=key, etag=etag, headers=headers)

    async def published(self, **body: Any) -> Any:
        """Publish an addendum: what it says of itself."""
        answer = await self.post(**body)
        assert answer.status_code == 201, answer.text
        return answer.json()["addendum"]

    def line(self, line_no: int, **changes: Any) -> dict[str, Any]:
        """A line as it was published, with changes."""
        return self.world.line(line_no, **changes)

    async def states(self, *quoted: tuple[Party, Any]) -> list[tuple[str, list[int]]]:
        """State and lines to reconfirm of each quote, as its supplier sees it."""
        shown = [await supplier.done("GET", f"/v1/quotes/{quote['id']}") for supplier, quote in quoted]
        return [(quote["state"], quote["lines_to_reconfirm"]) for quote in shown]

    async def replay(self, *quoted: tuple[Party, Any], besides: tuple[str, ...] = ()) -> None:
        """Assert that the events of RFQ and quotes give the rows."""
        async with self.world.services.db.read(SYSTEM) as tx:
            await self.world.replays(await rfqs.get(tx, read("rfq", self.rfq["id"])), besides=besides)
            for _, quote in quoted:
                await self.world.replays(await quotes.get(tx, read("quote", quote["id"])))
