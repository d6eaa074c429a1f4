"""When is something billed, matched, disputed, paid and set off. Pure: no clock, no database, no HTTP."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from domain import actions, money, quantity
from domain.actors import Actor, Side
from domain.errors import (
    AlreadyPaid,
    DuplicatePayment,
    Fault,
    Invalid,
    InvoiceMismatch,
    LimitReached,
    NotFound,
    Overpayment,
    Refusal,
    WrongState,
)
from domain.invoices import figures
from domain.invoices.model import (
    MAX_INVOICES,
    MAX_PAYMENTS,
    Difference,
    Draft,
    Invoice,
    Payment,
    PaymentDraft,
)
from domain.lifecycle import INVOICE, Arrow, step
from domain.orders import rules as orders
from domain.orders.model import Order
from domain.quantity import plain
from domain.quotes.totals import MAX_TOTAL
from domain.vocabularies import is_code

REASONS = "dispute_reasons"
FARTHEST = timedelta(days=2)
"""A bank day that lies ahead of the buyer's own calendar: more is a slip."""

BILLING = Arrow(
    machine="order",
    action="record_invoice",
    source=("acknowledged", "in_progress", "completed", "on_hold", "short_closed", "cancelled"),
    target=None,
    by=(Side.SUPPLIER,),
    event="",
    operation="record_invoice",
)
"""Not an arrow that a party takes: what an invoice asks of the order's state. What was accepted is billed however it ended."""

WORDS = {
    "quantity_over_accepted": "{stated} are invoiced, {expected} of what was accepted are left to be invoiced",
    "price_differs": "the unit price is {stated}, agreed is {expected}",
    "tooling_over_order": "{stated} are invoiced for tooling, {expected} of what was agreed are left",
    "ppn_differs": "PPN is stated as {stated}; of this base it is {expected}",
    "credit_over_invoice": "{stated} are credited, {expected} of that invoice are left to be credited",
}


def sides(invoice: Invoice, actor: Actor) -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound for everybody but the two parties of the order."""
    return orders.sides(invoice, actor, "invoice")


def decide_record(
    order: Order, draft: Draft, others: Sequence[Invoice], actor: Actor, *, pkp: bool, today: date
) -> Arrow:
    """The supplier bills lines of an order, or credits a part of what it billed.

    `others` are the invoices of the order so far, `today` the day it is where the buyer is.
    """
    step(BILLING, order.state, orders.sides(order, actor))
    if len(others) >= MAX_INVOICES:
        raise LimitReached(f"An order has {MAX_INVOICES} invoices at most.")
    taxed = figures.is_taxed(order.currency, pkp=pkp)
    faults = list(_faults(order, draft, pkp=pkp, today=today)) or list(_faults_of_sums(order, draft, taxed=taxed))
    if faults:
        raise Invalid("The invoice does not fit the order.", faults=faults)
    return INVOICE["record"]


def _faults(order: Order, draft: Draft, *, pkp: bool, today: date) -> Iterator[Fault]:
    if not draft.lines and not draft.tooling:
        yield Fault("/lines", "Bill a quantity of a line, or tooling.")
    if not order.created_at.date() - timedelta(days=1) <= draft.issued_on <= today:
        yield Fault("/issued_on", "An invoice is issued between the day of its order and today.")
    yield from _faults_of_lines(order, draft)
    taxed = figures.is_taxed(order.currency, pkp=pkp)
    if draft.ppn and not taxed:
        why = "the supplier is not registered for PPN (PKP)" if not pkp else f"the order is in {order.currency}"
        yield Fault("/ppn", f"No PPN is charged here: {why}.")
    if draft.tax_invoice_no is not None and not taxed:
        yield Fault("/tax_invoice_no", "An e-Faktur is of an invoice with PPN.")
    for name in ("ppn", "total"):
        stated: Decimal | None = getattr(draft, name)
        if stated is not None and (stated < 0 or stated != money.total(stated, order.currency)):
            yield Fault(f"/{name}", f"An amount in {order.currency} is not negative and has no smaller parts.")


def _faults_of_sums(order: Order, draft: Draft, *, taxed: bool) -> Iterator[Fault]:
    """Of an invoice whose parts are right one by one."""
    sums = figures.figures(draft.lines, draft.tooling, order.currency, taxed=taxed, stated_ppn=draft.ppn)
    if not 0 < sums.total <= MAX_TOTAL:
        yield Fault("/lines", f"The total of an invoice lies above 0 and is at most {MAX_TOTAL}.")
    elif draft.total is not None and draft.total != sums.total:
        yield Fault("/total", f"Lines, tooling and PPN add up to {sums.total:f}.")


def _faults_of_lines(order: Order, draft: Draft) -> Iterator[Fault]:
    seen: set[int] = set()
    for place, item in enumerate(draft.lines):
        at = f"/lines/{place}"
        if item.line_no in seen:
            yield Fault(f"{at}/line_no", f"Line {item.line_no} is named twice.")
        seen.add(item.line_no)
        line = order.line(item.line_no)
        if line is None:
            yield Fault(f"{at}/line_no", f"The order has no line {item.line_no}.")
        elif wrong := quantity.fault(item.quantity, line.unit):
            yield Fault(f"{at}/quantity", wrong)
        if wrong := money.price_fault(item.unit_price):
            yield Fault(f"{at}/unit_price", wrong)
    tooled: set[int] = set()
    for place, one in enumerate(draft.tooling):
        at = f"/tooling/{place}"
        if one.line_no in tooled:
            yield Fault(f"{at}/line_no", f"The tooling of line {one.line_no} is named twice.")
        tooled.add(one.line_no)
        if order.line(one.line_no) is None:
            yield Fault(f"{at}/line_no", f"The order has no line {one.line_no}.")
        if wrong := money.price_fault(one.amount):
            yield Fault(f"{at}/amount", wrong)
        elif one.amount == 0:
            yield Fault(f"{at}/amount", "Leave out tooling that costs nothing.")


def replaced(draft: Draft, named: Invoice | None, others: Sequence[Invoice]) -> Invoice | None:
    """The invoice that a corrected one replaces: disputed or withdrawn, and replaced by nothing else."""
    if draft.replaces is None:
        return None
    if named is None or named.kind != draft.kind:
        raise Invalid("The invoice replaces no other.", faults=[Fault("/replaces", "The order has no such invoice.")])
    if named.state not in {"disputed", "withdrawn"}:
        raise Invalid(
            "Only what was disputed or withdrawn is replaced.",
            faults=[Fault("/replaces", f"It is {named.state}; withdraw_invoice first.")],
        )
    if any(other.replaces == named.id and other.state != "withdrawn" for other in others):
        raise Invalid("It was replaced already.", faults=[Fault("/replaces", "Another invoice replaces it.")])
    return named


def credited(draft: Draft, named: Invoice | None) -> Invoice | None:
    """The invoice that a credit note takes back a part of. It was matched: what was not is withdrawn instead."""
    if (draft.kind == "credit") != (draft.credits is not None):
        raise Invalid(
            "A credit note names the invoice that it credits; an invoice names none.",
            faults=[Fault("/credits", "Give it for kind `credit`, and for that alone.")],
        )
    if draft.credits is None:
        return None
    if named is None or named.kind != "invoice":
        raise Invalid("The credit note credits nothing.", faults=[Fault("/credits", "The order has no such invoice.")])
    if not named.counts:
        raise Invalid(
            "Only a matched invoice is credited.",
            faults=[Fault("/credits", f"It is {named.state}; withdraw_invoice takes it back as a whole.")],
        )
    return named


def decide_match(invoice: Invoice, found: Sequence[Difference], actor: Actor) -> Arrow:
    """The buyer accepts it, where it agrees with the order and with what was accepted."""
    arrow = step(INVOICE["match"], invoice.state, sides(invoice, actor))
    if found:
        raise InvoiceMismatch(
            f"The invoice differs from the order in {len(found)} places. Ask for a corrected one with dispute_invoice, "
            "or match it when the pieces are accepted.",
            faults=[Fault(item.pointer, words(item)) for item in found],
        )
    return arrow


def words(item: Difference) -> str:
    """A difference for people."""
    said = WORDS[item.code].format(stated=f"{plain(item.stated):f}", expected=f"{plain(item.expected):f}")
    return f"{said[0].upper()}{said[1:]}." if item.line_no is None else f"Line {item.line_no}: {said}."


def decide_dispute(invoice: Invoice, reason: str, lines: Sequence[int], actor: Actor) -> Arrow:
    """The buyer does not accept it, and says why by a code."""
    arrow = step(INVOICE["dispute"], invoice.state, sides(invoice, actor))
    faults = []
    if not is_code(REASONS, reason):
        faults.append(Fault("/reason", f"GET /v1/meta/vocabularies/{REASONS} lists the codes."))
    billed = {item.line_no for item in invoice.content.lines} | {one.line_no for one in invoice.content.tooling}
    faults += [
        Fault(f"/lines/{place}", f"The invoice does not bill line {no}.")
        for place, no in enumerate(lines)
        if no not in billed
    ]
    if faults:
        raise Invalid("The dispute does not fit the invoice.", faults=faults)
    return arrow


def decide_resolve(invoice: Invoice, actor: Actor) -> Arrow:
    """The buyer takes its dispute back."""
    return step(INVOICE["resolve"], invoice.state, sides(invoice, actor))


def decide_withdraw(invoice: Invoice, actor: Actor) -> Arrow:
    """The supplier takes back what was not matched."""
    return step(INVOICE["withdraw"], invoice.state, sides(invoice, actor))


def decide_pay(invoice: Invoice, draft: PaymentDraft, actor: Actor, *, today: date) -> Arrow:
    """The buyer records a payment; the one that leaves nothing open completes the invoice.

    Raises DuplicatePayment for a reference that is known, before anything about amounts: a payment recorded twice is
    that, not one too many.
    """
    arrow = _paying(invoice, "pay", draft.reference, actor)
    faults = []
    if wrong := _wrong_amount(draft.amount, invoice.currency):
        faults.append(Fault("/amount", wrong))
    if not invoice.issued_on <= draft.paid_on <= today + FARTHEST:
        faults.append(Fault("/paid_on", "A payment lies between the day of the invoice and today."))
    if faults:
        raise Invalid("The payment does not fit the invoice.", faults=faults)
    return _completing(invoice, draft.amount, "pay", arrow)


def _wrong_amount(amount: Decimal, currency: str) -> str | None:
    if amount <= 0 or amount != money.total(amount, currency):
        return f"An amount in {currency} lies above 0 and has no smaller parts."
    return None


def _paying(invoice: Invoice, action: str, reference: str, actor: Actor) -> Arrow:
    taken = sides(invoice, actor)
    if Side.BUYER not in taken:
        step(INVOICE[action], invoice.state, taken)
    if any(payment.reference.casefold() == reference.casefold() for payment in invoice.payments):
        raise DuplicatePayment(f"Payment {reference!r} of this invoice is recorded already.")
    if invoice.state == "paid":
        raise AlreadyPaid("The invoice is paid in full. What was paid beyond it is between you and the supplier.")
    arrow = step(INVOICE[action], invoice.state, taken)
    if len(invoice.payments) >= MAX_PAYMENTS:
        raise LimitReached(f"An invoice has {MAX_PAYMENTS} payments at most.")
    return arrow


def _completing(invoice: Invoice, amount: Decimal, action: str, arrow: Arrow) -> Arrow:
    if amount > invoice.open:
        raise Overpayment(
            f"{invoice.open:f} {invoice.currency} are open: more cannot be paid.",
            faults=[Fault("/amount", f"{invoice.open:f} at most.")],
        )
    return arrow if amount == invoice.open else INVOICE[f"{action}_part"]


def decide_set_off(credit: Invoice, invoice: Invoice, amount: Decimal, actor: Actor) -> tuple[Arrow, Arrow]:
    """The buyer pays a part of an invoice with a credit note: (arrow of the credit note, arrow of the invoice)."""
    if credit.kind != "credit":
        step(INVOICE["set_off"], credit.state, sides(credit, actor))
        raise WrongState("Only a credit note is set off.", state=credit.state)
    first = _paying(credit, "set_off", f"{invoice.reference} set off", actor)
    if invoice.kind != "invoice":
        raise Invalid(
            "A credit note is set off against an invoice.", faults=[Fault("/invoice_id", "It is no invoice.")]
        )
    second = _paying(invoice, "set_off", f"{credit.reference} set off", actor)
    if wrong := _wrong_amount(amount, credit.currency):
        raise Invalid("The amount does not fit.", faults=[Fault("/amount", wrong)])
    return _completing(credit, amount, "set_off", first), _completing(invoice, amount, "set_off", second)


def decide_confirm(invoice: Invoice, payment: Payment | None, actor: Actor) -> Arrow:
    """The supplier says that a payment arrived, once."""
    arrow = step(INVOICE["confirm"], invoice.state, sides(invoice, actor))
    if payment is None:
        raise NotFound("payment")
    if payment.confirmed_at is not None:
        raise WrongState("The payment is confirmed already.", state=invoice.state)
    return arrow


def available(invoice: Invoice, actor: Actor) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    allowed, blocked = actions.available(INVOICE, invoice, sides(invoice, actor), {}, actor, invoice.updated_at)
    if invoice.kind != "credit" and "set_off_credit" in allowed:
        allowed.remove("set_off_credit")
    if "confirm_payment" in allowed and all(payment.confirmed_at is not None for payment in invoice.payments):
        allowed.remove("confirm_payment")
    return allowed, blocked
