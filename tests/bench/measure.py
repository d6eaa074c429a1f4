"""One measurement: start the load beside us, read the accounts of API and PostgreSQL before and after."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench.load import GO, READY, Plan, Result
from bench.machine import server_seconds, tree_seconds
from bench.operations import Operation, packed
from bench.server import Database, Served

CONNECTIONS = 8
LOAD = Path(__file__).with_name("load.py")


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """Microseconds of CPU per item; None where the processes cannot be seen. Times in milliseconds."""

    api: float | None
    postgres: float | None
    per_second: float
    p50: float
    p99: float
    received: int
    """Bytes of bodies per item."""


class Failed(Exception):
    """Answers were not what they have to be: the figures would mean nothing."""


class Meters(NamedTuple):
    """Functions that read the CPU seconds spent so far."""

    api: Callable[[], float] | None
    postgres: Callable[[], float] | None


def meters(served: Served, known: Database) -> Meters:
    """Those of a running server and its database."""
    postmaster = known.postmaster
    return Meters(lambda: tree_seconds(served.pid), None if postmaster is None else lambda: server_seconds(postmaster))


def measured(operation: Operation, host: str, port: int, read: Meters) -> Cost:
    """What one item of `operation` costs. Raises Failed when an answer has another status than it should."""
    plan = Plan(
        host=host,
        port=port,
        connections=CONNECTIONS,
        items=packed(operation.items),
        warm=operation.warm,
        count=operation.times,
        once=operation.once,
        statuses=list(operation.statuses),
    )
    process = subprocess.Popen([sys.executable, str(LOAD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(msgspec.json.encode(plan) + b"\n")
    process.stdin.flush()
    if process.stdout.readline() != READY:
        raise Failed(f"{operation.name}: the load does not start")
    before = [None if one is None else one() for one in read]
    process.stdin.write(GO)
    process.stdin.flush()
    result = msgspec.json.decode(process.stdout.readline(), type=Result)
    after = [None if one is None else one() for one in read]
    process.stdin.close()
    process.wait(30)
    if result.wrong:
        raise Failed(f"{operation.name}: {result.wrong}")
    api, postgres = (
        None if start is None or end is None else (end - start) / result.count * 1e6
        for start, end in zip(before, after, strict=True)
    )
    return Cost(
        api=api,
        postgres=postgres,
        per_second=result.count / result.seconds,
        p50=result.p50 * 1000,
        p99=result.p99 * 1000,
        received=result.received // result.count,
    )
