"""First articles in the demonstration: measured, rejected once, then approved, before production leaves."""

import io
from decimal import Decimal
from typing import Any

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from api.demo.client import DemoError
from api.demo.sourcing import Request

PIECES = 2
MIDDLE = Decimal(1) / 2


async def approve_first(request: Request, supplier: Any, order: dict[str, Any]) -> None:
    """Bring every line that waits for it to an approved first article; the first attempt of a bore is a little too big."""
    path = f"/v1/orders/{order['id']}/first-articles"
    for line in order["lines"]:
        if line["gate"] != "closed":
            continue
        attempts = [item async for item in supplier.items(f"{path}?line_no={line['line_no']}")]
        for attempt in range(1, 3):
            if len(attempts) < attempt:
                body = await _submission(request, supplier, order, line, good=attempt > 1)
                attempts.append(
                    await supplier.post(path, request.key(order["id"], "first article", str(attempt)), body)
                )
            article = attempts[attempt - 1]
            if article["state"] == "submitted":
                await _judge(request, path, article)


async def _judge(request: Request, path: str, article: dict[str, Any]) -> None:
    failing = article["failing"]
    body: dict[str, Any] = {"outcome": "approved", "note": "Sampel sesuai gambar."}
    if failing:
        findings = [{"no": no, "code": "dimension_out_of_tolerance"} for no in failing]
        body = {"outcome": "rejected", "findings": findings, "note": "Setel ulang dan ajukan kembali."}
    key = request.key(article["id"], "judge")
    await request.buyer.post(f"{path}/{article['id']}/decide", key, body, etag=article["etag"])


async def _submission(
    request: Request, supplier: Any, order: dict[str, Any], line: dict[str, Any], *, good: bool
) -> dict[str, Any]:
    asked = request.line["characteristics"]
    results = [_measured(item, good=good or place > 0) for place, item in enumerate(asked)]
    elements = {"ppap": ["part_submission_warrant"]}.get(line["approval_plan"], ["material_certificate"])
    documents: list[dict[str, Any]] = [
        {"element": element, "file_id": await _certificate(request, supplier, order, element)} for element in elements
    ]
    if line["approval_plan"] == "ppap":
        documents.append({"element": "appearance_approval", "not_applicable": "Bukan komponen tampak."})
    return {
        "line_no": line["line_no"],
        "lot": "SAMPEL-1" if not good else "SAMPEL-2",
        "quantity": str(PIECES),
        "results": results,
        "documents": documents,
    }


def _measured(asked: dict[str, Any], *, good: bool) -> dict[str, Any]:
    """Two pieces in the middle of the tolerance; or one of them outside, by a tenth of its width."""
    if asked["nominal"] is None or (asked["upper"] is None and asked["lower"] is None):
        return {"no": asked["no"], "conforms": True}
    nominal = Decimal(asked["nominal"])
    lower, upper = Decimal(asked["lower"] or 0), Decimal(asked["upper"] or 0)
    middle = nominal + (lower + upper) * MIDDLE
    other = middle if good else nominal + upper + (upper - lower) / 10
    return {"no": asked["no"], "values": [format(value.normalize(), "f") for value in (middle, other)]}


async def _certificate(request: Request, supplier: Any, order: dict[str, Any], element: str) -> str:
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=A4, invariant=True)
    canvas.drawString(72, 760, f"{order['number']}  {element}")
    canvas.drawString(72, 740, "Contoh dokumen untuk demonstrasi / sample document of the demonstration")
    canvas.save()
    path = f"/v1/files?name={element}.pdf"
    key = request.key(order["id"], "certificate", element)
    response = await supplier.call("POST", path, key=key, content=page.getvalue())
    if not response.is_success:
        raise DemoError(f"a certificate was refused: {response.text[:400]}")
    made: str = response.json()["id"]
    return made
