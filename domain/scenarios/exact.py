"""Costs and conditions in exact decimals. Pure: what the solver says in floats counts only after this has agreed."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from domain.awards.rules import price_of
from domain.scenarios.model import Condition, Problem

ZERO = Decimal(0)
HUNDRED = Decimal(100)


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One offer that is taken: prices in the quote's currency, `value` in the scenario's."""

    offer: int
    steps: int
    quantity: Decimal
    unit_price: Decimal
    tooling: Decimal
    value: Decimal


def evaluate(problem: Problem, taken: Mapping[int, int]) -> tuple[Taken, ...]:
    """What each taken offer costs as an award: `taken` is steps by place of the offer.

    Raises ValueError for a quantity that the quote has no price for.
    """
    found = []
    for place, steps in sorted(taken.items()):
        offer = problem.offers[place]
        quantity = problem.needs[offer.need].step * steps
        price = price_of(offer.answer, quantity)
        if price is None:
            raise ValueError(f"offer {place} has no price for {quantity}")
        value = (quantity * price[0] + price[1]) * problem.sources[offer.source].rate
        found.append(
            Taken(offer=place, steps=steps, quantity=quantity, unit_price=price[0], tooling=price[1], value=value)
        )
    return tuple(found)


def cost(taken: Sequence[Taken]) -> Decimal:
    """The sum, unrounded, in the scenario's currency."""
    return sum((one.value for one in taken), ZERO)


def uncovered(problem: Problem, taken: Iterable[Taken], dropped: Iterable[int]) -> list[int]:
    """Places of the needs that are not met exactly (a dropped one: not empty)."""
    got = [0] * len(problem.needs)
    for one in taken:
        got[problem.offers[one.offer].need] += one.steps
    out = set(dropped)
    return [place for place, need in enumerate(problem.needs) if got[place] != (0 if place in out else need.steps)]


def broken(
    problem: Problem, taken: Sequence[Taken], dropped: Iterable[int], conditions: Iterable[Condition]
) -> list[Condition]:
    """The conditions that the split does not keep."""
    out = frozenset(dropped)
    return [one for one in conditions if not _holds(problem, taken, out, one)]


def _holds(problem: Problem, taken: Sequence[Taken], dropped: frozenset[int], of: Condition) -> bool:  # noqa: PLR0911
    if of.kind == "sources":
        return all(
            len(_on(problem, taken, place)) >= (of.minimum or ZERO)
            for place, need in enumerate(problem.needs)
            if of.covers(need.line_no) and place not in dropped
        )
    if of.kind == "quantity_share":
        return all(
            _quantity_share(problem, taken, place, of)
            for place, need in enumerate(problem.needs)
            if of.covers(need.line_no) and place not in dropped
        )
    if of.kind == "capacity":
        return all(
            limit is None or one.steps <= limit for one in taken for limit in [problem.offers[one.offer].capacity]
        )
    if of.kind in {"keep", "exclude", "force"}:
        return _about_one(problem, taken, dropped, of)
    values = _values(problem, taken)
    whole = sum(values.values(), ZERO)
    if of.kind == "maximum_suppliers":
        return len(values) <= (of.maximum or ZERO)
    if of.kind == "order_value":
        return all(
            value >= (of.minimum or ZERO)
            for source, value in values.items()
            if of.supplier_id in {None, problem.sources[source].supplier_id}
        )
    if of.kind == "local_content":
        local = sum((one.value * problem.offers[one.offer].local_percent for one in taken), ZERO)
        return local >= (of.minimum or ZERO) * whole
    named = [place for place, source in enumerate(problem.sources) if source.supplier_id == of.supplier_id]
    asked = list(values) if of.supplier_id is None else named
    return all(
        (of.minimum or ZERO) * whole
        <= values.get(source, ZERO) * HUNDRED
        <= (HUNDRED if of.maximum is None else of.maximum) * whole
        for source in asked
    ) and (bool(asked) or not of.minimum)


def _on(problem: Problem, taken: Sequence[Taken], need: int) -> dict[int, int]:
    """Steps by source on one line."""
    return {problem.offers[one.offer].source: one.steps for one in taken if problem.offers[one.offer].need == need}


def _values(problem: Problem, taken: Sequence[Taken]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for one in taken:
        source = problem.offers[one.offer].source
        found[source] = found.get(source, ZERO) + one.value
    return found


def _quantity_share(problem: Problem, taken: Sequence[Taken], place: int, of: Condition) -> bool:
    got = _on(problem, taken, place)
    whole = problem.needs[place].steps
    least = of.minimum or ZERO
    most = HUNDRED if of.maximum is None else of.maximum
    named = [source for source, one in enumerate(problem.sources) if one.supplier_id == of.supplier_id]
    if of.supplier_id is None:
        asked = list(got)
    elif least:
        asked = named
        if not named:
            return False
    else:
        asked = [source for source in named if source in got]
    return all(least * whole <= got.get(source, 0) * HUNDRED <= most * whole for source in asked)


def _about_one(problem: Problem, taken: Sequence[Taken], dropped: frozenset[int], of: Condition) -> bool:
    lines = {
        problem.needs[offer.need].line_no: one.steps
        for one in taken
        for offer in [problem.offers[one.offer]]
        if problem.sources[offer.source].supplier_id == of.supplier_id
    }
    if of.kind == "exclude":
        return not any(of.covers(line_no) for line_no in lines)
    if of.kind == "keep":
        return bool(lines) if of.line_nos is None else all(line_no in lines for line_no in of.line_nos)
    return all(
        lines.get(need.line_no, 0) == need.steps
        for place, need in enumerate(problem.needs)
        if of.covers(need.line_no) and place not in dropped
    )
