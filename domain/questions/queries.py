"""Reads about questions."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database, Tx
from domain.errors import NotFound
from domain.questions import rules, sql
from domain.questions.model import Question, Seen
from domain.rfqs import access
from domain.rfqs import sql as rfqs
from domain.rfqs.model import Rfq


async def list_of_rfq(
    db: Database, actor: Actor, rfq_id: UUID, *, after: UUID | None, limit: int, state: str | None
) -> list[Seen]:
    """All for the buyer; for others who may read the RFQ their own and the published ones. Raises NotFound."""
    async with db.read(actor) as tx:
        rfq = await rfqs.get(tx, rfq_id)
        await access.require_visible(tx, actor, rfq)
        return await sql.of_rfq(
            tx,
            rfq_id,
            rfq.buyer_id,
            after=after,
            limit=limit,
            state=state,
            every=actor.is_organisation(rfq.buyer_id),
            asker=actor.organisation_id,
        )


async def get(db: Database, actor: Actor, question_id: UUID) -> Seen:
    """One question, for whoever sees it. Raises NotFound."""
    async with db.read(actor) as tx:
        question = await sql.get(tx, question_id)
        rfq = await rfqs.get(tx, question.rfq_id)
        await require_seen(tx, actor, rfq, question)
        return await seen(tx, rfq, question)


async def require_seen(tx: Tx, actor: Actor, rfq: Rfq, question: Question) -> None:
    """Raise NotFound, of the question and never of its RFQ, unless the actor sees it."""
    try:
        await access.require_visible(tx, actor, rfq)
    except NotFound:
        raise NotFound("question") from None
    rules.sides(question, rfq.buyer_id, actor)


async def seen(tx: Tx, rfq: Rfq, question: Question) -> Seen:
    """With what is shown beside it."""
    name = await sql.name_of(tx, question.supplier_id)
    return Seen(question=question, supplier_name=name, buyer_id=rfq.buyer_id)
