"""Nobody is left without an answer: RFQs that end in every way there is, looked at from the feeds of the parties alone."""

from typing import Any

import pytest
from award_scene import Scene, priced

from domain.ids import read
from domain.openings import commands as openings
from domain.quotes import outcome
from domain.reports.endings import Silence, silent_endings
from world import Party, World


async def events_by_party(world: World, *parties: Party) -> dict[str, list[Any]]:
    """The whole feed of each, as it comes over HTTP."""
    found = {}
    for party in parties:
        await world.feed(party)  # nothing elsewhere holds it back any more
        events: list[Any] = []
        after = ""
        while True:
            page = await party.done("GET", f"/v1/events?limit=100{after}")
            if not page["items"]:
                break
            events += page["items"]
            after = f"&after={page['next_cursor']}"
        found[party.id] = events
    return found


async def _set(world: World, **more: Any) -> Scene:
    """Three that quote, one that joins and is silent, one that declines, one whose draft lapses, one that withdraws."""
    buyer = await world.party("buyer")
    parties = [await world.party("supplier") for _ in range(7)]
    draft = await buyer.done("POST", "/v1/rfqs", world.rfq_body(visibility="invited", **more))
    ids = {"supplier_ids": [party.id for party in parties]}
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/invitations", ids)
    rfq = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    prices = (priced("90"), priced("100"), priced("110"))
    offered = world.quote_body(rfq)["lines"]
    quotes = [
        await world.quote(party, rfq, lines=[line | change for line in offered])
        for party, change in zip(parties, prices, strict=False)
    ]
    await parties[3].done("POST", f"/v1/rfqs/{rfq['id']}/join")
    await parties[4].done("POST", f"/v1/rfqs/{rfq['id']}/decline", {"reason": "capacity_full"})
    await parties[5].done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq))
    taken = await world.quote(parties[6], rfq)
    await parties[6].done("POST", f"/v1/quotes/{taken['id']}/withdraw")
    return Scene(world=world, buyer=buyer, suppliers=parties, rfq=rfq, quotes=quotes)


async def _post(scene: Scene, action: str, **body: Any) -> None:
    await scene.buyer.done("POST", f"/v1/rfqs/{scene.rfq['id']}/{action}", body or None)


async def _open(scene: Scene) -> None:
    await scene.world.opened(scene.buyer, scene.rfq)


async def cancelled_while_open(scene: Scene) -> None:
    await _post(scene, "cancel", reason="demand_withdrawn")


async def cancelled_while_evaluating(scene: Scene) -> None:
    await _open(scene)
    await _post(scene, "cancel", reason="budget_withdrawn")


async def sealed_and_not_awarded(scene: Scene) -> None:
    await scene.world.pass_deadline(scene.rfq)
    await _post(scene, "close-without-award", reason="demand_changed")


async def opened_and_not_awarded(scene: Scene) -> None:
    await _open(scene)
    await _post(scene, "close-without-award", reason="price_above_budget")


async def awarded(scene: Scene) -> None:
    await _open(scene)
    await scene.accepted("100")


async def awarded_to_two(scene: Scene) -> None:
    await _open(scene)
    await scene.accepted("60")
    await scene.accepted("40", of=1)


async def rest_closed(scene: Scene) -> None:
    await _open(scene)
    await scene.accepted("60", of=1)
    await _post(scene, "close-without-award", reason="demand_changed")


async def declined_lapsed_then_next(scene: Scene) -> None:
    await _open(scene)
    first = await scene.issued("100")
    await scene.step(scene.suppliers[0], first, "decline", {"reason": "capacity_full"})
    second = await scene.buyer.done("POST", f"/v1/awards/{first['id']}/offer-next")
    await scene.step(scene.buyer, second, "issue")
    await scene.world.pass_acceptance(second)
    await openings.tick(scene.world.services.db)
    third = await scene.buyer.done("POST", f"/v1/awards/{second['id']}/offer-next")
    issued = (await scene.step(scene.buyer, third, "issue")).json()
    assert (await scene.step(scene.suppliers[2], issued, "accept")).status_code == 200


async def disqualified_expired_and_awarded(scene: Scene) -> None:
    await _open(scene)
    path = f"/v1/quotes/{scene.quotes[0]['id']}/disqualify"
    await scene.buyer.done("POST", path, {"reason": "specification_not_met"})
    await scene.world.owner.execute(
        "UPDATE quote SET valid_until = current_date - 10 WHERE id = $1", read("quote", scene.quotes[1]["id"])
    )
    await openings.tick(scene.world.services.db)
    await scene.accepted("100", of=2)


ENDS = [
    cancelled_while_open,
    cancelled_while_evaluating,
    sealed_and_not_awarded,
    opened_and_not_awarded,
    awarded,
    awarded_to_two,
    rest_closed,
    declined_lapsed_then_next,
    disqualified_expired_and_awarded,
]


@pytest.mark.parametrize("end", ENDS, ids=[end.__name__ for end in ENDS])
async def test_no_end_is_silent(world: World, end: Any) -> None:
    scene = await _set(world)
    feeds = await events_by_party(world, scene.buyer, *scene.suppliers)
    assert silent_endings(feeds) == [], "nothing has ended"
    await end(scene)
    feeds = await events_by_party(world, scene.buyer, *scene.suppliers)
    assert silent_endings(feeds) == []
    # And it would be noticed: take from each in turn what it was told.
    telling = (
        "rfq.",
        "quote.not_awarded",
        "quote.disqualified",
        "quote.expired",
        "quote.awarded",
        "quote.partially_awarded",
    )
    for party in scene.suppliers[:4]:
        kept = [
            event
            for event in feeds[party.id]
            if event["type"] == "rfq.published" or not event["type"].startswith(telling)
        ]
        assert [item.party for item in silent_endings({**feeds, party.id: kept})] == [party.id]


async def test_a_draft_that_nobody_saw_ends_for_nobody(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    draft = await world.draft(buyer, visibility="invited")
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/invitations", {"supplier_ids": [supplier.id]})
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/cancel", {"reason": "entered_in_error"})
    assert silent_endings(await events_by_party(world, buyer, supplier)) == []


async def test_a_system_that_does_not_tell_losers_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(*_: Any, **__: Any) -> list[Any]:
        return []

    scene = await _set(world)
    await _open(scene)
    monkeypatch.setattr(outcome, "regret_rest", silent)
    await scene.accepted("100")
    found = silent_endings(await events_by_party(world, scene.buyer, *scene.suppliers))
    losers = sorted(party.id for party in scene.suppliers[1:3])
    assert found == [Silence(scene.rfq["id"], party, True) for party in losers]
