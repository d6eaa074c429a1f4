"""Naming members, and their answers. Locks in the order cooperative, membership."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.database import Database, Tx
from domain.errors import Fault, Invalid, LimitReached
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import Arrow, Expected, advance, require_version
from domain.memberships import rules, sql
from domain.memberships.model import MAX_EVER, MAX_MEMBERS, Members, Membership, Seen
from domain.organisations import rules as organisations
from domain.organisations import sql as firms


async def put(
    db: Database, actor: Actor, cooperative_id: UUID, member_ids: Sequence[UUID], *, expected: Expected
) -> Members:
    """Name all members: new ones are asked, those no longer named end, the others stay as they are.

    Who declined or left and is named again is asked again. Raises Invalid naming each that cannot be a member.
    """
    async with db.transaction(actor) as tx:
        cooperative = await firms.lock(tx, cooperative_id)
        organisations.sides(cooperative, actor)
        rules.decide_put(cooperative, actor)
        known = await sql.lock_of_cooperative(tx, cooperative_id)
        require_version(sum(membership.version for membership in known), expected)
        present = {membership.member_id: membership for membership in known}
        named = list(dict.fromkeys(member_ids))
        if len(named) > MAX_MEMBERS:
            raise LimitReached(f"A cooperative names {MAX_MEMBERS} members at most.")
        if len(present.keys() | set(named)) > MAX_EVER:
            raise LimitReached(f"A cooperative names {MAX_EVER} different workshops at most, those included that left.")
        asked = [
            member_id
            for member_id in named
            if member_id not in present or rules.arrow_of(present[member_id], named=True)
        ]
        candidates = {firm.id: firm for firm in await firms.suppliers(tx, asked)}
        faults = [
            Fault(f"/member_ids/{place}", wrong)
            for place, member_id in enumerate(member_ids)
            if member_id in asked and (wrong := rules.member_fault(cooperative_id, member_id, candidates))
        ]
        if faults:
            raise Invalid("Some of these cannot be members; nothing was changed.", faults=faults)
        now = await tx.now()
        for member_id in [*(item for item in present if item not in named), *named]:
            before = present.get(member_id)
            arrow = rules.arrow_of(before, named=member_id in named)
            if arrow is None:
                continue
            if before is None:
                after = _new(cooperative_id, member_id, arrow, now)
                await sql.insert(tx, after)
            else:
                after = advance(before, arrow, now)
                await sql.save(tx, before, after)
            await _record(tx, arrow, actor, before, after, now)
        return await sql.of_cooperative(tx, cooperative_id)


async def answer(db: Database, actor: Actor, membership_id: UUID, action: str, *, expected: Expected) -> Seen:
    """The workshop's word: `action` is accept, decline or leave."""
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, membership_id)
        rules.sides(before, actor)
        require_version(before.version, expected)
        arrow = rules.decide_answer(before, actor, action)
        now = await tx.now()
        after = advance(before, arrow, now)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, before, after, now)
        return await sql.seen(tx, membership_id)


def _new(cooperative_id: UUID, member_id: UUID, arrow: Arrow, now: datetime) -> Membership:
    return Membership(
        id=new_id(),
        cooperative_id=cooperative_id,
        member_id=member_id,
        state=arrow.leads_to(""),
        version=1,
        created_at=now,
        updated_at=now,
    )


async def _record(
    tx: Tx, arrow: Arrow, actor: Actor, before: Membership | None, after: Membership, now: datetime
) -> None:
    data = {
        "cooperative_id": show("organisation", after.cooperative_id),
        "member_id": show("organisation", after.member_id),
    }
    audience = [after.cooperative_id, after.member_id]
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=audience, data=data)
