"""Signing and verifying one token. Pure: no clock, no database.

What the token's header says of algorithm and key is compared, never obeyed: the algorithm is pinned, the key is looked up
among our own by its `kid`, and `jwk`, `jku` or `x5u` have no effect.
"""

from typing import Final

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from domain.tokens.model import MAX_TOKEN, Claims

ALGORITHM: Final = "Ed25519"
"""RFC 9864; `EdDSA` would leave the curve open."""
TYPE: Final = "at+jwt"
_TYPES: Final = frozenset({TYPE, "application/at+jwt"})


class TokenInvalid(Exception):
    """The token proves nothing; the message says why, for the client's developer."""


def sign(key: OKPKey, kid: str, claims: Claims) -> str:
    """The token, as sent."""
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": kid}
    return jws.serialize_compact(header, msgspec.json.encode(_present(claims)), key, algorithms=[ALGORITHM])


def kid_of(token: str) -> str:
    """Which key it claims to be signed with; nothing is verified yet. Raises TokenInvalid."""
    header = _header(token)
    kid = header.get("kid")
    if header.get("alg") != ALGORITHM:
        raise TokenInvalid(f"The token is not signed with {ALGORITHM}.")
    if str(header.get("typ")).lower() not in _TYPES:
        raise TokenInvalid(f"The token is no access token: its `typ` is not {TYPE}.")
    if not isinstance(kid, str) or not kid:
        raise TokenInvalid("The token does not name its key.")
    return kid


def verify(token: str, key: OKPKey, *, issuer: str) -> Claims:
    """What the token says, once `key` has verified it and it is ours. Raises TokenInvalid; times are not judged."""
    try:
        payload = jws.deserialize_compact(token.encode(), key, algorithms=[ALGORITHM]).payload
        claims = msgspec.json.decode(payload, type=Claims, strict=True)
    except (JoseError, ValueError, TypeError) as error:
        raise TokenInvalid("The token's signature or content is not right.") from error
    if claims.iss != issuer or claims.aud != issuer:
        raise TokenInvalid("The token was issued by, or for, somebody else.")
    return claims


def _header(token: str) -> dict[str, object]:
    if len(token) > MAX_TOKEN or not token.isascii():
        raise TokenInvalid("This is no access token.")
    try:
        return dict(jws.extract_compact(token.encode()).headers())
    except (JoseError, ValueError, TypeError) as error:
        raise TokenInvalid("This is no access token.") from error


def _present(claims: Claims) -> dict[str, object]:
    return {name: value for name, value in msgspec.structs.asdict(claims).items() if value is not None}
