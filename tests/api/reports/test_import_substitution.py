"""get_import_substitution through HTTP: from a baseline to accepted pieces, and the same from the change feed."""

from typing import Any

from award_scene import Scene

from domain.actors import SCOPES
from domain.reports.feed import figures_from_feed
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


async def _from_feed(world: World, buyer: Party) -> dict[str, str]:
    await world.feed(buyer)  # nothing elsewhere holds it back any more
    events: list[Any] = []
    after = ""
    while True:
        page = await buyer.done("GET", f"/v1/events?limit=100{after}")
        if not page["items"]:
            break
        events += page["items"]
        after = f"&after={page['next_cursor']}"
    found = figures_from_feed(events)
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
    own = await scene.buyer.done("GET", PATH)
    assert [group["key"] for group in own["by_process"]] == ["turning_cnc"]
    assert [group["key"] for group in own["by_buyer"]] == [scene.buyer.id]
    for role in ("facilitator", "operator"):
        whole = await (await world.party(role)).done("GET", PATH)
        assert whole["lines"] == [], "sums only"
        [group] = [group for group in whole["by_buyer"] if group["key"] == scene.buyer.id]
        assert group["figures"] == own["total"]
    refused = await scene.suppliers[0].get(PATH)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert (await (await world.party("facilitator", state="registered")).get(PATH)).status_code == 403
    reader = await world.key(
        scene.buyer.organisation_id, "r", scopes=[scope for scope in SCOPES if scope != "reports:read"]
    )
    assert (await reader.get(PATH)).json()["code"] == "scope_missing"


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
