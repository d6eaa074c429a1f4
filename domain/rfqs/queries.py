"""Reads about RFQs."""

from uuid import UUID

import msgspec

from domain.actors import Actor, Role
from domain.database import NOBODY, Database
from domain.participations.model import Participation
from domain.rfq_views import sql
from domain.rfqs import rules
from domain.rfqs.model import Card, Rfq


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """An RFQ and the caller's own participation in it; to its buyer, how many questions have no answer yet."""

    rfq: Rfq
    participation: Participation | None
    unanswered: int


async def get(db: Database, actor: Actor, rfq_id: UUID) -> Seen:
    """The RFQ as the caller may see it. Raises NotFound."""
    async with db.read(actor, plan_once=True) as tx:
        rfq, own, unanswered = await sql.seen(tx, rfq_id, actor.organisation_id or NOBODY)
    rules.may_read(rfq, actor, participates=own is not None)
    return Seen(rfq=rfq, participation=own, unanswered=unanswered)


async def version(db: Database, actor: Actor, rfq_id: UUID) -> int | None:
    """The version of an RFQ that the caller has looked at before; None where its look is to be noted. Raises NotFound."""
    async with db.read(actor, plan_once=True) as tx:
        head = await sql.head(tx, rfq_id, actor.organisation_id or NOBODY)
    rules.may_read(head, actor, participates=head.participation is not None)
    return None if head.participation == "invited" else head.version


async def list_visible(
    db: Database, actor: Actor, *, after: UUID | None, limit: int, state: str | None, reference: str | None
) -> list[Card]:
    """A buyer's own RFQs; for everybody else those they take part in and those open to all. Newest first."""
    if actor.organisation_id is None:
        return []
    async with db.read(actor, plan_once=True) as tx:
        if Role.BUYER in actor.roles:
            return await sql.list_of_buyer(
                tx, actor.organisation_id, after=after, limit=limit, state=state, reference=reference
            )
        return await sql.list_of_supplier(
            tx, actor.organisation_id, after=after, limit=limit, state=state, open_too=actor.verified
        )
