"""When may something be despatched, cancelled, received. Pure: no clock, no database, no HTTP."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from domain import actions, quantity
from domain.actors import Actor, Side
from domain.deliveries.model import (
    Despatch,
    DespatchDraft,
    DespatchLine,
    DespatchLineDraft,
    Receipt,
    ReceiptDraft,
    ReceiptLine,
)
from domain.errors import Fault, Invalid, OverDespatch, OverReceipt, Refusal, WrongState
from domain.lifecycle import DESPATCH, Arrow, operations, step
from domain.orders import rules as orders
from domain.orders.model import ZERO, Move, Order
from domain.quantity import plain

FARTHEST = timedelta(days=2 * 366)
"""How far from now an instant that somebody types may lie: a year too many or too few is a slip."""
SKEW = timedelta(minutes=10)
"""How far the clock of a warehouse may be ahead of ours."""
RECORD_RECEIPT = "record_receipt"


def sides(thing: Despatch | Receipt, actor: Actor) -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound for everybody but the two parties of the order."""
    return orders.sides(thing, actor, "despatch" if isinstance(thing, Despatch) else "receipt")


def decide_create(order: Order, draft: DespatchDraft, actor: Actor, *, now: datetime) -> Arrow:
    """The supplier sends lots of an acknowledged order, no more of a line than may still be sent."""
    step(orders.DESPATCHING, order.state, orders.sides(order, actor))
    faults = list(_faults_of_despatch(order, draft, now))
    if faults:
        raise Invalid("The despatch does not fit the order.", faults=faults)
    by_line = sent_by_line(draft.lines)
    excess = [
        Fault(
            "/lines",
            f"Line {line.line_no}: {_shown(by_line[line.line_no])} {line.unit} are more than the "
            f"{_shown(line.may_despatch)} that are left to send.",
        )
        for line in order.lines
        if by_line.get(line.line_no, ZERO) > line.may_despatch
    ]
    if excess:
        raise OverDespatch(" ".join(fault.detail for fault in excess[:10]), faults=excess)
    for line in order.lines:
        if line.line_no in by_line:
            orders.check_gate(line, by_line[line.line_no], sample=draft.kind == "sample", now=now)
    return DESPATCH["create"]


def sent_by_line(lines: Iterable[DespatchLineDraft | DespatchLine]) -> dict[int, Decimal]:
    """How much of each order line is sent, all lots together."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        found[line.line_no] += line.quantity
    return dict(found)


def _faults_of_despatch(order: Order, draft: DespatchDraft, now: datetime) -> Iterator[Fault]:
    if not draft.lines:
        yield Fault("/lines", "A despatch has at least one line.")
    if draft.detail.eta is not None and abs(draft.detail.eta - now) > FARTHEST:
        yield Fault("/eta", "The expected arrival lies within two years of now.")
    seen: set[tuple[int, str]] = set()
    for place, sent in enumerate(draft.lines):
        line = order.line(sent.line_no)
        if line is None:
            yield Fault(f"/lines/{place}/line_no", f"The order has no line {sent.line_no}.")
        elif wrong := quantity.fault(sent.quantity, line.unit):
            yield Fault(f"/lines/{place}/quantity", wrong)
        elif draft.kind == "sample" and line.gate in {"none", "open"}:
            yield Fault("/kind", f"Line {line.line_no} needs no samples: its production may leave.")
        yield from _named_once(seen, sent.line_no, sent.lot, place)


def despatch_moves(despatch: Despatch, sign: int = 1) -> list[Move]:
    """What a despatch adds to the order's quantities; with `sign` -1, what its cancellation gives back."""
    share = sign if despatch.kind == "sample" else 0
    return [
        Move(line_no=line.line_no, despatched=sign * line.quantity, sampled=share * line.quantity)
        for line in despatch.lines
    ]


def decide_cancel(despatch: Despatch, actor: Actor) -> Arrow:
    """The supplier takes a despatch back while nothing of it has been received."""
    taken = sides(despatch, actor)
    arrow = step(DESPATCH["cancel"], despatch.state, taken)
    if not despatch.is_untouched:
        raise WrongState(
            "A part of this despatch has been received, so it cannot be cancelled. What did not arrive is recorded as "
            "short by the buyer.",
            state=despatch.state,
            allowed=[action for action in operations(DESPATCH, despatch.state, taken) if action != arrow.operation],
        )
    return arrow


def decide_receive(order: Order, despatch: Despatch, draft: ReceiptDraft, actor: Actor, *, now: datetime) -> Arrow:
    """The buyer counts what arrived of a despatch, no more of a lot than is still open.

    Returns the arrow of the despatch: `receive` when nothing of it is open any more, else `receive_part`.
    """
    step(RECEIVING, despatch.state, orders.sides(order, actor))
    faults = list(_faults_of_receipt(order, despatch, draft, now))
    if faults:
        raise Invalid("The receipt does not fit the despatch.", faults=faults)
    lots = {(line.line_no, line.lot): line for line in despatch.lines}
    excess = [
        Fault(
            f"/lines/{place}",
            f"Line {counted.line_no}, lot {counted.lot}: {_shown(counted.received + counted.short)} received and short "
            f"are more than the {_shown(lot.open)} that are still open of this despatch.",
        )
        for place, counted in enumerate(draft.lines)
        for lot in [lots[counted.line_no, counted.lot]]
        if counted.received + counted.short > lot.open
    ]
    if excess:
        raise OverReceipt(" ".join(fault.detail for fault in excess[:5]), faults=excess)
    after = msgspec.structs.replace(despatch, lines=accounted(despatch, draft.lines))
    return DESPATCH["receive" if after.is_accounted else "receive_part"]


def decide_unannounced(order: Order, draft: ReceiptDraft, actor: Actor, *, now: datetime) -> Arrow:
    """The buyer counts goods that no despatch told of: no more of a line than might have been sent."""
    step(UNANNOUNCED, order.state, orders.sides(order, actor))
    faults: list[Fault] = []
    seen: set[tuple[int, str]] = set()
    for place, counted in enumerate(draft.lines):
        faults.extend(_named_once(seen, counted.line_no, counted.lot, place))
        line = order.line(counted.line_no)
        if line is None:
            faults.append(Fault(f"/lines/{place}/line_no", f"The order has no line {counted.line_no}."))
        elif wrong := quantity.fault(counted.received, line.unit):
            faults.append(Fault(f"/lines/{place}/received", wrong))
        if counted.short != 0:
            faults.append(Fault(f"/lines/{place}/short", "Nothing is short of goods that were not announced."))
    if faults:
        raise Invalid("The receipt does not fit the order.", faults=faults)
    by_line = sent_by_line(came(draft))
    excess = [
        Fault(
            "/lines", f"Line {line.line_no}: {_shown(by_line[line.line_no])} {line.unit} came; {_shown(left)} were due."
        )
        for line in order.lines
        for left in [max(line.may_despatch, ZERO)]
        if by_line.get(line.line_no, ZERO) > left
    ]
    if excess:
        raise OverReceipt(" ".join(fault.detail for fault in excess[:5]), faults=excess)
    for line in order.lines:
        if line.line_no in by_line:
            orders.check_gate(line, by_line[line.line_no], sample=False, now=now)
    return DESPATCH["create_on_receipt"]


def came(draft: ReceiptDraft) -> tuple[DespatchLineDraft, ...]:
    """What a receipt without a despatch says was sent."""
    return tuple(
        DespatchLineDraft(line_no=line.line_no, lot=line.lot, heat_number=None, quantity=line.received)
        for line in draft.lines
    )


def certificates(draft: DespatchDraft) -> list[tuple[str, str]]:
    """(JSON pointer, file id) of every certificate of a despatch."""
    return [
        (f"/lines/{place}/certificates/{number}", file_id)
        for place, line in enumerate(draft.lines)
        for number, file_id in enumerate(line.certificates)
    ]


def _faults_of_receipt(order: Order, despatch: Despatch, draft: ReceiptDraft, now: datetime) -> Iterator[Fault]:
    if not draft.lines:
        yield Fault("/lines", "A receipt has at least one line.")
    if draft.received_at is not None and not now - FARTHEST <= draft.received_at <= now + SKEW:
        yield Fault("/received_at", "Goods are received at an instant that has passed, no more than two years ago.")
    lots = {(line.line_no, line.lot) for line in despatch.lines}
    seen: set[tuple[int, str]] = set()
    for place, counted in enumerate(draft.lines):
        yield from _named_once(seen, counted.line_no, counted.lot, place)
        line = order.line(counted.line_no)
        if line is None or (counted.line_no, counted.lot) not in lots:
            yield Fault(f"/lines/{place}", f"The despatch has no lot {counted.lot!r} of line {counted.line_no}.")
            continue
        for name in ("received", "short", "damaged"):
            value: Decimal = getattr(counted, name)
            if value != 0 and (wrong := quantity.fault(value, line.unit)):
                yield Fault(f"/lines/{place}/{name}", wrong)
        if counted.damaged > counted.received:
            yield Fault(f"/lines/{place}/damaged", "What is damaged is a part of what was received.")
        if counted.received + counted.short == 0:
            yield Fault(f"/lines/{place}", "Say how much was received or is short; leave out what is still to come.")


def accounted(despatch: Despatch, counted: Iterable[ReceiptLine]) -> tuple[DespatchLine, ...]:
    """The lines of the despatch with what a receipt adds."""
    added = {(line.line_no, line.lot): line for line in counted}
    return tuple(
        line
        if found is None
        else msgspec.structs.replace(
            line, received=plain(line.received + found.received), short=plain(line.short + found.short)
        )
        for line in despatch.lines
        for found in [added.get((line.line_no, line.lot))]
    )


def receipt_moves(lines: Iterable[ReceiptLine]) -> list[Move]:
    """What a receipt adds to the order's quantities."""
    return [Move(line_no=line.line_no, received=line.received, short=line.short) for line in lines]


def _named_once(seen: set[tuple[int, str]], line_no: int, lot: str, place: int) -> Iterator[Fault]:
    if (line_no, lot) in seen:
        yield Fault(f"/lines/{place}/lot", f"Lot {lot!r} of line {line_no} is named twice; add the two up.")
    seen.add((line_no, lot))


def _shown(value: Decimal) -> str:
    return format(plain(value), "f")


RECEIVING = Arrow(
    machine="despatch",
    action="receive",
    source=("despatched",),
    target=None,
    by=(Side.BUYER,),
    event="",
    operation=RECORD_RECEIPT,
)
"""Not an arrow that a party takes (the despatch follows a receipt): what a receipt asks of the despatch's state."""
UNANNOUNCED = Arrow(
    machine="order",
    action="receive",
    source=("acknowledged", "in_progress"),
    target=None,
    by=(Side.BUYER,),
    event="",
    operation=RECORD_RECEIPT,
)
"""The same of the order's state, for goods that came without a despatch."""


def available(despatch: Despatch, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    taken = sides(despatch, actor)
    guards = {"cancel_despatch": lambda thing, who, _now: decide_cancel(thing, who)}
    allowed, blocked = actions.available(DESPATCH, despatch, taken, guards, actor, now)
    if Side.BUYER in taken and despatch.state in RECEIVING.source:
        allowed.append(RECORD_RECEIPT)
    return allowed, blocked
