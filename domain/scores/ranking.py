"""From scores and prices to a ranking, by Decimal alone. Pure: every figure can be made again from what is shown.

A technical criterion is the mean of its scores. The others follow from the quote, and the best of those that compete
gets 100 (the proportional method of quality- and cost-based selection, World Bank Procurement Regulations, annex X;
so do LKPP's rules for merit evaluation):

* `price`: lowest / this x 100, of the comparison's total with tooling, among complete quotes in the same currency;
* `lead_time`: shortest / this x 100, of the longest lead time of its lines in days; no answer 0, same day counts as 1;
* `payment_days`: this / longest x 100; a quote without payment days accepts those of the RFQ, else cash (0);
* `local_content`: the per cent itself (TKDN), of several lines weighted by their value, a line without any 0.

Each criterion is rounded to 4 decimals, half to even; the score is the sum of score x weight / 100, rounded so once.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from uuid import UUID

from msgspec.structs import replace

from domain.comparison.cells import OUT_OF_IT
from domain.comparison.model import Bid, Column, Comparison
from domain.quotes.model import Quote
from domain.rfqs.model import CriterionKind, Rfq, Weight
from domain.scores.model import CriterionScore, Given, RankedQuote, Ranking, ScoreSheet, Unranked
from domain.scores.rules import FOUR, below_threshold, given, mean

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


def rank(
    rfq: Rfq,
    quotes: Sequence[tuple[Quote, str]],
    tab: Comparison,
    bids: Sequence[Bid],
    sheets: Sequence[ScoreSheet],
    *,
    visible: bool,
) -> Ranking:
    """The ranking of `quotes` (each with its supplier's name); `tab` and `bids` are of those whose price is known.

    `visible`: whether the reader may know what others scored; without, technical scores and all that follows from them
    are left out, and so are thresholds.
    """
    counted = sheets if visible else ()
    failing = below_threshold(rfq, [quote.id for quote, _ in quotes], counted)
    columns = {column.quote_id: column for column in tab.columns}
    local: dict[UUID, Decimal] = {}
    if any(weight.scored_by == "local_content" for weight in rfq.terms.evaluation):
        local = {bid.quote_id: _local_content(bid, tab, place) for place, bid in enumerate(bids)}
    competing = [
        column
        for column in tab.columns
        if column.is_complete and column.state not in OUT_OF_IT and column.quote_id not in failing
    ]
    scores = given(counted)
    ranked = []
    for quote, name in quotes:
        column = columns.get(quote.id)
        rivals = competing if column in competing else []
        criteria = tuple(
            _technical(weight, quote.id, scores)
            if weight.scored_by == "technical"
            else _by_formula(weight, weight.scored_by, rfq, column, rivals, local)
            for weight in rfq.terms.evaluation
        )
        ranked.append(_placed(rfq, quote, name, column, criteria, visible=visible))
    placed = _with_ranks(ranked)
    return Ranking(
        rfq_id=rfq.id,
        round=rfq.round,
        envelopes=rfq.envelopes,
        scores_visible=visible,
        scores_closed_at=rfq.scores_closed_at,
        evaluators=tuple(sheet.evaluator_name for sheet in counted if sheet.state == "submitted"),
        quotes=tuple(sorted(placed, key=lambda one: (one.rank is None, one.rank or 0, one.quote_id))),
    )


def with_scores(tab: Comparison, ranking: Ranking) -> Comparison:
    """The comparison with the scores of each column."""
    known = {one.quote_id: one for one in ranking.quotes}
    return replace(
        tab,
        columns=tuple(
            replace(
                column,
                technical_score=one.technical_score,
                price_score=one.price_score,
                score=one.score,
                score_rank=one.rank,
                below_threshold=one.below_threshold,
            )
            for column in tab.columns
            for one in [known[column.quote_id]]
        ),
    )


def _technical(
    weight: Weight, quote_id: UUID, scores: Mapping[tuple[UUID, str], list[tuple[str, Decimal]]]
) -> CriterionScore:
    found = scores.get((quote_id, weight.criterion), [])
    return CriterionScore(
        criterion=weight.criterion,
        kind="technical",
        percent=weight.percent,
        threshold=weight.threshold,
        score=mean([score for _, score in found]) if found else None,
        given=tuple(Given(evaluator_name=name, score=score) for name, score in found),
        value=None,
        best=None,
    )


def _by_formula(
    weight: Weight,
    kind: CriterionKind,
    rfq: Rfq,
    column: Column | None,
    rivals: Sequence[Column],
    local: Mapping[UUID, Decimal],
) -> CriterionScore:
    value = None if column is None else _value(kind, rfq, column, local)
    compared = (
        rivals if column is None or kind != "price" else [one for one in rivals if one.currency == column.currency]
    )
    values = [said for one in compared if (said := _value(kind, rfq, one, local)) is not None]
    best = None
    if values:
        best = max(values) if kind in {"payment_days", "local_content"} else min(values)
    return CriterionScore(
        criterion=weight.criterion,
        kind=kind,
        percent=weight.percent,
        threshold=None,
        score=_formula(kind, value, best).quantize(FOUR, ROUND_HALF_EVEN) if rivals else None,
        given=(),
        value=value,
        best=best,
    )


def _value(kind: CriterionKind, rfq: Rfq, column: Column, local: Mapping[UUID, Decimal]) -> Decimal | None:
    if kind == "price":
        return column.total_with_tooling
    if kind == "lead_time":
        return None if column.lead_time_days is None else max(ONE, Decimal(column.lead_time_days))
    if kind == "payment_days":
        days = rfq.terms.payment_days if column.payment_days is None else column.payment_days
        return Decimal(days or 0)
    return local[column.quote_id]


def _formula(kind: CriterionKind, value: Decimal | None, best: Decimal | None) -> Decimal:
    if value is None or best is None:
        return ZERO
    if kind == "local_content":
        return value
    part, whole = (value, best) if kind == "payment_days" else (best, value)
    return HUNDRED if whole == 0 else part * HUNDRED / whole


def _local_content(bid: Bid, tab: Comparison, place: int) -> Decimal:
    """Per cent of domestic content, the lines weighted by their value (cf. Permenperin 16/2011 on combined TKDN)."""
    stated = {
        line.line_no: line.local_content.percent
        for line in bid.content.lines
        if line.local_content is not None and line.local_content.percent is not None
    }
    totals = [(row.line_no, row.cells[place].total or ZERO) for row in tab.rows]
    whole = sum((total for _, total in totals), ZERO)
    if whole == 0:
        return ZERO
    domestic = sum((total * stated.get(line_no, ZERO) for line_no, total in totals), ZERO)
    return (domestic / whole).quantize(FOUR, ROUND_HALF_EVEN)


def _placed(
    rfq: Rfq, quote: Quote, name: str, column: Column | None, criteria: tuple[CriterionScore, ...], *, visible: bool
) -> RankedQuote:
    technical = [one for one in criteria if one.kind == "technical"]
    fails = any(one.fails for one in technical)
    reason = _reason(rfq, quote, column, criteria, fails=fails, visible=visible)
    return RankedQuote(
        quote_id=quote.id,
        supplier_id=quote.supplier_id,
        supplier_name=name,
        state=quote.state,
        currency=None if column is None else column.currency,
        criteria=criteria,
        technical_score=weighted(technical, sum((one.percent for one in technical), ZERO)),
        price_score=next((one.score for one in criteria if one.kind == "price"), None),
        score=weighted(criteria, HUNDRED) if reason is None else None,
        rank=None,
        price_rank=None if column is None else column.rank,
        below_threshold=fails,
        unranked_because=reason,
    )


def weighted(criteria: Sequence[CriterionScore], whole: Decimal) -> Decimal | None:
    """Sum of score x percent / `whole`, 4 decimals half to even; None when there is none, or one has no score."""
    total = ZERO
    for one in criteria:
        if one.score is None:
            return None
        total += one.score * one.percent
    return (total / whole).quantize(FOUR, ROUND_HALF_EVEN) if criteria else None


def _reason(
    rfq: Rfq,
    quote: Quote,
    column: Column | None,
    criteria: Sequence[CriterionScore],
    *,
    fails: bool,
    visible: bool,
) -> Unranked | None:
    technical = [one for one in criteria if one.kind == "technical"]
    checks: tuple[tuple[bool, Unranked], ...] = (
        (not criteria, "no_criteria"),
        (quote.state in OUT_OF_IT, "out_of_running"),
        (bool(technical) and not visible, "hidden"),
        (fails, "below_threshold"),
        (any(one.score is None for one in technical), "unscored"),
        (column is None and rfq.opened_at is None, "prices_sealed"),
        (column is None, "out_of_running"),
        (column is not None and not column.is_complete, "incomplete"),
    )
    return next((reason for holds, reason in checks if holds), None)


def _with_ranks(quotes: Sequence[RankedQuote]) -> list[RankedQuote]:
    return [
        replace(
            one,
            rank=1
            + sum(
                1
                for other in quotes
                if other.currency == one.currency and other.score is not None and other.score > one.score
            ),
        )
        if one.score is not None
        else one
        for one in quotes
    ]
