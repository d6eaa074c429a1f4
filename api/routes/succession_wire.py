"""Wire shape of who is next for what an ended award left."""

from typing import Annotated, Self

from msgspec import Meta

from api.call import View
from api.routes.rfqs_in import LineNo
from api.wire import (
    Currency3,
    DecimalText,
    Id,
    Int64,
    Out,
    Text40,
    Text80,
    Text200,
    decimal_text,
    optional_decimal_text,
)
from domain.awards import succession
from domain.awards.model import MAX_LINES
from domain.comparison.queries import MAX_BIDS
from domain.ids import show, show_optional
from domain.quantity import plain
from domain.rfqs import rules as rfq_rules


class Successor(Out):
    """One valid quote for one free line. Amounts in its own currency, without PPN."""

    rank: Int64
    quote_id: Id
    supplier_id: Id
    supplier_name: Text200
    currency: Currency3
    unit_price: DecimalText
    total_with_tooling: DecimalText
    lead_time_days: Int64 | None
    capacity_per_month: DecimalText | None
    capacity_left_per_month: Annotated[
        DecimalText | None,
        Meta(description="What the quote states less what live awards of this RFQ take for the same part."),
    ]


class FreeLine(Out):
    """A line of the ended award with what may be proposed of it now; no items: nobody is left."""

    line_no: LineNo
    quantity: DecimalText
    items: Annotated[list[Successor], Meta(max_length=MAX_BIDS)]


class Succession(Out):
    """Who is next. `next_quote_id` is what `offer-next` would propose to; null with `rfq_actions` saying what is left."""

    award_id: Id
    rfq_id: Id
    lines: Annotated[list[FreeLine], Meta(max_length=MAX_LINES)]
    next_quote_id: Id | None
    rfq_state: Text40
    rfq_actions: Annotated[
        list[Text80],
        Meta(max_length=30, description="How its buyer may move the RFQ now; its `allowed_actions` name more besides."),
    ]

    @classmethod
    def of(cls, found: succession.Succession, view: View) -> Self:
        """As the buyer sees it."""
        return cls(
            award_id=show("award", found.award_id),
            rfq_id=show("rfq", found.rfq.id),
            lines=[
                FreeLine(
                    line_no=line_no,
                    quantity=decimal_text(plain(quantity)),
                    items=[_successor(offer) for offer in found.offers if offer.line_no == line_no],
                )
                for line_no, quantity in sorted(found.free.items())
            ],
            next_quote_id=show_optional("quote", found.next_quote_id),
            rfq_state=found.rfq.state,
            rfq_actions=rfq_rules.available(found.rfq, view.actor, now=view.now)[0],
        )


def _successor(offer: succession.Offer) -> Successor:
    return Successor(
        rank=offer.rank,
        quote_id=show("quote", offer.quote_id),
        supplier_id=show("organisation", offer.supplier_id),
        supplier_name=offer.supplier_name,
        currency=offer.currency,
        unit_price=decimal_text(offer.unit_price),
        total_with_tooling=decimal_text(offer.total_with_tooling),
        lead_time_days=offer.lead_time_days,
        capacity_per_month=optional_decimal_text(offer.capacity_per_month),
        capacity_left_per_month=optional_decimal_text(offer.capacity_left_per_month),
    )
