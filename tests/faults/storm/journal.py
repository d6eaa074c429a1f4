"""What the clients saw: everything that was acknowledged, everything that went wrong, everything that was delivered."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

PROMISES = tuple(f"P{number}" for number in range(1, 12))


class Acknowledged(NamedTuple):
    """One write that was answered for good: done, or refused with an answer that is kept."""

    organisation: str
    route: str
    key: str
    status: int
    subject: str | None
    """The id of what was made or changed, where the answer shows it with its version."""
    version: int
    state: str | None


class Finding(NamedTuple):
    """A broken promise."""

    promise: str
    says: str


class Journal:
    """Filled by the clients and receivers while the storm lasts."""

    def __init__(self) -> None:
        self.acknowledged: list[Acknowledged] = []
        self.findings: list[Finding] = []
        self.checks: Counter[str] = Counter()
        """By promise, how often it was looked at."""
        self.statuses: Counter[str] = Counter()
        self.retries = 0
        self.duplicates = 0
        self.titles: set[str] = set()
        """Of RFQs that somebody asked for, acknowledged or not: each may exist once."""
        self.files: set[str] = set()
        self.prices: dict[str, str] = {}
        """By price, the RFQ in a quote on which it stands."""
        self.early: Counter[str] = Counter()
        """By RFQ, acknowledged refusals of an early opening."""
        self.issued: defaultdict[tuple[str, int], float] = defaultdict(float)
        """By (RFQ, line), what was acknowledged as issued."""

    def saw(self, promise: str, count: int = 1) -> None:
        """It was looked at."""
        self.checks[promise] += count

    def found(self, promise: str, says: str) -> None:
        """It is broken."""
        self.findings.append(Finding(promise, says[:400]))

    def judge(self, promise: str, *, holds: bool, says: str) -> None:
        """Looked at once; `says` what is wrong unless it `holds`."""
        self.saw(promise)
        if not holds:
            self.found(promise, says)

    def since(self, findings: int) -> Iterator[Finding]:
        """What was found after the first `findings`."""
        yield from self.findings[findings:]
