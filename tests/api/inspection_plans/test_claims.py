"""Where nonconformances meet inspection plans: trust that ends, concessions and rework of lots that failed."""

from typing import Any

from inspection_scene import Line, sampled

from domain.actors import SYSTEM
from domain.ids import read
from domain.quality import sql
from world import World


async def test_a_complaint_ends_the_trust(world: World) -> None:
    line = await Line.ordered(world)
    await line.planned(ship_to_stock_after=1)
    await line.passes()
    stocked = await line.arrives()
    assert (stocked["state"], (await line.plan())["state"]) == ("done", "ship_to_stock")
    body = {
        "receipt_id": stocked["receipt_id"],
        "line_no": 1,
        "lot": "L2",
        "quantity": "1",
        "defects": [{"code": "crack", "quantity": "1"}],
    }
    await line.buyer.done("POST", f"/v1/orders/{line.order['id']}/nonconformances", body)
    plan = await line.plan()
    assert (plan["state"], plan["good_lots_in_a_row"]) == ("normal", 0)
    *_, told = await world.feed(line.supplier, subject_id=read("inspection_plan", plan["id"]))
    assert (told.type, told.data["lot"]) == ("inspection_plan.returned_to_normal", "L2")


async def _failed(line: Line) -> tuple[Any, str]:
    """(inspection of a lot of which three failed and were rejected, path of the nonconformance about them)."""
    lot = await line.arrives("2000")
    done = await line.records(lot, "1997", "3", results=sampled(lot, bad=(0, 2, 3)))
    path = f"/v1/orders/{line.order['id']}/nonconformances"
    [claim] = (await line.buyer.done("GET", path))["items"]
    return done, f"{path}/{claim['id']}"


async def _lot(line: Line, inspection: Any) -> Any:
    async with line.world.services.db.read(SYSTEM) as tx:
        stored = await sql.inspection_of(tx, read("receipt", inspection["receipt_id"]))
        assert stored is not None
        await line.world.replays(stored)
    [shown] = (await line.buyer.done("GET", f"/v1/receipts/{inspection['receipt_id']}/inspections"))["items"]
    return shown["lots"][0]


async def test_pieces_used_as_they_are_are_a_concession(world: World) -> None:
    line = await Line.ordered(world)
    await line.planned()
    inspection, claim = await _failed(line)
    await line.buyer.done("POST", f"{claim}/decide", {"disposition": "use_as_is", "reference": "K-12"})
    lot = await _lot(line, inspection)
    assert (lot["accepted"], lot["rejected"], lot["verdict"], lot["conceded"]) == ("2000", "0", "failed", True)


async def test_reworked_pieces_are_accepted_and_count_no_second_time(world: World) -> None:
    line = await Line.ordered(world)
    await line.planned()
    inspection, claim = await _failed(line)
    counted = await line.plan()
    assert counted["recent"] == [False]
    await line.buyer.done("POST", f"{claim}/decide", {"disposition": "rework"})
    lot = await _lot(line, inspection)
    assert (lot["open"], lot["nonconforming"], lot["conceded"]) == ("3", "0", False)
    await line.records(inspection, "3")
    lot = await _lot(line, inspection)
    assert (lot["accepted"], lot["open"], lot["conceded"]) == ("2000", "0", False)
    assert (await line.plan())["etag"] == counted["etag"], "only the original inspection counts"
