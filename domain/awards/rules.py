"""When may an award be proposed, issued, answered, and what it costs. Pure: no clock, no database, no HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from uuid import UUID

from domain import actions, money, quantity
from domain.actors import Actor, Role, Side
from domain.awards.model import MAX_LINES, Award, AwardLine, ProposedLine, Surroundings
from domain.awards.succession import Succession
from domain.errors import (
    DeadlinePassed,
    Fault,
    FourEyes,
    Invalid,
    NoSuccessor,
    NotFirm,
    NotFound,
    ObjectionOpen,
    QuantityExceeded,
    Refusal,
    Standstill,
    WrongState,
)
from domain.lifecycle import AWARD, RFQ, Arrow, operations, step
from domain.quotes import content as contents
from domain.quotes.model import Quote, QuoteContent, QuoteLine, unit_price
from domain.quotes.rules import require_valid
from domain.rfqs.model import Line, Rfq, Terms
from domain.rfqs.rules import is_price_check
from domain.vocabularies import is_code

ZERO = Decimal(0)
MAX_TOTAL = Decimal(99_999_999_999_999)
"""What a total on the wire holds: 14 digits before the point."""


def sides(award: Award, actor: Actor) -> tuple[Side, ...]:
    """On which side of the award the actor stands.

    The supplier learns of it with the issue: before, and if it was cancelled before, there is none. Raises NotFound.
    """
    if actor.system is not None:
        return (actor.system,)
    if actor.is_organisation(award.buyer_id):
        return (Side.BUYER,)
    if actor.is_organisation(award.supplier_id) and award.issued_at is not None:
        return (Side.SUPPLIER,)
    raise NotFound("award")


def decide_propose(
    rfq: Rfq, quote: Quote, content: QuoteContent, wanted: Sequence[ProposedLine], actor: Actor, *, now: datetime
) -> tuple[Arrow, tuple[AwardLine, ...]]:
    """The buyer proposes quantities of an opened quote that still stands; (arrow, lines with their prices).

    Nothing is reserved, so the check against what is left is an early one: the issue decides.
    """
    actor.need_role(Role.BUYER)
    _may_be_awarded(rfq.state, quote, rfq_ended=rfq.ended_at is not None, now=now)
    faults = list(_faults(rfq, content, wanted))
    if faults:
        raise Invalid("The award does not fit the RFQ and the quote.", faults=faults)
    excess = [
        Fault(
            f"/lines/{place}/quantity",
            f"Line {line.line_no}: {_shown(asked.quantity - asked.awarded)} {asked.unit} are left to award.",
        )
        for place, line in enumerate(wanted)
        for asked in [rfq.line(line.line_no)]
        if asked is not None and line.quantity > asked.quantity - asked.awarded
    ]
    if excess:
        raise QuantityExceeded("More than what is left to award.", faults=excess)
    lines = tuple(_priced(content, line) for line in sorted(wanted, key=lambda line: line.line_no))
    worth, least = total(lines, content.currency), content.minimum_order_value
    if least is not None and worth < least:
        raise Invalid("The award is too small.", faults=[Fault("/lines", "The quote takes no order of so little.")])
    return AWARD["propose"], lines


def require_awarding(rfq: Rfq, actor: Actor) -> None:
    """Raise NotFound unless the RFQ is the actor's own, WrongState before the opening and after the end, NotFirm."""
    if not actor.is_organisation(rfq.buyer_id):
        raise NotFound("rfq")
    if is_price_check(rfq):
        raise NotFirm("This RFQ is a price check, as its suppliers were told: close it without award.")
    _require_awarding(rfq.state, rfq_ended=rfq.ended_at is not None)


def require_proposing(rfq: Rfq, actor: Actor) -> None:
    """Raise what every proposal would meet, whatever it holds."""
    actor.need_role(Role.BUYER)
    _require_awarding(rfq.state, rfq_ended=rfq.ended_at is not None)


def _require_awarding(rfq_state: str, *, rfq_ended: bool) -> None:
    step(AWARDING, rfq_state, (Side.BUYER,))
    if rfq_ended:
        raise WrongState("The rest of this RFQ was closed without award. Issue the RFQ again.", state=rfq_state)


def _may_be_awarded(rfq_state: str, quote: Quote, *, rfq_ended: bool, now: datetime) -> None:
    _require_awarding(rfq_state, rfq_ended=rfq_ended)
    require_valid(quote, now=now)
    step(AWARDED_QUOTE, quote.state, (Side.BUYER,))


AWARDING = Arrow(
    machine="rfq",
    action="award",
    source=RFQ["reserve"].source,
    target=None,
    by=(Side.BUYER,),
    event="",
    operation="propose_award",
)
"""Not an arrow of the RFQ's machine: what awarding asks of its state."""

AWARDED_QUOTE = Arrow(
    machine="quote",
    action="award",
    source=("opened", "partially_awarded"),
    target=None,
    by=(Side.BUYER,),
    event="",
    operation="propose_award",
)
"""Likewise of the quote's."""


def _faults(rfq: Rfq, content: QuoteContent, wanted: Sequence[ProposedLine]) -> Iterator[Fault]:
    if not 0 < len(wanted) <= MAX_LINES:
        yield Fault("/lines", f"An award has 1 to {MAX_LINES} lines.")
    seen: set[int] = set()
    for place, line in enumerate(wanted):
        at = f"/lines/{place}"
        if line.line_no in seen:
            yield Fault(f"{at}/line_no", f"Line {line.line_no} is awarded twice; add the two up.")
        seen.add(line.line_no)
        if not is_code("award_reasons", line.reason):
            yield Fault(f"{at}/reason", "GET /v1/meta/vocabularies/award_reasons lists the codes.")
        asked = rfq.line(line.line_no)
        if asked is None:
            yield Fault(f"{at}/line_no", f"The RFQ has no line {line.line_no}.")
        else:
            yield from _faults_of_price(asked, content.line(line.line_no), line, at)


def _faults_of_price(asked: Line, answer: QuoteLine | None, line: ProposedLine, at: str) -> Iterator[Fault]:
    if wrong := quantity.fault(line.quantity, asked.unit):
        yield Fault(f"{at}/quantity", wrong)
    elif answer is None or answer.answer != "priced":
        yield Fault(f"{at}/line_no", f"The quote has no price for line {line.line_no}.")
    elif not asked.is_current(answer.line_digest):
        yield Fault(f"{at}/line_no", f"Line {line.line_no} changed, and the supplier did not confirm its price since.")
    elif (price := price_of(answer, line.quantity)) is None:
        least = max(answer.breaks[0].min_quantity, answer.minimum_order_quantity or ZERO)
        yield Fault(f"{at}/quantity", f"The quote has no price below {_shown(least)} {asked.unit}.")
    elif wrong := money.price_fault(price[0]):
        yield Fault(at, wrong)


def price_of(answer: QuoteLine, awarded: Decimal) -> tuple[Decimal, Decimal] | None:
    """(unit price, tooling paid once) of `awarded` units, both with 4 decimals; None where the quote has no price.

    The unit price is that of the break which the quantity reaches. Tooling that the quote spreads over so many pieces
    is added to it, piece by piece, and never more than its cost in all: beyond those pieces they carry a lower share.
    Other tooling is paid once.
    """
    price = unit_price(answer, awarded)
    if price is None:
        return None
    tooling = answer.tooling
    if tooling is None:
        return money.price(price), money.price(ZERO)
    spread = tooling.amortised_over_pieces
    if spread is None:
        return money.price(price), money.price(tooling.cost)
    share = (tooling.cost / max(Decimal(spread), awarded)).quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
    return money.price(price + share), money.price(ZERO)


def _priced(content: QuoteContent, line: ProposedLine) -> AwardLine:
    answer = content.line(line.line_no)
    price = None if answer is None else price_of(answer, line.quantity)
    if price is None:
        raise ValueError("a line without a price was not refused")
    return AwardLine(
        line_no=line.line_no,
        quantity=quantity.plain(line.quantity),
        unit_price=price[0],
        tooling=price[1],
        reason=line.reason,
    )


def total(lines: Sequence[AwardLine], currency: str) -> Decimal:
    """Sum of quantity x unit_price + tooling in the currency's minor unit. Raises Invalid beyond what a total holds."""
    amount = sum((line.quantity * line.unit_price + line.tooling for line in lines), ZERO)
    if amount > MAX_TOTAL:
        raise Invalid("The award is too large.", faults=[Fault("/lines", f"The total is at most {MAX_TOTAL}.")])
    return money.total(amount, currency)


def decide_issue(award: Award, around: Surroundings, actor: Actor, *, now: datetime) -> Arrow:
    """The buyer sends the award, as a second person where it demands four eyes.

    Whether the quantity is still there is for the database to say, when it is reserved.
    """
    arrow = step(AWARD["issue"], award.state, sides(award, actor))
    actor.need_role(Role.BUYER)
    _may_be_awarded(around.rfq_state, around.quote, rfq_ended=around.rfq_ended, now=now)
    if around.four_eyes and actor.identity == award.proposed_by:
        raise FourEyes("You proposed this award. Your organisation demands that another person issues it.")
    return arrow


def require_ended(award: Award, actor: Actor) -> None:
    """What an issued award left is the buyer's to offer on. Raises Forbidden, WrongState before it has ended."""
    step(OFFERED_ON, award.state, sides(award, actor))
    if award.issued_at is None:
        raise WrongState("This award was never issued: nothing came free with its end.", state=award.state)


OFFERED_ON = Arrow(
    machine="award",
    action="offer_next",
    source=("declined", "lapsed", "cancelled"),
    target=None,
    by=(Side.BUYER,),
    event="",
    operation="offer_next",
)
"""Not an arrow of the machine: nothing of the ended award changes; the new one names it."""


def decide_offer_next(found: Succession, actor: Actor) -> tuple[UUID, tuple[ProposedLine, ...]]:
    """The quote that is next, and what it is offered. Raises NoSuccessor with what is left to do for the RFQ."""
    actor.need_role(Role.BUYER)
    _require_awarding(found.rfq.state, rfq_ended=found.rfq.ended_at is not None)
    if found.next_quote_id is None:
        why = "Nobody else has a valid price for it" if found.free else "All of it is proposed or awarded again"
        raise NoSuccessor(
            f"{why}. Close the rest without award, then issue the RFQ again if it is still needed.",
            state=found.rfq.state,
            allowed=operations(RFQ, found.rfq.state, (Side.BUYER,)),
        )
    lines = [offer for offer in found.offers if offer.quote_id == found.next_quote_id]
    return found.next_quote_id, tuple(
        ProposedLine(line_no=offer.line_no, quantity=offer.quantity, reason="next_in_rank") for offer in lines
    )


def window(terms: Terms, issued_at: datetime) -> tuple[datetime, datetime]:
    """(end of the standstill, end of acceptance) of an award issued then: the supplier has its whole time after it."""
    until = issued_at + timedelta(days=terms.standstill_days)
    return until, until + timedelta(days=terms.acceptance_days)


def window_after_objection(award: Award, terms: Terms, decided_at: datetime) -> datetime | None:
    """The later end of acceptance of an award that an objection held up past its standstill; None when it stays."""
    if award.accept_by is None:
        return None
    later = decided_at + timedelta(days=terms.acceptance_days)
    return later if later > award.accept_by else None


def decide_accept(award: Award, actor: Actor, *, objected: bool, now: datetime) -> Arrow:
    """The supplier accepts between standstill and `accept_by`, while no objection is undecided.

    An award issued while the quote was valid binds, however long the answer takes within that time.
    """
    arrow = step(AWARD["accept"], award.state, sides(award, actor))
    actor.need_role(Role.SUPPLIER)
    if award.standstill_until is not None and now < award.standstill_until:
        raise Standstill(award.standstill_until)
    if objected:
        raise ObjectionOpen(
            "Another supplier has objected. The buyer decides first; your time to accept waits for that."
        )
    _before_lapse(award, now)
    return arrow


def _before_lapse(award: Award, now: datetime) -> None:
    if award.accept_by is not None and now >= award.accept_by:
        raise DeadlinePassed("Acceptance", award.accept_by)


def decide_lapse(award: Award, *, objected: bool, now: datetime) -> Arrow | None:
    """The clock ends an issued award that nobody answered in time; None while there is time, or an objection is open."""
    if award.state != "issued" or objected or award.accept_by is None or now < award.accept_by:
        return None
    return step(AWARD["lapse"], award.state, (Side.CLOCK,))


def decide_decline(award: Award, actor: Actor, reason: str, *, objected: bool, now: datetime) -> Arrow:
    """The supplier declines and says why. Once its time has passed the award has lapsed, and says so."""
    arrow = step(AWARD["decline"], award.state, sides(award, actor))
    if not objected:
        _before_lapse(award, now)
    _need_reason("decline_award_reasons", reason)
    return arrow


def decide_cancel(award: Award, actor: Actor, reason: str) -> Arrow:
    """The buyer takes it back before the supplier has accepted, and says why."""
    arrow = step(AWARD["cancel"], award.state, sides(award, actor))
    _need_reason("cancel_reasons", reason)
    return arrow


def _need_reason(vocabulary: str, code: str) -> None:
    if not is_code(vocabulary, code):
        raise Invalid(
            "The reason is not a known code.",
            faults=[Fault("/reason", f"GET /v1/meta/vocabularies/{vocabulary} lists the codes.")],
        )


def is_covered(rfq: Rfq, accepted: Mapping[int, Decimal]) -> bool:
    """Whether accepted awards cover everything that the RFQ asked for."""
    return all(accepted.get(line.line_no, ZERO) >= line.quantity for line in rfq.lines)


def is_whole(rfq: Rfq, content: QuoteContent, accepted: Mapping[int, Decimal]) -> bool:
    """Whether `accepted`, of one quote, is the whole quantity of every line that the quote has a price for."""
    digests = contents.priced(content)
    standing = digests.keys() - set(contents.to_reconfirm(digests, rfq))
    return all(accepted.get(line.line_no, ZERO) >= line.quantity for line in rfq.lines if line.line_no in standing)


def available(
    award: Award, around: Surroundings | None, actor: Actor, *, now: datetime, objected: bool = False
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""

    def issue(thing: Award, who: Actor, at: datetime) -> None:
        if around is not None:
            decide_issue(thing, around, who, now=at)

    def in_time(thing: Award, _who: Actor, at: datetime) -> None:
        if not objected:
            _before_lapse(thing, at)

    guards = {
        "issue_award": issue,
        "accept_award": lambda thing, who, at: decide_accept(thing, who, objected=objected, now=at),
        "decline_award": in_time,
    }
    return actions.available(AWARD, award, sides(award, actor), guards, actor, now)


def _shown(value: Decimal) -> str:
    return format(quantity.plain(value), "f")
