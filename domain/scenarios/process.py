"""Solving in a process of its own: it takes none of the server's time, and it can be ended whatever it does."""

import asyncio
import contextlib
import os
import signal
import sys

import msgspec

from domain.errors import SolverUnavailable
from domain.scenarios.model import Outcome, Problem

MODULE = "domain.scenarios.worker"
GRACE_SECONDS = 5.0
"""For starting, and for what the solver overruns its own limit by. Then the process is ended."""


class Solvers:
    """So many solves at once in this process, and no queue: a client that waits would hold its connection."""

    def __init__(self, slots: int) -> None:
        self._free = slots

    async def solve(self, problem: Problem) -> Outcome:
        """What the search finds. Raises SolverUnavailable when every slot is taken, or the process did not answer."""
        if self._free <= 0:
            raise SolverUnavailable("Other scenarios are being solved. Repeat the request in a few seconds.")
        self._free -= 1
        try:
            return await self._run(problem)
        finally:
            self._free += 1

    @staticmethod
    async def _run(problem: Problem) -> Outcome:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            MODULE,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # A group of its own: it is ended together with the processes that it started.
            start_new_session=True,
            # Where the code is, and nothing else of the environment: no key and no database leaves the server.
            env={"PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        try:
            told = child.communicate(msgspec.msgpack.encode(problem))
            answer, _ = await asyncio.wait_for(told, problem.seconds + GRACE_SECONDS)
        except TimeoutError:
            raise SolverUnavailable("The solver did not end in time. Ask with fewer conditions.") from None
        finally:
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                await child.wait()
        if child.returncode != 0:
            raise SolverUnavailable("The solver ended without an answer. Ask with fewer lines or conditions.")
        return msgspec.msgpack.decode(answer, type=Outcome)
