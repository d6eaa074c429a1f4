"""record_heartbeat, get_coverage and the clock that tells of what is at risk or overdue."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.schedules import commands, sql
from world import Party, World

Scene = tuple[Party, Party, Any, str]


def day(ahead: int) -> str:
    """So many days from now, in Western Indonesian time."""
    return (datetime.now(UTC) + timedelta(hours=7, days=ahead)).date().isoformat()


def report(hours: str = "40", per_unit: str | None = "0.5", **changes: Any) -> dict[str, Any]:
    """A body."""
    return {
        "free_hours_per_week": hours,
        "raw_stock_days": 300,
        "lines": [{"line_no": 1, "in_progress": "10", "hours_per_unit": per_unit}],
        **changes,
    }


async def scene(world: World, *parts: tuple[int, str, str]) -> Scene:
    """(buyer, supplier, order of 100 pieces, its path)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    schedule = [{"due_on": day(a), "quantity": q, "certainty": c} for a, q, c in parts or ((30, "100", "firm"),)]
    order = await world.order(buyer, supplier, line={"schedule": schedule})
    return buyer, supplier, order, f"/v1/orders/{order['id']}"


async def test_a_report_projects_what_is_due(world: World) -> None:
    buyer, supplier, order, path = await scene(world, (30, "60", "firm"), (60, "40", "forecast"))
    before = await buyer.done("GET", f"{path}/coverage")
    assert (before["stale"], before["heartbeat"]) == (True, None)
    assert [(line["status"], line["projected"]) for line in before["lines"]] == [("unknown", None)] * 2
    first = await supplier.post(f"{path}/heartbeats", report(note="Dua mesin"), key="k")
    assert first.status_code == 201, first.text
    again = await supplier.post(f"{path}/heartbeats", report(note="Dua mesin"), key="k")
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    made = first.json()
    assert (made["reported_by"], made["free_hours_per_week"], made["note"]) == (supplier.name, "40", "Dua mesin")
    assert made["lines"] == [{"line_no": 1, "in_progress": "10", "hours_per_unit": "0.5"}]
    seen = await buyer.done("GET", f"{path}/coverage")
    assert (seen["stale"], seen["zone"], seen["heartbeat"]["id"]) == (False, "WIB", made["id"])
    assert [(line["status"], line["projected"]) for line in seen["lines"]] == [("covered", "60"), ("covered", "40")]
    assert seen["lines"][0]["working_days"] > 10
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get_heartbeat(tx, read("heartbeat", made["id"])))
    told = (await world.feed(buyer, subject_id=read("heartbeat", made["id"])))[-1]
    assert (told.type, told.data["order_id"]) == ("heartbeat.recorded", order["id"])


async def test_a_line_at_risk_is_told_once_and_before_it_is_late(world: World) -> None:
    buyer, supplier, _, path = await scene(world, (30, "60", "firm"), (60, "40", "forecast"))
    for _ in range(2):
        await supplier.done("POST", f"{path}/heartbeats", report(hours="0"))
    [told] = await world.feed(buyer, types=["schedule_line.at_risk"])
    assert (told.data["status"], told.data["projected"], told.data["quantity"]) == ("uncovered", "10", "60")
    assert await world.feed(supplier, types=["schedule_line.at_risk"]) == [told]
    lines = (await buyer.done("GET", f"{path}/schedule"))["lines"]
    assert [line["at_risk_at"] is not None for line in lines] == [True, False], "a forecast is nobody's promise"


async def test_raw_material_and_a_later_promise_are_risks(world: World) -> None:
    buyer, supplier, _, path = await scene(world)
    await supplier.done("POST", f"{path}/heartbeats", report(raw_stock_days=0))
    [line] = (await buyer.done("GET", f"{path}/coverage"))["lines"]
    assert (line["status"], line["projected"]) == ("at_risk", "10")
    await supplier.done("POST", f"{path}/heartbeats", report(hours="400"))
    [line] = (await buyer.done("GET", f"{path}/coverage"))["lines"]
    assert line["status"] == "covered"
    commit = f"{path}/schedule/{line['schedule_line_id']}/commit"
    await supplier.done("POST", commit, {"committed_on": day(31)})
    [line] = (await buyer.done("GET", f"{path}/coverage"))["lines"]
    assert (line["status"], line["committed_on"]) == ("at_risk", day(31))


async def test_the_clock_tells_of_what_nobody_reports_and_of_what_is_overdue(world: World) -> None:
    buyer, supplier, order, path = await scene(world, (10, "100", "firm"))
    key = read("order", order["id"])
    line_id = (await sql_lines(world, key))[0].id
    assert await commands.check(world.services.db, line_id), "within 14 days and no report"
    assert not await commands.check(world.services.db, line_id), "told once"
    waits = await world.owner.fetchval("SELECT check_at = due_ends_at FROM schedule_line WHERE id = $1", line_id)
    assert waits, "the clock looks again when it is due"
    await world.owner.execute(
        "UPDATE schedule_line SET due_ends_at = clock_timestamp(), check_at = clock_timestamp() WHERE id = $1", line_id
    )
    await commands.tick(world.services.db)
    await commands.tick(world.services.db)
    risk, overdue = await world.feed(
        buyer, subject_id=line_id, types=["schedule_line.at_risk", "schedule_line.overdue"]
    )
    assert (risk.data["status"], risk.actor_name) == ("unknown", "clock")
    assert (overdue.type, overdue.data["received"]) == ("schedule_line.overdue", "0")
    [line] = (await supplier.done("GET", f"{path}/coverage"))["lines"]
    assert line["status"] == "overdue"
    left = await world.owner.fetchval("SELECT check_at FROM schedule_line WHERE id = $1", line_id)
    assert left is None, "nothing is left to tell"
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, line_id), besides=("due_ends_at",))
    body = {"reason": "machine_breakdown", "lines": [{"line_no": 1, "due_on": day(12)}]}
    change = await supplier.done("POST", f"{path}/changes", body)
    await buyer.done("POST", f"{path}/changes/{change['id']}/accept", etag=change["etag"])
    [moved] = (await buyer.done("GET", f"{path}/schedule"))["lines"]
    assert (moved["due_on"], moved["at_risk_at"], moved["overdue_at"]) == (day(12), None, None)
    assert await commands.check(world.services.db, line_id), "another day is told of anew"


async def sql_lines(world: World, order_id: Any) -> Any:
    async with world.services.db.read(SYSTEM) as tx:
        return await sql.of_order(tx, order_id)


async def test_the_clock_leaves_alone_what_is_covered(world: World) -> None:
    buyer, supplier, order, path = await scene(world, (10, "100", "firm"))
    await supplier.done("POST", f"{path}/heartbeats", report(hours="4000", per_unit="0.01"))
    line = (await sql_lines(world, read("order", order["id"])))[0]
    assert not await commands.check(world.services.db, line.id)
    assert await world.feed(buyer, types=["schedule_line.at_risk"]) == []
    later = await world.owner.fetchval(
        "SELECT check_at > clock_timestamp() + interval '11 hours' FROM schedule_line WHERE id = $1", line.id
    )
    assert later
    assert (await sql_lines(world, read("order", order["id"])))[0].version == line.version


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, _, path = await scene(world)
    rival = await world.party("supplier")
    assert (await rival.post(f"{path}/heartbeats", report())).status_code == 404
    assert (await rival.get(f"{path}/coverage")).status_code == 404
    assert (await buyer.post(f"{path}/heartbeats", report())).json()["code"] == "forbidden"
    reader = await world.key(supplier.organisation_id, "reader", scopes=["orders:read"])
    assert (await reader.post(f"{path}/heartbeats", report())).json()["code"] == "scope_missing"
    assert (await reader.get(f"{path}/coverage")).status_code == 200
    await buyer.done("POST", f"{path}/cancel", {"reason": "other"})
    late = await supplier.post(f"{path}/heartbeats", report())
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "cancelled")


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"free_hours_per_week": "100000.5"}, ["/free_hours_per_week"]),
        ({"free_hours_per_week": "-1"}, ["/free_hours_per_week"]),
        ({"free_hours_per_week": 40}, ["/free_hours_per_week"]),
        ({"raw_stock_days": -1}, ["/raw_stock_days"]),
        ({"raw_stock_days": 1.5}, ["/raw_stock_days"]),
        ({"lines": [{"line_no": 9}]}, ["/lines/0/line_no"]),
        ({"lines": [{"line_no": 1}, {"line_no": 1}]}, ["/lines/1/line_no"]),
        ({"lines": [{"line_no": 1, "in_progress": "1.5"}]}, ["/lines/0/in_progress"]),
        ({"lines": [{"line_no": 1, "in_progress": "-1"}]}, ["/lines/0/in_progress"]),
        ({"lines": [{"line_no": 1, "hours_per_unit": "0"}]}, ["/lines/0/hours_per_unit"]),
        ({"lines": [{"line_no": 1, "hours_per_unit": "10001"}]}, ["/lines/0/hours_per_unit"]),
        ({"note": ""}, ["/note"]),
        ({"surprise": 1}, ["/surprise"]),
    ],
)
async def test_a_report_that_does_not_fit(world: World, changes: dict[str, Any], pointers: list[str]) -> None:
    _, supplier, _, path = await scene(world)
    answer = await supplier.post(f"{path}/heartbeats", report(**changes))
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers


async def test_a_report_is_history(world: World) -> None:
    _, supplier, _, path = await scene(world)
    made = await supplier.done("POST", f"{path}/heartbeats", report())
    with pytest.raises(asyncpg.PostgresError, match="heartbeat"):
        await world.owner.execute(
            "UPDATE heartbeat SET raw_stock_days = 1 WHERE id = $1", read("heartbeat", made["id"])
        )
