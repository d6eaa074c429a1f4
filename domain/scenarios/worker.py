"""The child process that solves: a problem on standard input, its outcome on standard output, nothing else.

It has no database, no keys and no environment of the server; memory and processor time are bounded by the system. Large
programmes run in a further process each, because the solver may overrun its own limit by far: then that one is ended, and
the search goes on with what it has.
"""

import os
import resource
import select
import signal
import sys
import time

import msgspec

from domain.scenarios import solver
from domain.scenarios.model import Outcome, Problem
from domain.scenarios.program import INFINITY, Program
from domain.scenarios.search import Search
from domain.scenarios.solver import Result

MEMORY_BYTES = 4 * 1024**3
"""Address space. A programme that needs more fails in the child, not in the server."""
LARGE = 2000
"""Columns from which a programme gets a process of its own, which costs some milliseconds."""
OVERRUN_SECONDS = 0.5


def main() -> None:
    """Solve one problem."""
    # The solver's greeting goes to standard output whatever it is told: the answer keeps the pipe for itself.
    pipe = os.dup(1)
    os.dup2(2, 1)
    problem = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Problem)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    limit = int(problem.seconds) * 2 + 10
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    found: Outcome = Search(problem, run, time.monotonic).outcome()
    with os.fdopen(pipe, "wb") as out:
        out.write(msgspec.msgpack.encode(found))


def run(program: Program, seconds: float, *, start: list[float] | None = None, relaxed: bool = False) -> Result:
    """As `solver.run`, in a process that is ended when it overruns its time."""
    if len(program.cost) < LARGE:
        return solver.run(program, seconds, start=start, relaxed=relaxed)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        # This process has one thread: the fork is whole. It leaves without cleaning up what belongs to its parent.
        try:
            found = solver.run(program, seconds, start=start, relaxed=relaxed)
            with os.fdopen(writing, "wb") as out:
                out.write(msgspec.msgpack.encode(found))
        finally:
            os._exit(0)
    os.close(writing)
    try:
        answer = _read(reading, time.monotonic() + seconds + OVERRUN_SECONDS)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if answer is None:
        return Result(status="unsolved", values=None, bound=-INFINITY)
    return msgspec.msgpack.decode(answer, type=Result)


def _read(pipe: int, end: float) -> bytes | None:
    """Everything until the other side closes; None when that takes too long or nothing came."""
    pieces: list[bytes] = []
    while (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([pipe], [], [], left)
        if not ready:
            return None
        piece = os.read(pipe, 1 << 20)
        if not piece:
            return b"".join(pieces) or None
        pieces.append(piece)
    return None


if __name__ == "__main__":
    main()
