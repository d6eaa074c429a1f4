"""What keeps first articles honest: promises beside results, decisions that name and explain, and the database's guards."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from gated_scene import approved, gated, results, sent, submission
from msgspec.structs import replace

from domain.actors import SYSTEM, Actor
from domain.database import Tx
from domain.errors import FirstArticleRequired, NotFound, StaleVersion
from domain.first_articles import queries, rules, sql
from domain.ids import read
from domain.orders import sql as orders
from domain.orders.model import Order
from world import Party, World


def acting(party: Party) -> Actor:
    """The party as the domain sees it."""
    return replace(SYSTEM, system=None, organisation_id=party.organisation_id)


async def with_promises(world: World) -> tuple[Party, Party, Any]:
    """(buyer, supplier, order) of a line whose quote complies with characteristic 1 and deviates from 2."""
    answers = [{"no": 1, "answer": "comply"}, {"no": 2, "answer": "deviate", "note": "+0.3"}]
    world_body = World.quote_body

    def answered(rfq: Any, price: str = "100", **changes: Any) -> dict[str, Any]:
        body = world_body(rfq, price, **changes)
        body["lines"][0]["characteristics"] = answers
        return body

    world.quote_body = answered  # type: ignore[method-assign]  # the one body that `World.order` builds
    return await gated(world)


async def test_a_result_shows_what_the_quote_promised(world: World) -> None:
    buyer, supplier, order = await with_promises(world)
    path = f"/v1/orders/{order['id']}/first-articles"
    found = results(length="90.3")
    found[0]["instrument"] = "CMM 3"
    made = await supplier.done("POST", path, await submission(supplier, found))
    seen = await buyer.done("GET", f"{path}/{made['id']}")
    assert seen["submitted_by"] == supplier.name, "a name for people, not the identity that four-eyes rules compare"
    assert [(item["promised"], item["promise_note"]) for item in seen["results"]] == [
        ("comply", None),
        ("deviate", "+0.3"),
        (None, None),
    ]
    assert [item["instrument"] for item in seen["results"]] == ["CMM 3", None, None]
    assert (seen["failing"], seen["results"][1]["conforms"]) == ([2], False), "a promise changes no verdict"
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("order", order["id"]), read("first_article", made["id"])))


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"serials": ["S-1"]}, ["/serials", "/results/0/values"]),
        ({"serials": ["S-1", "S-1"]}, ["/serials", "/results/1/values"]),
        ({"serials": ["S-1", "S-2"]}, ["/results/1/values"]),
    ],
)
async def test_serial_numbers_go_with_values(world: World, changes: dict[str, Any], pointers: list[str]) -> None:
    _, supplier, order = await gated(world)
    path = f"/v1/orders/{order['id']}/first-articles"
    answer = await supplier.post(path, await submission(supplier, **changes))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == pointers
    found = results()
    found[1]["values"] = ["90.1", "90"]
    made = await supplier.done("POST", path, await submission(supplier, found, serials=["S-1", "S-2"]))
    assert made["serials"] == ["S-1", "S-2"]


@pytest.mark.parametrize("serials", [[""], ["x" * 61], ["\x00"], [1], ["s"] * 51, "S-1"])
async def test_hostile_serial_numbers_are_refused(world: World, serials: Any) -> None:
    _, supplier, order = await gated(world)
    body = await submission(supplier, serials=serials)
    answer = await supplier.post(f"/v1/orders/{order['id']}/first-articles", body)
    assert answer.status_code in {400, 422}, answer.text


@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"note": None}, "/note"), ({"characteristics": []}, "/characteristics")],
)
async def test_a_deviation_names_characteristics_and_says_why(
    world: World, change: dict[str, Any], pointer: str
) -> None:
    buyer, supplier, order = await gated(world)
    path = f"/v1/orders/{order['id']}/first-articles"
    made = await supplier.done("POST", path, await submission(supplier))
    body = {"outcome": "approved_with_deviation", "characteristics": [2], "note": "fine", "quantity": "5", **change}
    answer = await buyer.post(f"{path}/{made['id']}/decide", body, etag=made["etag"])
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


async def test_what_was_measured_over_all_attempts(world: World) -> None:
    buyer, supplier, order = await gated(world)
    path = f"/v1/orders/{order['id']}/first-articles"
    bad = await supplier.done("POST", path, await submission(supplier, results(bore="40.026")))
    no = {"outcome": "rejected", "findings": [{"no": 1, "code": "dimension_out_of_tolerance"}]}
    await buyer.done("POST", f"{path}/{bad['id']}/decide", no, etag=bad["etag"])
    good = await approved(buyer, supplier, order)
    key = read("order", order["id"])
    db = world.services.db
    for party in (buyer, supplier):
        found = await queries.measured(db, acting(party), key, 1, 1)
        assert [(item.attempt, item.state, item.conforms) for item in found] == [
            (1, "rejected", False),
            (2, "approved", True),
        ]
        assert [item.values for item in found] == [
            (Decimal("40.012"), Decimal("40.026")),
            (Decimal("40.012"), Decimal("40.01")),
        ]
        assert [item.first_article_id for item in found] == [read("first_article", item["id"]) for item in (bad, good)]
    assert await queries.measured(db, acting(buyer), key, 1, 99) == []
    assert await queries.measured(db, acting(buyer), key, 2, 1) == []
    with pytest.raises(NotFound):
        await queries.measured(db, acting(await world.party("buyer")), key, 1, 1)


async def test_the_order_says_that_nothing_may_leave(world: World) -> None:
    buyer, supplier, order = await gated(world)
    path = f"/v1/orders/{order['id']}"
    assert "create_despatch" in order["allowed_actions"], "samples may"
    await supplier.done("POST", f"{path}/despatches", sent("sample", "5"))
    shut = await supplier.done("GET", path)
    assert "create_despatch" not in shut["allowed_actions"]
    assert [(item["action"], item["code"]) for item in shut["blocked_actions"]] == [
        ("create_despatch", "first_article_required")
    ]
    made = await supplier.done("POST", f"{path}/first-articles", await submission(supplier, results(length="90.3")))
    body = {"outcome": "approved_with_deviation", "characteristics": [2], "note": "fine", "quantity": "10"}
    await buyer.done("POST", f"{path}/first-articles/{made['id']}/decide", body, etag=made["etag"])
    assert "create_despatch" in (await supplier.done("GET", path))["allowed_actions"]
    await supplier.done("POST", f"{path}/despatches", sent("production", "10"))
    used = await supplier.done("GET", path)
    assert [item["code"] for item in used["blocked_actions"]] == ["deviation_exhausted"]


async def test_a_first_article_is_decided_after_its_order_was_cancelled(world: World) -> None:
    buyer, supplier, order = await gated(world)
    path = f"/v1/orders/{order['id']}"
    made = await supplier.done("POST", f"{path}/first-articles", await submission(supplier))
    await buyer.done("POST", f"{path}/cancel", {"reason": "other", "note": "stopped"})
    seen = await buyer.done("GET", f"{path}/first-articles/{made['id']}")
    assert seen["allowed_actions"] == ["decide_first_article"]
    body = {"outcome": "approved"}
    done = await buyer.done("POST", f"{path}/first-articles/{made['id']}/decide", body, etag=made["etag"])
    assert done["state"] == "approved"


OPENED = {"gate": "open", "gate_quantity": None, "gate_until": None}
LIMITED = {"gate": "limited", "gate_quantity": Decimal(50), "gate_until": None}


async def _save(tx: Tx, order: Order, change: dict[str, Any]) -> None:
    line = replace(order.lines[0], **change)
    await orders.save(tx, order, replace(order, version=order.version + 1, lines=(line,)))


@pytest.mark.parametrize("change", [OPENED, LIMITED, {"gate": "none"}, {"sample_limit": Decimal(50)}])
async def test_no_gate_moves_without_a_decision(world: World, change: dict[str, Any]) -> None:
    buyer, supplier, order = await gated(world)
    path = f"/v1/orders/{order['id']}/first-articles"
    made = await supplier.done("POST", path, await submission(supplier, results(bore="40.026")))
    no = {"outcome": "rejected", "findings": [{"no": 1}]}
    await buyer.done("POST", f"{path}/{made['id']}/decide", no, etag=made["etag"])
    key = read("order", order["id"])
    with pytest.raises(FirstArticleRequired):
        async with world.services.db.transaction(SYSTEM) as tx:
            await _save(tx, await orders.lock(tx, key), change)


@pytest.mark.parametrize(
    ("outcome", "change"),
    [
        ("rejected", OPENED),
        ("approved", LIMITED),
        ("approved_with_deviation", OPENED),
        ("approved_with_deviation", LIMITED | {"gate_quantity": Decimal(51)}),
        ("approved_with_deviation", LIMITED | {"gate_until": "later"}),
    ],
)
async def test_a_gate_moves_as_its_decision_says(
    world: World, outcome: str, change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    buyer, supplier, order = await gated(world)
    path = f"/v1/orders/{order['id']}/first-articles"
    made = await supplier.done("POST", path, await submission(supplier))
    body: dict[str, Any] = {"outcome": outcome, "note": "note"}
    if outcome == "rejected":
        body["findings"] = [{"no": 1}]
    if outcome == "approved_with_deviation":
        body |= {"characteristics": [2], "quantity": "50"}
    if change.get("gate_until") == "later":
        change = change | {"gate_until": datetime.fromisoformat(order["created_at"]) + timedelta(days=9)}
    monkeypatch.setattr(rules, "gated", lambda line, _decision: replace(line, **change))
    answer = await buyer.post(f"{path}/{made['id']}/decide", body, etag=made["etag"])
    assert (answer.status_code, answer.json()["code"]) == (409, "first_article_required"), answer.text
    assert (await buyer.done("GET", f"{path}/{made['id']}"))["state"] == "submitted", "nothing of it is kept"


async def test_a_decision_stands(world: World) -> None:
    buyer, supplier, order = await gated(world)
    made = await approved(buyer, supplier, order)
    key, article_id = read("order", order["id"]), read("first_article", made["id"])
    with pytest.raises(StaleVersion):
        async with world.services.db.transaction(SYSTEM) as tx:
            before = await sql.get(tx, key, article_id)
            await sql.save(tx, before, replace(before, state="rejected", version=before.version + 1))


async def test_what_was_submitted_stays(world: World) -> None:
    _, supplier, order = await gated(world)
    path = f"/v1/orders/{order['id']}/first-articles"
    made = await supplier.done("POST", path, await submission(supplier))
    article_id: UUID = read("first_article", made["id"])
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with world.services.db.transaction(SYSTEM) as tx:
            await tx.execute("UPDATE first_article SET content = '{}' WHERE id = $1", article_id)


async def test_a_line_that_is_written_without_a_gate_is_closed(world: World) -> None:
    """As a release that knows no gates writes it."""
    _, _, order = await gated(world)
    key = read("order", order["id"])
    async with world.services.db.transaction(SYSTEM) as tx:
        gate = await tx.fetchval(
            "INSERT INTO order_line (order_id, line_no, rfq_line_id, detail, unit, unit_price, ordered, tolerance) "
            "SELECT order_id, 2, rfq_line_id, detail, unit, unit_price, ordered, tolerance FROM order_line "
            "WHERE order_id = $1 RETURNING gate",
            key,
        )
        assert gate == "closed"
        free = await tx.fetchval(
            "INSERT INTO order_line (order_id, line_no, rfq_line_id, detail, unit, unit_price, ordered, tolerance) "
            'SELECT order_id, 3, rfq_line_id, detail || \'{"approval_plan": "none"}\', unit, unit_price, ordered, '
            "tolerance FROM order_line WHERE order_id = $1 AND line_no = 1 RETURNING gate",
            key,
        )
        assert free == "none"
