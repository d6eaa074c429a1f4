"""Billing, matching, disputing and paying. Each takes the lock of the order first: invoices of one order share what is left."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from domain import calendar
from domain.actors import CLOCK, Actor
from domain.database import Database, Tx
from domain.errors import NotFound
from domain.ids import new_id, read, show, show_optional
from domain.invoices import figures, matching, rules, sql
from domain.invoices.model import Content, Dispute, Draft, Invoice, Payment, PaymentDraft
from domain.ledger import record
from domain.lifecycle import INVOICE, Arrow, Expected, advance, require_version, step
from domain.orders import papers
from domain.orders import rules as order_rules
from domain.orders import sql as orders
from domain.orders.model import Order
from domain.organisations import sql as organisations

BATCH = 100


async def submit(db: Database, actor: Actor, order_id: UUID, draft: Draft) -> Invoice:
    """The supplier bills, credits, or replaces what was disputed; a disputed invoice that is replaced is withdrawn with it."""
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        others = await sql.of_order(tx, order_id)
        replaces = rules.replaced(draft, _named(draft.replaces, others), others)
        credits_ = rules.credited(draft, _named(draft.credits, others))
        supplier = await organisations.get(tx, order.supplier_id)
        now = await tx.now()
        zone = calendar.zone_of(await sql.region(tx, order.buyer_id))
        # What is credited carries the tax of its invoice, even when the supplier's registration changed since.
        pkp = supplier.profile.pkp if credits_ is None else credits_.content.taxed
        arrow = rules.decide_record(order, draft, others, actor, pkp=pkp, today=calendar.today(now, zone))
        if draft.file_id is not None:
            await papers.put_before(tx, actor, order_id, [("/file_id", draft.file_id)])
        if replaces is not None and replaces.state == "disputed":
            await _step(tx, actor, rules.decide_withdraw(replaces, actor), order, replaces, now)
        invoice = _made(order, draft, actor, arrow, now, zone=zone, pkp=pkp)
        invoice = msgspec.structs.replace(
            invoice,
            replaces=None if replaces is None else replaces.id,
            credits=None if credits_ is None else credits_.id,
        )
        await sql.insert(tx, invoice)
        buyer = await organisations.get(tx, order.buyer_id)
        found = matching.differences(order, invoice, others, buyer.policy)
        data = {"differing": sorted({item.code for item in found})}
        await _record(tx, arrow, actor, order, None, invoice, now, data)
    return invoice


def _named(shown: str | None, others: Sequence[Invoice]) -> Invoice | None:
    """The invoice of the order with that id as clients see it; None for none, or one of another order."""
    if shown is None:
        return None
    try:
        key = read("invoice", shown)
    except NotFound:
        return None
    return next((other for other in others if other.id == key), None)


def _made(order: Order, draft: Draft, actor: Actor, arrow: Arrow, now: datetime, *, zone: str, pkp: bool) -> Invoice:
    taxed = figures.is_taxed(order.currency, pkp=pkp)
    sums = figures.figures(draft.lines, draft.tooling, order.currency, taxed=taxed, stated_ppn=draft.ppn)
    due_on = figures.due_on(draft.issued_on, order.terms.payment_days)
    return Invoice(
        id=new_id(),
        order_id=order.id,
        rfq_id=order.rfq_id,
        buyer_id=order.buyer_id,
        supplier_id=order.supplier_id,
        kind=draft.kind,
        reference=draft.reference,
        state=arrow.leads_to(""),
        version=1,
        currency=order.currency,
        content=Content(
            lines=draft.lines,
            tooling=draft.tooling,
            taxed=taxed,
            tax_invoice_no=draft.tax_invoice_no,
            file_id=draft.file_id,
            note=draft.note,
            submitted_by=actor.identity,
        ),
        net=sums.net,
        ppn=sums.ppn,
        total=sums.total,
        paid=sums.total * 0,
        issued_on=draft.issued_on,
        due_on=due_on,
        due_ends_at=calendar.end_of(due_on, zone),
        replaces=None,
        credits=None,
        dispute=None,
        matched_at=None,
        overdue_at=None,
        paid_on=None,
        payments=(),
        created_at=now,
        updated_at=now,
    )


async def match(db: Database, actor: Actor, order_id: UUID, invoice_id: UUID, *, expected: Expected) -> Invoice:
    """The buyer accepts it; what it bills counts as invoiced from now on."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, invoice_id, expected)
        others = await sql.of_order(tx, order_id)
        buyer = await organisations.get(tx, order.buyer_id)
        arrow = rules.decide_match(before, matching.differences(order, before, others, buyer.policy), actor)
        now = await tx.now()
        return await _step(tx, actor, arrow, order, before, now, {"matched_at": now})


async def dispute(
    db: Database,
    actor: Actor,
    order_id: UUID,
    invoice_id: UUID,
    reason: str,
    note: str | None,
    lines: Sequence[int],
    *,
    expected: Expected,
) -> Invoice:
    """The buyer does not accept it; it waits for a corrected one, or for the buyer."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, invoice_id, expected)
        arrow = rules.decide_dispute(before, reason, lines, actor)
        now = await tx.now()
        said = Dispute(
            reason=reason,
            note=note,
            lines=tuple(sorted(set(lines))),
            disputed_by=actor.identity,
            disputed_at=now,
        )
        data = {"reason": reason, "disputed_lines": list(said.lines)}
        return await _step(tx, actor, arrow, order, before, now, {"dispute": said}, data)


async def resolve(db: Database, actor: Actor, order_id: UUID, invoice_id: UUID, *, expected: Expected) -> Invoice:
    """The buyer takes its dispute back; why it was disputed stays on record in the events."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, invoice_id, expected)
        arrow = rules.decide_resolve(before, actor)
        return await _step(tx, actor, arrow, order, before, await tx.now(), {"dispute": None})


async def withdraw(db: Database, actor: Actor, order_id: UUID, invoice_id: UUID, *, expected: Expected) -> Invoice:
    """The supplier takes back what was not matched. Its number stays used."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, invoice_id, expected)
        arrow = rules.decide_withdraw(before, actor)
        return await _step(tx, actor, arrow, order, before, await tx.now())


async def pay(
    db: Database, actor: Actor, order_id: UUID, invoice_id: UUID, draft: PaymentDraft, *, expected: Expected
) -> Invoice:
    """The buyer records a payment that was made elsewhere."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, invoice_id, expected)
        now = await tx.now()
        zone = calendar.zone_of(await sql.region(tx, order.buyer_id))
        arrow = rules.decide_pay(before, draft, actor, today=calendar.today(now, zone))
        if draft.file_id is not None:
            await papers.put_before(tx, actor, order_id, [("/file_id", draft.file_id)])
        payment = _payment("payment", draft, actor, now, None)
        return await _paid(tx, actor, arrow, order, before, payment, now)


async def set_off(
    db: Database,
    actor: Actor,
    order_id: UUID,
    credit_id: UUID,
    invoice_id: UUID,
    amount: Decimal,
    *,
    expected: Expected,
) -> Invoice:
    """The buyer pays a part of an invoice with a credit note of the same order. Returns the credit note."""
    async with db.transaction(actor) as tx:
        order, credit = await _locked(tx, actor, order_id, credit_id, expected)
        invoice = await sql.get(tx, order_id, invoice_id)
        of_credit, of_invoice = rules.decide_set_off(credit, invoice, amount, actor)
        now = await tx.now()
        today = calendar.today(now, calendar.zone_of(await sql.region(tx, order.buyer_id)))
        for arrow, thing, other in ((of_invoice, invoice, credit), (of_credit, credit, invoice)):
            draft = PaymentDraft(
                amount=amount, paid_on=today, reference=f"{other.reference} set off", file_id=None, note=None
            )
            payment = _payment("set_off", draft, actor, now, other.id)
            after = await _paid(tx, actor, arrow, order, thing, payment, now)
    return after


def _payment(kind: Any, draft: PaymentDraft, actor: Actor, now: datetime, counterpart: UUID | None) -> Payment:
    return Payment(
        id=new_id(),
        kind=kind,
        amount=draft.amount,
        paid_on=draft.paid_on,
        reference=draft.reference,
        counterpart=counterpart,
        file_id=draft.file_id,
        note=draft.note,
        recorded_by=actor.identity,
        recorded_at=now,
        confirmed_by=None,
        confirmed_at=None,
    )


async def _paid(
    tx: Tx, actor: Actor, arrow: Arrow, order: Order, before: Invoice, payment: Payment, now: datetime
) -> Invoice:
    """One more payment: the last one completes the invoice, on the latest day of all of them."""
    await sql.insert_payment(tx, before, payment)
    changes: dict[str, Any] = {"payments": (*before.payments, payment), "paid": before.paid + payment.amount}
    data: dict[str, Any] = {
        "payment_id": show("payment", payment.id),
        "payment_kind": payment.kind,
        "payment_on": payment.paid_on,
    }
    if arrow.target == "paid":
        last: date = max(one.paid_on for one in changes["payments"])
        changes["paid_on"] = last
        data |= {"paid_on": last, "days_to_pay": (last - before.issued_on).days, "late": last > before.due_on}
    return await _step(tx, actor, arrow, order, before, now, changes, data)


async def confirm(
    db: Database, actor: Actor, order_id: UUID, invoice_id: UUID, payment_id: UUID, *, expected: Expected
) -> Invoice:
    """The supplier says that a payment arrived."""
    async with db.transaction(actor) as tx:
        order, before = await _locked(tx, actor, order_id, invoice_id, expected)
        payment = next((one for one in before.payments if one.id == payment_id), None)
        arrow = rules.decide_confirm(before, payment, actor)
        if payment is None:
            raise NotFound("payment")
        now = await tx.now()
        confirmed = msgspec.structs.replace(payment, confirmed_by=actor.identity, confirmed_at=now)
        await sql.confirm_payment(tx, confirmed)
        payments = tuple(confirmed if one.id == payment_id else one for one in before.payments)
        data = {"payment_id": show("payment", payment_id)}
        return await _step(tx, actor, arrow, order, before, now, {"payments": payments}, data)


async def tell_overdue(db: Database, order_id: UUID, invoice_id: UUID) -> bool:
    """The clock tells, once, that an invoice is overdue: one that the buyer has not even answered, too."""
    async with db.transaction(CLOCK) as tx:
        order = await orders.lock(tx, order_id)
        before = await sql.get(tx, order_id, invoice_id)
        now = await tx.now()
        if before.overdue_at is not None or now < before.due_ends_at or before.state not in INVOICE["fall_due"].source:
            return False
        arrow = step(INVOICE["fall_due"], before.state, rules.sides(before, CLOCK))
        await _step(tx, CLOCK, arrow, order, before, now, {"overdue_at": now})
    return True


async def tick(db: Database) -> int:
    """One round of the clock: how many invoices were told of."""
    async with db.read(CLOCK) as tx:
        waiting = await sql.to_tell(tx, BATCH)
    told, failures = 0, []
    for order_id, invoice_id in waiting:
        try:
            told += await tell_overdue(db, order_id, invoice_id)
        except Exception as error:  # noqa: BLE001  raised below: one that is locked must not keep the others waiting
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{told} told, {len(failures)} failed and are tried again", failures)
    return told


async def _locked(tx: Tx, actor: Actor, order_id: UUID, invoice_id: UUID, expected: Expected) -> tuple[Order, Invoice]:
    order = await orders.lock(tx, order_id)
    order_rules.sides(order, actor)
    invoice = await sql.get(tx, order_id, invoice_id)
    require_version(invoice.version, expected)
    return order, invoice


async def _step(
    tx: Tx,
    actor: Actor,
    arrow: Arrow,
    order: Order,
    before: Invoice,
    now: datetime,
    changes: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> Invoice:
    after = advance(before, arrow, now, **(changes or {}))
    await sql.save(tx, before, after)
    await _record(tx, arrow, actor, order, before, after, now, data or {})
    return after


async def _record(
    tx: Tx,
    arrow: Arrow,
    actor: Actor,
    order: Order,
    before: Invoice | None,
    after: Invoice,
    now: datetime,
    data: dict[str, Any],
) -> None:
    """To the two parties: quantities, days and codes, never an amount."""
    said: dict[str, Any] = {
        "order_id": show("order", order.id),
        "rfq_id": show("rfq", order.rfq_id),
        "kind": after.kind,
        "reference": after.reference,
        "issued_on": after.issued_on,
        "due_on": after.due_on,
        "replaces": show_optional("invoice", after.replaces),
        "credits": show_optional("invoice", after.credits),
        "lines": [{"line_no": item.line_no, "quantity": format(item.quantity, "f")} for item in after.content.lines],
        **data,
    }
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=order.parties, data=said)
