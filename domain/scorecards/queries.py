"""Reading scorecards."""

import asyncio
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.database import Database, Tx
from domain.errors import LimitReached, NotFound
from domain.organisations import sql as organisations
from domain.scorecards import access, marks, rules, sql
from domain.scorecards.model import LOOKBACK_DAYS, Mark, Scorecard, ScoredSide, Standing, Window
from domain.scorecards.rules import Reader
from domain.scorecards.telling import Event

MAX_EVENTS = 50_000
"""Events of one organisation in three years that are read for one scorecard."""


async def get(
    db: Database, actor: Actor, organisation_id: UUID, *, side: ScoredSide | None, window: Window
) -> Scorecard:
    """The scorecard as the actor may see it. Without `side`, of the organisation's first role among supplier and buyer.

    Raises NotFound, Invalid where another than the organisation itself asks for less than a year.
    """
    async with db.read(actor) as tx:
        side, reader, name = await _reader(tx, actor, organisation_id, side)
        access.require_window(reader, window)
        as_of = await tx.now()
        events = await events_of(tx, organisation_id, as_of)
    return await asyncio.to_thread(
        rules.compute, events, organisation_id, side=side, window=window, as_of=as_of, reader=reader, name=name
    )


async def list_marks(
    db: Database,
    actor: Actor,
    organisation_id: UUID,
    *,
    side: ScoredSide | None,
    standing: Standing | None,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Mark]:
    """Marks of three years that the actor may know, newest first: all for the organisation itself, else of their own dealings."""
    async with db.read(actor) as tx:
        side, reader, _ = await _reader(tx, actor, organisation_id, side)
        as_of = await tx.now()
        events = await events_of(tx, organisation_id, as_of)
        known = await asyncio.to_thread(marks.found, events, organisation_id, side, as_of, reader=reader)
        chosen = [
            mark for mark in known if (after is None or marks.place(mark) < after) and standing in {None, mark.standing}
        ][:limit]
        replies = await sql.replies(tx, [mark.id for mark in chosen])
    return [marks.restated(mark, replies.get(mark.id), as_of) for mark in chosen]


async def get_mark(db: Database, actor: Actor, organisation_id: UUID, mark_id: UUID) -> Mark:
    """One mark, for the organisation and the other side of the dealing. Raises NotFound."""
    async with db.read(actor) as tx:
        return await mark_of(tx, actor, organisation_id, mark_id, as_of=await tx.now())


async def mark_of(tx: Tx, actor: Actor, organisation_id: UUID, mark_id: UUID, *, as_of: datetime) -> Mark:
    """One mark as of an instant, with what was said of it. Raises NotFound."""
    organisation = await organisations.get(tx, organisation_id)
    deals = await sql.deal_with(tx, organisation_id, actor.organisation_id)
    events = await events_of(tx, organisation_id, as_of)
    for side in SIDES:
        reader = access.reader_of(organisation, side, actor, deals=deals)
        known = await asyncio.to_thread(marks.found, events, organisation_id, side, as_of, reader=reader)
        for mark in known:
            if mark.id == mark_id:
                return marks.restated(mark, (await sql.replies(tx, [mark_id])).get(mark_id), as_of)
    raise NotFound("mark")


SIDES: tuple[ScoredSide, ...] = ("supplier", "buyer")


async def _reader(
    tx: Tx, actor: Actor, organisation_id: UUID, side: ScoredSide | None
) -> tuple[ScoredSide, Reader, str]:
    """(which side is meant, as whom the actor reads, the organisation's name). Raises NotFound."""
    organisation = await organisations.get(tx, organisation_id)
    side = side or ("supplier" if "supplier" in organisation.roles else "buyer")
    deals = await sql.deal_with(tx, organisation_id, actor.organisation_id)
    return side, access.reader_of(organisation, side, actor, deals=deals), organisation.name


async def events_of(tx: Tx, organisation_id: UUID, as_of: datetime) -> list[Event]:
    """What the organisation was told that scorecards are made of. Raises LimitReached for more than are read."""
    async with tx.as_system():  # another's events: what is told of them, `access` and `rules` decide
        found = await sql.events(tx, organisation_id, as_of=as_of, days=LOOKBACK_DAYS, limit=MAX_EVENTS + 1)
    if len(found) > MAX_EVENTS:
        raise LimitReached(
            f"A scorecard is made of {MAX_EVENTS} events at most. Make it from the feed: the formulas are public."
        )
    return found
