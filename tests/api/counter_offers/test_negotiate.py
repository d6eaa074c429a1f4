"""Counter-offers through HTTP: accepted and awarded at that price, declined, withdrawn, expired, and every refusal."""

from typing import Any

import asyncpg
import pytest
from round_scene import Rounds, soon

from domain.actors import SYSTEM
from domain.counter_offers import sql as counter_offers
from domain.ids import read
from domain.openings import commands as openings
from domain.quotes import sql as quotes
from world import World

PRICE = "43.1729"


def offer(**changes: Any) -> dict[str, Any]:
    line = {"line_no": 1, "quantity": "100", "unit_price": PRICE, "lead_time_days": 7}
    return {"lines": [line], "payment_days": 45, "message": "Bisa?", "answer_by": soon(), **changes}


async def made(scene: Rounds, place: int = 0, **changes: Any) -> Any:
    return await scene.buyer.done("POST", f"/v1/quotes/{scene.quotes[place]['id']}/counter-offers", offer(**changes))


async def test_accepted_and_awarded_at_that_price(world: World) -> None:
    scene = await Rounds.set(world, "50", "45")
    [supplier, rival], quote = scene.suppliers, f"/v1/quotes/{scene.quotes[0]['id']}"
    first = await scene.buyer.post(f"{quote}/counter-offers", offer(), key="once")
    again = await scene.buyer.post(f"{quote}/counter-offers", offer(answer_by=first.json()["answer_by"]), key="once")
    assert (first.status_code, first.json()["state"], first.json()["lines"][0]["unit_price"]) == (
        201, "proposed", PRICE,
    )  # fmt: skip
    assert (again.status_code, again.json()["code"]) == (422, "idempotency_key_reused"), "another body, another key"
    path = first.headers["location"]
    seen = await supplier.done("GET", path)
    assert seen["allowed_actions"] == ["accept_counter_offer", "decline_counter_offer"]
    assert (seen["message"], seen["payment_days"], seen["currency"]) == ("Bisa?", 45, "IDR")
    listed = await supplier.done("GET", f"{quote}/counter-offers")
    assert [item["id"] for item in listed["items"]] == [seen["id"]]
    accepted = await supplier.post(f"{path}/accept", key="yes", etag=seen["etag"])
    replay = await supplier.post(f"{path}/accept", key="yes", etag=seen["etag"])
    assert (accepted.status_code, accepted.json()["state"], replay.content) == (200, "accepted", accepted.content)

    for party in (scene.buyer, supplier):
        now = await party.done("GET", quote)
        assert now["content"]["lines"][0]["breaks"] == [{"min_quantity": "1", "unit_price": "50.0000"}], "the original"
        assert now["amended_content"]["lines"][0]["breaks"] == [
            {"min_quantity": "1", "unit_price": "50.0000"}, {"min_quantity": "100", "unit_price": PRICE},
        ]  # fmt: skip
        assert (now["amended_content"]["payment_days"], now["amended_content"]["lines"][0]["lead_time_days"]) == (45, 7)
        assert (now["totals"]["computed_total"], len(now["amendments"])) == ("4317", 1)
    assert await scene.ranks() == {scene.quotes[0]["id"]: ("opened", 1), scene.quotes[1]["id"]: ("opened", 2)}
    page = await scene.buyer.done("GET", f"{scene.path}/quotes")
    assert [item["totals"]["computed_total"] for item in page["items"]] == ["4317", "4500"]
    line = {"line_no": 1, "quantity": "100", "reason": "lowest_total_cost"}
    award = await scene.buyer.done("POST", f"{scene.path}/awards", {"quote_id": scene.quotes[0]["id"], "lines": [line]})
    assert (award["lines"][0]["unit_price"], award["total"]) == (PRICE, "4317")
    issued = await scene.buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    taken = await supplier.done("POST", f"/v1/awards/{award['id']}/accept", etag=issued["etag"])
    order = await supplier.done("GET", f"/v1/orders/{taken['order_id']}")
    assert (order["lines"][0]["unit_price"], order["payment_days"]) == (PRICE, 45)

    for party in (scene.buyer, supplier, rival):
        feed = await world.feed(party)
        assert PRICE not in repr(feed)
        assert "Bisa?" not in repr(feed)
        wanted = {"counter_offer.proposed", "counter_offer.accepted", "quote.amended"}
        assert {event.type for event in feed} & wanted == (set() if party is rival else wanted)
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await counter_offers.get(tx, read("counter_offer", seen["id"])))
        await world.replays(await quotes.get(tx, read("quote", scene.quotes[0]["id"])))
    with pytest.raises(asyncpg.RestrictViolationError):
        await world.owner.execute("UPDATE quote_amendment SET payment_days = 1")


async def test_agreements_add_up_and_lower_the_minimum(world: World) -> None:
    scene = await Rounds.set(world, "50")
    scene.rfq = await world.rfq(scene.buyer)
    line = world.quote_body(scene.rfq)["lines"][0] | {
        "minimum_order_quantity": "500", "breaks": [{"min_quantity": "500", "unit_price": "50"}],
    }  # fmt: skip
    scene.quotes = [await world.quote(scene.suppliers[0], scene.rfq, lines=[line], payment_days=30)]
    await world.opened(scene.buyer, scene.rfq)
    for price in ("60", "55"):
        proposed = await made(scene, payment_days=None, lines=[{"line_no": 1, "quantity": "80", "unit_price": price}])
        await scene.suppliers[0].done("POST", f"/v1/counter-offers/{proposed['id']}/accept", etag=proposed["etag"])
    now = await scene.buyer.done("GET", f"/v1/quotes/{scene.quotes[0]['id']}")
    agreed = now["amended_content"]
    assert agreed["lines"][0]["breaks"] == [
        {"min_quantity": "80", "unit_price": "55.0000"}, {"min_quantity": "500", "unit_price": "50.0000"},
    ]  # fmt: skip
    assert (agreed["lines"][0]["minimum_order_quantity"], agreed["payment_days"]) == ("80", 30)
    assert [item["number"] for item in now["amendments"]] == [1, 2]
    assert now["totals"]["computed_total"] == "5500"
    body = {"quote_id": scene.quotes[0]["id"], "lines": [{"line_no": 1, "quantity": "90", "reason": "other"}]}
    assert (await scene.buyer.done("POST", f"{scene.path}/awards", body))["total"] == "4950"


async def test_declined_withdrawn_expired(world: World) -> None:
    scene = await Rounds.set(world, "50")
    supplier = scene.suppliers[0]
    first = await made(scene)
    wrong = await supplier.post(f"/v1/counter-offers/{first['id']}/decline", {"reason": "no"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/reason")
    body = {"reason": "price_below_cost", "note": "Material saja 44."}
    declined = await supplier.done("POST", f"/v1/counter-offers/{first['id']}/decline", body)
    assert (declined["state"], declined["end_reason"], declined["end_note"]) == ("declined", *body.values())
    second = await made(scene)
    withdrawn = await scene.buyer.done("POST", f"/v1/counter-offers/{second['id']}/withdraw", etag=second["etag"])
    assert withdrawn["state"] == "withdrawn"
    third = await made(scene)
    await world.owner.execute(
        "UPDATE counter_offer SET answer_by = clock_timestamp() WHERE id = $1", read("counter_offer", third["id"])
    )
    for action, sent in (("accept", None), ("decline", {"reason": "other"})):
        late = await supplier.post(f"/v1/counter-offers/{third['id']}/{action}", sent, etag=third["etag"])
        assert (late.status_code, late.json()["code"]) == (409, "deadline_passed"), "before the clock has come by"
    assert await openings.tick(world.services.db) >= 1
    assert (await supplier.done("GET", f"/v1/counter-offers/{third['id']}"))["state"] == "expired"
    for action, sent in (("accept", None), ("decline", {"reason": "other"})):
        over = await supplier.post(f"/v1/counter-offers/{third['id']}/{action}", sent, etag='"2"')
        assert (over.status_code, over.json()["state"]) == (409, "expired")
    gone = await scene.buyer.post(f"/v1/counter-offers/{third['id']}/withdraw")
    assert (gone.status_code, gone.json()["state"]) == (409, "expired")
    newest = await scene.buyer.done("GET", f"/v1/quotes/{scene.quotes[0]['id']}/counter-offers?limit=2")
    assert [item["state"] for item in newest["items"]] == ["expired", "withdrawn"]
    rest = await scene.buyer.done(
        "GET", f"/v1/quotes/{scene.quotes[0]['id']}/counter-offers?limit=2&after={newest['next_cursor']}"
    )
    assert [item["state"] for item in rest["items"]] == ["declined"]
    heard = [event for event in await world.feed(supplier) if event.type.startswith("counter_offer.")]
    assert [event.to_state for event in heard] == [
        "proposed", "declined", "proposed", "withdrawn", "proposed", "expired",
    ]  # fmt: skip
    assert "Material" not in repr([event.data for event in heard])
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await counter_offers.get(tx, read("counter_offer", third["id"])), besides=["answer_by"])


async def test_who_may_not(world: World) -> None:
    scene = await Rounds.set(world, "50", "45")
    supplier, rival = scene.suppliers
    stranger = await world.party("buyer", "supplier")
    quote = f"/v1/quotes/{scene.quotes[0]['id']}/counter-offers"
    assert (await supplier.post(quote, offer())).json()["code"] == "forbidden"
    for party in (rival, stranger):
        assert (await party.post(quote, offer())).status_code == 404
        assert (await party.get(quote)).status_code == 404
    proposed = await made(scene)
    path = f"/v1/counter-offers/{proposed['id']}"
    for party in (rival, stranger):
        assert (await party.get(path)).status_code == 404
        assert (await party.post(f"{path}/accept", etag=proposed["etag"])).status_code == 404
        assert (await party.post(f"{path}/decline", {"reason": "other"})).status_code == 404
        assert (await party.post(f"{path}/withdraw")).status_code == 404
    assert (await scene.buyer.post(f"{path}/accept", etag=proposed["etag"])).json()["code"] == "forbidden"
    assert (await scene.buyer.post(f"{path}/decline", {"reason": "other"})).json()["code"] == "forbidden"
    assert (await supplier.post(f"{path}/withdraw")).json()["code"] == "forbidden"
    assert (await supplier.post(f"{path}/accept")).json()["code"] == "version_required"
    assert (await supplier.post(f"{path}/accept", etag='"9"')).json()["code"] == "stale_version"
    dry = await supplier.post(f"{path}/accept", etag=proposed["etag"], headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "accepted")
    assert (await supplier.done("GET", path))["state"] == "proposed"


async def test_what_makes_no_sense(world: World) -> None:
    scene = await Rounds.set(world, "50")
    line = offer()["lines"][0]
    quote = f"/v1/quotes/{scene.quotes[0]['id']}/counter-offers"
    nonsense: list[tuple[dict[str, Any], str]] = [
        ({"answer_by": soon(hours=-1)}, "/answer_by"),
        ({"answer_by": soon(days=365)}, "/answer_by"),
        ({"lines": [], "payment_days": None}, ""),
        ({"lines": [line | {"line_no": 2}]}, "/lines/0/line_no"),
        ({"lines": [line, line]}, "/lines/1/line_no"),
        ({"lines": [line | {"quantity": "1.5"}]}, "/lines/0/quantity"),
        ({"lines": [line | {"unit_price": "1.23456"}]}, "/lines/0/unit_price"),
        ({"lines": [line | {"unit_price": "-1"}]}, "/lines/0/unit_price"),
        ({"lines": [line | {"unit_price": "99999999999999"}]}, "/lines/0/unit_price"),
    ]
    for change, pointer in nonsense:
        refused = await scene.buyer.post(quote, offer(**change))
        assert (refused.status_code, [error["pointer"] for error in refused.json()["errors"]]) == (422, [pointer])
    partly = await Rounds.set(world, "50", lines=2)
    partly.rfq = await world.rfq(partly.buyer, lines=2)
    answers = world.quote_body(partly.rfq)["lines"]
    answers[1] = {"line_no": 2, "answer": "declined", "decline_reason": "capacity_full"}
    partly.quotes = [await world.quote(partly.suppliers[0], partly.rfq, lines=answers)]
    await world.opened(partly.buyer, partly.rfq)
    body = offer(lines=[line | {"line_no": 2}])
    refused = await partly.buyer.post(f"/v1/quotes/{partly.quotes[0]['id']}/counter-offers", body)
    assert refused.json()["errors"][0]["pointer"] == "/lines/0/line_no"


async def test_when_not(world: World) -> None:
    scene = await Rounds.set(world, "50", "45")
    supplier, quote = scene.suppliers[0], f"/v1/quotes/{scene.quotes[0]['id']}/counter-offers"
    sealed = await world.rfq(scene.buyer)
    early = await world.quote(supplier, sealed)
    refused = await scene.buyer.post(f"/v1/quotes/{early['id']}/counter-offers", offer())
    assert (refused.status_code, refused.json()["code"]) == (409, "still_sealed")
    listed = await scene.buyer.get(f"/v1/quotes/{early['id']}/counter-offers")
    assert listed.json()["code"] == "still_sealed"

    proposed = await made(scene)
    twice = await scene.buyer.post(quote, offer())
    assert (twice.status_code, twice.json()["code"]) == (409, "duplicate")
    line = {"line_no": 1, "quantity": "10", "reason": "lowest_total_cost"}
    body = {"quote_id": scene.quotes[0]["id"], "lines": [line]}
    awarding = await scene.buyer.post(f"{scene.path}/awards", body)
    assert (awarding.status_code, awarding.json()["code"]) == (409, "wrong_state"), "while an answer is awaited"
    await scene.buyer.done("POST", f"/v1/counter-offers/{proposed['id']}/withdraw")
    award = await scene.buyer.done("POST", f"{scene.path}/awards", body)
    busy = await scene.buyer.post(quote, offer())
    assert (busy.status_code, busy.json()["code"]) == (409, "wrong_state")
    await scene.buyer.done("POST", f"/v1/awards/{award['id']}/cancel", {"reason": "other"})

    proposed = await made(scene)
    await world.owner.execute(
        "UPDATE quote SET valid_until = '2020-01-01' WHERE id = $1", read("quote", scene.quotes[0]["id"])
    )
    path = f"/v1/counter-offers/{proposed['id']}"
    expired = await supplier.post(f"{path}/accept", etag=proposed["etag"])
    assert (expired.status_code, expired.json()["code"]) == (409, "quote_expired")
    await scene.buyer.done("POST", f"{path}/withdraw")
    assert (await scene.buyer.post(quote, offer())).json()["code"] == "quote_expired"

    other = scene.quotes[1]["id"]
    waiting = await made(scene, 1)
    await scene.buyer.done("POST", f"/v1/quotes/{other}/disqualify", {"reason": "specification_not_met"})
    assert (await scene.buyer.done("GET", f"/v1/counter-offers/{waiting['id']}"))["state"] == "withdrawn"
    out = await scene.buyer.post(f"/v1/quotes/{other}/counter-offers", offer())
    assert (out.status_code, out.json()["state"]) == (409, "disqualified")


@pytest.mark.parametrize("end", ["round", "cancel", "close", "award"])
async def test_it_goes_with_the_evaluation(world: World, end: str) -> None:
    scene = await Rounds.set(world, "50", "45")
    await scene.shortlist(0)
    proposed = await made(scene)
    if end == "award":
        line = {"line_no": 1, "quantity": "10", "reason": "lowest_total_cost"}
        body = {"quote_id": scene.quotes[1]["id"], "lines": [line]}
        award = await scene.buyer.done("POST", f"{scene.path}/awards", body)
        issued = await scene.buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
        await scene.suppliers[1].done("POST", f"/v1/awards/{award['id']}/accept", etag=issued["etag"])
    else:
        steps = {
            "round": ("rounds", {"quotes_close_at": soon()}),
            "cancel": ("cancel", {"reason": "other"}),
            "close": ("close-without-award", {"reason": "other"}),
        }
        await scene.buyer.done("POST", f"{scene.path}/{steps[end][0]}", steps[end][1])
    path = f"/v1/counter-offers/{proposed['id']}"
    assert (await scene.suppliers[0].done("GET", path))["state"] == "withdrawn"
    late = await scene.suppliers[0].post(f"{path}/accept", etag='"2"')
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")
    again = await scene.buyer.post(f"/v1/quotes/{scene.quotes[0]['id']}/counter-offers", offer())
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")
