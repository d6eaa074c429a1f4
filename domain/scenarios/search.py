"""The search: split into independent parts, solve, check exactly, settle ties, name conflicts, compare. Pure but for `run`.

Three rules hold throughout. A solution counts only after `exact` has recomputed its cost and checked every condition in
decimals. A bound is lowered by what the programme cannot know (`slack`). And time is divided beforehand, so that the
answer comes within the seconds asked for.
"""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from domain.scenarios import exact, large
from domain.scenarios.large import Clock, Run, solve
from domain.scenarios.model import Compared, Condition, Conflict, Outcome, Problem, Status
from domain.scenarios.program import Program, Row, formulate
from domain.scenarios.solver import Result

ZERO = Decimal(0)
MARGINS = (0.0, 1e-9, 1e-7)
CLOSE = Decimal("5e-7")
"""A proven gap below this part of the cost is none."""
MAIN_SHARE, TIE_SHARE = 0.65, 0.4
MAX_CONFLICTS = 5


class Found(msgspec.Struct, kw_only=True):
    """A result of `Search.best`. `lines`: needs that are infeasible by themselves."""

    status: Status
    taken: dict[int, int] = {}
    dropped: list[int] = []
    cost: Decimal = ZERO
    bound: Decimal = ZERO
    lines: list[int] = []
    costs: dict[int, Decimal] = {}
    """By place of the part, its exact cost."""

    @property
    def is_split(self) -> bool:
        """Whether there is a split."""
        return self.status in {"optimal", "bounded"}


class Search:
    """One problem, one clock."""

    def __init__(self, problem: Problem, run: Run, clock: Clock) -> None:
        self.problem, self.run, self.clock = problem, run, clock
        self.end = clock() + problem.seconds
        self.all = list(range(len(problem.needs)))
        self.of_need: list[list[int]] = [[] for _ in problem.needs]
        for place, offer in enumerate(problem.offers):
            self.of_need[offer.need].append(place)

    @property
    def left(self) -> float:
        """Seconds that remain."""
        return self.end - self.clock()

    def outcome(self) -> Outcome:
        """Everything that the request asked for."""
        began, problem = self.clock(), self.problem
        wanted = list(problem.conditions)
        main = self.best(wanted, self.left * (MAIN_SHARE if problem.compare and wanted else 0.85))
        if main.status == "infeasible" and problem.allow_unallocated:
            main = self.best_of_part(wanted, main.lines, self.left * MAIN_SHARE)
        if not main.is_split:
            conflicts = tuple(self.conflicts(wanted)) if main.status == "infeasible" else ()
            return Outcome(
                status="infeasible" if main.status == "infeasible" else "unsolved",
                conflicts=conflicts,
                seconds=self.clock() - began,
            )
        main, tied = self.settle(main, wanted, self.left * TIE_SHARE)
        if exact.broken(self.problem, exact.evaluate(self.problem, main.taken), main.dropped, wanted):
            raise AssertionError("a split was accepted part by part and breaks a condition as a whole")
        compared = tuple(self.compare(main, wanted)) if problem.compare else ()
        return Outcome(
            status="optimal" if main.status == "optimal" else "bounded",
            taken=tuple(sorted(main.taken.items())),
            dropped=tuple(main.dropped),
            cost=main.cost,
            bound=main.bound,
            tied=tied,
            compared=compared,
            seconds=self.clock() - began,
        )

    def parts(self, needs: Sequence[int], conditions: Sequence[Condition]) -> list[list[int]]:
        """Needs that have to be solved together: all, or each by itself."""
        return [list(needs)] if any(one.is_coupling for one in conditions) else [[need] for need in needs]

    def best(
        self,
        conditions: Sequence[Condition],
        seconds: float,
        needs: Sequence[int] | None = None,
        *,
        elastic: bool = False,
    ) -> Found:
        """The cheapest split of `needs` (all of them) under `conditions`, checked exactly."""
        chosen = self.all if needs is None else list(needs)
        parts = self.parts(chosen, conditions)
        total = Found(status="optimal")
        end = self.clock() + seconds
        for place, part in enumerate(parts):
            share = max(end - self.clock(), 0.02) / max(min(len(parts) - place, 4), 1)
            one = self._part(part, conditions, share, elastic=elastic)
            if one.status == "infeasible":
                total.status = "infeasible"
                total.lines += part
            elif one.status == "unsolved" and total.status != "infeasible":
                total.status = "unsolved"
            elif one.status == "bounded" and total.status == "optimal":
                total.status = "bounded"
            total.taken |= one.taken
            total.dropped += one.dropped
            total.cost += one.cost
            total.bound += one.bound
            total.costs[place] = one.cost
        return total

    def _part(self, needs: list[int], conditions: Sequence[Condition], seconds: float, *, elastic: bool) -> Found:
        end = self.clock() + seconds
        for margin in MARGINS:
            chosen = self.of_need[needs[0]] if len(needs) == 1 else None
            program = formulate(self.problem, needs, conditions, chosen=chosen, elastic=elastic, margin=margin)
            result = solve(self.problem, program, self.run, self.clock, max(end - self.clock(), 0.02))
            if result.values is None:
                # Tightened rows that admit nothing prove nothing of the conditions themselves.
                status = result.status if margin == MARGINS[0] or result.status == "unsolved" else "unsolved"
                return Found(status=status)
            found = self._checked(program, result.values, result, needs, conditions)
            if found is not None:
                return found
        return Found(status="unsolved")

    def _checked(
        self,
        program: Program,
        values: Sequence[float],
        result: Result,
        needs: Sequence[int],
        conditions: Sequence[Condition],
    ) -> Found | None:
        """The solution `values` in exact figures, None when it breaks something. It is the whole split of its needs."""
        steps, dropped = program.taken(values)
        try:
            taken = exact.evaluate(self.problem, steps)
        except ValueError:
            return None
        outside = [need for need in self.all if need not in set(needs)]
        if exact.uncovered(self.problem, taken, [*dropped, *outside]):
            return None
        local = [one for one in conditions if self._judges(one, needs)]
        if exact.broken(self.problem, taken, [*dropped, *outside], local):
            return None
        cost = exact.cost(taken)
        bound = min(cost, max(ZERO, Decimal(result.bound / program.scale) - Decimal(program.slack)))
        if result.status == "optimal" and not program.slack:
            bound = cost
        status: Status = "optimal" if cost - bound <= max(cost, Decimal(1)) * CLOSE else "bounded"
        return Found(status=status, taken=steps, dropped=dropped, cost=cost, bound=bound)

    def _judges(self, one: Condition, needs: Sequence[int]) -> bool:
        """Whether the condition can be judged by these needs alone: `keep` of named lines needs those lines."""
        numbers = {self.problem.needs[need].line_no for need in needs}
        return one.kind != "keep" or one.line_nos is None or set(one.line_nos) <= numbers

    def best_of_part(self, conditions: Sequence[Condition], hopeless: Sequence[int], seconds: float) -> Found:
        """As few lines left out as possible, then the cheapest split of the others."""
        alone = [one for one in conditions if not one.is_coupling]
        end = self.clock() + seconds
        if any(one.is_coupling for one in conditions):
            hopeless = self.best(alone, (end - self.clock()) / 4).lines
        rest = [need for need in self.all if need not in set(hopeless)]
        if rest:
            found = self.best(conditions, max(end - self.clock(), 0.02) / 2, rest)
        else:
            found = Found(status="infeasible" if self._kept(conditions) else "optimal")
        if found.status == "infeasible" and rest and any(one.is_coupling for one in conditions):
            found = self._fewest(rest, conditions, max(end - self.clock(), 0.02))
        found.dropped = sorted({*found.dropped, *hopeless})
        return self._whole(found, conditions)

    def _whole(self, found: Found, conditions: Sequence[Condition]) -> Found:
        """`found` again, as long as it keeps every condition of the whole."""
        if not found.is_split:
            return found
        taken = exact.evaluate(self.problem, found.taken)
        broken = exact.broken(self.problem, taken, found.dropped, conditions)
        return Found(status="infeasible") if broken else found

    @staticmethod
    def _kept(conditions: Sequence[Condition]) -> bool:
        return any(one.kind == "keep" for one in conditions)

    def _fewest(self, rest: Sequence[int], conditions: Sequence[Condition], seconds: float) -> Found:
        end = self.clock() + seconds
        program = formulate(self.problem, rest, conditions, elastic=True)
        few = msgspec.structs.replace(
            program, cost=[1.0 if column in program.drops else 0.0 for column in range(len(program.cost))]
        )
        first = self.run(few, max(end - self.clock(), 0.02) / 2)
        if first.values is None:
            return Found(status=first.status)
        least = sum(round(first.values[column]) for column in program.drops)
        limit = Row(low=-float("inf"), high=float(least), terms=dict.fromkeys(program.drops, 1.0))
        bounded = msgspec.structs.replace(program, rows=[*program.rows, limit])
        second = self.run(bounded, max(end - self.clock(), 0.02), start=first.values)
        if second.values is None:
            return Found(status="unsolved")
        found = self._checked(bounded, second.values, second, rest, conditions)
        if found is None:
            return Found(status="unsolved")
        if first.status != "optimal":
            found.status = "bounded"
        return found

    def settle(self, main: Found, conditions: Sequence[Condition], seconds: float) -> tuple[Found, bool]:
        """Among splits of the same cost: fewer suppliers, then greater shares for older quotes."""
        if main.status != "optimal":
            return main, False
        needs = [need for need in self.all if need not in set(main.dropped)]
        if not needs:
            return main, True
        program = formulate(self.problem, needs, conditions, users=True)
        rows, upper = list(program.rows), list(program.upper)
        parts = self.parts(needs, conditions)
        low = Result(status="unsolved", values=None, bound=0.0)
        if len(program.cost) > large.LARGE:
            low = self.run(formulate(self.problem, needs, conditions), max(seconds, 0.02) / 3, relaxed=True)
        got = exact.evaluate(self.problem, main.taken)
        for part in parts:
            members = set(part)
            terms = {
                column: value
                for column, value in program.money.items()
                if self.problem.offers[program.pieces[column][0]].need in members
            }
            size = max(terms.values(), default=1.0) or 1.0
            whole = exact.cost([one for one in got if self.problem.offers[one.offer].need in members])
            if low.values is not None and low.reduced is not None:
                # Columns of money and of use come last: a column that takes something has one number in both programmes.
                room = float(whole) * program.scale - sum(program.cost[one] * low.values[one] for one in terms)
                for column in terms.keys() - program.amounts:
                    if low.reduced[column] > room * (1 + 1e-6) + program.slack * program.scale + 1e-6:
                        upper[column] = 0.0
            rows.append(
                Row(
                    low=-float("inf"),
                    high=(float(whole) + program.slack) * (1 + 1e-12) / size,
                    terms={column: value / size for column, value in terms.items()},
                )
            )
        # One supplier less outweighs any shift of shares.
        heavy = float(len(needs) * len(self.problem.sources) + 1)
        cost = [0.0] * len(program.cost)
        for column, (offer, steps) in program.pieces.items():
            one = self.problem.offers[offer]
            cost[column] = one.source * steps / self.problem.needs[one.need].steps
        for column in program.users.values():
            cost[column] = heavy
        settled = msgspec.structs.replace(program, cost=cost, rows=rows, upper=upper)
        second = self.run(settled, max(seconds, 0.02))
        if second.values is None:
            return main, False
        found = self._checked(program, second.values, second, needs, conditions)
        if found is None or found.cost > main.cost:
            return main, False
        found.status, found.bound, found.dropped = main.status, main.bound, main.dropped
        return found, second.status == "optimal"

    def compare(self, main: Found, conditions: Sequence[Condition]) -> list[Compared]:
        """What each of the buyer's conditions costs: the best split without it, and without all of them."""
        asked = [one for one in conditions if not one.of_quote]
        if not asked:
            return []
        needs = [need for need in self.all if need not in set(main.dropped)]
        free = self.best([one for one in conditions if one.of_quote], self.left * 0.4, needs)
        found = [Compared(without=None, status=free.status, cost=free.cost if free.is_split else None)]
        for place, one in enumerate(asked):
            if free.status == "optimal" and free.cost == main.cost:
                # No condition costs anything: each split without one lies between the two.
                found.append(Compared(without=one.pointer, status="optimal", cost=main.cost))
                continue
            others = [other for other in conditions if other is not one]
            best = free
            if others:
                best = self.best(others, max(self.left, 0.02) / (len(asked) - place), needs)
            if best.is_split and best.cost > main.cost:
                # The split that was found is one without the condition, too.
                best.cost = main.cost
            found.append(Compared(without=one.pointer, status=best.status, cost=best.cost if best.is_split else None))
        return found

    def conflicts(self, conditions: Sequence[Condition]) -> list[Conflict]:
        """Minimal sets of conditions that cannot hold together, by deletion, until what is left can be met."""
        found = []
        base = self.feasible([])
        if base.status == "infeasible":
            numbers = tuple(self.problem.needs[need].line_no for need in base.lines)
            found.append(Conflict(pointers=(), line_nos=numbers, minimal=True))
        hopeless = set(base.lines)
        needs = [need for need in self.all if need not in hopeless]
        rest = list(conditions)
        while rest and len(found) < MAX_CONFLICTS and self.left > 0:
            whole = self.feasible(rest, needs)
            if whole.status != "infeasible":
                break
            core, lines, minimal = self._core(rest, whole.lines, needs)
            numbers = tuple(self.problem.needs[need].line_no for need in lines)
            found.append(Conflict(pointers=tuple(one.pointer for one in core), line_nos=numbers, minimal=minimal))
            rest = [one for one in rest if one not in core]
        return found

    def _core(
        self, conditions: Sequence[Condition], lines: list[int], needs: Sequence[int]
    ) -> tuple[list[Condition], list[int], bool]:
        core, minimal = list(conditions), True
        for one in conditions:
            fewer = [other for other in core if other is not one]
            tried = self.feasible(fewer, needs)
            if tried.status == "infeasible":
                core, lines = fewer, tried.lines
            elif not tried.is_split:
                minimal = False
        coupled = any(one.is_coupling for one in core)
        return core, [] if coupled else lines, minimal

    def feasible(self, conditions: Sequence[Condition], needs: Sequence[int] | None = None) -> Found:
        """Whether there is any split; the lines that have none, where lines stand for themselves."""
        total = Found(status="optimal")
        for part in self.parts(self.all if needs is None else needs, conditions):
            program = formulate(self.problem, part, conditions, elastic=self.problem.allow_unallocated)
            blank = msgspec.structs.replace(program, cost=[0.0] * len(program.cost))
            result = self.run(blank, max(self.left, 0.05) / 2)
            if result.status == "infeasible":
                total.status = "infeasible"
                total.lines += part
            elif result.values is None and total.status != "infeasible":
                total.status = "unsolved"
        return total
