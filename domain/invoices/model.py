"""An invoice or a credit note of one order, its payments, and what differs from the order."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domain.orders.model import Order
from domain.organisations.model import Policy

MAX_LINES = 200
MAX_INVOICES = 200
"""Of one order, withdrawn ones too: all of them are read to say what is left to be invoiced."""
MAX_PAYMENTS = 50
"""Of one invoice, with what was set off."""
DEFAULT_PAYMENT_DAYS = 30
"""Where the order says nothing: within so many days."""

Kind = Literal["invoice", "credit"]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """So much of an order line, at so much a unit, without PPN."""

    line_no: int
    quantity: Decimal
    unit_price: Decimal


class Tooling(msgspec.Struct, frozen=True, kw_only=True):
    """An amount for the tooling of an order line, without PPN."""

    line_no: int
    amount: Decimal


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice as the supplier writes it. What it states of PPN and total is None where it leaves that to us."""

    kind: Kind
    reference: str
    issued_on: date
    lines: tuple[Item, ...]
    tooling: tuple[Tooling, ...]
    ppn: Decimal | None
    total: Decimal | None
    tax_invoice_no: str | None
    replaces: str | None
    """As clients see it."""
    credits: str | None
    """As clients see it."""
    file_id: str | None
    note: str | None


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What was billed; it never changes."""

    lines: tuple[Item, ...]
    tooling: tuple[Tooling, ...]
    taxed: bool
    """Whether PPN is charged: the supplier was PKP when it billed, and the order is in rupiah."""
    tax_invoice_no: str | None
    file_id: str | None
    note: str | None
    submitted_by: str


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Why the buyer does not accept it: a code of `dispute_reasons`, words, and the lines meant (none: all of it)."""

    reason: str
    note: str | None
    lines: tuple[int, ...]
    disputed_by: str
    disputed_at: datetime


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence of money that went from one party to the other, or of a credit that was set off. Nothing passes through us."""

    id: UUID
    kind: Literal["payment", "set_off"]
    amount: Decimal
    paid_on: date
    reference: str
    counterpart: UUID | None
    """The other of invoice and credit note, where one was set off against the other."""
    file_id: str | None
    note: str | None
    recorded_by: str
    recorded_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None


class PaymentDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A payment as the buyer records it."""

    amount: Decimal
    paid_on: date
    reference: str
    file_id: str | None
    note: str | None


class Invoice(msgspec.Struct, frozen=True, kw_only=True):
    """One invoice or credit note. `total` is `net` + `ppn`, all in the minor unit of the currency."""

    id: UUID
    order_id: UUID
    rfq_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    kind: Kind
    reference: str
    state: str
    version: int
    currency: str
    content: Content
    net: Decimal
    ppn: Decimal
    total: Decimal
    paid: Decimal
    issued_on: date
    due_on: date
    due_ends_at: datetime
    """The midnight that ends the day in the buyer's zone."""
    replaces: UUID | None
    credits: UUID | None
    """The invoice that a credit note takes back a part of."""
    dispute: Dispute | None
    matched_at: datetime | None
    overdue_at: datetime | None
    """When the clock told that it is overdue."""
    paid_on: date | None
    """Day of the payment that completed it."""
    payments: tuple[Payment, ...]
    created_at: datetime
    updated_at: datetime

    @property
    def open(self) -> Decimal:
        """What is left to be paid."""
        return self.total - self.paid

    @property
    def counts(self) -> bool:
        """Whether it was matched, and so uses up what was accepted."""
        return self.state in {"matched", "paid"}

    @property
    def days_to_pay(self) -> int | None:
        """Days from the day of the invoice to the payment that completed it."""
        return None if self.paid_on is None else (self.paid_on - self.issued_on).days

    def quantity_of(self, line_no: int) -> Decimal:
        """How much of an order line it bills."""
        return sum((item.quantity for item in self.content.lines if item.line_no == line_no), Decimal(0))

    def tooling_of(self, line_no: int) -> Decimal:
        """What it bills for the tooling of an order line."""
        return sum((item.amount for item in self.content.tooling if item.line_no == line_no), Decimal(0))


DifferenceCode = Literal[
    "quantity_over_accepted", "price_differs", "tooling_over_order", "ppn_differs", "credit_over_invoice"
]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing in which an invoice does not agree with its order. `pointer` leads into the invoice as it was sent."""

    code: DifferenceCode
    pointer: str
    line_no: int | None
    stated: Decimal
    expected: Decimal
    """The amount that was agreed, or the most that would be."""


class LineBill(msgspec.Struct, frozen=True, kw_only=True):
    """What of one order line was ordered, accepted and billed."""

    line_no: int
    unit: str
    unit_price: Decimal
    ordered: Decimal
    accepted: Decimal
    invoiced: Decimal
    """In matched invoices, less what matched credit notes took back."""
    claimed: Decimal
    """In invoices that wait for the buyer."""
    tooling: Decimal
    tooling_invoiced: Decimal

    @property
    def left(self) -> Decimal:
        """Accepted and in no invoice yet."""
        return max(self.accepted - self.invoiced - self.claimed, Decimal(0))

    @property
    def credit_due(self) -> Decimal:
        """Invoiced, and no longer accepted: the supplier owes a credit note."""
        return max(self.invoiced - self.accepted, Decimal(0))


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice beside its order as both are now."""

    invoice: Invoice
    order: Order
    policy: Policy
    differences: tuple[Difference, ...]


class Billing(msgspec.Struct, frozen=True, kw_only=True):
    """All lines of an order with what was billed of them."""

    order: Order
    lines: tuple[LineBill, ...]
    invoices: tuple[Invoice, ...]
