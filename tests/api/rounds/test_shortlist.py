"""shortlist_quote through HTTP."""

from round_scene import Rounds, soon

from domain.actors import SYSTEM
from domain.ids import read
from domain.quotes import sql as quotes
from world import World


async def test_on_the_list_and_off_it(world: World) -> None:
    scene = await Rounds.set(world, "70")
    path = f"/v1/quotes/{scene.quotes[0]['id']}"
    before = await scene.buyer.done("GET", path)
    assert (before["shortlisted"], "shortlist_quote" in before["allowed_actions"]) == (False, True)
    first = await scene.buyer.post(f"{path}/shortlist", {"shortlisted": True}, key="once", etag=before["etag"])
    again = await scene.buyer.post(f"{path}/shortlist", {"shortlisted": True}, key="once", etag=before["etag"])
    assert (first.status_code, first.json()["shortlisted"], first.json()["state"]) == (200, True, "opened")
    assert again.content == first.content
    assert (await scene.suppliers[0].done("GET", path))["shortlisted"] is None, "not before a round starts"
    assert await scene.told(scene.suppliers[0], "quote.shortlisted") == []
    assert len(await scene.told(scene.buyer, "quote.shortlisted")) == 1
    off = await scene.buyer.done("POST", f"{path}/shortlist", {"shortlisted": False})
    assert off["shortlisted"] is False
    empty = await scene.buyer.post(f"{scene.path}/rounds", {"quotes_close_at": soon()})
    assert empty.json()["code"] == "incomplete"
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await quotes.get(tx, read("quote", scene.quotes[0]["id"])))


async def test_who_may_not_and_when(world: World) -> None:
    scene = await Rounds.set(world, "70", "50")
    path, body = f"/v1/quotes/{scene.quotes[0]['id']}/shortlist", {"shortlisted": True}
    assert (await scene.suppliers[0].post(path, body)).json()["code"] == "forbidden"
    assert (await scene.suppliers[1].post(path, body)).status_code == 404
    assert (await (await world.party("buyer")).post(path, body)).status_code == 404
    assert (await scene.buyer.post(path, body, etag='"1"')).json()["code"] == "stale_version"
    await scene.start(1)
    during = await scene.buyer.post(path, body)
    assert (during.status_code, during.json()["code"], during.json()["state"]) == (409, "wrong_state", "open")
    sealed = await world.rfq(scene.buyer)
    quote = await world.quote(scene.suppliers[0], sealed)
    early = await scene.buyer.post(f"/v1/quotes/{quote['id']}/shortlist", body)
    assert (early.status_code, early.json()["code"]) == (409, "still_sealed")
