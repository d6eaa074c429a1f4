"""Budgetary and benchmark RFQs: shown as such, compared, never awarded, closed with the reason that they were for."""

import pytest
from round_scene import Rounds, soon

from world import World

INTENTS = pytest.mark.parametrize("intent", ["budgetary", "benchmark"])


@INTENTS
async def test_compared_and_closed_but_not_awarded(world: World, intent: str) -> None:
    scene = await Rounds.set(world, "70", "50", intent=intent)
    supplier = scene.suppliers[0]
    cards = await supplier.done("GET", "/v1/rfqs")
    assert [card["intent"] for card in cards["items"] if card["id"] == scene.rfq["id"]] == [intent]
    assert (await supplier.done("GET", scene.path))["intent"] == intent
    assert (await scene.ranks())[scene.quotes[1]["id"]] == ("opened", 1)
    line = {"line_no": 1, "quantity": "1", "reason": "lowest_total_cost"}
    refused = await scene.buyer.post(f"{scene.path}/awards", {"quote_id": scene.quotes[1]["id"], "lines": [line]})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_firm")
    offer = {"payment_days": 1, "answer_by": soon()}
    negotiated = await scene.buyer.post(f"/v1/quotes/{scene.quotes[1]['id']}/counter-offers", offer)
    assert (negotiated.status_code, negotiated.json()["code"]) == (409, "not_firm")
    ended = await scene.buyer.done("POST", f"{scene.path}/close-without-award", {"reason": "price_check_done"})
    assert (ended["state"], ended["end_reason"]) == ("not_awarded", "price_check_done")
    for party, band in zip(scene.suppliers, ("middle", "top"), strict=True):
        [(_, heard)] = await scene.told(party, "quote.not_awarded")
        assert (heard["reason"], heard["rank_band"]) == ("price_check_done", band)


async def test_a_firm_one_does_not_end_as_a_price_check(world: World) -> None:
    scene = await Rounds.set(world, "70")
    refused = await scene.buyer.post(f"{scene.path}/close-without-award", {"reason": "price_check_done"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason")
