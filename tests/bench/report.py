"""The table, the JSON beside it, and whether a second run of the same commit agrees."""

import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bench.measure import Cost
from bench.operations import Target
from bench.server import ROOT

AGREEMENT = 0.10
"""How far apart two runs of one commit may be, of the sum of both sides' CPU over all operations and of each of them."""
DESIGNED_HELLO = 95
"""Microseconds of Litestar's hello where the targets were set: what a machine takes longer for it, it may take for the rest."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One operation: what it costs, against which target, and the floors of its two sides (µs)."""

    name: str
    cost: Cost
    target: tuple[int | None, int | None, int | None]
    hello: float | None
    statement: float | None

    @property
    def goal(self) -> float:
        """Microseconds of both sides that the design allows."""
        api, postgres, whole = self.target
        return whole if whole is not None else (api or 0) + (postgres or 0)

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

    @property
    def hello(self) -> float | None:
        """The floor of the API's side; None where floors were not asked for."""
        return next((row.hello for row in self.rows if row.hello is not None), None)

    @property
    def slower(self) -> float | None:
        """How many times as long as where the targets were set this machine takes."""
        return None if self.hello is None else self.hello / DESIGNED_HELLO


def commit() -> str:
    """The commit, with a mark when files differ from it; `unknown` outside of a repository."""
    asked = ["git", "describe", "--always", "--abbrev=12", "--dirty", "--exclude=*"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


_FLOORS = f"{'floors':>14}{'x hello':>8}{'x SQL':>7}{'p50 ms':>8}"


def made(machine: str, scale: str, rows: list[Row], facts: list[Fact]) -> Run:
    """A run that ends now."""
    return Run(at=datetime.now(UTC), commit=commit(), machine=machine, scale=scale, rows=rows, facts=facts)


def target(of: Target) -> tuple[int | None, int | None, int | None]:
    """As a row keeps it."""
    return of.api, of.postgres, of.whole


def table(run: Run) -> str:
    """For people: what was measured, the target as designed and as slow as this machine is, the floors, and the ratios."""
    hello, slower = run.hello, run.slower
    lines = [
        f"{run.scale}, commit {run.commit}, {run.machine}",
        "CPU in µs for one operation, API + PostgreSQL. Floors: Litestar's hello + the statement alone under pgbench.",
    ]
    if hello is not None and slower is not None:
        lines.append(
            f"here: the target times {slower:.2f}, as hello takes {hello:.0f} µs where the targets were set with {DESIGNED_HELLO}"
        )
    lines += [
        "",
        f"{'operation':<30}{'measured':>17}{'target':>14}{'here':>14}{'x target':>9}{'x here':>8}{_FLOORS}",
    ]
    for row in run.rows:
        goal = row.goal
        here = None if slower is None else goal * slower
        lines.append(
            f"{row.name:<30}{_both(row.cost.api, row.cost.postgres):>17}{_wanted(row.target, 1):>14}"
            f"{'-' if slower is None else _wanted(row.target, slower):>14}{_ratio(row.whole, goal):>9}{_ratio(row.whole, here):>8}"
            f"{_both(row.hello, row.statement):>14}{_ratio(row.cost.api, row.hello):>8}"
            f"{_ratio(row.cost.postgres, row.statement):>7}{row.cost.p50:>8.1f}"
        )
    if run.facts:
        lines += ["", f"{'besides':<44}{'measured':>12}{'target':>12}{'x target':>10}"]
    for fact in run.facts:
        wanted = _least(fact)
        ratio = _ratio(fact.value, fact.target) if fact.target else ""
        lines.append(f"{fact.name:<44}{fact.value:>12.1f}{wanted:>12}{ratio:>10}   {fact.unit}")
    return "\n".join(lines)


def document(run: Run) -> str:
    """The same in Markdown."""
    lines = [
        f"{run.scale} RFQs, commit `{run.commit}`, {run.machine}, {run.at:%Y-%m-%d}. Hello takes {_figure(run.hello)} µs here.",
        "",
        "| operation | API + PG µs | target | here | x target | x here | hello + SQL alone | x hello | x SQL |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in run.rows:
        slower = run.slower
        cells = [
            row.name,
            _both(row.cost.api, row.cost.postgres),
            _wanted(row.target, 1),
            "-" if slower is None else _wanted(row.target, slower),
            _ratio(row.whole, row.goal),
            _ratio(row.whole, None if slower is None else row.goal * slower),
            _both(row.hello, row.statement),
            _ratio(row.cost.api, row.hello),
            _ratio(row.cost.postgres, row.statement),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "| besides | measured | target |", "|---|---|---|"]
    lines += [f"| {fact.name} | {fact.value:,.1f} {fact.unit} | {_least(fact)} |" for fact in run.facts]
    return "\n".join(lines)


def _least(fact: Fact) -> str:
    return "" if fact.target is None else f"{'≥' if fact.better > 0 else '≤'} {fact.target:g}"


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


def last(folder: Path, scales: Iterable[str]) -> Run | None:
    """The last whole run of the largest of `scales` (smallest first) that was measured; None before the first."""
    paths = [folder / f"{scale}.json" for scale in scales]
    found = [path for path in paths if path.exists()]
    return msgspec.json.decode(found[-1].read_bytes(), type=Run) if found else None


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


def _both(api: float | None, postgres: float | None) -> str:
    return f"{_figure(api)} + {_figure(postgres)}"


def _wanted(target: tuple[int | None, int | None, int | None], times: float) -> str:
    api, postgres, whole = target
    return _both((api or 0) * times, (postgres or 0) * times) if whole is None else _figure(whole * times)


def _ratio(value: float | None, floor: float | None) -> str:
    return "-" if value is None or not floor else f"{value / floor:.2f}"
