"""When may a quote do what. Pure: no clock, no database, no HTTP. What its content may say is in `content.py`."""

from collections.abc import Callable, Collection, Mapping
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
    if quote.is_shown_to_buyer:
        return (Side.BUYER,)
    if rfq.state in SEALED_RFQ and quote.round == rfq.round:
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


def decide_reconfirm(quote: Quote, rfq: Rfq, content: QuoteContent, actor: Actor, *, now: datetime) -> Arrow:
    """The supplier stands by what it submitted, for the lines as they are now. `content` is what is sealed anew."""
    arrow = _supplier_moves(QUOTE["reconfirm"], quote, rfq, actor, now)
    actor.need_role(Role.SUPPLIER)
    contents.check(content, rfq)
    contents.check_reconfirmed(content, rfq)
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
    """The buyer excludes a quote that it has read, be it the technical part alone, and says why.

    `awarding`: an award of it is proposed or issued.
    """
    arrow = step(QUOTE["disqualify"], quote.state, sides(quote, rfq, actor))
    if not is_code("disqualify_reasons", reason):
        raise Invalid(
            "The reason is not a known code.",
            faults=[Fault("/reason", "GET /v1/meta/vocabularies/disqualify_reasons lists the codes.")],
        )
    if awarding:
        raise WrongState("An award of this quote is under way. Cancel the award first.", state=quote.state)
    return arrow


def decide_disturb(
    quote: Quote, digests: Mapping[int, str], changed: Collection[int], rfq: Rfq
) -> tuple[Arrow, tuple[int, ...]] | None:
    """(arrow, lines to reconfirm) when an addendum concerns the quote; None when it leaves it as it is.

    `digests`: what the counting submission priced; `changed`: numbers of the lines that the addendum changed, `rfq` as
    it is afterwards. A quote that waits already moves again with every further change of a line it priced, so that
    nobody confirms what they have not seen; one whose lines are all as they were priced stands again.
    """
    if not digests.keys() & set(changed):
        return None
    outdated = contents.to_reconfirm(digests, rfq)
    if outdated:
        return step(QUOTE["disturb"], quote.state, SYSTEM), outdated
    if quote.state == "needs_reconfirmation":
        return step(QUOTE["restore"], quote.state, SYSTEM), ()
    return None


def lapses(quote: Quote, priced: Collection[int] | None) -> bool:
    """Whether a quote that was not reconfirmed prices no line as it is now. `priced`: line numbers; None: not known."""
    return priced is not None and set(priced) <= set(quote.lines_to_reconfirm)


def decide_shortlist(quote: Quote, rfq: Rfq, actor: Actor) -> Arrow:
    """The buyer puts an opened quote on its shortlist, or takes it off, while it evaluates."""
    arrow = step(QUOTE["shortlist"], quote.state, sides(quote, rfq, actor))
    step(SHORTLISTING, rfq.state, (Side.BUYER,))
    return arrow


SHORTLISTING = Arrow(
    machine="rfq",
    action="shortlist",
    source=("evaluating",),
    target=None,
    by=(Side.BUYER,),
    event="",
    operation="shortlist_quote",
)
"""Not an arrow of the RFQ's machine: what a shortlist asks of its state."""


def decide_supersede(quote: Quote) -> Arrow:
    """A newer quote of the same supplier was opened: from now on that one counts."""
    return step(QUOTE["supersede"], quote.state, SYSTEM)


def decide_amend(quote: Quote) -> Arrow:
    """What both sides agreed on changes what is compared and awarded of the quote."""
    return step(QUOTE["amend"], quote.state, SYSTEM)


def decide_lapse(quote: Quote) -> Arrow:
    """What was not submitted or reconfirmed when quoting ended, or was withdrawn, lapses.

    So does what was submitted in a later round that ends unopened, while an earlier quote of its supplier stands.
    """
    return step(QUOTE["lapse"], quote.state, SYSTEM)


def decide_open_technical(quote: Quote) -> Arrow:
    """The first envelope of a submitted quote is opened together with those of all others."""
    return step(QUOTE["open_technical"], quote.state, SYSTEM)


def decide_open(quote: Quote) -> Arrow:
    """A submitted quote, with or without lines to reconfirm, is opened together with all others of its RFQ."""
    return step(QUOTE["open"], quote.state, SYSTEM)


def decide_award(quote: Quote, *, full: bool) -> Arrow:
    """An accepted award settles the quote, in whole or in part."""
    return step(QUOTE["award" if full else "award_partially"], quote.state, SYSTEM)


def decide_not_award(quote: Quote, reason: str) -> Arrow:
    """The RFQ ends without (this) quote; `reason` is what its supplier hears."""
    if not is_loss_reason(reason):
        raise ValueError(f"{reason!r} is no loss reason")
    return step(QUOTE["not_award"], quote.state, SYSTEM)


def decide_hear_of_award(quote: Quote, reason: str) -> Arrow:
    """The supplier of an opened quote hears that others are to be awarded what it priced, and why."""
    if not is_loss_reason(reason):
        raise ValueError(f"{reason!r} is no loss reason")
    return step(QUOTE["hear_of_award"], quote.state, SYSTEM)


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
        ("update_quote", "submit_quote", "reconfirm_quote", "withdraw_quote"), before_deadline
    )
    guards["shortlist_quote"] = lambda thing, who, _now: decide_shortlist(thing, rfq, who)
    return actions.available(QUOTE, quote, sides(quote, rfq, actor), guards, actor, now)


def may_list(rfq: Rfq, actor: Actor) -> None:
    """Only the buyer sees how many quotes there are, and after the opening what they say. Raises Forbidden."""
    if not actor.is_organisation(rfq.buyer_id):
        raise Forbidden("Only the buyer of this RFQ sees its quotes.")


def may_compare(rfq: Rfq, actor: Actor) -> None:
    """The buyer compares what is opened. Raises Forbidden for others, StillSealed before the first opening."""
    may_list(rfq, actor)
    if not rfq.has_opened:
        raise StillSealed(rfq.id)
