"""propose_award through HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from award_scene import Scene

from domain.actors import SCOPES
from domain.ids import read
from world import World


async def test_a_proposal_has_the_quote_s_price_and_reserves_nothing(world: World) -> None:
    breaks = [{"min_quantity": "1", "unit_price": "120.5"}, {"min_quantity": "50", "unit_price": "99.25"}]
    scene = await Scene.set(world, lines=2, quoted={"breaks": breaks, "tooling": {"cost": "700", "ownership": "buyer"}})
    response = await scene.buyer.post(scene.path, scene.body("49", "50", note="Two lots, please."))
    assert response.status_code == 201, response.text
    award = response.json()
    assert response.headers["location"] == f"/v1/awards/{award['id']}"
    assert response.headers["etag"] == award["etag"] == '"1"'
    assert award["lines"] == [
        {
            "line_no": 1,
            "quantity": "49",
            "unit_price": "120.5000",
            "tooling": "700.0000",
            "reason": "lowest_total_cost",
        },
        {"line_no": 2, "quantity": "50", "unit_price": "99.2500", "tooling": "700.0000", "reason": "lowest_total_cost"},
    ]
    # 49 x 120.5 + 700 + 50 x 99.25 + 700 = 12,267, whole rupiah.
    assert (award["state"], award["currency"], award["total"]) == ("proposed", "IDR", "12267")
    assert award["allowed_actions"] == ["issue_award", "cancel_award"]
    assert award["issued_at"] is award["answered_at"] is award["order_id"] is None
    assert await scene.reserved() == ["0", "0"]
    await scene.replay(award)


async def test_a_repeated_request_proposes_once(world: World) -> None:
    scene = await Scene.set(world)
    first = await scene.buyer.post(scene.path, scene.body("10"), key="once")
    again = await scene.buyer.post(scene.path, scene.body("10"), key="once")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    other = await scene.buyer.post(scene.path, scene.body("11"), key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len((await scene.buyer.done("GET", "/v1/awards"))["items"]) == 1


async def test_a_dry_run_proposes_nothing(world: World) -> None:
    scene = await Scene.set(world)
    dry = await scene.buyer.post(scene.path, scene.body("10"), headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["total"], dry.headers["preference-applied"]) == (201, "1000", "dry-run")
    assert (await scene.buyer.done("GET", "/v1/awards"))["items"] == []


@pytest.mark.parametrize(
    ("lines", "pointers"),
    [
        ([], ["/lines"]),
        ([{"line_no": 7, "quantity": "1", "reason": "other"}], ["/lines/0/line_no"]),
        ([{"line_no": 1, "quantity": "0", "reason": "other"}], ["/lines/0/quantity"]),
        ([{"line_no": 1, "quantity": "-3", "reason": "other"}], ["/lines/0/quantity"]),
        ([{"line_no": 1, "quantity": "1.5", "reason": "other"}], ["/lines/0/quantity"]),
        ([{"line_no": 1, "quantity": "9", "reason": "other"}], ["/lines/0/quantity"]),
        ([{"line_no": 1, "quantity": "10", "reason": "nonsense"}], ["/lines/0/reason"]),
        ([{"line_no": 1, "quantity": "10", "reason": "other"}] * 2, ["/lines/1/line_no"]),
    ],
)
async def test_lines_that_make_no_sense_are_named(world: World, lines: list[Any], pointers: list[str]) -> None:
    scene = await Scene.set(world, quoted={"minimum_order_quantity": "10"})
    response = await scene.buyer.post(scene.path, scene.body(lines=lines))
    assert (response.status_code, response.json()["code"]) == (422, "invalid"), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == pointers


async def test_a_declined_line_cannot_be_awarded(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    rfq = await world.rfq(buyer, lines=2)
    priced, other = world.quote_body(rfq)["lines"]
    declined = {"line_no": other["line_no"], "answer": "declined", "decline_reason": "capacity_full"}
    quote = await world.quote(supplier, rfq, lines=[priced, declined])
    await world.opened(buyer, rfq)
    scene = Scene(world=world, buyer=buyer, suppliers=[supplier], rfq=rfq, quotes=[quote])
    response = await buyer.post(scene.path, scene.body("1", "1"))
    assert [error["pointer"] for error in response.json()["errors"]] == ["/lines/1/line_no"]


async def test_more_than_what_is_left_is_refused_early(world: World) -> None:
    scene = await Scene.set(world, suppliers=2)
    await scene.issued("60")
    response = await scene.buyer.post(scene.path, scene.body("41", of=1))
    assert (response.status_code, response.json()["code"]) == (409, "quantity_exceeded")
    assert response.json()["errors"] == [
        {"pointer": "/lines/0/quantity", "detail": "Line 1: 40 H87 are left to award."}
    ]
    await scene.proposed("40", of=1)


async def test_an_amount_beyond_what_is_shown_is_refused(world: World) -> None:
    scene = await Scene.set(
        world,
        change={"quantity": "1000000"},
        quoted={
            "breaks": [{"min_quantity": "1", "unit_price": "99999999"}],
            "tooling": {"cost": "2000000", "ownership": "buyer"},
        },
    )
    response = await scene.buyer.post(scene.path, scene.body("1000000"))
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "/lines")


async def test_only_an_opened_quote_that_stands_can_be_awarded(world: World) -> None:
    scene = await Scene.set(world, suppliers=2)
    sealed = await world.rfq(scene.buyer)
    early = await scene.buyer.post(f"/v1/rfqs/{sealed['id']}/awards", scene.body("1"))
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "wrong_state", "open")
    elsewhere = await Scene.set(world)
    for unknown in (elsewhere.quotes[0]["id"], "quo_" + 32 * "0", scene.rfq["id"], "nonsense"):
        response = await scene.buyer.post(scene.path, scene.body("1", quote_id=unknown))
        assert (response.status_code, response.json()["code"]) == (404, "not_found"), unknown
    await scene.buyer.done(
        "POST", f"/v1/quotes/{scene.quotes[1]['id']}/disqualify", {"reason": "specification_not_met"}
    )
    out = await scene.buyer.post(scene.path, scene.body("1", of=1))
    assert (out.status_code, out.json()["code"], out.json()["state"]) == (409, "wrong_state", "disqualified")
    yesterday = (datetime.now(UTC) + timedelta(hours=7) - timedelta(days=1)).date()
    await world.owner.execute(
        "UPDATE quote SET valid_until = $2 WHERE id = $1", read("quote", scene.quotes[0]["id"]), yesterday
    )
    old = await scene.buyer.post(scene.path, scene.body("1"))
    assert (old.status_code, old.json()["code"]) == (409, "quote_expired")
    today = yesterday + timedelta(days=1)
    await world.owner.execute(
        "UPDATE quote SET valid_until = $2 WHERE id = $1", read("quote", scene.quotes[0]["id"]), today
    )
    await scene.proposed("1")


async def test_who_may_not(world: World) -> None:
    scene = await Scene.set(world)
    for stranger in (await world.party("buyer"), await world.party("supplier"), scene.suppliers[0]):
        response = await stranger.post(scene.path, scene.body("1"))
        assert (response.status_code, response.json()["code"]) == (404, "not_found")
    reader = await world.key(
        scene.buyer.organisation_id, "reader", scopes=[scope for scope in SCOPES if scope != "awards:propose"]
    )
    assert (await reader.post(scene.path, scene.body("1"))).json()["code"] == "scope_missing"
    assert (await scene.buyer.post(scene.path, scene.body("1"), key="")).json()["code"] == "idempotency_key_required"
    assert (await world.http.post(scene.path)).status_code == 401


async def test_nothing_of_a_proposal_reaches_the_supplier(world: World) -> None:
    scene = await Scene.set(world)
    award = await scene.proposed("10")
    supplier = scene.suppliers[0]
    assert (await supplier.get(f"/v1/awards/{award['id']}")).status_code == 404
    assert (await supplier.done("GET", "/v1/awards"))["items"] == []
    assert "award.proposed" not in [event.type for event in await world.feed(supplier)]
    [told] = await world.feed(scene.buyer, types=["award.proposed"])
    assert told.data == {
        "rfq_id": scene.rfq["id"],
        "quote_id": scene.quotes[0]["id"],
        "supplier_id": supplier.id,
        "lines": [{"line_no": 1, "quantity": "10"}],
    }
