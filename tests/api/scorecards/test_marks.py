"""list_marks, get_mark, reply_to_mark, decide_mark: a mark counts after ten days, and who says what of it until then."""

import asyncio
from datetime import datetime
from typing import Any

import asyncpg
import pytest
from scorecard_scene import ago, card, figures, marks, recomputed, rejection

from domain.actors import SCOPES, SYSTEM
from domain.ids import read
from domain.scorecards import sql
from world import Party, World


def _path(mark: Any, step: str = "") -> str:
    return f"/v1/organisations/{mark['organisation_id']}/marks/{mark['id']}{step}"


CONTESTED = {"outcome": "contested", "text": "The gauge was not calibrated."}


async def _alike(world: World, scored: Party) -> None:
    shown = await card(scored, scored)
    found = await recomputed(world, scored, shown)
    assert [{name: item[name] for name in found[0]} for item in shown["figures"]] == found


async def test_a_rejection_is_a_mark_that_counts_after_ten_days(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    mark = await rejection(world, buyer, supplier)
    assert (mark["kind"], mark["standing"], mark["quantity"], mark["line_no"]) == ("rejected", "pending", "10", 1)
    assert (mark["state"], mark["etag"], mark["allowed_actions"]) == (None, None, ["reply_to_mark"])
    assert (mark["counterparty_id"], mark["side"], mark["lot"]) == (buyer.id, "supplier", "L-90-10")
    found = await figures(supplier, supplier)
    assert (found["lots_accepted"]["n"], found["lots_accepted"]["pending"]) == (0, 1)
    assert await supplier.done("GET", _path(mark)) == mark
    assert await marks(supplier, supplier, "&standing=pending") == [mark]
    await ago(world, supplier, 9.9)
    assert (await figures(supplier, supplier))["lots_accepted"]["n"] == 0
    await ago(world, supplier, 0.2)
    [later] = await marks(supplier, supplier)
    assert (later["id"], later["standing"], later["allowed_actions"]) == (mark["id"], "counted", [])
    found = await figures(supplier, supplier)
    assert (found["lots_accepted"]["n"], found["lots_accepted"]["pending"]) == (1, 0)
    late = await supplier.post(_path(mark, "/reply"), CONTESTED)
    assert (late.status_code, late.json()["code"]) == (409, "deadline_passed")
    assert await marks(supplier, supplier, "&standing=pending") == []
    await _alike(world, supplier)


async def test_an_accepted_mark_counts_at_once(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    mark = await rejection(world, buyer, supplier)
    key = "once"
    response = await supplier.post(_path(mark, "/reply"), {"outcome": "accepted"}, key=key)
    said = response.json()
    assert (response.status_code, response.headers["etag"]) == (201, '"1"')
    assert (said["state"], said["standing"], said["text"], said["allowed_actions"]) == ("accepted", "counted", None, [])
    again = await supplier.post(_path(mark, "/reply"), {"outcome": "accepted"}, key=key)
    assert (again.json(), again.headers["idempotent-replayed"]) == (said, "true")
    second = await supplier.post(_path(mark, "/reply"), CONTESTED)
    assert (second.status_code, second.json()["code"]) == (409, "duplicate")
    found = await figures(supplier, supplier)
    assert (found["lots_accepted"]["n"], found["lots_accepted"]["pending"]) == (1, 0)
    refused = await buyer.post(_path(mark, "/decide"), {"decision": "withdrawn"})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    for party in (buyer, supplier):
        [event] = [item for item in await world.feed(party) if item.subject_type == "mark"]
        assert (event.type, event.data["kind"], event.data["subject"]) == (
            "mark.accepted",
            "rejected",
            mark["subject_id"],
        )
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("mark", mark["id"])))
    await _alike(world, supplier)


@pytest.mark.parametrize(("decision", "standing", "n"), [("upheld", "counted", 1), ("withdrawn", "withdrawn", 0)])
async def test_the_other_side_decides_a_contest(world: World, decision: str, standing: str, n: int) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    mark = await rejection(world, buyer, supplier)
    said = await supplier.done("POST", _path(mark, "/reply"), CONTESTED)
    assert (said["state"], said["state_label"], said["standing"]) == ("contested", "Contested", "contested")
    found = (await figures(supplier, supplier))["lots_accepted"]
    assert (found["n"], found["contested"], found["pending"]) == (0, 1, 0)
    own = await supplier.post(_path(mark, "/decide"), {"decision": "withdrawn"})
    assert (own.status_code, own.json()["code"]) == (403, "forbidden")
    [seen] = await marks(buyer, supplier)
    assert (seen["text"], seen["allowed_actions"]) == (CONTESTED["text"], ["decide_mark"])
    stale = await buyer.post(_path(mark, "/decide"), {"decision": decision}, etag='"7"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    body = {"decision": decision, "answer": "We measured again."}
    done = await buyer.done("POST", _path(mark, "/decide"), body, etag=said["etag"])
    assert (done["state"], done["standing"], done["answer"], done["etag"]) == (
        decision,
        standing,
        body["answer"],
        '"2"',
    )
    assert done["allowed_actions"] == []
    assert (await buyer.post(_path(mark, "/decide"), body)).json()["code"] == "wrong_state"
    found = (await figures(supplier, supplier))["lots_accepted"]
    assert (found["n"], found["contested"], found["pending"]) == (n, 0, 0)
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("mark", mark["id"])))
    await _alike(world, supplier)


async def test_an_undecided_contest_ends_after_thirty_days(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    mark = await rejection(world, buyer, supplier)
    await supplier.done("POST", _path(mark, "/reply"), CONTESTED)
    await ago(world, supplier, 29.9)
    assert (await figures(supplier, supplier))["lots_accepted"]["contested"] == 1
    await ago(world, supplier, 0.2)
    found = (await figures(supplier, supplier))["lots_accepted"]
    assert (found["n"], found["contested"]) == (1, 0)
    late = await buyer.post(_path(mark, "/decide"), {"decision": "withdrawn"})
    assert (late.status_code, late.json()["code"]) == (409, "deadline_passed")
    await _alike(world, supplier)


async def test_a_late_line_is_a_mark(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    order = await world.order(buyer, supplier, quantities=("100",))
    despatch = await world.despatch(supplier, order, (1, "L1", "60"))
    await world.receipt(buyer, despatch)
    assert (await figures(supplier, supplier))["on_time_in_full"]["n"] == 0, "it is due in 2030"
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        await world.owner.execute(
            "UPDATE event SET data = replace(data::text, '2030-01-01', (now() + interval '1 day')::date::text)::jsonb "
            "WHERE subject_id = $1",
            read("order", order["id"]),
        )
    assert await marks(supplier, supplier) == []
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        await world.owner.execute(
            "UPDATE event SET data = replace(data::text, (now() + interval '1 day')::date::text, "
            "(now() - interval '3 days')::date::text)::jsonb WHERE subject_id = $1",
            read("order", order["id"]),
        )
    await ago(world, supplier, 5)
    [mark] = await marks(supplier, supplier)
    assert (mark["kind"], mark["quantity"], mark["lot"], mark["standing"]) == ("late", "100", None, "pending"), (
        "the receipt says when it arrived: after the day"
    )
    done = await supplier.done("POST", _path(mark, "/reply"), CONTESTED)
    assert (done["standing"], done["subject_id"]) == ("contested", order["id"])
    await _alike(world, supplier)


async def test_nobody_learns_of_the_dealings_of_others(world: World) -> None:
    buyer, other, supplier, rival = await world.parties("buyer", "buyer", "supplier", "supplier")
    first, second = await rejection(world, buyer, supplier), await rejection(world, other, supplier)
    assert [item["id"] for item in await marks(supplier, supplier)] == [second["id"], first["id"]], "newest first"
    assert [item["id"] for item in await marks(buyer, supplier)] == [first["id"]]
    assert [item["id"] for item in await marks(other, supplier)] == [second["id"]]
    assert await marks(await world.party("facilitator"), supplier) == []
    assert await marks(await world.party("buyer"), supplier) == []
    assert (await rival.get(f"/v1/organisations/{supplier.id}/marks")).status_code == 404
    for party in (other, rival, await world.party("facilitator"), await world.party("buyer")):
        assert (await party.get(_path(first))).status_code == 404
        assert (await party.post(_path(first, "/reply"), CONTESTED)).status_code == 404
        assert (await party.post(_path(first, "/decide"), {"decision": "upheld"})).status_code == 404
    refused = await buyer.post(_path(first, "/reply"), CONTESTED)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    elsewhere = {**first, "organisation_id": rival.id}
    await supplier.done("POST", _path(first, "/reply"), CONTESTED)
    assert (await buyer.post(_path(elsewhere, "/decide"), {"decision": "upheld"})).status_code == 404
    shown = (await figures(buyer, supplier))["lots_accepted"]
    assert (shown["pending"], shown["contested"]) == (0, 1), "of its own dealings"
    reader = await world.key(
        supplier.organisation_id, "r", scopes=[scope for scope in SCOPES if scope != "orders:write"]
    )
    assert (await reader.post(_path(second, "/reply"), CONTESTED)).json()["code"] == "scope_missing"


async def test_two_replies_at_once_are_one(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    mark = await rejection(world, buyer, supplier)
    async with world.owner.transaction():
        # Another reply is being written: ours saw none, and waits for it at the key.
        await world.owner.execute(
            "INSERT INTO mark (id, organisation_id, counterparty_id, side, kind, subject, fact_at, state, version, replied_by, "
            "created_at, updated_at) VALUES ($1, $2, $3, 'supplier', 'rejected', $4, $5, 'accepted', 1, 'x', now(), now())",
            read("mark", mark["id"]),
            supplier.organisation_id,
            buyer.organisation_id,
            mark["subject_id"],
            datetime.fromisoformat(mark["at"]),
        )
        ours = asyncio.create_task(supplier.post(_path(mark, "/reply"), CONTESTED))
        await asyncio.sleep(0.5)
        assert not ours.done()
    refused = await ours
    assert (refused.status_code, refused.json()["code"]) == (409, "duplicate")


async def test_an_unanswered_invitation_is_a_mark(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    draft = await world.draft(buyer, visibility="invited")
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/invitations", {"supplier_ids": [supplier.id]})
    rfq = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    await world.opened(buyer, rfq)
    [mark] = await marks(supplier, supplier)
    assert (mark["kind"], mark["subject_id"], mark["quantity"]) == ("unanswered", rfq["id"], None)
    await supplier.done("POST", _path(mark, "/reply"), {"outcome": "accepted", "text": "Our inbox was full."})
    [seen] = await marks(buyer, supplier)
    assert (seen["standing"], seen["text"]) == ("counted", "Our inbox was full.")


async def test_hostile_input(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    mark = await rejection(world, buyer, supplier)
    for body, code in (
        ({"outcome": "contested"}, "invalid"),
        ({"outcome": "contested", "text": ""}, "invalid_body"),
        ({"outcome": "contested", "text": "x" * 2001}, "invalid_body"),
        ({"outcome": "contested", "text": "a\u0000b"}, "invalid_body"),
        ({"outcome": "denied"}, "invalid_body"),
        ({"outcome": "accepted", "note": "x"}, "invalid_body"),
        ([], "invalid_body"),
    ):
        refused = await supplier.post(_path(mark, "/reply"), body)
        assert (refused.status_code, refused.json()["code"]) == (422, code), body
    for unknown in ("mrk_" + "0" * 32, "mrk_x", "%00", mark["subject_id"]):
        assert (await supplier.post(_path({**mark, "id": unknown}, "/reply"), CONTESTED)).status_code == 404
        assert (await supplier.get(_path({**mark, "id": unknown}))).status_code == 404
    path = f"/v1/organisations/{supplier.id}/marks"
    for query in ("standing=gone", "side=both", "after=x", "limit=0", "limit=101"):
        assert (await supplier.get(f"{path}?{query}")).json()["code"] == "invalid_parameter", query
    assert (await supplier.post(_path(mark, "/reply"), CONTESTED, key="")).json()["code"] == "idempotency_key_required"
    dry = await supplier.post(_path(mark, "/reply"), CONTESTED, headers={"prefer": "dry-run"})
    assert dry.status_code in {201, 409}


async def test_the_database_keeps_the_bounds_too(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    mark = await rejection(world, buyer, supplier)
    await supplier.done("POST", _path(mark, "/reply"), CONTESTED)
    key = read("mark", mark["id"])
    for statement, constraint in (
        ("fact_at = created_at - interval '10 days'", "mark_replied_within_ten_days"),
        (
            "state = 'upheld', decided_by = 'x', decided_at = created_at + interval '30 days'",
            "mark_decided_within_thirty_days",
        ),
        ("state = 'upheld'", "mark_decided"),
        ("text = NULL", "mark_contested_in_words"),
        ("counterparty_id = organisation_id", "mark_of_another"),
    ):
        with pytest.raises(asyncpg.CheckViolationError) as caught:
            await world.owner.execute(f"UPDATE mark SET {statement} WHERE id = $1", key)
        assert caught.value.constraint_name == constraint
    await buyer.done("POST", _path(mark, "/decide"), {"decision": "upheld"})
    with pytest.raises(asyncpg.CheckViolationError):
        await world.owner.execute("UPDATE mark SET state = 'withdrawn' WHERE id = $1", key)
