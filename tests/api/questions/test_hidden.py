"""A rival finds the asker in no answer, list or event."""

from typing import Any

import msgspec
import pytest
from questions_scene import asked, joined, questions, text_of, told

from api.generated import openapi_document
from world import World

DOCUMENT: Any = msgspec.json.decode(openapi_document())
OPERATIONS = [
    path
    for path, item in DOCUMENT["paths"].items()
    if "get" in item and path.startswith("/v1/") and "content" not in path and not path.endswith("/stream")
]
"""Every address that can be read."""
NAME, WORDS = "Bengkel Canary Quill", "our Quillmaster 3000 lathe"


@pytest.mark.parametrize("verb", ["answer", "decline", "cancel"])
async def test_no_rival_learns_who_asked(world: World, verb: str) -> None:
    buyer, rival = await world.parties("buyer", "supplier")
    supplier = await world.party("supplier", name=NAME, person="Canary Person")
    facilitator, operator = await world.parties("facilitator", "operator")
    rfq = await world.rfq(buyer)
    for party in (supplier, rival):
        await joined(party, rfq)
    question = await asked(supplier, rfq, f"May we use {WORDS}?")
    assert await questions(rival, rfq) == []
    assert (await rival.get(f"/v1/questions/{question['id']}")).status_code == 404
    if verb == "answer":
        body: Any = {"answer": "Any lathe.", "published_question": "Is there a prescribed lathe?"}
        await buyer.done("POST", f"/v1/questions/{question['id']}/answer", body)
    elif verb == "decline":
        body = {"reason": "reveals_identity", "published_question": "About a lathe."}
        await buyer.done("POST", f"/v1/questions/{question['id']}/decline", body)
    else:
        await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/cancel", {"reason": "demand_withdrawn"})
    secrets = [supplier.id, supplier.organisation_id.hex, str(supplier.organisation_id), NAME, "Canary Person", WORDS]
    ids = {"rfq_id": rfq["id"], "question_id": question["id"]}
    searched = 0
    for party in (rival, facilitator, operator):
        for path in OPERATIONS:
            url = path
            for name, value in ids.items():
                url = url.replace(f"{{{name}}}", value)
            if "{" in url or (party is not rival and url == "/v1/organisations"):
                continue  # facilitator and operator know of every organisation; that tells nothing of who asked
            response = await party.get(url)
            assert not [secret for secret in secrets if secret in response.text], f"{url} of {party.name}"
            searched += response.status_code == 200
        events = [event for event in await world.feed(party) if event.data.get("rfq_id") == rfq["id"]]
        assert not [secret for secret in secrets if secret in text_of(events)], party.name
        assert [event.type for event in await told(world, party, rfq)] == {
            "answer": ["question.answered"],
            "decline": ["question.declined"],
            "cancel": [],
        }[verb]
    assert searched > 10
    # The same search finds it where it may be found.
    found = text_of(await questions(buyer, rfq))
    assert all(secret in found for secret in (supplier.id, NAME, WORDS))


async def test_pages_show_each_question_once(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    await joined(supplier, rfq)
    made = [await asked(supplier, rfq, f"{number}?") for number in range(5)]
    await buyer.done("POST", f"/v1/questions/{made[2]['id']}/answer", {"answer": "Yes."})
    for party in (buyer, supplier):
        assert [item["id"] for item in await questions(party, rfq)] == [item["id"] for item in made]
    assert [item["id"] for item in await questions(buyer, rfq, "&state=answered")] == [made[2]["id"]]
    page = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/questions?limit=2")
    other = await buyer.get(f"/v1/rfqs/{rfq['id']}/questions?limit=2&state=asked&after={page['next_cursor']}")
    assert (other.status_code, other.json()["code"]) == (400, "invalid_parameter")
