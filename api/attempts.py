"""Attempts to see sealed quotes too early: refused like anything else, and kept besides."""

from collections.abc import Awaitable
from typing import TypeVar
from uuid import UUID

from api.call import Call
from domain.errors import DeadlineNotReached, Refusal, StillSealed
from domain.openings import commands as openings

T = TypeVar("T")


async def watched(call: Call, work: Awaitable[T], *, rfq_id: UUID | None = None) -> T:
    """`work`, and when it is refused because quotes are sealed, the attempt on record before the refusal goes on.

    `rfq_id` makes a refused opening an attempt too; answers that `Call.change` stored as problems count as well.
    """
    try:
        result = await work
    except StillSealed as refusal:
        await _keep(call, refusal.rfq_id, refusal)
        raise
    except DeadlineNotReached as refusal:
        if rfq_id is not None:
            await _keep(call, rfq_id, refusal)
        raise
    refused = call.refused
    if isinstance(refused, StillSealed):
        await _keep(call, refused.rfq_id, refused)
    elif isinstance(refused, DeadlineNotReached) and rfq_id is not None:
        await _keep(call, rfq_id, refused)
    return result


async def _keep(call: Call, rfq_id: UUID, refusal: Refusal) -> None:
    call.context.log.warning("sealed_access_attempt", operation=call.context.operation, refusal=refusal.code)
    await openings.note_attempt(
        call.db, call.actor, rfq_id, operation=call.context.operation or "unknown", refusal=refusal
    )
