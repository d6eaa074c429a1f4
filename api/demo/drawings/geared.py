"""Families of toothed parts: a chain sprocket with drawn teeth, a pinion by the gear convention of ISO 2203."""

import math

from api.demo.drawings.frame import limits
from api.demo.drawings.ink import CENTRE, THIN, Vertex
from api.demo.drawings.layout import area, table
from api.demo.drawings.part import DrawnPart
from api.demo.drawings.sheet import Sheet, View


def sprocket(sheet: Sheet, part: DrawnPart) -> None:
    """A plate sprocket: `teeth`, `pitch`, `roller`, `tip`, `root`, `t`, `bore`, `pcd`, `holes`, `hole`; `run_out`."""
    teeth = int(part.number("teeth"))
    tip, root, t = part.number("tip"), part.number("root"), part.number("t")
    pitch_d = part.number("pitch") / math.sin(math.pi / teeth)
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    front = sheet.view(x0 + 52 + tip / 2 * s, (y0 + y1) / 2)
    front.path(_chain_teeth(teeth, root / 2, tip / 2, part.number("roller") / 2))
    front.circle(0, 0, pitch_d, CENTRE)
    front.circle(0, 0, part.number("bore"))
    front.cross(0, 0, tip)
    pcd, holes = part.number("pcd"), int(part.number("holes"))
    front.circle(0, 0, pcd, CENTRE)
    for index in range(holes):
        angle = math.radians(45 + 360 / holes * index)
        x, y = pcd / 2 * math.cos(angle), pcd / 2 * math.sin(angle)
        front.circle(x, y, part.number("hole"))
        front.axis(x * 0.9, y * 0.9, x * 1.1, y * 1.1)
    at = pcd / 2 * math.sqrt(0.5)
    out = (tip - pcd) / 2 * s
    front.diameter(at, at, part.size("hole"), 60, out + 10, count=holes)
    front.diameter(0, 0, part.size("pcd"), 140, out + 10)
    front.diameter(0, 0, part.size("bore"), 215, (tip - part.number("bore")) / 2 * s + 8)
    front.diameter(0, 0, part.size("root"), 318, (tip - root) / 2 * s + 10)
    side = sheet.view(front.x + tip / 2 * s + 66, front.y)
    radius, chamfer = tip / 2, t * 0.28
    profile: list[Vertex] = [
        (0, -radius + chamfer * 2, 0),
        (chamfer, -radius, 0),
        (t - chamfer, -radius, 0),
        (t, -radius + chamfer * 2, 0),
    ]
    profile += [(x, -y, 0) for x, y, _ in reversed(profile)]
    side.path(profile)
    half = part.number("bore") / 2
    side.hidden((0, half), (t, half))
    side.hidden((0, -half), (t, -half))
    side.axis(0, 0, t, 0)
    side.across((0, radius), (t, radius), part.size("t"), 10)
    side.upright((t, -radius), (t, radius), part.size("tip"), 16, prefix="Ø")
    side.datum(0, half * 0.6, "A", -1, 0)
    if part.has("run_out"):
        side.tolerance(t / 2, -radius, -30, -16, "run_out", part.mark("run_out")[0], "A")
    table(
        sheet,
        x1 - 84,
        y1 - 2,
        [
            ("Jumlah gigi / teeth z", str(teeth), None),
            ("Rantai / chain", part.geometry["chain"], None),
            ("Jarak bagi / pitch p", part.geometry["pitch"], None),
            ("Diameter rol / roller", part.geometry["roller"], None),
            ("Diameter jarak bagi / pitch dia.", f"{pitch_d:.2f}", None),
        ],
        width=84,
    )


def _chain_teeth(teeth: int, root: float, tip: float, roller: float) -> list[Vertex]:
    """The contour: a seat of the roller radius at every root, straight flanks, a flat at every tip."""
    pitch_radius = root + roller
    vertices: list[Vertex] = []
    open_half = math.radians(60)
    bulge = -math.tan((math.pi - open_half) / 4 * 0.9)
    for index in range(teeth):
        turn = 2 * math.pi * index / teeth
        for sign in (-1, 1):
            # The ends of the seat, seen from the centre of the roller.
            direction = turn + math.pi - sign * (math.pi - open_half) / 2 * 0.9
            x = pitch_radius * math.cos(turn) + roller * math.cos(direction)
            y = pitch_radius * math.sin(turn) + roller * math.sin(direction)
            vertices.append((x, y, bulge if sign < 0 else 0.0))
        for sign in (-1, 1):
            edge = turn + math.pi / teeth * (1 + sign * 0.16)
            vertices.append((tip * math.cos(edge), tip * math.sin(edge), 0.0))
    return vertices


def pinion(sheet: Sheet, part: DrawnPart) -> None:
    """A spur pinion: `module`, `teeth`, `tip`, `b`, `bore`, `key_w`, `key_h`; mark `tangent` goes into the table."""
    module, teeth = part.number("module"), int(part.number("teeth"))
    tip, b, bore = part.number("tip"), part.number("b"), part.number("bore")
    pitch_d, root = module * teeth, tip - 4.5 * module
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    view = sheet.view(x0 + 46, (y0 + y1) / 2)
    for sign in (1, -1):
        body: list[Vertex] = [
            (0, sign * bore / 2, 0),
            (0, sign * root / 2, 0),
            (b, sign * root / 2, 0),
            (b, sign * bore / 2, 0),
        ]
        view.path(body)
        view.hatch(body)
        view.path([(0, sign * root / 2, 0), (0, sign * tip / 2, 0), (b, sign * tip / 2, 0), (b, sign * root / 2, 0)])
        view.axis(0, sign * pitch_d / 2, b, sign * pitch_d / 2)
    view.line((0, -bore / 2), (0, bore / 2))
    view.line((b, -bore / 2), (b, bore / 2))
    view.axis(0, 0, b, 0)
    view.upright((0, -tip / 2), (0, tip / 2), part.size("tip"), -16, prefix="Ø")
    view.upright((b, -bore / 2), (b, bore / 2), part.size("bore"), 14, prefix="Ø")
    view.across((0, -tip / 2), (b, -tip / 2), part.size("b"), -11)
    front = sheet.view(view.x + b * s + 58 + tip / 2 * s, view.y)
    front.circle(0, 0, tip)
    front.circle(0, 0, pitch_d, CENTRE)
    front.circle(0, 0, root, THIN)
    _keyed_bore(front, part, bore)
    front.cross(0, 0, tip)
    table(
        sheet,
        x1 - 84,
        y1 - 2,
        [
            ("Modul / module m", part.geometry["module"], None),
            ("Jumlah gigi / teeth z", str(teeth), None),
            ("Sudut tekan / pressure angle", "20°", None),
            ("Geseran profil / profile shift x", "0", None),
            ("Diameter bagi / reference dia.", f"{pitch_d:g}", None),
            ("Kualitas / quality", part.geometry["quality"], None),
            ("Panjang singgung / base tangent", limits(part.mark("tangent")[0]), part.mark("tangent")[0]),
        ],
        width=84,
    )


def _keyed_bore(front: View, part: DrawnPart, bore: float) -> None:
    width, height = part.number("key_w"), part.number("key_h")
    r = bore / 2
    y = math.sqrt(r * r - width * width / 4)
    start = math.degrees(math.atan2(y, -width / 2))
    front.arc(0, 0, bore, start, math.degrees(math.atan2(y, width / 2)) + 360)
    top = height - r
    front.line((-width / 2, y), (-width / 2, top), (width / 2, top), (width / 2, y))
    front.across((-width / 2, top), (width / 2, top), part.size("key_w"), 8)
    front.upright((0, -r), (width / 2, top), part.size("key_h"), (r - width / 2) * front.sheet.scale + 10)
