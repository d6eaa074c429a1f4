"""What a change order may propose, who answers it and when. Pure: no clock, no database, no HTTP."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec

from domain import money, quantity
from domain.actors import Actor, Side
from domain.change_orders.difference import difference, drops_tooling
from domain.change_orders.model import MAX_LINES, ChangeOrder, Content, LineChange, Proposal
from domain.errors import BelowDespatched, ChangeOutdated, Fault, Forbidden, Invalid, NothingChanged, Refusal
from domain.lifecycle import CHANGE_ORDER, Arrow, operations, step
from domain.orders import rules as orders
from domain.orders.model import ZERO, Order, OrderLine, OrderTerms
from domain.quantity import plain
from domain.quotes.totals import MAX_TOTAL
from domain.vocabularies import is_code

REASONS = "change_reasons"
FARTHEST = timedelta(days=10 * 366)
"""How far from now a day of delivery may lie: more is a slip."""


def sides(change: ChangeOrder, actor: Actor) -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound for everybody but the two parties of the order."""
    return orders.sides(change, actor, "change_order")


def decide_propose(order: Order, proposal: Proposal, actor: Actor, *, now: datetime) -> Arrow:
    """Either side proposes to change an order that has not ended."""
    taken = orders.sides(order, actor)
    step(orders.CHANGING, order.state, taken)
    faults = list(_faults(order, proposal, now))
    if faults:
        raise Invalid("The change order does not fit the order.", faults=faults)
    _require_fitting(order, proposal.content)
    if not proposal.content.cancels and not difference(order, proposal.content):
        raise NothingChanged("The order is already as proposed: nothing would change.")
    return CHANGE_ORDER["propose"]


def _faults(order: Order, proposal: Proposal, now: datetime) -> Iterator[Fault]:
    content = proposal.content
    if not is_code(REASONS, proposal.reason):
        yield Fault("/reason", f"GET /v1/meta/vocabularies/{REASONS} lists the codes.")
    if content.cancels and (content.lines or content.terms is not None):
        yield Fault("/cancels", "A cancellation changes nothing else: leave out lines and terms.")
    if not content.cancels and not content.lines and content.terms is None:
        yield Fault("", "Propose a change of a line or of the terms, or a cancellation.")
    if len(content.lines) > MAX_LINES:
        yield Fault("/lines", f"A change order has {MAX_LINES} lines at most.")
    incoterm = None if content.terms is None else content.terms.incoterm
    if incoterm is not None and not is_code("incoterms", incoterm):
        yield Fault("/terms/incoterm", "Not a term of Incoterms 2020; GET /v1/meta/vocabularies/incoterms lists them.")
    seen: set[int] = set()
    for place, line in enumerate(content.lines):
        at = f"/lines/{place}"
        if line.line_no in seen:
            yield Fault(f"{at}/line_no", f"Line {line.line_no} is named twice.")
        seen.add(line.line_no)
        present = order.line(line.line_no)
        if present is None:
            yield Fault(f"{at}/line_no", f"The order has no line {line.line_no}.")
        else:
            yield from _faults_of_line(present, line, order, now, at)


def _faults_of_line(present: OrderLine, line: LineChange, order: Order, now: datetime, at: str) -> Iterator[Fault]:
    if line.quantity is not None and line.quantity != 0 and (wrong := quantity.fault(line.quantity, present.unit)):
        yield Fault(f"{at}/quantity", wrong)
    if line.unit_price is not None and (wrong := money.price_fault(line.unit_price)):
        yield Fault(f"{at}/unit_price", wrong)
    for name in ("due_on", "promised_on"):
        day: date | None = getattr(line, name)
        if day is not None and not order.created_at.date() <= day <= (now + FARTHEST).date():
            yield Fault(f"{at}/{name}", "A day of delivery lies between the day of the order and ten years from now.")
    if line.reason is not None and not is_code(REASONS, line.reason):
        yield Fault(f"{at}/reason", f"GET /v1/meta/vocabularies/{REASONS} lists the codes.")


def _require_fitting(order: Order, content: Content) -> None:
    """Raise when the order, so changed, would be less than what was sent, nothing at all, or too much to be written."""
    below = [
        Fault(
            f"/lines/{place}/quantity",
            f"Line {line.line_no}: {plain(present.sent):f} {present.unit} have been sent and not lost or rejected.",
        )
        for place, line in enumerate(content.lines)
        for present in [order.line(line.line_no)]
        if present is not None
        and line.quantity is not None
        and line.quantity < present.ordered
        and line.quantity < present.sent
    ]
    if below:
        raise BelowDespatched(" ".join(fault.detail for fault in below[:10]), faults=below)
    if content.cancels:
        return
    changed = applied(order, content)
    if all(line.ordered == 0 for line in changed.lines):
        raise Invalid(
            "Nothing would be left of the order: propose its cancellation.",
            faults=[Fault("/lines", 'Send {"cancels": true} instead.')],
        )
    if orders.total_of(changed) > MAX_TOTAL:
        raise Invalid(
            "The order would be too large.", faults=[Fault("/lines", f"The total of an order is at most {MAX_TOTAL}.")]
        )


def applied(order: Order, content: Content) -> Order:
    """The order as changed: lines, their tolerance, terms, total. State and version are the command's business."""
    lines = orders.closed(order) if content.cancels else tuple(_applied(order, line, content) for line in order.lines)
    changed = msgspec.structs.replace(order, lines=lines, terms=_terms(order.terms, content))
    return msgspec.structs.replace(changed, total=orders.total_of(changed))


def _applied(order: Order, line: OrderLine, content: Content) -> OrderLine:
    change = next((item for item in content.lines if item.line_no == line.line_no), None)
    if change is None:
        return line
    ordered, tolerance = line.ordered, line.tolerance
    if change.quantity is not None and change.quantity != line.ordered:
        ordered = plain(change.quantity)
        tolerance = orders.tolerance(ordered, line.unit, order.over_delivery_percent)
    return msgspec.structs.replace(
        line,
        ordered=ordered,
        tolerance=tolerance,
        unit_price=line.unit_price if change.unit_price is None else money.price(change.unit_price),
        promised_on=change.promised_on or (None if ordered == ZERO else line.promised_on),
        detail=msgspec.structs.replace(
            line.detail,
            due_on=change.due_on or line.detail.due_on,
            tooling=money.price(ZERO) if drops_tooling(line, change) else line.detail.tooling,
        ),
    )


def _terms(terms: OrderTerms, content: Content) -> OrderTerms:
    wanted = content.terms
    if wanted is None:
        return terms
    incoterm = wanted.incoterm or terms.incoterm
    # A place belongs to its term: the place of the former one says nothing about the new.
    kept = terms.delivery_place if incoterm == terms.incoterm else None
    return OrderTerms(
        incoterm=incoterm,
        delivery_place=wanted.delivery_place or kept,
        payment_days=terms.payment_days if wanted.payment_days is None else wanted.payment_days,
        frozen_days=terms.frozen_days if wanted.frozen_days is None else wanted.frozen_days,
    )


def decide_accept(change: ChangeOrder, order: Order, actor: Actor) -> Arrow:
    """The side that did not propose it signs, while what it changes is as it was when it was proposed."""
    arrow = step(CHANGE_ORDER["accept"], change.state, sides(change, actor))
    _require_other(change, actor)
    require_acceptable(change, order)
    return arrow


def require_acceptable(change: ChangeOrder, order: Order) -> None:
    """Raise unless the order may still become what was proposed."""
    step(orders.CHANGING, order.state, (Side.BUYER, Side.SUPPLIER))
    if not change.content.cancels:
        _require_current(change, order)
    _require_fitting(order, change.content)


def _require_current(change: ChangeOrder, order: Order) -> None:
    now = {item.pointer: item.before for item in difference(order, change.content, every=True)}
    outdated = [
        Fault(item.pointer, f"It was {item.before} when this was proposed and is {now.get(item.pointer)} now.")
        for item in change.difference
        if now.get(item.pointer) != item.before
    ]
    if outdated:
        raise ChangeOutdated(
            "The order has changed where this change order touches it. Decline it and agree on a new one.",
            faults=outdated,
        )


def decide_decline(change: ChangeOrder, actor: Actor) -> Arrow:
    """The side that did not propose it leaves the order as it is."""
    arrow = step(CHANGE_ORDER["decline"], change.state, sides(change, actor))
    _require_other(change, actor)
    return arrow


def decide_withdraw(change: ChangeOrder, actor: Actor) -> Arrow:
    """Who proposed it takes it back before it is answered."""
    arrow = step(CHANGE_ORDER["withdraw"], change.state, sides(change, actor))
    if not _is_own(change, actor):
        raise Forbidden("Only the side that proposed a change order withdraws it; decline it instead.")
    return arrow


def decide_end(change: ChangeOrder) -> Arrow:
    """It goes with the order, or with the answer that it came from."""
    return step(CHANGE_ORDER["withdraw"], change.state, (Side.SYSTEM,))


def _is_own(change: ChangeOrder, actor: Actor) -> bool:
    return actor.is_organisation(change.buyer_id if change.side == "buyer" else change.supplier_id)


def _require_other(change: ChangeOrder, actor: Actor) -> None:
    if _is_own(change, actor):
        raise Forbidden("The other side answers a change order; you may withdraw it.")


def side_of(order: Order, actor: Actor) -> Side:
    """The side that signs. Raises NotFound for a stranger."""
    return orders.sides(order, actor)[0]


def available(change: ChangeOrder, order: Order, actor: Actor) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    own = _is_own(change, actor)
    allowed: list[str] = []
    blocked: list[tuple[str, Refusal]] = []
    for operation in operations(CHANGE_ORDER, change.state, sides(change, actor)):
        if own != (operation == "withdraw_change_order"):
            continue
        try:
            if operation == "accept_change_order":
                decide_accept(change, order, actor)
        except Refusal as refusal:
            blocked.append((operation, refusal))
        else:
            allowed.append(operation)
    return allowed, blocked


def amount(value: Decimal) -> str:
    """A quantity as text."""
    return format(plain(value), "f")
