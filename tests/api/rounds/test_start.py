"""start_round through HTTP: a whole second round, who is told what, and every refusal."""

from typing import Any

import asyncpg
import pytest
from round_scene import Rounds, soon

from domain.actors import SYSTEM
from domain.comparison import queries as comparison
from domain.ids import read
from domain.openings import commands as openings
from domain.participations import sql as participations
from domain.quotes import sql as quotes
from domain.rfqs import sql as rfqs
from world import World


async def test_a_second_round_from_start_to_award(world: World) -> None:
    scene = await Rounds.set(world, "70", "50", "60")
    one, two, three = scene.suppliers
    await scene.shortlist(0, 1)
    body = {"quotes_close_at": soon(), "kind": "best_and_final", "message": "Ini yang terakhir."}
    rfq = await scene.buyer.done("GET", scene.path)
    first = await scene.buyer.post(f"{scene.path}/rounds", body, key="once", etag=rfq["etag"])
    again = await scene.buyer.post(f"{scene.path}/rounds", body, key="once", etag=rfq["etag"])
    assert (first.status_code, first.json()["state"], first.json()["round"]) == (200, "open", 2)
    assert again.content == first.content
    started = first.json()
    assert (started["closed_at"], started["opened_at"], started["opening_approvals"]) == (None, None, 0)

    in_it, out = await one.done("GET", scene.path), await three.done("GET", scene.path)
    assert (in_it["in_round"], in_it["round_kind"], in_it["round_message"]) == (
        True, "best_and_final", "Ini yang terakhir.",
    )  # fmt: skip
    assert (out["in_round"], out["round_message"]) == (False, None)
    types = ("participation.invited_to_round", "participation.not_in_round", "rfq.round_started", "quote.shortlisted")
    data = {"round": 2, "kind": "best_and_final"}
    for party, what in ((one, types[0]), (two, types[0]), (three, types[1])):
        heard = dict(await scene.told(party, *types))
        assert set(heard) == {what, "rfq.round_started"}, "and not of the shortlist"
        assert all(data.items() <= event.items() for event in heard.values())
        assert "Ini yang" not in repr(heard)
    assert {kind for kind, _ in await scene.told(scene.buyer, *types)} == set(types)
    assert (await one.done("GET", f"/v1/quotes/{scene.quotes[0]['id']}"))["shortlisted"] is True

    better = await scene.quote(0, "40")
    assert better["round"] == 2
    sealed = await scene.buyer.get(f"/v1/quotes/{better['id']}")
    assert (sealed.status_code, sealed.json()["code"]) == (409, "still_sealed")
    page = await scene.buyer.done("GET", f"{scene.path}/quotes")
    assert (page["sealed"], page["count"], len(page["items"])) == (True, 1, 3), "the first round is still readable"
    assert await scene.ranks() == {
        scene.quotes[0]["id"]: ("opened", 3), scene.quotes[1]["id"]: ("opened", 1), scene.quotes[2]["id"]: ("opened", 2),
    }  # fmt: skip

    opened = await world.opened(scene.buyer, scene.rfq)
    assert (opened["state"], opened["round"]) == ("evaluating", 2)
    assert await scene.ranks() == {
        scene.quotes[0]["id"]: ("superseded", None),
        scene.quotes[1]["id"]: ("opened", 2),
        scene.quotes[2]["id"]: ("opened", 3),
        better["id"]: ("opened", 1),
    }
    superseded = await scene.told(one, "quote.superseded")
    assert [data["superseded_by"] for _, data in superseded] == [better["id"]]
    line = {"line_no": 1, "quantity": "100", "reason": "lowest_total_cost"}
    old = await scene.buyer.post(f"{scene.path}/awards", {"quote_id": scene.quotes[0]["id"], "lines": [line]})
    assert (old.status_code, old.json()["state"]) == (409, "superseded")
    award = await scene.buyer.done("POST", f"{scene.path}/awards", {"quote_id": better["id"], "lines": [line]})
    assert award["total"] == "4000"
    issued = await scene.buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    await one.done("POST", f"/v1/awards/{award['id']}/accept", etag=issued["etag"])
    regrets = [await scene.told(party, "quote.not_awarded") for party in scene.suppliers]
    assert [[data["rank_band"] for _, data in heard] for heard in regrets] == [[], ["middle"], ["bottom"]]
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await rfqs.get(tx, read("rfq", scene.rfq["id"])), besides=["quotes_close_at"])
        for quote in (*scene.quotes, better):
            await world.replays(await quotes.get(tx, read("quote", quote["id"])))
        for party in scene.suppliers:
            part = await participations.find(tx, read("rfq", scene.rfq["id"]), party.organisation_id)
            assert part is not None
            await world.replays(part)


async def test_only_the_shortlist_quotes_and_nobody_comes_in(world: World) -> None:
    scene = await Rounds.set(world, "70", "50")
    newcomer = await world.party("supplier")
    await scene.start(0)
    for party in (scene.suppliers[1], newcomer):
        refused = await party.post(f"{scene.path}/quotes", world.quote_body(scene.rfq))
        assert (refused.status_code, refused.json()["code"]) == (403, "not_shortlisted")
        joined = await party.post(f"{scene.path}/join")
        assert (joined.status_code, joined.json()["code"]) in {(403, "not_shortlisted"), (409, "wrong_state")}
    assert (await newcomer.post(f"{scene.path}/join")).json()["code"] == "not_shortlisted"
    invited = await scene.buyer.post(f"{scene.path}/invitations", {"supplier_ids": [newcomer.id]})
    assert (invited.status_code, invited.json()["code"]) == (409, "wrong_state")
    old = await scene.suppliers[0].post(f"/v1/quotes/{scene.quotes[0]['id']}/submit")
    assert (old.status_code, old.json()["code"]) == (409, "wrong_state"), "the first round's is over"
    closed = await Rounds.set(world, "70", visibility="open")
    await closed.start(0)
    await world.owner.execute("UPDATE rfq SET visibility = 'invited' WHERE id = $1", read("rfq", closed.rfq["id"]))
    stranger = await newcomer.post(f"{closed.path}/quotes", world.quote_body(closed.rfq))
    assert stranger.status_code == 404


async def test_a_submission_is_refused_once_its_supplier_is_not_in_the_round(world: World) -> None:
    scene = await Rounds.set(world, "70", "50")
    await scene.start(0, 1)
    path, body = f"{scene.path}/quotes", world.quote_body(scene.rfq, "45")
    draft = await scene.suppliers[1].done("POST", path, body)
    await world.owner.execute(
        "UPDATE participation SET round = 1 WHERE rfq_id = $1 AND supplier_id = $2",
        read("rfq", scene.rfq["id"]), scene.suppliers[1].organisation_id,
    )  # fmt: skip
    late = await scene.suppliers[1].post(f"/v1/quotes/{draft['id']}/submit")
    assert (late.status_code, late.json()["code"]) == (403, "not_shortlisted")


async def test_every_refusal(world: World) -> None:
    scene = await Rounds.set(world, "70", "50")
    path, body = f"{scene.path}/rounds", {"quotes_close_at": soon()}
    empty = await scene.buyer.post(path, body)
    assert (empty.status_code, empty.json()["code"]) == (422, "incomplete")
    await scene.shortlist(0)
    past = await scene.buyer.post(path, {"quotes_close_at": soon(hours=-1)})
    assert (past.status_code, past.json()["errors"][0]["pointer"]) == (422, "/quotes_close_at")
    assert (await scene.suppliers[0].post(path, body)).json()["code"] == "forbidden"
    stranger = await world.party("buyer")
    assert (await stranger.post(path, body)).status_code in {403, 404}
    assert (await scene.buyer.post(path, body, etag='"1"')).json()["code"] == "stale_version"
    reader = await world.key(scene.buyer.organisation_id, "reader", scopes=["rfqs:read"])
    assert (await reader.post(path, body)).json()["code"] == "scope_missing"
    dry = await scene.buyer.post(path, body, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["round"]) == (200, 2)
    assert (await scene.buyer.done("GET", scene.path))["round"] == 1
    line = {"line_no": 1, "quantity": "1", "reason": "lowest_total_cost"}
    award = await scene.buyer.done("POST", f"{scene.path}/awards", {"quote_id": scene.quotes[0]["id"], "lines": [line]})
    busy = await scene.buyer.post(path, body)
    assert (busy.status_code, busy.json()["code"]) == (409, "wrong_state")
    await scene.buyer.done("POST", f"/v1/awards/{award['id']}/cancel", {"reason": "other"})
    await scene.buyer.done("POST", path, body)
    twice = await scene.buyer.post(path, body)
    assert (twice.status_code, twice.json()["state"]) == (409, "open")


async def test_a_round_may_be_extended_but_not_shortened(world: World) -> None:
    scene = await Rounds.set(world, "70")
    await scene.start(0)
    shorter = await scene.buyer.post(f"{scene.path}/extend", {"quotes_close_at": soon(minutes=5)})
    assert (shorter.status_code, shorter.json()["code"]) == (422, "invalid")
    longer = await scene.buyer.done("POST", f"{scene.path}/extend", {"quotes_close_at": soon(hours=5)})
    assert (longer["state"], longer["round"]) == ("open", 2)


async def test_the_tab_keeps_what_counts_when_there_are_too_many(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await Rounds.set(world, "70", "50", "60")
    await scene.start(0, 1)
    newest = [await scene.quote(place, price) for place, price in ((0, "40"), (1, "30"))]
    await world.opened(scene.buyer, scene.rfq)
    monkeypatch.setattr(comparison, "MAX_BIDS", 3)
    assert await scene.ranks() == {
        newest[1]["id"]: ("opened", 1), newest[0]["id"]: ("opened", 2), scene.quotes[2]["id"]: ("opened", 3),
    }  # fmt: skip


async def test_rounds_have_an_end(world: World) -> None:
    scene = await Rounds.set(world, "70")
    await scene.shortlist(0)
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        await world.owner.execute("UPDATE rfq SET round = 20 WHERE id = $1", read("rfq", scene.rfq["id"]))
    last = await scene.buyer.post(f"{scene.path}/rounds", {"quotes_close_at": soon()})
    assert (last.status_code, last.json()["code"]) == (409, "limit_reached")


async def test_the_quorum_is_asked_again(world: World) -> None:
    scene = await Rounds.set(world, "70", person="Ani")
    other = await world.key(scene.buyer.organisation_id, "second", person="Budi")
    rfq = await world.rfq(scene.buyer, opening_quorum=2)
    scene.rfq, scene.quotes = rfq, [await world.quote(scene.suppliers[0], rfq)]

    async def both() -> Any:
        await world.pass_deadline(rfq)
        approved = await scene.buyer.done("POST", f"{scene.path}/open-quotes")
        assert (approved["state"], approved["opening_approvals"]) == ("closed", 1)
        alone = await scene.buyer.post(f"{scene.path}/open-quotes")
        assert (alone.status_code, alone.json()["code"]) == (403, "four_eyes_required")
        return await other.done("POST", f"{scene.path}/open-quotes")

    assert (await both())["opening_approvals"] == 2
    assert (await scene.start(0))["opening_approvals"] == 0
    early = await scene.buyer.post(f"{scene.path}/open-quotes")
    assert (early.status_code, early.json()["code"]) == (409, "deadline_not_reached")
    await scene.quote(0, "60")
    assert (await both())["round"] == 2


@pytest.mark.parametrize("end", ["cancel", "close"])
async def test_an_end_before_the_opening_tells_each_supplier_once(world: World, end: str) -> None:
    scene = await Rounds.set(world, "70", "50")
    await scene.start(0, 1)
    sealed = await scene.quote(0, "10")
    if end == "cancel":
        await scene.buyer.done("POST", f"{scene.path}/cancel", {"reason": "design_changed"})
        reason = "rfq_cancelled"
    else:
        await world.pass_deadline(scene.rfq)
        await scene.buyer.done("POST", f"{scene.path}/close-without-award", {"reason": "demand_changed"})
        reason = "rfq_not_awarded"
    for place, band in ((0, "middle"), (1, "top")):
        heard = await scene.told(scene.suppliers[place], "quote.not_awarded")
        assert [(data["quote_id"], data["reason"], data["rank_band"]) for _, data in heard] == [
            (scene.quotes[place]["id"], reason, band)
        ]
    assert (await scene.suppliers[0].done("GET", f"/v1/quotes/{sealed['id']}"))["state"] == "lapsed"
    assert (await scene.buyer.get(f"/v1/quotes/{sealed['id']}")).status_code == 404, "never opened, never told"
    assert sealed["id"] not in repr(await world.feed(scene.buyer))


async def test_a_quote_may_expire_while_its_supplier_is_asked_again(world: World) -> None:
    scene = await Rounds.set(world, "70", "50")
    await scene.start(0, 1)
    await world.owner.execute(
        "UPDATE quote SET valid_until = '2020-01-01' WHERE id = $1", read("quote", scene.quotes[0]["id"])
    )
    await openings.tick(world.services.db)
    assert (await scene.buyer.done("GET", f"/v1/quotes/{scene.quotes[0]['id']}"))["state"] == "expired"
    new = await scene.quote(0, "45")
    await world.opened(scene.buyer, scene.rfq)
    assert await scene.ranks() == {
        scene.quotes[0]["id"]: ("expired", None), scene.quotes[1]["id"]: ("opened", 2), new["id"]: ("opened", 1),
    }  # fmt: skip


async def test_an_expired_quote_is_a_reason_to_ask_again_unless_there_is_a_newer_one(world: World) -> None:
    scene = await Rounds.set(world, "70", "50")
    await scene.shortlist(0, 1)
    await world.owner.execute(
        "UPDATE quote SET valid_until = '2020-01-01' WHERE id = $1", read("quote", scene.quotes[0]["id"])
    )
    await openings.tick(world.services.db)
    await scene.start()
    await scene.quote(0, "45")
    await world.opened(scene.buyer, scene.rfq)
    await scene.start()
    refused = await scene.suppliers[0].post(f"{scene.path}/quotes", world.quote_body(scene.rfq))
    assert refused.json()["code"] == "not_shortlisted", "its newest quote is not on the list"
    await scene.quote(1, "44")


async def test_what_was_never_opened_is_not_there_in_the_next_round(world: World) -> None:
    scene = await Rounds.set(world, "70")
    late = await world.party("supplier")
    scene.rfq = await world.rfq(scene.buyer)
    scene.quotes = [await world.quote(scene.suppliers[0], scene.rfq, "70")]
    draft = await late.done("POST", f"{scene.path}/quotes", world.quote_body(scene.rfq))
    await world.opened(scene.buyer, scene.rfq)
    await scene.start(0)
    assert (await late.done("GET", f"/v1/quotes/{draft['id']}"))["state"] == "lapsed"
    assert (await scene.buyer.get(f"/v1/quotes/{draft['id']}")).status_code == 404, (
        "not sealed: it will never be opened"
    )


async def test_a_third_round_goes_by_the_newest_quotes(world: World) -> None:
    scene = await Rounds.set(world, "70", "50")
    await scene.start(0, 1)
    second = await scene.quote(0, "45")
    await world.opened(scene.buyer, scene.rfq)
    gone = await scene.buyer.post(f"/v1/quotes/{scene.quotes[0]['id']}/shortlist", {"shortlisted": True})
    assert (gone.status_code, gone.json()["state"]) == (409, "superseded")
    # The first still stands on the list of the first round by its old quote alone; the second was asked anew.
    third = await scene.start()
    assert third["round"] == 3
    refused = await scene.suppliers[0].post(f"{scene.path}/quotes", world.quote_body(scene.rfq))
    assert refused.json()["code"] == "not_shortlisted"
    await scene.quote(1, "40")
    assert (await scene.suppliers[0].done("GET", f"/v1/quotes/{second['id']}"))["shortlisted"] is False


DIRECT = [
    "round = round + 1",
    "state = 'open', closed_at = NULL, opened_at = NULL",
    "state = 'open', round = round + 1, closed_at = NULL, opened_at = NULL",
    "state = 'open', round = round + 2, quotes_close_at = now() + interval '1 hour', closed_at = NULL, opened_at = NULL",
    "state = 'open', round = round + 1, quotes_close_at = now() + interval '1 hour'",
    "round = round + 1, quotes_close_at = now() + interval '1 hour', closed_at = NULL, opened_at = NULL",
    "quotes_close_at = now() + interval '1 hour', closed_at = NULL, opened_at = NULL",
    "opened_at = NULL",
]


@pytest.mark.parametrize("change", DIRECT)
async def test_the_database_admits_a_round_and_nothing_else(world: World, change: str) -> None:
    scene = await Rounds.set(world, "70")
    with pytest.raises(asyncpg.CheckViolationError):
        await world.owner.execute(f"UPDATE rfq SET {change} WHERE id = $1", read("rfq", scene.rfq["id"]))


async def test_the_database_keeps_others_out_of_a_round(world: World) -> None:
    scene = await Rounds.set(world, "70", "50")
    await scene.start(0)
    with pytest.raises(asyncpg.CheckViolationError, match="only who is in a later round"):
        await world.owner.execute(
            "INSERT INTO quote (id, rfq_id, buyer_id, supplier_id, round, state, version, submission, working, "
            "unsubmitted, created_at, updated_at) SELECT gen_random_uuid(), rfq_id, buyer_id, supplier_id, 2, 'draft', 1, "
            "0, working, true, now(), now() FROM quote WHERE id = $1",
            read("quote", scene.quotes[1]["id"]),
        )
