"""Score sheets, and a ranking with everything that it was reckoned from."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domain.rfqs.model import CriterionKind, Rfq

MAX_SCORES = 2000
"""On one sheet."""
MAX_EVALUATORS = 20
"""In one round of one RFQ."""

Unranked = Literal[
    "no_criteria", "out_of_running", "below_threshold", "incomplete", "unscored", "prices_sealed", "hidden"
]


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What one evaluator gives one quote for one technical criterion: 0 to 100, one decimal at most."""

    quote_id: UUID
    criterion: str
    score: Decimal
    comment: str | None


class ScoreSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The scores of one evaluator in one round. Once submitted it never changes."""

    id: UUID
    rfq_id: UUID
    buyer_id: UUID
    round: int
    evaluator: str
    """As four eyes know him: the person, or the credential that names none."""
    evaluator_name: str
    state: str
    version: int
    submitted_at: datetime | None
    created_at: datetime
    updated_at: datetime
    scores: tuple[Score, ...]
    """By quote, then criterion."""


class SeenSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet with the RFQ that it judges."""

    sheet: ScoreSheet
    rfq: Rfq

    @property
    def id(self) -> UUID:
        """The sheet's id."""
        return self.sheet.id


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One evaluator's part in a mean."""

    evaluator_name: str
    score: Decimal


class CriterionScore(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion of one quote, 0 to 100 with 4 decimals, and what it came from; None where it cannot be told."""

    criterion: str
    kind: CriterionKind
    percent: Decimal
    threshold: Decimal | None
    score: Decimal | None
    given: tuple[Given, ...]
    """Of a technical criterion: `score` is their mean."""
    value: Decimal | None
    """Of the others: what the quote says."""
    best: Decimal | None
    """And the best value among the quotes that it competes with."""

    @property
    def fails(self) -> bool:
        """Whether it lies below its threshold."""
        return self.threshold is not None and self.score is not None and self.score < self.threshold


class RankedQuote(msgspec.Struct, frozen=True, kw_only=True):
    """One quote's place. `score` is the weighted sum of `criteria`, with 4 decimals."""

    quote_id: UUID
    supplier_id: UUID
    supplier_name: str
    state: str
    currency: str | None
    criteria: tuple[CriterionScore, ...]
    technical_score: Decimal | None
    """The weighted mean of the technical criteria alone."""
    price_score: Decimal | None
    score: Decimal | None
    rank: int | None
    """1 is the highest `score` among quotes in the same currency; equals share a rank."""
    price_rank: int | None
    """Its rank in the comparison, which knows no scores."""
    below_threshold: bool
    unranked_because: Unranked | None


class Ranking(msgspec.Struct, frozen=True, kw_only=True):
    """All quotes of the round, by rank, the unranked ones last."""

    rfq_id: UUID
    round: int
    envelopes: int
    scores_visible: bool
    """False until the reader has submitted a sheet or scores are closed: nobody scores after the others."""
    scores_closed_at: datetime | None
    evaluators: tuple[str, ...]
    """Whose submitted sheets count."""
    quotes: tuple[RankedQuote, ...]
