"""Reads about invoices, for the two parties of their order."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.invoices import matching, rules, sql
from domain.invoices.model import Billing, Invoice, Match
from domain.orders import queries as orders
from domain.organisations import sql as organisations


async def get(db: Database, actor: Actor, order_id: UUID, invoice_id: UUID) -> Invoice:
    """One invoice with its payments. Raises NotFound."""
    async with db.read(actor) as tx:
        invoice = await sql.get(tx, order_id, invoice_id)
    rules.sides(invoice, actor)
    return invoice


async def match(db: Database, actor: Actor, order_id: UUID, invoice_id: UUID) -> Match:
    """An invoice beside its order, by the quantities and the buyer's tolerances of now. Raises NotFound."""
    order = await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        invoice = await sql.get(tx, order_id, invoice_id)
        others = await sql.of_order(tx, order_id)
        policy = (await organisations.get(tx, order.buyer_id)).policy
    found = matching.differences(order, invoice, others, policy) if invoice.state in {"submitted", "disputed"} else ()
    return Match(invoice=invoice, order=order, policy=policy, differences=found)


async def billing(db: Database, actor: Actor, order_id: UUID) -> Billing:
    """What of each line of an order was accepted, billed, and is left. Raises NotFound."""
    order = await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        invoices = await sql.of_order(tx, order_id)
    return Billing(order=order, lines=matching.bills(order, invoices), invoices=tuple(invoices))


async def list_of(
    db: Database,
    actor: Actor,
    order_id: UUID,
    *,
    after: UUID | None,
    limit: int,
    state: str | None,
    overdue: bool | None,
) -> list[Invoice]:
    """Invoices of an order, oldest first, up to `limit`. Raises NotFound for an order that is not the actor's."""
    await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return await sql.list_of(tx, order_id, after=after, limit=limit, state=state, overdue=overdue)


async def list_own(
    db: Database, actor: Actor, *, after: UUID | None, limit: int, state: str | None, overdue: bool | None
) -> list[Invoice]:
    """Invoices that the actor's organisation sent or got, newest first, up to `limit`."""
    if actor.organisation_id is None:
        return []
    async with db.read(actor) as tx:
        return await sql.list_own(tx, actor.organisation_id, after=after, limit=limit, state=state, overdue=overdue)
