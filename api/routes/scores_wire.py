"""What is written and shown of scores and of the ranking that they give."""

from decimal import Decimal
from typing import Annotated, Self

from msgspec import Meta

from api.call import View, etag_of
from api.wire import (
    Blocked,
    DecimalText,
    ETag,
    Id,
    In,
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
from domain.ids import read, show
from domain.quantity import plain
from domain.rfqs.model import CriterionKind
from domain.scores import model, rules
from domain.vocabularies import state_label

Scored = Annotated[DecimalText, Meta(description="0 to 100, one decimal at most.", examples=["82.5"])]


class ScoreIn(In):
    """What one quote gets for one technical criterion, by its name in the RFQ's `evaluation`."""

    quote_id: Id
    criterion: Text80
    score: Scored
    comment: Text2000 | None = None


class ScoresPut(In):
    """All scores of the caller's sheet, in place of what it said before."""

    scores: Annotated[list[ScoreIn], Meta(min_length=1, max_length=model.MAX_SCORES)]

    def model(self) -> list[model.Score]:
        """As the domain takes it. Raises NotFound for an id that is no quote's."""
        return [
            model.Score(
                quote_id=read("quote", one.quote_id),
                criterion=one.criterion,
                score=plain(Decimal(one.score)),
                comment=one.comment,
            )
            for one in self.scores
        ]


class Score(Out):
    """What one quote gets for one technical criterion."""

    quote_id: Id
    criterion: Text80
    score: Scored
    comment: Text2000 | None


class ScoreSheet(Out):
    """The scores of one evaluator in one round; final once `submitted`.

    `prices_known_at_scoring`: the RFQ has one envelope, so that whoever scored could have read the prices before.
    """

    id: Id
    rfq_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=10)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=10)]
    etag: ETag
    round: Int64
    evaluator_name: Text200
    is_own: bool
    prices_known_at_scoring: bool
    scores: Annotated[list[Score], Meta(max_length=model.MAX_SCORES)]
    submitted_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, seen: model.SeenSheet, view: View) -> Self:
        """As its evaluator sees it, or the others once they may."""
        sheet = seen.sheet
        allowed, blocked = rules.available(sheet, seen.rfq, view.actor, now=view.now)
        return cls(
            id=show("score_sheet", sheet.id),
            rfq_id=show("rfq", sheet.rfq_id),
            state=sheet.state,
            state_label=state_label("score_sheet", sheet.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(sheet.version),
            round=sheet.round,
            evaluator_name=sheet.evaluator_name,
            is_own=sheet.evaluator == view.actor.identity,
            prices_known_at_scoring=seen.rfq.envelopes == 1,
            scores=[
                Score(
                    quote_id=show("quote", one.quote_id),
                    criterion=one.criterion,
                    score=decimal_text(one.score),
                    comment=one.comment,
                )
                for one in sheet.scores
            ],
            submitted_at=None if sheet.submitted_at is None else utc(sheet.submitted_at),
            created_at=utc(sheet.created_at),
            updated_at=utc(sheet.updated_at),
        )


class ScoreSheetPage(Page[ScoreSheet]):
    """Score sheets, oldest first."""


class GivenScore(Out):
    """One evaluator's part in a mean."""

    evaluator_name: Text200
    score: Scored


class CriterionScore(Out):
    """One criterion of one quote. Null where it cannot be told, or not yet.

    `technical`: `score` is the mean of `given`, 4 decimals, half to even. Otherwise it follows from `value` and `best`:
    `price` and `lead_time` best / value x 100, `payment_days` value / best x 100, `local_content` the value itself.
    """

    criterion: Text80
    kind: CriterionKind
    percent: DecimalText
    threshold: DecimalText | None
    score: DecimalText | None
    given: Annotated[list[GivenScore], Meta(max_length=model.MAX_EVALUATORS)]
    value: DecimalText | None
    best: DecimalText | None

    @classmethod
    def of(cls, one: model.CriterionScore) -> Self:
        """On the wire."""
        return cls(
            criterion=one.criterion,
            kind=one.kind,
            percent=decimal_text(one.percent),
            threshold=optional_decimal_text(one.threshold),
            score=optional_decimal_text(one.score),
            given=[
                GivenScore(evaluator_name=given.evaluator_name, score=decimal_text(given.score)) for given in one.given
            ],
            value=optional_decimal_text(one.value),
            best=optional_decimal_text(one.best),
        )


class RankedQuote(Out):
    """One quote's place. `score` is the sum of score x percent / 100 over `criteria`, 4 decimals, half to even.

    `technical_score` is the same over the technical criteria alone, by their percentages. `score_rank` 1 is the highest
    score in the same currency; `price_rank` is the rank of the comparison, without scores.
    """

    quote_id: Id
    supplier_id: Id
    supplier_name: Text200
    state: Text40
    currency: Text40 | None
    technical_score: DecimalText | None
    price_score: DecimalText | None
    score: DecimalText | None
    score_rank: Int64 | None
    price_rank: Int64 | None
    below_threshold: bool
    unranked_because: model.Unranked | None
    criteria: Annotated[list[CriterionScore], Meta(max_length=20)]

    @classmethod
    def of(cls, one: model.RankedQuote) -> Self:
        """On the wire."""
        return cls(
            quote_id=show("quote", one.quote_id),
            supplier_id=show("organisation", one.supplier_id),
            supplier_name=one.supplier_name,
            state=one.state,
            currency=one.currency,
            technical_score=optional_decimal_text(one.technical_score),
            price_score=optional_decimal_text(one.price_score),
            score=optional_decimal_text(one.score),
            score_rank=one.rank,
            price_rank=one.price_rank,
            below_threshold=one.below_threshold,
            unranked_because=one.unranked_because,
            criteria=[CriterionScore.of(criterion) for criterion in one.criteria],
        )


class Ranking(Out):
    """Quotes by score, with everything that the scores come from.

    `scores_visible` is false until the caller has submitted a sheet or scores are closed: technical scores and what
    follows from them are null till then.
    """

    rfq_id: Id
    round: Int64
    envelopes: Int64
    prices_known_at_scoring: bool
    scores_visible: bool
    scores_closed_at: Timestamp | None
    evaluators: Annotated[list[Text200], Meta(max_length=model.MAX_EVALUATORS)]
    quotes: Annotated[list[RankedQuote], Meta(max_length=500)]

    @classmethod
    def of(cls, ranking: model.Ranking, _: View) -> Self:
        """On the wire."""
        return cls(
            rfq_id=show("rfq", ranking.rfq_id),
            round=ranking.round,
            envelopes=ranking.envelopes,
            prices_known_at_scoring=ranking.envelopes == 1,
            scores_visible=ranking.scores_visible,
            scores_closed_at=None if ranking.scores_closed_at is None else utc(ranking.scores_closed_at),
            evaluators=list(ranking.evaluators),
            quotes=[RankedQuote.of(one) for one in ranking.quotes],
        )
