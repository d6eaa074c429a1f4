"""All SQL about memberships."""

from uuid import UUID

import msgspec

from domain.database import Row, Tx
from domain.errors import NotFound, StaleVersion
from domain.memberships.model import Members, Membership, Seen

GET = """
SELECT id, cooperative_id, member_id, state, version, created_at, updated_at
  FROM membership
 WHERE id = $1
"""
LOCK = GET + "   FOR NO KEY UPDATE"


async def get(tx: Tx, membership_id: UUID) -> Membership:
    """Raises NotFound."""
    return _membership(await tx.fetchrow(GET, membership_id))


async def lock(tx: Tx, membership_id: UUID) -> Membership:
    """As `get`, locked for writing. Raises NotFound."""
    return _membership(await tx.fetchrow(LOCK, membership_id))


INSERT = """
INSERT INTO membership (id, cooperative_id, member_id, state, version, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


async def insert(tx: Tx, membership: Membership) -> None:
    """A new one; the cooperative's row lock keeps it the only one of its member."""
    await tx.execute(
        INSERT,
        membership.id,
        membership.cooperative_id,
        membership.member_id,
        membership.state,
        membership.version,
        membership.created_at,
        membership.updated_at,
    )


SAVE = """
UPDATE membership SET state = $3, version = $4, updated_at = $5 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: Membership, after: Membership) -> None:
    """Write what changed. Raises StaleVersion."""
    if await tx.execute(SAVE, before.id, before.version, after.state, after.version, after.updated_at) != 1:
        raise StaleVersion


# Locked in id order: a member that answers locks one of them.
LOCK_OF_COOPERATIVE = """
SELECT id, cooperative_id, member_id, state, version, created_at, updated_at
  FROM membership
 WHERE cooperative_id = $1
 ORDER BY id
   FOR NO KEY UPDATE
"""


async def lock_of_cooperative(tx: Tx, cooperative_id: UUID) -> list[Membership]:
    """All of a cooperative, ended ones too, locked for writing."""
    return [_membership(row) for row in await tx.fetch(LOCK_OF_COOPERATIVE, cooperative_id)]


_SHOWN = """
SELECT m.id, m.cooperative_id, m.member_id, m.state, m.version, m.created_at, m.updated_at,
       c.name AS cooperative_name, w.name AS member_name
  FROM membership m
  JOIN organisation c ON c.id = m.cooperative_id
  JOIN organisation w ON w.id = m.member_id
"""
OF_COOPERATIVE = _SHOWN + " WHERE m.cooperative_id = $1 ORDER BY m.id"
SEEN = _SHOWN + " WHERE m.id = $1"
OF_PARTY = (
    _SHOWN
    + """
 WHERE /* tenant */ (m.member_id = $1 OR m.cooperative_id = $1) AND ($2::uuid IS NULL OR m.id > $2)
   AND ($4::text IS NULL OR m.state = $4)
 ORDER BY m.id
 LIMIT $3
"""
)


async def of_cooperative(tx: Tx, cooperative_id: UUID) -> Members:
    """Everybody that it ever named, oldest first: as many as it may name, and those that came and went."""
    rows = await tx.fetch(OF_COOPERATIVE, cooperative_id)
    return Members(cooperative_id=cooperative_id, memberships=tuple(_seen(row) for row in rows))


async def seen(tx: Tx, membership_id: UUID) -> Seen:
    """One with its names. Raises NotFound."""
    row = await tx.fetchrow(SEEN, membership_id)
    if row is None:
        raise NotFound("membership")
    return _seen(row)


async def of_party(tx: Tx, organisation_id: UUID, *, after: UUID | None, limit: int, state: str | None) -> list[Seen]:
    """Those of an organisation, as member or as cooperative, oldest first."""
    return [_seen(row) for row in await tx.fetch(OF_PARTY, organisation_id, after, limit, state)]


def _seen(row: Row) -> Seen:
    return Seen(membership=_membership(row), cooperative_name=row["cooperative_name"], member_name=row["member_name"])


def _membership(row: Row | None) -> Membership:
    if row is None:
        raise NotFound("membership")
    return msgspec.convert({name: row[name] for name in Membership.__struct_fields__}, Membership)
