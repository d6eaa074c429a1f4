"""When may an inspection be recorded, and what it adds up to. Pure: no clock, no database, no HTTP."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal

import msgspec

from domain import actions, quantity
from domain.actors import Actor, Side
from domain.errors import Fault, Invalid, LimitReached, OverInspection, Refusal
from domain.lifecycle import INSPECTION, Arrow, step
from domain.orders import rules as orders
from domain.orders.model import Move, Order
from domain.quality.model import (
    MAX_RECORDINGS,
    Defect,
    Finding,
    FindingDraft,
    Inspection,
    InspectionDraft,
    Lot,
)
from domain.quantity import plain
from domain.vocabularies import is_code

Numbers = Mapping[int, frozenset[int]]
"""Line number -> numbers of the characteristics that the RFQ names for the line."""


def sides(thing: Inspection, actor: Actor) -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound for everybody but the two parties of the order."""
    return orders.sides(thing, actor, "inspection")


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
            yield from faults_of_defect(defect, found.rejected, line.unit, known, f"{at}/defects/{number}")


def faults_of_defect(defect: Defect, rejected: Decimal, unit: str, known: frozenset[int], at: str) -> Iterator[Fault]:
    """What is wrong with saying that a part of `rejected` has this defect; `known` are the line's characteristics."""
    if wrong := quantity.fault(defect.quantity, unit):
        yield Fault(f"{at}/quantity", wrong)
    elif defect.quantity > rejected:
        yield Fault(f"{at}/quantity", f"No more than the {_shown(rejected)} that are rejected can have a defect.")
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


def _shown(value: Decimal) -> str:
    return format(plain(value), "f")


def available(thing: Inspection, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    return actions.available(INSPECTION, thing, sides(thing, actor), {}, actor, now)
