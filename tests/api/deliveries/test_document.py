"""get_despatch_document through HTTP: who may print, what comes back."""

from world import World


async def test_both_parties_print_the_same_sheet(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    despatch = await world.despatch(supplier, order, (1, "A", "10"))
    path = f"/v1/despatches/{despatch['id']}/document.pdf"
    printed = await supplier.get(path)
    assert printed.status_code == 200, printed.text
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.headers["content-disposition"] == f'inline; filename="surat-jalan-{despatch["id"]}.pdf"'
    assert printed.content.startswith(b"%PDF-")
    assert printed.content.rstrip().endswith(b"%%EOF")
    assert (await buyer.get(path)).content == printed.content
    await supplier.done("POST", f"/v1/despatches/{despatch['id']}/cancel")
    assert (await supplier.get(path)).content != printed.content, "it says that it is cancelled"


async def test_who_may_not_print(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    despatch = await world.despatch(supplier, await world.order(buyer, supplier), (1, "A", "10"))
    path = f"/v1/despatches/{despatch['id']}/document.pdf"
    for role in ("buyer", "supplier"):
        stranger = await (await world.party(role)).get(path)
        assert (stranger.status_code, stranger.json()["code"]) == (404, "not_found")
    blind = await world.key(supplier.organisation_id, "blind", scopes=["rfqs:read"])
    assert (await blind.get(path)).status_code == 403
    text = await supplier.request("GET", path, headers={"accept": "text/plain"})
    assert (text.status_code, text.json()["code"]) == (406, "not_acceptable")
    assert (await supplier.get("/v1/despatches/dsp_x/document.pdf")).status_code == 404
