"""Wire shapes of solved award scenarios."""

from typing import Annotated, Literal, Self

from msgspec import Meta

from api.call import View, etag_of
from api.routes.rfqs_in import LineNo
from api.wire import (
    Currency3,
    DecimalText,
    ETag,
    Id,
    Int64,
    Out,
    Page,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    decimal_text,
    optional_decimal_text,
    utc,
)
from domain.awards.model import MAX_LINES
from domain.ids import show
from domain.scenarios import model
from domain.vocabularies import state_label

Pointer = Annotated[
    str,
    Meta(
        max_length=80, description="JSON Pointer into the request, or `/quotes/{quote_id}/…` for what a quote demands."
    ),
]
Status = Literal["optimal", "bounded", "infeasible", "unsolved"]
MAX_PARTS = 10_000
"""Of one split: a line has at most 20 parts on average, for which the solver finds no use by far."""


class ScenarioAllocation(Out):
    """Part of a line for one quote, priced as its award will be. Amounts in the quote's currency, without PPN."""

    line_no: LineNo
    quote_id: Id
    supplier_id: Id
    quantity: DecimalText
    unit_price: DecimalText
    tooling: DecimalText
    total: DecimalText


class ScenarioShareOfSupplier(Out):
    """What one supplier gets: `total` in its own currency, as its award will say, `value` in that of the scenario."""

    quote_id: Id
    supplier_id: Id
    supplier_name: Text200
    currency: Currency3
    total: DecimalText
    value: DecimalText
    percent: DecimalText
    line_count: Int64


class ScenarioProposalLine(Out):
    """A line as `propose_award` takes it."""

    line_no: LineNo
    quantity: DecimalText
    reason: Text80


class ScenarioProposal(Out):
    """A body for `propose_award`, to be sent as it is."""

    quote_id: Id
    lines: Annotated[list[ScenarioProposalLine], Meta(max_length=MAX_LINES)]


class ScenarioUnallocated(Out):
    """A line that the split leaves out, and why."""

    line_no: LineNo
    quantity: DecimalText
    unit: Text40
    reason: Literal["no_quote", "no_usable_quote", "conditions"]
    detail: Text2000


class ScenarioConflict(Out):
    """Conditions that cannot hold together, and the lines where they clash if single lines can be named.

    `is_minimal`: without any one of them, the others can hold. No pointer: these lines cannot be supplied in full whatever
    the conditions.
    """

    pointers: Annotated[list[Pointer], Meta(max_length=200)]
    line_nos: Annotated[list[LineNo], Meta(max_length=MAX_LINES)]
    is_minimal: bool
    detail: Text2000


class ScenarioComparison(Out):
    """How far the split lies above the best one without a condition; without any condition where `without` is null."""

    without: Pointer | None
    condition: Text2000
    status: Status
    total: DecimalText | None
    difference: DecimalText | None
    difference_percent: DecimalText | None


class ScenarioExcluded(Out):
    """A quote (`line_no` null) or its price of one line that does not compete, and why."""

    quote_id: Id
    supplier_name: Text200
    line_no: LineNo | None
    reason: Literal[
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


class ScenarioCondition(Out):
    """One condition of the request, in words."""

    pointer: Pointer
    condition: Text2000


class ScenarioRateUsed(Out):
    """What one unit of a currency was reckoned at."""

    currency: Currency3
    rate: DecimalText


class ScenarioLotUsed(Out):
    """In what lot a line was split."""

    line_no: LineNo
    quantity: DecimalText


class ScenarioWindow(Out):
    """How many months of capacity a line was reckoned with."""

    line_no: LineNo
    months: DecimalText


class ScenarioAssumptions(Out):
    """What the answer rests on."""

    conditions: Annotated[list[ScenarioCondition], Meta(max_length=200)]
    rates: Annotated[list[ScenarioRateUsed], Meta(max_length=20)]
    lots: Annotated[list[ScenarioLotUsed], Meta(max_length=MAX_LINES)]
    capacity_months: Annotated[list[ScenarioWindow], Meta(max_length=MAX_LINES)]
    allow_unallocated: bool
    time_limit_seconds: Int64


class AwardScenario(Out):
    """The cheapest split that was found, and what is proven of it.

    `optimal`: no split costs less, up to 0.00005 %. `bounded`: none costs less than `bound`; the time was over.
    `infeasible`: `conflicts` say which conditions clash. `unsolved`: the time was over before there was a split.
    Amounts are in `currency` where no other is said.
    """

    id: Id
    rfq_id: Id
    buyer_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    etag: ETag
    status: Status
    currency: Currency3
    total: DecimalText | None
    bound: DecimalText | None
    gap_percent: DecimalText | None
    is_tie_settled: Annotated[
        bool,
        Meta(description="Among splits of equal cost: proven to have the fewest suppliers, then the oldest quotes."),
    ]
    seconds: DecimalText
    allocations: Annotated[list[ScenarioAllocation], Meta(max_length=MAX_PARTS)]
    suppliers: Annotated[list[ScenarioShareOfSupplier], Meta(max_length=500)]
    proposals: Annotated[list[ScenarioProposal], Meta(max_length=500)]
    unallocated: Annotated[list[ScenarioUnallocated], Meta(max_length=MAX_LINES)]
    conflicts: Annotated[list[ScenarioConflict], Meta(max_length=20)]
    comparisons: Annotated[list[ScenarioComparison], Meta(max_length=200)]
    excluded: Annotated[list[ScenarioExcluded], Meta(max_length=250_000)]
    assumptions: ScenarioAssumptions
    digest: Annotated[str, Meta(max_length=64, description="sha256 of what is on record.")]
    solved_by: Text200
    created_at: Timestamp

    @classmethod
    def of(cls, seen: model.Seen, view: View) -> Self:
        """For its buyer."""
        run, answer, wish = seen.scenario, seen.content.answer, seen.content.wish
        return cls(
            id=show("award_scenario", run.id),
            rfq_id=show("rfq", run.rfq_id),
            buyer_id=show("organisation", run.buyer_id),
            state=run.state,
            state_label=state_label("award_scenario", run.state, view.language),
            allowed_actions=[],
            etag=etag_of(run.version),
            status=answer.status,
            currency=answer.currency,
            total=optional_decimal_text(answer.total),
            bound=optional_decimal_text(answer.bound),
            gap_percent=optional_decimal_text(answer.gap_percent),
            is_tie_settled=answer.ties_settled,
            seconds=decimal_text(answer.seconds),
            allocations=[
                ScenarioAllocation(
                    line_no=part.line_no,
                    quote_id=show("quote", part.quote_id),
                    supplier_id=show("organisation", part.supplier_id),
                    quantity=decimal_text(part.quantity),
                    unit_price=decimal_text(part.unit_price),
                    tooling=decimal_text(part.tooling),
                    total=decimal_text(part.total),
                )
                for part in answer.allocations
            ],
            suppliers=[
                ScenarioShareOfSupplier(
                    quote_id=show("quote", share.quote_id),
                    supplier_id=show("organisation", share.supplier_id),
                    supplier_name=share.supplier_name,
                    currency=share.currency,
                    total=decimal_text(share.total),
                    value=decimal_text(share.value),
                    percent=decimal_text(share.percent),
                    line_count=share.lines,
                )
                for share in answer.shares
            ],
            proposals=[
                ScenarioProposal(
                    quote_id=show("quote", share.quote_id),
                    lines=[
                        ScenarioProposalLine(
                            line_no=part.line_no, quantity=decimal_text(part.quantity), reason=part.reason
                        )
                        for part in answer.allocations
                        if part.quote_id == share.quote_id
                    ],
                )
                for share in answer.shares
            ],
            unallocated=[
                ScenarioUnallocated(
                    line_no=line.line_no,
                    quantity=decimal_text(line.quantity),
                    unit=line.unit,
                    reason=line.reason,
                    detail=line.detail,
                )
                for line in answer.left_out
            ],
            conflicts=[
                ScenarioConflict(
                    pointers=list(one.pointers),
                    line_nos=list(one.line_nos),
                    is_minimal=one.minimal,
                    detail=one.detail,
                )
                for one in answer.conflicts
            ],
            comparisons=[
                ScenarioComparison(
                    without=one.without,
                    condition=one.words,
                    status=one.status,
                    total=optional_decimal_text(one.total),
                    difference=optional_decimal_text(one.difference),
                    difference_percent=optional_decimal_text(one.difference_percent),
                )
                for one in answer.comparisons
            ],
            excluded=[
                ScenarioExcluded(
                    quote_id=show("quote", one.quote_id),
                    supplier_name=one.supplier_name,
                    line_no=one.line_no,
                    reason=one.reason,
                )
                for one in answer.out
            ],
            assumptions=_assumptions(wish, answer),
            digest=run.digest,
            solved_by=run.solved_by,
            created_at=utc(run.created_at),
        )


def _assumptions(wish: model.Wish, answer: model.Answer) -> ScenarioAssumptions:
    return ScenarioAssumptions(
        conditions=[ScenarioCondition(pointer=one.pointer, condition=one.words) for one in wish.conditions],
        rates=[ScenarioRateUsed(currency=code, rate=decimal_text(rate)) for code, rate in sorted(wish.rates.items())],
        lots=[ScenarioLotUsed(line_no=no, quantity=decimal_text(lot)) for no, lot in sorted(wish.lots)],
        capacity_months=[ScenarioWindow(line_no=no, months=decimal_text(months)) for no, months in answer.windows],
        allow_unallocated=wish.allow_unallocated,
        time_limit_seconds=wish.seconds,
    )


class AwardScenarioCard(Out):
    """A scenario in a list; its split is in `GET /v1/award-scenarios/{scenario_id}`."""

    id: Id
    rfq_id: Id
    state: Text40
    state_label: Text80
    etag: ETag
    status: Status
    currency: Currency3
    total: DecimalText | None
    solved_by: Text200
    created_at: Timestamp

    @classmethod
    def of(cls, run: model.Scenario, view: View) -> Self:
        """For its buyer."""
        return cls(
            id=show("award_scenario", run.id),
            rfq_id=show("rfq", run.rfq_id),
            state=run.state,
            state_label=state_label("award_scenario", run.state, view.language),
            etag=etag_of(run.version),
            status=run.outcome,
            currency=run.currency,
            total=optional_decimal_text(run.total),
            solved_by=run.solved_by,
            created_at=utc(run.created_at),
        )


class AwardScenarioPage(Page[AwardScenarioCard]):
    """Scenarios of one RFQ, newest first."""
