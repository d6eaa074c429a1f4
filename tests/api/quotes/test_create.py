"""create_quote through HTTP."""

import asyncio
from typing import Any

import pytest

from domain.ids import read
from world import World


async def test_a_supplier_starts_a_quote_that_nobody_else_learns_of(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, lines=2)
    response = await supplier.post(f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq, "12500.5"))
    assert response.status_code == 201, response.text
    quote = response.json()
    assert response.headers["location"] == f"/v1/quotes/{quote['id']}"
    assert response.headers["etag"] == quote["etag"] == '"1"'
    assert (quote["state"], quote["submitted_version"], quote["has_unsubmitted_changes"]) == ("draft", 0, True)
    line = quote["content"]["lines"][0]
    assert line["breaks"] == [{"min_quantity": "1", "unit_price": "12500.5000"}]
    assert line["line_digest"] == rfq["lines"][0]["digest"], "what is there now is what is priced"
    assert quote["allowed_actions"] == ["update_quote", "submit_quote"]
    assert (await supplier.done("GET", f"/v1/quotes/{quote['id']}")) == quote
    assert "quote.created" in [event.type for event in await world.feed(supplier)]
    assert "quote.created" not in [event.type for event in await world.feed(buyer)]
    joined = await supplier.done("GET", f"/v1/rfqs/{rfq['id']}")
    assert joined["participation"] == "interested", "starting a quote shows interest"


async def test_a_retry_answers_the_same_and_is_kept_encrypted(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    path, body = f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq)
    first = await supplier.post(path, body, key="once")
    again = await supplier.post(path, body, key="once")
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    other = await supplier.post(path, world.quote_body(rfq, "1"), key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    kept = await world.owner.fetchrow(
        "SELECT sealed, body FROM idempotency WHERE organisation_id = $1 AND key = 'once'", supplier.organisation_id
    )
    assert kept is not None
    assert kept["sealed"]
    assert b"unit_price" not in kept["body"]


async def test_one_for_each_supplier_and_round(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    path = f"/v1/rfqs/{rfq['id']}/quotes"
    answers = await asyncio.gather(*(supplier.post(path, world.quote_body(rfq)) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    quote = next(answer.json() for answer in answers if answer.status_code == 201)
    second = (await supplier.post(path, world.quote_body(rfq))).json()
    assert second["code"] == "duplicate"
    assert quote["id"] in second["detail"], "the answer names the quote to go on with"


async def test_who_may_not(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq, hidden = await world.rfq(buyer), await world.rfq(buyer, visibility="invited")
    path, body = f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq)
    assert (await buyer.post(path, body)).json()["code"] == "forbidden"
    both = await world.party("buyer", "supplier")
    own = await world.rfq(both)
    assert (await both.post(f"/v1/rfqs/{own['id']}/quotes", body)).json()["code"] == "forbidden"
    new = await world.party("supplier", state="registered")
    assert (await new.post(path, body)).json()["code"] == "organisation_not_verified"
    reader = await world.key(supplier.organisation_id, "reader", scopes=["quotes:read"])
    assert (await reader.post(path, body)).json()["code"] == "scope_missing"
    for unseen in (hidden["id"], (await world.draft(buyer))["id"], "rfq_0", "quo_" + "0" * 32):
        answer = await supplier.post(f"/v1/rfqs/{unseen}/quotes", body)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await world.http.post(path, json=body)).status_code == 401
    assert (await supplier.post(path, body, key="")).json()["code"] == "idempotency_key_required"


async def test_the_agreement_comes_first(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, nda_required=True, nda_text="Keep it to yourself.")
    path, body = f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq)
    refused = await supplier.post(path, body)
    assert (refused.status_code, refused.json()["code"]) == (403, "nda_required")
    await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/join")
    await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/accept-nda", {"nda_version": 1})
    assert (await supplier.post(path, body)).status_code == 201


async def test_who_declined_joins_again_first(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/join")
    await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/decline", {"reason": "capacity_full"})
    path = f"/v1/rfqs/{rfq['id']}/quotes"
    assert (await supplier.post(path, world.quote_body(rfq))).json()["code"] == "not_participating"
    await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/join")
    assert (await supplier.post(path, world.quote_body(rfq))).status_code == 201


async def test_after_the_deadline_and_after_the_end(world: World) -> None:
    buyer, supplier, stranger = await world.parties("buyer", "supplier", "supplier")
    rfq, cancelled = await world.rfq(buyer), await world.rfq(buyer)
    hidden = await world.rfq(buyer, visibility="invited")
    body = world.quote_body(rfq)
    await world.pass_deadline(rfq)
    await world.pass_deadline(hidden)
    late = await supplier.post(f"/v1/rfqs/{rfq['id']}/quotes", body)
    assert (late.status_code, late.json()["code"]) == (409, "deadline_passed")
    assert (await stranger.post(f"/v1/rfqs/{hidden['id']}/quotes", body)).status_code == 404, "not even that it is late"
    await buyer.done("POST", f"/v1/rfqs/{cancelled['id']}/cancel", {"reason": "design_changed"})
    ended = await supplier.post(f"/v1/rfqs/{cancelled['id']}/quotes", body)
    assert ended.status_code in {404, 409}
    rows = await world.owner.fetchval("SELECT count(*) FROM quote WHERE rfq_id = $1", read("rfq", rfq["id"]))
    assert rows == 0


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"currency": "QQQ"}, "invalid", "/currency"),
        ({"lines": [{"line_no": 7, "breaks": []}]}, "invalid", "/lines/0/line_no"),
        (
            {"lines": [{"line_no": 1, "breaks": [{"min_quantity": "1", "unit_price": "1.23456"}]}]},
            "invalid",
            "/lines/0/breaks/0/unit_price",
        ),
        ({"lines": [{"line_no": 1, "breaks": [{"min_quantity": "1", "unit_price": 5}]}]}, "invalid_body", None),
        ({"valid_until": None}, "invalid_body", None),
        ({"price": "5"}, "invalid_body", None),
    ],
)
async def test_nonsense_is_refused(world: World, change: dict[str, Any], code: str, pointer: str | None) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    answer = await supplier.post(f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq) | change)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    if pointer is not None:
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (await supplier.done("GET", "/v1/quotes"))["items"] == []
