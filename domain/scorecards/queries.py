"""Reading scorecards."""

import asyncio
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.database import Database, Tx
from domain.errors import LimitReached
from domain.organisations import sql as organisations
from domain.scorecards import access, rules, sql
from domain.scorecards.facts import Event
from domain.scorecards.model import LOOKBACK_DAYS, Scorecard, ScoredSide, Window

MAX_EVENTS = 50_000
"""Events of one organisation in three years that are read for one scorecard."""


async def get(
    db: Database, actor: Actor, organisation_id: UUID, *, side: ScoredSide | None, window: Window
) -> Scorecard:
    """The scorecard as the actor may see it. Without `side`, of the organisation's first role among supplier and buyer.

    Raises NotFound, Invalid where another than the organisation itself asks for less than a year.
    """
    async with db.read(actor) as tx:
        organisation = await organisations.get(tx, organisation_id)
        side = side or ("supplier" if "supplier" in organisation.roles else "buyer")
        deals = await sql.deal_with(tx, organisation_id, actor.organisation_id)
        reader = access.reader_of(organisation, side, actor, deals=deals)
        access.require_window(reader, window)
        as_of = await tx.now()
        events = await events_of(tx, organisation_id, as_of)
    return await asyncio.to_thread(
        rules.compute, events, organisation_id, side=side, window=window, as_of=as_of, reader=reader
    )


async def events_of(tx: Tx, organisation_id: UUID, as_of: datetime) -> list[Event]:
    """What the organisation was told that scorecards are made of. Raises LimitReached for more than are read."""
    found = await sql.events(tx, organisation_id, as_of=as_of, days=LOOKBACK_DAYS, limit=MAX_EVENTS + 1)
    if len(found) > MAX_EVENTS:
        raise LimitReached(
            f"A scorecard is made of {MAX_EVENTS} events at most. Make it from the feed: the formulas are public."
        )
    return found
