"""What a comparison looks like as JSON. The formulas of the cost figures are in the answer itself, under `assumptions`."""

from typing import Annotated, Literal, Self, cast

from msgspec import Meta

from api.routes.quotes_parts import QuoteAlternate
from api.routes.rfqs_in import LineNo
from api.wire import (
    Currency3,
    Day,
    DecimalText,
    Id,
    Int64,
    Out,
    Text40,
    Text80,
    Text200,
    Text2000,
    decimal_text,
    optional_decimal_text,
)
from domain.comparison import model
from domain.comparison.cost import FORMULAS
from domain.comparison.landed import pph22_percent
from domain.ids import show, show_optional

RateText = Annotated[
    str,
    Meta(
        pattern=r"^(0|[1-9][0-9]{0,8})(\.[0-9]{1,10})?\Z",
        max_length=20,
        description="Exact decimal: base currency for one unit.",
        examples=["16813"],
    ),
]


class BidCell(Out, gc=False):
    """What one quote says of one line at the quantity compared at; figures are null where there is no price.

    `deviates`: priced, not to every characteristic. `below_minimum`: no less than `minimum_quantity` is sold, and the
    figures are for buying that much. `excluded`: out of the running, see `excluded_reason`. `rank` 1 is the least
    `total_cost_base`; a cell that competes without a rank says why in `unranked_reason`. `excluded_reason` `outdated`: a price
    that was not confirmed again after an addendum changed the line. `alternates` inform; no figure is made of them.
    """

    state: Literal["priced", "deviates", "below_minimum", "not_quoted", "declined", "excluded"]
    decline_reason: Text80 | None
    excluded_reason: Literal["disqualified", "expired", "superseded", "outdated"] | None
    unranked_reason: Literal["no_rate", "no_mass"] | None
    minimum_quantity: DecimalText | None
    quantity_bought: DecimalText | None
    unit_price: DecimalText | None
    total: DecimalText | None
    minimum_excess: DecimalText | None
    tooling: DecimalText | None
    tooling_pieces: Int64 | None
    tooling_per_piece: DecimalText | None
    tooling_due: DecimalText | None
    total_with_tooling: DecimalText | None
    freight: DecimalText | None
    payment_terms: DecimalText | None
    total_cost: DecimalText | None
    total_cost_base: DecimalText | None
    lead_time_days: Int64 | None
    capacity_per_month: DecimalText | None
    capacity_months: DecimalText | None
    capacity_meets_need: bool | None
    local_content_percent: DecimalText | None
    local_content_basis: Text40 | None
    deviations: Int64
    deviating: Annotated[tuple[Int64, ...], Meta(max_length=300)]
    rank: Int64 | None
    import_difference_percent: DecimalText | None
    alternates: Annotated[list[QuoteAlternate], Meta(max_length=10)]


class BidImport(Out):
    """What importing the row's quantity costs, in rupiah. PPN and PPh 22 are cash, credited later: no part of the cost."""

    quantity: DecimalText
    currency: Currency3
    cif_price: DecimalText
    idr_rate: DecimalText
    idr_rate_on: Day | None
    duty_percent: DecimalText
    cif: DecimalText
    duty: DecimalText
    handling: DecimalText
    landed_cost: DecimalText
    landed_unit_price: DecimalText
    ppn: DecimalText
    pph22: DecimalText
    cash_out: DecimalText

    @classmethod
    def of(cls, found: model.ImportReference) -> Self:
        """On the wire."""
        return cls(
            quantity=decimal_text(found.quantity),
            currency=found.currency,
            cif_price=decimal_text(found.cif_price),
            idr_rate=decimal_text(found.idr_rate),
            idr_rate_on=found.idr_rate_on,
            duty_percent=decimal_text(found.duty_percent),
            cif=decimal_text(found.cif),
            duty=decimal_text(found.duty),
            handling=decimal_text(found.handling),
            landed_cost=decimal_text(found.landed_cost),
            landed_unit_price=decimal_text(found.landed_unit_price),
            ppn=decimal_text(found.ppn),
            pph22=decimal_text(found.pph22),
            cash_out=decimal_text(found.cash_out),
        )


class BidRow(Out):
    """One line; `cells` in the order of the columns.

    `import_unit_price`: CIF x rate x (1 + duty + handling), in rupiah. `peak_month_quantity`: the most that the schedule
    asks for in a month. `break_even_quantity`: where the two cheapest quotes change places, above the quantity compared if
    they do, else below it; from there on `break_even_quote_id` is the cheaper of the two.
    """

    line_no: LineNo
    part_number: Text80
    name_id: Text200
    name_en: Text200 | None
    unit: Text40
    mass_kg: DecimalText | None
    quantity_requested: DecimalText
    quantity: DecimalText
    peak_month_quantity: DecimalText | None
    import_unit_price: DecimalText | None
    import_reference: BidImport | None
    break_even_quantity: DecimalText | None
    break_even_quote_id: Id | None
    cells: Annotated[list[BidCell], Meta(max_length=500)]

    @classmethod
    def of(cls, row: model.Row) -> Self:
        """On the wire."""
        return cls(
            line_no=row.line_no,
            part_number=row.part_number,
            name_id=row.name_id,
            name_en=row.name_en,
            unit=row.unit,
            mass_kg=optional_decimal_text(row.mass_kg),
            quantity_requested=decimal_text(row.quantity_requested),
            quantity=decimal_text(row.quantity),
            peak_month_quantity=optional_decimal_text(row.peak_month_quantity),
            import_unit_price=optional_decimal_text(row.import_unit_price),
            import_reference=None if row.import_reference is None else BidImport.of(row.import_reference),
            break_even_quantity=optional_decimal_text(row.break_even_quantity),
            break_even_quote_id=show_optional("quote", row.break_even_quote_id),
            # As they are: a `Cell` has the names, order and texts of a `BidCell` (tests/api/comparison/test_wire.py).
            cells=cast("list[BidCell]", row.cells),
        )


class BidColumn(Out):
    """One quote and its sums over the lines it prices.

    `carriage`: who bears it under the Incoterms rule of the quote, else of the RFQ. `payment_days_used`: the quote's, else
    the RFQ's, else the reference. Sums that need a figure which is not known are null. Each supplier's newest opened quote
    counts: an earlier one is `superseded` and has no rank. `amended` says that a counter-offer was accepted, and the
    figures are what was agreed. `rank` knows costs alone, `score_rank` the weighted criteria too
    (`GET /v1/rfqs/{rfq_id}/ranking` says how); scores are null while they are kept from the reader.
    """

    quote_id: Id
    supplier_id: Id
    supplier_name: Text200
    state: Text40
    currency: Currency3
    rate: RateText | None
    valid_until: Day
    incoterm: Text40 | None
    delivery_place: Text200 | None
    carriage: Literal["seller", "buyer"]
    payment_days: Int64 | None
    payment_days_used: Int64
    lead_time_days: Int64 | None
    round: Int64
    shortlisted: bool
    amended: bool
    minimum_order_value: DecimalText | None
    lines_priced: Int64
    lines_below_minimum: Int64
    is_complete: bool
    deviations: Int64
    total: DecimalText
    tooling: DecimalText
    total_with_tooling: DecimalText
    tooling_due: DecimalText
    minimum_excess: DecimalText
    freight: DecimalText | None
    payment_terms: DecimalText
    total_cost: DecimalText | None
    total_cost_base: DecimalText | None
    rank: Int64 | None
    unranked_reason: Literal["no_rate", "no_mass"] | None
    technical_score: DecimalText | None
    price_score: DecimalText | None
    score: DecimalText | None
    score_rank: Int64 | None
    below_threshold: bool

    @classmethod
    def of(cls, column: model.Column) -> Self:
        """On the wire."""
        return cls(
            quote_id=show("quote", column.quote_id),
            supplier_id=show("organisation", column.supplier_id),
            supplier_name=column.supplier_name,
            state=column.state,
            currency=column.currency,
            rate=optional_decimal_text(column.rate),
            valid_until=column.valid_until,
            incoterm=column.incoterm,
            delivery_place=column.delivery_place,
            carriage=column.carriage,
            payment_days=column.payment_days,
            payment_days_used=column.payment_days_used,
            lead_time_days=column.lead_time_days,
            round=column.round,
            shortlisted=column.shortlisted,
            amended=column.amended,
            minimum_order_value=optional_decimal_text(column.minimum_order_value),
            lines_priced=column.lines_priced,
            lines_below_minimum=column.lines_below_minimum,
            is_complete=column.is_complete,
            deviations=column.deviations,
            total=decimal_text(column.total),
            tooling=decimal_text(column.tooling),
            total_with_tooling=decimal_text(column.total_with_tooling),
            tooling_due=decimal_text(column.tooling_due),
            minimum_excess=decimal_text(column.minimum_excess),
            freight=optional_decimal_text(column.freight),
            payment_terms=decimal_text(column.payment_terms),
            total_cost=optional_decimal_text(column.total_cost),
            total_cost_base=optional_decimal_text(column.total_cost_base),
            rank=column.rank,
            unranked_reason=column.unranked_reason,
            technical_score=optional_decimal_text(column.technical_score),
            price_score=optional_decimal_text(column.price_score),
            score=optional_decimal_text(column.score),
            score_rank=column.score_rank,
            below_threshold=column.below_threshold,
        )


class BidRate(Out):
    """What one unit of a currency was worth in the base currency on that day, as stated."""

    currency: Currency3
    rate: RateText
    on: Day


class BidFormula(Out):
    """How one figure is made of others."""

    figure: Text80
    formula: Text2000


class BidAssumptions(Out):
    """What the figures rest on: the parameters as used, so that the same request gives the same tab."""

    base_currency: Currency3
    rates: Annotated[list[BidRate], Meta(max_length=40)]
    tooling_over: Int64 | None
    freight_percent: DecimalText | None
    freight_per_kg: DecimalText | None
    capital_rate_percent: DecimalText
    reference_payment_days: Int64
    handling_percent: DecimalText
    has_api: bool
    pph22_percent: DecimalText
    formulas: Annotated[list[BidFormula], Meta(max_length=40)]

    @classmethod
    def of(cls, tab: model.Comparison) -> Self:
        """On the wire."""
        used = tab.assumptions
        return cls(
            base_currency=used.base_currency or "",
            rates=[
                BidRate(currency=code, rate=decimal_text(rate.rate), on=rate.on) for code, rate in used.rates.items()
            ],
            tooling_over=used.tooling_over,
            freight_percent=optional_decimal_text(used.freight_percent),
            freight_per_kg=optional_decimal_text(used.freight_per_kg),
            capital_rate_percent=decimal_text(used.capital_rate_percent),
            reference_payment_days=used.reference_payment_days or 0,
            handling_percent=decimal_text(used.handling_percent),
            has_api=used.has_api,
            pph22_percent=decimal_text(pph22_percent(used)),
            formulas=[BidFormula(figure=figure, formula=formula) for figure, formula in FORMULAS.items()],
        )


class BidComparison(Out):
    """Opened quotes side by side. Amounts are without PPN, in each quote's own currency; `_base` in the base currency."""

    rfq_id: Id
    quantity: DecimalText | None
    assumptions: BidAssumptions
    columns: Annotated[list[BidColumn], Meta(max_length=500)]
    rows: Annotated[list[BidRow], Meta(max_length=500)]

    @classmethod
    def of(cls, tab: model.Comparison) -> Self:
        """On the wire."""
        return cls(
            rfq_id=show("rfq", tab.rfq_id),
            quantity=optional_decimal_text(tab.quantity),
            assumptions=BidAssumptions.of(tab),
            columns=[BidColumn.of(column) for column in tab.columns],
            rows=[BidRow.of(row) for row in tab.rows],
        )
