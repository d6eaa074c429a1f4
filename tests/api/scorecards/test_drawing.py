"""get_scorecard_svg: the same figures as a drawing that needs no colour, no script and no trust in names."""

import xml.etree.ElementTree as ET

from scorecard_scene import deliver, figures

from world import Party, World

SVG = "{http://www.w3.org/2000/svg}"


async def _drawn(reader: Party, scored: Party, query: str = "", language: str = "en") -> ET.Element:
    path = f"/v1/organisations/{scored.id}/scorecard.svg{query}"
    response = await reader.get(path, headers={"accept-language": language, "accept": "image/svg+xml"})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-language"] == language
    again = await reader.get(path, headers={"accept-language": language})
    assert again.content == response.content, "the same figures, the same bytes"
    return ET.fromstring(response.content)  # noqa: S314  our own


def _texts(drawing: ET.Element) -> list[str]:
    return [item.text or "" for item in drawing.iter(f"{SVG}text")]


async def test_a_drawing_says_what_the_scorecard_says(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    for _ in range(5):
        order = await world.order(buyer, supplier, quantities=("100",))
        await deliver(world, buyer, supplier, order, "100")
    drawing = await _drawn(supplier, supplier)
    shown = (await figures(supplier, supplier))["on_time_in_full"]
    assert (shown["value"], shown["low"]) == ("1.0000", "0.5655")
    described = drawing.findtext(f"{SVG}desc") or ""
    assert "On time in full: 100.0%, 95 % interval: 56.6% to 100.0%, higher is better, no trend, n = 5" in described
    assert "Time to corrective action: insufficient data, 0 of at least 3" in described
    texts = _texts(drawing)
    assert (texts.count("insufficient data"), texts.count("100.0%")) == (2, 4), "values and scales"
    # 260 pixels are the whole; the interval begins at 56.55 % of them.
    widths = [item.get("width") for item in drawing.iter(f"{SVG}rect")]
    assert "260.0" in widths
    assert any((item.get("d") or "").startswith("M447.0 ") for item in drawing.iter(f"{SVG}path"))
    assert len(list(drawing.iter(f"{SVG}circle"))) == 4, "the present quarter of four figures"
    indonesian = await _drawn(supplier, supplier, language="id")
    assert "Tepat waktu dan lengkap" in _texts(indonesian)
    assert "data belum cukup" in _texts(indonesian)
    assert any("56,6 %" in (item.text or "") for item in indonesian.iter(f"{SVG}desc"))


async def test_names_are_text_only(world: World) -> None:
    hostile = '</title><script>alert("1")</script>&\u0007\ufffe'
    supplier = await world.party("supplier", name=hostile)
    drawing = await _drawn(supplier, supplier)
    assert (drawing.findtext(f"{SVG}title") or "").endswith('</title><script>alert("1")</script>&')
    names = {item.tag.removeprefix(SVG) for item in drawing.iter()}
    assert names <= {"svg", "title", "desc", "rect", "text", "g", "line", "path", "circle"}


async def test_who_may_see_it(world: World) -> None:
    supplier, rival, buyer = await world.parties("supplier", "supplier", "buyer")
    path = f"/v1/organisations/{supplier.id}/scorecard.svg"
    assert (await rival.get(path)).status_code == 404
    refused = await buyer.get(f"{path}?window=90d")
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    drawing = await _drawn(buyer, supplier)
    assert not list(drawing.iter(f"{SVG}circle")), "others see no quarters"
    assert (await supplier.get(path, headers={"accept": "text/html"})).status_code == 406
