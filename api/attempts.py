"""Attempts to see sealed quotes too early: refused like anything else, and kept besides."""

from collections.abc import Awaitable
from typing import TypeVar
from uuid import UUID

from api.call import Call
from domain.errors import DeadlineNotReached, Refusal, SealBroken, StillSealed
from domain.ids import show
from domain.openings import commands as openings

T = TypeVar("T")
WATCHED = (StillSealed, DeadlineNotReached, SealBroken)


async def watched(call: Call, work: Awaitable[T], *, rfq_id: UUID | None = None) -> T:
    """`work`, and when it is refused because quotes are sealed, the attempt on record before the refusal goes on.

    `rfq_id`: the RFQ whose opening was asked for, where the refusal does not name one. Answers that `Call.change`
    stored as problems count as well; their replays do not.
    """
    try:
        result = await work
    except WATCHED as refusal:
        await _keep(call, refusal, rfq_id)
        raise
    if isinstance(call.refused, WATCHED):
        await _keep(call, call.refused, rfq_id)
    return result


async def _keep(call: Call, refusal: Refusal, rfq_id: UUID | None) -> None:
    about = refusal.rfq_id if isinstance(refusal, StillSealed) else rfq_id
    if about is None:
        return
    operation = call.context.operation or "unknown"
    log = call.context.log.error if isinstance(refusal, SealBroken) else call.context.log.warning
    log("sealed_access_attempt", operation=operation, refusal=refusal.code, rfq=show("rfq", about))
    await openings.note_attempt(call.db, call.actor, about, operation=operation, refusal=refusal)
