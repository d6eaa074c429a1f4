"""The outbox: fan out, then turns of writing down and claiming. No network here; the dispatcher sends in between."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.actors import SYSTEM
from domain.database import Database, Tx
from domain.ids import new_id
from domain.ledger import sql as ledger
from domain.ledger.model import Event, Place
from domain.lifecycle import WEBHOOK_ENDPOINT, advance, step
from domain.outbox import rules, sql
from domain.outbox.model import FAN_OUT, MAX_ATTEMPTS, Attempt, Claimed
from domain.sealing import Sealer
from domain.webhooks import rules as endpoint_rules
from domain.webhooks import sql as webhooks
from domain.webhooks.commands import announce
from domain.webhooks.model import FAILING, BodyFormat, Health

LANES_A_ROUND = 200
PURGE_A_ROUND = 1000


Render = Callable[[Event, BodyFormat], str]
"""The body of an event's message, in that form."""


async def fan_out(db: Database, render: Render) -> int:
    """Turn events into deliveries for every endpoint that is behind; how many events were looked at.

    An endpoint gets what `list_events` would show its organisation. Its place in the feed moves in the transaction
    that adds the deliveries: each event is turned into one, whoever is killed in between.
    """
    async with db.read(SYSTEM) as tx:
        behind = await sql.behind(tx, LANES_A_ROUND)
    done, failures = 0, []
    for endpoint_id in behind:
        try:
            done += await _fan_out(db, endpoint_id, render)
        except Exception as error:  # noqa: BLE001  raised below, with the others: one lane must not stop the rest
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{done} events fanned out, {len(failures)} lanes failed and are tried again", failures)
    return done


async def _fan_out(db: Database, endpoint_id: UUID, render: Render) -> int:
    async with db.transaction(SYSTEM) as tx:
        lane = await sql.take_lane(tx, endpoint_id)
        if lane is None or await sql.is_full(tx, endpoint_id):
            return 0
        events = await ledger.feed(tx, lane.organisation_id, after=lane.place, limit=FAN_OUT)
        if not events:
            return 0
        wanted = [event for event in events if not lane.types or event.type in lane.types]
        if wanted:
            shown = await sql.without_private(tx, lane.organisation_id, wanted)
            messages = [(event, render(event, lane.body_format)) for event in shown]
            await sql.add(tx, endpoint_id, messages, lane.body_format)
            await webhooks.wake(tx, endpoint_id)
        await webhooks.move_lane(tx, endpoint_id, Place(events[-1].xid, events[-1].position))
        return len(events)


class Turn(NamedTuple):
    """What one turn of a lane came to."""

    states: dict[tuple[UUID, UUID], str]
    """By delivery and claim, what became of it; one that was no longer this process's to say is left out."""
    claimed: list[Claimed]


async def turn(
    db: Database, endpoint_id: UUID, ended: Sequence[tuple[Claimed, Attempt]], *, under_way: int, claims: bool = True
) -> Turn:
    """Write down how attempts ended, and claim what may be attempted now besides the `under_way` attempts of this process.

    One transaction for both: an endpoint that answers at once costs one for several deliveries. The claim is committed
    before anything is sent: whoever dies with it loses it when the lease ends.
    """
    async with db.transaction(SYSTEM) as tx:
        states = await _finish(tx, endpoint_id, ended) if ended else {}
        room = await sql.width(tx, endpoint_id) - under_way if claims else 0
        return Turn(states, await sql.claim(tx, endpoint_id, new_id(), room) if room > 0 else [])


async def park(db: Database, endpoint_id: UUID) -> None:
    """Nothing is due for this endpoint now: leave it alone until something is."""
    async with db.transaction(SYSTEM) as tx:
        await webhooks.lock_lane(tx, endpoint_id)
        await sql.park(tx, endpoint_id)


async def _finish(tx: Tx, endpoint_id: UUID, ended: Sequence[tuple[Claimed, Attempt]]) -> dict[tuple[UUID, UUID], str]:
    may_disable = any(
        attempt.status == rules.STATUS_GONE or delivery.attempts >= MAX_ATTEMPTS for delivery, attempt in ended
    )
    endpoint = await webhooks.lock(tx, endpoint_id) if may_disable else None
    health = await webhooks.lock_lane(tx, endpoint_id)
    now = await tx.now()
    judged = [
        (
            delivery,
            attempt,
            rules.judge(
                delivery,
                attempt,
                last_success_at=health.last_success_at,
                now=now,
                jitter=random.random(),  # noqa: S311  spreads retries, guards nothing
            ),
        )
        for delivery, attempt in ended
    ]
    own = await sql.finish(tx, judged)
    judged = [item for item in judged if (item[0].id, item[0].claim) in own]
    if not judged:
        return {}
    for _, attempt, verdict in judged:
        health = _after(health, attempt, verdict.paused_until, now)
    has_room = any(verdict.state != "pending" for _, _, verdict in judged)
    await sql.save_health(tx, endpoint_id, health, has_room=has_room)
    # Who took one of these is not dead, whatever became of another.
    took = any(attempt.error is None for _, attempt, _ in judged)
    reasons = [
        verdict.disable for _, _, verdict in judged if verdict.disable and not (took and verdict.disable == FAILING)
    ]
    disable = reasons[0] if reasons else None
    if disable and endpoint and endpoint.state == "active":
        arrow = step(WEBHOOK_ENDPOINT["disable"], endpoint.state, endpoint_rules.sides(endpoint, SYSTEM))
        after = advance(endpoint, arrow, now, disabled_reason=disable)
        await webhooks.disable(tx, endpoint, after)
        await announce(tx, arrow, SYSTEM, endpoint, after, now)
    return {(delivery.id, delivery.claim): verdict.state for delivery, _, verdict in judged}


def _after(health: Health, attempt: Attempt, paused_until: datetime | None, now: datetime) -> Health:
    if attempt.error is None:
        return msgspec.structs.replace(health, failing_since=None, last_success_at=now)
    return msgspec.structs.replace(
        health,
        failing_since=health.failing_since or now,
        paused_until=max(filter(None, (health.paused_until, paused_until)), default=None),
    )


async def purge(db: Database) -> int:
    """Forget deliveries that ended more than 30 days ago; how many."""
    async with db.transaction(SYSTEM) as tx:
        return await sql.purge(tx, PURGE_A_ROUND)


def unseal(sealer: Sealer, delivery: Claimed) -> list[str]:
    """The secrets that a message is signed with now, the present one first."""
    kept = [delivery.secret, delivery.previous_secret]
    return [sealer.reread(delivery.organisation_id, text).decode() for text in kept if text is not None]
