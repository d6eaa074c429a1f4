"""The outcome in words and money. Pure."""

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from domain import money
from domain.quantity import plain
from domain.scenarios import exact
from domain.scenarios.exact import Taken
from domain.scenarios.model import Allocation, Answer, Clash, Comparison, Conflict, LeftOut, Outcome, Problem, Share
from domain.scenarios.offers import Case

ZERO = Decimal(0)
HUNDRED = Decimal(100)
TWO, FOUR = Decimal("0.01"), Decimal("0.0001")
CHEAPEST, SECOND = "lowest_total_cost", "continuity_second_source"


def answer(case: Case, outcome: Outcome) -> Answer:
    """What the buyer reads."""
    problem = case.problem
    taken = exact.evaluate(problem, dict(outcome.taken))
    found = outcome.cost is not None
    shares = tuple(_shares(problem, taken))
    total = money.total(sum((share.value for share in shares), ZERO), problem.currency) if found else None
    bound = None if outcome.bound is None else money.total(outcome.bound, problem.currency)
    if total is not None and bound is not None:
        # Each award is rounded by itself: the sum may lie a unit below the exact cost.
        bound = min(bound, total)
    return Answer(
        status=outcome.status,
        currency=problem.currency,
        total=total,
        bound=bound,
        gap_percent=_gap(outcome.cost, outcome.bound),
        ties_settled=outcome.tied,
        seconds=Decimal(outcome.seconds).quantize(TWO),
        allocations=tuple(_allocations(problem, taken)),
        shares=shares,
        left_out=tuple(_left_out(case, place) for place in outcome.dropped),
        conflicts=tuple(_clash(problem, one) for one in outcome.conflicts),
        comparisons=tuple(_comparisons(problem, outcome)),
        out=case.out,
        windows=case.windows,
    )


def _gap(cost: Decimal | None, bound: Decimal | None) -> Decimal | None:
    if cost is None or bound is None:
        return None
    return ((cost - bound) * HUNDRED / cost if cost else ZERO).quantize(FOUR, ROUND_HALF_EVEN)


def _allocations(problem: Problem, taken: tuple[Taken, ...]) -> Iterator[Allocation]:
    most: dict[int, int] = {}
    for one in taken:
        place = problem.offers[one.offer].need
        most[place] = max(most.get(place, 0), one.steps)
    first: set[int] = set()
    for one in taken:
        offer = problem.offers[one.offer]
        need, source = problem.needs[offer.need], problem.sources[offer.source]
        required = any(of.kind == "sources" and of.covers(need.line_no) for of in problem.conditions)
        leads = one.steps == most[offer.need] and offer.need not in first
        if leads:
            first.add(offer.need)
        yield Allocation(
            line_no=need.line_no,
            quote_id=source.quote_id,
            supplier_id=source.supplier_id,
            quantity=plain(one.quantity),
            unit_price=one.unit_price,
            tooling=one.tooling,
            total=money.total(one.quantity * one.unit_price + one.tooling, source.currency),
            reason=CHEAPEST if leads or not required else SECOND,
        )


def _shares(problem: Problem, taken: tuple[Taken, ...]) -> Iterator[Share]:
    by_source: dict[int, list[Taken]] = {}
    for one in taken:
        by_source.setdefault(problem.offers[one.offer].source, []).append(one)
    totals = {
        source: money.total(
            sum((one.quantity * one.unit_price + one.tooling for one in got), ZERO), problem.sources[source].currency
        )
        for source, got in by_source.items()
    }
    whole = sum((total * problem.sources[source].rate for source, total in totals.items()), ZERO)
    for source, got in sorted(by_source.items()):
        of = problem.sources[source]
        value = totals[source] * of.rate
        yield Share(
            quote_id=of.quote_id,
            supplier_id=of.supplier_id,
            supplier_name=of.supplier_name,
            currency=of.currency,
            total=totals[source],
            value=value.quantize(FOUR, ROUND_HALF_EVEN),
            percent=(value * HUNDRED / whole if whole else ZERO).quantize(TWO, ROUND_HALF_EVEN),
            lines=len(got),
        )


def _left_out(case: Case, place: int) -> LeftOut:
    need = case.problem.needs[place]
    offered = any(offer.need == place for offer in case.problem.offers)
    refused = any(one.line_no == need.line_no for one in case.out)
    if offered:
        reason, detail = "conditions", "The quotes on this line cannot supply all of it under the conditions."
    elif refused:
        reason, detail = "no_usable_quote", "No quote on this line competes; `excluded` says why."
    else:
        reason, detail = "no_quote", "No competing quote answers this line."
    return LeftOut(
        line_no=need.line_no,
        quantity=plain(need.step * need.steps),
        unit=need.unit,
        reason=reason,  # type: ignore[arg-type]
        detail=detail,
    )


def _clash(problem: Problem, of: Conflict) -> Clash:
    lines = ", ".join(str(line_no) for line_no in of.line_nos[:20]) + (" and others" if len(of.line_nos) > 20 else "")  # noqa: PLR2004
    on = f" on line {lines}" if of.line_nos else ""
    if not of.pointers:
        detail = f"The competing quotes cannot supply the whole quantity{on}, whatever the conditions. Allow lines to be left out."
    else:
        words = {one.pointer: one.words for one in problem.conditions}
        listed = "; ".join(f"{words[pointer]} ({pointer})" for pointer in of.pointers)
        detail = f"These conditions cannot hold together{on}: {listed}."
    return Clash(pointers=of.pointers, line_nos=of.line_nos, minimal=of.minimal, detail=detail[:2000])


def _comparisons(problem: Problem, outcome: Outcome) -> Iterator[Comparison]:
    words = {one.pointer: one.words for one in problem.conditions}
    for one in outcome.compared:
        difference = None if one.cost is None or outcome.cost is None else outcome.cost - one.cost
        percent = None
        if difference is not None and one.cost:
            percent = (difference * HUNDRED / one.cost).quantize(TWO, ROUND_HALF_EVEN)
        yield Comparison(
            without=one.without,
            words="all conditions" if one.without is None else words[one.without],
            status=one.status,
            total=None if one.cost is None else money.total(one.cost, problem.currency),
            difference=None if difference is None else money.total(difference, problem.currency),
            difference_percent=percent,
        )
