"""Who asks: an API key, or tokens that are fetched and renewed for a client id and secret."""

from __future__ import annotations

import time
from typing import Any

from attrs import define, field

from ._call import Call

EARLY_SECONDS = 30.0
"""A token is renewed this long before it expires, so that none expires on its way."""


@define
class ApiKey:
    """A key that begins with `jbt_`."""

    secret: str = field(repr=False)


@define
class ClientCredentials:
    """OAuth 2.0 client credentials: short tokens, fetched when they are needed and kept until shortly before they expire.

    `scopes` narrows the token to what a program needs; without it the token has what the client has.
    """

    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = ()
    token_path: str = "/v1/oauth/token"  # noqa: S105
    _token: str | None = field(default=None, init=False, repr=False)
    _expires: float = field(default=0.0, init=False)

    def valid(self) -> str | None:
        """The present token, or None: one has to be fetched."""
        return self._token if self._token and time.monotonic() < self._expires else None

    def keep(self, answer: Any) -> str:
        """Remember what the token endpoint answered."""
        lasts = float(answer.get("expires_in", 300))
        self._token = str(answer["access_token"])
        self._expires = time.monotonic() + max(lasts - EARLY_SECONDS, lasts / 2)
        return self._token

    def forget(self) -> None:
        """The server did not take it: the next call fetches another."""
        self._token = None

    def call(self) -> Call:
        """The request for a token."""
        return Call("POST", self.token_path)

    def form(self) -> dict[str, str]:
        """Its body."""
        named = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": self.client_secret}
        return named | ({"scope": " ".join(self.scopes)} if self.scopes else {})


Credentials = ApiKey | ClientCredentials
