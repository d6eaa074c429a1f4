"""Submitting, withdrawing and deciding first articles. Each takes the order's lock first: the gate is the order's."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.actors import Actor
from domain.database import Database, Tx
from domain.errors import NotFound
from domain.first_articles import rules, sql
from domain.first_articles.model import Content, Decision, Document, Draft, FirstArticle, Judgement
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.orders import commands as order_commands
from domain.orders import papers
from domain.orders import rules as order_rules
from domain.orders import sql as orders
from domain.orders.model import Order


async def submit(db: Database, actor: Actor, order_id: UUID, draft: Draft) -> FirstArticle:
    """The supplier submits measured samples of one line, with the documents that the plan asks for."""
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        spec = (await orders.specs(tx, order_id)).get(draft.line_no)
        known = {} if spec is None else {one.no: one for one in spec.characteristics}
        before = await sql.of_line(tx, order_id, draft.line_no)
        promises = await sql.promises(tx, order_id, draft.line_no)
        arrow = rules.decide_submit(order, draft, known, before, actor)
        now = await tx.now()
        named = [
            (f"/documents/{place}/file_id", document.file_id)
            for place, document in enumerate(draft.documents)
            if document.file_id is not None
        ]
        files = await papers.put_before(tx, actor, order_id, named)
        line = order.line(draft.line_no)
        if line is None:
            raise NotFound("line")
        article = FirstArticle(
            id=new_id(),
            order_id=order.id,
            line_no=draft.line_no,
            buyer_id=order.buyer_id,
            supplier_id=order.supplier_id,
            attempt=len(before) + 1,
            state=arrow.leads_to(""),
            version=1,
            content=Content(
                plan=line.detail.approval_plan,
                level=line.detail.approval_level,
                drawing_revision=line.detail.drawing_revision,
                lot=draft.lot,
                quantity=draft.quantity,
                results=tuple(
                    rules.judged(known.get(result.no), result, promises.get(result.no)) for result in draft.results
                ),
                documents=tuple(
                    Document(
                        element=document.element,
                        file_id=document.file_id,
                        name=None if document.file_id is None else files[document.file_id].name,
                        sha256=None if document.file_id is None else files[document.file_id].sha256,
                        not_applicable=document.not_applicable,
                    )
                    for document in draft.documents
                ),
                note=draft.note,
                submitted_by=actor.name,
                serials=draft.serials,
            ),
            decision=None,
            created_at=now,
            updated_at=now,
        )
        await sql.insert(tx, article)
        await _record(tx, arrow, actor, order, None, article, now)
    return article


async def withdraw(db: Database, actor: Actor, order_id: UUID, article_id: UUID, *, expected: Expected) -> FirstArticle:
    """The supplier takes an undecided submission back."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, article_id)
        require_version(before.version, expected)
        arrow = rules.decide_withdraw(before, actor)
        now = await tx.now()
        after = advance(before, arrow, now)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, order, before, after, now)
    return after


async def decide(
    db: Database, actor: Actor, order_id: UUID, article_id: UUID, judgement: Judgement, *, expected: Expected
) -> FirstArticle:
    """The buyer approves, approves with deviation or rejects; the line's gate follows in the same transaction."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, article_id)
        require_version(before.version, expected)
        line = order.line(before.line_no)
        if line is None:
            raise NotFound("line")
        now = await tx.now()
        decision = Decision(
            outcome=judgement.outcome,
            note=judgement.note,
            characteristics=judgement.characteristics,
            quantity=judgement.quantity,
            until=None if judgement.until is None else judgement.until.astimezone(UTC),
            findings=judgement.findings,
            decided_by=actor.name,
            decided_at=now,
        )
        arrow = rules.decide(before, line, decision, actor, now=now)
        after = advance(before, arrow, now, decision=decision)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, order, before, after, now)
        because = {"first_article_id": show("first_article", after.id)}
        await order_commands.judge(tx, actor, order, rules.gated(line, decision), now, because=because)
    return after


async def _locked(tx: Tx, actor: Actor, order_id: UUID, article_id: UUID) -> tuple[Order, FirstArticle]:
    order = await orders.lock(tx, order_id)
    order_rules.sides(order, actor)
    return order, await sql.get(tx, order_id, article_id)


async def _record(
    tx: Tx, arrow: Arrow, actor: Actor, order: Order, before: FirstArticle | None, after: FirstArticle, now: datetime
) -> None:
    """To the two parties: which characteristics fail, never what was measured."""
    data: dict[str, Any] = {
        "order_id": show("order", order.id),
        "rfq_id": show("rfq", order.rfq_id),
        "line_no": after.line_no,
        "attempt": after.attempt,
        "plan": after.content.plan,
        "failing": list(after.content.failing),
    }
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=order.parties, data=data)
