"""RFQs: drafting, publishing, extending, reissuing. What happens after the deadline is in `openings.py`."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit, place_of, ranked
from api.refusals import InvalidParameter
from api.routes.rfqs_in import RfqCreate, RfqPatch
from api.routes.rfqs_wire import Rfq, RfqCard, RfqPage
from api.wire import In, Text80, Timestamp
from domain.database import Database
from domain.ids import read, show
from domain.matching import queries as matching
from domain.matching.model import Fit
from domain.matching.rules import place_of_fit
from domain.participations import commands as participations
from domain.rfqs import commands, model, queries, reissue

TAGS = ["Rfqs"]


@post(
    "/v1/rfqs",
    status_code=201,
    tags=TAGS,
    opt={"api": Api(scopes=("rfqs:write",), idempotent=True, etag=True, location=True)},
)
async def create_rfq(call: NamedDependency[Call], data: JSONBody[RfqCreate]) -> Response[Rfq]:
    """Start a draft.

    Only its buyer sees it until it is published; what is missing may follow.
    """
    return await call.change(
        lambda db: commands.create(db, call.actor, data.draft()), Rfq.of, status=201, location=_location
    )


@get("/v1/rfqs", tags=TAGS, opt={"api": Api(scopes=("rfqs:read",), errors=(422,), codes=("incomplete",))})
async def list_rfqs(
    call: NamedDependency[Call],
    limit: Limit = 50,
    after: After = None,
    rfq_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
    external_reference: Annotated[
        str | None, QueryParameter(max_length=80, description="Only the buyer's RFQ with this reference.")
    ] = None,
    fit: Annotated[  # noqa: FBT002  a query parameter
        bool, QueryParameter(description="Only open RFQs that the caller can make something of, best first.")
    ] = False,
) -> Response[RfqPage]:
    """List RFQs, newest first.

    A buyer sees its own; everybody else those they take part in and, once verified, those open to all. With `fit` a
    supplier with capabilities finds the open ones that suit it, ranked and explained by the rules of `matchSuppliers`.
    """
    if fit:
        return await _fitting(call, limit, after, rfq_state, external_reference)
    return await call.listed(
        lambda behind, count: queries.list_visible(
            call.db, call.actor, after=behind, limit=count, state=rfq_state, reference=external_reference
        ),
        RfqCard.of,
        RfqPage,
        kind="rfq",
        after=after,
        limit=limit,
        filters=["rfqs", rfq_state, external_reference],
    )


@get("/v1/rfqs/{rfq_id:str}", tags=TAGS, opt={"api": Api(scopes=("rfqs:read",), etag=True)})
async def get_rfq(call: NamedDependency[Call], rfq_id: FromPath[str]) -> Response[Rfq]:
    """Read an RFQ with its lines.

    The documents are listed by `listDocuments`. What the buyer keeps to itself is null for others.
    """
    key = read("rfq", rfq_id)
    if call.none_match is not None:
        known = await queries.version(call.db, call.actor, key)
        if known is not None and call.has(etag_of(known)):
            return call.unchanged(etag_of(known))
    return await call.read(_look(call, key), _seen)


@patch("/v1/rfqs/{rfq_id:str}", tags=TAGS, opt={"api": Api(scopes=("rfqs:write",), if_match="required", etag=True)})
async def update_rfq(call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[RfqPatch]) -> Response[Rfq]:
    """Change a draft.

    Absent members stay, null clears, `lines` replaces all lines. A published RFQ is not changed like this.
    """
    key = read("rfq", rfq_id)

    async def work(db: Database) -> model.Rfq:
        seen = await queries.get(db, call.actor, key)
        return await commands.update(db, call.actor, key, data.applied(seen.rfq), expected=call.expected)

    return await call.change(work, Rfq.of)


@put(
    "/v1/rfqs/by-reference/{external_reference:str}",
    tags=TAGS,
    opt={"api": Api(scopes=("rfqs:write",), if_match="optional", etag=True, also=(201,), errors=(409, 428))},
)
async def put_rfq_by_reference(
    call: NamedDependency[Call],
    external_reference: Annotated[str, PathParameter(max_length=80, description="The buyer's own reference.")],
    data: JSONBody[RfqCreate],
) -> Response[Rfq]:
    """Create or rewrite the draft with an external reference.

    An ERP may send the same document twice: the first time creates (201), later ones rewrite the draft (200) and need
    `If-Match`, so that no change of somebody else is overwritten unseen.
    """

    async def work(db: Database) -> tuple[model.Rfq, bool]:
        return await commands.put_by_reference(db, call.actor, external_reference, data.draft(), expected=call.expected)

    new = False

    def shown(result: tuple[model.Rfq, bool], view: View) -> Rfq:
        nonlocal new
        rfq, new = result
        return Rfq.of(rfq, view)

    response: Response[Any] = await call.change(work, shown)
    if new:
        response.status_code = 201
    return response


@delete(
    "/v1/rfqs/{rfq_id:str}",
    status_code=204,
    tags=TAGS,
    opt={"api": Api(scopes=("rfqs:write",), if_match="required", errors=(409,))},
)
async def delete_rfq(call: NamedDependency[Call], rfq_id: FromPath[str]) -> Response[None]:
    """Throw a draft away.

    Nobody but the buyer has seen it. A published RFQ is cancelled instead, so that everybody is told.
    """
    key = read("rfq", rfq_id)
    return await call.change(lambda db: commands.delete(db, call.actor, key, expected=call.expected), None)


@post(
    "/v1/rfqs/{rfq_id:str}/publish",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("rfqs:publish",), transition=True, etag=True, codes=("incomplete",))},
)
async def publish_rfq(call: NamedDependency[Call], rfq_id: FromPath[str]) -> Response[Rfq]:
    """Publish a draft.

    Every line needs a quantity, and a drawing or a written specification; the deadline lies ahead; the weights of
    evaluation, where given, add up to 100.
    """
    key = read("rfq", rfq_id)
    return await call.change(
        lambda db: commands.publish(db, call.actor, call.services.sealer, key, expected=call.expected), Rfq.of
    )


class RfqExtend(In):
    """The later deadline."""

    quotes_close_at: Timestamp


@post(
    "/v1/rfqs/{rfq_id:str}/extend",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("rfqs:publish",), transition=True, etag=True, codes=("deadline_passed",))},
)
async def extend_rfq(call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[RfqExtend]) -> Response[Rfq]:
    """Give suppliers more time.

    The deadline moves only later, and only before it passes; every participant is told.
    """
    key = read("rfq", rfq_id)
    return await call.change(
        lambda db: commands.extend(db, call.actor, key, data.quotes_close_at, expected=call.expected), Rfq.of
    )


class RfqReissue(In):
    """How the new draft differs from the old RFQ; nothing of it is needed."""

    external_reference: Annotated[Text80 | None, Meta(description="The new draft's own; the old one is used up.")] = (
        None
    )
    invite_previous: Annotated[
        bool, Meta(description="Invite everybody who took part, who declined included, if verified still.")
    ] = False
    copy_documents: Annotated[bool, Meta(description="Attach the same files.")] = True
    remaining_only: Annotated[
        bool, Meta(description="Ask only for what was not awarded; earliest deliveries count as covered first.")
    ] = False

    def wishes(self) -> reissue.Wishes:
        """As the domain takes it."""
        return reissue.Wishes(
            external_reference=self.external_reference,
            invite_previous=self.invite_previous,
            copy_documents=self.copy_documents,
            remaining_only=self.remaining_only,
        )


DEFAULT_REISSUE = RfqReissue()


@post(
    "/v1/rfqs/{rfq_id:str}/reissue",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("rfqs:write",),
            transition=True,
            etag=True,
            location=True,
            codes=("wrong_state", "duplicate", "invalid"),
        )
    },
)
async def reissue_rfq(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[RfqReissue] = DEFAULT_REISSUE
) -> Response[Rfq]:
    """Start a new draft from an RFQ that has ended.

    Lines, terms and documents are copied; deadline and reference are set anew. `reissue_of` and `reissued_as` link the two; an
    RFQ is issued again once, and the next time from the newest.
    """
    key, wishes = read("rfq", rfq_id), data.wishes()
    return await call.change(
        lambda db: reissue.reissue(db, call.actor, key, wishes, expected=call.expected),
        Rfq.of,
        status=201,
        location=_location,
    )


def _location(rfq: model.Rfq) -> str:
    return f"/v1/rfqs/{show('rfq', rfq.id)}"


async def _fitting(
    call: Call, limit: int, after: str | None, state: str | None, reference: str | None
) -> Response[RfqPage]:
    if state not in {None, "open"} or reference is not None:
        raise InvalidParameter("`fit` looks among open RFQs: leave `state` and `external_reference` away.")
    filters = ["rfqs", "fit"]
    behind = place_of(after, filters, 4)
    found = await matching.fitting_rfqs(call.db, call.actor)
    if behind is not None:
        coverage, below, capacity, rfq_id = behind
        last = (*ranked(coverage, below, capacity), -read("rfq", str(rfq_id)).int)
        found = [item for item in found if place_of_fit(item) > last]

    def place(item: Fit) -> list[object]:
        rank, score, enough, _ = place_of_fit(item)
        return [rank, str(score), enough, show("rfq", item.card.id)]

    return call.page(
        found[: limit + 1],
        lambda item, view: RfqCard.of(item.card, view, item.candidate),
        RfqPage,
        limit=limit,
        filters=filters,
        place=place,
    )


async def _look(call: Call, rfq_id: UUID) -> queries.Seen:
    """The RFQ; an invited supplier's first look is noted."""
    seen = await queries.get(call.db, call.actor, rfq_id)
    if seen.participation is not None and seen.participation.state == "invited":
        viewed = await participations.mark_viewed(call.db, call.actor, rfq_id)
        return queries.Seen(rfq=seen.rfq, participation=viewed, unanswered=seen.unanswered)
    return seen


def _seen(seen: queries.Seen, view: View) -> Rfq:
    return Rfq.of(seen.rfq, view, seen.participation, unanswered=seen.unanswered)


HANDLERS = [
    create_rfq,
    list_rfqs,
    get_rfq,
    update_rfq,
    put_rfq_by_reference,
    delete_rfq,
    publish_rfq,
    extend_rfq,
    reissue_rfq,
]
