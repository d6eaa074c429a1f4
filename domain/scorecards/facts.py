"""From events to facts. Pure: events are what `GET /v1/events` shows to the scored organisation, in any order, as JSON or from SQL.

Everything is told in ids as the feed shows them. What an event is about but does not say (an event of a release that said
less) makes no fact.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from domain.quotes.model import WIB
from domain.scorecards.model import LOOKBACK_DAYS, ZERO, Fact, Reply
from domain.vocabularies import is_code, unit_is_whole

Event = Mapping[str, Any]
DAY = Decimal(86_400)
HOUR = Decimal(3_600)


class Told:
    """The events that one organisation was told up to an instant, once each, oldest first; and how to find them."""

    def __init__(self, events: Iterable[Event], as_of: datetime) -> None:
        since = as_of - timedelta(days=LOOKBACK_DAYS)
        once = {event["id"]: event for event in events if event["subject_id"] is not None}
        self.events = sorted(
            (event for event in once.values() if since <= moment(event["at"]) <= as_of),
            key=lambda event: (moment(event["at"]), event["subject_version"], event["id"]),
        )
        self.as_of = as_of
        self._by_type: dict[str, list[Event]] = {}
        for event in self.events:
            self._by_type.setdefault(event["type"], []).append(event)

    def of(self, *types: str) -> list[Event]:
        """Events of these types, oldest first."""
        if len(types) == 1:
            return self._by_type.get(types[0], [])
        return [event for event in self.events if event["type"] in types]

    def first(self, *types: str) -> dict[str, Event]:
        """By subject, the oldest event of these types."""
        found: dict[str, Event] = {}
        for event in self.of(*types):
            found.setdefault(event["subject_id"], event)
        return found


def moment(value: datetime | str) -> datetime:
    """An instant, as the database or as JSON has it."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def end_of(day: date) -> datetime:
    """The midnight, in Western Indonesian time, that ends it."""
    return datetime.combine(day + timedelta(days=1), time(), WIB)


def _span(first: Event, last: Event, unit: Decimal) -> Decimal:
    microseconds = (moment(last["at"]) - moment(first["at"])) // timedelta(microseconds=1)
    return Decimal(microseconds) / 1_000_000 / unit


def of_side(told: Told, organisation: str, side: str) -> list[Fact]:
    """All facts about one side of the organisation with this id."""
    parts = SUPPLIER if side == "supplier" else BUYER
    return [fact for part in parts for fact in part(told, organisation)]


def replies(told: Told) -> dict[str, Reply]:
    """By mark id, how what was said of it stands."""
    found: dict[str, Reply] = {}
    for event in told.of("mark.accepted", "mark.contested", "mark.upheld", "mark.withdrawn"):
        contested = moment(event["at"]) if event["to_state"] == "contested" else None
        found[event["subject_id"]] = Reply(state=event["to_state"], contested_at=contested)
    return found


def _orders(told: Told, organisation: str, member: str) -> dict[str, Event]:
    """`order.issued` by order, of those in which the organisation is `supplier_id` or `buyer_id`."""
    return {
        event["subject_id"]: event for event in told.of("order.issued") if event["data"].get(member) == organisation
    }


class _Terms:
    """What one line owes: how much, by the end of which day."""

    def __init__(self, line: Mapping[str, Any]) -> None:
        self.quantity = Decimal(line["quantity"])
        self.day = _day(line.get("due_on"))
        self.events: list[str] = []

    def change(self, event: Event, line: Mapping[str, Any]) -> None:
        """As the event says it; a day that it does not name stays."""
        if "ordered" in line:
            self.quantity = Decimal(line["ordered"])
        self.day = _day(line.get("promised_on")) or _day(line.get("due_on")) or self.day
        self.events.append(event["id"])


def on_time_in_full(told: Told, organisation: str) -> Iterator[Fact]:
    """Lines of orders that fell due, or were received in full before."""
    issued = _orders(told, organisation, "supplier_id")
    steps: dict[str, list[Event]] = {}
    for event in told.of(*AGREED, *ENDED, "order.held", "order.resumed"):
        steps.setdefault(event["subject_id"], []).append(event)
    arrived: dict[tuple[str, int], list[tuple[datetime, Decimal, str]]] = {}
    for event in told.of("receipt.recorded"):
        data = event["data"]
        at = moment(data.get("received_at") or event["at"])
        for line in data.get("lines", ()):
            arrived.setdefault((data.get("order_id"), line["line_no"]), []).append(
                (at, Decimal(line["received"]), event["id"])
            )
    for order_id, event in issued.items():
        for line in event["data"]["lines"]:
            came = sorted(arrived.get((order_id, line["line_no"]), ()))
            fact = _line_due(told, event, line, steps.get(order_id, []), came)
            if fact is not None:
                yield fact


AGREED = ("order.acknowledged", "order.changed", "order.short_closed")
ENDED = ("order.rejected", "order.cancelled")


def _line_due(
    told: Told,
    issued: Event,
    line: Mapping[str, Any],
    steps: Sequence[Event],
    came: Sequence[tuple[datetime, Decimal, str]],
) -> Fact | None:
    """The fact of one line; None while it is not due, without a day, or ended before it fell due."""
    terms, number = _Terms(line), line["line_no"]
    held: datetime | None = None
    pause = timedelta()
    ended = False

    def due() -> datetime | None:
        return None if terms.day is None or held is not None else end_of(terms.day) + pause

    for event in steps:
        at, until = moment(event["at"]), due()
        if until is not None and at >= until:
            break  # what is agreed afterwards does not make it punctual
        if event["type"] == "order.held":
            held = at
        elif event["type"] == "order.resumed" and held is not None:
            pause += at - held
            held = None
        elif event["type"] in ENDED:
            ended = True
        else:
            for named in event["data"].get("lines", ()):
                if named["line_no"] == number:
                    terms.change(event, named)
    until = due()
    events = [issued["id"], *terms.events]
    total, full = ZERO, None
    for at, quantity, event_id in came:
        if full is None and (until is None or at < until):
            total += quantity
            events.append(event_id)
            full = at if total >= terms.quantity else None
    if terms.day is None or terms.quantity <= 0 or (full is None and (ended or until is None or told.as_of < until)):
        return None
    late = full is None
    return Fact(
        formula="on_time_in_full",
        subject=issued["subject_id"],
        order_id=issued["subject_id"],
        line_no=number,
        at=full or until or told.as_of,
        counterparty=issued["data"]["buyer_id"],
        part=ZERO if late else Decimal(1),
        whole=Decimal(1),
        mark="late" if late else None,
        events=tuple(dict.fromkeys(events)),
    )


def _lots(
    told: Told, organisation: str
) -> Iterator[tuple[Event, Mapping[str, Any], list[tuple[Event, Decimal, Decimal]]]]:
    """(order.issued, its line, [(event, accepted, rejected)]) of each inspected lot."""
    issued = _orders(told, organisation, "supplier_id")
    lots: dict[tuple[str, int, str], list[tuple[Event, Decimal, Decimal]]] = {}
    for event in told.events:
        if event["subject_type"] != "inspection":
            continue
        for line in event["data"].get("lines", ()):
            if "accepted" in line and "rejected" in line and event["data"].get("order_id") in issued:
                place = (event["data"]["order_id"], line["line_no"], line["lot"])
                lots.setdefault(place, []).append((event, Decimal(line["accepted"]), Decimal(line["rejected"])))
    for (order_id, line_no, lot), found in lots.items():
        order = issued[order_id]
        for line in order["data"]["lines"]:
            if line["line_no"] == line_no:
                yield order, {**line, "lot": lot}, found


def lots_judged(told: Told, organisation: str) -> Iterator[Fact]:
    """Inspected lots: their pieces, where they are counted in whole units, and whether anything of them stands rejected."""
    for order, line, found in _lots(told, organisation):
        accepted = sum((item[1] for item in found), ZERO)
        rejected = sum((item[2] for item in found), ZERO)
        if accepted + rejected <= 0:
            continue
        adverse = [event for event, _, more in found if more > 0]
        common: dict[str, Any] = {
            "subject": order["subject_id"],
            "order_id": order["subject_id"],
            "line_no": line["line_no"],
            "lot": line["lot"],
            "at": moment((adverse[-1] if rejected > 0 else found[0][0])["at"]),
            "counterparty": order["data"]["buyer_id"],
            "mark": "rejected" if rejected > 0 else None,
            "events": tuple(dict.fromkeys(event["id"] for event, _, _ in found)),
        }
        yield Fact(formula="lots_accepted", part=ZERO if rejected > 0 else Decimal(1), whole=Decimal(1), **common)
        if is_code("units", line["unit"]) and unit_is_whole(line["unit"]):
            yield Fact(formula="rejected_ppm", part=rejected, whole=accepted + rejected, **common)


def invitations(told: Told, organisation: str) -> Iterator[Fact]:
    """Invitations to RFQs that have closed, answered or not; an answer before the closing counts when it was given."""
    published, closed = told.first("rfq.published"), told.first("rfq.closed")
    cancelled = told.first("rfq.cancelled")
    invited: dict[str, Event] = {}
    for event in told.of("participation.invited"):
        if event["data"].get("supplier_id") == organisation:
            invited.setdefault(event["data"]["rfq_id"], event)
    for rfq_id, event in published.items():
        # Who was invited to the draft hears of it with the publication.
        if event["data"].get("visibility") == "invited" and event["organisation_id"] != organisation:
            invited.setdefault(rfq_id, event)
    answers: dict[str, Event] = {}
    for event in told.of("quote.submitted", "participation.declined"):
        if organisation in {event["organisation_id"], event["data"].get("supplier_id")}:
            answers.setdefault(event["data"]["rfq_id"], event)
    for rfq_id, invitation in invited.items():
        answer, end = answers.get(rfq_id), closed.get(rfq_id)
        last = answer or end
        if last is None or (rfq_id in cancelled and end is None) or invitation["organisation_id"] is None:
            continue
        yield Fact(
            formula="response",
            subject=rfq_id,
            at=moment(last["at"]),
            counterparty=invitation["organisation_id"],
            part=ZERO if answer is None else Decimal(1),
            whole=Decimal(1),
            mark="unanswered" if answer is None else None,
            events=(invitation["id"], last["id"]),
        )


def acknowledgements(told: Told, organisation: str) -> Iterator[Fact]:
    """From the issue of an order to the first answer."""
    answers = told.first("order.acknowledged", "order.answered_with_changes", "order.rejected")
    for order_id, issued in _orders(told, organisation, "supplier_id").items():
        answer = answers.get(order_id)
        if answer is not None:
            yield _span_fact("acknowledgement_days", issued, answer, DAY, order_id, issued["data"]["buyer_id"])


def corrections(told: Told, organisation: str) -> Iterator[Fact]:
    """From the opening of a nonconformance to its corrective action."""
    issued = _orders(told, organisation, "supplier_id")
    corrected = told.first("nonconformance.corrected")
    for claim_id, opened in told.first("nonconformance.opened", "nonconformance.complained").items():
        order_id = opened["data"].get("order_id")
        if claim_id in corrected and order_id in issued:
            counterparty = issued[order_id]["data"]["buyer_id"]
            yield _span_fact(
                "corrective_action_days", opened, corrected[claim_id], DAY, claim_id, counterparty, order_id=order_id
            )


def _span_fact(
    formula: str, first: Event, last: Event, unit: Decimal, subject: str, counterparty: str, order_id: str | None = None
) -> Fact:
    return Fact(
        formula=formula,
        subject=subject,
        order_id=order_id or (subject if subject.startswith("ord_") else None),
        at=moment(last["at"]),
        counterparty=counterparty,
        value=_span(first, last, unit),
        events=(first["id"], last["id"]),
    )


def answers_to_questions(told: Told, organisation: str) -> Iterator[Fact]:
    """From a question to what the buyer said; one that ended unanswered with its RFQ has no time."""
    own = {rfq_id for rfq_id, event in told.first("rfq.published").items() if event["organisation_id"] == organisation}
    settled = {
        subject: event
        for subject, event in told.first("question.answered", "question.declined").items()
        if event["type"] == "question.answered" or event["organisation_id"] == organisation
    }
    for question_id, asked in told.first("question.asked").items():
        if asked["data"].get("rfq_id") in own and question_id in settled and asked["organisation_id"] is not None:
            yield _span_fact("answer_hours", asked, settled[question_id], HOUR, question_id, asked["organisation_id"])


def awards(told: Told, organisation: str) -> Iterator[Fact]:
    """Published firm RFQs that ended. The suppliers of an RFQ are not one counterparty: it stands for itself."""
    won = told.first("rfq.awarded", "rfq.partially_awarded")
    ended = told.first("rfq.not_awarded", "rfq.cancelled")
    for rfq_id, published in told.first("rfq.published").items():
        if published["organisation_id"] != organisation or published["data"].get("intent") != "firm":
            continue
        end = won.get(rfq_id) or ended.get(rfq_id)
        if end is not None:
            yield Fact(
                formula="award_rate",
                subject=rfq_id,
                at=moment(end["at"]),
                counterparty=rfq_id,
                part=Decimal(1) if rfq_id in won else ZERO,
                whole=Decimal(1),
                events=(published["id"], end["id"]),
            )


def changes_after_award(told: Told, organisation: str) -> Iterator[Fact]:
    """By order, how many changes that the buyer proposed were signed."""
    changes: dict[str, list[str]] = {}
    for event in told.of("change_order.accepted"):
        if event["data"].get("side") == "buyer":
            changes.setdefault(event["data"]["order_id"], []).append(event["id"])
    for order_id, issued in _orders(told, organisation, "buyer_id").items():
        found = changes.get(order_id, [])
        yield Fact(
            formula="changes_after_award",
            subject=order_id,
            order_id=order_id,
            at=moment(issued["at"]),
            counterparty=issued["data"]["supplier_id"],
            part=Decimal(len(found)),
            whole=Decimal(1),
            events=(issued["id"], *found),
        )


SUPPLIER = (on_time_in_full, lots_judged, invitations, acknowledgements, corrections)
BUYER = (answers_to_questions, awards, changes_after_award)
