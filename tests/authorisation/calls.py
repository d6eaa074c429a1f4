"""How each operation is called on the stage: path, header fields and a body that only state or authority can refuse."""

import re
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from authorisation.stage import AWARDED, BUYER, INVITED, LOSER, TUS, UNINVITED, Stage, unique
from invoice_scene import bill, payment

from api.generated import openapi_document
from domain.ids import read
from world import Party, World

DOCUMENT: dict[str, Any] = msgspec.json.decode(openapi_document())
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    spec["operationId"]: (method.upper(), path, spec)
    for path, item in DOCUMENT["paths"].items()
    for method, spec in item.items()
}
"""By id: method, path, and what the document says."""


ID = re.compile(r"[a-z]{3}_[0-9a-f]{32}")


class Request(NamedTuple):
    """What is sent, whoever sends it."""

    method: str
    path: str
    content: bytes | None
    headers: dict[str, str]

    def of_nothing(self) -> "Request":
        """The same of things that do not exist."""
        return self._replace(path=ID.sub(lambda found: f"{found[0][:4]}{uuid.uuid4().hex}", self.path))

    def of_no_such(self) -> "Request":
        """The same of a thing that does not exist, below things that do."""
        found = list(ID.finditer(self.path))
        if not found:
            return self
        last = found[-1]
        return self._replace(
            path=f"{self.path[: last.start()]}{last[0][:4]}{uuid.uuid4().hex}{self.path[last.end() :]}"
        )

    async def by(self, world: World, party: Party | None, *, dry: bool = False) -> Any:
        """The answer to this caller; `dry` asks for every check and no change."""
        sent = dict(self.headers)
        if party is not None:
            sent["authorization"] = f"Bearer {party.secret}"
        if self.method == "POST":
            sent["idempotency-key"] = str(uuid.uuid4())
        if dry:
            sent["prefer"] = "dry-run"
        return await world.http.request(self.method, self.path, content=self.content, headers=sent)


def scopes_of(operation: str) -> list[str]:
    """The scopes that it needs."""
    return [scope for item in OPERATIONS[operation][2]["security"] for scope in item.get("apiKey", [])]


def place(stage: Stage, name: str, on: str) -> str:
    """The value of a path parameter: that of the object `on`, or the only one there is."""
    known = stage.ids | stage.extra
    return known.get(f"{name}.{on}") or known[name]


async def request(stage: Stage, operation: str, on: str) -> Request:
    """The request of one row of the matrix."""
    method, path, spec = OPERATIONS[operation]
    names = re.findall(r"\{([^}]+)\}", path)
    path = re.sub(r"\{([^}]+)\}", lambda found: place(stage, found[1], on), path) + QUERIES.get(operation, "")
    headers = dict(HEADERS.get(operation, {}))
    if _needs_match(spec) or operation in READ_FIRST or (operation, on) == ("putRfqByReference", "draft"):
        headers["if-match"] = await _version(stage, operation, names, path, on)
    content: bytes | None = None
    if operation in RAW:
        content = RAW[operation](stage)
    elif operation in BODIES:
        content = msgspec.json.encode(BODIES[operation](stage, on))
    media = list(spec.get("requestBody", {}).get("content", {}))
    if media and content is not None:
        headers["content-type"] = media[0].replace("*/*", "application/octet-stream")
    return Request(method, path, content, headers)


def _needs_match(spec: Mapping[str, Any]) -> bool:
    known = DOCUMENT["components"]["parameters"]
    found = [known[item["$ref"].rsplit("/", 1)[1]] for item in spec.get("parameters", []) if "$ref" in item]
    return any(item["name"] == "If-Match" and item["required"] for item in found)


TABLES = {
    "rfq_id": ("rfq", "rfq"),
    "quote_id": ("quote", "quote"),
    "award_id": ("award", "award"),
    "objection_id": ("objection", "objection"),
    "counter_offer_id": ("counter_offer", "counter_offer"),
    "change_order_id": ("change_order", "change_order"),
    "cost_claim_id": ("cost_claim", "cost_claim"),
    "first_article_id": ("first_article", "first_article"),
    "organisation_id": ("organisation", "organisation"),
    "webhook_endpoint_id": ("webhook_endpoint", "webhook_endpoint"),
}
"""Where the version of what a path names is: kind of id, table."""
READ_FIRST = {
    "putCapabilities": AWARDED,
    "putCodeMappings": BUYER,
    "putInspectionPlan": BUYER,
    "putMembers": AWARDED,
    "putSchedule": BUYER,
    "scoreQuotes": BUYER,
}
"""What has an entity tag of its own, and who reads it."""


async def _version(stage: Stage, operation: str, names: list[str], path: str, on: str) -> str:
    if operation == "scoreQuotes":
        return str((await stage.party(BUYER).done("GET", path))["items"][0]["etag"])
    if operation in READ_FIRST:
        return str((await stage.party(READ_FIRST[operation]).get(path)).headers["etag"])
    name = next((name for name in reversed(names) if name in TABLES), "rfq_id")
    kind, table = TABLES[name]
    found = await stage.world.owner.fetchval(
        f"SELECT version FROM {table} WHERE id = $1", read(kind, place(stage, name, on))
    )
    return f'"{found}"'


def _day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def _at(hours: float) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


def _lines(stage: Stage) -> list[dict[str, Any]]:
    return [stage.world.line(1)]


def _result(stage: Stage, on: str) -> dict[str, Any]:
    del on
    found = [{"no": 1, "values": ["40.01"]}, {"no": 2, "values": ["90"]}, {"no": 3, "conforms": True}]
    file = {"element": "material_certificate", "file_id": stage.ids["file_id.certificate"]}
    return {"line_no": 1, "lot": "S2", "quantity": "2", "results": found, "documents": [file]}


def _sent(stage: Stage, on: str) -> dict[str, Any]:
    del stage, on
    return {"number": unique("SJ"), "lines": [{"line_no": 1, "lot": "Z", "quantity": "1"}]}


def _counted(stage: Stage, on: str) -> dict[str, Any]:
    lines = [{"line_no": 1, "lot": "LOT-RAHASIA-4485-2", "received": "50"}]
    return {"despatch_id": place(stage, "despatch_id", on), "lines": lines}


def _complaint(stage: Stage, on: str) -> dict[str, Any]:
    defects = [{"characteristic_no": None, "code": "crack", "quantity": "2", "note": "seen"}]
    receipt = place(stage, "receipt_id", on)
    return {"receipt_id": receipt, "line_no": 1, "lot": "LOT-RAHASIA-4485", "quantity": "2", "defects": defects}


def _counter(stage: Stage, on: str) -> dict[str, Any]:
    del stage, on
    return {"lines": [{"line_no": 1, "quantity": "100", "unit_price": "40000"}], "answer_by": _at(4)}


def _awarded(stage: Stage, on: str) -> dict[str, Any]:
    quote = stage.ids[f"quote_id.{on}_{LOSER}"]
    return {"quote_id": quote, "lines": [{"line_no": 1, "quantity": "10", "reason": "lowest_total_cost"}]}


def _scores(stage: Stage, on: str) -> dict[str, Any]:
    quotes = [stage.ids[f"quote_id.{on}_{name}"] for name in (AWARDED, LOSER)]
    return {"scores": [{"quote_id": quote, "criterion": "quality plan", "score": "61"} for quote in quotes]}


def _quote(stage: Stage, on: str) -> dict[str, Any]:
    del on
    return stage.world.quote_body({"lines": [{"line_no": 1}]}, "1000")


def _invited(stage: Stage, on: str) -> dict[str, Any]:
    del on
    return {"supplier_ids": [stage.party(UNINVITED).id]}


def _said(**members: Any) -> Callable[[Stage, str], dict[str, Any]]:
    return lambda _, __: members


BODIES: dict[str, Callable[[Stage, str], Any]] = {
    "acceptChangeOrder": _said(note="Baik"),
    "acceptNda": _said(nda_version=1),
    "acknowledgeOrder": _said(lines=[{"line_no": 1, "promised_on": "2030-01-01"}]),
    "answerCostClaim": _said(answer="agreed", amount="1000000", note="Half."),
    "answerQuestion": _said(answer="Any lathe.", published_question="Which lathe?"),
    "askQuestion": _said(question="Which lathe?"),
    "attachDocument": lambda stage, _: {"file_id": stage.ids["file_id.loose"], "kind": "drawing", "label": "B"},
    "cancelAward": _said(reason="demand_withdrawn"),
    "cancelOrder": _said(reason="project_postponed"),
    "cancelRfq": _said(reason="demand_withdrawn"),
    "closeRfqWithoutAward": _said(reason="price_above_budget"),
    "commitScheduleLine": lambda _, __: {"committed_on": _day(90)},
    "createCounterOffer": _counter,
    "createCredential": _said(name="erp", scopes=["rfqs:read"]),
    "createDespatch": _sent,
    "createQuote": _quote,
    "createRfq": lambda stage, _: stage.world.rfq_body(),
    "createRfqBatch": lambda stage, _: {
        "mode": "all_or_nothing",
        "rfqs": [stage.world.rfq_body(external_reference=unique("PR"))],
    },
    "createWebhookEndpoint": _said(url="https://erp.example.com/hooks", event_types=["rfq.created"]),
    "decideFirstArticle": _said(outcome="approved"),
    "decideMark": _said(decision="withdrawn", answer="We measured again."),
    "decideNonconformance": _said(dispositions=[{"disposition": "scrap", "quantity": "10"}], note="as agreed"),
    "decideObjection": _said(outcome="dismissed", answer="Sudah diperiksa."),
    "declineAward": _said(reason="capacity_full"),
    "declineChangeOrder": _said(note="Perlu 50"),
    "declineCounterOffer": _said(reason="price_below_cost"),
    "declineQuestion": _said(reason="not_relevant"),
    "declineRfq": _said(reason="capacity_full"),
    "disputeInvoice": _said(reason="price_differs", note="Rp 100 was agreed", lines=[1]),
    "disqualifyQuote": _said(reason="specification_not_met", note="h8 is not h7"),
    "extendRfq": lambda _, __: {"quotes_close_at": _at(9)},
    "fileObjection": _said(text="Nilai kami tidak dibaca."),
    "holdOrder": _said(reason="engineering_change"),
    "inviteSuppliers": _invited,
    "openNonconformance": _complaint,
    "proposeAward": _awarded,
    "proposeChangeOrder": _said(reason="demand_changed", terms={"payment_days": 30}),
    "publishAddendum": lambda _, __: {"summary": "More time.", "quotes_close_at": _at(99), "description": "As drawn."},
    "putCapabilities": _said(processes=["turning"]),
    "putCodeMappings": _said(mappings=[]),
    "putInspectionPlan": _said(aql_major="2.5"),
    "putMembers": lambda stage, _: {"member_ids": [stage.party(name).id for name in (LOSER, INVITED)]},
    "putRfqByReference": lambda stage, _: stage.world.rfq_body(title="Rahasia draf 4471"),
    "putSchedule": lambda _, __: {
        "lines": [{"line_no": 1, "due_on": _day(120), "quantity": "100", "certainty": "firm"}]
    },
    "raiseCostClaim": _said(category="sorting", amount="5", note="Two people."),
    "recordHeartbeat": _said(free_hours_per_week="40", raw_stock_days=300),
    "recordInspection": _said(lines=[{"line_no": 1, "lot": "LOT-RAHASIA-4485", "accepted": "5", "rejected": "0"}]),
    "recordInvoice": lambda _, __: bill("1", "38615.4729"),
    "recordPayment": lambda _, __: payment("5", unique("TRF")),
    "recordReceipt": _counted,
    "recordReturn": lambda _, __: {"reference": unique("RT"), "quantity": "1"},
    "redeliver": lambda stage, _: {"from_event_id": stage.ids["event_id"]},
    "registerOrganisation": _said(name="CV Contoh", roles=["supplier"]),
    "reissueRfq": lambda _, __: {"external_reference": unique("PR")},
    "rejectOrder": _said(reason="material_unavailable"),
    "replyToMark": _said(outcome="contested", text="Not calibrated."),
    "respondNonconformance": _said(step="contained", note="Sorted."),
    "returnResponse": _said(note="That is no cause."),
    "rotateCredential": _said(),
    "scoreQuotes": _scores,
    "setOffCredit": lambda stage, _: {"invoice_id": stage.ids["invoice_id.live"], "amount": "5"},
    "settleCostClaim": _said(settlement="NK-1"),
    "shortCloseOrder": _said(reason="demand_withdrawn"),
    "shortlistQuote": _said(shortlisted=True),
    "solveAwardScenario": _said(time_limit_seconds=1),
    "startRound": lambda _, __: {"quotes_close_at": _at(9), "kind": "best_and_final"},
    "submitFirstArticle": _result,
    "suspendOrganisation": _said(reason="documents_false"),
    "updateOrganisation": _said(policy={"minimum_quoting_hours": 72}),
    "updateQuote": lambda stage, on: {"lines": _quote(stage, on)["lines"]},
    "updateRfq": lambda stage, _: {"lines": _lines(stage)},
    "updateWebhookEndpoint": _said(enabled=False),
}
RAW: dict[str, Callable[[Stage], bytes]] = {
    "appendUpload": lambda _: b"12345",
    "importLines": lambda _: b"No;Part number;Nama;Qty;Satuan\n10;P-1;Poros;1;H87\n",
    "uploadFile": lambda _: b"%PDF-1.7\nx\n",
}
HEADERS: dict[str, dict[str, str]] = {
    "appendUpload": {**TUS, "upload-offset": "0"},
    "createUpload": {**TUS, "upload-length": "1", "upload-metadata": "filename YS5wZGY="},
    "deleteUpload": dict(TUS),
    "headUpload": dict(TUS),
    "getMetrics": {"accept": "*/*"},
}
QUERIES = {
    "getLotHistory": "?lot=LOT-RAHASIA-4485",
    "getSamplingPlan": "?lot_size=100&aql=1.0",
    "uploadFile": "?name=a.pdf",
}
