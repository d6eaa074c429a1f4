"""The right of reply: what can be said of a mark."""

from datetime import UTC, datetime
from uuid import UUID

from domain import ids
from domain.actors import Actor
from domain.database import Database, Tx
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.scorecards import marks, queries, sql
from domain.scorecards.marks import Decision, Outcome
from domain.scorecards.model import Mark, MarkReply


async def reply(
    db: Database, actor: Actor, organisation_id: UUID, mark_id: UUID, outcome: Outcome, text: str | None
) -> Mark:
    """The scored organisation accepts a mark, which then counts at once, or contests it, which then waits for the other side."""
    async with db.transaction(actor) as tx:
        now = await tx.now()
        mark = await queries.mark_of(tx, actor, organisation_id, mark_id, as_of=now)
        arrow = marks.decide_reply(mark, actor, outcome, text, now=now)
        fact = mark.fact
        said = MarkReply(
            id=mark.id,
            organisation_id=organisation_id,
            counterparty_id=ids.read("organisation", fact.counterparty),
            side=mark.side,
            kind=fact.mark or "late",
            subject=fact.subject,
            line_no=fact.line_no,
            lot=fact.lot,
            fact_at=fact.at.astimezone(UTC),
            state=arrow.leads_to(""),
            version=1,
            text=text,
            replied_by=actor.name,
            answer=None,
            decided_by=None,
            decided_at=None,
            created_at=now,
            updated_at=now,
        )
        await sql.insert(tx, said)
        await _record(tx, arrow, actor, None, said, now)
        return marks.restated(mark, said, now)


async def decide(
    db: Database,
    actor: Actor,
    organisation_id: UUID,
    mark_id: UUID,
    decision: Decision,
    answer: str | None,
    *,
    expected: Expected,
) -> Mark:
    """The other side upholds a contested mark, or takes it back: then it never counts."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, mark_id)
        marks.sides(before, actor)
        require_version(before.version, expected)
        now = await tx.now()
        arrow = marks.decide_decision(before, actor, decision, now=now)
        mark = await queries.mark_of(tx, actor, organisation_id, mark_id, as_of=now)
        after = advance(before, arrow, now, answer=answer, decided_by=actor.name, decided_at=now)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, before, after, now)
        return marks.restated(mark, after, now)


async def _record(
    tx: Tx, arrow: Arrow, actor: Actor, before: MarkReply | None, after: MarkReply, now: datetime
) -> None:
    """To the two parties. What they wrote is in the reply, never in its events."""
    data = {
        "organisation_id": ids.show("organisation", after.organisation_id),
        "side": after.side,
        "kind": after.kind,
        "subject": after.subject,
        "line_no": after.line_no,
        "lot": after.lot,
    }
    audience = (after.organisation_id, after.counterparty_id)
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=audience, data=data)
