"""What can be done with the schedule of an order. Each command locks the order first."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from domain import calendar
from domain.actors import CLOCK, SYSTEM, Actor
from domain.database import Database, Tx
from domain.errors import LimitReached, NotFound
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import HEARTBEAT, SCHEDULE_LINE, Expected, require_version
from domain.orders import rules as order_rules
from domain.orders import sql as orders
from domain.schedules import coverage, outcome, reports, rules, sql
from domain.schedules.model import Heartbeat, HeartbeatDraft, Schedule, ScheduleLine, Wanted

BATCH = 100
MAX_HEARTBEATS = 1000
"""Reports on one order: some twenty years, weekly."""


async def put(db: Database, actor: Actor, order_id: UUID, wanted: Sequence[Wanted], *, expected: Expected) -> Schedule:
    """The buyer writes what is open of the schedule anew."""
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        schedule = await outcome.read(tx, order)
        require_version(schedule.version, expected)
        now = await tx.now()
        steps = rules.decide_put(schedule, wanted, actor, today=calendar.today(now, schedule.zone))
        await outcome.take(tx, actor, schedule, steps, now)
        await outcome.fulfil(tx, actor, order, now)
        return await outcome.read(tx, order)


async def commit(
    db: Database, actor: Actor, order_id: UUID, line_id: UUID, day: date, *, expected: Expected
) -> tuple[ScheduleLine, Schedule]:
    """The supplier commits itself to a day for what was called off."""
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        before = await sql.get(tx, line_id)
        if before.order_id != order.id:
            raise NotFound("schedule_line")
        require_version(before.version, expected)
        now = await tx.now()
        zone = calendar.zone_of(await sql.region(tx, order.buyer_id))
        arrow = rules.decide_commit(before, order, actor, day, today=calendar.today(now, zone))
        after = await outcome.advance_line(tx, actor, before, arrow, now, {"committed_on": day})
        return after, await outcome.read(tx, order)


async def record_heartbeat(db: Database, actor: Actor, order_id: UUID, draft: HeartbeatDraft) -> Heartbeat:
    """The workshop reports; both parties are told at once of each firm line that its report leaves uncovered."""
    async with db.transaction(actor) as tx:
        order = await orders.lock(tx, order_id)
        order_rules.sides(order, actor)
        arrow = reports.decide_record(order, draft, actor)
        if await sql.count_heartbeats(tx, order_id) >= MAX_HEARTBEATS:
            raise LimitReached(f"An order is reported on {MAX_HEARTBEATS} times at most.")
        now = await tx.now()
        heartbeat = Heartbeat(
            id=new_id(),
            order_id=order.id,
            buyer_id=order.buyer_id,
            supplier_id=order.supplier_id,
            state=arrow.leads_to(""),
            version=1,
            free_hours_per_week=draft.free_hours_per_week,
            raw_stock_days=draft.raw_stock_days,
            note=draft.note,
            work=draft.work,
            reported_by=actor.name,
            created_at=now,
            updated_at=now,
        )
        await sql.insert_heartbeat(tx, heartbeat)
        await record(
            tx,
            HEARTBEAT["record"],
            actor,
            before=None,
            after=heartbeat,
            at=now,
            audience=order.parties,
            data={
                "order_id": show("order", order.id),
                "rfq_id": show("rfq", order.rfq_id),
                "raw_stock_days": heartbeat.raw_stock_days,
                "lines": [
                    {"line_no": item.line_no, "in_progress": format(item.in_progress, "f")} for item in heartbeat.work
                ],
            },
        )
        seen = coverage.project(await outcome.read(tx, order), heartbeat, now=now)
        for item in seen.lines:
            if item.line.state == "firm" and item.line.at_risk_at is None and item.status in {"at_risk", "uncovered"}:
                await _warn(tx, SYSTEM, item, now)
    return heartbeat


async def _warn(tx: Tx, actor: Actor, item: coverage.Covered, now: datetime) -> None:
    changes = {"at_risk_at": now}
    await outcome.advance_line(
        tx,
        actor,
        item.line,
        SCHEDULE_LINE["warn"],
        now,
        changes,
        status=item.status,
        projected=None if item.projected is None else format(item.projected, "f"),
    )


async def check(db: Database, line_id: UUID) -> bool:
    """The clock looks at one firm line: it tells, once each, that it is at risk, and that it is overdue."""
    async with db.read(CLOCK) as tx:
        order_id = (await sql.get(tx, line_id)).order_id
    async with db.transaction(CLOCK) as tx:
        order = await orders.lock(tx, order_id)
        before = await sql.get(tx, line_id)
        now = await tx.now()
        due = outcome.check_at(before)
        if due is None or now < due:
            await sql.look_again(tx, line_id, due)
            return False
        seen = coverage.project(await outcome.read(tx, order), await sql.newest_heartbeat(tx, order_id), now=now)
        item = next(item for item in seen.lines if item.line.id == line_id)
        if item.status == "overdue":
            await outcome.advance_line(
                tx,
                CLOCK,
                before,
                SCHEDULE_LINE["miss"],
                now,
                {"overdue_at": now},
                received=format(item.share.received, "f"),
            )
            return True
        if before.at_risk_at is None and item.status != "covered":
            await _warn(tx, CLOCK, item, now)
            return True
        await sql.look_again(tx, line_id, reports.next_look(before, now))
    return False


async def tick(db: Database) -> int:
    """One round of the clock: how many lines were told of."""
    async with db.read(CLOCK) as tx:
        waiting = await sql.to_check(tx, BATCH)
    told, failures = 0, []
    for line_id in waiting:
        try:
            told += await check(db, line_id)
        except Exception as error:  # noqa: BLE001  raised below: one that is locked must not keep the others waiting
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{told} told, {len(failures)} failed and are tried again", failures)
    return told
