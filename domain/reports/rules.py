"""Adding up import substitution. Pure. Potential: published; committed: awards accepted; realised: pieces accepted."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any

from domain import ids
from domain.money import total
from domain.reports.model import ZERO, Figures, Group, ImportLine

RUPIAH = "IDR"
FIRM = "firm"
"""The intent of an RFQ that counts: a price check replaces no import."""
DIGITS = 60
"""Exact whatever is added up: the usual 28 are few for the sums of a whole country."""


def figures(lines: Iterable[ImportLine]) -> Figures:
    """Each line counts min(quantity, annual quantity of its baseline) x CIF value of one unit in rupiah."""
    potential = committed = realised = pieces = ZERO
    with localcontext(prec=DIGITS):
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
    """Realised substitution in whole rupiah, from a buyer's change feed alone."""
    return figures_from_feed(events).realised_idr


def figures_from_feed(events: Iterable[Mapping[str, Any]]) -> Figures:
    """What the report says to a buyer, from its change feed alone (events as `GET /v1/events` shows them).

    `rfq.published` tells the baselines of a firm RFQ, `rfq.addendum_published` what they are from then on, and
    `rfq.cancelled` that it counts no more; `award.accepted` what was committed; `inspection.recorded` and
    `inspection.finished` what was accepted of which RFQ's line. Lines keep their number from RFQ to order. Events may
    come more than once and in any order.
    """
    found = {event["id"]: event for event in events}.values()
    cancelled = {event["subject_id"] for event in found if event["type"] == "rfq.cancelled"}
    awarded = _added_up(found, {"award.accepted"}, "quantity")
    accepted = _added_up(found, {"inspection.recorded", "inspection.finished"}, "accepted")
    lines = [
        ImportLine(
            rfq_id=ids.read("rfq", event["subject_id"]),
            buyer_id=ids.read("organisation", event["organisation_id"]),
            buyer_name="",
            line_no=line["line_no"],
            part_number="",
            process=None,
            idr_unit_value=Decimal(line["idr_unit_value"]),
            annual_quantity=Decimal(line["annual_quantity"]),
            requested=Decimal(line["quantity"]),
            awarded=awarded.get(place, ZERO),
            accepted=accepted.get(place, ZERO),
        )
        for event in _last(found, {"rfq.published", "rfq.addendum_published"})
        if event["subject_id"] not in cancelled
        if event["data"]["intent"] == FIRM
        for line in event["data"].get("baselines", ())
        for place in [(event["subject_id"], line["line_no"])]
    ]
    return figures(lines)


def _last(events: Iterable[Mapping[str, Any]], types: Collection[str]) -> Iterable[Mapping[str, Any]]:
    """Of each subject the latest event of these types."""
    newest: dict[str, Mapping[str, Any]] = {}
    for event in events:
        if event["type"] in types:
            known = newest.get(event["subject_id"])
            if known is None or known["subject_version"] < event["subject_version"]:
                newest[event["subject_id"]] = event
    return newest.values()


def _added_up(
    events: Iterable[Mapping[str, Any]], types: Collection[str], member: str
) -> dict[tuple[str, int], Decimal]:
    """By RFQ and line number, the sum of `member` over the lines of events of these types."""
    sums: dict[tuple[str, int], Decimal] = {}
    for event in events:
        if event["type"] in types:
            for line in event["data"]["lines"]:
                place = (event["data"]["rfq_id"], line["line_no"])
                sums[place] = sums.get(place, ZERO) + Decimal(line[member])
    return sums
