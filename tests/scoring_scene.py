"""An RFQ that is judged by scores, its evaluators, and the reckoning that a test makes of them by itself."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import msgspec

from world import Party, World

QUALITY, PLANT = "quality plan", "plant"
EVALUATION = [
    {"criterion": "price", "percent": "50"},
    {"criterion": QUALITY, "percent": "20", "kind": "technical", "threshold": "60"},
    {"criterion": PLANT, "percent": "10"},
    {"criterion": "delivery", "percent": "10", "kind": "lead_time"},
    {"criterion": "TKDN", "percent": "6", "kind": "local_content"},
    {"criterion": "credit", "percent": "4", "kind": "payment_days"},
]
FOUR = Decimal("0.0001")


def rounded(value: Decimal) -> str:
    """4 decimals, half to even, as text."""
    return format(value.quantize(FOUR, ROUND_HALF_EVEN), "f")


class Scene(msgspec.Struct, kw_only=True):
    """`quotes` are those of `suppliers`, in that order; `ana` and `budi` are two people of the buyer."""

    world: World
    buyer: Party
    ana: Party
    budi: Party
    suppliers: list[Party]
    rfq: Any
    quotes: list[Any]

    @classmethod
    async def set(
        cls,
        world: World,
        *quoted: Mapping[str, Any],
        envelopes: int = 1,
        head: Sequence[Mapping[str, Any]] = (),
        **rfq: Any,
    ) -> "Scene":
        """One supplier for each of `quoted`, the changes of its quote's line; `head` those of the quotes themselves."""
        buyer = await world.party("buyer")
        ana, budi = [await world.key(buyer.organisation_id, name, person=name) for name in ("Ana", "Budi")]
        characteristics = [{"no": 1, "name": "diameter", "nominal": "8", "unit": "mm"}]
        body = {
            "evaluation": EVALUATION,
            "envelopes": envelopes,
            "lines": [world.line(1, characteristics=characteristics)],
        }
        published = await world.rfq(buyer, **body | rfq)
        suppliers, quotes = [], []
        for place, change in enumerate(quoted):
            supplier = await world.party("supplier", name=f"CV {'ABCDEF'[place]}")
            line = world.quote_body(published)["lines"][0] | change
            more = head[place] if place < len(head) else {}
            quotes.append(await world.quote(supplier, published, lines=[line], **more))
            suppliers.append(supplier)
        return cls(world=world, buyer=buyer, ana=ana, budi=budi, suppliers=suppliers, rfq=published, quotes=quotes)

    @property
    def path(self) -> str:
        """Of the RFQ."""
        return f"/v1/rfqs/{self.rfq['id']}"

    async def open(self) -> Any:
        """The next opening, once the deadline has passed."""
        if (await self.buyer.done("GET", self.path))["state"] == "open":
            await self.world.pass_deadline(self.rfq)
        return await self.buyer.done("POST", f"{self.path}/open-quotes")

    def sheet(self, scores: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """By criterion the scores of the quotes, in their order; an empty one leaves the quote out."""
        return {
            "scores": [
                {"quote_id": quote["id"], "criterion": criterion, "score": score}
                for criterion, of_quotes in scores.items()
                for quote, score in zip(self.quotes, of_quotes, strict=True)
                if score
            ]
        }

    async def scored(self, evaluator: Party, scores: Mapping[str, Sequence[str]], *, submit: bool = True) -> Any:
        """A sheet, submitted unless told otherwise."""
        sheet = await evaluator.done("PUT", f"{self.path}/scores", self.sheet(scores))
        return await evaluator.done("POST", f"{self.path}/scores/submit") if submit else sheet

    async def ranking(self, party: Party | None = None) -> Any:
        """As the party, the buyer by default, sees it."""
        return await (party or self.buyer).done("GET", f"{self.path}/ranking")


def breaks(price: str) -> dict[str, Any]:
    """A line at one price."""
    return {"breaks": [{"min_quantity": "1", "unit_price": price}]}
