"""First articles through HTTP: the story, each refusal, what the database refuses when the rules are bypassed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from gated_scene import CHARACTERISTICS, approved, file_of, gated, results, sent, submission

from domain.actors import SYSTEM
from domain.first_articles import sql
from domain.ids import read
from domain.orders import rules as orders
from domain.orders import sql as order_sql
from world import Party, World

DEVIATION = {"outcome": "approved_with_deviation", "characteristics": [2], "note": "0.1 longer is fine"}


def soon(**span: float) -> str:
    return (datetime.now(UTC) + timedelta(**span)).isoformat()


async def submitted(world: World, **line: Any) -> tuple[Party, Party, Any, str, Any]:
    """(buyer, supplier, order, path, a first article whose length is too great)."""
    buyer, supplier, order = await gated(world, **line)
    path = f"/v1/orders/{order['id']}/first-articles"
    made = await supplier.done("POST", path, await submission(supplier, results(length="90.3")))
    return buyer, supplier, order, path, made


async def test_production_waits_for_the_approval(world: World) -> None:
    buyer, supplier, order = await gated(world)
    path = f"/v1/orders/{order['id']}"
    line = order["lines"][0]
    assert (line["approval_plan"], line["gate"], line["samples_left"]) == ("fai", "closed", "5")
    early = await supplier.post(f"{path}/despatches", sent("production", "1"))
    assert (early.status_code, early.json()["code"]) == (409, "first_article_required")
    assert "submit_first_article" in early.json()["detail"]
    assert "submit_first_article" in order["allowed_actions"]
    await supplier.done("POST", f"{path}/despatches", sent("sample", "3"))
    more = await supplier.post(f"{path}/despatches", sent("sample", "3"))
    assert (more.status_code, more.json()["code"]) == (409, "first_article_required")
    body = await submission(supplier, results(bore="40.026"))
    first = await supplier.post(f"{path}/first-articles", body, key="once")
    made = first.json()
    assert first.status_code == 201, first.text
    assert first.headers["location"] == f"{path}/first-articles/{made['id']}"
    assert (await supplier.post(f"{path}/first-articles", body, key="once")).content == first.content
    assert (made["state"], made["attempt"], made["failing"]) == ("submitted", 1, [1])
    assert [(item["conforms"], item["computed"]) for item in made["results"]] == [
        (False, True),
        (True, True),
        (True, False),
    ]
    assert made["allowed_actions"] == ["withdraw_first_article"]
    seen = await buyer.done("GET", f"{path}/first-articles/{made['id']}")
    assert seen["allowed_actions"] == ["decide_first_article"]
    file_id = made["documents"][0]["file_id"]
    assert (await buyer.get(f"/v1/files/{file_id}/content")).status_code == 200
    decide = f"{path}/first-articles/{made['id']}/decide"
    no = {"outcome": "rejected", "findings": [{"no": 1, "code": "dimension_out_of_tolerance"}], "note": "Bore too big"}
    rejected = await buyer.done("POST", decide, no, etag=seen["etag"])
    assert (rejected["state"], rejected["decision"]["findings"][0]["no"]) == ("rejected", 1)
    assert rejected["state_label"] == "Rejected"
    now = await supplier.done("GET", path)
    assert (now["lines"][0]["gate"], now["lines"][0]["samples_left"]) == ("closed", "7")
    second = await approved(buyer, supplier, order)
    assert (second["state"], second["attempt"]) == ("approved", 2)
    assert (await supplier.done("GET", path))["lines"][0]["gate"] == "open"
    await supplier.done("POST", f"{path}/despatches", sent("production", "97"))
    listed = await buyer.done("GET", f"{path}/first-articles?line_no=1")
    assert [item["state"] for item in listed["items"]] == ["rejected", "approved"]
    page = await buyer.done("GET", f"{path}/first-articles?limit=1")
    rest = await buyer.done("GET", f"{path}/first-articles?limit=1&after={page['next_cursor']}")
    assert rest["items"][0]["id"] == second["id"]
    assert (await buyer.done("GET", f"{path}/first-articles?line_no=2"))["items"] == []
    async with world.services.db.read(SYSTEM) as tx:
        for key in (made["id"], second["id"]):
            await world.replays(await sql.get(tx, read("order", order["id"]), read("first_article", key)))
        await world.replays(await order_sql.get(tx, read("order", order["id"])))
    events = [event for event in await world.feed(buyer) if event.type.startswith("first_article.")]
    assert [event.type.partition(".")[2] for event in events] == ["submitted", "rejected", "submitted", "approved"]
    assert events[0].data["failing"] == [1]
    assert "40.026" not in str([event.data for event in events])


async def test_a_deviation_is_limited_by_quantity(world: World) -> None:
    buyer, supplier, order, path, made = await submitted(world)
    decide, despatches = f"{path}/{made['id']}/decide", f"/v1/orders/{order['id']}/despatches"
    await buyer.done("POST", decide, DEVIATION | {"quantity": "30"}, etag=made["etag"])
    line = (await supplier.done("GET", f"/v1/orders/{order['id']}"))["lines"][0]
    assert (line["gate"], line["gate_quantity"], line["gate_until"]) == ("limited", "30", None)
    first = await supplier.done("POST", despatches, sent("production", "20"))
    over = await supplier.post(despatches, sent("production", "11"))
    assert (over.status_code, over.json()["code"]) == (409, "deviation_exhausted")
    assert "leaves 10 H87" in over.json()["detail"]
    await supplier.done("POST", f"/v1/despatches/{first['id']}/cancel")
    await supplier.done("POST", despatches, sent("production", "30"))
    await supplier.done("POST", despatches, sent("sample", "2"))
    await approved(buyer, supplier, order)
    await supplier.done("POST", despatches, sent("production", "68"))


async def test_a_deviation_ends_by_the_clock_of_the_database(world: World) -> None:
    buyer, supplier, order, path, made = await submitted(world)
    until = soon(hours=1)
    decided = await buyer.done("POST", f"{path}/{made['id']}/decide", DEVIATION | {"until": until}, etag=made["etag"])
    assert decided["decision"]["until"][:16] == until[:16]
    despatches = f"/v1/orders/{order['id']}/despatches"
    await supplier.done("POST", despatches, sent("production", "1"))
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")  # no triggers
        await world.owner.execute(
            "UPDATE order_line SET gate_until = clock_timestamp() WHERE order_id = $1", read("order", order["id"])
        )
    late = await supplier.post(despatches, sent("production", "1"))
    assert (late.status_code, late.json()["code"]) == (409, "deviation_exhausted")
    assert "ended at" in late.json()["detail"]


@pytest.mark.parametrize(
    ("gate", "quantity", "code"),
    [("closed", None, "first_article_required"), ("limited", 3, "deviation_exhausted")],
)
async def test_the_database_keeps_the_gate_without_the_rules(
    world: World, monkeypatch: pytest.MonkeyPatch, gate: str, quantity: int | None, code: str
) -> None:
    _, supplier, order = await gated(world)
    key = read("order", order["id"])
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")  # no triggers
        await world.owner.execute(
            "UPDATE order_line SET gate = $2, gate_quantity = $3 WHERE order_id = $1", key, gate, quantity
        )
    monkeypatch.setattr(orders, "check_gate", lambda *_, **__: None)
    answer = await supplier.post(f"/v1/orders/{order['id']}/despatches", sent("production", "4"))
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    answer = await supplier.post(f"/v1/orders/{order['id']}/despatches", sent("sample", "6"))
    assert (answer.status_code, answer.json()["code"]) == (409, "first_article_required")
    assert (await supplier.done("GET", f"/v1/orders/{order['id']}"))["lines"][0]["despatched"] == "0"


@pytest.mark.parametrize(
    ("change", "code", "pointers"),
    [
        ({"line_no": 2}, "invalid", ["/line_no"]),
        ({"quantity": "0"}, "invalid", ["/quantity"]),
        ({"quantity": "1.5"}, "invalid", ["/quantity"]),
        ({"results": [*results(), {"no": 4, "conforms": True}]}, "invalid", ["/results/3/no"]),
        ({"results": [*results(), {"no": 1, "values": ["40"]}]}, "invalid", ["/results/3/no"]),
        ({"results": [*results()[:2], {"no": 3}]}, "invalid", ["/results/2/conforms"]),
        ({"results": [{"no": 1, "values": ["40"], "conforms": True}]}, "invalid", ["/results/0/conforms"]),
        ({"results": results()[1:]}, "incomplete", ["/results"]),
        ({"results": [{"no": 1, "conforms": True}, *results()[1:]]}, "incomplete", ["/results/0/values"]),
        ({"results": []}, "incomplete", ["/results", "/results", "/results", "/results"]),
        ({"documents": []}, "incomplete", ["/documents"]),
        ({"documents": [{"element": "magic", "not_applicable": "x"}]}, "invalid", ["/documents/0/element"]),
        ({"documents": [{"element": "photo"}]}, "invalid", ["/documents/0"]),
        ({"documents": [{"element": "material_certificate", "not_applicable": "none"}]}, "incomplete", ["/documents"]),
    ],
)
async def test_what_a_submission_lacks_is_named(
    world: World, change: dict[str, Any], code: str, pointers: list[str]
) -> None:
    _, supplier, order = await gated(world)
    body = await submission(supplier) | change
    answer = await supplier.post(f"/v1/orders/{order['id']}/first-articles", body)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == pointers


@pytest.mark.parametrize(
    ("level", "missing"),
    [
        (1, {"appearance_approval", "part_submission_warrant"}),
        (4, {"part_submission_warrant"}),
        (5, set()),
        (
            2,
            {
                "design_record",
                "engineering_changes",
                "material_test_results",
                "laboratory_qualification",
                "appearance_approval",
                "sample_product",
                "part_submission_warrant",
            },
        ),
    ],
)
async def test_a_ppap_asks_for_the_elements_of_its_level(world: World, level: int, missing: set[str]) -> None:
    _, supplier, order = await gated(world, plan="ppap", level=level)
    path = f"/v1/orders/{order['id']}/first-articles"
    body = await submission(supplier, documents=[])
    answer = await supplier.post(path, body)
    if missing:
        assert answer.json()["code"] == "incomplete"
        assert {fault["detail"].split("'")[1] for fault in answer.json()["errors"]} == missing
    conditional = missing & {"design_record", "engineering_changes", "laboratory_qualification", "appearance_approval"}
    conditional |= missing & {"sample_product"}
    file_id = await file_of(supplier)
    body["documents"] = [
        {"element": name, "not_applicable": "made to print"}
        if name in conditional
        else {"element": name, "file_id": file_id}
        for name in sorted(missing)
    ]
    assert (await supplier.post(path, body)).status_code == 201 or not missing


async def test_who_may_not_submit_and_when(world: World) -> None:
    buyer, supplier, order = await gated(world)
    stranger = await world.party("supplier")
    path = f"/v1/orders/{order['id']}/first-articles"
    body = await submission(supplier)
    for party, status, code in ((stranger, 404, "not_found"), (buyer, 403, "forbidden")):
        answer = await party.post(path, body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert (await stranger.get(path)).status_code == 404
    of_another = await submission(supplier)
    of_another["documents"][0]["file_id"] = await file_of(stranger)
    answer = await supplier.post(path, of_another)
    assert (answer.json()["code"], answer.json()["errors"][0]["pointer"]) == ("invalid", "/documents/0/file_id")
    await supplier.done("POST", path, body)
    assert (await supplier.post(path, body)).json()["code"] == "wrong_state"
    free = await world.order(buyer, supplier, line={"characteristics": CHARACTERISTICS})
    answer = await supplier.post(f"/v1/orders/{free['id']}/first-articles", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    needless = await supplier.post(f"/v1/orders/{free['id']}/despatches", sent("sample", "1"))
    assert (needless.json()["code"], needless.json()["errors"][0]["pointer"]) == ("invalid", "/kind")
    asked = {"approval": {"plan": "fai", "level": None}, "characteristics": CHARACTERISTICS}
    issued = await world.order(buyer, supplier, acknowledged=False, line=asked)
    answer = await supplier.post(f"/v1/orders/{issued['id']}/first-articles", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"outcome": "approved"}, ["/outcome"]),
        ({"outcome": "approved", "quantity": "5"}, ["/outcome", "/outcome"]),
        ({"outcome": "rejected"}, ["/findings"]),
        ({"outcome": "rejected", "findings": [{}]}, ["/findings/0"]),
        ({"outcome": "rejected", "findings": [{"no": 9}]}, ["/findings/0/no"]),
        ({"outcome": "rejected", "findings": [{"code": "magic"}]}, ["/findings/0/code"]),
        (DEVIATION, ["/quantity"]),
        (DEVIATION | {"quantity": "5", "characteristics": []}, ["/characteristics", "/characteristics"]),
        (DEVIATION | {"quantity": "5", "characteristics": [2, 9]}, ["/characteristics/1"]),
        (DEVIATION | {"quantity": "0"}, ["/quantity"]),
        (DEVIATION | {"until": "2020-01-01T00:00:00Z"}, ["/until"]),
        (DEVIATION | {"until": "2099-01-01T00:00:00Z"}, ["/until"]),
        (DEVIATION | {"quantity": "5", "findings": [{"no": 1}]}, ["/findings"]),
    ],
)
async def test_a_decision_has_to_fit(world: World, body: dict[str, Any], pointers: list[str]) -> None:
    buyer, _, _, path, made = await submitted(world)
    answer = await buyer.post(f"{path}/{made['id']}/decide", body, etag=made["etag"])
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == pointers
    assert (await buyer.done("GET", f"{path}/{made['id']}"))["state"] == "submitted"


async def test_nobody_decides_what_was_not_seen(world: World) -> None:
    buyer, supplier, order, path, made = await submitted(world)
    stranger = await world.party("buyer")
    decide, body = f"{path}/{made['id']}/decide", DEVIATION | {"quantity": "5"}
    for party, etag, status, code in (
        (buyer, None, 428, "version_required"),
        (buyer, '"9"', 412, "stale_version"),
        (supplier, made["etag"], 403, "forbidden"),
        (stranger, made["etag"], 404, "not_found"),
    ):
        answer = await party.post(decide, body, etag=etag)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    elsewhere = await world.order(buyer, supplier)
    wrong = await buyer.post(
        f"/v1/orders/{elsewhere['id']}/first-articles/{made['id']}/decide", body, etag=made["etag"]
    )
    assert wrong.status_code == 404
    withdraw = f"{path}/{made['id']}/withdraw"
    assert (await buyer.post(withdraw)).json()["code"] == "forbidden"
    assert (await supplier.post(withdraw, etag='"7"')).json()["code"] == "stale_version"
    back = await supplier.done("POST", withdraw)
    assert (back["state"], back["decision"]) == ("withdrawn", None)
    late = await buyer.post(decide, body, etag=back["etag"])
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")
    assert (await supplier.post(withdraw)).json()["code"] == "wrong_state"
    again = await supplier.done("POST", path, await submission(supplier))
    assert again["attempt"] == 2
    dry = await buyer.post(
        f"{path}/{again['id']}/decide", {"outcome": "approved"}, etag=again["etag"], headers={"prefer": "dry-run"}
    )
    assert (dry.status_code, dry.json()["state"]) == (200, "approved")
    assert (await buyer.done("GET", f"/v1/orders/{order['id']}"))["lines"][0]["gate"] == "closed"
