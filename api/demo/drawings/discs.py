"""Families of flat turned parts: discs, end brackets, impellers, crane wheels."""

import math

from api.demo.drawings.ink import CENTRE, OUTLINE, THIN, Vertex
from api.demo.drawings.layout import area
from api.demo.drawings.part import DrawnPart
from api.demo.drawings.sheet import Sheet, View


def disc(sheet: Sheet, part: DrawnPart) -> None:
    """A disc with a bore, perhaps with a hub, holes on a circle, vanes, or a bearing seat; section and front view.

    `od`, `t`, `bore`; `hub_d` and `hub_l`; `seat_l` deep bore with a `through` hole; `pcd`, `holes`, `hole`.
    """
    od, t, bore = part.number("od"), part.number("t"), part.number("bore")
    hub_d = part.number("hub_d") if part.has("hub_d") else 0.0
    hub_l = part.number("hub_l") if part.has("hub_l") else t
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 62
    left = x0 + (x1 - x0 - (hub_l + od) * s - gap) / 2
    view = sheet.view(left, (y0 + y1) / 2)
    radius, r = od / 2, bore / 2
    seat = part.number("seat_l") if part.has("seat_l") else hub_l
    thru = part.number("through") / 2 if part.has("through") else r
    for sign in (1, -1):
        wall: list[Vertex] = [(0, sign * thru, 0), (0, sign * radius, 0), (t, sign * radius, 0)]
        if hub_d:
            wall += [(t, sign * hub_d / 2, 0), (hub_l, sign * hub_d / 2, 0)]
        wall += [(hub_l, sign * r, 0)]
        if part.has("seat_l"):
            wall += [(hub_l - seat, sign * r, 0), (hub_l - seat, sign * thru, 0)]
        view.path(wall)
        view.hatch(wall)
    for x, half in ((0.0, thru), (hub_l, r), (hub_l - seat, r)):
        view.line((x, -half), (x, half))
    view.axis(0, 0, hub_l, 0)
    view.upright((0, -radius), (0, radius), part.size("od"), -16, prefix="Ø")
    view.across((0, radius), (t, radius), part.size("t"), 10)
    if hub_d:
        view.across((0, -hub_d / 2), (hub_l, -hub_d / 2), part.size("hub_l"), -(radius - hub_d / 2) * s - 10)
        if not part.has("position"):
            # A bore too small for its own text stands outside, where nothing is in the way of it.
            view.upright((hub_l, -hub_d / 2), (hub_l, hub_d / 2), part.size("hub_d"), 13, prefix="Ø")
    near = 13 if part.has("position") or not hub_d else 25
    view.upright((hub_l, -r), (hub_l, r), part.size("bore"), near, prefix="Ø")
    if part.has("position"):
        view.datum(hub_l + near / s, -r, "A", 0, -1)
    if part.has("seat_l"):
        view.across((hub_l - seat, hub_d / 2), (hub_l, hub_d / 2), part.size("seat_l"), 12)
    _disc_marks(view, part, t, radius)
    front = sheet.view(left + hub_l * s + gap + radius * s, view.y)
    _disc_front(front, part, od, hub_d)


def _disc_marks(view: View, part: DrawnPart, t: float, radius: float) -> None:
    if part.has("flatness"):
        view.tolerance(0, -radius * 0.6, -50, -14, "flatness", part.mark("flatness")[0])
    if part.has("roughness"):
        view.roughness(t * 0.5, -radius, part.mark("roughness")[0], 180)


def _disc_front(front: View, part: DrawnPart, od: float, hub_d: float) -> None:
    front.circle(0, 0, od)
    if hub_d:
        front.circle(0, 0, hub_d)
        if part.has("position"):
            front.diameter(0, 0, part.size("hub_d"), 205, 7)
    front.circle(0, 0, part.number("bore"))
    if part.has("through"):
        front.circle(0, 0, part.number("through"))
    front.cross(0, 0, od)
    if part.has("vanes"):
        _vanes(front, int(part.number("vanes")), hub_d / 2, od / 2)
    if part.has("holes"):
        pcd, count = part.number("pcd"), int(part.number("holes"))
        front.circle(0, 0, pcd, CENTRE)
        for index in range(count):
            angle = math.radians(45 + 360 / count * index)
            x, y = pcd / 2 * math.cos(angle), pcd / 2 * math.sin(angle)
            front.circle(x, y, part.number("hole"))
            front.axis(x * 0.94, y * 0.94, x * 1.06, y * 1.06)
        x, y = pcd / 2 * math.cos(math.radians(45)), pcd / 2 * math.sin(math.radians(45))
        front.diameter(x, y, part.size("hole"), 60, (od - pcd) / 2 * front.sheet.scale + 8, count=count)
        front.diameter(0, 0, part.size("pcd"), 160, (od - pcd) / 2 * front.sheet.scale + 7)
        if part.has("position"):
            dy = y * front.sheet.scale
            front.tolerance(
                x, -y, 12, -(od / 2 * front.sheet.scale - dy) - 6, "position", part.mark("position")[0], "A"
            )


def _vanes(front: View, count: int, inner: float, outer: float) -> None:
    """Backward-curved vanes from the hub to the rim, each two arcs."""
    for index in range(count):
        turn = 2 * math.pi / count * index
        for shift in (0.0, 0.16):
            start = (inner * math.cos(turn + shift), inner * math.sin(turn + shift))
            end_turn = turn + 0.75 + shift * 0.4
            end = (outer * math.cos(end_turn), outer * math.sin(end_turn))
            front.path([(*start, -0.22), (*end, 0)], closed=False, layer=OUTLINE)


def wheel(sheet: Sheet, part: DrawnPart) -> None:
    """A crane wheel: `tread`, `flange`, `flange_t`, `width`, `rim`, `web`, `hub_d`, `hub_l`, `bore`; section, front."""
    tread, flange, flange_t = part.number("tread"), part.number("flange"), part.number("flange_t")
    width, rim, web = part.number("width"), part.number("rim"), part.number("web")
    hub_d, hub_l, bore = part.number("hub_d"), part.number("hub_l"), part.number("bore")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 70
    view = sheet.view((x0 + x1) / 2 - ((flange + hub_l) * s + gap) / 2 + hub_l / 2 * s + 6, (y0 + y1) / 2)
    w, v, h = width / 2, web / 2, hub_l / 2
    for sign in (1, -1):
        wall: list[Vertex] = [
            (x, sign * y, 0)
            for x, y in (
                (-h, bore / 2),
                (-h, hub_d / 2),
                (-v, hub_d / 2),
                (-v, rim / 2),
                (-w, rim / 2),
                (-w, flange / 2),
                (-w + flange_t, flange / 2),
                (-w + flange_t, tread / 2),
                (w - flange_t, tread / 2),
                (w - flange_t, flange / 2),
                (w, flange / 2),
                (w, rim / 2),
                (v, rim / 2),
                (v, hub_d / 2),
                (h, hub_d / 2),
                (h, bore / 2),
            )
        ]
        view.path(wall)
        view.hatch(wall)
    for x in (-h, h):
        view.line((x, -bore / 2), (x, bore / 2))
    view.axis(-h, 0, h, 0)
    view.upright(
        (-w + flange_t, -tread / 2),
        (-w + flange_t, tread / 2),
        part.size("tread"),
        -(flange_t * s) - 14,
        prefix="Ø",
    )
    view.upright((-w, -flange / 2), (-w, flange / 2), part.size("flange"), -26, prefix="Ø")
    view.upright((h, -hub_d / 2), (h, hub_d / 2), part.size("hub_d"), 14, prefix="Ø")
    view.upright((w, -rim / 2), (w, rim / 2), part.size("rim"), 26 - (w - h) * s, prefix="Ø")
    view.across((-w + flange_t, flange / 2), (w - flange_t, flange / 2), part.size("tread_w"), 9)
    view.across((-w, -flange / 2), (w, -flange / 2), part.size("width"), -10)
    view.across((-h, -flange / 2), (h, -flange / 2), part.size("hub_l"), -20)
    front = sheet.view(view.x + h * s + gap + flange / 2 * s, view.y)
    for diameter in (flange, rim, hub_d, bore):
        front.circle(0, 0, diameter)
    front.circle(0, 0, tread, THIN)
    front.cross(0, 0, flange)
    front.diameter(0, 0, part.size("bore"), 35, (flange - bore) / 2 * s + 8)
