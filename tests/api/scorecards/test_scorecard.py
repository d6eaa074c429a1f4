"""get_scorecard and list_scorecard_formulas through HTTP: figures, the same from the feed, and who sees what."""

from typing import Any

from questions_scene import asked, joined
from scorecard_scene import card, deliver, figures, heard, recomputed

from domain.actors import SCOPES
from world import Party, World


async def _alike(world: World, scored: Party, shown: Any) -> None:
    found = await recomputed(world, scored, shown)
    assert [{name: item[name] for name in found[0]} for item in shown["figures"]] == found


async def test_a_supplier_without_deliveries_has_no_figures(world: World) -> None:
    supplier = await world.party("supplier")
    shown = await card(supplier, supplier)
    assert (shown["side"], shown["window"], shown["formulas_version"]) == ("supplier", "365d", 1)
    assert [item["code"] for item in shown["figures"]] == [
        "on_time_in_full",
        "rejected_ppm",
        "lots_accepted",
        "response",
        "acknowledgement_days",
        "corrective_action_days",
    ]
    for item in shown["figures"]:
        assert (item["status"], item["value"], item["low"], item["n"]) == ("insufficient_data", None, None, 0)
        assert (item["trend"], item["event_ids"]) == ("insufficient_data", [])
        assert [quarter["value"] for quarter in item["quarters"]] == [None] * 4
    await _alike(world, supplier, shown)
    buyer = await world.party("buyer")
    assert (await card(buyer, buyer))["side"] == "buyer"


async def test_what_was_delivered_is_scored_and_the_feed_gives_the_same(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    for number in range(5):
        order = await world.order(buyer, supplier, quantities=("100",))
        assert (await figures(supplier, supplier))["on_time_in_full"]["status"] == "insufficient_data"
        await deliver(world, buyer, supplier, order, "90" if number else "100", "10" if number else "0")
        if number:
            assert (await figures(supplier, supplier))["on_time_in_full"]["n"] == number + 1
    shown = await card(supplier, supplier, "?window=90d")
    found = {item["code"]: item for item in shown["figures"]}
    # Five lines received in full before their day, of five: Wilson's interval for 5 of 5 begins at 5 / (5 + z²) = 0.5655.
    punctual = found["on_time_in_full"]
    assert (punctual["value"], punctual["low"], punctual["high"]) == ("1.0000", "0.5655", "1.0000")
    assert (punctual["n"], punctual["status"]) == (5, "ok")
    # Four lots with rejections are marks: not counted for ten days, and one lot is too little.
    assert (found["rejected_ppm"]["n"], found["rejected_ppm"]["pending"]) == (1, 4)
    assert found["rejected_ppm"]["status"] == "insufficient_data"
    assert (found["acknowledgement_days"]["value"], found["acknowledgement_days"]["n"]) == ("0.00", 5)
    assert found["response"]["n"] == 0, "nobody was invited: the RFQs were open to all"
    events = {event["id"] for event in await heard(world, supplier)}
    assert events >= set(punctual["event_ids"])
    assert punctual["event_count"] == len(punctual["event_ids"]) == 15, "issued, acknowledged, received: of five"
    await _alike(world, supplier, shown)
    bought = await card(buyer, buyer)
    rate = next(item for item in bought["figures"] if item["code"] == "award_rate")
    assert (rate["value"], rate["n"]) == ("1.0000", 5)
    changes = next(item for item in bought["figures"] if item["code"] == "changes_after_award")
    assert (changes["value"], changes["n"], changes["low"]) == ("0.00", 5, None)
    await _alike(world, buyer, bought)


async def test_invitations_questions_and_endings(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    for number in range(6):
        rfq = await world.draft(buyer, visibility="invited")
        await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/invitations", {"supplier_ids": [supplier.id]})
        rfq = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/publish")
        await joined(supplier, rfq)
        if number < 3:
            question = await asked(supplier, rfq)
            body = {"answer": "S45C."}
            await buyer.done("POST", f"/v1/questions/{question['id']}/answer", body)
        if number < 2:
            await world.quote(supplier, rfq)
        elif number == 2:
            await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/decline", {"reason": "capacity_full"})
        if number == 5:
            await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/cancel", {"reason": "demand_withdrawn"})
            continue
        await world.opened(buyer, rfq)
        await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/close-without-award", {"reason": "no_quotes_received"})
    shown = await card(supplier, supplier)
    found = {item["code"]: item for item in shown["figures"]}["response"]
    assert (found["n"], found["pending"], found["status"]) == (3, 2, "insufficient_data"), (
        "the cancelled one is left out"
    )
    await _alike(world, supplier, shown)
    bought = await card(buyer, buyer, "?window=180d")
    by_code = {item["code"]: item for item in bought["figures"]}
    assert (by_code["answer_hours"]["value"], by_code["answer_hours"]["n"]) == ("0.00", 3)
    # None of six: Wilson's interval ends at z² / (6 + z²) = 0.3903.
    rate = by_code["award_rate"]
    assert (rate["value"], rate["low"], rate["high"], rate["n"]) == ("0.0000", "0.0000", "0.3903", 6)
    await _alike(world, buyer, bought)


async def test_who_sees_whose_scorecard(world: World) -> None:
    supplier, rival = await world.parties("supplier", "supplier")
    buyers = await world.parties(*["buyer"] * 4)
    for number, buyer in enumerate(buyers):
        for _ in range(2):
            order = await world.order(buyer, supplier, quantities=("10",))
            await deliver(world, buyer, supplier, order, "10")
        other = await world.party("buyer")
        stranger = (await figures(other, supplier))["on_time_in_full"]
        own = (await figures(buyer, supplier))["on_time_in_full"]
        if number < 2:
            assert (stranger["status"], stranger["n"]) == ("insufficient_data", None), "one buyer's orders, or two's"
        elif number == 2:
            assert (stranger["value"], stranger["n"]) == ("1.0000", 6), "three buyers"
            assert (own["status"], own["n"]) == ("insufficient_data", None), "two besides itself"
        assert stranger["event_ids"] == []
        assert own["event_count"] == 6, "only of its own two orders"
    seen = (await figures(buyers[0], supplier))["on_time_in_full"]
    assert (seen["value"], seen["n"]) == ("1.0000", 8)
    whole = (await figures(supplier, supplier))["on_time_in_full"]
    assert set(seen["event_ids"]) < set(whole["event_ids"])
    assert (seen["trend"], seen["previous"], seen["quarters"]) == ("insufficient_data", None, [])
    for role in ("facilitator", "operator"):
        party = await world.party(role)
        assert (await figures(party, supplier))["on_time_in_full"]["n"] == 8
        assert (await figures(party, buyers[0], "?side=buyer"))["changes_after_award"]["n"] is None
    shorter = await buyers[0].get(f"/v1/organisations/{supplier.id}/scorecard?window=90d")
    assert (shorter.status_code, shorter.json()["code"]) == (422, "invalid"), "windows could be subtracted"
    path = f"/v1/organisations/{supplier.id}/scorecard"
    for party in (
        rival,
        await world.party("buyer", state="registered"),
        await world.party("facilitator", state="registered"),
    ):
        assert (await party.get(path)).status_code == 404
    assert (await rival.get(f"/v1/organisations/{buyers[0].id}/scorecard")).status_code == 404
    assert (await supplier.get(f"/v1/organisations/{buyers[0].id}/scorecard")).status_code == 200, "it has an order"
    assert (await buyers[0].get(f"/v1/organisations/{rival.id}/scorecard")).status_code == 200, "a verified supplier"
    waiting = await world.party("supplier", state="registered")
    assert (await buyers[0].get(f"/v1/organisations/{waiting.id}/scorecard")).status_code == 404
    reader = await world.key(
        supplier.organisation_id, "r", scopes=[scope for scope in SCOPES if scope != "reports:read"]
    )
    assert (await reader.get(path)).json()["code"] == "scope_missing"


async def test_parameters(world: World) -> None:
    supplier = await world.party("supplier")
    path = f"/v1/organisations/{supplier.id}/scorecard"
    for query, code in (
        ("side=judge", "invalid_parameter"),
        ("window=1d", "invalid_parameter"),
        ("window=%00", "invalid_parameter"),
        ("since=2026-01-01", "unknown_parameter"),
    ):
        refused = await supplier.get(f"{path}?{query}")
        assert (refused.status_code, refused.json()["code"]) == (400, code), query
    for unknown in ("org_" + "0" * 32, "nobody", "%00", "rfq_" + "0" * 32):
        assert (await supplier.get(f"/v1/organisations/{unknown}/scorecard")).status_code == 404


async def test_the_catalogue(world: World) -> None:
    supplier = await world.party("supplier")
    found = await supplier.done("GET", "/v1/meta/scorecard-formulas", headers={"accept-language": "en"})
    assert (found["version"], found["reply_days"]) == (1, 10)
    assert "Wilson" in found["interval"]
    by_code = {item["code"]: item for item in found["items"]}
    assert by_code["on_time_in_full"]["label"] == "On time in full"
    assert by_code["rejected_ppm"]["direction"] == "lower_is_better"
    assert "receipt.recorded" in by_code["on_time_in_full"]["event_types"]
    shown = [(await card(supplier, supplier, f"?side={side}"))["figures"] for side in ("supplier", "buyer")]
    assert [item["code"] for side in shown for item in side] == [item["code"] for item in found["items"]]
    indonesian = await supplier.done("GET", "/v1/meta/scorecard-formulas", headers={"accept-language": "id"})
    assert indonesian["items"][0]["label"] == "Tepat waktu dan lengkap"
