"""The bid tab: opened quotes side by side."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from msgspec import Meta

from api.attempts import watched
from api.call import Call, View
from api.contract import Api
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
    decimal_text,
    optional_decimal_text,
)
from domain.comparison import model, queries
from domain.ids import read, show
from domain.quantity import plain


class BidCell(Out):
    """What one quote says of one line at the quantity compared at; figures are null where there is no price.

    `excluded`: shown, but out of the running; `excluded_reason` says why, `outdated` being a price that was not confirmed
    again after an addendum changed the line. `below_minimum`: the quantity reaches no price of the quote. `rank` 1 is the
    least `total_with_tooling` among quotes in the same currency. `alternates` inform; no figure is made of them.
    """

    state: Literal["priced", "not_quoted", "declined", "excluded"]
    excluded_reason: Literal["disqualified", "expired", "superseded", "outdated"] | None
    decline_reason: Text80 | None
    below_minimum: bool
    minimum_quantity: DecimalText | None
    unit_price: DecimalText | None
    total: DecimalText | None
    tooling: DecimalText | None
    tooling_per_piece: DecimalText | None
    total_with_tooling: DecimalText | None
    lead_time_days: Int64 | None
    deviations: Int64
    rank: Int64 | None
    import_difference_percent: DecimalText | None
    alternates: Annotated[list[QuoteAlternate], Meta(max_length=10)]

    @classmethod
    def of(cls, cell: model.Cell) -> Self:
        """On the wire."""
        return cls(
            state=cell.state,
            excluded_reason=cell.excluded_reason,
            decline_reason=cell.decline_reason,
            below_minimum=cell.below_minimum,
            minimum_quantity=optional_decimal_text(cell.minimum_quantity),
            unit_price=optional_decimal_text(cell.unit_price),
            total=optional_decimal_text(cell.total),
            tooling=optional_decimal_text(cell.tooling),
            tooling_per_piece=optional_decimal_text(cell.tooling_per_piece),
            total_with_tooling=optional_decimal_text(cell.total_with_tooling),
            lead_time_days=cell.lead_time_days,
            deviations=cell.deviations,
            rank=cell.rank,
            import_difference_percent=optional_decimal_text(cell.import_difference_percent),
            alternates=[QuoteAlternate.of(item) for item in cell.alternates],
        )


class BidRow(Out):
    """One line; `cells` in the order of the columns. `import_unit_price`: CIF x rate x (1 + duty), in rupiah."""

    line_no: LineNo
    part_number: Text80
    name_id: Text200
    name_en: Text200 | None
    unit: Text40
    quantity_requested: DecimalText
    quantity: DecimalText
    import_unit_price: DecimalText | None
    cells: Annotated[list[BidCell], Meta(max_length=500)]


class BidColumn(Out):
    """One quote and its sums over the lines it prices.

    Each supplier's newest opened quote counts: an earlier one is `superseded` and has no rank. `amended` says that a
    counter-offer was accepted, and the figures are what was agreed. `rank` knows prices alone, `score_rank` the weighted
    criteria too (`GET /v1/rfqs/{rfq_id}/ranking` says how); scores are null while they are kept from the reader.
    """

    quote_id: Id
    supplier_id: Id
    supplier_name: Text200
    state: Text40
    currency: Currency3
    valid_until: Day
    incoterm: Text40 | None
    delivery_place: Text200 | None
    payment_days: Int64 | None
    lead_time_days: Int64 | None
    round: Int64
    shortlisted: bool
    amended: bool
    minimum_order_value: DecimalText | None
    lines_priced: Int64
    is_complete: bool
    deviations: Int64
    total: DecimalText
    tooling: DecimalText
    total_with_tooling: DecimalText
    rank: Int64 | None
    technical_score: DecimalText | None
    price_score: DecimalText | None
    score: DecimalText | None
    score_rank: Int64 | None
    below_threshold: bool


class BidComparison(Out):
    """Opened quotes side by side. Amounts in each quote's own currency, without PPN."""

    rfq_id: Id
    quantity: DecimalText | None
    columns: Annotated[list[BidColumn], Meta(max_length=500)]
    rows: Annotated[list[BidRow], Meta(max_length=500)]

    @classmethod
    def of(cls, tab: model.Comparison, _: View) -> Self:
        """On the wire."""
        return cls(
            rfq_id=show("rfq", tab.rfq_id),
            quantity=optional_decimal_text(tab.quantity),
            columns=[
                BidColumn(
                    quote_id=show("quote", column.quote_id),
                    supplier_id=show("organisation", column.supplier_id),
                    supplier_name=column.supplier_name,
                    state=column.state,
                    currency=column.currency,
                    valid_until=column.valid_until,
                    incoterm=column.incoterm,
                    delivery_place=column.delivery_place,
                    payment_days=column.payment_days,
                    lead_time_days=column.lead_time_days,
                    round=column.round,
                    shortlisted=column.shortlisted,
                    amended=column.amended,
                    minimum_order_value=optional_decimal_text(column.minimum_order_value),
                    lines_priced=column.lines_priced,
                    is_complete=column.is_complete,
                    deviations=column.deviations,
                    total=decimal_text(column.total),
                    tooling=decimal_text(column.tooling),
                    total_with_tooling=decimal_text(column.total_with_tooling),
                    rank=column.rank,
                    technical_score=optional_decimal_text(column.technical_score),
                    price_score=optional_decimal_text(column.price_score),
                    score=optional_decimal_text(column.score),
                    score_rank=column.score_rank,
                    below_threshold=column.below_threshold,
                )
                for column in tab.columns
            ],
            rows=[
                BidRow(
                    line_no=row.line_no,
                    part_number=row.part_number,
                    name_id=row.name_id,
                    name_en=row.name_en,
                    unit=row.unit,
                    quantity_requested=decimal_text(row.quantity_requested),
                    quantity=decimal_text(row.quantity),
                    import_unit_price=optional_decimal_text(row.import_unit_price),
                    cells=[BidCell.of(cell) for cell in row.cells],
                )
                for row in tab.rows
            ],
        )


@get(
    "/v1/rfqs/{rfq_id:str}/comparison",
    tags=["Comparisons"],
    opt={"api": Api(scopes=("quotes:read",), errors=(409,), codes=("still_sealed",))},
)
async def compare_quotes(
    call: NamedDependency[Call],
    rfq_id: FromPath[str],
    quantity: Annotated[
        str | None,
        QueryParameter(
            pattern=r"^(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$",
            max_length=20,
            description="Compare every line at this quantity; absent: at the quantity that the line asks for.",
        ),
    ] = None,
) -> Response[BidComparison]:
    """Compare the opened quotes of an RFQ.

    For its buyer, after the opening. The price of each cell is the break that the quantity reaches; tooling stands
    apart; cells without a price say why.
    """
    asked = None if quantity is None else plain(Decimal(quantity))
    return await watched(
        call,
        call.read(queries.get(call.db, call.actor, read("rfq", rfq_id), quantity=asked), BidComparison.of),
    )


HANDLERS = [compare_quotes]
