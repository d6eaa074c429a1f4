"""Adding up import substitution. Pure. Potential: published; committed: awards accepted; realised: pieces accepted.

A need counts once. Of RFQs that issue each other again only the newest published one counts what was not awarded; what was
awarded or accepted stays with the RFQ where it happened. At each stage a buyer's RFQs for the same part number, HS code and unit
share one annual quantity in a calendar year: entries count in the order of time, each as far as the annual quantity of its own
baseline leaves room. What was taken back comes off the newest accepted pieces.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal, localcontext
from uuid import UUID

from domain.money import total
from domain.quotes.model import WIB
from domain.reports.model import (
    ZERO,
    Counted,
    Entry,
    Figures,
    Group,
    ImportLine,
    LineFigures,
    Period,
    Stage,
)

RUPIAH = "IDR"
FIRM = "firm"
"""The intent of an RFQ that counts: a price check replaces no import."""
DIGITS = 60
"""Exact whatever is added up: the usual 28 are few for the sums of a whole country."""
STAGES: tuple[Stage, ...] = ("potential", "committed", "realised")
NONE = "none"
"""Heading for lines without a process, and for suppliers without a region."""
OPEN = Period()

_Claim = tuple[datetime, UUID, int, Decimal, Stage, ImportLine, str | None]


def counted(lines: Iterable[ImportLine]) -> list[Counted]:
    """Every entry with what it counts, in the order of time."""
    claims = sorted((claim for line in lines for claim in _claims(line)), key=lambda claim: claim[:4])
    used: dict[tuple[object, ...], Decimal] = {}
    found = []
    with localcontext(prec=DIGITS):
        for at, _, _, quantity, stage, line, region in claims:
            need = (stage, at.astimezone(WIB).year, *_need(line))
            before = used.get(need, ZERO)
            counts = min(quantity, max(line.annual_quantity - before, ZERO))
            used[need] = before + counts
            found.append(Counted(stage=stage, line=line, at=at, quantity=counts, region=region))
    return found


def _need(line: ImportLine) -> tuple[object, ...]:
    if not line.part_number:
        return line.rfq_id, line.line_no
    digits = "".join(char for char in line.hs_code if char.isdigit())
    return line.buyer_id, " ".join(line.part_number.split()).casefold(), digits, line.unit


def _claims(line: ImportLine) -> Iterator[_Claim]:
    place = (line.rfq_id, line.line_no)
    wanted = sum((entry.quantity for entry in line.awarded), ZERO) if line.superseded else line.requested
    yield (line.published_at, *place, wanted, "potential", line, None)
    for entry in line.awarded:
        yield (entry.at, *place, entry.quantity, "committed", line, entry.region)
    for entry in standing(line.accepted, line.taken_back):
        yield (entry.at, *place, entry.quantity, "realised", line, entry.region)


def standing(accepted: Sequence[Entry], taken_back: Decimal) -> list[Entry]:
    """What is left of accepted pieces after `taken_back` comes off the newest of them."""
    left = []
    for entry in sorted(accepted, key=lambda item: (item.at, item.quantity), reverse=True):
        lost = min(entry.quantity, taken_back)
        taken_back -= lost
        if entry.quantity > lost:
            left.append(Entry(at=entry.at, quantity=entry.quantity - lost, region=entry.region))
    return left[::-1]


def within(entries: Iterable[Counted], period: Period) -> list[Counted]:
    """Those of the period's days."""
    return [entry for entry in entries if _in(entry.at, period)]


def _in(at: datetime, period: Period) -> bool:
    day = at.astimezone(WIB).date()
    return (period.first is None or day >= period.first) and (period.last is None or day <= period.last)


def figures(entries: Iterable[Counted]) -> Figures:
    """Sums of quantity x CIF value of one unit in rupiah, rounded once."""
    values: dict[Stage, Decimal] = dict.fromkeys(STAGES, ZERO)
    pieces = ZERO
    with localcontext(prec=DIGITS):
        for entry in entries:
            values[entry.stage] += entry.quantity * entry.line.idr_unit_value
            if entry.stage == "realised":
                pieces += entry.quantity
        return Figures(
            potential_idr=total(values["potential"], RUPIAH),
            committed_idr=total(values["committed"], RUPIAH),
            realised_idr=total(values["realised"], RUPIAH),
            accepted_quantity=pieces,
        )


def grouped(
    entries: Sequence[Counted], heading: Callable[[Counted], str], labels: Callable[[Counted], str | None]
) -> tuple[Group, ...]:
    """Figures by heading, in the order of the keys."""
    parts: dict[str, list[Counted]] = {}
    for entry in entries:
        parts.setdefault(heading(entry), []).append(entry)
    return tuple(
        Group(key=key, label=labels(members[0]), figures=figures(members)) for key, members in sorted(parts.items())
    )


def of_process(entry: Counted) -> str:
    """The first process step of the line."""
    return entry.line.process or NONE


def of_region(entry: Counted) -> str:
    """The regency of the supplier: the first two parts of a region's code."""
    return ".".join(entry.region.split(".")[:2]) if entry.region else NONE


def by_line(lines: Iterable[ImportLine], entries: Iterable[Counted], period: Period) -> tuple[LineFigures, ...]:
    """Each line that has something in the period, in the order of RFQ and line."""
    counts: dict[tuple[UUID, int, Stage], Decimal] = {}
    for entry in within(entries, period):
        place = (entry.line.rfq_id, entry.line.line_no, entry.stage)
        counts[place] = counts.get(place, ZERO) + entry.quantity
    found = []
    for line in sorted(lines, key=lambda item: (item.rfq_id, item.line_no)):
        keys = [(line.rfq_id, line.line_no, stage) for stage in STAGES]
        if any(key in counts for key in keys):
            potential, committed, realised = (counts.get(key, ZERO) for key in keys)
            found.append(
                LineFigures(
                    line=line,
                    awarded=_sum(line.awarded, period),
                    accepted=_sum(standing(line.accepted, line.taken_back), period),
                    potential=potential,
                    committed=committed,
                    realised=realised,
                )
            )
    return tuple(found)


def _sum(entries: Iterable[Entry], period: Period) -> Decimal:
    return sum((entry.quantity for entry in entries if _in(entry.at, period)), ZERO)
