"""The table, the JSON beside it, and whether a second run of the same commit agrees."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bench.measure import Cost
from bench.operations import Target
from bench.server import ROOT

AGREEMENT = 0.10
"""How far apart two runs of one commit may be, of the sum of both sides' CPU over all operations and of each of them."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One operation: what it costs, against which target, and the floors of its two sides (µs)."""

    name: str
    cost: Cost
    target: tuple[int | None, int | None, int | None]
    hello: float | None
    statement: float | None

    @property
    def whole(self) -> float | None:
        """Microseconds of both sides; None where PostgreSQL cannot be seen."""
        if self.cost.api is None or self.cost.postgres is None:
            return None
        return self.cost.api + self.cost.postgres


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A measurement of another unit: `better` is 1 when more is better, -1 when less is."""

    name: str
    value: float
    unit: str
    target: float | None
    better: int


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """All of one run."""

    at: datetime
    commit: str
    machine: str
    scale: str
    rows: list[Row]
    facts: list[Fact]


def commit() -> str:
    """The commit, with a mark when files differ from it; `unknown` outside of a repository."""
    asked = ["git", "describe", "--always", "--abbrev=12", "--dirty", "--exclude=*"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def made(machine: str, scale: str, rows: list[Row], facts: list[Fact]) -> Run:
    """A run that ends now."""
    return Run(at=datetime.now(UTC), commit=commit(), machine=machine, scale=scale, rows=rows, facts=facts)


def target(of: Target) -> tuple[int | None, int | None, int | None]:
    """As a row keeps it."""
    return of.api, of.postgres, of.whole


def table(run: Run) -> str:
    """For people: microseconds, targets, and how many times the target and the floors each is."""
    lines = [
        f"{run.scale}, commit {run.commit}, {run.machine}",
        "CPU in µs per operation: API + PostgreSQL; floors: Litestar's hello, the statement alone under pgbench",
        "",
        f"{'operation':<30}{'API':>8}{'PG':>8}{'target':>15}{'x target':>10}{'x hello':>9}{'x SQL':>8}{'p50 ms':>9}",
    ]
    for row in run.rows:
        api, postgres, whole = row.target
        wanted = f"{api} + {postgres}" if whole is None else f"{whole}"
        goal = (api or 0) + (postgres or 0) if whole is None else whole
        lines.append(
            f"{row.name:<30}{_figure(row.cost.api):>8}{_figure(row.cost.postgres):>8}{wanted:>15}"
            f"{_ratio(row.whole, goal):>10}{_ratio(row.cost.api, row.hello):>9}{_ratio(row.cost.postgres, row.statement):>8}"
            f"{row.cost.p50:>9.1f}"
        )
    if run.facts:
        lines += ["", f"{'besides':<44}{'measured':>12}{'target':>12}{'':3}"]
    for fact in run.facts:
        wanted = "" if fact.target is None else f"{'≥' if fact.better > 0 else '≤'} {fact.target:g}"
        lines.append(f"{fact.name:<44}{fact.value:>12.1f}{wanted:>12}   {fact.unit}")
    return "\n".join(lines)


def kept(run: Run, folder: Path) -> str:
    """Write the JSON; what the run before it on the same commit and scale says in comparison, or an empty text."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.scale}.json"
    before = None
    if path.exists():
        known = msgspec.json.decode(path.read_bytes(), type=Run)
        before = known if (known.commit, known.scale) == (run.commit, run.scale) else None
    path.write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=2))
    with (folder / "runs.jsonl").open("ab") as every:
        every.write(msgspec.json.encode(run) + b"\n")
    return "" if before is None else compared(before, run)


def compared(before: Run, run: Run) -> str:
    """How far two runs of one commit are apart: for each operation, and in all."""
    old = {row.name: row.whole for row in before.rows}
    both = [
        (row.name, first, row.whole)
        for row in run.rows
        if (first := old.get(row.name)) is not None and row.whole is not None
    ]
    if not both:
        return ""
    total = sum(second for _, _, second in both) / sum(first for _, first, _ in both) - 1
    apart = {name: second / first - 1 for name, first, second in both}
    worst = max(apart, key=lambda name: abs(apart[name]))
    verdict = "agrees" if abs(total) <= AGREEMENT and abs(apart[worst]) <= AGREEMENT else "DOES NOT AGREE"
    return (
        f"the run before, of the same commit, {verdict} within {AGREEMENT:.0%}: {total:+.1%} in all, "
        f"at most {apart[worst]:+.1%} ({worst})"
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"


def _ratio(value: float | None, floor: float | None) -> str:
    return "-" if value is None or not floor else f"{value / floor:.2f}"
