"""ask_question: by whom, until when, about what, how many."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from questions_scene import asked, joined, questions, stored, told

from world import Party, World

ASKED = {"question": "Which steel?"}


async def refused(party: Party, rfq: Any, body: Any = ASKED) -> tuple[int, str]:
    response = await party.post(f"/v1/rfqs/{rfq['id']}/questions", body)
    return response.status_code, response.json()["code"]


async def test_a_participant_asks_once(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    characteristics = [{"no": 7, "name": "diameter", "ctq": True}]
    rfq = await world.rfq(buyer, lines=[world.line(1), world.line(2, characteristics=characteristics)])
    await joined(supplier, rfq)
    body = {"question": "Is h6 meant?", "line_no": 2, "characteristic_no": 7}
    path = f"/v1/rfqs/{rfq['id']}/questions"
    first, again = await supplier.post(path, body, key="k"), await supplier.post(path, body, key="k")
    question = first.json()
    assert (first.status_code, again.content, again.headers["idempotent-replayed"]) == (201, first.content, "true")
    assert first.headers["location"] == f"/v1/questions/{question['id']}"
    assert question["id"].startswith("qst_")
    assert (question["state"], question["mine"], question["etag"]) == ("asked", True, '"1"')
    assert (question["line_no"], question["characteristic_no"]) == (2, 7)
    assert (question["allowed_actions"], question["blocked_actions"]) == ([], [])
    seen = await buyer.done("GET", f"/v1/questions/{question['id']}")
    assert (seen["asked_by"], seen["asked_by_name"], seen["mine"]) == (supplier.id, supplier.name, False)
    assert seen["allowed_actions"] == ["answer_question", "decline_question"]
    assert [item["id"] for item in await questions(buyer, rfq)] == [question["id"]]
    for party in (buyer, supplier):
        [event] = await told(world, party, rfq)
        assert (event.type, event.organisation_id) == ("question.asked", supplier.organisation_id)
        assert event.data == {"rfq_id": rfq["id"], "question_id": question["id"], "line_no": 2}
    await stored(world, question)


async def test_who_may_not_ask(world: World) -> None:
    buyer, supplier, other = await world.parties("buyer", "supplier", "buyer")
    rfq, hidden = await world.rfq(buyer), await world.rfq(buyer, visibility="invited")
    assert await refused(supplier, rfq) == (403, "not_participating")
    assert await refused(buyer, rfq) == (403, "forbidden")
    assert await refused(other, rfq) == (403, "forbidden"), "it is no supplier"
    assert await refused(supplier, hidden) == (404, "not_found")
    assert await refused(other, hidden) == (404, "not_found")
    assert await refused(supplier, await world.draft(buyer)) == (404, "not_found")
    await joined(supplier, rfq)
    await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/decline", {"reason": "capacity_full"})
    assert await refused(supplier, rfq) == (403, "not_participating"), "it declined"
    unverified = await world.party("supplier", state="registered")
    assert await refused(unverified, rfq) == (403, "organisation_not_verified")
    reader = await world.key(supplier.organisation_id, "reader", scopes=["rfqs:read"])
    assert await refused(reader, rfq) == (403, "scope_missing")


async def test_the_agreement_comes_first(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, nda_required=True, nda_text="Keep it.")
    await joined(supplier, rfq)
    assert await refused(supplier, rfq) == (403, "nda_required")
    await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/accept-nda", {"nda_version": 1})
    await asked(supplier, rfq)


async def test_what_is_asked_about_has_to_exist(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    await joined(supplier, rfq)
    path = f"/v1/rfqs/{rfq['id']}/questions"
    for more, pointer in (
        ({"line_no": 9}, "/line_no"),
        ({"characteristic_no": 1}, "/line_no"),
        ({"line_no": 1, "characteristic_no": 1}, "/characteristic_no"),
    ):
        response = await supplier.post(path, {**ASKED, **more})
        assert (response.status_code, response.json()["code"]) == (422, "invalid")
        assert [fault["pointer"] for fault in response.json()["errors"]] == [pointer]
    for text in ("", "x" * 2001):
        assert (await supplier.post(path, {"question": text})).json()["code"] == "invalid_body"
    await asked(supplier, rfq, "x" * 2000)


@pytest.mark.parametrize("limit", ["questions_close_at", "quotes_close_at"])
async def test_questions_close_by_the_databases_clock(world: World, limit: str) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    closes = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
    rfq = await world.rfq(buyer, questions_close_at=closes)
    await joined(supplier, rfq)
    await asked(supplier, rfq)
    if limit == "quotes_close_at":
        await world.pass_deadline(rfq)
    else:
        await world.owner.execute(
            "UPDATE rfq SET questions_close_at = clock_timestamp() WHERE 'rfq_' || replace(id::text, '-', '') = $1",
            rfq["id"],
        )
    assert await refused(supplier, rfq) == (409, "deadline_passed")
    shown = await supplier.done("GET", f"/v1/rfqs/{rfq['id']}")
    blocked = {item["action"]: item["code"] for item in shown["blocked_actions"]}
    assert "ask_question" not in shown["allowed_actions"]
    assert blocked.get("ask_question") == ("deadline_passed" if limit == "questions_close_at" else None)


async def test_a_cancelled_rfq_takes_no_question(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    await joined(supplier, rfq)
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/cancel", {"reason": "demand_withdrawn"})
    assert await refused(supplier, rfq) == (409, "wrong_state")


async def test_twenty_wait_at_most_however_many_ask_at_once(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    await joined(supplier, rfq)
    await joined(rival, rfq)
    path = f"/v1/rfqs/{rfq['id']}/questions"
    made = [await asked(supplier, rfq, f"{number}?") for number in range(17)]
    answers = await asyncio.gather(*(supplier.post(path, {"question": "More?"}) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 3
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"limit_reached"}
    await asked(rival, rfq)  # a limit of each participant
    await buyer.done("POST", f"/v1/questions/{made[0]['id']}/answer", {"answer": "Yes."})
    await asked(supplier, rfq)


async def test_the_rfq_says_who_may_ask(world: World) -> None:
    buyer, supplier, stranger = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    await joined(supplier, rfq)

    async def shown(party: Party) -> tuple[list[str], dict[str, str]]:
        seen = await party.done("GET", f"/v1/rfqs/{rfq['id']}")
        return seen["allowed_actions"], {item["action"]: item["code"] for item in seen["blocked_actions"]}

    assert await shown(supplier) == (["ask_question"], {})
    assert await shown(stranger) == ([], {"ask_question": "not_participating"})
    allowed, _ = await shown(buyer)
    assert "invite_suppliers" in allowed
    assert "ask_question" not in allowed
    assert "propose_award" not in allowed
