"""Inspection plans through HTTP: setting them, samples of lots, results and verdicts, concessions, switching, ship to stock."""

from typing import Any

import pytest
from gated_scene import approved
from inspection_scene import CHARACTERISTICS, Line, sampled
from msgspec.structs import replace

from domain.actors import SYSTEM
from domain.errors import ConcessionRequired
from domain.ids import read
from domain.inspection_plans import sql as plans
from domain.quality import queries, sql
from world import World


async def test_a_plan_is_set_read_and_changed(world: World) -> None:
    line = await Line.ordered(world)
    missing = await line.buyer.get(line.plan_path)
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    made = await line.buyer.request("PUT", line.plan_path, body={"aql_major": "1.0", "critical_numbers": [3]})
    assert made.status_code == 201, made.text
    plan = made.json()
    assert (plan["state"], plan["level"], plan["aql_major"], plan["aql_minor"]) == ("normal", "II", "1.0", None)
    assert (plan["critical_numbers"], plan["verify_every"], plan["ship_to_stock_after"]) == ([3], 10, None)
    assert plan["allowed_actions"] == ["put_inspection_plan"]
    seen = await line.supplier.done("GET", line.plan_path)
    assert seen == {**plan, "allowed_actions": []}
    unseen = await line.buyer.request("PUT", line.plan_path, body={"aql_major": "1.5"})
    assert (unseen.status_code, unseen.json()["code"]) == (428, "version_required")
    stale = await line.buyer.request("PUT", line.plan_path, body={"aql_major": "1.5"}, etag='"9"')
    assert stale.status_code == 412
    changed = await line.buyer.request(
        "PUT", line.plan_path, body={"aql_major": "1.5", "level": "I"}, etag=plan["etag"]
    )
    assert (changed.status_code, changed.json()["level"], changed.json()["etag"]) == (200, "I", '"2"')
    events = await world.feed(line.supplier, subject_id=read("inspection_plan", plan["id"]))
    assert [event.type for event in events] == ["inspection_plan.created", "inspection_plan.changed"]


async def test_a_plan_belongs_to_the_part_not_to_the_order(world: World) -> None:
    line = await Line.ordered(world)
    plan = await line.planned()
    second = await world.order(line.buyer, line.supplier, quantities=("50", "60"))
    path = f"/v1/orders/{second['id']}/lines"
    same = await line.buyer.get(f"{path}/1/inspection-plan")
    assert same.json()["id"] == plan["id"]
    assert (await line.buyer.get(f"{path}/2/inspection-plan")).status_code == 404, "another part"
    rival = await world.party("supplier")
    other = await world.order(line.buyer, rival, quantities=("50",))
    assert (await line.buyer.get(f"/v1/orders/{other['id']}/lines/1/inspection-plan")).status_code == 404


async def test_who_may_and_what_is_refused(world: World) -> None:
    line = await Line.ordered(world)
    stranger = await world.party("buyer")
    body = {"aql_major": "1.0"}
    assert (await stranger.request("PUT", line.plan_path, body=body)).status_code == 404
    assert (await stranger.get(line.plan_path)).status_code == 404
    assert (await line.supplier.request("PUT", line.plan_path, body=body)).status_code == 403
    for number in ("9", "x", "0", "99999999", "%00"):
        answer = await line.buyer.request("PUT", line.plan_path.replace("/1/", f"/{number}/"), body=body)
        assert answer.status_code in {400, 404}, (number, answer.text)
    for wrong, pointer in (
        ({"aql_major": "1"}, "/aql_major"),
        ({"aql_major": "1.0", "level": "IV"}, "/level"),
        ({"aql_major": "1.0", "critical_numbers": [4]}, "/critical_numbers/0"),
        ({"aql_major": "1.0", "critical_numbers": [3, 3]}, "/critical_numbers/1"),
        ({"aql_major": "1.0", "aql_minor": "4.0", "critical_numbers": [3], "minor_numbers": [3]}, "/minor_numbers/0"),
        ({"aql_major": "1.0", "minor_numbers": [3]}, "/aql_minor"),
        ({"aql_major": "1.0", "verify_every": 1}, "/verify_every"),
        ({"aql_major": "1.0", "ship_to_stock_after": 0}, "/ship_to_stock_after"),
        ({"aql_major": "1.0", "critical_numbers": [1] * 201}, "/critical_numbers"),
        ({}, "/aql_major"),
    ):
        answer = await line.buyer.request("PUT", line.plan_path, body=wrong)
        assert answer.status_code == 422, (wrong, answer.text)
        assert pointer in {fault["pointer"] for fault in answer.json()["errors"]}, answer.text
    assert (await line.buyer.get(line.plan_path)).status_code == 404
    plan = await line.planned()
    assert (await line.supplier.request("PUT", line.plan_path, body=body, etag=plan["etag"])).status_code == 403
    assert (await line.supplier.post(f"{line.plan_path}/resume")).status_code == 403
    assert (await stranger.post(f"{line.plan_path}/resume")).status_code == 404
    early = await line.buyer.post(f"{line.plan_path}/resume")
    assert (early.status_code, early.json()["code"]) == (409, "wrong_state")


async def test_a_lot_gets_its_sample_when_it_arrives(world: World) -> None:
    line = await Line.ordered(world)
    [unplanned] = (await line.arrives())["lots"]
    assert (unplanned["sample"], unplanned["verdict"]) == (None, None)
    plan = await line.planned(aql_minor="4.0", critical_numbers=[1], minor_numbers=[2])
    [lot] = (await line.arrives("2000"))["lots"]
    assert (lot["sample"]["severity"], lot["sample"]["level"], lot["sample"]["ship_to_stock"]) == (
        "normal",
        "II",
        False,
    )
    assert [
        (item["name"], item["aql"], item["code_letter"], item["sample_size"], item["accept"], item["reject"])
        for item in lot["sample"]["classes"]
    ] == [("critical", None, "K", 125, 0, 1), ("major", "1.0", "K", 125, 3, 4), ("minor", "4.0", "K", 125, 10, 11)]
    inspection = await line.arrives("100")
    await line.buyer.done("PUT", line.plan_path, {"aql_major": "6.5"}, etag=plan["etag"])
    path = f"/v1/receipts/{inspection['receipt_id']}/inspections"
    [after] = (await line.buyer.done("GET", path))["items"]
    assert after["lots"] == inspection["lots"], "as the plan stood when it arrived"
    [small] = (await line.arrives("2"))["lots"]
    assert [(item["sample_size"], item["accept"]) for item in small["sample"]["classes"]] == [(2, 0)]


async def test_values_are_judged_by_calculation(world: World) -> None:
    line = await Line.ordered(world)
    await line.planned(aql_major="0.65")
    inspection = await line.arrives("30")  # D at 0.65: F, 20, 0/1
    results = [
        {"no": 1, "values": ["40", "40.025", *["40.01"] * 18]},
        {"no": 2, "values": ["89.8", "90.2", *["90"] * 3], "sample_size": 20, "nonconforming": 0},
        {"no": 3, "sample_size": 20, "nonconforming": 0, "note": "by eye"},
    ]
    part = await line.records(inspection, "10", results=results)
    [lot] = part["lots"]
    assert (part["state"], lot["verdict"], lot["nonconforming"]) == ("pending", "passed", "0")
    shown = part["recordings"][0]["lines"][0]["results"]
    assert [(one["no"], one["sample_size"], one["nonconforming"], one["conforms"]) for one in shown] == [
        (1, 20, 0, True),
        (2, 20, 0, True),
        (3, 20, 0, True),
    ]
    other = await line.arrives("30")
    outside = [{"no": 1, "values": ["39.999", "40.0251", "40.01"]}]
    found = await line.records(other, "0", "2", results=outside)
    [result] = found["recordings"][0]["lines"][0]["results"]
    assert (result["outside"], result["nonconforming"], result["conforms"]) == (2, 2, False)
    assert (found["lots"][0]["verdict"], found["lots"][0]["nonconforming"]) == ("failed", "2")
    *_, told = await world.feed(line.supplier, subject_id=read("inspection", other["id"]))
    assert told.data["lines"] == [
        {"line_no": 1, "lot": "L2", "accepted": "0", "rejected": "2", "verdict": "failed", "failing": [1]}
    ]


@pytest.mark.parametrize(
    ("result", "pointer"),
    [
        ({"no": 9, "sample_size": 1, "nonconforming": 0}, "/no"),
        ({"no": 3}, ""),
        ({"no": 3, "sample_size": 5}, ""),
        ({"no": 3, "values": ["1"]}, "/nonconforming"),
        ({"no": 3, "sample_size": 5, "nonconforming": 6}, "/nonconforming"),
        ({"no": 1, "values": ["41", "41"], "nonconforming": 1}, "/nonconforming"),
        ({"no": 1, "values": ["40", "40"], "sample_size": 1}, "/sample_size"),
        ({"no": 3, "sample_size": 21, "nonconforming": 0}, "/sample_size"),
        ({"no": 3, "sample_size": 1000000001, "nonconforming": 0}, "/sample_size"),
        ({"no": 3, "sample_size": 0, "nonconforming": 0}, "/sample_size"),
        ({"no": 3, "sample_size": 1, "nonconforming": -1}, "/nonconforming"),
        ({"no": 1, "values": ["NaN"]}, "/values/0"),
        ({"no": 1, "values": ["40"] * 51}, "/values"),
        ({"no": 3, "sample_size": 1, "nonconforming": 0, "note": ""}, "/note"),
    ],
)
async def test_a_result_that_does_not_fit(world: World, result: dict[str, Any], pointer: str) -> None:
    line = await Line.ordered(world)
    await line.planned(aql_major="0.65")
    inspection = await line.arrives("30")
    problem = await line.refused(inspection, "1", results=[result])
    assert [fault["pointer"] for fault in problem["errors"]] == [f"/lines/0/results/0{pointer}"]


async def test_without_a_plan_the_lot_bounds_the_sample(world: World) -> None:
    line = await Line.ordered(world)
    inspection = await line.arrives("30")
    part = await line.records(inspection, "5", results=[{"no": 3, "sample_size": 20, "nonconforming": 4}])
    assert (part["lots"][0]["verdict"], part["lots"][0]["nonconforming"]) == (None, "4")
    twice = [{"no": 3, "sample_size": 1, "nonconforming": 0}] * 2
    assert (await line.refused(inspection, "5", results=twice))["code"] == "invalid"
    over = await line.refused(inspection, "5", results=[{"no": 3, "sample_size": 11, "nonconforming": 0}])
    assert over["errors"][0]["pointer"] == "/lines/0/results/0/sample_size"
    idle = await line.refused(inspection, "5", concession={"reason": "why not"})
    assert idle["errors"][0]["pointer"] == "/lines/0/concession"


async def test_a_lot_that_failed_is_conceded_or_sorted(world: World) -> None:
    line = await Line.ordered(world)
    await line.planned()
    first = await line.arrives("2000")
    bad = sampled(first, bad=(0, 2, 3))  # 5 of 3
    refused = await line.refused(first, "2000", results=bad)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("concession_required", "/lines/0/concession")
    assert (await line.refused(first, "1998", "2", results=bad))["code"] == "concession_required"
    [untouched] = (await line.buyer.done("GET", f"/v1/receipts/{first['receipt_id']}/inspections"))["items"]
    assert untouched == first
    conceded = {"reason": "Length is free in the assembly", "reference": "DEV-7"}
    taken = await line.records(first, "2000", results=bad, concession=conceded)
    assert (taken["state"], taken["lots"][0]["verdict"], taken["lots"][0]["conceded"]) == ("done", "failed", True)
    assert taken["recordings"][0]["lines"][0]["concession"] == conceded
    *_, told = await world.feed(line.buyer, subject_id=read("inspection", first["id"]))
    assert told.data["lines"][0]["concession"] is True
    assert "Length" not in str(told.data)
    order = await line.buyer.done("GET", f"/v1/orders/{line.order['id']}")
    assert order["lines"][0]["accepted"] == "2000"
    second = await line.arrives("2000")
    sorted_out = await line.records(second, "1997", "3", results=sampled(second, bad=(0, 2, 3)))
    assert (sorted_out["state"], sorted_out["lots"][0]["verdict"], sorted_out["lots"][0]["conceded"]) == (
        "done",
        "failed",
        False,
    )
    async with world.services.db.read(SYSTEM) as tx:
        inspection = await sql.inspection_of(tx, read("receipt", second["receipt_id"]))
        assert inspection is not None
        await world.replays(inspection)


async def test_the_database_refuses_it_too(world: World) -> None:
    line = await Line.ordered(world)
    await line.planned()
    lot = await line.arrives("2000")
    await line.records(lot, "0", "3", results=sampled(lot, bad=(0, 2, 3)))
    async with world.services.db.read(SYSTEM) as tx:
        inspection = await sql.inspection_of(tx, read("receipt", lot["receipt_id"]))
    assert inspection is not None
    [known] = inspection.lots
    past = replace(inspection, lots=(replace(known, rejected=known.rejected - 1, accepted=known.rejected),))
    with pytest.raises(ConcessionRequired):
        async with world.services.db.transaction(SYSTEM) as tx:
            await sql.save_inspection(tx, inspection, past)


async def test_severity_follows_the_lots(world: World) -> None:
    line = await Line.ordered(world)
    await line.planned()
    await line.fails()
    assert (await line.plan())["state"] == "normal"
    await line.passes()
    await line.fails()
    plan = await line.plan()
    assert (plan["state"], plan["recent"], plan["switching_score"]) == ("tightened", [], 0)
    [lot] = (await line.arrives("2000"))["lots"]
    assert [(one["sample_size"], one["accept"]) for one in lot["sample"]["classes"]] == [(125, 2)]
    for _ in range(5):
        await line.passes()
    plan = await line.plan()
    assert (plan["state"], plan["good_lots_in_a_row"]) == ("normal", 5)
    *_, told = await world.feed(line.supplier, subject_id=read("inspection_plan", plan["id"]))
    assert (told.type, told.data["state"], told.data["lot"]) == ("inspection_plan.returned_to_normal", "normal", "L9")
    async with world.services.db.read(SYSTEM) as tx:
        stored = await plans.by_id(tx, read("inspection_plan", plan["id"]))
        assert stored is not None
        await world.replays(stored)


async def test_a_lot_inspected_in_parts_counts_once(world: World) -> None:
    line = await Line.ordered(world)
    plan = await line.planned()
    lot = await line.arrives()
    await line.records(lot, "40", results=sampled(lot))
    await line.records(lot, "20")
    assert (await line.plan())["etag"] == plan["etag"]
    await line.records(lot, "40")
    counted = await line.plan()
    assert (counted["good_lots_in_a_row"], counted["recent"], counted["switching_score"]) == (1, [True], 2)


async def test_inspection_is_discontinued_and_resumed(world: World) -> None:
    line = await Line.ordered(world)
    await line.planned()
    for _ in range(2 + 5):
        await line.fails()
    plan = await line.plan()
    assert (plan["state"], plan["rejected_on_tightened"]) == ("discontinued", 5)
    assert plan["allowed_actions"] == ["put_inspection_plan", "resume_inspection_plan"]
    await line.passes()
    assert (await line.plan())["etag"] == plan["etag"], "nothing is counted meanwhile"
    first = await line.buyer.post(f"{line.plan_path}/resume", key="again", etag=plan["etag"])
    assert (first.status_code, first.json()["state"], first.json()["rejected_on_tightened"]) == (200, "tightened", 0)
    again = await line.buyer.post(f"{line.plan_path}/resume", key="again", etag=plan["etag"])
    assert again.content == first.content


async def test_reduced_inspection_is_earned_and_ended(world: World) -> None:
    line = await Line.ordered(world)
    plan = await line.planned(allow_reduced=True)
    for _ in range(14):
        await line.passes("50")
    assert (await line.plan())["switching_score"] == 28
    await line.passes("50")
    plan = await line.plan()
    assert plan["state"] == "reduced"
    [lot] = (await line.arrives("2000"))["lots"]
    assert [(one["sample_size"], one["accept"]) for one in lot["sample"]["classes"]] == [(50, 2)]
    ended = await line.buyer.done("PUT", line.plan_path, {"aql_major": "1.0"}, etag=plan["etag"])
    assert (ended["state"], ended["allow_reduced"]) == ("normal", False)


async def test_good_lots_are_shipped_to_stock(world: World) -> None:
    line = await Line.ordered(world, "1000")
    await line.planned(ship_to_stock_after=3, verify_every=3)
    for _ in range(3):
        await line.passes()
    assert (await line.plan())["state"] == "ship_to_stock"
    done = await line.arrives()
    assert (done["state"], done["lots"][0]["accepted"], done["lots"][0]["sample"]["ship_to_stock"]) == (
        "done",
        "100",
        True,
    )
    [recording] = done["recordings"]
    assert (recording["ship_to_stock"], recording["inspector"]) == (True, None)
    requested, finished = await world.feed(line.supplier, subject_id=read("inspection", done["id"]))
    assert (requested.type, finished.type, finished.data["ship_to_stock"]) == (
        "inspection.requested",
        "inspection.finished",
        True,
    )
    assert finished.data["lines"] == [{"line_no": 1, "lot": "L4", "accepted": "100", "rejected": "0"}]
    order = await line.buyer.done("GET", f"/v1/orders/{line.order['id']}")
    assert order["lines"][0]["accepted"] == "400"
    assert (await line.arrives())["state"] == "done"
    verified = await line.arrives()
    assert (verified["state"], verified["lots"][0]["sample"]["ship_to_stock"]) == ("pending", False)
    assert (await line.plan())["shipped_since_verified"] == 0
    damaged = await line.arrives(damaged="1")
    assert damaged["state"] == "pending", "what is damaged is looked at"
    await line.records(verified, "99", "1")
    plan = await line.plan()
    assert (plan["state"], plan["good_lots_in_a_row"]) == ("normal", 0)
    assert (await line.arrives())["state"] == "pending"
    await line.records(damaged, "100")
    assert (await line.plan())["good_lots_in_a_row"] == 0, "its sample was drawn before"


async def test_the_last_lot_shipped_to_stock_completes_the_order(world: World) -> None:
    line = await Line.ordered(world, "200")
    await line.planned(ship_to_stock_after=1)
    await line.passes()
    assert (await line.arrives())["state"] == "done"
    order = await line.buyer.done("GET", f"/v1/orders/{line.order['id']}")
    assert (order["state"], order["lines"][0]["accepted"]) == ("completed", "200")
    async with world.services.db.read(SYSTEM) as tx:
        plan = await plans.by_id(tx, read("inspection_plan", (await line.plan())["id"]))
        assert plan is not None
        await world.replays(plan)


async def test_trust_ends_with_the_terms(world: World) -> None:
    line = await Line.ordered(world)
    await line.planned(ship_to_stock_after=1)
    await line.passes()
    plan = await line.plan()
    assert plan["state"] == "ship_to_stock"
    ended = await line.buyer.done("PUT", line.plan_path, {"aql_major": "1.0"}, etag=plan["etag"])
    assert (ended["state"], ended["good_lots_in_a_row"]) == ("normal", 0)
    assert (await line.arrives())["state"] == "pending"


async def test_nothing_is_shipped_to_stock_before_the_first_article(world: World) -> None:
    first = await Line.ordered(world)
    await first.planned(ship_to_stock_after=1)
    await first.passes()
    gated = await world.order(
        first.buyer,
        first.supplier,
        quantities=("100",),
        line={"characteristics": CHARACTERISTICS, "approval": {"plan": "fai", "level": None}},
    )
    line = Line(world, first.buyer, first.supplier, gated)
    assert (await line.plan())["state"] == "ship_to_stock", "the same part of the same supplier"
    body = {"number": "SJ-S", "kind": "sample", "lines": [{"line_no": 1, "lot": "S", "quantity": "3"}]}
    sent = await line.supplier.done("POST", f"/v1/orders/{gated['id']}/despatches", body)
    receipt = await world.receipt(line.buyer, sent)
    [inspection] = (await line.buyer.done("GET", f"/v1/receipts/{receipt['id']}/inspections"))["items"]
    assert inspection["state"] == "pending"
    await approved(line.buyer, line.supplier, gated)
    assert (await line.arrives("50"))["state"] == "done"


async def test_what_is_weighed_has_no_sample(world: World) -> None:
    line = await Line.ordered(world, "500.5", unit="KGM")
    await line.planned()
    inspection = await line.arrives("100.5")
    assert inspection["lots"][0]["sample"] is None
    done = await line.records(inspection, "100.5")
    assert done["state"] == "done"


async def test_results_of_one_characteristic_over_all_lots(world: World) -> None:
    line = await Line.ordered(world)
    await line.planned(aql_major="0.65")
    for bore in ("40.01", "40.02"):
        inspection = await line.arrives("30")
        await line.records(inspection, "5", results=[{"no": 1, "values": [bore]}, {"no": 2, "values": ["90"]}])
    found = await queries.results_of_characteristic(world.services.db, SYSTEM, read("order", line.order["id"]), 1, 1)
    assert [(one.lot, [str(value) for value in one.result.values]) for one in found] == [
        ("L1", ["40.01"]),
        ("L2", ["40.02"]),
    ]
    assert all(one.despatch_id is not None for one in found)
