"""What an order is made of, and what may happen to it. Pure: no clock, no database, no HTTP."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Protocol
from uuid import UUID

import msgspec

from domain import actions, money
from domain.actors import Actor, Side
from domain.awards.model import Award, AwardLine
from domain.errors import (
    BelowDespatched,
    DeviationExhausted,
    Fault,
    FirstArticleRequired,
    Invalid,
    NotFound,
    NothingChanged,
    OverDespatch,
    OverInspection,
    OverReceipt,
    OverReturn,
    Refusal,
)
from domain.lifecycle import ORDER, Arrow, step
from domain.orders.model import ZERO, LineDetail, Move, Order, OrderLine, OrderTerms
from domain.quantity import plain
from domain.quotes.model import QuoteContent
from domain.rfqs.model import Line, Rfq
from domain.vocabularies import is_code, unit_is_whole

CREATE_DESPATCH = "create_despatch"
PROPOSE_CHANGE_ORDER = "propose_change_order"
NUMBER_DIGITS = 8
FIRST_SAMPLES = Decimal(5)
"""Units of a line that may be sent as samples before production is approved."""
SMALLEST = Decimal("0.000001")
"""Of a quantity that need not be whole."""


class Parties(Protocol):
    """Anything that a buyer and a supplier share, and nobody else sees."""

    @property
    def buyer_id(self) -> UUID:
        """One of the two."""
        ...

    @property
    def supplier_id(self) -> UUID:
        """One of the two."""
        ...


def sides(thing: Parties, actor: Actor, what: str = "order") -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound(`what`) for everybody but the two parties."""
    if actor.system is not None:
        return (actor.system,)
    found = [
        side
        for side, organisation_id in ((Side.BUYER, thing.buyer_id), (Side.SUPPLIER, thing.supplier_id))
        if actor.is_organisation(organisation_id)
    ]
    if not found:
        raise NotFound(what)
    return tuple(found)


def from_award(order_id: UUID, award: Award, rfq: Rfq, content: QuoteContent, *, now: datetime) -> Order:
    """The order that an accepted award becomes. What the quote left open is as the RFQ says."""
    percent = plain(rfq.terms.over_delivery_percent.quantize(Decimal("0.01"), rounding=ROUND_DOWN))
    return Order(
        id=order_id,
        # The first digits of the id tell the time and would repeat within a minute; the last ones are random.
        number=f"PO-{now.year}-{order_id.hex[-NUMBER_DIGITS:]}",
        award_id=award.id,
        rfq_id=rfq.id,
        buyer_id=award.buyer_id,
        supplier_id=award.supplier_id,
        state="issued",
        version=1,
        currency=award.currency,
        total=money.total(award.total, award.currency),
        terms=_terms(rfq, content),
        over_delivery_percent=percent,
        revision=0,
        held_from=None,
        state_reason=None,
        state_note=None,
        acknowledged_at=None,
        completed_at=None,
        created_at=now,
        updated_at=now,
        lines=tuple(
            _line(awarded, rfq_line, percent)
            for awarded in sorted(award.lines, key=lambda line: line.line_no)
            for rfq_line in [_asked(rfq, awarded)]
        ),
    )


def _asked(rfq: Rfq, awarded: AwardLine) -> Line:
    line = rfq.line(awarded.line_no)
    if line is None:
        raise NotFound("line")
    return line


def _line(awarded: AwardLine, asked: Line, percent: Decimal) -> OrderLine:
    spec = asked.spec
    return OrderLine(
        line_no=awarded.line_no,
        rfq_line_id=asked.id,
        detail=LineDetail(
            part_number=spec.part_number,
            drawing_revision=spec.drawing_revision,
            name_id=spec.name.id,
            name_en=spec.name.en,
            line_digest=asked.digest,
            due_on=min((delivery.due_on for delivery in spec.schedule), default=None),
            tooling=money.price(awarded.tooling),
            approval_plan=spec.approval.plan,
            approval_level=spec.approval.level,
        ),
        unit=asked.unit,
        unit_price=money.price(awarded.unit_price),
        promised_on=None,
        answer=None,
        ordered=plain(awarded.quantity),
        tolerance=tolerance(awarded.quantity, asked.unit, percent),
        despatched=ZERO,
        short=ZERO,
        received=ZERO,
        accepted=ZERO,
        rejected=ZERO,
        returned=ZERO,
        gate="none" if spec.approval.plan == "none" else "closed",
        gate_quantity=None,
        gate_until=None,
        sampled=ZERO,
        sample_limit=FIRST_SAMPLES,
    )


def _terms(rfq: Rfq, content: QuoteContent) -> OrderTerms:
    asked = rfq.terms
    incoterm = content.incoterm or asked.incoterm
    # A place belongs to its term: the buyer's factory is no place for the supplier's EXW.
    place = content.delivery_place or (asked.delivery_place if incoterm == asked.incoterm else None)
    days = asked.payment_days if content.payment_days is None else content.payment_days
    return OrderTerms(incoterm=incoterm, delivery_place=place, payment_days=days)


def tolerance(ordered: Decimal, unit: str, percent: Decimal) -> Decimal:
    """How much more than `ordered` may be delivered: `percent` of it, rounded down to what the unit can count."""
    share = ordered * percent / 100
    return plain(share.quantize(Decimal(1) if unit_is_whole(unit) else SMALLEST, rounding=ROUND_DOWN))


def decide_reject(order: Order, actor: Actor, reason: str) -> Arrow:
    """The supplier does not take the order, while it is only issued."""
    arrow = step(ORDER["reject"], order.state, sides(order, actor))
    _require_code("reject_order_reasons", reason)
    return arrow


def decide_hold(order: Order, actor: Actor, reason: str) -> Arrow:
    """The buyer stops further despatches; what is on its way is still received and inspected."""
    arrow = step(ORDER["hold"], order.state, sides(order, actor))
    _require_code("hold_reasons", reason)
    return arrow


def decide_resume(order: Order, actor: Actor) -> Arrow:
    """The buyer lets it go on from the state in which it was held."""
    step(RESUMING, order.state, sides(order, actor))
    return ORDER[f"resume_{order.held_from}"]


def decide_short_close(order: Order, actor: Actor, reason: str) -> Arrow:
    """The buyer takes no more of an order than what is on its way or delivered."""
    arrow = step(ORDER["short_close"], order.state, sides(order, actor))
    _require_code("cancel_reasons", reason)
    require_short(order)
    return arrow


def require_short(order: Order) -> None:
    """Raise unless something was sent and something is left to send."""
    if all(line.sent <= 0 for line in order.lines):
        raise NothingChanged(
            "Nothing has been sent of this order: cancel it, or change it, instead of closing it short."
        )
    if all(line.sent >= line.ordered for line in order.lines):
        raise NothingChanged("Everything that was ordered has been sent: there is nothing to close short.")


def decide_cancel(order: Order, actor: Actor, reason: str) -> Arrow:
    """The buyer alone cancels an order of which nothing was sent."""
    arrow = step(ORDER["cancel"], order.state, sides(order, actor))
    _require_code("cancel_reasons", reason)
    require_unsent(order)
    return arrow


def require_unsent(order: Order) -> None:
    """Raise when something was sent: then the supplier has to agree."""
    sent = [line for line in order.lines if line.despatched > 0]
    if sent:
        raise BelowDespatched(
            "Something was sent already: "
            + ", ".join(f"line {line.line_no} {plain(line.despatched):f} {line.unit}" for line in sent[:20])
            + ". Close the order short, or propose its cancellation to the supplier with propose_change_order.",
        )


def closed(order: Order) -> tuple[OrderLine, ...]:
    """The lines when nothing more is sent: each is ordered as far as it was sent, with no tolerance beyond that."""
    return tuple(
        msgspec.structs.replace(line, ordered=ordered, tolerance=plain(max(line.sent - ordered, ZERO)))
        for line in order.lines
        for ordered in [plain(min(line.ordered, max(line.sent, ZERO)))]
    )


def total_of(order: Order) -> Decimal:
    """The total of an order's present lines, rounded half-even to the currency's minor unit."""
    return money.total(order.base, order.currency)


def _require_code(vocabulary: str, reason: str) -> None:
    if not is_code(vocabulary, reason):
        raise Invalid(
            "The reason is not a known code.",
            faults=[Fault("/reason", f"GET /v1/meta/vocabularies/{vocabulary} lists the codes.")],
        )


def moved(order: Order, moves: Sequence[Move]) -> tuple[OrderLine, ...]:
    """The lines after their running quantities moved.

    Raises OverDespatch, OverReceipt, OverInspection or OverReturn for the bound that would break.
    """
    lines = {line.line_no: line for line in order.lines}
    for move in moves:
        line = lines[move.line_no]
        lines[move.line_no] = msgspec.structs.replace(
            line,
            despatched=plain(line.despatched + move.despatched),
            short=plain(line.short + move.short),
            received=plain(line.received + move.received),
            accepted=plain(line.accepted + move.accepted),
            rejected=plain(line.rejected + move.rejected),
            sampled=plain(line.sampled + move.sampled),
            returned=plain(line.returned + move.returned),
        )
    for line in lines.values():
        if line.may_despatch < 0:
            raise OverDespatch(f"Line {line.line_no}: more would be on its way than was ordered and may be sent again.")
        if line.received + line.short > line.despatched:
            raise OverReceipt(f"Line {line.line_no}: more would be received or short than was despatched.")
        if line.accepted + line.rejected > line.received:
            raise OverInspection(f"Line {line.line_no}: more would be inspected than was received.")
        if line.returned > line.rejected:
            raise OverReturn(f"Line {line.line_no}: more would have gone back than is rejected.")
    return tuple(lines.values())


def check_gate(line: OrderLine, quantity: Decimal, *, sample: bool, now: datetime) -> None:
    """Raise unless the line's first article lets that much more leave.

    FirstArticleRequired for production before an approval, and for samples beyond what an attempt needs;
    DeviationExhausted beyond the quantity, or from the instant on, of an approval with deviation.
    """
    if sample:
        left = line.sample_limit - line.sampled
        if quantity > left:
            raise FirstArticleRequired(
                f"Line {line.line_no}: {format(plain(left), 'f')} {line.unit} may still be sent as samples. More is sent "
                "after a decision about the first article."
            )
        return
    if line.gate == "closed":
        raise FirstArticleRequired(
            f"Line {line.line_no} asks for an approved first article ({line.detail.approval_plan}) before production is "
            "despatched. Send samples (kind `sample`), submit_first_article, and wait for the buyer's approval."
        )
    if line.gate == "limited":
        if line.gate_until is not None and now >= line.gate_until:
            ended = line.gate_until.isoformat().replace("+00:00", "Z")
            raise DeviationExhausted(f"Line {line.line_no}: the approval with deviation ended at {ended}.")
        if line.gate_quantity is not None and line.produced + quantity > line.gate_quantity:
            left = max(line.gate_quantity - line.produced, ZERO)
            raise DeviationExhausted(
                f"Line {line.line_no}: the approval with deviation leaves {format(plain(left), 'f')} {line.unit}. "
                "Submit a first article that conforms for the rest."
            )


def may_despatch(order: Order, sides: Sequence[Side], *, now: datetime) -> None:
    """Raise unless the supplier may send something more of this order, be it a sample."""
    step(DESPATCHING, order.state, sides)
    if all(line.may_despatch <= 0 for line in order.lines):
        raise OverDespatch("Everything that was ordered is on its way or delivered: nothing is left to send.")
    shut = [refusal for line in order.lines if line.may_despatch > 0 for refusal in [_shut(line, now)]]
    held = [refusal for refusal in shut if refusal is not None]
    if len(held) == len(shut):
        raise held[0]


def _shut(line: OrderLine, now: datetime) -> Refusal | None:
    """Why not even the smallest quantity of the line may leave; None when something may."""
    if line.samples_left > 0:
        return None
    try:
        check_gate(line, SMALLEST, sample=False, now=now)
    except (FirstArticleRequired, DeviationExhausted) as refusal:
        return refusal
    return None


DESPATCHING = Arrow(
    machine="order",
    action="despatch",
    source=("acknowledged", "in_progress"),
    target=None,
    by=(Side.SUPPLIER,),
    event="",
    operation=CREATE_DESPATCH,
)
"""Not an arrow that a party takes (the order follows by `start` and `despatch`): what a despatch asks of its state."""


SUBMITTING = Arrow(
    machine="order",
    action="submit_first_article",
    source=("acknowledged", "in_progress"),
    target=None,
    by=(Side.SUPPLIER,),
    event="",
    operation="submit_first_article",
)
"""Not an arrow that a party takes: what a submission asks of the order's state."""
RESUMING = Arrow(
    machine="order",
    action="resume",
    source=("on_hold",),
    target=None,
    by=(Side.BUYER,),
    event="",
    operation="resume_order",
)
"""What the arrows that leave `on_hold` have in common."""
CHANGING = Arrow(
    machine="order",
    action="change",
    source=("issued", "acknowledged", "in_progress", "on_hold"),
    target=None,
    by=(Side.BUYER, Side.SUPPLIER),
    event="",
    operation=PROPOSE_CHANGE_ORDER,
)
"""As `DESPATCHING`: what a change order asks of the order's state."""

GUARDS: dict[str, Callable[[Order, Actor, datetime], object]] = {
    "short_close_order": lambda order, _actor, _now: require_short(order),
    "cancel_order": lambda order, _actor, _now: require_unsent(order),
}


def available(order: Order, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    taken = sides(order, actor)
    allowed, blocked = actions.available(ORDER, order, taken, GUARDS, actor, now)
    if Side.SUPPLIER in taken and order.state in DESPATCHING.source:
        try:
            may_despatch(order, taken, now=now)
        except Refusal as refusal:
            blocked.append((CREATE_DESPATCH, refusal))
        else:
            allowed.append(CREATE_DESPATCH)
    waiting = any(line.gate in {"closed", "limited"} for line in order.lines)
    if waiting and Side.SUPPLIER in taken and order.state in SUBMITTING.source:
        allowed.append("submit_first_article")
    if order.state in CHANGING.source and {Side.BUYER, Side.SUPPLIER}.intersection(taken):
        allowed.append(PROPOSE_CHANGE_ORDER)
    return allowed, blocked
