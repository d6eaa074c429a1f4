"""The standstill before an acceptance, and the instant at which an award lapses: both by the database's clock."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from award_scene import Scene, priced

from domain.ids import read
from domain.openings import commands as openings
from world import World

MOVED = ("standstill_until", "accept_by")


async def _award(scene: Scene, award: Any, *, of: int | None = None) -> Any:
    party = scene.buyer if of is None else scene.suppliers[of]
    return await party.done("GET", f"/v1/awards/{award['id']}")


def _span(award: Any, start: str, end: str) -> timedelta:
    return datetime.fromisoformat(award[end]) - datetime.fromisoformat(award[start])


async def test_without_a_word_the_supplier_accepts_at_once_and_has_two_weeks(world: World) -> None:
    scene = await Scene.set(world)
    assert (scene.rfq["standstill_days"], scene.rfq["acceptance_days"]) == (0, 14)
    award = await scene.issued("100")
    assert award["standstill_until"] == award["issued_at"]
    assert _span(award, "issued_at", "accept_by") == timedelta(days=14)
    [told] = await world.feed(scene.suppliers[0], types=["award.issued"])
    assert (told.data["standstill_until"], told.data["accept_by"]) == (award["standstill_until"], award["accept_by"])
    assert (await scene.step(scene.suppliers[0], award, "accept")).status_code == 200


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"standstill_days": 31}, "/standstill_days"),
        ({"standstill_days": -1}, "/standstill_days"),
        ({"acceptance_days": 0}, "/acceptance_days"),
        ({"acceptance_days": 61}, "/acceptance_days"),
    ],
)
async def test_bounds(world: World, change: dict[str, int], pointer: str) -> None:
    buyer = await world.party("buyer")
    response = await buyer.post("/v1/rfqs", world.rfq_body() | change)
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_suppliers_see_both_before_they_quote_and_publication_fixes_them(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    draft = await world.draft(buyer, standstill_days=10, acceptance_days=7)
    patched = await buyer.done("PATCH", f"/v1/rfqs/{draft['id']}", {"standstill_days": 5}, etag=draft["etag"])
    assert (patched["standstill_days"], patched["acceptance_days"]) == (5, 7)
    rfq = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    seen = await supplier.done("GET", f"/v1/rfqs/{draft['id']}")
    assert (seen["standstill_days"], seen["acceptance_days"]) == (5, 7)
    late = await buyer.request("PATCH", f"/v1/rfqs/{draft['id']}", body={"standstill_days": 0}, etag=rfq["etag"])
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")


async def test_nobody_accepts_within_the_standstill(world: World) -> None:
    scene = await Scene.set(world, head={"standstill_days": 10, "acceptance_days": 7})
    award, supplier = await scene.issued("100"), scene.suppliers[0]
    assert _span(award, "issued_at", "standstill_until") == timedelta(days=10)
    assert _span(award, "standstill_until", "accept_by") == timedelta(days=7), "its whole time, after the standstill"
    refused = await scene.step(supplier, award, "accept")
    assert (refused.status_code, refused.json()["code"]) == (409, "standstill")
    assert award["standstill_until"] in refused.json()["detail"]
    seen = await _award(scene, award, of=0)
    assert seen["allowed_actions"] == ["decline_award"]
    assert [(item["action"], item["code"]) for item in seen["blocked_actions"]] == [("accept_award", "standstill")]
    await world.pass_standstill(award)
    assert (await scene.step(supplier, award, "accept")).status_code == 200
    await scene.replay(award, besides=MOVED)


async def test_what_nobody_answers_lapses_by_the_clock_and_frees_the_quantity(world: World) -> None:
    scene = await Scene.set(world)
    award, supplier = await scene.issued("60"), scene.suppliers[0]
    await openings.tick(world.services.db)
    assert (await _award(scene, award))["state"] == "issued", "not before"
    await world.pass_acceptance(award)
    for action, body in (("accept", None), ("decline", {"reason": "capacity_full"})):
        late = await scene.step(supplier, award, action, body)
        assert (late.status_code, late.json()["code"]) == (409, "deadline_passed"), action
    seen = await _award(scene, award, of=0)
    assert (seen["allowed_actions"], len(seen["blocked_actions"])) == ([], 2)
    await openings.tick(world.services.db)
    lapsed = await _award(scene, award)
    assert (lapsed["state"], lapsed["state_label"], lapsed["allowed_actions"]) == ("lapsed", "Lapsed unanswered", [])
    assert await scene.reserved() == ["0"]
    for party in (scene.buyer, supplier):
        [told] = await world.feed(party, types=["award.lapsed"])
        assert (told.actor_name, told.subject_id) == ("clock", read("award", award["id"]))
    await openings.tick(world.services.db)
    assert len(await world.feed(supplier, types=["award.lapsed"])) == 1
    again = await scene.step(supplier, award, "accept", etag=lapsed["etag"])
    assert (again.status_code, again.json()["code"], again.json()["state"]) == (409, "wrong_state", "lapsed")
    await scene.issued("100")
    await scene.replay(award, besides=MOVED)


async def test_the_database_says_so_too(world: World) -> None:
    scene = await Scene.set(world, head={"standstill_days": 1})
    award = await scene.issued("100")
    for at in ("standstill_until - interval '1 microsecond'", "accept_by"):
        statement = f"UPDATE award SET state = 'accepted', answered_at = {at} WHERE id = $1"
        with pytest.raises(Exception, match="accepted from the end of its standstill on and before accept_by"):
            await world.owner.execute(statement, read("award", award["id"]))


async def test_losers_hear_of_the_intended_award_and_nothing_of_others(world: World) -> None:
    scene = await Scene.set(
        world, suppliers=3, lines=2, head={"standstill_days": 3}, each=[priced("90"), priced("110"), priced("95")]
    )
    award = await scene.issued("100")
    heard = []
    for party, quote in zip(scene.suppliers[1:], scene.quotes[1:], strict=True):
        [told] = await world.feed(party, types=["quote.award_intended"])
        assert set(told.data) == {"rfq_id", "quote_id", "reason", "rank_band", "standstill_until"}
        assert (told.data["quote_id"], told.data["standstill_until"]) == (quote["id"], award["standstill_until"])
        heard.append((told.data["reason"], told.data["rank_band"]))
        shown = await party.done("GET", f"/v1/quotes/{quote['id']}")
        assert shown["state"] == "opened", "nothing is lost yet"
    assert heard == [("price_higher", "bottom"), ("price_higher", "middle")]
    assert await world.feed(scene.suppliers[0], types=["quote.award_intended"]) == []
    await scene.issued("", "100", of=1)
    assert len(await world.feed(scene.suppliers[1], types=["quote.award_intended"])) == 1, "it holds one itself now"
    assert len(await world.feed(scene.suppliers[2], types=["quote.award_intended"])) == 2


async def test_without_a_standstill_nobody_is_told_of_what_may_not_come(world: World) -> None:
    scene = await Scene.set(world, suppliers=2)
    await scene.issued("100")
    assert await world.feed(scene.suppliers[1], types=["quote.award_intended"]) == []
