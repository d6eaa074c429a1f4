"""What a scorecard is made of: facts told by events, figures made of facts, marks that count against somebody."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

ZERO = Decimal(0)
REPLY_DAYS = 10
"""Days from a fact within which the scored organisation may reply; until then the mark does not count."""
DECIDE_DAYS = 30
"""Days from a contest within which the other side may decide; from then on the mark counts."""
MAX_EVENT_IDS = 1000
"""Event ids of one figure; `event_count` tells how many there are."""
LOOKBACK_DAYS = 1096
"""Three years: older events are not read."""
QUARTERS = 4

ScoredSide = Literal["supplier", "buyer"]
Window = Literal["90d", "180d", "365d"]
DAYS: dict[str, int] = {"90d": 90, "180d": 180, "365d": 365}
Status = Literal["ok", "insufficient_data"]
Trend = Literal["better", "worse", "steady", "insufficient_data"]
MarkKind = Literal["late", "rejected", "unanswered", "late_paid"]
Standing = Literal["counted", "pending", "contested", "withdrawn"]
"""`counted`: in the figure. `pending`: may still be replied to. `contested`: replied to, and undecided. `withdrawn`: it was
taken back by the other side."""


class Formula(msgspec.Struct, frozen=True, kw_only=True):
    """One formula of the catalogue."""

    code: str
    side: ScoredSide
    kind: Literal["share", "ppm", "median", "ratio"]
    unit: Literal["share", "ppm", "days", "hours", "per_order"]
    direction: Literal["higher_is_better", "lower_is_better"]
    minimum: int
    """Fewer facts than this give no figure."""
    id: str
    en: str
    definition: str
    events: tuple[str, ...]
    """The types of events that it is made of."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened, as events tell it. Ids are as the feed shows them.

    `part` / `whole` is what it adds to a share, a ratio or parts per million; `value` is a time in the formula's unit.
    """

    formula: str
    subject: str
    order_id: str | None = None
    line_no: int | None = None
    lot: str | None = None
    at: datetime
    counterparty: str
    part: Decimal = ZERO
    whole: Decimal = ZERO
    value: Decimal | None = None
    quantity: Decimal | None = None
    """What was missing by the day, or stands rejected, in the line's unit; for marks."""
    mark: MarkKind | None = None
    """What it is called where it counts against the scored organisation, which may reply to it."""
    events: tuple[str, ...]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What was said of a mark, as events tell it: the newest state, and since when where it is contested."""

    state: str
    contested_at: datetime | None


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure. `value`, `low` and `high` are None where there is too little to tell, the latter two also for times and ratios.

    `n` is None where the reader may not even know how little there is.
    """

    formula: Formula
    status: Status
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    n: int | None
    pending: int
    contested: int
    previous: Decimal | None
    trend: Trend
    quarters: tuple["Quarter", ...]
    event_count: int
    events: tuple[str, ...]


class Quarter(msgspec.Struct, frozen=True, kw_only=True):
    """The figure of one calendar quarter (Western Indonesian time): `name` is 2026-Q4."""

    name: str
    value: Decimal | None


class Scorecard(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of one side of one organisation, of the `window` that ends at `as_of`."""

    organisation_id: UUID
    organisation_name: str
    """Empty where it is made from a feed, which does not say."""
    side: ScoredSide
    window: Window
    as_of: datetime
    since: datetime
    formulas_version: int
    figures: tuple[Figure, ...]


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that speaks against an organisation, how it stands, and what was said of it."""

    id: UUID
    organisation_id: UUID
    side: ScoredSide
    fact: Fact
    standing: Standing
    reply_until: datetime
    said: "MarkReply | None"


class MarkReply(msgspec.Struct, frozen=True, kw_only=True):
    """The aggregate: the scored organisation's reply to one mark, and the other side's decision on it."""

    id: UUID
    """The mark's, made of what it is about."""
    organisation_id: UUID
    counterparty_id: UUID
    side: ScoredSide
    kind: MarkKind
    subject: str
    line_no: int | None
    lot: str | None
    fact_at: datetime
    state: str
    version: int
    text: str | None
    replied_by: str
    answer: str | None
    decided_by: str | None
    decided_at: datetime | None
    created_at: datetime
    updated_at: datetime
