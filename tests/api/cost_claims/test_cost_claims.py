"""Cost claims through HTTP: the story, each refusal, replay, what is told to whom, what the database refuses."""

from typing import Any

import asyncpg
import msgspec
import pytest
from gated_scene import file_of

from domain.actors import SYSTEM
from domain.cost_claims import sql
from domain.cost_claims.model import MAX_CLAIMS
from domain.errors import Invalid, StaleVersion
from domain.ids import read
from world import Party, World

COST: dict[str, Any] = {"category": "sorting", "amount": "1250000", "note": "Two people sorted for a day."}
AGREED = {"answer": "agreed", "amount": "1000000", "note": "The rest is not ours."}


class Scene:
    """An order with a nonconformance about two pieces."""

    def __init__(self, world: World, buyer: Party, supplier: Party, order: Any, about: Any) -> None:
        self.world, self.buyer, self.supplier, self.order, self.about = world, buyer, supplier, order, about
        self.path = f"/v1/orders/{order['id']}/cost-claims"
        self.raising = f"/v1/orders/{order['id']}/nonconformances/{about['id']}/cost-claims"

    async def claim(self, **changes: Any) -> Any:
        return await self.buyer.done("POST", self.raising, COST | changes)

    async def answer(self, claim: Any, body: Any) -> Any:
        return await self.supplier.done("POST", f"{self.path}/{claim['id']}/answer", body, etag=claim["etag"])

    async def row(self, claim: Any) -> Any:
        async with self.world.services.db.read(SYSTEM) as tx:
            return await sql.get(tx, read("order", self.order["id"]), read("cost_claim", claim["id"]))


async def scene(world: World) -> Scene:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    receipt = await world.receipt(buyer, await world.despatch(supplier, order, (1, "A", "60")))
    found = {"lines": [{"line_no": 1, "lot": "A", "accepted": "58", "rejected": "2"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    [about] = (await buyer.done("GET", f"/v1/orders/{order['id']}/nonconformances"))["items"]
    return Scene(world, buyer, supplier, order, about)


async def test_a_claim_is_contested_then_agreed_in_part_and_settled(world: World) -> None:
    it = await scene(world)
    file_id = await file_of(it.buyer, "hours.pdf")
    assert (await it.supplier.get(f"/v1/files/{file_id}/content")).status_code == 404
    first = await it.buyer.post(it.raising, COST | {"files": [file_id]}, key="once")
    made = first.json()
    assert (first.status_code, first.headers["location"]) == (201, f"{it.path}/{made['id']}")
    assert made["id"].startswith("clm_")
    assert (made["state"], made["state_label"], made["currency"], made["amount"]) == (
        "raised", "Cost claimed", "IDR", "1250000",
    )  # fmt: skip
    assert [(one["file_id"], one["name"]) for one in made["files"]] == [(file_id, "hours.pdf")]
    assert (made["nonconformance_id"], made["agreed_amount"], made["settlement"]) == (it.about["id"], None, None)
    assert made["allowed_actions"] == ["withdraw_cost_claim"]
    assert (await it.supplier.get(f"/v1/files/{file_id}/content")).status_code == 200
    again = await it.buyer.post(it.raising, COST | {"files": [file_id]}, key="once")
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    other = await it.buyer.post(it.raising, COST | {"amount": "1"}, key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    seen = await it.supplier.done("GET", f"{it.path}/{made['id']}")
    assert (seen["allowed_actions"], seen["etag"]) == (["answer_cost_claim"], '"1"')
    contested = await it.answer(seen, {"answer": "contested", "note": "The drawing asked for it."})
    assert (contested["state"], contested["answer"], contested["agreed_amount"]) == (
        "contested", "The drawing asked for it.", None,
    )  # fmt: skip
    agreed = await it.answer(contested, AGREED)
    assert (agreed["state"], agreed["agreed_amount"], agreed["amount"]) == ("agreed", "1000000", "1250000")
    assert agreed["answer"] == AGREED["note"]
    settled = await it.buyer.done("POST", f"{it.path}/{made['id']}/settle", {"settlement": "NK-2026/11"})
    assert (settled["state"], settled["settlement"], settled["allowed_actions"]) == ("settled", "NK-2026/11", [])
    assert (await it.supplier.done("GET", f"{it.path}/{made['id']}"))["settlement"] == "NK-2026/11"
    await world.replays(await it.row(made))
    key = read("cost_claim", made["id"])
    events = await world.feed(it.supplier, subject_id=key)
    assert [event.type for event in events] == [
        "cost_claim.raised", "cost_claim.contested", "cost_claim.agreed", "cost_claim.settled",
    ]  # fmt: skip
    assert await world.feed(it.buyer, subject_id=key) == events
    for event in events:
        assert event.data == {
            "order_id": it.order["id"],
            "rfq_id": it.order["rfq_id"],
            "nonconformance_id": it.about["id"],
            "line_no": 1,
            "lot": "A",
            "category": "sorting",
        }, "ids, category and place; never an amount"


async def test_answers_with_amounts_are_kept_sealed(world: World) -> None:
    it = await scene(world)
    made = (await it.buyer.post(it.raising, COST, key="raise")).json()
    one = f"{it.path}/{made['id']}"
    for party, path, body, key in (
        (it.supplier, f"{one}/answer", AGREED | {"amount": "5000000"}, "refused"),
        (it.supplier, f"{one}/answer", AGREED, "agree"),
        (it.buyer, f"{one}/settle", {"settlement": "NK-1"}, "settle"),
    ):
        first = await party.post(path, body, key=key, etag=made["etag"] if party is it.supplier else None)
        again = await party.post(path, body, key=key, etag=made["etag"] if party is it.supplier else None)
        assert again.content == first.content
    dropped = await it.claim(amount="1250000")
    await it.buyer.done("POST", f"{it.path}/{dropped['id']}/withdraw", key="withdraw")
    kept = await world.owner.fetch(
        "SELECT sealed, body FROM idempotency WHERE organisation_id = ANY($1) AND route LIKE '%cost-claims%'",
        [it.buyer.organisation_id, it.supplier.organisation_id],
    )
    assert len(kept) >= 5
    assert all(row["sealed"] for row in kept)
    assert not any(amount in row["body"] for row in kept for amount in (b"1250000", b"1000000"))


async def test_a_closed_nonconformance_and_several_claims(world: World) -> None:
    it = await scene(world)
    one = f"/v1/orders/{it.order['id']}/nonconformances/{it.about['id']}"
    for reached in ("contained", "cause_found", "corrected"):
        await it.supplier.done("POST", f"{one}/respond", {"step": reached, "note": "Done."})
    await it.buyer.done("POST", f"{one}/decide", {"disposition": "scrap"})
    await it.buyer.done("POST", f"{one}/close")
    claims = [await it.claim(category=name) for name in ("sorting", "transport", "line_stop")]
    back = await it.buyer.done("POST", f"{it.path}/{claims[1]['id']}/withdraw", etag=claims[1]["etag"])
    assert (back["state"], back["allowed_actions"]) == ("withdrawn", [])
    listed = await it.supplier.done("GET", it.path)
    assert [item["id"] for item in listed["items"]] == [item["id"] for item in claims]
    raised = await it.buyer.done("GET", f"{it.path}?state=raised&nonconformance_id={it.about['id']}")
    assert [item["category"] for item in raised["items"]] == ["sorting", "line_stop"]
    page = await it.buyer.done("GET", f"{it.path}?limit=2")
    rest = await it.buyer.done("GET", f"{it.path}?limit=2&after={page['next_cursor']}")
    assert [item["id"] for item in rest["items"]] == [claims[2]["id"]]
    strange = await it.buyer.get(f"{it.path}?state=raised&after={page['next_cursor']}")
    assert (strange.status_code, strange.json()["code"]) == (400, "invalid_parameter")
    elsewhere = await it.buyer.done("GET", f"{it.path}?nonconformance_id=ncr_{'0' * 32}")
    assert elsewhere["items"] == []
    assert (await it.buyer.get(f"{it.path}?nonconformance_id=x")).status_code == 404
    same = await it.buyer.get(f"{it.path}/{claims[0]['id']}", headers={"if-none-match": claims[0]["etag"]})
    assert same.status_code == 304
    for _ in range(MAX_CLAIMS - len(claims)):
        await it.claim()
    more = await it.buyer.post(it.raising, COST)
    assert (more.status_code, more.json()["code"]) == (409, "limit_reached")


@pytest.mark.parametrize(
    ("change", "code", "pointers"),
    [
        ({"amount": "0"}, "invalid", ["/amount"]),
        ({"amount": "-5"}, "invalid", ["/amount"]),
        ({"amount": "100.5"}, "invalid", ["/amount"]),
        ({"amount": "1" * 15}, "invalid_body", ["/amount"]),
        ({"amount": "NaN"}, "invalid_body", ["/amount"]),
        ({"amount": 5}, "invalid_body", ["/amount"]),
        ({"amount": None}, "invalid_body", ["/amount"]),
        ({"currency": "USD"}, "invalid_body", ["/currency"]),
        ({"category": "feelings"}, "invalid_body", ["/category"]),
        ({"note": ""}, "invalid_body", ["/note"]),
        ({"note": "a\u0000b"}, "invalid_body", ["/note"]),
        ({"note": "x" * 2001}, "invalid_body", ["/note"]),
        ({"files": ["nothing"]}, "invalid", ["/files/0"]),
        ({"files": ["fil_" + "0" * 32, "fil_" + "0" * 32]}, "invalid", ["/files/1"]),
        ({"files": ["fil_" + "0" * 32] * 21}, "invalid_body", ["/files"]),
    ],
)
async def test_claims_that_are_not_taken(world: World, change: dict[str, Any], code: str, pointers: list[str]) -> None:
    it = await scene(world)
    answer = await it.buyer.post(it.raising, COST | change)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == pointers
    assert (await it.buyer.done("GET", it.path))["items"] == []


async def test_files_have_to_be_ones_own_and_clean(world: World) -> None:
    it = await scene(world)
    foreign = await it.buyer.post(it.raising, COST | {"files": [await file_of(it.supplier)]})
    assert (foreign.json()["code"], foreign.json()["errors"][0]["pointer"]) == ("invalid", "/files/0")
    own = await file_of(it.buyer)
    await world.owner.execute("UPDATE file SET state = 'scanning' WHERE id = $1", read("file", own))
    unchecked = await it.buyer.post(it.raising, COST | {"files": [own]})
    assert (unchecked.status_code, unchecked.json()["code"]) == (409, "file_not_clean")


@pytest.mark.parametrize(
    ("body", "code", "pointers"),
    [
        ({"answer": "agreed"}, "invalid", ["/amount"]),
        ({"answer": "agreed", "amount": "1250001"}, "invalid", ["/amount"]),
        ({"answer": "agreed", "amount": "0"}, "invalid", ["/amount"]),
        ({"answer": "agreed", "amount": "0.5"}, "invalid", ["/amount"]),
        ({"answer": "contested"}, "invalid", ["/note"]),
        ({"answer": "contested", "amount": "1", "note": "No."}, "invalid", ["/amount"]),
        ({"answer": "settled", "amount": "1"}, "invalid_body", ["/answer"]),
        ({"amount": "1"}, "invalid_body", ["/answer"]),
        ({"answer": "agreed", "amount": "1", "currency": "USD"}, "invalid_body", ["/currency"]),
    ],
)
async def test_answers_that_are_not_taken(world: World, body: Any, code: str, pointers: list[str]) -> None:
    it = await scene(world)
    made = await it.claim()
    answer = await it.supplier.post(f"{it.path}/{made['id']}/answer", body, etag=made["etag"])
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert [fault["pointer"] for fault in answer.json()["errors"]] == pointers
    assert (await it.supplier.done("GET", f"{it.path}/{made['id']}"))["state"] == "raised"


async def test_who_may_not_and_when(world: World) -> None:
    it = await scene(world)
    stranger = await world.party("buyer", "supplier")
    assert (await stranger.get(it.path)).status_code == 404, "before there is any claim, too"
    for party, status, code in ((stranger, 404, "not_found"), (it.supplier, 403, "forbidden")):
        refused = await party.post(it.raising, COST)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    other = await world.order(it.buyer, it.supplier)
    astray = await it.buyer.post(f"/v1/orders/{other['id']}/nonconformances/{it.about['id']}/cost-claims", COST)
    assert astray.status_code == 404, "a nonconformance of another order"
    made = await it.claim()
    for path in (it.path, f"{it.path}/{made['id']}"):
        assert (await stranger.get(path)).status_code == 404
    assert (await it.buyer.get(f"/v1/orders/{other['id']}/cost-claims/{made['id']}")).status_code == 404
    bodies: dict[str, Any] = {"answer": AGREED, "withdraw": None, "settle": {"settlement": "NK-1"}}
    for action, body in bodies.items():
        mine, theirs = (it.supplier, it.buyer) if action == "answer" else (it.buyer, it.supplier)
        path = f"{it.path}/{made['id']}/{action}"
        for party, etag, status, code in (
            (stranger, made["etag"], 404, "not_found"),
            (theirs, made["etag"], 403, "forbidden"),
            (mine, '"7"', 412, "stale_version"),
        ):
            refused = await party.post(path, body, etag=etag)
            assert (refused.status_code, refused.json()["code"]) == (status, code), action
        wrong = f"/v1/orders/{other['id']}/cost-claims/{made['id']}/{action}"
        assert (await mine.post(wrong, body, etag=made["etag"])).status_code == 404
        inspector = await world.key(mine.organisation_id, "inspector", scopes=["orders:read", "quality:write"])
        assert (await inspector.post(path, body, etag=made["etag"])).json()["code"] == "scope_missing"
    blind = await it.supplier.post(f"{it.path}/{made['id']}/answer", AGREED)
    assert (blind.status_code, blind.json()["code"]) == (428, "version_required")
    early = await it.buyer.post(f"{it.path}/{made['id']}/settle", bodies["settle"])
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "wrong_state", "raised")
    assert early.json()["allowed_actions"] == ["withdraw_cost_claim"]
    for reference in ("", "x" * 201):
        bad = await it.buyer.post(f"{it.path}/{made['id']}/settle", {"settlement": reference})
        assert (bad.status_code, bad.json()["errors"][0]["pointer"]) == (422, "/settlement")
    dry = await it.supplier.post(
        f"{it.path}/{made['id']}/answer", AGREED, etag=made["etag"], headers={"prefer": "dry-run"}
    )
    assert (dry.json()["state"], dry.headers["preference-applied"]) == ("agreed", "dry-run")
    agreed = await it.answer(made, AGREED)
    for action in ("answer", "withdraw"):
        party = it.supplier if action == "answer" else it.buyer
        late = await party.post(f"{it.path}/{made['id']}/{action}", bodies[action], etag=agreed["etag"])
        assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "agreed")
    dropped = await it.claim()
    contested = await it.answer(dropped, {"answer": "contested", "note": "No."})
    twice = await it.supplier.post(
        f"{it.path}/{dropped['id']}/answer", {"answer": "contested", "note": "No!"}, etag=contested["etag"]
    )
    assert (twice.status_code, twice.json()["code"]) == (409, "wrong_state")
    await it.buyer.done("POST", f"{it.path}/{dropped['id']}/withdraw")
    gone = await it.supplier.post(f"{it.path}/{dropped['id']}/answer", AGREED, etag='"3"')
    assert (gone.status_code, gone.json()["code"]) == (409, "wrong_state")


async def test_the_database_holds_what_the_rules_say(world: World) -> None:
    it = await scene(world)
    made = await it.claim()
    before = await it.row(made)
    replace = msgspec.structs.replace
    async with world.services.db.transaction(SYSTEM) as tx:
        with pytest.raises(Invalid):
            await sql.save(tx, before, replace(before, state="agreed", version=2, agreed_amount=before.amount + 1))
    for statement in (
        "UPDATE cost_claim SET amount = 1 WHERE id = $1",
        "UPDATE cost_claim SET category = 'other' WHERE id = $1",
        "DELETE FROM cost_claim WHERE id = $1",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with world.services.db.transaction(SYSTEM) as tx:
                await tx.execute(statement, before.id)
    agreed = await it.answer(made, AGREED)
    row = await it.row(agreed)
    async with world.services.db.transaction(SYSTEM) as tx:
        with pytest.raises(StaleVersion):
            await sql.save(tx, row, replace(row, version=3, agreed_amount=row.agreed_amount - 1))
    await it.buyer.done("POST", f"{it.path}/{made['id']}/settle", {"settlement": "NK-1"})
    row = await it.row(agreed)
    async with world.services.db.transaction(SYSTEM) as tx:
        with pytest.raises(StaleVersion):
            await sql.save(tx, row, replace(row, version=4, settlement="NK-2"))
    other = await world.order(it.buyer, it.supplier)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await world.owner.execute(
            "INSERT INTO cost_claim SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), "
            "'order_id', $2::uuid))).* FROM cost_claim c WHERE id = $1",
            before.id,
            read("order", other["id"]),
        )
