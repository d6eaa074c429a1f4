"""The shortlist, and further rounds of quoting."""

from typing import Annotated

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.attempts import watched
from api.call import Call
from api.contract import Api
from api.routes.quotes_in import QuoteShortlist
from api.routes.quotes_wire import Quote
from api.routes.rfqs_wire import Rfq
from api.wire import In, Text2000, Timestamp
from domain.ids import read
from domain.rfqs.model import RoundKind
from domain.rounds import commands


class RoundStart(In, kw_only=True):
    """Until when the suppliers on the shortlist may quote again. `message` is for them alone."""

    quotes_close_at: Timestamp
    kind: Annotated[RoundKind, Meta(description="`best_and_final` says that there will be no other.")] = "negotiation"
    message: Text2000 | None = None


@post(
    "/v1/quotes/{quote_id:str}/shortlist",
    status_code=200,
    tags=["Quotes"],
    opt={"api": Api(scopes=("awards:propose",), transition=True, etag=True, codes=("still_sealed", "wrong_state"))},
)
async def shortlist_quote(
    call: NamedDependency[Call], quote_id: FromPath[str], data: JSONBody[QuoteShortlist]
) -> Response[Quote]:
    """Put an opened quote on the shortlist, or take it off.

    While the RFQ is evaluated. Its supplier hears of it when a further round starts.
    """
    key = read("quote", quote_id)
    return await watched(
        call,
        call.change(
            lambda db: commands.shortlist(db, call.actor, key, shortlisted=data.shortlisted, expected=call.expected),
            Quote.of,
        ),
    )


@post(
    "/v1/rfqs/{rfq_id:str}/rounds",
    status_code=200,
    tags=["Rfqs"],
    opt={
        "api": Api(
            scopes=("rfqs:publish",),
            transition=True,
            etag=True,
            codes=("incomplete", "invalid", "limit_reached", "wrong_state"),
        )
    },
)
async def start_round(call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[RoundStart]) -> Response[Rfq]:
    """Ask the suppliers on the shortlist for new quotes.

    The RFQ is open again until the new deadline, for them alone, and what they submit is sealed as in the first round.
    Quotes that were opened stay readable; a supplier that does not quote again stands by what it quoted. Everybody who
    takes part is told whether it is in the round.
    """
    key = read("rfq", rfq_id)
    return await call.change(
        lambda db: commands.start(
            db,
            call.actor,
            key,
            data.quotes_close_at,
            kind=data.kind,
            message=data.message,
            expected=call.expected,
        ),
        Rfq.of,
    )


HANDLERS = [shortlist_quote, start_round]
