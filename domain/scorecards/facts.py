"""From events to facts. Pure.

What an event is about but does not say (an event of a release that said less) makes no fact.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from domain.scorecards.model import ZERO, Fact
from domain.scorecards.punctuality import on_time_in_full
from domain.scorecards.telling import DAY, HOUR, Event, Told, moment, orders_of, span
from domain.vocabularies import is_code, unit_is_whole


def of_side(told: Told, organisation: str, side: str) -> list[Fact]:
    """All facts about one side of the organisation with this id."""
    parts = SUPPLIER if side == "supplier" else BUYER
    return [fact for part in parts for fact in part(told, organisation)]


def _lots(
    told: Told, organisation: str
) -> Iterator[tuple[Event, Mapping[str, Any], list[tuple[Event, Decimal, Decimal]]]]:
    """(order.issued, its line, [(event, accepted, rejected)]) of each inspected lot."""
    issued = orders_of(told, organisation, "supplier_id")
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
    for order_id, issued in orders_of(told, organisation, "supplier_id").items():
        answer = answers.get(order_id)
        if answer is not None:
            yield _span_fact("acknowledgement_days", issued, answer, DAY, order_id, issued["data"]["buyer_id"])


def corrections(told: Told, organisation: str) -> Iterator[Fact]:
    """From the opening of a nonconformance to its corrective action."""
    issued = orders_of(told, organisation, "supplier_id")
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
        value=span(first, last, unit),
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
    for order_id, issued in orders_of(told, organisation, "buyer_id").items():
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


def invoices(told: Told, organisation: str) -> Iterator[Fact]:
    """Invoices of the buyer's orders: when they were paid, by the day that the buyer recorded, and whether they were disputed."""
    issued = orders_of(told, organisation, "buyer_id")
    disputed, paid = told.first("invoice.disputed"), told.first("invoice.paid")
    for invoice_id, submitted in told.first("invoice.submitted").items():
        order = issued.get(submitted["data"].get("order_id", ""))
        if order is None or submitted["data"].get("kind") != "invoice":
            continue
        dispute, payment = disputed.get(invoice_id), paid.get(invoice_id)
        common: dict[str, Any] = {
            "subject": invoice_id,
            "order_id": order["subject_id"],
            "counterparty": order["data"]["supplier_id"],
        }
        yield Fact(
            formula="disputes",
            at=moment(submitted["at"]),
            part=ZERO if dispute is None else Decimal(1),
            whole=Decimal(1),
            events=(submitted["id"], *([] if dispute is None else [dispute["id"]])),
            **common,
        )
        if payment is not None and "days_to_pay" in payment["data"]:
            yield Fact(
                formula="days_to_pay",
                at=moment(payment["at"]),
                value=Decimal(payment["data"]["days_to_pay"]),
                mark="late_paid" if payment["data"].get("late") else None,
                events=(submitted["id"], payment["id"]),
                **common,
            )


SUPPLIER = (on_time_in_full, lots_judged, invitations, acknowledgements, corrections)
BUYER = (answers_to_questions, awards, changes_after_award, invoices)
