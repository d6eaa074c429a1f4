"""The sheet and its views: families draw in millimetres of the part, the sheet keeps millimetres of paper."""

import math
from typing import Literal

from api.demo.drawings import annotate, symbols
from api.demo.drawings.ink import (
    CENTRE,
    HATCH,
    HIDDEN,
    OUTLINE,
    TEXT,
    THIN,
    Align,
    Arc,
    Circle,
    Hatch,
    Ink,
    Layer,
    Path,
    Point,
    Text,
    Vertex,
    line,
)
from api.demo.drawings.part import Characteristic, Size

FORMATS = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}
"""Width and height in mm, landscape."""
OVERSHOOT = 3.0
"""How far a centre line stands out of the part, in mm of paper."""


class Sheet:
    """A sheet of paper with what is drawn on it so far; `scale` is paper per part, 0.5 for 1:2."""

    def __init__(self, paper: Literal["A3", "A4"], scale: str) -> None:
        self.paper = paper
        self.width, self.height = FORMATS[paper]
        drawn, _, real = scale.partition(":")
        self.scale = float(drawn) / float(real)
        self.ink: list[Ink] = []

    def add(self, *ink: Ink) -> None:
        """Put `ink` on the sheet."""
        self.ink.extend(ink)

    def text(self, at: Point, text: str, height: float = 2.5, align: Align = "left", *, bold: bool = False) -> None:
        """Write one line of text on paper."""
        self.add(Text(layer=TEXT, at=at, text=text, height=height, align=align, bold=bold))

    def view(self, x: float, y: float) -> "View":
        """A view whose origin lies at (x, y) of the paper."""
        return View(self, x, y)


class View:
    """One view: a coordinate system in mm of the part, x right and y up."""

    def __init__(self, sheet: Sheet, x: float, y: float) -> None:
        self.sheet = sheet
        self.x = x
        self.y = y

    def at(self, x: float, y: float) -> Point:
        """The point of the paper where (x, y) of the part is drawn."""
        return self.x + x * self.sheet.scale, self.y + y * self.sheet.scale

    def line(self, *points: Point, layer: Layer = OUTLINE) -> None:
        """Straight lines through `points`."""
        self.sheet.add(line(layer, *(self.at(x, y) for x, y in points)))

    def path(self, vertices: list[Vertex] | tuple[Vertex, ...], *, closed: bool = True, layer: Layer = OUTLINE) -> None:
        """A contour with arcs."""
        self.sheet.add(Path(layer=layer, vertices=self._placed(vertices), closed=closed))

    def box(self, x0: float, y0: float, x1: float, y1: float, layer: Layer = OUTLINE) -> None:
        """A rectangle between two corners."""
        self.path([(x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0)], layer=layer)

    def circle(self, x: float, y: float, diameter: float, layer: Layer = OUTLINE) -> None:
        """A circle by its diameter."""
        self.sheet.add(Circle(layer=layer, centre=self.at(x, y), radius=diameter / 2 * self.sheet.scale))

    def arc(self, x: float, y: float, diameter: float, start: float, end: float, layer: Layer = OUTLINE) -> None:
        """An arc counter-clockwise from `start` to `end` degrees."""
        radius = diameter / 2 * self.sheet.scale
        self.sheet.add(Arc(layer=layer, centre=self.at(x, y), radius=radius, start=start, end=end))

    def hatch(self, loop: list[Vertex] | tuple[Vertex, ...], *, mirrored: bool = False) -> None:
        """A cut surface."""
        self.sheet.add(Hatch(layer=HATCH, loop=self._placed(loop), mirrored=mirrored))

    def axis(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A centre line from one edge of the part to the other; it stands out at both ends."""
        (ax, ay), (bx, by) = self.at(x0, y0), self.at(x1, y1)
        length = math.hypot(bx - ax, by - ay)
        dx, dy = (bx - ax) / length * OVERSHOOT, (by - ay) / length * OVERSHOOT
        self.sheet.add(line(CENTRE, (ax - dx, ay - dy), (bx + dx, by + dy)))

    def cross(self, x: float, y: float, diameter: float) -> None:
        """Centre lines of a circle."""
        radius = diameter / 2
        self.axis(x - radius, y, x + radius, y)
        self.axis(x, y - radius, x, y + radius)

    def hole(self, x: float, y: float, diameter: float) -> None:
        """A circle with its centre lines."""
        self.circle(x, y, diameter)
        self.cross(x, y, diameter)

    def hidden(self, *points: Point) -> None:
        """Edges that lie behind."""
        self.line(*points, layer=HIDDEN)

    def thin(self, *points: Point) -> None:
        """Thin lines: threads, runs out of radii."""
        self.line(*points, layer=THIN)

    def title(self, x: float, y: float, text: str, drop: float = 0) -> None:
        """A caption centred under (x, y) of the part, `drop` mm of paper below."""
        at_x, at_y = self.at(x, y)
        self.sheet.text((at_x, at_y - drop), text, 3, "centre")

    def across(
        self,
        a: Point,
        b: Point,
        size: Size,
        offset: float,
        *,
        prefix: str = "",
        count: int = 1,
        flip: bool = False,
    ) -> None:
        """A horizontal size from `a` to `b`; the line lies `offset` mm of paper above (below if negative)."""
        pa, pb = self.at(*a), self.at(*b)
        base = (max(pa[1], pb[1]) if offset > 0 else min(pa[1], pb[1])) + offset
        self.sheet.add(*annotate.linear(pa, pb, base, size, vertical=False, prefix=prefix, count=count, flip=flip))

    def upright(
        self,
        a: Point,
        b: Point,
        size: Size,
        offset: float,
        *,
        prefix: str = "",
        count: int = 1,
        flip: bool = False,
    ) -> None:
        """A vertical size from `a` to `b`; the line lies `offset` mm of paper to the right (left if negative)."""
        pa, pb = self.at(*a), self.at(*b)
        base = (max(pa[0], pb[0]) if offset > 0 else min(pa[0], pb[0])) + offset
        self.sheet.add(*annotate.linear(pa, pb, base, size, vertical=True, prefix=prefix, count=count, flip=flip))

    def through(self, x: float, y: float, size: Size, rise: float, *, prefix: str = "Ø", lean: int = 1) -> None:
        """A diameter measured across a turned part at `x`, centred on `y`; the text stands on a shelf.

        The shelf is `rise` mm of paper above the surface (below if negative), to the right (`lean` 1) or left (-1).
        """
        half = size.value / 2
        self.sheet.add(
            *annotate.shelved(self.at(x, y - half), self.at(x, y + half), size, rise, prefix=prefix, lean=lean)
        )

    def diameter(
        self, x: float, y: float, size: Size, angle: float, reach: float, *, count: int = 1, note: str = ""
    ) -> None:
        """The diameter of a circle: a leader at `angle` degrees that ends `reach` mm of paper outside it."""
        self.sheet.add(
            *annotate.round_size(
                "diameter", self.at(x, y), size, self.sheet.scale, angle, reach, count=count, note=note
            )
        )

    def radius(
        self, x: float, y: float, size: Size, angle: float, reach: float, *, count: int = 1, note: str = ""
    ) -> None:
        """The radius of an arc about (x, y), as `diameter`; a negative `reach` puts the text inside."""
        self.sheet.add(
            *annotate.round_size("radius", self.at(x, y), size, self.sheet.scale, angle, reach, count=count, note=note)
        )

    def note(self, x: float, y: float, dx: float, dy: float, text: str, shown: Characteristic | None = None) -> None:
        """A leader from (x, y) of the part to a text (dx, dy) mm of paper away."""
        ax, ay = self.at(x, y)
        self.sheet.add(*symbols.leader((ax, ay), (ax + dx, ay + dy), text, shown))

    def tolerance(
        self,
        x: float,
        y: float,
        dx: float,
        dy: float,
        symbol: symbols.Symbol,
        shown: Characteristic,
        datum: str = "",
    ) -> None:
        """A geometrical tolerance of the feature at (x, y), in a frame (dx, dy) mm of paper away."""
        ax, ay = self.at(x, y)
        self.sheet.add(*symbols.frame((ax, ay), (ax + dx, ay + dy), symbol, shown, datum))

    def stacked(
        self, x: float, y: float, rise: float, symbol: symbols.Symbol, shown: Characteristic, datum: str = ""
    ) -> None:
        """A geometrical tolerance on the text of a diameter that stands `rise` mm of paper above (x, y)."""
        ax, ay = self.at(x, y)
        self.sheet.add(*symbols.frame(None, (ax + 0.8, ay + rise), symbol, shown, datum))

    def weld(self, x: float, y: float, dx: float, dy: float, text: str, shown: Characteristic | None = None) -> None:
        """A fillet weld at the joint (x, y), its symbol (dx, dy) mm of paper away."""
        ax, ay = self.at(x, y)
        self.sheet.add(*symbols.fillet_weld((ax + dx, ay + dy), (ax, ay), text, shown))

    def datum(self, x: float, y: float, letter: str, dx: float = 0, dy: float = -1) -> None:
        """A datum triangle on the surface at (x, y) that points out along (dx, dy), with its letter."""
        self.sheet.add(*symbols.datum(self.at(x, y), (dx, dy), letter))

    def roughness(self, x: float, y: float, shown: Characteristic, angle: float = 0) -> None:
        """A roughness symbol on the surface at (x, y); `angle` 0 stands upright, 180 hangs below."""
        self.sheet.add(*symbols.roughness(self.at(x, y), shown, angle))

    def _placed(self, vertices: list[Vertex] | tuple[Vertex, ...]) -> tuple[Vertex, ...]:
        return tuple((*self.at(x, y), bulge) for x, y, bulge in vertices)
