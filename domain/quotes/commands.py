"""What can be done to a quote. One command, one transaction: lock, decide, write, record.

Everything a supplier does holds the RFQ's row FOR SHARE from before the clock is read until the commit. The closing,
the opening and the cancelling lock that row for writing, so they see all of what was accepted before them, and nothing
is accepted behind their back.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.actors import Actor, Role
from domain.addenda import sql as addenda
from domain.awards import sql as awards
from domain.counter_offers import outcome as counter_offers
from domain.database import Database, Tx
from domain.errors import DeadlinePassed, Duplicate, Fault, FileNotClean, Invalid, NotFound
from domain.files import sql as files
from domain.ids import new_id, read, show
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.participations import commands as joining
from domain.participations import rules as participation_rules
from domain.participations import sql as participations
from domain.quotes import content as contents
from domain.quotes import copying, envelope, outcome, queries, rules, sql
from domain.quotes.model import NotCopied, Quote, QuoteContent, Seen
from domain.quoting import sql as quoting
from domain.quoting.sql import Held
from domain.rfqs import rules as rfq_rules
from domain.rfqs import sql as rfqs
from domain.rfqs.model import Rfq
from domain.sealing import Sealer

SUBMITTED = ("submitted", "needs_reconfirmation")
"""States in which the buyer counts the quote among the sealed ones."""


class Copy(NamedTuple):
    """Start from a quote of the supplier's own; `change` gets what could be copied of it."""

    quote_id: UUID
    change: Callable[[QuoteContent], QuoteContent]


async def create(
    db: Database,
    actor: Actor,
    sealer: Sealer,
    rfq_id: UUID,
    content: QuoteContent,
    *,
    copy: Copy | None = None,
) -> Seen:
    """Start a quote; a supplier that has not answered yet joins the RFQ with it, where it may.

    With `copy`, what an earlier quote says is taken in place of `content`. Raises Duplicate naming the supplier's quote
    when it has one in this round.
    """
    async with db.transaction(actor) as tx:
        actor.need_role(Role.SUPPLIER)
        supplier_id = actor.organisation_id
        if supplier_id is None:
            raise NotFound("organisation")
        passed = await sql.passed_deadline(tx, rfq_id)
        if passed is not None:
            await _refuse_late(tx, actor, rfq_id, supplier_id, passed)
        rfq = await rfqs.share(tx, rfq_id)
        part = await participations.lock(tx, rfq_id, supplier_id)
        now = await tx.now()
        rfq_rules.may_read(rfq, actor, participates=part is not None)
        not_copied: tuple[NotCopied, ...] = ()
        if copy is not None:
            content, not_copied = await _copied(tx, sealer, copy, rfq, supplier_id)
        content = await _with_files(tx, actor, contents.with_digests(content, rfq))
        arrow = rules.decide_create(rfq, content, actor, now=now)
        participation_rules.require_in_round(rfq, part)
        if part is None or part.state != "interested":
            part = await joining.join_in(tx, actor, rfq, part)
        participation_rules.require_quoting(rfq, part)
        known = await sql.find(tx, rfq_id, supplier_id, rfq.round)
        if known is not None:
            raise Duplicate(f"Your quote on this RFQ is {show('quote', known)}: change it, and submit it again.")
        quote = Quote(
            id=new_id(),
            rfq_id=rfq_id,
            buyer_id=rfq.buyer_id,
            supplier_id=supplier_id,
            round=rfq.round,
            state="draft",
            version=1,
            submission=0,
            unsubmitted=True,
            submitted_at=None,
            commitment=None,
            currency=None,
            valid_until=None,
            technical_opened_at=None,
            opened_at=None,
            end_reason=None,
            end_note=None,
            created_at=now,
            updated_at=now,
        )
        # The buyer is not told: it knows of submitted quotes only, and only how many.
        await record(
            tx,
            arrow,
            actor,
            before=None,
            after=quote,
            at=now,
            audience=[supplier_id],
            data=identify(quote),
            writes=[sql.adding(quote, envelope.keep(sealer, supplier_id, content))],
        )
        return Seen(
            quote=quote,
            rfq=rfq,
            supplier_name=await sql.name_of(tx, supplier_id),
            content=content,
            not_copied=not_copied,
        )


async def _copied(
    tx: Tx, sealer: Sealer, copy: Copy, rfq: Rfq, supplier_id: UUID
) -> tuple[QuoteContent, tuple[NotCopied, ...]]:
    source = await sql.get(tx, copy.quote_id)
    copying.require_source(source, rfq, supplier_id)
    old = await rfqs.get(tx, source.rfq_id)
    if source.opened_at is None:
        content = envelope.reread(sealer, supplier_id, await sql.working(tx, source.id))
    else:
        content = await outcome.content_of(tx, source.id)
    content, missing = copying.copied(content, old, rfq)
    return copy.change(content), missing


async def _with_files(tx: Tx, actor: Actor, content: QuoteContent) -> QuoteContent:
    """`content` with what is stored of its files: the digests under the seal are ours, not what was sent."""
    made, faults = [], []
    for place, attachment in enumerate(content.attachments):
        try:
            file = await files.get(tx, read("file", attachment.file_id))
        except NotFound:
            file = None
        if file is None or not actor.is_organisation(file.organisation_id):
            faults.append(Fault(f"/attachments/{place}/file_id", "You have no such file. Upload it first."))
        elif file.state != "clean":
            raise FileNotClean(f"The file is {file.state}; only a clean one can be attached.")
        else:
            made.append(
                msgspec.structs.replace(
                    attachment, name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256
                )
            )
    if faults:
        raise Invalid("Only files of your own are attached.", faults=faults)
    return msgspec.structs.replace(content, attachments=tuple(made))


async def _refuse_late(tx: Tx, actor: Actor, rfq_id: UUID, supplier_id: UUID, passed: datetime) -> None:
    rfq = await rfqs.get(tx, rfq_id)
    part = await participations.find(tx, rfq_id, supplier_id)
    rfq_rules.may_read(rfq, actor, participates=part is not None)
    raise DeadlinePassed("Quoting", passed)


async def _hold(tx: Tx, actor: Actor, quote_id: UUID, expected: Expected) -> Held:
    held = await quoting.hold(tx, quote_id, actor.organisation_id)
    if isinstance(held, datetime):
        raise DeadlinePassed("Quoting", held)
    rules.require_supplier(held.quote, held.rfq, actor)
    require_version(held.quote.version, expected)
    return held


async def update(
    db: Database,
    actor: Actor,
    sealer: Sealer,
    quote_id: UUID,
    change: Callable[[QuoteContent], QuoteContent],
    *,
    expected: Expected,
) -> Seen:
    """Rewrite the working content: `change` gets the present one. What is submitted stays in force until `submit`."""
    async with db.transaction(actor) as tx:
        held = await _hold(tx, actor, quote_id, expected)
        rfq, before, now = held.rfq, held.quote, held.now
        present = envelope.reread(sealer, before.supplier_id, held.working)
        content = await _with_files(tx, actor, contents.with_digests(change(present), rfq))
        arrow = rules.decide_update(before, rfq, content, actor, now=now)
        after = advance(before, arrow, now, unsubmitted=True)
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=[before.supplier_id],
            data=identify(before),
            writes=[sql.saving(before, after, envelope.keep(sealer, before.supplier_id, content))],
        )
        return Seen(quote=after, rfq=rfq, supplier_name=held.supplier_name, content=content)


async def submit(db: Database, actor: Actor, sealer: Sealer, quote_id: UUID, *, expected: Expected) -> Seen:
    """Seal the working content as the next submission: the one that counts from now on."""
    async with db.transaction(actor) as tx:
        held = await _hold(tx, actor, quote_id, expected)
        content = envelope.reread(sealer, held.quote.supplier_id, held.working)
        arrow = rules.decide_submit(held.quote, held.rfq, content, actor, now=held.now)
        participation_rules.require_quoting(held.rfq, held.part)
        after = await _seal(tx, actor, sealer, held, arrow, content)
        return Seen(quote=after, rfq=held.rfq, supplier_name=held.supplier_name, content=content)


async def reconfirm(db: Database, actor: Actor, sealer: Sealer, quote_id: UUID, *, expected: Expected) -> Seen:
    """Submit the same answers once more, for the lines as an addendum left them.

    What was submitted counts, not what the supplier has been working on since: that stays as it is.
    """
    async with db.transaction(actor) as tx:
        held = await _hold(tx, actor, quote_id, expected)
        rfq, before = held.rfq, held.quote
        working = envelope.reread(sealer, before.supplier_id, held.working)
        known = await sql.counting_submissions(tx, [quote_id])
        present = envelope.submitted(sealer, before.supplier_id, known[quote_id]) if known else working
        content = contents.reconfirmed(present, rfq)
        arrow = rules.decide_reconfirm(before, rfq, content, actor, now=held.now)
        participation_rules.require_quoting(rfq, held.part)
        if not before.unsubmitted:
            working = content
        after = await _seal(tx, actor, sealer, held, arrow, content, working)
        return Seen(quote=after, rfq=rfq, supplier_name=held.supplier_name, content=working)


async def _seal(
    tx: Tx,
    actor: Actor,
    sealer: Sealer,
    held: Held,
    arrow: Arrow,
    content: QuoteContent,
    working: QuoteContent | None = None,
) -> Quote:
    """Make `content` the submission that counts; `working` is what the supplier goes on with, where it is another."""
    rfq, before, now = held.rfq, held.quote, held.now
    if held.public_key is None:
        raise NotFound("rfq")
    submission = envelope.seal(sealer, held.public_key, before, content, number=before.submission + 1, at=now)
    after = advance(
        before,
        arrow,
        now,
        submission=submission.number,
        unsubmitted=working is not None and working != content,
        submitted_at=now,
        commitment=submission.commitment,
        lines_to_reconfirm=(),
    )
    kept = None if working is None else envelope.keep(sealer, before.supplier_id, working)
    await record(
        tx,
        arrow,
        actor,
        before=before,
        after=after,
        at=now,
        audience=[before.supplier_id],
        # A better offer in place of a submitted one is no news to the buyer: the number stays what it was.
        masked=[] if before.state in SUBMITTED else [before.buyer_id],
        data={"rfq_id": show("rfq", rfq.id)},
        private_to=before.supplier_id,
        private_data=identify(before) | {"submission": submission.number, "commitment": submission.commitment},
        writes=[
            sql.saving(before, after, kept),
            quoting.adding_submission(submission),
            addenda.adding_priced(submission.quote_id, submission.number, contents.priced(content)),
        ],
    )
    return after


async def withdraw(db: Database, actor: Actor, sealer: Sealer, quote_id: UUID, *, expected: Expected) -> Seen:
    """Take a submitted quote back. It may be submitted again while quoting is open."""
    async with db.transaction(actor) as tx:
        held = await _hold(tx, actor, quote_id, expected)
        rfq, before, now = held.rfq, held.quote, held.now
        arrow = rules.decide_withdraw(before, rfq, actor, now=now)
        after = advance(before, arrow, now, unsubmitted=True, lines_to_reconfirm=())
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=[before.supplier_id],
            masked=[before.buyer_id],
            data={"rfq_id": show("rfq", rfq.id)},
            private_to=before.supplier_id,
            private_data=identify(before),
            writes=[sql.saving(before, after)],
        )
        content = envelope.reread(sealer, before.supplier_id, held.working)
        return Seen(quote=after, rfq=rfq, supplier_name=held.supplier_name, content=content)


async def disqualify(
    db: Database, actor: Actor, quote_id: UUID, *, reason: str, note: str | None, expected: Expected
) -> Seen:
    """Exclude an opened quote; its supplier is told why."""
    async with db.transaction(actor) as tx:
        rfq_id, _, _ = await sql.place(tx, quote_id)
        rfq = await rfqs.share(tx, rfq_id)
        before = await sql.lock(tx, quote_id)
        rules.sides(before, rfq, actor)
        require_version(before.version, expected)
        now = await tx.now()
        awarding = await awards.is_being_awarded(tx, quote_id, "proposed", "issued")
        arrow = rules.decide_disqualify(before, rfq, actor, reason, awarding=awarding)
        after = advance(before, arrow, now, end_reason=reason, end_note=note)
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=[before.supplier_id, before.buyer_id],
            data=identify(before) | {"reason": reason},
            writes=[sql.saving(before, after)],
        )
        await counter_offers.withdraw_rest(tx, actor, rfq.id, now=now, quote_id=quote_id)
        return await queries.seen_opened(tx, after, rfq)


def identify(quote: Quote) -> dict[str, object]:
    """What an event tells those who may know whose quote it is."""
    return {"rfq_id": show("rfq", quote.rfq_id), "quote_id": show("quote", quote.id)}
