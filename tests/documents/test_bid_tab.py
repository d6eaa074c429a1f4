"""Every figure of docs/bid-tab.md: recomputed from its quotes, and asked of the API."""

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

from bid_tab_page import PAGE, Scene
from bid_tab_scene import live

from domain.comparison.cost import FORMULAS
from world import World

D = Decimal
AS_SHOWN = {
    "bought": "quantity_bought",
    "unit_price": "unit_price",
    "total": "total",
    "excess": "minimum_excess",
    "tooling_due": "tooling_due",
    "freight": "freight",
    "payment": "payment_terms",
    "total_cost": "total_cost",
    "base": "total_cost_base",
}
"""Column of the page → member of the answer."""


def test_every_figure_follows_from_the_quotes() -> None:
    scene = Scene(PAGE.read_text())
    sums: dict[str, dict[str, Decimal]] = {}
    checked = 0
    for row in scene.page["Lines"][0]:
        line, quote = row["line"], row["quote"]
        asked = D(scene.lines[line]["quantity"])
        for name, figure in scene.figures(line, quote, asked).items():
            assert D(row[name]) == figure, (line, quote, name)
            of_quote = sums.setdefault(quote, {})
            of_quote[name] = of_quote.get(name, D(0)) + figure
            checked += 1
        assert int(row["rank"]) == scene.ranked(line, asked).index(quote) + 1
    assert checked == len(scene.lines) * len(scene.quotes) * len(AS_SHOWN)
    order = sorted(sums, key=lambda quote: sums[quote]["base"])
    for row in scene.page["Quotes"][0]:
        for name, value in row.items():
            if name == "rank":
                assert int(value) == order.index(row["quote"]) + 1
            elif name != "quote":
                assert D(value) == sums[row["quote"]][name], (row["quote"], name)
    for row in scene.page["Import"][0]:
        source = next(item for item in scene.imports if item["line"] == row["line"])
        assert {name: D(value) for name, value in row.items() if name != "line"} == scene.import_of(source)
    for row in scene.page["Break-even"][0]:
        found = scene.break_even(row["line"])
        assert (row["quantity"], row["cheaper"]) == (("", "") if found is None else (str(found[0]), found[1]))


def test_the_request_is_that_of_the_assumptions_and_the_formulas_are_ours() -> None:
    scene = Scene(PAGE.read_text())
    request = next(line.strip() for line in PAGE.read_text().splitlines() if line.startswith("    GET "))
    shown = parse_qs(urlsplit(request.removeprefix("GET ")).query)
    assumed = parse_qs(scene.query())
    assert assumed.pop("base_currency") == ["IDR"]
    assert shown == assumed
    assert {row["figure"]: row["formula"] for row in scene.page["How each figure is made"][0]} == FORMULAS


async def test_the_api_answers_the_same(world: World) -> None:
    scene = await live(world)
    tab = await scene.tab(scene.scene.query())
    place = {name: [column["quote_id"] for column in tab["columns"]].index(scene.quotes[name]) for name in scene.quotes}
    for row in scene.scene.page["Lines"][0]:
        cell = tab["rows"][int(row["line"]) - 1]["cells"][place[row["quote"]]]
        assert {name: D(cell[member]) for name, member in AS_SHOWN.items()} == {name: D(row[name]) for name in AS_SHOWN}
        assert cell["rank"] == int(row["rank"])
    for row in scene.scene.page["Quotes"][0]:
        column = tab["columns"][place[row["quote"]]]
        for name, value in row.items():
            if name not in {"quote", "rank"}:
                assert D(column[AS_SHOWN[name]]) == D(value), (row["quote"], name)
        assert column["rank"] == int(row["rank"])
    for row in scene.scene.page["Import"][0]:
        found = tab["rows"][int(row["line"]) - 1]["import_reference"]
        assert all(D(found[name]) == D(value) for name, value in row.items() if name != "line")
    for row in scene.scene.page["Break-even"][0]:
        found = tab["rows"][int(row["line"]) - 1]
        expected = (row["quantity"] or None, scene.quotes[row["cheaper"]] if row["cheaper"] else None)
        assert (found["break_even_quantity"], found["break_even_quote_id"]) == expected
    used = tab["assumptions"]
    for name, value in scene.scene.assumed.items():
        if name != "rate of USD":
            assert str(used[name]) == value
    assert used["rates"] == [{"currency": "USD", "rate": "16813", "on": "2026-11-20"}]
