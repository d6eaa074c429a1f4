"""An RFQ for invited suppliers does not exist for anybody else, whatever the operation."""

from typing import Any

import msgspec
import pytest

from api.generated import openapi_document
from world import World

DOCUMENT: Any = msgspec.json.decode(openapi_document())
OPERATIONS = [
    pytest.param(method.upper(), path, id=spec["operationId"])
    for path, item in DOCUMENT["paths"].items()
    if "{rfq_id}" in path
    for method, spec in item.items()
]
NOWHERE = "0" * 32
FOR_THE_OPERATOR = "/access-attempts"
"""Whoever runs the installation has to see that somebody tries to look: of any RFQ, and nothing else of it."""


def bodies(world: World, rfq: Any) -> dict[str, Any]:
    """Bodies that would be carried out for whoever has the right, by the end of the path."""
    return {
        "addenda": {"summary": "Mine", "title": "Mine"},
        "awards": {"quote_id": f"quo_{NOWHERE}", "lines": [{"line_no": 1, "quantity": "1", "reason": "best_price"}]},
        "award-scenarios": {},
        "accept-nda": {"nda_version": 1},
        "cancel": {"reason": "other"},
        "close-without-award": {"reason": "other"},
        "decline": {"reason": "other"},
        "documents": {"file_id": f"fil_{NOWHERE}", "kind": "drawing"},
        "extend": {"quotes_close_at": "2031-01-01T00:00:00Z"},
        "import": b"line_no,part_number,name,specification,quantity,unit\n1,P-1,Poros,As sample.,5,H87\n",
        "objections": {"text": "Keberatan."},
        "invitations": {"supplier_ids": [f"org_{NOWHERE}"]},
        "questions": {"question": "Which steel?"},
        "quotes": world.quote_body(rfq),
        "rounds": {"quotes_close_at": "2031-01-01T00:00:00Z"},
        "scores": {"scores": [{"quote_id": f"quo_{NOWHERE}", "criterion": "skill", "score": "1"}]},
        rfq["id"]: {"title": "Mine"},
    }


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
async def test_it_is_as_if_there_were_none(world: World, method: str, path: str) -> None:
    buyer = await world.party("buyer")
    rfq = await world.rfq(buyer, visibility="invited")
    for role in ("buyer", "supplier", "facilitator", "operator"):
        if role == "operator" and path.endswith(FOR_THE_OPERATOR):
            continue
        stranger = await world.party(role)
        answers = []
        for rfq_id in (rfq["id"], f"rfq_{NOWHERE}"):
            url = path.replace("{rfq_id}", rfq_id).replace("{document_id}", f"doc_{NOWHERE}")
            end = url.rpartition("/")[2]
            sent = bodies(world, rfq).get(rfq["id"] if end == rfq_id else end)
            answers.append(
                await stranger.request(
                    method,
                    url,
                    body=None if method in {"GET", "DELETE"} else sent,
                    headers={"content-type": "text/csv"} if isinstance(sent, bytes) else None,
                    etag=None if method == "GET" else rfq["etag"],
                )
            )
        there, nowhere = answers
        assert (there.status_code, there.json()["code"], there.json()["detail"]) == (
            nowhere.status_code,
            nowhere.json()["code"],
            nowhere.json()["detail"],
        ), role
        assert there.status_code in {403, 404}, there.text
    assert (await buyer.done("GET", f"/v1/rfqs/{rfq['id']}"))["etag"] == rfq["etag"]
