"""answer_question, decline_question, and questions that nobody answered when the RFQ ends or is to be opened."""

from typing import Any

import pytest
from questions_scene import asked, joined, questions, stored, told

from domain.ids import read
from world import Party, World


@pytest.fixture
async def scene(world: World) -> Any:
    """(buyer, asker, rival, RFQ, question)."""
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    for party in (supplier, rival):
        await joined(party, rfq)
    return buyer, supplier, rival, rfq, await asked(supplier, rfq)


async def test_an_answer_goes_to_all(world: World, scene: Any) -> None:
    buyer, supplier, rival, rfq, question = scene
    onlooker = await world.party("supplier")
    path = f"/v1/questions/{question['id']}/answer"
    dry = await buyer.post(path, {"answer": "S45C."}, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "answered")
    assert await questions(rival, rfq) == []
    assert (await buyer.post(path, {"answer": "S45C."}, etag='"9"')).json()["code"] == "stale_version"
    first = await buyer.post(path, {"answer": "S45C."}, key="k", etag='"1"')
    again = await buyer.post(path, {"answer": "S45C."}, key="k", etag='"1"')
    assert (first.status_code, again.content) == (200, first.content)
    assert (first.json()["state"], first.json()["published_question"]) == ("answered", "Which steel?")
    for party in (supplier, rival, onlooker):
        [seen] = await questions(party, rfq)
        assert (seen["question"], seen["answer"], seen["mine"]) == ("Which steel?", "S45C.", party is supplier)
        [event] = [event for event in await told(world, party, rfq) if event.type == "question.answered"]
        assert event.organisation_id == buyer.organisation_id
    twice = await buyer.post(path, {"answer": "SCM440."})
    assert (twice.status_code, twice.json()["code"], twice.json()["state"]) == (409, "wrong_state", "answered")
    await stored(world, question)


async def test_an_answer_after_quoting_closed(world: World, scene: Any) -> None:
    buyer, _, rival, rfq, question = scene
    await world.pass_deadline(rfq)
    await buyer.done("POST", f"/v1/questions/{question['id']}/answer", {"answer": "S45C."})
    assert len(await questions(rival, rfq)) == 1


async def test_an_answer_cites_a_published_addendum_only(world: World, scene: Any) -> None:
    buyer, _, rival, rfq, question = scene
    path = f"/v1/questions/{question['id']}/answer"

    async def cite(revision: int) -> Any:
        return await buyer.post(path, {"answer": "See it.", "addendum_revision": revision})

    for revision in (1, 2):
        refused = await cite(revision)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/addendum_revision")
    await world.owner.execute("UPDATE rfq SET revision = 3 WHERE id = $1", read("rfq", rfq["id"]))
    assert (await cite(4)).json()["code"] == "invalid"
    assert (await cite(3)).json()["addendum_revision"] == 3
    assert [item["addendum_revision"] for item in await questions(rival, rfq)] == [3]
    assert (await told(world, rival, rfq))[-1].data["addendum_revision"] == 3


async def test_declining_needs_a_reason_that_all_see(world: World, scene: Any) -> None:
    buyer, _, rival, rfq, question = scene
    path = f"/v1/questions/{question['id']}/decline"
    for reason in ("no_such_reason", "rfq_cancelled"):
        refused = await buyer.post(path, {"reason": reason})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason")
    assert (await buyer.post(path, {"reason": "other"}, etag='"9"')).json()["code"] == "stale_version"
    body = {"reason": "not_relevant", "published_question": "About somebody's machines."}
    first, again = await buyer.post(path, body, key="k"), await buyer.post(path, body, key="k")
    assert (first.status_code, first.json()["state"], again.content) == (200, "declined", first.content)
    [seen] = await questions(rival, rfq)
    assert (seen["question"], seen["decline_reason"]) == ("About somebody's machines.", "not_relevant")
    [event] = await told(world, rival, rfq)
    assert (event.type, event.data["reason"]) == ("question.declined", "not_relevant")
    assert (await buyer.post(path, {"reason": "other"})).json()["code"] == "wrong_state"
    await stored(world, question)


@pytest.mark.parametrize(("verb", "body"), [("answer", {"answer": "Yes."}), ("decline", {"reason": "other"})])
async def test_only_the_buyer_settles(world: World, scene: Any, verb: str, body: Any) -> None:
    buyer, supplier, rival, _, question = scene
    path = f"/v1/questions/{question['id']}/{verb}"
    other = await world.party("buyer")
    assert (await supplier.post(path, body)).json()["code"] == "forbidden"
    for stranger in (rival, other):
        assert (await stranger.post(path, body)).status_code in {403, 404}
        assert (await stranger.get(f"/v1/questions/{question['id']}")).status_code == 404
    hidden = await buyer.done("POST", "/v1/rfqs", world.rfq_body(visibility="invited"))
    await buyer.done("POST", f"/v1/rfqs/{hidden['id']}/invitations", {"supplier_ids": [supplier.id]})
    await buyer.done("POST", f"/v1/rfqs/{hidden['id']}/publish")
    secret = await asked(supplier, hidden)
    there = await other.post(f"/v1/questions/{secret['id']}/{verb}", body)
    nowhere = await other.post(f"/v1/questions/qst_{'0' * 32}/{verb}", body)
    assert (there.status_code, there.json()["detail"]) == (404, nowhere.json()["detail"])
    await buyer.done("POST", f"/v1/questions/{secret['id']}/{verb}", body)  # told to all, but all are the invited ones
    assert (await supplier.get(f"/v1/questions/{secret['id']}")).status_code == 200
    assert (await other.get(f"/v1/questions/{secret['id']}")).json()["detail"] == nowhere.json()["detail"]
    assert (await other.post(f"/v1/questions/{secret['id']}/{verb}", body)).status_code == 404
    publisher = await world.key(buyer.organisation_id, "publisher", scopes=["rfqs:read"])
    assert (await publisher.post(path, body)).json()["code"] == "scope_missing"
    assert (await buyer.post(path, body, key="")).json()["code"] == "idempotency_key_required"


async def _blocked(buyer: Party, rfq: Any) -> dict[str, str]:
    shown = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}")
    return {item["action"]: item["detail"] for item in shown["blocked_actions"] if item["action"] == "open_quotes"}


async def test_an_unanswered_question_blocks_the_opening(world: World, scene: Any) -> None:
    buyer, supplier, rival, rfq, question = scene
    second = await asked(rival, rfq, "Which surface?")
    await world.quote(supplier, rfq)
    await world.pass_deadline(rfq)
    path = f"/v1/rfqs/{rfq['id']}/open-quotes"
    refused = await buyer.post(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "questions_unanswered")
    assert refused.json()["detail"].startswith("2 questions ")
    assert (await _blocked(buyer, rfq))["open_quotes"] == refused.json()["detail"]
    assert (await supplier.post(path)).json()["code"] == "forbidden", "a rival does not learn how many there are"
    await buyer.done("POST", f"/v1/questions/{question['id']}/answer", {"answer": "S45C."})
    assert (await buyer.post(path)).json()["detail"].startswith("1 question ")
    await buyer.done("POST", f"/v1/questions/{second['id']}/decline", {"reason": "in_the_documents"})
    assert await _blocked(buyer, rfq) == {}
    opened = await buyer.done("POST", path)
    assert opened["state"] == "evaluating"
    assert "propose_award" in opened["allowed_actions"]


async def test_nor_is_an_opening_approved(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, opening_quorum=2)
    await asked(await joined(supplier, rfq), rfq)
    await world.pass_deadline(rfq)
    assert (await buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes")).json()["code"] == "questions_unanswered"


@pytest.mark.parametrize(
    ("verb", "reason", "code"),
    [("cancel", "demand_withdrawn", "rfq_cancelled"), ("close-without-award", "other", "rfq_not_awarded")],
)
async def test_an_rfq_that_ends_leaves_no_question_open(
    world: World, scene: Any, verb: str, reason: str, code: str
) -> None:
    buyer, supplier, rival, rfq, question = scene
    answered = await asked(rival, rfq, "Which surface?")
    await buyer.done("POST", f"/v1/questions/{answered['id']}/answer", {"answer": "Ra 1.6."})
    await world.pass_deadline(rfq)
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/{verb}", {"reason": reason})
    seen = await supplier.done("GET", f"/v1/questions/{question['id']}")
    assert (seen["state"], seen["decline_reason"], seen["published_question"]) == ("declined", code, None)
    event = (await told(world, supplier, rfq))[-1]
    assert (event.type, event.data["reason"]) == ("question.declined", code)
    # Nobody looked at its wording, so nobody else reads it.
    assert [item["id"] for item in await questions(rival, rfq)] == [answered["id"]]
    assert question["id"] not in {event.data["question_id"] for event in await told(world, rival, rfq)}
    assert (await buyer.post(f"/v1/questions/{question['id']}/answer", {"answer": "."})).json()["code"] == "wrong_state"
    await stored(world, question)


async def test_the_database_itself_opens_nothing_with_a_question_open(world: World, scene: Any) -> None:
    _, _, _, rfq, question = scene
    key = read("rfq", rfq["id"])
    await world.owner.execute("UPDATE rfq SET state = 'closed' WHERE id = $1", key)
    with pytest.raises(Exception, match="every question is answered"):
        await world.owner.execute("UPDATE rfq SET state = 'evaluating' WHERE id = $1", key)
    settled = "UPDATE question SET state = 'answered', answer = 'a', published_question = 'q', settled_at = now()"
    await world.owner.execute(f"{settled} WHERE id = $1", read("question", question["id"]))
    with pytest.raises(Exception, match="history"):
        await world.owner.execute("UPDATE question SET answer = 'b' WHERE id = $1", read("question", question["id"]))
