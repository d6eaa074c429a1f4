"""Cost claims: what a nonconformance cost, and what the supplier agrees to. Answers are kept sealed: they hold amounts."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from api.call import Call
from api.contract import Api
from api.paging import After, Limit
from api.routes.cost_claims_wire import CostClaim, CostClaimAnswer, CostClaimPage, CostClaimRaise, CostClaimSettle
from domain.cost_claims import commands, queries
from domain.ids import read, show

TAGS = ["CostClaims"]
PATH = "/v1/orders/{order_id:str}/cost-claims"
ONE = PATH + "/{cost_claim_id:str}"


@post(
    "/v1/orders/{order_id:str}/nonconformances/{nonconformance_id:str}/cost-claims",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("orders:write",),
            idempotent=True,
            etag=True,
            location=True,
            errors=(409,),
            codes=("file_not_clean", "invalid", "limit_reached"),
        )
    },
)
async def raise_cost_claim(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    nonconformance_id: FromPath[str],
    data: JSONBody[CostClaimRaise],
) -> Response[CostClaim]:
    """Claim what a nonconformance cost.

    By the buyer, of the supplier, in the currency of the order; of a closed nonconformance too. The supplier agrees or contests.
    """
    keys = read("order", order_id), read("nonconformance", nonconformance_id)
    return await call.change(
        lambda db: commands.raise_claim(db, call.actor, *keys, data.draft()),
        CostClaim.of,
        status=201,
        location=lambda made: f"/v1/orders/{order_id}/cost-claims/{show('cost_claim', made.id)}",
        sealed=True,
    )


@get(PATH, tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def list_cost_claims(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    limit: Limit = 50,
    after: After = None,
    claim_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
    nonconformance_id: Annotated[
        str | None, QueryParameter(max_length=40, description="About this nonconformance only.")
    ] = None,
) -> Response[CostClaimPage]:
    """List the cost claims of an order, oldest first.

    For the two parties of the order.
    """
    key = read("order", order_id)
    about = None if nonconformance_id is None else read("nonconformance", nonconformance_id)
    return await call.listed(
        lambda behind, count: queries.list_of(
            call.db, call.actor, key, after=behind, limit=count, state=claim_state, nonconformance_id=about
        ),
        CostClaim.of,
        CostClaimPage,
        kind="cost_claim",
        after=after,
        limit=limit,
        filters=["cost_claims", order_id, claim_state, nonconformance_id],
    )


@get(ONE, tags=TAGS, opt={"api": Api(scopes=("orders:read",), etag=True)})
async def get_cost_claim(
    call: NamedDependency[Call], order_id: FromPath[str], cost_claim_id: FromPath[str]
) -> Response[CostClaim]:
    """Read a cost claim.

    For the two parties of the order.
    """
    keys = read("order", order_id), read("cost_claim", cost_claim_id)
    return await call.read(queries.get(call.db, call.actor, *keys), CostClaim.of)


@post(
    ONE + "/answer",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("orders:write",), transition=True, if_match="required", etag=True, codes=("invalid", "wrong_state")
        )
    },
)
async def answer_cost_claim(
    call: NamedDependency[Call], order_id: FromPath[str], cost_claim_id: FromPath[str], data: JSONBody[CostClaimAnswer]
) -> Response[CostClaim]:
    """Agree to a cost claim, or contest it.

    By the supplier. It agrees to all or to a part, once and for all; what it contested it may still agree to.
    """
    keys = read("order", order_id), read("cost_claim", cost_claim_id)
    return await call.change(
        lambda db: commands.answer(db, call.actor, *keys, data.said(), expected=call.expected),
        CostClaim.of,
        sealed=True,
    )


@post(
    ONE + "/withdraw",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def withdraw_cost_claim(
    call: NamedDependency[Call], order_id: FromPath[str], cost_claim_id: FromPath[str]
) -> Response[CostClaim]:
    """Take a cost claim back.

    By the buyer, until it is agreed.
    """
    keys = read("order", order_id), read("cost_claim", cost_claim_id)
    return await call.change(
        lambda db: commands.withdraw(db, call.actor, *keys, expected=call.expected), CostClaim.of, sealed=True
    )


@post(
    ONE + "/settle",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("orders:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def settle_cost_claim(
    call: NamedDependency[Call], order_id: FromPath[str], cost_claim_id: FromPath[str], data: JSONBody[CostClaimSettle]
) -> Response[CostClaim]:
    """Record that an agreed claim was settled.

    By the buyer, with the reference of the credit note or payment. Jembatan moves no money.
    """
    keys = read("order", order_id), read("cost_claim", cost_claim_id)
    return await call.change(
        lambda db: commands.settle(db, call.actor, *keys, data.settlement, expected=call.expected),
        CostClaim.of,
        sealed=True,
    )


HANDLERS = [
    raise_cost_claim,
    list_cost_claims,
    get_cost_claim,
    answer_cost_claim,
    withdraw_cost_claim,
    settle_cost_claim,
]
