"""What the operating system says of processes: CPU by process tree, memory, free disk. Linux only, from /proc."""

import os
import shutil
import time
from pathlib import Path
from typing import NamedTuple

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
GIB = 1024**3
_SCHEDULED = 2
"""Of a clock's id, as `clock_getcpuclockid` of the C library makes it: what the scheduler counted."""


class Stat(NamedTuple):
    """One process: parent, its own CPU seconds, those of children that ended and were waited for, resident bytes."""

    parent: int
    own: float
    ended: float
    resident: int


def stat(pid: int) -> Stat | None:
    """What /proc/<pid>/stat says; None when the process is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(")")[2].split()  # the name may hold anything, blanks and brackets too
    own = _own(pid, (int(fields[11]) + int(fields[12])) / TICKS)
    ended = (int(fields[13]) + int(fields[14])) / TICKS
    return Stat(int(fields[1]), own, ended, int(fields[21]) * PAGE)


def _own(pid: int, ticks: float) -> float:
    """CPU seconds by the process's own clock, in nanoseconds where `ticks` are cut to hundredths: twenty processes cut much."""
    try:
        return time.clock_gettime((~pid << 3) | _SCHEDULED)
    except OSError:
        return ticks


def children(parent: int) -> list[int]:
    """The processes that `parent` started and that live."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            known = stat(int(entry.name))
            if known is not None and known.parent == parent:
                found.append(int(entry.name))
    return found


def tree_seconds(root: int) -> float:
    """CPU seconds of `root` and its children: the living ones, and those that ended since it started.

    A child's seconds move into its parent's account in the moment it is waited for, so that none is lost or counted
    twice; the sum only ever rises. Grandchildren are not asked for: neither PostgreSQL nor granian has any.
    """
    total = 0.0
    for pid in [root, *children(root)]:
        known = stat(pid)
        if known is not None:
            total += known.own + (known.ended if pid == root else 0.0)
    return total


def server_seconds(postmaster: int) -> float:
    """CPU seconds of a PostgreSQL server without its autovacuum workers, whose time belongs to no request.

    An autovacuum worker that ends while something is measured does add its time: the seeding vacuums, so that there is
    seldom one.
    """
    vacuuming = 0.0
    for pid in children(postmaster):
        known = stat(pid)
        if known is not None and b"autovacuum worker" in _command(pid):
            vacuuming += known.own
    return tree_seconds(postmaster) - vacuuming


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def memory(pid: int) -> tuple[int, int]:
    """(resident bytes, proportional bytes: what is shared with other processes counted by its share)."""
    resident = proportional = 0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name == "Rss":
            resident = int(rest.split()[0]) * 1024
        elif name == "Pss":
            proportional = int(rest.split()[0]) * 1024
    return resident, proportional


def free_bytes(folder: Path) -> int:
    """What an unprivileged process may still write."""
    return shutil.disk_usage(folder).free


def describe() -> str:
    """Cores and memory, in words."""
    pages = os.sysconf("SC_PHYS_PAGES") * PAGE
    return f"{len(os.sched_getaffinity(0))} cores, {pages / GIB:.0f} GiB of memory"
