"""A change and its event are one transaction: neither is ever seen without the other."""

import asyncio

from domain.ids import read
from world import World


async def test_what_cannot_be_announced_does_not_happen(world: World) -> None:
    """The ledger refuses this buyer's events; nothing of the buyer's is then changed either."""
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    await world.owner.execute(
        f"ALTER TABLE event ADD CONSTRAINT broken CHECK (organisation_id <> '{buyer.organisation_id}') NOT VALID"
    )
    try:
        made = await buyer.post("/v1/rfqs", world.rfq_body())
        changed = await buyer.request("PATCH", f"/v1/rfqs/{draft['id']}", body={"title": "B"}, etag=draft["etag"])
    finally:
        await world.owner.execute("ALTER TABLE event DROP CONSTRAINT broken")
    listed = (await buyer.done("GET", "/v1/rfqs"))["items"]
    assert [(item["id"], item["title"]) for item in listed] == [(draft["id"], draft["title"])]
    assert (made.status_code, changed.status_code) == (500, 500)


async def test_no_reader_sees_a_change_without_its_event_or_an_event_without_its_change(world: World) -> None:
    """While changes are made, one statement after the other compares versions with the number of events."""
    buyer = await world.party("buyer")
    drafts = [await world.draft(buyer) for _ in range(3)]
    keys = [read("rfq", draft["id"]) for draft in drafts]
    writing, compared = True, 0

    async def change(draft: dict[str, str]) -> None:
        for number in range(20):
            path = f"/v1/rfqs/{draft['id']}"
            draft = await buyer.done("PATCH", path, {"title": f"T{number}"}, etag=draft["etag"])

    async def compare() -> None:
        nonlocal compared
        while writing:
            odd = await world.owner.fetch(
                "SELECT r.id, r.version, count(e.*), max(e.subject_version) FROM rfq r "
                "LEFT JOIN event e ON e.subject_id = r.id WHERE r.id = ANY ($1) "
                "GROUP BY r.id HAVING NOT (r.version = count(e.*) AND r.version = max(e.subject_version))",
                keys,
            )
            assert odd == []
            compared += 1

    comparing = asyncio.create_task(compare())
    await asyncio.gather(*(change(draft) for draft in drafts))
    writing = False
    await comparing
    assert compared > 10, "too few looks: there was no race"
