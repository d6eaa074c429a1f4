"""Dimensions, balloons, tolerance frames and leaders, in millimetres of paper, after ISO 129-1 and ISO 1101."""

import math
from decimal import Decimal
from typing import Literal

from api.demo.drawings.ink import (
    BALLOON,
    DIMENSION,
    Circle,
    Dimension,
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
from api.demo.drawings.part import Characteristic, Size

HEIGHT = 2.5
"""Capitals of dimension texts."""
SMALL = 1.8
"""Capitals of stacked deviations."""
ARROW = 2.6
GAP = 0.9
BALLOON_RADIUS = 2.5
FRAME_HEIGHT = 5.0

Symbol = Literal[
    "straightness", "flatness", "run_out", "position", "profile", "perpendicularity", "parallelism", "concentricity"
]


class _Words:
    """The text of a size, set out along a base line that starts at 0: pieces of (x, y, height, text)."""

    def __init__(self, size: Size, prefix: str, count: int, note: str) -> None:
        self.prefix = (f"{count}×" if count > 1 else "") + prefix
        self.override = size.label
        self.upper: float | None = None
        self.lower: float | None = None
        self.suffix = f" {size.fit}" if size.fit else ""
        main = size.label or f"{self.prefix}{size.text}{self.suffix}"
        self.pieces: list[tuple[float, float, float, str]] = []
        shown = size.characteristic
        if size.label is None and shown is not None:
            self.upper, self.lower = float(shown.upper), float(shown.lower)
            if self.upper == -self.lower:
                main += f" ±{plain(shown.upper)}"
        self.pieces.append((0, 0, HEIGHT, main))
        self.width = text_width(main, HEIGHT)
        if self.upper is not None and self.upper != -(self.lower or 0):
            stack = signed(shown.upper if shown else "0"), signed(shown.lower if shown else "0")
            x = self.width + 0.8
            self.pieces.append((x, HEIGHT - 0.9, SMALL, stack[0]))
            self.pieces.append((x, -1.1, SMALL, stack[1]))
            self.width = x + max(text_width(text, SMALL) for text in stack)
        if note:
            self.pieces.append((self.width + 1, 0, HEIGHT, note))
            self.width += 1 + text_width(note, HEIGHT)
        self.shown = shown
        self.balloon = 2 * BALLOON_RADIUS + 1 if shown else 0.0
        self.total = self.width + self.balloon

    def placed(self, at: Point, angle: float) -> tuple[list[Stroke], list[Stroke], Point]:
        """Text strokes, balloon strokes and the middle of the text, with the whole starting at `at`."""
        turn = math.radians(angle)
        along, up = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))

        def there(x: float, y: float) -> Point:
            return at[0] + along[0] * x + up[0] * y, at[1] + along[1] * x + up[1] * y

        texts: list[Stroke] = [
            Text(layer=DIMENSION, at=there(self.balloon + x, y), text=text, height=height, angle=angle)
            for x, y, height, text in self.pieces
        ]
        balloons = balloon(there(BALLOON_RADIUS, HEIGHT / 2), self.shown) if self.shown else []
        return texts, balloons, there(self.balloon + self.width / 2, HEIGHT / 2)


def plain(number: str) -> str:
    """A decimal string without superfluous zeros or sign: `-0.050` becomes `0.05`."""
    return format(abs(Decimal(number)).normalize(), "f")


def signed(number: str) -> str:
    """A deviation as it is printed: `+0.021`, `-0.009`, `0`."""
    value = Decimal(number)
    return "0" if value == 0 else f"{'+' if value > 0 else '-'}{format(abs(value), 'f')}"


def balloon(centre: Point, shown: Characteristic) -> list[Stroke]:
    """A numbered balloon; critical to quality is told by a second ring."""
    rings: list[Stroke] = [Circle(layer=BALLOON, centre=centre, radius=BALLOON_RADIUS)]
    if shown.ctq:
        rings.append(Circle(layer=BALLOON, centre=centre, radius=BALLOON_RADIUS - 0.45))
    at = centre[0], centre[1] - 0.95
    return [*rings, Text(layer=BALLOON, at=at, text=str(shown.no), height=1.9, align="centre")]


def linear(  # noqa: PLR0913 - two ends, a place, a direction and a text
    a: Point, b: Point, base: float, size: Size, *, vertical: bool, prefix: str, count: int, flip: bool
) -> list[Ink]:
    """A horizontal or vertical size between `a` and `b` with its line at `base` (y, or x when vertical)."""
    words = _Words(size, prefix, count, "")
    angle = 90.0 if vertical else 0.0
    start, end = (a, b) if (a[1] <= b[1] if vertical else a[0] <= b[0]) else (b, a)
    p = (base, start[1]) if vertical else (start[0], base)
    q = (base, end[1]) if vertical else (end[0], base)
    span = math.dist(p, q)
    along = ((q[0] - p[0]) / span, (q[1] - p[1]) / span)
    art: list[Stroke] = [_extension(start, p), _extension(end, q)]
    beside = 4.0
    if words.total + 2 * ARROW + 1 <= span:
        art += [line(DIMENSION, p, q), _arrow(p, _minus(along)), _arrow(q, along)]
        begin = (span - words.total) / 2
    else:
        # Too narrow: arrows from outside, text beyond the second end, or before the first when flipped.
        inside = span > 2 * ARROW + 1
        art += [_arrow(p, _minus(along) if inside else along), _arrow(q, along if inside else _minus(along))]
        room = beside + words.total + 1
        first, last = (-room, span + beside) if flip else (-beside, span + room)
        art.append(line(DIMENSION, _move(p, along, first), _move(p, along, last)))
        begin = first + 0.5 if flip else span + beside
    up = (-along[1], along[0])
    at = _move(_move(p, along, begin), up, GAP)
    texts, balloons, middle = words.placed(at, angle)
    return [
        Dimension(
            kind="linear",
            points=(start, end, p),
            angle=angle,
            prefix=words.prefix,
            suffix=words.suffix,
            override=words.override,
            upper=words.upper,
            lower=words.lower,
            text_at=middle,
            art=(*art, *texts),
        ),
        *balloons,
    ]


def shelved(low: Point, high: Point, size: Size, rise: float, *, prefix: str, lean: int) -> list[Ink]:
    """A vertical size whose line stands out of the part and carries its text on a horizontal shelf."""
    words = _Words(size, prefix, 1, "")
    span = high[1] - low[1]
    inside = span > 2 * ARROW + 3
    art: list[Stroke] = [
        _arrow(low, (0, -1) if inside else (0, 1)),
        _arrow(high, (0, 1) if inside else (0, -1)),
    ]
    top = high[1] + rise if rise > 0 else high[1] + (0 if inside else 4)
    bottom = low[1] + rise if rise < 0 else low[1] - (0 if inside else 4)
    shelf = top if rise > 0 else bottom
    x = high[0]
    art += [line(DIMENSION, (x, bottom), (x, top)), line(DIMENSION, (x, shelf), (x + lean * (words.total + 1), shelf))]
    at = (x + 0.8 if lean > 0 else x - words.total - 0.8, shelf + GAP)
    texts, balloons, middle = words.placed(at, 0)
    return [
        Dimension(
            kind="linear",
            points=(low, high, low),
            angle=90,
            prefix=words.prefix,
            suffix=words.suffix,
            override=words.override,
            upper=words.upper,
            lower=words.lower,
            text_at=middle,
            art=(*art, *texts),
        ),
        *balloons,
    ]


def round_size(  # noqa: PLR0913 - a circle, a direction and a text
    kind: Literal["diameter", "radius"],
    centre: Point,
    size: Size,
    scale: float,
    angle: float,
    reach: float,
    *,
    count: int,
    note: str,
) -> list[Ink]:
    """The diameter or radius of a circle about `centre`: an arrow on it, a leader and a shelf."""
    words = _Words(size, "Ø" if kind == "diameter" else "R", count, note)
    radius = size.value * scale / (2 if kind == "diameter" else 1)
    turn = math.radians(angle)
    out = (math.cos(turn), math.sin(turn))
    touch = _move(centre, out, radius)
    knee = _move(centre, out, radius + reach)
    lean = 1 if (out[0] >= 0) == (reach >= 0) else -1
    end = (knee[0] + lean * (words.total + 1), knee[1])
    # The arrow comes from the side of the text.
    art: list[Stroke] = [line(DIMENSION, touch, knee, end), _arrow(touch, _minus(out) if reach > 0 else out)]
    at = (knee[0] + 0.8 if lean > 0 else end[0] + 0.2, knee[1] + GAP)
    texts, balloons, middle = words.placed(at, 0)
    points = (_move(centre, out, -radius), touch) if kind == "diameter" else (centre, touch)
    return [
        Dimension(
            kind=kind,
            points=points,
            angle=angle,
            prefix=words.prefix,
            suffix=words.suffix + (f" {note}" if note else ""),
            override=words.override,
            upper=words.upper,
            lower=words.lower,
            text_at=middle,
            art=(*art, *texts),
        ),
        *balloons,
    ]


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
        _arrow(touch, out),
        Text(layer=DIMENSION, at=(left + room, knee[1] + GAP), text=text, height=HEIGHT),
    ]
    if shown:
        ink += balloon((left + BALLOON_RADIUS, knee[1] + GAP + HEIGHT / 2 + 0.9), shown)
    return ink


def frame(touch: Point, at: Point, symbol: Symbol, shown: Characteristic, datum_letter: str) -> list[Ink]:
    """A tolerance frame whose left edge is centred at `at`, with an arrow to the feature and its balloon."""
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
    ink.append(
        Text(layer=DIMENSION, at=(at[0] + widths[0] + 1.5, text_y), text=value, height=HEIGHT)
    )
    if datum_letter:
        ink.append(
            Text(layer=DIMENSION, at=(x - widths[-1] / 2, text_y), text=datum_letter, height=HEIGHT, align="centre")
        )
    ink += balloon((x + BALLOON_RADIUS + 0.8, at[1]), shown)
    # The leader leaves the frame at the side that is nearest to the feature.
    middle = min(max(touch[0], at[0] + 2), x - 2)
    leave = (middle, low if touch[1] < low else high)
    if low <= touch[1] <= high:
        leave = (at[0] if touch[0] < at[0] else x + 2 * BALLOON_RADIUS + 1, at[1])
    length = math.dist(leave, touch)
    out = ((touch[0] - leave[0]) / length, (touch[1] - leave[1]) / length)
    return [*ink, line(DIMENSION, leave, touch), _arrow(touch, out)]


def datum(touch: Point, out: Point, letter: str) -> list[Ink]:
    """A filled datum triangle on a surface and its letter in a box."""
    side = (-out[1], out[0])
    tip = _move(touch, out, 2.2)
    corners = (_move(touch, side, 1.4), _move(touch, side, -1.4), tip)
    far = _move(touch, out, 5)
    centre = _move(touch, out, 5 + 2.2)
    return [
        Fill(layer=DIMENSION, corners=corners),
        line(DIMENSION, tip, far),
        _box(centre[0] - 2.2, centre[1] - 2.2, centre[0] + 2.2, centre[1] + 2.2),
        Text(layer=DIMENSION, at=(centre[0], centre[1] - HEIGHT / 2), text=letter, height=HEIGHT, align="centre"),
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
        *balloon((max(right[0], end[0]) + BALLOON_RADIUS + 0.8, text_y + HEIGHT / 2), shown),
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
        _arrow(touch, ((touch[0] - at[0]) / length, (touch[1] - at[1]) / length)),
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
        return [line(DIMENSION, (x - 2.2, y - 1.2), (x + 1, y - 1.2), (x + 2.2, y + 1.2), (x - 1, y + 1.2), (x - 2.2, y - 1.2))]
    if symbol == "run_out":
        return [line(DIMENSION, (x - 1.6, y - 1.6), (x + 1.6, y + 1.6)), _arrow((x + 1.6, y + 1.6), (0.7071, 0.7071))]
    if symbol == "parallelism":
        return [line(DIMENSION, (x - 1.8, y - 1.6), (x + 0.2, y + 1.6)), line(DIMENSION, (x - 0.2, y - 1.6), (x + 1.8, y + 1.6))]
    if symbol == "perpendicularity":
        return [line(DIMENSION, (x - 1.8, y - 1.4), (x + 1.8, y - 1.4)), line(DIMENSION, (x, y - 1.4), (x, y + 1.6))]
    if symbol == "profile":
        half: tuple[Vertex, ...] = ((x + 1.8, y - 0.9, 1.0), (x - 1.8, y - 0.9, 0.0))
        return [Path(layer=DIMENSION, vertices=half, closed=True)]
    rings: list[Ink] = [Circle(layer=DIMENSION, centre=centre, radius=1.1)]
    if symbol == "concentricity":
        return [*rings, Circle(layer=DIMENSION, centre=centre, radius=1.8)]
    return [*rings, line(DIMENSION, (x - 1.9, y), (x + 1.9, y)), line(DIMENSION, (x, y - 1.9), (x, y + 1.9))]


def _box(x0: float, y0: float, x1: float, y1: float) -> Path:
    return Path(layer=DIMENSION, vertices=((x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0)), closed=True)


def _extension(feature: Point, foot: Point) -> Path:
    """The extension line from a feature to just beyond the dimension line."""
    length = math.dist(feature, foot)
    if length == 0:
        return line(DIMENSION, feature, foot)
    out = ((foot[0] - feature[0]) / length, (foot[1] - feature[1]) / length)
    return line(DIMENSION, _move(feature, out, min(0.8, length / 2)), _move(foot, out, 1.5))


def _arrow(tip: Point, out: Point) -> Fill:
    """An arrow head whose tip points along the unit vector `out`."""
    side = (-out[1], out[0])
    back = _move(tip, out, -ARROW)
    return Fill(layer=DIMENSION, corners=(tip, _move(back, side, 0.42), _move(back, side, -0.42)))


def _move(point: Point, along: Point, distance: float) -> Point:
    return point[0] + along[0] * distance, point[1] + along[1] * distance


def _minus(vector: Point) -> Point:
    return -vector[0], -vector[1]
