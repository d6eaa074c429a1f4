"""How invoices, their payments and their match look on the wire."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from msgspec import Meta

from api.call import View, etag_of
from api.routes.rfqs_in import LineNo
from api.wire import (
    Blocked,
    Code,
    Currency3,
    Day,
    DecimalText,
    ETag,
    Id,
    In,
    Int64,
    Out,
    Page,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    decimal_text,
    utc,
)
from domain.ids import show, show_optional
from domain.invoices import model, rules
from domain.money import price
from domain.quantity import plain
from domain.vocabularies import state_label

Lines = Meta(max_length=model.MAX_LINES)


class InvoiceLineIn(In):
    """So much of an order line, at so much a unit, without PPN."""

    line_no: LineNo
    quantity: DecimalText
    unit_price: DecimalText


class InvoiceToolingIn(In):
    """An amount for the tooling of an order line, without PPN."""

    line_no: LineNo
    amount: DecimalText


class InvoiceRecord(In, kw_only=True):
    """An invoice, or a credit note, under the supplier's own number. The currency is the order's.

    PPN and total may be left to us. A total that is stated has to be what lines, tooling and PPN add up to.
    """

    reference: Annotated[Text80, Meta(description="Your number; used once for ever.")]
    issued_on: Day
    kind: model.Kind = "invoice"
    lines: Annotated[list[InvoiceLineIn], Lines] = []
    tooling: Annotated[list[InvoiceToolingIn], Lines] = []
    ppn: Annotated[DecimalText | None, Meta(description="As your paper says.")] = None
    total: Annotated[DecimalText | None, Meta(description="With PPN.")] = None
    tax_invoice_no: Annotated[Text40 | None, Meta(description="Number of the e-Faktur.")] = None
    replaces: Annotated[Id | None, Meta(description="The disputed or withdrawn invoice that this one corrects.")] = None
    credits: Annotated[Id | None, Meta(description="Of a credit note: the matched invoice it takes back from.")] = None
    file_id: Annotated[Id | None, Meta(description="The paper, as a file of yours.")] = None
    note: Text2000 | None = None

    def draft(self) -> model.Draft:
        """As the domain takes it."""
        return model.Draft(
            kind=self.kind,
            reference=self.reference,
            issued_on=self.issued_on,
            lines=tuple(
                model.Item(
                    line_no=item.line_no,
                    quantity=plain(Decimal(item.quantity)),
                    unit_price=plain(Decimal(item.unit_price)),
                )
                for item in self.lines
            ),
            tooling=tuple(
                model.Tooling(line_no=one.line_no, amount=plain(Decimal(one.amount))) for one in self.tooling
            ),
            ppn=None if self.ppn is None else plain(Decimal(self.ppn)),
            total=None if self.total is None else plain(Decimal(self.total)),
            tax_invoice_no=self.tax_invoice_no,
            replaces=self.replaces,
            credits=self.credits,
            file_id=self.file_id,
            note=self.note,
        )


class InvoiceDispute(In, kw_only=True):
    """Why: a code of the vocabulary `dispute_reasons`. Without lines all of the invoice is meant."""

    reason: Code
    note: Text2000 | None = None
    lines: Annotated[list[LineNo], Lines] = []


class PaymentRecord(In, kw_only=True):
    """A payment that was made elsewhere, with the bank's or your own reference."""

    amount: DecimalText
    paid_on: Day
    reference: Text80
    file_id: Annotated[Id | None, Meta(description="Evidence, as a file of yours.")] = None
    note: Text2000 | None = None

    def draft(self) -> model.PaymentDraft:
        """As the domain takes it."""
        return model.PaymentDraft(
            amount=plain(Decimal(self.amount)),
            paid_on=self.paid_on,
            reference=self.reference,
            file_id=self.file_id,
            note=self.note,
        )


class CreditSetOff(In):
    """Which invoice of the same order is paid with the credit note, and how much of it."""

    invoice_id: Id
    amount: DecimalText


class InvoiceLine(Out):
    """What is billed of an order line."""

    line_no: LineNo
    quantity: DecimalText
    unit_price: DecimalText


class InvoiceTooling(Out):
    """What is billed for the tooling of an order line."""

    line_no: LineNo
    amount: DecimalText


class InvoiceDisputeOut(Out):
    """Why the buyer does not accept it."""

    reason: Code
    note: Text2000 | None
    lines: Annotated[list[LineNo], Lines]
    disputed_by: Text200
    disputed_at: Timestamp


class InvoicePayment(Out):
    """Evidence of a payment, or a credit note that was set off. `confirmed_at` is when the supplier said that it arrived."""

    id: Id
    kind: Literal["payment", "set_off"]
    amount: DecimalText
    paid_on: Day
    reference: Text200
    counterpart: Id | None
    file_id: Id | None
    note: Text2000 | None
    recorded_by: Text200
    recorded_at: Timestamp
    confirmed_by: Text200 | None
    confirmed_at: Timestamp | None

    @classmethod
    def of(cls, payment: model.Payment) -> Self:
        """On the wire."""
        return cls(
            id=show("payment", payment.id),
            kind=payment.kind,
            amount=decimal_text(payment.amount),
            paid_on=payment.paid_on,
            reference=payment.reference,
            counterpart=show_optional("invoice", payment.counterpart),
            file_id=payment.file_id,
            note=payment.note,
            recorded_by=payment.recorded_by,
            recorded_at=utc(payment.recorded_at),
            confirmed_by=payment.confirmed_by,
            confirmed_at=None if payment.confirmed_at is None else utc(payment.confirmed_at),
        )


class Invoice(Out):
    """An invoice or credit note. `net` is rounded half-even, `ppn` is of the unrounded base, `total` the sum of the two."""

    id: Id
    order_id: Id
    kind: model.Kind
    reference: Text80
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    currency: Currency3
    lines: Annotated[list[InvoiceLine], Lines]
    tooling: Annotated[list[InvoiceTooling], Lines]
    net: DecimalText
    ppn: DecimalText
    total: DecimalText
    paid: DecimalText
    open: DecimalText
    taxed: Annotated[bool, Meta(description="Whether PPN is charged: a PKP supplier bills in rupiah.")]
    tax_invoice_no: Text40 | None
    issued_on: Day
    due_on: Day
    overdue: Annotated[bool, Meta(description="Past `due_on`, and neither paid, disputed nor withdrawn.")]
    paid_on: Day | None
    days_to_pay: Annotated[Int64 | None, Meta(description="From `issued_on` to `paid_on`.")]
    replaces: Id | None
    credits: Id | None
    dispute: InvoiceDisputeOut | None
    payments: Annotated[list[InvoicePayment], Meta(max_length=model.MAX_PAYMENTS)]
    file_id: Id | None
    note: Text2000 | None
    submitted_by: Text200
    matched_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, invoice: model.Invoice, view: View) -> Self:
        """As either party sees it."""
        allowed, blocked = rules.available(invoice, view.actor)
        content, dispute = invoice.content, invoice.dispute
        return cls(
            id=show("invoice", invoice.id),
            order_id=show("order", invoice.order_id),
            kind=invoice.kind,
            reference=invoice.reference,
            state=invoice.state,
            state_label=state_label("invoice", invoice.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(invoice.version),
            currency=invoice.currency,
            lines=[
                InvoiceLine(
                    line_no=item.line_no,
                    quantity=decimal_text(item.quantity),
                    unit_price=decimal_text(price(item.unit_price)),
                )
                for item in content.lines
            ],
            tooling=[
                InvoiceTooling(line_no=one.line_no, amount=decimal_text(price(one.amount))) for one in content.tooling
            ],
            net=decimal_text(invoice.net),
            ppn=decimal_text(invoice.ppn),
            total=decimal_text(invoice.total),
            paid=decimal_text(invoice.paid),
            open=decimal_text(invoice.open),
            taxed=content.taxed,
            tax_invoice_no=content.tax_invoice_no,
            issued_on=invoice.issued_on,
            due_on=invoice.due_on,
            overdue=invoice.overdue_at is not None and invoice.state in {"submitted", "matched"},
            paid_on=invoice.paid_on,
            days_to_pay=invoice.days_to_pay,
            replaces=show_optional("invoice", invoice.replaces),
            credits=show_optional("invoice", invoice.credits),
            dispute=None
            if dispute is None
            else InvoiceDisputeOut(
                reason=dispute.reason,
                note=dispute.note,
                lines=list(dispute.lines),
                disputed_by=dispute.disputed_by,
                disputed_at=utc(dispute.disputed_at),
            ),
            payments=[InvoicePayment.of(payment) for payment in invoice.payments],
            file_id=content.file_id,
            note=content.note,
            submitted_by=content.submitted_by,
            matched_at=None if invoice.matched_at is None else utc(invoice.matched_at),
            created_at=utc(invoice.created_at),
            updated_at=utc(invoice.updated_at),
        )


class InvoicePage(Page[Invoice]):
    """Invoices and credit notes, with their payments."""
