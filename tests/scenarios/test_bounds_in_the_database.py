"""With the rules taken away the database still refuses, and the caller hears which bound it was."""

from typing import Any

import msgspec
import pytest

from domain.deliveries import rules as deliveries
from domain.lifecycle import DESPATCH, INSPECTION
from domain.orders import rules as orders
from domain.orders.model import Move, Order, OrderLine
from domain.quality import rules as quality
from world import World

RUNNING = ("despatched", "short", "received", "accepted", "rejected")


def added_up(order: Order, moves: list[Move]) -> tuple[OrderLine, ...]:
    """As `moved` of the orders' rules, without looking at any bound."""
    lines = {line.line_no: line for line in order.lines}
    for move in moves:
        line = lines[move.line_no]
        sums = {name: getattr(line, name) + getattr(move, name) for name in RUNNING}
        lines[move.line_no] = msgspec.structs.replace(line, **sums)
    return tuple(lines.values())


@pytest.fixture
def _without_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that ask nobody whether a quantity fits."""
    monkeypatch.setattr(orders, "moved", added_up)
    monkeypatch.setattr(deliveries, "decide_create", lambda *_, **__: DESPATCH["create"])
    monkeypatch.setattr(deliveries, "decide_receive", lambda *_, **__: DESPATCH["receive_part"])
    monkeypatch.setattr(quality, "decide_record", lambda *_, **__: INSPECTION["record"])


@pytest.mark.usefixtures("_without_rules")
async def test_each_bound_of_an_order_is_refused_by_name(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    path = f"/v1/orders/{order['id']}"

    async def refused(who: Any, where: str, body: dict[str, Any], code: str) -> None:
        before = await buyer.done("GET", path)
        answer = await who.post(where, body)
        assert (answer.status_code, answer.json()["code"]) == (409, code), answer.text
        assert await buyer.done("GET", path) == before, "nothing of it was kept"

    lot = {"line_no": 1, "lot": "A"}
    over = {"number": "SJ-1", "lines": [lot | {"quantity": "101"}]}
    await refused(supplier, f"{path}/despatches", over, "over_despatch")
    sent = await world.despatch(supplier, order, (1, "A", "60"))
    counted = {"despatch_id": sent["id"], "lines": [lot | {"received": "61"}]}
    await refused(buyer, f"{path}/receipts", counted, "over_receipt")
    receipt = await world.receipt(buyer, sent)
    found = {"lines": [lot | {"accepted": "60", "rejected": "1"}]}
    await refused(buyer, f"/v1/receipts/{receipt['id']}/inspections", found, "over_inspection")
