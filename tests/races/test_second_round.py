"""Submitting against closing and opening in a second round: as exact as the first, on the RFQ's same lock."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from races.test_deadline import FAR, NEW, RETURNING, WAVERING, Broken, Race, _actor, _close_in, _stall
from samples import content, priced

from domain.ids import read
from domain.openings import commands as openings
from domain.quotes import commands as quotes
from domain.quoting import sql as quoting
from domain.rfqs import sql as rfqs
from domain.rounds import commands as rounds
from world import World

RFQS, AT_ONCE = 8, 2


class Second(Race):
    """A race in the second round, to which everybody was asked."""

    async def first_round(self) -> None:
        made = []
        for supplier in self.suppliers:
            seen = await quotes.create(self.db, supplier, self.sealer, self.id, content(priced(1), valid_until=FAR))
            await quotes.submit(self.db, supplier, self.sealer, seen.quote.id, expected=None)
            made.append(seen.quote.id)
        await _close_in(self.world, [self.id], -1)
        await openings.open_quotes(self.db.opener, self.buyer, self.sealer, self.id, expected=None)
        for quote_id in made:
            await rounds.shortlist(self.db, self.buyer, quote_id, shortlisted=True, expected=None)
        async with self.db.read(self.buyer) as tx:
            closes = await tx.now() + timedelta(hours=1)
        await rounds.start(self.db, self.buyer, self.id, closes, kind="negotiation", message=None, expected=None)

    async def breaches(self) -> Broken:
        rows = await self.world.owner.fetch(
            "SELECT q.id, q.state, q.submission, o.quote_id IS NOT NULL AS opened, "
            "EXISTS (SELECT FROM quote_submission s WHERE s.quote_id = q.id AND s.submitted_at >= r.quotes_close_at) "
            "AS late FROM quote q JOIN rfq r ON r.id = q.rfq_id LEFT JOIN quote_opened o ON o.quote_id = q.id "
            "WHERE q.rfq_id = $1 AND q.round = 2",
            self.id,
        )
        known = {row["id"]: row for row in rows}
        # Of each supplier one quote counts: the old one exactly where no new one was opened.
        counting = await self.world.owner.fetchval(
            "SELECT count(*) FROM quote WHERE rfq_id = $1 AND state = 'opened'", self.id
        )
        return Broken(
            late=any(row["late"] for row in rows),
            invisible=any(
                number and (not known[key]["opened"] or known[key]["submission"] < number)
                for key, number in self.last.items()
            )
            or counting != len(self.suppliers),
            afterwards=any(row["state"] not in {"opened", "lapsed"} for row in rows),
        )


async def races(world: World, count: int) -> tuple[Broken, int]:
    """(breaches, acknowledged submissions that count) over `count` second rounds."""
    buyer = await world.party("buyer")
    the_buyer = await _actor(world, buyer)
    suppliers = [await _actor(world, await world.party("supplier")) for _ in range(RETURNING + WAVERING + NEW)]
    found: list[Broken] = []
    acknowledged = 0
    for first in range(0, count, AT_ONCE):
        group = [
            Second(world, await world.rfq(buyer), the_buyer, suppliers) for _ in range(min(AT_ONCE, count - first))
        ]
        for race in group:
            await race.first_round()
        drafts: list[list[UUID]] = [
            [await race.draft(one) for one in suppliers[: RETURNING + WAVERING]] for race in group
        ]
        closes = await _close_in(world, [race.id for race in group], 0.08)
        await asyncio.gather(
            _stall(world, closes, len(group)),
            *(race.run(mine, closes) for race, mine in zip(group, drafts, strict=True)),
        )
        found += [await race.breaches() for race in group]
        acknowledged += sum(1 for race in group for number in race.last.values() if number)
    return Broken(*(sum(column) for column in zip(*found, strict=True))), acknowledged


async def test_no_quote_of_a_second_round_is_late_invisible_or_afterwards(world: World) -> None:
    broken, acknowledged = await races(world, RFQS)
    assert acknowledged >= RFQS // 2, "too few quoted: the race did not take place"
    assert broken == Broken(0, 0, 0)


async def test_the_second_race_is_lost_without_the_lock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rfqs, "SHARE", rfqs.GET)
    monkeypatch.setattr(quoting, "HOLD", quoting.HOLD.replace("FOR SHARE OF r", ""))
    broken, _ = await races(world, RFQS)
    assert any(broken), "the race would not notice that the lock is gone"


async def test_a_round_does_not_start_beside_an_award(world: World) -> None:
    """Proposing an award shares the RFQ's row; starting a round waits for it and then refuses."""
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    await world.opened(buyer, rfq)
    await buyer.done("POST", f"/v1/quotes/{quote['id']}/shortlist", {"shortlisted": True})
    line = {"line_no": 1, "quantity": "10", "reason": "lowest_total_cost"}
    path = f"/v1/rfqs/{rfq['id']}"
    answers = await asyncio.gather(
        buyer.post(f"{path}/awards", {"quote_id": quote["id"], "lines": [line]}),
        buyer.post(f"{path}/rounds", {"quotes_close_at": "2090-01-01T00:00:00Z"}),
    )
    assert sorted(answer.is_success for answer in answers) == [False, True]
    assert next(answer for answer in answers if not answer.is_success).json()["code"] == "wrong_state"
    awards = await world.owner.fetchval("SELECT count(*) FROM award WHERE rfq_id = $1", read("rfq", rfq["id"]))
    assert (await buyer.done("GET", path))["round"] == 2 - awards
