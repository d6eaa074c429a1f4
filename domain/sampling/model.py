"""Sampling plans and the state between lots."""

from typing import Literal

import msgspec

Severity = Literal["normal", "tightened", "reduced"]
Level = Literal["S-1", "S-2", "S-3", "S-4", "I", "II", "III"]
MAX_LOT = 1_000_000_000
"""Units; table 1 has one row for everything above 500 000."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Take `sample_size` units at random: the lot passes with up to `accept` nonconforming, fails from `reject` on."""

    severity: Severity
    level: Level
    aql: str
    """As the tables write it: per cent nonconforming, or nonconformities per hundred units."""
    code_letter: str
    """Of the lot size (table 1)."""
    plan_letter: str
    """Whose row gives the plan: another letter where the cell of `code_letter` is an arrow."""
    sample_size: int
    accept: int
    reject: int
    full: bool
    """The sample would be the lot or more than it: every unit is inspected."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What the original inspection of one lot came to; a lot submitted again does not count (clause 9.3)."""

    accepted: bool
    accept_number: int
    accepted_tighter: bool
    """Whether it would have been accepted with the next lower AQL too, in the same sample; never without `accepted`."""


class Switching(msgspec.Struct, frozen=True, kw_only=True):
    """Where the switching rules stand after the lots so far."""

    severity: Severity = "normal"
    score: int = 0
    """The switching score, on normal inspection only."""
    recent: tuple[bool, ...] = ()
    """Whether the latest lots were accepted, oldest first, since the severity last changed; five at most."""
    rejected: int = 0
    """Lots not accepted since tightened inspection began."""
    discontinued: bool = False
    """Inspection stops until the supplier has improved (clause 9.4)."""
