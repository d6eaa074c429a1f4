"""Import substitution from a buyer's change feed alone: what the report says, without the report. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain import ids
from domain.reports.model import ZERO, Entry, Figures, ImportLine, Period
from domain.reports.rules import FIRM, OPEN, counted, figures, within

_Place = tuple[str, int]


def realised_from_feed(events: Iterable[Mapping[str, Any]]) -> Decimal:
    """Realised substitution in whole rupiah."""
    return figures_from_feed(events).realised_idr or ZERO


def figures_from_feed(events: Iterable[Mapping[str, Any]], period: Period = OPEN) -> Figures:
    """What the report says to a buyer (events as `GET /v1/events` shows them).

    `rfq.published` tells the baselines of a firm RFQ, `rfq.addendum_published` what they are from then on, `rfq.created` which
    RFQ it issues again, `rfq.cancelled` that it counts no more; `award.accepted` what was committed; events of inspections
    and nonconformances what was accepted of which RFQ's line, below zero what was taken back. Lines keep their number
    from RFQ to order. Events may come more than once and in any order.
    """
    found = list({event["id"]: event for event in events}.values())
    cancelled = {event["subject_id"] for event in found if event["type"] == "rfq.cancelled"}
    first = {event["subject_id"]: _at(event) for event in found if event["type"] == "rfq.published"}
    published = [event for event in _last(found) if event["data"].get("intent") == FIRM]
    superseded = _superseded(found, published)
    awarded = _entries(found, lambda event: event["type"] == "award.accepted", "quantity")
    judged = _entries(found, lambda event: event["subject_type"] in {"inspection", "nonconformance"}, "accepted")
    lines = [
        ImportLine(
            rfq_id=ids.read("rfq", event["subject_id"]),
            buyer_id=ids.read("organisation", event["organisation_id"]),
            buyer_name="",
            line_no=line["line_no"],
            part_number=line.get("part_number", ""),
            hs_code=line.get("hs_code", ""),
            unit=line["unit"],
            process=None,
            idr_unit_value=Decimal(line["idr_unit_value"]),
            annual_quantity=Decimal(line["annual_quantity"]),
            published_at=first.get(event["subject_id"], _at(event)),
            requested=Decimal(line["quantity"]),
            superseded=event["subject_id"] in superseded,
            awarded=tuple(awarded.get(place, ())),
            accepted=tuple(entry for entry in judged.get(place, ()) if entry.quantity > 0),
            taken_back=-sum((entry.quantity for entry in judged.get(place, ()) if entry.quantity < 0), ZERO),
        )
        for event in published
        if event["subject_id"] not in cancelled
        for line in event["data"].get("baselines", ())
        for place in [(event["subject_id"], line["line_no"])]
    ]
    return figures(within(counted(lines), period))


def _last(events: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """Of each RFQ the latest event that tells its baselines."""
    newest: dict[str, Mapping[str, Any]] = {}
    for event in events:
        if event["type"] in {"rfq.published", "rfq.addendum_published"}:
            known = newest.get(event["subject_id"])
            if known is None or known["subject_version"] < event["subject_version"]:
                newest[event["subject_id"]] = event
    return newest.values()


def _superseded(events: Iterable[Mapping[str, Any]], published: Iterable[Mapping[str, Any]]) -> set[str]:
    """Every RFQ that a published firm one issues again, at whatever remove."""
    older = {
        event["subject_id"]: event["data"]["reissue_of"]
        for event in events
        if event["type"] == "rfq.created" and event["data"].get("reissue_of")
    }
    found: set[str] = set()
    for event in published:
        rfq = older.get(event["subject_id"])
        while rfq is not None and rfq not in found:
            found.add(rfq)
            rfq = older.get(rfq)
    return found


def _entries(events: Iterable[Mapping[str, Any]], wanted: Any, member: str) -> dict[_Place, list[Entry]]:
    """By RFQ and line number, the quantities called `member` in the lines of the events that are `wanted`."""
    found: dict[_Place, list[Entry]] = {}
    for event in events:
        data = event["data"]
        if not wanted(event) or "rfq_id" not in data:
            continue
        for line in data.get("lines", ()):
            if member in line and Decimal(line[member]) != 0:
                entry = Entry(at=_at(event), quantity=Decimal(line[member]))
                found.setdefault((data["rfq_id"], line["line_no"]), []).append(entry)
    return found


def _at(event: Mapping[str, Any]) -> datetime:
    at = event["at"]
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)
