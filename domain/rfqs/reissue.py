"""Issuing an RFQ again: a new draft with the old one's content, its files, and whom it was sent to.

An RFQ is issued again once at most, so that a chain has one newest end: who wants another draft takes that one.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.database import Database, Tx
from domain.errors import Invalid
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import Expected, advance, require_version
from domain.participations import commands as participations
from domain.participations import sql as participants
from domain.quantity import plain
from domain.rfqs import access, rules, sql
from domain.rfqs.commands import write_draft
from domain.rfqs.model import Delivery, Document, Draft, LineDraft, Rfq

ZERO = Decimal(0)


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """How the new draft differs from the old RFQ."""

    external_reference: str | None = None
    invite_previous: bool = False
    """Invite everybody who took part and is a verified supplier still, who declined included: that was another request."""
    copy_documents: bool = True
    remaining_only: bool = False
    """Ask for what was not awarded; lines that were awarded whole are left out."""


async def reissue(db: Database, actor: Actor, rfq_id: UUID, wishes: Wishes, *, expected: Expected) -> Rfq:
    """A new draft of an RFQ that has ended; its deadline is to be set anew. Both name each other."""
    async with db.transaction(actor) as tx:
        old = await access.lock(tx, actor, rfq_id)
        require_version(old.version, expected)
        arrow = rules.decide_reissue(old, actor)
        lines = remaining(old) if wishes.remaining_only else old.draft.lines
        if not lines:
            raise Invalid("Everything was awarded: nothing remains to be asked for again.")
        draft = msgspec.structs.replace(
            old.draft,
            external_reference=wishes.external_reference,
            questions_close_at=None,
            quotes_close_at=None,
            lines=lines,
        )
        now = await tx.now()
        documents = _copies(old, draft, now) if wishes.copy_documents else ()
        new = await write_draft(tx, actor, draft, old.id, documents)
        after = advance(old, arrow, now, reissued_as=new.id)
        await sql.save(tx, old, after)
        data = {"reissued_as": show("rfq", new.id)}
        await record(tx, arrow, actor, before=old, after=after, at=now, audience=[old.buyer_id], data=data)
        if wishes.invite_previous:
            await _invite(tx, actor, new, await participants.suppliers_of(tx, old.id))
    return new


async def _invite(tx: Tx, actor: Actor, new: Rfq, suppliers: Sequence[UUID]) -> None:
    verified = await participants.verified_suppliers(tx, list(suppliers))
    wanted = [supplier for supplier in suppliers if supplier in verified]
    if wanted:
        await participations.invite_in(tx, actor, new, wanted)


def remaining(old: Rfq) -> tuple[LineDraft, ...]:
    """The lines with what was not awarded. Awarded pieces are taken off the earliest deliveries first."""
    found = []
    for line in old.lines:
        left = line.quantity - line.awarded
        if left > ZERO:
            schedule = _later(line.spec.schedule, line.awarded)
            spec = msgspec.structs.replace(line.spec, schedule=schedule)
            found.append(msgspec.structs.replace(line.draft, quantity=plain(left), spec=spec))
    return tuple(found)


def _later(schedule: Sequence[Delivery], covered: Decimal) -> tuple[Delivery, ...]:
    left = []
    for delivery in sorted(schedule, key=lambda item: item.due_on):
        taken = min(covered, delivery.quantity)
        covered -= taken
        if delivery.quantity > taken:
            left.append(msgspec.structs.replace(delivery, quantity=plain(delivery.quantity - taken)))
    return tuple(left)


def _copies(old: Rfq, draft: Draft, now: datetime) -> tuple[Document, ...]:
    """The same files attached to the new draft, as far as their lines are in it."""
    numbers = {line.line_no for line in draft.lines} | {None}
    return tuple(
        msgspec.structs.replace(document, id=new_id(), attached_at=now)
        for document in old.documents
        if document.line_no in numbers
    )
