"""What may happen to a nonconformance and to its pieces. Pure: no clock, no database, no HTTP."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from domain import actions, quantity
from domain.actors import Actor, Side
from domain.errors import Fault, Incomplete, Invalid, LimitReached, OverDespatch, OverReturn, QuantityExceeded, Refusal
from domain.lifecycle import NONCONFORMANCE, RETURN_SHIPMENT, Arrow, step
from domain.nonconformances.model import (
    LAST_STEPS,
    MAX_STEPS,
    ZERO,
    ComplaintDraft,
    Decided,
    Disposition,
    Nonconformance,
    Response,
    ReturnDraft,
    ReturnShipment,
)
from domain.orders import rules as orders
from domain.orders.model import Order, OrderLine
from domain.quality.model import Inspection
from domain.quality.rules import faults_of_defect
from domain.quantity import plain

RESPONSES: dict[Response, str] = {"contained": "contain", "cause_found": "find_cause", "corrected": "correct"}
"""What the supplier says it has reached -> the arrow that leads there."""
BACK: dict[str, str] = {
    "contained": "send_back_containment",
    "cause_found": "send_back_cause",
    "corrected": "send_back_correction",
}
"""State -> the arrow by which the buyer does not take the answer that led there."""


def sides(thing: Nonconformance | ReturnShipment, actor: Actor) -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound for everybody but the two parties of the order."""
    return orders.sides(thing, actor, "nonconformance" if isinstance(thing, Nonconformance) else "return")


def decide_open(
    order: Order, inspection: Inspection | None, draft: ComplaintDraft, actor: Actor, known: frozenset[int]
) -> Arrow:
    """The buyer complains of pieces that it had accepted: no more of a lot than were."""
    step(COMPLAINING, order.state, orders.sides(order, actor))
    line = order.line(draft.line_no)
    lots = () if inspection is None else inspection.lots
    lot = next((lot for lot in lots if (lot.line_no, lot.lot) == (draft.line_no, draft.lot)), None)
    if line is None or lot is None:
        missing = Fault("/lot", f"The receipt has no lot {draft.lot!r} of line {draft.line_no}.")
        raise Invalid("The complaint does not fit the receipt.", faults=[missing])
    faults = []
    if wrong := quantity.fault(draft.quantity, line.unit):
        faults.append(Fault("/quantity", wrong))
    for place, defect in enumerate(draft.defects):
        faults.extend(faults_of_defect(defect, draft.quantity, line.unit, known, f"/defects/{place}"))
    if not draft.defects:
        faults.append(Fault("/defects", "Say what is wrong with the pieces."))
    if faults:
        raise Invalid("The complaint does not fit the receipt.", faults=faults)
    if draft.quantity > lot.accepted:
        raise QuantityExceeded(
            f"Of lot {lot.lot} {_shown(lot.accepted)} {line.unit} were accepted: no more can be complained of.",
            faults=[Fault("/quantity", f"At most {_shown(lot.accepted)}.")],
        )
    return NONCONFORMANCE["complain"]


def decide_respond(thing: Nonconformance, response: Response, actor: Actor) -> Arrow:
    """The supplier reports the next step: stock is contained, then the cause found, then corrected."""
    arrow = step(NONCONFORMANCE[RESPONSES[response]], thing.state, sides(thing, actor))
    _room(thing)
    return arrow


def decide_send_back(thing: Nonconformance, actor: Actor) -> Arrow:
    """The buyer does not take the supplier's last answer: it is due anew."""
    taken = sides(thing, actor)
    arrow = step(NONCONFORMANCE[BACK.get(thing.state, "send_back_containment")], thing.state, taken)
    _room(thing)
    return arrow


def _room(thing: Nonconformance, *, keep: int = 1) -> None:
    if len(thing.detail.steps) >= MAX_STEPS - keep:
        raise LimitReached(f"A nonconformance has {MAX_STEPS} steps at most: end it now.")


def decide_disposition(thing: Nonconformance, order: Order, dispositions: tuple[Decided, ...], actor: Actor) -> Arrow:
    """The buyer says what becomes of the pieces, all of them; anew until the end, but for what was carried out."""
    arrow = step(NONCONFORMANCE["decide"], thing.state, sides(thing, actor))
    _room(thing, keep=LAST_STEPS)
    line = order.line(thing.line_no)
    if line is None:
        raise Invalid("The order has no such line.")
    faults = list(_faults_of_dispositions(thing, line, dispositions))
    if faults:
        raise Invalid("The dispositions do not fit the nonconformance.", faults=faults)
    floors: dict[Disposition, Decimal] = {
        "rework": thing.reworked,
        "use_as_is": thing.conceded,
        "replace": thing.replaced,
    }
    wanted = {item.disposition: item.quantity for item in dispositions}
    undone = [
        Fault("/dispositions", f"{_shown(least)} {line.unit} were {name!r} already; that cannot be taken back.")
        for name, least in floors.items()
        if wanted.get(name, ZERO) < least
    ]
    if wanted.get("return", ZERO) + wanted.get("replace", ZERO) < thing.returned:
        undone.append(Fault("/dispositions", f"{_shown(thing.returned)} {line.unit} went back already."))
    if undone:
        raise QuantityExceeded("What was carried out stands.", faults=undone)
    freed = sum(to_carry_out(thing, dispositions).values(), ZERO)
    if freed > line.may_despatch:
        raise OverDespatch(
            f"Line {line.line_no}: pieces were sent in place of these already; at most "
            f"{_shown(max(line.may_despatch, ZERO))} {line.unit} can be reworked or used as they are."
        )
    return arrow


def _faults_of_dispositions(
    thing: Nonconformance, line: OrderLine, dispositions: tuple[Decided, ...]
) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, item in enumerate(dispositions):
        at = f"/dispositions/{place}"
        if item.disposition in seen:
            yield Fault(f"{at}/disposition", f"{item.disposition!r} is named twice; add the two up.")
        seen.add(item.disposition)
        if wrong := quantity.fault(item.quantity, line.unit):
            yield Fault(f"{at}/quantity", wrong)
        if item.disposition == "use_as_is" and item.reference is None:
            yield Fault(f"{at}/reference", "A concession has a reference: who allowed it, under which number.")
    total = sum((item.quantity for item in dispositions), ZERO)
    if total != thing.quantity:
        yield Fault("/dispositions", f"They add up to {_shown(total)}; it is about {_shown(thing.quantity)}.")


def to_carry_out(thing: Nonconformance, dispositions: Iterable[Decided]) -> dict[Disposition, Decimal]:
    """How much more is to be reworked, or used as it is, than was already: what a decision does at once."""
    wanted = {item.disposition: item.quantity for item in dispositions}
    return {
        "rework": wanted.get("rework", ZERO) - thing.reworked,
        "use_as_is": wanted.get("use_as_is", ZERO) - thing.conceded,
    }


def decide_return(thing: Nonconformance, line: OrderLine, draft: ReturnDraft, actor: Actor) -> Arrow:
    """The buyer sends pieces back, no more than are decided to be returned or replaced."""
    arrow = step(NONCONFORMANCE["send_return"], thing.state, sides(thing, actor))
    _room(thing, keep=LAST_STEPS)
    if wrong := quantity.fault(draft.quantity, line.unit):
        raise Invalid("The return does not fit the nonconformance.", faults=[Fault("/quantity", wrong)])
    if draft.quantity > thing.returnable:
        raise OverReturn(
            f"{_shown(max(thing.returnable, ZERO))} {line.unit} are decided to go back and have not yet. "
            "Decide first (decide_nonconformance) what is returned or replaced.",
            faults=[Fault("/quantity", f"At most {_shown(max(thing.returnable, ZERO))}.")],
        )
    return arrow


def decide_confirm(shipment: ReturnShipment, actor: Actor) -> Arrow:
    """The supplier has the pieces back."""
    return step(RETURN_SHIPMENT["confirm"], shipment.state, sides(shipment, actor))


def decide_replace(thing: Nonconformance, sent: Mapping[int, Decimal]) -> Decimal:
    """How much a despatch sends in place of rejected pieces: of that line alone, no more than is to be replaced."""
    step(NONCONFORMANCE["replace"], thing.state, (Side.SYSTEM,))
    if set(sent) != {thing.line_no}:
        raise Invalid(
            "A replacement is of the line that the nonconformance is about.",
            faults=[Fault("/lines", f"Send line {thing.line_no} alone.")],
        )
    if sent[thing.line_no] > thing.replaceable:
        raise OverDespatch(
            f"Line {thing.line_no}: {_shown(max(thing.replaceable, ZERO))} are to be sent in place of what was rejected."
        )
    return sent[thing.line_no]


def decide_close(thing: Nonconformance, actor: Actor, *, awaits_inspection: bool = False) -> Arrow:
    """The buyer closes what the supplier has corrected, once all pieces went the way that was decided."""
    arrow = step(NONCONFORMANCE["close"], thing.state, sides(thing, actor))
    gaps = []
    if not thing.dispositions:
        gaps.append(Fault("/disposition", "It has no disposition yet; decide it with decide_nonconformance."))
    if thing.replaceable > 0:
        gaps.append(Fault("/dispositions", f"{_shown(thing.replaceable)} have yet to be sent in place of it."))
    if thing.decided("return") > thing.returned:
        gaps.append(Fault("/dispositions", f"{_shown(thing.decided('return') - thing.returned)} have yet to go back."))
    if awaits_inspection and thing.reworked > 0:
        gaps.append(Fault("/dispositions", "What was reworked awaits its inspection."))
    if gaps:
        raise Incomplete("It is not yet carried out what becomes of the rejected quantity.", faults=gaps)
    return arrow


COMPLAINING = Arrow(
    machine="order",
    action="complain",
    source=("in_progress", "completed", "on_hold", "short_closed", "cancelled"),
    target=None,
    by=(Side.BUYER,),
    event="",
    operation="open_nonconformance",
)
"""Not an arrow that a party takes: what a complaint asks of the order's state."""


def _shown(value: Decimal) -> str:
    return format(plain(value), "f")


GUARDS: dict[str, Callable[[Nonconformance, Actor, datetime], object]] = {
    "close_nonconformance": lambda thing, actor, _now: decide_close(thing, actor),
    "record_return": lambda thing, _actor, _now: _something_returns(thing),
}


def _something_returns(thing: Nonconformance) -> None:
    if thing.returnable <= 0:
        raise OverReturn("Nothing is decided to go back, or all of it went.")


def available(thing: Nonconformance, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    return actions.available(NONCONFORMANCE, thing, sides(thing, actor), GUARDS, actor, now)


def available_return(
    shipment: ReturnShipment, actor: Actor, *, now: datetime
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """As `available`, of a return shipment."""
    return actions.available(RETURN_SHIPMENT, shipment, sides(shipment, actor), {}, actor, now)
