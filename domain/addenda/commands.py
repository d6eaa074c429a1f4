"""Publishing an addendum: the RFQ, its history and the quotes that it bears on move in one transaction."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.addenda import rules, sql
from domain.addenda.difference import hidden
from domain.addenda.model import Addendum, Amendment, Difference
from domain.code_mappings.commands import canonical
from domain.database import Database, Tx
from domain.ids import show
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.organisations import sql as organisations
from domain.quotes import outcome
from domain.rfqs import access, documents
from domain.rfqs import sql as rfqs
from domain.rfqs.commands import audience, baselines, lines_of, with_digests
from domain.rfqs.model import Document, Draft, Rfq


async def publish(
    db: Database,
    actor: Actor,
    rfq_id: UUID,
    amendment: Amendment,
    change: Callable[[Rfq], Draft],
    *,
    expected: Expected,
) -> tuple[Rfq, Addendum]:
    """Change a published RFQ and tell everybody. `change` makes the new terms and deadlines from the present RFQ.

    Submitting a quote shares the row lock taken here: what was submitted before is moved when it prices a changed line,
    what comes after has to price the line as it is now.
    """
    async with db.transaction(actor) as tx:
        before = await access.lock(tx, actor, rfq_id)
        require_version(before.version, expected)
        now = await tx.now()
        arrow = rules.decide_publish(before, actor, now=now)
        lines = await canonical(tx, actor, amendment.set_lines, before.draft.lines)
        amendment = msgspec.structs.replace(amendment, set_lines=lines)
        draft = rules.amended(before, change(before), amendment)
        kept = rules.kept_documents(before, amendment)
        attached = [await _document(tx, actor, amendment, place, now) for place in range(len(amendment.attach))]
        listed = tuple(sorted((*kept, *attached), key=lambda document: document.id))
        after = _revised(before, arrow, draft, listed, now)
        after = msgspec.structs.replace(
            after, lines=rules.marked(before, after.lines, non_material=amendment.non_material)
        )
        found, material = rules.judge(before, after, amendment)
        hours = (await organisations.get(tx, before.buyer_id)).policy.minimum_quoting_hours
        closes = rules.closing(before, after, amendment, material=material, hours=hours, now=now)
        after = msgspec.structs.replace(after, quotes_close_at=closes)
        rules.check(after, amendment, now=now)
        addendum = _addendum(before, after, actor, amendment, found, material=material, at=now)
        await _write(tx, before, after, addendum, attached)
        await _tell(tx, actor, arrow, before, after, addendum)
        if material:
            await outcome.disturb(tx, actor, before, after, found.moved_lines, now=now)
    return after, addendum


async def _document(tx: Tx, actor: Actor, amendment: Amendment, place: int, now: datetime) -> Document:
    wanted = amendment.attach[place]
    return documents.document_of(
        await documents.own_clean_file(tx, actor, wanted.file_id),
        kind=wanted.kind,
        line_no=wanted.line_no,
        label=wanted.label,
        revision_label=wanted.revision_label,
        confidential=wanted.confidential,
        at=now,
    )


def _revised(before: Rfq, arrow: Arrow, draft: Draft, attached: tuple[Document, ...], now: datetime) -> Rfq:
    return with_digests(
        advance(
            before,
            arrow,
            now,
            revision=before.revision + 1,
            title=draft.title,
            terms=draft.terms,
            questions_close_at=draft.questions_close_at,
            quotes_close_at=draft.quotes_close_at,
            lines=lines_of(draft.lines, draft, before.lines),
            documents=attached,
        )
    )


def _addendum(
    before: Rfq,
    after: Rfq,
    actor: Actor,
    amendment: Amendment,
    found: Difference,
    *,
    material: bool,
    at: datetime,
) -> Addendum:
    if before.quotes_close_at is None or after.quotes_close_at is None:
        raise ValueError("an open RFQ has a deadline")
    return Addendum(
        rfq_id=after.id,
        revision=after.revision,
        published_at=at,
        published_by=actor.person or actor.name,
        summary=amendment.summary,
        material=material,
        difference=found,
        hidden=hidden(before, after),
        quotes_close_before=before.quotes_close_at,
        quotes_close_at=after.quotes_close_at,
        questions_close_before=before.questions_close_at,
        questions_close_at=after.questions_close_at,
    )


async def _write(tx: Tx, before: Rfq, after: Rfq, addendum: Addendum, attached: list[Document]) -> None:
    await rfqs.save(tx, before, after)
    present = {document.id for document in after.documents}
    for document in before.documents:
        if document.id not in present:
            await rfqs.delete_document(tx, after.id, document.id)
    for document in attached:
        await rfqs.insert_document(tx, after.id, document)
    await sql.save_lines(tx, before, after)
    await sql.insert(tx, addendum)


async def _tell(tx: Tx, actor: Actor, arrow: Arrow, before: Rfq, after: Rfq, addendum: Addendum) -> None:
    """To everybody who may read the RFQ: what the change is about, by numbers and ids."""
    found = addendum.difference
    await record(
        tx,
        arrow,
        actor,
        before=before,
        after=after,
        at=addendum.published_at,
        audience=await audience(tx, after),
        data={
            "revision": addendum.revision,
            "summary": addendum.summary,
            "material": addendum.material,
            "intent": after.terms.intent,
            "changed_terms": [change.member for change in found.terms],
            "changed_lines": [line.line_no for line in found.lines if line.change == "changed"],
            "added_lines": [line.line_no for line in found.lines if line.change == "added"],
            "removed_lines": [line.line_no for line in found.lines if line.change == "removed"],
            "documents": [
                {"document_id": show("document", item.document_id), "change": item.change} for item in found.documents
            ],
            "quotes_close_at": addendum.quotes_close_at,
            "questions_close_at": addendum.questions_close_at,
        },
        private_to=after.buyer_id,
        private_data={"baselines": baselines(after)},
    )
