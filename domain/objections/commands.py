"""Filing and deciding objections. Both take the RFQ's lock, as accepting an award does: one of them comes first."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.actors import Actor
from domain.awards import commands as award_commands
from domain.awards import sql as awards
from domain.database import Database, Tx
from domain.errors import NotFound
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.objections import rules, sql
from domain.objections.model import MAX_OF_SUPPLIER, Objection, Outcome
from domain.quotes import sql as quotes
from domain.rfqs import access
from domain.rfqs import sql as rfqs


async def file(db: Database, actor: Actor, rfq_id: UUID, text: str) -> Objection:
    """A losing supplier objects: no award of the RFQ is accepted, or lapses, until the buyer has decided."""
    async with db.transaction(actor) as tx:
        rfq = await access.lock(tx, actor, rfq_id)
        if actor.organisation_id is None:
            raise NotFound("rfq")
        quote_id = await quotes.find(tx, rfq_id, actor.organisation_id, rfq.round)
        quote = None if quote_id is None else await quotes.get(tx, quote_id)
        async with tx.as_system():  # awards of others: whether there is one to object to
            issued = await awards.lock_of_rfq(tx, rfq_id, ["issued"])
        present = await sql.of_rfq(tx, rfq_id, supplier_id=actor.organisation_id, after=None, limit=MAX_OF_SUPPLIER + 1)
        now = await tx.now()
        arrow = rules.decide_file(rfq, quote, issued, present, actor, now=now)
        if quote is None:
            raise NotFound("quote")
        objection = Objection(
            id=new_id(),
            rfq_id=rfq.id,
            quote_id=quote.id,
            buyer_id=rfq.buyer_id,
            supplier_id=actor.organisation_id,
            state=arrow.leads_to(""),
            version=1,
            text=text,
            filed_by=actor.identity,
            answer=None,
            decided_by=None,
            decided_at=None,
            created_at=now,
            updated_at=now,
        )
        await sql.insert(tx, objection)
        await _record(tx, arrow, actor, None, objection, now)
    return objection


async def decide(
    db: Database, actor: Actor, objection_id: UUID, outcome: Outcome, answer: str, *, expected: Expected
) -> Objection:
    """The buyer answers. Upheld, every issued award of the RFQ is cancelled with it; dismissed, they can be accepted.

    An award that waited past the end of its time gets its whole time to accept again.
    """
    async with db.transaction(actor) as tx:
        unlocked = await sql.get(tx, objection_id)
        rules.sides(unlocked, actor)
        rfq = await rfqs.lock(tx, unlocked.rfq_id)
        before = await sql.lock(tx, objection_id)
        require_version(before.version, expected)
        arrow = rules.decide(before, outcome, actor)
        now = await tx.now()
        after = advance(before, arrow, now, answer=answer, decided_by=actor.identity, decided_at=now)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, before, after, now)
        if outcome == "upheld":
            await award_commands.set_aside(tx, actor, rfq, now)
        elif not await awards.is_objected(tx, rfq.id):
            await award_commands.extend_after_objection(tx, actor, rfq, now)
    return after


async def _record(
    tx: Tx, arrow: Arrow, actor: Actor, before: Objection | None, after: Objection, now: datetime
) -> None:
    """To the two parties. What they wrote is in the objection, never in its events."""
    data: dict[str, Any] = {
        "rfq_id": show("rfq", after.rfq_id),
        "quote_id": show("quote", after.quote_id),
        "supplier_id": show("organisation", after.supplier_id),
    }
    audience = [after.buyer_id, after.supplier_id]
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=audience, data=data)
