"""What the supplier answers to an order, line by line. Pure: no clock, no database, no HTTP."""

from collections.abc import Iterator, Sequence

import msgspec

from domain import quantity
from domain.actors import Actor
from domain.errors import Fault, Incomplete, Invalid
from domain.lifecycle import ORDER, Arrow, step
from domain.orders.model import Order, OrderLine, Promise
from domain.orders.rules import sides
from domain.vocabularies import is_code

REASONS = "change_reasons"


def decide(order: Order, promises: Sequence[Promise], actor: Actor) -> Arrow:
    """The supplier answers to every line of an issued order.

    Returns `acknowledge` when every line is accepted, else `answer`: what differs is then proposed to the buyer.
    """
    step(ORDER["acknowledge"], order.state, sides(order, actor))
    faults = list(_faults(order, promises))
    if faults:
        raise Invalid("The acknowledgement does not fit the order.", faults=faults)
    named = {promise.line_no for promise in promises}
    gaps = [
        Fault("/lines", f"Line {line.line_no} is missing: name the day on which it will be delivered.")
        for line in order.lines
        if line.line_no not in named
    ]
    if gaps:
        raise Incomplete("An acknowledgement names every line of the order.", faults=gaps)
    answers = {promise.answer for promise in promises}
    if answers == {"rejected"}:
        raise Invalid(
            "Every line is rejected: reject the order instead.",
            faults=[Fault("/lines", "Use reject_order when nothing of the order can be delivered.")],
        )
    return ORDER["acknowledge" if answers == {"accepted"} else "answer"]


def _faults(order: Order, promises: Sequence[Promise]) -> Iterator[Fault]:
    seen: set[int] = set()
    for place, promise in enumerate(promises):
        at = f"/lines/{place}"
        line = order.line(promise.line_no)
        if promise.line_no in seen:
            yield Fault(f"{at}/line_no", f"Line {promise.line_no} is named twice.")
        seen.add(promise.line_no)
        if line is None:
            yield Fault(f"{at}/line_no", f"The order has no line {promise.line_no}.")
        if promise.promised_on is not None and promise.promised_on < order.created_at.date():
            yield Fault(f"{at}/promised_on", "Nothing is delivered before the day the order was issued.")
        if promise.answer == "rejected":
            yield from _faults_of_rejected(promise, at)
        elif promise.promised_on is None:
            yield Fault(f"{at}/promised_on", "Name the day on which it will be delivered.")
        if promise.answer == "accepted" and (promise.quantity is not None or promise.reason is not None):
            yield Fault(f"{at}/answer", "A line with another quantity, or with a reason, is changed.")
        elif promise.answer == "changed" and line is not None:
            yield from _faults_of_changed(line, promise, at)
        if promise.answer != "accepted" and (promise.reason is None or not is_code(REASONS, promise.reason)):
            yield Fault(f"{at}/reason", f"Say why: GET /v1/meta/vocabularies/{REASONS} lists the codes.")


def _faults_of_rejected(promise: Promise, at: str) -> Iterator[Fault]:
    if promise.promised_on is not None:
        yield Fault(f"{at}/promised_on", "A rejected line has no day of delivery.")
    if promise.quantity is not None:
        yield Fault(f"{at}/quantity", "A rejected line has no quantity; one with a smaller quantity is changed.")


def _faults_of_changed(line: OrderLine, promise: Promise, at: str) -> Iterator[Fault]:
    if promise.quantity is not None and (wrong := quantity.fault(promise.quantity, line.unit)):
        yield Fault(f"{at}/quantity", wrong)
    asked = line.detail.due_on
    if promise.quantity in {None, line.ordered} and (asked is None or promise.promised_on == asked):
        yield Fault(f"{at}/answer", "Name another quantity than was ordered or another day than was asked, or accept.")


def answered(order: Order, promises: Sequence[Promise]) -> tuple[OrderLine, ...]:
    """The lines with the supplier's answers. What is changed is promised only when the buyer agrees."""
    given = {promise.line_no: promise for promise in promises}
    return tuple(
        msgspec.structs.replace(
            line,
            answer=given[line.line_no],
            promised_on=given[line.line_no].promised_on
            if given[line.line_no].answer == "accepted"
            else line.promised_on,
        )
        for line in order.lines
    )
