"""Two awards of everything at once: one is issued, always."""

import asyncio

from world import World

ROUNDS = 100


async def test_one_of_two_simultaneous_awards_is_issued(world: World) -> None:
    buyer, one, two = await world.party("buyer"), await world.party("supplier"), await world.party("supplier")
    rfq = await world.rfq(buyer, lines=ROUNDS)
    quotes = [await world.quote(supplier, rfq) for supplier in (one, two)]
    await world.pass_deadline(rfq)
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/open-quotes")
    for line_no in range(1, ROUNDS + 1):
        proposed = [
            await buyer.done(
                "POST",
                f"/v1/rfqs/{rfq['id']}/awards",
                {
                    "quote_id": quote["id"],
                    "lines": [{"line_no": line_no, "quantity": "100", "reason": "lowest_total_cost"}],
                },
            )
            for quote in quotes
        ]
        answers = await asyncio.gather(
            *(buyer.post(f"/v1/awards/{award['id']}/issue", etag=award["etag"]) for award in proposed)
        )
        outcomes = sorted((answer.status_code, answer.json().get("code", "issued")) for answer in answers)
        assert outcomes == [(200, "issued"), (409, "quantity_exceeded")], (line_no, outcomes)
