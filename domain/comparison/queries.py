"""Reading what a comparison is made of."""

import asyncio
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from domain.actors import Actor
from domain.comparison.cost import Assumptions
from domain.comparison.model import Bid, Comparison
from domain.comparison.rules import compare
from domain.counter_offers import sql as counter_offers
from domain.database import Database, Tx
from domain.errors import LimitReached
from domain.quotes import rules as quote_rules
from domain.quotes import sql
from domain.quotes.amendments import in_force
from domain.quotes.contents import CONTENTS
from domain.quotes.model import Amendment, QuoteContent
from domain.quotes.queries import visible_rfq
from domain.scores import rules as scoring
from domain.scores import sql as score_sheets
from domain.scores.ranking import rank, with_scores

MAX_BIDS = 500
MAX_CELLS = 50_000
"""Lines times quotes in one answer: 35 MB of JSON."""
AT_ONCE = 4_000
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
        opened = await opened_quotes(tx, rfq_id)
        amendments = await counter_offers.amendments(tx, [one.quote.id for one in opened.quotes])
        sheets = await score_sheets.of_rfq(tx, rfq.id)
    visible = scoring.are_visible(rfq, [sheet for sheet in sheets if sheet.round == rfq.round], actor)

    def tab() -> Comparison:
        found = opened.bids(amendments)
        priced = compare(rfq, found, quantity, stated)
        suppliers = [(one.quote, one.supplier_name) for one in opened.quotes]
        return with_scores(priced, rank(rfq, suppliers, priced, found, sheets, visible=visible))

    cells = len(rfq.lines) * len(opened.quotes)
    if cells > max_cells:
        raise LimitReached(
            f"The tab has {cells} cells, and such an answer holds {max_cells} at most: read the quotes one by one."
        )
    if cells <= AT_ONCE:
        return tab()
    return await asyncio.to_thread(tab)


class Opened(NamedTuple):
    """What the buyer may read of the RFQ's quotes, in id order."""

    rfq_id: UUID
    quotes: Sequence[sql.OpenedQuote]
    known: Mapping[UUID, QuoteContent]
    """Contents that this process had; those of `quotes` come without them."""

    def bids(self, amendments: Mapping[UUID, tuple[Amendment, ...]]) -> list[Bid]:
        """Those whose prices are known, with what was agreed since. Decodes what is not known yet."""
        return [self._bid(one, amendments.get(one.quote.id)) for one in self.quotes if one.priced]

    def _bid(self, one: sql.OpenedQuote, agreed: tuple[Amendment, ...] | None) -> Bid:
        content = self.known.get(one.quote.id)
        if content is None:
            content = CONTENTS.decode(self.rfq_id, one.quote.id, one.content or "")
        return Bid(
            quote_id=one.quote.id,
            supplier_id=one.quote.supplier_id,
            supplier_name=one.supplier_name,
            state=one.quote.state,
            content=in_force(content, agreed or ()),
            round=one.quote.round,
            shortlisted=one.quote.shortlisted,
            amended=agreed is not None,
        )


async def bids(tx: Tx, rfq_id: UUID) -> list[Bid]:
    """All quotes of an RFQ whose prices are known, with what was agreed since, in id order; earlier rounds too."""
    return await bids_of(tx, await opened_quotes(tx, rfq_id))


async def opened_quotes(tx: Tx, rfq_id: UUID) -> Opened:
    """Every quote that was opened, MAX_BIDS at most."""
    known = CONTENTS.of_rfq(rfq_id)
    every: list[sql.OpenedQuote] = []
    while not len(every) % MAX_BIDS:
        last = every[-1].quote.id if every else None
        page = await sql.opened_of_rfq(tx, rfq_id, after=last, limit=MAX_BIDS, known=known)
        every += page
        if not page:
            break
    # What no longer counts gives way first: a supplier's newest quote is never left out for an older one.
    every.sort(key=lambda one: (one.quote.state == "superseded", one.quote.id))
    return Opened(rfq_id, sorted(every[:MAX_BIDS], key=lambda one: one.quote.id), known)


async def bids_of(tx: Tx, opened: Opened) -> list[Bid]:
    """Those of `opened` whose prices are known, with what was agreed since."""
    return opened.bids(await counter_offers.amendments(tx, [one.quote.id for one in opened.quotes]))
