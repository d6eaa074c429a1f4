"""Checking checkpoints and the events that they cover. Pure: nothing but the lines, SHA-256 and the public keys.

What is told apart: an event that was changed, taken away, added or moved; a checkpoint that was changed, is missing,
or is signed with another key; a tail that was cut off behind a checkpoint which the reader knows.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from joserfc.jwk import OKPKey

from domain import merkle
from domain.checkpoints.statement import BadSignature, event_leaf, read
from domain.ledger import hashing

FORMAT = "jembatan.audit/1"
_HEX = re.compile(r"[0-9a-f]{64}")


class HeaderLine(msgspec.Struct, frozen=True, kw_only=True, tag="header", tag_field="kind"):
    """The first line of an export."""

    format: str


class CheckpointLine(msgspec.Struct, frozen=True, kw_only=True, tag="checkpoint", tag_field="kind"):
    """A checkpoint, and the leaves of its tree in hex. Its events follow."""

    signed: str
    leaves: list[str]


class EventLine(msgspec.Struct, frozen=True, kw_only=True, tag="event", tag_field="kind"):
    """An event: what its audience reads, and the digests of what is kept from it. Of hash version 1 only leaf and hash."""

    id: str
    subject: str
    version: int
    leaf: str
    hash: str
    shown: dict[str, Any] | None
    private_digest: str | None
    hidden_digest: str | None


Line = HeaderLine | CheckpointLine | EventLine


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, and of what."""

    where: str
    what: str


class Verifier:
    """One verification: give it every line in order, then ask for the faults."""

    def __init__(self, keys: Mapping[str, OKPKey], known: Iterable[str] = ()) -> None:
        self._keys = keys
        self.faults: list[Fault] = []
        self.checkpoints = self.events = 0
        self._known: dict[int, str] = {}
        for signed in known:
            try:
                statement, digest = read(signed, keys)
            except BadSignature as error:
                self.fault("known checkpoint", str(error))
            else:
                self._known[statement.number] = digest
        self._number = self._covered = 0
        self._digest: str | None = None
        self._name, self._leaves, self._got = "", list[str](), list[tuple[str, str]]()
        self._subjects: dict[str, tuple[int, bytes]] = {}

    def fault(self, where: str, what: str) -> None:
        """Note one."""
        self.faults.append(Fault(where=where, what=what))

    def take(self, line: Line) -> None:
        """The next line."""
        if isinstance(line, CheckpointLine):
            self._compare()
            self._checkpoint(line)
        elif isinstance(line, EventLine):
            self._event(line)
        elif line.format != FORMAT:
            self.fault("header", "it is an export of another form")

    def take_alone(self, line: CheckpointLine) -> None:
        """The next checkpoint, whose events are not looked at."""
        self._checkpoint(line)
        self._leaves = []

    def end(self) -> list[Fault]:
        """After the last line: every fault there is."""
        self._compare()
        for number in sorted(self._known):
            self.fault(f"checkpoint {number}", "you know it, and it is missing: the tail was cut off")
        return self.faults

    def _checkpoint(self, line: CheckpointLine) -> None:
        self.checkpoints += 1
        self._leaves, self._name = line.leaves, f"checkpoint {self._number + 1}"
        try:
            stated, digest = read(line.signed, self._keys)
        except BadSignature as error:
            self.fault(self._name, str(error))
            self._number, self._digest = self._number + 1, None
            self._covered += len(line.leaves)
            return
        self._name = f"checkpoint {stated.number}"
        if stated.number != self._number + 1:
            self.fault(self._name, f"it follows checkpoint {self._number}: what lies between is missing")
        elif self._digest is not None and stated.previous != self._digest:
            self.fault(self._name, "it names another checkpoint before it")
        if stated.before != self._covered:
            self.fault(self._name, f"it counts {stated.before} events before it, there are {self._covered}")
        if not all(map(_HEX.fullmatch, line.leaves)) or len(line.leaves) != stated.events:
            self.fault(self._name, f"it covers {stated.events} events, and lists {len(line.leaves)} leaves")
        elif not line.leaves or merkle.root([bytes.fromhex(leaf) for leaf in line.leaves]).hex() != stated.root:
            self.fault(self._name, "its leaves are not those that were signed")
        known = self._known.pop(stated.number, None)
        if known is not None and known != digest:
            self.fault(self._name, "it is another than the one that you know")
        self._number, self._digest = stated.number, digest
        self._covered = stated.before + stated.events

    def _event(self, line: EventLine) -> None:
        self.events += 1
        digits = (line.leaf, line.hash, line.private_digest or "0" * 64, line.hidden_digest or "0" * 64)
        if not all(map(_HEX.fullmatch, digits)):
            self.fault(line.id, "its digests are not 64 hexadecimal digits each")
            return
        self._got.append((line.id, event_leaf(line.id, line.hash).hex()))
        leaf = bytes.fromhex(line.leaf)
        if line.shown is not None:
            private, hidden = bytes.fromhex(line.private_digest or ""), bytes.fromhex(line.hidden_digest or "")
            same = (line.shown.get("id"), line.shown.get("subject_id"), line.shown.get("subject_version"))
            if hashing.join(hashing.shown_digest(line.shown), private, hidden) != leaf or same != (
                line.id,
                line.subject,
                line.version,
            ):
                self.fault(line.id, "it says something else than its leaf was made from: its content was changed")
        version, previous = self._subjects.get(line.subject, (0, b""))
        if line.version != version + 1:
            self.fault(line.id, f"version {line.version} of {line.subject} follows version {version}")
        elif hashing.link(previous, leaf).hex() != line.hash:
            self.fault(line.id, "its hash does not follow from its leaf and the event before it")
        self._subjects[line.subject] = (line.version, bytes.fromhex(line.hash))

    def _compare(self) -> None:
        """The events of a checkpoint against its leaves."""
        got, leaves, self._got, self._leaves = self._got, self._leaves, [], []
        if [leaf for _, leaf in got] == leaves:
            return
        known, there = set(leaves), {leaf for _, leaf in got}
        strange = [name for name, leaf in got if leaf not in known]
        missing = [place for place, leaf in enumerate(leaves, 1) if leaf not in there]
        for name in strange:
            self.fault(name, f"{self._name or 'no checkpoint'} does not cover it: it was changed or added")
        if len(missing) > len(strange):
            places = ", ".join(map(str, missing[:10]))
            self.fault(self._name, f"events at its places {places} are missing or were changed")
        if not strange and not missing:
            self.fault(self._name, "its events are not in the order in which they were sealed, or there twice")
