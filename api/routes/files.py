"""Files: upload as a stream, description, download with ranges."""

import re
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Any, Self
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from msgspec import Meta

from api import uploads
from api.blobs import Blobs, BlobsError
from api.call import Call, View, etag_of, matches
from api.contract import Api
from api.problems import MEDIA_TYPE, body_of, headers_of, status_of
from api.refusals import RangeNotSatisfiable
from api.wire import ETag, Id, Out, Text40, Text80, Text200, Text2000, Timestamp, utc
from domain.errors import FileRefused, Refusal
from domain.files import commands, queries
from domain.files.model import File
from domain.ids import read, show
from domain.participations import commands as participations
from domain.vocabularies import state_label

TAGS = ["Files"]
ANY = "application/octet-stream"


class StoredFile(Out):
    """A stored file. `media_type` follows from its content, whatever the upload said."""

    id: Id
    state: Text40
    state_label: Text80
    etag: ETag
    name: Text200
    media_type: Annotated[str, Meta(max_length=100)]
    size: Annotated[int, Meta(ge=1, extra_json_schema={"format": "int64"})]
    sha256: Annotated[str, Meta(max_length=64, description="Lower-case hexadecimal.")]
    reject_reason: Annotated[Text2000, Meta(description="Why it is `rejected`.")] | None
    created_at: Timestamp

    @classmethod
    def of(cls, file: File, view: View) -> Self:
        """As whoever may read it sees it."""
        return cls(
            id=show("file", file.id),
            state=file.state,
            state_label=state_label("file", file.state, view.language),
            etag=etag_of(file.version),
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            reject_reason=file.reject_reason,
            created_at=utc(file.created_at),
        )


@post(
    "/v1/files",
    status_code=201,
    tags=TAGS,
    request_max_body_size=None,  # counted by `uploads`, against the larger limit
    opt={
        "api": Api(
            scopes=("files:write",),
            idempotent=True,
            etag=True,
            location=True,
            request_body=ANY,
            response_schema=StoredFile,
            errors=(413, 422),
            codes=("file_refused", "too_large"),
        )
    },
)
async def upload_file(
    call: NamedDependency[Call],
    request: Request[Any, Any, Any],
    name: Annotated[str, QueryParameter(min_length=1, max_length=200, description="The file's name, with ending.")],
) -> Response[StoredFile]:
    """Upload a file as the raw body.

    Streamed, 500 MB at most. What the content is has to agree with the name's ending; archives are looked into. A
    refused or broken upload leaves nothing behind. Where the installation has a virus scanner that does not answer just now,
    the file is `scanning` until it has: it can neither be attached nor downloaded, and `file.passed` or `file.rejected`
    tells. The same key with the same content answers the same file again.
    """
    settings, blobs = call.services.settings, call.services.blobs
    name = uploads.check_announced(name, request.headers.get("content-length"), settings.max_upload)
    owner = show("organisation", call.actor.organisation_id) if call.actor.organisation_id else "nobody"
    received = await uploads.receive(call.services, owner, name, _whole(request))
    call.streamed(bytes.fromhex(received.sha256))
    try:
        response = await call.change(
            lambda db: commands.receive(db, call.actor, received),
            StoredFile.of,
            status=201,
            location=lambda file: f"/v1/files/{show('file', file.id)}",
        )
    except Refusal:
        await _drop(blobs, received.storage_key)
        raise
    # Any other failure may have come after the commit: a row without its bytes would be worse than bytes without a row,
    # which `uploads.sweep` finds.
    if call.context.replayed or response.status_code != 201:  # noqa: PLR2004
        await _drop(blobs, received.storage_key)
    return response


async def _whole(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    """The body; a client that went away has sent a file that is not to be kept."""
    try:
        async for chunk in request.stream():
            yield chunk
    except HTTPException as error:
        raise FileRefused("The upload broke off; nothing of it was kept. Send it again.") from error


async def _drop(blobs: Blobs, key: str) -> None:
    with suppress(BlobsError):  # the sweep finds it
        await blobs.delete(key)


@get("/v1/files/{file_id:str}", tags=TAGS, opt={"api": Api(scopes=("files:read",), etag=True, codes=("nda_required",))})
async def get_file(call: NamedDependency[Call], file_id: FromPath[str]) -> Response[StoredFile]:
    """Read a file's description.

    One's own files, and those attached to an RFQ that one may see; confidential ones after the agreement is accepted.
    """

    async def found() -> File:
        file, _ = await queries.get(call.db, call.actor, read("file", file_id))
        return file

    return await call.read(found(), StoredFile.of)


@get(
    "/v1/files/{file_id:str}/content",
    tags=TAGS,
    opt={
        "api": Api(
            scopes=("files:read",),
            etag=True,
            ranges=True,
            response_media="*/*",
            errors=(409, 416),
            codes=("nda_required", "file_not_clean"),
        ),
        "no_compression": True,
    },
)
async def download_file(
    call: NamedDependency[Call], request: Request[Any, Any, Any], file_id: FromPath[str]
) -> Response[Any]:
    """Download a file's content.

    One range of bytes may be asked for. The entity tag is the content's SHA-256. Each reading of a confidential document
    by a supplier is recorded and told to the buyer; parts fetched within an hour of the beginning belong to one reading.
    """
    file, grant = await queries.get_clean(call.db, call.actor, read("file", file_id))
    etag = f'"{file.sha256}"'
    headers = {
        "etag": etag,
        "accept-ranges": "bytes",
        "cache-control": "private, no-store",
        "content-security-policy": "sandbox; default-src 'none'",
        "x-frame-options": "DENY",
        "content-disposition": _attachment(file.name),
    }
    if matches(request.headers.get("if-none-match"), etag):
        return Response(b"", status_code=304, headers=headers)
    try:
        start, end, partial = _range(request.headers, etag, file.size)
    except RangeNotSatisfiable as refusal:
        call.context.problem = refusal.code
        return Response(
            body_of(refusal, call.context),
            status_code=status_of(refusal),
            media_type=MEDIA_TYPE,
            headers={**headers_of(refusal, call.context), "content-range": f"bytes */{file.size}"},
        )
    if grant is not None and grant.confidential:
        await participations.note_reading(call.db, call.actor, grant.rfq_id, grant.document_id, continued=start > 0)
    headers["content-length"] = str(end - start)
    if partial:
        headers["content-range"] = f"bytes {start}-{end - 1}/{file.size}"
    return Stream(
        await _begun(call.services.blobs.read(file.storage_key, start, end)),
        status_code=206 if partial else 200,
        media_type=file.media_type,
        headers=headers,
    )


async def _begun(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same chunks, the first of them fetched: a storage that fails is told while there is still a status to tell."""
    first = await anext(chunks)

    async def rest() -> AsyncIterator[bytes]:
        yield first
        async for chunk in chunks:
            yield chunk

    return rest()


_ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def _range(headers: Any, etag: str, size: int) -> tuple[int, int, bool]:
    """(first byte, byte behind the last, whether it is a part). Several ranges, or another version's: the whole."""
    asked = _ONE_RANGE.fullmatch((headers.get("range") or "").strip())
    if_range = headers.get("if-range")
    if asked is None or asked.groups() == ("", "") or (if_range is not None and if_range.strip() != etag):
        return 0, size, False
    first, last = asked.groups()
    if first == "":
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    if start >= size or start >= end:
        raise RangeNotSatisfiable(f"The content has {size} bytes; ask for a range within.")
    return start, end, True


def _attachment(name: str) -> str:
    plain = "".join(character if character.isascii() and character not in '"\\' else "_" for character in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


HANDLERS = [upload_file, get_file, download_file]
