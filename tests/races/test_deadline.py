"""Quotes around the closing instant against the opener: none late, none invisible."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.ids import read
from domain.rfqs import sql as rfqs
from world import Party, World

RFQS = 40
SUPPLIERS = 4


async def _race(world: World, count: int) -> tuple[int, int]:
    """(late, invisible) quotes over `count` RFQs whose quotes are submitted again and again around the deadline."""
    buyer = await world.party("buyer")
    suppliers = [await world.party("supplier") for _ in range(SUPPLIERS)]
    setups: list[tuple[Any, list[tuple[Party, Any]]]] = []
    closes = datetime.now(UTC) + timedelta(seconds=2 + count * 0.4)
    for number in range(count):
        at = closes + timedelta(milliseconds=40 * number)
        rfq = await world.rfq(buyer, quotes_close_at=at.isoformat())
        drafts = [
            (supplier, await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq)))
            for supplier in suppliers
        ]
        setups.append((rfq, drafts))

    async def submit(supplier: Party, draft: Any, ends: datetime, done: dict[str, int]) -> None:
        await asyncio.sleep(max(0.0, (ends - datetime.now(UTC)).total_seconds() - 0.03))
        for _ in range(60):
            answer = await supplier.post(f"/v1/quotes/{draft['id']}/submit")
            if answer.status_code == 200:
                done[draft["id"]] = answer.json()["submitted_version"]
            elif answer.json()["code"] in {"deadline_passed", "wrong_state"}:
                return

    async def open_(rfq: Any, ends: datetime) -> None:
        await asyncio.sleep(max(0.0, (ends - datetime.now(UTC)).total_seconds() - 0.01))
        for _ in range(400):
            if (await buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes")).status_code == 200:
                return
            await asyncio.sleep(0.001)

    done: dict[str, int] = {}
    work = []
    for rfq, drafts in setups:
        ends = datetime.fromisoformat(rfq["quotes_close_at"])
        work.append(open_(rfq, ends))
        work += [submit(supplier, draft, ends, done) for supplier, draft in drafts]
    await asyncio.gather(*work)
    late = invisible = 0
    for rfq, _ in setups:
        rows = await world.owner.fetch(
            "SELECT q.id, q.submission, r.quotes_close_at, r.opened_at, q.opened_at AS seen, "
            "(SELECT max(submitted_at) FROM quote_submission s WHERE s.quote_id = q.id) AS last "
            "FROM quote q JOIN rfq r ON r.id = q.rfq_id WHERE r.id = $1 AND q.submission > 0",
            read("rfq", rfq["id"]),
        )
        late += sum(row["last"] >= row["quotes_close_at"] for row in rows)
        invisible += sum(row["opened_at"] is not None and row["seen"] is None for row in rows)
    acknowledged = {read("quote", quote_id): version for quote_id, version in done.items()}
    for quote_id, version in acknowledged.items():
        assert await world.owner.fetchval("SELECT submission FROM quote WHERE id = $1", quote_id) >= version
    assert acknowledged, "nobody quoted: the race did not take place"
    return late, invisible


async def test_no_quote_is_late_and_none_is_invisible(world: World) -> None:
    assert await _race(world, RFQS) == (0, 0)


async def test_the_opener_waits_for_a_quote_that_was_in_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row lock itself: a submission under way holds the opening back; without the lock it would not."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")

    async def opened_meanwhile() -> bool:
        rfq = await world.rfq(buyer, closes_in=0.4)
        ends = datetime.fromisoformat(rfq["quotes_close_at"])
        async with world.services.db.transaction(_actor(supplier)) as tx:
            await rfqs.share(tx, read("rfq", rfq["id"]))
            while await tx.now() < ends:
                await asyncio.sleep(0.02)
            answer = await buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes")
            return answer.status_code == 200

    assert not await opened_meanwhile()
    monkeypatch.setattr(rfqs, "SHARE", rfqs.GET)
    assert await opened_meanwhile(), "the test would not notice that the lock is gone"


def _actor(party: Party) -> Any:
    from domain.actors import Actor, Role

    return Actor(
        credential_id=None,
        organisation_id=party.organisation_id,
        name=party.name,
        roles=frozenset({Role.SUPPLIER}),
        verified=True,
    )
