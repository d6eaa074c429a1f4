"""Quotes: drafting, submitting, withdrawing; what the buyer sees of them, and when."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from api.attempts import watched
from api.call import Call
from api.contract import Api
from api.paging import After, Limit, place_of
from api.refusals import InvalidParameter
from api.routes.quotes_in import QuoteCreate, QuoteDisqualify, QuotePatch
from api.routes.quotes_wire import Quote, QuoteCard, QuotePage, QuoteReceipt, QuoteReceiptPage, RfqQuotePage
from domain.ids import read, show
from domain.quotes import commands, queries

TAGS = ["Quotes"]


@post(
    "/v1/rfqs/{rfq_id:str}/quotes",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:write",),
            idempotent=True,
            etag=True,
            location=True,
            errors=(409,),
            codes=(
                "deadline_passed",
                "duplicate",
                "nda_required",
                "not_participating",
                "not_shortlisted",
                "file_not_clean",
                "invalid",
            ),
        )
    },
)
async def create_quote(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[QuoteCreate]
) -> Response[Quote]:
    """Start a quote.

    One for each supplier and round. Nobody but the supplier learns of it until it is submitted. Starting a quote counts
    as interest in the RFQ. In a further round only suppliers on the shortlist quote. `copy_from` takes over an earlier
    quote; `not_copied` says what no longer fits.
    """
    key, content, sealer = read("rfq", rfq_id), data.content(), call.services.sealer
    copy = None if data.copy_from is None else commands.Copy(read("quote", data.copy_from), data.applied)
    return await call.change(
        lambda db: commands.create(db, call.actor, sealer, key, content, copy=copy),
        Quote.of,
        status=201,
        location=lambda seen: f"/v1/quotes/{show('quote', seen.quote.id)}",
        sealed=True,
    )


@get("/v1/rfqs/{rfq_id:str}/quotes", tags=TAGS, opt={"api": Api(scopes=("quotes:read",))})
async def list_rfq_quotes(
    call: NamedDependency[Call], rfq_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[RfqQuotePage]:
    """List the quotes on an RFQ.

    For its buyer: while they are sealed only their number, after the opening their contents. While a further round is
    sealed, those of the rounds before are still there.
    """
    filters = ["rfq_quotes", rfq_id]
    place = place_of(after, filters, 1)
    found = await queries.of_rfq(
        call.db,
        call.actor,
        read("rfq", rfq_id),
        after=None if place is None else read("quote", str(place[0])),
        limit=limit + 1,
    )

    def page(**members: Any) -> RfqQuotePage:
        return RfqQuotePage(sealed=found.sealed, count=found.count, **members)

    return call.page(
        found.quotes,
        Quote.of,
        page,
        limit=limit,
        filters=filters,
        place=lambda seen: [show("quote", seen.quote.id)],
    )


@get("/v1/quotes", tags=TAGS, opt={"api": Api(scopes=("quotes:read",))})
async def list_quotes(
    call: NamedDependency[Call],
    limit: Limit = 50,
    after: After = None,
    rfq_id: Annotated[str | None, QueryParameter(max_length=40, description="Only quotes on this RFQ.")] = None,
    quote_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
) -> Response[QuotePage]:
    """List quotes, newest first.

    A supplier's own; for a buyer those that were opened to it.
    """
    return await call.listed(
        lambda behind, count: queries.list_visible(
            call.db,
            call.actor,
            after=behind,
            limit=count,
            rfq_id=None if rfq_id is None else read("rfq", rfq_id),
            state=quote_state,
        ),
        QuoteCard.of,
        QuotePage,
        kind="quote",
        after=after,
        limit=limit,
        filters=["quotes", rfq_id, quote_state],
    )


@get(
    "/v1/quotes/{quote_id:str}",
    tags=TAGS,
    opt={"api": Api(scopes=("quotes:read",), etag=True, errors=(409,), codes=("still_sealed",))},
)
async def get_quote(call: NamedDependency[Call], quote_id: FromPath[str]) -> Response[Quote]:
    """Read a quote.

    Its supplier reads what it works on, its buyer what was opened. A buyer's attempt to read it before is refused and
    recorded.
    """
    key, sealer = read("quote", quote_id), call.services.sealer
    return await watched(call, call.read(queries.get(call.db, call.actor, sealer, key), Quote.of))


@patch(
    "/v1/quotes/{quote_id:str}",
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:write",),
            if_match="required",
            etag=True,
            errors=(409,),
            codes=("deadline_passed", "wrong_state", "invalid"),
        )
    },
)
async def update_quote(
    call: NamedDependency[Call], quote_id: FromPath[str], data: JSONBody[QuotePatch]
) -> Response[Quote]:
    """Change what a quote's supplier works on.

    Absent members stay, null clears, `lines` and `attachments` replace all of them. What was submitted stays in force until it is
    submitted again.
    """
    key, sealer = read("quote", quote_id), call.services.sealer
    return await watched(
        call,
        call.change(
            lambda db: commands.update(db, call.actor, sealer, key, data.applied, expected=call.expected),
            Quote.of,
            sealed=True,
        ),
    )


@post(
    "/v1/quotes/{quote_id:str}/submit",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:submit",),
            transition=True,
            etag=True,
            codes=("deadline_passed", "incomplete", "invalid", "outdated_line", "nda_required"),
        )
    },
)
async def submit_quote(call: NamedDependency[Call], quote_id: FromPath[str]) -> Response[Quote]:
    """Submit a quote.

    Seals the working content: from now on it counts, and nobody reads it before the opening. Every line is priced or
    declined with a code, and a stated total is what the prices give. Submitting again while quoting is open replaces the
    version that counts. At the closing instant itself it is too late, by the database's clock.
    """
    key, sealer = read("quote", quote_id), call.services.sealer
    return await watched(
        call,
        call.change(
            lambda db: commands.submit(db, call.actor, sealer, key, expected=call.expected), Quote.of, sealed=True
        ),
    )


@post(
    "/v1/quotes/{quote_id:str}/reconfirm",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:submit",),
            transition=True,
            if_match="required",
            etag=True,
            codes=("deadline_passed", "incomplete", "invalid", "nda_required", "wrong_state"),
        )
    },
)
async def reconfirm_quote(call: NamedDependency[Call], quote_id: FromPath[str]) -> Response[Quote]:
    """Confirm the same prices after an addendum.

    Seals what was submitted once more, with a receipt of its own, for the lines as they are now; changes that are not
    submitted stay aside. Answers to lines and characteristics that are gone are left out. A line that was added is not
    answered by this: `line_states` shows it as `not_quoted`. To quote it, or another price, update and submit instead.
    """
    key, sealer = read("quote", quote_id), call.services.sealer
    return await watched(
        call,
        call.change(
            lambda db: commands.reconfirm(db, call.actor, sealer, key, expected=call.expected), Quote.of, sealed=True
        ),
    )


@post(
    "/v1/quotes/{quote_id:str}/withdraw",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("quotes:submit",), transition=True, etag=True, codes=("deadline_passed",))},
)
async def withdraw_quote(call: NamedDependency[Call], quote_id: FromPath[str]) -> Response[Quote]:
    """Take a submitted quote back.

    It does not count unless it is submitted again while quoting is open.
    """
    key, sealer = read("quote", quote_id), call.services.sealer
    return await watched(
        call,
        call.change(
            lambda db: commands.withdraw(db, call.actor, sealer, key, expected=call.expected), Quote.of, sealed=True
        ),
    )


@post(
    "/v1/quotes/{quote_id:str}/disqualify",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("awards:propose",), transition=True, etag=True, codes=("still_sealed",))},
)
async def disqualify_quote(
    call: NamedDependency[Call], quote_id: FromPath[str], data: JSONBody[QuoteDisqualify]
) -> Response[Quote]:
    """Exclude an opened quote.

    With a coded reason that its supplier is told.
    """
    key = read("quote", quote_id)
    return await watched(
        call,
        call.change(
            lambda db: commands.disqualify(
                db, call.actor, key, reason=data.reason, note=data.note, expected=call.expected
            ),
            Quote.of,
        ),
    )


@get(
    "/v1/quotes/{quote_id:str}/receipts",
    tags=TAGS,
    opt={"api": Api(scopes=("quotes:read",), errors=(409,), codes=("still_sealed",))},
)
async def list_quote_receipts(
    call: NamedDependency[Call], quote_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[QuoteReceiptPage]:
    """List the receipts of a quote, oldest first.

    One for each submission: version, time, digest and nonce. For its supplier alone.
    """
    filters = ["receipts", quote_id]
    place = place_of(after, filters, 1)
    found = await watched(
        call,
        queries.receipts(
            call.db,
            call.actor,
            call.services.sealer,
            read("quote", quote_id),
            after=0 if place is None else _number(place[0]),
            limit=limit + 1,
        ),
    )
    return call.page(
        found, QuoteReceipt.of, QuoteReceiptPage, limit=limit, filters=filters, place=lambda item: [item.number]
    )


def _number(value: object) -> int:
    try:
        return msgspec.convert(value, int)
    except msgspec.ValidationError as error:
        raise InvalidParameter("`after` takes the next_cursor of a page of this list.") from error


HANDLERS = [
    create_quote,
    list_rfq_quotes,
    list_quotes,
    get_quote,
    update_quote,
    submit_quote,
    reconfirm_quote,
    withdraw_quote,
    disqualify_quote,
    list_quote_receipts,
]
