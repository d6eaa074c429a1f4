"""Where questions, provable openings, objections and RFQs issued again meet."""

from typing import Any

import msgspec
from award_scene import Scene
from cooperative_scene import confirmed, cooperative, workshop
from questions_scene import asked, joined

from domain.actors import SYSTEM
from domain.ids import read
from domain.ledger import hashing
from domain.ledger import sql as ledger
from domain.openings import parsing
from domain.openings.verification import verify
from domain.rfqs import sql as rfqs
from world import Party, World

NDA = {"nda_required": True, "nda_text": "Gambar tetap rahasia."}


async def _openings(world: World, rfq: Any) -> int:
    count: int = await world.owner.fetchval("SELECT count(*) FROM opening WHERE rfq_id = $1", read("rfq", rfq["id"]))
    return count


async def _checked(party: Party, rfq: Any) -> Any:
    """The party's bundle, which is sound."""
    bundle = await party.done("GET", f"/v1/rfqs/{rfq['id']}/opening-bundle")
    assert verify(parsing.read_bundle(msgspec.json.encode(bundle)), []).faults == []
    return bundle


async def test_an_unanswered_question_leaves_no_proof_behind_and_an_answer_lets_it_be_made(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    people = [await world.key(buyer.organisation_id, name, person=name) for name in ("Ana", "Budi")]
    rfq = await world.rfq(buyer, opening_quorum=2)
    question = await asked(await joined(rival, rfq), rfq)
    await world.quote(supplier, rfq)
    await world.pass_deadline(rfq, ago=0)
    path = f"/v1/rfqs/{rfq['id']}"
    for person in people:
        assert (await person.post(f"{path}/open-quotes")).json()["code"] == "questions_unanswered"
    assert await _openings(world, rfq) == 0
    assert (await buyer.get(f"{path}/opening-bundle")).json()["code"] == "still_sealed"
    await buyer.done("POST", f"/v1/questions/{question['id']}/answer", {"answer": "S45C."})
    for person in people:
        await person.done("POST", f"{path}/open-quotes")
    bundles = [await _checked(party, rfq) for party in (buyer, supplier, rival)]
    assert len({bundle["root"] for bundle in bundles}) == 1
    header = bundles[0]["header"]
    assert [approval["name"] for approval in header["approvals"]] == ["Ana", "Budi"]
    # Refused for what its buyer had left to do, not for looking at what is sealed. The bundle asked for is one.
    assert header["early_attempts"] == 1
    [attempt] = (await buyer.done("GET", f"{path}/access-attempts"))["items"]
    assert attempt["refusal"] == "still_sealed"


async def test_events_of_every_kind_are_hashed_in_parts_and_follow_one_another(world: World) -> None:
    started = await world.owner.fetchval("SELECT clock_timestamp()")
    scene = await Scene.set(world, suppliers=2, head={"standstill_days": 3})
    question_rfq = await world.rfq(scene.buyer)
    question = await asked(await joined(scene.suppliers[0], question_rfq), question_rfq)
    await scene.buyer.done("POST", f"/v1/questions/{question['id']}/answer", {"answer": "S45C."})
    await confirmed(await cooperative(world), await workshop(world))
    award = await scene.issued("100")
    objection = await scene.suppliers[1].done("POST", f"/v1/rfqs/{scene.rfq['id']}/objections", {"text": "Keliru."})
    decision = {"outcome": "upheld", "answer": "Benar."}
    await scene.buyer.done("POST", f"/v1/objections/{objection['id']}/decide", decision, etag=objection["etag"])
    ended = await scene.buyer.done("POST", f"/v1/rfqs/{scene.rfq['id']}/cancel", {"reason": "demand_withdrawn"})
    await scene.buyer.done("POST", f"/v1/rfqs/{ended['id']}/reissue")
    # The world writes organisations without an event of their making; other tests tamper with what is theirs.
    rows = await world.owner.fetch(
        "SELECT subject_id FROM event WHERE subject_type <> 'organisation' GROUP BY subject_id HAVING min(at) >= $1",
        started,
    )
    async with world.services.db.read(SYSTEM) as tx:
        until = await tx.now()
        chains = await ledger.chains(
            tx, [row["subject_id"] for row in rows], until=until, reader=scene.buyer.organisation_id, limit=100_000
        )
    told = set()
    for subject_id, links in chains.items():
        previous = b""
        for number, one in enumerate(links, 1):
            assert one.salt is not None
            assert one.event.subject_version == number
            told.add(one.event.type)
            assert hashing.leaf_2(one.event, one.salt) == one.leaf, (one.event.type, subject_id)
            assert hashing.link(previous, one.leaf) == one.hash, (one.event.type, subject_id)
            previous = one.hash
    assert {
        "question.asked",
        "question.answered",
        "membership.proposed",
        "membership.accepted",
        "quote.award_intended",
        "award.issued",
        "award.set_aside",
        "objection.filed",
        "objection.upheld",
        "rfq.quotes_opened",
        "rfq.reissued",
    } <= told, award
    # What came after the opening is no part of its proof.
    for party in (scene.buyer, *scene.suppliers):
        assert (await _checked(party, scene.rfq))["header"]["quotes"] == 2


async def test_an_rfq_issued_again_asks_for_its_agreement_again(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    old = await world.rfq(buyer, **NDA)
    await joined(supplier, old)
    await supplier.done("POST", f"/v1/rfqs/{old['id']}/accept-nda", {"nda_version": 1})
    # As after an addendum that changed the text.
    await world.owner.execute(
        """UPDATE rfq SET terms = jsonb_set(terms, '{nda_version}', '3') WHERE id = $1""", read("rfq", old["id"])
    )
    question = await supplier.post(f"/v1/rfqs/{old['id']}/questions", {"question": "Which steel?"})
    assert question.json()["code"] == "nda_required"
    await supplier.done("POST", f"/v1/rfqs/{old['id']}/accept-nda", {"nda_version": 3})
    question = await asked(supplier, old)
    await buyer.done("POST", f"/v1/rfqs/{old['id']}/cancel", {"reason": "demand_withdrawn"})
    draft = await buyer.done("POST", f"/v1/rfqs/{old['id']}/reissue", {"invite_previous": True})
    assert (draft["nda_required"], draft["nda_text"], draft["nda_version"]) == (True, NDA["nda_text"], 3)
    async with world.services.db.read(SYSTEM) as tx:
        assert (await rfqs.get(tx, read("rfq", draft["id"]))).terms.nda_version == 3
    body = {"questions_close_at": None, "quotes_close_at": world.rfq_body()["quotes_close_at"]}
    draft = await buyer.done("PATCH", f"/v1/rfqs/{draft['id']}", body, etag=draft["etag"])
    new = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    seen = await supplier.done("GET", f"/v1/rfqs/{new['id']}")
    assert (seen["nda_version"], seen["nda_accepted"]) == (3, False)
    assert {item["action"]: item["code"] for item in seen["blocked_actions"]}["ask_question"] == "nda_required"
    # The question belongs to the old one.
    assert (await supplier.done("GET", f"/v1/rfqs/{new['id']}/questions"))["items"] == []
    await supplier.done("POST", f"/v1/rfqs/{new['id']}/accept-nda", {"nda_version": 3})
    assert (await supplier.done("GET", f"/v1/rfqs/{new['id']}"))["nda_accepted"] is True
    await asked(supplier, new)
    again = await supplier.done("GET", f"/v1/questions/{question['id']}")
    assert (again["state"], again["decline_reason"]) == ("declined", "rfq_cancelled")
