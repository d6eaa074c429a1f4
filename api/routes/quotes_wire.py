"""What is shown of a quote, and to whom."""

from typing import Annotated, Literal, Self

from msgspec import Meta

from api.call import View, etag_of
from api.routes.quotes_content_wire import QuoteContent, TechnicalPart
from api.routes.quotes_parts import (
    NotCopied,
    QuoteAmendment,
    QuoteTotals,
)
from api.routes.rfqs_in import LineNo
from api.wire import (
    Blocked,
    Day,
    ETag,
    Id,
    Int64,
    Out,
    Page,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    utc,
)
from domain.ids import show
from domain.quotes import model, rules
from domain.quotes.amendments import in_force
from domain.quotes.content import line_states
from domain.quotes.totals import totals
from domain.vocabularies import state_label

Incoterm = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z", max_length=3)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z", max_length=64, description="Digest of the line priced.")]
ShortDays = Annotated[int, Meta(ge=0, le=3650, extra_json_schema={"format": "int64"})]


class QuoteLineState(Out):
    """How `content` stands to a line of the RFQ as it is now.

    `outdated`: priced before an addendum changed the line; `removed`: the RFQ has the line no more.
    """

    line_no: LineNo
    state: Literal["current", "outdated", "removed", "declined", "not_quoted"]


class Quote(Out):
    """A quote; `submitted_version` is the submission that counts, 0 before the first.

    `lines_to_reconfirm` are those that this submission prices as they were before an addendum: until they are confirmed
    or priced anew they count for nothing. `content` is what its supplier works on until the opening
    (`has_unsubmitted_changes`: it differs from that submission), then what was opened; `technical` is what was opened first
    where the RFQ has two envelopes. `amended_content` is what counts instead once a counter-offer was accepted. `totals`
    are ours, of what counts, at the quantities asked. `shortlisted` is null for the supplier until a further round starts.
    `not_copied` belongs to the answer to `createQuote` with `copy_from`.
    """

    id: Id
    rfq_id: Id
    supplier_id: Id
    supplier_name: Text200
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    round: Int64
    submitted_version: Int64
    submitted_at: Timestamp | None
    commitment: Annotated[str, Meta(max_length=64, description="sha256 of canonical content and nonce, in hex.")] | None
    has_unsubmitted_changes: bool
    lines_to_reconfirm: Annotated[list[LineNo], Meta(max_length=500)]
    line_states: Annotated[list[QuoteLineState], Meta(max_length=1000)]
    technical_opened_at: Timestamp | None
    opened_at: Timestamp | None
    end_reason: Text80 | None
    end_note: Text2000 | None
    technical: TechnicalPart | None
    content: QuoteContent | None
    amended_content: QuoteContent | None
    amendments: Annotated[list[QuoteAmendment], Meta(max_length=1000)]
    totals: QuoteTotals | None
    shortlisted: bool | None
    not_copied: Annotated[list[NotCopied], Meta(max_length=1500)]
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, seen: model.Seen, view: View) -> Self:
        """As its supplier or, after the opening, the buyer sees it."""
        quote = seen.quote
        allowed, blocked = rules.available(quote, seen.rfq, view.actor, now=view.now)
        content = seen.content
        counting = None if content is None else in_force(content, seen.amendments)
        # Until a further round starts the supplier does not hear of the shortlist.
        told = view.actor.is_organisation(quote.buyer_id) or quote.round < seen.rfq.round
        return cls(
            id=show("quote", quote.id),
            rfq_id=show("rfq", quote.rfq_id),
            supplier_id=show("organisation", quote.supplier_id),
            supplier_name=seen.supplier_name,
            state=quote.state,
            state_label=state_label("quote", quote.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(quote.version),
            round=quote.round,
            submitted_version=quote.submission,
            submitted_at=None if quote.submitted_at is None else utc(quote.submitted_at),
            commitment=quote.commitment,
            has_unsubmitted_changes=quote.unsubmitted,
            lines_to_reconfirm=list(quote.lines_to_reconfirm),
            line_states=[]
            if seen.content is None
            else [
                QuoteLineState(line_no=line_no, state=state)
                for line_no, state in line_states(seen.content, seen.rfq).items()
            ],
            technical_opened_at=None if quote.technical_opened_at is None else utc(quote.technical_opened_at),
            opened_at=None if quote.opened_at is None else utc(quote.opened_at),
            end_reason=quote.end_reason,
            end_note=quote.end_note,
            technical=None if seen.technical is None else TechnicalPart.of(seen.technical),
            content=None if content is None else QuoteContent.of(content),
            amended_content=QuoteContent.of(counting) if counting is not None and seen.amendments else None,
            amendments=[QuoteAmendment.of(item) for item in seen.amendments],
            totals=None if counting is None else QuoteTotals.of(totals(counting, seen.rfq)),
            shortlisted=quote.shortlisted if told else None,
            not_copied=[NotCopied.of(item) for item in seen.not_copied],
            created_at=utc(quote.created_at),
            updated_at=utc(quote.updated_at),
        )


class QuoteCard(Out):
    """A quote in a list; its content is in `GET /v1/quotes/{quote_id}`."""

    id: Id
    rfq_id: Id
    rfq_title: Text200
    buyer_id: Id
    supplier_id: Id
    supplier_name: Text200
    state: Text40
    state_label: Text80
    etag: ETag
    round: Int64
    submitted_version: Int64
    submitted_at: Timestamp | None
    valid_until: Day | None
    opened_at: Timestamp | None
    end_reason: Text80 | None
    created_at: Timestamp

    @classmethod
    def of(cls, card: model.Card, view: View) -> Self:
        """As the caller sees it."""
        return cls(
            id=show("quote", card.id),
            rfq_id=show("rfq", card.rfq_id),
            rfq_title=card.rfq_title,
            buyer_id=show("organisation", card.buyer_id),
            supplier_id=show("organisation", card.supplier_id),
            supplier_name=card.supplier_name,
            state=card.state,
            state_label=state_label("quote", card.state, view.language),
            etag=etag_of(card.version),
            round=card.round,
            submitted_version=card.submission,
            submitted_at=None if card.submitted_at is None else utc(card.submitted_at),
            valid_until=card.valid_until,
            opened_at=None if card.opened_at is None else utc(card.opened_at),
            end_reason=card.end_reason,
            created_at=utc(card.created_at),
        )


class QuotePage(Page[QuoteCard]):
    """Quotes, newest first."""


class RfqQuotePage(Page[Quote]):
    """The quotes on one RFQ: only their number while `sealed`, their contents after the opening.

    While a further round is sealed, `count` is the number of its quotes and `items` are those of the rounds before. Of two
    envelopes `technical` is shown while prices are still `sealed`.
    """

    sealed: bool
    count: Int64


class QuoteReceipt(Out):
    """What the supplier holds against us: sha256(canonical content, then the nonce's 32 bytes) is `commitment`, in hex.

    Canonical content is the JSON of `content` with members sorted by name at every level, no spaces, UTF-8 and nothing
    escaped that need not be (RFC 8785); decimals stay the strings that are shown. Content that an earlier release sealed
    lacks members that came later: they are shown as null or empty, and left out of its canonical JSON. Keep the receipt:
    after the opening `jembatan verify-opening bundle.json --receipt receipt.json` tells whether what it promises was opened.
    """

    rfq_id: Id
    round: Int64
    quote_id: Id
    submitted_version: Int64
    submitted_at: Timestamp
    commitment: Annotated[str, Meta(max_length=64)]
    nonce: Annotated[str, Meta(max_length=64)]

    @classmethod
    def of(cls, receipt: model.Receipt, _: View) -> Self:
        """As its supplier sees it."""
        return cls(
            rfq_id=show("rfq", receipt.rfq_id),
            round=receipt.round,
            quote_id=show("quote", receipt.quote_id),
            submitted_version=receipt.number,
            submitted_at=utc(receipt.submitted_at),
            commitment=receipt.commitment,
            nonce=receipt.nonce,
        )


class QuoteReceiptPage(Page[QuoteReceipt]):
    """Receipts of one quote, oldest first."""
