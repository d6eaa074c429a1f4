"""Families that are built up: tube stand, pedal, fork bracket, progressive die."""

import itertools
import math

from api.demo.drawings.ink import CENTRE, HIDDEN, Vertex, rounded
from api.demo.drawings.layout import area
from api.demo.drawings.part import DrawnPart
from api.demo.drawings.sheet import Sheet, View

Disc = tuple[float, float, float]
"""x, y and radius."""


def stand(sheet: Sheet, part: DrawnPart) -> None:
    """A stand of bent tube: `spacing` of the legs, `height`, `bend`, `tube`, `wall`, `foot_l`, `pivot`, `pivot_at`."""
    spacing, height, bend, tube = (part.number(key) for key in ("spacing", "height", "bend", "tube"))
    foot_l, pivot, pivot_at, plate = (part.number(key) for key in ("foot_l", "pivot", "pivot_at", "plate"))
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 84
    depth = foot_l
    front = sheet.view(
        (x0 + x1 - (spacing + tube + depth) * s - gap) / 2 + (spacing + tube) / 2 * s + 6,
        (y0 + y1 - height * s) / 2,
    )
    half, r, quarter = spacing / 2, tube / 2, math.tan(math.pi / 8)
    foot_t = 6.0
    for off in (-r, r):
        front.path(_arch(half + off, height + off, bend + off, foot_t, quarter), closed=False)
    front.path(_arch(half, height, bend, foot_t, quarter), closed=False, layer=CENTRE)
    for sign in (-1, 1):
        front.box(sign * half - 0.75 * tube, 0, sign * half + 0.75 * tube, foot_t)
        inner = sign * (half - r)
        front.path(
            [
                (inner, pivot_at - 25, 0),
                (inner - sign * plate, pivot_at - 25, 0),
                (inner - sign * plate, pivot_at + 25, 0),
                (inner, pivot_at + 25, 0),
            ]
        )
        front.axis(inner - sign * plate, pivot_at, inner, pivot_at)
    front.across((-half, 0), (half, 0), part.size("spacing"), -13)
    front.upright((-half - 0.75 * tube, 0), (-half, height), part.size("height"), -14)
    front.radius(half - bend, height - bend, part.size("bend"), 45, 14)
    front.through(0, height, part.size("tube"), 15)
    front.note(half + r, height * 0.55, 12, 10, f"t {part.geometry['wall']}")
    front.weld(half - r, pivot_at + 25, -22, 14, "3")
    front.upright((-half + r + plate, 0), (-half + r + plate, pivot_at), part.size("pivot_at"), 16)
    side = sheet.view(front.x + (half + r) * s + gap, front.y)
    side.box(0, 0, depth, foot_t)
    side.path(
        [
            (depth / 2 - r, foot_t, 0),
            (depth / 2 - r, height + r, 0),
            (depth / 2 + r, height + r, 0),
            (depth / 2 + r, foot_t, 0),
        ],
        closed=False,
    )
    side.line((depth / 2 - r, height + r), (depth / 2 + r, height + r))
    side.axis(depth / 2, 0, depth / 2, height + r)
    side.path(
        rounded(
            [
                (depth / 2 - 20, pivot_at - 25),
                (depth / 2 + 20, pivot_at - 25),
                (depth / 2 + 20, pivot_at + 25),
                (depth / 2 - 20, pivot_at + 25),
            ],
            6,
        ),
        layer=HIDDEN,
    )
    side.hole(depth / 2, pivot_at, pivot)
    side.diameter(depth / 2, pivot_at, part.size("pivot"), 35, 16, count=2)
    side.across((0, 0), (depth, 0), part.size("foot_l"), -13)


def _arch(half: float, top: float, bend: float, low: float, quarter: float) -> list[Vertex]:
    return [
        (-half, low, 0),
        (-half, top - bend, -quarter),
        (bend - half, top, 0),
        (half - bend, top, -quarter),
        (half, top - bend, 0),
        (half, low, 0),
    ]


def pedal(sheet: Sheet, part: DrawnPart) -> None:
    """A brake pedal: `reach` from pivot to pad, `bore` and `tube` of the pivot, `tube_l`, `t` of the arm, `pad_w`."""
    reach, bore, tube, tube_l = (part.number(key) for key in ("reach", "bore", "tube", "tube_l"))
    t, pad_w, pad_l = part.number("t"), part.number("pad_w"), part.number("pad_l")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 44
    left = (x0 + x1 - (reach + tube) * s) / 2 + tube / 2 * s + 4
    front = sheet.view(left, y0 + (y1 - y0 - (pad_w + tube) * s - gap) / 2 + tube / 2 * s + 12)
    front.path(hull([(0, 0, tube / 2 + 8), (reach - 8, 0, 11)]))
    front.circle(0, 0, tube)
    front.hole(0, 0, bore)
    front.axis(0, 0, reach, 0)
    front.box(reach - pad_l / 2, 11, reach + pad_l / 2, 11 + t)
    front.axis(reach, 0, reach, 11 + t)
    front.across((0, 0), (reach, 0), part.size("reach"), -tube / 2 * s - 22)
    front.diameter(0, 0, part.size("bore"), 130, 20)
    front.diameter(0, 0, part.size("tube"), 215, 18)
    plan = sheet.view(left, front.y + tube / 2 * s + gap + pad_w / 2 * s)
    plan.box(-tube / 2, -tube_l / 2, tube / 2, tube_l / 2)
    for sign in (1, -1):
        plan.hidden((sign * bore / 2, -tube_l / 2), (sign * bore / 2, tube_l / 2))
    plan.axis(0, -tube_l / 2, 0, tube_l / 2)
    plan.box(tube / 2, -t / 2, reach - pad_l / 2, t / 2)
    plan.path(
        rounded(
            [
                (reach - pad_l / 2, -pad_w / 2),
                (reach + pad_l / 2, -pad_w / 2),
                (reach + pad_l / 2, pad_w / 2),
                (reach - pad_l / 2, pad_w / 2),
            ],
            6,
        )
    )
    plan.upright((-tube / 2, -tube_l / 2), (-tube / 2, tube_l / 2), part.size("tube_l"), -12)
    plan.upright((reach + pad_l / 2, -pad_w / 2), (reach + pad_l / 2, pad_w / 2), part.size("pad_w"), 12)
    plan.across((reach - pad_l / 2, pad_w / 2), (reach + pad_l / 2, pad_w / 2), part.size("pad_l"), 10)
    plan.upright((reach * 0.6, -t / 2), (reach * 0.6, t / 2), part.size("t"), 10)
    if part.has("weld"):
        plan.weld(tube / 2, t / 2, 16, 18, part.mark("weld")[0].nominal, part.mark("weld")[0])


def fork_bracket(sheet: Sheet, part: DrawnPart) -> None:
    """A fork bracket: `stem` bore, two `fork` bores `spacing` apart, `offset`, bosses, `boss_h`, `web`."""
    stem, fork, spacing, offset = (part.number(key) for key in ("stem", "fork", "spacing", "offset"))
    boss_h, web, fork_boss, stem_boss = (part.number(key) for key in ("boss_h", "web", "fork_boss", "stem_boss"))
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 46
    low = y0 + (y1 - y0 - (boss_h + fork_boss + offset) * s - gap) / 2
    front = sheet.view((x0 + x1) / 2, low)
    plan = sheet.view(front.x, low + (boss_h + fork_boss / 2) * s + gap)
    half = spacing / 2
    plan.path(hull([(-half, 0, fork_boss / 2), (half, 0, fork_boss / 2), (0, offset, stem_boss / 2)]))
    for x, y, bore, boss in (
        (-half, 0, fork, fork_boss),
        (half, 0, fork, fork_boss),
        (0, offset, stem, stem_boss),
    ):
        plan.circle(x, y, boss)
        plan.hole(x, y, bore)
    plan.axis(-half, 0, half, 0)
    plan.across((-half, 0), (half, 0), part.size("spacing"), -fork_boss / 2 * s - 11)
    plan.upright((half, 0), (0, offset), part.size("offset"), fork_boss / 2 * s + 13)
    plan.diameter(0, offset, part.size("stem"), 60, (stem_boss - stem) / 2 * s + 10)
    plan.diameter(-half, 0, part.size("fork"), 135, (fork_boss - fork) / 2 * s + 10, count=2)
    plan.diameter(-half, 0, part.size("fork_boss"), 205, 8, count=2)
    plan.datum(
        stem_boss / 2 * math.cos(2.4),
        offset + stem_boss / 2 * math.sin(2.4),
        "A",
        math.cos(2.4),
        math.sin(2.4),
    )
    if part.has("position"):
        plan.tolerance(half + fork / 2 * 0.7071, fork / 2 * 0.7071, 20, 26, "position", part.mark("position")[0], "A")
    _bosses(front, half, (fork, fork_boss), (stem, stem_boss), (boss_h, web))
    front.upright((half + fork_boss / 2, 0), (half + fork_boss / 2, boss_h), part.size("boss_h"), 12)
    level = (boss_h - web) / 2
    front.upright((-half - fork_boss / 2, level), (-half - fork_boss / 2, level + web), part.size("web"), -12)
    front.across((-half - fork_boss / 2, 0), (half + fork_boss / 2, 0), part.size("total"), -13)


def _bosses(
    front: View,
    half: float,
    fork: tuple[float, float],
    stem: tuple[float, float],
    heights: tuple[float, float],
) -> None:
    boss_h, web = heights
    level = (boss_h - web) / 2
    edges = []
    for x, (bore, boss) in ((-half, fork), (0.0, stem), (half, fork)):
        front.box(x - boss / 2, 0, x + boss / 2, boss_h)
        front.hidden((x - bore / 2, 0), (x - bore / 2, boss_h))
        front.hidden((x + bore / 2, 0), (x + bore / 2, boss_h))
        front.axis(x, 0, x, boss_h)
        edges.append((x - boss / 2, x + boss / 2))
    for (_, left), (right, _) in itertools.pairwise(edges):
        for y in (level, level + web):
            front.line((left, y), (right, y))


def die(sheet: Sheet, part: DrawnPart) -> None:
    """A progressive die: `l`, `b`, `shut` height, `shoe` thickness, `post`, `stations`, `pitch`; plan and front."""
    length, b, shut, shoe = (part.number(key) for key in ("l", "b", "shut", "shoe"))
    post, pitch, stations = part.number("post"), part.number("pitch"), int(part.number("stations"))
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 26
    left = (x0 + x1 - length * s) / 2
    front = sheet.view(left, y0 + (y1 - y0 - (shut + b) * s - gap) / 2)
    front.box(0, 0, length, shoe)
    front.box(0, shut - shoe, length, shut)
    block, stripper, punch, lift = 60.0, 28.0, 40.0, 14.0
    inset = 110.0
    front.box(inset, shoe, length - inset, shoe + block)
    front.box(inset, shoe + block + lift, length - inset, shoe + block + lift + stripper)
    front.box(inset, shut - shoe - punch, length - inset, shut - shoe)
    for x in (55.0, length - 55.0):
        front.box(x - post / 2, shoe, x + post / 2, shut - shoe)
        front.axis(x, 0, x, shut)
    first = (length - pitch * (stations - 1)) / 2
    top, low = shut - shoe - punch, shoe + block + lift + stripper
    for index in range(stations):
        x = first + pitch * index
        front.box(x - 22, low, x + 22, top)
        front.axis(x, low, x, top)
    front.thin((inset - 40, shoe + block + lift / 2), (length - inset + 40, shoe + block + lift / 2))
    front.upright((length, 0), (length, shut), part.size("shut"), 14)
    front.upright((0, 0), (0, shoe), part.size("shoe"), -12)
    front.note(inset - 40, shoe + block + lift / 2, -30, 12, "strip 1.2")
    plan = sheet.view(left, front.y + shut * s + gap)
    plan.path(rounded([(0, 0), (length, 0), (length, b), (0, b)], 20))
    for x in (55.0, length - 55.0):
        for y in (60.0, b - 60.0):
            plan.hole(x, y, post)
    plan.box(inset, 90, length - inset, b - 90)
    for index in range(stations):
        x = first + pitch * index
        plan.box(x - 40, b / 2 - 60, x + 40, b / 2 + 60)
        plan.axis(x, b / 2 - 60, x, b / 2 + 60)
        plan.title(x, b / 2 - 88, str(index + 1))
    plan.axis(0, b / 2, length, b / 2)
    plan.across((first, b / 2 + 60), (first + pitch, b / 2 + 60), part.size("pitch"), (b / 2 - 60) * s + 7)
    front.across((0, 0), (length, 0), part.size("l"), -10)
    plan.upright((length, 0), (length, b), part.size("b"), 14)
    plan.diameter(55, b - 60, part.size("post"), 150, 20, count=4)


def hull(discs: list[Disc]) -> list[Vertex]:
    """The contour around discs, given counter-clockwise: arcs on them and the outer tangents between them."""
    count = len(discs)
    tangents: list[float] = []
    for index, (x, y, r) in enumerate(discs):
        x2, y2, r2 = discs[(index + 1) % count]
        tangents.append(math.atan2(y2 - y, x2 - x) - math.acos((r - r2) / math.hypot(x2 - x, y2 - y)))
    vertices: list[Vertex] = []
    for index, (x, y, r) in enumerate(discs):
        start, end = tangents[index - 1], tangents[index]
        sweep = (end - start) % (2 * math.pi)
        vertices.append((x + r * math.cos(start), y + r * math.sin(start), math.tan(sweep / 4)))
        vertices.append((x + r * math.cos(end), y + r * math.sin(end), 0.0))
    return vertices
