"""Reading what a comparison is made of."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.actors import Actor
from domain.comparison.model import Bid, Comparison
from domain.comparison.rules import compare
from domain.database import Database, Tx
from domain.quotes import envelope, sql
from domain.quotes import rules as quote_rules
from domain.quotes.queries import visible_rfq
from domain.scores import rules as scoring
from domain.scores import sql as score_sheets
from domain.scores.ranking import rank, with_scores

MAX_BIDS = 500


async def get(db: Database, actor: Actor, rfq_id: UUID, *, quantity: Decimal | None) -> Comparison:
    """The bid tab of an RFQ, for its buyer. Raises StillSealed before the opening."""
    async with db.read(actor) as tx:
        rfq = await visible_rfq(tx, actor, rfq_id)
        quote_rules.may_compare(rfq, actor)
        opened = await sql.opened_of_rfq(tx, rfq_id, after=None, limit=MAX_BIDS)
        sheets = await score_sheets.of_round(tx, rfq.id, rfq.round)
    found = bids_of(opened)
    visible = scoring.are_visible(rfq, sheets, actor)
    suppliers = [(one.quote, one.supplier_name) for one in opened]
    tab = compare(rfq, found, quantity)
    return with_scores(tab, rank(rfq, suppliers, tab, found, sheets, visible=visible))


async def bids(tx: Tx, rfq_id: UUID) -> list[Bid]:
    """All opened quotes of an RFQ, in id order."""
    return bids_of(await sql.opened_of_rfq(tx, rfq_id, after=None, limit=MAX_BIDS))


def bids_of(opened: Sequence[sql.OpenedQuote]) -> list[Bid]:
    """Those of `opened` whose prices are known."""
    return [
        Bid(
            quote_id=one.quote.id,
            supplier_id=one.quote.supplier_id,
            supplier_name=one.supplier_name,
            state=one.quote.state,
            content=envelope.decode(one.content),
        )
        for one in opened
        if one.content is not None
    ]
