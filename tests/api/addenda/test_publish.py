"""publish_addendum through HTTP: whom it disturbs, what it leaves alone, and each refusal."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from addendum_scene import Scene, in_hours

from domain.ids import read
from world import Party, World

TWENTY = 20


async def uploaded(party: Party, content: bytes = b"%PDF-1.7\n", name: str = "a.pdf") -> Any:
    headers = {"content-type": "application/octet-stream"}
    return (await party.request("POST", f"/v1/files?name={name}", content=content, headers=headers)).json()


async def test_one_line_of_twenty_moves_exactly_the_quotes_that_price_it(world: World) -> None:
    scene = await Scene.set(world, lines=TWENTY)
    all_lines, without_seven = await scene.quoted(), await scene.quoted(declines=(7,))
    seven_only = await scene.quoted(declines=tuple(n for n in range(1, TWENTY + 1) if n != 7))
    drafting = await world.party("supplier")
    draft = await drafting.done("POST", f"/v1/rfqs/{scene.rfq['id']}/quotes", world.quote_body(scene.rfq))
    before = {"count": 3, "sealed": True}
    assert (await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}/quotes")).items() >= before.items()
    quiet = await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}")

    told = await scene.published(set_lines=[scene.line(7, quantity="250", material="SCM440")])
    assert (told["revision"], told["is_material"]) == (2, True)
    [line] = told["lines"]
    assert (line["line_no"], line["change"]) == (7, "changed")
    assert line["members"] == [
        {"member": "quantity", "before": "100", "after": "250"},
        {"member": "material", "before": "S45C", "after": "SCM440"},
    ]
    after = await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}")
    changed = [now["line_no"] for now, was in zip(after["lines"], quiet["lines"], strict=True) if now != was]
    assert changed == [7]
    assert (line["digest_before"], line["digest_after"]) == (quiet["lines"][6]["digest"], after["lines"][6]["digest"])
    assert [one["id"] for one in after["lines"]] == [one["id"] for one in quiet["lines"]], "lines keep their ids"
    assert (after["revision"], after["state"]) == (2, "open")

    moved = await scene.states(all_lines, without_seven, seven_only)
    assert moved == [("needs_reconfirmation", [7]), ("submitted", []), ("needs_reconfirmation", [7])]
    supplier, quote = all_lines
    shown = await supplier.done("GET", f"/v1/quotes/{quote['id']}")
    assert [item["line_no"] for item in shown["line_states"] if item["state"] != "current"] == [7]
    assert shown["state_label"] == "Needs reconfirmation"
    assert {"reconfirm_quote", "update_quote", "submit_quote", "withdraw_quote"} == set(shown["allowed_actions"])
    untouched = await without_seven[0].done("GET", f"/v1/quotes/{without_seven[1]['id']}")
    assert untouched["etag"] == without_seven[1]["etag"]
    assert (await drafting.done("GET", f"/v1/quotes/{draft['id']}"))["etag"] == draft["etag"]
    refused = await drafting.post(f"/v1/quotes/{draft['id']}/submit")
    assert (refused.json()["code"], [e["pointer"] for e in refused.json()["errors"]]) == (
        "outdated_line",
        ["/lines/6/line_digest"],
    )
    # How many were moved, and whose, is nobody's business: the buyer still counts three.
    assert (await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}/quotes")).items() >= before.items()
    assert [e.type for e in await world.feed(scene.buyer) if e.subject_type == "quote"] == ["quote.submitted"] * 3
    [event] = [e for e in await world.feed(supplier) if e.type == "quote.needs_reconfirmation"]
    assert (event.data["changed_lines"], event.data["lines_to_reconfirm"], event.data["revision"]) == ([7], [7], 2)
    assert not [e for e in await world.feed(without_seven[0]) if e.type == "quote.needs_reconfirmation"]
    key = read("rfq", scene.rfq["id"])
    [announced] = await world.feed(without_seven[0], types=["rfq.addendum_published"], subject_id=key)
    assert announced.data["changed_lines"] == [7]
    assert (announced.data["summary"], announced.data["material"]) == ("As drawn.", True)
    assert "baselines" not in announced.data
    await scene.replay(all_lines, without_seven, seven_only)


async def test_a_typo_that_bears_on_no_price_moves_none(world: World) -> None:
    scene = await Scene.set(world, lines=3, policy={})  # 48 hours are not asked for either
    quoted = [await scene.quoted(), await scene.quoted()]
    name = {"id": "Poros transmisi", "en": "Shaft"}
    told = await scene.published(
        title="Drive shafts", set_lines=[scene.line(2, name=name, specification="Turn to size.")], non_material=True
    )
    assert told["is_material"] is False
    assert [change["member"] for change in told["terms"]] == ["title"]
    assert [change["member"] for change in told["lines"][0]["members"]] == ["name", "specification"]
    assert told["lines"][0]["digest_before"] != told["lines"][0]["digest_after"]
    assert await scene.states(*quoted) == [("submitted", [])] * 2
    shown = await quoted[0][0].done("GET", f"/v1/quotes/{quoted[0][1]['id']}")
    assert shown["etag"] == quoted[0][1]["etag"]
    assert {item["state"] for item in shown["line_states"]} == {"current"}
    # A second one, and a new submission between them that still names the first digest.
    await quoted[0][0].done("POST", f"/v1/quotes/{quoted[0][1]['id']}/submit")
    await scene.published(set_lines=[scene.line(2, name=name)], non_material=True)
    await world.opened(scene.buyer, scene.rfq)
    tab = await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}/comparison")
    assert {cell["state"] for row in tab["rows"] for cell in row["cells"]} == {"priced"}
    await scene.replay(*quoted, besides=("quotes_close_at",))


async def test_a_material_change_of_the_line_ends_what_a_typo_kept_current(world: World) -> None:
    scene = await Scene.set(world)
    quoted = await scene.quoted()
    await scene.published(set_lines=[scene.line(1, specification="Turn it.")], non_material=True)
    assert await scene.states(quoted) == [("submitted", [])]
    await scene.published(set_lines=[scene.line(1, specification="Turn it.", quantity="120")])
    assert await scene.states(quoted) == [("needs_reconfirmation", [1])]
    # Back to what was priced: the price stands again, and its supplier is told.
    await scene.published(set_lines=[scene.line(1)])
    assert await scene.states(quoted) == [("submitted", [])]
    types = [event.type for event in await world.feed(quoted[0]) if event.subject_type == "quote"]
    assert types[-2:] == ["quote.needs_reconfirmation", "quote.restored"]
    await scene.replay(quoted)


async def test_a_quote_that_waits_moves_again_when_its_line_changes_again(world: World) -> None:
    scene = await Scene.set(world, lines=2)
    quoted = await scene.quoted()
    await scene.published(set_lines=[scene.line(1, quantity="120")])
    seen = await quoted[0].done("GET", f"/v1/quotes/{quoted[1]['id']}")
    await scene.published(set_lines=[scene.line(1, quantity="130")])
    answer = await quoted[0].post(f"/v1/quotes/{quoted[1]['id']}/reconfirm", etag=seen["etag"])
    assert (answer.status_code, answer.json()["code"]) == (412, "stale_version"), (
        "nobody confirms what they did not see"
    )
    await scene.published(set_lines=[scene.line(2, quantity="5")])
    assert await scene.states(quoted) == [("needs_reconfirmation", [1, 2])]


async def test_terms_and_documents_of_the_whole_rfq_move_every_line(world: World) -> None:
    scene = await Scene.set(world, lines=2)
    one, other = await scene.quoted(), await scene.quoted(declines=(1,))
    told = await scene.published(payment_days=60)
    assert [(line["line_no"], line["members"]) for line in told["lines"]] == [(1, []), (2, [])]
    assert told["terms"] == [{"member": "payment_days", "before": None, "after": 60}]
    assert await scene.states(one, other) == [("needs_reconfirmation", [1, 2]), ("needs_reconfirmation", [2])]


async def test_a_drawing_is_replaced_and_readable(world: World) -> None:
    scene = await Scene.set(world, lines=2)
    quoted = await scene.quoted()
    old = await uploaded(scene.buyer, b"%PDF-1.4\n")
    first = await scene.published(attach_documents=[{"file_id": old["id"], "kind": "drawing", "line_no": 2}])
    assert await scene.states(quoted) == [("needs_reconfirmation", [2])]
    [added] = first["documents"]
    assert (added["change"], added["sha256"], added["line_no"]) == ("added", old["sha256"], 2)
    assert (await quoted[0].get(f"/v1/files/{old['id']}/content")).status_code == 200
    new = await uploaded(scene.buyer)
    second = await scene.published(
        detach_documents=[added["document_id"]],
        attach_documents=[{"file_id": new["id"], "kind": "drawing", "line_no": 2, "revision_label": "B"}] * 2,
    )
    assert [item["change"] for item in second["documents"]] == ["removed", "added", "added"]
    listed = (await quoted[0].done("GET", f"/v1/rfqs/{scene.rfq['id']}/documents"))["items"]
    assert [item["sha256"] for item in listed] == [new["sha256"]] * 2
    assert (await quoted[0].get(f"/v1/files/{old['id']}/content")).status_code == 404
    await scene.replay(quoted)


async def test_lines_come_and_go(world: World) -> None:
    scene = await Scene.set(world, lines=3)
    both, first_only = await scene.quoted(), await scene.quoted(declines=(2, 3))
    drawing = await uploaded(scene.buyer)
    await scene.published(attach_documents=[{"file_id": drawing["id"], "kind": "drawing", "line_no": 3}])
    told = await scene.published(remove_lines=[3], set_lines=[scene.line(4)])
    assert [(line["line_no"], line["change"]) for line in told["lines"]] == [(3, "removed"), (4, "added")]
    assert [item["change"] for item in told["documents"]] == ["removed"], "its drawing goes with the line"
    assert {"member": "quantity", "before": "100", "after": None} in told["lines"][0]["members"]
    assert {"member": "quantity", "before": None, "after": "100"} in told["lines"][1]["members"]
    assert await scene.states(both, first_only) == [("needs_reconfirmation", [3]), ("submitted", [])]
    shown = await both[0].done("GET", f"/v1/quotes/{both[1]['id']}")
    states = {item["line_no"]: item["state"] for item in shown["line_states"]}
    assert states == {1: "current", 2: "current", 3: "removed", 4: "not_quoted"}
    await scene.replay(both, first_only)


async def test_characteristics_are_told_one_by_one(world: World) -> None:
    def diameter(no: int, upper: str) -> dict[str, Any]:
        return {"no": no, "name": "diameter", "nominal": "8", "upper": upper, "unit": "mm"}

    scene = await Scene.set(world, lines=[World.line(1, characteristics=[diameter(1, "0.1"), diameter(2, "0.1")])])
    told = await scene.published(set_lines=[scene.line(1, characteristics=[diameter(1, "0.1"), diameter(2, "0.02")])])
    [change] = told["lines"][0]["members"]
    assert change["member"] == "characteristics/2"
    assert (change["before"]["upper"], change["after"]["upper"]) == ("0.1", "0.02")


async def test_suppliers_get_the_buyers_minimum_time(world: World) -> None:
    scene = await Scene.set(world, policy={}, closes_in=3600)
    change: dict[str, Any] = {"set_lines": [scene.line(1, quantity="120")]}
    short = await scene.post(**change)
    assert (short.status_code, short.json()["code"]) == (409, "quoting_time_too_short")
    [fault] = short.json()["errors"]
    assert fault["pointer"] == "/quotes_close_at"
    until = datetime.fromisoformat(fault["detail"].split()[0])
    least = datetime.now(UTC) + timedelta(hours=48)
    assert least - timedelta(minutes=1) <= until <= least + timedelta(hours=1)
    assert (await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}"))["etag"] == scene.rfq["etag"]
    moved = await scene.published(**change, extend_if_needed=True)
    closes = datetime.fromisoformat(moved["quotes_close_at"])
    assert least - timedelta(minutes=1) <= closes <= least + timedelta(minutes=2)
    assert moved["quotes_close_before"] == scene.rfq["quotes_close_at"]
    by_hand = await scene.published(set_lines=[scene.line(1, quantity="130")], quotes_close_at=until.isoformat())
    assert datetime.fromisoformat(by_hand["quotes_close_at"]) == until
    enough = await scene.published(set_lines=[scene.line(1, quantity="140")], quotes_close_at=in_hours(99))
    kept = await scene.published(set_lines=[scene.line(1, quantity="150")], extend_if_needed=True)
    assert kept["quotes_close_at"] == enough["quotes_close_at"], "no more is moved than is needed"


async def test_a_later_deadline_alone_is_not_material(world: World) -> None:
    scene = await Scene.set(world, policy={}, closes_in=3600)
    quoted = await scene.quoted()
    told = await scene.published(quotes_close_at=in_hours(2), questions_close_at=in_hours(1.5))
    assert (told["is_material"], told["lines"], told["terms"]) == (False, [], [])
    assert told["questions_close_before"] is None
    assert await scene.states(quoted) == [("submitted", [])]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        (
            {"set_lines": [World.line(1, quantity="5", material="X")]},
            ["/set_lines/0/quantity", "/set_lines/0/material"],
        ),
        ({"set_lines": [World.line(1, unit="KGM")]}, ["/set_lines/0/unit"]),
        ({"set_lines": [World.line(1, processes=[])]}, ["/set_lines/0/processes"]),
        ({"set_lines": [World.line(1, general_tolerance="m")]}, ["/set_lines/0/general_tolerance"]),
        ({"set_lines": [World.line(1, part_number="Q")]}, ["/set_lines/0/part_number"]),
        ({"set_lines": [World.line(1, certificates=["iso_9001"])]}, ["/set_lines/0/certificates"]),
        ({"set_lines": [World.line(1, quantity_breaks=["10", "100"])]}, ["/set_lines/0/quantity_breaks"]),
        (
            {"set_lines": [World.line(1, schedule=[{"due_on": "2027-02-01", "quantity": "100"}])]},
            ["/set_lines/0/schedule"],
        ),
        (
            {"set_lines": [World.line(1, characteristics=[{"no": 3, "name": "diameter"}])]},
            ["/set_lines/0/characteristics"],
        ),
        ({"set_lines": [World.line(1, name={"id": "Poros"}), World.line(5)]}, ["/set_lines/1"]),
        ({"remove_lines": [2]}, ["/remove_lines/0"]),
        ({"incoterm": "DAP", "delivery_place": "Gresik"}, ["/incoterm", "/delivery_place"]),
        ({"payment_days": 30, "title": "Axles"}, ["/payment_days"]),
        ({"nda_text": "Keep it."}, ["/nda_text"]),
    ],
)
async def test_what_bears_on_prices_is_not_called_non_material(
    world: World, body: dict[str, Any], pointers: list[str]
) -> None:
    scene = await Scene.set(world, lines=2)
    refused = await scene.post(**body, non_material=True)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid"), refused.text
    assert [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert (await scene.post(**body)).status_code == 201, "with the quotes moved it may be done"


async def test_documents_are_never_non_material(world: World) -> None:
    scene = await Scene.set(world)
    file = await uploaded(scene.buyer)
    attach: dict[str, Any] = {"attach_documents": [{"file_id": file["id"], "kind": "photo"}]}
    refused = await scene.post(**attach, non_material=True)
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/attach_documents/0"]
    [document] = (await scene.published(**attach))["documents"]
    refused = await scene.post(detach_documents=[document["document_id"]], non_material=True)
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/detach_documents/0"]


@pytest.mark.parametrize(
    ("body", "status", "code", "pointers"),
    [
        ({}, 409, "nothing_changed", None),
        ({"title": "Shafts", "set_lines": [World.line(1)]}, 409, "nothing_changed", None),
        ({"remove_lines": [9]}, 422, "invalid", ["/remove_lines/0"]),
        ({"remove_lines": [1], "set_lines": [World.line(1)]}, 422, "invalid", ["/set_lines/0/line_no"]),
        ({"set_lines": [World.line(3), World.line(3)]}, 422, "invalid", ["/set_lines/1/line_no"]),
        ({"set_lines": [World.line(3), World.line(1, quantity="1.5")]}, 422, "invalid", ["/set_lines/1/quantity"]),
        ({"remove_lines": [1, 2]}, 422, "incomplete", ["/remove_lines"]),
        ({"set_lines": [World.line(2, specification=None)]}, 422, "incomplete", ["/set_lines/0"]),
        ({"evaluation": [{"criterion": "price", "percent": "100"}]}, 422, "invalid", ["/evaluation"]),
        ({"incoterm": "XYZ"}, 422, "invalid", ["/incoterm"]),
        ({"detach_documents": ["doc_" + "0" * 32]}, 422, "invalid", ["/detach_documents/0"]),
        ({"detach_documents": ["doc_1"]}, 404, "not_found", None),
        (
            {"attach_documents": [{"file_id": "fil_" + "0" * 32, "kind": "drawing", "line_no": 9}]},
            422,
            "invalid",
            ["/attach_documents/0/line_no"],
        ),
        ({"attach_documents": [{"file_id": "fil_" + "0" * 32, "kind": "drawing"}]}, 404, "not_found", None),
        ({"quotes_close_at": "2026-01-01T00:00:00Z"}, 422, "invalid", ["/quotes_close_at"]),
        ({"quotes_close_at": None}, 422, "invalid", ["/quotes_close_at"]),
        ({"questions_close_at": "2026-01-01T00:00:00Z"}, 422, "invalid", ["/questions_close_at"]),
        ({"visibility": "invited"}, 422, "invalid_body", ["/visibility"]),
        ({"summary": ""}, 422, "invalid_body", ["/summary"]),
    ],
)
async def test_what_is_refused(
    world: World, body: dict[str, Any], status: int, code: str, pointers: list[str] | None
) -> None:
    scene = await Scene.set(world, lines=2)
    refused = await scene.post(**body)
    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    assert pointers is None or [error["pointer"] for error in refused.json()["errors"]] == pointers
    assert (await scene.buyer.done("GET", f"/v1/rfqs/{scene.rfq['id']}"))["etag"] == scene.rfq["etag"]


async def test_a_line_keeps_a_drawing_or_a_specification(world: World) -> None:
    buyer = await world.party("buyer", policy={"minimum_quoting_hours": 0})
    draft = await world.draft(buyer, lines=[world.line(1, specification=None)])
    path = f"/v1/rfqs/{draft['id']}/documents"
    made = await buyer.done("POST", path, {"file_id": (await uploaded(buyer))["id"], "kind": "drawing", "line_no": 1})
    scene = Scene(world, buyer, await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish"))
    refused = await scene.post(detach_documents=[made["document"]["id"]])
    assert (refused.json()["code"], refused.json()["errors"][0]["pointer"]) == ("incomplete", "/detach_documents")


async def test_another_agreement_gets_the_next_number(world: World) -> None:
    scene = await Scene.set(world, nda_required=True, nda_text="Keep it.")
    await scene.published(nda_text="Keep it, and give it back.")
    told = (await scene.buyer.done("GET", scene.path))["items"][0]["terms"]
    assert {"member": "nda_version", "before": 1, "after": 2} in told


async def test_replay_dry_run_and_conditions(world: World) -> None:
    scene = await Scene.set(world, lines=2)
    quoted = await scene.quoted()
    body: dict[str, Any] = {"set_lines": [scene.line(1, quantity="7")]}
    dry = await scene.post(**body, dry=True)
    assert (dry.status_code, dry.json()["addendum"]["revision"], dry.json()["etag"]) == (201, 2, '"3"')
    assert dry.headers["preference-applied"] == "dry-run"
    assert (await scene.buyer.done("GET", scene.path))["items"] == []
    assert await scene.states(quoted) == [("submitted", [])]
    assert (await scene.post(**body, etag='"1"')).json()["code"] == "stale_version"
    first = await scene.post(**body, key="once", etag=scene.rfq["etag"])
    again = await scene.post(**body, key="once", etag=scene.rfq["etag"])
    assert (first.status_code, first.headers["etag"], again.content) == (201, '"3"', first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert (await scene.post(**body, key="")).json()["code"] == "idempotency_key_required"
    assert len((await scene.buyer.done("GET", scene.path))["items"]) == 1


async def test_who_may_not_and_when(world: World) -> None:
    scene = await Scene.set(world)
    supplier, rival, stranger = await world.party("supplier"), await world.party("buyer"), await world.party("operator")
    body = {"summary": "Mine", "title": "Mine"}
    for party in (supplier, rival, stranger):
        assert (await party.post(scene.path, body)).json()["code"] == "forbidden"
    hidden = await world.rfq(scene.buyer, visibility="invited")
    assert (await rival.post(f"/v1/rfqs/{hidden['id']}/addenda", body)).status_code == 404
    writer = await world.key(scene.buyer.organisation_id, "writer", scopes=["rfqs:write"])
    assert (await writer.post(scene.path, body)).json()["code"] == "scope_missing"
    draft = await world.draft(scene.buyer)
    refused = await scene.buyer.post(f"/v1/rfqs/{draft['id']}/addenda", body)
    assert (refused.json()["code"], refused.json()["state"]) == ("wrong_state", "draft")
    await world.pass_deadline(scene.rfq)
    late = await scene.post(title="Late")
    assert (late.status_code, late.json()["code"]) == (409, "deadline_passed")
    await scene.buyer.done("POST", f"/v1/rfqs/{scene.rfq['id']}/open-quotes")
    assert (await scene.post(title="Later")).json()["code"] == "wrong_state"


async def test_only_the_buyers_own_clean_file(world: World) -> None:
    scene = await Scene.set(world)
    foreign, own = await uploaded(await world.party("buyer")), await uploaded(scene.buyer)
    attach: dict[str, Any] = {"attach_documents": [{"file_id": foreign["id"], "kind": "drawing"}]}
    assert (await scene.post(**attach)).status_code == 404
    await world.owner.execute("UPDATE file SET state = 'scanning' WHERE id = $1", read("file", own["id"]))
    refused = await scene.post(attach_documents=[{"file_id": own["id"], "kind": "drawing"}])
    assert (refused.status_code, refused.json()["code"]) == (409, "file_not_clean")


async def test_there_is_an_end_to_addenda(world: World) -> None:
    scene = await Scene.set(world)
    await world.owner.execute("UPDATE rfq SET revision = 101 WHERE id = $1", read("rfq", scene.rfq["id"]))
    assert (await scene.post(title="Once more")).json()["code"] == "limit_reached"
