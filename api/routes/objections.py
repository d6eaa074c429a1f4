"""Objections of losing suppliers to intended awards."""

from typing import Annotated, Self

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit
from api.wire import Blocked, ETag, Id, In, Out, Page, Text40, Text80, Text200, Text2000, Timestamp, utc
from domain.ids import read, show
from domain.objections import commands, model, queries, rules
from domain.vocabularies import state_label

TAGS = ["Objections"]


class ObjectionFile(In):
    """What is wrong with the intended award, in the supplier's words."""

    text: Text2000


class ObjectionDecide(In):
    """The decision and its written answer, which the supplier reads."""

    outcome: model.Outcome
    answer: Text2000


class Objection(Out):
    """One supplier's objection to the intended awards of an RFQ; the two parties read it, nobody else."""

    id: Id
    rfq_id: Id
    quote_id: Id
    buyer_id: Id
    supplier_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    text: Text2000
    filed_by: Annotated[Text200 | None, Meta(description="Person or credential; null for the buyer.")]
    answer: Text2000 | None
    decided_by: Annotated[Text200 | None, Meta(description="Person or credential; null for the supplier.")]
    decided_at: Timestamp | None
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, objection: model.Objection, view: View) -> Self:
        """As one of the two parties sees it."""
        buyer = view.actor.is_organisation(objection.buyer_id)
        allowed, blocked = rules.available(objection, view.actor, now=view.now)
        return cls(
            id=show("objection", objection.id),
            rfq_id=show("rfq", objection.rfq_id),
            quote_id=show("quote", objection.quote_id),
            buyer_id=show("organisation", objection.buyer_id),
            supplier_id=show("organisation", objection.supplier_id),
            state=objection.state,
            state_label=state_label("objection", objection.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(action, refusal) for action, refusal in blocked],
            etag=etag_of(objection.version),
            text=objection.text,
            filed_by=None if buyer else objection.filed_by,
            answer=objection.answer,
            decided_by=objection.decided_by if buyer else None,
            decided_at=None if objection.decided_at is None else utc(objection.decided_at),
            created_at=utc(objection.created_at),
            updated_at=utc(objection.updated_at),
        )


class ObjectionPage(Page[Objection]):
    """Objections, oldest first."""


@post(
    "/v1/rfqs/{rfq_id:str}/objections",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("quotes:submit",),
            idempotent=True,
            etag=True,
            location=True,
            errors=(409,),
            codes=("deadline_passed", "wrong_state", "duplicate", "limit_reached"),
        )
    },
)
async def file_objection(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[ObjectionFile]
) -> Response[Objection]:
    """Object to an intended award.

    A supplier whose opened quote is passed over may do so while the standstill of an award to another runs, by the database's
    clock. No award of the RFQ is accepted, and none lapses, until the buyer has decided.
    """
    key = read("rfq", rfq_id)
    return await call.change(
        lambda db: commands.file(db, call.actor, key, data.text),
        Objection.of,
        status=201,
        location=lambda objection: f"/v1/objections/{show('objection', objection.id)}",
    )


@get("/v1/rfqs/{rfq_id:str}/objections", tags=TAGS, opt={"api": Api(scopes=("awards:read",))})
async def list_objections(
    call: NamedDependency[Call], rfq_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[ObjectionPage]:
    """List objections to the awards of an RFQ, oldest first.

    All of them for the buyer, its own for a supplier.
    """
    key = read("rfq", rfq_id)
    return await call.listed(
        lambda behind, count: queries.list_visible(call.db, call.actor, key, after=behind, limit=count),
        Objection.of,
        ObjectionPage,
        kind="objection",
        after=after,
        limit=limit,
        filters=["objections", rfq_id],
    )


@get("/v1/objections/{objection_id:str}", tags=TAGS, opt={"api": Api(scopes=("awards:read",), etag=True)})
async def get_objection(call: NamedDependency[Call], objection_id: FromPath[str]) -> Response[Objection]:
    """Read an objection.

    For the buyer and the supplier that filed it.
    """
    return await call.read(queries.get(call.db, call.actor, read("objection", objection_id)), Objection.of)


@post(
    "/v1/objections/{objection_id:str}/decide",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("awards:issue",), transition=True, if_match="required", etag=True, codes=("wrong_state",))},
)
async def decide_objection(
    call: NamedDependency[Call], objection_id: FromPath[str], data: JSONBody[ObjectionDecide]
) -> Response[Objection]:
    """Uphold or dismiss an objection, with an answer.

    Upheld, every issued award of the RFQ is cancelled in the same transaction; orders that an earlier acceptance made stand.
    Dismissed, awards that waited get their whole time to accept again.
    """
    key = read("objection", objection_id)
    return await call.change(
        lambda db: commands.decide(db, call.actor, key, data.outcome, data.answer, expected=call.expected),
        Objection.of,
    )


HANDLERS = [file_objection, list_objections, get_objection, decide_objection]
