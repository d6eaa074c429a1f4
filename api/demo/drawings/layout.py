"""Where views may stand on a sheet, and small tables."""

from api.demo.drawings.frame import LEFT, MARGIN, TITLE_HEIGHT
from api.demo.drawings.ink import DIMENSION, TITLE, Text, line
from api.demo.drawings.part import Characteristic
from api.demo.drawings.sheet import Sheet
from api.demo.drawings.symbols import BALLOON_RADIUS, balloon

ROW = 5.5


def area(sheet: Sheet) -> tuple[float, float, float, float]:
    """Left, bottom, right and top in mm of the paper that views and their sizes may use."""
    return LEFT + 5, MARGIN + TITLE_HEIGHT + 8, sheet.width - MARGIN - 5, sheet.height - MARGIN - 5


def table(
    sheet: Sheet, x: float, y: float, rows: list[tuple[str, str, Characteristic | None]], *, width: float = 72
) -> None:
    """A table of gear or tooth data whose upper left corner is (x, y) in mm of paper."""
    for index, (caption, told, shown) in enumerate(rows):
        low = y - ROW * (index + 1)
        sheet.add(line(TITLE, (x, low), (x + width, low)))
        sheet.text((x + 1.5, low + 1.6), caption, 2.2)
        sheet.add(Text(layer=DIMENSION, at=(x + width * 0.62, low + 1.6), text=told, height=2.2))
        if shown is not None:
            sheet.add(*balloon((x - BALLOON_RADIUS - 1, low + ROW / 2), shown))
    low = y - ROW * len(rows)
    sheet.add(line(TITLE, (x, y), (x + width, y)))
    for at in (x, x + width * 0.6, x + width):
        sheet.add(line(TITLE, (at, y), (at, low)))
