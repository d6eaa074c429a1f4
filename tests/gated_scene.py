"""An ordered line whose production waits for a first article."""

import uuid
from typing import Any

from world import Party, World

PDF = b"%PDF-1.7\ncertificate\n"
CHARACTERISTICS = [
    {"no": 1, "name": "Bore", "nominal": "40", "upper": "0.025", "lower": "0", "unit": "MMT", "ctq": True},
    {"no": 2, "name": "Length", "nominal": "90", "upper": "0.2", "lower": "-0.2", "unit": "MMT"},
    {"no": 3, "name": "No burrs"},
]


async def gated(
    world: World, *, plan: str = "fai", level: int | None = None, quantity: str = "100", **line: Any
) -> tuple[Party, Party, Any]:
    """(buyer, supplier, acknowledged order) with one line that asks for approval."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    asked = {"approval": {"plan": plan, "level": level}, "characteristics": CHARACTERISTICS, **line}
    return buyer, supplier, await world.order(buyer, supplier, quantities=(quantity,), line=asked)


async def with_promises(world: World) -> tuple[Party, Party, Any]:
    """(buyer, supplier, order) of a gated line whose quote complies with characteristic 1 and deviates from 2."""
    answers = [{"no": 1, "answer": "comply"}, {"no": 2, "answer": "deviate", "note": "+0.3"}]
    world_body = World.quote_body

    def answered(rfq: Any, price: str = "100", **changes: Any) -> dict[str, Any]:
        body = world_body(rfq, price, **changes)
        body["lines"][0]["characteristics"] = answers
        return body

    world.quote_body = answered  # type: ignore[method-assign]  # the one body that `World.order` builds
    return await gated(world)


async def file_of(party: Party, name: str = "cert.pdf", content: bytes = PDF) -> str:
    """The id of a clean file of the party's."""
    answer = await party.request(
        "POST", f"/v1/files?name={name}", content=content, headers={"content-type": "application/octet-stream"}
    )
    made: str = answer.json()["id"]
    return made


def results(bore: str = "40.01", length: str = "90.1", *, burrs: bool = False) -> list[dict[str, Any]]:
    """What was found for each characteristic; conforming unless told otherwise."""
    return [
        {"no": 1, "values": ["40.012", bore]},
        {"no": 2, "values": [length]},
        {"no": 3, "conforms": not burrs, "note": "felt by hand"},
    ]


async def submission(supplier: Party, found: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
    """A body for `submit_first_article` that a plan `fai` is content with."""
    return {
        "line_no": 1,
        "lot": "S1",
        "quantity": "2",
        "results": results() if found is None else found,
        "documents": [{"element": "material_certificate", "file_id": await file_of(supplier)}],
        **changes,
    }


def sent(kind: str, quantity: str) -> dict[str, Any]:
    """A body for `create_despatch`."""
    number = f"SJ-{uuid.uuid4().hex[:12]}"
    return {"number": number, "kind": kind, "lines": [{"line_no": 1, "lot": "L1", "quantity": quantity}]}


async def approved(buyer: Party, supplier: Party, order: Any) -> Any:
    """The order's only line with an approved first article."""
    path = f"/v1/orders/{order['id']}/first-articles"
    made = await supplier.done("POST", path, await submission(supplier))
    return await buyer.done("POST", f"{path}/{made['id']}/decide", {"outcome": "approved"}, etag=made["etag"])
