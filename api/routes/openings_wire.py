"""Openings on the wire: the bundle that proves one, and refused attempts."""

from typing import Annotated, Any, Literal, Self

from msgspec import Meta

from api.call import View
from api.wire import Id, Int64, Out, Page, Text40, Timestamp, utc
from domain.ids import show, show_optional
from domain.openings import model, proof

Hex = Annotated[str, Meta(max_length=64, description="32 bytes in lower-case hexadecimal.")]
CommittedContent = Annotated[
    dict[str, Any],
    Meta(title="CommittedContent", description="The quote's content exactly as it was committed to."),
]
ShownEvent = Annotated[
    dict[str, Any],
    Meta(title="ShownEvent", description="The event as the feed shows it, without its hash."),
]
PrivateEvent = Annotated[
    dict[str, Any],
    Meta(title="PrivateEvent", description="`private_to` and `private_data`: what the event told one organisation."),
]


class OpeningApproval(Out):
    """Who consented to the opening. `identity` is equal for the same person, and says nothing else."""

    name: Annotated[str, Meta(max_length=200)]
    identity: Hex
    at: Timestamp

    @classmethod
    def of(cls, approval: model.Approval) -> Self:
        """On the wire."""
        return cls(name=approval.name, identity=approval.identity, at=utc(approval.at))


class OpeningHeader(Out):
    """The facts of the opening, the same for everybody: the first leaf of the tree.

    `left_out_*` count what had been submitted and was withdrawn or lapsed before the opening; `early_attempts` the
    refused attempts to see or open the quotes.
    """

    rfq_id: Id
    round: Int64
    quotes_close_at: Timestamp
    closed_at: Timestamp
    opened_at: Timestamp
    quorum: Int64
    approvals: Annotated[list[OpeningApproval], Meta(max_length=2)]
    quotes: Int64
    submissions: Int64
    left_out_quotes: Int64
    left_out_submissions: Int64
    early_attempts: Int64

    @classmethod
    def of(cls, header: model.Header) -> Self:
        """On the wire."""
        return cls(
            rfq_id=header.rfq_id,
            round=header.round,
            quotes_close_at=utc(header.quotes_close_at),
            closed_at=utc(header.closed_at),
            opened_at=utc(header.opened_at),
            quorum=header.quorum,
            approvals=[OpeningApproval.of(approval) for approval in header.approvals],
            quotes=header.quotes,
            submissions=header.submissions,
            left_out_quotes=header.left_out_quotes,
            left_out_submissions=header.left_out_submissions,
            early_attempts=header.early_attempts,
        )


class OpeningEntry(Out):
    """One submission of a quote that was opened.

    `quote` names the quote in this opening; who knows the id can compute it. `quote_id`, `content` and `nonce` are null
    where they are not for the reader: a supplier reads its own, the buyer what was opened. `superseded`: replaced by a
    later submission of the same quote.
    """

    quote: Hex
    number: Int64
    submitted_at: Timestamp
    commitment: Hex
    state: Literal["opened", "superseded"]
    leaf: Hex
    quote_id: Id | None
    content: CommittedContent | None
    nonce: Hex | None

    @classmethod
    def of(cls, entry: model.Entry) -> Self:
        """On the wire."""
        return cls(
            quote=entry.quote,
            number=entry.number,
            submitted_at=utc(entry.submitted_at),
            commitment=entry.commitment,
            state="opened" if entry.state == "opened" else "superseded",
            leaf=entry.leaf.hex(),
            quote_id=show_optional("quote", entry.quote_id),
            content=entry.content,
            nonce=entry.nonce,
        )


class OpeningEvent(Out):
    """One event of a chain: `hash` is sha256(`previous_hash`, then `leaf`).

    Of an event that is not for the reader only that much is given. Otherwise `leaf` follows from what is `shown`, from
    `private` (or, where that is not for the reader, from `private_digest`) and from `hidden_digest`.
    """

    previous_hash: Hex | None
    leaf: Hex
    hash: Hex
    shown: ShownEvent | None
    private: PrivateEvent | None
    private_salt: Hex | None
    private_digest: Hex | None
    hidden_digest: Hex | None

    @classmethod
    def of(cls, event: model.ChainEvent) -> Self:
        """On the wire."""
        return cls(
            previous_hash=_hex(event.previous_hash),
            leaf=event.leaf.hex(),
            hash=event.hash.hex(),
            shown=event.shown,
            private=event.private,
            private_salt=_hex(event.private_salt),
            private_digest=_hex(event.private_digest),
            hidden_digest=_hex(event.hidden_digest),
        )


def _hex(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


class OpeningChain(Out):
    """The events of the RFQ, or of a quote that the reader may see: from the first to the opening."""

    subject_id: Id
    events: Annotated[list[OpeningEvent], Meta(max_length=model.MAX_EVENTS)]


class OpeningBundle(Out):
    """Everything that is needed to check an opening offline: keep the file, `jembatan verify-opening` reads it.

    `root` is the root of a Merkle tree (RFC 6962, SHA-256) over the header and the entries, the same for everybody who
    took part, and is in the RFQ's `rfq.quotes_opened` event.
    """

    format: Annotated[str, Meta(max_length=40, examples=[proof.FORMAT])]
    root: Hex
    header: OpeningHeader
    header_leaf: Hex
    entries: Annotated[list[OpeningEntry], Meta(max_length=100_000)]
    chains: Annotated[list[OpeningChain], Meta(max_length=100_000)]

    @classmethod
    def of(cls, bundle: model.Bundle, _: View) -> Self:
        """As its reader may see it."""
        return cls(
            format=proof.FORMAT,
            root=bundle.opening.root.hex(),
            header=OpeningHeader.of(bundle.opening.header),
            header_leaf=bundle.opening.leaves[0].hex(),
            entries=[OpeningEntry.of(entry) for entry in bundle.entries],
            chains=[
                OpeningChain(subject_id=chain.subject_id, events=[OpeningEvent.of(event) for event in chain.events])
                for chain in bundle.chains
            ],
        )


class AccessAttempt(Out):
    """A refused attempt to see or open sealed quotes: who, with which operation, and the code of the refusal."""

    id: Id
    rfq_id: Id
    organisation_id: Id | None
    actor_name: Annotated[str, Meta(max_length=200)]
    operation: Annotated[str, Meta(max_length=60)]
    refusal: Text40
    at: Timestamp

    @classmethod
    def of(cls, attempt: model.Attempt, _: View) -> Self:
        """On the wire."""
        return cls(
            id=show("access_attempt", attempt.id),
            rfq_id=show("rfq", attempt.rfq_id),
            organisation_id=show_optional("organisation", attempt.organisation_id),
            actor_name=attempt.actor_name,
            operation=attempt.operation,
            refusal=attempt.refusal,
            at=utc(attempt.at),
        )


class AccessAttemptPage(Page[AccessAttempt]):
    """Attempts, newest first."""
