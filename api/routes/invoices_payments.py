"""What was paid of an invoice: evidence that the parties record. Nothing passes through the installation."""

from decimal import Decimal

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from api.call import Call
from api.contract import Api
from api.routes.invoices_wire import CreditSetOff, Invoice, PaymentRecord
from domain.ids import read
from domain.invoices import commands
from domain.quantity import plain

TAGS = ["Invoices"]


@post(
    "/v1/orders/{order_id:str}/invoices/{invoice_id:str}/payments",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("orders:write",),
            transition=True,
            etag=True,
            codes=(
                "already_paid",
                "duplicate_payment",
                "file_not_clean",
                "invalid",
                "limit_reached",
                "overpayment",
                "wrong_state",
            ),
        )
    },
)
async def record_payment(
    call: NamedDependency[Call], order_id: FromPath[str], invoice_id: FromPath[str], data: JSONBody[PaymentRecord]
) -> Response[Invoice]:
    """Record a payment of a matched invoice, or a credit note that was paid back.

    By the buyer, in parts if need be: the last one makes it `paid`. A reference counts once.
    """
    keys = read("order", order_id), read("invoice", invoice_id)
    return await call.change(
        lambda db: commands.pay(db, call.actor, *keys, data.draft(), expected=call.expected), Invoice.of, sealed=True
    )


@post(
    "/v1/orders/{order_id:str}/invoices/{invoice_id:str}/payments/{payment_id:str}/confirm",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def confirm_payment(
    call: NamedDependency[Call], order_id: FromPath[str], invoice_id: FromPath[str], payment_id: FromPath[str]
) -> Response[Invoice]:
    """Say that a payment arrived.

    By the supplier, once for each.
    """
    keys = read("order", order_id), read("invoice", invoice_id), read("payment", payment_id)
    return await call.change(
        lambda db: commands.confirm(db, call.actor, *keys, expected=call.expected), Invoice.of, sealed=True
    )


@post(
    "/v1/orders/{order_id:str}/invoices/{invoice_id:str}/set-off",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("orders:write",),
            transition=True,
            etag=True,
            codes=("already_paid", "duplicate_payment", "invalid", "limit_reached", "overpayment", "wrong_state"),
        )
    },
)
async def set_off_credit(
    call: NamedDependency[Call], order_id: FromPath[str], invoice_id: FromPath[str], data: JSONBody[CreditSetOff]
) -> Response[Invoice]:
    """Pay a part of an invoice with a credit note.

    By the buyer, both matched and of the same order. Each pair is set off once. Answers the credit note.
    """
    keys = read("order", order_id), read("invoice", invoice_id), read("invoice", data.invoice_id)
    amount = plain(Decimal(data.amount))
    return await call.change(
        lambda db: commands.set_off(db, call.actor, *keys, amount, expected=call.expected), Invoice.of, sealed=True
    )


HANDLERS = [record_payment, confirm_payment, set_off_credit]
