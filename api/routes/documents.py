"""Documents of an RFQ: drawings, models, specifications, by line and revision."""

from typing import Annotated, Literal, Self

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit, place_of
from api.routes.rfqs_in import LineNo
from api.wire import ETag, Id, In, Int64, Out, Page, Text40, Text200, Timestamp, utc
from domain.database import Database
from domain.ids import read, show
from domain.rfqs import documents, model, queries

TAGS = ["Documents"]
Kind = Literal["drawing", "model", "specification", "photo", "package"]


class DocumentAttach(In, kw_only=True):
    """Which file is what. Without a line number it belongs to the whole RFQ."""

    file_id: Id
    kind: Kind
    line_no: LineNo | None = None
    label: Text200 | None = None
    revision_label: Text40 | None = None
    confidential: bool = False


class RfqDocument(Out):
    """A document. Of one that the caller may not read yet, the file is null and `unreadable` says what is missing."""

    id: Id
    rfq_id: Id
    file_id: Id | None
    file_name: Text200 | None
    media_type: Annotated[str, Meta(max_length=100)] | None
    size: Int64 | None
    sha256: Annotated[str, Meta(max_length=64)] | None
    line_no: LineNo | None
    kind: Kind
    label: Text200 | None
    revision_label: Text40 | None
    confidential: bool
    unreadable: Annotated[str, Meta(max_length=60, description="Code of the problem a download would answer.")] | None
    attached_at: Timestamp

    @classmethod
    def of(cls, rfq: model.Rfq, seen: documents.SeenDocument) -> Self:
        """As the caller sees it."""
        document, hidden = seen.document, seen.unreadable is not None
        return cls(
            id=show("document", document.id),
            rfq_id=show("rfq", rfq.id),
            file_id=None if hidden else show("file", document.file_id),
            file_name=None if hidden else document.file_name,
            media_type=None if hidden else document.media_type,
            size=None if hidden else document.size,
            sha256=None if hidden else document.sha256,
            line_no=document.line_no,
            kind=document.kind,
            label=document.label,
            revision_label=document.revision_label,
            confidential=document.confidential,
            unreadable=seen.unreadable,
            attached_at=utc(document.attached_at),
        )


class RfqDocumentPage(Page[RfqDocument]):
    """Documents of one RFQ, in the order they were attached."""


class AttachedDocument(Out):
    """The new document, and the RFQ's entity tag after it."""

    document: RfqDocument
    etag: ETag

    @classmethod
    def of(cls, result: tuple[model.Rfq, model.Document], _: View) -> Self:
        """After attaching."""
        rfq, document = result
        seen = documents.SeenDocument(document=document, unreadable=None)
        return cls(document=RfqDocument.of(rfq, seen), etag=etag_of(rfq.version))


@post(
    "/v1/rfqs/{rfq_id:str}/documents",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("rfqs:write",),
            idempotent=True,
            if_match="optional",
            etag=True,
            errors=(409,),
            codes=("wrong_state", "file_not_clean", "limit_reached"),
        )
    },
)
async def attach_document(
    call: NamedDependency[Call], rfq_id: FromPath[str], data: JSONBody[DocumentAttach]
) -> Response[AttachedDocument]:
    """Attach a file to a draft.

    One of the buyer's own clean files. A confidential document is read only by participants, and only after they accepted
    the RFQ's agreement; each of their readings is recorded. The documents' hashes are part of what a quote prices.
    """
    key, file_id = read("rfq", rfq_id), read("file", data.file_id)
    return await call.change(
        lambda db: documents.attach(
            db,
            call.actor,
            key,
            file_id=file_id,
            kind=data.kind,
            line_no=data.line_no,
            label=data.label,
            revision_label=data.revision_label,
            confidential=data.confidential,
            expected=call.expected,
        ),
        AttachedDocument.of,
        status=201,
    )


@get("/v1/rfqs/{rfq_id:str}/documents", tags=TAGS, opt={"api": Api(scopes=("rfqs:read",))})
async def list_documents(
    call: NamedDependency[Call], rfq_id: FromPath[str], limit: Limit = 50, after: After = None
) -> Response[RfqDocumentPage]:
    """List the documents of an RFQ.

    What the caller may not read yet is listed without its file, with what is missing.
    """
    filters = ["documents", rfq_id]
    place = place_of(after, filters, 1)
    behind = None if place is None else read("document", str(place[0]))
    seen = await queries.get(call.db, call.actor, read("rfq", rfq_id))
    listed = documents.visible(seen.rfq, seen.participation, call.actor)
    rest = [item for item in listed if behind is None or item.document.id > behind]
    return call.page(
        rest[: limit + 1],
        lambda item, _: RfqDocument.of(seen.rfq, item),
        RfqDocumentPage,
        limit=limit,
        filters=filters,
        place=lambda item: [show("document", item.document.id)],
    )


@delete(
    "/v1/rfqs/{rfq_id:str}/documents/{document_id:str}",
    status_code=204,
    tags=TAGS,
    opt={"api": Api(scopes=("rfqs:write",), if_match="required", etag=True, errors=(409,), codes=("wrong_state",))},
)
async def detach_document(
    call: NamedDependency[Call], rfq_id: FromPath[str], document_id: FromPath[str]
) -> Response[None]:
    """Take a document off a draft.

    `If-Match` takes the RFQ's entity tag, and the answer carries the new one. The file itself stays.
    """
    key, document = read("rfq", rfq_id), read("document", document_id)
    after: model.Rfq | None = None

    async def work(db: Database) -> None:
        nonlocal after
        after = await documents.detach(db, call.actor, key, document, expected=call.expected)

    response: Response[None] = await call.change(work, None)
    if after is not None:
        response.headers["etag"] = etag_of(after.version)
    return response


HANDLERS = [attach_document, list_documents, detach_document]
