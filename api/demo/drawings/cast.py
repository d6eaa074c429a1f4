"""Families of cast bodies: plummer block, pump casing, axlebox adapter, brake head, guide vane."""

import math

from api.demo.drawings.ink import CENTRE, TIMES, Vertex, rounded
from api.demo.drawings.layout import area
from api.demo.drawings.part import DrawnPart
from api.demo.drawings.sheet import Sheet


def plummer(sheet: Sheet, part: DrawnPart) -> None:
    """A plummer block: `bore`, `centre`, `base_l`, `pitch`, `hole`, `width`, `foot`, `outer` radius; front and side."""
    bore, centre, base_l = part.number("bore"), part.number("centre"), part.number("base_l")
    pitch, hole, width = part.number("pitch"), part.number("hole"), part.number("width")
    foot, outer = part.number("foot"), part.number("outer")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 60
    high = centre + outer
    front = sheet.view((x0 + x1 - (base_l + width) * s - gap) / 2 + base_l / 2 * s, (y0 + y1 - high * s) / 2 + 8)
    half = base_l / 2
    body: list[tuple[float, float]] = [
        (-half, 0),
        (half, 0),
        (half, foot),
        (outer, foot + 12),
        (outer, centre),
    ]
    contour = list(rounded([*body, (-outer, centre), (-outer, foot + 12), (-half, foot)], [0, 0, 6, 10, 0, 0, 10, 6]))
    cap = next(index for index, (x, y, _) in enumerate(contour) if (x, y) == (outer, centre))
    contour[cap] = (outer, centre, 1.0)
    front.path(contour)
    front.line((-outer, centre), (-bore / 2, centre))
    front.line((bore / 2, centre), (outer, centre))
    front.circle(0, centre, bore)
    front.circle(0, centre, bore + 12)
    front.cross(0, centre, 2 * outer)
    for x in (-pitch / 2, pitch / 2):
        front.hidden((x - hole / 2, 0), (x - hole / 2, foot))
        front.hidden((x + hole / 2, 0), (x + hole / 2, foot))
        front.axis(x, 0, x, foot)
    front.across((-pitch / 2, 0), (pitch / 2, 0), part.size("pitch"), -11)
    front.across((-half, 0), (half, 0), part.size("base_l"), -21)
    front.upright((-half, 0), (-outer, centre), part.size("centre"), -12)
    front.diameter(0, centre, part.size("bore"), 50, (outer - bore / 2) * s + 9)
    front.note(pitch / 2 + hole / 2, foot, 12, 12, f"2{TIMES}Ø{part.geometry['hole']}")
    side = sheet.view(front.x + half * s + gap, front.y)
    side.box(0, 0, width, foot)
    inset = width * 0.06
    side.path([(inset, foot, 0), (width - inset, foot, 0), (width - inset, high, 0), (inset, high, 0)])
    side.line((inset, centre), (width - inset, centre))
    for sign in (1, -1):
        side.hidden((inset, centre + sign * bore / 2), (width - inset, centre + sign * bore / 2))
    side.axis(0, centre, width, centre)
    side.across((0, 0), (width, 0), part.size("width"), -11)
    side.upright((width, 0), (width - inset, high), part.size("height"), 13)


def casing(sheet: Sheet, part: DrawnPart) -> None:
    """A volute pump casing: `od`, `bore`, `width`, `wall`, `centre`, `outlet`, `flange`, `foot_l`, `pitch`, `hole`."""
    od, bore, width, wall = (part.number(key) for key in ("od", "bore", "width", "wall"))
    centre, outlet, flange, foot_l = (part.number(key) for key in ("centre", "outlet", "flange", "foot_l"))
    pitch, hole = part.number("pitch"), part.number("hole")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 74
    front = sheet.view(
        (x0 + x1 - (foot_l + width) * s - gap) / 2 + foot_l / 2 * s + 12,
        y0 + (y1 - y0 - (centre + outlet) * s) / 2 + centre * s,
    )
    outer = od / 2
    foot, pipe, lip = 12.0, part.number("pipe") / 2, 10.0
    front.circle(0, 0, od)
    front.circle(0, 0, od - 2 * wall)
    front.circle(0, 0, bore)
    front.circle(0, 0, bore + 16)
    side_x = outer - pipe
    # The outlet leaves the volute at its side and ends in a flange.
    front.line((side_x - pipe, math.sqrt(outer**2 - (side_x - pipe) ** 2)), (side_x - pipe, outlet - lip))
    front.line((side_x + pipe, 0), (side_x + pipe, outlet - lip))
    front.box(side_x - flange / 2, outlet - lip, side_x + flange / 2, outlet)
    front.axis(side_x, outer * 0.6, side_x, outlet)
    half = foot_l / 2
    front.box(-half, -centre, half, -centre + foot)
    for x in (-half * 0.55, half * 0.55):
        front.line((x, -centre + foot), (x, -math.sqrt(outer**2 - x**2)))
    for x in (-pitch / 2, pitch / 2):
        front.hidden((x - hole / 2, -centre), (x - hole / 2, -centre + foot))
        front.hidden((x + hole / 2, -centre), (x + hole / 2, -centre + foot))
        front.axis(x, -centre, x, -centre + foot)
    front.cross(0, 0, od)
    front.across((-pitch / 2, -centre), (pitch / 2, -centre), part.size("pitch"), -11)
    front.across((-half, -centre), (half, -centre), part.size("foot_l"), -21)
    front.upright((-half, -centre), (-outer, 0), part.size("centre"), -12)
    front.upright((side_x + flange / 2, 0), (side_x + flange / 2, outlet), part.size("outlet"), 13)
    front.across((side_x - flange / 2, outlet), (side_x + flange / 2, outlet), part.size("flange"), 10)
    front.diameter(0, 0, part.size("od"), 165, 10)
    front.diameter(0, 0, part.size("bore"), 125, (outer - bore / 2) * s + 12)
    front.note(pitch / 2 + hole / 2, -centre + foot, 16, 9, f"2{TIMES}Ø{part.geometry['hole']}")
    section = sheet.view(front.x + half * s + gap, front.y)
    for sign in (1, -1):
        cut: list[Vertex] = [
            (0, sign * bore / 2, 0),
            (0, sign * (bore / 2 + 8), 0),
            (wall, sign * (bore / 2 + 14), 0),
            (wall, sign * (outer - 4), 0),
            (wall + 4, sign * outer, 0),
            (width, sign * outer, 0),
            (width, sign * (outer - wall), 0),
            (2 * wall, sign * (outer - wall), 0),
            (2 * wall, sign * bore / 2, 0),
        ]
        section.path(cut)
        section.hatch(cut)
    section.line((0, -bore / 2), (0, bore / 2))
    section.line((width, wall - outer), (width, outer - wall))
    section.axis(0, 0, width, 0)
    section.across((0, -outer), (width, -outer), part.size("width"), -11)
    section.upright((width, outer - wall), (width, outer), part.size("wall"), 12)
    section.title(width / 2, -outer, "A-A", 24)


def adapter(sheet: Sheet, part: DrawnPart) -> None:
    """A saddle block on a bearing: `seat`, `rise` of the seat, `crown` above it, `l`, `depth`; front, side."""
    seat, rise, crown = part.number("seat"), part.number("rise"), part.number("crown")
    length, depth = part.number("l"), part.number("depth")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 58
    high = rise + crown
    front = sheet.view((x0 + x1 - (length + depth) * s - gap) / 2 + length / 2 * s, (y0 + y1 - high * s) / 2)
    r = seat / 2
    below = r - rise
    half_chord = math.sqrt(r * r - below * below)
    angle = 2 * math.asin(half_chord / r) if below >= 0 else math.pi
    half = length / 2
    ear = part.number("ear")
    front.path(
        [
            (-half, 0, 0),
            (-half_chord, 0, -math.tan(angle / 4)),
            (half_chord, 0, 0),
            (half, 0, 0),
            (half, high - ear, 0),
            (half - ear, high - ear, 0),
            (half - ear, high, 0),
            (ear - half, high, 0),
            (ear - half, high - ear, 0),
            (-half, high - ear, 0),
        ]
    )
    front.axis(0, 0, 0, high)
    front.diameter(0, -below, part.size("seat"), 62, crown * s + 22)
    front.through(-length * 0.06, rise + crown / 2, part.size("crown"), 16, prefix="", lean=-1)
    front.across((-half, 0), (half, 0), part.size("l"), -13)
    front.upright((-half, 0), (ear - half, high), part.size("height"), -12)
    if part.has("profile"):
        x = -half_chord * 0.55
        front.tolerance(x, math.sqrt(r * r - x * x) - below, -8, -20, "profile", part.mark("profile")[0])
    side = sheet.view(front.x + half * s + gap, front.y)
    side.box(0, 0, depth, high)
    side.line((0, high - ear), (depth, high - ear))
    side.hidden((0, rise), (depth, rise))
    side.axis(depth / 2, 0, depth / 2, high)
    side.across((0, 0), (depth, 0), part.size("depth"), -13)


def brake_head(sheet: Sheet, part: DrawnPart) -> None:
    """A brake head: face of `radius` and `face_l`, `lug` from face to pin, `pin`, `lug_r`, `width`; front, side."""
    radius, face_l, lug = part.number("radius"), part.number("face_l"), part.number("lug")
    pin, lug_r, width, body = (
        part.number("pin"),
        part.number("lug_r"),
        part.number("width"),
        part.number("body"),
    )
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 56
    half = face_l / 2
    drop = radius - math.sqrt(radius**2 - half**2)
    front = sheet.view((x0 + x1 - (face_l + width) * s - gap) / 2 + half * s + 8, (y0 + y1 - (lug - drop) * s) / 2)
    quarter = math.tan(math.asin(half / radius) / 2)
    contour: list[Vertex] = [
        (-half, -drop, -quarter),
        (half, -drop, 0),
        (half, body - drop, 0),
        (lug_r + 30, body, 0),
        (lug_r, lug * 0.6, 0),
        (lug_r, lug, 1),
        (-lug_r, lug, 0),
        (-lug_r, lug * 0.6, 0),
        (-lug_r - 30, body, 0),
        (-half, body - drop, 0),
    ]
    front.path(contour)
    front.hole(0, lug, pin)
    front.axis(0, 0, 0, lug)
    front.across((-half, -drop), (half, -drop), part.size("face_l"), -13)
    front.upright((0, 0), (0, lug), part.size("lug"), -half * s - 12)
    front.diameter(0, lug, part.size("pin"), 35, (lug_r - pin / 2) * s + 10)
    front.radius(0, -radius, part.size("radius"), 90 + math.degrees(math.asin(half / radius)) * 0.45, -13)
    front.radius(0, lug, part.size("lug_r"), 145, 8)
    side = sheet.view(front.x + half * s + gap, front.y)
    eye = part.number("eye")
    side.path(
        [
            (0, -drop, 0),
            (width, -drop, 0),
            (width, body, 0),
            ((width + eye) / 2, body, 0),
            ((width + eye) / 2, lug + lug_r, 0),
            ((width - eye) / 2, lug + lug_r, 0),
            ((width - eye) / 2, body, 0),
            (0, body, 0),
        ]
    )
    side.line((0, 0), (width, 0))
    for sign in (1, -1):
        side.hidden(((width - eye) / 2, lug + sign * pin / 2), ((width + eye) / 2, lug + sign * pin / 2))
    side.axis((width - eye) / 2, lug, (width + eye) / 2, lug)
    side.across((0, -drop), (width, -drop), part.size("width"), -13)
    side.across(((width - eye) / 2, lug + lug_r), ((width + eye) / 2, lug + lug_r), part.size("eye"), 10)


def vane(sheet: Sheet, part: DrawnPart) -> None:
    """A guide vane lying down: `journal` with `stem_a` and `stem_b`, blade `height` by `chord`, `thick`; section."""
    journal, stem_a, stem_b = part.number("journal"), part.number("stem_a"), part.number("stem_b")
    height, chord, thick = part.number("height"), part.number("chord"), part.number("thick")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 64
    front = sheet.view((x0 + x1 - (stem_a + height + stem_b + chord) * s - gap) / 2 + stem_a * s, (y0 + y1) / 2 - 4)
    low, high = -chord * 0.42, chord * 0.58
    front.path(rounded([(0, low), (height, low), (height, high), (0, high)], 12))
    r = journal / 2
    front.line((0, r), (4 - stem_a, r), (-stem_a, r - 4), (-stem_a, 4 - r), (4 - stem_a, -r), (0, -r))
    front.line(
        (height, r),
        (height + stem_b - 4, r),
        (height + stem_b, r - 4),
        (height + stem_b, 4 - r),
        (height + stem_b - 4, -r),
        (height, -r),
    )
    front.axis(-stem_a, 0, height + stem_b, 0)
    front.line((height / 2, high + 26), (height / 2, low - 26), layer=CENTRE)
    for y, text in ((high + 30, "A"), (low - 44, "A")):
        front.title(height / 2, y, text)
    front.across((0, low), (height, low), part.size("height"), -16)
    front.across((-stem_a, low), (height + stem_b, low), part.size("total"), -27)
    front.across((-stem_a, high), (0, high), part.size("stem_a"), 10, flip=True)
    front.across((height, high), (height + stem_b, high), part.size("stem_b"), 10)
    front.upright((0, low), (0, high), part.size("chord"), -(stem_a * s) - 12)
    front.through(height + stem_b * 0.5, 0, part.size("journal"), -16, prefix=f"2{TIMES}Ø")
    section = sheet.view(front.x + (height + stem_b) * s + gap, front.y)
    nose = thick * 0.32
    # An aerofoil of four arcs: round nose, two flanks, thin tail.
    flank = thick * 0.42
    middle = (nose + chord) / 2
    # So bulged that the flanks are `thick` apart in the middle.
    bulge = (thick - flank - 1) / math.hypot(chord - nose, flank - 1)
    profile: list[Vertex] = [(nose, -flank, bulge), (chord, -1, 0), (chord, 1, bulge), (nose, flank, 0.75)]
    section.path(profile)
    section.hatch(profile)
    section.axis(0, 0, chord, 0)
    section.cross(chord * 0.42, 0, journal)
    section.title(chord / 2, -thick, "A-A", 16)
    section.upright((middle, -thick / 2), (middle, thick / 2), part.size("thick"), (chord - middle) * s + 10)
    if part.has("profile"):
        section.tolerance(middle, thick / 2, -12, 16, "profile", part.mark("profile")[0])
