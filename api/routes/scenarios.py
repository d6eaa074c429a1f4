"""Award scenarios: the best split of what is left to award, under the buyer's conditions."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from api.attempts import watched
from api.call import Call
from api.contract import Api
from api.paging import After, Limit
from api.routes.scenarios_in import AwardScenarioSolve
from api.routes.scenarios_wire import AwardScenario, AwardScenarioCard, AwardScenarioPage
from domain.database import Database
from domain.errors import Refusal, StaleVersion
from domain.ids import read, show
from domain.scenarios import commands, queries
from domain.scenarios.commands import Solved
from domain.scenarios.model import Seen

TAGS = ["AwardScenarios"]
ATTEMPTS = 2
"""An award or a disqualification while the solver worked makes the answer worthless: it is worked out once more."""


@post(
    "/v1/rfqs/{rfq_id:str}/award-scenarios",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("awards:propose",),
            expensive=True,
            idempotent=True,
            etag=True,
            location=True,
            errors=(412, 503),
            codes=(
                "still_sealed",
                "wrong_state",
                "quantity_exceeded",
                "invalid",
                "stale_version",
                "solver_unavailable",
            ),
        )
    },
)
async def solve_award_scenario(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[AwardScenarioSolve]
) -> Response[AwardScenario]:
    """Find the best split of what is left to award.

    For the buyer, from the opening on. What is minimised is what the awards will cost: breaks, tooling and all, in exact
    figures, over the quotes that can still be awarded. `proposals` are bodies for `propose_award`. Nothing is reserved; the
    run is kept with the RFQ. It answers within about the time limit; 503 with `Retry-After` while others are being solved.
    """
    rfq = read("rfq", rfq_id)
    again = await call.is_answered()
    for attempt in range(ATTEMPTS):
        made: Solved | Refusal | None = None
        try:
            if not again:
                made = await commands.solve(call.db, call.actor, call.services.solvers, rfq, data.wish)
        except Refusal as refusal:
            made = refusal
        try:
            return await watched(
                call,
                call.change(
                    lambda db, made=made: _keep(db, call, made),  # type: ignore[misc]  # bound now, used at once
                    AwardScenario.of,
                    status=201,
                    location=lambda seen: f"/v1/award-scenarios/{show('award_scenario', seen.scenario.id)}",
                ),
            )
        except StaleVersion:
            if attempt + 1 == ATTEMPTS:
                raise
    raise AssertionError("the last attempt answers or raises")


async def _keep(db: Database, call: Call, made: Solved | Refusal | None) -> Seen:
    """The command of `Call.change`: what was refused before it is refused in it, so that a retry hears the same."""
    if isinstance(made, Refusal):
        raise made
    if made is None:
        # The stored answer went between the look and the claim: seven days were over.
        raise StaleVersion
    return await commands.keep(db, call.actor, made)


@get(
    "/v1/rfqs/{rfq_id:str}/award-scenarios",
    tags=TAGS,
    opt={"api": Api(scopes=("awards:read",), errors=(409,), codes=("still_sealed",))},
)
async def list_award_scenarios(
    call: NamedDependency[Call], rfq_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[AwardScenarioPage]:
    """List the scenarios of an RFQ, newest first.

    For its buyer: what was asked before an award, by whom.
    """
    rfq = read("rfq", rfq_id)
    return await watched(
        call,
        call.listed(
            lambda behind, count: queries.list_of_rfq(call.db, call.actor, rfq, after=behind, limit=count),
            AwardScenarioCard.of,
            AwardScenarioPage,
            kind="award_scenario",
            after=after,
            limit=limit,
            filters=["award_scenarios", rfq_id],
        ),
    )


@get("/v1/award-scenarios/{scenario_id:str}", tags=TAGS, opt={"api": Api(scopes=("awards:read",), etag=True)})
async def get_award_scenario(call: NamedDependency[Call], scenario_id: FromPath[str]) -> Response[AwardScenario]:
    """Read a scenario as it was answered.

    For its buyer. A run never changes.
    """
    return await call.read(queries.get(call.db, call.actor, read("award_scenario", scenario_id)), AwardScenario.of)


HANDLERS = [solve_award_scenario, list_award_scenarios, get_award_scenario]
