"""Reads about awards."""

from collections.abc import Sequence
from uuid import UUID

from domain.actors import Actor
from domain.awards import rules, sql
from domain.awards.model import Award, Card, Seen, Surroundings
from domain.awards.succession import Succession, succession
from domain.comparison.queries import bids
from domain.database import Database, Tx
from domain.quotes import sql as quotes
from domain.quotes.model import Quote
from domain.rfqs import sql as rfqs
from domain.rfqs.model import Rfq


async def get(db: Database, actor: Actor, award_id: UUID) -> Seen:
    """The award as the caller may see it. Raises NotFound."""
    async with db.read(actor) as tx:
        award = await sql.get(tx, award_id)
        rules.sides(award, actor)
        return await seen(tx, award)


async def seen(tx: Tx, award: Award, quote: Quote | None = None) -> Seen:
    """The award with what its issue depends on, as long as it is not issued. `quote`: where the caller has read it."""
    if award.state != "proposed":
        objected = award.state == "issued" and await sql.is_objected(tx, award.rfq_id)
        return Seen(award=award, around=None, objected=objected)
    return Seen(award=award, around=await surroundings(tx, award, quote or await quotes.get(tx, award.quote_id)))


async def surroundings(tx: Tx, award: Award, quote: Quote) -> Surroundings:
    """What issuing the award depends on besides the award itself."""
    rfq_state, rfq_ended, four_eyes = await sql.place(tx, award.rfq_id)
    return Surroundings(rfq_state=rfq_state, rfq_ended=rfq_ended, quote=quote, four_eyes=four_eyes)


async def list_visible(
    db: Database, actor: Actor, *, after: UUID | None, limit: int, rfq_id: UUID | None, state: str | None
) -> Sequence[Card]:
    """Awards of the caller as a buyer, and as a supplier those that were issued to it. Newest first."""
    if actor.organisation_id is None:
        return []
    async with db.read(actor) as tx:
        return await sql.list_visible(tx, actor.organisation_id, after=after, limit=limit, rfq_id=rfq_id, state=state)


async def successors(db: Database, actor: Actor, award_id: UUID) -> Succession:
    """Who could be offered what an ended award left, for its buyer. Raises NotFound, Forbidden, WrongState."""
    async with db.read(actor) as tx:
        award = await sql.get(tx, award_id)
        rfq = await rfqs.get(tx, award.rfq_id)
        rules.require_ended(award, actor)
        return await succession_of(tx, rfq, award)


async def succession_of(tx: Tx, rfq: Rfq, award: Award) -> Succession:
    """The same from what the caller has read (and, to propose by it, locked)."""
    awards = [await sql.get(tx, one) for one in await sql.ids_of_rfq(tx, rfq.id)]
    found = await bids(tx, rfq.id)
    return succession(rfq, award, awards, found, now=await tx.now())
