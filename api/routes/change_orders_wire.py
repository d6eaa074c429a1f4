"""What change orders look like on the wire."""

from decimal import Decimal
from typing import Annotated, Literal, Self

import msgspec
from msgspec import Meta

from api.call import View, etag_of
from api.routes.rfqs_in import Days, LineNo
from api.wire import (
    Blocked,
    Code,
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
from domain.change_orders import model, rules
from domain.change_orders.difference import sentence
from domain.errors import Refusal
from domain.ids import show
from domain.quantity import plain
from domain.vocabularies import state_label

Incoterm = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z", max_length=3)]
Signer = Annotated[str, Meta(max_length=200)]


class LineChangeIn(In, kw_only=True):
    """What becomes of one line; what is left out stays. A `quantity` of 0 drops the line."""

    line_no: LineNo
    quantity: DecimalText | None = None
    unit_price: DecimalText | None = None
    due_on: Day | None = None
    promised_on: Day | None = None
    reason: Code | None = None


class TermsChangeIn(In, kw_only=True):
    """What becomes of the terms; what is left out stays. Another Incoterm drops the place of the former one."""

    incoterm: Incoterm | None = None
    delivery_place: Text200 | None = None
    payment_days: Days | None = None
    frozen_days: Days | None = None


class ChangeOrderPropose(In, kw_only=True):
    """What is proposed: changes of lines and terms, or the cancellation of the order; `reason` from `change_reasons`."""

    lines: Annotated[list[LineChangeIn], Meta(max_length=500)] = []
    terms: TermsChangeIn | None = None
    cancels: bool = False
    reason: Code
    note: Text2000 | None = None

    def proposal(self) -> model.Proposal:
        """As the domain takes it."""
        terms = self.terms
        return model.Proposal(
            content=model.Content(
                lines=tuple(
                    model.LineChange(
                        line_no=line.line_no,
                        quantity=None if line.quantity is None else plain(Decimal(line.quantity)),
                        unit_price=None if line.unit_price is None else Decimal(line.unit_price),
                        due_on=line.due_on,
                        promised_on=line.promised_on,
                        reason=line.reason,
                    )
                    for line in self.lines
                ),
                terms=None
                if terms is None
                else model.TermsChange(
                    incoterm=terms.incoterm,
                    delivery_place=terms.delivery_place,
                    payment_days=terms.payment_days,
                    frozen_days=terms.frozen_days,
                ),
                cancels=self.cancels,
            ),
            reason=self.reason,
            note=self.note,
        )


class ChangeOrderAnswer(In, kw_only=True):
    """What the other side writes with its answer."""

    note: Text2000 | None = None


WITHOUT_NOTE = ChangeOrderAnswer()


class OrderDifference(Out):
    """One member of the order, before and after, and the same in words.

    `pointer` is a JSON Pointer into the order as `get_order` shows it.
    """

    pointer: Annotated[str, Meta(max_length=100)]
    before: Text200 | None = msgspec.field(name="from")
    after: Text200 | None = msgspec.field(name="to")
    sentence_id: Annotated[str, Meta(max_length=1000)]
    sentence_en: Annotated[str, Meta(max_length=1000)]


class LineChange(Out):
    """What was proposed for one line; null where it stays."""

    line_no: LineNo
    quantity: DecimalText | None
    unit_price: DecimalText | None
    due_on: Day | None
    promised_on: Day | None
    reason: Code | None


class Signature(Out):
    """Who signed for which side, and when. `system`: it ended with the order, or with the answer that it came from."""

    side: Literal["buyer", "supplier", "system"]
    name: Signer
    at: Timestamp


class ChangeOrder(Out):
    """A proposal to change an order, made on its version `order_etag`.

    `difference` is what it changes, `total_after` what the order would come to if it were accepted now, without PPN; null
    when it is answered or can no longer be accepted. `acknowledges`: it holds what the supplier did not accept of an
    issued order. `revision` is the revision of the order that it made.
    """

    id: Id
    order_id: Id
    number: Int64
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    side: Literal["buyer", "supplier"]
    order_etag: ETag
    reason: Code
    note: Text2000 | None
    cancels: bool
    acknowledges: bool
    lines: Annotated[list[LineChange], Meta(max_length=500)]
    difference: Annotated[list[OrderDifference], Meta(max_length=2010)]
    total_after: DecimalText | None
    proposed: Signature
    answered: Signature | None
    answer_note: Text2000 | None
    revision: Int64 | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, seen: model.Seen, view: View) -> Self:
        """As either party sees it."""
        change, order = seen
        allowed, blocked = rules.available(change, order, view.actor)
        return cls(
            id=show("change_order", change.id),
            order_id=show("order", change.order_id),
            number=change.number,
            state=change.state,
            state_label=state_label("change_order", change.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(change.version),
            side=change.side,
            order_etag=etag_of(change.order_version),
            reason=change.reason,
            note=change.note,
            cancels=change.content.cancels,
            acknowledges=change.content.acknowledges,
            lines=[
                LineChange(
                    line_no=line.line_no,
                    quantity=optional_decimal_text(line.quantity),
                    unit_price=optional_decimal_text(line.unit_price),
                    due_on=line.due_on,
                    promised_on=line.promised_on,
                    reason=line.reason,
                )
                for line in change.content.lines
            ],
            difference=[_difference(item, seen) for item in change.difference],
            total_after=_total_after(seen),
            proposed=Signature(side=change.side, name=change.proposed_by, at=utc(change.created_at)),
            answered=_answered(change),
            answer_note=change.answer_note,
            revision=change.revision,
            created_at=utc(change.created_at),
            updated_at=utc(change.updated_at),
        )


def _difference(item: model.Difference, seen: model.Seen) -> OrderDifference:
    said = sentence(item, seen.order)
    return OrderDifference(
        pointer=item.pointer, before=item.before, after=item.after, sentence_id=said.id, sentence_en=said.en
    )


def _total_after(seen: model.Seen) -> str | None:
    if seen.change.state != "proposed":
        return None
    try:
        rules.require_acceptable(seen.change, seen.order)
    except Refusal:
        return None
    return decimal_text(rules.applied(seen.order, seen.change.content).total)


def _answered(change: model.ChangeOrder) -> Signature | None:
    if change.answered_at is None or change.answered_by is None or change.answered_side is None:
        return None
    return Signature(side=change.answered_side, name=change.answered_by, at=utc(change.answered_at))


class ChangeOrderPage(Page[ChangeOrder]):
    """Change orders of one order, oldest first."""
