"""Reading scores: one's own at any time, those of others once one's own are handed in or scoring is closed."""

from collections.abc import Sequence
from uuid import UUID

from domain.actors import Actor
from domain.comparison.queries import bids_of, opened_quotes
from domain.comparison.rules import compare
from domain.database import Database
from domain.errors import StillSealed
from domain.quotes.queries import visible_rfq
from domain.scores import rules, sql
from domain.scores.model import Ranking, SeenSheet
from domain.scores.ranking import rank


async def sheets(db: Database, actor: Actor, rfq_id: UUID, *, after: UUID | None, limit: int) -> Sequence[SeenSheet]:
    """The sheets of the present round that the caller may see, oldest first."""
    async with db.read(actor) as tx:
        rfq = await visible_rfq(tx, actor, rfq_id)
        rules.require_buyer(rfq, actor)
        found = await sql.of_round(tx, rfq.id, rfq.round)
    every = rules.are_visible(rfq, found, actor)
    shown = [sheet for sheet in found if every or sheet.evaluator == actor.identity]
    return [SeenSheet(sheet=sheet, rfq=rfq) for sheet in shown if after is None or sheet.id > after][:limit]


async def ranking(db: Database, actor: Actor, rfq_id: UUID) -> Ranking:
    """All quotes by score. Raises StillSealed before anything is opened."""
    async with db.read(actor) as tx:
        rfq = await visible_rfq(tx, actor, rfq_id)
        rules.require_buyer(rfq, actor)
        if not rfq.has_opened and rfq.technical_opened_at is None:
            raise StillSealed(rfq.id)
        opened = await opened_quotes(tx, rfq.id)
        priced = await bids_of(tx, opened)
        found = await sql.of_rfq(tx, rfq.id)
    return rank(
        rfq,
        [(one.quote, one.supplier_name) for one in opened.quotes],
        compare(rfq, priced, None),
        priced,
        found,
        visible=rules.are_visible(rfq, [sheet for sheet in found if sheet.round == rfq.round], actor),
    )
