"""What happens to an RFQ when quoting has ended: opening and its proof, ending without award, cancelling."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from api.attempts import watched
from api.call import Call
from api.contract import Api
from api.paging import After, Limit
from api.routes.awards_wire import LossReasons
from api.routes.openings_wire import AccessAttempt, AccessAttemptPage, OpeningBundle
from api.routes.rfqs_wire import Rfq
from api.wire import Code, In
from domain.ids import read
from domain.openings import commands, queries

TAGS = ["Rfqs"]


class RfqCloseWithoutAward(In):
    """Why: a code of `no_award_reasons`. `reasons` is for opened quotes that are to hear another code than derived."""

    reason: Code
    reasons: LossReasons = {}

    def given(self) -> dict[UUID, str]:
        """The reasons by quote. Raises NotFound for what is no id of a quote."""
        return {read("quote", quote_id): code for quote_id, code in self.reasons.items()}


class RfqCancel(In):
    """Why: a code of `cancel_reasons`."""

    reason: Code


@post(
    "/v1/rfqs/{rfq_id:str}/open-quotes",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("rfqs:open",),
            transition=True,
            etag=True,
            codes=(
                "deadline_not_reached",
                "four_eyes_required",
                "incomplete",
                "questions_unanswered",
                "seal_broken",
                "wrong_state",
            ),
        )
    },
)
async def open_quotes(call: NamedDependency[Call], rfq_id: FromPath[str]) -> Response[Rfq]:
    """Open all submitted quotes at once.

    After the deadline, by the database's clock. With an opening quorum of two the first call approves and the second,
    by another person, opens. Every question has to be answered or declined before. Each content is checked against its
    receipt. An attempt before the deadline is recorded.

    With two envelopes this is done twice: the first opening shows the technical parts, the second the prices. The second
    waits until every technical criterion of every quote in the running has a submitted score (`incomplete`); quotes below
    a threshold are not awarded then, and their prices are never opened.
    """
    key, sealer = read("rfq", rfq_id), call.services.sealer
    opening = call.change(
        lambda db: commands.open_quotes(db, call.actor, sealer, key, expected=call.expected), Rfq.of, opening=True
    )
    return await watched(call, opening, rfq_id=key)


@get(
    "/v1/rfqs/{rfq_id:str}/opening-bundle",
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:read",),
            expensive=True,
            errors=(409,),
            codes=("still_sealed", "wrong_state", "limit_reached"),
        )
    },
)
async def get_opening_bundle(
    call: NamedDependency[Call],
    rfq_id: FromPath[str],
    round_no: Annotated[
        int | None,
        QueryParameter(
            name="round", ge=1, le=1_000_000, description="The round whose opening is meant; the newest without it."
        ),
    ] = None,
) -> Response[OpeningBundle]:
    """Read what proves an opening.

    For the buyer and everybody who takes part, once the quotes are opened. A document for `jembatan verify-opening`, or
    any program that hashes: every submission in the order of the tree, its commitment and instant, and the events that
    tell of it, chained by hash. All get the same entries and the same root. The buyer gets the contents with it, a
    supplier its own; of rivals neither name, id nor price. An attempt before the opening is refused and recorded.
    """
    key, sealer = read("rfq", rfq_id), call.services.sealer
    found = call.read(queries.bundle(call.db, call.actor, sealer, key, round_no=round_no), OpeningBundle.of)
    return await watched(call, found)


@get("/v1/rfqs/{rfq_id:str}/access-attempts", tags=TAGS, opt={"api": Api(scopes=("rfqs:read",))})
async def list_access_attempts(
    call: NamedDependency[Call], rfq_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[AccessAttemptPage]:
    """List refused attempts to see sealed quotes, newest first.

    For the RFQ's buyer and the operator: every attempt, by whomsoever, to read what was sealed or to open it before the
    deadline, and every opening that a broken seal stopped.
    """
    key = read("rfq", rfq_id)
    return await call.listed(
        lambda behind, count: queries.attempts(call.db, call.actor, key, after=behind, limit=count),
        AccessAttempt.of,
        AccessAttemptPage,
        kind="access_attempt",
        after=after,
        limit=limit,
        filters=["access_attempts", rfq_id],
    )


@post(
    "/v1/rfqs/{rfq_id:str}/close-without-award",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("awards:issue",), transition=True, etag=True, codes=("wrong_state", "invalid"))},
)
async def close_rfq_without_award(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[RfqCloseWithoutAward]
) -> Response[Rfq]:
    """End an RFQ without award, or the rest of a partially awarded one.

    With a coded reason; everybody who quoted is told, with its own rank band and one coded reason of its own.
    """
    key, reasons = read("rfq", rfq_id), data.given()
    return await call.change(
        lambda db: commands.close_without_award(db, call.actor, key, data.reason, reasons, expected=call.expected),
        Rfq.of,
    )


@post(
    "/v1/rfqs/{rfq_id:str}/cancel",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("rfqs:publish",), transition=True, etag=True, codes=("wrong_state", "invalid"))},
)
async def cancel_rfq(call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[RfqCancel]) -> Response[Rfq]:
    """Cancel an RFQ.

    Cancelled is not closed: sealed quotes are never opened. Everybody who takes part is told, with the coded reason.
    """
    key = read("rfq", rfq_id)
    return await call.change(
        lambda db: commands.cancel(db, call.actor, key, data.reason, expected=call.expected), Rfq.of
    )


HANDLERS = [open_quotes, get_opening_bundle, list_access_attempts, close_rfq_without_award, cancel_rfq]
