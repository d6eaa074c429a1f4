"""What becomes of pieces moves the quantities of their lot, order and report by itself, through HTTP."""

import uuid
from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.lifecycle import NONCONFORMANCE
from domain.nonconformances import rules, sql
from domain.orders import sql as orders
from domain.quality import sql as inspections
from domain.reports.feed import realised_from_feed
from world import Party, World

NAMES = ("despatched", "short", "received", "accepted", "rejected", "returned")
BASELINE = {
    "kind": "import", "origin": "JP", "hs_code": "8483.10", "currency": "USD", "cif_unit_price": "0.1",
    "duty_percent": "0", "annual_quantity": "1000", "idr_rate": "10000", "idr_rate_on": "2026-11-02",
}  # fmt: skip
"""A thousand rupiah a piece."""
BAD: list[dict[str, Any]] = [
    {"characteristic_no": None, "code": "crack", "quantity": "10", "note": "found in assembly"}
]


class Scene:
    """One order of 100 of which a receipt was inspected, and the verbs that this file needs."""

    def __init__(self, world: World, buyer: Party, supplier: Party, order: Any, receipt: Any) -> None:
        self.world, self.buyer, self.supplier = world, buyer, supplier
        self.path, self.receipt = f"/v1/orders/{order['id']}", receipt
        self.key = read("order", order["id"])

    async def line(self) -> dict[str, str]:
        found = (await self.buyer.done("GET", self.path))["lines"][0]
        return {name: found[name] for name in NAMES}

    async def state(self) -> str:
        return str((await self.supplier.done("GET", self.path))["state"])

    async def complain(self, quantity: str = "10", **changes: Any) -> Any:
        defects = [BAD[0] | {"quantity": quantity}]
        body = {"receipt_id": self.receipt["id"], "line_no": 1, "lot": "A", "quantity": quantity, "defects": defects}
        return await self.buyer.done("POST", f"{self.path}/nonconformances", body | changes)

    async def send(self, quantity: str, **more: Any) -> Any:
        number = f"SJ-{uuid.uuid4().hex[:12]}"
        body = {"number": number, "lines": [{"line_no": 1, "lot": number, "quantity": quantity}], **more}
        return await self.supplier.post(f"{self.path}/despatches", body)

    async def judge(self, receipt: Any, lot: str, accepted: str, rejected: str = "0") -> Any:
        found = {"lines": [{"line_no": 1, "lot": lot, "accepted": accepted, "rejected": rejected}]}
        return await self.buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)

    async def replays(self, claim: Any) -> None:
        async with self.world.services.db.read(SYSTEM) as tx:
            await self.world.replays(await orders.get(tx, self.key))
            await self.world.replays(await sql.get(tx, self.key, read("nonconformance", claim["id"])))
            inspection = await inspections.inspection_of(tx, read("receipt", self.receipt["id"]))
            assert inspection is not None
            await self.world.replays(inspection)


async def scene(world: World, accepted: str = "100", rejected: str = "0") -> Scene:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, line={"baseline": BASELINE})
    sent = await world.despatch(supplier, order, (1, "A", "100"))
    receipt = await world.receipt(buyer, sent)
    made = Scene(world, buyer, supplier, order, receipt)
    await made.judge(receipt, "A", accepted, rejected)
    return made


async def claim_of(it: Scene) -> Any:
    [claim] = (await it.buyer.done("GET", f"{it.path}/nonconformances"))["items"]
    return claim


async def test_realised_substitution_falls_with_returned_pieces_and_rises_with_their_replacement(world: World) -> None:
    it = await scene(world)

    async def realised() -> tuple[str, str]:
        report = (await it.buyer.done("GET", "/v1/reports/import-substitution"))["total"]
        events: list[Any] = []
        after = ""
        while True:
            page = await it.buyer.done("GET", f"/v1/events?limit=100{after}")
            events += page["items"]
            if not page["items"] or page["next_cursor"] is None:
                break
            after = f"&after={page['next_cursor']}"
        return report["realised_idr"], format(realised_from_feed(events), "f")

    await world.feed(it.buyer)
    assert await it.state() == "completed"
    assert await realised() == ("100000", "100000")
    claim = await it.complain("10")
    assert (claim["origin"], claim["state"], claim["quantity"]) == ("complaint", "open", "10")
    assert claim["defects"][0]["code"] == "crack"
    assert await it.state() == "in_progress"
    assert await it.line() == dict(zip(NAMES, ("100", "0", "100", "90", "10", "0"), strict=True))
    await world.feed(it.buyer)
    assert await realised() == ("90000", "90000")
    path = f"{it.path}/nonconformances/{claim['id']}"
    await it.buyer.done("POST", f"{path}/decide", {"disposition": "replace"})
    back = {"reference": f"RT-{uuid.uuid4().hex[:8]}", "quantity": "10"}
    first = await it.buyer.post(f"{path}/returns", back, key="once")
    shipment = first.json()
    assert (first.status_code, shipment["state"], shipment["state_label"]) == (201, "sent", "Sent back")
    assert (await it.buyer.post(f"{path}/returns", back, key="once")).content == first.content
    assert (await it.line())["returned"] == "10"
    sent = (await it.send("10", replaces=claim["id"])).json()
    assert sent["replaces"] == claim["id"]
    receipt = await world.receipt(it.buyer, sent)
    await it.judge(receipt, sent["lines"][0]["lot"], "10")
    assert await it.state() == "completed"
    assert await it.line() == dict(zip(NAMES, ("110", "0", "110", "100", "10", "10"), strict=True))
    await world.feed(it.buyer)
    assert await realised() == ("100000", "100000")
    confirm = f"{it.path}/returns/{shipment['id']}/confirm"
    assert (await it.buyer.post(confirm)).json()["code"] == "forbidden"
    assert (await it.supplier.post(confirm, etag='"9"')).json()["code"] == "stale_version"
    assert (await it.supplier.done("POST", confirm))["state"] == "received"
    assert (await it.supplier.post(confirm)).json()["code"] == "wrong_state"
    listed = await it.supplier.done("GET", f"{it.path}/returns")
    assert [item["id"] for item in listed["items"]] == [shipment["id"]]
    for step in ("contained", "cause_found", "corrected"):
        await it.supplier.done("POST", f"{path}/respond", {"step": step, "note": "done"})
    assert (await it.buyer.done("POST", f"{path}/close"))["state"] == "closed"
    await it.replays(claim)
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get_return(tx, it.key, read("return_shipment", shipment["id"])))


async def test_a_concession_accepts_and_a_rework_is_inspected_again(world: World) -> None:
    it = await scene(world, "90", "10")
    claim = await claim_of(it)
    path = f"{it.path}/nonconformances/{claim['id']}"
    split: list[dict[str, str]] = [
        {"disposition": "use_as_is", "quantity": "4", "reference": "Konsesi 12/2026, QA"},
        {"disposition": "rework", "quantity": "5"},
        {"disposition": "scrap", "quantity": "1"},
    ]
    decided = await it.buyer.done("POST", f"{path}/decide", {"dispositions": split, "note": "as agreed"})
    assert (decided["disposition"], decided["conceded"], decided["reworked"]) == (None, "4", "5")
    assert decided["dispositions"] == [{"reference": None, **item} for item in split]
    assert await it.line() == dict(zip(NAMES, ("100", "0", "100", "94", "1", "0"), strict=True))
    inspections_path = f"/v1/receipts/{it.receipt['id']}/inspections"
    [inspection] = (await it.supplier.done("GET", inspections_path))["items"]
    assert (inspection["state"], inspection["lots"][0]["open"]) == ("pending", "5")
    corrections = [part for part in inspection["recordings"] if part["nonconformance_id"] == claim["id"]]
    assert [(part["lines"][0]["accepted"], part["lines"][0]["rejected"]) for part in corrections] == [
        ("0", "-5"),
        ("4", "-4"),
    ]
    undone = await it.buyer.post(f"{path}/decide", {"disposition": "scrap"})
    assert (undone.status_code, undone.json()["code"]) == (409, "quantity_exceeded")
    for step in ("contained", "cause_found", "corrected"):
        await it.supplier.done("POST", f"{path}/respond", {"step": step, "note": "done"})
    waiting = await it.buyer.post(f"{path}/close")
    assert waiting.json()["code"] == "incomplete"
    done = await it.judge(it.receipt, "A", "4", "1")
    assert done["state"] == "done"
    assert await it.line() == dict(zip(NAMES, ("100", "0", "100", "98", "2", "0"), strict=True))
    await it.buyer.done("POST", f"{path}/close")
    claims = (await it.buyer.done("GET", f"{it.path}/nonconformances"))["items"]
    assert [item["quantity"] for item in claims] == ["10", "1"], "what failed again is a claim of its own"
    await it.replays(claim)


async def test_pieces_that_were_replaced_are_used_no_more(world: World) -> None:
    it = await scene(world, "90", "10")
    claim = await claim_of(it)
    path = f"{it.path}/nonconformances/{claim['id']}"
    assert (await it.send("10")).status_code == 201  # what was rejected may be sent again, without naming it
    late = await it.buyer.post(f"{path}/decide", {"disposition": "use_as_is", "reference": "K-1"})
    assert (late.status_code, late.json()["code"]) == (409, "over_despatch")
    assert (await it.line())["accepted"] == "90"


async def test_a_replacement_names_what_it_replaces(world: World) -> None:
    it = await scene(world, "90", "10")
    claim = await claim_of(it)
    path = f"{it.path}/nonconformances/{claim['id']}"
    early = await it.send("1", replaces=claim["id"])
    assert (early.status_code, early.json()["code"]) == (409, "over_despatch"), "nothing is decided yet"
    await it.buyer.done("POST", f"{path}/decide", {"disposition": "replace"})
    over = await it.send("11", replaces=claim["id"])
    assert (over.status_code, over.json()["code"]) == (409, "over_despatch")
    unknown = await it.send("1", replaces=f"ncr_{uuid.uuid4().hex}")
    assert unknown.status_code == 404
    sent = (await it.send("6", replaces=claim["id"])).json()
    assert (await it.buyer.done("GET", path))["replaced"] == "6"
    undo = await it.buyer.post(f"{path}/decide", {"disposition": "scrap"})
    assert undo.json()["code"] == "quantity_exceeded"
    await it.supplier.done("POST", f"/v1/despatches/{sent['id']}/cancel")
    assert (await it.buyer.done("GET", path))["replaced"] == "0"
    await it.buyer.done("POST", f"{path}/decide", {"disposition": "scrap"})
    await it.replays(claim)


async def test_no_more_goes_back_than_is_decided(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    it = await scene(world, "90", "10")
    claim = await claim_of(it)
    path = f"{it.path}/nonconformances/{claim['id']}"
    body = {"reference": "RT-1", "quantity": "1"}
    early = await it.buyer.post(f"{path}/returns", body)
    assert (early.status_code, early.json()["code"]) == (409, "over_return")
    split = [{"disposition": "return", "quantity": "3"}, {"disposition": "scrap", "quantity": "7"}]
    await it.buyer.done("POST", f"{path}/decide", {"dispositions": split})
    assert (await it.supplier.post(f"{path}/returns", body)).json()["code"] == "forbidden"
    stranger = await world.party("buyer")
    assert (await stranger.post(f"{path}/returns", body)).status_code == 404
    assert (await stranger.get(f"{it.path}/returns")).status_code == 404
    assert (await it.buyer.post(f"{path}/returns", body | {"quantity": "0.5"})).json()["code"] == "invalid"
    await it.buyer.done("POST", f"{path}/returns", body)
    assert (await it.buyer.post(f"{path}/returns", body)).json()["code"] == "duplicate"
    over = await it.buyer.post(f"{path}/returns", {"reference": "RT-2", "quantity": "3"})
    assert (over.json()["code"], over.json()["errors"][0]["pointer"]) == ("over_return", "/quantity")
    # Without the rule the database refuses.
    arrow = NONCONFORMANCE["send_return"]
    monkeypatch.setattr(rules, "decide_return", lambda *_, **__: arrow)
    beyond = await it.buyer.post(f"{path}/returns", {"reference": "RT-3", "quantity": "10"})
    assert (beyond.status_code, beyond.json()["code"]) == (409, "quantity_exceeded")
    assert (await it.line())["returned"] == "1"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"quantity": "101"}, 409, "quantity_exceeded"),
        ({"quantity": "0"}, 422, "invalid"),
        ({"lot": "B"}, 422, "invalid"),
        ({"line_no": 2}, 422, "invalid"),
        ({"defects": []}, 422, "invalid"),
        ({"defects": [{"quantity": "1"}]}, 422, "invalid"),
        ({"receipt_id": f"rcv_{'0' * 32}"}, 404, "not_found"),
        ({"receipt_id": "x"}, 404, "not_found"),
    ],
)
async def test_a_complaint_has_to_fit(world: World, change: dict[str, Any], status: int, code: str) -> None:
    it = await scene(world)
    body = {"receipt_id": it.receipt["id"], "line_no": 1, "lot": "A", "quantity": "10", "defects": BAD} | change
    answer = await it.buyer.post(f"{it.path}/nonconformances", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert (await it.line())["accepted"] == "100"


async def test_who_may_complain(world: World) -> None:
    it = await scene(world)
    body = {"receipt_id": it.receipt["id"], "line_no": 1, "lot": "A", "quantity": "10", "defects": BAD}
    path = f"{it.path}/nonconformances"
    stranger = await world.party("buyer")
    assert (await stranger.post(path, body)).status_code == 404
    assert (await it.supplier.post(path, body)).json()["code"] == "forbidden"
    other = await world.order(it.buyer, it.supplier)
    answer = await it.buyer.post(f"/v1/orders/{other['id']}/nonconformances", body)
    assert answer.status_code == 404, "a receipt of another order"
    first = await it.buyer.post(path, body, key="once")
    assert (await it.buyer.post(path, body, key="once")).content == first.content
    assert first.headers["location"] == f"{path}/{first.json()['id']}"
    assert (await it.supplier.done("GET", first.headers["location"]))["id"] == first.json()["id"]
    assert (await stranger.get(first.headers["location"])).status_code == 404
    assert (await it.line())["rejected"] == "10"


async def test_an_answer_is_sent_back_and_an_eight_d_report_is_kept(world: World) -> None:
    it = await scene(world, "90", "10")
    claim = await claim_of(it)
    path = f"{it.path}/nonconformances/{claim['id']}"
    assert (claim["overdue"], claim["due_at"] is not None) == (False, True)
    report = {"team": "Budi, Sari", "containment": "All stock sorted"}
    await it.supplier.done("POST", f"{path}/respond", {"step": "contained", "note": "Done.", **report})
    await it.supplier.done("POST", f"{path}/respond", {"step": "cause_found", "note": "Operator error."})
    assert (await it.supplier.post(f"{path}/return-response", {"note": "x"})).json()["code"] == "forbidden"
    back = await it.buyer.done("POST", f"{path}/return-response", {"note": "That is no cause: why could it happen?"})
    assert back["state"] == "contained"
    cause = {"occurrence_cause": "No stop on the jig", "escape_cause": "Not in the control plan", "method": "5 whys"}
    await it.supplier.done("POST", f"{path}/respond", {"step": "cause_found", "note": "See report.", **cause})
    fix = {"corrective_action": "Stop added", "verification": "50 pieces", "prevention": "All jigs checked"}
    now = await it.supplier.done("POST", f"{path}/respond", {"step": "corrected", "note": "Done.", **fix})
    assert now["due_at"] is None
    told = [(step["action"], step["report"]) for step in now["steps"]]
    assert [action for action, _ in told] == ["contain", "find_cause", "send_back_cause", "find_cause", "correct"]
    empty = dict.fromkeys(
        (
            "team",
            "containment",
            "occurrence_cause",
            "escape_cause",
            "method",
            "corrective_action",
            "verification",
            "prevention",
        )
    )
    assert [said for _, said in told] == [empty | report, empty, None, empty | cause, empty | fix]
    await world.owner.execute(
        "UPDATE nonconformance SET state = 'open', created_at = created_at - interval '2 days' WHERE id = $1",
        read("nonconformance", claim["id"]),
    )
    assert (await it.buyer.done("GET", path))["overdue"] is True
