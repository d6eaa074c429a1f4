"""issue_award through HTTP."""

from datetime import date

from award_scene import Scene, second_person

from domain.actors import SCOPES
from domain.ids import read
from world import World


async def test_the_issue_reserves_and_tells_the_supplier(world: World) -> None:
    scene = await Scene.set(world, lines=2)
    award = await scene.proposed("60", "100")
    response = await scene.step(scene.buyer, award, "issue")
    issued = response.json()
    assert (response.status_code, issued["state"], issued["etag"]) == (200, "issued", '"2"')
    assert issued["allowed_actions"] == ["cancel_award"]
    assert await scene.reserved() == ["60", "100"]
    supplier = scene.suppliers[0]
    seen = await supplier.done("GET", f"/v1/awards/{award['id']}")
    assert seen["allowed_actions"] == ["accept_award", "decline_award"]
    assert (seen["total"], seen["lines"][0]["unit_price"]) == ("16000", "100.0000")
    assert [line["reason"] for line in seen["lines"]] == [None, None], "why is the buyer's own business"
    assert seen["proposed_by"] is seen["issued_by"] is None
    [told] = await world.feed(supplier, types=["award.issued"])
    assert "unit_price" not in str(told.data)
    assert told.data["lines"] == [{"line_no": 1, "quantity": "60"}, {"line_no": 2, "quantity": "100"}]
    await scene.replay(award)


async def test_the_buyer_s_rfq_changes_with_it_and_only_the_buyer_hears_of_that(world: World) -> None:
    scene = await Scene.set(world)
    before = (await scene.buyer.get(f"/v1/rfqs/{scene.rfq['id']}")).headers["etag"]
    await scene.issued("60")
    after = await scene.buyer.get(f"/v1/rfqs/{scene.rfq['id']}", headers={"if-none-match": before})
    assert after.status_code == 200, "what a client holds of the RFQ is old"
    assert [event.type for event in await world.feed(scene.buyer, types=["rfq.quantities_reserved"])]
    assert await world.feed(scene.suppliers[0], types=["rfq.quantities_reserved"]) == []


async def test_a_repeated_request_issues_once_and_a_dry_run_not_at_all(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.proposed("60")
    dry = await scene.step(scene.buyer, award, "issue", headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "issued")
    assert await scene.reserved() == ["0"]
    first = await scene.step(scene.buyer, award, "issue", key="once")
    again = await scene.step(scene.buyer, award, "issue", key="once")
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    assert await scene.reserved() == ["60"]
    late = await scene.step(scene.buyer, first.json(), "issue")
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "issued")
    assert late.json()["allowed_actions"] == ["cancel_award"]


async def test_nobody_signs_what_they_have_not_seen(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.proposed("60")
    missing = await scene.step(scene.buyer, award, "issue", etag=None)
    assert (missing.status_code, missing.json()["code"]) == (428, "version_required")
    stale = await scene.step(scene.buyer, award, "issue", etag='"7"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")


async def test_all_awards_of_a_line_stay_within_what_was_asked(world: World) -> None:
    scene = await Scene.set(world, suppliers=3)
    first, second, third = [await scene.proposed(amount, of=of) for of, amount in enumerate(("60", "50", "40"))]
    assert (await scene.step(scene.buyer, first, "issue")).status_code == 200
    over = await scene.step(scene.buyer, second, "issue")
    assert (over.status_code, over.json()["code"]) == (409, "quantity_exceeded")
    assert (await scene.buyer.done("GET", f"/v1/awards/{second['id']}"))["state"] == "proposed"
    assert (await scene.step(scene.buyer, third, "issue")).status_code == 200
    assert await scene.reserved() == ["100"]


async def test_a_supplier_has_one_live_award_of_a_line(world: World) -> None:
    scene = await Scene.set(world, lines=2)
    await scene.issued("30")
    again = await scene.proposed("30")
    twice = await scene.step(scene.buyer, again, "issue")
    assert (twice.status_code, twice.json()["code"]) == (409, "duplicate")
    await scene.issued("", "30")
    assert await scene.reserved() == ["30", "30"]


async def test_four_eyes(world: World) -> None:
    scene = await Scene.set(world, policy={"four_eyes_awards": True}, person="Sari")
    award = await scene.proposed("60")
    assert award["allowed_actions"] == ["cancel_award"]
    assert [item["code"] for item in award["blocked_actions"]] == ["four_eyes_required"]
    same = await second_person(world, scene.buyer, "SARI")
    for proposer in (scene.buyer, same):
        refused = await scene.step(proposer, award, "issue")
        assert (refused.status_code, refused.json()["code"]) == (403, "four_eyes_required")
    other = await second_person(world, scene.buyer, "Bagus")
    seen = await other.done("GET", f"/v1/awards/{award['id']}")
    assert seen["allowed_actions"] == ["issue_award", "cancel_award"]
    issued = await scene.step(other, award, "issue")
    assert (issued.status_code, issued.json()["proposed_by"], issued.json()["issued_by"]) == (200, "sari", "bagus")


async def test_what_ended_meanwhile_is_not_awarded(world: World) -> None:
    scene = await Scene.set(world, suppliers=2)
    award = await scene.proposed("60")
    await world.owner.execute(
        "UPDATE quote SET valid_until = $2 WHERE id = $1", read("quote", scene.quotes[0]["id"]), date(2020, 1, 1)
    )
    seen = await scene.buyer.done("GET", f"/v1/awards/{award['id']}")
    assert [(item["action"], item["code"]) for item in seen["blocked_actions"]] == [("issue_award", "quote_expired")]
    refused = await scene.step(scene.buyer, award, "issue")
    assert (refused.status_code, refused.json()["code"]) == (409, "quote_expired")
    moot = await scene.proposed("100", of=1)
    await scene.accepted("100", of=1)
    late = await scene.step(scene.buyer, moot, "issue")
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "awarded")


async def test_who_may_not(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.proposed("60")
    for stranger in (await world.party("buyer"), scene.suppliers[0], await world.party("operator")):
        response = await scene.step(stranger, award, "issue")
        assert (response.status_code, response.json()["code"]) == (404, "not_found")
    proposer = await world.key(
        scene.buyer.organisation_id, "clerk", scopes=[scope for scope in SCOPES if scope != "awards:issue"]
    )
    assert (await scene.step(proposer, award, "issue")).json()["code"] == "scope_missing"
    await scene.step(scene.buyer, award, "issue")
    seen = await scene.step(scene.suppliers[0], award, "issue", etag='"2"')
    assert (seen.status_code, seen.json()["code"]) == (403, "forbidden")
