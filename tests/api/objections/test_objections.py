"""Objections through HTTP: filed within the standstill, in the way of every acceptance until decided."""

from typing import Any

from award_scene import Scene, priced

from domain.actors import SCOPES, SYSTEM
from domain.ids import read
from domain.objections import sql as objections
from domain.openings import commands as openings
from world import World

TEXT = {"text": "Nilai teknis kami tidak dibaca."}
ANSWER = "Sudah diperiksa ulang."


async def _scene(world: World, **more: Any) -> Scene:
    each = [priced("90"), priced("100"), priced("110")]
    return await Scene.set(world, suppliers=3, head={"standstill_days": 3, "acceptance_days": 2}, each=each, **more)


async def _file(scene: Scene, of: int = 1) -> Any:
    return await scene.suppliers[of].done("POST", f"/v1/rfqs/{scene.rfq['id']}/objections", TEXT)


async def _decide(scene: Scene, objection: Any, outcome: str) -> Any:
    path, body = f"/v1/objections/{objection['id']}/decide", {"outcome": outcome, "answer": ANSWER}
    return await scene.buyer.done("POST", path, body, etag=objection["etag"])


async def _replays(world: World, *found: Any) -> None:
    async with world.services.db.read(SYSTEM) as tx:
        for objection in found:
            await world.replays(await objections.get(tx, read("objection", objection["id"])))


async def test_an_open_objection_holds_up_acceptance_and_lapse_until_it_is_dismissed(world: World) -> None:
    scene = await _scene(world)
    award, winner = await scene.issued("100"), scene.suppliers[0]
    filed = await _file(scene)
    assert (filed["state"], filed["text"], filed["answer"], filed["allowed_actions"]) == (
        "filed",
        TEXT["text"],
        None,
        [],
    )
    await world.pass_standstill(award)
    refused = await scene.step(winner, award, "accept")
    assert (refused.status_code, refused.json()["code"]) == (409, "objection_open")
    seen = await winner.done("GET", f"/v1/awards/{award['id']}")
    assert [(item["action"], item["code"]) for item in seen["blocked_actions"]] == [("accept_award", "objection_open")]
    await world.pass_acceptance(award)
    await openings.tick(world.services.db)
    assert (await winner.done("GET", f"/v1/awards/{award['id']}"))["state"] == "issued", "its time waits"
    decided = await _decide(scene, filed, "dismissed")
    assert (decided["state"], decided["answer"]) == ("dismissed", ANSWER)
    [told] = await world.feed(scene.suppliers[1], types=["objection.dismissed"])
    assert TEXT["text"] not in str(told.data)
    longer = await winner.done("GET", f"/v1/awards/{award['id']}")
    assert longer["accept_by"] > decided["decided_at"]
    [moved] = await world.feed(winner, types=["award.extended"])
    assert moved.data["accept_by"] == longer["accept_by"]
    stale = await scene.step(winner, award, "accept")
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await scene.step(winner, longer, "accept")).status_code == 200
    await _replays(world, filed)


async def test_dismissed_within_the_standstill_nothing_moves(world: World) -> None:
    scene = await _scene(world)
    award = await scene.issued("100")
    await _decide(scene, await _file(scene), "dismissed")
    after = await scene.buyer.done("GET", f"/v1/awards/{award['id']}")
    assert (after["accept_by"], after["etag"]) == (award["accept_by"], award["etag"])


async def test_upheld_every_issued_award_is_cancelled_with_it(world: World) -> None:
    scene = await _scene(world)
    award, other = await scene.issued("60"), await scene.issued("40", of=2)
    filed = await _file(scene)
    shown = await scene.buyer.done("GET", f"/v1/objections/{filed['id']}")
    assert (shown["allowed_actions"], shown["filed_by"]) == (["decide_objection"], None)
    await _decide(scene, shown, "upheld")
    for one in (award, other):
        ended = await scene.buyer.done("GET", f"/v1/awards/{one['id']}")
        assert (ended["state"], ended["end_reason"]) == ("cancelled", "objection_upheld")
    [told] = await world.feed(scene.suppliers[0], types=["award.set_aside"])
    assert told.data["reason"] == "objection_upheld"
    assert await scene.reserved() == ["0"]
    await scene.replay(award, other)
    await _replays(world, filed)


async def test_when_it_may_be_filed(world: World) -> None:
    scene = await _scene(world)
    path = f"/v1/rfqs/{scene.rfq['id']}/objections"
    nothing = await scene.suppliers[1].post(path, TEXT)
    assert (nothing.status_code, nothing.json()["code"]) == (409, "wrong_state")
    award = await scene.issued("100")
    own = await scene.suppliers[0].post(path, TEXT)
    assert (own.status_code, own.json()["code"]) == (409, "wrong_state"), "nobody objects to its own award"
    first = await scene.suppliers[1].post(path, TEXT, key="once")
    again = await scene.suppliers[1].post(path, TEXT, key="once")
    assert (first.status_code, again.content) == (201, first.content)
    assert first.headers["location"] == f"/v1/objections/{first.json()['id']}"
    twice = await scene.suppliers[1].post(path, TEXT)
    assert (twice.status_code, twice.json()["code"]) == (409, "duplicate")
    for _ in range(2):
        [waiting] = [item for item in (await scene.buyer.done("GET", path))["items"] if item["state"] == "filed"]
        await _decide(scene, waiting, "dismissed")
        await _file(scene)
    [waiting] = [item for item in (await scene.buyer.done("GET", path))["items"] if item["state"] == "filed"]
    await _decide(scene, waiting, "dismissed")
    fourth = await scene.suppliers[1].post(path, TEXT)
    assert (fourth.status_code, fourth.json()["code"]) == (409, "limit_reached")
    await world.pass_standstill(award)
    late = await scene.suppliers[2].post(path, TEXT)
    assert (late.status_code, late.json()["code"]) == (409, "deadline_passed")


async def test_who_may_not(world: World) -> None:
    scene = await _scene(world)
    await scene.issued("100")
    path = f"/v1/rfqs/{scene.rfq['id']}/objections"
    assert (await scene.buyer.post(path, TEXT)).json()["code"] == "forbidden"
    assert (await (await world.party("supplier")).post(path, TEXT)).json()["code"] == "forbidden", "it did not quote"
    long = await scene.suppliers[1].post(path, {"text": "x" * 2001})
    assert (long.status_code, long.json()["code"]) == (422, "invalid_body")
    filed = await _file(scene)
    one = f"/v1/objections/{filed['id']}"
    body = {"outcome": "dismissed", "answer": ANSWER}
    for stranger in (scene.suppliers[0], scene.suppliers[2], await world.party("buyer"), await world.party("operator")):
        assert (await stranger.get(one)).status_code == 404
        assert (await stranger.post(f"{one}/decide", body, etag='"1"')).status_code == 404
    assert (await scene.suppliers[1].post(f"{one}/decide", body, etag='"1"')).json()["code"] == "forbidden"
    assert (await scene.buyer.post(f"{one}/decide", body)).json()["code"] == "version_required"
    assert (await scene.buyer.post(f"{one}/decide", body, etag='"9"')).json()["code"] == "stale_version"
    dry = await scene.buyer.post(f"{one}/decide", body, etag='"1"', headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "dismissed")
    clerk = await world.key(scene.buyer.organisation_id, "c", scopes=[s for s in SCOPES if s != "awards:issue"])
    assert (await clerk.post(f"{one}/decide", body, etag='"1"')).json()["code"] == "scope_missing"
    await _decide(scene, filed, "dismissed")
    late = await scene.buyer.post(f"{one}/decide", body, etag='"2"')
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "dismissed")
    assert [item["id"] for item in (await scene.suppliers[1].done("GET", path))["items"]] == [filed["id"]]
    assert (await scene.suppliers[2].done("GET", path))["items"] == [], "what others object is not its business"
