"""Technical scores, each evaluator on a sheet of his own, and the ranking."""

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from api.attempts import watched
from api.call import Call
from api.contract import Api
from api.paging import After, Limit
from api.routes.rfqs_wire import Rfq
from api.routes.scores_wire import Ranking, ScoreSheet, ScoreSheetPage, ScoresPut
from domain.ids import read
from domain.scores import commands, queries

TAGS = ["Scores"]


@put(
    "/v1/rfqs/{rfq_id:str}/scores",
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:score",),
            if_match="optional",
            etag=True,
            errors=(409, 428),
            codes=("wrong_state", "scores_frozen", "invalid", "limit_reached", "version_required"),
        )
    },
)
async def score_quotes(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[ScoresPut]
) -> Response[ScoreSheet]:
    """Write the caller's score sheet.

    Each person (or key that names none) has one sheet in a round. The first time needs no `If-Match`, nor does the same
    document again; another one needs the sheet's ETag. With one envelope quotes are scored after the opening, with two
    between the opening of the technical parts and that of prices.
    """
    key, scores = read("rfq", rfq_id), data.model()
    return await call.change(
        lambda db: commands.score(db, call.actor, key, scores, expected=call.expected), ScoreSheet.of
    )


@get("/v1/rfqs/{rfq_id:str}/scores", tags=TAGS, opt={"api": Api(scopes=("quotes:read",))})
async def list_scores(
    call: NamedDependency[Call], rfq_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[ScoreSheetPage]:
    """List the score sheets of the present round, oldest first.

    For the buyer. Sheets of others are shown once one's own is submitted, or scores are closed.
    """
    key = read("rfq", rfq_id)
    return await call.listed(
        lambda behind, count: queries.sheets(call.db, call.actor, key, after=behind, limit=count),
        ScoreSheet.of,
        ScoreSheetPage,
        kind="score_sheet",
        after=after,
        limit=limit,
        filters=["scores", rfq_id],
    )


@post(
    "/v1/rfqs/{rfq_id:str}/scores/submit",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:score",),
            transition=True,
            etag=True,
            codes=("wrong_state", "scores_frozen", "incomplete"),
        )
    },
)
async def submit_scores(call: NamedDependency[Call], rfq_id: FromPath[str]) -> Response[ScoreSheet]:
    """Submit the caller's score sheet.

    From now on it counts and never changes. It may leave criteria to other evaluators, but scores every quote that is
    in the running for each criterion that it scores at all.
    """
    key = read("rfq", rfq_id)
    return await call.change(lambda db: commands.submit(db, call.actor, key, expected=call.expected), ScoreSheet.of)


@post(
    "/v1/rfqs/{rfq_id:str}/scores/close",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("rfqs:open",), transition=True, etag=True, codes=("wrong_state", "scores_frozen", "forbidden")
        )
    },
)
async def close_scores(call: NamedDependency[Call], rfq_id: FromPath[str]) -> Response[Rfq]:
    """Close scoring.

    What is submitted counts, and the whole organisation sees it. The first award that is issued closes it too, and with
    two envelopes the opening of prices does.
    """
    key = read("rfq", rfq_id)
    return await call.change(lambda db: commands.close(db, call.actor, key, expected=call.expected), Rfq.of)


@get(
    "/v1/rfqs/{rfq_id:str}/ranking",
    tags=TAGS,
    opt={"api": Api(scopes=("quotes:read",), expensive=True, errors=(409,), codes=("still_sealed",))},
)
async def get_ranking(call: NamedDependency[Call], rfq_id: FromPath[str]) -> Response[Ranking]:
    """Rank the quotes by the RFQ's criteria.

    For the buyer, after the opening; every figure can be made again from those beside it. Ranked are complete quotes
    that reach every threshold and have a score for every criterion; `unranked_because` says what keeps another from it.
    """
    return await watched(call, call.read(queries.ranking(call.db, call.actor, read("rfq", rfq_id)), Ranking.of))


HANDLERS = [score_quotes, list_scores, submit_scores, close_scores, get_ranking]
