"""One world in which every kind of object exists and belongs to known parties, with secrets that tell who saw them."""

import base64
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from gated_scene import CHARACTERISTICS, PDF, submission
from invoice_scene import bill, payment

from api.app import create_app
from world import Party, World

TUS = {"tus-resumable": "1.0.0"}
BUYER, SECOND = "owner_buyer", "other_buyer"
INVITED, UNINVITED, AWARDED, LOSER = "invited_supplier", "uninvited_supplier", "awarded_supplier", "losing_supplier"
FACILITATOR, OPERATOR = "facilitator", "operator"
PARTIES = (BUYER, SECOND, INVITED, UNINVITED, AWARDED, LOSER, FACILITATOR, OPERATOR)

ASKED = (BUYER, INVITED, AWARDED, LOSER)
PAIR = (BUYER, AWARDED)

SECRETS: dict[str, tuple[str, ...]] = {
    "Rahasia draf 4471": (BUYER,),
    "Rahasia terbuka 4472": ASKED,
    "Rahasia dibuka 4473": ASKED,
    "Rahasia ditawar 4474": ASKED,
    "Rahasia dipesan 4475": ASKED,
    "Rahasia gagal 4476": ASKED,
    "gambar-rahasia-4477": (BUYER, AWARDED, LOSER),
    "isi-gambar-rahasia-4478": (BUYER, AWARDED, LOSER),
    "unggahan-rahasia-4479": (BUYER,),
    "pertanyaan rahasia 4480": (BUYER, LOSER),
    "keberatan rahasia 4481": (BUYER, LOSER),
    "tawar-menawar rahasia 4482": PAIR,
    "kunci rahasia 4483": (BUYER,),
    "rahasia-4484.example.com": (BUYER,),
    "LOT-RAHASIA-4485": PAIR,
    "SJ-RAHASIA-4486": PAIR,
    "INV-RAHASIA-4487": PAIR,
    "klaim rahasia 4488": PAIR,
    "bukti-rahasia-4489": PAIR,
    "MAP-RAHASIA-4490": (BUYER,),
    "perubahan rahasia 4491": PAIR,
    "balasan rahasia 4492": PAIR,
    "731946251": (AWARDED,),
    "648271953": (LOSER,),
    "517362941": PAIR,
    "492817365": (BUYER, LOSER),
    "386154729": PAIR,
    "275943816": (BUYER,),
}
"""What the stage hides, and whose answers may hold it. Numbers are digits of prices, sought with the points left out."""


class Stage:
    """The parties by name, and the ids of what is on the stage by `kind.which` (see `build`)."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.app: Any = create_app(world.services)
        """For what httpx cannot read: a stream that does not end."""
        self.parties: dict[str, Party] = {}
        self.ids: dict[str, str] = {}
        self.extra: dict[str, str] = {}
        """Further things that paths name: references, numbers of lines, names."""

    def party(self, name: str) -> Party:
        """One of PARTIES."""
        return self.parties[name]

    async def invited(self, title: str, lines: list[dict[str, Any]], **changes: Any) -> Any:
        """A published RFQ of the owner to which three suppliers are invited."""
        buyer = self.party(BUYER)
        body = self.world.rfq_body() | {"title": title, "visibility": "invited", "lines": lines} | changes
        draft = await buyer.done("POST", "/v1/rfqs", body)
        ids = {"supplier_ids": [self.party(name).id for name in (INVITED, AWARDED, LOSER)]}
        await buyer.done("POST", f"/v1/rfqs/{draft['id']}/invitations", ids)
        return await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")

    async def file(self, party: str, name: str, content: bytes = PDF) -> str:
        """A file of a party's."""
        made = await self.party(party).request(
            "POST", f"/v1/files?name={name}", content=content, headers={"content-type": "application/octet-stream"}
        )
        return str(made.json()["id"])


def _hours(count: float) -> str:
    return (datetime.now(UTC) + timedelta(hours=count)).isoformat()


async def build(world: World) -> Stage:
    """Play everything up to where every operation has an object to act on."""
    stage = Stage(world)
    for name in PARTIES:
        role = {BUYER: "buyer", SECOND: "buyer", FACILITATOR: "facilitator", OPERATOR: "operator"}.get(name, "supplier")
        party = stage.parties[name] = await world.party(role, name=f"PT {name}")
        stage.ids[f"organisation_id.{name}"] = party.id
    waiting = await world.party("supplier", name="PT menunggu", state="registered")
    stage.ids["organisation_id.waiting"] = waiting.id
    stage.ids["organisation_id.marked"] = stage.ids["organisation_id.contested"] = stage.party(AWARDED).id
    await _own_things(stage)
    await _draft(stage)
    await _public(stage)
    await _sealed(stage)
    await _opened(stage)
    await _awards(stage)
    await _order(stage)
    await _further_orders(stage)
    stage.ids["event_id"] = (await stage.party(BUYER).done("GET", "/v1/events?limit=1"))["items"][0]["id"]
    return stage


async def _own_things(stage: Stage) -> None:
    """What an organisation has by itself: a key, an endpoint, files, mappings, members, capabilities."""
    buyer, awarded = stage.party(BUYER), stage.party(AWARDED)
    key = await buyer.done("POST", "/v1/credentials", {"name": "kunci rahasia 4483", "scopes": ["rfqs:read"]})
    stage.ids["credential_id"] = key["credential"]["id"]
    stage.extra |= {"secret": key["secret"], "name": "processes"}
    hook = {"url": "https://rahasia-4484.example.com/x", "event_types": ["rfq.created"]}
    made = await buyer.done("POST", "/v1/webhook-endpoints", hook)
    stage.ids["webhook_endpoint_id"] = made["webhook_endpoint"]["id"]
    named = f"filename {base64.b64encode(b'unggahan-rahasia-4479.pdf').decode()}"
    begun = await buyer.post("/v1/uploads", headers={**TUS, "upload-length": "10", "upload-metadata": named})
    stage.ids["upload_id"] = begun.json()["id"]
    mapping = {"system": "SAP", "kind": "unit", "external": "MAP-RAHASIA-4490", "code": "H87"}
    await buyer.done("PUT", f"/v1/organisations/{buyer.id}/code-mappings", {"mappings": [mapping]})
    await stage.world.owner.execute(
        "UPDATE organisation SET profile = $2 WHERE id = $1",
        awarded.organisation_id,
        msgspec.json.encode({"legal_form": "Koperasi", "pkp": True}).decode(),
    )
    members = f"/v1/organisations/{awarded.id}/members"
    etag = (await awarded.done("GET", members))["etag"]
    await awarded.done("PUT", members, {"member_ids": [stage.party(LOSER).id]}, etag=etag)
    [membership] = (await stage.party(LOSER).done("GET", "/v1/memberships"))["items"]
    stage.ids["membership_id"] = membership["id"]


async def _draft(stage: Stage) -> None:
    """A draft with a drawing."""
    buyer = stage.party(BUYER)
    body = stage.world.rfq_body(title="Rahasia draf 4471", external_reference="PR-4471")
    draft = await buyer.done("POST", "/v1/rfqs", body)
    stage.extra |= {"external_reference.draft": "PR-4471", "external_reference.new": "PR-4493"}
    file = await stage.file(BUYER, "konsep.pdf")
    made = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/documents", {"file_id": file, "kind": "drawing"})
    # Who is invited to a draft must not learn of it before it is published.
    invited = {"supplier_ids": [stage.party(INVITED).id]}
    await buyer.done("POST", f"/v1/rfqs/{draft['id']}/invitations", invited)
    stage.ids |= {"rfq_id.draft": draft["id"], "document_id.draft": made["document"]["id"], "file_id.loose": file}


async def _public(stage: Stage) -> None:
    """An RFQ that every verified organisation may read, and one that was cancelled."""
    ids = await stage.world.rfq(stage.party(BUYER), title="Terbuka untuk semua")
    stage.ids["rfq_id.public"] = ids["id"]
    ended = await stage.invited("Rahasia gagal 4476", [stage.world.line(1)])
    await stage.party(BUYER).done("POST", f"/v1/rfqs/{ended['id']}/cancel", {"reason": "demand_withdrawn"})
    stage.ids["rfq_id.ended"] = ended["id"]


async def _sealed(stage: Stage) -> None:
    """A published RFQ under an agreement: two sealed quotes, a question, a confidential drawing."""
    buyer, world = stage.party(BUYER), stage.world
    line = world.line(1, quantity="200", target_price="27594.3816", baseline=None)
    body = world.rfq_body(title="Rahasia terbuka 4472", visibility="invited", nda_required=True, nda_text="Keep it.")
    draft = await buyer.done("POST", "/v1/rfqs", body | {"lines": [line]})
    path = f"/v1/rfqs/{draft['id']}"
    file = await stage.file(BUYER, "gambar-rahasia-4477.pdf", b"%PDF-1.7\nisi-gambar-rahasia-4478\n")
    attached = {"file_id": file, "kind": "drawing", "confidential": True}
    document = (await buyer.done("POST", f"{path}/documents", attached))["document"]["id"]
    ids = {"supplier_ids": [stage.party(name).id for name in (INVITED, AWARDED, LOSER)]}
    await buyer.done("POST", f"{path}/invitations", ids)
    rfq = await buyer.done("POST", f"{path}/publish")
    for name, price in ((AWARDED, "73194.6251"), (LOSER, "64827.1953")):
        supplier = stage.party(name)
        await supplier.done("POST", f"{path}/accept-nda", {"nda_version": 1})
        await supplier.done("POST", f"{path}/join")
        quote = await world.quote(supplier, rfq, price)
        stage.ids[f"quote_id.sealed_{name}"] = quote["id"]
    asked = await stage.party(LOSER).done("POST", f"{path}/questions", {"question": "pertanyaan rahasia 4480"})
    stage.ids |= {
        "rfq_id.sealed": rfq["id"],
        "document_id.sealed": document,
        "file_id.sealed": file,
        "question_id": asked["id"],
    }


HEARTBEAT = {"free_hours_per_week": "40", "raw_stock_days": 300}
EVALUATION = [
    {"criterion": "price", "percent": "60"},
    {"criterion": "quality plan", "percent": "40", "kind": "technical"},
]


async def _opened(stage: Stage) -> None:
    """An RFQ whose quotes are opened: one is being negotiated, an evaluator has begun, a scenario was solved."""
    buyer, world = stage.party(BUYER), stage.world
    rfq = await stage.invited("Rahasia dibuka 4473", [world.line(1)], evaluation=EVALUATION)
    for name, price in ((AWARDED, "51736.2941"), (LOSER, "49281.7365")):
        stage.ids[f"quote_id.opened_{name}"] = (await world.quote(stage.party(name), rfq, price))["id"]
    await world.opened(buyer, rfq, ago=0)
    path = f"/v1/rfqs/{rfq['id']}"
    lines = [{"line_no": 1, "quantity": "100", "unit_price": "50000"}]
    counter = {"lines": lines, "message": "tawar-menawar rahasia 4482", "answer_by": _hours(5)}
    awarded = stage.ids[f"quote_id.opened_{AWARDED}"]
    made = await buyer.done("POST", f"/v1/quotes/{awarded}/counter-offers", counter)
    scored = [
        {"quote_id": stage.ids[f"quote_id.opened_{name}"], "criterion": "quality plan", "score": "70"}
        for name in (AWARDED, LOSER)
    ]
    await buyer.done("PUT", f"{path}/scores", {"scores": scored})
    scenario = await buyer.done("POST", f"{path}/award-scenarios", {"time_limit_seconds": 5})
    stage.ids |= {
        "rfq_id.opened": rfq["id"],
        "counter_offer_id": made["id"],
        "scenario_id": scenario["id"],
    }


async def _awards(stage: Stage) -> None:
    """An award in its standstill with an objection, a proposed one, and one that was cancelled."""
    buyer, world = stage.party(BUYER), stage.world
    standstill = {"standstill_days": 3, "acceptance_days": 2}
    titles = {"issued": "Rahasia ditawar 4474", "cancelled": "Rahasia gagal 4476", "offered": "Rahasia ditawar 4474"}
    for which, title in titles.items():
        rfq = await stage.invited(title, [world.line(1)], **(standstill if which == "issued" else {}))
        quotes = {
            name: await world.quote(stage.party(name), rfq, price)
            for name, price in ((AWARDED, "51736.2941"), (LOSER, "49281.7365"))
        }
        await world.opened(buyer, rfq, ago=0)
        lines = [{"line_no": 1, "quantity": "40", "reason": "lowest_total_cost"}]
        body = {"quote_id": quotes[AWARDED]["id"], "lines": lines}
        award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", body)
        award = await buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
        stage.ids |= {
            f"rfq_id.{which}": rfq["id"],
            f"award_id.{which}": award["id"],
            f"quote_id.{which}_{AWARDED}": quotes[AWARDED]["id"],
            f"quote_id.{which}_{LOSER}": quotes[LOSER]["id"],
        }
        if which == "cancelled":
            await buyer.done("POST", f"/v1/awards/{award['id']}/cancel", {"reason": "entered_in_error"})
            award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", body)
            stage.ids["award_id.proposed"] = award["id"]
            continue
        if which == "offered":
            continue
        told = {"text": "keberatan rahasia 4481"}
        filed = await stage.party(LOSER).done("POST", f"/v1/rfqs/{rfq['id']}/objections", told)
        stage.ids["objection_id"] = filed["id"]


async def _ordered(stage: Stage, title: str, line: dict[str, Any], *, acknowledged: bool = True) -> Any:
    buyer, awarded, world = stage.party(BUYER), stage.party(AWARDED), stage.world
    rfq = await stage.invited(title, [world.line(1, **line)])
    quote = await world.quote(awarded, rfq, "38615.4729")
    await world.quote(stage.party(LOSER), rfq, "49281.7365")
    await world.opened(buyer, rfq, ago=0)
    lines = [{"line_no": 1, "quantity": line.get("quantity", "100"), "reason": "lowest_total_cost"}]
    award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": quote["id"], "lines": lines})
    award = await buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    accepted = await awarded.done("POST", f"/v1/awards/{award['id']}/accept", etag=award["etag"])
    stage.ids.setdefault("rfq_id.awarded", rfq["id"])
    stage.ids.setdefault("award_id.accepted", award["id"])
    path = f"/v1/orders/{accepted['order_id']}"
    if not acknowledged:
        return await awarded.done("GET", path)
    promised = [{"line_no": 1, "promised_on": "2030-01-01"}]
    return await awarded.done("POST", f"{path}/acknowledge", {"lines": promised})


async def _order(stage: Stage) -> None:
    """An order under way, with one thing of every kind that hangs on an order."""
    buyer, awarded = stage.party(BUYER), stage.party(AWARDED)
    order = await _ordered(stage, "Rahasia dipesan 4475", {"quantity": "1000", "characteristics": CHARACTERISTICS})
    path = f"/v1/orders/{order['id']}"
    ids = stage.ids
    ids["order_id.live"] = order["id"]
    stage.extra |= {"line_no": "1", "no": "1", "lot": "LOT-RAHASIA-4485"}
    number, lot = "SJ-RAHASIA-4486", "LOT-RAHASIA-4485"
    sent = {"number": number, "lines": [{"line_no": 1, "lot": lot, "quantity": "100"}]}
    despatch = await awarded.done("POST", f"{path}/despatches", sent)
    receipt = await stage.world.receipt(buyer, despatch)
    judged = [{"line_no": 1, "lot": lot, "accepted": "80", "rejected": "10"}]
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", {"lines": judged})
    # One more is on its way, so that it can be cancelled and received.
    sent = {"number": "SJ-RAHASIA-4486-2", "lines": [{"line_no": 1, "lot": "LOT-RAHASIA-4485-2", "quantity": "50"}]}
    ids["despatch_id"] = (await awarded.done("POST", f"{path}/despatches", sent))["id"]
    ids["receipt_id"] = receipt["id"]
    await buyer.done("PUT", f"{path}/lines/1/inspection-plan", {"aql_major": "1.0"})
    [found] = (await buyer.done("GET", f"{path}/nonconformances"))["items"]
    ids["nonconformance_id.live"] = found["id"]
    evidence = await stage.file(BUYER, "bukti-rahasia-4489.pdf")
    cost = {"category": "sorting", "amount": "1250000", "note": "klaim rahasia 4488", "files": [evidence]}
    ids["cost_claim_id"] = (await buyer.done("POST", f"{path}/nonconformances/{found['id']}/cost-claims", cost))["id"]
    ids["file_id.evidence"] = evidence
    await awarded.done("POST", f"{path}/heartbeats", HEARTBEAT)
    invoice = await awarded.done("POST", f"{path}/invoices", bill("40", "38615.4729", reference="INV-RAHASIA-4487"))
    ids["invoice_id.live"] = invoice["id"]
    matched = await awarded.done("POST", f"{path}/invoices", bill("30", "38615.4729", reference="INV-RAHASIA-4487-2"))
    await buyer.done("POST", f"{path}/invoices/{matched['id']}/match")
    paid = await buyer.done("POST", f"{path}/invoices/{matched['id']}/payments", payment("1000"))
    ids |= {
        "order_id.matched": order["id"],
        "invoice_id.matched": matched["id"],
        "payment_id": paid["payments"][0]["id"],
    }
    changed = {"reason": "demand_changed", "note": "perubahan rahasia 4491", "terms": {"payment_days": 45}}
    ids["change_order_id"] = (await buyer.done("POST", f"{path}/changes", changed))["id"]
    [mark] = (await awarded.done("GET", f"/v1/organisations/{awarded.id}/marks"))["items"]
    ids["mark_id.marked"] = mark["id"]


async def _further_orders(stage: Stage) -> None:
    """An order with pieces to return and a schedule, one that waits for a first article, one that is not acknowledged."""
    buyer, awarded, ids = stage.party(BUYER), stage.party(AWARDED), stage.ids
    order = await _ordered(stage, "Rahasia dipesan 4475", {"quantity": "100"})
    path = f"/v1/orders/{order['id']}"
    ids["order_id.planned"] = order["id"]
    due = (datetime.now(UTC) + timedelta(days=120)).date().isoformat()
    planned = {"lines": [{"line_no": 1, "due_on": due, "quantity": "100", "certainty": "firm"}]}
    made = await buyer.request("PUT", f"{path}/schedule", body=planned, etag=(await _etag(buyer, f"{path}/schedule")))
    ids["schedule_line_id"] = made.json()["lines"][0]["id"]
    despatch = await stage.world.despatch(awarded, order, (1, "LOT-RAHASIA-4485-3", "60"))
    receipt = await stage.world.receipt(buyer, despatch)
    judged = [{"line_no": 1, "lot": "LOT-RAHASIA-4485-3", "accepted": "50", "rejected": "10"}]
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", {"lines": judged})
    [found] = (await buyer.done("GET", f"{path}/nonconformances"))["items"]
    ncr = f"{path}/nonconformances/{found['id']}"
    decided = {"dispositions": [{"disposition": "return", "quantity": "10"}], "note": "back"}
    await buyer.done("POST", f"{ncr}/decide", decided)
    returned = await buyer.done("POST", f"{ncr}/returns", {"reference": "RT-4485", "quantity": "6"})
    marks = (await awarded.done("GET", f"/v1/organisations/{awarded.id}/marks"))["items"]
    [mark] = [item for item in marks if item["id"] != ids["mark_id.marked"]]
    contested = {"outcome": "contested", "text": "balasan rahasia 4492"}
    await awarded.done("POST", f"/v1/organisations/{awarded.id}/marks/{mark['id']}/reply", contested)
    ids["mark_id.contested"] = mark["id"]
    ids |= {"nonconformance_id.planned": found["id"], "return_id": returned["id"]}
    line = {"approval": {"plan": "fai", "level": None}, "characteristics": CHARACTERISTICS}
    order = await _ordered(stage, "Rahasia dipesan 4475", line)
    ids |= {"order_id.gated": order["id"], "file_id.certificate": await stage.file(AWARDED, "sertifikat.pdf")}
    body = await submission(awarded)
    ids["first_article_id"] = (await awarded.done("POST", f"/v1/orders/{order['id']}/first-articles", body))["id"]
    order = await _ordered(stage, "Rahasia dipesan 4475", {}, acknowledged=False)
    ids["order_id.fresh"] = order["id"]


async def _etag(party: Party, path: str) -> str:
    return str((await party.get(path)).headers["etag"])


def unique(start: str) -> str:
    """A number that nothing else has."""
    return f"{start}-{uuid.uuid4().hex[:12]}"
