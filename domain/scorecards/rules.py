"""Scorecards from facts: figures, intervals, trends, marks and their replies. Pure: no clock, no database, no HTTP.

`compute` is fed with events of the scored organisation's own feed, by us from SQL and by anybody from `GET /v1/events`; both give
the same figures to the last digit.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from math import ceil
from typing import NamedTuple
from uuid import UUID

from domain import ids
from domain.quotes.model import WIB
from domain.scorecards import facts as told
from domain.scorecards import telling
from domain.scorecards.formulas import CATALOGUE, VERSION
from domain.scorecards.model import (
    DAYS,
    DECIDE_DAYS,
    MAX_EVENT_IDS,
    QUARTERS,
    REPLY_DAYS,
    ZERO,
    Fact,
    Figure,
    Formula,
    Quarter,
    Reply,
    Scorecard,
    ScoredSide,
    Standing,
    Trend,
    Window,
)

LEAST_OTHERS = 3
"""Counterparties besides the reader behind a figure that is shown to another than the scored organisation."""
Z = Decimal("1.959963984540054")
"""The 97.5 % point of the standard normal distribution, for intervals of 95 %."""
MILLION = Decimal(1_000_000)
PLACES = {"share": Decimal("0.0001"), "ppm": Decimal(1), "days": Decimal("0.01"), "hours": Decimal("0.01")}
TWO = Decimal("0.01")
DIGITS = 34


class Reader(NamedTuple):
    """For whom: the scored organisation itself (`own`), or another that learns sums, and ids of its own dealings only."""

    own: bool
    organisation: str | None


OWNER = Reader(own=True, organisation=None)


class Value(NamedTuple):
    """A figure's value and its 95 % interval, rounded; None where there is none."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None


NOTHING = Value(None, None, None)


def wilson(part: Decimal, whole: Decimal) -> tuple[Decimal, Decimal]:
    """The 95 % score interval of part / whole, unrounded, within 0 and 1; whole > 0.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209-212:
    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    """
    with localcontext(prec=DIGITS):
        share, square = part / whole, Z * Z
        centre = share + square / (2 * whole)
        spread = Z * (share * (1 - share) / whole + square / (4 * whole * whole)).sqrt()
        below = 1 + square / whole
        return max((centre - spread) / below, ZERO), min((centre + spread) / below, Decimal(1))


def median(values: Iterable[Decimal]) -> Decimal:
    """By nearest rank: the value at place ⌈n/2⌉ of the ordered ones, so that it is one of them; there is at least one."""
    ordered = sorted(values)
    return ordered[ceil(len(ordered) / 2) - 1]


def measured(formula: Formula, found: Sequence[Fact]) -> Value:
    """What the facts amount to; nothing under the formula's minimum."""
    if len(found) < max(formula.minimum, 1):
        return NOTHING
    if formula.kind == "median":
        return Value(_round(median(fact.value for fact in found if fact.value is not None), formula), None, None)
    part = sum((fact.part for fact in found), ZERO)
    whole = sum((fact.whole for fact in found), ZERO)
    if whole <= 0:
        return NOTHING
    with localcontext(prec=DIGITS):
        if formula.kind == "ratio":
            return Value(_round(part / whole, formula), None, None)
        scale = MILLION if formula.kind == "ppm" else Decimal(1)
        low, high = wilson(part, whole)
        return Value(*(_round(item * scale, formula) for item in (part / whole, low, high)))


def _round(value: Decimal, formula: Formula) -> Decimal:
    return value.quantize(PLACES.get(formula.unit, TWO), rounding=ROUND_HALF_EVEN)


def mark_id(organisation: str, fact: Fact) -> UUID:
    """The id of a mark: made of what it is about, so that everybody who knows that makes the same (a UUIDv8, RFC 9562)."""
    about = [organisation, fact.mark or "", fact.subject, str(fact.line_no or ""), fact.lot or ""]
    digest = hashlib.sha256("\n".join(about).encode()).digest()[:16]
    value = int.from_bytes(digest)
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x8 << 76 | 0x2 << 62)


def standing(fact: Fact, reply: Reply | None, as_of: datetime) -> Standing:
    """Whether the fact counts: what is no mark does at once, a mark after ten days, or once it is accepted or upheld.

    A contest that the other side leaves undecided ends after thirty days, and the mark counts.
    """
    if fact.mark is None:
        return "counted"
    if reply is None:
        return "pending" if as_of < fact.at + timedelta(days=REPLY_DAYS) else "counted"
    if reply.state == "withdrawn":
        return "withdrawn"
    if reply.state == "contested" and reply.contested_at is not None:
        return "contested" if as_of < reply.contested_at + timedelta(days=DECIDE_DAYS) else "counted"
    return "counted"


class Judged(NamedTuple):
    """A fact and how it stands."""

    fact: Fact
    standing: Standing


def judged(
    events: Iterable[telling.Event], organisation_id: UUID, side: ScoredSide, as_of: datetime
) -> tuple[list[Judged], Mapping[str, Reply]]:
    """Every fact of one side of the organisation with its standing; and the replies by mark id."""
    heard = telling.Told(events, as_of)
    organisation = ids.show("organisation", organisation_id)
    said = telling.replies(heard)

    def reply_to(fact: Fact) -> Reply | None:
        return None if fact.mark is None else said.get(ids.show("mark", mark_id(organisation, fact)))

    found = told.of_side(heard, organisation, side)
    return [Judged(fact, standing(fact, reply_to(fact), as_of)) for fact in found if fact.at <= as_of], said


def compute(
    events: Iterable[telling.Event],
    organisation_id: UUID,
    *,
    side: ScoredSide,
    window: Window,
    as_of: datetime,
    reader: Reader = OWNER,
    name: str = "",
) -> Scorecard:
    """The scorecard of the `window` that ends at `as_of`, as `reader` may see it.

    `events`: what the scored organisation was told, as `GET /v1/events` shows it; more than once and in any order, if need be.
    """
    span = timedelta(days=DAYS[window])
    known, _ = judged(events, organisation_id, side, as_of)
    return Scorecard(
        organisation_id=organisation_id,
        organisation_name=name,
        side=side,
        window=window,
        as_of=as_of,
        since=as_of - span,
        formulas_version=VERSION,
        figures=tuple(
            figure(formula, [item for item in known if item.fact.formula == formula.code], span, as_of, reader)
            for formula in CATALOGUE
            if formula.side == side
        ),
    )


def figure(formula: Formula, known: Sequence[Judged], span: timedelta, as_of: datetime, reader: Reader) -> Figure:
    """One figure from the facts of its formula."""

    def within(first: datetime, last: datetime) -> list[Fact]:
        return [item.fact for item in known if item.standing == "counted" and first < item.fact.at <= last]

    counted = within(as_of - span, as_of)
    now = measured(formula, counted)
    before = NOTHING
    quarters: tuple[Quarter, ...] = ()
    if reader.own:
        before = measured(formula, within(as_of - 2 * span, as_of - span))
        quarters = _quarters(formula, within, as_of)
    elif len({fact.counterparty for fact in counted} - {reader.organisation}) < LEAST_OTHERS:
        now = NOTHING
    seen = [item for item in known if reader.own or item.fact.counterparty == reader.organisation]
    recent = [item for item in seen if as_of - span < item.fact.at]
    behind = [item.fact for item in recent if item.standing == "counted"]
    names = list(
        dict.fromkeys(name for fact in sorted(behind, key=lambda f: f.at, reverse=True) for name in fact.events)
    )
    return Figure(
        formula=formula,
        status="insufficient_data" if now.value is None else "ok",
        value=now.value,
        low=now.low,
        high=now.high,
        n=len(counted) if reader.own or now.value is not None else None,
        pending=sum(item.standing == "pending" for item in recent),
        contested=sum(item.standing == "contested" for item in recent),
        previous=before.value,
        trend=trend(formula, now, before),
        quarters=quarters,
        event_count=len(names),
        events=tuple(names[:MAX_EVENT_IDS]),
    )


def trend(formula: Formula, now: Value, before: Value) -> Trend:
    """Against the window before: a share has changed when it lies outside the former interval, other figures when they differ."""
    if now.value is None or before.value is None:
        return "insufficient_data"
    if before.low is not None and before.high is not None:
        rises, falls = now.value > before.high, now.value < before.low
    else:
        rises, falls = now.value > before.value, now.value < before.value
    if not rises and not falls:
        return "steady"
    return "better" if rises == (formula.direction == "higher_is_better") else "worse"


def _quarters(
    formula: Formula, within: Callable[[datetime, datetime], list[Fact]], as_of: datetime
) -> tuple[Quarter, ...]:
    """The calendar quarter of `as_of` and those before it, oldest first."""
    today = as_of.astimezone(WIB)
    place = today.year * 4 + (today.month - 1) // 3
    found = []
    for number in range(place - QUARTERS + 1, place + 1):
        first, last = _quarter_start(number), _quarter_start(number + 1)
        tick = timedelta(microseconds=1)  # `within` leaves out its first instant and has its last
        value = measured(formula, within(first - tick, last - tick)).value
        found.append(Quarter(name=f"{number // 4}-Q{number % 4 + 1}", value=value))
    return tuple(found)


def _quarter_start(number: int) -> datetime:
    return datetime(number // 4, number % 4 * 3 + 1, 1, tzinfo=WIB)
