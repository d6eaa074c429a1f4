"""Scorecards of suppliers and buyers, and the formulas they are made with."""

from dataclasses import replace
from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from api.call import JSON, Call
from api.contract import Api
from api.routes.scorecards_wire import Scorecard, ScorecardFormula, ScorecardFormulaList
from api.scorecard_svg import draw
from domain.ids import read
from domain.scorecards import model, queries
from domain.scorecards.formulas import CATALOGUE, VERSION

TAGS = ["Scorecards"]
SVG = "image/svg+xml"
SCORED = Api(
    scopes=("reports:read",), expensive=True, may_lag=True, errors=(409, 422), codes=("invalid", "limit_reached")
)
INTERVAL = "95 % score interval of E. B. Wilson (1927): (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.959963984540054."

SideParameter = Annotated[
    model.ScoredSide | None,
    QueryParameter(description="Which side is scored; absent: supplier where the organisation is one, else buyer."),
]
WindowParameter = Annotated[
    model.Window, QueryParameter(description="How long the window is that ends now. Others than itself see 365d only.")
]


@get("/v1/meta/scorecard-formulas", tags=TAGS, opt={"api": Api()})
async def list_scorecard_formulas(call: NamedDependency[Call]) -> Response[ScorecardFormulaList]:
    """List the formulas of scorecards.

    The whole catalogue with its version: what each figure means, which events it is made of, and how few facts are too few.
    """
    found = ScorecardFormulaList(
        version=VERSION,
        interval=INTERVAL,
        reply_days=model.REPLY_DAYS,
        decide_days=model.DECIDE_DAYS,
        items=[ScorecardFormula.of(formula, call.view) for formula in CATALOGUE],
    )
    answer: Response[Any] = Response(
        msgspec.json.encode(found),
        media_type=JSON,
        headers={"cache-control": "private, no-cache", "vary": "Accept, Accept-Language, Authorization"},
    )
    return answer


@get(
    "/v1/organisations/{organisation_id:str}/scorecard",
    tags=TAGS,
    opt={"api": SCORED},
)
async def get_scorecard(
    call: NamedDependency[Call],
    organisation_id: FromPath[str],
    side: SideParameter = None,
    window: WindowParameter = "365d",
) -> Response[Scorecard]:
    """Read a scorecard.

    Of one's own organisation; sums for a verified facilitator or operator, of suppliers for verified buyers, and for whoever
    has an order with it. Every figure names the events that it is made of. A mark, which is a fact that speaks against the
    organisation, counts ten days after it happened, so that there is time to reply.
    """
    key = read("organisation", organisation_id)
    return await call.read(queries.get(call.db, call.actor, key, side=side, window=window), Scorecard.of)


@get(
    "/v1/organisations/{organisation_id:str}/scorecard.svg",
    tags=TAGS,
    opt={"api": replace(SCORED, response_media=SVG)},
)
async def get_scorecard_svg(
    call: NamedDependency[Call],
    organisation_id: FromPath[str],
    side: SideParameter = None,
    window: WindowParameter = "365d",
) -> Response[bytes]:
    """Draw a scorecard.

    The same figures as `getScorecard`, for the same readers, in the language of `Accept-Language`: bars with their intervals, the
    trend and the quarters. All of it is in words too, in the drawing's title and description.
    """
    key = read("organisation", organisation_id)
    card = await queries.get(call.db, call.actor, key, side=side, window=window)
    headers = {
        "cache-control": "private, no-cache",
        "content-disposition": f'inline; filename="scorecard-{organisation_id}.svg"',
        "content-language": call.context.language,
        "content-security-policy": "sandbox; default-src 'none'",
        "vary": "Accept, Accept-Language, Authorization",
        "x-frame-options": "DENY",
    }
    return Response(draw(card, call.context.language), media_type=SVG, headers=headers)


HANDLERS = [list_scorecard_formulas, get_scorecard, get_scorecard_svg]
