"""All SQL about credentials."""

from uuid import UUID

import msgspec

from domain.actors import Actor, Proof, Role
from domain.credentials.model import Credential
from domain.database import Row, Tx
from domain.errors import NotFound, StaleVersion

INSERT = """
INSERT INTO credential (
    id, organisation_id, state, version, name, person, scopes, hint, secret_hash, expires_at, created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


async def insert(tx: Tx, credential: Credential, secret_hash: bytes) -> None:
    """A new credential."""
    await tx.execute(
        INSERT,
        credential.id,
        credential.organisation_id,
        credential.state,
        credential.version,
        credential.name,
        credential.person,
        list(credential.scopes),
        credential.hint,
        secret_hash,
        credential.expires_at,
        credential.created_at,
        credential.updated_at,
    )


GET = """
SELECT id, organisation_id, state, version, name, person, scopes, hint, previous_until, expires_at, created_at, updated_at
  FROM credential
 WHERE id = $1
"""
LOCK = GET + "   FOR NO KEY UPDATE"


async def get(tx: Tx, credential_id: UUID) -> Credential:
    """Raises NotFound."""
    return _credential(await tx.fetchrow(GET, credential_id))


async def lock(tx: Tx, credential_id: UUID) -> Credential:
    """As `get`, locked against other writers. Raises NotFound."""
    return _credential(await tx.fetchrow(LOCK, credential_id))


# A rotation moves the present hash to `previous_hash`; a revocation forgets the previous one.
SAVE = """
UPDATE credential
   SET state = $3, version = $4, hint = $5, previous_until = $6, expires_at = $7, updated_at = $8,
       previous_hash = CASE WHEN $9::bytea IS NULL THEN CASE WHEN $6::timestamptz IS NULL THEN NULL ELSE previous_hash END
                            ELSE secret_hash END,
       secret_hash = coalesce($9, secret_hash)
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: Credential, after: Credential, *, new_hash: bytes | None = None) -> None:
    """Write what changed. Raises StaleVersion when somebody else was faster."""
    touched = await tx.execute(
        SAVE,
        before.id,
        before.version,
        after.state,
        after.version,
        after.hint,
        after.previous_until,
        after.expires_at,
        after.updated_at,
        new_hash,
    )
    if touched != 1:
        raise StaleVersion


# The count and the new row belong together: two that are made at once must not both take the last place.
LOCK_OWNER = """
SELECT id FROM organisation WHERE id = $1 FOR NO KEY UPDATE
"""


async def lock_owner(tx: Tx, organisation_id: UUID) -> None:
    """Wait until nobody else makes a credential of the organisation."""
    await tx.execute(LOCK_OWNER, organisation_id)


COUNT_ACTIVE = """
SELECT count(*) FROM credential WHERE /* tenant */ (organisation_id = $1) AND state = 'active' AND expires_at > clock_timestamp()
"""


async def count_active(tx: Tx, organisation_id: UUID) -> int:
    """Credentials in force."""
    return int(await tx.fetchval(COUNT_ACTIVE, organisation_id))


LIST = """
SELECT id, organisation_id, state, version, name, person, scopes, hint, previous_until, expires_at, created_at, updated_at
  FROM credential
 WHERE /* tenant */ (organisation_id = $1) AND ($2::uuid IS NULL OR id > $2)
 ORDER BY id
 LIMIT $3
"""


async def list_of(tx: Tx, organisation_id: UUID, *, after: UUID | None, limit: int) -> list[Credential]:
    """An organisation's credentials, oldest first."""
    return [_credential(row) for row in await tx.fetch(LIST, organisation_id, after, limit)]


# A function of the database: before it is known who asks, no row of `credential` is seen.
AUTHENTICATE = """
SELECT b.id, b.organisation_id, b.name, b.person, b.scopes, b.roles, b.organisation_state, s.stamp, s.until, NULL::text AS kid
  FROM bearer_of($1) b
 CROSS JOIN LATERAL seen_as(b.id, $1) s
"""


async def authenticate(tx: Tx, secret_hash: bytes) -> Actor | None:
    """The actor behind a secret in force, or None."""
    row = await tx.fetchrow(AUTHENTICATE, secret_hash)
    return None if row is None else actor_of(row)


def actor_of(row: Row) -> Actor:
    """Who acts, from a row that has the columns of `AUTHENTICATE`: let in just now."""
    return Actor(
        credential_id=row["id"],
        organisation_id=row["organisation_id"],
        name=row["name"],
        person=row["person"],
        roles=frozenset(Role(role) for role in row["roles"]),
        scopes=frozenset(row["scopes"]),
        verified=row["organisation_state"] == "verified",
        proof=Proof(credential_id=row["id"], stamp=row["stamp"], until=row["until"], kid=row["kid"], is_good=True),
    )


CONFIRM = """
SELECT TRUE
"""


async def confirm(tx: Tx) -> None:
    """Ask nothing, but say who asks."""
    await tx.fetchval(CONFIRM)


IN_FORCE = """
SELECT EXISTS (
    SELECT FROM credential c
      JOIN organisation o ON o.id = c.organisation_id
     WHERE c.id = $1 AND c.state = 'active' AND c.expires_at > clock_timestamp() AND o.state <> 'suspended'
)
"""


async def is_in_force(tx: Tx, credential_id: UUID) -> bool:
    """Whether a credential that was let in would still be."""
    return bool(await tx.fetchval(IN_FORCE, credential_id))


ANY_OPERATOR = """
SELECT EXISTS (SELECT FROM organisation WHERE roles @> ARRAY['operator'])
"""


async def is_initialised(tx: Tx) -> bool:
    """Whether an operator exists."""
    return bool(await tx.fetchval(ANY_OPERATOR))


def _credential(row: Row | None) -> Credential:
    if row is None:
        raise NotFound("credential")
    return msgspec.convert(dict(row), Credential)
