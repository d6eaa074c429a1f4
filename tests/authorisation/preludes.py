"""What has to be done before an operation that nobody can do on the stage as it is, or that would have nothing to show."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from authorisation.calls import place
from authorisation.stage import AWARDED, BUYER, INVITED, LOSER, Stage, unique
from inspection_scene import Line
from invoice_scene import bill
from outbox import PATIENCE, PAUSE

from api.webhooks.dispatcher import dispatching
from domain.ids import read

ACCEPTED: Final = "UPDATE order_line SET accepted = accepted - 20, rejected = rejected + 20 WHERE order_id = $1"


async def membership(stage: Stage) -> tuple[str, str]:
    """A member of a cooperative."""
    await stage.party(LOSER).done("POST", f"/v1/memberships/{stage.ids['membership_id']}/accept")
    return "-", LOSER


async def capabilities(stage: Stage) -> tuple[str, str]:
    """A workshop that can do it."""
    awarded = stage.party(AWARDED)
    path = f"/v1/organisations/{awarded.id}/capabilities"
    able = {"processes": ["turning_cnc"], "materials": ["S45C"]}
    etag = (await awarded.get(path)).headers["etag"]
    assert (await awarded.request("PUT", path, body=able, etag=etag)).is_success
    return "draft", BUYER


async def early_look(stage: Stage) -> tuple[str, str]:
    """The buyer tried to open quotes before it may."""
    await stage.party(BUYER).post(f"/v1/rfqs/{stage.ids['rfq_id.sealed']}/open-quotes")
    return "sealed", BUYER


async def addendum(stage: Stage) -> tuple[str, str]:
    """A changed line, which the quotes price."""
    path = f"/v1/rfqs/{stage.ids['rfq_id.sealed']}"
    line = stage.world.line(1, quantity="240", specification="As drawn, without burrs.")
    await stage.party(BUYER).done(
        "POST", f"{path}/addenda", {"summary": "240 pieces.", "set_lines": [line], "extend_if_needed": True}
    )
    return "sealed", INVITED


async def changed(stage: Stage) -> tuple[str, str]:
    """A quote that waits for its supplier to confirm it; see `addendum`."""
    del stage
    return "sealed_awarded_supplier", AWARDED


async def deadline(stage: Stage) -> tuple[str, str]:
    """Sealed quotes whose time has come, and no question left."""
    buyer, question = stage.party(BUYER), stage.ids["question_id"]
    await buyer.done("POST", f"/v1/questions/{question}/answer", {"answer": "Yes.", "published_question": "1045?"})
    await stage.world.pass_deadline({"id": stage.ids["rfq_id.sealed"]}, ago=0)
    return "sealed", BUYER


async def shortlist(stage: Stage) -> tuple[str, str]:
    """Somebody to ask again."""
    quote = stage.ids[f"quote_id.opened_{AWARDED}"]
    await stage.party(BUYER).done("POST", f"/v1/quotes/{quote}/shortlist", {"shortlisted": True})
    return "opened", BUYER


async def dismissed(stage: Stage) -> tuple[str, str]:
    """An objection that was decided, so that another may follow."""
    path = f"/v1/objections/{stage.ids['objection_id']}"
    etag = (await stage.party(BUYER).done("GET", path))["etag"]
    decision = {"outcome": "dismissed", "answer": "Sudah diperiksa."}
    await stage.party(BUYER).done("POST", f"{path}/decide", decision, etag=etag)
    return "issued", LOSER


async def withdrawn(stage: Stage) -> tuple[str, str]:
    """A first article that was taken back."""
    order, article = place(stage, "order_id", "gated"), stage.ids["first_article_id"]
    await stage.party(AWARDED).done("POST", f"/v1/orders/{order}/first-articles/{article}/withdraw")
    return "gated", AWARDED


def _claim(stage: Stage) -> str:
    return f"/v1/orders/{stage.ids['order_id.live']}/nonconformances/{stage.ids['nonconformance_id.live']}"


async def contained(stage: Stage) -> tuple[str, str]:
    """A supplier's first answer to a nonconformance."""
    await _respond(stage, "contained")
    return "live", BUYER


async def corrected(stage: Stage) -> tuple[str, str]:
    """A nonconformance whose cause is mended and whose pieces are scrapped; see `contained`."""
    await _respond(stage, "cause_found")
    await _respond(stage, "corrected")
    scrapped = {"dispositions": [{"disposition": "scrap", "quantity": "10"}], "note": "As agreed."}
    await stage.party(BUYER).done("POST", f"{_claim(stage)}/decide", scrapped)
    return "live", BUYER


async def _respond(stage: Stage, step: str) -> None:
    await stage.party(AWARDED).done("POST", f"{_claim(stage)}/respond", {"step": step, "note": "Collet replaced."})


async def agreed(stage: Stage) -> tuple[str, str]:
    """A cost claim that its supplier agrees to."""
    path = f"/v1/orders/{stage.ids['order_id.live']}/cost-claims/{stage.ids['cost_claim_id']}"
    answer = {"answer": "agreed", "amount": "1000000", "note": "The rest is not ours."}
    etag = (await stage.party(AWARDED).done("GET", path))["etag"]
    await stage.party(AWARDED).done("POST", f"{path}/answer", answer, etag=etag)
    return "live", BUYER


async def disputed(stage: Stage) -> tuple[str, str]:
    """An invoice that the buyer disputes."""
    path = f"/v1/orders/{stage.ids['order_id.live']}/invoices/{stage.ids['invoice_id.live']}"
    await stage.party(BUYER).done(
        "POST", f"{path}/dispute", {"reason": "price_differs", "note": "See PO.", "lines": [1]}
    )
    return "live", BUYER


async def credited(stage: Stage) -> tuple[str, str]:
    """A credit note for pieces that were rejected later, and an invoice to set it off against; see `disputed`."""
    buyer, order, invoice = stage.party(BUYER), stage.ids["order_id.live"], stage.ids["invoice_id.live"]
    path = f"/v1/orders/{order}/invoices"
    await buyer.done("POST", f"{path}/{invoice}/resolve-dispute")
    await buyer.done("POST", f"{path}/{invoice}/match")
    await stage.world.owner.execute(ACCEPTED, read("order", order))
    body = bill("5", "38615.4729", kind="credit", credits=stage.ids["invoice_id.matched"], reference=unique("CN"))
    note = await stage.party(AWARDED).done("POST", path, body)
    await buyer.done("POST", f"{path}/{note['id']}/match")
    stage.ids["invoice_id.matched"] = note["id"]
    return "matched", BUYER


async def discontinued(stage: Stage) -> tuple[str, str]:
    """Lots of which one after the other failed."""
    line = Line(stage.world, stage.party(BUYER), stage.party(AWARDED), {"id": stage.ids["order_id.live"]})
    for _ in range(2 + 5):
        await line.fails("20")
    return "live", BUYER


async def held(stage: Stage) -> tuple[str, str]:
    """An order that is on hold."""
    path = f"/v1/orders/{stage.ids['order_id.live']}"
    await stage.party(BUYER).done("POST", f"{path}/hold", {"reason": "engineering_change"})
    return "live", BUYER


async def signed(stage: Stage) -> tuple[str, str]:
    """A key that signs tokens, since one was asked for."""
    made = await stage.party(BUYER).done("POST", "/v1/credentials", {"name": "erp", "scopes": ["rfqs:read"]})
    form = {"grant_type": "client_credentials", "client_id": made["credential"]["id"], "client_secret": made["secret"]}
    assert (await stage.world.http.post("/v1/oauth/token", data=form)).is_success
    return "-", BUYER


async def fanned_out(stage: Stage) -> tuple[str, str]:
    """Deliveries that wait; the feed tells of an event once no earlier transaction is under way."""
    path = f"/v1/webhook-endpoints/{stage.ids['webhook_endpoint_id']}"
    buyer = stage.party(BUYER)
    await buyer.request("PATCH", path, body={"enabled": True}, etag=(await _endpoint(stage))["etag"])
    await stage.world.draft(buyer)
    async with asyncio.timeout(PATIENCE), dispatching(stage.world.services) as dispatcher:
        while not (await buyer.done("GET", f"{path}/deliveries"))["items"]:
            await dispatcher.fan_out()
            await asyncio.sleep(PAUSE)
    return "-", BUYER


async def _endpoint(stage: Stage) -> dict[str, str]:
    items = (await stage.party(BUYER).done("GET", "/v1/webhook-endpoints"))["items"]
    return next(item for item in items if item["id"] == stage.ids["webhook_endpoint_id"])


PRELUDES: Final[dict[str, Callable[[Stage], Awaitable[tuple[str, str]]]]] = {
    "leaveMembership": membership,
    "matchSuppliers": capabilities,
    "listAccessAttempts": early_look,
    "listAddenda": addendum,
    "reconfirmQuote": changed,
    "openQuotes": deadline,
    "startRound": shortlist,
    "fileObjection": dismissed,
    "submitFirstArticle": withdrawn,
    "returnResponse": contained,
    "settleCostClaim": agreed,
    "closeNonconformance": corrected,
    "resolveDispute": disputed,
    "setOffCredit": credited,
    "resumeInspectionPlan": discontinued,
    "resumeOrder": held,
    "listWebhookDeliveries": fanned_out,
    "getSigningKeys": signed,
}
"""By operation, in the order in which they are played: each says on what it is played then, and by whom."""
