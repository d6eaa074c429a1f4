"""create_quote with `copy_from`: in a later round, on a re-issued RFQ, and what is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

from round_scene import Rounds, soon

from world import Party, World


def later(days: int = 90) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


async def reissued(world: World, buyer: Party, rfq: Any, lines: list[Any]) -> Any:
    """The RFQ ended, issued again with `lines` and published."""
    ended = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/close-without-award", {"reason": "demand_changed"})
    draft = await buyer.done("POST", f"/v1/rfqs/{ended['id']}/reissue")
    body = {"lines": lines, "quotes_close_at": soon(days=1)}
    await buyer.done("PATCH", f"/v1/rfqs/{draft['id']}", body, etag=draft["etag"])
    return await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")


async def test_on_a_reissue_what_still_fits_is_taken_over(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    balloon = {"no": 7, "name": "diameter", "nominal": "8", "unit": "mm"}
    asked = [world.line(no) for no in range(1, 6)]
    asked[3] |= {"characteristics": [balloon], "allow_alternates": True}
    rfq = await world.rfq(buyer, lines=asked)
    lines = world.quote_body(rfq, "70")["lines"]
    lines[0]["stated_total"] = "7000"
    lines[3] |= {
        "characteristics": [{"no": 7, "answer": "comply"}],
        "alternates": [{"no": 1, "material": "S50C", "breaks": [{"min_quantity": "1", "unit_price": "3"}]}],
    }
    old = await world.quote(supplier, rfq, lines=lines, payment_days=30, currency="USD", note="Lama", stated_total=None)
    await world.opened(buyer, rfq)
    now = [world.line(no) for no in range(1, 5)]
    now[0] |= {"quantity": "250"}
    now[1] |= {"part_number": "OTHER"}
    now[2] |= {"unit": "KGM"}
    new = await reissued(world, buyer, rfq, now)
    body = {"copy_from": old["id"], "valid_until": later(), "note": None}
    path = f"/v1/rfqs/{new['id']}/quotes"
    first = await supplier.post(path, body, key="once")
    again = await supplier.post(path, body, key="once")
    assert (first.status_code, again.content) == (201, first.content)
    copy = first.json()
    assert [(item["line_no"], item["what"], item["reason"]) for item in copy["not_copied"]] == [
        (2, "line", "part_changed"), (3, "line", "unit_changed"), (4, "characteristic", "characteristic_gone"),
        (4, "alternates", "alternates_not_allowed"), (5, "line", "line_gone"),
    ]  # fmt: skip
    content = copy["content"]
    assert (content["currency"], content["payment_days"], content["note"]) == ("USD", 30, None)
    assert [line["line_no"] for line in content["lines"]] == [1, 4]
    digests = {line["line_no"]: line["digest"] for line in new["lines"]}
    assert [line["line_digest"] for line in content["lines"]] == [digests[1], digests[4]]
    assert (content["lines"][0]["stated_total"], copy["totals"]["lines"][0]["computed_total"]) == (None, "17500.00")
    assert (await supplier.done("GET", f"/v1/quotes/{copy['id']}"))["not_copied"] == []
    gaps = await supplier.post(f"/v1/quotes/{copy['id']}/submit")
    assert gaps.json()["code"] == "incomplete", "the lines that were not copied"


async def test_in_a_later_round_with_what_was_agreed(world: World) -> None:
    scene = await Rounds.set(world, "70")
    supplier, old = scene.suppliers[0], scene.quotes[0]
    offer = {"lines": [{"line_no": 1, "quantity": "100", "unit_price": "65"}], "answer_by": soon()}
    made = await scene.buyer.done("POST", f"/v1/quotes/{old['id']}/counter-offers", offer)
    await supplier.done("POST", f"/v1/counter-offers/{made['id']}/accept", etag=made["etag"])
    await scene.start(0)
    body = {"copy_from": old["id"], "valid_until": later()}
    copy = await supplier.done("POST", f"{scene.path}/quotes", body)
    assert (copy["round"], copy["not_copied"], copy["totals"]["computed_total"]) == (2, [], "6500")
    submitted = await supplier.done("POST", f"/v1/quotes/{copy['id']}/submit")
    assert submitted["state"] == "submitted"


async def test_what_is_refused(world: World) -> None:
    scene = await Rounds.set(world, "70", "50")
    supplier, rival = scene.suppliers
    other = await world.rfq(scene.buyer)
    path = f"/v1/rfqs/{other['id']}/quotes"
    for copied in (scene.quotes[1]["id"], "quo_" + "0" * 32, "nonsense"):
        foreign = await supplier.post(path, {"copy_from": copied, "valid_until": later()})
        assert (foreign.status_code, foreign.json()["code"]) == (404, "not_found"), copied
    unrelated = await supplier.post(path, {"copy_from": scene.quotes[0]["id"], "valid_until": later()})
    assert (unrelated.status_code, unrelated.json()["errors"][0]["pointer"]) == (422, "/copy_from")
    await scene.start(0)
    now = await supplier.done(
        "POST", f"{scene.path}/quotes", {"copy_from": scene.quotes[0]["id"], "valid_until": later()}
    )
    same = await supplier.post(f"{scene.path}/quotes", {"copy_from": now["id"], "valid_until": later()})
    assert (same.status_code, same.json()["errors"][0]["pointer"]) == (422, "/copy_from"), "not of the same round"
    missing = await supplier.post(f"{scene.path}/quotes", {"copy_from": scene.quotes[0]["id"]})
    assert (missing.status_code, missing.json()["code"]) == (422, "invalid_body"), "a copy has a validity of its own"
    outside = await rival.post(f"{scene.path}/quotes", {"copy_from": scene.quotes[1]["id"], "valid_until": later()})
    assert outside.json()["code"] == "not_shortlisted"
