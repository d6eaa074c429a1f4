"""When may an addendum be published, and what it makes of the RFQ. Pure: no clock, no database, no HTTP."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from domain.actors import Actor, Role
from domain.addenda.difference import difference, hidden
from domain.addenda.model import MAX_ADDENDA, Amendment, Difference
from domain.errors import Fault, Incomplete, Invalid, LimitReached, NothingChanged, QuotingTimeTooShort
from domain.lifecycle import RFQ, Arrow, step
from domain.rfqs import evaluation
from domain.rfqs import rules as rfq_rules
from domain.rfqs.model import MAX_DOCUMENTS, Document, Draft, Line, Rfq

TEXTS = frozenset({"title", "description", "name", "specification"})
"""Members that explain. Whatever else changes bears on price or fit, and cannot be called non-material."""
DERIVED = "nda_version"
"""Follows `nda_text`; nobody sends it."""
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def decide_publish(rfq: Rfq, actor: Actor, *, now: datetime) -> Arrow:
    """The buyer changes what is published while quoting is open."""
    arrow = step(RFQ["publish_addendum"], rfq.state, rfq_rules.sides(rfq, actor))
    actor.need_role(Role.BUYER)
    rfq_rules.accepts_quotes(rfq, now=now)
    if rfq.revision > MAX_ADDENDA:
        raise LimitReached(f"An RFQ has {MAX_ADDENDA} addenda at most. Cancel it and issue it again.")
    return arrow


def amended(rfq: Rfq, wanted: Draft, amendment: Amendment) -> Draft:
    """`wanted`, the RFQ under its new terms, with the lines of the amendment. Raises Invalid for lines named wrongly."""
    present = {line.line_no: line for line in rfq.draft.lines}
    faults = []
    for place, line_no in enumerate(amendment.remove_lines):
        if present.pop(line_no, None) is None:
            faults.append(Fault(f"/remove_lines/{place}", f"There is no line {line_no} to remove."))
    seen: set[int] = set()
    for place, line in enumerate(amendment.set_lines):
        if line.line_no in amendment.remove_lines:
            faults.append(Fault(f"/set_lines/{place}/line_no", f"Line {line.line_no} is removed as well."))
        if line.line_no in seen:
            faults.append(Fault(f"/set_lines/{place}/line_no", f"Line number {line.line_no} is used twice."))
        seen.add(line.line_no)
        present[line.line_no] = line
    if faults:
        raise Invalid("The lines of the addendum make no sense.", faults=faults)
    terms = wanted.terms
    evaluation.require_fixed(rfq, terms, wanted.envelopes)
    if terms.nda_text != rfq.terms.nda_text:
        terms = msgspec.structs.replace(terms, nda_version=rfq.terms.nda_version + 1)
    lines = tuple(present[line_no] for line_no in sorted(present))
    return msgspec.structs.replace(wanted, terms=terms, lines=lines)


def kept_documents(rfq: Rfq, amendment: Amendment) -> tuple[Document, ...]:
    """The documents that stay: those of a removed line go with it. Raises Invalid for unknown ones, LimitReached."""
    known = {document.id for document in rfq.documents}
    faults = [
        Fault(f"/detach_documents/{place}", "The RFQ has no such document.")
        for place, document_id in enumerate(amendment.detach)
        if document_id not in known
    ]
    numbers = {line.line_no for line in rfq.lines} - set(amendment.remove_lines)
    numbers |= {line.line_no for line in amendment.set_lines}
    faults += [
        Fault(f"/attach_documents/{place}/line_no", f"The RFQ has no line {one.line_no}.")
        for place, one in enumerate(amendment.attach)
        if one.line_no is not None and one.line_no not in numbers
    ]
    if faults:
        raise Invalid("The documents of the addendum make no sense.", faults=faults)
    kept = tuple(
        document
        for document in rfq.documents
        if document.id not in amendment.detach and document.line_no not in amendment.remove_lines
    )
    if len(kept) + len(amendment.attach) > MAX_DOCUMENTS:
        raise LimitReached(f"An RFQ has {MAX_DOCUMENTS} documents at most.")
    return kept


def marked(before: Rfq, lines: Sequence[Line], *, non_material: bool) -> tuple[Line, ...]:
    """`lines` (with their digests) of the next revision, each with the older digests that still count as current."""
    return tuple(_marked(before.line(line.line_no), line, non_material=non_material) for line in lines)


def _marked(old: Line | None, new: Line, *, non_material: bool) -> Line:
    if old is None:
        return new
    if new.digest == old.digest:
        return msgspec.structs.replace(new, also_current=old.also_current)
    # What stood at the former digest stands at the new one; after a material change nothing does.
    standing = (*old.also_current, old.digest) if non_material else ()
    return msgspec.structs.replace(new, also_current=tuple(item for item in standing if item != new.digest))


def judge(before: Rfq, after: Rfq, amendment: Amendment) -> tuple[Difference, bool]:
    """(what differs, whether it is material: suppliers see more of it than later deadlines).

    Raises NothingChanged, and Invalid with a pointer to each place that cannot be called non-material.
    """
    found = difference(before, after)
    told = bool(found.terms or found.lines or found.documents)
    later = (before.quotes_close_at, before.questions_close_at) != (after.quotes_close_at, after.questions_close_at)
    if not told and not later and not hidden(before, after):
        raise NothingChanged("The RFQ already says all of this. An addendum changes something.")
    if amendment.non_material:
        faults = list(_material(found, amendment))
        if faults:
            raise Invalid(
                "Only names, titles and explaining text are changed without bearing on prices.", faults=faults
            )
    return found, told and not amendment.non_material


def _material(found: Difference, amendment: Amendment) -> Iterator[Fault]:
    wrong = "A price may depend on it: suppliers have to confirm theirs. Leave out non_material."
    for change in found.terms:
        if change.member not in TEXTS and change.member != DERIVED:
            yield Fault(f"/{change.member}", wrong)
    places = {line.line_no: place for place, line in enumerate(amendment.set_lines)}
    for line in found.lines:
        if line.change == "removed":
            yield Fault(f"/remove_lines/{amendment.remove_lines.index(line.line_no)}", wrong)
        elif line.change == "added":
            yield Fault(f"/set_lines/{places[line.line_no]}", wrong)
        else:
            members = dict.fromkeys(change.member.partition("/")[0] for change in line.members)
            for member in members:
                if member not in TEXTS:
                    yield Fault(f"/set_lines/{places[line.line_no]}/{member}", wrong)
    yield from (Fault(f"/attach_documents/{place}", wrong) for place in range(len(amendment.attach)))
    yield from (Fault(f"/detach_documents/{place}", wrong) for place in range(len(amendment.detach)))


def closing(
    before: Rfq, after: Rfq, amendment: Amendment, *, material: bool, hours: int, now: datetime
) -> datetime | None:
    """When quoting closes. A material change leaves the buyer's own minimum of `hours` from now, or moves the deadline.

    Raises Invalid for a deadline that would move earlier, QuotingTimeTooShort saying until when to extend.
    """
    closes, was = after.quotes_close_at, before.quotes_close_at
    faults = []
    if closes is None or was is None or closes < was:
        faults.append(Fault("/quotes_close_at", "Choose an instant later than the present deadline."))
    asking, asked = after.questions_close_at, before.questions_close_at
    if asking != asked and (asking is None or asking <= now or asking < (asked or was or now)):
        faults.append(Fault("/questions_close_at", "Choose an instant later than now and than the present one."))
    if faults or closes is None:
        raise Invalid("A deadline moves only later.", faults=faults)
    least = now + timedelta(hours=hours)
    if not material or closes >= least:
        return closes
    if amendment.extend_if_needed:
        return _up(least, MINUTE)
    until = _up(least, HOUR).isoformat().replace("+00:00", "Z")
    raise QuotingTimeTooShort(
        f"Suppliers get {hours} hours for a change that bears on prices. Extend to {until}, or send extend_if_needed.",
        faults=[Fault("/quotes_close_at", f"{until} or later.")],
    )


def _up(instant: datetime, to: timedelta) -> datetime:
    """`instant` rounded up to a whole minute or hour: nobody writes a deadline with microseconds."""
    over = timedelta(minutes=instant.minute, seconds=instant.second, microseconds=instant.microsecond) % to
    return instant if not over else instant - over + to


def check(after: Rfq, amendment: Amendment, *, now: datetime) -> None:
    """The RFQ is still one that could be published. Raises Invalid, Incomplete, with pointers into the addendum."""
    try:
        rfq_rules.check_draft(after.draft)
    except Invalid as refusal:
        raise Invalid(refusal.detail, faults=_placed(refusal.faults, after, amendment)) from refusal
    faults = _placed(tuple(rfq_rules.gaps(after, now)), after, amendment)
    if faults:
        raise Incomplete("With these changes the RFQ could not be published.", faults=faults)


def _placed(faults: Sequence[Fault], after: Rfq, amendment: Amendment) -> list[Fault]:
    """Faults of the whole RFQ, each at what the addendum says of the line."""
    places = {line.line_no: place for place, line in enumerate(amendment.set_lines)}
    return [fault._replace(pointer=_pointer(fault.pointer, after, places)) for fault in faults]


def _pointer(pointer: str, after: Rfq, places: dict[int, int]) -> str:
    _, *steps = pointer.split("/")
    if steps[:1] != ["lines"]:
        return pointer
    if len(steps) == 1:
        return "/remove_lines" if not after.lines else "/set_lines"
    place = places.get(after.lines[int(steps[1])].line_no)
    # A line that the addendum does not name lacks only what was detached from it.
    return "/detach_documents" if place is None else "/".join(("", "set_lines", str(place), *steps[2:]))
