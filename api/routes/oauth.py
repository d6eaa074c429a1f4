"""OAuth 2.0 client credentials (RFC 6749 section 4.4): a credential's key against a short-lived access token."""

import base64
import binascii
from typing import Annotated, Literal, NamedTuple
from urllib.parse import parse_qsl, unquote_plus

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from msgspec import Meta

from api.call import JSON, Call
from api.contract import Api
from api.refusals import InvalidTokenRequest, UnsupportedGrantType
from api.wire import Out
from domain.actors import SCOPES
from domain.errors import InvalidClient, NotFound
from domain.ids import read
from domain.tokens import commands, queries
from domain.tokens.jwt import ALGORITHM
from domain.tokens.model import LIFE

TAGS = ["OAuth"]
FORM = "application/x-www-form-urlencoded"
GRANT = "client_credentials"
MAX_FORM = 16_384
JWKS_SECONDS = 300
"""How long others may keep the keys: less than a token lives, so that a new key is known before the old one goes."""


class TokenRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A form. The client is named here, or in `Authorization: Basic`, never in both. Other members are ignored."""

    grant_type: Literal["client_credentials"]
    scope: (
        Annotated[
            str,
            Meta(max_length=4000, description="Scopes, separated by single spaces; all of the client's when absent."),
        ]
        | None
    ) = None
    client_id: Annotated[str, Meta(max_length=40, description="The id of a credential.")] | None = None
    client_secret: Annotated[str, Meta(max_length=80, description="The key of that credential.")] | None = None


class AccessToken(Out):
    """A token, to be sent as `Authorization: Bearer …` until it expires; then ask for another one."""

    access_token: Annotated[str, Meta(max_length=4096)]
    token_type: Literal["Bearer"]
    expires_in: Annotated[
        int, Meta(ge=0, le=int(LIFE.total_seconds()), description="Seconds.", extra_json_schema={"format": "int64"})
    ]
    scope: Annotated[str, Meta(max_length=4000, description="What it may do: scopes, separated by spaces.")]


class SigningKey(Out):
    """A public key as JWK (RFC 7517, RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    alg: Literal["Ed25519"]
    use: Literal["sig"]
    kid: Annotated[
        str, Meta(max_length=43, description="What the header of a token calls it: the key's thumbprint (RFC 7638).")
    ]
    x: Annotated[str, Meta(max_length=43, description="The key, in base64url.")]


class SigningKeys(Out):
    """The keys that verify access tokens, the one that signs first."""

    keys: Annotated[list[SigningKey], Meta(max_length=100)]


Address = Annotated[str, Meta(max_length=500, extra_json_schema={"format": "uri"})]


class AuthorizationServer(Out):
    """What an OAuth client has to know of this server (RFC 8414)."""

    issuer: Annotated[
        str,
        Meta(
            max_length=500,
            description="What tokens name as `iss` and `aud`: the installation's address, or a URN without one.",
        ),
    ]
    token_endpoint: Annotated[Address, Meta(description="Where `issueToken` is.")]
    jwks_uri: Annotated[Address, Meta(description="Where `getSigningKeys` is.")]
    scopes_supported: Annotated[
        list[Annotated[str, Meta(max_length=60)]],
        Meta(max_length=100, description="Every scope that a credential can have."),
    ]
    response_types_supported: Annotated[
        list[Annotated[str, Meta(max_length=60)]],
        Meta(max_length=10, description="None: nobody is sent to a page to consent."),
    ]
    grant_types_supported: Annotated[
        list[Annotated[str, Meta(max_length=60)]], Meta(max_length=10, description="`client_credentials`.")
    ]
    token_endpoint_auth_methods_supported: Annotated[
        list[Annotated[str, Meta(max_length=60)]],
        Meta(max_length=10, description="How a client says who it is: HTTP Basic, or members of the form."),
    ]
    service_documentation: Annotated[Address, Meta(description="The reference for people.")]


class _Client(NamedTuple):
    id: str
    secret: str


@post(
    "/v1/oauth/token",
    status_code=200,
    tags=TAGS,
    opt={
        "api": Api(
            public=True,
            expensive=True,
            request_body=FORM,
            request_schema=TokenRequest,
            errors=(401, 413, 415),
            codes=("invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope"),
        )
    },
)
async def issue_token(call: NamedDependency[Call]) -> Response[AccessToken]:
    """Ask for an access token.

    The grant `client_credentials` of RFC 6749. The client is a credential: `client_id` is its id, `client_secret` its
    key, sent as `Authorization: Basic` or in the form. The token is a JWT (RFC 9068) of at most 15 minutes; it stands
    for the credential, and ends with it. No Idempotency-Key is needed: nothing is stored.

    Every refusal is a problem document which also has the members `error` and `error_description` of RFC 6749 section 5.2.
    """
    form = _form(await call.request.body())
    client = _client(call.request.headers.get("authorization"), form)
    grant = form.get("grant_type")
    if grant is None:
        raise InvalidTokenRequest("The form lacks `grant_type`.")
    if grant != GRANT:
        raise UnsupportedGrantType(f"The only `grant_type` is {GRANT}.")
    try:
        credential_id = read("credential", client.id)
    except NotFound as error:
        raise InvalidClient from error
    services = call.services
    issued = await commands.issue(
        services.db,
        services.sealer,
        credential_id,
        client.secret,
        scope=form.get("scope"),
        issuer=services.settings.issuer,
    )
    call.context.credential_id = issued.client_id
    body = AccessToken(
        access_token=issued.token,
        token_type="Bearer",  # noqa: S106  a kind of token, no password
        expires_in=issued.expires_in,
        scope=issued.scope,
    )
    headers = {"cache-control": "no-store", "pragma": "no-cache"}
    return Response(msgspec.json.encode(body), media_type=JSON, headers=headers)  # type: ignore[arg-type]


@get("/.well-known/jwks.json", tags=TAGS, opt={"api": Api(public=True)})
async def get_signing_keys(call: NamedDependency[Call]) -> Response[SigningKeys]:
    """Read the keys that access tokens are signed with.

    A JWK Set. A key that was replaced stays in it until the last token under it has expired.
    """
    found = await queries.verifying_keys(call.db)
    shown = [
        SigningKey(kty="OKP", crv="Ed25519", alg=ALGORITHM, use="sig", kid=key.kid, x=str(key.public.as_dict()["x"]))
        for key in found
    ]
    headers = {"cache-control": f"public, max-age={JWKS_SECONDS}"}
    return Response(msgspec.json.encode(SigningKeys(keys=shown)), media_type=JSON, headers=headers)  # type: ignore[arg-type]


@get("/.well-known/oauth-authorization-server", tags=TAGS, opt={"api": Api(public=True)})
async def get_authorization_server(call: NamedDependency[Call]) -> Response[AuthorizationServer]:
    """Read how to get an access token here.

    Metadata of the authorisation server (RFC 8414): an OAuth library that is given the address of the installation finds the rest
    itself. Without a configured public address the addresses are those of this request.
    """
    settings = call.services.settings
    base = settings.public_url or str(call.request.base_url).rstrip("/")
    body = AuthorizationServer(
        issuer=settings.issuer,
        token_endpoint=f"{base}/v1/oauth/token",
        jwks_uri=f"{base}/.well-known/jwks.json",
        scopes_supported=list(SCOPES),
        response_types_supported=[],
        grant_types_supported=[GRANT],
        token_endpoint_auth_methods_supported=["client_secret_basic", "client_secret_post"],
        service_documentation=f"{base}/docs",
    )
    # What was made of a request's `Host` is for nobody else.
    kept = f"public, max-age={JWKS_SECONDS}" if settings.public_url else "no-store"
    return Response(msgspec.json.encode(body), media_type=JSON, headers={"cache-control": kept})  # type: ignore[arg-type]


def _form(body: bytes) -> dict[str, str]:
    """The form's members. One without a value counts as absent, an unknown one is ignored (RFC 6749 section 3.2)."""
    if len(body) > MAX_FORM:
        raise InvalidTokenRequest(f"The form is larger than {MAX_FORM} bytes.")
    try:
        pairs = parse_qsl(body.decode("ascii"), strict_parsing=bool(body), max_num_fields=20, errors="strict")
    except ValueError as error:
        raise InvalidTokenRequest(f"The body is no {FORM}.") from error
    form = dict(pairs)
    if len(form) != len(pairs):
        raise InvalidTokenRequest("A member of the form is given more than once.")
    if any("\x00" in text for pair in pairs for text in pair):
        raise InvalidTokenRequest("The form contains a NUL character.")
    return form


def _client(authorization: str | None, form: dict[str, str]) -> _Client:
    """Who asks: by HTTP Basic or by the form. Raises InvalidTokenRequest for both, InvalidClient for neither."""
    named, secret = form.get("client_id"), form.get("client_secret")
    if authorization is None:
        if named is None or secret is None:
            raise InvalidClient
        return _Client(named, secret)
    if secret is not None:
        raise InvalidTokenRequest("Send the client's secret in `Authorization` or in the form, not in both.")
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise InvalidClient
    try:
        identifier, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise InvalidClient from error
    identifier, secret = unquote_plus(identifier), unquote_plus(secret)
    if not colon or named not in {None, identifier}:
        raise InvalidClient
    return _Client(identifier, secret)


HANDLERS = [issue_token, get_signing_keys, get_authorization_server]
