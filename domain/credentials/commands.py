"""What can be done to credentials. Each returns the secret exactly once, to be shown and forgotten."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.credentials import rules, sql
from domain.credentials.model import DEFAULT_LIFE, Credential
from domain.credentials.secrets import digest, hint, new_secret
from domain.database import Database, Tx
from domain.errors import Forbidden
from domain.ids import new_id
from domain.ledger import record
from domain.lifecycle import CREDENTIAL, Expected, advance, require_version


async def create(
    db: Database,
    actor: Actor,
    *,
    name: str,
    person: str | None,
    scopes: Sequence[str],
    expires_at: datetime | None,
) -> tuple[Credential, str]:
    """A further credential of the actor's organisation, and its secret."""
    if actor.organisation_id is None:
        raise Forbidden("Only an organisation has credentials.")
    async with db.transaction(actor) as tx:
        return await issue(
            tx, actor, actor.organisation_id, name=name, person=person, scopes=scopes, expires_at=expires_at
        )


async def issue(
    tx: Tx,
    actor: Actor,
    organisation_id: UUID,
    *,
    name: str,
    person: str | None,
    scopes: Sequence[str],
    expires_at: datetime | None,
) -> tuple[Credential, str]:
    """As `create`, in the transaction of a registration or an installation."""
    await sql.lock_owner(tx, organisation_id)
    active = await sql.count_active(tx, organisation_id)
    now = await tx.now()
    ends = expires_at or now + DEFAULT_LIFE
    rules.decide_create(actor, scopes, ends, active, now=now)
    secret = new_secret()
    credential = Credential(
        id=new_id(),
        organisation_id=organisation_id,
        state="active",
        version=1,
        name=name,
        person=person,
        scopes=tuple(dict.fromkeys(scopes)),
        hint=hint(secret),
        previous_until=None,
        expires_at=ends,
        created_at=now,
        updated_at=now,
    )
    await sql.insert(tx, credential, digest(secret))
    await record(
        tx,
        CREDENTIAL["create"],
        actor,
        before=None,
        after=credential,
        at=now,
        audience=[organisation_id],
        data={"name": name, "scopes": list(credential.scopes)},
    )
    return credential, secret


async def rotate(
    db: Database, actor: Actor, credential_id: UUID, *, expires_at: datetime | None, expected: Expected
) -> tuple[Credential, str]:
    """A new secret and a new life for it; the old secret works for another 24 hours."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, credential_id)
        rules.sides(before, actor)
        require_version(before.version, expected)
        now = await tx.now()
        arrow = rules.decide_rotate(before, actor, now=now)
        ends = expires_at or now + DEFAULT_LIFE
        rules.decide_create(actor, before.scopes, ends, 0, now=now)
        secret = new_secret()
        until = rules.overlap_ends(before, now=now)
        after = advance(before, arrow, now, hint=hint(secret), previous_until=until, expires_at=ends)
        await sql.save(tx, before, after, new_hash=digest(secret))
        await record(tx, arrow, actor, before=before, after=after, at=now, audience=[before.organisation_id])
    return after, secret


async def revoke(db: Database, actor: Actor, credential_id: UUID, *, expected: Expected) -> Credential:
    """End a credential: the next request with it is refused."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, credential_id)
        arrow = rules.decide_revoke(before, actor)
        require_version(before.version, expected)
        now = await tx.now()
        after = advance(before, arrow, now, previous_until=None)
        await sql.save(tx, before, after)
        await record(tx, arrow, actor, before=before, after=after, at=now, audience=[before.organisation_id])
    return after
