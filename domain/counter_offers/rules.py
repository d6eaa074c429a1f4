"""When may a counter-offer be made, answered, taken back. Pure: no clock, no database, no HTTP."""

from collections.abc import Callable, Iterator
from datetime import datetime

from domain import actions, money, quantity
from domain.actors import Actor, Role, Side
from domain.counter_offers.model import MAX_LINES, CounterOffer, Proposal
from domain.errors import DeadlinePassed, Fault, Forbidden, Invalid, NotFirm, NotFound, Refusal, WrongState
from domain.lifecycle import COUNTER_OFFER, Arrow, step
from domain.quotes import rules as quote_rules
from domain.quotes.model import AmendedLine, Quote, QuoteContent, end_of_validity
from domain.quotes.totals import MAX_TOTAL, amount
from domain.rfqs.model import Rfq
from domain.vocabularies import is_code


def sides(offer: CounterOffer, actor: Actor) -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound for everybody but the two parties."""
    if actor.system is not None:
        return (actor.system,)
    if actor.is_organisation(offer.buyer_id):
        return (Side.BUYER,)
    if actor.is_organisation(offer.supplier_id):
        return (Side.SUPPLIER,)
    raise NotFound("counter_offer")


def require_buyer(quote: Quote, rfq: Rfq, actor: Actor) -> None:
    """Raise NotFound or StillSealed to whoever may not see the quote, Forbidden to its supplier."""
    if Side.BUYER not in quote_rules.sides(quote, rfq, actor):
        raise Forbidden("Only the buyer makes a counter-offer. To offer less, the supplier waits to be asked again.")


def decide_propose(
    quote: Quote, rfq: Rfq, content: QuoteContent, wanted: Proposal, actor: Actor, *, awarding: bool, now: datetime
) -> Arrow:
    """The buyer proposes other prices or terms for an opened quote while it evaluates a firm RFQ.

    `content` is what is in force; `awarding` says that an award of the quote is proposed or issued.
    """
    require_buyer(quote, rfq, actor)
    actor.need_role(Role.BUYER)
    _require_open(quote, rfq, now)
    if rfq.terms.intent != "firm":
        raise NotFirm("This RFQ is a price check: its prices are not negotiated.")
    if awarding:
        raise WrongState("An award of this quote is under way. Cancel the award first.", state=quote.state)
    faults = list(_faults(quote, rfq, content, wanted, now))
    if faults:
        raise Invalid("The counter-offer does not fit the quote.", faults=faults)
    return COUNTER_OFFER["propose"]


NEGOTIATING = Arrow(
    machine="rfq",
    action="negotiate",
    source=("evaluating",),
    target=None,
    by=(Side.BUYER, Side.SUPPLIER),
    event="",
    operation=None,
)
NEGOTIATED = Arrow(
    machine="quote",
    action="negotiate",
    source=("opened",),
    target=None,
    by=(Side.BUYER, Side.SUPPLIER),
    event="",
    operation=None,
)
"""Neither is an arrow of its machine: what negotiating asks of their states."""


def _require_open(quote: Quote, rfq: Rfq, now: datetime) -> None:
    step(NEGOTIATING, rfq.state, (Side.BUYER,))
    quote_rules.require_valid(quote, now=now)
    step(NEGOTIATED, quote.state, (Side.BUYER,))


def _faults(quote: Quote, rfq: Rfq, content: QuoteContent, wanted: Proposal, now: datetime) -> Iterator[Fault]:
    if wanted.answer_by <= now:
        yield Fault("/answer_by", "Leave time to answer: choose an instant ahead.")
    elif quote.valid_until is not None and wanted.answer_by > end_of_validity(quote.valid_until):
        yield Fault("/answer_by", f"The quote is valid until {quote.valid_until}: ask for an answer within.")
    if not wanted.lines and wanted.payment_days is None:
        yield Fault("", "Propose another price or other days of payment.")
    if len(wanted.lines) > MAX_LINES:
        yield Fault("/lines", f"A counter-offer has {MAX_LINES} lines at most.")
    seen: set[int] = set()
    for place, line in enumerate(wanted.lines):
        at = f"/lines/{place}"
        if line.line_no in seen:
            yield Fault(f"{at}/line_no", f"Line {line.line_no} is named twice.")
        seen.add(line.line_no)
        yield from _faults_of_line(rfq, content, line, at)


def _faults_of_line(rfq: Rfq, content: QuoteContent, line: AmendedLine, at: str) -> Iterator[Fault]:
    asked, answer = rfq.line(line.line_no), content.line(line.line_no)
    if asked is None:
        yield Fault(f"{at}/line_no", f"The RFQ has no line {line.line_no}.")
    elif answer is None or answer.answer != "priced":
        yield Fault(f"{at}/line_no", f"The quote has no price for line {line.line_no}.")
    elif wrong := quantity.fault(line.quantity, asked.unit):
        yield Fault(f"{at}/quantity", wrong)
    elif wrong := money.price_fault(line.unit_price):
        yield Fault(f"{at}/unit_price", wrong)
    elif amount(line.unit_price, max(line.quantity, asked.quantity), content.currency) > MAX_TOTAL:
        yield Fault(f"{at}/unit_price", f"The total of a line is at most {MAX_TOTAL}.")


def decide_accept(offer: CounterOffer, quote: Quote, rfq: Rfq, actor: Actor, *, now: datetime) -> Arrow:
    """The supplier agrees in time, while its quote stands and the RFQ is evaluated."""
    arrow = step(COUNTER_OFFER["accept"], offer.state, sides(offer, actor))
    actor.need_role(Role.SUPPLIER)
    _in_time(offer, now)
    _require_open(quote, rfq, now)
    return arrow


def decide_decline(offer: CounterOffer, actor: Actor, reason: str, *, now: datetime) -> Arrow:
    """The supplier stays with its quote, and says why."""
    arrow = step(COUNTER_OFFER["decline"], offer.state, sides(offer, actor))
    if not is_code("decline_counter_offer_reasons", reason):
        raise Invalid(
            "The reason is not a known code.",
            faults=[Fault("/reason", "GET /v1/meta/vocabularies/decline_counter_offer_reasons lists the codes.")],
        )
    _in_time(offer, now)
    return arrow


def decide_withdraw(offer: CounterOffer, actor: Actor) -> Arrow:
    """The buyer takes it back before it is answered."""
    return step(COUNTER_OFFER["withdraw"], offer.state, sides(offer, actor))


def decide_withdraw_rest(offer: CounterOffer) -> Arrow:
    """It goes with the evaluation that it belongs to."""
    return step(COUNTER_OFFER["withdraw"], offer.state, (Side.SYSTEM,))


def decide_expire(offer: CounterOffer, *, now: datetime) -> Arrow | None:
    """The clock ends what was not answered in time; None while there is time, or when it was answered."""
    if offer.state != "proposed" or now < offer.answer_by:
        return None
    return step(COUNTER_OFFER["expire"], offer.state, (Side.CLOCK,))


def _in_time(offer: CounterOffer, now: datetime) -> None:
    if now >= offer.answer_by:
        raise DeadlinePassed("The counter-offer", offer.answer_by)


def available(
    offer: CounterOffer, quote: Quote, rfq: Rfq, actor: Actor, *, now: datetime
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    guards: dict[str, Callable[[CounterOffer, Actor, datetime], object]] = {
        "accept_counter_offer": lambda thing, who, at: decide_accept(thing, quote, rfq, who, now=at),
        "decline_counter_offer": lambda thing, _who, at: _in_time(thing, at),
    }
    return actions.available(COUNTER_OFFER, offer, sides(offer, actor), guards, actor, now)
