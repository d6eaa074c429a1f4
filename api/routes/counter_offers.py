"""Counter-offers: negotiating an opened quote in writing."""

from decimal import Decimal
from typing import Annotated, Self

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.attempts import watched
from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit
from api.routes.quotes_in import ShortDays
from api.routes.quotes_parts import AmendedLine
from api.routes.rfqs_in import Days, LineNo
from api.wire import (
    Blocked,
    Code,
    Currency3,
    DecimalText,
    ETag,
    Id,
    In,
    Int64,
    Out,
    Page,
    Text40,
    Text80,
    Text2000,
    Timestamp,
    utc,
)
from domain.counter_offers import commands, model, queries, rules
from domain.errors import Fault, Invalid
from domain.ids import read, show
from domain.money import price, price_fault
from domain.quantity import plain
from domain.quotes.model import AmendedLine as Line
from domain.vocabularies import state_label

TAGS = ["CounterOffers"]


class CounterOfferLineIn(In, kw_only=True):
    """From `quantity` on one unit is to cost `unit_price`; without `lead_time_days` it stays as quoted."""

    line_no: LineNo
    quantity: DecimalText
    unit_price: DecimalText
    lead_time_days: ShortDays | None = None


class CounterOfferCreate(In, kw_only=True):
    """Other prices or days of payment, in the quote's currency and without PPN. What is absent stays as quoted."""

    lines: Annotated[list[CounterOfferLineIn], Meta(max_length=model.MAX_LINES)] = []
    payment_days: Days | None = None
    message: Text2000 | None = None
    answer_by: Timestamp

    def proposal(self) -> model.Proposal:
        """As the domain takes it. Raises Invalid for a price with more than 4 decimals."""
        faults = [
            Fault(f"/lines/{place}/unit_price", wrong)
            for place, line in enumerate(self.lines)
            if (wrong := price_fault(Decimal(line.unit_price)))
        ]
        if faults:
            raise Invalid("The counter-offer contains prices that make no sense.", faults=faults)
        return model.Proposal(
            lines=tuple(
                Line(
                    line_no=line.line_no,
                    quantity=plain(Decimal(line.quantity)),
                    unit_price=price(Decimal(line.unit_price) + 0),  # a zero without a sign
                    lead_time_days=line.lead_time_days,
                )
                for line in self.lines
            ),
            payment_days=self.payment_days,
            message=self.message,
            answer_by=self.answer_by,
        )


class CounterOfferDecline(In, kw_only=True):
    """Why: a code of `decline_counter_offer_reasons`, and words for the buyer."""

    reason: Code
    note: Text2000 | None = None


class CounterOffer(Out):
    """What the buyer proposes to change of a quote. `round` is the quote's."""

    id: Id
    quote_id: Id
    rfq_id: Id
    buyer_id: Id
    supplier_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=10)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=10)]
    etag: ETag
    round: Int64
    currency: Currency3 | None
    lines: Annotated[list[AmendedLine], Meta(max_length=model.MAX_LINES)]
    payment_days: Int64 | None
    message: Text2000 | None
    answer_by: Timestamp
    answered_at: Timestamp | None
    end_reason: Text80 | None
    end_note: Text2000 | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, seen: model.Seen, view: View) -> Self:
        """As both parties see it."""
        offer = seen.offer
        allowed, blocked = rules.available(offer, seen.quote, seen.rfq, view.actor, now=view.now)
        return cls(
            id=show("counter_offer", offer.id),
            quote_id=show("quote", offer.quote_id),
            rfq_id=show("rfq", offer.rfq_id),
            buyer_id=show("organisation", offer.buyer_id),
            supplier_id=show("organisation", offer.supplier_id),
            state=offer.state,
            state_label=state_label("counter_offer", offer.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(offer.version),
            round=seen.quote.round,
            currency=seen.quote.currency,
            lines=[AmendedLine.of(line) for line in offer.lines],
            payment_days=offer.payment_days,
            message=offer.message,
            answer_by=utc(offer.answer_by),
            answered_at=None if offer.answered_at is None else utc(offer.answered_at),
            end_reason=offer.end_reason,
            end_note=offer.end_note,
            created_at=utc(offer.created_at),
            updated_at=utc(offer.updated_at),
        )


class CounterOfferPage(Page[CounterOffer]):
    """Counter-offers to one quote, newest first."""


@post(
    "/v1/quotes/{quote_id:str}/counter-offers",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("awards:propose",),
            idempotent=True,
            etag=True,
            location=True,
            errors=(409,),
            codes=("duplicate", "invalid", "not_firm", "quote_expired", "still_sealed", "wrong_state"),
        )
    },
)
async def create_counter_offer(
    call: NamedDependency[Call], quote_id: FromPath[str], data: JSONBody[CounterOfferCreate]
) -> Response[CounterOffer]:
    """Propose other prices or terms for an opened quote.

    While the RFQ is evaluated, one at a time. Only its two parties read it. Once accepted, it changes what is compared
    and awarded.
    """
    key, wanted = read("quote", quote_id), data.proposal()
    return await watched(
        call,
        call.change(
            lambda db: commands.propose(db, call.actor, key, wanted),
            CounterOffer.of,
            status=201,
            location=lambda seen: f"/v1/counter-offers/{show('counter_offer', seen.id)}",
            sealed=True,
        ),
    )


@get(
    "/v1/quotes/{quote_id:str}/counter-offers",
    tags=TAGS,
    opt={"api": Api(scopes=("quotes:read",), errors=(409,), codes=("still_sealed",))},
)
async def list_counter_offers(
    call: NamedDependency[Call], quote_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[CounterOfferPage]:
    """List the counter-offers to a quote, newest first.

    For its buyer and its supplier.
    """
    key = read("quote", quote_id)
    return await watched(
        call,
        call.listed(
            lambda behind, count: queries.of_quote(call.db, call.actor, key, after=behind, limit=count),
            CounterOffer.of,
            CounterOfferPage,
            kind="counter_offer",
            after=after,
            limit=limit,
            filters=["counter_offers", quote_id],
        ),
    )


@get(
    "/v1/counter-offers/{counter_offer_id:str}",
    tags=TAGS,
    opt={"api": Api(scopes=("quotes:read",), etag=True)},
)
async def get_counter_offer(call: NamedDependency[Call], counter_offer_id: FromPath[str]) -> Response[CounterOffer]:
    """Read a counter-offer.

    For the buyer and the supplier of its quote.
    """
    return await call.read(queries.get(call.db, call.actor, read("counter_offer", counter_offer_id)), CounterOffer.of)


@post(
    "/v1/counter-offers/{counter_offer_id:str}/accept",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:submit",),
            transition=True,
            if_match="required",
            etag=True,
            codes=("deadline_passed", "quote_expired", "wrong_state"),
        )
    },
)
async def accept_counter_offer(call: NamedDependency[Call], counter_offer_id: FromPath[str]) -> Response[CounterOffer]:
    """Agree to a counter-offer.

    Before `answer_by`. From then on the quote is compared, awarded and ordered as amended; what was opened stays
    readable beside it.
    """
    key = read("counter_offer", counter_offer_id)
    return await call.change(
        lambda db: commands.accept(db, call.actor, key, expected=call.expected), CounterOffer.of, sealed=True
    )


@post(
    "/v1/counter-offers/{counter_offer_id:str}/decline",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:submit",), transition=True, etag=True, codes=("deadline_passed", "invalid", "wrong_state")
        )
    },
)
async def decline_counter_offer(
    call: NamedDependency[Call], counter_offer_id: FromPath[str], data: JSONBody[CounterOfferDecline]
) -> Response[CounterOffer]:
    """Stay with what was quoted.

    With a coded reason. The quote stands as it is.
    """
    key = read("counter_offer", counter_offer_id)
    return await call.change(
        lambda db: commands.decline(db, call.actor, key, data.reason, data.note, expected=call.expected),
        CounterOffer.of,
        sealed=True,
    )


@post(
    "/v1/counter-offers/{counter_offer_id:str}/withdraw",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("awards:propose",), transition=True, etag=True, codes=("wrong_state",))},
)
async def withdraw_counter_offer(
    call: NamedDependency[Call], counter_offer_id: FromPath[str]
) -> Response[CounterOffer]:
    """Take a counter-offer back.

    Before it is answered.
    """
    key = read("counter_offer", counter_offer_id)
    return await call.change(
        lambda db: commands.withdraw(db, call.actor, key, expected=call.expected), CounterOffer.of, sealed=True
    )


HANDLERS = [
    create_counter_offer,
    list_counter_offers,
    get_counter_offer,
    accept_counter_offer,
    decline_counter_offer,
    withdraw_counter_offer,
]
