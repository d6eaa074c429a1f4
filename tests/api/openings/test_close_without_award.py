"""close_rfq_without_award through HTTP: a firm RFQ never ends in silence."""

from domain.actors import SYSTEM
from domain.ids import read
from domain.quotes import sql as quotes
from domain.rfqs import sql as rfqs
from world import World

BODY = {"reason": "price_above_import"}


async def test_everybody_who_quoted_hears_why_and_where_it_stood(world: World) -> None:
    buyer, *suppliers = await world.parties("buyer", "supplier", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    made = [await world.quote(party, rfq, price) for party, price in zip(suppliers, ("7", "5", "6"), strict=True)]
    opened = await world.opened(buyer, rfq)
    path = f"/v1/rfqs/{rfq['id']}/close-without-award"
    first = await buyer.post(path, BODY, key="once", etag=opened["etag"])
    again = await buyer.post(path, BODY, key="once", etag=opened["etag"])
    assert (first.status_code, first.json()["state"], again.content) == (200, "not_awarded", first.content)
    assert first.json()["end_reason"] == "price_above_import"
    bands = []
    for party, quote in zip(suppliers, made, strict=True):
        heard = [event for event in await world.feed(party) if event.type == "quote.not_awarded"]
        assert [event.data["quote_id"] for event in heard] == [quote["id"]], "its own and no other's"
        bands.append(heard[0].data["rank_band"])
        shown = await party.done("GET", f"/v1/quotes/{quote['id']}")
        assert (shown["state"], shown["end_reason"]) == ("not_awarded", "rfq_not_awarded")
        [ended] = await world.feed(party, subject_id=read("rfq", rfq["id"]), types=["rfq.not_awarded"])
        assert ended.data == {"reason": "price_above_import"}
    assert bands == ["bottom", "top", "middle"]
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await rfqs.get(tx, read("rfq", rfq["id"])), besides=["quotes_close_at"])
        for quote in made:
            await world.replays(await quotes.get(tx, read("quote", quote["id"])))
    second = await buyer.post(path, BODY)
    assert (second.status_code, second.json()["state"]) == (409, "not_awarded")


async def test_sealed_quotes_stay_sealed(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    path = f"/v1/rfqs/{rfq['id']}/close-without-award"
    early = await buyer.post(path, BODY)
    assert (early.status_code, early.json()["code"]) == (409, "wrong_state"), "quoting is open"
    await world.pass_deadline(rfq)
    # The clock has not come by: this closes it first.
    ended = await buyer.done("POST", path, {"reason": "demand_changed"})
    assert (ended["state"], ended["closed_at"]) == ("not_awarded", ended["quotes_close_at"])
    assert (await buyer.get(f"/v1/quotes/{quote['id']}")).status_code == 404
    assert (await buyer.get(f"/v1/rfqs/{rfq['id']}/comparison")).json()["code"] == "still_sealed"
    page = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/quotes")
    assert (page["sealed"], page["items"]) == (True, [])
    heard = next(event for event in await world.feed(supplier) if event.type == "quote.not_awarded")
    assert heard.data["rank_band"] is None
    assert "quote.not_awarded" not in [event.type for event in await world.feed(buyer)]


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "buyer")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    await world.opened(buyer, rfq)
    path = f"/v1/rfqs/{rfq['id']}/close-without-award"
    assert (await supplier.post(path, BODY)).json()["code"] == "forbidden"
    assert (await rival.post(path, BODY)).status_code in {403, 404}
    wrong = await buyer.post(path, {"reason": "because"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    assert [error["pointer"] for error in wrong.json()["errors"]] == ["/reason"]
    assert (await buyer.post(path, BODY, etag='"1"')).json()["code"] == "stale_version"
    assert (await buyer.post(path, BODY, key="")).json()["code"] == "idempotency_key_required"
    reader = await world.key(buyer.organisation_id, "reader", scopes=["rfqs:read"])
    assert (await reader.post(path, BODY)).json()["code"] == "scope_missing"
    dry = await buyer.post(path, BODY, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "not_awarded")
    assert (await supplier.done("GET", f"/v1/quotes/{quote['id']}"))["state"] == "opened"


async def test_not_while_an_award_waits_for_its_answer_and_the_rest_of_a_partial_one(world: World) -> None:
    buyer, one, two = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    chosen, other = await world.quote(one, rfq), await world.quote(two, rfq)
    await world.opened(buyer, rfq)
    lines = [{"line_no": 1, "quantity": "40", "reason": "lowest_total_cost"}]
    award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": chosen["id"], "lines": lines})
    path = f"/v1/rfqs/{rfq['id']}/close-without-award"
    assert (await buyer.post(path, BODY)).json()["code"] == "wrong_state"
    cancel = f"/v1/rfqs/{rfq['id']}/cancel"
    assert (await buyer.post(cancel, {"reason": "design_changed"})).json()["code"] == "wrong_state"
    issued = await buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    await one.done("POST", f"/v1/awards/{award['id']}/accept", etag=issued["etag"])
    rest = await buyer.done("POST", path, BODY)
    assert (rest["state"], rest["end_reason"]) == ("partially_awarded", "price_above_import")
    assert (await two.done("GET", f"/v1/quotes/{other['id']}"))["state"] == "not_awarded"
    assert (await one.done("GET", f"/v1/quotes/{chosen['id']}"))["state"] in {"awarded", "partially_awarded"}
    assert (await buyer.post(path, BODY)).status_code in {403, 409}
