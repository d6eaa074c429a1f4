"""The workbook, calculated anew by LibreOffice from changed inputs, against what the API answers to the same inputs.

openpyxl writes formulas without values, so that every figure read back is one that LibreOffice calculated.
"""

import asyncio
import io
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from bid_tab_scene import Live, live
from workbooks import compare_with_json, download, same

from api.bid_tab.layout import (
    AT,
    CAPITAL,
    FIRST_RATE,
    FREIGHT_PERCENT,
    HANDLING,
    HEAD,
    PPH22,
    QUANTITY,
    REFERENCE,
    TOOLING_OVER,
)
from world import World

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: nothing recalculates the workbook"),
]


async def recalculated(content: bytes, folder: Path, changes: dict[tuple[str, int, int], float | str | None]) -> bytes:
    """The workbook with other values at (sheet, row, column), both counted from 0, opened and saved by LibreOffice."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, row, column), value in changes.items():
        book[sheet].cell(row + 1, column + 1).value = value
    source, target = folder / "in" / "tab.xlsx", folder / "out" / "tab.xlsx"
    source.parent.mkdir(parents=True)
    book.save(source)
    stripped = openpyxl.load_workbook(source, data_only=True)["Summary"]
    assert stripped.cell(AT["Total, own currency"] + 1, 2).value is None, "a value was kept beside its formula"
    process = await asyncio.create_subprocess_exec(
        str(SOFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(target.parent),
        str(source),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 180)
    assert target.exists(), said.decode(errors="replace")
    return target.read_bytes()


async def _file(scene: Live, query: str) -> bytes:
    return await download(scene.buyer, f"{scene.path}?{query}")


async def test_the_page_calculated_anew(world: World, tmp_path: Path) -> None:
    scene = await live(world)
    query = scene.scene.query()
    again = await recalculated(await _file(scene, query), tmp_path / "same", {})
    assert compare_with_json(again, await scene.tab(query)) > 100


async def test_every_assumption_moves_the_totals_as_the_api_would(world: World, tmp_path: Path) -> None:
    scene = await live(world)
    before = await _file(scene, scene.scene.query())
    changes: dict[tuple[str, int, int], float | str | None] = {
        ("Assumptions", TOOLING_OVER, 1): 7000,
        ("Assumptions", FREIGHT_PERCENT, 1): 4.75,
        ("Assumptions", CAPITAL, 1): 11.5,
        ("Assumptions", REFERENCE, 1): 45,
        ("Assumptions", HANDLING, 1): 1.25,
        ("Assumptions", PPH22, 1): 7.5,
        ("Assumptions", FIRST_RATE, 1): 15250.5,
    }
    after = await recalculated(before, tmp_path / "changed", changes)
    expected = await scene.tab(
        "rates=USD:15250.5:2026-11-20&tooling_over=7000&freight_percent=4.75&capital_rate_percent=11.5"
        "&reference_payment_days=45&handling_percent=1.25&has_api=false"
    )
    assert compare_with_json(after, expected) > 100
    with pytest.raises(AssertionError):
        compare_with_json(before, expected)


async def test_freight_by_mass_and_tooling_at_once(world: World, tmp_path: Path) -> None:
    scene = await live(world)
    query = "rates=USD:16813:2026-11-20&freight_per_kg=1500"
    before = await _file(scene, f"{query}&tooling_over=9000")
    after = await recalculated(before, tmp_path / "mass", {("Assumptions", TOOLING_OVER, 1): None})
    assert compare_with_json(after, await scene.tab(query)) > 100


async def test_quantities_move_the_totals_within_a_break(world: World, tmp_path: Path) -> None:
    scene = await live(world)
    wanted = {"1": 1200, "2": 500, "3": 5500}
    changes: dict[tuple[str, int, int], float | str | None] = {
        ("Lines", HEAD + int(line) - 1, QUANTITY): quantity for line, quantity in wanted.items()
    }
    after = await recalculated(await _file(scene, scene.scene.query()), tmp_path / "quantity", changes)
    summary = openpyxl.load_workbook(io.BytesIO(after), data_only=True)["Summary"]
    for place, quote in enumerate(("A", "B", "C")):
        costs = [scene.scene.figures(line, quote, Decimal(count)) for line, count in wanted.items()]
        for name, member in (
            ("Total cost, base currency", "base"),
            ("Minimum excess", "excess"),
            ("Freight", "freight"),
        ):
            shown = summary.cell(AT[name] + 1, place + 2).value
            assert same(shown, str(sum(cost[member] for cost in costs))), (quote, name)
