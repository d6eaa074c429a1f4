"""Something of everything, so that any operation finds what it asks about: ids by the names of path parameters."""

import base64
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from gated_scene import CHARACTERISTICS, file_of, submission
from invoice_scene import bill, is_pkp, payment

from domain.actors import Side
from domain.lifecycle import MACHINES
from world import Party, World

SUPPLIERS_READ = frozenset(
    "list_quote_receipts list_memberships get_membership accept_membership list_quotes update_quote get_capabilities".split()
)
"""Of what no state machine tells: these belong to the supplier."""
OPERATORS = frozenset({"verify_organisation", "suspend_organisation", "list_organisations", "get_metrics"})

RECORDED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
"""When the examples of bodies were recorded."""
_ID = re.compile(r"[a-z]{3}_[0-9a-f]{32}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\S+)?$")
Ids = dict[str, str]


class Cast(NamedTuple):
    """Who acts."""

    buyer: Party
    supplier: Party
    operator: Party


class Stage(NamedTuple):
    """`ids`: sets of path parameters that belong together, the richer ones first."""

    cast: Cast
    ids: tuple[Ids, ...]

    def party(self, operation_id: str) -> Party:
        """Whose key fits an operation."""
        name = snake(operation_id)
        if name in OPERATORS:
            return self.cast.operator
        sides = {
            side
            for machine in MACHINES.values()
            for arrow in machine.arrows.values()
            if arrow.operation == name
            for side in arrow.by
        }
        of_supplier = Side.SUPPLIER in sides and Side.BUYER not in sides
        return self.cast.supplier if of_supplier or name in SUPPLIERS_READ else self.cast.buyer

    def fitting(self, path: str) -> list[Ids]:
        """The sets that have all parameters of `path`."""
        names = set(re.findall(r"\{(\w+)\}", path))
        found = [{name: one[name] for name in names} for one in self.ids if names <= one.keys()]
        return [one for place, one in enumerate(found) if one not in found[:place]] if names else []

    def written(self, body: Any) -> Any:
        """A recorded body as it would be sent today on this stage: ids that are there, and days as far ahead as they were."""
        return self._written(body, "")

    def _written(self, value: Any, name: str) -> Any:
        if isinstance(value, dict):
            return {key: self._written(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return [self._written(item, name) for item in value]
        if isinstance(value, str) and _ID.fullmatch(value):
            prefix = value.partition("_")[0]
            return next((one for ids in self.ids for one in ids.values() if one.startswith(prefix + "_")), value)
        if isinstance(value, str) and _TIME.match(value):
            ahead = datetime.now(UTC) - RECORDED
            if len(value) == len("2026-11-24"):
                return (date.fromisoformat(value) + timedelta(days=ahead.days)).isoformat()
            return (datetime.fromisoformat(value) + ahead + timedelta(hours=8)).isoformat()
        return value


def snake(operation_id: str) -> str:
    """`createRfq` → `create_rfq`."""
    return re.sub("([A-Z])", lambda match: "_" + match[1].lower(), operation_id)


async def build(world: World) -> Stage:
    """One buyer, one supplier, and of each thing at least one that the API shows."""
    cast = Cast(
        await world.party("buyer", person="Sari"),
        await world.party("supplier"),
        await world.party("operator"),
    )
    await is_pkp(world, cast.supplier)
    found = [
        *[item async for item in _delivered(world, cast)],
        *[item async for item in _tendered(world, cast)],
        *[item async for item in _apart(world, cast)],
    ]
    return Stage(cast, tuple(found))


async def _delivered(world: World, cast: Cast) -> Any:
    """Two orders with what follows from them."""
    buyer, supplier, _ = cast
    for part in ("A-1", "A-2"):
        asked = {"characteristics": CHARACTERISTICS, "part_number": part}
        order = await world.order(buyer, supplier, line=asked)
        path = f"/v1/orders/{order['id']}"
        await buyer.done("PUT", f"{path}/lines/1/inspection-plan", {"aql_major": "1.0"})
        despatch = await world.despatch(supplier, order, (1, "A", "60"))
        receipt = await world.receipt(buyer, despatch)
        inspection = (await buyer.done("GET", f"/v1/receipts/{receipt['id']}/inspections"))["items"][0]
        size = inspection["lots"][0]["sample"]["classes"][0]["sample_size"]
        results = [{"no": no, "sample_size": size, "nonconforming": 2 if no == 2 else 0} for no in (1, 2, 3)]
        line = {"line_no": 1, "lot": "A", "accepted": "40", "rejected": "20", "results": results}
        await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", {"lines": [line]})
        [about] = (await buyer.done("GET", f"{path}/nonconformances"))["items"]
        claim = await buyer.done(
            "POST",
            f"{path}/nonconformances/{about['id']}/cost-claims",
            {"category": "sorting", "amount": "1000", "note": "Two people for a day."},
        )
        invoice = await supplier.done("POST", f"{path}/invoices", bill("40"))
        await buyer.done("POST", f"{path}/invoices/{invoice['id']}/match")
        paid = await buyer.done("POST", f"{path}/invoices/{invoice['id']}/payments", payment("100"))
        change = await buyer.done(
            "POST", f"{path}/changes", {"reason": "demand_changed", "lines": [{"line_no": 1, "quantity": "120"}]}
        )
        waiting = await world.despatch(supplier, order, (1, "B", "10"))
        ids = {
            "order_id": order["id"],
            "rfq_id": order["rfq_id"],
            "award_id": order["award_id"],
            "despatch_id": waiting["id"],
            "receipt_id": receipt["id"],
            "nonconformance_id": about["id"],
            "cost_claim_id": claim["id"],
            "invoice_id": invoice["id"],
            "payment_id": _payment(paid),
            "change_order_id": change["id"],
            "line_no": "1",
            "no": "2",
        }
        yield ids
    async for item in _returned(world, cast):
        yield item


def _payment(invoice: Any) -> str:
    return str(invoice["payments"][0]["id"])


async def _returned(world: World, cast: Cast) -> Any:
    """A first article that waits, a schedule, and a return under way."""
    buyer, supplier, _ = cast
    gated = {"approval": {"plan": "fai", "level": None}, "characteristics": CHARACTERISTICS}
    order = await world.order(buyer, supplier, line=gated)
    path = f"/v1/orders/{order['id']}"
    article = await supplier.done("POST", f"{path}/first-articles", await submission(supplier))
    yield {"order_id": order["id"], "first_article_id": article["id"], "line_no": "1", "no": "1"}

    order = await world.order(buyer, supplier)
    path = f"/v1/orders/{order['id']}"
    due = (date(2030, 1, 7) + timedelta(days=7 * week) for week in range(10))
    lines = [{"line_no": 1, "due_on": day.isoformat(), "quantity": "10", "certainty": "firm"} for day in due]
    etag = (await buyer.get(f"{path}/schedule")).headers["etag"]
    plan = await buyer.done("PUT", f"{path}/schedule", {"lines": lines}, etag=etag)
    receipt = await world.receipt(buyer, await world.despatch(supplier, order, (1, "A", "60")))
    found = {"lines": [{"line_no": 1, "lot": "A", "accepted": "50", "rejected": "10"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    [about] = (await buyer.done("GET", f"{path}/nonconformances"))["items"]
    decision = {"dispositions": [{"disposition": "return", "quantity": "10"}]}
    claim = f"{path}/nonconformances/{about['id']}"
    await buyer.done("POST", f"{claim}/decide", decision)
    back = await buyer.done("POST", f"{claim}/returns", {"reference": "RT-1", "quantity": "5"})
    yield {
        "order_id": order["id"],
        "schedule_line_id": plan["lines"][0]["id"],
        "nonconformance_id": about["id"],
        "return_id": back["id"],
        "receipt_id": receipt["id"],
        "line_no": "1",
    }


async def _tendered(world: World, cast: Cast) -> Any:
    """RFQs in each state, with what is asked, offered and decided about them."""
    buyer, supplier, _ = cast
    for _ in range(2):
        rfq = await world.rfq(buyer, lines=2)
        file_id = await file_of(buyer, "drawing.pdf")
        draft = await world.draft(buyer, external_reference=f"ERP-{rfq['id'][-8:]}")
        attached = {"file_id": file_id, "kind": "drawing", "line_no": 1}
        await buyer.done("POST", f"/v1/rfqs/{draft['id']}/documents", attached)
        [document] = (await buyer.done("GET", f"/v1/rfqs/{draft['id']}/documents"))["items"]
        yield {
            "rfq_id": draft["id"],
            "document_id": document["id"],
            "file_id": file_id,
            "external_reference": draft["external_reference"],
        }
        await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/join")
        question = await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/questions", {"question": "Which steel?"})
        quote = await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq))
        yield {"rfq_id": rfq["id"], "question_id": question["id"], "quote_id": quote["id"]}
        async for item in _opened(world, cast):
            yield item


async def _opened(world: World, cast: Cast) -> Any:
    """An RFQ whose quotes are opened, one of them awarded, the other countered or objecting."""
    buyer, supplier, _ = cast
    rival = await world.party("supplier")
    rfq = await world.rfq(buyer, standstill_days=3, acceptance_days=2)
    first = await world.quote(rival, rfq, "90")
    second = await world.quote(supplier, rfq, "100")
    await world.opened(buyer, rfq, ago=0)
    offer = {
        "lines": [{"line_no": 1, "quantity": "100", "unit_price": "95"}],
        "answer_by": (datetime.now(UTC) + timedelta(days=3)).isoformat(),
    }
    counter = await buyer.done("POST", f"/v1/quotes/{second['id']}/counter-offers", offer)
    scenario = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/award-scenarios", {"time_limit_seconds": 1})
    yield {
        "rfq_id": rfq["id"],
        "quote_id": second["id"],
        "counter_offer_id": counter["id"],
        "scenario_id": scenario["id"],
    }
    rfq = await world.rfq(buyer, standstill_days=3, acceptance_days=2)
    first = await world.quote(rival, rfq, "90")
    await world.quote(supplier, rfq, "100")
    await world.opened(buyer, rfq, ago=0)
    lines = [{"line_no": 1, "quantity": "100", "reason": "lowest_total_cost"}]
    award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": first["id"], "lines": lines})
    await buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    objection = await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/objections", {"text": "Keberatan."})
    yield {"rfq_id": rfq["id"], "award_id": award["id"], "objection_id": objection["id"]}
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq, "90")
    await world.opened(buyer, rfq, ago=0)
    award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": quote["id"], "lines": lines})
    await buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    yield {"rfq_id": rfq["id"], "award_id": award["id"], "quote_id": quote["id"]}


async def _apart(world: World, cast: Cast) -> Any:
    """What belongs to an organisation."""
    buyer, supplier, _ = cast
    for name in ("erp", "mes"):
        key = await buyer.done("POST", "/v1/credentials", {"name": name, "scopes": ["rfqs:read"]})
        hook = {"url": "https://erp.example.com/hooks", "description": name}
        endpoint = await buyer.done("POST", "/v1/webhook-endpoints", hook)
        file_id = await file_of(buyer, f"{name}.pdf")
        headers = {
            "tus-resumable": "1.0.0",
            "upload-length": "1000",
            "upload-metadata": f"filename {base64.b64encode(b'a.pdf').decode()}",
        }
        upload = await buyer.post("/v1/uploads", headers=headers, key="")
        yield {
            "organisation_id": buyer.id,
            "credential_id": key["credential"]["id"],
            "webhook_endpoint_id": endpoint["webhook_endpoint"]["id"],
            "file_id": file_id,
            "upload_id": upload.headers["location"].rsplit("/", 1)[1],
            "name": "units",
        }
    page = await supplier.done("GET", f"/v1/organisations/{supplier.id}/marks")
    for mark in page["items"]:
        yield {"organisation_id": supplier.id, "mark_id": mark["id"]}
    cooperative = await world.party("supplier")
    await world.owner.execute(
        'UPDATE organisation SET profile = \'{"legal_form": "Koperasi"}\' WHERE id = $1', cooperative.organisation_id
    )
    path = f"/v1/organisations/{cooperative.id}/members"
    etag = (await cooperative.done("GET", path))["etag"]
    await cooperative.done("PUT", path, {"member_ids": [supplier.id]}, etag=etag)
    [membership] = (await supplier.done("GET", "/v1/memberships"))["items"]
    yield {"organisation_id": cooperative.id, "membership_id": membership["id"]}


def unfilled(stage: Stage, paths: list[str]) -> Iterator[str]:
    """The paths for which nothing is on the stage."""
    yield from (path for path in paths if "{" in path and not stage.fitting(path))
