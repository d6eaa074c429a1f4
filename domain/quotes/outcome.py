"""What becomes of opened quotes: for the award, which settles some, and for every end that settles the rest.

Each function runs in the caller's transaction, which holds the lock of the RFQ.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.database import Tx
from domain.errors import StillSealed
from domain.quotes.model import Quote, QuoteContent
from domain.rfqs.model import Rfq


async def content_of(tx: Tx, quote_id: UUID) -> QuoteContent:
    """The opened content. Raises StillSealed before the opening, NotFound for an unknown quote."""
    raise NotImplementedError


async def lock(tx: Tx, quote_id: UUID) -> Quote:
    """The quote, locked for writing. Raises NotFound."""
    raise NotImplementedError


async def settle_award(tx: Tx, actor: Actor, quote: Quote, *, full: bool, now: datetime) -> Quote:
    """Move a locked quote from opened or partially_awarded to awarded (`full`) or partially_awarded, with its event.

    Raises WrongState when the quote ended otherwise.
    """
    raise NotImplementedError


async def regret_rest(
    tx: Tx, actor: Actor, rfq: Rfq, *, now: datetime, reason: str, reasons: Mapping[UUID, str] | None = None
) -> list[Quote]:
    """Move every quote of the RFQ that is still submitted or opened to not_awarded; those moved.

    `reason` is a code of the vocabulary `loss_reasons`, `reasons` a different one for single quotes by id. The event of
    each goes to its supplier and, once opened, the buyer, with the supplier's own rank band in it.
    """
    raise NotImplementedError
