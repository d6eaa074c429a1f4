"""All SQL about tokens and their keys. Of a token itself nothing is stored."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.credentials.sql import actor_of
from domain.database import Row, Tx
from domain.tokens.model import SigningKey

CLIENT = """
SELECT c.id, c.organisation_id, c.name, c.person, c.scopes, o.roles, o.state AS organisation_state, clock_timestamp() AS now,
       c.xmin::text || '.' || o.xmin::text AS stamp, c.expires_at AS until, NULL::text AS kid,
       CASE WHEN c.secret_hash = $2 THEN c.expires_at ELSE least(c.expires_at, c.previous_until) END AS secret_until
  FROM credential c
  JOIN organisation o ON o.id = c.organisation_id
 WHERE c.id = $1
   AND (c.secret_hash = $2 OR (c.previous_hash = $2 AND c.previous_until > clock_timestamp()))
   AND c.state = 'active'
   AND c.expires_at > clock_timestamp()
   AND o.state <> 'suspended'
"""


class Client(NamedTuple):
    """A credential that proved its secret; its scopes in their order, and until when the secret is in force."""

    actor: Actor
    scopes: list[str]
    now: datetime
    secret_until: datetime


async def client(tx: Tx, credential_id: UUID, secret_hash: bytes) -> Client | None:
    """The credential, if the secret is its own and in force."""
    row = await tx.fetchrow(CLIENT, credential_id, secret_hash)
    return None if row is None else Client(actor_of(row), list(row["scopes"]), row["now"], row["secret_until"])


# Asked with every request, as for an API key: a credential that was revoked, or a key that was withdrawn, counts no more.
STANDS_FOR = """
SELECT h.id, h.organisation_id, h.name, h.person, h.scopes, h.roles, h.organisation_state, h.now, s.stamp,
       least(s.until, to_timestamp($3)) AS until, $2 AS kid
  FROM holder_of($1, $2) h
 CROSS JOIN LATERAL seen_as(h.id, NULL) s
"""


async def stands_for(tx: Tx, credential_id: UUID, kid: str, ends: int) -> tuple[Actor, datetime] | None:
    """The actor behind a token that ends at `ends`, and the database's clock; None when credential or key are not in force."""
    row = await tx.fetchrow(STANDS_FOR, credential_id, kid, ends)
    return None if row is None else (actor_of(row), row["now"])


FIND = """
SELECT kid, public_key, sealed_private_key, created_at, ends_at FROM signing_key WHERE kid = $1
"""
SIGNS = """
SELECT kid, public_key, sealed_private_key, created_at, ends_at FROM signing_key WHERE ends_at IS NULL
"""
VERIFY = """
SELECT kid, public_key, sealed_private_key, created_at, ends_at
  FROM signing_key
 WHERE ends_at IS NULL OR ends_at > clock_timestamp()
 ORDER BY ends_at DESC NULLS FIRST
"""


async def find(tx: Tx, kid: str) -> SigningKey | None:
    """One key, whether or not it still verifies."""
    return _key(await tx.fetchrow(FIND, kid))


async def signs(tx: Tx) -> SigningKey | None:
    """The key that signs; None before the first token."""
    return _key(await tx.fetchrow(SIGNS))


async def verify(tx: Tx) -> list[SigningKey]:
    """The keys that verify now, the one that signs first."""
    return [msgspec.convert(dict(row), SigningKey) for row in await tx.fetch(VERIFY)]


# Of several processes that make the first key at once, one does.
INSERT = """
INSERT INTO signing_key (kid, public_key, sealed_private_key, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
"""


async def insert(tx: Tx, key: SigningKey) -> None:
    """A new key that signs; nothing when there is one."""
    await tx.execute(INSERT, key.kid, key.public_key, key.sealed_private_key, key.created_at)


# Two who replace the key wait for each other; whoever signs or verifies waits for nobody.
LOCK = "LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE"
END = """
UPDATE signing_key SET ends_at = least(ends_at, $1), sealed_private_key = NULL WHERE ends_at IS NULL OR ends_at > $1
"""
FORGET = "DELETE FROM signing_key WHERE ends_at <= clock_timestamp()"


async def end(tx: Tx, at: datetime) -> None:
    """No present key verifies beyond `at`, and none signs any more. Those that have ended are forgotten."""
    await tx.execute(LOCK)
    await tx.execute(END, at)
    await tx.execute(FORGET)


def _key(row: Row | None) -> SigningKey | None:
    return None if row is None else msgspec.convert(dict(row), SigningKey)
