from typing import Any
import msgspec
from api.generated import openapi_document
from world import World

DOC: Any = msgspec.json.decode(openapi_document())

async def test_leak(world: World) -> None:
    buyer = await world.party("buyer")
    rfq = await world.rfq(buyer, visibility="invited")
    bodies = {
     "extendRfq": {"quotes_close_at": "2030-01-01T00:00:00Z"}, "inviteSuppliers": None, "cancelRfq": {"reason":"other"},
     "closeRfqWithoutAward": {"reason":"other"}, "attachDocument": {"file_id":"fil_"+"0"*32,"kind":"drawing"},
     "acceptNda": {"nda_version":1}, "declineRfq": {"reason":"other"}, "updateRfq": {"title":"x"},
     "createQuote": world.quote_body(rfq), "proposeAward": {"quote_id":"quo_"+"0"*32,"lines":[{"line_no":1,"quantity":"1","reason":"lowest_price"}]},
    }
    out = []
    for roles in (("buyer",),("supplier",),("facilitator",),("operator",)):
        rival = await world.party(*roles)
        bodies["inviteSuppliers"] = {"supplier_ids":[rival.id]}
        for path, item in DOC["paths"].items():
            if "{rfq_id}" not in path: continue
            for method, spec in item.items():
                url = path.replace("{rfq_id}", rfq["id"]).replace("{document_id}", "doc_"+"0"*32)
                r = await rival.request(method.upper(), url, body=bodies.get(spec["operationId"]), etag=rfq["etag"] if method in ("patch","delete","put") else None)
                if r.status_code != 404: out.append((roles[0], spec["operationId"], r.status_code, r.json().get("code"), r.json().get("detail")))
    for o in out: print(o)
    draft = await world.draft(buyer)
    supplier = await world.party("supplier")
    print((await buyer.post(f"/v1/rfqs/{draft['id']}/invitations", {"supplier_ids":[supplier.id]})).status_code)
    r = await buyer.request("DELETE", f"/v1/rfqs/{draft['id']}", etag=draft["etag"])
    print(r.status_code, r.text)
    assert 0
