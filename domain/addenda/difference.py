"""What two revisions of an RFQ differ in. Pure: two RFQs in, the difference out."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from domain.addenda.model import Change, Difference, DocumentChange, HiddenChange, LineChange
from domain.rfqs.model import Document, Line, Rfq

NO_LINE: Mapping[str, Any] = {}


def difference(before: Rfq, after: Rfq) -> Difference:
    """Terms, lines and documents; deadlines are told apart. What suppliers are not shown is left out."""
    return Difference(
        terms=_changes(_terms(before), _terms(after)),
        lines=tuple(
            change for line_no, old, new in _pairs(before, after) if (change := _line(line_no, old, new)) is not None
        ),
        documents=tuple(_documents(before.documents, after.documents)),
    )


def hidden(before: Rfq, after: Rfq) -> tuple[HiddenChange, ...]:
    """What only the buyer sees: baselines and target prices, before and after, where what suppliers see says less."""
    found = []
    for line_no, old, new in _pairs(before, after):
        members = tuple(
            change
            for change in _changes(_private(old), _private(new))
            if change not in _changes(_public(old), _public(new))
        )
        if members:
            found.append(HiddenChange(line_no=line_no, members=members))
    return tuple(found)


def _pairs(before: Rfq, after: Rfq) -> Iterable[tuple[int, Line | None, Line | None]]:
    old = {line.line_no: line for line in before.lines}
    new = {line.line_no: line for line in after.lines}
    return [(line_no, old.get(line_no), new.get(line_no)) for line_no in sorted(old.keys() | new.keys())]


def _line(line_no: int, old: Line | None, new: Line | None) -> LineChange | None:
    members = _changes(_public(old), _public(new))
    moved = old is None or new is None or old.digest != new.digest
    if not members and not moved:
        return None
    return LineChange(
        line_no=line_no,
        change="added" if old is None else "removed" if new is None else "changed",
        digest_before=None if old is None else old.digest,
        digest_after=None if new is None else new.digest,
        members=members,
    )


def _public(line: Line | None) -> Mapping[str, Any]:
    """Members of a line as suppliers are shown them, characteristics one by one."""
    if line is None:
        return NO_LINE
    spec = line.spec
    baseline = spec.baseline if spec.baseline is not None and spec.baseline.shown else None
    shown = msgspec.structs.replace(
        spec, baseline=baseline, target_price=spec.target_price if spec.target_price_shown else None
    )
    values: dict[str, Any] = msgspec.to_builtins(shown)
    characteristics = values.pop("characteristics")
    return {
        "quantity": format(line.quantity, "f"),
        "unit": line.unit,
        **values,
        **{f"characteristics/{item['no']}": item for item in characteristics},
    }


def _private(line: Line | None) -> Mapping[str, Any]:
    if line is None:
        return NO_LINE
    spec = line.spec
    return {"target_price": msgspec.to_builtins(spec.target_price), "baseline": msgspec.to_builtins(spec.baseline)}


def _terms(rfq: Rfq) -> Mapping[str, Any]:
    values: dict[str, Any] = msgspec.to_builtins(rfq.terms)
    return {"title": rfq.title, **values}


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Members that differ. None and an empty list say the same: nothing."""
    return tuple(
        Change(member=member, before=old.get(member), after=new.get(member))
        for member in dict.fromkeys((*old, *new))
        if old.get(member) != new.get(member) and not (_nothing(old.get(member)) and _nothing(new.get(member)))
    )


def _nothing(value: Any) -> bool:
    return value is None or value in ([], ())


def _documents(old: Iterable[Document], new: Iterable[Document]) -> Iterable[DocumentChange]:
    known, present = {item.id: item for item in old}, {item.id: item for item in new}
    for document in known.values():
        if document.id not in present:
            yield _document(document, "removed")
    for document in present.values():
        if document.id not in known:
            yield _document(document, "added")


def _document(document: Document, change: Any) -> DocumentChange:
    return DocumentChange(
        document_id=document.id,
        change=change,
        line_no=document.line_no,
        kind=document.kind,
        label=document.label,
        revision_label=document.revision_label,
        file_name=document.file_name,
        sha256=document.sha256,
        confidential=document.confidential,
    )
