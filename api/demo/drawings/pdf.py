"""Write a sheet as PDF by reportlab: same ink, same bytes."""

import io
import math

from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.pdfgen.pathobject import PDFPathObject  # type: ignore[import-untyped]

from api.demo.drawings.ink import (
    CAP_HEIGHT,
    Arc,
    Circle,
    Dimension,
    Fill,
    Hatch,
    Layer,
    Path,
    Stroke,
    Text,
    flattened,
    text_width,
)
from api.demo.drawings.part import DrawnPart
from api.demo.drawings.sheet import Sheet

HATCH_STEP = 2.5
"""Distance of hatch lines in mm."""


def to_pdf(sheet: Sheet, part: DrawnPart) -> bytes:
    """The sheet as one page of PDF in its true size; texts are in WinAnsi encoding, uncompressed."""
    out = io.BytesIO()
    # invariant: no clock and no random identifier in the file, so that the same drawing has the same hash.
    canvas = Canvas(out, pagesize=(sheet.width * mm, sheet.height * mm), invariant=True, pageCompression=0)
    canvas.setTitle(f"{part.part_number} {part.revision} {part.name_en}")
    canvas.setAuthor(part.company)
    canvas.setSubject(part.name_id)
    canvas.setCreator("Jembatan demonstration")
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for ink in sheet.ink:
        for stroke in ink.art if isinstance(ink, Dimension) else (ink,):
            _stroke(canvas, stroke)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _stroke(canvas: Canvas, stroke: Stroke) -> None:
    match stroke:
        case Text():
            _text(canvas, stroke)
        case Fill():
            path = canvas.beginPath()
            _polygon(path, list(stroke.corners), closed=True)
            canvas.drawPath(path, stroke=0, fill=1)
        case Hatch():
            _hatch(canvas, stroke)
        case Circle():
            _pen(canvas, stroke.layer)
            canvas.circle(stroke.centre[0] * mm, stroke.centre[1] * mm, stroke.radius * mm)
        case Arc():
            _pen(canvas, stroke.layer)
            (x, y), r = stroke.centre, stroke.radius
            sweep = (stroke.end - stroke.start) % 360
            canvas.arc((x - r) * mm, (y - r) * mm, (x + r) * mm, (y + r) * mm, stroke.start, sweep)
        case Path():
            _pen(canvas, stroke.layer)
            path = canvas.beginPath()
            _polygon(path, flattened(stroke.vertices, closed=stroke.closed), closed=stroke.closed)
            canvas.drawPath(path)


def _pen(canvas: Canvas, layer: Layer) -> None:
    canvas.setLineWidth(layer.width * mm)
    canvas.setDash([dash * mm for dash in layer.dashes])


def _polygon(path: PDFPathObject, points: list[tuple[float, float]], *, closed: bool) -> None:
    path.moveTo(points[0][0] * mm, points[0][1] * mm)
    for x, y in points[1:]:
        path.lineTo(x * mm, y * mm)
    if closed:
        path.close()


def _hatch(canvas: Canvas, hatch: Hatch) -> None:
    points = flattened(hatch.loop, closed=True)
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    canvas.saveState()
    clip = canvas.beginPath()
    _polygon(clip, points, closed=True)
    canvas.clipPath(clip, stroke=0, fill=0)
    _pen(canvas, hatch.layer)
    height = high - low
    # Lines lie on a grid of the paper, so that two parts of one section are hatched alike.
    step = HATCH_STEP * math.sqrt(2)
    if hatch.mirrored:
        first = math.floor(left / step) * step
        count = int((right + height - first) / step) + 1
        lines = [((first + step * i) * mm, low * mm, (first + step * i - height) * mm, high * mm) for i in range(count)]
    else:
        first = math.floor((left - height) / step) * step
        count = int((right - first) / step) + 1
        lines = [((first + step * i) * mm, low * mm, (first + step * i + height) * mm, high * mm) for i in range(count)]
    canvas.lines(lines)
    canvas.restoreState()


def _text(canvas: Canvas, text: Text) -> None:
    size = text.height / CAP_HEIGHT * mm
    font = "Helvetica-Bold" if text.bold else "Helvetica"
    shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[text.align] * text_width(text.text, text.height) * mm
    canvas.saveState()
    canvas.translate(text.at[0] * mm, text.at[1] * mm)
    canvas.rotate(text.angle)
    canvas.setFont(font, size)
    canvas.drawString(-shift, 0, text.text)
    canvas.restoreState()
