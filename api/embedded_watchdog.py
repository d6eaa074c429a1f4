"""The small detached process that stops the embedded PostgreSQL once its last user is gone, or was killed.

It runs as a script (`python -I -S embedded_watchdog.py …`): it starts in milliseconds, from any folder, and
keeps nothing of the application in memory. Standard library only. `api.embedded_postgres` explains the locks.
"""

import contextlib
import fcntl
import os
import signal
import sys
import time
from pathlib import Path
from typing import NamedTuple

FAST_SHUTDOWN_SECONDS = 15.0
"""After this a fast shutdown becomes an immediate one: nothing is lost, the next start recovers.

Short, because PostgreSQL 18.6 never ends a fast shutdown that it receives while it recovers from a crashed
backend: the I/O workers and the checkpointer stay.
"""
IMMEDIATE_SHUTDOWN_SECONDS = 10.0
"""After this we give up and say so."""


class Postmaster(NamedTuple):
    """What postmaster.pid and the process table say about the server of one data directory."""

    pid: int
    socket_directory: Path
    ready: bool
    ours: bool
    """Started by us; False for a server that somebody started by hand in our data directory."""


def find_postmaster(data: Path, name: str) -> Postmaster | None:
    """Return the live server of `data`, or None; never a stranger that got the process id of a dead one."""
    try:
        lines = (data / "postmaster.pid").read_text(errors="surrogateescape").split("\n")
        pid = int(lines[0])
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):  # no such file, still being written, or no such process
        return None
    # A backend rewrites its command line ("postgres: …") and a zombie has none: only postmasters pass.
    if Path(os.fsdecode(words[0])).name != "postgres":
        return None
    ours = f"cluster_name={name}".encode() in words
    if not ours:
        try:
            if not Path(f"/proc/{pid}/cwd").samefile(data):
                return None
        except OSError:
            return None
    socket_directory = Path(lines[4]) if len(lines) > 4 else Path()  # noqa: PLR2004 - pidfile.h numbers its lines
    return Postmaster(pid, socket_directory, len(lines) > 7 and lines[7].strip() == "ready", ours)  # noqa: PLR2004


def try_flock(descriptor: int, operation: int) -> bool:
    """Take the lock if nobody is in the way; otherwise False, and a lock it held before is gone too."""
    try:
        fcntl.flock(descriptor, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def stop_server(data: Path, run: Path, name: str) -> bool:
    """Stop the server; True once no process of it is left.

    Watching server.lock instead of the process id covers a server that is only just being started: `pg_ctl`
    holds the lock before there is a postmaster to signal.
    """
    lock = os.open(run / "server.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    begun = time.monotonic()
    told: set[tuple[int, signal.Signals]] = set()
    try:
        while not try_flock(lock, fcntl.LOCK_EX):
            waited = time.monotonic() - begun
            if waited > FAST_SHUTDOWN_SECONDS + IMMEDIATE_SHUTDOWN_SECONDS:
                return False
            # What `pg_ctl stop -m fast` sends, but only to a process that is known to be our postmaster.
            how = signal.SIGINT if waited < FAST_SHUTDOWN_SECONDS else signal.SIGQUIT
            server = find_postmaster(data, name)
            if server and server.ours and (server.pid, how) not in told:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(server.pid, how)
                told.add((server.pid, how))
            time.sleep(0.01)
        return True
    finally:
        os.close(lock)


def main(data: Path, run: Path, name: str, watchdog_lock: int) -> int:
    """Detach, wait until users.lock has no holder left, stop the server."""
    users = os.open(run / "users.lock", os.O_RDWR | os.O_CLOEXEC)
    if os.fork() != 0:
        return 0  # the starter waits for this exit only, and has no zombie to collect later
    nothing = os.open(os.devnull, os.O_RDWR)
    for inherited in (0, 1, 2):  # or whoever reads the starter's output would wait for us as well
        os.dup2(nothing, inherited)
    os.close(nothing)
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    fcntl.flock(users, fcntl.LOCK_EX)
    stopped = stop_server(data, run, name)
    # In this order: a starter that gets users.lock after us must not take a dying watchdog for a living one.
    os.close(watchdog_lock)
    os.close(users)
    return 0 if stopped else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
