"""One step of a quote: the next row and its one event. The caller's transaction holds the quote's lock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.actors import Actor
from domain.database import Tx
from domain.ids import show
from domain.ledger import record
from domain.lifecycle import Arrow, advance
from domain.quotes import sql
from domain.quotes.model import Quote


async def move(
    tx: Tx,
    actor: Actor,
    quote: Quote,
    arrow: Arrow,
    *,
    now: datetime,
    to_buyer: bool = True,
    data: Mapping[str, object] | None = None,
    **changes: Any,
) -> Quote:
    """The quote after `arrow`, with `changes` to its fields. Its supplier is told, and its buyer where it may know.

    `data` comes beside the ids of RFQ and quote in the event: never a price.
    """
    after = advance(quote, arrow, now, **changes)
    await record(
        tx,
        arrow,
        actor,
        before=quote,
        after=after,
        at=now,
        audience=[quote.supplier_id, quote.buyer_id] if to_buyer else [quote.supplier_id],
        data={"rfq_id": show("rfq", quote.rfq_id), "quote_id": show("quote", quote.id), **(data or {})},
        writes=[sql.saving(quote, after)],
    )
    return after
