"""How an invoice beside its order, and what of an order was billed, look on the wire."""

from typing import Annotated, Self

from msgspec import Meta

from api.call import View
from api.routes.rfqs_in import LineNo
from api.wire import Code, Count, Currency3, DecimalText, Id, Int64, Out, Text40, Text200, decimal_text
from domain.ids import show
from domain.invoices import figures, model, rules
from domain.quantity import plain


class InvoiceDifference(Out):
    """One thing in which an invoice does not agree with its order. `expected` is what was agreed, or the most that would be."""

    code: Code
    pointer: Annotated[str, Meta(max_length=200, description="JSON Pointer into the invoice as it was sent.")]
    line_no: LineNo | None
    stated: DecimalText
    expected: DecimalText
    detail: Text200


class InvoiceMatch(Out):
    """An invoice beside its order as both are now. It may be matched when it is submitted and nothing differs."""

    invoice_id: Id
    matches: bool
    differences: Annotated[list[InvoiceDifference], Meta(max_length=3 * model.MAX_LINES + 1)]
    price_tolerance_percent: DecimalText
    price_tolerance_minor_units: Int64
    base: Annotated[DecimalText, Meta(description="Unrounded; PPN is computed from it.")]
    expected_ppn: DecimalText

    @classmethod
    def of(cls, match: model.Match, _view: View) -> Self:
        """As either party sees it."""
        content = match.invoice.content
        base = figures.base(content.lines, content.tooling)
        return cls(
            invoice_id=show("invoice", match.invoice.id),
            matches=not match.differences,
            differences=[
                InvoiceDifference(
                    code=item.code,
                    pointer=item.pointer,
                    line_no=item.line_no,
                    stated=decimal_text(item.stated),
                    expected=decimal_text(item.expected),
                    detail=rules.words(item),
                )
                for item in match.differences
            ],
            price_tolerance_percent=decimal_text(match.policy.price_tolerance_percent),
            price_tolerance_minor_units=match.policy.price_tolerance_minor_units,
            base=decimal_text(plain(base)),
            expected_ppn=decimal_text(figures.ppn(base, match.invoice.currency, taxed=content.taxed)),
        )


class BillingLine(Out):
    """Of one order line: `left` was accepted and is in no invoice, `credit_due` was invoiced and is no longer accepted."""

    line_no: LineNo
    unit: Text40
    unit_price: DecimalText
    ordered: DecimalText
    accepted: DecimalText
    invoiced: DecimalText
    claimed: Annotated[DecimalText, Meta(description="In invoices that wait for the buyer.")]
    left: DecimalText
    credit_due: DecimalText
    tooling: DecimalText
    tooling_invoiced: DecimalText


class Billing(Out):
    """What of an order was billed and paid. Amounts are of matched invoices less credit notes, with PPN."""

    order_id: Id
    currency: Currency3
    lines: Annotated[list[BillingLine], Meta(max_length=5000)]
    invoice_count: Count
    invoiced: DecimalText
    open: Annotated[DecimalText, Meta(description="Of matched invoices.")]
    open_credit: Annotated[DecimalText, Meta(description="Of matched credit notes.")]

    @classmethod
    def of(cls, billing: model.Billing, _view: View) -> Self:
        """As either party sees it."""
        matched = [invoice for invoice in billing.invoices if invoice.counts]
        bills = [invoice for invoice in matched if invoice.kind == "invoice"]
        notes = [invoice for invoice in matched if invoice.kind == "credit"]
        return cls(
            order_id=show("order", billing.order.id),
            currency=billing.order.currency,
            lines=[
                BillingLine(
                    line_no=line.line_no,
                    unit=line.unit,
                    unit_price=decimal_text(line.unit_price),
                    ordered=decimal_text(line.ordered),
                    accepted=decimal_text(line.accepted),
                    invoiced=decimal_text(line.invoiced),
                    claimed=decimal_text(line.claimed),
                    left=decimal_text(line.left),
                    credit_due=decimal_text(line.credit_due),
                    tooling=decimal_text(line.tooling),
                    tooling_invoiced=decimal_text(line.tooling_invoiced),
                )
                for line in billing.lines
            ],
            invoice_count=len(billing.invoices),
            invoiced=decimal_text(
                sum((one.total for one in bills), figures.ZERO) - sum((one.total for one in notes), figures.ZERO)
            ),
            open=decimal_text(sum((one.open for one in bills), figures.ZERO)),
            open_credit=decimal_text(sum((one.open for one in notes), figures.ZERO)),
        )
