"""Who may see what of an opening, and what an opening consists of. Pure."""

from collections.abc import Sequence
from uuid import UUID

from domain.actors import Actor, Role
from domain.errors import Forbidden, NotFound, Refusal, StillSealed, WrongState
from domain.ids import show
from domain.ledger import hashing
from domain.ledger.model import Link
from domain.openings import proof
from domain.openings.model import Approval, Chain, ChainEvent, Header, Opening, Sent
from domain.quotes.rules import SEALED_RFQ
from domain.rfqs.model import Rfq


def may_verify(rfq: Rfq, actor: Actor, *, participates: bool) -> None:
    """The buyer and whoever takes part. Raises NotFound for everybody else, facilitators and operators too."""
    if not (participates or actor.is_organisation(rfq.buyer_id)):
        raise NotFound("rfq")


def no_opening(rfq: Rfq, round_no: int | None) -> Refusal:
    """Why there is no opening of that round; None asks for the newest."""
    if round_no is not None and round_no > rfq.round:
        return NotFound("round")
    if rfq.opened_at is None or (round_no == rfq.round and rfq.state in SEALED_RFQ):
        return StillSealed(rfq.id)
    return WrongState("These quotes were opened by an earlier release, which recorded no proof of it.", state=rfq.state)


def may_see_attempts(rfq: Rfq, actor: Actor) -> None:
    """The buyer of the RFQ, and the operator. Raises Forbidden."""
    if not actor.is_organisation(rfq.buyer_id) and Role.OPERATOR not in actor.roles:
        raise Forbidden("Only the buyer of this RFQ and the operator see attempts to read sealed quotes.")


def ordered(sent: Sequence[Sent], rfq: Rfq) -> list[Sent]:
    """The submissions of opened quotes in the order of the tree."""
    return sorted(
        (one for one in sent if one.opened),
        key=lambda one: (one.submitted_at, proof.name_of(rfq.id, rfq.round, one.quote_id), one.number),
    )


def prove(rfq: Rfq, sent: Sequence[Sent], approvals: Sequence[Approval], *, early_attempts: int) -> Opening:
    """What is kept of the opening of `rfq` (as it is afterwards), from all submissions of its round."""
    if rfq.quotes_close_at is None or rfq.closed_at is None or rfq.opened_at is None:
        raise ValueError("the RFQ is not opened")
    inside, outside = ordered(sent, rfq), [one for one in sent if not one.opened]
    header = Header(
        rfq_id=show("rfq", rfq.id),
        round=rfq.round,
        quotes_close_at=rfq.quotes_close_at,
        closed_at=rfq.closed_at,
        opened_at=rfq.opened_at,
        quorum=rfq.opening_quorum,
        approvals=tuple(approvals),
        quotes=len({one.quote_id for one in inside}),
        submissions=len(inside),
        left_out_quotes=len({one.quote_id for one in outside}),
        left_out_submissions=len(outside),
        early_attempts=early_attempts,
    )
    leaves = (proof.header_leaf(header), *(_leaf(one, rfq.id, rfq.round) for one in inside))
    return Opening(
        rfq_id=rfq.id,
        round=rfq.round,
        quotes_close_at=rfq.quotes_close_at,
        opened_at=rfq.opened_at,
        header=header,
        leaves=leaves,
        root=proof.root(leaves),
    )


def _leaf(one: Sent, rfq_id: UUID, round_no: int) -> bytes:
    name = proof.name_of(rfq_id, round_no, one.quote_id)
    return proof.submission_leaf(name, one.number, one.submitted_at, one.commitment, one.state)


def aligned(opening: Opening, inside: Sequence[Sent]) -> list[tuple[Sent, bytes]]:
    """Each submission as it is stored now with its leaf of the opening, in the order of the leaves.

    One that is not what it was takes the place that is left, so that whoever checks the bundle finds out which it is.
    """
    places: dict[bytes, int] = {leaf: place for place, leaf in enumerate(opening.leaves[1:])}
    at = [(places.pop(_leaf(one, opening.rfq_id, opening.round), None), one) for one in inside]
    free = iter(sorted(places.values()))
    whole = [(next(free, len(inside)) if place is None else place, one) for place, one in at]
    leaves = opening.leaves[1:]
    return [
        (one, leaves[place] if place < len(leaves) else b"") for place, one in sorted(whole, key=lambda item: item[0])
    ]


def chain(kind: str, links: Sequence[Link], *, sealed_parts: bool) -> Chain:
    """The chain of one subject as its reader may see it.

    With `sealed_parts` (a quote that the reader may read) events that tell of a commitment are shown whole: until the
    opening they were the supplier's, or masked. Events of version 1 cannot be shown in part, so only their leaf is.
    """
    previous: bytes | None = None
    events = []
    for one in links:
        tells = sealed_parts and {"submission", "commitment"} <= (one.event.private_data or {}).keys()
        shown = (one.named or tells) and one.salt is not None
        events.append(_chain_event(one, previous, shown=shown, private=tells))
        previous = one.hash
    return Chain(subject_id=show(kind, links[0].event.subject_id), events=events)


def _chain_event(one: Link, previous: bytes | None, *, shown: bool, private: bool) -> ChainEvent:
    if not shown or one.salt is None:
        return ChainEvent(
            previous_hash=previous,
            leaf=one.leaf,
            hash=one.hash,
            shown=None,
            private=None,
            private_salt=None,
            private_digest=None,
            hidden_digest=None,
        )
    part, salt = hashing.private(one.event), hashing.part_salt(one.salt, "private")
    return ChainEvent(
        previous_hash=previous,
        leaf=one.leaf,
        hash=one.hash,
        shown=hashing.shown(one.event),
        private=part if private else None,
        private_salt=salt if private else None,
        private_digest=hashing.salted_digest(part, salt),
        hidden_digest=hashing.salted_digest(hashing.hidden(one.event), hashing.part_salt(one.salt, "hidden")),
    )
