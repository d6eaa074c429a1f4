"""Carrying a quote over to a later round, or to the RFQ that was issued again. Pure."""

from collections.abc import Iterator
from uuid import UUID

from msgspec.structs import replace

from domain.errors import Fault, Invalid, NotFound
from domain.quotes.model import NotCopied, Quote, QuoteContent, QuoteLine
from domain.rfqs.model import Line, Rfq


def require_source(source: Quote, rfq: Rfq, supplier_id: UUID) -> None:
    """Raise NotFound for a quote that is not the supplier's own, Invalid for one on an RFQ that is not related."""
    if source.supplier_id != supplier_id:
        raise NotFound("quote")
    earlier = source.rfq_id == rfq.id and source.round < rfq.round
    if not earlier and (rfq.reissue_of is None or source.rfq_id != rfq.reissue_of):
        raise Invalid(
            "This quote cannot be copied here.",
            faults=[Fault("/copy_from", "Name your quote of an earlier round, or on the RFQ that this one re-issues.")],
        )


def copied(content: QuoteContent, old: Rfq, new: Rfq) -> tuple[QuoteContent, tuple[NotCopied, ...]]:
    """(`content` on `old` as far as it answers `new`, what was left out).

    A line goes with its number and part number. It prices the present revision; totals are to be stated anew.
    """
    lines, missing = [], []
    for answer in content.lines:
        was, now = old.line(answer.line_no), new.line(answer.line_no)
        if was is None or now is None:
            missing.append(NotCopied(answer.line_no, "line", "line_gone"))
        elif was.spec.part_number != now.spec.part_number:
            missing.append(NotCopied(answer.line_no, "line", "part_changed"))
        elif was.unit != now.unit:
            missing.append(NotCopied(answer.line_no, "line", "unit_changed"))
        else:
            missing += _missing(answer, now)
            lines.append(_copied(answer, now))
    return replace(content, lines=tuple(lines), stated_total=None), tuple(missing)


def _missing(answer: QuoteLine, asked: Line) -> Iterator[NotCopied]:
    known = {characteristic.no for characteristic in asked.spec.characteristics}
    if any(given.no not in known for given in answer.characteristics):
        yield NotCopied(answer.line_no, "characteristic", "characteristic_gone")
    if answer.alternates and not asked.spec.allow_alternates:
        yield NotCopied(answer.line_no, "alternates", "alternates_not_allowed")


def _copied(answer: QuoteLine, asked: Line) -> QuoteLine:
    known = {characteristic.no for characteristic in asked.spec.characteristics}
    return replace(
        answer,
        line_digest=asked.digest,
        stated_total=None,
        characteristics=tuple(given for given in answer.characteristics if given.no in known),
        alternates=answer.alternates if asked.spec.allow_alternates else (),
    )
