"""From a drawing to sealed quotes: drafting, inviting by capability, the agreement, quoting."""

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from api.demo.cast import Cast, today
from api.demo.client import DemoError, Party, problem
from api.demo.drawings import demo_parts, draw, file_name

NDA = (
    "The recipient uses the drawings for quoting only, shows them to nobody else and destroys its copies when the "
    "request ends without an award."
)
MAX_INVITED = 6
APPROVALS: dict[str, tuple[str, int | None]] = {
    "A-07": ("fai", None),
    "A-10": ("ppap", 1),
    "B-03": ("isir", None),
    "B-10": ("fai", None),
    "C-05": ("ppap", 1),
}
"""Parts whose production waits for a first article."""
THOUSAND = Decimal(1000)
DECLINES = ("capacity_full", "material_unavailable", "tolerance_too_tight", "lead_time_too_short")


class Request:
    """One RFQ of the seed on its way; `dice` gives the same throws in every run with the same seed."""

    def __init__(self, cast: Cast, row: dict[str, Any], *, run: int, seed: int) -> None:
        self.cast, self.row, self.line = cast, row, row["line"]
        self.name: str = row["id"]
        self.reference = f"demo-{run}-{row['id']}"
        self.seed = seed
        self.buyer: Party = cast.party(row["buyer"])
        self.second: Party = cast.party(f"{row['buyer']}/2")
        self.id = ""
        self.invited: list[str] = []
        self.refused_late = 0
        self.again = False
        """Whether the two best are asked for a second round."""
        self.by_scenario = False
        """Whether the split is left to the solver."""

    def dice(self, *place: str) -> random.Random:
        """Throws that depend on the seed and the place in the story alone."""
        return random.Random("/".join([str(self.seed), self.name, *place]))  # noqa: S311  a story, no secret

    def key(self, *place: str) -> str:
        """An idempotency key for one step of this run."""
        return " ".join([self.reference, *place])

    async def now(self) -> Any:
        """The RFQ as its buyer sees it."""
        return await self.buyer.get(f"/v1/rfqs/{self.id}")

    async def draft(self) -> None:
        """Create the draft with the seed's line and its import baseline, and attach a real drawing."""
        body = {
            "title": f"{self.line['name']['en']} ({self.line['part_number']})",
            "external_reference": self.reference,
            "description": f"Annual requirement, deliveries {self.line['delivery_cadence'].replace('_', ' ')}.",
            "visibility": "invited",
            "currency": "IDR",
            "incoterm": "DAP",
            "delivery_place": "buyer's works",
            "payment_days": 45,
            "nda_required": True,
            "nda_text": NDA,
            "opening_quorum": 2 if self.row["buyer"] == "BUY-B" else 1,
            "evaluation": [
                {"criterion": "price", "percent": "70"},
                {"criterion": "lead time", "percent": "30", "kind": "lead_time"},
            ],
            "over_delivery_percent": "2",
            "lines": [self._line()],
        }
        known = [item async for item in self.buyer.items(f"/v1/rfqs?external_reference={self.reference}")]
        rfq = known[0] if known else await self.buyer.post("/v1/rfqs", self.key("create"), body)
        self.id = rfq["id"]
        part = demo_parts()[self.name]
        documents = [item async for item in self.buyer.items(f"/v1/rfqs/{self.id}/documents")]
        if not documents:
            path = f"/v1/files?name={file_name(part)}"
            response = await self.buyer.call("POST", path, key=self.key("drawing"), content=draw(part))
            if not response.is_success:
                raise DemoError(f"the drawing of {self.name} was refused: {response.text[:400]}")
            document = {
                "file_id": response.json()["id"],
                "kind": "drawing",
                "line_no": 1,
                "label": self.line["name"]["id"],
                "revision_label": self.line["drawing_revision"],
                "confidential": True,
            }
            await self.buyer.post(f"/v1/rfqs/{self.id}/documents", self.key("attach"), document)

    def _line(self) -> dict[str, Any]:
        line = self.line
        baseline = {
            key: line["baseline"][key]
            for key in (
                "kind",
                "origin",
                "hs_code",
                "currency",
                "cif_unit_price",
                "duty_percent",
                "annual_quantity",
                "idr_rate",
                "idr_rate_on",
            )
        }
        quantity = Decimal(line["quantity"])
        first = (quantity / 2).quantize(Decimal(1))
        return {
            "line_no": 1,
            "part_number": line["part_number"],
            "drawing_revision": line["drawing_revision"],
            "name": line["name"],
            "material": line["material"],
            "processes": line["processes"],
            "general_tolerance": line["general_tolerance"],
            "it_grade": line["it_grade"],
            "surface": line["surface"],
            "heat_treatment": line["heat_treatment"],
            "envelope": line["envelope"],
            "mass_kg": line["mass_kg"],
            "quantity": line["quantity"],
            "unit": line["unit"],
            "lot_size": line["lot_size"],
            "schedule": [
                {"due_on": (today() + timedelta(days=60)).isoformat(), "quantity": str(first)},
                {
                    "due_on": (today() + timedelta(days=150)).isoformat(),
                    "quantity": str(quantity - first),
                    "certainty": "forecast",
                },
            ],
            "certificates": line["certificates"],
            "approval": dict(zip(("plan", "level"), APPROVALS.get(self.name, ("none", None)), strict=True)),
            "quantity_breaks": [line["lot_size"], line["quantity"]]
            if Decimal(line["lot_size"]) < quantity
            else [line["quantity"]],
            "characteristics": line["characteristics"],
            "target_price": line["target_price"],
            "baseline": baseline,
        }

    def quoted_line(self) -> dict[str, Any]:
        """The RFQ's only line as it was drafted."""
        return self._line()

    async def invite(self) -> None:
        """Invite the workshops that match best by capability."""
        found = [item async for item in self.buyer.items(f"/v1/rfqs/{self.id}/matches")]
        self.invited = [self.cast.by_organisation[item["organisation_id"]] for item in found[:MAX_INVITED]]
        rfq = await self.now()
        if self.invited and rfq["state"] == "draft":
            ids = [self.cast.party(name).organisation_id for name in self.invited]
            await self.buyer.post(f"/v1/rfqs/{self.id}/invitations", self.key("invite"), {"supplier_ids": ids})

    async def publish(self, closes: datetime) -> None:
        """Set the deadline and publish; in a resumed run, give more time while there is some."""
        rfq = await self.now()
        if rfq["state"] == "draft":
            change = {"quotes_close_at": closes.isoformat()}
            await self.buyer.send("PATCH", f"/v1/rfqs/{self.id}", change, etag=rfq["etag"])
            await self.buyer.post(f"/v1/rfqs/{self.id}/publish", self.key("publish"))
        elif rfq["state"] == "open" and datetime.fromisoformat(rfq["quotes_close_at"]) < closes - timedelta(seconds=1):
            body = {"quotes_close_at": closes.isoformat()}
            # A deadline that has just passed is not moved: what was quoted counts.
            await self.buyer.call(
                "POST", f"/v1/rfqs/{self.id}/extend", body, key=self.key("extend", closes.isoformat())
            )

    async def answer(self, name: str) -> str:
        """One invited workshop reads, and quotes or declines: `submitted`, `declined`, `late`, or `none`."""
        supplier, dice = self.cast.party(name), self.dice(name)
        rfq = await supplier.get(f"/v1/rfqs/{self.id}")
        own = [item async for item in supplier.items(f"/v1/quotes?rfq_id={self.id}")]
        if rfq["state"] != "open":
            return own[0]["state"] if own else "none"
        if not own and dice.random() < 0.12 and len(self.invited) > 3:  # noqa: PLR2004  some always decline
            reason = {"reason": dice.choice(DECLINES), "note": "Maaf, kali ini belum bisa."}
            declined = await supplier.call("POST", f"/v1/rfqs/{self.id}/decline", reason, key=self.key("decline", name))
            return "declined" if declined.is_success else "none"
        await supplier.post(f"/v1/rfqs/{self.id}/accept-nda", self.key("nda", name), {"nda_version": 1})
        await self._read_drawing(supplier)
        body = self._quote(rfq, dice, Decimal(1))
        if own:
            quote = own[0]
        else:
            response = await supplier.call("POST", f"/v1/rfqs/{self.id}/quotes", body, key=self.key("quote", name))
            if not response.is_success:
                return self._late(response)
            quote = response.json()
        if quote["state"] != "submitted":
            response = await supplier.call("POST", f"/v1/quotes/{quote['id']}/submit", key=self.key("submit", name))
            if not response.is_success:
                return self._late(response)
        return "submitted"

    def _late(self, response: Any) -> str:
        if problem(response) != "deadline_passed":
            raise DemoError(f"a quote on {self.name} was refused: {response.text[:400]}")
        self.refused_late += 1
        return "late"

    async def _read_drawing(self, supplier: Party) -> None:
        async for document in supplier.items(f"/v1/rfqs/{self.id}/documents"):
            response = await supplier.call("GET", f"/v1/files/{document['file_id']}/content")
            if not response.is_success or len(response.content) != document["size"]:
                raise DemoError(f"{supplier.name} could not read the drawing of {self.name}")

    def _quote(self, rfq: Any, dice: random.Random, factor: Decimal) -> dict[str, Any]:
        low, high = Decimal(self.line["quote_low"]), Decimal(self.line["quote_high"])
        asked = Decimal(self.line["quantity"])
        lot = min(Decimal(self.line["lot_size"]), asked)
        price = (low + (high - low) * Decimal(dice.randrange(1000)) / THOUSAND) * factor
        steps = [(Decimal(1), price * Decimal("1.08")), (lot, price * Decimal("1.03")), (asked, price)]
        breaks = {minimum: unit for minimum, unit in steps if minimum <= asked}
        tooling = Decimal(self.line["tooling_cost"])
        return {
            "currency": "IDR",
            "valid_until": (today() + timedelta(days=90)).isoformat(),
            "payment_days": dice.choice([30, 45, 60]),
            "lines": [
                {
                    "line_no": 1,
                    "breaks": [
                        {"min_quantity": str(minimum), "unit_price": str(unit.quantize(Decimal(1)))}
                        for minimum, unit in sorted(breaks.items())
                    ],
                    "lead_time_days": dice.randrange(14, 60),
                    "capacity_per_month": str((asked / 8).quantize(Decimal(1)) or 1),
                    "tooling": None
                    if tooling == 0
                    else {
                        "cost": str((tooling * Decimal(dice.randrange(85, 115)) / 100).quantize(Decimal(1))),
                        "ownership": "buyer",
                        "life_pieces": self.line["tool_life_pieces"],
                    },
                    "local_content": {"basis": "self_declared", "percent": str(dice.randrange(35, 80))},
                    "characteristics": [
                        {"no": item["no"], "answer": "comply"} for item in rfq["lines"][0]["characteristics"][:100]
                    ],
                }
            ],
        }

    async def revise(self, name: str) -> None:
        """A workshop sends a better offer in place of its first."""
        supplier = self.cast.party(name)
        async for card in supplier.items(f"/v1/quotes?rfq_id={self.id}"):
            quote = await supplier.get(f"/v1/quotes/{card['id']}")
            if quote["state"] != "submitted" or quote["submitted_version"] > 1:
                return
            body = self._quote(await supplier.get(f"/v1/rfqs/{self.id}"), self.dice(name), Decimal("0.97"))
            response = await supplier.call(
                "PATCH", f"/v1/quotes/{card['id']}", {"lines": body["lines"]}, etag=quote["etag"]
            )
            if response.is_success:
                await supplier.call("POST", f"/v1/quotes/{card['id']}/submit", key=self.key("revise", name))

    async def withdraw(self, name: str) -> None:
        """A workshop takes its quote back."""
        supplier = self.cast.party(name)
        async for card in supplier.items(f"/v1/quotes?rfq_id={self.id}&state=submitted"):
            await supplier.call("POST", f"/v1/quotes/{card['id']}/withdraw", key=self.key("withdraw", name))

    async def be_late(self, name: str) -> bool:
        """A workshop that comes after the deadline; whether it was refused as it has to be."""
        supplier = self.cast.party(name)
        rfq = await supplier.get(f"/v1/rfqs/{self.id}")
        late = datetime.now(UTC).isoformat()
        response = await supplier.call(
            "POST",
            f"/v1/rfqs/{self.id}/quotes",
            self._quote(rfq, self.dice(name, "late"), Decimal(1)),
            key=self.key("late", name, late),
        )
        return problem(response) in {"deadline_passed", "not_participating"}
