"""The sample that a lot gets when it arrives, what was found in it, and the verdict that follows. Pure."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domain.sampling.model import Level, Severity

MAX_RESULTS = 200
"""Of one lot in one recording."""
MAX_VALUES = 50
"""Measured pieces of one result."""
MAX_RESULTS_IN_ALL = 2000
"""Of one inspection: each recording rewrites them, and each answer shows them."""
MAX_VALUES_IN_ALL = 20_000
MAX_TOLD = 10
"""Characteristics that an event names of one lot."""

Verdict = Literal["passed", "failed"]
ClassName = Literal["critical", "major", "minor"]


class ClassPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Up to `accept` nonconforming in a sample of `sample_size` the class passes, from `reject` on it fails."""

    name: ClassName
    aql: str | None
    """None for critical characteristics, of which none may be nonconforming."""
    code_letter: str
    sample_size: int
    accept: int
    reject: int
    accept_tighter: int | None
    """What the next lower AQL would admit in the same sample; on normal inspection only, None where it has no plan."""


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """The sample of one lot, as the inspection plan stood when it arrived. It never changes."""

    line_no: int
    lot: str
    plan_id: UUID
    state: str
    """Of the inspection plan, on arrival."""
    severity: Severity
    level: Level
    classes: tuple[ClassPlan, ...]
    critical_numbers: tuple[int, ...]
    minor_numbers: tuple[int, ...]
    skipped: bool
    """Accepted without inspection: shipped to stock."""

    def class_of(self, no: int) -> ClassPlan:
        """The class that a characteristic belongs to: major, unless it is named elsewhere."""
        name = "critical" if no in self.critical_numbers else "minor" if no in self.minor_numbers else "major"
        return next(item for item in self.classes if item.name == name)


class ResultDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one characteristic in a sample. None where it follows from the values."""

    no: int
    values: tuple[Decimal, ...]
    sample_size: int | None
    nonconforming: int | None
    note: str | None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one characteristic in a sample; `outside` of the values lie beyond the limits, by calculation."""

    no: int
    values: tuple[Decimal, ...]
    sample_size: int
    nonconforming: int
    outside: int
    note: str | None


class Concession(msgspec.Struct, frozen=True, kw_only=True):
    """Why a lot that failed is accepted all the same, and where that is on paper."""

    reason: str
    reference: str | None


class LotResult(msgspec.Struct, frozen=True, kw_only=True):
    """What the inspection of a whole lot came to."""

    accepted: bool
    """As the switching rules count: its sample passed, or without one nothing was rejected."""
    good: bool
    """Accepted, and nothing of it rejected."""
    major_nonconforming: int


def tally(results: Iterable[Result]) -> dict[int, tuple[int, int]]:
    """Characteristic -> (units examined, of these nonconforming), over all recordings of one lot."""
    found: dict[int, tuple[int, int]] = {}
    for result in results:
        examined, bad = found.get(result.no, (0, 0))
        found[result.no] = examined + result.sample_size, bad + result.nonconforming
    return found


def verdict(sampling: Sampling, results: Iterable[Result], known: Collection[int]) -> Verdict | None:
    """The verdict on the sample of a lot; None while it is not whole. `known`: characteristics that the line names.

    Nonconformities of a class are added up over its characteristics. It fails as soon as one class does; it passes once
    the sample of every characteristic is examined.
    """
    found = tally(results)
    bad = dict.fromkeys((item.name for item in sampling.classes), 0)
    for no, (_, nonconforming) in found.items():
        bad[sampling.class_of(no).name] += nonconforming
    if any(bad[item.name] >= item.reject for item in sampling.classes):
        return "failed"
    asked = set(known) or set(found)
    whole = bool(asked) and all(found.get(no, (0, 0))[0] >= sampling.class_of(no).sample_size for no in asked)
    return "passed" if whole else None


def worst(results: Iterable[Result]) -> int:
    """The least number of units that are nonconforming: as many as fail at one characteristic."""
    return max((bad for _, bad in tally(results).values()), default=0)


def lot_result(
    sampling: Sampling | None, results: Iterable[Result], seen: Verdict | None, rejected: Decimal
) -> LotResult:
    """What a lot came to that is accepted and rejected to the last unit."""
    found = tally(results)
    accepted = seen == "passed" or (seen is None and rejected == 0)
    major = sum(bad for no, (_, bad) in found.items() if sampling is not None and sampling.class_of(no).name == "major")
    return LotResult(accepted=accepted, good=accepted and rejected == 0, major_nonconforming=major)
