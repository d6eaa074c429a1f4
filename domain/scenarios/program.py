"""The split as a mixed-integer programme. Pure: a problem and the conditions in force in, columns and rows out.

For each offer and each band [low, high] of its price there is a binary z (the quantity lies in this band) and, where the
band is wider than a point, an integer r in [0, (high - low) z]: the quantity is low z + r. At most one z of an offer is 1.
This is the multiple-choice model of all-units discounts (Croxton, Gendron and Magnanti 2003): with the bands cut to what
the conditions of the line admit, its relaxation is as tight as one line allows. A binary u says that a supplier gets
anything; z of all its bands together never exceed it.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import msgspec

from domain.scenarios.model import Band, Condition, Offer, Problem

HUNDRED = Decimal(100)
INFINITY = float("inf")
MONEY = frozenset({"value_share", "local_content", "order_value"})


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """low <= sum of values x columns <= high."""

    low: float
    high: float
    terms: dict[int, float]


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """Minimise `cost`; columns lie between 0 and `upper` and are whole, but for those of money.

    `pieces`: column -> (offer, steps it stands for).
    """

    cost: list[float]
    upper: list[float]
    lower: list[float] = []
    """Empty: all 0."""
    continuous: frozenset[int]
    amounts: frozenset[int]
    """Columns r."""
    rows: list[Row]
    pieces: dict[int, tuple[int, int]]
    drops: dict[int, int]
    """Column -> place of the need that it leaves out."""
    users: dict[int, int]
    """Source -> its column u."""
    most: int | None
    """How many sources may be used."""
    money: dict[int, float]
    """Column -> what it costs, whatever is minimised."""
    scale: float
    slack: float
    """How far the true cost may lie from that of the programme, unscaled."""

    def taken(self, values: Sequence[float]) -> tuple[dict[int, int], list[int]]:
        """(steps by offer, needs left out) of a solution."""
        steps: dict[int, int] = {}
        for column, (offer, each) in self.pieces.items():
            if amount := round(values[column]) * each:
                steps[offer] = steps.get(offer, 0) + amount
        return steps, [need for column, need in self.drops.items() if round(values[column])]


def bands_of(problem: Problem, place: int, conditions: Sequence[Condition]) -> list[Band]:
    """The bands of an offer cut to what the conditions of its line admit."""
    offer = problem.offers[place]
    need = problem.needs[offer.need]
    supplier = problem.sources[offer.source].supplier_id
    low, high = 1, need.steps
    for one in conditions:
        if not one.covers(need.line_no):
            continue
        if one.kind == "capacity" and offer.capacity is not None:
            high = min(high, offer.capacity)
        elif one.kind == "exclude" and one.supplier_id == supplier:
            high = 0
        elif one.kind == "force":
            low, high = (need.steps, high) if one.supplier_id == supplier else (low, 0)
        elif one.kind == "quantity_share" and one.supplier_id in {None, supplier}:
            if one.minimum is not None:
                low = max(low, int((one.minimum * need.steps / HUNDRED).to_integral_value(ROUND_CEILING)))
            if one.maximum is not None:
                high = min(high, int((one.maximum * need.steps / HUNDRED).to_integral_value(ROUND_FLOOR)))
    return [
        msgspec.structs.replace(band, low=max(band.low, low), high=min(band.high, high))
        for band in offer.bands
        if max(band.low, low) <= min(band.high, high)
    ]


class _Builder:
    def __init__(self, problem: Problem, needs: Sequence[int], conditions: Sequence[Condition]) -> None:
        self.problem, self.conditions = problem, conditions
        self.needs = set(needs)
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.rows: list[Row] = []
        self.pieces: dict[int, tuple[int, int]] = {}
        self.amounts: set[int] = set()
        self.choices: dict[int, list[int]] = {}
        """Offer -> its columns z."""
        self.quantity: dict[int, dict[int, float]] = {}
        """Need -> what its columns contribute, in steps."""
        self.value: dict[int, dict[int, float]] = {}
        """Source -> what its columns cost, in the scenario's currency."""
        self.sums: dict[int, int] = {}
        """Source -> the column of its money, where a condition speaks of it."""
        self.local: dict[int, float] = {}
        """Column -> its cost times its local content in per cent."""
        self.users: dict[int, int] = {}
        self.drops: dict[int, int] = {}
        self.slack: dict[int, float] = {}
        self.unit = 1.0
        """What columns of money are counted in."""

    def column(self, cost: float, upper: float = 1.0) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        return len(self.cost) - 1

    def row(self, terms: Mapping[int, float], *, low: float = -INFINITY, high: float = INFINITY) -> None:
        """A row, scaled to a largest coefficient of 1, so that one tolerance fits all."""
        size = max((abs(value) for value in terms.values()), default=1.0) or 1.0
        self.rows.append(
            Row(low=low / size, high=high / size, terms={column: value / size for column, value in terms.items()})
        )

    def offer(self, place: int, offer: Offer) -> None:
        step = self.problem.needs[offer.need].step
        rate = self.problem.sources[offer.source].rate
        for band in bands_of(self.problem, place, self.conditions):
            each = band.price * step * rate
            chosen = self._piece(place, offer, band.low, each * band.low + band.fixed * rate)
            self.choices.setdefault(place, []).append(chosen)
            self.slack[offer.need] = max(self.slack.get(offer.need, 0.0), float(band.slack * rate))
            if band.high > band.low:
                more = self._piece(place, offer, 1, each, upper=float(band.high - band.low))
                self.amounts.add(more)
                self.row({more: 1.0, chosen: -float(band.high - band.low)}, high=0.0)

    def _piece(self, place: int, offer: Offer, steps: int, cost: Decimal, upper: float = 1.0) -> int:
        column = self.column(float(cost), upper)
        self.pieces[column] = (place, steps)
        self.quantity.setdefault(offer.need, {})[column] = float(steps)
        self.value.setdefault(offer.source, {})[column] = float(cost)
        self.local[column] = float(cost * offer.local_percent)
        return column

    def cover(self, *, elastic: bool) -> None:
        for need in sorted(self.needs):
            terms = dict(self.quantity.get(need, {}))
            whole = float(self.problem.needs[need].steps)
            if elastic:
                dropped = self.column(0.0)
                self.drops[dropped] = need
                terms[dropped] = whole
            self.row(terms, low=whole, high=whole)

    def use(self) -> None:
        """One u for each source; z of an offer together never exceed it."""
        for place, choices in self.choices.items():
            source = self.problem.offers[place].source
            if source not in self.users:
                self.users[source] = self.column(0.0)
            self.row({**dict.fromkeys(choices, 1.0), self.users[source]: -1.0}, high=0.0)

    def add_up(self) -> None:
        """The money of each source, and as source -1 of all, as columns: rows about shares stay short."""
        for source, values in self.value.items():
            self.sums[source] = self.column(0.0, INFINITY)
            self._sum({column: value / self.unit for column, value in values.items()}, self.sums[source])
        whole = self.column(0.0, INFINITY)
        self._sum(dict.fromkeys(self.sums.values(), 1.0), whole)
        self.sums[-1] = whole

    def _sum(self, terms: Mapping[int, float], total: int) -> None:
        self.row({**terms, total: -1.0}, low=0.0, high=0.0)

    def choose(self) -> None:
        for choices in self.choices.values():
            if len(choices) > 1:
                self.row(dict.fromkeys(choices, 1.0), high=1.0)

    def gets_any(self, need: int | None, supplier: object = None) -> dict[int, float]:
        """The columns z on a line (None: on any), of one supplier or of all."""
        return {
            column: 1.0
            for place, choices in self.choices.items()
            for offer in [self.problem.offers[place]]
            if need in {None, offer.need}
            and (supplier is None or self.problem.sources[offer.source].supplier_id == supplier)
            for column in choices
        }

    def condition(self, of: Condition, margin: float) -> None:
        """The rows of one condition; what the cut bands already say needs none."""
        dropped = {need: column for column, need in self.drops.items()}
        lines = [need for need in sorted(self.needs) if of.covers(self.problem.needs[need].line_no)]
        if of.kind == "sources" or (of.kind == "quantity_share" and of.minimum and of.supplier_id is not None):
            least = float(of.minimum or 0) if of.kind == "sources" else 1.0
            for need in lines:
                terms = self.gets_any(need, of.supplier_id)
                if need in dropped:
                    terms[dropped[need]] = least
                self.row(terms, low=least)
        elif of.kind == "keep":
            for place in [None] if of.line_nos is None else lines:
                self.row(self.gets_any(place, of.supplier_id), low=1.0)
        elif of.kind == "maximum_suppliers":
            self.row(dict.fromkeys(self.users.values(), 1.0), high=float(of.maximum or 0))
        elif of.kind == "order_value":
            least = float(of.minimum or 0) * (1 + margin) / self.unit
            for source in self.value:
                if of.supplier_id not in {None, self.problem.sources[source].supplier_id}:
                    continue
                self.row({self.sums[source]: 1.0, self.users[source]: -least}, low=0.0)
        elif of.kind == "local_content":
            terms = {column: value / self.unit for column, value in self.local.items() if value}
            self.row({**terms, self.sums[-1]: -float(of.minimum or 0) * (1 + margin)}, low=0.0)
        elif of.kind == "value_share":
            self._share(of, margin)

    def _share(self, of: Condition, margin: float) -> None:
        """The money of each source, or of the one that is named, is within so many per cent of the whole."""
        for source in self.value:
            if of.supplier_id not in {None, self.problem.sources[source].supplier_id}:
                continue
            if of.maximum is not None:
                most = float(of.maximum) * (1 - margin)
                self.row({self.sums[source]: 100.0, self.sums[-1]: -most}, high=0.0)
            if of.minimum is not None:
                least = float(of.minimum) * (1 + margin)
                self.row({self.sums[source]: 100.0, self.sums[-1]: -least}, low=0.0)
        named = {self.problem.sources[source].supplier_id for source in self.value}
        if of.minimum and of.supplier_id not in named:
            self.row({self.sums[-1]: 1.0}, high=0.0)


def formulate(
    problem: Problem,
    needs: Sequence[int],
    conditions: Sequence[Condition],
    *,
    chosen: Sequence[int] | None = None,
    elastic: bool = False,
    users: bool = False,
    margin: float = 0.0,
) -> Program:
    """The programme of some needs under some conditions.

    `chosen`: places of the offers of these needs, where they are known. `elastic`: needs may be left out. `users`: u for
    every source, whether or not a condition asks for it. `margin`: conditions on money are tightened by this part, after
    a solution that kept them in floats alone.
    """
    builder = _Builder(problem, needs, conditions)
    for place in chosen if chosen is not None else range(len(problem.offers)):
        if problem.offers[place].need in builder.needs:
            builder.offer(place, problem.offers[place])
    if users or any(one.kind in {"maximum_suppliers", "order_value"} for one in conditions):
        builder.use()
    else:
        builder.choose()
    builder.cover(elastic=elastic)
    least: dict[int, float] = {}
    for column, (place, steps) in builder.pieces.items():
        need = problem.offers[place].need
        whole = builder.cost[column] / steps * problem.needs[need].steps
        least[need] = min(least.get(need, INFINITY), whole)
    builder.unit = (sum(least.values()) or 1.0) / 1e4
    if any(one.kind in MONEY for one in conditions):
        builder.add_up()
    for one in conditions:
        builder.condition(one, margin)
    # A total of about 10^7 leaves room for the solver's tolerances on both sides.
    scale = 1e3 / builder.unit
    return Program(
        cost=[value * scale for value in builder.cost],
        upper=builder.upper,
        continuous=frozenset(builder.sums.values()),
        amounts=frozenset(builder.amounts),
        rows=builder.rows,
        pieces=builder.pieces,
        drops=builder.drops,
        users=builder.users,
        most=min((int(one.maximum or 0) for one in conditions if one.kind == "maximum_suppliers"), default=None),
        money={column: builder.cost[column] for column in builder.pieces},
        scale=scale,
        slack=sum(each * problem.needs[need].steps for need, each in builder.slack.items()),
    )
