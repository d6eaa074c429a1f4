"""disqualify_quote through HTTP."""

from domain.actors import SYSTEM
from domain.ids import read
from domain.quotes import sql as quotes
from world import World

BODY = {"reason": "specification_not_met", "note": "h8 is not h7"}


async def test_an_opened_quote_is_excluded_and_its_supplier_told_why(world: World) -> None:
    buyer, supplier, other = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    quote, rest = await world.quote(supplier, rfq, "1"), await world.quote(other, rfq, "2")
    await world.opened(buyer, rfq)
    path = f"/v1/quotes/{quote['id']}"
    seen = await buyer.done("GET", path)
    assert seen["allowed_actions"] == ["shortlist_quote", "disqualify_quote"]
    first = await buyer.post(f"{path}/disqualify", BODY, key="once", etag=seen["etag"])
    again = await buyer.post(f"{path}/disqualify", BODY, key="once", etag=seen["etag"])
    assert (first.status_code, first.json()["state"], again.content) == (200, "disqualified", first.content)
    told = await supplier.done("GET", path)
    assert (told["end_reason"], told["end_note"]) == ("specification_not_met", "h8 is not h7")
    event = next(event for event in await world.feed(supplier) if event.type == "quote.disqualified")
    assert event.data["reason"] == "specification_not_met"
    assert "quote.disqualified" not in [event.type for event in await world.feed(other)]
    tab = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/comparison")
    assert {column["quote_id"]: column["rank"] for column in tab["columns"]} == {quote["id"]: None, rest["id"]: 1}
    second = await buyer.post(f"{path}/disqualify", BODY)
    assert (second.status_code, second.json()["state"]) == (409, "disqualified")
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await quotes.get(tx, read("quote", quote["id"])))


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    path = f"/v1/quotes/{quote['id']}/disqualify"
    early = await buyer.post(path, BODY)
    assert (early.status_code, early.json()["code"]) == (409, "still_sealed"), "not blindly"
    await world.opened(buyer, rfq)
    assert (await rival.post(path, BODY)).status_code == 404
    assert (await supplier.post(path, BODY)).json()["code"] == "forbidden"
    assert (await buyer.post(path, {"reason": "ugly"})).json()["code"] == "invalid"
    assert (await buyer.post(path, BODY, etag='"1"')).json()["code"] == "stale_version"
    reader = await world.key(buyer.organisation_id, "reader", scopes=["quotes:read"])
    assert (await reader.post(path, BODY)).json()["code"] == "scope_missing"
    dry = await buyer.post(path, BODY, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "disqualified")
    assert (await buyer.done("GET", f"/v1/quotes/{quote['id']}"))["state"] == "opened"


async def test_not_while_an_award_of_it_is_under_way(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    await world.opened(buyer, rfq)
    lines = [{"line_no": 1, "quantity": "10", "reason": "lowest_total_cost"}]
    award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": quote["id"], "lines": lines})
    path = f"/v1/quotes/{quote['id']}/disqualify"
    assert (await buyer.post(path, BODY)).json()["code"] == "wrong_state"
    cancelled = f"/v1/awards/{award['id']}/cancel"
    await buyer.done("POST", cancelled, {"reason": "entered_in_error"})
    assert (await buyer.done("POST", path, BODY))["state"] == "disqualified"
