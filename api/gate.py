"""What every request has to pass before its handler: key, scope, query, media types, conditions. Plain ASGI."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from litestar.enums import ScopeType
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from api import limits
from api.context import Context, context_of
from api.contract import Api, Contract
from api.contract.shared import HEADER_LIMITS
from api.refusals import (
    InvalidParameter,
    KeyMissing,
    NotAcceptable,
    Unauthenticated,
    UnknownParameter,
    UnsupportedMediaType,
)
from api.services import Services
from domain.actors import Actor
from domain.credentials import queries as credentials
from domain.credentials.secrets import digest
from domain.errors import VersionRequired
from domain.ids import show_optional
from domain.tokens import queries as tokens
from domain.tokens.jwt import TokenInvalid

ANONYMOUS = Actor(credential_id=None, organisation_id=None, name="anonymous")
ACTOR_KEY = "jembatan_actor"
SERVICES_KEY = "jembatan_services"
PLAIN = Api(public=True)
MAX_KEY = 255
ONCE = frozenset(
    {
        b"authorization",
        b"content-encoding",
        b"content-type",
        b"idempotency-key",
        b"range",
        b"tus-resumable",
        b"upload-checksum",
        b"upload-length",
        b"upload-metadata",
        b"upload-offset",
    }
)
"""Header fields of one value. Of two, one part of a program would read the first and another the last."""
JWT_DOTS = 2
"""In a JWS in compact form; a key has none."""


class Gate:
    """One for the application; put into Litestar's middleware so that it knows the route."""

    def __init__(self, app: ASGIApp, services: Services, contract: Contract) -> None:
        self._app, self._services, self._contract = app, services, contract

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or go on with the actor in the scope."""
        handler = scope.get("route_handler")
        if scope["type"] == ScopeType.HTTP and isinstance(handler, HTTPRouteHandler):
            api: Api = handler.opt.get("api") or PLAIN
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
            context = context_of(scope)
            context.operation = handler.handler_name
            _check_repeated(headers, scope["headers"])
            scope["state"][SERVICES_KEY] = self._services
            actor = ANONYMOUS if api.public else await self._who(handler, api, headers, context)
            scope["state"][ACTOR_KEY] = actor
            context.actor = actor
            context.organisation_id = show_optional("organisation", actor.organisation_id)
            context.credential_id = show_optional("credential", actor.credential_id)
            await limits.count(self._services, api, handler.handler_name, actor, _address(scope), context)
            for required in api.scopes:
                actor.need(required)
            self._check_query(handler, scope["query_string"])
            _check_media(handler, api, headers)
            _check_conditions(api, headers)
        await self._app(scope, receive, send)

    async def _who(self, handler: HTTPRouteHandler, api: Api, headers: dict[str, str], context: Context) -> Actor:
        """Whoever holds the key. Who was remembered is confirmed by the first message to the database, or by the edge.

        An operation whose body or answer is a stream begins before that, so its caller is looked up.
        """
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated
        secret = secret.strip()
        name = digest(secret)
        remembered = self._services.remembered
        streams = api.response_media or api.request_body or handler.opt.get("no_compression")
        if not streams and not context.looks_up and (known := remembered.find(name)) is not None:
            return known
        remembered.forget(name)
        actor = await self._authenticate(secret)
        remembered.keep(name, actor)
        return actor

    async def _authenticate(self, secret: str) -> Actor:
        services = self._services
        if secret.count(".") == JWT_DOTS:
            try:
                return await tokens.authenticate(
                    services.db, services.key_ring, secret, issuer=services.settings.issuer
                )
            except TokenInvalid as error:
                raise Unauthenticated(str(error)) from error
        actor = await credentials.authenticate(services.db, secret)
        if actor is None:
            raise Unauthenticated
        return actor

    def _check_query(self, handler: HTTPRouteHandler, query: bytes) -> None:
        if not query:
            return
        if b"\x00" in query or b"%00" in query:
            raise InvalidParameter("A query parameter contains a NUL character.")
        if b"%" in query and not _is_text(query):
            raise InvalidParameter("A query parameter is not UTF-8.")
        known = self._contract.query_parameters(handler)
        repeatable = self._contract.repeatable_parameters(handler)
        seen: set[str] = set()
        for part in query.decode("latin-1").split("&"):
            if not part:
                continue
            name, _, value = part.partition("=")
            if name not in known:
                takes = ", ".join(sorted(known)) or "none"
                raise UnknownParameter(f"The operation has no query parameter {name[:60]!r}. It takes: {takes}.")
            if name in seen and name not in repeatable:
                raise UnknownParameter(f"The query parameter {name!r} is given more than once.")
            if unquote(value).lower() == "null" and self._contract.is_not_text(handler, name):
                raise InvalidParameter(f"The query parameter {name!r} is never null: leave it out.")
            seen.add(name)


def _is_text(query: bytes) -> bool:
    try:
        unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return False
    return True


def _check_repeated(headers: dict[str, str], sent: Iterable[tuple[bytes, bytes]]) -> None:
    fields = list(sent)
    if len(fields) == len(headers):
        return
    seen: set[bytes] = set()
    for name, _ in fields:
        if name in ONCE and name in seen:
            raise InvalidParameter(f"The header field {name.decode()!r} is given more than once.")
        seen.add(name)


def _check_media(handler: HTTPRouteHandler, api: Api, headers: dict[str, str]) -> None:
    answers = _several(api.response_media) or ("application/json",)
    accept = headers.get("accept")
    if accept and not any(_accepts(accept, answer) for answer in (*answers, "application/problem+json")):
        raise NotAcceptable(f"This operation answers {' or '.join(answers)}; `Accept` admits none of it.")
    takes = _several(api.request_body) or (("application/json",) if handler.parsed_data_field is not None else ())
    has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
    if not takes:
        return
    given = headers.get("content-type", "").partition(";")[0].strip().lower()
    if (has_body or given) and given not in takes and "*/*" not in takes:
        raise UnsupportedMediaType(f"Send the body as {' or '.join(takes)}, named so in Content-Type.")
    if headers.get("content-encoding", "identity").strip().lower() not in {"identity", ""}:
        # Never unpacked: a body is bounded by what is sent.
        raise UnsupportedMediaType("Send the body as it is, without a Content-Encoding.")


def _check_conditions(api: Api, headers: dict[str, str]) -> None:
    for name, limit in HEADER_LIMITS.items():
        if len(headers.get(name, "")) > limit:
            raise InvalidParameter(f"{name} takes at most {limit} characters.")
    key = headers.get("idempotency-key")
    if key is not None:
        bare = bare_key(key)
        if not 0 < len(bare) <= MAX_KEY or not bare.isascii() or not bare.isprintable():
            raise InvalidParameter(f"Idempotency-Key takes 1 to {MAX_KEY} printable ASCII characters.")
    elif api.idempotent:
        raise KeyMissing
    if api.if_match == "required" and "if-match" not in headers:
        raise VersionRequired


def bare_key(key: str) -> str:
    """An `Idempotency-Key` with or without the quotes of a structured-field string."""
    key = key.strip()
    return key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _accepts(accept: str, media: str) -> bool:
    kind = media.partition("/")[0]
    for part in accept.split(","):
        name, *parameters = (item.strip().lower() for item in part.split(";"))
        if any(parameter.replace(" ", "") in {"q=0", "q=0.0", "q=0.00", "q=0.000"} for parameter in parameters):
            continue
        if media == "*/*" or name in {"*/*", f"{kind}/*", media}:
            return True
    return False


def _address(scope: Scope) -> str:
    """Where the request comes from, as the server says: behind a proxy, the server has to be told to believe it."""
    client = scope.get("client")
    return client[0] if client else "unknown"


def actor_of(scope: Any) -> Actor:
    """The actor that the gate found."""
    actor: Actor = scope["state"].get(ACTOR_KEY, ANONYMOUS)
    return actor
