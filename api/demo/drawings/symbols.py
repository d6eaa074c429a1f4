"""Balloons, leaders, tolerance frames, datums, roughness and weld symbols, in millimetres of paper."""

import math
from decimal import Decimal
from typing import Literal

from api.demo.drawings.ink import (
    BALLOON,
    DIMENSION,
    Circle,
    Fill,
    Ink,
    Path,
    Point,
    Stroke,
    Text,
    Vertex,
    line,
    text_width,
)
from api.demo.drawings.part import Characteristic

HEIGHT = 2.5
"""Capitals of dimension texts."""
ARROW = 2.6
GAP = 0.9
"""Between a line and the text that stands on it."""
BALLOON_RADIUS = 2.5
FRAME_HEIGHT = 5.0

Symbol = Literal[
    "straightness",
    "flatness",
    "run_out",
    "position",
    "profile",
    "perpendicularity",
    "parallelism",
    "concentricity",
]


def plain(number: str) -> str:
    """A decimal string without superfluous zeros or sign: `-0.050` becomes `0.05`."""
    return format(abs(Decimal(number)).normalize(), "f")


def balloon(centre: Point, shown: Characteristic) -> list[Stroke]:
    """A numbered balloon; critical to quality is told by a second ring."""
    rings: list[Stroke] = [Circle(layer=BALLOON, centre=centre, radius=BALLOON_RADIUS)]
    if shown.ctq:
        rings.append(Circle(layer=BALLOON, centre=centre, radius=BALLOON_RADIUS - 0.45))
    at = centre[0], centre[1] - 0.95
    return [*rings, Text(layer=BALLOON, at=at, text=str(shown.no), height=1.9, align="centre")]


def leader(touch: Point, knee: Point, text: str, shown: Characteristic | None) -> list[Ink]:
    """An arrow to a feature with a text on a shelf."""
    room = 2 * BALLOON_RADIUS + 1 if shown else 0.0
    width = room + text_width(text, HEIGHT)
    lean = 1 if knee[0] >= touch[0] else -1
    end = (knee[0] + lean * (width + 1.5), knee[1])
    left = min(knee[0], end[0]) + 0.8
    length = math.dist(touch, knee)
    out = ((touch[0] - knee[0]) / length, (touch[1] - knee[1]) / length)
    ink: list[Ink] = [
        line(DIMENSION, touch, knee, end),
        arrow(touch, out),
        Text(layer=DIMENSION, at=(left + room, knee[1] + GAP), text=text, height=HEIGHT),
    ]
    if shown:
        ink += balloon((left + BALLOON_RADIUS, knee[1] + GAP + HEIGHT / 2 + 0.9), shown)
    return ink


def frame(touch: Point | None, at: Point, symbol: Symbol, shown: Characteristic, datum_letter: str) -> list[Ink]:
    """A tolerance frame whose left edge is centred at `at`, with an arrow to the feature and its balloon.

    Without a feature it belongs to the dimension under which it stands.
    """
    value = ("Ø" if symbol in ("position", "concentricity") else "") + plain(shown.upper)
    widths = [FRAME_HEIGHT + 1, text_width(value, HEIGHT) + 3]
    if datum_letter:
        widths.append(FRAME_HEIGHT)
    x, low, high = at[0], at[1] - FRAME_HEIGHT / 2, at[1] + FRAME_HEIGHT / 2
    ink: list[Ink] = []
    for width in widths:
        ink.append(_box(x, low, x + width, high))
        x += width
    ink += _symbol(symbol, (at[0] + widths[0] / 2, at[1]))
    text_y = at[1] - HEIGHT / 2
    ink.append(Text(layer=DIMENSION, at=(at[0] + widths[0] + 1.5, text_y), text=value, height=HEIGHT))
    if datum_letter:
        ink.append(
            Text(
                layer=DIMENSION,
                at=(x - widths[-1] / 2, text_y),
                text=datum_letter,
                height=HEIGHT,
                align="centre",
            )
        )
    ink += balloon((x + BALLOON_RADIUS + 0.8, at[1]), shown)
    if touch is None:
        return ink
    # The leader leaves the frame at the side that is nearest to the feature.
    middle = min(max(touch[0], at[0] + 2), x - 2)
    leave = (middle, low if touch[1] < low else high)
    if low <= touch[1] <= high:
        leave = (at[0] if touch[0] < at[0] else x + 2 * BALLOON_RADIUS + 1, at[1])
    length = math.dist(leave, touch)
    out = ((touch[0] - leave[0]) / length, (touch[1] - leave[1]) / length)
    return [*ink, line(DIMENSION, leave, touch), arrow(touch, out)]


def datum(touch: Point, out: Point, letter: str) -> list[Ink]:
    """A filled datum triangle on a surface and its letter in a box."""
    side = (-out[1], out[0])
    tip = move(touch, out, 2.2)
    corners = (move(touch, side, 1.4), move(touch, side, -1.4), tip)
    far = move(touch, out, 5)
    centre = move(touch, out, 5 + 2.2)
    return [
        Fill(layer=DIMENSION, corners=corners),
        line(DIMENSION, tip, far),
        _box(centre[0] - 2.2, centre[1] - 2.2, centre[0] + 2.2, centre[1] + 2.2),
        Text(
            layer=DIMENSION,
            at=(centre[0], centre[1] - HEIGHT / 2),
            text=letter,
            height=HEIGHT,
            align="centre",
        ),
    ]


def roughness(touch: Point, shown: Characteristic, angle: float) -> list[Ink]:
    """The symbol of a machined surface (ISO 21920) with its Ra and balloon; 180° for a surface seen from below."""
    down = -1 if angle else 1
    text = f"Ra {plain(shown.upper)}"
    width = text_width(text, HEIGHT)
    x, y = touch
    left, right = (x - 2 * down, y + 3.5 * down), (x + 4 * down, y + 7 * down)
    end = (right[0] + width + 1, right[1]) if down > 0 else (right[0] - width - 1, right[1])
    start = right[0] + 0.5 if down > 0 else end[0] + 0.5
    text_y = right[1] - HEIGHT - 0.8 if down > 0 else right[1] + 0.8
    return [
        line(DIMENSION, left, touch, right, end),
        line(DIMENSION, left, (x + 2 * down, y + 3.5 * down)),
        Text(layer=DIMENSION, at=(start, text_y), text=text, height=HEIGHT),
        *balloon((end[0] + down * (BALLOON_RADIUS + 0.8), text_y + HEIGHT / 2), shown),
    ]


def fillet_weld(at: Point, touch: Point, text: str, shown: Characteristic | None) -> list[Ink]:
    """A weld symbol (ISO 2553): arrow to the joint, reference line at `at`, a fillet triangle and its leg."""
    lean = 1 if at[0] >= touch[0] else -1
    room = 2 * BALLOON_RADIUS + 1 if shown else 0.0
    width = room + text_width(text, HEIGHT) + 6
    end = (at[0] + lean * width, at[1])
    left = min(at[0], end[0])
    triangle = left + room + text_width(text, HEIGHT) + 1.5
    length = math.dist(touch, at)
    ink: list[Ink] = [
        line(DIMENSION, touch, at, end),
        arrow(touch, ((touch[0] - at[0]) / length, (touch[1] - at[1]) / length)),
        line(DIMENSION, (triangle, at[1]), (triangle, at[1] + 3), (triangle + 3, at[1])),
        Text(layer=DIMENSION, at=(left + room, at[1] + GAP), text=text, height=HEIGHT),
    ]
    if shown:
        ink += balloon((left + BALLOON_RADIUS, at[1] + GAP + 2), shown)
    return ink


def _symbol(symbol: Symbol, centre: Point) -> list[Ink]:  # noqa: PLR0911 - one way to draw each symbol
    x, y = centre
    if symbol == "straightness":
        return [line(DIMENSION, (x - 2, y), (x + 2, y))]
    if symbol == "flatness":
        return [
            line(
                DIMENSION,
                (x - 2.2, y - 1.2),
                (x + 1, y - 1.2),
                (x + 2.2, y + 1.2),
                (x - 1, y + 1.2),
                (x - 2.2, y - 1.2),
            )
        ]
    if symbol == "run_out":
        return [
            line(DIMENSION, (x - 1.6, y - 1.6), (x + 1.6, y + 1.6)),
            arrow((x + 1.6, y + 1.6), (0.7071, 0.7071)),
        ]
    if symbol == "parallelism":
        return [
            line(DIMENSION, (x - 1.8, y - 1.6), (x + 0.2, y + 1.6)),
            line(DIMENSION, (x - 0.2, y - 1.6), (x + 1.8, y + 1.6)),
        ]
    if symbol == "perpendicularity":
        return [
            line(DIMENSION, (x - 1.8, y - 1.4), (x + 1.8, y - 1.4)),
            line(DIMENSION, (x, y - 1.4), (x, y + 1.6)),
        ]
    if symbol == "profile":
        half: tuple[Vertex, ...] = ((x + 1.8, y - 0.9, 1.0), (x - 1.8, y - 0.9, 0.0))
        return [Path(layer=DIMENSION, vertices=half, closed=True)]
    rings: list[Ink] = [Circle(layer=DIMENSION, centre=centre, radius=1.1)]
    if symbol == "concentricity":
        return [*rings, Circle(layer=DIMENSION, centre=centre, radius=1.8)]
    return [*rings, line(DIMENSION, (x - 1.9, y), (x + 1.9, y)), line(DIMENSION, (x, y - 1.9), (x, y + 1.9))]


def _box(x0: float, y0: float, x1: float, y1: float) -> Path:
    return Path(layer=DIMENSION, vertices=((x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0)), closed=True)


def arrow(tip: Point, out: Point) -> Fill:
    """An arrow head whose tip points along the unit vector `out`."""
    side = (-out[1], out[0])
    back = move(tip, out, -ARROW)
    return Fill(layer=DIMENSION, corners=(tip, move(back, side, 0.42), move(back, side, -0.42)))


def move(point: Point, along: Point, distance: float) -> Point:
    """The point `distance` from `point` along a unit vector."""
    return point[0] + along[0] * distance, point[1] + along[1] * distance


def minus(vector: Point) -> Point:
    """The opposite vector."""
    return -vector[0], -vector[1]
