"""list_addenda through HTTP: who reads what of it; and that history stays what it was."""

from typing import Any

import asyncpg
import pytest
from addendum_scene import Scene

from domain.addenda import sql as addenda
from domain.ids import read
from domain.reports.feed import figures_from_feed
from world import World

BASELINE = {
    "kind": "import",
    "origin": "JP",
    "hs_code": "8483.10",
    "currency": "USD",
    "cif_unit_price": "4321.75",
    "annual_quantity": "50",
    "idr_rate": "16813",
    "idr_rate_on": "2026-11-01",
}


async def test_suppliers_never_read_what_the_buyer_hides(world: World) -> None:
    line = world.line(1, baseline=BASELINE, target_price="777.1234")
    scene = await Scene.set(world, lines=[line])
    supplier, _ = quoted = await scene.quoted()
    dearer = BASELINE | {"cif_unit_price": "5432.25"}
    hidden = await scene.published(set_lines=[line | {"baseline": dearer, "target_price": "888.4321"}])
    assert (hidden["lines"], hidden["is_material"]) == ([], False), "there is nothing for suppliers to price anew"
    assert await scene.states(quoted) == [("submitted", [])]
    members = {change["member"]: change for change in hidden["hidden_lines"][0]["members"]}
    assert members["target_price"] == {"member": "target_price", "before": "777.1234", "after": "888.4321"}
    assert members["baseline"]["after"]["cif_unit_price"] == "5432.25"
    shown = await scene.published(
        set_lines=[
            line | {"baseline": dearer | {"shown": True}, "target_price": "888.4321", "target_price_shown": True}
        ]
    )
    public = {change["member"]: change for change in shown["lines"][0]["members"]}
    assert (public["baseline"]["before"], public["target_price"]["before"]) == (None, None)
    assert public["target_price"]["after"] == "888.4321"
    listed = await supplier.get(scene.path)
    told = [repr(event) for event in await world.feed(supplier)]
    for secret in ("4321.75", "777.1234"):
        assert secret not in listed.text + "".join(told)
        assert secret in (await scene.buyer.get(scene.path)).text
    items = listed.json()["items"]
    assert [(item["hidden_lines"], item["published_by"]) for item in items] == [(None, None)] * 2
    assert "5432.25" in repr(items[1])
    assert "5432.25" not in repr(items[0])


async def test_a_confidential_document_stays_so_in_the_history(world: World) -> None:
    scene = await Scene.set(world, nda_required=True, nda_text="Keep it.")
    headers = {"content-type": "application/octet-stream"}
    file = (await scene.buyer.request("POST", "/v1/files?name=x.pdf", content=b"%PDF-1.7\n", headers=headers)).json()
    await scene.published(attach_documents=[{"file_id": file["id"], "kind": "drawing", "confidential": True}])
    supplier, operator = await world.party("supplier"), await world.party("operator")

    async def seen(party: Any) -> tuple[Any, Any, Any]:
        [item] = (await party.done("GET", scene.path))["items"]
        [document] = item["documents"]
        return document["file_name"], document["sha256"], document["unreadable"]

    assert await seen(scene.buyer) == ("x.pdf", file["sha256"], None)
    assert await seen(operator) == (None, None, "not_found")
    assert await seen(supplier) == (None, None, "not_participating")
    await supplier.done("POST", f"/v1/rfqs/{scene.rfq['id']}/join")
    assert await seen(supplier) == (None, None, "nda_required")
    await supplier.done("POST", f"/v1/rfqs/{scene.rfq['id']}/accept-nda", {"nda_version": 1})
    assert await seen(supplier) == ("x.pdf", file["sha256"], None)
    [event] = await world.feed(operator, types=["rfq.addendum_published"], subject_id=read("rfq", scene.rfq["id"]))
    assert file["sha256"] not in repr(event)


async def test_pages_and_who_may_read(world: World) -> None:
    scene = await Scene.set(world, visibility="invited")
    for number in range(3):
        await scene.published(title=f"Shafts {number}", non_material=True)
    first = await scene.buyer.done("GET", f"{scene.path}?limit=2")
    assert [item["revision"] for item in first["items"]] == [2, 3]
    rest = await scene.buyer.done("GET", f"{scene.path}?limit=2&after={first['next_cursor']}")
    assert ([item["revision"] for item in rest["items"]], rest["next_cursor"]) == ([4], None)
    assert (await scene.buyer.get(f"{scene.path}?after=x")).json()["code"] == "invalid_parameter"
    for role in ("supplier", "buyer", "facilitator"):
        assert (await (await world.party(role)).get(scene.path)).status_code == 404
    reader = await world.key(scene.buyer.organisation_id, "reader", scopes=["files:read"])
    assert (await reader.get(scene.path)).json()["code"] == "scope_missing"


async def test_long_ones_come_on_pages_of_their_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = await Scene.set(world)
    for number in range(3):
        await scene.published(title=f"Shafts {number}", non_material=True)
    monkeypatch.setattr(addenda, "MAX_BYTES", 1)
    found, after = [], ""
    while True:
        page = await scene.buyer.done("GET", f"{scene.path}?limit=2{after}")
        found.append([item["revision"] for item in page["items"]])
        if page["next_cursor"] is None:
            break
        after = f"&after={page['next_cursor']}"
    assert found == [[2], [3], [4]]


async def test_what_was_published_stays(world: World) -> None:
    scene = await Scene.set(world)
    await scene.quoted()
    await scene.published(title="Axles")
    key = read("rfq", scene.rfq["id"])
    for statement in (
        "UPDATE rfq_addendum SET summary = 'x' WHERE rfq_id = $1",
        "DELETE FROM rfq_addendum WHERE rfq_id = $1",
        "DELETE FROM quote_priced p USING quote q WHERE q.id = p.quote_id AND q.rfq_id = $1",
    ):
        with pytest.raises(asyncpg.RestrictViolationError):
            await world.owner.execute(statement, key)
    for statement in (
        "UPDATE quote SET state = 'needs_reconfirmation' WHERE rfq_id = $1",
        "UPDATE quote SET lines_to_reconfirm = '{1}' WHERE rfq_id = $1",
    ):
        with pytest.raises(asyncpg.CheckViolationError):
            await world.owner.execute(statement, key)


async def test_the_feed_alone_gives_the_report_after_an_addendum(world: World) -> None:
    line = world.line(1, baseline=BASELINE)
    scene = await Scene.set(world, lines=[line])
    await scene.published(set_lines=[line | {"quantity": "20", "baseline": BASELINE | {"cif_unit_price": "2"}}])
    report = await scene.buyer.done("GET", "/v1/reports/import-substitution")
    events: list[Any] = []
    await world.feed(scene.buyer)  # once nothing elsewhere on the server holds it back
    page = await scene.buyer.done("GET", "/v1/events?limit=100")
    events = page["items"]
    assert (
        report["total"]["potential_idr"]
        == str(figures_from_feed(reversed(events)).potential_idr)
        == str(20 * 2 * 16813)
    )
