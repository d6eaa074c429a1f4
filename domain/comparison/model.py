"""A bid tab: columns are quotes, rows are lines of the RFQ. Amounts are in the quote's own currency, without PPN."""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domain.quotes.model import Alternate, QuoteContent

CellState = Literal["priced", "not_quoted", "declined", "excluded"]
Exclusion = Literal["disqualified", "expired", "superseded", "outdated"]


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


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What one quote says of one line at the quantity asked.

    `excluded`: the quote was disqualified, superseded or has expired, or it priced an outdated revision of the line; its figures
    are still shown, without a rank. Every figure is None where there is no price.
    """

    state: CellState
    excluded_reason: Exclusion | None = None
    """`outdated`: an addendum changed the line, and its supplier did not confirm the price again."""
    decline_reason: str | None = None
    below_minimum: bool = False
    """The quantity asked reaches no price: it lies below the minimum order quantity or the first break."""
    minimum_quantity: Decimal | None = None
    """The least quantity that has a price."""
    unit_price: Decimal | None = None
    total: Decimal | None = None
    """quantity x unit_price, rounded to the currency's minor unit."""
    tooling: Decimal | None = None
    tooling_per_piece: Decimal | None = None
    """Tooling spread over the pieces the supplier offers to spread it over, else over the quantity asked."""
    total_with_tooling: Decimal | None = None
    """`total` and the tooling that falls due with this quantity."""
    lead_time_days: int | None = None
    deviations: int = 0
    """Characteristics answered `deviate` or `cannot`."""
    rank: int | None = None
    """1 is the least `total_with_tooling` of the line among quotes in the same currency; equals share a rank."""
    alternates: tuple[Alternate, ...] = ()
    """For information: no figure of the tab is made of them."""
    import_difference_percent: Decimal | None = None
    """How far `unit_price` lies above (or, negative, below) the landed import; quotes in rupiah only."""


NOTHING = Cell(state="not_quoted")


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the RFQ. `cells` are in the order of the columns."""

    line_no: int
    part_number: str
    name_id: str
    name_en: str | None
    unit: str
    quantity_requested: Decimal
    quantity: Decimal
    """The quantity compared at."""
    import_unit_price: Decimal | None
    """Landed import in rupiah: CIF x rate x (1 + duty %), 4 decimals."""
    cells: tuple[Cell, ...]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One quote, and its sums over the lines it prices at the quantity compared at."""

    quote_id: UUID
    supplier_id: UUID
    supplier_name: str
    state: str
    currency: str
    valid_until: date
    incoterm: str | None
    delivery_place: str | None
    payment_days: int | None
    lead_time_days: int | None
    """The longest of its lines."""
    lines_priced: int
    round: int
    shortlisted: bool
    amended: bool
    minimum_order_value: Decimal | None
    is_complete: bool
    """Every line of the RFQ has a price."""
    deviations: int
    total: Decimal
    tooling: Decimal
    total_with_tooling: Decimal
    rank: int | None
    """Among quotes in the same currency: more lines priced first, then the least `total_with_tooling`."""
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
    quantity: Decimal | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
