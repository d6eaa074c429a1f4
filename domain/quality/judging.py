"""What a recording means for its lots: values against limits, samples against plans, concessions. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from domain.errors import ConcessionRequired, Fault, Invalid, LimitReached
from domain.first_articles.rules import is_within
from domain.quality.model import Finding, FindingDraft, Inspection, Lot
from domain.quality.sampling import (
    MAX_RESULTS_IN_ALL,
    MAX_VALUES_IN_ALL,
    Result,
    ResultDraft,
    Sampling,
    tally,
    verdict,
    worst,
)
from domain.quantity import plain
from domain.rfqs.model import Characteristic

Asked = Mapping[int, Mapping[int, Characteristic]]
"""Line number -> number -> what the line asks for; empty for a line that is known by its drawing alone."""


def findings(inspection: Inspection, lines: tuple[FindingDraft, ...], asked: Asked) -> tuple[Finding, ...]:
    """The recording with its results computed; `decide_record` has found that its lots arrived.

    Raises Invalid where a result does not fit, LimitReached beyond the bounds of an inspection.
    """
    lots = {(lot.line_no, lot.lot): lot for lot in inspection.lots}
    faults: list[Fault] = []
    made: list[Finding] = []
    for place, draft in enumerate(lines):
        known = asked.get(draft.line_no, {})
        lot = lots[draft.line_no, draft.lot]
        faults += _faults(inspection, lot, draft, known, f"/lines/{place}/results")
        made.append(
            Finding(
                line_no=draft.line_no,
                lot=draft.lot,
                accepted=draft.accepted,
                rejected=draft.rejected,
                defects=draft.defects,
                results=tuple(_computed(known.get(result.no), result) for result in draft.results),
                concession=draft.concession,
            )
        )
    if faults:
        raise Invalid("The results do not fit the sample.", faults=faults)
    _within_bounds(inspection, made)
    return tuple(made)


def _computed(characteristic: Characteristic | None, draft: ResultDraft) -> Result:
    outside = sum(not is_within(characteristic, value) for value in draft.values)
    return Result(
        no=draft.no,
        values=draft.values,
        sample_size=len(draft.values) if draft.sample_size is None else draft.sample_size,
        nonconforming=outside if draft.nonconforming is None else draft.nonconforming,
        outside=outside,
        note=draft.note,
    )


def _faults(
    inspection: Inspection, lot: Lot, draft: FindingDraft, known: Mapping[int, Characteristic], at: str
) -> Iterator[Fault]:
    sampling = inspection.sampling_of(lot)
    before = tally(inspection.results_of(lot))
    seen: set[int] = set()
    for place, given in enumerate(draft.results):
        here = f"{at}/{place}"
        if given.no in seen:
            yield Fault(f"{here}/no", f"Characteristic {given.no} is named twice.")
        seen.add(given.no)
        if known and given.no not in known:
            yield Fault(f"{here}/no", f"The line has no characteristic {given.no}.")
            continue
        if not given.values and (given.sample_size is None or given.nonconforming is None):
            yield Fault(here, "Give the measured values, or how many were examined and how many do not conform.")
            continue
        result = _computed(known.get(given.no), given)
        if result.sample_size < len(result.values):
            yield Fault(f"{here}/sample_size", f"{len(result.values)} values are given: no fewer were examined.")
        if result.nonconforming < result.outside:
            yield Fault(
                f"{here}/nonconforming", f"{result.outside} of the values lie outside of the limits: no fewer fail."
            )
        if result.nonconforming > result.sample_size:
            yield Fault(f"{here}/nonconforming", "No more can fail than were examined.")
        if given.values and given.nonconforming is None and not _has_limits(known.get(given.no)):
            yield Fault(f"{here}/nonconforming", "Values alone decide nothing here: say how many do not conform.")
        yield from _faults_of_size(sampling, lot, result, before.get(given.no, (0, 0))[0], here)


def _has_limits(characteristic: Characteristic | None) -> bool:
    return (
        characteristic is not None
        and characteristic.nominal is not None
        and (characteristic.upper is not None or characteristic.lower is not None)
    )


def _faults_of_size(sampling: Sampling | None, lot: Lot, result: Result, before: int, here: str) -> Iterator[Fault]:
    """The sample is no larger than the plan says, else its acceptance number means nothing; never larger than the lot."""
    examined = before + result.sample_size
    if sampling is not None and examined > sampling.class_of(result.no).sample_size:
        size = sampling.class_of(result.no).sample_size
        yield Fault(
            f"{here}/sample_size",
            f"The sample is {size}, of which {before} are recorded. What sorting finds beyond it is rejected, not sampled.",
        )
    elif examined > lot.received:
        yield Fault(f"{here}/sample_size", "No more can be examined than was received.")


def _within_bounds(inspection: Inspection, made: list[Finding]) -> None:
    results = [
        result
        for line in [*(line for part in inspection.recordings for line in part.lines), *made]
        for result in line.results
    ]
    if len(results) > MAX_RESULTS_IN_ALL or sum(len(result.values) for result in results) > MAX_VALUES_IN_ALL:
        raise LimitReached(
            f"An inspection holds {MAX_RESULTS_IN_ALL} results and {MAX_VALUES_IN_ALL} measured values at most."
        )


def _least(inspection: Inspection, lot: Lot) -> Decimal:
    """How many of a lot are rejected at least when its sample failed, but for those that were reworked or conceded since."""
    taken_back = sum((-line.rejected for line in inspection.corrected(lot) if line.rejected < 0), Decimal(0))
    return max(worst(inspection.results_of(lot)) - taken_back, Decimal(0))


def corrected(after: Inspection, line: Finding) -> tuple[Lot, ...]:
    """The lots of `after`, which holds the correction `line`: pieces used as they are after all are a concession."""
    return tuple(
        msgspec.structs.replace(lot, nonconforming=_least(after, lot), conceded=lot.conceded or line.accepted > 0)
        if (lot.line_no, lot.lot) == (line.line_no, line.lot) and lot.verdict == "failed"
        else lot
        for lot in after.lots
    )


def judged(before: Inspection, after: Inspection, lines: tuple[Finding, ...], asked: Asked) -> tuple[Lot, ...]:
    """The lots of `after`, which holds the recording, with their verdicts.

    Raises ConcessionRequired when something of a lot that failed is accepted though fewer units are rejected than its sample
    showed nonconforming, and Invalid for a concession where there is nothing to concede.
    """
    named = {(line.line_no, line.lot): (place, line) for place, line in enumerate(lines)}
    lots: list[Lot] = []
    missing: list[Fault] = []
    idle: list[Fault] = []
    for lot in after.lots:
        place, line = named.get((lot.line_no, lot.lot), (None, None))
        if line is None:
            lots.append(lot)
            continue
        results = after.results_of(lot)
        sampling = before.sampling_of(lot)
        seen = None if sampling is None else verdict(sampling, results, asked.get(lot.line_no, {}))
        least = _least(after, lot)
        conceded = lot.conceded or line.concession is not None
        lots.append(msgspec.structs.replace(lot, verdict=seen, nonconforming=least, conceded=conceded))
        if line.concession is not None and seen != "failed":
            idle.append(
                Fault(f"/lines/{place}/concession", "The sample of this lot did not fail: nothing is conceded.")
            )
        if seen == "failed" and lot.accepted > 0 and lot.rejected < least and not conceded:
            missing.append(
                Fault(
                    f"/lines/{place}/concession",
                    f"Line {lot.line_no}, lot {lot.lot}: its sample failed with {plain(least):f} nonconforming. Reject at least as "
                    "many, or accept it under a concession.",
                )
            )
    if idle:
        raise Invalid("There is nothing to concede.", faults=idle)
    if missing:
        raise ConcessionRequired(" ".join(fault.detail for fault in missing[:5]), faults=missing)
    return tuple(lots)
