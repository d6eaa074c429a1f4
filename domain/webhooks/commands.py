"""What is done with endpoints. Nothing here touches the network."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.database import Database, Tx
from domain.errors import Fault, Forbidden, Invalid
from domain.ids import new_id
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.sealing import Sealer
from domain.webhooks import rules, sql
from domain.webhooks.model import OWNER, ROTATION_OVERLAP, TEST, BodyFormat, Delivery, Endpoint, Health
from domain.webhooks.secrets import new_secret

Known = tuple[Endpoint, Health]


async def create(
    db: Database,
    sealer: Sealer,
    actor: Actor,
    *,
    url: str,
    description: str | None,
    event_types: Sequence[str],
    body_format: BodyFormat,
    loopback: bool,
) -> tuple[Endpoint, Health, str]:
    """A further endpoint of the actor's organisation, and the secret that signs what it gets."""
    organisation_id = actor.organisation_id
    if organisation_id is None:
        raise Forbidden("Only an organisation has webhook endpoints.")
    async with db.transaction(actor) as tx:
        present = await sql.count(tx, organisation_id)
        now = await tx.now()
        arrow = rules.decide_create(actor, present)
        secret = new_secret()
        endpoint = Endpoint(
            id=new_id(),
            organisation_id=organisation_id,
            state="active",
            version=1,
            url=url,
            description=description,
            event_types=rules.checked(url, event_types, loopback=loopback),
            body_format=body_format,
            disabled_reason=None,
            previous_until=None,
            created_at=now,
            updated_at=now,
        )
        await sql.insert(tx, endpoint, sealer.keep(organisation_id, secret.encode()))
        await announce(tx, arrow, actor, None, endpoint, now)
    return endpoint, Health(failing_since=None, paused_until=None, last_success_at=None), secret


async def update(
    db: Database,
    actor: Actor,
    endpoint_id: UUID,
    *,
    changes: Mapping[str, Any],
    enabled: bool | None,
    loopback: bool,
    expected: Expected,
) -> Known:
    """Change `url`, `description`, `event_types` or `body_format`, then enable or disable: each is a step and an event of its own.

    A new URL, or being enabled again, gives everything that waits a fresh start.
    """
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, endpoint_id)
        arrow = rules.decide("update", before, actor)
        require_version(before.version, expected)
        now = await tx.now()
        wanted = msgspec.structs.replace(before, **changes)
        types = rules.checked(wanted.url, wanted.event_types, loopback=loopback)
        wanted, after = msgspec.structs.replace(wanted, event_types=types), before
        if wanted != before:
            content = {name: getattr(wanted, name) for name in ("url", "description", "event_types", "body_format")}
            after = advance(before, arrow, now, **content)
            await sql.save(tx, before, after)
            await announce(tx, arrow, actor, before, after, now)
        is_enabled = before.state == "active"
        if enabled is not None and enabled != is_enabled:
            moved = rules.decide("enable" if enabled else "disable", after, actor)
            changed, after = after, advance(after, moved, now, disabled_reason=None if enabled else OWNER)
            await sql.save(tx, changed, after)
            await announce(tx, moved, actor, changed, after, now)
        if after.url != before.url or (enabled and not is_enabled):
            await sql.restart(tx, endpoint_id)
        return after, await sql.health(tx, endpoint_id)


async def rotate(
    db: Database, sealer: Sealer, actor: Actor, endpoint_id: UUID, *, expected: Expected
) -> tuple[Endpoint, Health, str]:
    """A new secret; for 24 hours messages are signed with the old one too."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, endpoint_id)
        arrow = rules.decide("rotate", before, actor)
        require_version(before.version, expected)
        now = await tx.now()
        secret = new_secret()
        after = advance(before, arrow, now, previous_until=now + ROTATION_OVERLAP)
        await sql.save(tx, before, after, new_secret=sealer.keep(before.organisation_id, secret.encode()))
        await announce(tx, arrow, actor, before, after, now)
        return after, await sql.health(tx, endpoint_id), secret


async def delete(db: Database, actor: Actor, endpoint_id: UUID, *, expected: Expected) -> Endpoint:
    """Nothing is sent to it any more, its secrets are forgotten."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, endpoint_id)
        arrow = rules.decide("delete", before, actor)
        require_version(before.version, expected)
        now = await tx.now()
        after = advance(before, arrow, now, previous_until=None, disabled_reason=None)
        await sql.save(tx, before, after)
        await sql.drop_waiting(tx, endpoint_id)
        await announce(tx, arrow, actor, before, after, now)
    return after


async def test(db: Database, actor: Actor, endpoint_id: UUID) -> Delivery:
    """A message that says nothing, to see whether it arrives; the worker sends it, once."""
    async with db.transaction(actor) as tx:
        endpoint = await sql.lock(tx, endpoint_id)
        rules.decide_test(endpoint, actor, await sql.count_tests(tx, endpoint_id))
        now = await tx.now()
        return await sql.delivery(tx, await sql.add_test(tx, endpoint, TEST, now))


async def redeliver(
    db: Database, actor: Actor, endpoint_id: UUID, *, delivery_id: UUID | None, from_event_id: UUID | None
) -> Known:
    """One delivery once more, or everything from an event on. What was accepted before comes again, with the same id."""
    if (delivery_id is None) == (from_event_id is None):
        faults = [Fault(f"/{name}", "Give this or the other.") for name in ("delivery_id", "from_event_id")]
        raise Invalid("Say what to deliver again: one delivery, or everything from an event on.", faults=faults)
    async with db.transaction(actor) as tx:
        endpoint = await sql.lock(tx, endpoint_id)
        rules.sides(endpoint, actor)
        if delivery_id is not None:
            await sql.again(tx, endpoint_id, delivery_id)
        elif from_event_id is not None:
            place = await sql.place_before(tx, endpoint.organisation_id, from_event_id)
            await sql.restart(tx, endpoint_id)
            await sql.move_lane(tx, endpoint_id, place)
        return endpoint, await sql.health(tx, endpoint_id)


async def announce(tx: Tx, arrow: Arrow, actor: Actor, before: Endpoint | None, after: Endpoint, now: datetime) -> None:
    """The one event of a step: its owner's alone."""
    data = {"disabled_reason": after.disabled_reason} if arrow.action == "disable" else {}
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=[after.organisation_id], data=data)
