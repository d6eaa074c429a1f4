"""When is a first article submitted, judged, decided, and what its gate lets through. Pure: no clock, database or HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec

from domain import actions, quantity
from domain.actors import Actor, Side
from domain.errors import Fault, Incomplete, Invalid, LimitReached, Refusal, WrongState
from domain.first_articles.elements import required
from domain.first_articles.model import (
    MAX_ATTEMPTS,
    SAMPLES_PER_ATTEMPT,
    Decision,
    DocumentDraft,
    Draft,
    FirstArticle,
    Promise,
    Result,
    ResultDraft,
)
from domain.lifecycle import FIRST_ARTICLE, Arrow, step
from domain.orders import rules as orders
from domain.orders.model import Order, OrderLine
from domain.rfqs.model import Characteristic
from domain.vocabularies import is_code

FARTHEST = timedelta(days=2 * 366)
"""A deviation that lasts longer is a change of the drawing."""
ARROWS = {"approved": "approve", "approved_with_deviation": "approve_with_deviation", "rejected": "reject"}
"""What the buyer decides -> the arrow that leads there."""


def sides(thing: FirstArticle, actor: Actor) -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound for everybody but the two parties of the order."""
    return orders.sides(thing, actor, "first article")


def decide_submit(
    order: Order, draft: Draft, known: Mapping[int, Characteristic], before: Sequence[FirstArticle], actor: Actor
) -> Arrow:
    """The supplier submits measured samples of a line whose plan asks for it and whose production is held back.

    `known` are the characteristics of the line, `before` the earlier attempts for it.
    """
    step(orders.SUBMITTING, order.state, orders.sides(order, actor))
    line = order.line(draft.line_no)
    if line is None:
        raise Invalid("The order has no such line.", faults=[Fault("/line_no", f"There is no line {draft.line_no}.")])
    if line.gate in {"none", "open"}:
        why = "asks for no approval" if line.gate == "none" else "has an approved first article"
        raise WrongState(f"Line {line.line_no} {why}: nothing has to be submitted.", state=line.gate)
    if any(article.state == "submitted" for article in before):
        raise WrongState(f"A first article of line {line.line_no} awaits its decision.", state="submitted")
    if len(before) >= MAX_ATTEMPTS:
        raise LimitReached(f"A line has {MAX_ATTEMPTS} attempts at most: talk to the buyer.")
    faults = list(_faults(line, draft, known))
    if faults:
        raise Invalid("The submission does not fit the line.", faults=faults)
    gaps = [*_gaps_of_results(draft, known), *_gaps_of_documents(line, draft)]
    if gaps:
        raise Incomplete("The submission lacks something that the approval plan asks for.", faults=gaps)
    return FIRST_ARTICLE["submit"]


def _faults(line: OrderLine, draft: Draft, known: Mapping[int, Characteristic]) -> Iterator[Fault]:
    if wrong := quantity.fault(draft.quantity, line.unit):
        yield Fault("/quantity", wrong)
    elif draft.serials and draft.quantity != len(set(draft.serials)):
        yield Fault("/serials", "Name each unit measured once: as many serial numbers as `quantity` says.")
    seen: set[int] = set()
    for place, result in enumerate(draft.results):
        at = f"/results/{place}"
        if result.no in seen:
            yield Fault(f"{at}/no", f"Characteristic {result.no} is named twice.")
        seen.add(result.no)
        if known and result.no not in known:
            yield Fault(f"{at}/no", f"The line has no characteristic {result.no}.")
            continue
        if draft.serials and result.values and len(result.values) != len(draft.serials):
            yield Fault(f"{at}/values", f"Give one value for each of the {len(draft.serials)} serial numbers.")
        computed = is_computed(known.get(result.no), result)
        if computed and result.conforms is not None:
            yield Fault(f"{at}/conforms", "This follows from values and limits; leave it out.")
        if not computed and result.conforms is None:
            yield Fault(f"{at}/conforms", "Say whether it conforms: values and limits do not decide it.")
    for place, document in enumerate(draft.documents):
        yield from _faults_of_document(document, f"/documents/{place}")


def _faults_of_document(document: DocumentDraft, at: str) -> Iterator[Fault]:
    if not is_code("approval_elements", document.element):
        yield Fault(f"{at}/element", f"{document.element!r} is not in GET /v1/meta/vocabularies/approval_elements.")
    if (document.file_id is None) == (document.not_applicable is None):
        yield Fault(at, "Give a file, or say why the element does not apply.")


def _gaps_of_results(draft: Draft, known: Mapping[int, Characteristic]) -> Iterator[Fault]:
    if not draft.results:
        yield Fault("/results", "Give the result of at least one characteristic.")
    answered = {result.no for result in draft.results}
    for no, characteristic in sorted(known.items()):
        if no not in answered:
            yield Fault("/results", f"Characteristic {no} ({characteristic.name}) has no result.")
    for place, result in enumerate(draft.results):
        if _limits(known.get(result.no)) is not None and not result.values:
            yield Fault(f"/results/{place}/values", f"Characteristic {result.no} is measured: give a value at least.")


def _gaps_of_documents(line: OrderLine, draft: Draft) -> Iterator[Fault]:
    given = {document.element for document in draft.documents if document.file_id is not None}
    waived = {document.element for document in draft.documents if document.not_applicable is not None}
    for element in required(line.detail.approval_plan, line.detail.approval_level):
        if element.code in given or (element.conditional and element.code in waived):
            continue
        hint = ", or say why it does not apply" if element.conditional else ""
        yield Fault("/documents", f"The plan asks for {element.code!r}: attach a file{hint}.")


def _limits(characteristic: Characteristic | None) -> tuple[Decimal | None, Decimal | None] | None:
    """(least, greatest), either of them None where that side is free; None where there is nothing to compare with."""
    if characteristic is None or characteristic.nominal is None:
        return None
    if characteristic.upper is None and characteristic.lower is None:
        return None
    nominal, lower, upper = characteristic.nominal, characteristic.lower, characteristic.upper
    return None if lower is None else nominal + lower, None if upper is None else nominal + upper


def is_computed(characteristic: Characteristic | None, result: ResultDraft) -> bool:
    """Whether conformance follows from the values."""
    return _limits(characteristic) is not None and bool(result.values)


def is_within(characteristic: Characteristic | None, value: Decimal) -> bool:
    """Whether one measured value lies within nominal + deviations, both ends included. True where there are no limits."""
    limits = _limits(characteristic)
    if limits is None:
        return True
    least, greatest = limits
    return (least is None or least <= value) and (greatest is None or value <= greatest)


def judged(characteristic: Characteristic | None, draft: ResultDraft, promise: Promise | None = None) -> Result:
    """The result beside what was asked for and promised; every measured value has to lie within the limits.

    A promise to deviate is shown, and changes nothing of the verdict: the award knew it, the drawing does not.
    """
    computed = is_computed(characteristic, draft)
    within = all(is_within(characteristic, value) for value in draft.values)
    return Result(
        no=draft.no,
        name=None if characteristic is None else characteristic.name,
        nominal=None if characteristic is None else characteristic.nominal,
        upper=None if characteristic is None else characteristic.upper,
        lower=None if characteristic is None else characteristic.lower,
        unit=None if characteristic is None else characteristic.unit,
        ctq=characteristic is not None and characteristic.ctq,
        values=draft.values,
        conforms=within if computed else draft.conforms is True,
        computed=computed,
        note=draft.note,
        instrument=draft.instrument,
        promised=None if promise is None else promise.answer,
        promise_note=None if promise is None else promise.note,
    )


def decide(article: FirstArticle, line: OrderLine, decision: Decision, actor: Actor, *, now: datetime) -> Arrow:
    """The buyer approves, approves with deviation within bounds, or rejects with reasons."""
    arrow = step(FIRST_ARTICLE[ARROWS[decision.outcome]], article.state, sides(article, actor))
    faults = list(_faults_of_decision(article, line, decision, now))
    if faults:
        raise Invalid("The decision does not fit what was submitted.", faults=faults)
    return arrow


def _faults_of_decision(article: FirstArticle, line: OrderLine, decision: Decision, now: datetime) -> Iterator[Fault]:
    failing = set(article.content.failing)
    answered = {result.no for result in article.content.results}
    bounded = decision.quantity is not None or decision.until is not None
    if decision.outcome == "approved" and failing:
        numbers = ", ".join(str(no) for no in sorted(failing))
        yield Fault("/outcome", f"Characteristics {numbers} do not conform: approve with deviation, or reject.")
    if decision.outcome != "approved_with_deviation":
        if bounded or decision.characteristics:
            yield Fault("/outcome", "Quantity, end and characteristics belong to an approval with deviation.")
    else:
        yield from _faults_of_deviation(line, decision, failing, answered, now)
    if decision.outcome == "rejected" and not decision.findings:
        yield Fault("/findings", "Say why it is rejected.")
    if decision.outcome != "rejected" and decision.findings:
        yield Fault("/findings", "Findings belong to a rejection.")
    for place, finding in enumerate(decision.findings):
        at = f"/findings/{place}"
        if finding.no is not None and finding.no not in answered:
            yield Fault(f"{at}/no", f"Nothing was submitted for characteristic {finding.no}.")
        if finding.code is not None and not is_code("defect_codes", finding.code):
            yield Fault(f"{at}/code", f"{finding.code!r} is not in GET /v1/meta/vocabularies/defect_codes.")
        if finding.no is None and finding.code is None and finding.note is None:
            yield Fault(at, "Say what is wrong: a characteristic, a code or a note.")


def _faults_of_deviation(
    line: OrderLine, decision: Decision, failing: set[int], answered: set[int], now: datetime
) -> Iterator[Fault]:
    if not decision.characteristics:
        yield Fault("/characteristics", "Name the characteristics that may deviate.")
    if decision.note is None:
        yield Fault("/note", "Say why the deviation is accepted.")
    if decision.quantity is None and decision.until is None:
        yield Fault("/quantity", "A deviation ends: give a quantity, an instant, or both.")
    if decision.quantity is not None:
        if wrong := quantity.fault(decision.quantity, line.unit):
            yield Fault("/quantity", wrong)
        elif decision.quantity <= line.produced:
            yield Fault(
                "/quantity", "It counts all production of the line: name more than has been despatched already."
            )
    if decision.until is not None and not now < decision.until <= now + FARTHEST:
        yield Fault("/until", "A deviation ends at an instant to come, within two years.")
    if missing := failing - set(decision.characteristics):
        numbers = ", ".join(str(no) for no in sorted(missing))
        yield Fault("/characteristics", f"Name each characteristic that does not conform: {numbers} are missing.")
    for place, no in enumerate(decision.characteristics):
        if no not in answered:
            yield Fault(f"/characteristics/{place}", f"Nothing was submitted for characteristic {no}.")


def decide_withdraw(article: FirstArticle, actor: Actor) -> Arrow:
    """The supplier takes a submission back while it is undecided."""
    return step(FIRST_ARTICLE["withdraw"], article.state, sides(article, actor))


def gated(line: OrderLine, decision: Decision) -> OrderLine:
    """The line after a decision. A rejection leaves the gate as it is and lets samples for the next attempt be sent."""
    if decision.outcome == "rejected":
        return msgspec.structs.replace(line, sample_limit=line.sample_limit + SAMPLES_PER_ATTEMPT)
    if decision.outcome == "approved":
        return msgspec.structs.replace(line, gate="open", gate_quantity=None, gate_until=None)
    return msgspec.structs.replace(line, gate="limited", gate_quantity=decision.quantity, gate_until=decision.until)


def available(article: FirstArticle, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    return actions.available(FIRST_ARTICLE, article, sides(article, actor), {}, actor, now)
