"""From events to facts. Pure: events are what `GET /v1/events` shows to the scored organisation, in any order, as JSON or from SQL.

Everything is told in ids as the feed shows them. What an event is about but does not say (an event of a release that said
less) makes no fact.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from domain import calendar
from domain.scorecards.formulas import REPLIES
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
    for event in told.of(*REPLIES):
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
        self._asked = _day(line.get("due_on"))
        self._promised: date | None = None
        self.events: list[str] = []

    @property
    def day(self) -> date | None:
        """The day that the buyer asked for; where it asked for none, the one that the supplier promised."""
        return self._asked or self._promised

    def change(self, event: Event, line: Mapping[str, Any]) -> None:
        """As the event says it; a day that it does not name stays."""
        if "ordered" in line:
            self.quantity = Decimal(line["ordered"])
        self._asked = _day(line.get("due_on")) or self._asked
        self._promised = _day(line.get("promised_on")) or self._promised
        self.events.append(event["id"])


class _Delivery(NamedTuple):
    """So much of a line arrived, by one receipt."""

    at: datetime
    quantity: Decimal
    event: str


class _Holds:
    """When an order was on hold."""

    def __init__(self, steps: Iterable[Event]) -> None:
        self._spans: list[tuple[datetime, datetime | None]] = []
        held: datetime | None = None
        for event in steps:
            if event["type"] == "order.held":
                held = moment(event["at"])
            elif event["type"] == "order.resumed" and held is not None:
                self._spans.append((held, moment(event["at"])))
                held = None
        if held is not None:
            self._spans.append((held, None))

    def moved(self, due: datetime) -> datetime | None:
        """An instant later by the time on hold that began before it; None while that has no end."""
        for first, last in self._spans:
            if first >= due:
                break
            if last is None:
                return None
            due += last - first
        return due


def on_time_in_full(told: Told, organisation: str) -> Iterator[Fact]:
    """Lines that fell due, or were received in full before: of the schedule where a line has one, else of the order."""
    issued = _orders(told, organisation, "supplier_id")
    steps: dict[str, list[Event]] = {}
    for event in told.of(*AGREED, *ENDED, "order.held", "order.resumed"):
        steps.setdefault(event["subject_id"], []).append(event)
    arrived: dict[tuple[str, int], list[_Delivery]] = {}
    for event in told.of("receipt.recorded"):
        data = event["data"]
        at = moment(data.get("received_at") or event["at"])
        for line in data.get("lines", ()):
            came = _Delivery(at, Decimal(line["received"]), event["id"])
            arrived.setdefault((data.get("order_id"), line["line_no"]), []).append(came)
    schedules: dict[tuple[str, int], dict[str, list[Event]]] = {}
    for event in told.of(*SCHEDULED):
        place = (event["data"]["order_id"], event["data"]["line_no"])
        schedules.setdefault(place, {}).setdefault(event["subject_id"], []).append(event)
    for order_id, event in issued.items():
        holds = _Holds(steps.get(order_id, ()))
        for line in event["data"]["lines"]:
            place = (order_id, line["line_no"])
            deliveries = sorted(arrived.get(place, ()))
            if place in schedules:
                yield from _schedule_due(told, event, line["line_no"], schedules[place], deliveries, holds)
            else:
                yield from _line_due(told, event, line, steps.get(order_id, []), deliveries, holds)


AGREED = ("order.acknowledged", "order.changed", "order.short_closed")
ENDED = ("order.rejected", "order.cancelled")


SCHEDULED = (
    "schedule_line.forecast",
    "schedule_line.called_off",
    "schedule_line.released",
    "schedule_line.adjusted",
    "schedule_line.moved",
    "schedule_line.cancelled",
)


def _line_due(
    told: Told,
    issued: Event,
    line: Mapping[str, Any],
    steps: Sequence[Event],
    deliveries: Sequence[_Delivery],
    holds: _Holds,
) -> Iterator[Fact]:
    """The fact of one order line; none while it is not due, without a day, or ended before it fell due."""
    terms, ended = _Terms(line), False

    def due() -> datetime | None:
        return None if terms.day is None else holds.moved(calendar.end_of(terms.day, _zone(issued)))

    for event in steps:
        until = due()
        if until is not None and moment(event["at"]) >= until:
            break  # what is agreed afterwards does not make it punctual
        if event["type"] in ENDED:
            ended = True
        elif event["type"] in AGREED:
            for named in event["data"].get("lines", ()):
                if named["line_no"] == line["line_no"]:
                    terms.change(event, named)
    if terms.day is not None:
        events = [issued["id"], *terms.events]
        yield from _due(
            told, issued, line["line_no"], issued["subject_id"], terms.quantity, due(), deliveries, events, ended=ended
        )


def _schedule_due(
    told: Told,
    issued: Event,
    line_no: int,
    lines: Mapping[str, Sequence[Event]],
    deliveries: Sequence[_Delivery],
    holds: _Holds,
) -> Iterator[Fact]:
    """Facts of the called-off schedule lines of one order line. What arrives serves the earliest first."""
    owed: list[tuple[datetime | None, str, Decimal, list[str]]] = []
    for subject, steps in lines.items():
        until: datetime | None = None
        newest: Event | None = None
        for event in steps:
            if newest is not None and until is not None and moment(event["at"]) >= until:
                break  # as in an order line: what is moved once it is due was due
            newest = event
            day = _day(event["data"]["due_on"])
            until = None if day is None else holds.moved(calendar.end_of(day, _zone(issued)))
        if newest is not None and newest["to_state"] == "firm":
            owed.append((until, subject, Decimal(newest["data"]["quantity"]), [steps[0]["id"], newest["id"]]))
    total = ZERO
    for until, subject, quantity, events in sorted(
        owed, key=lambda item: (item[0] is None, item[0] or told.as_of, item[1])
    ):
        total += quantity
        names = [issued["id"], *events]
        yield from _due(told, issued, line_no, subject, total, until, deliveries, names, ended=False, share=quantity)


def _zone(issued: Event) -> str:
    return str(issued["data"].get("zone", "WIB"))


def _due(
    told: Told,
    issued: Event,
    line_no: int,
    subject: str,
    quantity: Decimal,
    until: datetime | None,
    deliveries: Sequence[_Delivery],
    events: list[str],
    *,
    ended: bool,
    share: Decimal | None = None,
) -> Iterator[Fact]:
    """Whether `quantity` in all had arrived before `until` (None: on hold, no end known); `share` of it is this subject's."""
    total, full = ZERO, None
    for delivery in deliveries:
        if full is None and (until is None or delivery.at < until):
            total += delivery.quantity
            events.append(delivery.event)
            full = delivery.at if total >= quantity else None
    at = full or until
    if quantity <= 0 or at is None or at > told.as_of or (full is None and ended):
        return
    late = full is None
    yield Fact(
        formula="on_time_in_full",
        subject=subject,
        order_id=issued["subject_id"],
        line_no=line_no,
        at=at,
        counterparty=issued["data"]["buyer_id"],
        part=ZERO if late else Decimal(1),
        whole=Decimal(1),
        quantity=min(quantity - total, share or quantity) if late else None,
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
        if event["subject_type"] not in {"inspection", "nonconformance"}:
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
            "quantity": rejected if rejected > 0 else None,
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
    for claim_id, opened in told.first("nonconformance.opened").items():
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
