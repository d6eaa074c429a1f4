"""Inspection in the demonstration: a plan for parts with a first article, and what was measured of each sampled lot."""

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

from api.demo.client import DemoError
from api.demo.sourcing import APPROVALS, Request

PLAN: dict[str, Any] = {"level": "II", "aql_major": "1.0", "ship_to_stock_after": 5}
MEASURED = 5
"""Pieces of a sample whose values are written down; the rest are gauged."""


async def plan(request: Request, order: dict[str, Any]) -> None:
    """The buyer plans how lots of the part are inspected, once for each part and supplier."""
    if request.name not in APPROVALS:
        return
    for line in order["lines"]:
        path = f"/v1/orders/{order['id']}/lines/{line['line_no']}/inspection-plan"
        if (await request.buyer.call("GET", path)).is_success:
            continue
        response = await request.buyer.call("PUT", path, PLAN)
        if not response.is_success:
            raise DemoError(f"an inspection plan was refused: {response.text[:400]}")


def results(request: Request, lot: dict[str, Any], *, bad: Decimal) -> list[dict[str, Any]]:
    """What was found of the first characteristic in the sample of a planned lot: five values, or a count when pieces were bad."""
    sample = lot["sample"]
    if sample is None or sample["ship_to_stock"] or not sample["classes"]:
        return []
    size = min(part["sample_size"] for part in sample["classes"])
    asked = request.line["characteristics"][0]
    if bad:
        return [{"no": asked["no"], "sample_size": size, "nonconforming": min(int(bad), size)}]
    middle = Decimal(asked["nominal"]) + (Decimal(asked["lower"]) + Decimal(asked["upper"])) / 2
    value = format(middle.normalize(), "f")
    return [{"no": asked["no"], "values": [value] * min(MEASURED, size), "sample_size": size, "nonconforming": 0}]


async def show(requests: list[Request], folder: Path, say: Any) -> None:
    """Of the first order with a claim: one characteristic from drawing to claim, a delivery note, the scorecards of both sides."""
    for request in (one for one in requests if one.name in APPROVALS):
        async for card in request.buyer.items(f"/v1/orders?rfq_id={request.id}"):
            no = request.line["characteristics"][0]["no"]
            path = f"/v1/orders/{card['id']}"
            history = await request.buyer.get(f"{path}/characteristics/{no}?line_no=1")
            despatches = [one async for one in request.buyer.items(f"{path}/despatches")]
            carried = next(one for one in despatches if one["carrier"])
            note = await _file(request, f"/v1/despatches/{carried['id']}/document.pdf", folder / "surat-jalan.pdf")
            plots = [
                await _file(
                    request,
                    f"/v1/organisations/{card[f'{side}_id']}/scorecard.svg?side={side}",
                    folder / f"scorecard-{side}.svg",
                )
                for side in ("supplier", "buyer")
            ]
            timeline = [one async for one in request.buyer.items(f"{path}/timeline")]
            say(
                f"\n{request.line['name']['en']} ({request.name}), order {card['number']}: {len(timeline)} entries in its "
                f"timeline; characteristic {no} was promised as {history['promise'] and history['promise']['answer']!r}, "
                f"measured in {len(history['first_articles'])} first articles and followed through "
                f"{len(history['deliveries'])} deliveries. Delivery note {note}, scorecards {plots[0]} and {plots[1]}."
            )
            return


async def _file(request: Request, path: str, target: Path) -> Path:
    response = await request.buyer.call("GET", path)
    if not response.is_success:
        raise DemoError(f"{path} was refused: {response.text[:400]}")
    await asyncio.to_thread(target.write_bytes, response.content)
    return target
