"""Invoices of an order: billing, the three-way match, disputes."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from api.call import Call
from api.contract import Api
from api.paging import After, Limit
from api.routes.invoices_match_wire import Billing, InvoiceMatch
from api.routes.invoices_wire import Invoice, InvoiceDispute, InvoicePage, InvoiceRecord
from domain.ids import read, show
from domain.invoices import commands, queries

TAGS = ["Invoices"]
State = Annotated[str | None, QueryParameter(name="state", max_length=40, description="Only this state.")]
Overdue = Annotated[
    bool | None, QueryParameter(description="Only those that are past their day and open, or only the others.")
]


@post(
    "/v1/orders/{order_id:str}/invoices",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("orders:write",),
            idempotent=True,
            etag=True,
            location=True,
            errors=(409,),
            codes=("duplicate", "invalid", "limit_reached", "wrong_state", "file_not_clean"),
        )
    },
)
async def record_invoice(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[InvoiceRecord]
) -> Response[Invoice]:
    """Bill an order, or credit a part of what was billed.

    By the supplier, from the acknowledgement on and however the order ended. It waits for the buyer's match, which counts
    what was accepted. PPN is floor(base x 12 % x 11/12) of the unrounded base where a PKP supplier bills in rupiah. A
    corrected invoice names the disputed one that it `replaces`, which is withdrawn with it.
    """
    key = read("order", order_id)
    return await call.change(
        lambda db: commands.submit(db, call.actor, key, data.draft()),
        Invoice.of,
        status=201,
        location=lambda made: f"/v1/orders/{order_id}/invoices/{show('invoice', made.id)}",
        sealed=True,
    )


@get("/v1/orders/{order_id:str}/invoices", tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def list_invoices(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    limit: Limit = 50,
    after: After = None,
    invoice_state: State = None,
    overdue: Overdue = None,
) -> Response[InvoicePage]:
    """List the invoices of an order, oldest first.

    Credit notes and withdrawn ones too.
    """
    key = read("order", order_id)
    return await call.listed(
        lambda behind, count: queries.list_of(
            call.db, call.actor, key, after=behind, limit=count, state=invoice_state, overdue=overdue
        ),
        Invoice.of,
        InvoicePage,
        kind="invoice",
        after=after,
        limit=limit,
        filters=["invoices", order_id, invoice_state, overdue],
    )


@get("/v1/invoices", tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def list_own_invoices(
    call: NamedDependency[Call],
    limit: Limit = 50,
    after: After = None,
    invoice_state: State = None,
    overdue: Overdue = None,
) -> Response[InvoicePage]:
    """List the invoices that you sent or got, newest first.

    Of all orders.
    """
    return await call.listed(
        lambda behind, count: queries.list_own(
            call.db, call.actor, after=behind, limit=count, state=invoice_state, overdue=overdue
        ),
        Invoice.of,
        InvoicePage,
        kind="invoice",
        after=after,
        limit=limit,
        filters=["own invoices", invoice_state, overdue],
    )


@get(
    "/v1/orders/{order_id:str}/invoices/{invoice_id:str}",
    tags=TAGS,
    opt={"api": Api(scopes=("orders:read",), etag=True)},
)
async def get_invoice(
    call: NamedDependency[Call], order_id: FromPath[str], invoice_id: FromPath[str]
) -> Response[Invoice]:
    """Read an invoice with its payments.

    For the two parties of the order.
    """
    keys = read("order", order_id), read("invoice", invoice_id)
    return await call.read(queries.get(call.db, call.actor, *keys), Invoice.of)


@get(
    "/v1/orders/{order_id:str}/invoices/{invoice_id:str}/match",
    tags=TAGS,
    opt={"api": Api(scopes=("orders:read",))},
)
async def get_invoice_match(
    call: NamedDependency[Call], order_id: FromPath[str], invoice_id: FromPath[str]
) -> Response[InvoiceMatch]:
    """Compare an invoice with its order and with what was accepted.

    As things are now. Of two invoices that wait, the earlier one takes what is left.
    """
    keys = read("order", order_id), read("invoice", invoice_id)
    return await call.read(queries.match(call.db, call.actor, *keys), InvoiceMatch.of)


@get("/v1/orders/{order_id:str}/billing", tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def get_billing(call: NamedDependency[Call], order_id: FromPath[str]) -> Response[Billing]:
    """Read what of an order was accepted, invoiced and paid.

    Line by line, with the credit that a return makes due.
    """
    return await call.read(queries.billing(call.db, call.actor, read("order", order_id)), Billing.of)


@post(
    "/v1/orders/{order_id:str}/invoices/{invoice_id:str}/match",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("wrong_state", "invoice_mismatch"))},
)
async def match_invoice(
    call: NamedDependency[Call], order_id: FromPath[str], invoice_id: FromPath[str]
) -> Response[Invoice]:
    """Accept an invoice that agrees with the order and with what was accepted.

    By the buyer, within its tolerances. What differs is named, each with a pointer into the invoice.
    """
    keys = read("order", order_id), read("invoice", invoice_id)
    return await call.change(
        lambda db: commands.match(db, call.actor, *keys, expected=call.expected), Invoice.of, sealed=True
    )


@post(
    "/v1/orders/{order_id:str}/invoices/{invoice_id:str}/dispute",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("wrong_state", "invalid"))},
)
async def dispute_invoice(
    call: NamedDependency[Call], order_id: FromPath[str], invoice_id: FromPath[str], data: JSONBody[InvoiceDispute]
) -> Response[Invoice]:
    """Say why an invoice is not accepted.

    By the buyer, with a code. The supplier answers with a corrected one, or the buyer takes it back.
    """
    keys = read("order", order_id), read("invoice", invoice_id)
    return await call.change(
        lambda db: commands.dispute(db, call.actor, *keys, data.reason, data.note, data.lines, expected=call.expected),
        Invoice.of,
        sealed=True,
    )


@post(
    "/v1/orders/{order_id:str}/invoices/{invoice_id:str}/resolve-dispute",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def resolve_dispute(
    call: NamedDependency[Call], order_id: FromPath[str], invoice_id: FromPath[str]
) -> Response[Invoice]:
    """Take a dispute back.

    By the buyer; the invoice waits for its match again.
    """
    keys = read("order", order_id), read("invoice", invoice_id)
    return await call.change(
        lambda db: commands.resolve(db, call.actor, *keys, expected=call.expected), Invoice.of, sealed=True
    )


@post(
    "/v1/orders/{order_id:str}/invoices/{invoice_id:str}/withdraw",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def withdraw_invoice(
    call: NamedDependency[Call], order_id: FromPath[str], invoice_id: FromPath[str]
) -> Response[Invoice]:
    """Take an invoice back that was not matched.

    By the supplier. Its number stays used.
    """
    keys = read("order", order_id), read("invoice", invoice_id)
    return await call.change(
        lambda db: commands.withdraw(db, call.actor, *keys, expected=call.expected), Invoice.of, sealed=True
    )


HANDLERS = [
    record_invoice,
    list_invoices,
    list_own_invoices,
    get_invoice,
    get_invoice_match,
    get_billing,
    match_invoice,
    dispute_invoice,
    resolve_dispute,
    withdraw_invoice,
]
