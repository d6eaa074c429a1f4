"""Small problems solved twice: by the search, and by trying every split with arithmetic written for this test alone."""

import itertools
import time
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple
from uuid import UUID

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from samples import priced

from domain.quotes.model import PriceBreak, Tooling
from domain.scenarios import exact, large
from domain.scenarios.model import Condition, Kind, Need, Offer, Outcome, Problem, Source
from domain.scenarios.offers import bands_of
from domain.scenarios.search import Search
from domain.scenarios.solver import run

ZERO, HUNDRED = Decimal(0), Decimal(100)


class Quoted(NamedTuple):
    """An offer as the brute force reads it."""

    need: int
    source: int
    breaks: tuple[tuple[int, Decimal], ...]
    minimum: int
    tooling: Decimal
    spread: int | None
    local: Decimal
    capacity: int | None


class Case(NamedTuple):
    """The same problem in both forms."""

    problem: Problem
    quoted: dict[tuple[int, int], Quoted]


Split = dict[tuple[int, int], int]
"""(need, source) -> steps, none of them 0."""


def supplier(source: int) -> UUID:
    return UUID(int=100 + source)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    lines = draw(st.integers(1, 3))
    sources = draw(st.integers(1, 3))
    needs = tuple(
        Need(line_no=place + 1, unit="H87", step=Decimal(1), steps=draw(st.integers(1, 6 if lines < 3 else 4)))
        for place in range(lines)
    )
    quoted: dict[tuple[int, int], Quoted] = {}
    offers = []
    for need, source in itertools.product(range(lines), range(sources)):
        if draw(st.integers(0, 15)) == 0:
            continue
        firsts = [1, *sorted(draw(st.sets(st.integers(2, 6), max_size=2)))][draw(st.sampled_from([0, 0, 0, -1])) :]
        # Few different prices, so that ties are common.
        breaks = tuple((first, Decimal(draw(st.sampled_from(["1", "2", "2", "2.5", "3.3333"])))) for first in firsts)
        tooling = Decimal(draw(st.sampled_from(["0", "0", "0", "1", "4", "7.7"])))
        spread = draw(st.sampled_from([None, 1, 3])) if tooling else None
        one = Quoted(
            need,
            source,
            breaks,
            draw(st.sampled_from([0, 0, 0, 0, 2, 5])),
            tooling,
            spread,
            Decimal(draw(st.sampled_from(["0", "40", "100"]))),
            draw(st.sampled_from([None, None, 1, 2, 4])),
        )
        quoted[need, source] = one
        offers.append(_offer(one, needs[need]))
    rates = [Decimal(draw(st.sampled_from(["1", "1", "1.5"]))) for _ in range(sources)]
    problem = Problem(
        currency="IDR",
        needs=needs,
        sources=tuple(
            Source(
                quote_id=UUID(int=200 + place),
                supplier_id=supplier(place),
                supplier_name=f"S{place}",
                version=1,
                currency="IDR",
                rate=rate,
                payment_days=None,
            )
            for place, rate in enumerate(rates)
        ),
        offers=tuple(offer for offer in offers if offer.bands),
        conditions=tuple(draw(conditions(lines, sources))),
        allow_unallocated=False,
        compare=False,
        seconds=20.0,
    )
    return Case(problem, quoted)


def _offer(one: Quoted, need: Need) -> Offer:
    tooling = None
    if one.tooling:
        tooling = Tooling(cost=one.tooling, ownership="buyer", life_pieces=None, amortised_over_pieces=one.spread)
    answer = priced(
        need.line_no,
        breaks=tuple(PriceBreak(min_quantity=Decimal(first), unit_price=price) for first, price in one.breaks),
        minimum_order_quantity=Decimal(one.minimum) if one.minimum else None,
        tooling=tooling,
    )
    return Offer(
        need=one.need,
        source=one.source,
        answer=answer,
        bands=tuple(bands_of(answer, need)),
        local_percent=one.local,
        capacity=one.capacity,
    )


@st.composite
def conditions(draw: st.DrawFn, lines: int, sources: int) -> list[Condition]:
    some_lines = st.one_of(
        st.none(), st.sets(st.integers(1, lines), min_size=1).map(lambda found: tuple(sorted(found)))
    )
    who = st.integers(0, sources - 1).map(supplier)
    percent = st.sampled_from([Decimal(text) for text in ("25", "33.3", "50", "60", "80")])
    made = []
    for place in range(draw(st.integers(0, 3))):
        kind: Kind = draw(
            st.sampled_from(
                [
                    "sources",
                    "quantity_share",
                    "value_share",
                    "maximum_suppliers",
                    "local_content",
                    "keep",
                    "exclude",
                    "force",
                    "order_value",
                    "capacity",
                ]
            )
        )
        blank = Condition(pointer=f"/{place}", kind=kind, words="")
        if kind == "sources":
            one = replace(blank, minimum=Decimal(draw(st.integers(1, 3))), line_nos=draw(some_lines))
        elif kind == "quantity_share":
            one = replace(
                blank,
                supplier_id=draw(st.one_of(st.none(), who)),
                line_nos=draw(some_lines),
                minimum=draw(st.one_of(st.none(), st.just(Decimal(25)), st.just(Decimal("33.3")))),
                maximum=draw(st.one_of(st.none(), percent)),
            )
        elif kind == "value_share":
            named = draw(st.one_of(st.none(), who))
            least = draw(st.one_of(st.none(), st.just(Decimal(25)))) if named else None
            one = replace(blank, supplier_id=named, minimum=least, maximum=draw(st.one_of(st.none(), percent)))
        elif kind == "maximum_suppliers":
            one = replace(blank, maximum=Decimal(draw(st.integers(1, 3))))
        elif kind == "local_content":
            one = replace(blank, minimum=draw(percent))
        elif kind == "order_value":
            one = replace(blank, minimum=Decimal(draw(st.sampled_from(["3", "8", "12.5"]))))
        elif kind == "capacity":
            one = blank
        else:
            numbers = draw(some_lines)
            if kind == "force" and numbers is None:
                numbers = (1,)
            one = replace(blank, supplier_id=draw(who), line_nos=numbers)
        made.append(one)
    return made


def price(one: Quoted, quantity: int) -> Decimal | None:
    """What `quantity` pieces cost with their tooling."""
    if quantity < max(one.minimum, one.breaks[0][0]):
        return None
    unit = [price for first, price in one.breaks if first <= quantity][-1]
    if one.tooling and one.spread is not None:
        share = (one.tooling / max(one.spread, quantity)).quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
        return quantity * (unit + share)
    return quantity * unit + one.tooling


def compositions(total: int, places: int) -> Iterator[tuple[int, ...]]:
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, places - 1):
            yield (first, *rest)


def splits(case: Case) -> Iterator[tuple[Split, dict[tuple[int, int], Decimal]]]:
    """Every way to cover every line, with what each piece of it costs in the scenario's currency."""
    sources = len(case.problem.sources)
    of_lines = []
    for place, need in enumerate(case.problem.needs):
        ways = []
        for amounts in compositions(need.steps, sources):
            costs = {}
            for source, amount in enumerate(amounts):
                one = case.quoted.get((place, source))
                cost = None if one is None or not amount else price(one, amount)
                if amount and cost is None:
                    break
                if cost is not None:
                    costs[place, source] = (amount, cost * case.problem.sources[source].rate)
            else:
                ways.append(costs)
        of_lines.append(ways)
    for chosen in itertools.product(*of_lines):
        whole = {key: value for way in chosen for key, value in way.items()}
        yield {key: value[0] for key, value in whole.items()}, {key: value[1] for key, value in whole.items()}


def keeps(case: Case, split: Split, costs: dict[tuple[int, int], Decimal], one: Condition) -> bool:  # noqa: C901, PLR0911, PLR0912
    needs = case.problem.needs
    lines = [place for place, need in enumerate(needs) if one.line_nos is None or need.line_no in one.line_nos]
    who = None if one.supplier_id is None else one.supplier_id.int - 100
    total = sum(costs.values(), ZERO)
    money = {
        source: sum((cost for (_, of), cost in costs.items() if of == source), ZERO)
        for source in {source for _, source in split}
    }
    match one.kind:
        case "sources":
            return all(sum(1 for need, _ in split if need == place) >= (one.minimum or 0) for place in lines)
        case "maximum_suppliers":
            return len(money) <= (one.maximum or 0)
        case "capacity":
            limits = {key: quoted.capacity for key, quoted in case.quoted.items()}
            return all(limits[key] is None or amount <= (limits[key] or 0) for key, amount in split.items())
        case "order_value":
            return all(value >= (one.minimum or 0) for value in money.values())
        case "local_content":
            return sum((cost * case.quoted[key].local for key, cost in costs.items()), ZERO) >= total * (
                one.minimum or 0
            )
        case "exclude":
            return not any((place, who) in split for place in lines)
        case "keep":
            return (any if one.line_nos is None else all)((place, who) in split for place in lines)
        case "force":
            return all(split.get((place, who or 0)) == needs[place].steps for place in lines)
        case "quantity_share":
            for place in lines:
                for source in range(len(case.problem.sources)):
                    got = split.get((place, source), 0)
                    if who not in {None, source} or (not got and (who is None or not one.minimum)):
                        continue
                    if (
                        not (one.minimum or 0) * needs[place].steps
                        <= got * 100
                        <= (one.maximum or 100) * needs[place].steps
                    ):
                        return False
            return True
        case "value_share":
            asked = list(money) if who is None else [who]
            return all(
                (one.minimum or 0) * total <= money.get(source, ZERO) * 100 <= (one.maximum or 100) * total
                for source in asked
            )
    raise AssertionError(one.kind)


Rank = tuple[Decimal, int, Decimal]


def rank(case: Case, split: Split, costs: dict[tuple[int, int], Decimal]) -> Rank:
    """What is minimised, in order: cost, suppliers, weight of younger quotes."""
    age = sum(
        (Decimal(source * amount) / case.problem.needs[need].steps for (need, source), amount in split.items()), ZERO
    )
    return sum(costs.values(), ZERO), len({source for _, source in split}), round(age, 9)


def best(case: Case, wanted: tuple[Condition, ...]) -> Rank | None:
    found = [
        rank(case, split, costs)
        for split, costs in splits(case)
        if all(keeps(case, split, costs, one) for one in wanted)
    ]
    return min(found, default=None)


def solve(problem: Problem) -> Outcome:
    """Half of the problems by way of the relaxation, as large ones are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(large, "LARGE", 100 if len(problem.offers) % 2 else 0)
        return Search(problem, run, time.monotonic).outcome()


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(cases())
def test_the_search_finds_what_trying_everything_finds(case: Case) -> None:
    wanted = case.problem.conditions
    expected = best(case, wanted)
    found = solve(case.problem)
    event(found.status)
    if expected is None:
        assert found.status == "infeasible"
        check_conflicts(case, found)
        return
    assert found.status == "optimal"
    assert found.cost == found.bound == expected[0]
    assert check_split(case, found, wanted) == expected
    assert found.tied


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(cases())
def test_as_few_lines_as_possible_are_left_out(case: Case) -> None:
    wanted = case.problem.conditions
    found = solve(replace(case.problem, allow_unallocated=True))
    everything = {need.line_no for need in case.problem.needs}
    for count in range(len(everything) + 1):
        ways = [
            best(only(case, everything - set(left_out)), wanted)
            for left_out in itertools.combinations(sorted(everything), count)
            if not any(one.kind == "keep" and set(one.line_nos or ()) & set(left_out) for one in wanted)
        ]
        costs = [way[0] for way in ways if way is not None]
        if costs:
            event(f"{count} left out")
            assert found.status == "optimal"
            assert len(found.dropped) == count
            assert found.cost == min(costs)
            dropped = {case.problem.needs[place].line_no for place in found.dropped}
            kept = only(case, everything - dropped)
            split = replace(found, taken=found.taken)
            assert check_split(case, split, wanted, kept.problem.needs)[0] == found.cost
            return
    assert found.status == "infeasible"


def check_split(
    case: Case, found: Outcome, wanted: tuple[Condition, ...], needs: tuple[Need, ...] | None = None
) -> Rank:
    """The rank of what was found, once every line is covered and every condition kept."""
    chosen = case.problem.needs if needs is None else needs
    split, costs = {}, {}
    for place, steps in found.taken:
        offer = case.problem.offers[place]
        one = case.quoted[offer.need, offer.source]
        cost = price(one, steps)
        assert cost is not None
        split[offer.need, offer.source] = steps
        costs[offer.need, offer.source] = cost * case.problem.sources[offer.source].rate
    for place, need in enumerate(case.problem.needs):
        got = sum(amount for (of, _), amount in split.items() if of == place)
        assert got == (need.steps if need in chosen else 0)
    numbers = {need.line_no for need in chosen}
    for of in wanted:
        lines = tuple(sorted(numbers if of.line_nos is None else numbers & set(of.line_nos)))
        assert keeps(case, split, costs, of if of.kind == "keep" else replace(of, line_nos=lines)), of
    assert exact.cost(exact.evaluate(case.problem, dict(found.taken))) == sum(costs.values(), ZERO)
    return rank(case, split, costs)


def check_conflicts(case: Case, found: Outcome) -> None:
    """Each conflict is one, and without any one of its conditions it is none."""
    by_pointer = {one.pointer: one for one in case.problem.conditions}
    assert found.conflicts
    hopeless: set[int] = set()
    for conflict in found.conflicts:
        named = tuple(by_pointer[pointer] for pointer in conflict.pointers)
        if not named:
            hopeless |= set(conflict.line_nos)
            for line_no in conflict.line_nos:
                assert best(only(case, {line_no}), ()) is None
            continue
        rest = only(case, {need.line_no for need in case.problem.needs} - hopeless)
        assert best(rest, named) is None
        for left_out in named:
            assert best(rest, tuple(one for one in named if one is not left_out)) is not None, (conflict, left_out)
    assert all(conflict.minimal for conflict in found.conflicts)


def only(case: Case, line_nos: set[int]) -> Case:
    """The same case with some of its lines."""
    kept = [place for place, need in enumerate(case.problem.needs) if need.line_no in line_nos]
    moved = {old: new for new, old in enumerate(kept)}
    return Case(
        replace(case.problem, needs=tuple(case.problem.needs[place] for place in kept)),
        {(moved[need], source): one for (need, source), one in case.quoted.items() if need in moved},
    )
