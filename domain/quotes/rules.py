"""When may a quote do what. Pure: no clock, no database, no HTTP. What its content may say is in `content.py`."""

from collections.abc import Callable
from datetime import datetime

from domain import actions
from domain.actors import Actor, Role, Side
from domain.errors import Fault, Forbidden, Invalid, NotFound, QuoteExpired, Refusal, StillSealed, WrongState
from domain.lifecycle import QUOTE, Arrow, step
from domain.quotes import content as contents
from domain.quotes.model import Quote, QuoteContent, end_of_validity
from domain.rfqs import rules as rfq_rules
from domain.rfqs.model import Rfq
from domain.vocabularies import is_code

SEALED_RFQ = frozenset({"open", "closed"})
SYSTEM = (Side.SYSTEM,)


def sides(quote: Quote, rfq: Rfq, actor: Actor) -> tuple[Side, ...]:
    """On which side of the quote the actor stands.

    Only its supplier knows of it before it is opened. Its buyer gets StillSealed until the opening, and NotFound for a
    quote that was never opened; everybody else NotFound, always: rivals must not learn that it exists.
    """
    if actor.system is not None:
        return (actor.system,)
    if actor.is_organisation(quote.supplier_id):
        return (Side.SUPPLIER,)
    if not actor.is_organisation(quote.buyer_id):
        raise NotFound("quote")
    if quote.opened_at is not None:
        return (Side.BUYER,)
    if rfq.state in SEALED_RFQ:
        raise StillSealed(rfq.id)
    raise NotFound("quote")


def require_supplier(quote: Quote, rfq: Rfq, actor: Actor) -> None:
    """As `sides`; Forbidden for a buyer that may see the quote: its content is the supplier's to change."""
    if Side.SUPPLIER not in sides(quote, rfq, actor):
        raise Forbidden("Only its supplier may change a quote.")


def decide_create(rfq: Rfq, content: QuoteContent, actor: Actor, *, now: datetime) -> Arrow:
    """A verified supplier that takes part starts a quote while quoting is open."""
    actor.need_role(Role.SUPPLIER)
    if actor.is_organisation(rfq.buyer_id):
        raise Forbidden("A buyer does not quote on its own RFQ.")
    rfq_rules.accepts_quotes(rfq, now=now)
    contents.check(content, rfq)
    return QUOTE["create"]


def decide_update(quote: Quote, rfq: Rfq, content: QuoteContent, actor: Actor, *, now: datetime) -> Arrow:
    """The supplier rewrites its working content while quoting is open; a submission in force stays in force."""
    arrow = _supplier_moves(QUOTE["update"], quote, rfq, actor, now)
    contents.check(content, rfq)
    return arrow


def decide_submit(quote: Quote, rfq: Rfq, content: QuoteContent, actor: Actor, *, now: datetime) -> Arrow:
    """The supplier submits a complete quote while quoting is open; the closing instant is too late."""
    arrow = _supplier_moves(QUOTE["submit"], quote, rfq, actor, now)
    actor.need_role(Role.SUPPLIER)
    contents.check(content, rfq)
    contents.check_complete(content, rfq)
    return arrow


def decide_withdraw(quote: Quote, rfq: Rfq, actor: Actor, *, now: datetime) -> Arrow:
    """The supplier takes its quote back while quoting is open."""
    return _supplier_moves(QUOTE["withdraw"], quote, rfq, actor, now)


def _supplier_moves(arrow: Arrow, quote: Quote, rfq: Rfq, actor: Actor, now: datetime) -> Arrow:
    """`arrow` for the quote's supplier before the deadline: that quoting is over is said before the quote's state."""
    require_supplier(quote, rfq, actor)
    rfq_rules.accepts_quotes(rfq, now=now)
    if quote.round != rfq.round:
        raise WrongState("This quote belongs to an earlier round.", state=quote.state)
    return step(arrow, quote.state, (Side.SUPPLIER,))


def decide_disqualify(quote: Quote, rfq: Rfq, actor: Actor, reason: str, *, awarding: bool) -> Arrow:
    """The buyer excludes an opened quote and says why. `awarding`: an award of it is proposed or issued."""
    arrow = step(QUOTE["disqualify"], quote.state, sides(quote, rfq, actor))
    if not is_code("disqualify_reasons", reason):
        raise Invalid(
            "The reason is not a known code.",
            faults=[Fault("/reason", "GET /v1/meta/vocabularies/disqualify_reasons lists the codes.")],
        )
    if awarding:
        raise WrongState("An award of this quote is under way. Cancel the award first.", state=quote.state)
    return arrow


def decide_lapse(quote: Quote) -> Arrow:
    """What was not submitted when quoting ended, or was withdrawn, lapses."""
    return step(QUOTE["lapse"], quote.state, SYSTEM)


def decide_open(quote: Quote) -> Arrow:
    """A submitted quote is opened together with all others of its RFQ."""
    return step(QUOTE["open"], quote.state, SYSTEM)


def decide_award(quote: Quote, *, full: bool) -> Arrow:
    """An accepted award settles the quote, in whole or in part."""
    return step(QUOTE["award" if full else "award_partially"], quote.state, SYSTEM)


def decide_not_award(quote: Quote, reason: str) -> Arrow:
    """The RFQ ends without (this) quote; `reason` is what its supplier hears."""
    if not is_loss_reason(reason):
        raise ValueError(f"{reason!r} is no loss reason")
    return step(QUOTE["not_award"], quote.state, SYSTEM)


def is_loss_reason(code: str) -> bool:
    """Whether suppliers can be told `code` as the reason why they were not chosen."""
    return is_code("loss_reasons", code)


def decide_expire(quote: Quote, *, awarding: bool, now: datetime) -> Arrow | None:
    """The clock ends an opened quote whose validity has passed; None while it stands.

    An award that was issued in time keeps the quote alive until it is answered.
    """
    if quote.state != "opened" or awarding or not has_expired(quote, now):
        return None
    return step(QUOTE["expire"], quote.state, (Side.CLOCK,))


def require_valid(quote: Quote, *, now: datetime) -> None:
    """Raise QuoteExpired once the day `valid_until` has ended (WIB), whether or not the clock has noticed."""
    if has_expired(quote, now):
        raise QuoteExpired(f"The quote was valid until {quote.valid_until}. Ask the supplier for a new one.")


def has_expired(quote: Quote, now: datetime) -> bool:
    """Whether the validity has passed, by its state or by `now`."""
    return quote.state == "expired" or (quote.valid_until is not None and now >= end_of_validity(quote.valid_until))


def available(quote: Quote, rfq: Rfq, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""

    def before_deadline(_quote: Quote, _actor: Actor, at: datetime) -> None:
        rfq_rules.accepts_quotes(rfq, now=at)

    guards: dict[str, Callable[[Quote, Actor, datetime], object]] = dict.fromkeys(
        ("update_quote", "submit_quote", "withdraw_quote"), before_deadline
    )
    return actions.available(QUOTE, quote, sides(quote, rfq, actor), guards, actor, now)


def may_list(rfq: Rfq, actor: Actor) -> None:
    """Only the buyer sees how many quotes there are, and after the opening what they say. Raises Forbidden."""
    if not actor.is_organisation(rfq.buyer_id):
        raise Forbidden("Only the buyer of this RFQ sees its quotes.")


def may_compare(rfq: Rfq, actor: Actor) -> None:
    """The buyer compares what is opened. Raises Forbidden for others, StillSealed before the opening."""
    may_list(rfq, actor)
    if rfq.opened_at is None:
        raise StillSealed(rfq.id)
