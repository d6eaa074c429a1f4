"""Credentials: keys of one's own organisation. A secret is shown once."""

from typing import Annotated, Self

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit
from api.wire import Blocked, ETag, Id, In, Out, Page, Text40, Text80, Timestamp, utc
from domain.credentials import commands, model, queries, rules
from domain.ids import read, show
from domain.vocabularies import state_label

TAGS = ["Credentials"]
Scopes = Annotated[list[Text80], Meta(min_length=1, max_length=60)]


class CredentialCreate(In, kw_only=True):
    """A further key: only scopes that the maker's own key has. `person` names who holds it, for four-eyes rules."""

    name: Text80
    scopes: Scopes
    person: Annotated[str, Meta(min_length=1, max_length=120)] | None = None
    expires_at: Timestamp | None = None


class CredentialRotate(In):
    """When the new secret ends; 90 days from now when absent."""

    expires_at: Timestamp | None = None


class Credential(Out):
    """A key, without its secret; `hint` is how the secret begins."""

    id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=10)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=10)]
    etag: ETag
    name: Text80
    person: Annotated[str, Meta(max_length=120)] | None
    scopes: Annotated[list[Text80], Meta(max_length=60)]
    hint: Text40
    previous_secret_until: Timestamp | None
    expires_at: Timestamp
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, credential: model.Credential, view: View) -> Self:
        """As its owner sees it; one whose end has come shows as expired."""
        state = "expired" if rules.is_expired(credential, now=view.now) else credential.state
        allowed, blocked = rules.available(credential, view.actor, now=view.now)
        return cls(
            id=show("credential", credential.id),
            state=state,
            state_label=state_label("credential", state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(credential.version),
            name=credential.name,
            person=credential.person,
            scopes=list(credential.scopes),
            hint=credential.hint,
            previous_secret_until=None if credential.previous_until is None else utc(credential.previous_until),
            expires_at=utc(credential.expires_at),
            created_at=utc(credential.created_at),
            updated_at=utc(credential.updated_at),
        )


class CredentialPage(Page[Credential]):
    """Credentials, oldest first."""


class CredentialSecret(Out):
    """A key with its secret, which is shown this once."""

    credential: Credential
    secret: Annotated[str, Meta(max_length=80)]
    etag: ETag

    @classmethod
    def of(cls, result: tuple[model.Credential, str], view: View) -> Self:
        """After it was made or rotated."""
        credential, secret = result
        return cls(credential=Credential.of(credential, view), secret=secret, etag=etag_of(credential.version))


@post(
    "/v1/credentials",
    status_code=201,
    tags=TAGS,
    opt={"api": Api(scopes=("credentials:write",), idempotent=True, etag=True, location=True, errors=(409,))},
)
async def create_credential(
    call: NamedDependency[Call], data: JSONBody[CredentialCreate]
) -> Response[CredentialSecret]:
    """Make a further key.

    It lives 90 days unless said otherwise, 366 at most. Keep the secret: it is stored hashed and never shown again.
    """
    return await call.change(
        lambda db: commands.create(
            db, call.actor, name=data.name, person=data.person, scopes=data.scopes, expires_at=data.expires_at
        ),
        CredentialSecret.of,
        status=201,
        location=lambda result: f"/v1/credentials/{show('credential', result[0].id)}",
        sealed=True,
    )


@get("/v1/credentials", tags=TAGS, opt={"api": Api(scopes=("credentials:read",))})
async def list_credentials(
    call: NamedDependency[Call], limit: Limit = 50, after: After = None
) -> Response[CredentialPage]:
    """List the organisation's keys, oldest first.

    Revoked and expired ones too; never a secret.
    """
    return await call.listed(
        lambda behind, count: queries.list_own(call.db, call.actor, after=behind, limit=count),
        Credential.of,
        CredentialPage,
        kind="credential",
        after=after,
        limit=limit,
        filters=["credentials"],
    )


@post(
    "/v1/credentials/{credential_id:str}/rotate",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("credentials:write",), transition=True, etag=True)},
)
async def rotate_credential(
    call: NamedDependency[Call], credential_id: FromPath[str], data: JSONBody[CredentialRotate]
) -> Response[CredentialSecret]:
    """Give a key a new secret.

    The old secret works for another 24 hours, so that nothing stops while it is exchanged.
    """
    key = read("credential", credential_id)
    return await call.change(
        lambda db: commands.rotate(db, call.actor, key, expires_at=data.expires_at, expected=call.expected),
        CredentialSecret.of,
        sealed=True,
    )


@post(
    "/v1/credentials/{credential_id:str}/revoke",
    status_code=200,
    tags=TAGS,
    opt={"api": Api(scopes=("credentials:write",), transition=True, etag=True)},
)
async def revoke_credential(call: NamedDependency[Call], credential_id: FromPath[str]) -> Response[Credential]:
    """End a key.

    The next request with it is refused; there is no way back.
    """
    key = read("credential", credential_id)
    return await call.change(lambda db: commands.revoke(db, call.actor, key, expected=call.expected), Credential.of)


HANDLERS = [create_credential, list_credentials, rotate_credential, revoke_credential]
