"""What the clock does: closing at the deadline, ending what has expired; several clocks at once."""

import asyncio
from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.openings import commands as openings
from domain.quotes import sql as quotes
from domain.rfqs import sql as rfqs
from world import World


async def test_the_close_is_effective_at_the_deadline_and_the_suppliers_are_told(world: World) -> None:
    buyer, sent, unsent, withdrawn = await world.parties("buyer", "supplier", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    kept, taken = await world.quote(sent, rfq), await world.quote(withdrawn, rfq)
    await withdrawn.done("POST", f"/v1/quotes/{taken['id']}/withdraw")
    draft = await unsent.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq))
    key = read("rfq", rfq["id"])
    assert not await openings.close(world.services.db, key), "not before"
    await world.pass_deadline(rfq)
    assert await openings.close(world.services.db, key)
    assert not await openings.close(world.services.db, key), "once"
    shown = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}")
    assert (shown["state"], shown["closed_at"]) == ("closed", shown["quotes_close_at"])
    assert shown["allowed_actions"] == ["open_quotes", "close_rfq_without_award", "cancel_rfq"]
    states = [
        (await party.done("GET", f"/v1/quotes/{quote['id']}"))["state"]
        for party, quote in ((sent, kept), (unsent, draft), (withdrawn, taken))
    ]
    assert states == ["submitted", "lapsed", "lapsed"]
    assert len(await world.feed(unsent, subject_id=key, types=["rfq.closed"])) == 1
    assert len(await world.feed(unsent, subject_id=read("quote", draft["id"]), types=["quote.lapsed"])) == 1
    assert "quote.lapsed" not in [event.type for event in await world.feed(buyer)], "whose drafts there were is theirs"
    [closed] = await world.feed(buyer, subject_id=key, types=["rfq.closed"])
    assert (closed.actor_name, closed.organisation_id) == ("clock", None)
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await rfqs.get(tx, key), besides=["quotes_close_at"])
        for quote in (kept, draft, taken):
            await world.replays(await quotes.get(tx, read("quote", quote["id"])))


async def test_several_clocks_close_each_rfq_once(world: World) -> None:
    buyer = await world.party("buyer")
    due = [await world.rfq(buyer) for _ in range(5)]
    for rfq in due:
        await world.pass_deadline(rfq)
    waiting = await world.rfq(buyer)
    await asyncio.gather(*(openings.tick(world.services.db) for _ in range(4)))
    for rfq in due:
        events = await world.feed(buyer, subject_id=read("rfq", rfq["id"]))
        assert [event.type for event in events].count("rfq.closed") == 1
    assert (await buyer.done("GET", f"/v1/rfqs/{waiting['id']}"))["state"] == "open"


async def test_one_that_cannot_be_closed_does_not_keep_the_others_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    buyer = await world.party("buyer")
    stuck, free = await world.rfq(buyer), await world.rfq(buyer)
    for rfq in (stuck, free):
        await world.pass_deadline(rfq)
    close = openings.close

    async def closing(db: Any, rfq_id: Any) -> bool:
        if rfq_id == read("rfq", stuck["id"]):
            raise TimeoutError
        return await close(db, rfq_id)

    monkeypatch.setattr(openings, "close", closing)
    with pytest.raises(ExceptionGroup):
        await openings.tick(world.services.db)
    assert (await buyer.done("GET", f"/v1/rfqs/{free['id']}"))["state"] == "closed"


async def _expire(world: World, quote: Any) -> None:
    """Let the validity have ended long ago, in the row and in the event that tells of it."""
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        key = read("quote", quote["id"])
        await world.owner.execute("UPDATE quote SET valid_until = '2020-01-31' WHERE id = $1", key)
        await world.owner.execute(
            'UPDATE event SET change = change || \'{"valid_until": "2020-01-31"}\' '
            "WHERE subject_id = $1 AND type = 'quote.opened'",
            key,
        )


async def test_a_quote_expires_when_its_validity_has_passed(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    await world.opened(buyer, rfq)
    key = read("quote", quote["id"])
    assert not await openings.expire(world.services.db, key), "not before"
    await _expire(world, quote)
    await openings.tick(world.services.db)
    assert not await openings.expire(world.services.db, key), "once"
    assert (await supplier.done("GET", f"/v1/quotes/{quote['id']}"))["state"] == "expired"
    for party in (buyer, supplier):
        event = next(event for event in await world.feed(party) if event.type == "quote.expired")
        assert event.data["expired_at"] == "2020-01-31T17:00:00Z"
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await quotes.get(tx, key))


async def test_an_issued_award_keeps_its_quote_alive(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    await world.opened(buyer, rfq)
    lines = [{"line_no": 1, "quantity": "10", "reason": "lowest_total_cost"}]
    award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": quote["id"], "lines": lines})
    issued = await buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    await _expire(world, quote)
    assert not await openings.expire(world.services.db, read("quote", quote["id"]))
    accepted = await supplier.done("POST", f"/v1/awards/{award['id']}/accept", etag=issued["etag"])
    assert accepted["state"] == "accepted"
