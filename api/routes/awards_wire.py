"""Wire shapes of awards: what the buyer proposes, what both sides read."""

from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from msgspec import Meta

from api.call import View, etag_of
from api.routes.rfqs_in import LineNo
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
    Text200,
    Text2000,
    Timestamp,
    decimal_text,
    utc,
)
from domain.awards import model, rules
from domain.awards.losers import MAX_REASONS
from domain.ids import read, show, show_optional
from domain.quantity import plain
from domain.vocabularies import state_label

LossReasons = Annotated[
    dict[Id, Code],
    Meta(
        max_length=MAX_REASONS,
        description="By losing quote, the code of `loss_reasons` it hears in place of what its figures say.",
    ),
]


class AwardLineIn(In):
    """How much of one line, and why this supplier: `reason` is a code of `award_reasons`."""

    line_no: LineNo
    quantity: DecimalText
    reason: Code


class AwardPropose(In, kw_only=True):
    """Quantities of one opened quote. The prices follow from the quote. `note` is for the supplier to read."""

    quote_id: Id
    lines: Annotated[list[AwardLineIn], Meta(max_length=model.MAX_LINES)]
    note: Text2000 | None = None
    reasons: LossReasons = {}

    def wanted(self) -> list[model.ProposedLine]:
        """The lines as the domain takes them."""
        return [
            model.ProposedLine(line_no=line.line_no, quantity=plain(Decimal(line.quantity)), reason=line.reason)
            for line in self.lines
        ]

    def given(self) -> dict[UUID, str]:
        """The reasons for losing quotes, by quote. Raises NotFound for what is no id of a quote."""
        return {read("quote", quote_id): code for quote_id, code in self.reasons.items()}


class AwardDecline(In, kw_only=True):
    """Why: a code of `decline_award_reasons`."""

    reason: Code
    note: Text2000 | None = None


class AwardCancel(In, kw_only=True):
    """Why: a code of `cancel_reasons`."""

    reason: Code
    note: Text2000 | None = None


class AwardLine(Out):
    """`unit_price` is the break that the quantity reaches, with its share of amortised tooling; `tooling` is paid once."""

    line_no: LineNo
    quantity: DecimalText
    unit_price: DecimalText
    tooling: DecimalText
    reason: Annotated[Text80 | None, Meta(description="Code of `award_reasons`; null for the supplier.")]


class Award(Out):
    """Quantities of one quote for one supplier. `total` is the sum of quantity x unit_price + tooling, without PPN."""

    id: Id
    rfq_id: Id
    quote_id: Id
    buyer_id: Id
    supplier_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    currency: Currency3
    total: DecimalText
    note: Text2000 | None
    lines: Annotated[list[AwardLine], Meta(max_length=model.MAX_LINES)]
    proposed_by: Annotated[Text200 | None, Meta(description="Person or credential; null for the supplier.")]
    issued_by: Annotated[Text200 | None, Meta(description="Person or credential; null for the supplier.")]
    issued_at: Timestamp | None
    answered_at: Timestamp | None
    end_reason: Text80 | None
    end_note: Text2000 | None
    order_id: Annotated[Id | None, Meta(description="The order that the acceptance made.")]
    standstill_until: Annotated[Timestamp | None, Meta(description="The supplier may accept from this instant on.")]
    accept_by: Annotated[Timestamp | None, Meta(description="At this instant it has lapsed.")]
    follows: Annotated[
        Id | None, Meta(description="The ended award whose quantity this one offers; null for the supplier.")
    ]
    reasons: Annotated[
        LossReasons | None, Meta(description="What losing quotes hear by the buyer's word; null for the supplier.")
    ]
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, seen: model.Seen, view: View) -> Self:
        """As the buyer or, from the issue on, the supplier sees it."""
        award = seen.award
        buyer = view.actor.is_organisation(award.buyer_id)
        allowed, blocked = rules.available(award, seen.around, view.actor, now=view.now, objected=seen.objected)
        return cls(
            id=show("award", award.id),
            rfq_id=show("rfq", award.rfq_id),
            quote_id=show("quote", award.quote_id),
            buyer_id=show("organisation", award.buyer_id),
            supplier_id=show("organisation", award.supplier_id),
            state=award.state,
            state_label=state_label("award", award.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(action, refusal) for action, refusal in blocked],
            etag=etag_of(award.version),
            currency=award.currency,
            total=decimal_text(award.total),
            note=award.note,
            lines=[
                AwardLine(
                    line_no=line.line_no,
                    quantity=decimal_text(line.quantity),
                    unit_price=decimal_text(line.unit_price),
                    tooling=decimal_text(line.tooling),
                    reason=line.reason if buyer else None,
                )
                for line in award.lines
            ],
            proposed_by=award.proposed_by if buyer else None,
            issued_by=award.issued_by if buyer else None,
            issued_at=None if award.issued_at is None else utc(award.issued_at),
            answered_at=None if award.answered_at is None else utc(award.answered_at),
            end_reason=award.end_reason,
            end_note=award.end_note,
            order_id=show_optional("order", award.order_id),
            standstill_until=None if award.standstill_until is None else utc(award.standstill_until),
            accept_by=None if award.accept_by is None else utc(award.accept_by),
            follows=show_optional("award", award.follows) if buyer else None,
            reasons={show("quote", quote_id): code for quote_id, code in award.reasons} if buyer else None,
            created_at=utc(award.created_at),
            updated_at=utc(award.updated_at),
        )


class AwardCard(Out):
    """An award in a list; its lines are in `GET /v1/awards/{award_id}`."""

    id: Id
    rfq_id: Id
    rfq_title: Text200
    quote_id: Id
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
    issued_at: Timestamp | None
    answered_at: Timestamp | None
    standstill_until: Timestamp | None
    accept_by: Timestamp | None
    order_id: Id | None
    created_at: Timestamp

    @classmethod
    def of(cls, card: model.Card, view: View) -> Self:
        """As the caller sees it."""
        return cls(
            id=show("award", card.id),
            rfq_id=show("rfq", card.rfq_id),
            rfq_title=card.rfq_title,
            quote_id=show("quote", card.quote_id),
            buyer_id=show("organisation", card.buyer_id),
            buyer_name=card.buyer_name,
            supplier_id=show("organisation", card.supplier_id),
            supplier_name=card.supplier_name,
            state=card.state,
            state_label=state_label("award", card.state, view.language),
            etag=etag_of(card.version),
            currency=card.currency,
            total=decimal_text(card.total),
            line_count=card.line_count,
            issued_at=None if card.issued_at is None else utc(card.issued_at),
            answered_at=None if card.answered_at is None else utc(card.answered_at),
            standstill_until=None if card.standstill_until is None else utc(card.standstill_until),
            accept_by=None if card.accept_by is None else utc(card.accept_by),
            order_id=show_optional("order", card.order_id),
            created_at=utc(card.created_at),
        )


class AwardPage(Page[AwardCard]):
    """Awards, newest first."""
