"""Many RFQs in one call, for ERPs."""

from collections.abc import Sequence
from typing import Annotated, Self

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta

from api.call import Call, View, etag_of
from api.context import Context
from api.contract import Api
from api.edge import LARGER_BODIES
from api.problems import problem_of
from api.routes.rfqs_in import RfqCreate
from api.wire import ETag, Id, In, Out, Problem, Text40, Text80
from domain.errors import Refusal
from domain.ids import show
from domain.rfqs import batch, model
from domain.vocabularies import state_label

PATH = "/v1/rfqs/batch"
Index = Annotated[int, Meta(ge=0, le=499, extra_json_schema={"format": "int64"})]
Number = Annotated[int, Meta(ge=0, le=500, extra_json_schema={"format": "int64"})]


class RfqBatch(In, kw_only=True):
    """RFQs as `createRfq` takes them. With `publish` each is published as well, or not made."""

    mode: Annotated[
        batch.Mode,
        Meta(description="`all_or_nothing`: one that fails undoes all. `per_item`: what succeeds is kept."),
    ]
    publish: bool = False
    rfqs: Annotated[list[RfqCreate], Meta(min_length=1, max_length=batch.MAX_RFQS)]


class RfqMade(Out):
    """What was made of one item; `getRfq` shows all of it."""

    id: Id
    etag: ETag
    state: Text40
    state_label: Text80

    @classmethod
    def of(cls, rfq: model.Rfq, view: View) -> Self:
        """As its buyer sees it."""
        return cls(
            id=show("rfq", rfq.id),
            etag=etag_of(rfq.version),
            state=rfq.state,
            state_label=state_label("rfq", rfq.state, view.language),
        )


class RfqBatchItem(Out):
    """What became of one item: `rfq` when it was made (`status` 201), `problem` when it was not."""

    index: Annotated[Index, Meta(description="Its place in `rfqs`, from 0.")]
    external_reference: Text80 | None
    status: Annotated[
        int, Meta(ge=200, le=599, description="What `createRfq` had answered.", extra_json_schema={"format": "int64"})
    ]
    rfq: RfqMade | None
    problem: Problem | None


class RfqBatchResult(Out):
    """One item for each RFQ that was sent, in the same order."""

    created: Number
    refused: Number
    items: Annotated[list[RfqBatchItem], Meta(max_length=batch.MAX_RFQS)]

    @classmethod
    def of(
        cls, drafts: Sequence[model.Draft], made: Sequence[model.Rfq | Refusal], view: View, context: Context
    ) -> Self:
        """As the caller hears of it."""
        items = []
        for index, (draft, item) in enumerate(zip(drafts, made, strict=True)):
            problem = problem_of(item, context) if isinstance(item, Refusal) else None
            items.append(
                RfqBatchItem(
                    index=index,
                    external_reference=draft.external_reference,
                    status=201 if problem is None else problem.status,
                    rfq=None if isinstance(item, Refusal) else RfqMade.of(item, view),
                    problem=problem,
                )
            )
        refused = sum(isinstance(item, Refusal) for item in made)
        return cls(created=len(made) - refused, refused=refused, items=items)


@post(
    PATH,
    status_code=200,
    tags=["Rfqs"],
    request_max_body_size=LARGER_BODIES[PATH],
    opt={
        "api": Api(
            scopes=("rfqs:write",),
            idempotent=True,
            expensive=True,
            codes=("batch_refused", "duplicate", "incomplete", "invalid"),
        )
    },
)
async def create_rfq_batch(call: NamedDependency[Call], data: JSONBody[RfqBatch]) -> Response[RfqBatchResult]:
    """Create up to 500 RFQs, and publish them when asked to.

    The body has 16 MiB at most. One `Idempotency-Key` counts for the whole: a retry gets the same answer and makes nothing
    twice. A body that breaks the schema is refused whole, in either mode; whatever a rule refuses is told for each item.
    `publish` needs the scope `rfqs:publish` too.
    """
    if data.publish:
        call.actor.need("rfqs:publish")
    drafts = [item.draft() for item in data.rfqs]
    sealer = call.services.sealer
    return await call.change(
        lambda db: batch.create(db, call.actor, sealer, drafts, mode=data.mode, publish=data.publish),
        lambda made, view: RfqBatchResult.of(drafts, made, view, call.context),
    )


HANDLERS = [create_rfq_batch]
