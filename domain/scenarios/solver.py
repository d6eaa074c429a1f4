"""The one place that knows HiGHS. It is imported on the first call: most processes never need it."""

from typing import Any, Literal

import msgspec

from domain.scenarios.program import INFINITY, Program

EXACT, COARSE = 1e-9, 1e-6
"""Tolerances of the solver. The finer one finds hardly any solution of a large programme; what the coarser one admits is
made whole and checked afterwards like everything else."""
LARGE = 2000
"""Columns from which the coarser one applies."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """`values` by column, None without a solution; `bound` on the programme's own cost, scaled like it."""

    status: Literal["optimal", "bounded", "infeasible", "unsolved"]
    values: list[float] | None
    bound: float
    reduced: list[float] | None = None
    """Of a relaxation: by how much the bound rises at least for each unit of a column that is 0."""


def run(program: Program, seconds: float, *, start: list[float] | None = None, relaxed: bool = False) -> Result:
    """Solve within `seconds` on one thread, so that the same programme has the same answer.

    `start`: a known solution. `relaxed`: as if no column had to be whole.
    """
    import highspy  # noqa: PLC0415  0.2 s that only a solving process pays
    import numpy as np  # noqa: PLC0415

    if not program.cost:
        fits = all(row.low <= 0 <= row.high for row in program.rows)
        return Result(status="optimal" if fits else "infeasible", values=[] if fits else None, bound=0.0)
    highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # the library has no types there
    highs.setOptionValue("output_flag", False)
    tolerance = EXACT if len(program.cost) < LARGE else COARSE
    for option, value in (
        ("threads", 1),
        ("random_seed", 0),
        ("time_limit", max(seconds, 0.01)),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 1e-7),
        ("mip_feasibility_tolerance", tolerance),
        ("primal_feasibility_tolerance", tolerance),
    ):
        highs.setOptionValue(option, value)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.rows)
    model.col_cost_ = np.array(program.cost)
    model.col_lower_ = np.array(program.lower) if program.lower else np.zeros(len(program.cost))
    model.col_upper_ = np.array([highspy.kHighsInf if upper == INFINITY else upper for upper in program.upper])
    model.row_lower_ = np.array([-highspy.kHighsInf if row.low == -INFINITY else row.low for row in program.rows])
    model.row_upper_ = np.array([highspy.kHighsInf if row.high == INFINITY else row.high for row in program.rows])
    model.integrality_ = [
        highspy.HighsVarType.kContinuous if relaxed or column in program.continuous else highspy.HighsVarType.kInteger
        for column in range(len(program.cost))
    ]
    starts = [0]
    for row in program.rows:
        starts.append(starts[-1] + len(row.terms))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array([column for row in program.rows for column in row.terms], dtype=np.int32)
    model.a_matrix_.value_ = np.array([value for row in program.rows for value in row.terms.values()])
    highs.passModel(model)
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start
        highs.setSolution(known)
    highs.run()
    status = highs.getModelStatus()
    if status in {highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
        return Result(status="infeasible", values=None, bound=0.0)
    info = highs.getInfo()
    if relaxed:
        if status != highspy.HighsModelStatus.kOptimal:
            return Result(status="unsolved", values=None, bound=-INFINITY)
        found = highs.getSolution()
        return Result(
            status="optimal",
            values=list(found.col_value),
            bound=info.objective_function_value,
            reduced=list(found.col_dual),
        )
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Result(status="unsolved", values=None, bound=info.mip_dual_bound)
    done = status == highspy.HighsModelStatus.kOptimal
    values = list(highs.getSolution().col_value)
    return Result(status="optimal" if done else "bounded", values=values, bound=info.mip_dual_bound)
