"""Solving one programme in the time there is; a large one by way of its relaxation. Pure but for `run`.

The relaxation gives a bound, and for each column what using it adds to the bound at least. Restricted programmes, with few
suppliers or the cheapest offers of each line, give a split. Columns that lift the bound above that split cannot be part of
a better one: without them the programme has the same optimum and is often solved at once (reduced-cost fixing). Amounts
are divisible at first, which costs nothing in the bound and much less time, and are made whole in the end.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

import msgspec

from domain.scenarios.model import Problem
from domain.scenarios.program import Program
from domain.scenarios.solver import Result

LARGE = 100
"""Columns up to which a programme is solved as it is."""
WIDTHS = (4, 10)
"""Offers of a line that restricted programmes keep."""
POSITIVE = 1e-7
CLOSE = 5e-8
"""A gap below this part of the cost is not worth another run."""
LEAST_SECONDS = 0.02

Clock = Callable[[], float]


class Run(Protocol):
    """What solves a programme: `solver.run`, or the same in a process that can be ended."""

    def __call__(
        self, program: Program, seconds: float, *, start: list[float] | None = None, relaxed: bool = False
    ) -> Result:
        """Solve within `seconds`."""
        ...


class _Low(msgspec.Struct, frozen=True, kw_only=True):
    """An optimum of the relaxation."""

    bound: float
    values: list[float]
    reduced: list[float]


def solve(problem: Problem, program: Program, run: Run, clock: Clock, seconds: float) -> Result:
    """The best solution found within `seconds`, and what is proven of it."""
    if len(program.cost) <= LARGE:
        return run(program, seconds)
    return _Large(problem, program, run, clock, clock() + seconds).solve()


class _Large:
    def __init__(self, problem: Problem, program: Program, run: Run, clock: Clock, end: float) -> None:
        self.problem, self.program, self.run, self.clock, self.end = problem, program, run, clock, end
        self.eased = msgspec.structs.replace(program, continuous=program.continuous | program.amounts)

    def left(self, part: float = 1.0) -> float:
        return max((self.end - self.clock()) * part, LEAST_SECONDS)

    def solve(self) -> Result:
        found = self.run(self.eased, self.left(), relaxed=True)
        if found.values is None or found.reduced is None:
            return found
        low = _Low(bound=found.bound, values=found.values, reduced=found.reduced)
        values, bound = self._divisible(low)
        whole = None if values is None else self._whole(values)
        if values is None or whole is None:
            last = self.run(self.program, self.left())
            return msgspec.structs.replace(last, bound=max(bound, last.bound))
        if bound == low.bound:
            whole, bound = self._better(low, values, whole)
        worth = _worth(self.program, whole)
        if worth - bound <= worth * CLOSE:
            return Result(status="optimal", values=whole, bound=bound)
        last = self.run(without(self.program, low.reduced, worth - low.bound), self.left(), start=whole)
        if last.values is None or _worth(self.program, last.values) > worth:
            return Result(status="bounded", values=whole, bound=max(bound, min(last.bound, worth)))
        return Result(status=last.status, values=last.values, bound=max(bound, last.bound))

    def _divisible(self, low: _Low) -> tuple[list[float] | None, float]:
        """(the best solution with divisible amounts, a bound)."""
        values = None
        for narrowed in self._restricted(low):
            values = self.run(narrowed, self.left(0.3)).values
            if values is not None:
                break
        if values is None:
            found = self.run(self.eased, self.left(0.7))
            return found.values, max(low.bound, found.bound) if found.values is not None else low.bound
        return values, low.bound

    def _better(self, low: _Low, values: list[float], whole: list[float]) -> tuple[list[float], float]:
        """(a whole solution no worse than `whole`, a bound), from the divisible one `values`.

        The first one was made whole before this: a solver that overruns its time here takes nothing away.
        """
        worth = _worth(self.program, values)
        if worth - low.bound <= worth * CLOSE:
            return whole, low.bound
        better = self.run(without(self.eased, low.reduced, worth - low.bound), self.left(0.7), start=values)
        bound = max(low.bound, min(better.bound, worth))
        if better.values is not None and _worth(self.program, better.values) < worth:
            again = self._whole(better.values)
            if again is not None and _worth(self.program, again) < _worth(self.program, whole):
                whole = again
        return whole, bound

    def _whole(self, values: Sequence[float]) -> list[float] | None:
        """Whole amounts in the same bands if those admit it, else of the same offers."""
        program = self.program
        if all(abs(values[column] - round(values[column])) < POSITIVE for column in program.amounts):
            return list(values)
        lower, upper = [0.0] * len(values), list(program.upper)
        for column in program.pieces.keys() - program.amounts:
            lower[column] = upper[column] = float(round(values[column]))
        bands = msgspec.structs.replace(program, lower=lower, upper=upper)
        used = {offer for column, (offer, _) in program.pieces.items() if values[column] > POSITIVE}
        for narrowed in (bands, _only(program, used)):
            found = self.run(narrowed, self.left(0.5))
            if found.values is not None:
                return found.values
        return None

    def _restricted(self, low: _Low) -> list[Program]:
        """Programmes that are quicker to solve, the quickest first.

        Where the number of sources is bounded, those are fixed before anything else, with few offers of each: with all
        their offers a solver has no split before its cuts are done, which takes it longer than everything else together.
        """
        kept = self._sources(low)
        wide = [(self.eased, width, None) for width in WIDTHS]
        if kept is None:
            return [self._narrowed(low, *one) for one in wide]
        few = self._fixed(kept)
        return [self._narrowed(low, few, WIDTHS[0], kept), few, *(self._narrowed(low, *one) for one in wide)]

    def _sources(self, low: _Low) -> set[int] | None:
        """Where the number of sources is bounded: so many of them, those that the relaxation uses most."""
        if self.program.most is None:
            return None
        worth = dict.fromkeys(self.program.users, 0.0)
        for column, (offer, _) in self.program.pieces.items():
            worth[self.problem.offers[offer].source] += low.values[column] * self.program.money[column]
        used = {source: round(low.values[column], 6) for source, column in self.program.users.items()}
        return set(sorted(worth, key=lambda one: (-used[one], -worth[one], one))[: self.program.most])

    def _fixed(self, kept: Collection[int]) -> Program:
        """The programme with these sources, all of them."""
        few = _only(self.eased, {place for place, one in enumerate(self.problem.offers) if one.source in kept})
        lower, upper = [0.0] * len(few.cost), list(few.upper)
        for source, column in few.users.items():
            lower[column] = upper[column] = float(source in kept)
        return msgspec.structs.replace(few, lower=lower, upper=upper)

    def _narrowed(self, low: _Low, program: Program, width: int, kept: Collection[int] | None) -> Program:
        """`program` with the `width` offers of each line that lift the bound least, and those in the relaxation."""
        lifts: dict[int, float] = {}
        used = set()
        for column, (offer, _) in self.program.pieces.items():
            if kept is not None and self.problem.offers[offer].source not in kept:
                continue
            lifts[offer] = min(lifts.get(offer, float("inf")), low.reduced[column])
            if low.values[column] > POSITIVE:
                used.add(offer)
        by_need: dict[int, list[int]] = {}
        for offer in sorted(lifts, key=lambda offer: (lifts[offer], offer)):
            by_need.setdefault(self.problem.offers[offer].need, []).append(offer)
        return _only(program, used.union(*(offers[:width] for offers in by_need.values())))


def without(program: Program, reduced: Sequence[float], room: float) -> Program:
    """The programme without the bands that lift the bound by more than `room`."""
    upper = list(program.upper)
    for column in program.pieces.keys() - program.amounts:
        if reduced[column] > room * (1 + 1e-6) + 1e-6:
            upper[column] = 0.0
    return msgspec.structs.replace(program, upper=upper)


def _only(program: Program, offers: Collection[int]) -> Program:
    """The programme with some of its offers."""
    upper = list(program.upper)
    for column, (offer, _) in program.pieces.items():
        if offer not in offers:
            upper[column] = 0.0
    return msgspec.structs.replace(program, upper=upper)


def _worth(program: Program, values: Sequence[float]) -> float:
    return sum(cost * value for cost, value in zip(program.cost, values, strict=True))
