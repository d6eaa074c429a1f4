"""get_import_substitution through HTTP: from a baseline to accepted pieces, and the same from the change feed."""

from datetime import datetime, timedelta
from typing import Any

from award_scene import Scene, priced

from domain.actors import SCOPES
from domain.ids import read
from domain.openings import commands as openings
from domain.quotes.model import WIB
from domain.reports.feed import figures_from_feed
from domain.reports.model import Period
from domain.reports.rules import OPEN
from world import Party, World

PATH = "/v1/reports/import-substitution"
BASELINE = {
    "kind": "import", "origin": "CN", "hs_code": "8503.00", "currency": "USD", "cif_unit_price": "0.33",
    "duty_percent": "5", "annual_quantity": "80", "idr_rate": "16813", "idr_rate_on": "2026-11-02",
}  # fmt: skip
"""5,548.29 rupiah a piece, 80 pieces a year."""


async def _report(party: Party) -> dict[str, str]:
    total: dict[str, str] = (await party.done("GET", PATH))["total"]
    return total


async def _from_feed(world: World, buyer: Party, period: Period = OPEN) -> dict[str, str]:
    await world.feed(buyer)  # nothing elsewhere holds it back any more
    events: list[Any] = []
    after = ""
    while True:
        page = await buyer.done("GET", f"/v1/events?limit=100{after}")
        if not page["items"]:
            break
        events += page["items"]
        after = f"&after={page['next_cursor']}"
    found = figures_from_feed(events, period)
    return {name: format(getattr(found, name), "f") for name in found.__struct_fields__}


async def _deliver(scene: Scene, of: int, order_id: str, accepted: str, rejected: str = "0") -> None:
    """One despatch of one lot of line 1, received whole and inspected."""
    buyer, supplier, path = scene.buyer, scene.suppliers[of], f"/v1/orders/{order_id}"
    order = await supplier.done("GET", path)
    if order["state"] == "issued":
        promises = [{"line_no": line["line_no"], "promised_on": "2030-01-01"} for line in order["lines"]]
        await supplier.done("POST", f"{path}/acknowledge", {"lines": promises})
    amount = str(int(accepted) + int(rejected))
    lot = {"line_no": 1, "lot": f"L{accepted}", "quantity": amount}
    sent = await supplier.done("POST", f"{path}/despatches", {"number": f"SJ-{accepted}", "lines": [lot]})
    counted = {"line_no": 1, "lot": lot["lot"], "received": amount}
    receipt = await buyer.done("POST", f"{path}/receipts", {"despatch_id": sent["id"], "lines": [counted]})
    judged = {"line_no": 1, "lot": lot["lot"], "accepted": accepted, "rejected": rejected}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", {"lines": [judged]})


async def test_potential_becomes_committed_becomes_realised(world: World) -> None:
    scene = await Scene.set(world, suppliers=2, change={"baseline": BASELINE})
    buyer = scene.buyer
    # 80 x 5,548.29: the annual quantity is less than the 100 asked for.
    nothing = {"committed_idr": "0", "realised_idr": "0", "accepted_quantity": "0"}
    assert await _report(buyer) == {"potential_idr": "443863", **nothing}
    first = await scene.accepted("30")
    assert (await _report(buyer))["committed_idr"] == "166449"  # 30 x 5,548.29 = 166,448.70
    second = await scene.accepted("70", of=1)
    assert (await _report(buyer))["committed_idr"] == "443863", "no more than is imported in a year"
    await _deliver(scene, 0, first["order_id"], "20", "10")
    found = await _report(buyer)
    assert (found["realised_idr"], found["accepted_quantity"]) == ("110966", "20")  # 20 x 5,548.29 = 110,965.80
    assert await _from_feed(world, buyer) == found
    await _deliver(scene, 1, second["order_id"], "70")
    found = await _report(buyer)
    assert (found["realised_idr"], found["accepted_quantity"]) == ("443863", "80")
    assert await _from_feed(world, buyer) == found
    [line] = (await buyer.done("GET", PATH))["lines"]
    assert (line["rfq_id"], line["requested"], line["awarded"], line["accepted"]) == (
        scene.rfq["id"],
        "100",
        "100",
        "90",
    )


async def test_only_firm_published_imports_count(world: World) -> None:
    buyer = await world.party("buyer")

    async def rfq(*baselines: dict[str, Any] | None, publish: bool = True, **head: Any) -> Any:
        lines = [world.line(number, baseline=item) for number, item in enumerate(baselines, 1)]
        draft = await buyer.done("POST", "/v1/rfqs", world.rfq_body(**head) | {"lines": lines})
        return await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish") if publish else draft

    await rfq(BASELINE, publish=False)
    await rfq(BASELINE, intent="benchmark")
    await rfq(BASELINE, intent="budgetary")
    await rfq(None, {"kind": "local"}, {"kind": "new"})
    withdrawn = await rfq(BASELINE)
    assert (await _report(buyer))["potential_idr"] == "443863"
    await buyer.done("POST", f"/v1/rfqs/{withdrawn['id']}/cancel", {"reason": "demand_withdrawn"})
    assert (await _report(buyer))["potential_idr"] == "0"
    assert (await _from_feed(world, buyer))["potential_idr"] == "0"


async def test_who_sees_what(world: World) -> None:
    scene = await Scene.set(world, change={"baseline": BASELINE})
    await scene.accepted("10")
    own = await scene.buyer.done("GET", PATH)
    assert [(group["key"], group["label"]) for group in own["by_process"]] == [("turning_cnc", "CNC turning")]
    assert [(group["key"], group["figures"]) for group in own["by_buyer"]] == [(scene.buyer.id, own["total"])]
    for role in ("facilitator", "operator"):
        party = await world.party(role)
        whole = await party.done("GET", PATH)
        assert (whole["lines"], whole["by_buyer"]) == ([], []), "sums only, of nobody in particular"
        refused = await party.get(f"{PATH}?from=2026-01-02")
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid"), "a day could be one buyer's"
        assert (await party.get(f"{PATH}?from=2026-01-01&to=2026-12-31")).status_code == 200
    refused = await scene.suppliers[0].get(PATH)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert (await (await world.party("facilitator", state="registered")).get(PATH)).status_code == 403
    reader = await world.key(
        scene.buyer.organisation_id, "r", scopes=[scope for scope in SCOPES if scope != "reports:read"]
    )
    assert (await reader.get(PATH)).json()["code"] == "scope_missing"


async def test_sums_of_all_need_three_buyers_behind_them(world: World) -> None:
    facilitator = await world.party("facilitator")
    process = "forging_hot"  # of no other test

    async def shown() -> dict[str, str | None]:
        groups = (await facilitator.done("GET", PATH))["by_process"]
        return {group["key"]: group["figures"]["potential_idr"] for group in groups}

    values = []
    for number in range(3):
        buyer = await world.party("buyer")
        line = world.line(baseline=BASELINE, processes=[process], quantity=str(10 + number))
        usual = world.line(2, baseline=BASELINE)  # so that no small heading needs this one to hide behind
        draft = await buyer.done("POST", "/v1/rfqs", world.rfq_body() | {"lines": [line, usual]})
        await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
        values.append(10 + number)
        if number < 2:
            assert process not in await shown(), "one buyer's figures, or two's"
    assert (await shown())[process] == str(round(sum(values) * 5548.29))


async def test_the_annual_quantity_is_shared_by_all_rfqs_of_a_part(world: World) -> None:
    scene = await Scene.set(world, change={"baseline": BASELINE, "quantity": "50"})
    buyer, supplier = scene.buyer, scene.suppliers[0]
    line = {"baseline": BASELINE | {"hs_code": "850300"}}
    second = await world.order(buyer, supplier, quantities=("50",), line=line)
    first = await scene.accepted("50")
    await _deliver(scene, 0, first["order_id"], "50")
    await _deliver(scene, 0, second["id"], "40")
    report = await buyer.done("GET", PATH)
    # 80 of 100, 80 of 100 and 80 of 90 pieces.
    assert report["total"] == {
        "potential_idr": "443863", "committed_idr": "443863", "realised_idr": "443863", "accepted_quantity": "80",
    }  # fmt: skip
    assert await _from_feed(world, buyer) == report["total"]
    counted = [
        (line["rfq_id"], line["counted_potential"], line["counted_committed"], line["counted_realised"])
        for line in report["lines"]
    ]
    assert counted == [(scene.rfq["id"], "50", "30", "50"), (second["rfq_id"], "30", "50", "30")], (
        "in the order of time"
    )
    assert [(line["awarded"], line["accepted"]) for line in report["lines"]] == [("50", "50"), ("50", "40")]
    groups = [group for name in ("by_buyer", "by_process", "by_region") for group in report[name]]
    assert {group["figures"]["realised_idr"] for group in groups} == {"443863"}


async def test_where_it_is_made_and_when(world: World) -> None:
    scene = await Scene.set(world, suppliers=2, change={"baseline": BASELINE})
    statement = "UPDATE organisation SET region_code = $2 WHERE id = $1"
    await world.owner.execute(statement, scene.suppliers[0].organisation_id, "35.14.11.2003")
    first, second = await scene.accepted("30"), await scene.accepted("40", of=1)
    await _deliver(scene, 0, first["order_id"], "20")
    await _deliver(scene, 1, second["order_id"], "10")
    found = await scene.buyer.done("GET", PATH)
    shown = [(group["key"], group["label"], group["figures"]["committed_idr"]) for group in found["by_region"]]
    assert shown == [("35.14", "Pasuruan Regency", "166449"), ("none", "not stated", "221932")]
    assert [group["figures"]["realised_idr"] for group in found["by_region"]] == ["110966", "55483"]
    assert {group["figures"]["potential_idr"] for group in found["by_region"]} == {"0"}
    today = datetime.now(WIB).date()
    whole = await scene.buyer.done("GET", f"{PATH}?from={today}&to={today}")
    assert whole == found
    for query in (f"from={today + timedelta(1)}", f"to={today - timedelta(1)}"):
        nothing = await scene.buyer.done("GET", f"{PATH}?{query}")
        assert (set(nothing["total"].values()), nothing["lines"], nothing["by_region"]) == ({"0"}, [], [])
    for query, code in (
        ("from=yesterday", "invalid_parameter"),
        (f"from={today}&to={today - timedelta(1)}", "invalid_parameter"),
        ("since=2026-01-01", "unknown_parameter"),
    ):
        refused = await scene.buyer.get(f"{PATH}?{query}")
        assert (refused.status_code, refused.json()["code"]) == (400, code), query


async def test_a_need_that_is_issued_again_counts_once(world: World) -> None:
    baseline = BASELINE | {"annual_quantity": "1000"}
    scene = await Scene.set(world, change={"baseline": baseline})
    buyer, path = scene.buyer, f"/v1/rfqs/{scene.rfq['id']}"
    accepted = await scene.accepted("30")
    await _deliver(scene, 0, accepted["order_id"], "30")
    await buyer.done("POST", f"{path}/close-without-award", {"reason": "capacity_insufficient"})
    before = await _report(buyer)
    assert before["potential_idr"] == "554829"  # 100 x 5,548.29
    draft = await buyer.done("POST", f"{path}/reissue", {"remaining_only": True})
    assert await _report(buyer) == before, "a draft changes nothing"
    change = {"quotes_close_at": (datetime.now(WIB) + timedelta(hours=1)).isoformat()}
    patched = await buyer.done("PATCH", f"/v1/rfqs/{draft['id']}", change, etag=draft["etag"])
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish", etag=patched["etag"])
    assert await _report(buyer) == before, "30 there, 70 here"
    assert await _from_feed(world, buyer) == before
    lines = (await buyer.done("GET", PATH))["lines"]
    assert [(line["is_superseded"], line["counted_potential"]) for line in lines] == [(True, "30"), (False, "70")]
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/cancel", {"reason": "demand_withdrawn"})
    after = await _report(buyer)
    assert after == before | {"potential_idr": "166449"}, "the rest of the need is gone; what was realised stays"
    assert await _from_feed(world, buyer) == after


async def test_the_feed_agrees_however_an_award_ends(world: World) -> None:
    each = [priced("90"), priced("100"), priced("110")]
    scene = await Scene.set(world, suppliers=3, change={"baseline": BASELINE}, head={"standstill_days": 1}, each=each)
    buyer = scene.buyer

    async def agree(committed: str) -> None:
        report = await _report(buyer)
        assert (report["committed_idr"], await _from_feed(world, buyer)) == (committed, report)

    declined = await scene.issued("60")
    await agree("0")
    await scene.step(scene.suppliers[0], declined, "decline", {"reason": "capacity_full"})
    offered = await buyer.done("POST", f"/v1/awards/{declined['id']}/offer-next")
    lapsing = (await scene.step(buyer, offered, "issue")).json()
    await world.pass_acceptance(lapsing)
    await openings.tick(world.services.db)
    await agree("0")
    last = await buyer.done("POST", f"/v1/awards/{lapsing['id']}/offer-next")
    issued = (await scene.step(buyer, last, "issue")).json()
    objected = await scene.suppliers[1].done("POST", f"/v1/rfqs/{scene.rfq['id']}/objections", {"text": "Keberatan."})
    decision = {"outcome": "dismissed", "answer": "Tidak tepat."}
    await buyer.done("POST", f"/v1/objections/{objected['id']}/decide", decision, etag=objected["etag"])
    cancelled = await scene.issued("40", of=1)
    await scene.step(buyer, cancelled, "cancel", {"reason": "entered_in_error"})
    await world.pass_standstill(issued)
    accepted = await scene.step(scene.suppliers[2], issued, "accept")
    await agree("332897")  # 60 x 5,548.29
    await _deliver(scene, 2, accepted.json()["order_id"], "60")
    await buyer.done("POST", f"/v1/rfqs/{scene.rfq['id']}/close-without-award", {"reason": "demand_changed"})
    await agree("332897")
    today = datetime.now(WIB).date()
    for period in (Period(first=today, last=today), Period(last=today - timedelta(1))):
        query = "&".join(f"{name}={day}" for name, day in (("from", period.first), ("to", period.last)) if day)
        report = (await buyer.done("GET", f"{PATH}?{query}"))["total"]
        assert await _from_feed(world, buyer, period) == report


async def test_what_is_taken_back_is_not_realised(world: World) -> None:
    scene = await Scene.set(world, change={"baseline": BASELINE})
    accepted = await scene.accepted("60")
    await _deliver(scene, 0, accepted["order_id"], "50")
    assert (await _report(scene.buyer))["accepted_quantity"] == "50"
    # No operation lowers an accepted quantity yet; the report follows where orders keep it.
    await world.owner.execute(
        "UPDATE order_line SET accepted = 45, rejected = rejected + 5 WHERE order_id = $1",
        read("order", accepted["order_id"]),
    )
    found = await _report(scene.buyer)
    assert (found["accepted_quantity"], found["realised_idr"]) == ("45", "249673")  # 45 x 5,548.29 = 249,673.05
    assert found["committed_idr"] == "332897"


async def test_a_slip_of_the_pen_does_not_break_everybody_s_sums(world: World) -> None:
    buyer = await world.party("buyer")
    for change, member in (
        ({"cif_unit_price": "99999999999999", "idr_rate": "99999999999999"}, "idr_rate"),
        ({"duty_percent": "-1"}, "duty_percent"),
        ({"duty_percent": "1001"}, "duty_percent"),
    ):
        body = world.rfq_body() | {"lines": [world.line(baseline=BASELINE | change)]}
        response = await buyer.post("/v1/rfqs", body)
        assert (response.status_code, response.json()["code"]) == (422, "invalid"), change
        assert [error["pointer"] for error in response.json()["errors"]] == [f"/lines/0/baseline/{member}"]
    largest = BASELINE | {"cif_unit_price": "99999999999999", "idr_rate": "1", "annual_quantity": "99999999999999"}
    for _ in range(3):
        lines = [world.line(number, quantity="999999999999", baseline=largest) for number in range(1, 51)]
        draft = await buyer.done("POST", "/v1/rfqs", world.rfq_body() | {"lines": lines})
        await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    assert (await _report(buyer))["potential_idr"] == str(150 * 999999999999 * 99999999999999)
    assert (await (await world.party("facilitator")).get(PATH)).status_code == 200
