"""The schedule of an order through HTTP: made, written anew, released, committed to, used up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.schedules import sql
from world import Party, World

Scene = tuple[Party, Party, Any, str]


def day(ahead: int) -> str:
    """So many days from now, in Western Indonesian time."""
    return (datetime.now(UTC) + timedelta(hours=7, days=ahead)).date().isoformat()


def item(ahead: int, quantity: str, certainty: str = "firm", line_no: int = 1) -> dict[str, Any]:
    """A line of a body."""
    return {"line_no": line_no, "due_on": day(ahead), "quantity": quantity, "certainty": certainty}


def asked(*parts: tuple[int, str, str]) -> dict[str, Any]:
    """What an RFQ's line says of its schedule."""
    return {
        "schedule": [
            {"due_on": day(ahead), "quantity": quantity, "certainty": certainty} for ahead, quantity, certainty in parts
        ]
    }


PLAN = ((10, "40", "firm"), (40, "30", "forecast"), (70, "30", "forecast"))


async def scene(world: World, *, plan: Any = PLAN, acknowledged: bool = True, **more: Any) -> Scene:
    """(buyer, supplier, order of 100 pieces with that schedule, path of the schedule)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(
        buyer, supplier, quantities=("100",), line=asked(*plan), acknowledged=acknowledged, **more
    )
    return buyer, supplier, order, f"/v1/orders/{order['id']}/schedule"


def brief(schedule: Any) -> list[tuple[str, str, str]]:
    """(day, quantity, state) of each line."""
    return [(line["due_on"], line["quantity"], line["state"]) for line in schedule["lines"]]


async def put(party: Party, path: str, *lines: dict[str, Any], etag: str | None = None) -> Any:
    """The answer to a PUT upon what is there now."""
    etag = etag or (await party.done("GET", path))["etag"]
    return await party.request("PUT", path, body={"lines": list(lines)}, etag=etag)


async def test_an_order_begins_with_the_schedule_of_its_rfq(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    seen = await supplier.done("GET", path)
    assert brief(seen) == [(day(10), "40", "firm"), (day(40), "30", "forecast"), (day(70), "30", "forecast")]
    assert (seen["etag"], seen["zone"], seen["frozen_days"], seen["frozen_until"]) == ('"3"', "WIB", 28, day(28))
    assert seen["order_lines"] == [
        {"line_no": 1, "ordered": "100", "scheduled": "100", "called_off": "40", "despatchable": "40"}
    ]
    assert seen["lines"][0]["due_ends_at"] == f"{day(10)}T17:00:00Z"
    assert seen["allowed_actions"] == ["record_heartbeat"]
    assert (await buyer.done("GET", path))["allowed_actions"] == ["put_schedule"]
    events = await world.feed(buyer, types=["schedule_line.called_off", "schedule_line.forecast"])
    assert [event.data["quantity"] for event in events] == ["40", "30", "30"]
    assert events[0].data["order_id"] == order["id"]


async def test_only_what_is_called_off_is_despatched(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    despatches = f"/v1/orders/{order['id']}/despatches"
    body = {"number": "SJ-1", "lines": [{"line_no": 1, "lot": "L1", "quantity": "41"}]}
    refused = await supplier.post(despatches, body)
    assert (refused.status_code, refused.json()["code"]) == (409, "over_despatch"), refused.text
    assert "the 40 that the buyer has called off" in refused.json()["detail"]
    body["lines"] = [{"line_no": 1, "lot": lot, "quantity": "21"} for lot in ("L1", "L2")]
    assert (await supplier.post(despatches, body)).json()["code"] == "over_despatch", "all lots together"
    released = await put(buyer, path, item(10, "40"), item(40, "30"), item(70, "30", "forecast"))
    assert (released.status_code, brief(released.json())[1]) == (200, (day(40), "30", "firm")), released.text
    await supplier.done("POST", despatches, body)
    left = (await supplier.done("GET", path))["order_lines"][0]
    assert (left["called_off"], left["despatchable"]) == ("70", "28")


async def test_acceptance_fulfils_the_earliest_first(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    sent = await world.despatch(supplier, order, (1, "L1", "40"))
    receipt = await world.receipt(buyer, sent)
    judge = f"/v1/receipts/{receipt['id']}/inspections"
    await buyer.done("POST", judge, {"lines": [{"line_no": 1, "lot": "L1", "accepted": "39"}]})
    first = (await buyer.done("GET", path))["lines"][0]
    assert (first["state"], first["despatched"], first["received"], first["accepted"]) == ("firm", "40", "40", "39")
    await buyer.done("POST", judge, {"lines": [{"line_no": 1, "lot": "L1", "accepted": "1"}]})
    seen = await buyer.done("GET", path)
    assert [line["state"] for line in seen["lines"]] == ["fulfilled", "forecast", "forecast"]
    async with world.services.db.read(SYSTEM) as tx:
        for line in seen["lines"]:
            await world.replays(await sql.get(tx, read("schedule_line", line["id"])))
    kept = await put(buyer, path, item(40, "60", "forecast"))
    assert kept.status_code == 200, kept.text
    beyond = await put(buyer, path, item(40, "61", "forecast"))
    assert (beyond.status_code, beyond.json()["code"]) == (409, "quantity_exceeded"), "40 are fulfilled"


async def test_the_buyer_writes_the_open_part_anew(world: World) -> None:
    buyer, supplier, _, path = await scene(world)
    before = await buyer.done("GET", path)
    lines = [item(10, "40"), item(40, "20"), item(50, "25", "forecast")]
    done = await put(buyer, path, *lines, etag=before["etag"])
    assert brief(done.json()) == [(day(10), "40", "firm"), (day(40), "20", "firm"), (day(50), "25", "forecast")]
    assert done.headers["etag"] == done.json()["etag"]
    assert done.json()["etag"] != before["etag"]
    again = await put(buyer, path, *lines)
    assert again.json()["etag"] == done.json()["etag"], "the same document changes nothing"
    stale = await put(buyer, path, *lines, etag=before["etag"])
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    blind = await buyer.request("PUT", path, body={"lines": lines})
    assert (blind.status_code, blind.json()["code"]) == (428, "version_required")
    assert (await put(supplier, path, *lines)).json()["code"] == "forbidden"
    rival = await world.party("buyer")
    assert (await rival.get(path)).status_code == 404
    assert (await put(rival, path, *lines, etag='"1"')).status_code == 404


async def test_within_the_horizon_only_a_release_is_free(world: World) -> None:
    buyer, _, _, path = await scene(world, plan=((10, "40", "firm"), (20, "30", "forecast"), (70, "30", "forecast")))
    rest = item(70, "30", "forecast")
    for lines in (
        (item(10, "39"), item(20, "30", "forecast"), rest),
        (item(20, "30", "forecast"), rest),
        (item(10, "40"), item(20, "29", "forecast"), rest),
        (item(10, "40"), item(20, "29", "firm"), rest),
        (item(10, "40"), item(20, "30", "forecast"), item(27, "1"), item(70, "29", "forecast")),
    ):
        refused = await put(buyer, path, *lines)
        assert (refused.status_code, refused.json()["code"]) == (409, "frozen_horizon"), lines
    assert (await put(buyer, path, item(10, "40"), item(20, "30", "firm"), rest)).status_code == 200
    at_the_edge = (item(10, "40"), item(20, "30"), item(28, "1"), item(70, "29", "forecast"))
    assert (await put(buyer, path, *at_the_edge)).status_code == 200


async def test_nothing_is_frozen_before_the_order_is_acknowledged(world: World) -> None:
    buyer, _, _, path = await scene(world, acknowledged=False)
    assert (await put(buyer, path, item(5, "10"), item(12, "90"))).status_code == 200


async def test_an_order_without_a_schedule_gets_one(world: World) -> None:
    buyer, supplier, order, path = await scene(world, plan=())
    assert (await buyer.done("GET", path))["lines"] == []
    assert (await put(buyer, path, item(3, "10"), item(9, "90"), etag='"0"')).status_code == 200
    body = {"number": "SJ-1", "lines": [{"line_no": 1, "lot": "L1", "quantity": "100"}]}
    await supplier.done("POST", f"/v1/orders/{order['id']}/despatches", body)
    lower = await put(buyer, path, item(3, "10"))
    assert lower.json()["code"] == "frozen_horizon"


@pytest.mark.parametrize(
    ("lines", "status", "code", "pointers"),
    [
        ([(40, "1"), (40, "2")], 422, "invalid", ["/lines/1/due_on"]),
        ([(40, "1", "firm", 7)], 422, "invalid", ["/lines/0/line_no"]),
        ([(41, "0")], 422, "invalid", ["/lines/0/quantity"]),
        ([(41, "1.5")], 422, "invalid", ["/lines/0/quantity"]),
        ([(-1, "1")], 422, "invalid", ["/lines/0/due_on"]),
        ([{"due_on": "9999-12-31"}], 422, "invalid", ["/lines/0/due_on"]),
        ([(10, "40", "forecast")], 422, "invalid", ["/lines/0/certainty"]),
        ([(40, "1", "perhaps")], 422, "invalid_body", ["/lines/0/certainty"]),
        ([{"quantity": 1}], 422, "invalid_body", ["/lines/0/quantity"]),
        ([(40, "99999999999999999")], 422, "invalid_body", ["/lines/0/quantity"]),
        ([(10, "40"), (40, "61")], 409, "quantity_exceeded", ["/lines"]),
    ],
)
async def test_a_schedule_that_does_not_fit(
    world: World, lines: list[tuple[Any, ...] | dict[str, Any]], status: int, code: str, pointers: list[str]
) -> None:
    buyer, _, _, path = await scene(world)
    # Days are counted when the test runs: it may be another day than when it was collected.
    bodies = [item(40, "1") | line if isinstance(line, dict) else item(*line) for line in lines]
    answer = await put(buyer, path, *bodies)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert [error["pointer"] for error in answer.json()["errors"] or []] == pointers
    assert (await buyer.done("GET", path))["etag"] == '"3"'


async def test_what_was_sent_stays_called_off(world: World) -> None:
    buyer, supplier, order, path = await scene(world, plan=((40, "60", "firm"), (70, "40", "forecast")))
    await world.despatch(supplier, order, (1, "L1", "50"))
    below = await put(buyer, path, item(40, "49"), item(70, "40", "forecast"))
    assert (below.status_code, below.json()["code"]) == (409, "below_despatched")
    assert (await put(buyer, path, item(40, "50"), item(70, "50", "forecast"))).status_code == 200


async def test_the_supplier_commits_to_what_is_firm(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    firm, forecast, _ = (await supplier.done("GET", path))["lines"]
    assert (firm["allowed_actions"], forecast["allowed_actions"]) == (["commit_schedule_line"], [])
    commit = f"{path}/{firm['id']}/commit"
    first = await supplier.post(commit, {"committed_on": day(9)}, key="k", etag=firm["etag"])
    assert (first.status_code, first.json()["committed_on"], first.json()["etag"]) == (200, day(9), '"2"')
    again = await supplier.post(commit, {"committed_on": day(9)}, key="k", etag=firm["etag"])
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    stale = await supplier.post(commit, {"committed_on": day(8)}, etag=firm["etag"])
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await supplier.post(commit, {"committed_on": day(-1)})).json()["code"] == "invalid"
    assert (await supplier.post(commit, {"committed_on": "soon"})).json()["code"] == "invalid_body"
    assert (await buyer.post(commit, {"committed_on": day(9)})).json()["code"] == "forbidden"
    early = await supplier.post(f"{path}/{forecast['id']}/commit", {"committed_on": day(9)})
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "wrong_state", "forecast")
    rival = await world.party("supplier")
    assert (await rival.post(commit, {"committed_on": day(9)})).status_code == 404
    other = await world.order(buyer, supplier)
    elsewhere = f"/v1/orders/{other['id']}/schedule/{firm['id']}/commit"
    assert (await supplier.post(elsewhere, {"committed_on": day(9)})).status_code == 404
    assert (await supplier.post(f"{path}/{order['id']}/commit", {"committed_on": day(9)})).status_code == 404


async def test_a_change_order_reaches_into_the_frozen_horizon(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    changes = f"/v1/orders/{order['id']}/changes"

    async def agreed(**line: Any) -> list[tuple[str, str, str]]:
        body = {"reason": "demand_changed", "lines": [{"line_no": 1, **line}]}
        change = await buyer.done("POST", changes, body)
        await supplier.done("POST", f"{changes}/{change['id']}/accept", etag=change["etag"])
        return brief(await buyer.done("GET", path))

    assert await agreed(quantity="80") == [
        (day(10), "40", "firm"),
        (day(40), "30", "forecast"),
        (day(70), "10", "forecast"),
    ]
    assert await agreed(due_on=day(12)) == [
        (day(12), "40", "firm"),
        (day(40), "30", "forecast"),
        (day(70), "10", "forecast"),
    ]
    assert await agreed(quantity="90") == [
        (day(12), "40", "firm"),
        (day(40), "30", "forecast"),
        (day(70), "20", "forecast"),
    ]
    assert await agreed(quantity="35", due_on=day(15)) == [(day(15), "35", "firm")]
    body = {"reason": "demand_changed", "lines": [], "terms": {"frozen_days": 7}}
    change = await supplier.done("POST", changes, body)
    assert change["difference"][0]["sentence_en"] == "Frozen horizon (days) from 28 to 7."
    await buyer.done("POST", f"{changes}/{change['id']}/accept", etag=change["etag"])
    assert (await buyer.done("GET", path))["frozen_until"] == day(7)
    assert (await put(buyer, path, item(15, "30"))).status_code == 200


@pytest.mark.parametrize("end", ["cancel", "short-close"])
async def test_the_schedule_ends_with_its_order(world: World, end: str) -> None:
    buyer, supplier, order, path = await scene(world)
    if end == "short-close":
        await world.despatch(supplier, order, (1, "L1", "25"))
    await buyer.done("POST", f"/v1/orders/{order['id']}/{end}", {"reason": "demand_withdrawn"})
    seen = await buyer.done("GET", path)
    assert brief(seen) == ([] if end == "cancel" else [(day(10), "25", "firm")])
    assert seen["allowed_actions"] == []
    late = await put(buyer, path, item(40, "1"))
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")


async def test_the_zone_is_the_buyers(world: World) -> None:
    buyer, _, _, path = await scene(world)
    await world.owner.execute("UPDATE organisation SET region_code = '73.71' WHERE id = $1", buyer.organisation_id)
    assert (await buyer.done("GET", path))["zone"] == "WITA"
    added = await put(buyer, path, item(10, "40"), item(60, "10"))
    assert added.json()["lines"][1]["due_ends_at"] == f"{day(60)}T16:00:00Z"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("UPDATE schedule_line SET quantity = quantity + 1 WHERE order_id = $1", "schedule_line_within_order"),
        ("UPDATE schedule_line SET state = 'forecast' WHERE order_id = $1 AND state = 'firm'", "schedule_line_ended"),
        ("UPDATE schedule_line SET quantity = 0 WHERE order_id = $1", "schedule_line_quantity_check"),
        ("UPDATE order_line SET despatched = 41 WHERE order_id = $1", "order_line_called_off"),
        ("UPDATE order_line SET ordered = 99 WHERE order_id = $1", "order_line_agreed"),
    ],
)
async def test_the_database_says_so_too(world: World, change: str, constraint: str) -> None:
    _, _, order, _ = await scene(world)
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        await world.owner.execute(change, read("order", order["id"]))
    assert caught.value.constraint_name == constraint


async def test_the_database_schedules_no_day_twice(world: World) -> None:
    _, _, order, _ = await scene(world)
    with pytest.raises(asyncpg.UniqueViolationError):
        await world.owner.execute(
            "UPDATE schedule_line SET due_on = (SELECT min(due_on) FROM schedule_line WHERE order_id = $1) "
            "WHERE order_id = $1",
            read("order", order["id"]),
        )


async def test_a_sample_leaves_before_anything_is_called_off(world: World) -> None:
    plan = ((40, "60", "forecast"), (70, "40", "forecast"))
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(
        buyer, supplier, quantities=("100",), line={**asked(*plan), "approval": {"plan": "fai", "level": None}}
    )
    path = f"/v1/orders/{order['id']}/despatches"
    body = {"number": "SJ-1", "lines": [{"line_no": 1, "lot": "L1", "quantity": "3"}]}
    assert (await supplier.post(path, body)).status_code == 409, "production waits"
    sample = await supplier.post(path, body | {"kind": "sample"})
    assert sample.status_code == 201, sample.text
