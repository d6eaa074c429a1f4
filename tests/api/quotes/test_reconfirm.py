"""reconfirm_quote through HTTP; and what becomes of quotes that were not reconfirmed."""

import hashlib
import json
from typing import Any

from addendum_scene import Scene

from domain.ids import read
from domain.openings import commands as openings
from world import World


def canonical(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


async def test_the_same_price_in_one_call(world: World) -> None:
    scene = await Scene.set(world, lines=3)
    supplier, quote = quoted = await scene.quoted(declines=(3,), price="41.5")
    path = f"/v1/quotes/{quote['id']}"
    await scene.published(set_lines=[scene.line(1, quantity="120"), scene.line(4)], remove_lines=[2])
    waiting = await supplier.done("GET", path)
    assert waiting["lines_to_reconfirm"] == [1, 2]
    confirmed = await supplier.done("POST", f"{path}/reconfirm", etag=waiting["etag"])
    assert (confirmed["state"], confirmed["submitted_version"], confirmed["lines_to_reconfirm"]) == ("submitted", 2, [])
    assert not confirmed["has_unsubmitted_changes"]
    states = {item["line_no"]: item["state"] for item in confirmed["line_states"]}
    assert states == {1: "current", 3: "declined", 4: "not_quoted"}, "a new line is not answered by this"
    now = await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}")
    assert [line["line_no"] for line in confirmed["content"]["lines"]] == [1, 3]
    assert confirmed["content"]["lines"][0]["line_digest"] == now["lines"][0]["digest"]
    assert confirmed["content"]["lines"][0]["breaks"][0]["unit_price"] == "41.5000"
    receipts = (await supplier.done("GET", f"{path}/receipts"))["items"]
    assert [item["submitted_version"] for item in receipts] == [1, 2]
    nonce = bytes.fromhex(receipts[1]["nonce"])
    assert hashlib.sha256(canonical(confirmed["content"]) + nonce).hexdigest() == receipts[1]["commitment"]
    heard = [event.type for event in await world.feed(scene.buyer) if event.subject_type == "quote"]
    assert heard == ["quote.submitted"], "the number of quotes stayed what it was"
    own = [event for event in await world.feed(supplier) if event.type == "quote.reconfirmed"]
    assert own[0].data["submission"] == 2
    await scene.replay(quoted)
    await world.opened(scene.buyer, scene.rfq)
    tab = await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}/comparison")
    assert [row["cells"][0]["state"] for row in tab["rows"]] == ["priced", "declined", "not_quoted"]


async def test_revising_works_too_and_what_is_not_submitted_stays_aside(world: World) -> None:
    scene = await Scene.set(world, lines=2)
    supplier, quote = quoted = await scene.quoted()
    path = f"/v1/quotes/{quote['id']}"
    await scene.published(set_lines=[scene.line(2, quantity="120")])
    waiting = await supplier.done("GET", path)
    body = {"lines": world.quote_body(scene.rfq, "250")["lines"]}
    changed = await supplier.done("PATCH", path, body, etag=waiting["etag"])
    assert (changed["state"], changed["lines_to_reconfirm"]) == ("needs_reconfirmation", [2]), "what counts still waits"
    assert {item["state"] for item in changed["line_states"]} == {"current"}
    kept = await supplier.done("POST", f"{path}/reconfirm", etag=changed["etag"], headers={"prefer": "dry-run"})
    assert kept["has_unsubmitted_changes"]
    assert kept["content"]["lines"][0]["breaks"][0]["unit_price"] == "250.0000"
    revised = await supplier.done("POST", f"{path}/submit", etag=changed["etag"])
    assert (revised["state"], revised["lines_to_reconfirm"], revised["submitted_version"]) == ("submitted", [], 2)
    await scene.published(set_lines=[scene.line(1, quantity="7")])
    withdrawn = await supplier.done("POST", f"{path}/withdraw")
    assert (withdrawn["state"], withdrawn["lines_to_reconfirm"]) == ("withdrawn", [])
    heard = [event.type for event in await world.feed(scene.buyer) if event.subject_type == "quote"]
    assert heard == ["quote.submitted", "quote.withdrawn"]
    await scene.replay(quoted)


async def test_a_price_that_no_longer_fits_is_not_confirmed(world: World) -> None:
    scene = await Scene.set(world, lines=2)
    supplier = await world.party("supplier")
    lines = [
        {"line_no": 1, "breaks": [{"min_quantity": "100", "unit_price": "5"}]},
        {"line_no": 2, "answer": "declined", "decline_reason": "capacity_full"},
    ]
    quote = await world.quote(supplier, scene.rfq, lines=lines)
    path = f"/v1/quotes/{quote['id']}/reconfirm"

    async def refused(**change: Any) -> Any:
        await scene.published(**change)
        waiting = await supplier.done("GET", f"/v1/quotes/{quote['id']}")
        return (await supplier.post(path, etag=waiting["etag"])).json()

    fewer = await refused(set_lines=[scene.line(1, quantity="10")])
    assert (fewer["code"], fewer["errors"][0]["pointer"]) == ("incomplete", "/lines/0/breaks/0/min_quantity")
    gone = await refused(remove_lines=[1])
    assert (gone["code"], gone["errors"][0]["pointer"]) == ("incomplete", "/lines")


async def test_answers_to_characteristics_that_are_gone_are_left_out(world: World) -> None:
    def asked(*numbers: int) -> list[dict[str, Any]]:
        return [world.line(1, characteristics=[{"no": no, "name": "diameter"} for no in numbers])]

    scene = await Scene.set(world, lines=asked(1, 2))
    supplier = await world.party("supplier")
    line = {
        "line_no": 1,
        "breaks": [{"min_quantity": "1", "unit_price": "5"}],
        "characteristics": [{"no": 1, "answer": "comply"}, {"no": 2, "answer": "cannot"}],
    }
    quote = await world.quote(supplier, scene.rfq, lines=[line])
    await scene.published(set_lines=asked(1))
    waiting = await supplier.done("GET", f"/v1/quotes/{quote['id']}")
    confirmed = await supplier.done("POST", f"/v1/quotes/{quote['id']}/reconfirm", etag=waiting["etag"])
    assert [item["no"] for item in confirmed["content"]["lines"][0]["characteristics"]] == [1]


async def test_replay_conditions_and_who_may(world: World) -> None:
    scene = await Scene.set(world)
    supplier, quote = await scene.quoted()
    path = f"/v1/quotes/{quote['id']}/reconfirm"
    early = await supplier.post(path, etag=quote["etag"])
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "wrong_state", "submitted")
    await scene.published(set_lines=[scene.line(1, quantity="120")])
    waiting = await supplier.done("GET", f"/v1/quotes/{quote['id']}")
    assert (await supplier.post(path)).json()["code"] == "version_required"
    assert (await supplier.post(path, etag=quote["etag"])).json()["code"] == "stale_version"
    rival, stranger = await world.party("supplier"), await world.party("operator")
    assert [(await party.post(path, etag=waiting["etag"])).status_code for party in (rival, stranger)] == [404, 404]
    assert (await scene.buyer.post(path, etag=waiting["etag"])).json()["code"] == "still_sealed"
    dry = await supplier.post(path, etag=waiting["etag"], headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "submitted")
    first = await supplier.post(path, key="once", etag=waiting["etag"])
    again = await supplier.post(path, key="once", etag=waiting["etag"])
    assert (first.status_code, again.content, again.headers["idempotent-replayed"]) == (200, first.content, "true")
    await scene.published(set_lines=[scene.line(1, quantity="130")])
    waiting = await supplier.done("GET", f"/v1/quotes/{quote['id']}")
    await world.pass_deadline(scene.rfq)
    assert (await supplier.post(path, etag=waiting["etag"])).json()["code"] == "deadline_passed"


async def test_the_agreement_is_asked_for_again(world: World) -> None:
    scene = await Scene.set(world)
    supplier, quote = await scene.quoted()
    await scene.published(set_lines=[scene.line(1, quantity="120")])
    await world.owner.execute(
        'UPDATE rfq SET nda_required = true, terms = terms || \'{"nda_text": "x"}\' WHERE id = $1',
        read("rfq", scene.rfq["id"]),
    )
    waiting = await supplier.done("GET", f"/v1/quotes/{quote['id']}")
    answer = await supplier.post(f"/v1/quotes/{quote['id']}/reconfirm", etag=waiting["etag"])
    assert (answer.status_code, answer.json()["code"]) == (403, "nda_required")


async def test_unconfirmed_lines_are_excluded_at_the_opening_for_all_to_see(world: World) -> None:
    scene = await Scene.set(world, lines=2)
    waiting, standing = await scene.quoted(price="5"), await scene.quoted(price="9")
    lost = await scene.quoted(declines=(1,))
    told = await scene.published(set_lines=[scene.line(2, quantity="120")])
    supplier, quote = standing
    seen = await supplier.done("GET", f"/v1/quotes/{quote['id']}")
    await supplier.done("POST", f"/v1/quotes/{quote['id']}/reconfirm", etag=seen["etag"])
    await world.opened(scene.buyer, scene.rfq)
    ended = await scene.states(waiting, standing, lost)
    assert ended == [("opened", [2]), ("opened", []), ("lapsed", [2])], "with no line that counts it lapses"
    assert (await lost[0].done("GET", f"/v1/quotes/{lost[1]['id']}"))["end_reason"] == "not_reconfirmed"
    [lapsed] = await world.feed(lost[0], types=["quote.lapsed"])
    assert lapsed.data["reason"] == "not_reconfirmed"
    tab = await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}/comparison")
    cells = [[(cell["state"], cell["excluded_reason"], cell["rank"]) for cell in row["cells"]] for row in tab["rows"]]
    assert cells == [[("priced", None, 1), ("priced", None, 2)], [("excluded", "outdated", None), ("priced", None, 1)]]
    assert [(column["lines_priced"], column["is_complete"], column["total"]) for column in tab["columns"]] == [
        (1, False, "500"),
        (2, True, "1980"),
    ]
    shown = await scene.buyer.done("GET", f"/v1/quotes/{waiting[1]['id']}")
    assert shown["lines_to_reconfirm"] == [2], "the buyer sees it too, now"
    [event] = await world.feed(waiting[0], types=["quote.opened"])
    assert event.data["lines_not_reconfirmed"] == [2]
    award = {"quote_id": waiting[1]["id"], "lines": [{"line_no": 2, "quantity": "120", "reason": "lowest_total_cost"}]}
    refused = await scene.buyer.post(f"/v1/rfqs/{scene.rfq['id']}/awards", award)
    assert (refused.json()["code"], refused.json()["errors"][0]["pointer"]) == ("invalid", "/lines/0/line_no")
    award["lines"] = [{"line_no": 1, "quantity": "100", "reason": "lowest_total_cost"}]
    proposed = await scene.buyer.done("POST", f"/v1/rfqs/{scene.rfq['id']}/awards", award)
    issued = await scene.buyer.done("POST", f"/v1/awards/{proposed['id']}/issue", etag=proposed["etag"])
    await waiting[0].done("POST", f"/v1/awards/{proposed['id']}/accept", etag=issued["etag"])
    assert (await scene.states(waiting))[0][0] == "awarded", "all that counted of it was awarded"
    assert told["lines"][0]["line_no"] == 2
    await scene.replay(waiting, standing, lost, besides=("quotes_close_at",))


async def test_the_clock_lapses_and_a_cancelled_rfq_tells_who_waits(world: World) -> None:
    scene = await Scene.set(world)
    quoted = await scene.quoted()
    await scene.published(set_lines=[scene.line(1, quantity="120")])
    await world.pass_deadline(scene.rfq)
    assert await openings.close(world.services.db, read("rfq", scene.rfq["id"]))
    assert await scene.states(quoted) == [("lapsed", [1])]
    other = await Scene.set(world)
    waiting = await other.quoted()
    await other.published(set_lines=[other.line(1, quantity="120")])
    await other.buyer.done("POST", f"/v1/rfqs/{other.rfq['id']}/cancel", {"reason": "other"})
    assert await other.states(waiting) == [("not_awarded", [1])]
