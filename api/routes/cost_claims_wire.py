"""How cost claims look on the wire."""

from decimal import Decimal
from typing import Annotated, Self

from msgspec import Meta

from api.call import View, etag_of
from api.wire import (
    Blocked,
    Currency3,
    DecimalText,
    ETag,
    Id,
    In,
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
from domain.cost_claims import model, rules
from domain.ids import show
from domain.vocabularies import state_label

Amount = Annotated[
    DecimalText, Meta(description="In the order's currency, in whole minor units.", examples=["1250000"])
]


class CostClaimRaise(In, kw_only=True):
    """What a nonconformance cost; `files` are ids of clean files of yours, which the supplier may read from then on."""

    category: model.Category
    amount: Amount
    note: Text2000
    files: Annotated[list[Id], Meta(max_length=model.MAX_FILES)] = []

    def draft(self) -> model.Draft:
        """As the domain takes it."""
        return model.Draft(category=self.category, amount=Decimal(self.amount), note=self.note, files=tuple(self.files))


class CostClaimAnswer(In, kw_only=True):
    """`agreed` with an `amount` up to the claimed one, or `contested` with a `note` that says why."""

    answer: model.Answered
    amount: Amount | None = None
    note: Text2000 | None = None

    def said(self) -> model.Answer:
        """As the domain takes it."""
        amount = None if self.amount is None else Decimal(self.amount)
        return model.Answer(answer=self.answer, amount=amount, note=self.note)


class CostClaimSettle(In):
    """Reference of the credit note or payment."""

    settlement: Text200


class CostClaimFile(Out):
    """A file that supports the claim, with its digest when the claim was raised."""

    file_id: Id
    name: Text200
    sha256: Annotated[str, Meta(max_length=64)]


class CostClaim(Out):
    """A buyer's claim for money because of a nonconformance.

    `note` is the buyer's, `answer` what the supplier last wrote with its answer. `agreed_amount` is null until it agrees.
    """

    id: Id
    order_id: Id
    nonconformance_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    category: Text40
    currency: Currency3
    amount: Amount
    agreed_amount: Amount | None
    note: Text2000
    answer: Text2000 | None
    settlement: Text200 | None
    files: Annotated[list[CostClaimFile], Meta(max_length=model.MAX_FILES)]
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, claim: model.CostClaim, view: View) -> Self:
        """As either party sees it."""
        allowed, blocked = rules.available(claim, view.actor, now=view.now)
        return cls(
            id=show("cost_claim", claim.id),
            order_id=show("order", claim.order_id),
            nonconformance_id=show("nonconformance", claim.nonconformance_id),
            state=claim.state,
            state_label=state_label("cost_claim", claim.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(claim.version),
            category=claim.category,
            currency=claim.currency,
            amount=decimal_text(claim.amount),
            agreed_amount=optional_decimal_text(claim.agreed_amount),
            note=claim.note,
            answer=claim.answer,
            settlement=claim.settlement,
            files=[CostClaimFile(file_id=one.file_id, name=one.name, sha256=one.sha256) for one in claim.files],
            created_at=utc(claim.created_at),
            updated_at=utc(claim.updated_at),
        )


class CostClaimPage(Page[CostClaim]):
    """Cost claims of one order, oldest first."""
