"""Dimensions with their tolerances and balloons, in millimetres of paper, after ISO 129-1."""

import math
from decimal import Decimal
from typing import Literal

from api.demo.drawings.ink import DIMENSION, TIMES, Dimension, Ink, Path, Point, Stroke, Text, line, text_width
from api.demo.drawings.part import Size
from api.demo.drawings.symbols import ARROW, BALLOON_RADIUS, GAP, HEIGHT, arrow, balloon, minus, move, plain

SMALL = 1.7
"""Capitals of stacked deviations."""


class _Words:
    """The text of a size, set out along a base line that starts at 0: pieces of (x, y, height, text)."""

    def __init__(self, size: Size, prefix: str, count: int, note: str) -> None:
        self.prefix = (f"{count}{TIMES}" if count > 1 else "") + prefix
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
            self.pieces.append((x, 1.9, SMALL, stack[0]))
            self.pieces.append((x, -0.4, SMALL, stack[1]))
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


def signed(number: str) -> str:
    """A deviation as it is printed: `+0.021`, `-0.009`, `0`."""
    value = Decimal(number)
    return "0" if value == 0 else f"{'+' if value > 0 else '-'}{format(abs(value), 'f')}"


def linear(
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
        art += [line(DIMENSION, p, q), arrow(p, minus(along)), arrow(q, along)]
        begin = (span - words.total) / 2
    else:
        # Too narrow: arrows from outside, text beyond the second end, or before the first when flipped.
        inside = span > 2 * ARROW + 1
        art += [arrow(p, minus(along) if inside else along), arrow(q, along if inside else minus(along))]
        room = beside + words.total + 1
        first, last = (-room, span + beside) if flip else (-beside, span + room)
        art.append(line(DIMENSION, move(p, along, first), move(p, along, last)))
        begin = first + 0.5 if flip else span + beside
    up = (-along[1], along[0])
    at = move(move(p, along, begin), up, GAP)
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
        arrow(low, (0, -1) if inside else (0, 1)),
        arrow(high, (0, 1) if inside else (0, -1)),
    ]
    top = high[1] + rise if rise > 0 else high[1] + (0 if inside else 4)
    bottom = low[1] + rise if rise < 0 else low[1] - (0 if inside else 4)
    shelf = top if rise > 0 else bottom
    x = high[0]
    art += [
        line(DIMENSION, (x, bottom), (x, top)),
        line(DIMENSION, (x, shelf), (x + lean * (words.total + 1), shelf)),
    ]
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


def round_size(
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
    touch = move(centre, out, radius)
    knee = move(centre, out, radius + reach)
    lean = 1 if (out[0] >= 0) == (reach >= 0) else -1
    end = (knee[0] + lean * (words.total + 1), knee[1])
    # The arrow comes from the side of the text.
    art: list[Stroke] = [line(DIMENSION, touch, knee, end), arrow(touch, minus(out) if reach > 0 else out)]
    at = (knee[0] + 0.8 if lean > 0 else end[0] + 0.2, knee[1] + GAP)
    texts, balloons, middle = words.placed(at, 0)
    points = (move(centre, out, -radius), touch) if kind == "diameter" else (centre, touch)
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


def _extension(feature: Point, foot: Point) -> Path:
    """The extension line from a feature to just beyond the dimension line."""
    length = math.dist(feature, foot)
    if length == 0:
        return line(DIMENSION, feature, foot)
    out = ((foot[0] - feature[0]) / length, (foot[1] - feature[1]) / length)
    return line(DIMENSION, move(feature, out, min(0.8, length / 2)), move(foot, out, 1.5))
