"""Asking, answering, declining; and what becomes of open questions when the RFQ ends."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.database import Database, Tx
from domain.errors import Forbidden
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.participations import sql as participations
from domain.questions import queries, rules, sql
from domain.questions.model import Asked, Question, Seen
from domain.rfqs import sql as rfqs
from domain.rfqs.commands import audience
from domain.rfqs.model import Rfq


async def ask(db: Database, actor: Actor, rfq_id: UUID, asked: Asked) -> Seen:
    """Ask the buyer. The share lock on the RFQ is what the opening waits for: no question slips in behind its check."""
    async with db.transaction(actor) as tx:
        rfq = await rfqs.share(tx, rfq_id)
        if actor.organisation_id is None:
            raise Forbidden("Only an organisation takes part.")
        # Locked, so that two requests at once do not pass the limit together.
        own = await participations.lock(tx, rfq_id, actor.organisation_id)
        waiting = await sql.count_open(tx, rfq_id, actor.organisation_id)
        now = await tx.now()
        arrow = rules.decide_ask(rfq, own, asked, actor, waiting=waiting, now=now)
        question = Question(
            id=new_id(),
            rfq_id=rfq_id,
            supplier_id=actor.organisation_id,
            state=arrow.leads_to(""),
            version=1,
            line_no=asked.line_no,
            characteristic_no=asked.characteristic_no,
            question=asked.question,
            published_question=None,
            answer=None,
            addendum_revision=None,
            decline_reason=None,
            settled_at=None,
            created_at=now,
            updated_at=now,
        )
        await sql.insert(tx, question)
        await _record(tx, arrow, actor, rfq, None, question, now, [rfq.buyer_id, question.supplier_id])
        return await queries.seen(tx, rfq, question)


async def answer(
    db: Database,
    actor: Actor,
    question_id: UUID,
    text: str,
    *,
    published_question: str | None,
    addendum_revision: int | None,
    expected: Expected,
) -> Seen:
    """Answer to all who may see the RFQ. They read `published_question`, without it the asker's own words."""
    async with db.transaction(actor) as tx:
        rfq, before = await _lock(tx, actor, question_id)
        require_version(before.version, expected)
        arrow = rules.decide_answer(before, rfq, actor, addendum_revision=addendum_revision)
        now = await tx.now()
        after = advance(
            before,
            arrow,
            now,
            published_question=published_question or before.question,
            answer=text,
            addendum_revision=addendum_revision,
            settled_at=now,
        )
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, rfq, before, after, now, await audience(tx, rfq))
        return await queries.seen(tx, rfq, after)


async def decline(
    db: Database, actor: Actor, question_id: UUID, reason: str, *, published_question: str | None, expected: Expected
) -> Seen:
    """Do not answer, with a coded reason that all see."""
    async with db.transaction(actor) as tx:
        rfq, before = await _lock(tx, actor, question_id)
        require_version(before.version, expected)
        arrow = rules.decide_decline(before, rfq, actor, reason)
        now = await tx.now()
        after = advance(
            before,
            arrow,
            now,
            published_question=published_question or before.question,
            decline_reason=reason,
            settled_at=now,
        )
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, rfq, before, after, now, await audience(tx, rfq))
        return await queries.seen(tx, rfq, after)


async def end_open(tx: Tx, actor: Actor, rfq: Rfq, *, now: datetime, reason: str) -> None:
    """Decline what waits for an answer as the RFQ ends, in the transaction that holds its lock.

    Nobody has looked at the wording, so only the buyer and the asker learn of it.
    """
    for question_id in await sql.open_of_rfq(tx, rfq.id):
        before = await sql.lock(tx, question_id)
        arrow = rules.decide_end(before)
        after = advance(before, arrow, now, decline_reason=reason, settled_at=now)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, rfq, before, after, now, [rfq.buyer_id, before.supplier_id])


async def _lock(tx: Tx, actor: Actor, question_id: UUID) -> tuple[Rfq, Question]:
    """The RFQ shared, then the question locked. Raises NotFound to whoever does not see it."""
    rfq = await rfqs.share(tx, (await sql.get(tx, question_id)).rfq_id)
    question = await sql.lock(tx, question_id)
    await queries.require_seen(tx, actor, rfq, question)
    return rfq, question


async def _record(
    tx: Tx,
    arrow: Arrow,
    actor: Actor,
    rfq: Rfq,
    before: Question | None,
    after: Question,
    now: datetime,
    told: Sequence[UUID],
) -> None:
    """`data` names neither the asker nor a word of it: it goes to everybody in `told`."""
    data: dict[str, object] = {
        "rfq_id": show("rfq", rfq.id),
        "question_id": show("question", after.id),
        "line_no": after.line_no,
    }
    if after.decline_reason is not None:
        data["reason"] = after.decline_reason
    if after.addendum_revision is not None:
        data["addendum_revision"] = after.addendum_revision
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=told, data=data)
