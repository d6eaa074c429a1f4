"""Families of turned parts: stepped shafts and sleeves."""

import math

from api.demo.drawings.ink import THIN, TIMES, Vertex
from api.demo.drawings.layout import area
from api.demo.drawings.part import DrawnPart, Size
from api.demo.drawings.sheet import Sheet, View


def shaft(sheet: Sheet, part: DrawnPart) -> None:
    """A shaft of steps `d1`, `l1` … from the left, `e2` off centre; threads, a flat, an end view if asked for.

    Marks: `run_out`, `straightness` and `roughness` on a step; `total` is the length over all.
    """
    steps = _steps(part)
    total = sum(length.value for _, length, _ in steps)
    widest = max(diameter.value for diameter, _, _ in steps)
    x0, y0, x1, y1 = area(sheet)
    room = widest * sheet.scale + 22 if part.has("end_view") else 0
    left = x0 + (x1 - x0 - room - total * sheet.scale) / 2
    # A little below the middle: diameters stand above the shaft in tiers, lengths need two rows below.
    view = sheet.view(left, y0 + (y1 - y0) * 0.42)
    x = 0.0
    starts: list[float] = []
    for number, (diameter, length, off) in enumerate(steps, 1):
        starts.append(x)
        _step(view, part, number, (x, off, diameter.value, length.value), last=number == len(steps))
        x += length.value
    view.axis(0, 0, total, 0)
    for number, (_, length, off) in enumerate(steps, 1):
        if off:
            view.axis(starts[number - 1], off, starts[number - 1] + length.value, off)
            view.upright(
                (starts[number - 1] + length.value, 0),
                (starts[number - 1] + length.value, off),
                part.size(f"e{number}"),
                9,
            )
    if part.has("flat"):
        _flat(view, part, widest)
    _diameters(view, part, steps, starts)
    _lengths(view, part, steps, starts, widest)
    if part.has("end_view"):
        _end_view(view.sheet.view(left + total * sheet.scale + 22 + widest / 2 * sheet.scale, view.y), part, steps)


def _steps(part: DrawnPart) -> list[tuple[Size, Size, float]]:
    steps = []
    number = 1
    while part.has(f"d{number}"):
        off = part.number(f"e{number}") if part.has(f"e{number}") else 0.0
        steps.append((part.size(f"d{number}"), part.size(f"l{number}"), off))
        number += 1
    return steps


def _step(view: View, part: DrawnPart, number: int, place: tuple[float, float, float, float], *, last: bool) -> None:
    x, off, diameter, length = place
    r = diameter / 2
    chamfer = part.number("chamfer") if part.has("chamfer") else 0.0
    a = chamfer if number == 1 else 0.0
    b = chamfer if last else 0.0
    corners: list[Vertex] = [
        (x, off - r + a, 0),
        (x + a, off - r, 0),
        (x + length - b, off - r, 0),
        (x + length, off - r + b, 0),
        (x + length, off + r - b, 0),
        (x + length - b, off + r, 0),
        (x + a, off + r, 0),
        (x, off + r - a, 0),
    ]
    view.path([corner for index, corner in enumerate(corners) if corner not in corners[:index]])
    if a:
        view.line((x + a, off - r), (x + a, off + r))
    if b:
        view.line((x + length - b, off - r), (x + length - b, off + r))
    if part.has(f"root{number}"):
        root = part.number(f"root{number}") / 2
        view.thin((x, root), (x + length, root))
        view.thin((x, -root), (x + length, -root))


def _flat(view: View, part: DrawnPart, diameter: float) -> None:
    """A flat cut on the first step, seen from above the edge."""
    y = part.number("flat") - diameter / 2
    length = part.number("flat_l")
    view.line((0, y), (length, y), (length, diameter / 2))
    view.across((0, diameter / 2), (length, diameter / 2), part.size("flat_l"), 9)


def _diameters(view: View, part: DrawnPart, steps: list[tuple[Size, Size, float]], starts: list[float]) -> None:
    """Each diameter once, in tiers that fall to the right so that no shelf crosses another line."""
    counts: dict[tuple[str, object], int] = {}
    for diameter, _, _ in steps:
        key = (diameter.text, diameter.characteristic)
        counts[key] = counts.get(key, 0) + 1
    shown = []
    seen: set[tuple[str, object]] = set()
    for number, (diameter, _, _) in enumerate(steps, 1):
        key = (diameter.text, diameter.characteristic)
        if key not in seen:
            seen.add(key)
            shown.append(number)
    highest = max(off + diameter.value / 2 for diameter, _, off in steps)
    tier = 11.0
    for number in reversed(shown):
        diameter, length, off = steps[number - 1]
        x = starts[number - 1] + length.value / 2
        if part.has("flat") and number == 1:
            x = starts[0] + length.value * 0.4
        top = off + diameter.value / 2
        count = counts[(diameter.text, diameter.characteristic)]
        rise = (highest - top) * view.sheet.scale + tier
        prefix = (f"{count}{TIMES}" if count > 1 else "") + ("" if diameter.label else "Ø")
        # The text of the last step would leave the sheet to the right.
        lean = -1 if view.at(x, 0)[0] > view.sheet.width - 70 else 1
        view.through(x, off, diameter, rise, prefix=prefix, lean=lean)
        tier += 8
        if part.has("run_out") and part.mark("run_out")[1] == number:
            view.stacked(x, top, rise + 7, "run_out", part.mark("run_out")[0], "A" if part.has("datum") else "")
            tier += 7
        if part.has("straightness") and part.mark("straightness")[1] == number:
            view.stacked(x, top, rise + 7, "straightness", part.mark("straightness")[0])
            tier += 7
    if part.has("run_out") and part.mark("run_out")[1] not in shown:
        # The step repeats a diameter that is shown elsewhere: its frame needs an arrow of its own.
        mark, on = part.mark("run_out")
        x = starts[on - 1] + steps[on - 1][1].value * 0.3
        view.tolerance(x, steps[on - 1][0].value / 2, 8, 15, "run_out", mark, "A" if part.has("datum") else "")
    if part.has("roughness"):
        mark, on = part.mark("roughness")
        diameter, length, off = steps[on - 1]
        view.roughness(starts[on - 1] + length.value * 0.68, off + diameter.value / 2, mark)
    if part.has("datum"):
        on = int(part.geometry["datum"])
        diameter, length, off = steps[on - 1]
        view.datum(starts[on - 1] + length.value * 0.3, off - diameter.value / 2, "A")


def _lengths(
    view: View, part: DrawnPart, steps: list[tuple[Size, Size, float]], starts: list[float], widest: float
) -> None:
    """All lengths but the longest untoleranced one, which follows from the total."""
    low = -widest / 2
    free = [(length.value, number) for number, (_, length, _) in enumerate(steps) if length.characteristic is None]
    left_out = max(free)[1] if part.has("total") and free else None
    for number, (_, length, _) in enumerate(steps):
        if number != left_out:
            view.across((starts[number], low), (starts[number] + length.value, low), length, -13, flip=number == 0)
    if part.has("total"):
        total = starts[-1] + steps[-1][1].value
        view.across((0, low), (total, low), part.size("total"), -24 if len(steps) > 1 else -13)


def _end_view(view: View, part: DrawnPart, steps: list[tuple[Size, Size, float]]) -> None:
    widest = 0.0
    for diameter, _, off in reversed(steps):
        # Seen from the right: a step is hidden behind the larger ones before it.
        if diameter.value / 2 + abs(off) > widest / 2 + 1e-9:
            if part.has("flat") and len(steps) == 1:
                _cut_circle(view, part, diameter.value)
            else:
                view.circle(0, off, diameter.value)
            widest = max(widest, diameter.value)
            number = len(steps) - list(reversed(steps)).index((diameter, _, off))
            if part.has(f"root{number}"):
                view.arc(0, off, part.number(f"root{number}"), 100, 10, THIN)
    view.cross(0, 0, widest)


def _cut_circle(view: View, part: DrawnPart, diameter: float) -> None:
    r = diameter / 2
    y = part.number("flat") - r
    half = math.sqrt(r * r - y * y)
    start = math.degrees(math.atan2(y, -half))
    view.arc(0, 0, diameter, start, math.degrees(math.atan2(y, half)) + 360)
    view.line((-half, y), (half, y))
    view.upright((0, -r), (half, y), part.size("flat"), 11)


def sleeve(sheet: Sheet, part: DrawnPart) -> None:
    """A bush or shell: section along the axis and end view; `od`, `id`, `l`, `chamfer`; mark `roughness`."""
    od, bore, length = part.number("od"), part.number("id"), part.number("l")
    chamfer = part.number("chamfer")
    x0, y0, x1, y1 = area(sheet)
    s = sheet.scale
    gap = 40
    left = x0 + (x1 - x0 - (length + od) * s - gap) / 2 + 6
    view = sheet.view(left, (y0 + y1) / 2)
    outer, r, c = od / 2, bore / 2, chamfer
    for sign in (1, -1):
        wall: list[Vertex] = [
            (0, sign * (r + c), 0),
            (0, sign * (outer - c), 0),
            (c, sign * outer, 0),
            (length - c, sign * outer, 0),
            (length, sign * (outer - c), 0),
            (length, sign * (r + c), 0),
            (length - c, sign * r, 0),
            (c, sign * r, 0),
        ]
        view.path(wall)
        view.hatch(wall)
    view.line((0, -r - c), (0, r + c))
    view.line((length, -r - c), (length, r + c))
    view.axis(0, 0, length, 0)
    view.upright((0, -outer), (0, outer), part.size("od"), -18, prefix="Ø")
    view.upright((length, -r), (length, r), part.size("id"), 16, prefix="Ø")
    view.across((0, -outer), (length, -outer), part.size("l"), -12)
    view.note(c / 2, outer - c / 2, 6, 12, f"4{TIMES}C{part.geometry['chamfer']}")
    if part.has("roughness"):
        mark, _ = part.mark("roughness")
        view.roughness(length * 0.45, -r, mark)
    if part.has("concentricity"):
        mark, _ = part.mark("concentricity")
        view.datum(length * 0.72, outer, "A", 0, 1)
        view.tolerance(length * 0.3, r, 4, -14, "concentricity", mark, "A")
    end = sheet.view(left + length * s + gap + outer * s, view.y)
    end.circle(0, 0, od)
    end.circle(0, 0, bore)
    end.circle(0, 0, bore + 2 * c, THIN)
    end.cross(0, 0, od)
