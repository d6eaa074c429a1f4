"""What some RFQs of the story go through besides: a question, an addendum, a second round, an award scenario, a re-issue."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from api.demo.client import DemoError, Party
from api.demo.sourcing import Request

ROUND_SECONDS = 4
CHEAPER = Decimal("0.97")
ENOUGH = 3
"""Invited workshops that make it worth asking again."""


async def ask_and_amend(request: Request) -> None:
    """A workshop asks, the buyer answers all and publishes an addendum; who priced the changed line confirms."""
    path = f"/v1/rfqs/{request.id}"
    if (await request.now())["state"] != "open" or not request.invited:
        return
    asker = request.cast.party(request.invited[0])
    body = {"question": "Apakah toleransi umum ISO 2768-m dapat diterima?", "line_no": 1}
    asked = await asker.call("POST", f"{path}/questions", body, key=request.key("ask"))
    rfq = await request.now()
    if rfq["revision"] == 1:
        line = request.quoted_line() | {"general_tolerance": "ISO 2768-mK"}
        change = {"summary": "Toleransi umum baris 1 diperjelas.", "set_lines": [line], "extend_if_needed": True}
        await request.buyer.call("POST", f"{path}/addenda", change, key=request.key("addendum"), etag=rfq["etag"])
    if asked.is_success:
        answer = {"answer": "Ya, lihat addendum: ISO 2768-mK."}
        revision = (await request.now())["revision"]
        if revision > 1:
            answer |= {"addendum_revision": revision}
        answering = f"/v1/questions/{asked.json()['id']}/answer"
        await request.buyer.call("POST", answering, answer, key=request.key("answer"))
    for name in request.invited:
        supplier = request.cast.party(name)
        async for card in supplier.items(f"/v1/quotes?rfq_id={request.id}&state=needs_reconfirmation"):
            quote = await supplier.get(f"/v1/quotes/{card['id']}")
            confirming = f"/v1/quotes/{card['id']}/reconfirm"
            await supplier.call("POST", confirming, key=request.key("reconfirm", name), etag=quote["etag"])


async def second_round(request: Request, ranked: list[dict[str, Any]]) -> bool:
    """The two best are asked again, under seal as before; whether a second round has been opened."""
    path = f"/v1/rfqs/{request.id}"
    rfq = await request.now()
    if rfq["state"] == "evaluating" and rfq["round"] == 1:
        for column in ranked[:2]:
            chosen = f"/v1/quotes/{column['quote_id']}/shortlist"
            await request.buyer.post(chosen, request.key("shortlist", column["quote_id"]), {"shortlisted": True})
        closes = datetime.now(UTC) + timedelta(seconds=ROUND_SECONDS)
        body = {"quotes_close_at": closes.isoformat(), "kind": "best_and_final"}
        await request.buyer.post(f"{path}/rounds", request.key("round", closes.isoformat()), body)
    for name in request.invited:
        await _quote_again(request, request.cast.party(name), name)
    rfq = await _closed(request)
    if rfq["state"] == "closed":
        rfq = await request.buyer.post(f"{path}/open-quotes", request.key("open", "round 2"))
    if rfq["state"] == "closed":
        rfq = await request.second.post(f"{path}/open-quotes", request.key("open", "round 2", "second person"))
    return bool(rfq["round"] > 1)


async def _closed(request: Request) -> dict[str, Any]:
    """The RFQ once the database's clock has ended its round; bounded by the round's few seconds."""
    for _ in range(ROUND_SECONDS * 20):
        rfq: dict[str, Any] = await request.now()
        if rfq["state"] != "open":
            return rfq
        await asyncio.sleep(0.25)
    raise DemoError(f"the second round of {request.name} does not end")


async def _quote_again(request: Request, supplier: Party, name: str) -> None:
    async for card in supplier.items(f"/v1/quotes?rfq_id={request.id}&state=opened"):
        earlier = await supplier.get(f"/v1/quotes/{card['id']}")
        body = {"copy_from": card["id"], "valid_until": earlier["content"]["valid_until"]}
        made = await supplier.call("POST", f"/v1/rfqs/{request.id}/quotes", body, key=request.key("again", name))
        if not made.is_success:
            return  # not on the shortlist, or too late
        quote = made.json()
        lines = quote["content"]["lines"]
        for line in lines:
            for step in line["breaks"]:
                step["unit_price"] = str((Decimal(step["unit_price"]) * CHEAPER).quantize(Decimal(1)))
        await supplier.call("PATCH", f"/v1/quotes/{quote['id']}", {"lines": lines}, etag=quote["etag"])
        await supplier.call("POST", f"/v1/quotes/{quote['id']}/submit", key=request.key("submit again", name))


async def best_split(request: Request) -> list[tuple[str, Decimal, str]]:
    """(quote, quantity, reason) of the cheapest split over two suppliers, as the solver proposes it."""
    body = {"sources": [{"minimum": 2}], "allow_unallocated": True, "time_limit_seconds": 5}
    found = await request.buyer.post(f"/v1/rfqs/{request.id}/award-scenarios", request.key("scenario"), body)
    return [
        (proposal["quote_id"], Decimal(line["quantity"]), line["reason"])
        for proposal in found["proposals"]
        for line in proposal["lines"]
    ]


async def issue_again(request: Request) -> str:
    """Next year's need: a draft with the same content, drawings and invitations; its id."""
    rfq = await request.now()
    if rfq["reissued_as"] is not None:
        return str(rfq["reissued_as"])
    body = {"external_reference": f"{request.reference}-next", "invite_previous": True}
    draft = await request.buyer.post(f"/v1/rfqs/{request.id}/reissue", request.key("reissue"), body)
    if draft["reissue_of"] != request.id:
        raise DemoError(f"the draft that issues {request.name} again does not name it")
    return str(draft["id"])
