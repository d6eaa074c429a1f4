"""How costs grow with the tables: a table and a drawing, made from the runs with `--flat` that are kept."""

from pathlib import Path

import msgspec

from bench.report import Run

SCALES = ("1k", "10k", "100k", "1m")
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 320, 60, 24, 40
COLOURS = ("#1b6ca8", "#c0392b", "#1e8449", "#b9770e", "#6c3483")


def flat_runs(folder: Path) -> list[Run]:
    """The kept runs, smallest scale first."""
    paths = [folder / f"flat-{scale}.json" for scale in SCALES]
    return [msgspec.json.decode(path.read_bytes(), type=Run) for path in paths if path.exists()]


def keep(run: Run, folder: Path) -> None:
    """Keep a run with `--flat` for the drawing."""
    (folder / f"flat-{run.scale}.json").write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=2))


def series(runs: list[Run]) -> dict[str, list[float]]:
    """By operation, microseconds of both sides at each scale."""
    found: dict[str, list[float]] = {}
    for run in runs:
        for row in run.rows:
            found.setdefault(row.name, []).append(row.whole or 0.0)
    return {name: values for name, values in found.items() if len(values) == len(runs)}


def table(runs: list[Run]) -> str:
    """Markdown: API + PostgreSQL at each scale, and the largest scale over the smallest."""
    names = list(series(runs))
    lines = [
        "| operation | " + " | ".join(run.scale for run in runs) + " | last ÷ first |",
        "|---" * (len(runs) + 2) + "|",
    ]
    for name in names:
        cells = [
            f"{row.cost.api or 0:,.0f} + {row.cost.postgres or 0:,.0f}"
            for run in runs
            for row in run.rows
            if row.name == name
        ]
        values = series(runs)[name]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {values[-1] / values[0]:.2f} |")
    return "\n".join(lines)


def documented(text: str, name: str, table: str) -> str:
    """`text` with `table` between the two marks of that name. ValueError where they are not there."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    head, found, rest = text.partition(begin)
    _, closed, tail = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"there is no place for {name!r}")
    return f"{head}{begin}\n{table}\n{end}{tail}"


def drawing(runs: list[Run]) -> str:
    """SVG: RFQs to the right (each step ten times as many), cost against that at the first scale upwards."""
    known = {name: [value / values[0] for value in values] for name, values in series(runs).items()}
    most = max(2.0, *(max(values) for values in known.values()))
    step = (WIDTH - LEFT - 220) / max(1, len(runs) - 1)

    def y(ratio: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * ratio / most

    title = (
        f"CPU of one operation as a multiple of its cost at {runs[0].scale} RFQs; behind its name at {runs[-1].scale}"
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="14">{title}</text>',
    ]
    for tick in range(int(most) + 1):
        parts.append(f'<line x1="{LEFT}" y1="{y(tick):.1f}" x2="{WIDTH - 220}" y2="{y(tick):.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick}</text>')
    parts += [
        f'<text x="{LEFT + step * place:.1f}" y="{HEIGHT - 18}" text-anchor="middle">{run.scale}</text>'
        for place, run in enumerate(runs)
    ]
    for number, (name, values) in enumerate(known.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join(f"{LEFT + step * place:.1f},{y(value):.1f}" for place, value in enumerate(values))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{point.split(",")[0]}" cy="{point.split(",")[1]}" r="3" fill="{colour}"/>'
            for point in points.split()
        ]
        parts.append(
            f'<text x="{WIDTH - 210}" y="{TOP + 20 + 18 * number}" fill="{colour}">{name}: {values[-1]:.2f}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"
