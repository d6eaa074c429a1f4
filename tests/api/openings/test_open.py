"""open_quotes through HTTP: when, by whom, all at once, checked against the receipts."""

import asyncio
from typing import Any

from domain.actors import SYSTEM
from domain.ids import read
from domain.quotes import sql as quotes
from domain.rfqs import sql as rfqs
from world import World


async def attempts(world: World, rfq: Any) -> list[tuple[str, str]]:
    rows = await world.owner.fetch(
        "SELECT operation, refusal FROM sealed_access_attempt WHERE rfq_id = $1 ORDER BY id", read("rfq", rfq["id"])
    )
    return [(row["operation"], row["refusal"]) for row in rows]


async def test_all_submitted_quotes_are_opened_at_once(world: World) -> None:
    buyer, one, two, idle = await world.parties("buyer", "supplier", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    made = [await world.quote(one, rfq, "120.5"), await world.quote(two, rfq, "99.25", currency="USD")]
    unsent = await idle.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq))
    await world.pass_deadline(rfq)
    path = f"/v1/rfqs/{rfq['id']}/open-quotes"
    first = await buyer.post(path, key="once", etag=rfq["etag"])
    again = await buyer.post(path, key="once", etag=rfq["etag"])
    opened = first.json()
    assert (first.status_code, opened["state"], again.content) == (200, "evaluating", first.content)
    assert again.headers["idempotent-replayed"] == "true"
    # The clock had not come by: the opening closed the RFQ first, with effect from the deadline.
    assert opened["closed_at"] == opened["quotes_close_at"] < opened["opened_at"]
    states = {quote["id"]: (await one.get(f"/v1/quotes/{quote['id']}")).status_code for quote in made}
    assert states == {made[0]["id"]: 200, made[1]["id"]: 404}, "an opening is no publication to rivals"
    assert (await idle.done("GET", f"/v1/quotes/{unsent['id']}"))["state"] == "lapsed"
    told = [event.type for event in await world.feed(one) if event.type == "quote.opened"]
    assert len(told) == 1, "its own and no other's"
    key = read("rfq", rfq["id"])
    [opening] = await world.feed(buyer, subject_id=key, types=["rfq.quotes_opened"])
    assert set(opening.data["quotes"]) == {quote["id"] for quote in made}
    [told_to_one] = await world.feed(one, subject_id=key, types=["rfq.quotes_opened"])
    assert set(told_to_one.data) == {"opened_at", "round", "root"}, "how many others there are is the buyer's"
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await rfqs.get(tx, key), besides=["quotes_close_at"])
        for quote in (*made, unsent):
            await world.replays(await quotes.get(tx, read("quote", quote["id"])))
    second = await buyer.post(path)
    assert (second.status_code, second.json()["code"], second.json()["state"]) == (409, "wrong_state", "evaluating")


async def test_an_early_attempt_is_refused_and_on_record(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    await world.quote(supplier, rfq)
    path = f"/v1/rfqs/{rfq['id']}/open-quotes"
    first = await buyer.post(path, key="once")
    assert (first.status_code, first.json()["code"]) == (409, "deadline_not_reached")
    assert (await buyer.post(path, key="once")).headers["idempotent-replayed"] == "true"
    dry = await buyer.post(path, headers={"prefer": "dry-run"})
    assert dry.json()["code"] == "deadline_not_reached"
    assert await attempts(world, rfq) == [("open_quotes", "deadline_not_reached")] * 2, "a replay is no attempt"
    assert (await buyer.done("GET", f"/v1/rfqs/{rfq['id']}"))["etag"] == rfq["etag"]


async def test_who_may_not_and_on_what_condition(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "buyer")
    rfq, hidden = await world.rfq(buyer), await world.rfq(buyer, visibility="invited")
    await world.pass_deadline(rfq)
    path = f"/v1/rfqs/{rfq['id']}/open-quotes"
    assert (await supplier.post(path)).json()["code"] == "forbidden"
    assert (await rival.post(path)).status_code in {403, 404}
    assert (await rival.post(f"/v1/rfqs/{hidden['id']}/open-quotes")).status_code in {403, 404}
    draft = await world.draft(buyer)
    assert (await rival.post(f"/v1/rfqs/{draft['id']}/open-quotes")).status_code == 404
    assert (await buyer.post(f"/v1/rfqs/{draft['id']}/open-quotes")).json()["code"] == "wrong_state"
    publisher = await world.key(buyer.organisation_id, "publisher", scopes=["rfqs:publish"])
    assert (await publisher.post(path)).json()["code"] == "scope_missing"
    assert (await buyer.post(path, etag='"1"')).json()["code"] == "stale_version"
    assert (await buyer.post(path, key="")).json()["code"] == "idempotency_key_required"
    dry = await buyer.post(path, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "evaluating")
    shown = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}")
    assert shown["state"] == "open", "the dry run undid the closing too"
    assert "open_quotes" in shown["allowed_actions"], "and nobody has to wait for the clock"


async def test_two_different_people_where_the_buyer_asks_for_them(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    ana = await world.key(buyer.organisation_id, "ana", person="Ana")
    ana_too = await world.key(buyer.organisation_id, "ana's script", person="ana")
    budi = await world.key(buyer.organisation_id, "budi", person="Budi")
    rfq = await world.rfq(buyer, opening_quorum=2)
    quote = await world.quote(supplier, rfq)
    path = f"/v1/rfqs/{rfq['id']}/open-quotes"
    assert (await ana.post(path)).json()["code"] == "deadline_not_reached", "no approval in advance"
    await world.pass_deadline(rfq)
    first = await ana.done("POST", path)
    assert (first["state"], first["opening_approvals"], first["opened_at"]) == ("closed", 1, None)
    assert (await ana.get(f"/v1/quotes/{quote['id']}")).json()["code"] == "still_sealed"
    for same in (ana, ana_too):
        answer = await same.post(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "four_eyes_required")
    opened = await budi.done("POST", path)
    assert (opened["state"], opened["opening_approvals"]) == ("evaluating", 2)
    key = read("rfq", rfq["id"])
    assert [event.type for event in await world.feed(buyer, subject_id=key)][-3:] == [
        "rfq.closed",
        "rfq.opening_approved",
        "rfq.quotes_opened",
    ]
    assert await world.feed(supplier, subject_id=key, types=["rfq.opening_approved"]) == []


async def test_two_openings_at_once_open_once(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    await world.quote(supplier, rfq)
    await world.pass_deadline(rfq)
    answers = await asyncio.gather(*(buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_an_rfq_without_quotes_is_opened_too(world: World) -> None:
    buyer = await world.party("buyer")
    rfq = await world.rfq(buyer)
    assert (await world.opened(buyer, rfq))["state"] == "evaluating"
    tab = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/comparison")
    assert tab["columns"] == []


async def test_a_broken_seal_opens_nothing_and_is_loud(world: World) -> None:
    buyer, one, two = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    made = [await world.quote(supplier, rfq, price) for supplier, price in ((one, "5"), (two, "6"))]
    keys = [read("quote", quote["id"]) for quote in made]
    # Somebody with the owner's rights puts the content of one quote in the place of the other.
    await _swap(world, keys)
    await world.pass_deadline(rfq)
    answer = await buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes")
    assert (answer.status_code, answer.json()["code"]) == (500, "seal_broken")
    assert made[0]["id"] in answer.json()["detail"]
    assert await attempts(world, rfq) == [("open_quotes", "seal_broken")]
    shown = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}")
    assert (shown["state"], shown["opened_at"]) == ("open", None)
    assert await world.owner.fetchval("SELECT count(*) FROM quote_opened WHERE quote_id = ANY ($1)", keys) == 0
    await _swap(world, keys)
    assert (await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/open-quotes"))["state"] == "evaluating"


async def _swap(world: World, keys: list[Any]) -> None:
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        await world.owner.execute(
            "UPDATE quote_submission s SET sealed = other.sealed FROM quote_submission other "
            "WHERE s.quote_id = ANY ($1) AND other.quote_id = ANY ($1) AND other.quote_id <> s.quote_id",
            keys,
        )


async def test_the_api_role_cannot_read_the_keys(world: World) -> None:
    privilege = "SELECT has_column_privilege($1, 'rfq_key', 'sealed_private_key', 'SELECT')"
    assert not await world.owner.fetchval(privilege, "jembatan_api")
    assert not await world.owner.fetchval(privilege, "jembatan_dispatcher")
    assert await world.owner.fetchval(privilege, "jembatan_opener")
