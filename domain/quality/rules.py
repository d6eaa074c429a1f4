"""When may an inspection be recorded, and what may happen to a nonconformance. Pure: no clock, no database, no HTTP."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal

import msgspec

from domain import actions, quantity
from domain.actors import Actor, Side
from domain.errors import Fault, Incomplete, Invalid, LimitReached, OverInspection, Refusal
from domain.lifecycle import INSPECTION, NONCONFORMANCE, Arrow, step
from domain.orders import rules as orders
from domain.orders.model import Move, Order
from domain.quality.model import (
    LAST_STEPS,
    MAX_RECORDINGS,
    MAX_STEPS,
    Defect,
    Finding,
    FindingDraft,
    Inspection,
    InspectionDraft,
    Lot,
    Nonconformance,
    Response,
)
from domain.quantity import plain
from domain.vocabularies import is_code

Numbers = Mapping[int, frozenset[int]]
"""Line number -> numbers of the characteristics that the RFQ names for the line."""


def sides(thing: Inspection | Nonconformance, actor: Actor) -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound for everybody but the two parties of the order."""
    return orders.sides(thing, actor, "inspection" if isinstance(thing, Inspection) else "nonconformance")


def decide_record(
    inspection: Inspection, order: Order, draft: InspectionDraft, actor: Actor, numbers: Numbers
) -> Arrow:
    """The buyer accepts and rejects parts of what was received, no more of a lot than is still open.

    Returns `finish` when nothing of the receipt is open any more, else `record`.
    """
    arrow = step(INSPECTION["record"], inspection.state, sides(inspection, actor))
    faults = list(_faults_of_recording(inspection, order, draft, numbers))
    if faults:
        raise Invalid("The inspection does not fit the receipt.", faults=faults)
    lots = {(lot.line_no, lot.lot): lot for lot in inspection.lots}
    excess = [
        Fault(
            f"/lines/{place}",
            f"Line {found.line_no}, lot {found.lot}: {_shown(found.accepted + found.rejected)} accepted and rejected "
            f"are more than the {_shown(lot.open)} that are still to be inspected.",
        )
        for place, found in enumerate(draft.lines)
        for lot in [lots[found.line_no, found.lot]]
        if found.accepted + found.rejected > lot.open
    ]
    if excess:
        raise OverInspection(" ".join(fault.detail for fault in excess[:5]), faults=excess)
    if len(inspection.recordings) >= MAX_RECORDINGS:
        raise LimitReached(f"An inspection is recorded in {MAX_RECORDINGS} parts at most.")
    after = msgspec.structs.replace(inspection, lots=inspected(inspection, draft.lines))
    return INSPECTION["finish"] if after.is_complete else arrow


def _faults_of_recording(
    inspection: Inspection, order: Order, draft: InspectionDraft, numbers: Numbers
) -> Iterator[Fault]:
    if not draft.lines:
        yield Fault("/lines", "Say of at least one lot what was found.")
    lots = {(lot.line_no, lot.lot) for lot in inspection.lots}
    seen: set[tuple[int, str]] = set()
    for place, found in enumerate(draft.lines):
        at = f"/lines/{place}"
        if (found.line_no, found.lot) in seen:
            yield Fault(f"{at}/lot", f"Lot {found.lot!r} of line {found.line_no} is named twice; add the two up.")
        seen.add((found.line_no, found.lot))
        line = order.line(found.line_no)
        if line is None or (found.line_no, found.lot) not in lots:
            yield Fault(at, f"Nothing was received of a lot {found.lot!r} of line {found.line_no}.")
            continue
        for name in ("accepted", "rejected"):
            value: Decimal = getattr(found, name)
            if value != 0 and (wrong := quantity.fault(value, line.unit)):
                yield Fault(f"{at}/{name}", wrong)
        if found.accepted + found.rejected == 0:
            yield Fault(at, "Say how much is accepted or rejected; leave out what has yet to be inspected.")
        known = numbers.get(found.line_no, frozenset())
        for number, defect in enumerate(found.defects):
            yield from _faults_of_defect(defect, found, line.unit, known, f"{at}/defects/{number}")


def _faults_of_defect(
    defect: Defect, found: FindingDraft, unit: str, known: frozenset[int], at: str
) -> Iterator[Fault]:
    if wrong := quantity.fault(defect.quantity, unit):
        yield Fault(f"{at}/quantity", wrong)
    elif defect.quantity > found.rejected:
        yield Fault(f"{at}/quantity", f"No more than the {_shown(found.rejected)} that are rejected can have a defect.")
    if defect.code is not None and not is_code("defect_codes", defect.code):
        yield Fault(f"{at}/code", f"{defect.code!r} is not in GET /v1/meta/vocabularies/defect_codes.")
    # A line that is known by its drawing alone names no characteristics: its balloons are known to people only.
    if known and defect.characteristic_no is not None and defect.characteristic_no not in known:
        yield Fault(f"{at}/characteristic_no", f"The line has no characteristic {defect.characteristic_no}.")
    if defect.characteristic_no is None and defect.code is None and defect.note is None:
        yield Fault(at, "Say what is wrong: a characteristic, a code or a note.")


def inspected(inspection: Inspection, lines: Iterable[Finding | FindingDraft]) -> tuple[Lot, ...]:
    """The lots with what one recording adds."""
    added = {(line.line_no, line.lot): line for line in lines}
    return tuple(
        lot
        if found is None
        else msgspec.structs.replace(
            lot, accepted=plain(lot.accepted + found.accepted), rejected=plain(lot.rejected + found.rejected)
        )
        for lot in inspection.lots
        for found in [added.get((lot.line_no, lot.lot))]
    )


def moves(lines: Iterable[Finding]) -> list[Move]:
    """What one recording adds to the order's quantities."""
    return [Move(line_no=line.line_no, accepted=line.accepted, rejected=line.rejected) for line in lines]


RESPONSES: dict[Response, str] = {"contained": "contain", "cause_found": "find_cause", "corrected": "correct"}
"""What the supplier says it has reached -> the arrow that leads there."""


def decide_respond(thing: Nonconformance, response: Response, actor: Actor) -> Arrow:
    """The supplier reports the next step: stock is contained, then the cause found, then corrected."""
    return step(NONCONFORMANCE[RESPONSES[response]], thing.state, sides(thing, actor))


def decide_disposition(thing: Nonconformance, actor: Actor) -> Arrow:
    """The buyer decides what becomes of the rejected quantity; until the end it may decide anew."""
    arrow = step(NONCONFORMANCE["decide"], thing.state, sides(thing, actor))
    if len(thing.detail.steps) >= MAX_STEPS - LAST_STEPS:
        raise LimitReached(f"A nonconformance has {MAX_STEPS} steps at most: the decision stands now.")
    return arrow


def decide_close(thing: Nonconformance, actor: Actor) -> Arrow:
    """The buyer closes what the supplier has corrected, once it is decided what becomes of the quantity."""
    arrow = step(NONCONFORMANCE["close"], thing.state, sides(thing, actor))
    if thing.disposition is None:
        raise Incomplete(
            "Decide first what becomes of the rejected quantity.",
            faults=[Fault("/disposition", "It has no disposition yet; decide it with decide_nonconformance.")],
        )
    return arrow


def _shown(value: Decimal) -> str:
    return format(plain(value), "f")


GUARDS: dict[str, Callable[[Nonconformance, Actor, datetime], object]] = {
    "close_nonconformance": lambda thing, actor, _now: decide_close(thing, actor),
}


def available(
    thing: Inspection | Nonconformance, actor: Actor, *, now: datetime
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    if isinstance(thing, Inspection):
        return actions.available(INSPECTION, thing, sides(thing, actor), {}, actor, now)
    return actions.available(NONCONFORMANCE, thing, sides(thing, actor), GUARDS, actor, now)
