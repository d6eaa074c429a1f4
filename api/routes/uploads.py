"""Resumable uploads: tus 1.0 with creation, checksum, expiration and termination."""

import base64
import binascii
import hashlib
from collections.abc import AsyncIterator
from email.utils import format_datetime
from typing import Annotated, Any, Literal, Self

from litestar import Request, Response, delete, get, head, patch, post, route
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta

from api import resumable, uploads
from api.call import Call, View
from api.contract import Api
from api.refusals import InvalidParameter, TusVersion
from api.resumable import Checksum
from api.wire import Id, Out, Text200, Timestamp, utc
from domain.errors import FileRefused
from domain.ids import read, show, show_optional
from domain.uploads import commands, model, queries, rules

TAGS = ["Uploads"]
VERSION = "1.0.0"
CHUNK = "application/offset+octet-stream"
MAX_METADATA = 4000
CHECKSUMS = ("sha1", "sha256")
Bytes = Annotated[int, Meta(ge=0, extra_json_schema={"format": "int64"})]
SCOPES = ("files:write",)


class Upload(Out):
    """A file that is on its way. When it is `complete`, `file_id` names what it has become."""

    id: Id
    state: Annotated[
        Literal["receiving", "checking", "complete", "refused"],
        Meta(description="`checking`: all bytes are here and are being put together."),
    ]
    name: Text200
    length: Bytes
    offset: Annotated[Bytes, Meta(description="Where the next bytes belong.")]
    file_id: Id | None
    refusal: Annotated[str, Meta(max_length=2000, description="Why the whole is no file of ours.")] | None
    created_at: Timestamp
    expires_at: Timestamp

    @classmethod
    def of(cls, upload: model.Upload, _: View) -> Self:
        """As its sender sees it."""
        return cls(
            id=show("upload", upload.id),
            state=upload.state,
            name=upload.name,
            length=upload.length,
            offset=upload.received,
            file_id=show_optional("file", upload.file_id),
            refusal=upload.refusal,
            created_at=utc(upload.created_at),
            expires_at=utc(upload.expires_at),
        )


def _headers(upload: model.Upload) -> dict[str, str]:
    found = {
        "upload-offset": str(upload.received),
        "upload-length": str(upload.length),
        "upload-expires": format_datetime(utc(upload.expires_at), usegmt=True),
        "cache-control": "no-store",
    }
    if upload.metadata:
        found["upload-metadata"] = upload.metadata
    if upload.file_id is not None:
        found["jembatan-file-id"] = show("file", upload.file_id)
    return found


@route("/v1/uploads", http_method="OPTIONS", include_in_schema=False, opt={"api": Api(public=True)})
async def discover_uploads(call: NamedDependency[Call]) -> Response[None]:
    """Say what of tus there is."""
    return Response(
        None,
        status_code=204,
        headers={
            "tus-extension": "creation,checksum,expiration,termination",
            "tus-max-size": str(call.services.settings.max_upload),
            "tus-checksum-algorithm": ",".join(CHECKSUMS),
        },
    )


@post(
    "/v1/uploads",
    status_code=201,
    tags=TAGS,
    opt={
        "api": Api(
            scopes=SCOPES,
            expensive=True,
            location=True,
            headers=("TusResumable", "UploadLength", "UploadMetadata", "IdempotencyKeyOptional"),
            answers=("UploadExpires",),
            errors=(409, 412, 413, 422),
            codes=("file_refused", "limit_reached", "too_large", "tus_version_unsupported"),
        )
    },
)
async def create_upload(call: NamedDependency[Call], request: Request[Any, Any, Any]) -> Response[Upload]:
    """Begin a file that arrives in parts.

    tus 1.0 with the extensions creation, checksum (sha1, sha256), expiration and termination. `Upload-Metadata` names the
    file as `filename`; its ending is checked now and its content once all is here. 20 at once. An `Idempotency-Key` is
    honoured and not asked for, as tus clients know none: an upload that was begun twice expires after 24 hours.
    """
    _require_tus(request)
    length, metadata = _number(request, "upload-length"), request.headers.get("upload-metadata", "")
    name = uploads.check_announced(_file_name(metadata), str(length), call.services.settings.max_upload)
    call.streamed(hashlib.sha256(f"{length} {metadata}".encode()).digest())
    response = await call.change(
        lambda db: commands.create(db, call.actor, name, metadata, length, quota=call.services.settings.quota_bytes),
        Upload.of,
        status=201,
        location=lambda upload: f"/v1/uploads/{show('upload', upload.id)}",
    )
    if response.status_code == 201:  # noqa: PLR2004
        response.headers["upload-expires"] = format_datetime(call.view.now + model.LIFE, usegmt=True)
    return response


@patch(
    "/v1/uploads/{upload_id:str}",
    status_code=204,
    tags=TAGS,
    request_max_body_size=None,  # bounded by what was announced
    opt={
        "api": Api(
            scopes=SCOPES,
            request_body=CHUNK,
            headers=("TusResumable", "UploadOffset", "UploadChecksum"),
            answers=("UploadOffset", "UploadExpires", "FileId"),
            errors=(408, 409, 410, 412, 413, 422, 460),
            codes=("checksum_mismatch", "file_refused", "offset_mismatch", "too_slow", "upload_expired"),
        )
    },
)
async def append_upload(
    call: NamedDependency[Call], request: Request[Any, Any, Any], upload_id: FromPath[str]
) -> Response[None]:
    """Send the next bytes of a file.

    They begin at `Upload-Offset`, where those that are stored end; of two senders at one place the slower gets 409. What
    came of a request that broke off is kept, unless it has a checksum. One request lasts five minutes at most, and half a minute
    without a byte. With the last byte the file is checked as `uploadFile` does; `Jembatan-File-Id` then names it.
    """
    _require_tus(request)
    services, actor = call.services, call.actor
    upload = await queries.get(call.db, actor, read("upload", upload_id))
    offset, checksum = _number(request, "upload-offset"), _checksum(request)
    rules.decide_append(upload, offset)
    if upload.outcome == "receiving":
        upload = await resumable.append(services, actor, upload, _chunks(request), checksum)
        if upload.state == "checking":
            await resumable.finish(services, upload)
            upload = await queries.get(call.db, actor, upload.id)
            if upload.outcome == "refused":
                raise FileRefused(upload.refusal or "The file was refused.")
    return Response(None, status_code=204, headers=_headers(upload))


@get(
    "/v1/uploads/{upload_id:str}",
    tags=TAGS,
    opt={
        "api": Api(
            scopes=SCOPES,
            answers=("UploadOffset", "UploadLength", "UploadExpires", "FileId"),
            errors=(410,),
            codes=("upload_expired",),
        )
    },
)
async def get_upload(call: NamedDependency[Call], upload_id: FromPath[str]) -> Response[Upload]:
    """Read how far a file has come.

    HEAD answers the same header fields, as tus clients ask; it needs `Tus-Resumable`.
    """
    upload = await queries.get(call.db, call.actor, read("upload", upload_id))
    return Response(Upload.of(upload, call.view), headers=_headers(upload))


@head(
    "/v1/uploads/{upload_id:str}",
    tags=TAGS,
    opt={
        "api": Api(
            scopes=SCOPES,
            headers=("TusResumable",),
            answers=("UploadOffset", "UploadLength", "UploadExpires", "FileId"),
            errors=(410, 412),
            codes=("tus_version_unsupported", "upload_expired"),
        )
    },
)
async def head_upload(
    call: NamedDependency[Call], request: Request[Any, Any, Any], upload_id: FromPath[str]
) -> Response[None]:
    """Ask how far a file has come.

    As tus clients ask after a cut: the answer is in header fields alone, a refusal's in its status.
    """
    _require_tus(request)
    upload = await queries.get(call.db, call.actor, read("upload", upload_id))
    return Response(None, headers=_headers(upload))


@delete(
    "/v1/uploads/{upload_id:str}",
    status_code=204,
    tags=TAGS,
    opt={"api": Api(scopes=SCOPES, headers=("TusResumable",), errors=(410, 412), codes=("upload_expired",))},
)
async def delete_upload(
    call: NamedDependency[Call], request: Request[Any, Any, Any], upload_id: FromPath[str]
) -> Response[None]:
    """Give an upload up.

    What was stored of it is deleted; a file that it has become stays.
    """
    _require_tus(request)
    upload = await queries.get(call.db, call.actor, read("upload", upload_id))
    await resumable.delete(call.services, upload.id)
    return Response(None, status_code=204)


def _require_tus(request: Request[Any, Any, Any]) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise TusVersion(f"Send `Tus-Resumable: {VERSION}`: no other version is spoken here.")


def _number(request: Request[Any, Any, Any], name: str) -> int:
    text = request.headers.get(name, "")
    if not text.isdecimal() or not text.isascii() or len(text) > 15:  # noqa: PLR2004
        raise InvalidParameter(f"`{name}` takes a whole number of bytes.")
    return int(text)


def _file_name(metadata: str) -> str:
    """What the client calls the file. Raises InvalidParameter."""
    if len(metadata) > MAX_METADATA:
        raise InvalidParameter(f"`Upload-Metadata` has {MAX_METADATA} characters at most.")
    for pair in metadata.split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError) as error:
                raise InvalidParameter("`filename` in `Upload-Metadata` is UTF-8 in Base64.") from error
    raise InvalidParameter("Name the file in `Upload-Metadata`: `filename`, a blank, its name in Base64.")


def _checksum(request: Request[Any, Any, Any]) -> Checksum | None:
    sent = request.headers.get("upload-checksum")
    if sent is None:
        return None
    algorithm, _, value = sent.partition(" ")
    if algorithm not in CHECKSUMS:
        raise InvalidParameter(f"`Upload-Checksum` takes one of: {', '.join(CHECKSUMS)}.")
    try:
        return Checksum(hashlib.new(algorithm), base64.b64decode(value, validate=True))
    except binascii.Error as error:
        raise InvalidParameter("`Upload-Checksum` is an algorithm, a blank, and the digest in Base64.") from error


async def _chunks(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    async for chunk in request.stream():
        yield chunk


HANDLERS = [discover_uploads, create_upload, append_upload, get_upload, head_upload, delete_upload]
