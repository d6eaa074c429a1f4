"""Frame, title block and notes: the part of a drawing that is the same whatever it shows."""

from api.demo.drawings.annotate import signed
from api.demo.drawings.ink import CENTRE, FRAME, TEXT, TITLE, Circle, Ink, Path, line, text_width
from api.demo.drawings.part import Characteristic, DrawnPart
from api.demo.drawings.sheet import Sheet
from api.demo.drawings.symbols import balloon, plain

LEFT, MARGIN = 20.0, 10.0
"""ISO 5457: 20 mm on the filing side, 10 mm elsewhere."""
TITLE_WIDTH, TITLE_HEIGHT = 172.0, 45.0
ROW = 9.0
NOTE_STEP = 5.6
NOTE_LINE = 3.9
NOTE_HEIGHT = 2.3

UNITS = {"MMT": "mm", "4H": "µm", "DD": "°", "C16": "mm/s"}
"""How units of characteristics are printed; hardness scales are printed as they are."""


def draw_frame(sheet: Sheet, part: DrawnPart) -> None:
    """The frame with centring marks and the title block."""
    right, top = sheet.width - MARGIN, sheet.height - MARGIN
    sheet.add(_box(LEFT, MARGIN, right, top, heavy=True))
    middle_x, middle_y = (LEFT + right) / 2, (MARGIN + top) / 2
    for a, b in (
        ((middle_x, MARGIN - 5), (middle_x, MARGIN)),
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
    room = sheet.width - MARGIN - TITLE_WIDTH - LEFT - 16
    wrapped = [(_wrap(told, room), shown) for told, shown in lines]
    y = MARGIN + 3 + sum(NOTE_STEP + NOTE_LINE * (len(rows) - 1) for rows, _ in wrapped) - NOTE_STEP
    sheet.text((LEFT + 4, y + NOTE_STEP + 1), "CATATAN / NOTES", 3, bold=True)
    for number, (rows, shown) in enumerate(wrapped, 1):
        if shown is not None:
            sheet.add(*balloon((LEFT + 6.5, y + 1.2), shown))
        else:
            sheet.text((LEFT + 5, y), f"{number}.", NOTE_HEIGHT)
        for row in rows:
            sheet.text((LEFT + 11, y), row, NOTE_HEIGHT)
            y -= NOTE_LINE
        y -= NOTE_STEP - NOTE_LINE


def _wrap(told: str, room: float) -> list[str]:
    """`told` in rows that are at most `room` mm wide, broken at spaces."""
    rows = [""]
    for word in told.split():
        longer = f"{rows[-1]} {word}".strip()
        # A tenth in reserve: viewers put wider fonts in the place of Helvetica.
        if rows[-1] and text_width(longer, NOTE_HEIGHT) * 1.1 > room:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


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
            (36, "Proyeksi", ""),
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
    sheet.add(*_third_angle(x + 136 + 24, top - 3.55 * ROW))


def _finish(part: DrawnPart) -> str:
    return "; ".join(told for told in (part.heat_treatment, part.surface) if told) or "-"


def _row(sheet: Sheet, x: float, top: float, cells: list[tuple[float, str, str]], heights: tuple[float, ...]) -> None:
    """One row of the title block: (width, caption, content) from left to right."""
    for (width, caption, content), height in zip(cells, heights, strict=True):
        if x + width < sheet.width - MARGIN - 0.1:
            sheet.add(line(TITLE, (x + width, top), (x + width, top - ROW)))
        sheet.text((x + 1.2, top - 2.4), caption, 1.5)
        # A long name is set smaller rather than over the line.
        fitting = min(height, height * (width - 3) / 1.08 / max(text_width(content, height), 0.1))
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
            vertices=(
                (x + 1, y - small, 0),
                (x + 7, y - large, 0),
                (x + 7, y + large, 0),
                (x + 1, y + small, 0),
            ),
            closed=True,
        ),
    ]


def _box(x0: float, y0: float, x1: float, y1: float, *, heavy: bool) -> Path:
    layer = FRAME if heavy else TITLE
    return Path(layer=layer, vertices=((x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0)), closed=True)
