"""The published sampling tables."""

from typing import Annotated, Literal, Self

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Meta

from api.call import Call
from api.contract import Api
from api.wire import Count, Out, Text80, Text2000
from domain.sampling import tables
from domain.sampling.model import MAX_LOT, Level, Plan, Severity

Aql = Literal[
    "0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65", "1.0", "1.5", "2.5",
    "4.0", "6.5", "10", "15", "25", "40", "65", "100", "150", "250", "400", "650", "1000",
]  # fmt: skip
"""The preferred AQLs as the standard writes them; a test compares them with the data file."""
CodeLetter = Annotated[str, Meta(min_length=1, max_length=1)]


class SamplingPlan(Out):
    """Take `sample_size` units at random; up to `accept` nonconforming the lot passes, from `reject` on it fails.

    `plan_letter` is the row that the plan comes from, another than `code_letter` where the table has an arrow. With `full`
    the sample is the lot.
    """

    severity: Severity
    level: Level
    aql: Aql
    code_letter: CodeLetter
    plan_letter: CodeLetter
    sample_size: Count
    accept: Count
    reject: Count
    full: bool

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """On the wire."""
        return cls(
            severity=plan.severity,
            level=plan.level,
            aql=plan.aql,  # type: ignore[arg-type] # the tables know no other
            code_letter=plan.code_letter,
            plan_letter=plan.plan_letter,
            sample_size=plan.sample_size,
            accept=plan.accept,
            reject=plan.reject,
            full=plan.full,
        )


class PublishedSamplingPlan(Out):
    """One plan of the published tables."""

    lot_size: Count
    plan: SamplingPlan
    edition: Text80
    source: Text2000


@get("/v1/meta/sampling-plans", tags=["Meta"], opt={"api": Api()})
async def get_sampling_plan(
    call: NamedDependency[Call],
    lot_size: Annotated[int, QueryParameter(ge=2, le=MAX_LOT, description="Units of the lot.")],
    aql: Annotated[Aql, QueryParameter(description="Acceptance quality limit: one of the preferred values.")],
    level: Annotated[Level, QueryParameter(description="Inspection level.")] = "II",
    severity: Annotated[Severity, QueryParameter(description="How severe.")] = "normal",
) -> Response[PublishedSamplingPlan]:
    """Look a sampling plan up.

    Single sampling by attributes after ISO 2859-1: sample size, acceptance and rejection number for a lot size, an
    inspection level, an AQL and a severity; arrows of the tables are followed.
    """

    async def found() -> Plan:
        return tables.plan(lot_size, level, aql, severity)

    known = tables.published()
    return await call.read(
        found(),
        lambda plan, _: PublishedSamplingPlan(
            lot_size=lot_size, plan=SamplingPlan.of(plan), edition=known.edition, source=known.source
        ),
    )


HANDLERS = [get_sampling_plan]
