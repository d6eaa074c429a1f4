"""submit_quote through HTTP: sealing, receipts, who hears what."""

import hashlib
import json
from typing import Any

from domain.ids import read
from domain.quotes import sql as quotes
from world import Party, World


def canonical(content: Any) -> bytes:
    """As the guide tells suppliers to make it again, without any code of ours."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


async def draft(world: World, supplier: Party, rfq: Any, **changes: Any) -> Any:
    return await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq) | changes)


async def test_the_receipt_can_be_recomputed_from_what_the_wire_shows(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    characteristic = {"no": 3, "name": "diameter", "nominal": "8.010", "unit": "mm"}
    rfq = await world.rfq(buyer, lines=[world.line(1, characteristics=[characteristic]), world.line(2, unit="KGM")])
    lines = [
        {
            "line_no": 1,
            "breaks": [{"min_quantity": "10.0", "unit_price": "12500"}, {"min_quantity": "1000", "unit_price": "0.5"}],
            "minimum_order_quantity": "10",
            "lead_time_days": 21,
            "capacity_per_month": "5000.000",
            "tooling": {"cost": "1500000", "ownership": "buyer", "amortised_over_pieces": 10000},
            "cost_breakdown": {
                "material": "5000",
                "labour": "4000",
                "overhead": "2000",
                "outside_processes": "500",
                "profit": "1000",
            },
            "local_content": {"basis": "certificate", "percent": "41.50", "certificate_no": "TKDN/1"},
            "outside_processes": ["powder_coating"],
            "characteristics": [{"no": 3, "answer": "deviate", "note": "Ø8 ±0,02 “h8”\n\t\\ \u007f\u0001 \U0001f527"}],
            "note": "é",
        },
        {"line_no": 2, "answer": "declined", "decline_reason": "capacity_full"},
    ]
    quote = await draft(world, supplier, rfq, lines=lines, incoterm="DAP", delivery_place="Sidoarjo")
    path = f"/v1/quotes/{quote['id']}"
    submitted = await supplier.done("POST", f"{path}/submit", etag=quote["etag"])
    assert (submitted["state"], submitted["submitted_version"]) == ("submitted", 1)
    assert not submitted["has_unsubmitted_changes"]
    [receipt] = (await supplier.done("GET", f"{path}/receipts"))["items"]
    nonce = bytes.fromhex(receipt["nonce"])
    expected = hashlib.sha256(canonical(submitted["content"]) + nonce).hexdigest()
    assert receipt["commitment"] == submitted["commitment"] == expected
    assert receipt["submitted_at"] == submitted["submitted_at"]
    await world.opened(buyer, rfq)
    seen = (await buyer.done("GET", path))["content"]
    assert hashlib.sha256(canonical(seen) + nonce).hexdigest() == receipt["commitment"]


async def test_submitting_again_replaces_what_counts_and_keeps_every_receipt(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq, "100")
    path = f"/v1/quotes/{quote['id']}"
    body = {"lines": [{"line_no": 1, "breaks": [{"min_quantity": "1", "unit_price": "90"}]}]}
    changed = await supplier.done("PATCH", path, body, etag=quote["etag"])
    again = await supplier.done("POST", f"{path}/submit", etag=changed["etag"])
    assert again["submitted_version"] == 2
    assert again["commitment"] != quote["commitment"]
    first = await supplier.done("GET", f"{path}/receipts?limit=1")
    assert [item["submitted_version"] for item in first["items"]] == [1]
    rest = await supplier.done("GET", f"{path}/receipts?limit=1&after={first['next_cursor']}")
    assert [item["commitment"] for item in rest["items"]] == [again["commitment"]]
    assert rest["next_cursor"] is None
    await world.opened(buyer, rfq)
    seen = await buyer.done("GET", path)
    assert seen["content"]["lines"][0]["breaks"][0]["unit_price"] == "90.0000"
    async with world.services.db.read(_system()) as tx:
        await world.replays(await quotes.get(tx, read("quote", quote["id"])))


async def test_the_buyer_hears_that_but_not_who_nor_how_much(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    await supplier.done("POST", f"/v1/quotes/{quote['id']}/submit")
    await supplier.done("POST", f"/v1/quotes/{quote['id']}/withdraw")
    heard = [event for event in await world.feed(buyer) if event.subject_type == "quote"]
    # A better offer in place of a submitted one changes no number, and is not told.
    assert [event.type for event in heard] == ["quote.submitted", "quote.withdrawn"]
    for event in heard:
        assert (event.subject_id, event.subject_version, event.from_state, event.organisation_id) == (None,) * 4
        assert event.actor_name == "supplier"
        assert event.data == {"rfq_id": rfq["id"]}
    assert await world.feed(buyer, subject_id=read("quote", quote["id"])) == [], "nor when asked for by id"
    assert [event.type for event in await world.feed(buyer, types=["quote.submitted"])] == ["quote.submitted"]
    own = [event for event in await world.feed(supplier) if event.type == "quote.submitted"]
    assert [event.data["submission"] for event in own] == [1, 2]
    assert own[0].data["commitment"] == quote["commitment"]
    assert own[0].subject_id == read("quote", quote["id"])
    rfq_now = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}")
    assert (rfq_now["etag"], rfq_now["updated_at"]) == (rfq["etag"], rfq["updated_at"])


async def test_a_quote_is_complete_or_says_what_is_missing(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, lines=2)
    lines = [{"line_no": 1, "breaks": [{"min_quantity": "500", "unit_price": "1"}]}]
    quote = await draft(world, supplier, rfq, lines=lines, valid_until="2020-01-01")
    answer = await supplier.post(f"/v1/quotes/{quote['id']}/submit")
    assert (answer.status_code, answer.json()["code"]) == (422, "incomplete")
    assert {error["pointer"] for error in answer.json()["errors"]} == {
        "/valid_until",
        "/lines",
        "/lines/0/breaks/0/min_quantity",
    }
    assert (await supplier.done("GET", f"/v1/quotes/{quote['id']}"))["etag"] == quote["etag"]


async def test_a_line_that_changed_since_is_named(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    lines = [{"line_no": 1, "line_digest": "ab" * 32, "breaks": [{"min_quantity": "1", "unit_price": "1"}]}]
    quote = await draft(world, supplier, rfq, lines=lines)
    answer = await supplier.post(f"/v1/quotes/{quote['id']}/submit")
    assert (answer.status_code, answer.json()["code"]) == (409, "outdated_line")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/lines/0/line_digest"]


async def test_replay_dry_run_and_conditions(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await draft(world, supplier, rfq)
    path = f"/v1/quotes/{quote['id']}/submit"
    dry = await supplier.post(path, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"], dry.headers["preference-applied"]) == (200, "submitted", "dry-run")
    assert (await supplier.done("GET", f"/v1/quotes/{quote['id']}"))["state"] == "draft"
    stale = await supplier.post(path, etag='"7"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    first = await supplier.post(path, key="once", etag=quote["etag"])
    again = await supplier.post(path, key="once", etag=quote["etag"])
    assert (first.status_code, again.content) == (200, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert (await supplier.done("GET", f"/v1/quotes/{quote['id']}"))["submitted_version"] == 1
    assert (await supplier.post(path, key="")).json()["code"] == "idempotency_key_required"


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    quote = await draft(world, supplier, rfq)
    path = f"/v1/quotes/{quote['id']}/submit"
    for stranger in (rival, await world.party("facilitator"), await world.party("operator")):
        assert (await stranger.post(path, etag='"9"')).status_code == 404, "before any version is looked at"
    assert (await buyer.post(path)).json()["code"] == "still_sealed"
    assert (await supplier.post("/v1/quotes/quo_1/submit")).status_code == 404
    writer = await world.key(supplier.organisation_id, "writer", scopes=["quotes:write"])
    assert (await writer.post(path)).json()["code"] == "scope_missing"
    assert (await world.http.post(path, headers={"idempotency-key": "x"})).status_code == 401
    await world.pass_deadline(rfq)
    late = await supplier.post(path)
    assert (late.status_code, late.json()["code"]) == (409, "deadline_passed")
    shown = await supplier.done("GET", f"/v1/quotes/{quote['id']}")
    assert shown["allowed_actions"] == []
    assert {action["code"] for action in shown["blocked_actions"]} == {"deadline_passed"}


async def test_an_extension_lets_a_quote_in(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await draft(world, supplier, rfq)
    later = world.rfq_body(closes_in=7200)["quotes_close_at"]
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/extend", {"quotes_close_at": later})
    assert (await supplier.done("POST", f"/v1/quotes/{quote['id']}/submit"))["state"] == "submitted"


def _system() -> Any:
    from domain.actors import SYSTEM

    return SYSTEM
