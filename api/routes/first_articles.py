"""First articles of an order."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from api.call import Call
from api.contract import Api
from api.paging import After, Limit
from api.routes.first_articles_wire import FirstArticle, FirstArticleDecide, FirstArticlePage, FirstArticleSubmit
from domain.first_articles import commands, queries
from domain.ids import read, show

TAGS = ["FirstArticles"]


@post(
    "/v1/orders/{order_id:str}/first-articles",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quality:write",),
            idempotent=True,
            etag=True,
            location=True,
            errors=(409,),
            codes=("incomplete", "invalid", "wrong_state", "file_not_clean", "limit_reached"),
        )
    },
)
async def submit_first_article(
    call: NamedDependency[Call], order_id: FromPath[str], data: JSONBody[FirstArticleSubmit]
) -> Response[FirstArticle]:
    """Submit measured samples for approval.

    Of a line whose approval plan (`fai`, `isir`, `ppap`) holds production back. Each value is judged against nominal and
    deviations; the documents are those that the plan and its level ask for.
    """
    key = read("order", order_id)
    return await call.change(
        lambda db: commands.submit(db, call.actor, key, data.draft()),
        FirstArticle.of,
        status=201,
        location=lambda made: f"/v1/orders/{order_id}/first-articles/{show('first_article', made.id)}",
    )


@get("/v1/orders/{order_id:str}/first-articles", tags=TAGS, opt={"api": Api(scopes=("orders:read",))})
async def list_first_articles(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    limit: Limit = 50,
    after: After = None,
    line_no: Annotated[int | None, QueryParameter(description="Of this line only.", ge=1, le=1_000_000)] = None,
) -> Response[FirstArticlePage]:
    """List first articles of an order, oldest first.

    Rejected and withdrawn ones too.
    """
    key = read("order", order_id)
    return await call.listed(
        lambda behind, count: queries.list_of(call.db, call.actor, key, after=behind, limit=count, line_no=line_no),
        FirstArticle.of,
        FirstArticlePage,
        kind="first_article",
        after=after,
        limit=limit,
        filters=["first_articles", order_id, line_no],
    )


@get(
    "/v1/orders/{order_id:str}/first-articles/{first_article_id:str}",
    tags=TAGS,
    opt={"api": Api(scopes=("orders:read",), etag=True)},
)
async def get_first_article(
    call: NamedDependency[Call], order_id: FromPath[str], first_article_id: FromPath[str]
) -> Response[FirstArticle]:
    """Read a first article.

    For the two parties of the order.
    """
    keys = read("order", order_id), read("first_article", first_article_id)
    return await call.read(queries.get(call.db, call.actor, *keys), FirstArticle.of)


@post(
    "/v1/orders/{order_id:str}/first-articles/{first_article_id:str}/decide",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quality:write",), transition=True, if_match="required", etag=True, codes=("wrong_state", "invalid")
        )
    },
)
async def decide_first_article(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    first_article_id: FromPath[str],
    data: JSONBody[FirstArticleDecide],
) -> Response[FirstArticle]:
    """Approve, approve with deviation, or reject a first article.

    An approval lets production of the line leave; one with deviation up to a quantity or an instant. What does not conform
    is never approved without naming it.
    """
    keys = read("order", order_id), read("first_article", first_article_id)
    return await call.change(
        lambda db: commands.decide(db, call.actor, *keys, data.judgement(), expected=call.expected), FirstArticle.of
    )


@post(
    "/v1/orders/{order_id:str}/first-articles/{first_article_id:str}/withdraw",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("quality:write",), transition=True, etag=True, codes=("wrong_state",))},
)
async def withdraw_first_article(
    call: NamedDependency[Call], order_id: FromPath[str], first_article_id: FromPath[str]
) -> Response[FirstArticle]:
    """Take a first article back.

    By the supplier, while it is undecided.
    """
    keys = read("order", order_id), read("first_article", first_article_id)
    return await call.change(
        lambda db: commands.withdraw(db, call.actor, *keys, expected=call.expected), FirstArticle.of
    )


HANDLERS = [
    submit_first_article,
    list_first_articles,
    get_first_article,
    decide_first_article,
    withdraw_first_article,
]
