"""Purchase orders: what was ordered, and how much of it was sent, arrived, and was accepted."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit
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
    optional_decimal_text,
    utc,
)
from domain.ids import read, show
from domain.money import ppn
from domain.orders import commands, model, queries, rules
from domain.quantity import plain
from domain.vocabularies import state_label

TAGS = ["Orders"]
Answer = Literal["accepted", "changed", "rejected"]
Money = Annotated[
    str,
    Meta(
        pattern=r"^(0|[1-9][0-9]{0,19})(\.[0-9]{1,10})?\Z",
        max_length=31,
        description="Exact decimal, not rounded.",
        examples=["53083.5"],
    ),
]


class LineAcknowledgement(Out):
    """What the supplier last answered to a line; `quantity` and `reason` where it was not simply accepted."""

    answer: Answer
    promised_on: Day | None
    quantity: DecimalText | None
    reason: Code | None
    note: Text2000 | None

    @classmethod
    def of(cls, answer: model.Promise) -> Self:
        """On the wire."""
        return cls(
            answer=answer.answer,
            promised_on=answer.promised_on,
            quantity=optional_decimal_text(answer.quantity),
            reason=answer.reason,
            note=answer.note,
        )


class PurchaseOrderLine(Out):
    """One line. accepted + rejected <= received, received + short <= despatched.

    `open` is what has yet to be accepted of what was ordered, `despatchable` what may still be sent by
    the order; where a part is only forecast, `get_schedule` says how much of that is called off.
    """

    line_no: LineNo
    part_number: Text80
    drawing_revision: Text40 | None
    name_id: Text200
    name_en: Text200 | None
    line_digest: Annotated[str, Meta(max_length=64)]
    unit: Text40
    unit_price: DecimalText
    tooling: DecimalText
    due_on: Day | None
    promised_on: Day | None
    acknowledgement: LineAcknowledgement | None
    ordered: DecimalText
    tolerance: DecimalText
    despatched: DecimalText
    short: DecimalText
    received: DecimalText
    accepted: DecimalText
    rejected: DecimalText
    returned: Annotated[DecimalText, Meta(description="How much of `rejected` went back.")]
    open: DecimalText
    despatchable: DecimalText
    approval_plan: Text40
    gate: Annotated[
        Text40,
        Meta(
            description="`closed`: production waits for an approved first article; `limited`: an approval with deviation; "
            "`none`: no approval is asked for; `open`: approved."
        ),
    ]
    gate_quantity: Annotated[DecimalText | None, Meta(description="Production in all that a deviation lets leave.")]
    gate_until: Annotated[Timestamp | None, Meta(description="When the deviation ends.")]
    samples_left: Annotated[DecimalText, Meta(description="How much may be sent as samples; 0 where none are needed.")]

    @classmethod
    def of(cls, line: model.OrderLine) -> Self:
        """On the wire."""
        detail = line.detail
        return cls(
            line_no=line.line_no,
            part_number=detail.part_number,
            drawing_revision=detail.drawing_revision,
            name_id=detail.name_id,
            name_en=detail.name_en,
            line_digest=detail.line_digest,
            unit=line.unit,
            unit_price=decimal_text(line.unit_price),
            tooling=decimal_text(detail.tooling),
            due_on=detail.due_on,
            promised_on=line.promised_on,
            acknowledgement=None if line.answer is None else LineAcknowledgement.of(line.answer),
            ordered=decimal_text(line.ordered),
            tolerance=decimal_text(line.tolerance),
            despatched=decimal_text(line.despatched),
            short=decimal_text(line.short),
            received=decimal_text(line.received),
            accepted=decimal_text(line.accepted),
            rejected=decimal_text(line.rejected),
            returned=decimal_text(line.returned),
            open=decimal_text(line.open),
            despatchable=decimal_text(max(line.may_despatch, model.ZERO)),
            approval_plan=detail.approval_plan,
            gate=line.gate,
            gate_quantity=None if line.gate_quantity is None else decimal_text(line.gate_quantity),
            gate_until=None if line.gate_until is None else utc(line.gate_until),
            samples_left=decimal_text(line.samples_left),
        )


class PurchaseOrder(Out):
    """An order, made by the acceptance of an award; `revision` counts the changes that both sides signed.

    `base` is the sum of ordered x unit_price + tooling, unrounded; `total` is that sum in whole minor units, without PPN.
    `ppn` is floor(base x 12 % x 11/12), null outside of rupiah, and `total_with_ppn` the sum of the two. On hold,
    `held_from` is the state that it returns to; `state_reason` says why it was rejected, held, closed short or cancelled.
    """

    id: Id
    number: Text40
    rfq_id: Id
    award_id: Id
    buyer_id: Id
    supplier_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    revision: Int64
    held_from: Text40 | None
    state_reason: Code | None
    state_note: Text2000 | None
    currency: Currency3
    base: Money
    total: DecimalText
    ppn: DecimalText | None
    total_with_ppn: DecimalText | None
    incoterm: Text40 | None
    delivery_place: Text200 | None
    payment_days: Int64 | None
    frozen_days: Int64
    over_delivery_percent: DecimalText
    acknowledged_at: Timestamp | None
    completed_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp
    lines: Annotated[list[PurchaseOrderLine], Meta(max_length=500)]

    @classmethod
    def of(cls, order: model.Order, view: View) -> Self:
        """As either party sees it."""
        allowed, blocked = rules.available(order, view.actor, now=view.now)
        tax = ppn(order.base) if order.currency == "IDR" else None
        return cls(
            id=show("order", order.id),
            number=order.number,
            rfq_id=show("rfq", order.rfq_id),
            award_id=show("award", order.award_id),
            buyer_id=show("organisation", order.buyer_id),
            supplier_id=show("organisation", order.supplier_id),
            state=order.state,
            state_label=state_label("order", order.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(order.version),
            revision=order.revision,
            held_from=order.held_from,
            state_reason=order.state_reason,
            state_note=order.state_note,
            currency=order.currency,
            base=decimal_text(plain(order.base)),
            total=decimal_text(order.total),
            ppn=optional_decimal_text(tax),
            total_with_ppn=None if tax is None else decimal_text(order.total + tax),
            incoterm=order.terms.incoterm,
            delivery_place=order.terms.delivery_place,
            payment_days=order.terms.payment_days,
            frozen_days=order.terms.frozen_days,
            over_delivery_percent=decimal_text(order.over_delivery_percent),
            acknowledged_at=None if order.acknowledged_at is None else utc(order.acknowledged_at),
            completed_at=None if order.completed_at is None else utc(order.completed_at),
            created_at=utc(order.created_at),
            updated_at=utc(order.updated_at),
            lines=[PurchaseOrderLine.of(line) for line in order.lines],
        )


class PurchaseOrderCard(Out):
    """An order in a list."""

    id: Id
    number: Text40
    rfq_id: Id
    award_id: Id
    buyer_id: Id
    buyer_name: Text200
    supplier_id: Id
    supplier_name: Text200
    state: Text40
    state_label: Text80
    etag: ETag
    currency: Currency3
    total: DecimalText
    line_count: Int64
    complete_line_count: Int64
    created_at: Timestamp

    @classmethod
    def of(cls, card: model.Card, view: View) -> Self:
        """As either party sees it."""
        return cls(
            id=show("order", card.id),
            number=card.number,
            rfq_id=show("rfq", card.rfq_id),
            award_id=show("award", card.award_id),
            buyer_id=show("organisation", card.buyer_id),
            buyer_name=card.buyer_name,
            supplier_id=show("organisation", card.supplier_id),
            supplier_name=card.supplier_name,
            state=card.state,
            state_label=state_label("order", card.state, view.language),
            etag=etag_of(card.version),
            currency=card.currency,
            total=decimal_text(card.total),
            line_count=card.line_count,
            complete_line_count=card.complete_line_count,
            created_at=utc(card.created_at),
        )


class PurchaseOrderPage(Page[PurchaseOrderCard]):
    """Orders, newest first."""


class PromiseIn(In, kw_only=True):
    """The answer to one line.

    `accepted` as ordered, on `promised_on`; `changed` with another quantity or another day than was asked, and `rejected`
    without either, both with a `reason` from the vocabulary `change_reasons`.
    """

    line_no: LineNo
    answer: Answer = "accepted"
    promised_on: Day | None = None
    quantity: DecimalText | None = None
    reason: Code | None = None
    note: Text2000 | None = None

    def promise(self) -> model.Promise:
        """As the domain takes it."""
        return model.Promise(
            line_no=self.line_no,
            answer=self.answer,
            promised_on=self.promised_on,
            quantity=None if self.quantity is None else plain(Decimal(self.quantity)),
            reason=self.reason,
            note=self.note,
        )


class OrderAcknowledge(In):
    """An answer to every line of the order."""

    lines: Annotated[list[PromiseIn], Meta(min_length=1, max_length=500)]


@get("/v1/orders", tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def list_orders(
    call: NamedDependency[Call],
    limit: Limit = 50,
    after: After = None,
    order_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
    rfq_id: Annotated[str | None, QueryParameter(max_length=40, description="Only orders from this RFQ.")] = None,
) -> Response[PurchaseOrderPage]:
    """List orders, newest first.

    Those that the organisation gave or got.
    """
    return await call.listed(
        lambda behind, count: queries.list_own(
            call.db,
            call.actor,
            after=behind,
            limit=count,
            state=order_state,
            rfq_id=None if rfq_id is None else read("rfq", rfq_id),
        ),
        PurchaseOrderCard.of,
        PurchaseOrderPage,
        kind="order",
        after=after,
        limit=limit,
        filters=["orders", order_state, rfq_id],
    )


@get("/v1/orders/{order_id:str}", tags=TAGS, opt={"api": Api(scopes=("orders:read",), etag=True)})
async def get_order(call: NamedDependency[Call], order_id: FromPath[str]) -> Response[PurchaseOrder]:
    """Read an order.

    With the running quantities of each line, which follow from despatches, receipts and inspections.
    """
    return await call.read(queries.get(call.db, call.actor, read("order", order_id)), PurchaseOrder.of)


@post(
    "/v1/orders/{order_id:str}/acknowledge",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("duplicate", "incomplete", "invalid"))
    },
)
async def acknowledge_order(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[OrderAcknowledge]
) -> Response[PurchaseOrder]:
    """Answer to an order, line by line.

    When every line is accepted, the order is acknowledged. Whatever is changed or rejected becomes a change order of the
    supplier at once (`list_change_orders`): the order stays issued until the buyer accepts that one, and the supplier may
    answer anew, which takes it back.
    """
    key = read("order", order_id)
    promises = [item.promise() for item in data.lines]
    return await call.change(
        lambda db: commands.acknowledge(db, call.actor, key, promises, expected=call.expected), PurchaseOrder.of
    )


HANDLERS = [list_orders, get_order, acknowledge_order]
