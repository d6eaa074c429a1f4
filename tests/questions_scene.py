"""An RFQ with participants that ask."""

from typing import Any

import msgspec

from domain.actors import SYSTEM
from domain.ids import read
from domain.questions import sql
from domain.questions.model import Question
from world import Party, World


async def asked(supplier: Party, rfq: Any, question: str = "Which steel?", **more: Any) -> Any:
    """A question of a participant."""
    return await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/questions", {"question": question, **more})


async def joined(supplier: Party, rfq: Any) -> Party:
    """The supplier, taking part."""
    await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/join")
    return supplier


async def questions(party: Party, rfq: Any, query: str = "") -> list[Any]:
    """All that the party sees, two at a time."""
    found: list[Any] = []
    after: str | None = ""
    while after is not None:
        cursor = f"&after={after}" if after else ""
        page = await party.done("GET", f"/v1/rfqs/{rfq['id']}/questions?limit=2{query}{cursor}")
        found += page["items"]
        after = page["next_cursor"]
    return found


async def stored(world: World, question: Any) -> Question:
    """The row; its events fold to it."""
    async with world.services.db.read(SYSTEM) as tx:
        row = await sql.get(tx, read("question", question["id"]))
    await world.replays(row)
    return row


async def told(world: World, party: Party, rfq: Any) -> list[Any]:
    """The events about questions of the RFQ that the party may see."""
    return [
        event
        for event in await world.feed(party)
        if event.type.startswith("question.") and event.data.get("rfq_id") == rfq["id"]
    ]


def text_of(thing: Any) -> str:
    """Everything in it, as text to search."""
    return msgspec.json.encode(thing).decode()
