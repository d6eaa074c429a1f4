"""Whether anybody was left without an answer: RFQs that ended, and who was not told of it. Pure, from the parties' feeds alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

Event = Mapping[str, Any]

ENDS = frozenset({"rfq.awarded", "rfq.not_awarded", "rfq.rest_not_awarded", "rfq.cancelled"})
OUTCOMES = frozenset({"quote.awarded", "quote.partially_awarded", "quote.expired"})
"""Ends of a quote that say why by themselves."""
REASONED = frozenset({"quote.not_awarded", "quote.disqualified"})
"""Ends of a quote that carry a coded reason."""
OWN_DOING = frozenset({"participation.declined", "quote.withdrawn", "quote.lapsed"})
"""What a participant did, or left undone, itself."""


class Silence(NamedTuple):
    """One participant of one ended RFQ whose feed does not tell what came of it."""

    rfq_id: str
    party: str
    quoted: bool


def silent_endings(events_by_party: Mapping[str, Sequence[Event]]) -> list[Silence]:
    """Participants of ended RFQs that were not told, from the feeds of all parties by organisation id.

    Events are as `GET /v1/events` shows them. Who has a submitted quote in the end hears what became of that quote, with
    its coded reason; everybody else at least that the RFQ ended, unless it had declined or let its draft lapse itself.
    """
    everything = [event for events in events_by_party.values() for event in events]
    ended = {_rfq(event) for event in everything if event["type"] in ENDS}
    taking_part = {
        (rfq, supplier)
        for event in everything
        if event["subject_type"] == "participation"
        for rfq, supplier in [(_rfq(event), event["data"].get("supplier_id"))]
        if rfq in ended and supplier in events_by_party
    }
    found = []
    for rfq, party in sorted(taking_part):
        own = [event for event in events_by_party[party] if _rfq(event) == rfq]
        if not any(event["type"] == "rfq.published" or event["subject_type"] != "rfq" for event in own):
            continue  # invited to a draft that nobody saw
        quoted = _quoted(own)
        if not (_told_of_quote(own) if quoted else _told(own)):
            found.append(Silence(rfq, party, quoted))
    return found


def _rfq(event: Event) -> Any:
    return event["subject_id"] if event["subject_type"] == "rfq" else event["data"].get("rfq_id")


def _quoted(own: Iterable[Event]) -> bool:
    """Whether a submitted quote stood when quoting ended: what was withdrawn last does not."""
    of_quotes = [event for event in own if event["type"] in {"quote.submitted", "quote.withdrawn"}]
    newest = max(of_quotes, key=lambda event: (str(event["at"]), event["subject_version"] or 0), default=None)
    return newest is not None and newest["type"] == "quote.submitted"


def _told_of_quote(own: Iterable[Event]) -> bool:
    return any(
        event["type"] in OUTCOMES or (event["type"] in REASONED and bool(event["data"].get("reason"))) for event in own
    )


def _told(own: Iterable[Event]) -> bool:
    return any(event["type"] in ENDS | OWN_DOING for event in own)
