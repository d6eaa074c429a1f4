"""A bid tab: columns are quotes, rows are lines of the RFQ. Amounts exclude PPN and are in the quote's own currency.

Only figures called `_base` are in the base currency of the assumptions; the formula of each cost figure is in
domain/comparison/cost.py.
"""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domain.comparison.cost import Assumptions, Carriage
from domain.quotes.model import Alternate, QuoteContent

CellState = Literal["priced", "deviates", "below_minimum", "not_quoted", "declined", "excluded"]
ExcludedReason = Literal["disqualified", "expired", "superseded", "outdated"]
"""`outdated`: an addendum changed the line, and its supplier did not confirm the price again."""
UnrankedReason = Literal["no_rate", "no_mass"]


class Bid(msgspec.Struct, frozen=True, kw_only=True):
    """One opened quote that is compared."""

    quote_id: UUID
    supplier_id: UUID
    supplier_name: str
    state: str
    content: QuoteContent
    round: int = 1
    shortlisted: bool = False
    amended: bool = False
    """A counter-offer was accepted: `content` is what was agreed."""


class Cell(msgspec.Struct, frozen=True, gc=False):
    """What one quote says of one line at the quantity asked.

    `priced`; `deviates`: priced, but not to every characteristic; `below_minimum`: the supplier sells no less than
    `minimum_quantity`, and the figures are for buying that much. `excluded`: the quote was disqualified, superseded or has
    expired, or it priced an outdated revision of the line; its figures are shown, without a rank. Every figure is None where
    there is no price.

    Members have the names, order and texts of the contract (`BidCell`), as thousands are sent as they are. For the same
    reason they are given by place: by name costs eight times as much.
    """

    state: CellState
    decline_reason: str | None = None
    excluded_reason: ExcludedReason | None = None
    unranked_reason: UnrankedReason | None = None
    """Why a cell that competes has no rank: no rate into the base currency, or freight by mass for a line without one."""
    minimum_quantity: Decimal | None = None
    """The least quantity that has a price."""
    quantity_bought: Decimal | None = None
    unit_price: Decimal | None = None
    total: Decimal | None = None
    minimum_excess: Decimal | None = None
    tooling: Decimal | None = None
    """The whole cost of tooling."""
    tooling_pieces: int | None = None
    """The pieces over which the supplier spreads it, when it names any."""
    tooling_per_piece: Decimal | None = None
    """Tooling spread over the pieces the supplier names, else over those the buyer assumes, else over the quantity."""
    tooling_due: Decimal | None = None
    total_with_tooling: Decimal | None = None
    """`total` and `tooling_due`."""
    freight: Decimal | None = None
    payment_terms: Decimal | None = None
    total_cost: Decimal | None = None
    total_cost_base: Decimal | None = None
    lead_time_days: int | None = None
    capacity_per_month: Decimal | None = None
    capacity_months: Decimal | None = None
    """quantity_bought / capacity_per_month, 2 decimals: how long the supplier makes this quantity."""
    capacity_meets_need: bool | None = None
    """The capacity reaches the row's `peak_month_quantity`; None when either is unknown."""
    local_content_percent: Decimal | None = None
    local_content_basis: str | None = None
    deviations: int = 0
    """Characteristics answered `deviate` or `cannot`."""
    deviating: tuple[int, ...] = ()
    """Their numbers, as in the drawing's balloons."""
    rank: int | None = None
    """1 is the least `total_cost_base` of the line; equals share a rank."""
    import_difference_percent: Decimal | None = None
    """How far `unit_price`, in rupiah, lies above (or, negative, below) the landed import."""
    alternates: tuple[Alternate, ...] = ()
    """For information: no figure of the tab is made of them."""

    @property
    def competes(self) -> bool:
        """It has a price that can be had."""
        return self.state in COMPETING


COMPETING: frozenset[CellState] = frozenset(("priced", "deviates", "below_minimum"))
NOTHING = Cell(state="not_quoted")


class ImportReference(msgspec.Struct, frozen=True, kw_only=True):
    """What the import of the row's quantity costs, in rupiah: cost, and taxes that are cash but no cost.

    PPN and PPh 22 are credited against what the importer owes later, so that they bind money and are no part of
    `landed_cost`.
    """

    quantity: Decimal
    currency: str
    cif_price: Decimal
    """Of one unit, in `currency`."""
    idr_rate: Decimal
    idr_rate_on: date | None
    duty_percent: Decimal
    cif: Decimal
    duty: Decimal
    handling: Decimal
    landed_cost: Decimal
    """cif + duty + handling."""
    landed_unit_price: Decimal
    """CIF price x rupiah rate x (1 + duty % + handling %), 4 decimals."""
    ppn: Decimal
    pph22: Decimal
    cash_out: Decimal
    """landed_cost + ppn + pph22: what has to be paid before the goods are free."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the RFQ. `cells` are in the order of the columns."""

    line_no: int
    part_number: str
    name_id: str
    name_en: str | None
    unit: str
    mass_kg: Decimal | None
    quantity_requested: Decimal
    quantity: Decimal
    """The quantity compared at."""
    peak_month_quantity: Decimal | None
    """The most that the schedule asks for in one calendar month, in proportion to `quantity`; None without a schedule."""
    import_unit_price: Decimal | None
    """Landed import in rupiah, as `landed_unit_price`."""
    import_reference: ImportReference | None
    break_even_quantity: Decimal | None
    """Where the two cheapest change places: the next quantity above the one compared, else the least below it."""
    break_even_quote_id: UUID | None
    """Which of the two is cheaper from there on."""
    cells: tuple[Cell, ...]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One quote, and its sums over the lines that have a price and compete or are excluded with a price."""

    quote_id: UUID
    supplier_id: UUID
    supplier_name: str
    state: str
    currency: str
    rate: Decimal | None
    """Base currency for one unit of `currency`."""
    valid_until: date
    incoterm: str | None
    delivery_place: str | None
    carriage: Carriage
    """Who bears it under the quote's term, or the RFQ's where the quote has none."""
    payment_days: int | None
    payment_days_used: int
    """The quote's, else the RFQ's, else those that cost nothing."""
    lead_time_days: int | None
    """The longest of its lines."""
    round: int
    shortlisted: bool
    amended: bool
    minimum_order_value: Decimal | None
    lines_priced: int
    lines_below_minimum: int
    """Of `lines_priced`, those for which more than the need is bought."""
    is_complete: bool
    """Every line of the RFQ has a price."""
    deviations: int
    total: Decimal
    tooling: Decimal
    total_with_tooling: Decimal
    tooling_due: Decimal
    minimum_excess: Decimal
    freight: Decimal | None
    """None when the freight of a line is not known."""
    payment_terms: Decimal
    total_cost: Decimal | None
    total_cost_base: Decimal | None
    rank: int | None
    """More lines priced first, then the least `total_cost_base`."""
    unranked_reason: UnrankedReason | None
    technical_score: Decimal | None = None
    price_score: Decimal | None = None
    score: Decimal | None = None
    """As in the ranking, domain/scores/ranking.py; None where there is none, or the reader may not know it yet."""
    score_rank: int | None = None
    """By `score`, where `rank` knows only prices."""
    below_threshold: bool = False


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The whole tab. `quantity` is None when each line is compared at the quantity that the RFQ asks for."""

    rfq_id: UUID
    title: str
    quantity: Decimal | None
    assumptions: Assumptions
    """As settled: what was stated, and for the rest what the RFQ says."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
