"""Whom a token stands for, and which keys verify tokens."""

from domain.actors import SYSTEM, Actor
from domain.database import Database
from domain.errors import NotFound
from domain.ids import read
from domain.tokens import jwt, rules, sql
from domain.tokens.jwt import TokenInvalid
from domain.tokens.keys import KeyRing
from domain.tokens.model import SigningKey

FAR = 10_000_000_000
"""Seconds since 1970, in the year 2286: what a token says beyond is refused by the rules, and is no instant to PostgreSQL."""


async def authenticate(db: Database, ring: KeyRing, token: str, *, issuer: str) -> Actor:
    """The actor behind a token that is in force now, with the token's scopes. Raises TokenInvalid.

    The signature is verified before anything is asked of the credential. Then the credential counts as it is
    now, so that a revocation ends its tokens at once.
    """
    kid = jwt.kid_of(token)
    key = await ring.find(db, kid)
    if key is None:
        raise TokenInvalid("The token is signed with a key that is not, or no longer, ours.")
    claims = jwt.verify(token, key, issuer=issuer)
    try:
        credential_id = read("credential", claims.client_id)
    except NotFound as error:
        raise TokenInvalid("The token stands for no credential.") from error
    async with db.bare() as tx:
        found = await sql.stands_for(tx, credential_id, kid, min(claims.exp, FAR))
    if found is None:
        raise TokenInvalid("The credential behind the token, or the key that signed it, is no longer in force.")
    actor, now = found
    rules.check_times(claims, now=now)
    return rules.narrowed(actor, claims)


async def verifying_keys(db: Database) -> list[SigningKey]:
    """The keys that verify now, the one that signs first."""
    async with db.read(SYSTEM) as tx:
        return await sql.verify(tx)
