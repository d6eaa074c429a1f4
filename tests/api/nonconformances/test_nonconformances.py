"""respond, decide and close a nonconformance through HTTP: the story, each refusal, replay, stale ETag, dry run."""

from typing import Any

from domain.actors import SYSTEM
from domain.ids import read
from domain.nonconformances import sql
from world import Party, World

Scene = tuple[Party, Party, Any, Any, str]


async def claimed(world: World) -> Scene:
    """(buyer, supplier, order, claim about two pieces, its path)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    receipt = await world.receipt(buyer, await world.despatch(supplier, order, (1, "A", "60")))
    found = {"lines": [{"line_no": 1, "lot": "A", "accepted": "58", "rejected": "2"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    path = f"/v1/orders/{order['id']}/nonconformances"
    [claim] = (await supplier.done("GET", path))["items"]
    return buyer, supplier, order, claim, f"{path}/{claim['id']}"


async def test_a_claim_from_opening_to_closing(world: World) -> None:
    buyer, supplier, order, claim, path = await claimed(world)
    assert (claim["state"], claim["line_no"], claim["lot"], claim["quantity"]) == ("open", 1, "A", "2")
    assert claim["allowed_actions"] == ["respond_nonconformance"]
    answer = {"step": "contained", "note": "Stock at the works is blocked."}
    first = await supplier.post(f"{path}/respond", answer, key="once", etag=claim["etag"])
    assert (first.status_code, first.json()["state"], first.json()["etag"]) == (200, "contained", '"2"')
    again = await supplier.post(f"{path}/respond", answer, key="once", etag=claim["etag"])
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    other = await supplier.post(f"{path}/respond", answer | {"step": "corrected"}, key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    await buyer.done("POST", f"{path}/decide", {"disposition": "scrap"})
    decided = await buyer.done("POST", f"{path}/decide", {"disposition": "replace", "note": "Not worth it."})
    assert (decided["state"], decided["disposition"]) == ("contained", "replace")
    await supplier.done("POST", f"{path}/respond", {"step": "cause_found", "note": "Worn collet."})
    await supplier.done("POST", f"{path}/respond", {"step": "corrected", "note": "Collets are changed monthly."})
    early = await buyer.post(f"{path}/close")
    assert (early.json()["code"], early.json()["errors"][0]["pointer"]) == ("incomplete", "/dispositions")
    new = {"number": "SJ-R", "replaces": claim["id"], "lines": [{"line_no": 1, "lot": "R", "quantity": "2"}]}
    await supplier.done("POST", f"/v1/orders/{order['id']}/despatches", new)
    closed = await buyer.done("POST", f"{path}/close")
    assert (closed["state"], closed["allowed_actions"]) == ("closed", [])
    assert [(step["action"], step["by"], step["disposition"]) for step in closed["steps"]] == [
        ("contain", supplier.name, None),
        ("decide", buyer.name, "scrap"),
        ("decide", buyer.name, "replace"),
        ("find_cause", supplier.name, None),
        ("correct", supplier.name, None),
        ("replace", supplier.name, None),
        ("close", buyer.name, None),
    ]
    listing = f"/v1/orders/{order['id']}/nonconformances"
    assert (await supplier.done("GET", f"{listing}?state=open"))["items"] == []
    assert [item["id"] for item in (await supplier.done("GET", f"{listing}?state=closed"))["items"]] == [claim["id"]]
    key = read("nonconformance", claim["id"])
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("order", order["id"]), key))
    events = await world.feed(supplier, subject_id=key)
    assert [event.type.partition(".")[2] for event in events] == [
        "opened", "contained", "decided", "decided", "cause_found", "corrected", "replacement_sent", "closed",
    ]  # fmt: skip
    assert await world.feed(buyer, subject_id=key) == events
    assert "collet" not in str([event.data for event in events]).lower(), "what was written stays in the claim"


async def test_steps_come_one_after_the_other(world: World) -> None:
    buyer, supplier, _, _, path = await claimed(world)
    early = await supplier.post(f"{path}/respond", {"step": "corrected", "note": "Done."})
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "wrong_state", "open")
    assert early.json()["allowed_actions"] == ["respond_nonconformance"]
    open_ = await buyer.post(f"{path}/close")
    assert (open_.status_code, open_.json()["code"]) == (409, "wrong_state")
    for step in ("contained", "cause_found", "corrected"):
        await supplier.done("POST", f"{path}/respond", {"step": step, "note": "Done."})
    undecided = await buyer.post(f"{path}/close")
    assert (undecided.status_code, undecided.json()["code"]) == (422, "incomplete")
    assert [error["pointer"] for error in undecided.json()["errors"]] == ["/disposition"]
    decided = await buyer.done("POST", f"{path}/decide", {"disposition": "scrap"})
    assert decided["allowed_actions"] == ["return_response", "decide_nonconformance", "close_nonconformance"]
    await buyer.done("POST", f"{path}/close")
    for action, body, party in (
        ("respond", {"step": "contained", "note": "Done."}, supplier),
        ("decide", {"disposition": "scrap"}, buyer),
        ("close", None, buyer),
    ):
        late = await party.post(f"{path}/{action}", body)
        assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "closed")


async def test_bodies_that_are_not_taken(world: World) -> None:
    buyer, supplier, _, _, path = await claimed(world)
    for action, body, party, pointer in (
        ("respond", {"step": "closed", "note": "x"}, supplier, "/step"),
        ("respond", {"step": "contained"}, supplier, "/note"),
        ("respond", {"step": "contained", "note": ""}, supplier, "/note"),
        ("decide", {"disposition": "burn"}, buyer, "/disposition"),
    ):
        answer = await party.post(f"{path}/{action}", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_body"), answer.text
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    part = {"disposition": "scrap", "quantity": "2"}
    wrong: Any
    for wrong, pointer in (
        ({}, "/disposition"),
        ({"disposition": "scrap", "dispositions": [part]}, "/disposition"),
        ({"disposition": "use_as_is"}, "/dispositions/0/reference"),
        ({"dispositions": [part, part]}, "/dispositions/1/disposition"),
        ({"dispositions": [part | {"quantity": "1"}]}, "/dispositions"),
    ):
        answer = await buyer.post(f"{path}/decide", wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text
        assert answer.json()["errors"][0]["pointer"] == pointer


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, order, claim, path = await claimed(world)
    rival = await world.party("supplier")
    other = await world.order(buyer, supplier)
    bodies: dict[str, Any] = {
        "respond": {"step": "contained", "note": "Done."},
        "decide": {"disposition": "scrap"},
        "close": None,
    }
    for action, body in bodies.items():
        mine, theirs = (supplier, buyer) if action == "respond" else (buyer, supplier)
        assert (await rival.post(f"{path}/{action}", body)).status_code == 404
        astray = f"/v1/orders/{other['id']}/nonconformances/{claim['id']}/{action}"
        assert (await mine.post(astray, body)).status_code == 404, "a claim about another order"
        malformed = f"/v1/orders/{order['id']}/nonconformances/none/{action}"
        assert (await mine.post(malformed, body)).status_code == 404
        assert (await theirs.post(f"{path}/{action}", body)).json()["code"] == "forbidden"
        reader = await world.key(mine.organisation_id, "reader", scopes=["orders:read"])
        assert (await reader.post(f"{path}/{action}", body)).json()["code"] == "scope_missing"
        assert (await world.http.post(f"{path}/{action}", json=body)).status_code == 401
        assert (await mine.post(f"{path}/{action}", body, key="")).json()["code"] == "idempotency_key_required"
        stale = await mine.post(f"{path}/{action}", body, etag='"7"')
        assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    dry = await supplier.post(f"{path}/respond", bodies["respond"], headers={"prefer": "dry-run"})
    assert (dry.json()["state"], dry.headers["preference-applied"]) == ("contained", "dry-run")
    [seen] = (await buyer.done("GET", f"/v1/orders/{order['id']}/nonconformances"))["items"]
    assert (seen["state"], seen["etag"]) == ("open", claim["etag"])
