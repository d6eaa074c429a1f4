"""What can be done to an RFQ. One command, one transaction: lock, decide, write, record."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from msgspec.structs import replace

from domain.actors import CLOCK, Actor, Role
from domain.code_mappings.commands import canonical
from domain.database import Database, Tx
from domain.errors import NotFound, StaleVersion, VersionRequired
from domain.ids import new_id, show
from domain.ledger import record
from domain.ledger.model import EVERYBODY
from domain.ledger.record import record_deletion
from domain.lifecycle import DELETED_DRAFT, RFQ, Expected, advance, require_version, step
from domain.participations import sql as participations
from domain.rfqs import access, rules, sql
from domain.rfqs.digest import line_digest
from domain.rfqs.model import Document, Draft, Line, LineDraft, Rfq
from domain.sealing import Sealer

ZERO = Decimal(0)


async def create(db: Database, actor: Actor, draft: Draft) -> Rfq:
    """Start a draft."""
    async with db.transaction(actor) as tx:
        draft = replace(draft, lines=await canonical(tx, actor, draft.lines))
        return await write_draft(tx, actor, draft, None, ())


async def write_draft(
    tx: Tx, actor: Actor, draft: Draft, reissue_of: UUID | None, documents: Sequence[Document]
) -> Rfq:
    """The row, the files and the event of a new draft."""
    arrow = rules.decide_create(actor, draft)
    if actor.organisation_id is None:
        raise NotFound("organisation")
    now = await tx.now()
    rfq = Rfq(
        id=new_id(),
        buyer_id=actor.organisation_id,
        state="draft",
        version=1,
        revision=0,
        round=1,
        external_reference=draft.external_reference,
        title=draft.title,
        visibility=draft.visibility,
        terms=draft.terms,
        nda_required=draft.nda_required,
        opening_quorum=draft.opening_quorum,
        envelopes=draft.envelopes,
        questions_close_at=draft.questions_close_at,
        quotes_close_at=draft.quotes_close_at,
        published_at=None,
        closed_at=None,
        opening_approved_by=None,
        technical_opened_at=None,
        opened_at=None,
        scores_closed_at=None,
        ended_at=None,
        end_reason=None,
        reissue_of=reissue_of,
        reissued_as=None,
        created_at=now,
        updated_at=now,
        lines=lines_of(draft.lines, draft, ()),
        documents=tuple(documents),
    )
    if documents:
        rfq = with_digests(rfq)
    await sql.insert(tx, rfq)
    for document in documents:
        await sql.insert_document(tx, rfq.id, document)
    data = {"external_reference": rfq.external_reference}
    if reissue_of is not None:
        data["reissue_of"] = show("rfq", reissue_of)
    await record(
        tx,
        arrow,
        actor,
        before=None,
        after=rfq,
        at=now,
        audience=[rfq.buyer_id],
        data=data,
        writes=[sql.adding_lines(rfq)],
    )
    return rfq


async def update(db: Database, actor: Actor, rfq_id: UUID, draft: Draft, *, expected: Expected) -> Rfq:
    """Rewrite a draft."""
    async with db.transaction(actor) as tx:
        return await _update(tx, actor, rfq_id, draft, expected)


async def _update(tx: Tx, actor: Actor, rfq_id: UUID, draft: Draft, expected: Expected) -> Rfq:
    before = await access.lock(tx, actor, rfq_id)
    require_version(before.version, expected)
    draft = replace(draft, lines=await canonical(tx, actor, draft.lines, before.draft.lines))
    return await rewrite(tx, actor, before, draft)


async def rewrite(tx: Tx, actor: Actor, before: Rfq, draft: Draft) -> Rfq:
    """Write a draft anew that the transaction holds, in our codes. Raises what the rule refuses."""
    arrow = rules.decide_update(before, draft, actor)
    now = await tx.now()
    after = advance(
        before,
        arrow,
        now,
        external_reference=draft.external_reference,
        title=draft.title,
        visibility=draft.visibility,
        terms=draft.terms,
        nda_required=draft.nda_required,
        opening_quorum=draft.opening_quorum,
        envelopes=draft.envelopes,
        questions_close_at=draft.questions_close_at,
        quotes_close_at=draft.quotes_close_at,
        lines=lines_of(draft.lines, draft, before.lines),
    )
    if after.documents:
        after = with_digests(after)
    await sql.replace_lines(tx, after)
    await record(
        tx,
        arrow,
        actor,
        before=before,
        after=after,
        at=now,
        audience=[before.buyer_id],
        writes=[sql.saving(before, after)],
    )
    return after


async def put_by_reference(
    db: Database, actor: Actor, reference: str, draft: Draft, *, expected: Expected
) -> tuple[Rfq, bool]:
    """Create the buyer's RFQ with this external reference, or rewrite its draft; (RFQ, whether it is new)."""
    draft = replace(draft, external_reference=reference)
    async with db.transaction(actor) as tx:
        actor.need_role(Role.BUYER)
        draft = replace(draft, lines=await canonical(tx, actor, draft.lines))
        known = await sql.find_by_reference(tx, actor.organisation_id or UUID(int=0), reference)
        if known is None:
            if expected is not None:
                raise StaleVersion  # the version that was read is gone
            return await write_draft(tx, actor, draft, None, ()), True
        present = await sql.get(tx, known)
        if present.draft == draft:
            return present, False  # the same document again
        if expected is None:
            raise VersionRequired
        return await _update(tx, actor, known, draft, expected), False


async def delete(db: Database, actor: Actor, rfq_id: UUID, *, expected: Expected) -> None:
    """Throw a draft away. Its events stay."""
    async with db.transaction(actor) as tx:
        rfq = await access.lock(tx, actor, rfq_id)
        require_version(rfq.version, expected)
        rules.decide_delete(rfq, actor)
        now = await tx.now()
        await sql.delete(tx, rfq)
        if rfq.reissue_of is not None:
            await _drop_reissue(tx, actor, rfq.reissue_of, now)
        await record_deletion(tx, DELETED_DRAFT, "rfq", actor, before=rfq, at=now, audience=[rfq.buyer_id])


async def _drop_reissue(tx: Tx, actor: Actor, rfq_id: UUID, now: datetime) -> None:
    """The draft that issued this RFQ again is thrown away: it may be issued again once more."""
    old = await sql.lock(tx, rfq_id)
    arrow = step(RFQ["drop_reissue"], old.state, rules.sides(old, actor))
    after = advance(old, arrow, now, reissued_as=None)
    await sql.save(tx, old, after)
    await record(tx, arrow, actor, before=old, after=after, at=now, audience=[old.buyer_id])


async def publish(db: Database, actor: Actor, sealer: Sealer, rfq_id: UUID, *, expected: Expected) -> Rfq:
    """Make it known, under a key pair of its own: to everybody when it is open, to the invited ones otherwise."""
    key = sealer.new_rfq_key()
    async with db.transaction(actor) as tx:
        before = await access.lock(tx, actor, rfq_id)
        require_version(before.version, expected)
        return await write_publication(tx, actor, before, key, await tx.now())


async def write_publication(tx: Tx, actor: Actor, before: Rfq, key: tuple[str, str], now: datetime) -> Rfq:
    """Publish a draft that the transaction holds; `key` is of `Sealer.new_rfq_key`. Raises what the rule refuses."""
    arrow = rules.decide_publish(before, actor, now=now)
    after = advance(before, arrow, now, published_at=now, revision=1)
    await record(
        tx,
        arrow,
        actor,
        before=before,
        after=after,
        at=now,
        audience=await audience(tx, after),
        data=_announcement(after),
        private_to=after.buyer_id,
        private_data={"baselines": baselines(after)},
        writes=[sql.saving(before, after), sql.adding_key(before.id, *key)],
    )
    return after


async def extend(db: Database, actor: Actor, rfq_id: UUID, closes: datetime, *, expected: Expected) -> Rfq:
    """Give suppliers more time."""
    async with db.transaction(actor) as tx:
        before = await access.lock(tx, actor, rfq_id)
        require_version(before.version, expected)
        now = await tx.now()
        arrow = rules.decide_extend(before, actor, closes, now=now)
        after = advance(before, arrow, now, quotes_close_at=closes)
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=await audience(tx, after),
            data={"quotes_close_at": closes},
            writes=[sql.saving(before, after)],
        )
    return after


async def due_to_close(db: Database, *, limit: int = 100) -> list[UUID]:
    """Open RFQs whose deadline has passed, for the clock."""
    async with db.read(CLOCK) as tx:
        return await sql.due_to_close(tx, limit)


async def audience(tx: Tx, rfq: Rfq) -> Sequence[UUID]:
    """Who is told of what happens to a published RFQ: its buyer, its participants, and all when it is open to all."""
    told = [rfq.buyer_id, *await participations.suppliers_of(tx, rfq.id)]
    return [*told, EVERYBODY] if rfq.visibility == "open" else told


def baselines(rfq: Rfq) -> list[dict[str, object]]:
    """What each imported line's unit is worth in rupiah and how much of it is bought, for the buyer's own reckoning."""
    return [
        {
            "line_no": line.line_no,
            "part_number": line.spec.part_number,
            "hs_code": line.spec.baseline.hs_code or "",
            "quantity": format(line.quantity, "f"),
            "unit": line.unit,
            "idr_unit_value": format(value, "f"),
            "annual_quantity": format(annual, "f"),
        }
        for line in rfq.lines
        if line.spec.baseline is not None
        for value, annual in [(line.spec.baseline.idr_unit_value, line.spec.baseline.annual_quantity)]
        if value is not None and annual is not None
    ]


def with_digests(rfq: Rfq) -> Rfq:
    """The RFQ with each line's digest computed anew from its spec, the terms and the documents."""
    return replace(
        rfq,
        lines=tuple(
            replace(
                line,
                digest=line_digest(line.draft, rfq.terms, rfq.documents),
            )
            for line in rfq.lines
        ),
    )


def lines_of(drafts: Sequence[LineDraft], draft: Draft, known: Sequence[Line]) -> tuple[Line, ...]:
    """Lines keep their ids by number while the RFQ is rewritten. Their digests are those without documents."""
    ids = {line.line_no: line.id for line in known}
    return tuple(
        Line(
            id=ids.get(line.line_no) or new_id(),
            line_no=line.line_no,
            quantity=line.quantity,
            unit=line.unit,
            awarded=ZERO,
            digest=line_digest(line, draft.terms, ()),
            spec=line.spec,
        )
        for line in sorted(drafts, key=lambda item: item.line_no)
    )


def _announcement(rfq: Rfq) -> dict[str, object]:
    return {
        "title": rfq.title,
        "intent": rfq.terms.intent,
        "visibility": rfq.visibility,
        "revision": rfq.revision,
        "quotes_close_at": rfq.quotes_close_at,
        "lines": [
            {
                "line_no": line.line_no,
                "part_number": line.spec.part_number,
                "quantity": format(line.quantity, "f"),
                "unit": line.unit,
            }
            for line in rfq.lines[:50]
        ],
    }
