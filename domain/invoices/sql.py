"""All SQL about invoices and their payments. Whoever writes one holds the lock of its order."""

from collections.abc import Sequence
from datetime import UTC
from uuid import UUID

import msgspec

from domain import money
from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, DuplicatePayment, InvoiceMismatch, NotFound, Overpayment, StaleVersion, WrongState
from domain.invoices.model import Content, Dispute, Invoice, Payment

_CONTENT = msgspec.json.Decoder(Content)
_DISPUTE = msgspec.json.Decoder(Dispute)
_PAYMENTS = msgspec.json.Decoder(tuple[Payment, ...])

INSERT = """
INSERT INTO invoice (
    id, order_id, rfq_id, buyer_id, supplier_id, kind, reference, state, version, currency, content, net, ppn, total,
    issued_on, due_on, due_ends_at, replaces, credits, created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
"""


async def insert(tx: Tx, invoice: Invoice) -> None:
    """A new invoice. Raises Duplicate for a number that the supplier used before, in whatever became of it."""
    used = Duplicate(f"You have billed under the number {invoice.reference!r} before. A corrected invoice has its own.")
    again = Duplicate("Another invoice replaces that one already.")
    with Constraint("invoice_reference", used), Constraint("invoice_replaced_once", again):
        await tx.execute(
            INSERT,
            invoice.id,
            invoice.order_id,
            invoice.rfq_id,
            invoice.buyer_id,
            invoice.supplier_id,
            invoice.kind,
            invoice.reference,
            invoice.state,
            invoice.version,
            invoice.currency,
            msgspec.json.encode(invoice.content).decode(),
            invoice.net,
            invoice.ppn,
            invoice.total,
            invoice.issued_on,
            invoice.due_on,
            invoice.due_ends_at,
            invoice.replaces,
            invoice.credits,
            invoice.created_at,
            invoice.updated_at,
        )


# Payments come as JSON in the same statement: they belong to the version that is shown with them.
_COLUMNS = """
SELECT i.id, i.order_id, i.rfq_id, i.buyer_id, i.supplier_id, i.kind, i.reference, i.state, i.version, i.currency,
       i.content::text AS content, i.net, i.ppn, i.total, i.paid, i.issued_on, i.due_on, i.due_ends_at, i.replaces,
       i.credits, i.dispute::text AS dispute, i.matched_at, i.overdue_at, i.paid_on, i.created_at, i.updated_at,
       (SELECT coalesce(json_agg(json_build_object(
                   'id', p.id, 'kind', p.kind, 'amount', p.amount, 'paid_on', p.paid_on, 'reference', p.reference,
                   'counterpart', p.counterpart, 'file_id', p.file_id, 'note', p.note, 'recorded_by', p.recorded_by,
                   'recorded_at', p.recorded_at, 'confirmed_by', p.confirmed_by, 'confirmed_at', p.confirmed_at
               ) ORDER BY p.id), '[]')::text
          FROM invoice_payment p
         WHERE p.invoice_id = i.id) AS payments
  FROM invoice i
"""
GET = _COLUMNS + " WHERE i.id = $2 AND i.order_id = $1"


async def get(tx: Tx, order_id: UUID, invoice_id: UUID) -> Invoice:
    """One of the order's. Raises NotFound."""
    row = await tx.fetchrow(GET, order_id, invoice_id)
    if row is None:
        raise NotFound("invoice")
    return _invoice(row)


OF_ORDER = _COLUMNS + " WHERE i.order_id = $1 ORDER BY i.created_at, i.id"


async def of_order(tx: Tx, order_id: UUID) -> list[Invoice]:
    """All of one order (200 at most), oldest first."""
    return [_invoice(row) for row in await tx.fetch(OF_ORDER, order_id)]


# Overdue is what the clock told of and nobody settled since.
LIST = (
    _COLUMNS
    + """
 WHERE i.order_id = $1 AND ($2::uuid IS NULL OR i.id > $2) AND ($4::text IS NULL OR i.state = $4)
   AND ($5::boolean IS NULL OR $5 = (i.overdue_at IS NOT NULL AND i.state IN ('submitted', 'matched')))
 ORDER BY i.id
 LIMIT $3
"""
)


async def list_of(
    tx: Tx, order_id: UUID, *, after: UUID | None, limit: int, state: str | None, overdue: bool | None
) -> list[Invoice]:
    """Invoices of one order, oldest first."""
    return [_invoice(row) for row in await tx.fetch(LIST, order_id, after, limit, state, overdue)]


# Two index scans, one for each side that an organisation may stand on.
LIST_OWN = (
    _COLUMNS
    + """
  JOIN (
        (SELECT id FROM invoice
          WHERE /* tenant */ (buyer_id = $1) AND ($2::uuid IS NULL OR id < $2) AND ($4::text IS NULL OR state = $4)
            AND ($5::boolean IS NULL OR $5 = (overdue_at IS NOT NULL AND state IN ('submitted', 'matched')))
          ORDER BY id DESC LIMIT $3)
        UNION
        (SELECT id FROM invoice
          WHERE /* tenant */ (supplier_id = $1) AND ($2::uuid IS NULL OR id < $2) AND ($4::text IS NULL OR state = $4)
            AND ($5::boolean IS NULL OR $5 = (overdue_at IS NOT NULL AND state IN ('submitted', 'matched')))
          ORDER BY id DESC LIMIT $3)
       ) own ON own.id = i.id
 ORDER BY i.id DESC
 LIMIT $3
"""
)


async def list_own(
    tx: Tx, organisation_id: UUID, *, after: UUID | None, limit: int, state: str | None, overdue: bool | None
) -> list[Invoice]:
    """Invoices that an organisation sent or got, newest first."""
    return [_invoice(row) for row in await tx.fetch(LIST_OWN, organisation_id, after, limit, state, overdue)]


def _invoice(row: Row) -> Invoice:
    currency, dispute = row["currency"], row["dispute"]
    return Invoice(
        **{
            **row,
            **{name: money.total(row[name], currency) for name in ("net", "ppn", "total", "paid")},
            "content": _CONTENT.decode(row["content"]),
            "dispute": None if dispute is None else _DISPUTE.decode(dispute),
            "payments": tuple(_payment(one, currency) for one in _PAYMENTS.decode(row["payments"])),
        }
    )


def _payment(payment: Payment, currency: str) -> Payment:
    """Decimals and instants in the one form that they have everywhere else."""
    confirmed = payment.confirmed_at
    return msgspec.structs.replace(
        payment,
        amount=money.total(payment.amount, currency),
        recorded_at=payment.recorded_at.astimezone(UTC),
        confirmed_at=None if confirmed is None else confirmed.astimezone(UTC),
    )


# `paid` follows from the payments, by a trigger.
SAVE = """
UPDATE invoice
   SET state = $3, version = $4, dispute = $5, matched_at = $6, overdue_at = $7, paid_on = $8, updated_at = $9
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: Invoice, after: Invoice) -> None:
    """Write what a step changes, but payments.

    Raises StaleVersion when somebody else was faster, and InvoiceMismatch when more would be invoiced than was accepted.
    """
    beyond = InvoiceMismatch(
        "More of a line would be invoiced than was accepted of it, or more credited than invoiced."
    )
    tooling = InvoiceMismatch("More would be invoiced for tooling than was agreed, or more credited than invoiced.")
    with (
        Constraint("order_line_invoiced_within_accepted", beyond),
        Constraint("order_line_invoiced", beyond),
        Constraint("order_line_tooling_within_order", tooling),
        Constraint("order_line_tooling_invoiced", tooling),
    ):
        touched = await tx.execute(
            SAVE,
            before.id,
            before.version,
            after.state,
            after.version,
            None if after.dispute is None else msgspec.json.encode(after.dispute).decode(),
            after.matched_at,
            after.overdue_at,
            after.paid_on,
            after.updated_at,
        )
    if touched != 1:
        raise StaleVersion


INSERT_PAYMENT = """
INSERT INTO invoice_payment (
    id, invoice_id, kind, amount, paid_on, reference, counterpart, file_id, note, recorded_by, recorded_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def insert_payment(tx: Tx, invoice: Invoice, payment: Payment) -> None:
    """A payment; the trigger adds it to `paid`. Raises DuplicatePayment, Overpayment or WrongState when rules were bypassed."""
    again = DuplicatePayment(f"Payment {payment.reference!r} of this invoice is recorded already.")
    beyond = Overpayment("More would be paid than the invoice is about.")
    early = WrongState("Only a matched invoice is paid.", state=invoice.state)
    with (
        Constraint("invoice_payment_reference", again),
        Constraint("invoice_paid_within_total", beyond),
        Constraint("invoice_payment_when_matched", early),
    ):
        await tx.execute(
            INSERT_PAYMENT,
            payment.id,
            invoice.id,
            payment.kind,
            payment.amount,
            payment.paid_on,
            payment.reference,
            payment.counterpart,
            payment.file_id,
            payment.note,
            payment.recorded_by,
            payment.recorded_at,
        )


CONFIRM_PAYMENT = """
UPDATE invoice_payment SET confirmed_by = $2, confirmed_at = $3 WHERE id = $1 AND confirmed_at IS NULL
"""


async def confirm_payment(tx: Tx, payment: Payment) -> None:
    """Write who confirmed it and when. Raises StaleVersion when somebody else was faster."""
    if await tx.execute(CONFIRM_PAYMENT, payment.id, payment.confirmed_by, payment.confirmed_at) != 1:
        raise StaleVersion


TO_TELL = """
SELECT id, order_id FROM invoice
 WHERE kind = 'invoice' AND state IN ('submitted', 'matched') AND overdue_at IS NULL AND due_ends_at <= clock_timestamp()
 ORDER BY due_ends_at
 LIMIT $1
"""


async def to_tell(tx: Tx, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """(order, invoice) of those that fell due and of which the clock has not told, longest waiting first."""
    return [(row["order_id"], row["id"]) for row in await tx.fetch(TO_TELL, limit)]


REGION = """
SELECT region_code FROM organisation WHERE id = $1
"""


async def region(tx: Tx, organisation_id: UUID) -> str | None:
    """Where an organisation is; None where it does not say."""
    found: str | None = await tx.fetchval(REGION, organisation_id)
    return found
