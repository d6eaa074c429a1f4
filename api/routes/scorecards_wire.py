"""What a scorecard looks like on the wire."""

from typing import Annotated, Literal, Self

from msgspec import Meta

from api.call import View
from api.wire import (
    DecimalText,
    Id,
    Int64,
    Out,
    Text40,
    Text80,
    Text200,
    Timestamp,
    optional_decimal_text,
    utc,
)
from domain.ids import show
from domain.scorecards import model

Kind = Literal["share", "ppm", "median", "ratio"]
Unit = Literal["share", "ppm", "days", "hours", "per_order"]
Direction = Literal["higher_is_better", "lower_is_better"]


class ScorecardFormula(Out):
    """What one figure means, from which events, and how many facts it takes at least."""

    code: Text80
    side: model.ScoredSide
    kind: Kind
    unit: Unit
    direction: Direction
    minimum: Annotated[Int64, Meta(description="Fewer facts give `insufficient_data`.")]
    label: Text200
    definition: Annotated[str, Meta(max_length=1000)]
    event_types: Annotated[list[Text80], Meta(max_length=40)]

    @classmethod
    def of(cls, formula: model.Formula, view: View) -> Self:
        """On the wire."""
        return cls(
            code=formula.code,
            side=formula.side,
            kind=formula.kind,
            unit=formula.unit,
            direction=formula.direction,
            minimum=formula.minimum,
            label=formula.id if view.language == "id" else formula.en,
            definition=formula.definition,
            event_types=list(formula.events),
        )


class ScorecardFormulaList(Out):
    """The catalogue, whole. `version` rises when a figure comes to mean something else."""

    version: Int64
    interval: Annotated[str, Meta(max_length=400, description="How intervals of shares are made.")]
    reply_days: Int64
    decide_days: Int64
    items: Annotated[list[ScorecardFormula], Meta(max_length=60)]


class ScorecardQuarter(Out):
    """A figure in one calendar quarter, Western Indonesian time; null where there is too little."""

    quarter: Annotated[str, Meta(max_length=10, examples=["2026-Q4"])]
    value: DecimalText | None


class ScorecardFigure(Out):
    """One figure. A share lies between 0 and 1; `low` and `high` are its 95 % interval (Wilson), null for other kinds.

    With `insufficient_data` there is no value: fewer facts than the formula's minimum, or, for others than the organisation
    itself, fewer than three counterparties besides the reader behind it (`n` is null then).
    """

    code: Text80
    label: Text200
    unit: Unit
    direction: Direction
    status: model.Status
    value: DecimalText | None
    low: DecimalText | None
    high: DecimalText | None
    n: Annotated[Int64 | None, Meta(description="Facts counted.")]
    minimum: Int64
    pending: Annotated[Int64, Meta(description="Marks of the last ten days, not counted yet.")]
    contested: Annotated[Int64, Meta(description="Marks that are contested and undecided, not counted.")]
    previous: Annotated[DecimalText | None, Meta(description="In the window before.")]
    trend: model.Trend
    quarters: Annotated[list[ScorecardQuarter], Meta(max_length=8)]
    event_count: Int64
    event_ids: Annotated[
        list[Id], Meta(max_length=model.MAX_EVENT_IDS, description="Events behind it, of the newest fact first.")
    ]

    @classmethod
    def of(cls, figure: model.Figure, view: View) -> Self:
        """On the wire."""
        formula = figure.formula
        return cls(
            code=formula.code,
            label=formula.id if view.language == "id" else formula.en,
            unit=formula.unit,
            direction=formula.direction,
            status=figure.status,
            value=optional_decimal_text(figure.value),
            low=optional_decimal_text(figure.low),
            high=optional_decimal_text(figure.high),
            n=figure.n,
            minimum=formula.minimum,
            pending=figure.pending,
            contested=figure.contested,
            previous=optional_decimal_text(figure.previous),
            trend=figure.trend,
            quarters=[
                ScorecardQuarter(quarter=item.name, value=optional_decimal_text(item.value)) for item in figure.quarters
            ],
            event_count=figure.event_count,
            event_ids=list(figure.events),
        )


class Scorecard(Out):
    """How one side of an organisation did in the window that ends at `as_of`.

    The organisation itself can make every figure again from its own feed. Others see sums of a year, and ids, `pending` and
    `contested` of their own dealings with it only.
    """

    organisation_id: Id
    organisation_name: Text200
    side: model.ScoredSide
    window: Text40
    as_of: Timestamp
    since: Annotated[Timestamp, Meta(description="Facts after this instant count.")]
    formulas_version: Int64
    figures: Annotated[list[ScorecardFigure], Meta(max_length=60)]

    @classmethod
    def of(cls, card: model.Scorecard, view: View) -> Self:
        """On the wire."""
        return cls(
            organisation_id=show("organisation", card.organisation_id),
            organisation_name=card.organisation_name,
            side=card.side,
            window=card.window,
            as_of=utc(card.as_of),
            since=utc(card.since),
            formulas_version=card.formulas_version,
            figures=[ScorecardFigure.of(figure, view) for figure in card.figures],
        )
