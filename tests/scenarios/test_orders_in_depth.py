"""One order from its schedule to a short close: after every step all quantities are those of a plain dictionary.

Twelve schedule lines, two of them forecasts that are firmed; a change order; a first article rejected and then approved; seven
despatches, two inspections in parts, a return with its replacement, and what the database itself adds up.
"""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from gated_scene import CHARACTERISTICS, approved, results, sent, submission

from domain.ids import read
from world import Party, World

pytestmark = pytest.mark.slow

RUNNING = ("ordered", "despatched", "short", "received", "accepted", "rejected", "returned")
DAYS = [40 + 10 * number for number in range(12)]
EACH = 10

# What the parts add up to, from tables that the order's own row is not made of.
SUMS = """
SELECT (SELECT sum(l.quantity) FROM despatch_line l JOIN despatch d ON d.id = l.despatch_id
         WHERE d.order_id = $1 AND d.state <> 'cancelled') AS despatched,
       (SELECT sum(l.short) FROM despatch_line l JOIN despatch d ON d.id = l.despatch_id WHERE d.order_id = $1) AS short,
       (SELECT sum(l.received) FROM receipt_line l JOIN receipt r ON r.id = l.receipt_id WHERE r.order_id = $1) AS received,
       (SELECT sum(l.accepted) FROM receipt_line l JOIN receipt r ON r.id = l.receipt_id WHERE r.order_id = $1) AS accepted,
       (SELECT sum(l.rejected) FROM receipt_line l JOIN receipt r ON r.id = l.receipt_id WHERE r.order_id = $1) AS rejected,
       (SELECT sum(s.quantity) FROM return_shipment s WHERE s.order_id = $1) AS returned
"""


def day(ahead: int) -> str:
    """So many days from now, in Western Indonesian time."""
    return (datetime.now(UTC) + timedelta(hours=7, days=ahead)).date().isoformat()


class Play:
    """The order and what it should say."""

    def __init__(self, world: World, buyer: Party, supplier: Party, order: Any) -> None:
        self.world, self.buyer, self.supplier = world, buyer, supplier
        self.path, self.key = f"/v1/orders/{order['id']}", read("order", order["id"])
        self.says = dict.fromkeys(RUNNING, 0) | {"ordered": EACH * len(DAYS)}
        self.due = {day(ahead): EACH for ahead in DAYS}
        self.steps = 0

    async def stands(self, state: str) -> None:
        """The wire, the schedule and the tables agree with the dictionary."""
        self.steps += 1
        order = await self.supplier.done("GET", self.path)
        [line] = order["lines"]
        assert {name: int(line[name]) for name in RUNNING} == self.says, f"step {self.steps}"
        assert order["state"] == state
        net = {
            "despatched": self.says["despatched"] - self.says["short"] - self.says["rejected"],
            "received": self.says["received"] - self.says["rejected"],
            "accepted": self.says["accepted"],
        }
        schedule = await self.buyer.done("GET", f"{self.path}/schedule")
        left = dict(net)
        for part in sorted(schedule["lines"], key=lambda item: str(item["due_on"])):
            if part["state"] == "cancelled":
                continue
            quantity = int(part["quantity"])
            assert quantity == self.due[part["due_on"]], part
            for name in net:
                share = min(quantity, max(0, left[name]))
                left[name] -= share
                assert int(part[name]) == share, f"step {self.steps}: {name} of what is due on {part['due_on']}"
            assert (part["state"] == "fulfilled") == (int(part["accepted"]) == quantity)
        sums = await self.world.owner.fetchrow(SUMS, self.key)
        assert sums is not None
        assert {name: int(value or 0) for name, value in sums.items()} == {
            name: value for name, value in self.says.items() if name != "ordered"
        }

    def add(self, **changes: int) -> None:
        for name, value in changes.items():
            self.says[name] += value

    async def refused(self, party: Party, path: str, body: Any, code: str) -> None:
        answer = await party.post(f"{self.path}{path}", body)
        assert answer.json()["code"] == code, answer.text

    async def send(self, quantity: int, **more: Any) -> Any:
        body = sent("production", str(quantity)) | more
        body["lines"][0]["lot"] = f"L{self.says['despatched']}-{uuid.uuid4().hex[:4]}"
        made = await self.supplier.done("POST", f"{self.path}/despatches", body)
        self.add(despatched=quantity)
        return made

    async def receive(self, despatch: Any, received: int, short: int = 0) -> Any:
        lot = {"line_no": 1, "lot": despatch["lines"][0]["lot"], "received": str(received), "short": str(short)}
        body = {"despatch_id": despatch["id"], "lines": [lot]}
        made = await self.buyer.done("POST", f"{self.path}/receipts", body)
        self.add(received=received, short=short)
        return made

    async def inspect(self, receipt: Any, accepted: int, rejected: int = 0) -> str:
        lot = receipt["lines"][0]["lot"]
        found = {"line_no": 1, "lot": lot, "accepted": str(accepted), "rejected": str(rejected)}
        path = f"/v1/receipts/{receipt['id']}/inspections"
        made = await self.buyer.done("POST", path, {"lines": [found]})
        self.add(accepted=accepted, rejected=rejected)
        return str(made["state"])

    async def deliver(self, quantity: int, state: str = "in_progress") -> None:
        despatch = await self.send(quantity)
        await self.stands("in_progress")
        await self.inspect(await self.receive(despatch, quantity), quantity)
        await self.stands(state)


async def start(world: World) -> Play:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    schedule = [
        {"due_on": day(ahead), "quantity": str(EACH), "certainty": "forecast" if number >= len(DAYS) - 2 else "firm"}
        for number, ahead in enumerate(DAYS)
    ]
    line = {"schedule": schedule, "approval": {"plan": "fai"}, "characteristics": CHARACTERISTICS}
    quantity = str(EACH * len(DAYS))
    order = await world.order(buyer, supplier, quantities=(quantity,), line=line, acknowledged=False)
    return Play(world, buyer, supplier, order)


async def test_an_order_in_depth(world: World) -> None:
    it = await start(world)
    schedule = await it.buyer.done("GET", f"{it.path}/schedule")
    assert [item["state"] for item in schedule["lines"]] == ["firm"] * 10 + ["forecast"] * 2
    await it.stands("issued")
    promises = {"lines": [{"line_no": 1, "promised_on": day(150)}]}
    await it.supplier.done("POST", f"{it.path}/acknowledge", promises)
    await it.stands("acknowledged")

    # The first article: rejected, then approved; no production before.
    await it.refused(it.supplier, "/despatches", sent("production", "1"), "first_article_required")
    articles = f"{it.path}/first-articles"
    bad = await it.supplier.done("POST", articles, await submission(it.supplier, results(bore="40.03")))
    no = {"outcome": "rejected", "findings": [{"no": 1, "code": "dimension_out_of_tolerance"}]}
    await it.buyer.done("POST", f"{articles}/{bad['id']}/decide", no, etag=bad["etag"])
    await it.refused(it.supplier, "/despatches", sent("production", "1"), "first_article_required")
    await approved(it.buyer, it.supplier, {"id": it.path.rpartition("/")[2]})
    await it.stands("acknowledged")

    # Ten lines are firm: no more may leave. Then the two forecasts are firmed.
    await it.refused(it.supplier, "/despatches", sent("production", "101"), "over_despatch")
    schedule = await it.buyer.done("GET", f"{it.path}/schedule")
    lines = [
        {"line_no": 1, "due_on": part["due_on"], "quantity": part["quantity"], "certainty": "firm"}
        for part in schedule["lines"]
    ]
    await it.buyer.done("PUT", f"{it.path}/schedule", {"lines": lines}, etag=schedule["etag"])
    schedule = await it.buyer.done("GET", f"{it.path}/schedule")
    assert {item["state"] for item in schedule["lines"]} == {"firm"}
    await it.stands("acknowledged")

    # Despatch 1 and 2; the first is inspected in two parts.
    first = await it.send(20)
    await it.stands("in_progress")
    receipt = await it.receive(first, 20)
    await it.stands("in_progress")
    assert await it.inspect(receipt, 8) == "pending"
    await it.stands("in_progress")
    await it.refused(it.buyer, "/receipts", {"despatch_id": first["id"], "lines": [
        {"line_no": 1, "lot": first["lines"][0]["lot"], "received": "1"}
    ]}, "wrong_state")  # fmt: skip
    assert await it.inspect(receipt, 12) == "done"
    await it.stands("in_progress")
    await it.deliver(20)

    # A change order: ten pieces more, due on a day of their own.
    change = {"reason": "demand_changed", "lines": [{"line_no": 1, "quantity": str(it.says["ordered"] + 10)}]}
    proposed = await it.buyer.done("POST", f"{it.path}/changes", change)
    await it.stands("in_progress")
    await it.supplier.done("POST", f"{it.path}/changes/{proposed['id']}/accept", etag=proposed["etag"])
    it.add(ordered=10)
    schedule = await it.buyer.done("GET", f"{it.path}/schedule")
    it.due = {part["due_on"]: int(part["quantity"]) for part in schedule["lines"]}
    assert sum(it.due.values()) in {it.says["ordered"], it.says["ordered"] - 10}
    await it.stands("in_progress")

    # Despatch 3 arrives short by one and is inspected in two parts; five pieces are bad.
    third = await it.send(25)
    receipt = await it.receive(third, 14)
    await it.stands("in_progress")
    later = await it.receive(third, 10, 1)
    await it.stands("in_progress")
    assert await it.inspect(receipt, 5) == "pending"
    assert await it.inspect(receipt, 4, 5) == "done"
    await it.inspect(later, 10)
    await it.stands("in_progress")
    await it.deliver(20)

    # Return and replacement (despatch 5).
    [claim] = (await it.supplier.done("GET", f"{it.path}/nonconformances"))["items"]
    path = f"{it.path}/nonconformances/{claim['id']}"
    await it.buyer.done("POST", f"{path}/decide", {"disposition": "replace"})
    await it.stands("in_progress")
    back = await it.buyer.done("POST", f"{path}/returns", {"reference": f"RT-{uuid.uuid4().hex[:8]}", "quantity": "5"})
    it.add(returned=5)
    await it.stands("in_progress")
    await it.supplier.done("POST", f"{it.path}/returns/{back['id']}/confirm")
    instead = await it.send(5, replaces=claim["id"])
    await it.stands("in_progress")
    await it.inspect(await it.receive(instead, 5), 5)
    await it.stands("in_progress")

    # Despatch 6 and 7, then the buyer takes no more.
    await it.deliver(15)
    last = await it.send(10)
    await it.stands("in_progress")
    over = sent("production", str(it.says["ordered"]))
    await it.refused(it.supplier, "/despatches", over, "over_despatch")
    await it.buyer.done("POST", f"{it.path}/short-close", {"reason": "other"})
    it.says["ordered"] = it.says["despatched"] - it.says["short"] - it.says["rejected"]
    schedule = await it.buyer.done("GET", f"{it.path}/schedule")
    it.due = {part["due_on"]: int(part["quantity"]) for part in schedule["lines"] if part["state"] != "cancelled"}
    assert sum(it.due.values()) == it.says["ordered"], "the schedule falls with the order"
    await it.stands("short_closed")
    await it.refused(it.supplier, "/despatches", sent("production", "1"), "wrong_state")
    await it.inspect(await it.receive(last, 10), 10)
    await it.stands("short_closed")
    listed = await it.buyer.done("GET", f"{it.path}/despatches")
    assert len(listed["items"]) == 7
    assert it.says == {
        "ordered": 109, "despatched": 115, "short": 1, "received": 114, "accepted": 109, "rejected": 5, "returned": 5,
    }  # fmt: skip
    assert it.steps > 25
