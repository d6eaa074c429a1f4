"""What is examined, and what is found."""

from typing import Literal

import msgspec

Severity = Literal["broken", "warning"]
"""`broken`: a promise does not hold. `warning`: it still does, and somebody should act."""

SHOWN = 20
"""Findings of one check that are told one by one; the rest is counted."""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that has to be true.

    `sql`, when there is any, finds what breaks it: rows of `kind` (as in `domain.ids`, or another noun), `id` (a UUID,
    or None) and `said`. It takes no parameters and sees every row, so it is run by a login that no row policy holds.
    """

    id: str
    means: str
    severity: Severity
    remedy: str
    sql: str | None = None
    deep: bool = False
    """Whether it reads so much that it is examined on request only."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One place where a check does not hold: of what, and how it shows."""

    subject: str
    said: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A check that does not hold: the first places, and how many there are in all."""

    check: Check
    places: tuple[Found, ...]
    count: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one examination. Without findings everything that was examined is true."""

    examined: tuple[str, ...]
    left_out: tuple[str, ...]
    """Checks that need `--deep`."""
    findings: tuple[Finding, ...]
