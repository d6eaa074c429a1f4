"""Reading what a comparison is made of."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.actors import Actor
from domain.comparison.cost import Assumptions
from domain.comparison.model import Bid, Comparison
from domain.comparison.rules import compare
from domain.database import Database, Tx
from domain.errors import LimitReached
from domain.quotes import envelope, sql
from domain.quotes import rules as quote_rules
from domain.quotes.queries import visible_rfq
from domain.rfqs.model import Rfq

MAX_BIDS = 500
MAX_CELLS = 50_000
"""Lines times quotes in one answer: 35 MB of JSON."""
AT_ONCE = 1_000
"""Cells that are computed without leaving the event loop: 20 ms."""


async def get(
    db: Database,
    actor: Actor,
    rfq_id: UUID,
    *,
    quantity: Decimal | None,
    stated: Assumptions,
    max_cells: int = MAX_CELLS,
) -> Comparison:
    """The bid tab of an RFQ, for its buyer. Raises StillSealed before the opening, LimitReached for too large a tab."""
    async with db.read(actor) as tx:
        rfq = await visible_rfq(tx, actor, rfq_id)
        quote_rules.may_compare(rfq, actor)
        opened = await sql.opened_of_rfq(tx, rfq_id, after=None, limit=MAX_BIDS)
    cells = len(rfq.lines) * len(opened)
    if cells > max_cells:
        raise LimitReached(
            f"The tab has {cells} cells, and such an answer holds {max_cells} at most: read the quotes one by one."
        )
    if cells <= AT_ONCE:
        return _tab(rfq, opened, quantity, stated)
    return await asyncio.to_thread(_tab, rfq, opened, quantity, stated)


async def bids(tx: Tx, rfq_id: UUID) -> list[Bid]:
    """All opened quotes of an RFQ, in id order."""
    return _bids(await sql.opened_of_rfq(tx, rfq_id, after=None, limit=MAX_BIDS))


def _tab(rfq: Rfq, opened: Sequence[sql.OpenedQuote], quantity: Decimal | None, stated: Assumptions) -> Comparison:
    return compare(rfq, _bids(opened), quantity, stated)


def _bids(opened: Sequence[sql.OpenedQuote]) -> list[Bid]:
    return [
        Bid(
            quote_id=one.quote.id,
            supplier_id=one.quote.supplier_id,
            supplier_name=one.supplier_name,
            state=one.quote.state,
            content=envelope.decode(one.content),
        )
        for one in opened
    ]
