"""What one operation says: its annotation `Api`, and the rules from there to parameters and answers."""

import inspect
import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.params import BodyKwarg
from litestar.status_codes import HTTP_201_CREATED, HTTP_204_NO_CONTENT

from api.contract.annotations import bare, returned, without_none
from api.contract.parameters import parameters
from api.contract.schemas import Schemas
from api.contract.shared import (
    BEARER,
    JSON,
    OAUTH,
    PARAMETERS,
    STATUSES,
    SUCCESS,
    error_response,
    header_component,
    header_refs,
)

_CHANGES = frozenset({"put", "patch", "delete"})


@dataclass(frozen=True)
class Api:
    """What a handler's signature cannot say. Put it on the handler as `opt={"api": Api(...)}`.

    The app reads the same object at run time (scopes, idempotency, preconditions), so that the document and
    the behaviour cannot part.
    """

    scopes: tuple[str, ...] = ()
    """Scopes that the credential needs, all of them."""
    public: bool = False
    """No credential is needed."""
    transition: bool = False
    """Moves a state: `Prefer: dry-run`, 409, 412. Implies `idempotent` and, at least, optional `if_match`."""
    if_match: Literal["none", "optional", "required"] = "none"
    idempotent: bool = False
    """`Idempotency-Key` is required."""
    expensive: bool = False
    """Counted under a second, tighter rate limit."""
    may_lag: bool = False
    """A read that may be a few seconds old: a standby answers it where there is one (domain/standby.py)."""
    etag: bool = False
    """Answers an `ETag`; a GET then honours `If-None-Match`."""
    location: bool = False
    ranges: bool = False
    """A download that honours `Range`."""
    also: tuple[int, ...] = ()
    """Other statuses of success, with the same body: a PUT that may create answers 200 and 201."""
    errors: tuple[int, ...] = ()
    """Statuses beyond those that follow by rule."""
    codes: tuple[str, ...] = ()
    """The problem codes that are particular to this operation."""
    response_media: str | tuple[str, ...] = ()
    """Media types of the answer where it is not (only) JSON."""
    response_schema: Any = None
    """The type of the JSON answer of a handler that returns bytes or a stream."""
    headers: tuple[str, ...] = ()
    """Header parameters beyond those that follow by rule, by their names in api/contract/shared.py."""
    answers: tuple[str, ...] = ()
    """Header fields of the answer beyond those that follow by rule, by their names there."""
    request_body: str | tuple[str, ...] = ()
    """Media types of a body that the handler reads from the stream itself."""
    request_schema: Any = None
    """The type of such a body, where it has one: a form."""

    def __post_init__(self) -> None:
        """Spell out what is implied; refuse what contradicts itself. Raises TypeError."""
        if self.transition:
            object.__setattr__(self, "idempotent", True)
            if self.if_match == "none":
                object.__setattr__(self, "if_match", "optional")
        if self.public and self.scopes:
            message = "an operation is public or needs scopes, not both"
            raise TypeError(message)
        if unknown := set(self.errors) - STATUSES.keys():
            message = f"no answer is defined for {sorted(unknown)}: add it to api/contract/shared.py"
            raise TypeError(message)


@dataclass
class Shared:
    """Which components the operations refer to, besides schemas."""

    problem: str
    statuses: set[int] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)

    def error(self, status: int) -> dict[str, Any]:
        """The `$ref` to the problem with this status."""
        self.statuses.add(status)
        self.headers |= set(STATUSES[status].headers)
        return {"$ref": f"#/components/responses/{STATUSES[status].name}"}

    def parameter(self, key: str) -> dict[str, Any]:
        """The `$ref` to one of PARAMETERS."""
        self.parameters.add(key)
        return {"$ref": f"#/components/parameters/{key}"}

    def response_headers(self, *keys: str) -> dict[str, Any]:
        """Response headers as `$ref`s."""
        self.headers |= set(keys)
        return header_refs(keys)

    def components(self) -> dict[str, Any]:
        """Everything that was referred to."""
        return {
            "responses": {STATUSES[code].name: error_response(code, self.problem) for code in sorted(self.statuses)},
            "parameters": {key: PARAMETERS[key] for key in sorted(self.parameters)},
            "headers": {key: header_component(key) for key in sorted(self.headers)},
        }


class Operation:
    """One operation being written."""

    def __init__(
        self,
        handler: HTTPRouteHandler,
        *,
        method: str,
        path_parameters: Mapping[str, type],
        schemas: Schemas,
        shared: Shared,
        examples: Path | None,
        samples: Sequence[Mapping[str, str]] = (),
    ) -> None:
        self.handler = handler
        self.method = method
        self.path_parameters = path_parameters
        self.schemas = schemas
        self.shared = shared
        self.examples = examples
        self.samples = samples
        self.api: Api = handler.opt.get("api") or Api()

    def write(self) -> dict[str, Any]:
        """The operation object. Raises TypeError for a handler that cannot be described truly."""
        summary, description = self._words()
        request_body = self._request_body()
        written: dict[str, Any] = {
            "operationId": lower_camel(self.handler.handler_name),
            "tags": self.handler.resolve_tags(),
            "summary": summary,
        }
        if description:
            written["description"] = description
        if self.handler.deprecated:
            written["deprecated"] = True
        if found := [
            *parameters(self.handler, self.path_parameters, self.schemas),
            *self._header_parameters(),
        ]:
            written["parameters"] = found
        if request_body:
            written["requestBody"] = request_body
        answers = {**self._success(), **self._errors(has_body=bool(request_body))}
        written["responses"] = {str(status): answers[status] for status in sorted(answers)}
        scopes = list(self.api.scopes)
        written["security"] = [] if self.api.public else [{BEARER: scopes}, {OAUTH: scopes}]
        if self.samples:
            written["x-codeSamples"] = list(self.samples)
        return written

    def _words(self) -> tuple[str, str]:
        """Summary and description: the first paragraph of the docstring, and the rest with what Api adds."""
        first, _, others = inspect.cleandoc(self.handler.fn.__doc__ or "").partition("\n\n")
        paragraphs = [self.handler.description or others.strip()]
        if self.api.scopes:
            scopes = ", ".join(f"`{scope}`" for scope in self.api.scopes)
            paragraphs.append(f"Needs the scope{'s' if len(self.api.scopes) > 1 else ''} {scopes}.")
        if self.api.may_lag:
            paragraphs.append("The answer may be a few seconds old; `Cache-Control: no-cache` asks for the newest.")
        if self.api.codes:
            paragraphs.append(f"Problems of its own: {', '.join(f'`{code}`' for code in self.api.codes)}.")
        summary = self.handler.summary or " ".join(first.split()).removesuffix(".")
        return summary, "\n\n".join(paragraph for paragraph in paragraphs if paragraph)

    def _header_parameters(self) -> list[dict[str, Any]]:
        api = self.api
        wanted = {
            "IdempotencyKey": api.idempotent,
            "IfMatch": api.if_match == "required",
            "IfMatchOptional": api.if_match == "optional",
            "IfNoneMatch": api.etag and self.method == "get",
            "Prefer": api.transition,
            "Range": api.ranges,
        }
        return [self.shared.parameter(key) for key in (*(key for key in wanted if wanted[key]), *api.headers)]

    def _request_body(self) -> dict[str, Any] | None:
        data = self.handler.parsed_data_field
        if self.api.request_body:
            if data is not None:
                message = f"{self.handler.handler_name}: takes `data` or reads the stream itself, not both"
                raise TypeError(message)
            media, shape = _several(self.api.request_body), self.api.request_schema
            content: dict[str, Any]
            schema = None if shape is None else self.schemas.of(shape)
            content = {name: {"schema": schema or _raw_schema(name)} for name in media}
            if JSON in content and (example := self._example(shape)) is not None:
                content[JSON]["example"] = example
            return {"required": True, "content": content}
        if data is None:
            return None
        annotation = without_none(bare(data.raw))
        limits = data.kwarg_definition
        name = limits.media_type if isinstance(limits, BodyKwarg) and limits.media_type else JSON
        content = {"schema": self.schemas.of(annotation)}
        if (example := self._example(annotation)) is not None:
            content["example"] = example
        return {"required": data.is_required, "content": {str(getattr(name, "value", name)): content}}

    def _example(self, annotation: Any) -> Any:
        """The contents of `<handler name>.json`, if there is one; it must be a body that we would accept."""
        path = self.examples / f"{self.handler.handler_name}.json" if self.examples else None
        if path is None or not path.is_file():
            return None
        text = path.read_bytes()
        try:
            msgspec.json.decode(text, type=annotation, strict=True)
        except msgspec.MsgspecError as error:
            message = f"{path}: {error}"
            raise TypeError(message) from error
        return json.loads(text)

    def _recorded(self, annotation: Any) -> dict[str, Any]:
        """An answer that tests recorded, as `example` beside the schema; it must be what the type says, no less and no more."""
        path = self.examples / "responses" / f"{self.handler.handler_name}.json" if self.examples else None
        if path is None or not path.is_file():
            return {}
        told = json.loads(path.read_bytes())
        try:
            decoded = msgspec.json.decode(path.read_bytes(), type=annotation, strict=True)
        except msgspec.MsgspecError as error:
            message = f"{path}: {error}"
            raise TypeError(message) from error
        if json.loads(msgspec.json.encode(decoded)) != told:
            message = f"{path}: holds what {annotation} does not"
            raise TypeError(message)
        return {"example": told}

    def _success(self) -> dict[int, dict[str, Any]]:
        api = self.api
        content = self._content()
        always = [
            *(["ETag"] if api.etag else []),
            *(["IdempotentReplayed"] if api.idempotent else []),
            *(["PreferenceApplied"] if api.transition else []),
            *(["Link"] if self.handler.handler_name.startswith("list_") else []),
            *(["AcceptRanges", "ContentDisposition"] if api.ranges else []),
            *api.answers,
        ]
        limits = ["RateLimit", "RateLimitPolicy"] if api.expensive or not api.public else []
        answers: dict[int, dict[str, Any]] = {}
        for status in (self.handler.status_code, *api.also):
            text = self.handler.response_description if status == self.handler.status_code else None
            answers[status] = {"description": text or SUCCESS[status]}
            is_new = status == HTTP_201_CREATED or not api.also
            if keys := [*always, *(["Location"] if api.location and is_new else []), *limits]:
                answers[status]["headers"] = self.shared.response_headers(*keys)
            if content and status != HTTP_204_NO_CONTENT:
                answers[status]["content"] = content
        if api.ranges:
            headers = self.shared.response_headers(*always, "ContentRange", *limits)
            answers[206] = {"description": SUCCESS[206], "headers": headers, "content": content}
        if api.etag and self.method == "get":
            answers[304] = {"description": SUCCESS[304], "headers": self.shared.response_headers("ETag")}
        return answers

    def _content(self) -> dict[str, Any]:
        annotation = self.api.response_schema or returned(self.handler.parsed_fn_signature.return_type.raw)
        if self.api.response_media:
            return {
                name: {"schema": self.schemas.of(annotation), **self._recorded(annotation)}
                if name == JSON
                else {"schema": _raw_schema(name)}
                for name in _several(self.api.response_media)
            }
        if annotation is types.NoneType:
            return {}
        if not _describable(annotation):
            message = (
                f"{self.handler.handler_name}: {annotation} says nothing about the body; annotate the "
                "handler with `-> Response[Rfq]`, or name the media type in Api(response_media=...)"
            )
            raise TypeError(message)
        return {JSON: {"schema": self.schemas.of(annotation), **self._recorded(annotation)}}

    def _errors(self, *, has_body: bool) -> dict[int, dict[str, Any]]:
        api = self.api
        follows = {
            400: True,  # an unknown query parameter, at least
            401: not api.public,
            403: not api.public,
            404: bool(self.path_parameters) or self._filters_by_id(),
            406: True,
            408: has_body,
            409: api.transition or api.idempotent or self.method in _CHANGES,
            412: api.if_match != "none",
            413: has_body,
            415: has_body,
            416: api.ranges,
            422: has_body or api.idempotent,
            428: api.if_match == "required",
            429: True,
            500: True,
            503: True,
        }
        statuses = {status for status, does in follows.items() if does} | set(api.errors)
        return {status: self.shared.error(status) for status in statuses}

    def _filters_by_id(self) -> bool:
        """Whether a query parameter names a thing, which may be none or none of the caller's."""
        return any(name.endswith("_id") for name in self.handler.parsed_fn_signature.parameters)


def lower_camel(name: str) -> str:
    """`create_rfq` → `createRfq`."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _raw_schema(media_type: str) -> dict[str, Any]:
    """What is not JSON is text or bytes."""
    return {"type": "string"} if media_type.startswith("text/") else {"type": "string", "format": "binary"}


def _describable(annotation: Any) -> bool:
    """Whether a type tells what is in the body: Any, bytes and a bare Response or Stream do not."""
    if annotation in (Any, str, bytes):
        return False
    return not isinstance(annotation, type) or issubclass(annotation, (msgspec.Struct, list, dict))
