"""What a buyer writes of an addendum, and what everybody reads of it."""

from typing import Annotated, Any, Literal, Self

from msgspec import Meta

from api.call import etag_of
from api.routes.documents import DocumentAttach, Kind
from api.routes.rfqs_in import LineNo, RfqLineIn, RfqTermsPatch
from api.wire import ETag, Id, Int64, Out, Page, Text40, Text80, Text200, Text2000, Timestamp, utc
from domain.actors import Actor
from domain.addenda import model
from domain.ids import read, show
from domain.participations.model import Participation
from domain.rfqs import documents
from domain.rfqs.model import Rfq


class AddendumPublish(RfqTermsPatch, kw_only=True):
    """What changes of a published RFQ, and in `summary` what it is about.

    Of terms and deadlines what is absent stays and null clears. `set_lines` holds whole lines, each in place of the one
    with its number or as a new one; lines that are not named stay as they are. Documents of a removed line go with it.
    `non_material` says that no price depends on the change; it is refused for all but names, titles and explaining text.
    `extend_if_needed` moves the deadline when suppliers would have less than the buyer's minimum time.
    """

    summary: Text2000
    set_lines: Annotated[list[RfqLineIn], Meta(max_length=500)] = []
    remove_lines: Annotated[list[LineNo], Meta(max_length=500)] = []
    attach_documents: Annotated[list[DocumentAttach], Meta(max_length=100)] = []
    detach_documents: Annotated[list[Id], Meta(max_length=1000)] = []
    non_material: bool = False
    extend_if_needed: bool = False

    def amendment(self) -> model.Amendment:
        """As the domain takes it. Raises NotFound for a malformed id."""
        return model.Amendment(
            summary=self.summary,
            set_lines=tuple(line.draft() for line in self.set_lines),
            remove_lines=tuple(self.remove_lines),
            attach=tuple(
                model.Attachment(
                    file_id=read("file", item.file_id),
                    kind=item.kind,
                    line_no=item.line_no,
                    label=item.label,
                    revision_label=item.revision_label,
                    confidential=item.confidential,
                )
                for item in self.attach_documents
            ),
            detach=tuple(read("document", item) for item in self.detach_documents),
            non_material=self.non_material,
            extend_if_needed=self.extend_if_needed,
        )


class AddendumChange(Out):
    """One member before and after, each as the RFQ shows it; null where there was or is none.

    `characteristics/3` is the characteristic with that number.
    """

    member: Text80
    before: Any
    after: Any

    @classmethod
    def of(cls, change: model.Change) -> Self:
        """On the wire."""
        return cls(member=change.member, before=change.before, after=change.after)


class AddendumLine(Out):
    """A line that was added, removed or changed.

    Its digest differs where prices depend on the change: quotes that price the line wait for their suppliers, unless the
    addendum is not material. Without `members`, only terms or documents that the line depends on have changed.
    """

    line_no: LineNo
    change: Literal["added", "removed", "changed"]
    digest_before: Annotated[str, Meta(max_length=64)] | None
    digest_after: Annotated[str, Meta(max_length=64)] | None
    members: Annotated[list[AddendumChange], Meta(max_length=700)]


class AddendumDocument(Out):
    """A document that was attached or detached. Of one that the caller may not read, name and digest are null."""

    document_id: Id
    change: Literal["added", "removed"]
    line_no: LineNo | None
    kind: Kind
    label: Text200 | None
    revision_label: Text40 | None
    confidential: bool
    file_name: Text200 | None
    sha256: Annotated[str, Meta(max_length=64)] | None
    unreadable: Annotated[str, Meta(max_length=60, description="Code of the problem a download would answer.")] | None


class AddendumHiddenLine(Out):
    """What changed of a line that suppliers are not shown of it."""

    line_no: LineNo
    members: Annotated[list[AddendumChange], Meta(max_length=10)]


class Addendum(Out):
    """One publication after the first, with what it changed. `hidden_lines` and `published_by` are the buyer's."""

    rfq_id: Id
    revision: Int64
    published_at: Timestamp
    published_by: Text200 | None
    summary: Text2000
    is_material: bool
    quotes_close_before: Timestamp
    quotes_close_at: Timestamp
    questions_close_before: Timestamp | None
    questions_close_at: Timestamp | None
    terms: Annotated[list[AddendumChange], Meta(max_length=40)]
    lines: Annotated[list[AddendumLine], Meta(max_length=1000)]
    documents: Annotated[list[AddendumDocument], Meta(max_length=2000)]
    hidden_lines: Annotated[list[AddendumHiddenLine], Meta(max_length=1000)] | None

    @classmethod
    def of(cls, addendum: model.Addendum, rfq: Rfq, participation: Participation | None, actor: Actor) -> Self:
        """As the caller sees it."""
        buyer = actor.is_organisation(rfq.buyer_id)

        def document(item: model.DocumentChange) -> AddendumDocument:
            unreadable = documents.barrier(rfq, participation, actor, confidential=item.confidential)
            return AddendumDocument(
                document_id=show("document", item.document_id),
                change=item.change,
                line_no=item.line_no,
                kind=item.kind,
                label=item.label,
                revision_label=item.revision_label,
                confidential=item.confidential,
                file_name=None if unreadable else item.file_name,
                sha256=None if unreadable else item.sha256,
                unreadable=unreadable,
            )

        asking, asked = addendum.questions_close_at, addendum.questions_close_before
        return cls(
            rfq_id=show("rfq", addendum.rfq_id),
            revision=addendum.revision,
            published_at=utc(addendum.published_at),
            published_by=addendum.published_by if buyer else None,
            summary=addendum.summary,
            is_material=addendum.material,
            quotes_close_before=utc(addendum.quotes_close_before),
            quotes_close_at=utc(addendum.quotes_close_at),
            questions_close_before=None if asked is None else utc(asked),
            questions_close_at=None if asking is None else utc(asking),
            terms=[AddendumChange.of(change) for change in addendum.difference.terms],
            lines=[
                AddendumLine(
                    line_no=line.line_no,
                    change=line.change,
                    digest_before=line.digest_before,
                    digest_after=line.digest_after,
                    members=[AddendumChange.of(change) for change in line.members],
                )
                for line in addendum.difference.lines
            ],
            documents=[document(item) for item in addendum.difference.documents],
            hidden_lines=[
                AddendumHiddenLine(line_no=line.line_no, members=[AddendumChange.of(item) for item in line.members])
                for line in addendum.hidden
            ]
            if buyer
            else None,
        )


class AddendumPage(Page[Addendum]):
    """Addenda of one RFQ, oldest first."""


class AddendumPublished(Out):
    """The new addendum, and the RFQ's entity tag after it."""

    addendum: Addendum
    etag: ETag

    @classmethod
    def of(cls, rfq: Rfq, addendum: model.Addendum, actor: Actor) -> Self:
        """As its buyer sees it."""
        return cls(addendum=Addendum.of(addendum, rfq, None, actor), etag=etag_of(rfq.version))
