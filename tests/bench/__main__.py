"""`make bench`: seed (or reuse) a database of a scale, run the real server on it, print the table."""

import argparse
import sys
import time
from typing import NamedTuple

from bench import extras, floors, plot, report
from bench.machine import GIB, describe, free_bytes
from bench.measure import Meters, measured, meters
from bench.operations import AWARDS, SUBMITS, operations
from bench.prepare import Prepared, prepare
from bench.report import Fact, Row
from bench.seed import SCALES, Size, seed
from bench.server import ROOT, Database, Served, asked, database, served
from domain.sealing import Sealer

BUILD = ROOT / "build" / "bench"
KEPT_FREE = 6 * GIB
"""What is left alone on the disk."""
MIB = 1024 * 1024
STARTED = time.monotonic()


class Wanted(NamedTuple):
    """What was asked for."""

    scale: str
    only: str | None
    flat: bool
    whole: bool
    """Floors and what is not a request too."""


def say(text: str) -> None:
    """On standard error, with the seconds since the start: the table alone is on standard output."""
    print(f"{time.monotonic() - STARTED:6.1f} {text}", file=sys.stderr, flush=True)  # noqa: T201


def seeded(known: Database, size: Size, scale: str) -> None:
    """Seed unless it was done; print what it takes on disk. SystemExit where the disk is too full."""
    mark = known.home / f"seeded-{'external' if known.external else 'embedded'}"
    if not mark.exists():
        free = free_bytes(known.home)
        if not known.external and free < size.bytes + KEPT_FREE:
            raise SystemExit(
                f"bench: {scale} takes up to {size.bytes / GIB:.0f} GiB and {KEPT_FREE / GIB:.0f} GiB stay free; "
                f"{known.home} has {free / GIB:.0f} GiB"
            )
        say(f"seeding {scale}: {size.rfqs:,} RFQs (up to {size.bytes / GIB:.0f} GiB, {free / GIB:.0f} GiB are free)")
        started = time.monotonic()
        asked(known.owner, lambda connection: seed(connection, size, say))
        say(f"seeded in {time.monotonic() - started:.0f} s")
        mark.touch()
    taken = asked(known.owner, lambda connection: connection.fetchval("SELECT pg_database_size(current_database())"))
    say(f"{scale}: the database takes {taken / GIB:.1f} GiB, {free_bytes(known.home) / GIB:.0f} GiB are free")


def run(known: Database, wanted: Wanted, size: Size) -> report.Run:
    """Measure everything that is wanted."""
    sealer = Sealer.load(known.home / "keys", opening=True)
    prepared = asked(known.owner, lambda connection: prepare(connection, sealer, size, submits=SUBMITS, awards=AWARDS))
    greeting = floors.hello() if wanted.whole else None
    with served(known) as server:
        read = meters(server, known)
        rows = _rows(server, prepared, read, wanted)
        facts = _facts(known, server, prepared, read) if wanted.whole else []
    if wanted.whole:
        # Last: its writes would change what the requests find.
        say("floors")
        alone = floors.statements(known, prepared, known.home)
        # The lower of two, before and after: it is what every target is scaled by.
        greeting = min((one for one in (greeting, floors.hello()) if one is not None), default=None)
        rows = [
            Row(name=row.name, cost=row.cost, target=row.target, hello=greeting, statement=alone.get(row.name))
            for row in rows
        ]
    return report.made(describe(), wanted.scale, rows, facts)


def _rows(server: Served, prepared: Prepared, read: Meters, wanted: Wanted) -> list[Row]:
    rows = []
    for operation in operations(prepared):
        if (wanted.only and wanted.only not in operation.name) or (wanted.flat and not operation.flat):
            continue
        cost = measured(operation, server.host, server.port, read)
        say(f"  {operation.name}: {cost.api or 0:.0f} + {cost.postgres or 0:.0f} µs")
        rows.append(
            Row(name=operation.name, cost=cost, target=report.target(operation.target), hello=None, statement=None)
        )
    return rows


def _facts(known: Database, server: Served, prepared: Prepared, read: Meters) -> list[Fact]:
    say("memory, files, webhooks")
    resident, proportional = extras.worker_memory(server)
    up, down = extras.transfers(server, prepared)
    facts = [
        Fact(name="start to ready", value=server.ready, unit="s", target=1.5, better=-1),
        Fact(name="memory of a worker, resident", value=resident / MIB, unit="MiB", target=110, better=-1),
        Fact(name="memory of a worker, its share", value=proportional / MIB, unit="MiB", target=None, better=-1),
    ]
    for name, one in (("upload", up), ("download", down)):
        facts += [
            Fact(name=name, value=one.megabytes_per_second, unit="MB/s", target=300, better=1),
            Fact(name=f"{name}, API", value=one.milliseconds_per_megabyte, unit="ms/MB", target=None, better=-1),
            Fact(name=f"{name}, memory grows by", value=one.grown / MIB, unit="MiB", target=16, better=-1),
        ]
    if read.postgres is not None:
        sent = extras.fan_out(known, prepared, server, read.postgres)
        facts += [
            Fact(name="webhooks, for a second of CPU", value=sent.per_cpu_second, unit="1/s", target=1500, better=1),
            Fact(name="webhooks, PostgreSQL for each", value=sent.postgres or 0, unit="µs", target=None, better=-1),
        ]
    return facts


def document() -> None:
    """Put what is kept into docs/: the newest whole run of the largest scale, and how costs grow."""
    path = ROOT / "docs" / "performance.md"
    text = path.read_text()
    whole = report.last(BUILD, SCALES)
    if whole is not None:
        text = plot.documented(text, "measured", report.document(whole))
    runs = plot.flat_runs(BUILD)
    if runs:
        (ROOT / "docs" / "performance.svg").write_text(plot.drawing(runs))
        text = plot.documented(text, "growth", plot.table(runs))
    path.write_text(text)
    say(f"written: {path}")


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scale", choices=SCALES, default="100k")
    parser.add_argument("--only", help="Only operations whose name contains this; no floors.")
    parser.add_argument("--flat", action="store_true", help="Only what has to cost the same at every scale; no floors.")
    parser.add_argument("--seed-only", action="store_true", help="Seed, measure nothing.")
    parser.add_argument("--plot", action="store_true", help="Write docs/performance.md and .svg from what is kept.")
    arguments = parser.parse_args()
    if arguments.plot:
        document()
        return
    whole = not arguments.only and not arguments.flat
    wanted = Wanted(arguments.scale, arguments.only, arguments.flat, whole)
    size = SCALES[wanted.scale]
    with database(BUILD / wanted.scale, f"jembatan_bench_{wanted.scale}") as known:
        seeded(known, size, wanted.scale)
        if arguments.seed_only:
            return
        found = run(known, wanted, size)
    print(report.table(found))  # noqa: T201
    if wanted.flat:
        plot.keep(found, BUILD)
    if wanted.whole:
        said = report.kept(found, BUILD)
        if said:
            print(said)  # noqa: T201
    say("done")


main()
