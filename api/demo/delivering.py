"""From opened quotes to accepted pieces: comparing, awarding, acknowledging, despatching, counting, inspecting."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from api.demo import approving, claiming, measuring, negotiating
from api.demo.cast import today
from api.demo.sourcing import Request

SPLIT_WITHIN = Decimal("1.12")
"""A second quote this close to the best gets a part: continuity."""
FIRST_SHARE = Decimal("0.7")
REJECT_CHANCE = 0.3
WHOLE = Decimal(1)


async def open_and_award(request: Request) -> int:
    """Open, compare and award, with a split where two good quotes exist; how many awards were issued."""
    path = f"/v1/rfqs/{request.id}"
    rfq = await request.now()
    if rfq["state"] in {"open", "closed"}:
        rfq = await request.buyer.post(f"{path}/open-quotes", request.key("open"))
        if rfq["state"] == "closed":
            rfq = await request.second.post(f"{path}/open-quotes", request.key("open", "second person"))
    if rfq["state"] not in {"evaluating", "partially_awarded", "awarded"}:
        return 0
    tab = await request.buyer.get(f"{path}/comparison")
    if request.again and await negotiating.second_round(request, _ranked(tab)):
        rfq = await request.now()
        tab = await request.buyer.get(f"{path}/comparison")
    ranked = _ranked(tab)
    if not ranked:
        if rfq["state"] == "evaluating":
            why = {"reason": "no_compliant_quote" if tab["columns"] else "no_quotes_received"}
            await request.buyer.post(f"{path}/close-without-award", request.key("no award"), why)
        return 0
    known: dict[str, Any] = {
        item["quote_id"]: item async for item in request.buyer.items(f"/v1/awards?rfq_id={request.id}")
    }
    shares = await _shares(request, rfq, ranked)
    for column, quantity, reason in shares:
        await _award(request, column, quantity, reason, known.get(column["quote_id"]))
    return len(shares)


async def _shares(
    request: Request, rfq: dict[str, Any], ranked: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], Decimal, str]]:
    """(quote, quantity, reason): all to the best, or part of it to a second source."""
    if request.by_scenario and rfq["state"] == "evaluating" and len(ranked) > 1:
        columns = {column["quote_id"]: column for column in ranked}
        split = await negotiating.best_split(request)
        return [(columns[quote], quantity, reason) for quote, quantity, reason in split]
    asked = Decimal(request.line["quantity"])
    shares = [(ranked[0], asked, "lowest_total_cost")]
    if len(ranked) > 1 and asked >= 20:  # noqa: PLR2004  a handful is not worth two suppliers
        best, second = (Decimal(column["total_with_tooling"]) for column in ranked[:2])
        if second <= best * SPLIT_WITHIN:
            most = (asked * FIRST_SHARE).quantize(WHOLE)
            shares = [
                (ranked[0], most, "lowest_total_cost"),
                (ranked[1], asked - most, "continuity_second_source"),
            ]
    return shares


async def _award(
    request: Request, column: dict[str, Any], quantity: Decimal, reason: str, award: dict[str, Any] | None
) -> None:
    path = f"/v1/rfqs/{request.id}"
    if award is None:
        body = {
            "quote_id": column["quote_id"],
            "lines": [{"line_no": 1, "quantity": str(quantity), "reason": reason}],
            "note": "Terima kasih atas penawarannya.",
        }
        award = await request.buyer.post(f"{path}/awards", request.key("propose", column["quote_id"]), body)
    if award["state"] == "proposed":
        issue = f"/v1/awards/{award['id']}/issue"
        award = await request.second.post(issue, request.key("issue", award["id"]), etag=award["etag"])
    if award["state"] == "issued":
        supplier = request.cast.party(request.cast.by_organisation[column["supplier_id"]])
        seen = await supplier.get(f"/v1/awards/{award['id']}")
        accept = f"/v1/awards/{award['id']}/accept"
        await supplier.post(accept, request.key("accept", award["id"]), etag=seen["etag"])


def _ranked(tab: dict[str, Any]) -> list[dict[str, Any]]:
    """Columns in the order of their rank.

    A quote that sells no less than more than is needed has a place, but no price for what is awarded here.
    """
    fitting = [column for column in tab["columns"] if column["rank"] and not column["lines_below_minimum"]]
    return sorted(fitting, key=lambda column: column["rank"])


async def deliver(request: Request) -> None:
    """Carry every order of the RFQ to its completion."""
    async for card in request.buyer.items(f"/v1/orders?rfq_id={request.id}"):
        if card["state"] != "completed":
            await _Delivery(request, card).run()


class _Delivery:
    """One order on its way. Each step looks where the order stands, so that a broken run goes on."""

    def __init__(self, request: Request, card: dict[str, Any]) -> None:
        self.request, self.id = request, card["id"]
        self.path = f"/v1/orders/{self.id}"
        self.supplier = request.cast.party(request.cast.by_organisation[card["supplier_id"]])
        self.dice = request.dice(card["supplier_id"], "delivery")

    async def run(self) -> None:
        order = await self.supplier.get(self.path)
        if order["state"] == "issued":
            promised = (today() + timedelta(days=45)).isoformat()
            body = {"lines": [{"line_no": line["line_no"], "promised_on": promised} for line in order["lines"]]}
            await self.supplier.post(f"{self.path}/acknowledge", self._key("acknowledge"), body)
        await self._call_off()
        await measuring.plan(self.request, order)
        await approving.approve_first(self.request, self.supplier, await self.supplier.get(self.path))
        await self._finish_what_is_under_way()
        for part in range(1, 12):
            order = await self.supplier.get(self.path)
            if order["state"] == "completed":
                break
            await self._send(order["lines"][0], part)
            await self._finish_what_is_under_way()
            await claiming.answer_claims(self.request, self.supplier, self.id)
        await claiming.find_late_defects(self.request, self.supplier, self.id)
        await self._finish_what_is_under_way()
        await claiming.close_claims(self.request, self.id)
        await claiming.claim_costs(self.request, self.supplier, self.id)

    async def _call_off(self) -> None:
        """The buyer releases what it forecast; the workshop reports and commits itself to the days."""
        schedule = await self.request.buyer.get(f"{self.path}/schedule")
        open_lines = [line for line in schedule["lines"] if line["state"] in {"forecast", "firm"}]
        if "put_schedule" not in schedule["allowed_actions"] or all(line["state"] == "firm" for line in open_lines):
            return
        lines = [
            {"line_no": line["line_no"], "due_on": line["due_on"], "quantity": line["quantity"], "certainty": "firm"}
            for line in open_lines
        ]
        schedule = await self.request.buyer.send(
            "PUT", f"{self.path}/schedule", {"lines": lines}, etag=schedule["etag"]
        )
        dice = self.request.dice(self.id, "report")
        report = {
            "free_hours_per_week": str(20 + dice.randrange(60)),
            "raw_stock_days": 10 + dice.randrange(40),
            "lines": [{"line_no": line["line_no"], "hours_per_unit": "0.05"} for line in open_lines[:1]],
        }
        await self.supplier.post(f"{self.path}/heartbeats", self._key("heartbeat"), report)
        for line in schedule["lines"]:
            if line["state"] == "firm":
                commit = f"{self.path}/schedule/{line['id']}/commit"
                await self.supplier.post(commit, self._key("commit", line["id"]), {"committed_on": line["due_on"]})

    async def _send(self, line: dict[str, Any], part: int) -> None:
        left = Decimal(line["ordered"]) - Decimal(line["accepted"])
        on_the_way = Decimal(line["despatched"]) - Decimal(line["short"]) - Decimal(line["accepted"])
        left -= on_the_way - Decimal(line["rejected"])
        if left <= 0:
            return
        half = (Decimal(line["ordered"]) / 2).quantize(WHOLE)
        quantity = min(left, max(half, WHOLE))
        sent = Decimal(line["despatched"])
        body = {
            "number": f"SJ-{self.id[-8:]}-{sent}",
            "packages": 1 + self.dice.randrange(9),
            "carrier": "Ekspedisi Contoh",
            "lines": [
                {
                    "line_no": line["line_no"],
                    "lot": f"LOT-{part}-{sent}",
                    "heat_number": f"H{self.id[-4:]}{part}",
                    "quantity": str(quantity),
                },
            ],
        }
        await self.supplier.post(f"{self.path}/despatches", self._key("despatch", str(sent)), body)

    async def _finish_what_is_under_way(self) -> None:
        buyer = self.request.buyer
        async for despatch in buyer.items(f"{self.path}/despatches"):
            if despatch["state"] == "despatched":
                lines = [
                    {
                        "line_no": line["line_no"],
                        "lot": line["lot"],
                        "received": str(Decimal(line["quantity"]) - Decimal(line["received"]) - Decimal(line["short"])),
                    }
                    for line in despatch["lines"]
                ]
                body = {"despatch_id": despatch["id"], "lines": lines}
                await buyer.post(f"{self.path}/receipts", self._key("receive", despatch["id"]), body)
        async for receipt in buyer.items(f"{self.path}/receipts"):
            async for inspection in buyer.items(f"/v1/receipts/{receipt['id']}/inspections"):
                if inspection["state"] == "pending":
                    await self._inspect(receipt["id"], inspection)

    async def _inspect(self, receipt_id: str, inspection: dict[str, Any]) -> None:
        lines = []
        for lot in inspection["lots"]:
            judged = Decimal(lot["open"])
            dice = self.request.dice(lot["lot"], "inspection")
            # Only first despatches have rejects, so that every story ends.
            bad = Decimal(0)
            if lot["lot"].startswith("LOT-1-") and judged > 1 and dice.random() < REJECT_CHANCE:
                bad = max((judged * dice.randrange(1, 15) / 1000).quantize(WHOLE), WHOLE)
            line: dict[str, Any] = {
                "line_no": lot["line_no"],
                "lot": lot["lot"],
                "accepted": str(judged - bad),
                "rejected": str(bad),
            }
            line["results"] = measuring.results(self.request, lot, bad=bad)
            if bad:
                line["defects"] = [{"characteristic_no": 1, "quantity": str(bad), "note": "di luar toleransi"}]
            lines.append(line)
        body = {"inspector": "Sari", "lines": lines}
        key = self._key("inspect", receipt_id)
        await self.request.buyer.post(f"/v1/receipts/{receipt_id}/inspections", key, body)

    def _key(self, *place: str) -> str:
        return self.request.key(self.id, *place)
