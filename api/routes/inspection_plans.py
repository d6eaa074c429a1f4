"""Inspection plans."""

from typing import Annotated, Self

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, PathParameter
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.routes.sampling import Aql
from api.wire import Blocked, Count, ETag, Id, In, Int64, Out, Positive, Text40, Text80, Timestamp, utc
from domain.database import Database
from domain.errors import NotFound
from domain.ids import read, show
from domain.inspection_plans import commands, queries, rules
from domain.inspection_plans.model import MAX_NUMBERS, InspectionPlan, Terms
from domain.sampling.model import Level
from domain.vocabularies import state_label

TAGS = ["Inspections"]
PATH = "/v1/orders/{order_id:str}/lines/{line_no:str}/inspection-plan"
LineNumber = Annotated[str, PathParameter(description="Number of a line of the order.")]
Lots = Annotated[int, Meta(ge=1, le=1000, extra_json_schema={"format": "int64"})]
Every = Annotated[int, Meta(ge=2, le=1000, extra_json_schema={"format": "int64"})]


class InspectionPlanPut(In, kw_only=True):
    """How lots of the part are inspected from now on. What is not critical or minor is major.

    After `ship_to_stock_after` good lots in a row, lots are accepted as they arrive, but for each `verify_every`th.
    """

    level: Level = "II"
    aql_major: Aql
    aql_minor: Aql | None = None
    critical_numbers: Annotated[list[Positive], Meta(max_length=MAX_NUMBERS)] = []
    minor_numbers: Annotated[list[Positive], Meta(max_length=MAX_NUMBERS)] = []
    allow_reduced: bool = False
    ship_to_stock_after: Lots | None = None
    verify_every: Every = 10

    def terms(self) -> Terms:
        """As the domain takes it."""
        return Terms(
            level=self.level,
            major=self.aql_major,
            minor=self.aql_minor,
            critical_numbers=tuple(self.critical_numbers),
            minor_numbers=tuple(self.minor_numbers),
            allow_reduced=self.allow_reduced,
            ship_to_stock_after=self.ship_to_stock_after,
            verify_every=self.verify_every,
        )


class InspectionPlanShown(Out):
    """The plan for a part from one supplier, over all orders. `state` says how severely the next lot is inspected."""

    id: Id
    part_number: Text80
    supplier_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    level: Level
    aql_major: Aql
    aql_minor: Aql | None
    critical_numbers: Annotated[list[Int64], Meta(max_length=MAX_NUMBERS)]
    minor_numbers: Annotated[list[Int64], Meta(max_length=MAX_NUMBERS)]
    allow_reduced: bool
    ship_to_stock_after: Count | None
    verify_every: Count
    switching_score: Count
    recent: Annotated[list[bool], Meta(max_length=5)]
    rejected_on_tightened: Count
    good_lots_in_a_row: Count
    shipped_since_verified: Count
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, plan: InspectionPlan, view: View) -> Self:
        """As either party sees it."""
        allowed, blocked = rules.available(plan, view.actor, now=view.now)
        terms = plan.terms
        return cls(
            id=show("inspection_plan", plan.id),
            part_number=plan.part_number,
            supplier_id=show("organisation", plan.supplier_id),
            state=plan.state,
            state_label=state_label("inspection_plan", plan.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(plan.version),
            level=terms.level,
            aql_major=terms.major,  # type: ignore[arg-type] # the tables know no other
            aql_minor=terms.minor,  # type: ignore[arg-type]
            critical_numbers=list(terms.critical_numbers),
            minor_numbers=list(terms.minor_numbers),
            allow_reduced=terms.allow_reduced,
            ship_to_stock_after=terms.ship_to_stock_after,
            verify_every=terms.verify_every,
            switching_score=plan.score,
            recent=list(plan.recent),
            rejected_on_tightened=plan.rejected,
            good_lots_in_a_row=plan.run,
            shipped_since_verified=plan.skipped,
            created_at=utc(plan.created_at),
            updated_at=utc(plan.updated_at),
        )


def _number(text: str) -> int:
    """A line number in a path; what is none names no line."""
    if not (text.isascii() and text.isdigit() and len(text) <= 7):  # noqa: PLR2004 - line numbers end at a million
        raise NotFound("line")
    return int(text)


@put(
    PATH,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quality:write",),
            if_match="optional",
            etag=True,
            also=(201,),
            errors=(409, 428),
            codes=("invalid", "duplicate"),
        )
    },
)
async def put_inspection_plan(
    call: NamedDependency[Call], order_id: FromPath[str], line_no: LineNumber, data: JSONBody[InspectionPlanPut]
) -> Response[InspectionPlanShown]:
    """Say how a part is inspected.

    The buyer does, for the part of the line from the order's supplier: the plan holds for all orders of that part. Lots that
    arrive from now on get their sample by it. The first time creates it (201); later ones need `If-Match`.
    """
    key, line, terms = read("order", order_id), _number(line_no), data.terms()

    async def work(db: Database) -> tuple[InspectionPlan, bool]:
        return await commands.put(db, call.actor, key, line, terms, expected=call.expected)

    new = False

    def shown(made: tuple[InspectionPlan, bool], view: View) -> InspectionPlanShown:
        nonlocal new
        plan, new = made
        return InspectionPlanShown.of(plan, view)

    response: Response[InspectionPlanShown] = await call.change(work, shown)
    if new:
        response.status_code = 201
    return response


@get(PATH, tags=TAGS, opt={"api": Api(scopes=("orders:read",), etag=True)})
async def get_inspection_plan(
    call: NamedDependency[Call], order_id: FromPath[str], line_no: LineNumber
) -> Response[InspectionPlanShown]:
    """Read how a part is inspected.

    For both parties of the order: what is asked, and where the switching rules stand.
    """
    key = read("order", order_id)
    return await call.read(queries.get(call.db, call.actor, key, _number(line_no)), InspectionPlanShown.of)


@post(
    PATH + "/resume",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("quality:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def resume_inspection_plan(
    call: NamedDependency[Call], order_id: FromPath[str], line_no: LineNumber
) -> Response[InspectionPlanShown]:
    """Let inspection begin anew after it was discontinued.

    By the buyer, once the supplier has improved; tightened, as ISO 2859-1 says.
    """
    key, line = read("order", order_id), _number(line_no)
    return await call.change(
        lambda db: commands.resume(db, call.actor, key, line, expected=call.expected), InspectionPlanShown.of
    )


HANDLERS = [put_inspection_plan, get_inspection_plan, resume_inspection_plan]
