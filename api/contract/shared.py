"""Answers, response headers and header parameters that operations share. Only those in use are published."""

from typing import Any, Final, NamedTuple

from domain.actors import SCOPE_MEANINGS

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
SCHEMAS: Final = "#/components/schemas/"
BEARER: Final = "apiKey"
OAUTH: Final = "oauth2"


class Status(NamedTuple):
    """An answer that is a problem: the name of its component, and what it means."""

    name: str
    text: str
    headers: tuple[str, ...] = ()


STATUSES: Final[dict[int, Status]] = {
    400: Status("BadRequest", "The request is malformed, or names a query parameter that does not exist."),
    401: Status("Unauthorized", "The credential is missing, unknown, expired or revoked.", ("WwwAuthenticate",)),
    403: Status("Forbidden", "The credential lacks the scope, or the caller may not do this to what it may see."),
    404: Status("NotFound", "There is no such thing, or the caller may not know that there is."),
    406: Status("NotAcceptable", "None of the media types in `Accept` can be produced."),
    408: Status("RequestTimeout", "The body came too slowly."),
    409: Status("Conflict", "The state forbids it (see `state` and `allowed_actions`), or a natural key is taken."),
    410: Status("Gone", "It existed and is gone for good."),
    412: Status("PreconditionFailed", "`If-Match` does not name the present version: read it again."),
    413: Status("ContentTooLarge", "The body is larger than this operation admits."),
    415: Status("UnsupportedMediaType", "The body is not in a documented media type."),
    416: Status("RangeNotSatisfiable", "The range lies outside of the content.", ("ContentRange",)),
    422: Status("UnprocessableContent", "The body breaks the schema or a rule; `errors` names each place."),
    423: Status("Locked", "It is being worked on; try again later."),
    428: Status("PreconditionRequired", "`If-Match` is missing: nobody changes or signs what they have not seen."),
    429: Status("TooManyRequests", "The rate limit is reached.", ("RetryAfter", "RateLimit", "RateLimitPolicy")),
    460: Status("ChecksumMismatch", "The content does not have the checksum that was announced."),
    500: Status("InternalError", "Our fault. Quote `request_id` when you ask for help."),
    503: Status("ServiceUnavailable", "Busy or being restarted: nothing was changed, try again.", ("RetryAfter",)),
}

SUCCESS: Final[dict[int, str]] = {
    200: "Done.",
    201: "Created.",
    202: "Accepted; the work goes on.",
    204: "Done; there is nothing to show.",
    206: "The part that `Range` asked for.",
    304: "Not changed since the version in `If-None-Match`.",
}


def _text(limit: int, **more: Any) -> dict[str, Any]:
    return {"type": "string", "maxLength": limit, **more}


def _header(name: str, text: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "description": text, "schema": schema, **({"required": True} if required else {})}


_BYTES: Final = {"type": "integer", "format": "int64", "minimum": 0, "maximum": 2**53 - 1}

# By component name; `name` (the header as sent) is the key where an answer refers to it.
HEADERS: Final[dict[str, dict[str, Any]]] = {
    "AcceptRanges": _header("Accept-Ranges", "Ranges of bytes can be asked for.", _text(20)),
    "ContentDisposition": _header("Content-Disposition", "The name to store it under.", _text(500)),
    "ContentRange": _header("Content-Range", "Which bytes these are, and how many there are.", _text(80)),
    "ETag": _header("ETag", "The version, to be sent back as `If-Match`.", _text(80), required=True),
    "IdempotentReplayed": _header(
        "Idempotent-Replayed", "`true` when this is the stored answer to an earlier call.", _text(5)
    ),
    "Link": _header("Link", 'The next page, as `rel="next"`; absent on the last one.', _text(2000)),
    "Location": _header("Location", "Where the new thing is.", _text(500, format="uri-reference"), required=True),
    "PreferenceApplied": _header("Preference-Applied", "`dry-run` when nothing was changed.", _text(40)),
    "RateLimit": _header("RateLimit", "What is left of the quota, and when it is refilled.", _text(200)),
    "RateLimitPolicy": _header("RateLimit-Policy", "The quotas of this credential.", _text(200)),
    "RetryAfter": _header(
        "Retry-After",
        "Seconds to wait.",
        {"type": "integer", "format": "int64", "minimum": 0, "maximum": 86_400},
    ),
    "FileId": _header("Jembatan-File-Id", "The file that a complete upload has become.", _text(40)),
    "UploadExpires": _header("Upload-Expires", "When it is cleared away, as an HTTP date.", _text(40)),
    "UploadLength": _header("Upload-Length", "Bytes of the whole.", dict(_BYTES)),
    "UploadOffset": _header("Upload-Offset", "Where the next bytes belong.", dict(_BYTES)),
    "WwwAuthenticate": _header("WWW-Authenticate", "How to authenticate.", _text(200)),
}


def _parameter(name: str, text: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": required, "description": text, "schema": schema}


_MATCH = "The `ETag` of the version you saw. If that is not the present one: 412, and nothing is changed."

PARAMETERS: Final[dict[str, dict[str, Any]]] = {
    "IdempotencyKey": _parameter(
        "Idempotency-Key",
        "A key of your own for this change, for example a UUID. A retry with the same key and body is "
        "answered as the first call was, and changes nothing more; with another body it is refused (422). "
        "Kept for 7 days.",
        _text(255, minLength=1, examples=["5f0c8f6e-8d0b-4a53-9f1f-0d3c4c8f1b7a"]),
        required=True,
    ),
    "IdempotencyKeyOptional": _parameter(
        "Idempotency-Key", "As everywhere, where it is sent; it need not be.", _text(255, minLength=1)
    ),
    "TusResumable": _parameter(
        "Tus-Resumable", "The version of tus, 1.0.0.", _text(10, examples=["1.0.0"]), required=True
    ),
    "UploadChecksum": _parameter(
        "Upload-Checksum", "`sha1` or `sha256`, a blank, the digest of this body in Base64.", _text(80)
    ),
    "UploadLength": _parameter("Upload-Length", "Bytes of the whole.", dict(_BYTES), required=True),
    "UploadMetadata": _parameter(
        "Upload-Metadata",
        "Pairs of a key and a value in Base64; `filename` is needed.",
        _text(4000, examples=["filename Z2FtYmFyLnBkZg=="]),
        required=True,
    ),
    "UploadOffset": _parameter("Upload-Offset", "Where these bytes begin.", dict(_BYTES), required=True),
    "IfMatch": _parameter("If-Match", f"{_MATCH} Required.", _text(200, examples=['"3"']), required=True),
    "IfMatchOptional": _parameter("If-Match", _MATCH, _text(200, examples=['"3"'])),
    "IfNoneMatch": _parameter(
        "If-None-Match",
        "The `ETag` of the version you have. If that is still the present one: 304, without a body.",
        _text(200, examples=['"3"']),
    ),
    "Prefer": _parameter(
        "Prefer",
        "`dry-run` makes every check and changes nothing; the answer has the same shape.",
        _text(200, examples=["dry-run"]),
    ),
    "Range": _parameter("Range", "One range of bytes.", _text(100, examples=["bytes=0-1023"])),
}

HEADER_LIMITS: Final[dict[str, int]] = {
    parameter["name"].lower(): parameter["schema"]["maxLength"]
    for key, parameter in PARAMETERS.items()
    if "maxLength" in parameter["schema"] and not key.startswith("IdempotencyKey")
}
"""By name: how long a header may be; the gate holds to it. An `Idempotency-Key` may be quoted and is measured there."""

SECURITY_SCHEMES: Final[dict[str, dict[str, Any]]] = {
    BEARER: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "jbt_…",
        "description": "An API key: `Authorization: Bearer jbt_…`. It has scopes, can expire and be revoked.",
    },
    OAUTH: {
        "type": "oauth2",
        "description": (
            "An access token of at most 15 minutes, for a credential as client: `client_id` is its id, "
            "`client_secret` its key. `scope` narrows what the credential holds. The keys that sign are at "
            "`/.well-known/jwks.json`."
        ),
        "flows": {"clientCredentials": {"tokenUrl": "/v1/oauth/token", "scopes": SCOPE_MEANINGS}},
    },
}


def error_response(status: int, problem: str) -> dict[str, Any]:
    """The component for `status`, whose body is the component called `problem`."""
    _, text, headers = STATUSES[status]
    response: dict[str, Any] = {
        "description": text,
        "content": {PROBLEM: {"schema": {"$ref": f"{SCHEMAS}{problem}"}}},
    }
    if headers:
        response["headers"] = header_refs(headers)
    return response


def header_refs(keys: tuple[str, ...]) -> dict[str, Any]:
    """Header name → `$ref`, in the order of `keys`."""
    return {HEADERS[key]["name"]: {"$ref": f"#/components/headers/{key}"} for key in keys}


def header_component(key: str) -> dict[str, Any]:
    """The component for one of HEADERS: as there, without the name."""
    return {member: value for member, value in HEADERS[key].items() if member != "name"}
