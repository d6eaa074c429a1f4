"""Adding up import substitution. Pure. Potential: published; committed: awards accepted; realised: pieces accepted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain.money import total
from domain.reports.model import ZERO, Figures, Group, ImportLine

RUPIAH = "IDR"


def figures(lines: Iterable[ImportLine]) -> Figures:
    """Each line counts min(quantity, annual quantity of its baseline) x CIF value of one unit in rupiah."""
    potential = committed = realised = pieces = ZERO
    for line in lines:
        potential += min(line.requested, line.annual_quantity) * line.idr_unit_value
        committed += min(line.awarded, line.annual_quantity) * line.idr_unit_value
        counted = min(line.accepted, line.annual_quantity)
        realised += counted * line.idr_unit_value
        pieces += counted
    return Figures(
        potential_idr=total(potential, RUPIAH),
        committed_idr=total(committed, RUPIAH),
        realised_idr=total(realised, RUPIAH),
        accepted_quantity=pieces,
    )


def grouped(lines: Sequence[ImportLine], heading: Callable[[ImportLine], tuple[str, str]]) -> tuple[Group, ...]:
    """Figures by (key, label), in the order of the keys."""
    parts: dict[tuple[str, str], list[ImportLine]] = {}
    for line in lines:
        parts.setdefault(heading(line), []).append(line)
    return tuple(
        Group(key=key, label=label, figures=figures(members)) for (key, label), members in sorted(parts.items())
    )


def realised_from_feed(events: Iterable[Mapping[str, Any]]) -> Decimal:
    """Realised substitution in whole rupiah, from a buyer's change feed alone (events as `GET /v1/events` shows them).

    `rfq.published` tells the baselines, `inspection.recorded` and `inspection.finished` what was accepted of which RFQ's
    line. Lines keep their number from RFQ to order.
    """
    values: dict[tuple[str, int], tuple[Decimal, Decimal]] = {}
    accepted: dict[tuple[str, int], Decimal] = {}
    for event in events:
        data = event["data"]
        if event["type"] == "rfq.published":
            for line in data.get("baselines", ()):
                if line["idr_unit_value"] is not None:
                    place = (event["subject_id"], line["line_no"])
                    values[place] = (Decimal(line["idr_unit_value"]), Decimal(line["annual_quantity"]))
        elif event["type"] in {"inspection.recorded", "inspection.finished"}:
            for line in data["lines"]:
                place = (data["rfq_id"], line["line_no"])
                accepted[place] = accepted.get(place, ZERO) + Decimal(line["accepted"])
    realised = sum((min(accepted.get(place, ZERO), most) * value for place, (value, most) in values.items()), ZERO)
    return total(realised, RUPIAH)
