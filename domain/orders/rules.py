"""What an order is made of, and what may happen to it. Pure: no clock, no database, no HTTP."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Protocol
from uuid import UUID

import msgspec

from domain import actions, money
from domain.actors import Actor, Side
from domain.awards.model import Award, AwardLine
from domain.errors import (
    DeviationExhausted,
    Fault,
    FirstArticleRequired,
    Incomplete,
    Invalid,
    NotFound,
    OverDespatch,
    OverInspection,
    OverReceipt,
    Refusal,
)
from domain.lifecycle import ORDER, Arrow, step
from domain.orders.model import ZERO, LineDetail, Move, Order, OrderLine, OrderTerms, Promise
from domain.quantity import plain
from domain.quotes.model import QuoteContent
from domain.rfqs.model import Line, Rfq
from domain.vocabularies import unit_is_whole

CREATE_DESPATCH = "create_despatch"
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
        ordered=plain(awarded.quantity),
        tolerance=tolerance(awarded.quantity, asked.unit, percent),
        despatched=ZERO,
        short=ZERO,
        received=ZERO,
        accepted=ZERO,
        rejected=ZERO,
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


def decide_acknowledge(order: Order, promises: Sequence[Promise], actor: Actor) -> Arrow:
    """The supplier confirms the order as it is, with a day for every line."""
    arrow = step(ORDER["acknowledge"], order.state, sides(order, actor))
    faults = list(_faults_of_promises(order, promises))
    if faults:
        raise Invalid("The acknowledgement does not fit the order.", faults=faults)
    named = {promise.line_no for promise in promises}
    gaps = [
        Fault("/lines", f"Line {line.line_no} is missing: name the day on which it will be delivered.")
        for line in order.lines
        if line.line_no not in named
    ]
    if gaps:
        raise Incomplete("An acknowledgement names every line of the order.", faults=gaps)
    return arrow


def _faults_of_promises(order: Order, promises: Sequence[Promise]) -> Iterator[Fault]:
    seen: set[int] = set()
    for place, promise in enumerate(promises):
        if order.line(promise.line_no) is None:
            yield Fault(f"/lines/{place}/line_no", f"The order has no line {promise.line_no}.")
        if promise.line_no in seen:
            yield Fault(f"/lines/{place}/line_no", f"Line {promise.line_no} is named twice.")
        seen.add(promise.line_no)
        if promise.promised_on < order.created_at.date():
            yield Fault(f"/lines/{place}/promised_on", "Nothing is delivered before the day the order was issued.")


def promised(order: Order, promises: Sequence[Promise]) -> tuple[OrderLine, ...]:
    """The lines with the days that the supplier promised."""
    days = {promise.line_no: promise.promised_on for promise in promises}
    return tuple(msgspec.structs.replace(line, promised_on=days[line.line_no]) for line in order.lines)


def moved(order: Order, moves: Sequence[Move]) -> tuple[OrderLine, ...]:
    """The lines after their running quantities moved.

    Raises OverDespatch, OverReceipt or OverInspection for the bound that would break.
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
        )
    for line in lines.values():
        if line.may_despatch < 0:
            raise OverDespatch(f"Line {line.line_no}: more would be on its way than was ordered and may be sent again.")
        if line.received + line.short > line.despatched:
            raise OverReceipt(f"Line {line.line_no}: more would be received or short than was despatched.")
        if line.accepted + line.rejected > line.received:
            raise OverInspection(f"Line {line.line_no}: more would be inspected than was received.")
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


def may_despatch(order: Order, sides: Sequence[Side]) -> None:
    """Raise unless the supplier may send something more of this order."""
    step(DESPATCHING, order.state, sides)
    if all(line.may_despatch <= 0 for line in order.lines):
        raise OverDespatch("Everything that was ordered is on its way or delivered: nothing is left to send.")


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


def available(order: Order, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    taken = sides(order, actor)
    allowed, blocked = actions.available(ORDER, order, taken, {}, actor, now)
    if Side.SUPPLIER in taken and order.state in DESPATCHING.source:
        try:
            may_despatch(order, taken)
        except Refusal as refusal:
            blocked.append((CREATE_DESPATCH, refusal))
        else:
            allowed.append(CREATE_DESPATCH)
    waiting = any(line.gate in {"closed", "limited"} for line in order.lines)
    if waiting and Side.SUPPLIER in taken and order.state in SUBMITTING.source:
        allowed.append("submit_first_article")
    return allowed, blocked
