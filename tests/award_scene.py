"""An RFQ whose quotes are opened, and the steps of its awards: where every test of awards begins."""

import uuid
from collections.abc import Sequence
from typing import Any

import httpx
import msgspec

from domain.actors import SYSTEM
from domain.awards import sql as awards
from domain.ids import read
from domain.ledger import sql as ledger
from domain.ledger.record import builtins, replay
from domain.rfqs import sql as rfqs
from world import Party, World


class Scene(msgspec.Struct, kw_only=True):
    """`quotes` are those of `suppliers`, in that order; each asks 100 for every unit unless told otherwise."""

    world: World
    buyer: Party
    suppliers: list[Party]
    rfq: Any
    quotes: list[Any]

    @classmethod
    async def set(
        cls,
        world: World,
        *,
        suppliers: int = 1,
        lines: int = 1,
        policy: dict[str, Any] | None = None,
        person: str | None = None,
        change: dict[str, Any] | None = None,
        quoted: dict[str, Any] | None = None,
        head: dict[str, Any] | None = None,
        each: Sequence[dict[str, Any]] = (),
    ) -> "Scene":
        """`change` goes into each line of the RFQ, `head` into the RFQ; `quoted` into each line of each quote.

        `each` has changes for the lines of the first, second … supplier's quote.
        """
        buyer = await world.party("buyer", policy=policy, person=person)
        parties = [await world.party("supplier") for _ in range(suppliers)]
        wanted = [world.line(number, **(change or {})) for number in range(1, lines + 1)]
        draft = await buyer.done("POST", "/v1/rfqs", world.rfq_body() | {"lines": wanted, **(head or {})})
        rfq = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
        offered = [line | (quoted or {}) for line in world.quote_body(rfq)["lines"]]
        own = [*each, *[{} for _ in parties[len(each) :]]]
        quotes = [
            await world.quote(supplier, rfq, lines=[line | change_ for line in offered])
            for supplier, change_ in zip(parties, own, strict=True)
        ]
        opened = await world.opened(buyer, rfq, ago=0)
        return cls(world=world, buyer=buyer, suppliers=parties, rfq=opened, quotes=quotes)

    @property
    def path(self) -> str:
        """Where awards are proposed."""
        return f"/v1/rfqs/{self.rfq['id']}/awards"

    def body(self, *quantities: str, of: int = 0, **changes: Any) -> dict[str, Any]:
        """A proposal of line 1, 2 … to the supplier `of`; an empty quantity leaves the line out."""
        lines = [
            {"line_no": number, "quantity": amount, "reason": "lowest_total_cost"}
            for number, amount in enumerate(quantities, 1)
            if amount
        ]
        return {"quote_id": self.quotes[of]["id"], "lines": lines, **changes}

    async def proposed(self, *quantities: str, of: int = 0) -> Any:
        """An award that is proposed."""
        return await self.buyer.done("POST", self.path, self.body(*quantities, of=of))

    async def issued(self, *quantities: str, of: int = 0) -> Any:
        """An award that is issued."""
        award = await self.proposed(*quantities, of=of)
        return await self.buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])

    async def accepted(self, *quantities: str, of: int = 0) -> Any:
        """An award that is accepted."""
        award = await self.issued(*quantities, of=of)
        return await self.suppliers[of].done("POST", f"/v1/awards/{award['id']}/accept", etag=award["etag"])

    async def step(
        self, party: Party, award: Any, action: str, body: Any = None, *, etag: str | None = "", **more: Any
    ) -> httpx.Response:
        """One step of an award, with its present ETag unless told otherwise."""
        return await party.post(
            f"/v1/awards/{award['id']}/{action}", body, etag=award["etag"] if etag == "" else etag, **more
        )

    async def reserved(self) -> list[str]:
        """What is awarded of each line, as the buyer sees it."""
        rfq = await self.buyer.done("GET", f"/v1/rfqs/{self.rfq['id']}")
        return [line["awarded"] for line in rfq["lines"]]

    async def replay(self, *things: Any, besides: Sequence[str] = ()) -> None:
        """Assert that the events of these awards and of their RFQ give the rows, but for `besides` of an award."""
        async with self.world.services.db.read(SYSTEM) as tx:
            found = [await awards.get(tx, read("award", award["id"])) for award in things]
            rfq = await rfqs.get(tx, read("rfq", self.rfq["id"]))
            told = replay(await ledger.changes(tx, rfq.id))
        for award in found:
            await self.world.replays(award, besides=besides)
        # The world moved the deadline behind the back of the ledger.
        assert told | {"quotes_close_at": None} == builtins(rfq) | {"quotes_close_at": None}


def priced(price: str, **more: Any) -> dict[str, Any]:
    """Changes of a quote's lines: one price for any quantity."""
    return {"breaks": [{"min_quantity": "1", "unit_price": price}], **more}


async def second_person(world: World, buyer: Party, person: str) -> Party:
    """Another key of the same organisation, held by `person`."""
    return await world.key(buyer.organisation_id, f"key {uuid.uuid4().hex[:6]}", person=person)
