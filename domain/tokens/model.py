"""What a token says, and the keys behind it."""

from datetime import datetime, timedelta

import msgspec
from joserfc.jwk import OKPKey

LIFE = timedelta(minutes=15)
"""Of a token, at most: never beyond the end of the secret that it was asked for with."""
KEY_OVERLAP = LIFE + timedelta(minutes=1)
"""How long a key that was replaced still verifies: a process may sign with it for a moment longer."""
MAX_TOKEN = 4096
"""Characters. All scopes together make some 1,200."""


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of RFC 9068 section 2.2. Instants in whole seconds since 1970, UTC."""

    iss: str
    sub: str
    aud: str
    client_id: str
    scope: str
    jti: str
    iat: int
    exp: int
    nbf: int | None = None


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """A new token, and for how many seconds it is good."""

    token: str
    client_id: str
    scope: str
    expires_in: int


class SigningKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key pair for tokens. `public_key` is a JWK as JSON text; the sealed private half is None once it has an end."""

    kid: str
    public_key: str
    sealed_private_key: str | None
    created_at: datetime
    ends_at: datetime | None

    @property
    def public(self) -> OKPKey:
        """The half that verifies."""
        return OKPKey.import_key(msgspec.json.decode(self.public_key))
