"""Families of fasteners: a hexagon flange bolt and a hexagon nut."""

import math

from api.demo.drawings.ink import THIN
from api.demo.drawings.layout import area
from api.demo.drawings.part import DrawnPart
from api.demo.drawings.sheet import Sheet, View


def bolt(sheet: Sheet, part: DrawnPart) -> None:
    """A flanged hexagon bolt: `d`, `l`, `thread`, `thread_l`, `root`, `af`, `head`, `flange`, `flange_t`."""
    d, length, thread_l = part.number("d"), part.number("l"), part.number("thread_l")
    af, head, flange, flange_t = (part.number(key) for key in ("af", "head", "flange", "flange_t"))
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    corner = af / math.cos(math.pi / 6)
    gap = 32
    left = (x0 + x1 - (length + head + flange) * s - gap) / 2 + flange * s + gap
    view = sheet.view(left + head * s, (y0 + y1) / 2)
    r = d / 2
    view.line((0, r), (length - 1.5, r), (length, r - 1.5), (length, 1.5 - r), (length - 1.5, -r), (0, -r))
    view.line((length - 1.5, r), (length - 1.5, -r))
    root = part.number("root") / 2
    view.line((length - thread_l, r), (length - thread_l, -r))
    view.thin((length - thread_l, root), (length, root))
    view.thin((length - thread_l, -root), (length, -root))
    view.path([(-flange_t, -flange / 2, 0), (0, -flange / 2, 0), (0, flange / 2, 0), (-flange_t, flange / 2, 0)])
    half = corner / 2
    view.line(
        (-flange_t, half),
        (1 - head, half),
        (-head, half - 1.5),
        (-head, 1.5 - half),
        (1 - head, -half),
        (-flange_t, -half),
    )
    view.line((-flange_t, half / 2), (-head, half / 2))
    view.line((-flange_t, -half / 2), (-head, -half / 2))
    view.axis(-head, 0, length, 0)
    view.across((0, -r), (length, -r), part.size("l"), -28)
    view.across((length - thread_l, -r), (length, -r), part.size("thread_l"), -15)
    view.across((-head, -flange / 2), (0, -flange / 2), part.size("head"), -(28 - (flange / 2 - r) * s), flip=True)
    view.through(length * 0.3, 0, part.size("d"), 16, prefix="Ø")
    view.through(length - thread_l * 0.5, 0, part.size("thread"), 16, lean=-1)
    if part.has("roughness"):
        view.roughness(length * 0.6, r, part.mark("roughness")[0])
    end = sheet.view(view.x - head * s - gap - flange / 2 * s, view.y)
    end.circle(0, 0, flange)
    _hexagon(end, corner / 2, upright=True)
    end.circle(0, 0, af * 0.95)
    end.cross(0, 0, flange)
    end.across((-af / 2, 0), (af / 2, 0), part.size("af"), -flange / 2 * s - 11)
    end.diameter(0, 0, part.size("flange"), 120, 9)


def _hexagon(view: View, corner: float, *, upright: bool) -> None:
    turn = math.pi / 6 if upright else 0.0
    points = [
        (corner * math.cos(turn + math.pi / 3 * i), corner * math.sin(turn + math.pi / 3 * i), 0.0) for i in range(6)
    ]
    view.path(points)


def nut(sheet: Sheet, part: DrawnPart) -> None:
    """A hexagon nut: `af`, `height`, `minor` and `major` of the thread; front view and half section."""
    af, height, minor, major = (part.number(key) for key in ("af", "height", "minor", "major"))
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    corner = af / math.cos(math.pi / 6)
    gap = 60
    front = sheet.view((x0 + x1 - (height + af) * s - gap) / 2 + af / 2 * s, (y0 + y1) / 2 + 4)
    _hexagon(front, corner / 2, upright=True)
    front.circle(0, 0, af * 0.96)
    front.circle(0, 0, minor)
    front.arc(0, 0, major, 100, 10, THIN)
    front.cross(0, 0, corner)
    front.across((-af / 2, 0), (af / 2, 0), part.size("af"), -corner / 2 * s - 10)
    side = sheet.view(front.x + af / 2 * s + gap, front.y)
    half, bevel = corner / 2, 3.0
    side.path(
        [
            (bevel, -half, 0),
            (height - bevel, -half, 0),
            (height, -half + 2 * bevel, 0),
            (height, half - 2 * bevel, 0),
            (height - bevel, half, 0),
            (bevel, half, 0),
            (0, half - 2 * bevel, 0),
            (0, -half + 2 * bevel, 0),
        ]
    )
    # Upper half cut, lower half seen from outside.
    side.hatch(
        [
            (0, minor / 2, 0),
            (height, minor / 2, 0),
            (height, half - 2 * bevel, 0),
            (height - bevel, half, 0),
            (bevel, half, 0),
            (0, half - 2 * bevel, 0),
        ]
    )
    side.line((0, minor / 2), (height, minor / 2))
    side.thin((0, major / 2), (height, major / 2))
    side.line((bevel, -half / 2), (height - bevel, -half / 2))
    side.axis(0, 0, height, 0)
    side.across((0, -half), (height, -half), part.size("height"), -10)
    side.upright((height, -minor / 2), (height, minor / 2), part.size("minor"), 22)
