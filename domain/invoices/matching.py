"""The three-way match: order, accepted pieces, invoice. Pure: no clock, no database, no HTTP."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from domain.invoices import figures
from domain.invoices.model import Difference, DifferenceCode, Invoice, LineBill
from domain.orders.model import Order
from domain.organisations.model import Policy

ZERO = Decimal(0)


def differences(order: Order, invoice: Invoice, others: Sequence[Invoice], policy: Policy) -> tuple[Difference, ...]:
    """In what an invoice does not agree; nothing: it may be matched. `others` are the further invoices of the order."""
    others = [other for other in others if other.id != invoice.id]
    found = list(_credited(invoice, others) if invoice.kind == "credit" else _billed(order, invoice, others, policy))
    expected = figures.ppn(
        figures.base(invoice.content.lines, invoice.content.tooling), invoice.currency, taxed=invoice.content.taxed
    )
    if invoice.ppn != expected:
        found.append(
            Difference(code="ppn_differs", pointer="/ppn", line_no=None, stated=invoice.ppn, expected=expected)
        )
    return tuple(found)


def _billed(order: Order, invoice: Invoice, others: Sequence[Invoice], policy: Policy) -> Iterator[Difference]:
    """Against the order: what was accepted and is in no invoice that came before, at the agreed price."""
    before = [other for other in others if other.counts or _waits_before(other, invoice)]
    for place, item in enumerate(invoice.content.lines):
        line, at = order.line(item.line_no), f"/lines/{place}"
        left = ZERO if line is None else max(line.accepted - _taken(before, item.line_no), ZERO)
        yield from _beyond("quantity_over_accepted", f"{at}/quantity", item.line_no, item.quantity, left)
        agreed = ZERO if line is None else line.unit_price
        tolerance = figures.price_tolerance(
            item.quantity * agreed,
            order.currency,
            policy.price_tolerance_percent,
            Decimal(policy.price_tolerance_minor_units),
        )
        if abs(item.quantity * item.unit_price - item.quantity * agreed) > tolerance:
            yield Difference(
                code="price_differs",
                pointer=f"{at}/unit_price",
                line_no=item.line_no,
                stated=item.unit_price,
                expected=agreed,
            )
    for place, one in enumerate(invoice.content.tooling):
        line = order.line(one.line_no)
        agreed = ZERO if line is None else line.detail.tooling
        left = max(agreed - sum((_sign(other) * other.tooling_of(one.line_no) for other in before), ZERO), ZERO)
        yield from _beyond("tooling_over_order", f"/tooling/{place}/amount", one.line_no, one.amount, left)


def _credited(credit: Invoice, others: Sequence[Invoice]) -> Iterator[Difference]:
    """Against the invoice that it takes back a part of: no more than that billed, at the price that it billed."""
    billed = next((other for other in others if other.id == credit.credits), None)
    before = [
        other
        for other in others
        if other.credits == credit.credits
        and other.kind == "credit"
        and (other.counts or (other.state == "submitted" and _is_earlier(other, credit)))
    ]
    for place, item in enumerate(credit.content.lines):
        total = ZERO if billed is None or not billed.counts else billed.quantity_of(item.line_no)
        left = max(total - sum((other.quantity_of(item.line_no) for other in before), ZERO), ZERO)
        yield from _beyond("credit_over_invoice", f"/lines/{place}/quantity", item.line_no, item.quantity, left)
        prices = (
            [] if billed is None else [one.unit_price for one in billed.content.lines if one.line_no == item.line_no]
        )
        if prices and item.unit_price != prices[0]:
            yield Difference(
                code="price_differs",
                pointer=f"/lines/{place}/unit_price",
                line_no=item.line_no,
                stated=item.unit_price,
                expected=prices[0],
            )
    for place, one in enumerate(credit.content.tooling):
        total = ZERO if billed is None or not billed.counts else billed.tooling_of(one.line_no)
        left = max(total - sum((other.tooling_of(one.line_no) for other in before), ZERO), ZERO)
        yield from _beyond("credit_over_invoice", f"/tooling/{place}/amount", one.line_no, one.amount, left)


def _beyond(code: DifferenceCode, pointer: str, line_no: int, stated: Decimal, left: Decimal) -> Iterator[Difference]:
    """Nothing, or that more is stated than is left."""
    if stated > left:
        yield Difference(code=code, pointer=pointer, line_no=line_no, stated=stated, expected=left)


def _sign(invoice: Invoice) -> int:
    return -1 if invoice.kind == "credit" else 1


def _taken(invoices: Sequence[Invoice], line_no: int) -> Decimal:
    return sum((_sign(invoice) * invoice.quantity_of(line_no) for invoice in invoices), ZERO)


def _is_earlier(other: Invoice, invoice: Invoice) -> bool:
    return (other.created_at, other.id) < (invoice.created_at, invoice.id)


def _waits_before(other: Invoice, invoice: Invoice) -> bool:
    """Of two that wait for the buyer the earlier one takes what is left. Credits count once they are matched."""
    return other.kind == "invoice" and other.state == "submitted" and _is_earlier(other, invoice)


def bills(order: Order, invoices: Sequence[Invoice]) -> tuple[LineBill, ...]:
    """What of each line was ordered, accepted, billed and claimed."""
    matched = [invoice for invoice in invoices if invoice.counts]
    waiting = [invoice for invoice in invoices if invoice.state == "submitted" and invoice.kind == "invoice"]
    return tuple(
        LineBill(
            line_no=line.line_no,
            unit=line.unit,
            unit_price=line.unit_price,
            ordered=line.ordered,
            accepted=line.accepted,
            invoiced=_taken(matched, line.line_no),
            claimed=_taken(waiting, line.line_no),
            tooling=line.detail.tooling,
            tooling_invoiced=sum((_sign(one) * one.tooling_of(line.line_no) for one in matched), ZERO),
        )
        for line in order.lines
    )
