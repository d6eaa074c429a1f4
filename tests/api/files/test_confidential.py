"""Who reads a confidential document, and that each reading is on record."""

from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.participations import sql
from world import Party, World

PDF = b"%PDF-1.7\nsecret\n"


async def attached(buyer: Party, draft: Any, *, confidential: bool) -> tuple[str, str]:
    """(file id, document id) of a fresh drawing on the draft."""
    sent = {"content-type": "application/octet-stream"}
    file = (await buyer.request("POST", "/v1/files?name=a.pdf", content=PDF, headers=sent)).json()
    body = {"file_id": file["id"], "kind": "drawing", "confidential": confidential}
    made = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/documents", body)
    return file["id"], made["document"]["id"]


async def readings(world: World, party: Party) -> list[Any]:
    return [event for event in await world.feed(party) if event.type == "participation.document_read"]


@pytest.fixture
async def scene(world: World) -> Any:
    """A published RFQ for invited suppliers, with an agreement and a confidential drawing, and one bound supplier."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    draft = await world.draft(buyer, visibility="invited", nda_required=True, nda_text="Keep it.")
    file, document = await attached(buyer, draft, confidential=True)
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/invitations", {"supplier_ids": [supplier.id]})
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    await supplier.done("POST", f"/v1/rfqs/{draft['id']}/accept-nda", {"nda_version": 1})
    return buyer, supplier, draft["id"], file, document


async def test_each_reading_is_told_to_the_buyer_and_the_reader_alone(world: World, scene: Any) -> None:
    buyer, supplier, rfq, file, document = scene
    for _ in range(2):
        assert (await supplier.get(f"/v1/files/{file}/content")).content == PDF
    told = await readings(world, buyer)
    assert [event.data for event in told] == 2 * [{"rfq_id": rfq, "supplier_id": supplier.id, "document_id": document}]
    assert [event.id for event in await readings(world, supplier)] == [event.id for event in told]
    assert await readings(world, await world.party("supplier")) == []
    async with world.services.db.read(SYSTEM) as tx:
        part = await sql.find(tx, read("rfq", rfq), supplier.organisation_id)
    assert part is not None
    await world.replays(part)


async def test_parts_belong_to_one_reading_but_no_part_goes_unrecorded(world: World, scene: Any) -> None:
    buyer, supplier, _, file, _ = scene
    path = f"/v1/files/{file}/content"
    for start in (1, 5, 9):  # all but the first byte
        assert (await supplier.get(path, headers={"range": f"bytes={start}-{start + 3}"})).status_code == 206
    assert len(await readings(world, buyer)) == 1
    await supplier.get(path, headers={"range": "bytes=0-3"})
    assert len(await readings(world, buyer)) == 2


async def test_what_is_not_a_reading(world: World, scene: Any) -> None:
    buyer, supplier, _, file, _ = scene
    path = f"/v1/files/{file}/content"
    tag = (await buyer.get(path)).headers["etag"]
    await supplier.get(f"/v1/files/{file}")
    await supplier.get(path, headers={"if-none-match": tag})
    await supplier.get(path, headers={"range": "bytes=999-"})
    assert await readings(world, buyer) == []


async def test_who_declined_reads_no_more_until_it_comes_back(world: World, scene: Any) -> None:
    _, supplier, rfq, file, _ = scene
    path = f"/v1/files/{file}/content"
    await supplier.done("POST", f"/v1/rfqs/{rfq}/decline", {"reason": "capacity_full"})
    refused = await supplier.get(path)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_participating")
    listed = await supplier.done("GET", f"/v1/rfqs/{rfq}/documents")
    assert (listed["items"][0]["file_id"], listed["items"][0]["unreadable"]) == (None, "not_participating")
    await supplier.done("POST", f"/v1/rfqs/{rfq}/join")
    assert (await supplier.get(path)).status_code == 200


async def test_on_an_open_rfq_the_plain_ones_are_for_every_workshop_and_the_confidential_for_those_who_join(
    world: World,
) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    draft = await world.draft(buyer)
    plain, _ = await attached(buyer, draft, confidential=False)
    secret, _ = await attached(buyer, draft, confidential=True)
    assert (await supplier.get(f"/v1/files/{plain}")).status_code == 404, "a draft is nobody's business"
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    assert (await supplier.get(f"/v1/files/{plain}/content")).content == PDF
    assert (await supplier.get(f"/v1/files/{secret}/content")).json()["code"] == "not_participating"
    await supplier.done("POST", f"/v1/rfqs/{draft['id']}/join")
    assert (await supplier.get(f"/v1/files/{secret}/content")).content == PDF
    assert len(await readings(world, buyer)) == 1, "the plain one is nobody's secret"
    newcomer = await world.party("supplier", state="registered")
    assert (await newcomer.get(f"/v1/files/{plain}")).status_code == 404
    for role in ("facilitator", "operator"):
        official = await world.party(role)
        assert (await official.get(f"/v1/files/{plain}/content")).status_code == 404
        listed = await official.done("GET", f"/v1/rfqs/{draft['id']}/documents")
        assert {(item["file_id"], item["sha256"], item["unreadable"]) for item in listed["items"]} == {
            (None, None, "not_found")
        }


async def test_a_file_of_many_rfqs_is_found_by_the_one_that_counts(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    first = await world.draft(buyer, visibility="invited")
    file, _ = await attached(buyer, first, confidential=True)
    body = {"file_id": file, "kind": "specification", "confidential": True}
    for _ in range(25):
        rfq = await world.draft(buyer, visibility="open", nda_required=True, nda_text="Keep it.")
        await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/documents", body)
        await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/publish")
    last = await world.draft(buyer, visibility="invited")
    await buyer.done("POST", f"/v1/rfqs/{last['id']}/documents", body)
    await buyer.done("POST", f"/v1/rfqs/{last['id']}/invitations", {"supplier_ids": [supplier.id]})
    assert (await supplier.get(f"/v1/files/{file}/content")).json()["code"] == "not_participating"
    await buyer.done("POST", f"/v1/rfqs/{last['id']}/publish")
    assert (await supplier.get(f"/v1/files/{file}/content")).content == PDF
