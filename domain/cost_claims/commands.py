"""What can be done about cost claims. Each command locks the order first; no amount enters an event."""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain import money
from domain.actors import Actor
from domain.cost_claims import rules, sql
from domain.cost_claims.model import Answer, CostClaim, Draft, Paper
from domain.database import Database, Tx
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.nonconformances import sql as nonconformances
from domain.nonconformances.model import Nonconformance
from domain.orders import papers
from domain.orders import rules as order_rules
from domain.orders import sql as orders
from domain.orders.model import Order


async def raise_claim(db: Database, actor: Actor, order_id: UUID, nonconformance_id: UUID, draft: Draft) -> CostClaim:
    """The buyer claims what a nonconformance cost it, and shows the supplier the files that prove it."""
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        about = await nonconformances.get(tx, order_id, nonconformance_id)
        arrow = rules.decide_raise(order, about, draft, await sql.count_of(tx, about.id), actor)
        now = await tx.now()
        named = [(f"/files/{place}", file_id) for place, file_id in enumerate(draft.files)]
        files = await papers.put_before(tx, actor, order_id, named)
        claim = CostClaim(
            id=new_id(),
            order_id=order.id,
            nonconformance_id=about.id,
            buyer_id=order.buyer_id,
            supplier_id=order.supplier_id,
            state=arrow.leads_to(""),
            version=1,
            category=draft.category,
            currency=order.currency,
            amount=money.total(draft.amount, order.currency),
            agreed_amount=None,
            note=draft.note,
            answer=None,
            settlement=None,
            files=tuple(
                Paper(file_id=file_id, name=files[file_id].name, sha256=files[file_id].sha256)
                for file_id in draft.files
            ),
            created_at=now,
            updated_at=now,
        )
        await sql.insert(tx, claim)
        await _record(tx, arrow, actor, order, about, None, claim, now)
    return claim


async def answer(
    db: Database, actor: Actor, order_id: UUID, claim_id: UUID, said: Answer, *, expected: Expected
) -> CostClaim:
    """The supplier agrees to an amount, or contests."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, claim_id, expected)
        arrow = rules.decide_answer(before, said, actor)
        agreed = None if said.amount is None else money.total(said.amount, before.currency)
        return await _step(tx, actor, order, before, arrow, agreed_amount=agreed, answer=said.note)


async def withdraw(db: Database, actor: Actor, order_id: UUID, claim_id: UUID, *, expected: Expected) -> CostClaim:
    """The buyer takes a claim back that is not agreed."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, claim_id, expected)
        return await _step(tx, actor, order, before, rules.decide_withdraw(before, actor))


async def settle(
    db: Database, actor: Actor, order_id: UUID, claim_id: UUID, settlement: str, *, expected: Expected
) -> CostClaim:
    """The buyer has what was agreed; `settlement` is the reference of the credit note or payment."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, claim_id, expected)
        arrow = rules.decide_settle(before, actor)
        return await _step(tx, actor, order, before, arrow, settlement=settlement)


async def _locked(tx: Tx, actor: Actor, order_id: UUID, claim_id: UUID, expected: Expected) -> tuple[Order, CostClaim]:
    order = await orders.lock(tx, order_id)
    order_rules.sides(order, actor)
    before = await sql.get(tx, order_id, claim_id)
    require_version(before.version, expected)
    return order, before


async def _step(tx: Tx, actor: Actor, order: Order, before: CostClaim, arrow: Arrow, **changes: Any) -> CostClaim:
    now = await tx.now()
    after = advance(before, arrow, now, **changes)
    await sql.save(tx, before, after)
    about = await nonconformances.get(tx, order.id, before.nonconformance_id)
    await _record(tx, arrow, actor, order, about, before, after, now)
    return after


async def _record(
    tx: Tx,
    arrow: Arrow,
    actor: Actor,
    order: Order,
    about: Nonconformance,
    before: CostClaim | None,
    after: CostClaim,
    now: datetime,
) -> None:
    data: dict[str, Any] = {
        "order_id": show("order", order.id),
        "rfq_id": show("rfq", order.rfq_id),
        "nonconformance_id": show("nonconformance", about.id),
        "line_no": about.line_no,
        "lot": about.lot,
        "category": after.category,
    }
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=order.parties, data=data)
