"""When may scores be given, by whom, and who sees them. Pure: no clock, no database, no HTTP."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from uuid import UUID

from domain import actions
from domain.actors import Actor, Role, Side
from domain.errors import Fault, Forbidden, Incomplete, Invalid, NotFound, Refusal, WrongState
from domain.ids import show
from domain.lifecycle import RFQ, SCORE_SHEET, Arrow, step
from domain.rfqs import evaluation
from domain.rfqs.model import Rfq
from domain.scores.model import MAX_SCORES, Score, ScoreSheet

FOUR = Decimal("0.0001")
BUYER = (Side.BUYER,)
SCORING = Arrow(
    machine="rfq",
    action="score",
    source=("closed", "evaluating"),
    target=None,
    by=BUYER,
    event="",
    operation="score_quotes",
)
"""Not an arrow of the RFQ's machine: what scoring asks of its state."""


def require_buyer(rfq: Rfq, actor: Actor) -> None:
    """Raise Forbidden for a reader of the RFQ that is not its buyer."""
    if not actor.is_organisation(rfq.buyer_id):
        raise Forbidden("Only the buyer of this RFQ scores its quotes.")


def require_scoring(rfq: Rfq) -> None:
    """Raise ScoresFrozen when scores are closed, WrongState where there are none, before the opening, after the end."""
    evaluation.require_scores_open(rfq)
    step(SCORING, rfq.state, BUYER)
    if rfq.opened_at is None and rfq.technical_opened_at is None:
        raise WrongState("Quotes are scored once they are opened.", state=rfq.state)


def decide_score(
    rfq: Rfq, sheet: ScoreSheet | None, standing: Collection[UUID], scores: Sequence[Score], actor: Actor
) -> Arrow:
    """The buyer's evaluator writes his sheet. `standing`: the quotes that are still in the running."""
    require_buyer(rfq, actor)
    actor.need_role(Role.BUYER)
    require_scoring(rfq)
    arrow = SCORE_SHEET["create"] if sheet is None else step(SCORE_SHEET["update"], sheet.state, BUYER)
    faults = list(_faults(rfq, standing, scores))
    if faults:
        raise Invalid("The scores do not fit the RFQ.", faults=faults)
    return arrow


def _faults(rfq: Rfq, standing: Collection[UUID], scores: Sequence[Score]) -> Iterator[Fault]:
    if len(scores) > MAX_SCORES:
        yield Fault("/scores", f"A sheet has {MAX_SCORES} scores at most.")
    known = {weight.criterion for weight in evaluation.technical(rfq.terms)}
    seen: set[tuple[UUID, str]] = set()
    for place, score in enumerate(scores):
        at = f"/scores/{place}"
        if score.quote_id not in standing:
            yield Fault(f"{at}/quote_id", "No quote of this round that is still in the running.")
        if score.criterion not in known:
            yield Fault(f"{at}/criterion", "No technical criterion of the RFQ; the others are scored by formula.")
        if wrong := evaluation.score_fault(score.score):
            yield Fault(f"{at}/score", wrong)
        if (score.quote_id, score.criterion) in seen:
            yield Fault(at, "This quote is scored twice for this criterion.")
        seen.add((score.quote_id, score.criterion))


def decide_submit(rfq: Rfq, sheet: ScoreSheet | None, standing: Collection[UUID], actor: Actor) -> Arrow:
    """The evaluator hands his sheet in, for good. He may leave criteria to others, but no quote out of a criterion."""
    require_buyer(rfq, actor)
    actor.need_role(Role.BUYER)
    require_scoring(rfq)
    if sheet is None:
        raise NotFound("score sheet")
    arrow = step(SCORE_SHEET["submit"], sheet.state, BUYER)
    scored = {(score.quote_id, score.criterion) for score in sheet.scores}
    missing = [
        Fault("/scores", f"{show('quote', quote_id)} has no score for {criterion!r}.")
        for criterion in sorted({criterion for _, criterion in scored})
        for quote_id in sorted(standing)
        if (quote_id, criterion) not in scored
    ]
    if not any(quote_id in standing for quote_id, _ in scored):
        missing = [Fault("/scores", "Score at least one criterion.")]
    if missing:
        raise Incomplete("The sheet cannot be submitted yet.", faults=missing)
    return arrow


def decide_close(rfq: Rfq, actor: Actor) -> Arrow:
    """The buyer ends scoring and sees what it gave. With two envelopes the opening of prices does."""
    require_buyer(rfq, actor)
    arrow = step(RFQ["close_scores"], rfq.state, BUYER)
    require_scoring(rfq)
    return arrow


def are_visible(rfq: Rfq, sheets: Sequence[ScoreSheet], actor: Actor) -> bool:
    """Whether the reader may know what others gave: he has handed in his own, or none counts any more."""
    if rfq.scores_closed_at is not None or rfq.state not in SCORING.source:
        return True
    return any(sheet.evaluator == actor.identity and sheet.state == "submitted" for sheet in sheets)


def given(sheets: Sequence[ScoreSheet]) -> Mapping[tuple[UUID, str], list[tuple[str, Decimal]]]:
    """By quote and criterion, (evaluator, score) of every submitted sheet, oldest sheet first."""
    found: dict[tuple[UUID, str], list[tuple[str, Decimal]]] = {}
    for sheet in sheets:
        if sheet.state == "submitted":
            for score in sheet.scores:
                found.setdefault((score.quote_id, score.criterion), []).append((sheet.evaluator_name, score.score))
    return found


def mean(scores: Sequence[Decimal]) -> Decimal:
    """The arithmetic mean with 4 decimals, half to even."""
    return (sum(scores, Decimal(0)) / len(scores)).quantize(FOUR, ROUND_HALF_EVEN)


def unscored(rfq: Rfq, standing: Sequence[UUID], sheets: Sequence[ScoreSheet]) -> list[Fault]:
    """Each technical criterion of a standing quote that no submitted sheet scores."""
    known = given(sheets)
    return [
        Fault("", f"{show('quote', quote_id)} has no submitted score for {weight.criterion!r}.")
        for quote_id in standing
        for weight in evaluation.technical(rfq.terms)
        if (quote_id, weight.criterion) not in known
    ]


def below_threshold(rfq: Rfq, standing: Sequence[UUID], sheets: Sequence[ScoreSheet]) -> set[UUID]:
    """The standing quotes whose mean of some technical criterion lies below its threshold."""
    known = given(sheets)
    return {
        quote_id
        for quote_id in standing
        for weight in evaluation.technical(rfq.terms)
        if weight.threshold is not None
        and (scores := known.get((quote_id, weight.criterion)))
        and mean([score for _, score in scores]) < weight.threshold
    }


def available(
    sheet: ScoreSheet, rfq: Rfq, actor: Actor, *, now: datetime
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    if sheet.evaluator != actor.identity:
        return [], []

    def open_still(_sheet: ScoreSheet, _actor: Actor, _at: datetime) -> None:
        require_scoring(rfq)

    guards: dict[str, Callable[[ScoreSheet, Actor, datetime], object]] = dict.fromkeys(
        ("score_quotes", "submit_scores"), open_still
    )
    return actions.available(SCORE_SHEET, sheet, BUYER, guards, actor, now)
