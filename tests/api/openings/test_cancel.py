"""cancel_rfq through HTTP: not the same as finishing, and nobody is left waiting."""

import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.quotes import sql as quotes
from domain.rfqs import sql as rfqs
from world import World

BODY = {"reason": "design_changed"}


async def test_every_participant_is_told_and_nothing_is_opened_any_more(world: World) -> None:
    buyer, sent, unsent, joined, invited = await world.parties("buyer", *["supplier"] * 4)
    rfq = await world.rfq(buyer, visibility="invited")
    invitation = {"supplier_ids": [party.id for party in (sent, unsent, joined, invited)]}
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/invitations", invitation)
    quote = await world.quote(sent, rfq)
    draft = await unsent.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq))
    await joined.done("POST", f"/v1/rfqs/{rfq['id']}/join")
    path = f"/v1/rfqs/{rfq['id']}/cancel"
    first = await buyer.post(path, BODY, key="once", etag=rfq["etag"])
    again = await buyer.post(path, BODY, key="once", etag=rfq["etag"])
    assert (first.status_code, first.json()["state"], again.content) == (200, "cancelled", first.content)
    for party in (sent, unsent, joined, invited):
        [told] = await world.feed(party, subject_id=read("rfq", rfq["id"]), types=["rfq.cancelled"])
        assert told.data == {"reason": "design_changed"}
    ends = [(await party.done("GET", f"/v1/quotes/{one['id']}")) for party, one in ((sent, quote), (unsent, draft))]
    assert [(end["state"], end["end_reason"]) for end in ends] == [("not_awarded", "rfq_cancelled"), ("lapsed", None)]
    await world.pass_deadline(rfq)
    assert (await buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes")).json()["state"] == "cancelled"
    assert (await buyer.get(f"/v1/quotes/{quote['id']}")).status_code == 404
    async with world.services.db.read(SYSTEM) as tx:
        for one in (quote, draft):
            await world.replays(await quotes.get(tx, read("quote", one["id"])))


@pytest.mark.parametrize("stage", ["draft", "open", "closed", "evaluating"])
async def test_until_an_award_it_can_be_cancelled(world: World, stage: str) -> None:
    buyer = await world.party("buyer")
    rfq = await world.draft(buyer) if stage == "draft" else await world.rfq(buyer)
    if stage == "closed":
        await world.pass_deadline(rfq)
    if stage == "evaluating":
        await world.opened(buyer, rfq)
    ended = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/cancel", BODY)
    assert (ended["state"], ended["end_reason"]) == ("cancelled", "design_changed")
    second = await buyer.post(f"/v1/rfqs/{rfq['id']}/cancel", BODY)
    assert (second.status_code, second.json()["state"]) == (409, "cancelled")
    if stage in {"draft", "open"}:
        async with world.services.db.read(SYSTEM) as tx:
            await world.replays(await rfqs.get(tx, read("rfq", rfq["id"])))


async def test_a_cancelled_draft_was_never_there_for_others(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.draft(buyer)
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/cancel", BODY)
    assert (await supplier.get(f"/v1/rfqs/{rfq['id']}")).status_code == 404
    subject = read("rfq", rfq["id"])
    assert await world.feed(supplier, subject_id=subject) == []
    assert [event.type for event in await world.feed(buyer, subject_id=subject)] == ["rfq.created", "rfq.cancelled"]


async def test_who_may_not(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "buyer")
    rfq = await world.rfq(buyer)
    path = f"/v1/rfqs/{rfq['id']}/cancel"
    assert (await supplier.post(path, BODY)).json()["code"] == "forbidden"
    assert (await rival.post(path, BODY)).status_code in {403, 404}
    assert (await buyer.post(path, {"reason": "because"})).json()["code"] == "invalid"
    assert (await buyer.post(path, BODY, etag='"9"')).json()["code"] == "stale_version"
    assert (await buyer.post(path, BODY, key="")).json()["code"] == "idempotency_key_required"
    reader = await world.key(buyer.organisation_id, "reader", scopes=["rfqs:read"])
    assert (await reader.post(path, BODY)).json()["code"] == "scope_missing"
    dry = await buyer.post(path, BODY, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "cancelled")
    assert (await buyer.done("GET", f"/v1/rfqs/{rfq['id']}"))["state"] == "open"
