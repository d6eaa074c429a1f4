"""What a token may carry, and when it is in force."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from domain.actors import Actor
from domain.errors import InvalidScope
from domain.tokens.jwt import TokenInvalid
from domain.tokens.model import LIFE, Claims


def grant(asked: str | None, held: Iterable[str]) -> str:
    """The scopes of the token, space-separated in the credential's order: those asked for, or all that it holds.

    Never one that the credential lacks. Raises InvalidScope.
    """
    having = list(held)
    wanted = having if not asked or not asked.strip() else asked.split(" ")
    beyond = [scope for scope in wanted if scope not in having]
    if beyond:
        raise InvalidScope(f"The client does not hold {', '.join(repr(scope[:60]) for scope in beyond[:5])}.")
    return " ".join(scope for scope in having if scope in wanted)


def ends(now: datetime, secret_until: datetime) -> int:
    """When a token made now ends, in whole seconds: after 15 minutes, but never after the secret that it was made with."""
    return int(min(now + LIFE, secret_until).timestamp())


def check_times(claims: Claims, *, now: datetime) -> None:
    """Raise TokenInvalid unless `now`, by the database's clock, lies within the token's life. At `exp` it has ended."""
    instant = now.timestamp()
    if instant >= claims.exp:
        raise TokenInvalid("The token has expired. Ask for a new one.")
    if instant < max(claims.iat, claims.nbf or claims.iat):
        raise TokenInvalid("The token is not in force yet.")
    if claims.exp - claims.iat > LIFE / timedelta(seconds=1):
        raise TokenInvalid("The token lives longer than ours do.")


def narrowed(actor: Actor, claims: Claims) -> Actor:
    """The actor with the token's scopes: of those only what the credential holds."""
    return msgspec.structs.replace(actor, scopes=actor.scopes & frozenset(claims.scope.split(" ")))
