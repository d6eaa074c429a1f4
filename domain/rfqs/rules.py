"""When may an RFQ do what. Pure: no clock, no database, no HTTP."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

import msgspec

from domain import actions, money, quantity
from domain.actors import Actor, Role, Side
from domain.errors import (
    DeadlineNotReached,
    DeadlinePassed,
    Duplicate,
    Fault,
    Forbidden,
    FourEyes,
    Incomplete,
    Invalid,
    NotFound,
    QuestionsUnanswered,
    Refusal,
    WrongState,
)
from domain.ids import show
from domain.lifecycle import RFQ, Arrow, step
from domain.rfqs import evaluation
from domain.rfqs.model import MAX_CHARACTERISTICS, MAX_LINES, Draft, Head, LineDraft, Rfq
from domain.vocabularies import is_code

MAX_OVER_DELIVERY = 50
"""Per cent: what the order's table admits."""
MAX_DUTY = Decimal(1000)
TWO = 2
"""Envelopes."""


def sides(rfq: Rfq, actor: Actor) -> tuple[Side, ...]:
    """On which side of the RFQ the actor stands. A draft does not exist for anybody but its buyer."""
    if actor.system is not None:
        return (actor.system,)
    if actor.is_organisation(rfq.buyer_id):
        return (Side.BUYER,)
    if rfq.state == "draft":
        raise NotFound("rfq")
    return (Side.SUPPLIER,) if Role.SUPPLIER in actor.roles else ()


def may_read(rfq: Rfq | Head, actor: Actor, *, participates: bool) -> None:
    """The buyer reads its own; a participant, and on an open RFQ any verified organisation, reads it once published.

    Raises NotFound for everybody else: they must not learn that it exists.
    """
    if actor.system is not None or actor.is_organisation(rfq.buyer_id):
        return
    if rfq.state == "draft" or (rfq.state == "cancelled" and rfq.published_at is None):
        raise NotFound("rfq")
    if participates or (rfq.visibility == "open" and actor.verified):
        return
    raise NotFound("rfq")


def check_draft(draft: Draft) -> None:
    """What no RFQ may contain, drafts included. Raises Invalid with a pointer to each place."""
    faults = [*_faults_of_head(draft), *_faults_of_lines(draft.lines)]
    if faults:
        raise Invalid("The RFQ contains values that make no sense.", faults=faults)


def _faults_of_head(draft: Draft) -> Iterator[Fault]:
    if not money.is_currency(draft.terms.currency):
        yield Fault("/currency", f"{draft.terms.currency!r} is not a currency of ISO 4217.")
    if draft.terms.incoterm is not None and not is_code("incoterms", draft.terms.incoterm):
        yield Fault("/incoterm", "Not a term of Incoterms 2020; GET /v1/meta/vocabularies/incoterms lists them.")
    if draft.quotes_close_at and draft.questions_close_at and draft.questions_close_at > draft.quotes_close_at:
        yield Fault("/questions_close_at", "Questions close no later than quotes.")
    percent = draft.terms.over_delivery_percent
    if not 0 <= percent <= MAX_OVER_DELIVERY or percent != round(percent, 2):
        yield Fault("/over_delivery_percent", f"It lies between 0 and {MAX_OVER_DELIVERY}, with 2 decimals at most.")
    yield from evaluation.faults(draft.terms)


def faults_of_lines(lines: Sequence[LineDraft], *, behind: int) -> list[Fault]:
    """What is wrong with the lines behind the first `behind`, pointers counted from there. Raises Invalid for too many."""
    if len(lines) > MAX_LINES:
        raise Invalid(f"An RFQ has {MAX_LINES} lines at most, and would have {len(lines)}.")
    found = []
    for fault in _faults_of_lines(lines):
        _, _, place, *rest = fault.pointer.split("/")
        if int(place) >= behind:
            found.append(Fault("/".join(("/lines", str(int(place) - behind), *rest)), fault.detail))
    return found


def _faults_of_lines(lines: Sequence[LineDraft]) -> Iterator[Fault]:
    if len(lines) > MAX_LINES:
        yield Fault("/lines", f"An RFQ has {MAX_LINES} lines at most.")
    seen: set[int] = set()
    for place, line in enumerate(lines):
        if line.line_no in seen:
            yield Fault(f"/lines/{place}/line_no", f"Line number {line.line_no} is used twice.")
        seen.add(line.line_no)
        yield from _faults_of_line(line, f"/lines/{place}")


def _faults_of_line(line: LineDraft, at: str) -> Iterator[Fault]:  # noqa: C901, PLR0912  one condition for each fault
    if wrong := quantity.fault(line.quantity, line.unit):
        yield Fault(f"{at}/quantity", wrong)
    spec = line.spec
    for place, process in enumerate(spec.processes):
        if not is_code("processes", process):
            yield Fault(f"{at}/processes/{place}", f"{process!r} is not in GET /v1/meta/vocabularies/processes.")
    for place, certificate in enumerate(spec.certificates):
        if not is_code("certificates", certificate):
            yield Fault(
                f"{at}/certificates/{place}", f"{certificate!r} is not in GET /v1/meta/vocabularies/certificates."
            )
    if len(spec.characteristics) > MAX_CHARACTERISTICS:
        yield Fault(f"{at}/characteristics", f"A line has {MAX_CHARACTERISTICS} characteristics at most.")
    numbers = [characteristic.no for characteristic in spec.characteristics]
    if len(numbers) != len(set(numbers)):
        yield Fault(f"{at}/characteristics", "Each characteristic has a number of its own.")
    for place, characteristic in enumerate(spec.characteristics):
        if (
            characteristic.upper is not None
            and characteristic.lower is not None
            and characteristic.upper < characteristic.lower
        ):
            yield Fault(f"{at}/characteristics/{place}/upper", "The upper deviation is not below the lower one.")
    for place, delivery in enumerate(spec.schedule):
        if wrong := quantity.fault(delivery.quantity, line.unit):
            yield Fault(f"{at}/schedule/{place}/quantity", wrong)
    if spec.schedule and sum(delivery.quantity for delivery in spec.schedule) != line.quantity:
        yield Fault(f"{at}/schedule", "The scheduled quantities do not add up to the quantity of the line.")
    if any(first >= second for first, second in pairwise(spec.quantity_breaks)):
        yield Fault(f"{at}/quantity_breaks", "Quantity breaks rise from one to the next.")
    if spec.target_price is not None and (wrong := money.price_fault(spec.target_price)):
        yield Fault(f"{at}/target_price", wrong)
    if spec.approval.plan == "ppap" and spec.approval.level not in range(1, 6):
        yield Fault(f"{at}/approval/level", "A PPAP has a level from 1 to 5.")
    yield from _faults_of_baseline(line, at)


def _faults_of_baseline(line: LineDraft, at: str) -> Iterator[Fault]:
    baseline = line.spec.baseline
    if baseline is None or baseline.kind != "import":
        return
    for name in ("origin", "hs_code", "currency", "cif_unit_price", "annual_quantity", "idr_rate", "idr_rate_on"):
        if getattr(baseline, name) is None:
            yield Fault(f"{at}/baseline/{name}", "An import baseline needs it: substitution is counted by it.")
    if baseline.currency is not None and not money.is_currency(baseline.currency):
        yield Fault(f"{at}/baseline/currency", f"{baseline.currency!r} is not a currency of ISO 4217.")
    for name in ("cif_unit_price", "annual_quantity", "idr_rate"):
        value = getattr(baseline, name)
        if value is not None and value <= 0:
            yield Fault(f"{at}/baseline/{name}", "It lies above 0.")
    if baseline.duty_percent is not None and not 0 <= baseline.duty_percent <= MAX_DUTY:
        yield Fault(f"{at}/baseline/duty_percent", f"A duty lies between 0 and {MAX_DUTY} per cent.")
    # One slip of the pen here would be the whole of everybody's sums.
    if baseline.idr_unit_value is not None and baseline.idr_unit_value > money.MAX_PRICE:
        yield Fault(f"{at}/baseline/idr_rate", f"At this rate one unit is worth more than {money.MAX_PRICE} rupiah.")


def decide_create(actor: Actor, draft: Draft) -> Arrow:
    """A verified buyer starts a draft."""
    actor.need_role(Role.BUYER)
    check_draft(draft)
    return RFQ["create"]


def decide_update(rfq: Rfq, draft: Draft, actor: Actor) -> Arrow:
    """The buyer rewrites its draft; what is published changes by addendum only."""
    arrow = step(RFQ["update"], rfq.state, sides(rfq, actor))
    evaluation.require_fixed(rfq, draft.terms, draft.envelopes)
    if draft.external_reference != rfq.external_reference and rfq.external_reference is not None:
        raise Invalid(
            "The external reference stays with the RFQ for ever.",
            faults=[Fault("/external_reference", f"It is {rfq.external_reference!r}; leave it or start another RFQ.")],
        )
    check_draft(draft)
    numbers = {line.line_no for line in draft.lines}
    orphans = sorted({document.line_no for document in rfq.documents if document.line_no is not None} - numbers)
    if orphans:
        # Numbers that were mistyped must not cost drawings, nor give them to another part later.
        raise Invalid(
            "Documents are attached to lines that would be gone.",
            faults=[Fault("/lines", f"Keep line {number}, or detach its documents first.") for number in orphans],
        )
    return arrow


def decide_delete(rfq: Rfq, actor: Actor) -> None:
    """The buyer throws a draft away."""
    step(RFQ["update"], rfq.state, sides(rfq, actor))


def decide_publish(rfq: Rfq, actor: Actor, *, now: datetime) -> Arrow:
    """The buyer publishes a complete draft whose deadline lies ahead. Raises Incomplete with every gap."""
    arrow = step(RFQ["publish"], rfq.state, sides(rfq, actor))
    actor.need_role(Role.BUYER)
    faults = list(gaps(rfq, now))
    if faults:
        raise Incomplete("The RFQ cannot be published yet.", faults=faults)
    return arrow


def gaps(rfq: Rfq, now: datetime) -> Iterator[Fault]:
    """What an RFQ that suppliers see must not lack."""
    if not rfq.lines:
        yield Fault("/lines", "An RFQ needs at least one line.")
    drawn = {document.line_no for document in rfq.documents if document.kind == "drawing"}
    for place, line in enumerate(rfq.lines):
        if line.spec.specification is None and not drawn & {None, line.line_no}:
            yield Fault(f"/lines/{place}", "Attach a drawing to the line, or write its specification.")
    if rfq.quotes_close_at is None:
        yield Fault("/quotes_close_at", "Set the instant at which quoting closes.")
    elif rfq.quotes_close_at <= now:
        yield Fault("/quotes_close_at", "The closing instant lies in the past.")
    yield from evaluation.gaps(rfq)
    if rfq.nda_required and rfq.terms.nda_text is None:
        yield Fault("/nda_text", "An RFQ that asks for a non-disclosure agreement carries its text.")


def decide_extend(rfq: Rfq, actor: Actor, closes: datetime, *, now: datetime) -> Arrow:
    """The buyer gives more time while there is some left: later than now and than the present deadline."""
    arrow = step(RFQ["extend"], rfq.state, sides(rfq, actor))
    _before_deadline(rfq, now)
    if rfq.quotes_close_at is None or closes <= rfq.quotes_close_at or closes <= now:
        raise Invalid(
            "A deadline moves only later.",
            faults=[Fault("/quotes_close_at", "Choose an instant later than now and than the present deadline.")],
        )
    return arrow


def _before_deadline(rfq: Rfq, now: datetime) -> None:
    if rfq.quotes_close_at is not None and now >= rfq.quotes_close_at:
        raise DeadlinePassed("Quoting", rfq.quotes_close_at)


def accepts_quotes(rfq: Rfq, *, now: datetime) -> None:
    """Raise unless the RFQ is open and its deadline lies ahead. At the instant itself it has passed."""
    if rfq.state in {"closed", "evaluating"} and rfq.quotes_close_at is not None:
        raise DeadlinePassed("Quoting", rfq.quotes_close_at)
    step(QUOTING, rfq.state, (Side.SUPPLIER,))
    _before_deadline(rfq, now)


QUOTING = Arrow(
    machine="rfq",
    action="quote",
    source=("open",),
    target=None,
    by=(Side.SUPPLIER,),
    event="",
    operation=None,
)
"""Not an arrow of the machine (nothing of the RFQ changes): what quoting asks of its state."""


def is_overdue(rfq: Rfq, *, now: datetime) -> bool:
    """Whether quoting has ended although no clock has closed the RFQ yet."""
    return rfq.state == "open" and rfq.quotes_close_at is not None and now >= rfq.quotes_close_at


def decide_close(rfq: Rfq, actor: Actor, *, now: datetime) -> Arrow:
    """The clock closes it once the deadline has passed."""
    arrow = step(RFQ["close"], rfq.state, sides(rfq, actor))
    if rfq.quotes_close_at is None or now < rfq.quotes_close_at:
        raise DeadlineNotReached("Quoting is still open.")
    return arrow


def decide_open(rfq: Rfq, actor: Actor, *, unanswered: int, now: datetime, unscored: Sequence[Fault] = ()) -> Arrow:
    """The buyer opens the quotes after the deadline; with a quorum of two, the second of two different people does.

    Returns the arrow of the first approval when a second one is still needed. With two envelopes the technical parts
    come first, and prices once nothing is `unscored`: Incomplete names what is. Raises QuestionsUnanswered while
    `unanswered` questions are neither answered nor declined.
    """
    if rfq.state == "open" and rfq.quotes_close_at is not None and now < rfq.quotes_close_at:
        step(RFQ["cancel"], rfq.state, sides(rfq, actor))
        until = rfq.quotes_close_at.isoformat().replace("+00:00", "Z")
        raise DeadlineNotReached(f"Quotes stay sealed until {until}, by the database's clock.")
    technical_first = rfq.envelopes == TWO and rfq.technical_opened_at is None
    arrow = step(RFQ["open_technical" if technical_first else "open_quotes"], rfq.state, sides(rfq, actor))
    if unanswered:
        raise QuestionsUnanswered(unanswered)
    if unscored and not technical_first:
        raise Incomplete("Prices are opened once every technical criterion is scored.", faults=unscored)
    if rfq.opening_quorum == 1:
        return arrow
    if rfq.opening_approved_by is None:
        return RFQ["approve_opening"]
    if rfq.opening_approved_by == actor.identity:
        raise FourEyes("You approved the opening already. A second person has to open the quotes.")
    return arrow


PRICE_CHECK_DONE = "price_check_done"


def is_price_check(rfq: Rfq) -> bool:
    """Whether suppliers were told from the start that nothing will be ordered: budgetary or benchmark."""
    return rfq.terms.intent != "firm"


def decide_close_without_award(rfq: Rfq, actor: Actor, reason: str) -> Arrow:
    """The buyer ends it without (further) award, and says why."""
    action = "close_rest" if rfq.state == "partially_awarded" else "close_without_award"
    arrow = step(RFQ[action], rfq.state, sides(rfq, actor))
    _need_reason("no_award_reasons", reason)
    if reason == PRICE_CHECK_DONE and not is_price_check(rfq):
        raise Invalid(
            "A firm RFQ is no price check.", faults=[Fault("/reason", "Say why nobody is awarded what was asked for.")]
        )
    _not_closed_before(rfq)
    return arrow


def _not_closed_before(rfq: Rfq) -> None:
    if rfq.ended_at is not None:
        raise Forbidden("The rest of this RFQ was closed before.")


def decide_cancel(rfq: Rfq, actor: Actor, reason: str) -> Arrow:
    """The buyer cancels, and says why; everybody who takes part is told."""
    arrow = step(RFQ["cancel"], rfq.state, sides(rfq, actor))
    _need_reason("cancel_reasons", reason)
    return arrow


def decide_reissue(rfq: Rfq, actor: Actor) -> Arrow:
    """The buyer starts a new draft from an RFQ that has ended, once: the next one follows from that."""
    arrow = step(RFQ["reissue"], rfq.state, sides(rfq, actor))
    actor.need_role(Role.BUYER)
    if rfq.ended_at is None:
        raise WrongState(
            "Part of this RFQ may still be awarded. Close the rest without award first.",
            state=rfq.state,
            allowed=["close_rfq_without_award"],
        )
    if rfq.reissued_as is not None:
        raise Duplicate(f"It was issued again as {show('rfq', rfq.reissued_as)}. Go on from that one.")
    return arrow


def _need_reason(vocabulary: str, code: str) -> None:
    if not is_code(vocabulary, code):
        raise Invalid(
            "The reason is not a known code.",
            faults=[Fault("/reason", f"GET /v1/meta/vocabularies/{vocabulary} lists the codes.")],
        )


def available(
    rfq: Rfq, actor: Actor, *, unanswered: int = 0, now: datetime
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    guards: dict[str, Callable[[Rfq, Actor, datetime], object]] = {
        "publish_rfq": lambda thing, caller, at: decide_publish(thing, caller, now=at),
        "publish_addendum": lambda thing, _caller, at: _before_deadline(thing, at),
        "extend_rfq": lambda thing, _caller, at: _before_deadline(thing, at),
        "close_scores": lambda thing, _caller, _at: evaluation.require_scores_open(thing),
        "open_quotes": lambda thing, caller, at: decide_open(thing, caller, unanswered=unanswered, now=at),
        "reissue_rfq": lambda thing, caller, _at: decide_reissue(thing, caller),
        "close_rfq_without_award": lambda thing, _caller, _at: _not_closed_before(thing),
    }
    return actions.available(RFQ, as_found(rfq, now=now), sides(rfq, actor), guards, actor, now)


def as_found(rfq: Rfq, *, now: datetime) -> Rfq:
    """The RFQ as the first command to come will find it: closed once its deadline has passed."""
    return msgspec.structs.replace(rfq, state="closed") if is_overdue(rfq, now=now) else rfq
