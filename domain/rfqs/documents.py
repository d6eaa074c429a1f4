"""Attaching files to a draft, and who sees which of them."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.actors import Actor, Role
from domain.database import Database, Tx
from domain.errors import Fault, FileNotClean, Invalid, LimitReached, NotFound
from domain.files import sql as files
from domain.files.model import File
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import RFQ, Expected, advance, require_version, step
from domain.participations.model import Participation
from domain.participations.rules import missing_acceptance
from domain.rfqs import access, rules, sql
from domain.rfqs.commands import with_digests
from domain.rfqs.model import MAX_DOCUMENTS, Document, DocumentKind, Rfq


async def attach(
    db: Database,
    actor: Actor,
    rfq_id: UUID,
    *,
    file_id: UUID,
    kind: DocumentKind,
    line_no: int | None,
    label: str | None,
    revision_label: str | None,
    confidential: bool,
    expected: Expected,
) -> tuple[Rfq, Document]:
    """Attach one of the buyer's own clean files to the draft or to one of its lines."""
    async with db.transaction(actor) as tx:
        before = await access.lock(tx, actor, rfq_id)
        arrow = step(RFQ["attach_document"], before.state, rules.sides(before, actor))
        require_version(before.version, expected)
        file = await own_clean_file(tx, actor, file_id)
        if line_no is not None and before.line(line_no) is None:
            raise Invalid("There is no such line.", faults=[Fault("/line_no", f"The RFQ has no line {line_no}.")])
        if len(before.documents) >= MAX_DOCUMENTS:
            raise LimitReached(f"An RFQ has {MAX_DOCUMENTS} documents at most.")
        now = await tx.now()
        document = document_of(
            file,
            kind=kind,
            line_no=line_no,
            label=label,
            revision_label=revision_label,
            confidential=confidential,
            at=now,
        )
        after = with_digests(advance(before, arrow, now, documents=(*before.documents, document)))
        await sql.insert_document(tx, rfq_id, document)
        await sql.save(tx, before, after)
        await sql.set_digests(tx, after)
        data = {"document_id": show("document", document.id), "kind": kind, "line_no": line_no}
        await record(tx, arrow, actor, before=before, after=after, at=now, audience=[before.buyer_id], data=data)
    return after, document


async def own_clean_file(tx: Tx, actor: Actor, file_id: UUID) -> File:
    """A file that the actor may attach. Raises NotFound for somebody else's, FileNotClean."""
    file = await files.get(tx, file_id)
    if not actor.is_organisation(file.organisation_id):
        raise NotFound("file")
    if file.state != "clean":
        raise FileNotClean(f"The file is {file.state}; only a clean one can be attached.")
    return file


def document_of(
    file: File,
    *,
    kind: DocumentKind,
    line_no: int | None,
    label: str | None,
    revision_label: str | None,
    confidential: bool,
    at: datetime,
) -> Document:
    """A new document that shows `file`."""
    return Document(
        id=new_id(),
        file_id=file.id,
        file_name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        line_no=line_no,
        kind=kind,
        label=label,
        revision_label=revision_label,
        confidential=confidential,
        attached_at=at,
    )


async def detach(db: Database, actor: Actor, rfq_id: UUID, document_id: UUID, *, expected: Expected) -> Rfq:
    """Take a file off the draft; the file itself stays."""
    async with db.transaction(actor) as tx:
        before = await access.lock(tx, actor, rfq_id)
        arrow = step(RFQ["detach_document"], before.state, rules.sides(before, actor))
        require_version(before.version, expected)
        await sql.delete_document(tx, rfq_id, document_id)
        now = await tx.now()
        left = tuple(document for document in before.documents if document.id != document_id)
        after = with_digests(advance(before, arrow, now, documents=left))
        await sql.save(tx, before, after)
        await sql.set_digests(tx, after)
        data = {"document_id": show("document", document_id)}
        await record(tx, arrow, actor, before=before, after=after, at=now, audience=[before.buyer_id], data=data)
    return after


class SeenDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document, and why the caller cannot read it (None when it can)."""

    document: Document
    unreadable: str | None


def visible(rfq: Rfq, participation: Participation | None, actor: Actor) -> list[SeenDocument]:
    """Every document is listed; one that the caller may not read says what is missing, as a download would."""
    return [
        SeenDocument(
            document=document,
            unreadable=barrier(rfq, participation, actor, confidential=document.confidential),
        )
        for document in rfq.documents
    ]


def barrier(rfq: Rfq, participation: Participation | None, actor: Actor, *, confidential: bool) -> str | None:
    """Code of what keeps the caller from a document of the RFQ; None when it may read it."""
    if actor.is_organisation(rfq.buyer_id):
        return None
    if not actor.roles & {Role.BUYER, Role.SUPPLIER}:  # facilitator and operator see that there are documents
        return "not_found"
    if not confidential:
        return None
    if participation is None or participation.state == "declined":
        return "not_participating"
    missing = missing_acceptance(
        required=rfq.nda_required,
        present=rfq.terms.nda_version,
        accepted=participation.nda_version,
        purpose="before you read it",
    )
    return None if missing is None else missing.code
