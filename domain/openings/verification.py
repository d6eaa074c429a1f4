"""Checking an opening bundle. Pure: no database, no network, nothing but the file and SHA-256.

`verify` reports what it checked, what it could not check, and every fault with the quote it concerns. What it proves,
and what not, is in the README under "An opening that can be proven".
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

import msgspec

from domain.ledger import hashing
from domain.openings import proof
from domain.openings.parsing import BundleFile, EntryFile, EventFile, HeaderFile, ReceiptFile
from domain.sealing import canonical, commitment

_HEX = re.compile(r"[0-9a-f]{64}")
IN_FORCE = ("submitted", "opened")
ANNOUNCED, APPROVED, CLOSED, OPENED = "rfq.quotes_opened", "rfq.opening_approved", "rfq.closed", "quote.opened"


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the report: what was checked, how often, and what could not be."""

    what: str
    checked: int
    unchecked: int = 0
    note: str = ""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, and of what: a quote's id (or its place in the set), the header, an event."""

    where: str
    what: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The result. Without faults the bundle is sound."""

    checks: list[Check]
    faults: list[Fault]


def verify(bundle: BundleFile, receipts: Iterable[ReceiptFile] = ()) -> Report:
    """Check everything that the bundle allows, and that each receipt is in the set that was opened."""
    work = _Work(bundle)
    work.header()
    work.tree()
    work.submissions()
    work.contents()
    work.chains()
    work.receipts(list(receipts))
    return Report(checks=work.checks, faults=work.faults)


class _Work:
    """One verification under way."""

    def __init__(self, bundle: BundleFile) -> None:
        self.bundle = bundle
        self.checks: list[Check] = []
        self.faults: list[Fault] = []

    def fault(self, where: str, what: str) -> None:
        self.faults.append(Fault(where=where, what=what))

    def instant(self, where: str, name: str, text: str) -> datetime | None:
        """`text` as an instant, or a fault."""
        value = _instant(text)
        if value is None:
            self.fault(where, f"{name} is no instant in UTC")
        return value

    def header(self) -> None:
        """When the opening was, by whom, and that the deadline had passed."""
        header = self.bundle.header
        deadline, closed, opened = (
            self.instant("header", name, getattr(header, name))
            for name in ("quotes_close_at", "closed_at", "opened_at")
        )
        if deadline and opened and opened < deadline:
            self.fault("header", "the quotes were opened before the deadline")
        if deadline and closed and closed < deadline:
            self.fault("header", "quoting was closed before the deadline")
        note = f"{header.early_attempts} refused attempts before"
        self.checks.append(Check(what="opened after the deadline", checked=1, note=note))
        self._approvals(header, closed, opened)

    def _approvals(self, header: HeaderFile, closed: datetime | None, opened: datetime | None) -> None:
        if len(header.approvals) != header.quorum:
            self.fault("header", f"{header.quorum} people had to approve, {len(header.approvals)} are named")
        if len({approval.identity for approval in header.approvals}) != len(header.approvals):
            self.fault("header", "the approvals are not by different people")
        at = [self.instant("header", "an approval's time", approval.at) for approval in header.approvals]
        known = [moment for moment in at if moment is not None]
        if opened and (not known or known[-1] != opened):
            self.fault("header", "the last approval is not the opening")
        if any(later < earlier for earlier, later in pairwise(known)) or (closed and any(m < closed for m in known)):
            self.fault("header", "an approval is out of order")
        names = " and ".join(approval.name for approval in header.approvals)
        self.checks.append(Check(what="approved by as many different people as asked", checked=len(known), note=names))

    def tree(self) -> None:
        """Every leaf from what it covers, and the root from the leaves."""
        bundle = self.bundle
        if proof.header_leaf(bundle.header).hex() != bundle.header_leaf:
            self.fault("header", "it is not what the first leaf covers")
        leaves = [proof.header_leaf(bundle.header)]
        for place, entry in enumerate(bundle.entries, 1):
            leaf = proof.submission_leaf(entry.quote, entry.number, entry.submitted_at, entry.commitment, entry.state)
            leaves.append(leaf)
            if leaf.hex() != entry.leaf:
                self.fault(
                    _name(place, entry), "its instant, commitment, number, state or name is not what its leaf covers"
                )
        if proof.root(leaves).hex() != bundle.root:
            self.fault("root", "it is not the root over the header and the entries")
        self.checks.append(Check(what="leaves, and the root over them", checked=len(leaves), note=bundle.root))

    def submissions(self) -> None:
        """Instants before the deadline, the order, the numbers, and which of a quote's submissions counts."""
        header, deadline = self.bundle.header, _instant(self.bundle.header.quotes_close_at)
        last: tuple[datetime, str, int] | None = None
        of_quote: dict[str, list[tuple[int, EntryFile]]] = {}
        for place, entry in enumerate(self.bundle.entries, 1):
            name = _name(place, entry)
            of_quote.setdefault(entry.quote, []).append((place, entry))
            if not _HEX.fullmatch(entry.commitment):
                self.fault(name, "its commitment is not 64 hexadecimal digits")
            if entry.quote_id is not None and entry.quote != proof.quote_name(
                header.rfq_id, header.round, entry.quote_id
            ):
                self.fault(name, "its id does not belong to its name in the set")
            at = self.instant(name, "the instant of its submission", entry.submitted_at)
            if at is None:
                continue
            if deadline and at >= deadline:
                self.fault(name, f"submission {entry.number} came at or after the deadline")
            key = (at, entry.quote, entry.number)
            if last is not None and key <= last:
                self.fault(name, "it is not in its place in the order of the set")
            last = key
        for items in of_quote.values():
            self._versions(sorted(items, key=lambda item: item[1].number))
        counted = (len(of_quote), len(self.bundle.entries))
        if counted != (header.quotes, header.submissions):
            self.fault("header", f"it counts {header.quotes} quotes, {header.submissions} submissions; here: {counted}")
        self.checks.append(
            Check(
                what="submissions before the deadline, in order, the last of each quote opened",
                checked=len(self.bundle.entries),
                note=f"{len(of_quote)} quotes; {header.left_out_quotes} more were withdrawn or lapsed",
            )
        )

    def _versions(self, items: list[tuple[int, EntryFile]]) -> None:
        for index, (place, entry) in enumerate(items, 1):
            state = "opened" if index == len(items) else "superseded"
            if entry.number != index:
                self.fault(_name(place, entry), f"submission {index} of this quote is missing or there twice")
            if entry.state != state:
                self.fault(_name(place, entry), f"submission {entry.number} is {entry.state}, it should be {state}")

    def contents(self) -> None:
        """Every commitment from its content and nonce."""
        checked = 0
        for place, entry in enumerate(self.bundle.entries, 1):
            if entry.content is None and entry.nonce is None:
                continue
            checked += 1
            if entry.content is None or entry.nonce is None or not _HEX.fullmatch(entry.nonce):
                self.fault(_name(place, entry), "content and a nonce of 64 hexadecimal digits belong together")
            elif commitment(canonical(entry.content), bytes.fromhex(entry.nonce)).hex() != entry.commitment:
                self.fault(
                    _name(place, entry),
                    f"content and nonce of submission {entry.number} do not give the commitment of its receipt",
                )
        rest = len(self.bundle.entries) - checked
        self.checks.append(Check(what="contents against their commitments", checked=checked, unchecked=rest))

    def chains(self) -> None:
        """The links of every chain; of events that are shown, that they are what the chain covers and say the same."""
        header, subjects, links = self.bundle.header, set(), 0
        shown: dict[str, list[EventFile]] = {}
        quotes = {entry.quote_id for entry in self.bundle.entries if entry.quote_id is not None}
        for chain in self.bundle.chains:
            subject = chain.subject_id
            if subject in subjects:
                self.fault(subject, "it has two chains")
            subjects.add(subject)
            links += len(chain.events)
            self._links(subject, chain.events)
            shown[subject] = [event for event in chain.events if event.shown is not None]
            if subject != header.rfq_id and subject not in quotes:
                self._left_out(subject, shown[subject])
        for missing in sorted({header.rfq_id, *quotes} - subjects):
            self.fault(missing, "its chain of events is missing")
        whole = sum(map(len, shown.values()))
        self.checks.append(Check(what="links of the chains of events", checked=links))
        self.checks.append(Check(what="what events say against the chain", checked=whole, unchecked=links - whole))
        self._announcement(shown.get(header.rfq_id, []))
        self._told(shown)

    def _left_out(self, subject: str, events: list[EventFile]) -> None:
        """A quote of the reader's that is not in the set: its events say why."""
        last = events[-1].shown if events else None
        if last is None:
            self.fault(subject, "it has a chain and is neither the RFQ nor a quote of the set")
        elif last.get("to_state") in IN_FORCE:
            self.fault(f"quote {subject}", "it was submitted and neither withdrawn nor lapsed, and is not in the set")

    def _links(self, subject: str, events: list[EventFile]) -> None:
        previous = ""
        for number, event in enumerate(events, 1):
            where = f"{subject}, event {number}"
            if (event.previous_hash or "") != previous:
                self.fault(where, "it does not follow the event before it")
            if not _HEX.fullmatch(event.leaf):
                self.fault(where, "its leaf is not 64 hexadecimal digits")
            elif hashing.link(_bytes(previous), bytes.fromhex(event.leaf)).hex() != event.hash:
                self.fault(where, "its hash does not follow from its leaf and the event before it")
            for what in _faults_of_parts(event):
                self.fault(where, what)
            if event.shown is not None and (event.shown.get("subject_id"), event.shown.get("subject_version")) != (
                subject,
                number,
            ):
                self.fault(where, "it is an event of something else, or has another place")
            previous = event.hash

    def _announcement(self, events: list[EventFile]) -> None:
        """The RFQ's last event announces this opening and its root; approvals and the closing are told the same way."""
        header = self.bundle.header
        told = [event.shown for event in events if event.shown is not None]
        last = told[-1] if told else {}
        expected = {"opened_at": header.opened_at, "round": header.round, "root": self.bundle.root}
        opener = header.approvals[-1].name if header.approvals else None
        chain = next((chain for chain in self.bundle.chains if chain.subject_id == header.rfq_id), None)
        is_last = chain is not None and bool(chain.events) and chain.events[-1].shown is last
        if last.get("type") != ANNOUNCED or not is_last:
            self.fault("rfq", "its last event does not announce the opening")
        elif _members(last, "data") != expected:
            self.fault("rfq", "the event that announces the opening names another instant, round or root")
        elif last.get("at") != header.opened_at or last.get("actor_name") != opener:
            self.fault("rfq", "the event that announces the opening names another instant or person")
        checked = 1
        for event in reversed(told):
            if event.get("type") == APPROVED and header.quorum > 1:
                checked += 1
                first = header.approvals[0] if header.approvals else None
                if first is None or (event.get("actor_name"), event.get("at")) != (first.name, first.at):
                    self.fault("rfq", "the event of the first approval names another person or instant")
                break
        closing = next((event for event in reversed(told) if event.get("type") == CLOSED), None)
        if closing is not None:
            checked += 1
            if _members(closing, "data").get("closed_at") != header.closed_at:
                self.fault("rfq", "the event of the closing names another instant")
        self.checks.append(Check(what="the RFQ's events against the header and the root", checked=checked))

    def _told(self, shown: dict[str, list[EventFile]]) -> None:
        """Each submission of a quote that the reader may see was told by an event when it was made."""
        told = dict(_commitments(shown))
        checked = unchecked = 0
        for place, entry in enumerate(self.bundle.entries, 1):
            if entry.quote_id is None:
                unchecked += 1
                continue
            event = told.pop((entry.quote_id, entry.number), None)
            if event is None:  # told before events could be shown in part
                unchecked += 1
            else:
                checked += 1
                if event != (entry.commitment, entry.submitted_at):
                    self.fault(_name(place, entry), f"the event of submission {entry.number} tells otherwise")
            if entry.state == "opened":
                self._opened(place, entry, shown.get(entry.quote_id, []))
        known = {entry.quote_id for entry in self.bundle.entries}
        for quote_id, number in told:
            if quote_id in known:
                self.fault(quote_id, f"an event tells of submission {number}, which is not in the set")
        self.checks.append(
            Check(what="submissions against the events of their time", checked=checked, unchecked=unchecked)
        )

    def _opened(self, place: int, entry: EntryFile, events: list[EventFile]) -> None:
        said = [
            _members(event.shown, "data")
            for event in events
            if event.shown is not None and event.shown.get("type") == OPENED
        ]
        if not said or said[-1].get("commitment") != entry.commitment:
            self.fault(_name(place, entry), "no event says that this submission was opened")
        elif entry.nonce is not None and said[-1].get("nonce") != entry.nonce:
            self.fault(_name(place, entry), "the event of its opening names another nonce")

    def receipts(self, receipts: list[ReceiptFile]) -> None:
        """Each receipt is of this opening and says what the set says."""
        header = self.bundle.header
        by_key = {(entry.quote, entry.number): entry for entry in self.bundle.entries}
        for receipt in receipts:
            where = f"receipt {receipt.submitted_version} of {receipt.quote_id}"
            entry = by_key.get(
                (proof.quote_name(header.rfq_id, header.round, receipt.quote_id), receipt.submitted_version)
            )
            if (receipt.rfq_id, receipt.round) != (header.rfq_id, header.round):
                self.fault(where, "it belongs to another RFQ or round")
            elif entry is None:
                self.fault(where, "it is not in the set that was opened")
            elif (entry.commitment, entry.submitted_at) != (receipt.commitment, receipt.submitted_at):
                self.fault(where, "the set names another commitment or instant")
            elif entry.nonce is not None and entry.nonce != receipt.nonce:
                self.fault(where, "the bundle names another nonce")
        if receipts:
            self.checks.append(Check(what="receipts in the set that was opened", checked=len(receipts)))


def _faults_of_parts(event: EventFile) -> Iterator[str]:
    """Whether what is given of an event is whole, and gives its leaf."""
    if event.shown is None:
        if any((event.private, event.private_salt, event.private_digest, event.hidden_digest)):
            yield "parts of it are given without what it shows"
        return
    parts = (event.private_digest or "", event.hidden_digest or "")
    if not all(map(_HEX.fullmatch, parts)):
        yield "the digest of a part is missing"
        return
    if (event.private is None) != (event.private_salt is None):
        yield "its private part and that part's salt belong together"
    elif event.private is not None and event.private_salt is not None:
        digest = hashing.salted_digest(event.private, _bytes(event.private_salt)).hex()
        if not _HEX.fullmatch(event.private_salt) or digest != event.private_digest:
            yield "its private part is not what the chain covers"
    if hashing.join(hashing.shown_digest(event.shown), *map(bytes.fromhex, parts)).hex() != event.leaf:
        yield "what it says is not what the chain covers"


def _commitments(shown: dict[str, list[EventFile]]) -> Iterator[tuple[tuple[str, int], tuple[object, object]]]:
    """((quote, number), (commitment, instant)) of each event that tells of a submission."""
    for subject, events in shown.items():
        for event in events:
            said = _members(event.private, "private_data")
            number = said.get("submission")
            if event.shown is not None and "commitment" in said and isinstance(number, int):
                yield (subject, number), (said["commitment"], event.shown.get("at"))


def _members(value: dict[str, Any] | None, name: str) -> dict[str, Any]:
    found = None if value is None else value.get(name)
    return found if isinstance(found, dict) else {}


def _name(place: int, entry: EntryFile) -> str:
    return f"quote {entry.quote_id}" if entry.quote_id else f"quote {entry.quote[:12]} (entry {place})"


def _instant(text: str) -> datetime | None:
    """An instant as it is written in a bundle: RFC 3339 in UTC."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return None
    return value if text.endswith("Z") and value.tzinfo is not None else None


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text) if _HEX.fullmatch(text) else b""
