"""Frame, title block and notes: the part of a drawing that is the same whatever it shows."""

from api.demo.drawings.annotate import balloon, plain, signed
from api.demo.drawings.ink import CENTRE, FRAME, TEXT, TITLE, Align, Circle, Ink, Path, Text, line, text_width
from api.demo.drawings.part import Characteristic, DrawnPart
from api.demo.drawings.sheet import Sheet

LEFT, MARGIN = 20.0, 10.0
"""ISO 5457: 20 mm on the filing side, 10 mm elsewhere."""
TITLE_WIDTH, TITLE_HEIGHT = 172.0, 45.0
ROW = 9.0
NOTE_STEP = 6.0

UNITS = {"MMT": "mm", "4H": "µm", "DD": "°", "C16": "mm/s"}
"""How units of characteristics are printed; hardness scales are printed as they are."""


def draw_frame(sheet: Sheet, part: DrawnPart) -> None:
    """The frame with centring marks and the title block."""
    right, top = sheet.width - MARGIN, sheet.height - MARGIN
    sheet.add(_box(LEFT, MARGIN, right, top, heavy=True))
    middle_x, middle_y = (LEFT + right) / 2, (MARGIN + top) / 2
    for a, b in (
        ((middle_x, MARGIN - 5), (middle_x, MARGIN + 3)),
        ((middle_x, top - 3), (middle_x, top + 5)),
        ((LEFT - 5, middle_y), (LEFT + 3, middle_y)),
        ((right - 3, middle_y), (right + 5, middle_y)),
    ):
        sheet.add(line(FRAME, a, b))
    _title_block(sheet, part, right - TITLE_WIDTH, MARGIN)


def draw_notes(sheet: Sheet, part: DrawnPart) -> None:
    """Notes at the lower left: what holds for the whole part, and the characteristics without a place in a view."""
    lines: list[tuple[str, Characteristic | None]] = [
        ("Ukuran dalam mm / dimensions in mm", None),
        (f"Toleransi umum / general tolerance: {part.general_tolerance}", None),
        ("Hilangkan gerigi / break sharp edges 0.2-0.5", None),
    ]
    lines += [
        (f"{caption}: {told}", None)
        for caption, told in (
            ("Permukaan / surface", part.surface),
            ("Perlakuan panas / heat treatment", part.heat_treatment),
            ("Pengujian / testing", part.testing),
        )
        if told is not None
    ]
    lines += [(f"{item.name}: {limits(item)}", item) for item in part.noted()]
    y = MARGIN + 4 + NOTE_STEP * (len(lines) - 1)
    sheet.text((LEFT + 4, y + NOTE_STEP + 1), "CATATAN / NOTES", 3, bold=True)
    for number, (told, shown) in enumerate(lines, 1):
        if shown is not None:
            sheet.add(*balloon((LEFT + 6.5, y + 1.2), shown))
        else:
            sheet.text((LEFT + 5, y), f"{number}.", 2.3)
        sheet.text((LEFT + 11, y), told, 2.3)
        y -= NOTE_STEP


def limits(shown: Characteristic) -> str:
    """A characteristic as one line of text: `47.5 ±2.5 HRC`, `max. 0.1 mm`, `8 +0.5/0 mm`."""
    unit = UNITS.get(shown.unit, shown.unit)
    gap = "" if unit == "°" else " "
    if float(shown.nominal) == 0 and float(shown.lower) == 0:
        return f"max. {plain(shown.upper)}{gap}{unit}"
    if float(shown.upper) == -float(shown.lower):
        return f"{shown.nominal} ±{plain(shown.upper)}{gap}{unit}"
    return f"{shown.nominal} {signed(shown.upper)}/{signed(shown.lower)}{gap}{unit}"


def _title_block(sheet: Sheet, part: DrawnPart, x: float, y: float) -> None:
    sheet.add(_box(x, y, x + TITLE_WIDTH, y + TITLE_HEIGHT, heavy=True))
    rows = [y + ROW * step for step in range(1, 5)]
    for at in rows:
        sheet.add(line(TITLE, (x, at), (x + TITLE_WIDTH, at)))
    top = y + TITLE_HEIGHT
    _row(
        sheet,
        x,
        top,
        [(112, "Pemilik / owner", part.company), (60, "Nomor gambar / drawing no.", part.part_number)],
        heights=(2.6, 4.0),
    )
    _row(
        sheet,
        x,
        top - ROW,
        [
            (112, "Nama / title", f"{part.name_id} / {part.name_en}"),
            (24, "Revisi / rev.", part.revision),
            (36, "Lembar / sheet", "1 / 1"),
        ],
        heights=(2.8, 3.5, 3.0),
    )
    _row(
        sheet,
        x,
        top - 2 * ROW,
        [
            (60, "Material", part.material),
            (52, "Toleransi umum / general tolerance", part.general_tolerance),
            (24, "Massa / mass", f"{part.mass_kg} kg"),
            (36, "Format", f"{sheet.paper}  mm"),
        ],
        heights=(2.6, 2.6, 2.6, 2.6),
    )
    _row(
        sheet,
        x,
        top - 3 * ROW,
        [
            (60, "Digambar / drawn", f"{part.drawn_by}  {part.drawn_on}"),
            (52, "Diperiksa / checked", part.checked_by),
            (24, "Skala / scale", part.scale),
            (36, "Proyeksi / projection", ""),
        ],
        heights=(2.6, 2.6, 3.2, 2.6),
    )
    _row(
        sheet,
        x,
        top - 4 * ROW,
        [
            (112, "Perlakuan dan permukaan / treatment and surface", _finish(part)),
            (60, "Data contoh / demonstration data", "Jembatan"),
        ],
        heights=(2.4, 2.4),
    )
    sheet.add(*_third_angle(x + 136 + 22, top - 3.5 * ROW))


def _finish(part: DrawnPart) -> str:
    return "; ".join(told for told in (part.heat_treatment, part.surface) if told) or "-"


def _row(
    sheet: Sheet, x: float, top: float, cells: list[tuple[float, str, str]], heights: tuple[float, ...]
) -> None:
    """One row of the title block: (width, caption, content) from left to right."""
    for (width, caption, content), height in zip(cells, heights, strict=True):
        if x + width < sheet.width - MARGIN - 0.1:
            sheet.add(line(TITLE, (x + width, top), (x + width, top - ROW)))
        sheet.text((x + 1.2, top - 2.4), caption, 1.5)
        # A long name is set smaller rather than over the line.
        fitting = min(height, height * (width - 3) / max(text_width(content, height), 0.1))
        sheet.text((x + 1.5, top - ROW + 1.6), content, fitting, bold=False)
        x += width


def _third_angle(x: float, y: float) -> list[Ink]:
    """The symbol of third-angle projection (ISO 5456-2), as JIS draughtsmen in Indonesia use it."""
    small, large = 1.4, 2.6
    return [
        Circle(layer=TEXT, centre=(x - 4, y), radius=small),
        Circle(layer=TEXT, centre=(x - 4, y), radius=large),
        line(CENTRE, (x - 7.5, y), (x + 8.5, y)),
        line(CENTRE, (x - 4, y - 3.6), (x - 4, y + 3.6)),
        Path(
            layer=TEXT,
            vertices=((x + 1, y - small, 0), (x + 7, y - large, 0), (x + 7, y + large, 0), (x + 1, y + small, 0)),
            closed=True,
        ),
    ]


def _box(x0: float, y0: float, x1: float, y1: float, *, heavy: bool) -> Path:
    layer = FRAME if heavy else TITLE
    return Path(layer=layer, vertices=((x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0)), closed=True)


__all__ = ["LEFT", "MARGIN", "TITLE_HEIGHT", "TITLE_WIDTH", "Align", "Text", "draw_frame", "draw_notes", "limits"]
