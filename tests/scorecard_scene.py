"""Orders that are delivered in time or late, and the feed of a party as anybody reads it over HTTP."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.scorecards import rules
from domain.scorecards.model import ScoredSide, Window
from world import Party, World


async def heard(world: World, party: Party) -> list[Any]:
    """The party's whole feed, page by page."""
    await world.feed(party)  # nothing elsewhere holds it back any more
    events: list[Any] = []
    after = ""
    while True:
        page = await party.done("GET", f"/v1/events?limit=100{after}")
        if not page["items"]:
            return events
        events += page["items"]
        after = f"&after={page['next_cursor']}"


async def card(reader: Party, scored: Party, query: str = "") -> Any:
    """The scorecard of `scored` as `reader` gets it."""
    return await reader.done("GET", f"/v1/organisations/{scored.id}/scorecard{query}")


async def figures(reader: Party, scored: Party, query: str = "") -> dict[str, Any]:
    """Its figures by code."""
    return {item["code"]: item for item in (await card(reader, scored, query))["figures"]}


async def recomputed(world: World, scored: Party, shown: Any) -> list[dict[str, Any]]:
    """The figures of a scorecard that was `shown`, made again from the feed alone."""
    side: ScoredSide = shown["side"]
    window: Window = shown["window"]
    as_of = datetime.fromisoformat(shown["as_of"])
    found = rules.compute(await heard(world, scored), scored.organisation_id, side=side, window=window, as_of=as_of)
    return [
        {
            "code": item.formula.code,
            "status": item.status,
            "value": _text(item.value),
            "low": _text(item.low),
            "high": _text(item.high),
            "n": item.n,
            "pending": item.pending,
            "contested": item.contested,
            "previous": _text(item.previous),
            "trend": item.trend,
            "quarters": [{"quarter": quarter.name, "value": _text(quarter.value)} for quarter in item.quarters],
            "event_count": item.event_count,
            "event_ids": list(item.events),
        }
        for item in found.figures
    ]


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


async def deliver(world: World, buyer: Party, supplier: Party, order: Any, accepted: str, rejected: str = "0") -> Any:
    """One lot of line 1: sent, received whole, inspected."""
    amount = str(int(accepted) + int(rejected))
    despatch = await world.despatch(supplier, order, (1, f"L-{accepted}-{rejected}", amount))
    receipt = await world.receipt(buyer, despatch)
    judged = {"line_no": 1, "lot": f"L-{accepted}-{rejected}", "accepted": accepted, "rejected": rejected}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", {"lines": [judged]})
    return receipt


async def rejection(world: World, buyer: Party, supplier: Party) -> Any:
    """The mark of a lot of which 10 of 100 were rejected."""
    order = await world.order(buyer, supplier, quantities=("100",))
    await deliver(world, buyer, supplier, order, "90", "10")
    [mark] = [item for item in await marks(supplier, supplier) if item["subject_id"] == order["id"]]
    return mark


async def marks(reader: Party, scored: Party, query: str = "") -> list[Any]:
    """All marks of `scored` that the reader may know, two at a time."""
    found: list[Any] = []
    after: str | None = ""
    while after is not None:
        cursor = f"&after={after}" if after else ""
        page = await reader.done("GET", f"/v1/organisations/{scored.id}/marks?limit=2{query}{cursor}")
        found += page["items"]
        after = page["next_cursor"]
    return found


async def ago(world: World, party: Party, days: float) -> None:
    """Let everything that the party was told lie further back, replies too. Events are history: behind their triggers."""
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        span = timedelta(days=days)
        await world.owner.execute(
            "UPDATE event SET at = at - $2::interval WHERE position IN "
            "(SELECT position FROM event_audience WHERE organisation_id = $1)",
            party.organisation_id,
            span,
        )
        await world.owner.execute(
            "UPDATE mark SET fact_at = fact_at - $2::interval, created_at = created_at - $2::interval "
            "WHERE organisation_id = $1",
            party.organisation_id,
            span,
        )
