"""An award scenario: what is asked, the problem it becomes, what the search found, and the record that is kept."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domain.quotes.model import QuoteLine

MAX_SECONDS = 30
MAX_CONDITIONS = 20
"""Of each kind in one request."""

Status = Literal["optimal", "bounded", "infeasible", "unsolved"]
Kind = Literal[
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
COUPLING: frozenset[str] = frozenset({"value_share", "maximum_suppliers", "local_content", "order_value"})
"""Kinds that tie lines together; without one of them every line is a problem of its own."""


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """One condition of the request, by the JSON Pointer to it, or of a quote, as `/quotes/{quote_id}/…`.

    Which members count depends on the kind.

    `sources`: each of the lines has at least `minimum` suppliers. `quantity_share`: on each of the lines a supplier that
    gets any gets between `minimum` and `maximum` per cent of what is left; `supplier_id` narrows it to one, which then
    has to get its minimum. `value_share`: the same of the money of the whole split. `keep`: the supplier gets part of
    each of the lines, or of any. `force`: it gets all of them. `exclude`: none. `order_value`: who gets anything gets
    `minimum` in money; `supplier_id` narrows it to one. `local_content`: per cent, weighted by money.
    `capacity`: the monthly capacity of a quote's line times `minimum` months, or times the line's own delivery window.
    """

    pointer: str
    kind: Kind
    words: str
    """What it demands, for people."""
    line_nos: tuple[int, ...] | None = None
    """None: all lines."""
    of_quote: bool = False
    """A quote demands it, not the buyer: there is no split without it."""
    supplier_id: UUID | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    def covers(self, line_no: int) -> bool:
        """Whether it speaks of the line."""
        return self.line_nos is None or line_no in self.line_nos

    @property
    def is_coupling(self) -> bool:
        """Whether it ties lines together."""
        return self.kind in COUPLING or (self.kind == "keep" and self.line_nos is None)


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer asks for."""

    currency: str
    rates: dict[str, Decimal]
    """How much of `currency` one unit of another currency is worth."""
    lots: tuple[tuple[int, Decimal], ...]
    """(line, the lot of which its quantities are multiples), as they were stated."""
    allow_unallocated: bool
    compare: bool
    seconds: int
    conditions: tuple[Condition, ...]


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """A line with something left to award: `steps` x `step` units."""

    line_no: int
    unit: str
    step: Decimal
    steps: int


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A quote that competes, in the order of quote ids. `rate`: what one unit of its currency costs."""

    quote_id: UUID
    supplier_id: UUID
    supplier_name: str
    version: int
    currency: str
    rate: Decimal
    payment_days: int | None


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """From `low` to `high` steps a unit costs `price` and there is `fixed` to pay besides, in the quote's currency."""

    low: int
    high: int
    price: Decimal
    fixed: Decimal
    slack: Decimal
    """By how much the true cost of a step may differ: rounding of a share of tooling that depends on the quantity."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What one quote offers of one line. `source` and `need` are places in the problem's tuples."""

    need: int
    source: int
    answer: QuoteLine
    bands: tuple[Band, ...]
    local_percent: Decimal
    capacity: int | None
    """Steps that the stated capacity allows in the delivery window; None where nothing limits it."""


OutReason = Literal[
    "disqualified",
    "expired",
    "settled",
    "earlier_round",
    "no_rate",
    "declined",
    "outdated_line",
    "below_minimum",
    "already_awarded",
]


class Out(msgspec.Struct, frozen=True, kw_only=True):
    """A quote, or one line of it, that does not compete, and why."""

    quote_id: UUID
    supplier_name: str
    line_no: int | None
    reason: OutReason


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is solved: needs in line order, sources in quote order, offers in the order of both."""

    currency: str
    needs: tuple[Need, ...]
    sources: tuple[Source, ...]
    offers: tuple[Offer, ...]
    conditions: tuple[Condition, ...]
    allow_unallocated: bool
    compare: bool
    seconds: float


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Conditions that cannot hold together. `minimal`: without any one of them the others can.

    `line_nos`: the lines on which they clash, where single lines can be named. Without a pointer, these lines cannot be
    supplied in full by the quotes whatever the conditions.
    """

    pointers: tuple[str, ...]
    line_nos: tuple[int, ...]
    minimal: bool


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The cost without one condition (by its pointer), or without all of them (None)."""

    without: str | None
    status: Status
    cost: Decimal | None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What the search found. `taken`: (place of the offer, steps). `cost` is exact, `bound` proven from below.

    `unsolved`: the time ran out before a split was found or excluded.
    """

    status: Status
    taken: tuple[tuple[int, int], ...] = ()
    dropped: tuple[int, ...] = ()
    """Places of needs that are left out."""
    cost: Decimal | None = None
    bound: Decimal | None = None
    tied: bool = False
    """Whether the rule for ties was followed to its end."""
    conflicts: tuple[Conflict, ...] = ()
    compared: tuple[Compared, ...] = ()
    seconds: float = 0.0


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """Part of a line for one quote, priced as the award of it is. Amounts in the quote's currency, without PPN."""

    line_no: int
    quote_id: UUID
    supplier_id: UUID
    quantity: Decimal
    unit_price: Decimal
    tooling: Decimal
    total: Decimal
    """quantity x unit_price + tooling, rounded to the currency's minor unit."""
    reason: str
    """Code of `award_reasons` for the proposal."""


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """What one quote gets. `total` is that of its award; `value` the same in the scenario's currency."""

    quote_id: UUID
    supplier_id: UUID
    supplier_name: str
    currency: str
    total: Decimal
    value: Decimal
    percent: Decimal
    """Of the money of the split, 2 decimals."""
    lines: int


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A line that the split leaves out."""

    line_no: int
    quantity: Decimal
    unit: str
    reason: Literal["no_quote", "no_usable_quote", "conditions"]
    detail: str


class Clash(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict in words."""

    pointers: tuple[str, ...]
    line_nos: tuple[int, ...]
    minimal: bool
    detail: str


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What one condition costs, or all of them: how far the split lies above the best one `without` it."""

    without: str | None
    words: str
    status: Status
    total: Decimal | None
    difference: Decimal | None
    difference_percent: Decimal | None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome as the buyer reads it. Amounts without a currency of their own are in `currency`."""

    status: Status
    currency: str
    total: Decimal | None
    """The awards together."""
    bound: Decimal | None
    """No split under these conditions costs less than this."""
    gap_percent: Decimal | None
    ties_settled: bool
    seconds: Decimal
    allocations: tuple[Allocation, ...]
    shares: tuple[Share, ...]
    left_out: tuple[LeftOut, ...]
    conflicts: tuple[Clash, ...]
    comparisons: tuple[Comparison, ...]
    out: tuple[Out, ...]
    windows: tuple[tuple[int, Decimal], ...]
    """By line, the months that capacity was reckoned with."""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one run, once and for ever."""

    wish: Wish
    answer: Answer


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """One run on record. `digest` is the sha256 of its canonical content, so that the ledger vouches for that too."""

    id: UUID
    rfq_id: UUID
    buyer_id: UUID
    state: str
    version: int
    rfq_version: int
    outcome: Status
    currency: str
    total: Decimal | None
    digest: str
    solved_by: str
    created_at: datetime


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A run with its content."""

    scenario: Scenario
    content: Content
