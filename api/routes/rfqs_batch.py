"""Many RFQs in one call, for ERPs."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple, Self

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from msgspec import Meta

from api.call import JSON, Call, View, etag_of
from api.context import Context
from api.contract import Api
from api.edge import LARGER_BODIES
from api.problems import problem_of, refusal_of
from api.routes.rfqs_in import RfqCreate
from api.strict import EXPLAIN_LIMIT, BodyRefused, decode, decode_part
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


class _Envelope(In, kw_only=True):
    """`RfqBatch` with its items unread, so that one that is malformed can be answered in its place."""

    mode: batch.Mode
    publish: bool = False
    rfqs: Annotated[list[msgspec.Raw], Meta(min_length=1, max_length=batch.MAX_RFQS)]


class _Named(msgspec.Struct):
    """What of a malformed item tells its sender which one it is."""

    external_reference: Text80 | None = None


_ENVELOPE = msgspec.json.Decoder(_Envelope, strict=True)
_WHOLE = msgspec.json.Decoder(RfqBatch, strict=True)
_ITEM = msgspec.json.Decoder(RfqCreate, strict=True)
_NAMED = msgspec.json.Decoder(_Named, strict=True)


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
    def of(cls, names: Sequence[str | None], made: Sequence[model.Rfq | Refusal], view: View, context: Context) -> Self:
        """As the caller hears of it."""
        items = []
        for index, (name, item) in enumerate(zip(names, made, strict=True)):
            problem = problem_of(item, context) if isinstance(item, Refusal) else None
            items.append(
                RfqBatchItem(
                    index=index,
                    external_reference=name,
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
            request_body=JSON,
            request_schema=RfqBatch,
            codes=("batch_refused", "duplicate", "incomplete", "invalid"),
        )
    },
)
async def create_rfq_batch(call: NamedDependency[Call]) -> Response[RfqBatchResult]:
    """Create up to 500 RFQs, and publish them when asked to.

    The body has 16 MiB at most. One `Idempotency-Key` counts for the whole: a retry gets the same answer and makes nothing
    twice. With `per_item` an item that breaks the schema is answered in its place like one that breaks a rule, with pointers into
    the item, and the others go on. With `all_or_nothing` it refuses the whole, as does in either mode what is wrong about the
    body itself. `publish` needs the scope `rfqs:publish` too.
    """
    mode, publish, names, drafts = _read(await call.request.body(), call.context)
    if publish:
        call.actor.need("rfqs:publish")
    sealer = call.services.sealer
    return await call.change(
        lambda db: batch.create(db, call.actor, sealer, drafts, mode=mode, publish=publish),
        lambda made, view: RfqBatchResult.of(names, made, view, call.context),
    )


class _Read(NamedTuple):
    mode: batch.Mode
    publish: bool
    names: list[str | None]
    drafts: list[model.Draft | Refusal]


def _read(content: bytes, context: Context) -> _Read:
    """The body. Raises BodyRefused, with `per_item` only for what is wrong besides the items."""
    envelope: _Envelope = decode(content, _Envelope, _ENVELOPE, has_parts=True)
    if envelope.mode == "all_or_nothing":
        whole: RfqBatch = decode(content, RfqBatch, _WHOLE)
        drafts = [item.draft() for item in whole.rfqs]
        return _Read(whole.mode, whole.publish, [draft.external_reference for draft in drafts], [*drafts])
    found = _Read(envelope.mode, envelope.publish, [], [])
    left = EXPLAIN_LIMIT  # to explain a fault costs more than to find it
    for raw in envelope.rfqs:
        part = bytes(raw)
        try:
            draft = decode_part(part, RfqCreate, _ITEM, explain=left > 0).draft()
        except BodyRefused as error:
            left -= len(part)
            found.names.append(_name(part))
            found.drafts.append(refusal_of(error, context))
        else:
            found.names.append(draft.external_reference)
            found.drafts.append(draft)
    return found


def _name(part: bytes) -> str | None:
    try:
        name = _NAMED.decode(part).external_reference
    except msgspec.ValidationError:
        return None
    return None if name is None or "\0" in name else name


HANDLERS = [create_rfq_batch]
