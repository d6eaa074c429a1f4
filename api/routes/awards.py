"""Awards: proposing, issuing, answering."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from api.call import Call
from api.contract import Api
from api.paging import After, Limit
from api.routes.awards_wire import Award, AwardCancel, AwardCard, AwardDecline, AwardPage, AwardPropose
from api.routes.succession_wire import Succession
from domain.awards import commands, queries
from domain.ids import read, show

TAGS = ["Awards"]
ACCEPTING = ("wrong_state", "standstill", "objection_open", "deadline_passed")


@post(
    "/v1/rfqs/{rfq_id:str}/awards",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("awards:propose",),
            idempotent=True,
            etag=True,
            location=True,
            codes=("wrong_state", "quote_expired", "quantity_exceeded", "invalid"),
        )
    },
)
async def propose_award(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[AwardPropose]
) -> Response[Award]:
    """Propose an award.

    Quantities of an opened quote that is still valid; a line may be split over several suppliers. The unit price is that of
    the break which the quantity reaches; tooling that the quote spreads over pieces is added to it, other tooling is paid
    once. A proposal reserves nothing and is not shown to the supplier. Losing quotes hear one coded reason each, derived from
    their own figures against those that won; `reasons` replaces it for the quotes it names.
    """
    rfq, quote = read("rfq", rfq_id), read("quote", data.quote_id)
    reasons = data.given()
    return await call.change(
        lambda db: commands.propose(db, call.actor, rfq, quote, data.wanted(), data.note, reasons),
        Award.of,
        status=201,
        location=lambda seen: f"/v1/awards/{show('award', seen.award.id)}",
    )


@get("/v1/awards", tags=TAGS, opt={"api": Api(scopes=("awards:read",))})
async def list_awards(
    call: NamedDependency[Call],
    limit: Limit = 50,
    after: After = None,
    rfq_id: Annotated[str | None, QueryParameter(max_length=40, description="Only awards of this RFQ.")] = None,
    award_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
) -> Response[AwardPage]:
    """List awards, newest first.

    A buyer's own, and for a supplier those that were issued to it.
    """
    return await call.listed(
        lambda behind, count: queries.list_visible(
            call.db,
            call.actor,
            after=behind,
            limit=count,
            rfq_id=None if rfq_id is None else read("rfq", rfq_id),
            state=award_state,
        ),
        AwardCard.of,
        AwardPage,
        kind="award",
        after=after,
        limit=limit,
        filters=["awards", rfq_id, award_state],
    )


@get("/v1/awards/{award_id:str}", tags=TAGS, opt={"api": Api(scopes=("awards:read",), etag=True)})
async def get_award(call: NamedDependency[Call], award_id: FromPath[str]) -> Response[Award]:
    """Read an award with its lines and prices.

    For its buyer and, once issued, its supplier. The buyer's reasons and persons are null for the supplier.
    """
    return await call.read(queries.get(call.db, call.actor, read("award", award_id)), Award.of)


@post(
    "/v1/awards/{award_id:str}/issue",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("awards:issue",),
            transition=True,
            if_match="required",
            etag=True,
            codes=("four_eyes_required", "quantity_exceeded", "duplicate", "quote_expired", "wrong_state"),
        )
    },
)
async def issue_award(call: NamedDependency[Call], award_id: FromPath[str]) -> Response[Award]:
    """Send a proposed award to its supplier.

    Reserves its quantities: all awards of a line together never exceed what was asked, and a supplier has one live award of
    a line. Where the buyer's policy demands four eyes, another person than the proposer issues it. With a standstill in the
    RFQ's terms, every other quote that priced one of the lines hears that an award to others is intended, with its own rank
    band and coded reason, and may object; the supplier accepts from `standstill_until` on and before `accept_by`.
    """
    key = read("award", award_id)
    return await call.change(lambda db: commands.issue(db, call.actor, key, expected=call.expected), Award.of)


@post(
    "/v1/awards/{award_id:str}/accept",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("awards:accept",), transition=True, if_match="required", etag=True, codes=ACCEPTING)},
)
async def accept_award(call: NamedDependency[Call], award_id: FromPath[str]) -> Response[Award]:
    """Accept an award.

    From the end of the standstill on, before `accept_by`, while no objection is undecided; by the database's clock, and at
    `accept_by` itself it is too late. The order is made in the same transaction: `order_id` names it. When accepted awards
    cover the whole RFQ, everybody else who quoted is told.
    """
    key = read("award", award_id)
    return await call.change(lambda db: commands.accept(db, call.actor, key, expected=call.expected), Award.of)


@post(
    "/v1/awards/{award_id:str}/decline",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("awards:accept",), transition=True, etag=True, codes=("wrong_state", "deadline_passed", "invalid")
        )
    },
)
async def decline_award(
    call: NamedDependency[Call], award_id: FromPath[str], data: JSONBody[AwardDecline]
) -> Response[Award]:
    """Decline an award.

    With a coded reason; its quantities are free for others again.
    """
    key = read("award", award_id)
    return await call.change(
        lambda db: commands.decline(db, call.actor, key, data.reason, data.note, expected=call.expected), Award.of
    )


@post(
    "/v1/awards/{award_id:str}/cancel",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("awards:issue",), transition=True, etag=True, codes=("wrong_state", "invalid"))},
)
async def cancel_award(
    call: NamedDependency[Call], award_id: FromPath[str], data: JSONBody[AwardCancel]
) -> Response[Award]:
    """Take an award back before it is accepted.

    With a coded reason. What an issued award reserved is free again; the supplier is told only if it knew of it.
    """
    key = read("award", award_id)
    return await call.change(
        lambda db: commands.cancel(db, call.actor, key, data.reason, data.note, expected=call.expected), Award.of
    )


@get("/v1/awards/{award_id:str}/successors", tags=TAGS, opt={"api": Api(scopes=("awards:read",), errors=(409,))})
async def get_successors(call: NamedDependency[Call], award_id: FromPath[str]) -> Response[Succession]:
    """Say who is next for what an ended award left.

    For the buyer, once an issued award was declined, cancelled or has lapsed: per free line the valid quotes in their rank at
    the free quantity. Whoever declined it or let it lapse is not asked again, and who holds an award of the line has it.
    """
    return await call.read(queries.successors(call.db, call.actor, read("award", award_id)), Succession.of)


@post(
    "/v1/awards/{award_id:str}/offer-next",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("awards:propose",),
            idempotent=True,
            etag=True,
            location=True,
            errors=(409,),
            codes=("wrong_state", "no_successor", "quantity_exceeded"),
        )
    },
)
async def offer_next(call: NamedDependency[Call], award_id: FromPath[str]) -> Response[Award]:
    """Propose what an ended award left to the next in rank.

    The quote that prices most of the free lines, then the cheapest with tooling, with the reason `next_in_rank`. It is a
    proposal like any other: another person issues it where four eyes are demanded.
    """
    key = read("award", award_id)
    return await call.change(
        lambda db: commands.offer_next(db, call.actor, key),
        Award.of,
        status=201,
        location=lambda seen: f"/v1/awards/{show('award', seen.award.id)}",
    )


HANDLERS = [
    propose_award,
    list_awards,
    get_award,
    issue_award,
    accept_award,
    decline_award,
    cancel_award,
    get_successors,
    offer_next,
]
