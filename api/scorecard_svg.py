"""A scorecard drawn as SVG: a bar with its interval for each figure, and its quarters. The same figures give the same bytes.

Everything is said in words as well (title, description, numbers beside the bars): nothing depends on colour. No script, no style
sheet, no reference to anything outside. Text that people chose is escaped.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from domain.scorecards.model import Figure, Quarter, Scorecard
from domain.vocabularies import Language

WIDTH, LEFT, BAR, BAR_WIDTH, SPARK, SPARK_WIDTH = 920, 24, 300, 260, 750, 126
HEAD, ROW, FOOT = 92, 66, 62
INK, SOFT, FILL, TRACK = "#1a1a1a", "#595959", "#2f6fa7", "#e6e6e6"
CONTROL = dict.fromkeys((*range(32), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))

WORDS: dict[str, dict[Language, str]] = {
    "supplier": {"id": "Rapor pemasok", "en": "Scorecard as supplier"},
    "buyer": {"id": "Rapor pembeli", "en": "Scorecard as buyer"},
    "window": {"id": "{days} hari sampai {day}", "en": "{days} days until {day}"},
    "formulas": {"id": "rumus versi {version}", "en": "formulas version {version}"},
    "little": {"id": "data belum cukup", "en": "insufficient data"},
    "of": {"id": "{n} dari minimal {minimum}", "en": "{n} of at least {minimum}"},
    "pending": {"id": "{n} tertunda", "en": "{n} pending"},
    "contested": {"id": "{n} disanggah", "en": "{n} contested"},
    "interval": {"id": "interval 95 %: {low} sampai {high}", "en": "95 % interval: {low} to {high}"},
    "better": {"id": "▲ membaik", "en": "▲ better"},
    "worse": {"id": "▼ memburuk", "en": "▼ worse"},
    "steady": {"id": "= tetap", "en": "= steady"},
    "insufficient_data": {"id": "tanpa tren", "en": "no trend"},
    "higher_is_better": {"id": "lebih tinggi lebih baik", "en": "higher is better"},
    "lower_is_better": {"id": "lebih rendah lebih baik", "en": "lower is better"},
    "days": {"id": "hari", "en": "days"},
    "hours": {"id": "jam", "en": "hours"},
    "per_order": {"id": "per pesanan", "en": "per order"},
    "ppm": {"id": "ppm", "en": "ppm"},
    "legend": {
        "id": "Batang: nilai. Garis bertutup: interval 95 % (Wilson). Kanan: nilai tiap triwulan; tanda silang: data belum cukup.",
        "en": "Bar: value. Capped line: 95 % interval (Wilson). Right: value of each quarter; a cross: insufficient data.",
    },
    "counts": {
        "id": "Fakta yang merugikan baru dihitung setelah sepuluh hari; yang tertunda atau disanggah dihitung terpisah.",
        "en": "Marks count after ten days; those pending or contested are counted apart.",
    },
}


def draw(card: Scorecard, language: Language) -> bytes:
    """The drawing as UTF-8."""
    height = HEAD + ROW * len(card.figures) + FOOT
    title = f"{WORDS[card.side][language]}: {card.organisation_name}"
    day = card.as_of.date().isoformat()
    about = WORDS["window"][language].format(days=(card.as_of - card.since).days, day=day)
    about += ", " + WORDS["formulas"][language].format(version=card.formulas_version)
    said = ". ".join([about, *(_said(figure, language) for figure in card.figures)])
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
            f'role="img" aria-labelledby="title desc" lang="{language}" font-family="Arial, Helvetica, sans-serif">'
        ),
        f'<title id="title">{_escaped(title)}</title>',
        f'<desc id="desc">{_escaped(said)}.</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(LEFT, 40, title[:72], size=20, weight="bold"),
        _text(LEFT, 64, about, fill=SOFT),
    ]
    for number, figure in enumerate(card.figures):
        parts += _row(figure, HEAD + number * ROW, language)
    parts.append(_text(LEFT, height - 34, WORDS["legend"][language], size=12, fill=SOFT))
    parts.append(_text(LEFT, height - 16, WORDS["counts"][language], size=12, fill=SOFT))
    parts.append("</svg>")
    return "\n".join(parts).encode()


def _row(figure: Figure, top: int, language: Language) -> Iterator[str]:
    middle = top + 24
    yield f"<g><title>{_escaped(_said(figure, language))}</title>"
    yield f'<line x1="{LEFT}" y1="{top - 8}" x2="{WIDTH - LEFT}" y2="{top - 8}" stroke="{TRACK}"/>'
    yield _text(LEFT, top + 18, _label(figure, language), weight="bold")
    yield _text(LEFT, top + 38, _notes(figure, language), size=12, fill=SOFT)
    if figure.value is None:
        yield (
            f'<rect x="{BAR}" y="{middle - 12}" width="{BAR_WIDTH}" height="24" fill="none" stroke="{SOFT}" '
            'stroke-dasharray="4 4"/>'
        )
        yield _text(BAR + BAR_WIDTH // 2, middle + 5, WORDS["little"][language], fill=SOFT, anchor="middle")
    else:
        most = _scale(figure)
        yield f'<rect x="{BAR}" y="{middle - 10}" width="{BAR_WIDTH}" height="20" fill="{TRACK}"/>'
        yield f'<rect x="{BAR}" y="{middle - 10}" width="{_at(figure.value, most):.1f}" height="20" fill="{FILL}"/>'
        if figure.low is not None and figure.high is not None:
            low, high = (f"{BAR + _at(edge, most):.1f}" for edge in (figure.low, figure.high))
            whisker = f"M{low} {middle}H{high}M{low} {middle - 6}V{middle + 6}M{high} {middle - 6}V{middle + 6}"
            yield f'<path d="{whisker}" fill="none" stroke="#ffffff" stroke-width="5"/>'
            yield f'<path d="{whisker}" fill="none" stroke="{INK}" stroke-width="2"/>'
        yield _text(BAR, top + 48, "0", size=10, fill=SOFT)
        yield _text(BAR + BAR_WIDTH, top + 48, shown(most, figure, language), size=10, fill=SOFT, anchor="end")
        yield _text(BAR + BAR_WIDTH + 14, top + 20, shown(figure.value, figure, language), weight="bold")
        yield _text(BAR + BAR_WIDTH + 14, top + 40, WORDS[figure.trend][language], size=12, fill=SOFT)
    yield from _quarters(figure, top)
    yield "</g>"


def _quarters(figure: Figure, top: int) -> Iterator[str]:
    """Points joined where quarters with a value follow each other; a cross where there is none."""
    if not figure.quarters:
        return
    most = _scale(figure)
    step = SPARK_WIDTH // max(len(figure.quarters) - 1, 1)
    base, before = top + 30, None
    for number, quarter in enumerate(figure.quarters):
        x = SPARK + number * step
        yield _text(x, top + 48, _short(quarter), size=10, fill=SOFT, anchor="middle")
        if quarter.value is None:
            yield f'<path d="M{x - 3} {base - 3}l6 6m0 -6l-6 6" stroke="{SOFT}"/>'
            before = None
            continue
        y = base - 30 * min(quarter.value / most, Decimal(1))
        point = (x, f"{y:.1f}")
        if before is not None:
            yield f'<path d="M{before[0]} {before[1]}L{point[0]} {point[1]}" stroke="{INK}" stroke-width="1.5"/>'
        yield f'<circle cx="{point[0]}" cy="{point[1]}" r="3" fill="{INK}"/>'
        before = point


def _short(quarter: Quarter) -> str:
    year, _, name = quarter.name.partition("-")
    return f"{name} {year[2:]}"


def _scale(figure: Figure) -> Decimal:
    """What the whole width stands for: 1 for shares, else 1, 2 or 5 times a power of ten above everything that is drawn."""
    if figure.formula.unit == "share":
        return Decimal(1)
    drawn = [figure.value, figure.high, *(quarter.value for quarter in figure.quarters)]
    return _nice([value for value in drawn if value is not None])


def _nice(values: Sequence[Decimal]) -> Decimal:
    greatest = max(values, default=Decimal(0))
    if greatest <= 0:
        return Decimal(1)
    power = Decimal(10) ** greatest.adjusted()
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= greatest)


def _at(value: Decimal, most: Decimal) -> Decimal:
    """How far along the bar a value lies, in pixels."""
    return BAR_WIDTH * min(value / most, Decimal(1))


def shown(value: Decimal, figure: Figure, language: Language) -> str:
    """A value with its unit, as the language writes numbers."""
    unit = figure.formula.unit
    if unit == "share":
        return _number(value * 100, 1, language) + ("%" if language == "en" else " %")
    return f"{_number(value, 0 if unit == 'ppm' else 2, language)} {WORDS[unit][language]}"


def _number(value: Decimal, places: int, language: Language) -> str:
    text = f"{value:,.{places}f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def _label(figure: Figure, language: Language) -> str:
    return figure.formula.id if language == "id" else figure.formula.en


def _notes(figure: Figure, language: Language) -> str:
    """How many facts, and what is not counted yet."""
    notes = []
    if figure.n is not None:
        enough = figure.n >= figure.formula.minimum
        notes.append(
            f"n = {figure.n}" if enough else WORDS["of"][language].format(n=figure.n, minimum=figure.formula.minimum)
        )
    for name, count in (("pending", figure.pending), ("contested", figure.contested)):
        if count:
            notes.append(WORDS[name][language].format(n=count))
    return ", ".join(notes)


def _said(figure: Figure, language: Language) -> str:
    """The figure in one sentence."""
    label, notes = _label(figure, language), _notes(figure, language)
    if figure.value is None:
        parts = [WORDS["little"][language], notes]
    else:
        parts = [shown(figure.value, figure, language)]
        if figure.low is not None and figure.high is not None:
            low, high = (shown(edge, figure, language) for edge in (figure.low, figure.high))
            parts.append(WORDS["interval"][language].format(low=low, high=high))
        parts += [WORDS[figure.formula.direction][language], WORDS[figure.trend][language], notes]
    return f"{label}: {', '.join(part for part in parts if part)}"


def _text(
    x: int, y: int, text: str, *, size: int = 14, fill: str = INK, weight: str = "normal", anchor: str = "start"
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" font-weight={quoteattr(weight)} '
        f"text-anchor={quoteattr(anchor)}>{_escaped(text)}</text>"
    )


def _escaped(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return escape(text.translate(CONTROL))
