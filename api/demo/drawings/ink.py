"""What a drawing is made of before it becomes a file: strokes, texts and dimensions in millimetres of paper.

The two writers (`dxf.py`, `pdf.py`) know nothing of parts, and the families know nothing of files.
"""

import math
from typing import Literal

import msgspec
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]

Point = tuple[float, float]
Vertex = tuple[float, float, float]
"""x, y and bulge: the tangent of a quarter of the angle of the arc to the next vertex, 0 for a straight line."""

CAP_HEIGHT = 0.718
"""Height of a capital of Helvetica per em: text heights on drawings are those of the capitals."""

TIMES = "\N{MULTIPLICATION SIGN}"

Align = Literal["left", "centre", "right"]


class Layer(msgspec.Struct, frozen=True, kw_only=True):
    """How one kind of line looks: width in mm, dash pattern in mm of paper (stroke, gap …), AutoCAD colour."""

    name: str
    width: float
    dashes: tuple[float, ...] = ()
    colour: int = 7


OUTLINE = Layer(name="OUTLINE", width=0.5)
THIN = Layer(name="THIN", width=0.25)
HIDDEN = Layer(name="HIDDEN", width=0.25, dashes=(3, 1.5), colour=8)
CENTRE = Layer(name="CENTRE", width=0.18, dashes=(8, 1.5, 1, 1.5), colour=1)
BEND = Layer(name="BEND", width=0.25, dashes=(6, 1.5, 1, 1.5, 1, 1.5), colour=6)
HATCH = Layer(name="HATCH", width=0.18, colour=8)
DIMENSION = Layer(name="DIMENSION", width=0.18, colour=3)
BALLOON = Layer(name="BALLOON", width=0.25, colour=4)
TEXT = Layer(name="TEXT", width=0.18)
FRAME = Layer(name="FRAME", width=0.7)
TITLE = Layer(name="TITLE", width=0.25)
LAYERS = (OUTLINE, THIN, HIDDEN, CENTRE, BEND, HATCH, DIMENSION, BALLOON, TEXT, FRAME, TITLE)


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """A stroke through vertices, with arcs where a vertex has a bulge."""

    layer: Layer
    vertices: tuple[Vertex, ...]
    closed: bool = False


class Circle(msgspec.Struct, frozen=True, kw_only=True):
    """A full circle."""

    layer: Layer
    centre: Point
    radius: float


class Arc(msgspec.Struct, frozen=True, kw_only=True):
    """An arc, counter-clockwise from `start` to `end` in degrees."""

    layer: Layer
    centre: Point
    radius: float
    start: float
    end: float


class Fill(msgspec.Struct, frozen=True, kw_only=True):
    """A filled triangle: an arrow head."""

    layer: Layer
    corners: tuple[Point, Point, Point]


class Hatch(msgspec.Struct, frozen=True, kw_only=True):
    """The cut surface of a section: parallel lines at 45° inside a closed loop."""

    layer: Layer
    loop: tuple[Vertex, ...]
    mirrored: bool = False


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """One line of text; `at` lies on its base line, `angle` in degrees, `height` that of a capital."""

    layer: Layer
    at: Point
    text: str
    height: float
    align: Align = "left"
    angle: float = 0
    bold: bool = False


Stroke = Path | Circle | Arc | Fill | Hatch | Text


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """A measured size: what is measured, what is printed, and the strokes that show it.

    `points` are for `linear` the two ends and a point of the dimension line; for `diameter` the two opposite
    points of the circle; for `radius` the centre and a point of the arc. All in mm of paper.
    """

    kind: Literal["linear", "diameter", "radius"]
    points: tuple[Point, ...]
    angle: float
    prefix: str
    suffix: str
    override: str | None
    upper: float | None
    lower: float | None
    text_at: Point
    art: tuple[Stroke, ...]


Ink = Stroke | Dimension


def text_width(text: str, height: float) -> float:
    """Width in mm of `text` set in Helvetica with capitals `height` mm tall."""
    return float(stringWidth(text, "Helvetica", height / CAP_HEIGHT))


def line(layer: Layer, *points: Point) -> Path:
    """A stroke of straight lines through `points`."""
    return Path(layer=layer, vertices=tuple((x, y, 0.0) for x, y in points))


def flattened(vertices: tuple[Vertex, ...], *, closed: bool, steps: int = 24) -> list[Point]:
    """`vertices` with every arc replaced by `steps` chords; a closed loop does not repeat its first point."""
    points: list[Point] = []
    count = len(vertices)
    for index, (x, y, bulge) in enumerate(vertices):
        points.append((x, y))
        if bulge == 0 or (index == count - 1 and not closed):
            continue
        x2, y2, _ = vertices[(index + 1) % count]
        centre, radius, start, sweep = _arc_of(x, y, x2, y2, bulge)
        points.extend(
            (
                centre[0] + radius * math.cos(start + sweep * step / steps),
                centre[1] + radius * math.sin(start + sweep * step / steps),
            )
            for step in range(1, steps)
        )
    return points


def rounded(points: list[Point], radii: list[float] | float) -> tuple[Vertex, ...]:
    """The closed polygon `points` with its corners rounded, each by its radius; 0 leaves a corner sharp."""
    count = len(points)
    corner_radii = radii if isinstance(radii, list) else [radii] * count
    vertices: list[Vertex] = []
    for index, (x, y) in enumerate(points):
        before, after = points[index - 1], points[(index + 1) % count]
        radius = corner_radii[index]
        ax, ay = _unit(before[0] - x, before[1] - y)
        bx, by = _unit(after[0] - x, after[1] - y)
        angle = math.acos(max(-1.0, min(1.0, ax * bx + ay * by)))
        if radius == 0 or math.isclose(angle, math.pi):
            vertices.append((x, y, 0.0))
            continue
        reach = radius / math.tan(angle / 2)
        turn = 1 if ax * by - ay * bx < 0 else -1
        vertices.append((x + ax * reach, y + ay * reach, turn * math.tan((math.pi - angle) / 4)))
        vertices.append((x + bx * reach, y + by * reach, 0.0))
    return tuple(vertices)


def _unit(x: float, y: float) -> Point:
    length = math.hypot(x, y)
    return x / length, y / length


def _arc_of(x1: float, y1: float, x2: float, y2: float, bulge: float) -> tuple[Point, float, float, float]:
    """Centre, radius, start angle and sweep in radians of the arc with this bulge."""
    sweep = 4 * math.atan(bulge)
    chord = math.hypot(x2 - x1, y2 - y1)
    radius = abs(chord / (2 * math.sin(sweep / 2)))
    middle_x, middle_y = (x1 + x2) / 2, (y1 + y2) / 2
    height = (chord / 2) / math.tan(sweep / 2)
    centre = (middle_x - height * (y2 - y1) / chord, middle_y + height * (x2 - x1) / chord)
    return centre, radius, math.atan2(y1 - centre[1], x1 - centre[0]), sweep
