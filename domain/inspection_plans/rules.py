"""Who sets a plan, which sample a lot gets, and what an inspected lot does to the plan. Pure."""

from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain import actions
from domain.actors import Actor, Side
from domain.errors import Fault, Invalid, Refusal
from domain.inspection_plans.model import InspectionPlan, Terms
from domain.lifecycle import INSPECTION_PLAN, Arrow, step
from domain.orders import rules as orders
from domain.orders.model import OrderLine
from domain.quality.sampling import ClassPlan, LotResult, Sampling
from domain.sampling import tables
from domain.sampling.model import MAX_LOT, Outcome, Severity, Switching
from domain.sampling.switching import after_lot
from domain.vocabularies import unit_is_whole

FRESH: dict[str, Any] = {"score": 0, "recent": (), "rejected": 0, "run": 0, "skipped": 0}
"""Counters of a plan whose counting begins."""
SEVERITIES: dict[str, Severity] = {
    "normal": "normal",
    "tightened": "tightened",
    "reduced": "reduced",
    "ship_to_stock": "normal",
    "discontinued": "tightened",
}
"""State of the plan -> how severely a lot is inspected that arrives in it."""

ARROWS: dict[Severity, str] = {"tightened": "tighten", "reduced": "reduce", "normal": "relax"}
"""Severity that the rules ask for -> the arrow that leads there."""
Step = tuple[Arrow, dict[str, Any]]
"""An arrow of the plan, and the counters that change with it."""


def sides(plan: InspectionPlan, actor: Actor) -> tuple[Side, ...]:
    """On which side the actor stands. Raises NotFound for everybody but the two parties."""
    return orders.sides(plan, actor, "inspection plan")


def decide_put(
    plan: InspectionPlan | None, terms: Terms, known: Collection[int], actor: Actor, taken: tuple[Side, ...]
) -> Step:
    """The buyer sets or changes the plan. `taken`: the sides on which the actor stands, `known`: the line's characteristics.

    Returns the arrow and the counters after it: what is no longer comparable is counted anew.
    """
    if plan is None:
        step_arrow, state = INSPECTION_PLAN["create"], None
        if Side.BUYER not in taken:
            step(INSPECTION_PLAN["change"], "normal", taken)
    else:
        step_arrow, state = _arrow_of_change(plan, terms), plan.state
        step(step_arrow, state, sides(plan, actor))
    faults = list(_faults(terms, known))
    if faults:
        raise Invalid("The inspection plan does not fit the line.", faults=faults)
    if plan is None:
        return step_arrow, FRESH
    same = (plan.terms.level, plan.terms.major, plan.terms.minor) == (terms.level, terms.major, terms.minor)
    return step_arrow, {} if same and step_arrow.target is None else FRESH


def _arrow_of_change(plan: InspectionPlan, terms: Terms) -> Arrow:
    if plan.state == "ship_to_stock" and terms.ship_to_stock_after is None:
        return INSPECTION_PLAN["end_ship_to_stock"]
    if plan.state == "reduced" and not terms.allow_reduced:
        return INSPECTION_PLAN["end_reduced"]
    return INSPECTION_PLAN["change"]


def _faults(terms: Terms, known: Collection[int]) -> Iterator[Fault]:
    critical = set(terms.critical_numbers)
    for name, numbers in (("critical_numbers", terms.critical_numbers), ("minor_numbers", terms.minor_numbers)):
        for place, no in enumerate(numbers):
            if no in numbers[:place]:
                yield Fault(f"/{name}/{place}", f"Characteristic {no} is named twice.")
            if known and no not in known:
                yield Fault(f"/{name}/{place}", f"The line has no characteristic {no}.")
    for place, no in enumerate(terms.minor_numbers):
        if no in critical:
            yield Fault(f"/minor_numbers/{place}", f"Characteristic {no} is critical already.")
    if terms.minor_numbers and terms.minor is None:
        yield Fault("/aql_minor", "Give the AQL of the minor characteristics.")


def decide_resume(plan: InspectionPlan, actor: Actor) -> Arrow:
    """The supplier has improved: the buyer lets tightened inspection begin anew."""
    return step(INSPECTION_PLAN["resume"], plan.state, sides(plan, actor))


def sampling_of(
    plan: InspectionPlan, line: OrderLine, lot: str, received: Decimal, damaged: Decimal
) -> Sampling | None:
    """The sample for a lot that arrives now; None for what is not counted in units.

    It is `skipped` while lots are shipped to stock, unless it is one that is verified, part of it is damaged, or
    production of the line is not approved without bounds.
    """
    if not unit_is_whole(line.unit) or not 1 <= received <= MAX_LOT:
        return None
    severity = SEVERITIES[plan.state]
    major = _class("major", plan.terms, plan.terms.major, int(received), severity)
    classes = [major]
    if plan.terms.critical_numbers:
        classes.insert(0, _critical(major))
    if plan.terms.minor is not None:
        classes.append(_class("minor", plan.terms, plan.terms.minor, int(received), severity))
    trusted = plan.state == "ship_to_stock" and damaged == 0 and line.gate in {"none", "open"}
    return Sampling(
        line_no=line.line_no,
        lot=lot,
        plan_id=plan.id,
        state=plan.state,
        severity=severity,
        level=plan.terms.level,
        classes=tuple(classes),
        critical_numbers=plan.terms.critical_numbers,
        minor_numbers=plan.terms.minor_numbers,
        skipped=trusted and plan.skipped + 1 < plan.terms.verify_every,
    )


def _class(name: Any, terms: Terms, aql: str, lot_size: int, severity: Severity) -> ClassPlan:
    found = tables.plan(lot_size, terms.level, aql, severity)
    return ClassPlan(
        name=name,
        aql=aql,
        code_letter=found.code_letter,
        sample_size=found.sample_size,
        accept=found.accept,
        reject=found.reject,
        accept_tighter=tables.accept_number_tighter(found.plan_letter, aql) if severity == "normal" else None,
    )


def _critical(major: ClassPlan) -> ClassPlan:
    """Not one nonconforming unit, in the same sample."""
    return ClassPlan(
        name="critical",
        aql=None,
        code_letter=major.code_letter,
        sample_size=major.sample_size,
        accept=0,
        reject=1,
        accept_tighter=None,
    )


def arrival(plan: InspectionPlan, sampling: Sampling) -> Step | None:
    """What an arriving lot does to the plan: counted as skipped or as verified while lots are shipped to stock."""
    if plan.state != "ship_to_stock":
        return None
    if sampling.skipped:
        return INSPECTION_PLAN["skip"], {"skipped": plan.skipped + 1}
    return INSPECTION_PLAN["verify"], {"skipped": 0}


def counted(plan: InspectionPlan, sampling: Sampling | None, result: LotResult) -> Step | None:
    """What a lot that has been inspected does to the plan: (arrow, counters), None when nothing.

    A lot whose sample was drawn under another severity than the present one breaks a run, but moves no switching rule.
    """
    if plan.state == "discontinued":
        return None
    run = plan.run + 1 if result.good else 0
    if plan.state == "ship_to_stock":
        return (INSPECTION_PLAN["count"], {"run": run}) if result.good else (INSPECTION_PLAN["relax"], FRESH)
    if sampling is not None and sampling.state == plan.state:
        return _switched(plan, sampling, result, run)
    return (INSPECTION_PLAN["count"], {"run": 0}) if run == 0 and plan.run > 0 else None


def _switched(plan: InspectionPlan, sampling: Sampling, result: LotResult, run: int) -> Step:
    """The switching rules of the standard; before them goes the buyer's own rule, that so long a run is trusted."""
    before = Switching(severity=sampling.severity, score=plan.score, recent=plan.recent, rejected=plan.rejected)
    after = after_lot(before, _outcome(sampling, result), may_reduce=plan.terms.allow_reduced)
    counters = {"score": after.score, "recent": after.recent, "rejected": after.rejected, "run": run}
    wanted = plan.terms.ship_to_stock_after
    if after.discontinued:
        return INSPECTION_PLAN["discontinue"], counters
    if wanted is not None and run >= wanted and plan.state != "tightened":
        return INSPECTION_PLAN["trust"], {**FRESH, "run": run}
    if after.severity != plan.state:
        return INSPECTION_PLAN[ARROWS[after.severity]], counters
    return INSPECTION_PLAN["count"], counters


def complained(plan: InspectionPlan) -> Step | None:
    """What a complaint about accepted pieces does to the plan: no lot of the switching rules, but the end of a run."""
    if plan.state == "ship_to_stock":
        return INSPECTION_PLAN["relax"], FRESH
    return (INSPECTION_PLAN["count"], {"run": 0}) if plan.run > 0 and plan.state != "discontinued" else None


def _outcome(sampling: Sampling, result: LotResult) -> Outcome:
    major = next(item for item in sampling.classes if item.name == "major")
    tighter = major.accept_tighter
    return Outcome(
        accepted=result.accepted,
        accept_number=major.accept,
        accepted_tighter=result.accepted and tighter is not None and result.major_nonconforming <= tighter,
    )


def available(plan: InspectionPlan, actor: Actor, *, now: datetime) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal)."""
    return actions.available(INSPECTION_PLAN, plan, sides(plan, actor), {}, actor, now)
