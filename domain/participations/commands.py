"""Inviting, joining, accepting the agreement, declining; and noting who looked at what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.database import Database, Tx
from domain.errors import Fault, Forbidden, Invalid, LimitReached
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import PARTICIPATION, Arrow, Expected, advance, require_version
from domain.participations import rules, sql
from domain.participations.model import Participation
from domain.rfqs import access
from domain.rfqs import sql as rfqs
from domain.rfqs.model import Rfq


async def invite(db: Database, actor: Actor, rfq_id: UUID, supplier_ids: Sequence[UUID]) -> Rfq:
    """Invite verified suppliers; who takes part already stays as it is. Raises Invalid naming each that cannot be."""
    async with db.transaction(actor) as tx:
        rfq = await access.lock(tx, actor, rfq_id)
        await invite_in(tx, actor, rfq, supplier_ids)
    return rfq


async def invite_in(tx: Tx, actor: Actor, rfq: Rfq, supplier_ids: Sequence[UUID]) -> None:
    """The same in the transaction of the caller, which holds the RFQ's lock."""
    now = await tx.now()
    arrow = rules.decide_invite(rfq, actor, now=now)
    wanted = list(dict.fromkeys(supplier_ids))
    known = await sql.verified_suppliers(tx, wanted)
    faults = [
        Fault(f"/supplier_ids/{place}", wrong)
        for place, supplier_id in enumerate(supplier_ids)
        if (wrong := rules.invitation_fault(rfq, supplier_id, known))
    ]
    if faults:
        raise Invalid("Some of these cannot be invited; none was.", faults=faults)
    present = set(await sql.suppliers_of(tx, rfq.id))
    if len(present | set(wanted)) > rules.MAX_PARTICIPANTS:
        raise LimitReached(f"An RFQ has {rules.MAX_PARTICIPANTS} participants at most.")
    new = [_new(rfq.id, supplier_id, "invited", now) for supplier_id in wanted if supplier_id not in present]
    await sql.insert(tx, new)
    for participation in new:
        # A supplier hears of a draft only once it is published, by that event.
        told = [rfq.buyer_id] if rfq.state == "draft" else [rfq.buyer_id, participation.supplier_id]
        await _record(tx, arrow, actor, rfq, None, participation, now, told)


async def join(db: Database, actor: Actor, rfq_id: UUID, *, expected: Expected) -> tuple[Rfq, Participation]:
    """Show interest."""
    async with db.transaction(actor) as tx:
        rfq = await rfqs.share(tx, rfq_id)
        before = await _own(tx, actor, rfq)
        now = await tx.now()
        arrow = rules.decide_join(rfq, before, actor, now=now)
        if before is None:
            after = _new(rfq_id, _organisation(actor), "interested", now)
            await sql.insert(tx, [after])
        else:
            require_version(before.version, expected)
            after = advance(before, arrow, now, decline_reason=None, decline_note=None)
            await sql.save(tx, before, after)
        await _record(tx, arrow, actor, rfq, before, after, now)
    return rfq, after


async def join_in(tx: Tx, actor: Actor, rfq: Rfq, participation: Participation | None) -> Participation | None:
    """Interest shown by starting a quote, in that transaction.

    An open RFQ is joined; an invitation becomes interest; who declined, or was not invited, stays as it is.
    """
    now = await tx.now()
    if participation is None:
        if rfq.visibility != "open":
            return None
        arrow = rules.decide_join(rfq, None, actor, now=now)
        new = _new(rfq.id, _organisation(actor), "interested", now)
        await sql.insert(tx, [new])
        await _record(tx, arrow, actor, rfq, None, new, now)
        return new
    if participation.state not in {"invited", "viewed"}:
        return participation
    after = advance(participation, PARTICIPATION["join"], now)
    await sql.save(tx, participation, after)
    await _record(tx, PARTICIPATION["join"], actor, rfq, participation, after, now)
    return after


async def accept_nda(
    db: Database, actor: Actor, rfq_id: UUID, nda_version: int, *, expected: Expected
) -> tuple[Rfq, Participation]:
    """Accept the RFQ's agreement: who, when and which version is kept."""
    async with db.transaction(actor) as tx:
        rfq = await rfqs.share(tx, rfq_id)
        arrow, before = rules.decide_accept_nda(rfq, await _own(tx, actor, rfq), actor, nda_version)
        require_version(before.version, expected)
        now = await tx.now()
        after = advance(
            before,
            arrow,
            now,
            nda_accepted_at=now,
            nda_accepted_by=actor.person or actor.name,
            nda_version=nda_version,
        )
        await sql.save(tx, before, after)
        # The row keeps the last acceptance; the events keep each.
        await _record(tx, arrow, actor, rfq, before, after, now, extra={"nda_version": nda_version})
    return rfq, after


async def decline(
    db: Database, actor: Actor, rfq_id: UUID, reason: str, note: str | None, *, expected: Expected
) -> tuple[Rfq, Participation]:
    """Say that there will be no quote, and why."""
    async with db.transaction(actor) as tx:
        rfq = await rfqs.share(tx, rfq_id)
        own = await _own(tx, actor, rfq)
        now = await tx.now()
        arrow, before = rules.decide_decline(rfq, own, actor, reason, now=now)
        require_version(before.version, expected)
        after = advance(before, arrow, now, decline_reason=reason, decline_note=note)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, rfq, before, after, now, extra={"reason": reason})
    return rfq, after


async def mark_viewed(db: Database, actor: Actor, rfq_id: UUID) -> Participation | None:
    """The first look of an invited supplier; its participation afterwards."""
    async with db.transaction(actor) as tx:
        rfq = await rfqs.get(tx, rfq_id)
        before = await _own(tx, actor, rfq)
        if before is None or before.state != "invited":
            return before
        now = await tx.now()
        after = advance(before, PARTICIPATION["view"], now)
        await sql.save(tx, before, after)
        await _record(tx, PARTICIPATION["view"], actor, rfq, before, after, now)
    return after


async def note_reading(db: Database, actor: Actor, rfq_id: UUID, document_id: UUID, *, continued: bool) -> None:
    """A supplier reads a confidential document; the buyer is told.

    `continued` says that these are not the first bytes: then nothing is recorded when a reading within the last hour is.
    """
    async with db.transaction(actor) as tx:
        rfq = await rfqs.get(tx, rfq_id)
        before = await _own(tx, actor, rfq)
        if before is None or before.state not in PARTICIPATION["read_document"].source:
            return
        now = await tx.now()
        document = show("document", document_id)
        if continued and await sql.was_read(tx, before.id, document, now - rules.ONE_READING):
            return
        after = advance(before, PARTICIPATION["read_document"], now)
        await sql.save(tx, before, after)
        extra = {"document_id": document}
        await _record(tx, PARTICIPATION["read_document"], actor, rfq, before, after, now, extra=extra)


async def _own(tx: Tx, actor: Actor, rfq: Rfq) -> Participation | None:
    return None if actor.organisation_id is None else await sql.lock(tx, rfq.id, actor.organisation_id)


def _organisation(actor: Actor) -> UUID:
    if actor.organisation_id is None:
        raise Forbidden("Only an organisation takes part.")
    return actor.organisation_id


def _new(rfq_id: UUID, supplier_id: UUID, state: str, now: datetime) -> Participation:
    return Participation(
        id=new_id(),
        rfq_id=rfq_id,
        supplier_id=supplier_id,
        state=state,
        version=1,
        nda_accepted_at=None,
        nda_accepted_by=None,
        nda_version=None,
        decline_reason=None,
        decline_note=None,
        created_at=now,
        updated_at=now,
    )


async def _record(
    tx: Tx,
    arrow: Arrow,
    actor: Actor,
    rfq: Rfq,
    before: Participation | None,
    after: Participation,
    now: datetime,
    told: Sequence[UUID] | None = None,
    extra: Mapping[str, object] | None = None,
) -> None:
    data = {
        "rfq_id": show("rfq", rfq.id),
        "supplier_id": show("organisation", after.supplier_id),
        **(extra or {}),
    }
    audience = [rfq.buyer_id, after.supplier_id] if told is None else told
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=audience, data=data)
