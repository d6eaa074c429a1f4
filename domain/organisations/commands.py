"""What can be done to an organisation."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.actors import SYSTEM, Actor
from domain.credentials.commands import issue
from domain.credentials.model import Credential
from domain.database import Database
from domain.errors import Duplicate
from domain.ids import new_id
from domain.ledger import record
from domain.lifecycle import ORGANISATION, Expected, advance, require_version
from domain.organisations import rules, sql
from domain.organisations.model import Capabilities, Organisation, Policy, Profile


async def register(
    db: Database, *, name: str, roles: Sequence[str], profile: Profile, person: str | None
) -> tuple[Organisation, Credential, str, list[str]]:
    """A new organisation, not yet verified: (organisation, its first key, the key's secret, warnings)."""
    arrow = rules.decide_register(roles)
    checked, warnings = rules.checked_profile(profile)
    async with db.transaction(SYSTEM) as tx:
        now = await tx.now()
        organisation = Organisation(
            id=new_id(),
            state="registered",
            version=1,
            name=name,
            roles=tuple(roles),
            profile=checked,
            policy=Policy(),
            capabilities=None,
            state_reason=None,
            verified_at=None,
            created_at=now,
            updated_at=now,
        )
        await sql.insert(tx, organisation)
        await record(
            tx,
            arrow,
            SYSTEM,
            before=None,
            after=organisation,
            at=now,
            audience=[organisation.id],
            data={"name": name, "roles": list(roles)},
        )
        credential, secret = await issue(
            tx,
            SYSTEM,
            organisation.id,
            name="first key",
            person=person,
            scopes=rules.scopes_of(roles),
            expires_at=None,
        )
    return organisation, credential, secret, warnings


async def update(
    db: Database,
    actor: Actor,
    organisation_id: UUID,
    *,
    name: str | None,
    profile: dict[str, object],
    policy: dict[str, object],
    expected: Expected,
) -> Organisation:
    """Correct name, profile and own rules; only what is given changes."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, organisation_id)
        rules.sides(before, actor)
        require_version(before.version, expected)
        checked, _ = rules.checked_profile(msgspec.structs.replace(before.profile, **profile))
        arrow = rules.decide_update(before, name or before.name, checked, actor)
        now = await tx.now()
        after = advance(
            before,
            arrow,
            now,
            name=name or before.name,
            profile=checked,
            policy=msgspec.structs.replace(before.policy, **policy),
        )
        await sql.save(tx, before, after)
        await record(tx, arrow, actor, before=before, after=after, at=now, audience=[before.id])
    return after


async def verify(db: Database, actor: Actor, organisation_id: UUID, *, expected: Expected) -> Organisation:
    """Vouch for it: from now on it takes part. Raises Duplicate when another verified firm holds its NIB."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, organisation_id)
        rules.sides(before, actor)
        require_version(before.version, expected)
        arrow = rules.decide_verify(before, actor)
        now = await tx.now()
        after = advance(before, arrow, now, verified_at=now, state_reason=None)
        await sql.save(tx, before, after)
        await record(tx, arrow, actor, before=before, after=after, at=now, audience=[before.id])
    return after


async def suspend(
    db: Database, actor: Actor, organisation_id: UUID, reason: str, *, expected: Expected
) -> Organisation:
    """Stop it: none of its keys works until it is verified again."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, organisation_id)
        rules.sides(before, actor)
        require_version(before.version, expected)
        arrow = rules.decide_suspend(before, actor, reason)
        now = await tx.now()
        after = advance(before, arrow, now, state_reason=reason)
        await sql.save(tx, before, after)
        await record(
            tx, arrow, actor, before=before, after=after, at=now, audience=[before.id], data={"reason": reason}
        )
    return after


async def put_capabilities(
    db: Database, actor: Actor, organisation_id: UUID, capabilities: Capabilities, *, expected: Expected
) -> Organisation:
    """Say anew what it can make."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, organisation_id)
        rules.sides(before, actor)
        require_version(before.version, expected)
        arrow = rules.decide_put_capabilities(before, capabilities, actor)
        now = await tx.now()
        after = advance(before, arrow, now, capabilities=capabilities)
        await sql.save(tx, before, after)
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=[before.id],
            data={"processes": list(capabilities.processes)},
        )
    return after


async def initialise(db: Database, name: str) -> tuple[Organisation, Credential, str]:
    """Create the operator and its first key, once. Raises Duplicate on an installation that has one."""
    rules.decide_initialise(name)
    async with db.transaction(SYSTEM) as tx:
        if await sql.lock_installation(tx):
            raise Duplicate("this installation has its operator already; its key was shown when it was made")
        now = await tx.now()
        operator = Organisation(
            id=new_id(),
            state="registered",
            version=1,
            name=name,
            roles=("operator",),
            profile=Profile(),
            policy=Policy(),
            capabilities=None,
            state_reason=None,
            verified_at=None,
            created_at=now,
            updated_at=now,
        )
        await sql.insert(tx, operator)
        await record(tx, ORGANISATION["register"], SYSTEM, before=None, after=operator, at=now, audience=[operator.id])
        verified = advance(operator, ORGANISATION["verify"], now, verified_at=now)
        await sql.save(tx, operator, verified)
        await record(
            tx, ORGANISATION["verify"], SYSTEM, before=operator, after=verified, at=now, audience=[operator.id]
        )
        credential, secret = await issue(
            tx,
            SYSTEM,
            operator.id,
            name="operator's first key",
            person=None,
            scopes=rules.scopes_of(["operator"]),
            expires_at=None,
        )
    return verified, credential, secret
