"""An RFQ whose first round is opened, and the steps of a second: where tests of rounds and negotiation begin."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from world import Party, World


def soon(**more: float) -> str:
    """An instant ahead, by an hour unless told otherwise."""
    return (datetime.now(UTC) + timedelta(**(more or {"hours": 1}))).isoformat()


class Rounds(msgspec.Struct, kw_only=True):
    """`quotes` are those of `suppliers`, in that order."""

    world: World
    buyer: Party
    suppliers: list[Party]
    rfq: Any
    quotes: list[Any]

    @classmethod
    async def set(cls, world: World, *prices: str, person: str | None = None, **changes: Any) -> "Rounds":
        """One supplier for each price, all opened; `changes` go into the RFQ."""
        buyer = await world.party("buyer", person=person)
        parties = [await world.party("supplier") for _ in prices]
        rfq = await world.rfq(buyer, **changes)
        quotes = [await world.quote(party, rfq, price) for party, price in zip(parties, prices, strict=True)]
        return cls(world=world, buyer=buyer, suppliers=parties, rfq=await world.opened(buyer, rfq), quotes=quotes)

    @property
    def path(self) -> str:
        """Of the RFQ."""
        return f"/v1/rfqs/{self.rfq['id']}"

    async def shortlist(self, *places: int) -> None:
        """Put the quotes at these places on the shortlist."""
        for place in places:
            await self.buyer.done("POST", f"/v1/quotes/{self.quotes[place]['id']}/shortlist", {"shortlisted": True})

    async def start(self, *places: int, **changes: Any) -> Any:
        """The RFQ in its next round, among the suppliers at these places."""
        await self.shortlist(*places)
        return await self.buyer.done("POST", f"{self.path}/rounds", {"quotes_close_at": soon()} | changes)

    async def quote(self, place: int, price: str, **changes: Any) -> Any:
        """A new quote of the supplier at `place`, submitted."""
        return await self.world.quote(self.suppliers[place], self.rfq, price, **changes)

    async def ranks(self) -> dict[str, tuple[str, int | None]]:
        """By quote, its state and rank in the comparison."""
        tab = await self.buyer.done("GET", f"{self.path}/comparison")
        return {column["quote_id"]: (column["state"], column["rank"]) for column in tab["columns"]}

    async def told(self, party: Party, *types: str) -> list[Any]:
        """(type, data) of events that a party got, of these types."""
        return [(event.type, event.data) for event in await self.world.feed(party) if event.type in types]
