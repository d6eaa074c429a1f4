"""Whether a workshop makes as much in a month as the deliveries of an RFQ need. Pure."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal

from domain.matching.model import Note
from domain.organisations.model import Capabilities
from domain.rfqs.model import Line

MONTHS = 12


def monthly_need(lines: Sequence[Line]) -> dict[str, Decimal]:
    """By unit, what a month needs of all lines together: the quantity over the calendar months of the schedule.

    The months from the first delivery's to the last one's, both included: twelve monthly deliveries span twelve. A line
    without a schedule says nothing of how fast it is needed and does not count.
    """
    need: dict[str, Decimal] = {}
    for line in lines:
        days = [delivery.due_on for delivery in line.spec.schedule]
        if days:
            first, last = min(days), max(days)
            months = (last.year - first.year) * MONTHS + last.month - first.month + 1
            need[line.unit] = need.get(line.unit, Decimal(0)) + line.quantity / months
    return need


def declared(said: Capabilities) -> dict[str, Decimal]:
    """By unit, what the workshop makes in a month: the sum where it tells of several kinds of work in one unit."""
    monthly: dict[str, Decimal] = {}
    for item in said.capacity:
        monthly[item.unit] = monthly.get(item.unit, Decimal(0)) + item.quantity
    return monthly


def capacity_notes(lines: Sequence[Line], said: Capabilities) -> Iterator[tuple[bool, Note]]:
    """(enough, note) for each unit that is both needed and declared; the note tells the need of a month, rounded up.

    Machine hours or strokes say nothing of pieces, so another unit is no answer, neither for nor against.
    """
    monthly = declared(said)
    for unit, need in monthly_need(lines).items():
        if unit in monthly:
            shown = need.quantize(Decimal(1), ROUND_CEILING)
            yield need <= monthly[unit], Note(code="capacity", subject=f"{shown:f} {unit}")
