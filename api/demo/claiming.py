"""Claims in the demonstration: 8D answers, pieces that go back and are replaced, a defect found late and what it cost."""

from decimal import Decimal
from typing import Any

from api.demo.sourcing import Request

FOUND_LATE = {"A-07", "B-10", "C-05"}
"""RFQs of whose orders pieces turn out bad after they were accepted."""
COST_CLAIMED = "A-07"
"""The one of them whose buyer claims the cost as well."""
STEPS: tuple[dict[str, str], ...] = (
    {"step": "contained", "note": "Sisa stok dipisahkan dan diperiksa 100 %.", "team": "Pemilik, operator, QC"},
    {
        "step": "cause_found",
        "note": "Pahat aus melewati batas.",
        "occurrence_cause": "Umur pahat tidak dicatat.",
        "escape_cause": "Pengukuran hanya di awal lot.",
        "method": "5 whys",
    },
    {
        "step": "corrected",
        "note": "Batas umur pahat diturunkan; dicatat di kartu kerja.",
        "corrective_action": "Ganti pahat setiap 200 buah.",
        "verification": "50 buah berikutnya dalam toleransi.",
        "prevention": "Kartu umur pahat di semua mesin bubut.",
    },
)


async def answer_claims(request: Request, supplier: Any, order_id: str) -> None:
    """Every open claim: the pieces go back and are replaced, or used by a concession where replacements are under way."""
    path = f"/v1/orders/{order_id}"
    async for claim in request.buyer.items(f"{path}/nonconformances"):
        if claim["state"] == "closed" or claim["dispositions"]:
            continue
        one = f"{path}/nonconformances/{claim['id']}"
        for body in STEPS[_done(claim["state"]) :]:
            await supplier.post(f"{one}/respond", request.key(claim["id"], body["step"]), body)
        order = await request.buyer.get(path)
        quantity = Decimal(claim["quantity"])
        free = Decimal(order["lines"][0]["despatchable"])
        if order["state"] != "in_progress" or free < quantity:
            await request.buyer.post(f"{one}/decide", request.key(claim["id"], "decide"), {"disposition": "scrap"})
            continue
        await request.buyer.post(f"{one}/decide", request.key(claim["id"], "decide"), {"disposition": "replace"})
        back = {"reference": f"RT-{claim['id'][-8:]}", "quantity": claim["quantity"], "note": "Barang NG dikembalikan."}
        shipment = await request.buyer.post(f"{one}/returns", request.key(claim["id"], "return"), back)
        await supplier.post(f"{path}/returns/{shipment['id']}/confirm", request.key(shipment["id"], "confirm"))
        lines = [{"line_no": claim["line_no"], "lot": f"GANTI-{claim['id'][-6:]}", "quantity": claim["quantity"]}]
        replacement: dict[str, Any] = {"number": f"SJ-G-{claim['id'][-8:]}", "replaces": claim["id"], "lines": lines}
        await supplier.post(f"{path}/despatches", request.key(claim["id"], "replacement"), replacement)


def _done(state: str) -> int:
    return {"open": 0, "contained": 1, "cause_found": 2}.get(state, 3)


async def find_late_defects(request: Request, supplier: Any, order_id: str) -> None:
    """An accepted piece cracks in assembly: the order goes on until it is replaced."""
    path = f"/v1/orders/{order_id}"
    order = await request.buyer.get(path)
    if request.name not in FOUND_LATE or order["state"] != "completed":
        return
    known = [claim async for claim in request.buyer.items(f"{path}/nonconformances") if claim["origin"] == "complaint"]
    receipts = [receipt async for receipt in request.buyer.items(f"{path}/receipts")]
    if not known and receipts:
        lot = receipts[-1]["lines"][0]
        body = {
            "receipt_id": receipts[-1]["id"],
            "line_no": lot["line_no"],
            "lot": lot["lot"],
            "quantity": "1",
            "defects": [{"characteristic_no": 1, "code": "crack", "quantity": "1", "note": "Retak saat perakitan."}],
        }
        await request.buyer.post(f"{path}/nonconformances", request.key(order_id, "complain"), body)
    await answer_claims(request, supplier, order_id)


async def close_claims(request: Request, order_id: str) -> None:
    """What is corrected and carried out is closed."""
    path = f"/v1/orders/{order_id}/nonconformances"
    async for claim in request.buyer.items(f"{path}?state=corrected"):
        await request.buyer.post(f"{path}/{claim['id']}/close", request.key(claim["id"], "close"))


async def claim_costs(request: Request, supplier: Any, order_id: str) -> None:
    """The line stood still for the late defect: the buyer claims what that cost, the workshop agrees to half, it is credited."""
    path = f"/v1/orders/{order_id}"
    if request.name != COST_CLAIMED:
        return
    async for about in request.buyer.items(f"{path}/nonconformances"):
        if about["origin"] != "complaint":
            continue
        body = {"category": "line_stop", "amount": "500000", "note": "Perakitan berhenti dua jam."}
        raised = f"{path}/nonconformances/{about['id']}/cost-claims"
        made = await request.buyer.post(raised, request.key(about["id"], "cost claim"), body)
        one = f"{path}/cost-claims/{made['id']}"
        half = {"answer": "agreed", "amount": "250000", "note": "Kami tanggung separuh."}
        seen = await supplier.get(one)
        if seen["state"] == "raised":
            await supplier.post(f"{one}/answer", request.key(made["id"], "answer"), half, etag=seen["etag"])
        settled = {"settlement": f"NK-{made['id'][-8:]}"}
        await request.buyer.post(f"{one}/settle", request.key(made["id"], "settle"), settled)
