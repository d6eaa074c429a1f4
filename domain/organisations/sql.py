"""All SQL about organisations."""

from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, NotFound, StaleVersion
from domain.organisations.model import Capabilities, Organisation, Policy, Profile
from domain.vocabularies import process_closure

_PROFILE = msgspec.json.Decoder(Profile)
_POLICY = msgspec.json.Decoder(Policy)
_CAPABILITIES = msgspec.json.Decoder(Capabilities)

INSERT = """
INSERT INTO organisation (
    id, state, version, name, roles, profile, nib, region_code, policy, state_reason, verified_at, created_at,
    updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""


async def insert(tx: Tx, organisation: Organisation) -> None:
    """A new organisation."""
    await tx.execute(
        INSERT,
        organisation.id,
        organisation.state,
        organisation.version,
        organisation.name,
        list(organisation.roles),
        msgspec.json.encode(organisation.profile).decode(),
        organisation.profile.nib,
        organisation.profile.region_code,
        msgspec.json.encode(organisation.policy).decode(),
        organisation.state_reason,
        organisation.verified_at,
        organisation.created_at,
        organisation.updated_at,
    )


GET = """
SELECT id, state, version, name, roles, profile, policy, capabilities, state_reason, verified_at, created_at, updated_at
  FROM organisation
 WHERE id = $1
"""
LOCK = GET + "   FOR NO KEY UPDATE"


async def get(tx: Tx, organisation_id: UUID) -> Organisation:
    """Raises NotFound."""
    return read_organisation(await tx.fetchrow(GET, organisation_id))


async def lock(tx: Tx, organisation_id: UUID) -> Organisation:
    """As `get`, locked for writing. Raises NotFound."""
    return read_organisation(await tx.fetchrow(LOCK, organisation_id))


SAVE = """
UPDATE organisation
   SET state = $3, version = $4, name = $5, profile = $6, nib = $7, region_code = $8, policy = $9, capabilities = $10,
       processes = $11, state_reason = $12, verified_at = $13, updated_at = $14
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: Organisation, after: Organisation) -> None:
    """Write what changed. Raises StaleVersion, and Duplicate when another verified firm holds the NIB."""
    taken = Duplicate("Another verified organisation holds this NIB. Check the number, or suspend the wrong holder.")
    capabilities = after.capabilities
    with Constraint("organisation_nib_verified", taken):
        touched = await tx.execute(
            SAVE,
            before.id,
            before.version,
            after.state,
            after.version,
            after.name,
            msgspec.json.encode(after.profile).decode(),
            after.profile.nib,
            after.profile.region_code,
            msgspec.json.encode(after.policy).decode(),
            None if capabilities is None else msgspec.json.encode(capabilities).decode(),
            [] if capabilities is None else sorted(process_closure(capabilities.processes)),
            after.state_reason,
            after.verified_at,
            after.updated_at,
        )
    if touched != 1:
        raise StaleVersion


LIST = """
SELECT id, state, version, name, roles, profile, policy, capabilities, state_reason, verified_at, created_at, updated_at
  FROM organisation
 WHERE ($1::uuid IS NULL OR id > $1) AND ($3::uuid IS NULL OR id = $3) AND ($4::text IS NULL OR state = $4)
   AND ($5::text IS NULL OR roles @> ARRAY[$5])
 ORDER BY id
 LIMIT $2
"""


async def list_all(
    tx: Tx, *, after: UUID | None, limit: int, only: UUID | None, state: str | None, role: str | None
) -> list[Organisation]:
    """Oldest first; `only` narrows it to one organisation."""
    return [read_organisation(row) for row in await tx.fetch(LIST, after, limit, only, state, role)]


# A workshop that cannot do a single operation of the RFQ is no candidate: the index finds those that can. Who can do most
# of them comes first, so that the limit cuts off the weakest.
CANDIDATES = """
SELECT id, state, version, name, roles, profile, policy, capabilities, state_reason, verified_at, created_at, updated_at
  FROM organisation
 WHERE state = 'verified' AND roles @> ARRAY['supplier'] AND processes && $1::text[]
 ORDER BY (SELECT count(*) FROM unnest($1::text[]) AS wanted WHERE wanted = ANY (processes)) DESC, id
 LIMIT $2
"""


async def candidates(tx: Tx, processes: list[str], limit: int) -> list[Organisation]:
    """Verified suppliers that can do at least one of `processes`; those that can do most of them first."""
    return [read_organisation(row) for row in await tx.fetch(CANDIDATES, processes, limit)]


SUPPLIERS = """
SELECT id, state, version, name, roles, profile, policy, capabilities, state_reason, verified_at, created_at, updated_at
  FROM organisation
 WHERE id = ANY ($1::uuid[]) AND state = 'verified' AND roles @> ARRAY['supplier']
 ORDER BY id
"""


async def suppliers(tx: Tx, organisation_ids: list[UUID]) -> list[Organisation]:
    """The verified suppliers among `organisation_ids`."""
    return [read_organisation(row) for row in await tx.fetch(SUPPLIERS, organisation_ids)]


# Members of cooperatives that can do at least one operation; few next to all workshops, so they are found by those.
MEMBERS = """
SELECT m.cooperative_id, o.id, o.state, o.version, o.name, o.roles, o.profile, o.policy, o.capabilities, o.state_reason,
       o.verified_at, o.created_at, o.updated_at
  FROM membership m
  JOIN organisation o ON o.id = m.member_id
 WHERE m.state = 'accepted' AND o.state = 'verified' AND o.roles @> ARRAY['supplier'] AND o.processes && $1::text[]
   AND ($2::uuid IS NULL OR m.cooperative_id = $2)
 ORDER BY m.cooperative_id, o.id
 LIMIT $3
"""


async def members(
    tx: Tx, processes: list[str], limit: int, *, cooperative_id: UUID | None = None
) -> dict[UUID, list[Organisation]]:
    """Confirmed members that can do at least one of `processes`, by cooperative: of all, or of one."""
    found: dict[UUID, list[Organisation]] = {}
    for row in await tx.fetch(MEMBERS, processes, cooperative_id, limit):
        found.setdefault(row["cooperative_id"], []).append(read_organisation(row))
    return found


LOCK_INSTALLATION = """
SELECT pg_advisory_xact_lock(1785163379)
"""
ANY_OPERATOR = """
SELECT EXISTS (SELECT FROM organisation WHERE roles @> ARRAY['operator'])
"""


async def lock_installation(tx: Tx) -> bool:
    """Wait until nobody else initialises; whether an operator exists already."""
    await tx.execute(LOCK_INSTALLATION)
    return bool(await tx.fetchval(ANY_OPERATOR))


def read_organisation(row: Row | None) -> Organisation:
    """A row with all columns of GET, and others. Raises NotFound for none."""
    if row is None:
        raise NotFound("organisation")
    capabilities = row["capabilities"]
    return Organisation(
        id=row["id"],
        state=row["state"],
        version=row["version"],
        name=row["name"],
        roles=tuple(row["roles"]),
        profile=_PROFILE.decode(row["profile"]),
        policy=_POLICY.decode(row["policy"]),
        capabilities=None if capabilities is None else _CAPABILITIES.decode(capabilities),
        state_reason=row["state_reason"],
        verified_at=row["verified_at"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
