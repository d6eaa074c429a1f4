"""An agreement that got a new version binds only who accepted that one: for documents, questions and quotes."""

from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.participations import sql
from world import Party, World

PDF = b"%PDF-1.7\nsecret\n"
RAISE = """
UPDATE rfq SET terms = jsonb_set(terms, '{nda_version}', '2') WHERE id = $1
"""


@pytest.fixture
async def scene(world: World) -> Any:
    """(buyer, supplier that accepted version 1, RFQ, confidential file); the agreement has version 2 now."""
    buyer, supplier = await world.parties("buyer", "supplier")
    draft = await world.draft(buyer, nda_required=True, nda_text="Keep it.")
    sent = {"content-type": "application/octet-stream"}
    file = (await buyer.request("POST", "/v1/files?name=a.pdf", content=PDF, headers=sent)).json()
    body = {"file_id": file["id"], "kind": "drawing", "confidential": True}
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/documents", body)
    rfq = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/join")
    await accept(supplier, rfq, 1)
    return buyer, supplier, rfq, file["id"]


async def accept(supplier: Party, rfq: Any, version: int) -> Any:
    return await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/accept-nda", {"nda_version": version})


async def raised(world: World, rfq: Any) -> None:
    await world.owner.execute(RAISE, read("rfq", rfq["id"]))


async def answers(supplier: Party, rfq: Any, file: str, quote: Any) -> dict[str, tuple[int, Any]]:
    """Everything that asks for the agreement: (status, code)."""
    path = f"/v1/rfqs/{rfq['id']}"
    made = {
        "download": await supplier.get(f"/v1/files/{file}/content"),
        "describe": await supplier.get(f"/v1/files/{file}"),
        "ask": await supplier.post(f"{path}/questions", {"question": "Which steel?"}),
        "submit": await supplier.post(f"/v1/quotes/{quote['id']}/submit"),
    }
    return {
        name: (answer.status_code, answer.json().get("code") if answer.status_code >= 400 else None)
        for name, answer in made.items()
    }


async def test_an_older_acceptance_does_not_count(world: World, scene: Any) -> None:
    _, supplier, rfq, file = scene
    path = f"/v1/rfqs/{rfq['id']}"
    quote = await supplier.done("POST", f"{path}/quotes", world.quote_body(rfq))
    assert {status for status, _ in (await answers(supplier, rfq, file, quote)).values()} == {200, 201}
    before = await supplier.done("GET", path)
    assert (before["nda_version"], before["nda_accepted"]) == (1, True)
    await raised(world, rfq)
    refused = await answers(supplier, rfq, file, quote)
    assert set(refused.values()) == {(403, "nda_required")}, refused
    for response in (
        await supplier.get(f"/v1/files/{file}/content"),
        await supplier.post(f"{path}/questions", {"question": "Which steel?"}),
        await supplier.post(f"/v1/quotes/{quote['id']}/submit"),
    ):
        assert "has a new version: you accepted version 1. Read and accept version 2" in response.json()["detail"]
    seen = await supplier.done("GET", path)
    assert (seen["nda_version"], seen["nda_accepted"]) == (2, False)
    [document] = (await supplier.done("GET", f"{path}/documents"))["items"]
    assert "nda_required" in str(document)
    old = await supplier.post(f"{path}/accept-nda", {"nda_version": 1})
    assert (old.status_code, old.json()["errors"][0]["pointer"]) == (422, "/nda_version")
    await accept(supplier, rfq, 2)
    assert {status for status, _ in (await answers(supplier, rfq, file, quote)).values()} == {200, 201}
    assert (await supplier.done("GET", path))["nda_accepted"] is True


async def test_a_quote_is_not_started_under_an_older_acceptance(world: World, scene: Any) -> None:
    _, supplier, rfq, _ = scene
    await raised(world, rfq)
    response = await supplier.post(f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq))
    assert (response.status_code, response.json()["code"]) == (403, "nda_required")


async def test_each_acceptance_stays_in_the_history(world: World, scene: Any) -> None:
    _, supplier, rfq, _ = scene
    await raised(world, rfq)
    await accept(supplier, rfq, 2)
    async with world.services.db.read(SYSTEM) as tx:
        part = await sql.find(tx, read("rfq", rfq["id"]), supplier.organisation_id)
    assert part is not None
    await world.replays(part)
    accepted = await world.owner.fetch(
        "SELECT change ->> 'nda_version' AS version, change ->> 'nda_accepted_by' AS by FROM event "
        "WHERE subject_id = $1 AND type = 'participation.nda_accepted' ORDER BY position",
        part.id,
    )
    # A field that did not change is not in the change: both were accepted by the same key.
    assert [(row["version"], row["by"]) for row in accepted] == [("1", supplier.name), ("2", None)]
    versions = [
        event.data.get("nda_version")
        for event in await world.feed(supplier, subject_id=part.id, types=["participation.nda_accepted"])
    ]
    assert versions == [1, 2], "the buyer's and the supplier's own record names the version"
