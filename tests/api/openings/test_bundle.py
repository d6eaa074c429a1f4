"""get_opening_bundle and list_access_attempts through HTTP: what each reader gets, and that it holds together."""

from typing import Any

import msgspec
import pytest

from domain.actors import SYSTEM
from domain.ids import read, show
from domain.ledger import hashing
from domain.ledger import sql as ledger
from domain.openings import parsing, proof
from domain.openings.verification import Report, verify
from world import Party, World


async def bundle_of(party: Party, rfq: Any, query: str = "") -> Any:
    return await party.done("GET", f"/v1/rfqs/{rfq['id']}/opening-bundle{query}")


def check(bundle: Any, receipts: list[Any] | None = None) -> Report:
    kept = parsing.read_receipts(msgspec.json.encode({"items": receipts})) if receipts else []
    return verify(parsing.read_bundle(msgspec.json.encode(bundle)), kept)


async def resubmit(supplier: Party, quote: Any, price: str) -> Any:
    """The same quote again at another price."""
    mine = f"/v1/quotes/{quote['id']}"
    shown = await supplier.done("GET", mine)
    lines = [
        {
            "line_no": line["line_no"],
            "line_digest": line["line_digest"],
            "breaks": [{"min_quantity": "1", "unit_price": price}],
            "lead_time_days": 14,
        }
        for line in shown["content"]["lines"]
    ]
    changed = await supplier.done("PATCH", mine, {"lines": lines}, etag=shown["etag"])
    return await supplier.done("POST", f"{mine}/submit", etag=changed["etag"])


async def test_everybody_gets_the_same_set_and_each_may_read_its_own(world: World) -> None:
    buyer, one, two, gone, idle = await world.parties("buyer", *["supplier"] * 4)
    rfq = await world.rfq(buyer)
    first, second = await world.quote(one, rfq, "120.5"), await world.quote(two, rfq, "99.25")
    await resubmit(one, first, "118")
    withdrawn = await world.quote(gone, rfq, "77")
    await gone.done("POST", f"/v1/quotes/{withdrawn['id']}/withdraw")
    await idle.done("POST", f"/v1/rfqs/{rfq['id']}/join")
    await buyer.get(f"/v1/quotes/{first['id']}")
    opened = await world.opened(buyer, rfq, ago=0)
    bundles = {party.id: await bundle_of(party, rfq) for party in (buyer, one, two, gone, idle)}
    for bundle in bundles.values():
        report = check(bundle)
        assert report.faults == []
    public = [
        (
            bundle["root"],
            bundle["header"],
            [
                {k: v for k, v in entry.items() if k not in {"quote_id", "content", "nonce"}}
                for entry in bundle["entries"]
            ],
        )
        for bundle in bundles.values()
    ]
    assert all(item == public[0] for item in public), "one root, one header, one order"
    header = bundles[buyer.id]["header"]
    assert (header["rfq_id"], header["round"], header["opened_at"]) == (rfq["id"], 1, opened["opened_at"])
    assert (header["quotes"], header["submissions"]) == (2, 3)
    assert (header["left_out_quotes"], header["left_out_submissions"], header["early_attempts"]) == (1, 1, 1)
    assert [item["name"] for item in header["approvals"]] == [buyer.name]
    by_key = {(entry["quote_id"], entry["number"]): entry for entry in bundles[buyer.id]["entries"]}
    assert {key: (entry["state"], entry["content"] is not None) for key, entry in by_key.items()} == {
        (first["id"], 1): ("superseded", False),
        (first["id"], 2): ("opened", True),
        (second["id"], 1): ("opened", True),
    }, "what was replaced is its supplier's"
    mine = {(entry["quote_id"], entry["number"], entry["content"] is not None) for entry in bundles[one.id]["entries"]}
    assert mine == {(first["id"], 1, True), (first["id"], 2, True), (None, 1, False)}
    text = msgspec.json.encode(bundles[one.id])
    for secret in (second["id"], "99.25", two.id, two.name, show("quote", read("quote", withdrawn["id"])), "77.0"):
        assert secret.encode() not in text, "of rivals neither name, id nor price"
    assert {chain["subject_id"] for chain in bundles[gone.id]["chains"]} == {rfq["id"], withdrawn["id"]}
    [announced] = await world.feed(idle, subject_id=read("rfq", rfq["id"]), types=["rfq.quotes_opened"])
    assert announced.data["root"] == header_root(bundles) == bundles[idle.id]["root"]
    assert bundles[idle.id]["chains"][0]["events"][-1]["hash"] == announced.hash.hex(), "as the feed told it"


def header_root(bundles: dict[str, Any]) -> str:
    """The root over the leaves of one bundle."""
    bundle = next(iter(bundles.values()))
    leaves = [bundle["header_leaf"], *(entry["leaf"] for entry in bundle["entries"])]
    return proof.root([bytes.fromhex(leaf) for leaf in leaves]).hex()


async def test_a_receipt_is_enough(world: World) -> None:
    buyer, one, two, gone = await world.parties("buyer", *["supplier"] * 3)
    rfq = await world.rfq(buyer)
    quote, other, withdrawn = [await world.quote(party, rfq) for party in (one, two, gone)]
    await resubmit(one, quote, "118")
    await gone.done("POST", f"/v1/quotes/{withdrawn['id']}/withdraw")
    await world.opened(buyer, rfq, ago=0)
    receipts = (await one.done("GET", f"/v1/quotes/{quote['id']}/receipts"))["items"]
    assert [(item["rfq_id"], item["round"], item["submitted_version"]) for item in receipts] == [
        (rfq["id"], 1, 1),
        (rfq["id"], 1, 2),
    ]
    for reader in (one, two, buyer):
        assert check(await bundle_of(reader, rfq), receipts).faults == []
    bundle = await bundle_of(one, rfq)
    for member, value in (
        ("commitment", "0" * 64),
        ("nonce", "0" * 64),
        ("submitted_at", "2026-01-01T00:00:00Z"),
        ("submitted_version", 3),
        ("quote_id", other["id"][:-1] + "x"),
        ("round", 2),
    ):
        faults = check(bundle, [receipts[0] | {member: value}]).faults
        assert [fault.where.startswith("receipt ") for fault in faults] == [True], member
    lost = (await gone.done("GET", f"/v1/quotes/{withdrawn['id']}/receipts"))["items"]
    assert ["not in the set" in fault.what for fault in check(await bundle_of(gone, rfq), lost).faults] == [True]


async def test_two_people_where_two_are_asked(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    ana = await world.key(buyer.organisation_id, "ana at the office", person="Ana")
    budi = await world.key(buyer.organisation_id, "budi", person="Budi")
    rfq = await world.rfq(buyer, opening_quorum=2)
    await world.quote(supplier, rfq)
    await world.pass_deadline(rfq, ago=0)
    path = f"/v1/rfqs/{rfq['id']}/open-quotes"
    await ana.done("POST", path)
    assert (await supplier.get(f"/v1/rfqs/{rfq['id']}/opening-bundle")).json()["code"] == "still_sealed"
    await budi.done("POST", path)
    for reader in (buyer, supplier):
        bundle = await bundle_of(reader, rfq)
        header = bundle["header"]
        assert header["quorum"] == 2
        assert [item["name"] for item in header["approvals"]] == ["ana at the office", "budi"]
        assert header["approvals"][0]["at"] < header["approvals"][1]["at"] == header["opened_at"]
        assert check(bundle).faults == []
        assert b"Ana" not in msgspec.json.encode(bundle), "the display name, not the person"
    same = msgspec.json.decode(msgspec.json.encode(bundle))
    same["header"]["approvals"][0]["identity"] = same["header"]["approvals"][1]["identity"]
    assert "the approvals are not by different people" in [fault.what for fault in check(same).faults]
    alone = msgspec.json.decode(msgspec.json.encode(bundle))
    del alone["header"]["approvals"][0]
    assert "2 people had to approve, 1 are named" in [fault.what for fault in check(alone).faults]


async def test_before_the_opening_it_is_refused_and_on_record(world: World) -> None:
    buyer, supplier, operator, facilitator, stranger = await world.parties(
        "buyer", "supplier", "operator", "facilitator", "supplier"
    )
    rfq = await world.rfq(buyer, visibility="invited")
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/invitations", {"supplier_ids": [supplier.id]})
    await world.quote(supplier, rfq)
    path = f"/v1/rfqs/{rfq['id']}/opening-bundle"
    for party in (buyer, supplier):
        answer = await party.get(path)
        assert (answer.status_code, answer.json()["code"]) == (409, "still_sealed")
    for party in (operator, facilitator, stranger):
        assert (await party.get(path)).status_code == 404
    assert (await buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes")).json()["code"] == "deadline_not_reached"
    seen = f"/v1/rfqs/{rfq['id']}/access-attempts"
    expected = [
        ("open_quotes", "deadline_not_reached", buyer.id, buyer.name),
        ("get_opening_bundle", "still_sealed", supplier.id, supplier.name),
        ("get_opening_bundle", "still_sealed", buyer.id, buyer.name),
    ]
    for party in (buyer, operator):
        items = (await party.done("GET", seen))["items"]
        found = [(item["operation"], item["refusal"], item["organisation_id"], item["actor_name"]) for item in items]
        assert found == expected
        assert {item["rfq_id"] for item in items} == {rfq["id"]}
    page = await buyer.done("GET", f"{seen}?limit=2")
    rest = await buyer.done("GET", f"{seen}?limit=2&after={page['next_cursor']}")
    assert [item["id"] for item in (*page["items"], *rest["items"])] == [item["id"] for item in items]
    assert rest["next_cursor"] is None
    assert (await supplier.get(seen)).json()["code"] == "forbidden"
    for party in (facilitator, stranger):
        assert (await party.get(seen)).status_code == 404
    await world.opened(buyer, rfq, ago=0)
    for party in (operator, facilitator, stranger):
        assert (await party.get(path)).status_code == 404, "nor afterwards"
    assert (await bundle_of(supplier, rfq))["header"]["early_attempts"] == 3


async def test_who_may_read_an_open_rfq_takes_no_part_by_it(world: World) -> None:
    buyer, reader = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    await world.opened(buyer, rfq, ago=0)
    assert (await reader.get(f"/v1/rfqs/{rfq['id']}")).status_code == 200
    assert (await reader.get(f"/v1/rfqs/{rfq['id']}/opening-bundle")).status_code == 404
    assert (await reader.get(f"/v1/rfqs/{rfq['id']}/access-attempts")).json()["code"] == "forbidden"


async def test_rounds_that_are_not_opened(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    path = f"/v1/rfqs/{rfq['id']}/opening-bundle"
    await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/join")
    assert (await supplier.get(f"{path}?round=1")).json()["code"] == "still_sealed"
    assert (await supplier.get(f"{path}?round=2")).status_code == 404
    assert (await supplier.get(f"{path}?round=0")).json()["code"] == "invalid_parameter"
    await world.opened(buyer, rfq, ago=0)
    assert await bundle_of(supplier, rfq, "?round=1") == await bundle_of(supplier, rfq)
    assert (await supplier.get(f"{path}?round=2")).status_code == 404
    # As it would be after a second round had begun: the first stays provable, the second is sealed.
    key = read("rfq", rfq["id"])
    await world.owner.execute(
        "UPDATE rfq SET round = 2, state = 'open', opened_at = NULL, closed_at = NULL, "
        "quotes_close_at = clock_timestamp() + interval '1 hour' WHERE id = $1",
        key,
    )
    assert check(await bundle_of(supplier, rfq)).faults == []
    assert (await supplier.get(f"{path}?round=2")).json()["code"] == "still_sealed"


async def test_an_opening_of_an_earlier_release_has_no_proof(world: World) -> None:
    buyer = await world.party("buyer")
    rfq = await world.rfq(buyer)
    await world.opened(buyer, rfq, ago=0)
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        await world.owner.execute("DELETE FROM opening WHERE rfq_id = $1", read("rfq", rfq["id"]))
    answer = await buyer.get(f"/v1/rfqs/{rfq['id']}/opening-bundle")
    assert (answer.status_code, answer.json()["code"], answer.json()["state"]) == (409, "wrong_state", "evaluating")


async def test_an_opening_without_quotes(world: World) -> None:
    buyer = await world.party("buyer")
    rfq = await world.rfq(buyer)
    await world.opened(buyer, rfq, ago=0)
    bundle = await bundle_of(buyer, rfq)
    assert (bundle["entries"], check(bundle).faults) == ([], [])


async def test_too_much_for_one_bundle(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    await world.quote(supplier, rfq)
    await world.opened(buyer, rfq, ago=0)
    path = f"/v1/rfqs/{rfq['id']}/opening-bundle"
    for limit in ("MAX_CONTENT", "MAX_EVENTS"):
        with monkeypatch.context() as patch:
            patch.setattr(f"domain.openings.queries.{limit}", 3)
            answer = await supplier.get(path)
            assert (answer.status_code, answer.json()["code"]) == (409, "limit_reached")


async def tampered(world: World, statement: str, *values: Any) -> None:
    """What somebody with the owner's rights does to history."""
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        assert await world.owner.execute(statement, *values) == "UPDATE 1"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE quote_submission SET submitted_at = submitted_at - interval '1 hour' WHERE quote_id = $1",
        "UPDATE quote_submission SET commitment = sha256(commitment) WHERE quote_id = $1",
        "UPDATE quote_opened SET nonce = sha256(nonce) WHERE quote_id = $1",
        "UPDATE quote_opened SET content = jsonb_set(content, '{lines,0,breaks,0,unit_price}', '\"1\"') WHERE quote_id = $1",
    ],
)
async def test_history_changed_in_the_database_shows_and_names_the_quote(world: World, statement: str) -> None:
    buyer, one, two, three = await world.parties("buyer", *["supplier"] * 3)
    rfq = await world.rfq(buyer)
    quotes = [await world.quote(party, rfq) for party in (one, two, three)]
    await world.opened(buyer, rfq, ago=0)
    await tampered(world, statement, read("quote", quotes[1]["id"]))
    faults = check(await bundle_of(buyer, rfq)).faults
    assert faults
    named = {quote["id"] for quote in quotes for fault in faults if quote["id"] in fault.where}
    assert named == {quotes[1]["id"]}


async def test_a_quote_that_was_kept_from_the_opening_shows(world: World) -> None:
    buyer, one, two = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    lost, _ = await world.quote(one, rfq), await world.quote(two, rfq)
    key = read("quote", lost["id"])
    await tampered(world, "UPDATE quote SET state = 'draft' WHERE id = $1", key)
    await world.opened(buyer, rfq, ago=0)
    bundle = await bundle_of(one, rfq)
    # The clock's lapse tells; without that event too the chain ends with the submission.
    chain = next(chain for chain in bundle["chains"] if chain["subject_id"] == lost["id"])
    assert chain["events"].pop()["shown"]["type"] == "quote.lapsed"
    assert [fault.what for fault in check(bundle).faults] == [
        "it was submitted and neither withdrawn nor lapsed, and is not in the set"
    ]


async def test_every_event_recomputes_from_what_is_stored(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, title="Poros “ü” \u2028 🙂", lines=2)
    quote = await world.quote(supplier, rfq, note='quote " back \\ slash')
    await world.opened(buyer, rfq, ago=0)
    subjects = [read("rfq", rfq["id"]), read("quote", quote["id"])]
    async with world.services.db.read(SYSTEM) as tx:
        until = await tx.now()
        chains = await ledger.chains(tx, subjects, until=until, reader=buyer.organisation_id, limit=1000)
    for links in chains.values():
        assert len(links) > 2
        previous = b""
        for one in links:
            assert one.salt is not None
            assert hashing.leaf_2(one.event, one.salt) == one.leaf
            assert hashing.link(previous, one.leaf) == one.hash
            previous = one.hash


async def test_events_of_the_previous_release_stay_what_they_are(world: World) -> None:
    """Their links are checked; what they say cannot be shown in part, and is counted as not checked."""
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    key = read("quote", quote["id"])
    async with world.services.db.read(SYSTEM) as tx:
        found = await ledger.chains(tx, [key], until=await tx.now(), reader=buyer.organisation_id, limit=1000)
    previous = b""
    for one in found[key]:
        leaf = hashing.leaf_1(one.event)
        previous = hashing.link(previous, leaf)
        await tampered(
            world,
            "UPDATE event SET hash_version = 1, salt = NULL, leaf = $2, hash = $3 WHERE id = $1",
            one.event.id,
            leaf,
            previous,
        )
    await world.opened(buyer, rfq, ago=0)
    for reader in (buyer, supplier):
        bundle = await bundle_of(reader, rfq)
        chain = next(chain for chain in bundle["chains"] if chain["subject_id"] == quote["id"])
        assert [event["shown"] is None for event in chain["events"]] == [True, True, False]
        report = check(bundle)
        assert report.faults == []
        [told] = [item for item in report.checks if item.what == "submissions against the events of their time"]
        assert (told.checked, told.unchecked) == (0, 1)
