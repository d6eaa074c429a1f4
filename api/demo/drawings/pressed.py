"""Families of sheet-metal parts: brackets with bends, a drawn pan, a clamp, a valve plate."""

import math

from api.demo.drawings.ink import BEND, OUTLINE, Vertex, rounded
from api.demo.drawings.layout import area
from api.demo.drawings.part import DrawnPart
from api.demo.drawings.sheet import Sheet, View


def bracket_u(sheet: Sheet, part: DrawnPart) -> None:
    """A plate with a flange bent back at each end: `w`, `h`, `t`, `flange`, `px`, `py`, `hole`, `opening`, `r`."""
    w, h, t, flange = part.number("w"), part.number("h"), part.number("t"), part.number("flange")
    px, py, r = part.number("px"), part.number("py"), part.number("r")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    left = (x0 + x1 - w * s) / 2
    gap = 34
    front = sheet.view(left, y0 + (y1 - y0 - (h + flange) * s - gap) / 2 + 4)
    front.path(rounded([(0, 0), (w, 0), (w, h), (0, h)], 0))
    for x in (t + r, w - t - r):
        front.line((x, 0), (x, h), layer=BEND)
    cx, cy = w / 2, h / 2
    for x in (cx - px / 2, cx + px / 2):
        for y in (cy - py / 2, cy + py / 2):
            front.hole(x, y, part.number("hole"))
    if part.has("opening"):
        front.hole(cx, cy, part.number("opening"))
        front.diameter(cx, cy, part.size("opening"), 20, 6)
    front.across((0, 0), (w, 0), part.size("w"), -20)
    front.across((cx - px / 2, cy - py / 2), (cx + px / 2, cy - py / 2), part.size("px"), -(cy - py / 2) * s - 10)
    front.upright((w, 0), (w, h), part.size("h"), 26)
    front.upright((cx + px / 2, cy - py / 2), (cx + px / 2, cy + py / 2), part.size("py"), (w - px) / 2 * s + 13)
    front.diameter(cx - px / 2, cy + py / 2, part.size("hole"), 160, px and (w - px) / 2 * s + 10, count=4)
    top = sheet.view(left, front.y + h * s + gap)
    _channel(top, w, t, flange, r)
    top.upright((0, 0), (0, flange), part.size("flange"), -12)
    top.radius(t + r, t + r, part.size("r"), 45, 16, count=2)
    top.note(w * 0.7, 0, 10, -9, f"t {part.geometry['t']}")
    if part.has("flatness"):
        top.tolerance(w * 0.3, 0, -40, -13, "flatness", part.mark("flatness")[0])
    front.note(t + r, h * 0.25, -26, -5, "garis tekuk / bend line")
    if part.has("weld_nuts"):
        front.note(cx + px / 2, cy + py / 2, 22, 25, part.geometry["weld_nuts"])


def _channel(view: View, w: float, t: float, flange: float, r: float) -> None:
    """The profile of a channel whose back lies on y = 0 and whose flanges rise."""
    outer, inner = r + t, r
    quarter = math.tan(math.pi / 8)
    vertices: list[Vertex] = [
        (0, flange, 0),
        (0, outer, quarter),
        (outer, 0, 0),
        (w - outer, 0, quarter),
        (w, outer, 0),
        (w, flange, 0),
        (w - t, flange, 0),
        (w - t, t + inner, -quarter),
        (w - t - inner, t, 0),
        (t + inner, t, -quarter),
        (t, t + inner, 0),
        (t, flange, 0),
    ]
    view.path(vertices)


def bracket_l(sheet: Sheet, part: DrawnPart) -> None:
    """An angle: a plate `w` by `h`, `t` thick, with a foot `flange`; `pitch`, `hole`, `foot_hole`, `r`."""
    w, h, t, flange, r = (part.number(key) for key in ("w", "h", "t", "flange", "r"))
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 44
    left = (x0 + x1 - (w + flange) * s - gap) / 2
    low = (y0 + y1 - h * s) / 2
    front = sheet.view(left, low)
    corner = 10.0
    front.path(rounded([(0, 0), (w, 0), (w, h), (0, h)], [0, 0, corner, corner]))
    front.line((0, t + r), (w, t + r), layer=BEND)
    pitch, level = part.number("pitch"), part.number("level")
    for x in ((w - pitch) / 2, (w + pitch) / 2):
        front.hole(x, level, part.number("hole"))
    front.across(((w - pitch) / 2, level), ((w + pitch) / 2, level), part.size("pitch"), (h - level) * s + 11)
    front.across((0, 0), (w, 0), part.size("w"), -13)
    front.upright((0, 0), ((w - pitch) / 2, level), part.size("level"), -(w - pitch) / 2 * s - 12)
    front.diameter((w + pitch) / 2, level, part.size("hole"), 215, 9, count=2)
    half = part.number("foot_hole") / 2
    front.hidden((w / 2 - half, 0), (w / 2 - half, t))
    front.hidden((w / 2 + half, 0), (w / 2 + half, t))
    front.axis(w / 2, 0, w / 2, t)
    side = sheet.view(left + w * s + gap, low)
    quarter = math.tan(math.pi / 8)
    side.path(
        [
            (0, r + t, quarter),
            (r + t, 0, 0),
            (flange, 0, 0),
            (flange, t, 0),
            (r + t, t, -quarter),
            (t, r + t, 0),
            (t, h, 0),
            (0, h, 0),
        ]
    )
    place = part.number("foot_at")
    side.hidden((place - half, 0), (place - half, t))
    side.hidden((place + half, 0), (place + half, t))
    side.axis(place, 0, place, t)
    side.upright((flange, 0), (0, h), part.size("h"), 14)
    side.across((0, 0), (flange, 0), part.size("flange"), -13)
    side.across((0, h), (t, h), part.size("t"), 10)
    side.radius(t + r, t + r, part.size("r"), 225, -13)
    side.note(place + half, t, 13, 9, f"Ø{part.geometry['foot_hole']}")


def pan(sheet: Sheet, part: DrawnPart) -> None:
    """A drawn pan: `w`, `h`, `depth`, `t`, `rim`, `r`, `px`, `py`, `hole`, `drain`; plan and section."""
    w, h, depth, rim, r = (part.number(key) for key in ("w", "h", "depth", "rim", "r"))
    px, py = part.number("px"), part.number("py")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 40
    left = (x0 + x1 - w * s) / 2
    plan = sheet.view(left, y0 + (y1 - y0 - (h + depth) * s - gap) / 2 + depth * s + gap)
    plan.path(rounded([(-rim, -rim), (w + rim, -rim), (w + rim, h + rim), (-rim, h + rim)], r + rim))
    plan.path(rounded([(0, 0), (w, 0), (w, h), (0, h)], r))
    plan.axis(-rim, h / 2, w + rim, h / 2)
    plan.axis(w / 2, -rim, w / 2, h + rim)
    for x in ((w - px) / 2, (w + px) / 2):
        for y in ((h - py) / 2, (h + py) / 2):
            plan.hole(x, y, part.number("hole"))
    drain_x, drain_y = w * 0.8, h * 0.3
    plan.hole(drain_x, drain_y, part.number("drain"))
    plan.across(
        ((w - px) / 2, (h + py) / 2),
        ((w + px) / 2, (h + py) / 2),
        part.size("px"),
        ((h - py) / 2 + rim) * s + 9,
    )
    plan.across((0, h), (w, h), part.size("w"), rim * s + 20)
    plan.upright((w, 0), (w, h), part.size("h"), rim * s + 22)
    plan.upright(
        ((w + px) / 2, (h - py) / 2),
        ((w + px) / 2, (h + py) / 2),
        part.size("py"),
        ((w - px) / 2 + rim) * s + 10,
    )
    plan.diameter((w - px) / 2, (h - py) / 2, part.size("hole"), 235, (((h - py) / 2 + rim) * s + 5) / 0.82, count=4)
    plan.diameter(drain_x, drain_y, part.size("drain"), 300, ((drain_y + rim) * s + 5) / 0.87 - 2)
    plan.radius(r, h - r, part.size("r"), 135, rim * s + 10, count=4)
    section = sheet.view(left, plan.y - gap - depth * s)
    section.line((-rim, depth), (0, depth), (0, 0), (w, 0), (w, depth), (w + rim, depth))
    section.upright((w, 0), (w + rim, depth), part.size("depth"), 12)
    section.across((-rim, depth), (0, depth), part.size("rim"), 8, flip=True)
    section.note(w * 0.3, 0, -10, -10, f"t {part.geometry['t']}")
    section.title(w / 2, 0, "A-A", 16)


def clamp(sheet: Sheet, part: DrawnPart) -> None:
    """A saddle clamp for a pipe: `inner`, `t`, `span`, `pitch`, `hole`, `b`, `rise` of the axis; front and plan."""
    inner, t, span = part.number("inner"), part.number("t"), part.number("span")
    pitch, b, rise = part.number("pitch"), part.number("b"), part.number("rise")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    top_y = rise + inner / 2 + t
    gap = 26
    low = y0 + (y1 - y0 - (top_y + b) * s - gap) / 2
    front = sheet.view((x0 + x1) / 2, low)
    ri, ro, half = inner / 2, inner / 2 + t, span / 2
    front.path(
        [
            (-half, 0, 0),
            (-ri, 0, 0),
            (-ri, rise, -1),
            (ri, rise, 0),
            (ri, 0, 0),
            (half, 0, 0),
            (half, t, 0),
            (ro, t, 0),
            (ro, rise, 1),
            (-ro, rise, 0),
            (-ro, t, 0),
            (-half, t, 0),
        ]
    )
    front.cross(0, rise, inner)
    hole = part.number("hole") / 2
    for x in (-pitch / 2, pitch / 2):
        front.hidden((x - hole, 0), (x - hole, t))
        front.hidden((x + hole, 0), (x + hole, t))
        front.axis(x, 0, x, t)
    front.diameter(0, rise, part.size("inner"), 150, t * s + 16)
    front.upright((half, 0), (0, rise), part.size("rise"), 12)
    front.note(ro, rise * 0.6, 14, 12, f"t {part.geometry['t']}")
    plan = sheet.view(front.x, low + top_y * s + gap)
    plan.path(rounded([(-half, 0), (half, 0), (half, b), (-half, b)], 3))
    for x in (-ro, ro):
        plan.line((x, 0), (x, b), layer=OUTLINE)
    for x in (-ri, ri):
        plan.hidden((x, 0), (x, b))
    for x in (-pitch / 2, pitch / 2):
        plan.hole(x, b / 2, 2 * hole)
    plan.across((-pitch / 2, b / 2), (pitch / 2, b / 2), part.size("pitch"), b / 2 * s + 10)
    plan.across((-half, b), (half, b), part.size("span"), 20)
    plan.upright((half, 0), (half, b), part.size("b"), 12)
    plan.diameter(-pitch / 2, b / 2, part.size("hole"), 205, (half - pitch / 2) * s + 6, count=2)


def valve_plate(sheet: Sheet, part: DrawnPart) -> None:
    """A ground plate with ports: `w`, `h`, `t`, `r`, `px`, `py`, `hole`, `port`, `ports`; `flatness`, `roughness`."""
    w, h, t = part.number("w"), part.number("h"), part.number("t")
    px, py, ports = part.number("px"), part.number("py"), part.number("ports")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 62
    left = (x0 + x1 - (w + t) * s - gap) / 2 + 4
    front = sheet.view(left, (y0 + y1 - h * s) / 2)
    front.path(rounded([(0, 0), (w, 0), (w, h), (0, h)], part.number("r")))
    cx, cy = w / 2, h / 2
    for x in (cx - px / 2, cx + px / 2):
        for y in (cy - py / 2, cy + py / 2):
            front.hole(x, y, part.number("hole"))
    for x in (cx - ports / 2, cx + ports / 2):
        front.hole(x, cy, part.number("port"))
    front.axis(0, cy, w, cy)
    front.across((cx - px / 2, cy - py / 2), (cx + px / 2, cy - py / 2), part.size("px"), -(cy - py / 2) * s - 11)
    front.across((0, 0), (w, 0), part.size("w"), -22)
    front.upright((cx - px / 2, cy - py / 2), (cx - px / 2, cy + py / 2), part.size("py"), -(cx - px / 2) * s - 11)
    front.upright((0, 0), (0, h), part.size("h"), -22)
    front.across((cx - ports / 2, cy), (cx + ports / 2, cy), part.size("ports"), 22)
    front.diameter(cx + ports / 2, cy, part.size("port"), 320, 5, count=2)
    front.diameter(cx - px / 2, cy + py / 2, part.size("hole"), 120, (cy - py / 2) * s + 6, count=4)
    front.radius(w - part.number("r"), h - part.number("r"), part.size("r"), 45, 9, count=4)
    side = sheet.view(left + w * s + gap, front.y)
    side.box(0, 0, t, h)
    side.axis(0, cy, t, cy)
    for edge in (cy - part.number("hole") / 2, cy + part.number("hole") / 2):
        side.hidden((0, edge), (t, edge))
    side.across((0, 0), (t, 0), part.size("t"), -14)
    if part.has("flatness"):
        side.tolerance(0, h * 0.78, -34, 16, "flatness", part.mark("flatness")[0])
    if part.has("parallelism"):
        side.tolerance(t, h * 0.5, 12, 16, "parallelism", part.mark("parallelism")[0], "A")
    if part.has("roughness"):
        side.note(t, h * 0.2, 12, 8, "Ra max. " + part.mark("roughness")[0].upper, part.mark("roughness")[0])
