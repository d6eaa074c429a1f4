"""What the content of a quote may say, and what it lacks before it can be submitted. Pure; faults have pointers.

No fault repeats a value that was sent: texts of errors reach logs and stored answers.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import msgspec

from domain import money, quantity
from domain.errors import Fault, Incomplete, Invalid, OutdatedLine
from domain.quotes.model import MAX_BREAKS, WIB, QuoteContent, QuoteLine
from domain.rfqs.model import Line, Rfq
from domain.vocabularies import is_code

HUNDRED = Decimal(100)


def with_digests(content: QuoteContent, rfq: Rfq) -> QuoteContent:
    """`content` with the present digest of the RFQ's line wherever the supplier named none: that is what it priced."""
    present = {line.line_no: line.digest for line in rfq.lines}
    return msgspec.structs.replace(
        content,
        lines=tuple(
            line
            if line.line_digest
            else msgspec.structs.replace(line, line_digest=present.get(line.line_no, line.line_digest))
            for line in content.lines
        ),
    )


def check(content: QuoteContent, rfq: Rfq) -> None:
    """What no quote may say, drafts included. Raises Invalid with a pointer to each place."""
    faults = [*_faults_of_head(content), *_faults_of_lines(content, rfq)]
    if faults:
        raise Invalid("The quote contains values that make no sense.", faults=faults)


def check_complete(content: QuoteContent, rfq: Rfq) -> None:
    """What only a draft may leave open. Raises OutdatedLine, then Incomplete, with a pointer to each place."""
    outdated = set(to_reconfirm(priced(content), rfq))
    if outdated:
        faults = [
            Fault(f"/lines/{place}/line_digest", f"Line {line.line_no} has changed since: read it and price it again.")
            for place, line in enumerate(content.lines)
            if line.line_no in outdated
        ]
        raise OutdatedLine("The quote prices a revision of a line that is no longer current.", faults=faults)
    _refuse_gaps([*_gaps(content, rfq), *_unanswered(content, rfq)])


def check_reconfirmed(content: QuoteContent, rfq: Rfq) -> None:
    """As `check_complete` of what `reconfirmed` made: a line that an addendum added may stay without an answer."""
    _refuse_gaps(list(_gaps(content, rfq)))


def _refuse_gaps(gaps: list[Fault]) -> None:
    if gaps:
        raise Incomplete("The quote cannot be submitted yet.", faults=gaps)


def priced(content: QuoteContent) -> dict[int, str]:
    """By line number, the digest that was priced. A declined line binds nobody."""
    return {line.line_no: line.line_digest for line in content.lines if line.answer == "priced"}


def to_reconfirm(digests: Mapping[int, str], rfq: Rfq) -> tuple[int, ...]:
    """Numbers of the lines priced at a revision that is no longer current, or that are gone; rising."""
    asked = {line.line_no: line for line in rfq.lines}
    return tuple(
        sorted(
            line_no
            for line_no, digest in digests.items()
            if line_no not in asked or not asked[line_no].is_current(digest)
        )
    )


def reconfirmed(content: QuoteContent, rfq: Rfq) -> QuoteContent:
    """The same answers for the RFQ as it is now: present digests, without lines and characteristics that are gone."""
    lines = []
    for line in content.lines:
        asked = rfq.line(line.line_no)
        if asked is not None:
            known = {characteristic.no for characteristic in asked.spec.characteristics}
            kept = tuple(answer for answer in line.characteristics if answer.no in known)
            lines.append(msgspec.structs.replace(line, line_digest=asked.digest, characteristics=kept))
    return msgspec.structs.replace(content, lines=tuple(lines))


LineState = Literal["current", "outdated", "removed", "declined", "not_quoted"]


def line_states(content: QuoteContent, rfq: Rfq) -> dict[int, LineState]:
    """By line number, how the content stands to the RFQ as it is now; lines that are gone at the end."""
    states: dict[int, LineState] = {line.line_no: "not_quoted" for line in rfq.lines}
    digests = priced(content)
    outdated = set(to_reconfirm(digests, rfq))
    for answer in content.lines:
        if answer.line_no not in states:
            states[answer.line_no] = "removed"
        elif answer.line_no not in digests:
            states[answer.line_no] = "declined"
        else:
            states[answer.line_no] = "outdated" if answer.line_no in outdated else "current"
    return states


def _unanswered(content: QuoteContent, rfq: Rfq) -> Iterator[Fault]:
    answered = {line.line_no for line in content.lines}
    for line in rfq.lines:
        if line.line_no not in answered:
            yield Fault("/lines", f"Line {line.line_no} is not answered: price it, or decline it with a reason.")


def _gaps(content: QuoteContent, rfq: Rfq) -> Iterator[Fault]:
    closes = rfq.quotes_close_at
    if closes is not None and content.valid_until <= closes.astimezone(WIB).date():
        yield Fault("/valid_until", "The quote stays valid beyond the day on which quoting closes.")
    asked = {line.line_no: line for line in rfq.lines}
    for place, answer in enumerate(content.lines):
        if answer.answer == "declined" and answer.decline_reason is None:
            yield Fault(f"/lines/{place}/decline_reason", "Say why the line is declined.")
        if answer.answer == "priced":
            yield from _gaps_of_price(answer, asked.get(answer.line_no), f"/lines/{place}/breaks")
    if not priced(content):
        yield Fault("/lines", "A quote prices at least one line. To decline all of it, decline the RFQ.")


def _gaps_of_price(answer: QuoteLine, asked: Line | None, at: str) -> Iterator[Fault]:
    if not answer.breaks:
        yield Fault(at, "A priced line has at least one price break.")
    elif asked is not None:
        # A supplier that states a minimum order quantity says openly that it has no price below it.
        reachable = max(asked.quantity, answer.minimum_order_quantity or asked.quantity)
        if answer.breaks[0].min_quantity > reachable:
            yield Fault(
                f"{at}/0/min_quantity",
                "There is no price for the quantity asked: start at or below it, or state a minimum order quantity.",
            )


def _faults_of_head(content: QuoteContent) -> Iterator[Fault]:
    if not money.is_currency(content.currency):
        yield Fault("/currency", "Not a currency of ISO 4217.")
    if content.incoterm is not None and not is_code("incoterms", content.incoterm):
        yield Fault("/incoterm", "Not a term of Incoterms 2020; GET /v1/meta/vocabularies/incoterms lists them.")


def _faults_of_lines(content: QuoteContent, rfq: Rfq) -> Iterator[Fault]:
    asked = {line.line_no: line for line in rfq.lines}
    seen: set[int] = set()
    for place, line in enumerate(content.lines):
        at = f"/lines/{place}"
        if line.line_no in seen:
            yield Fault(f"{at}/line_no", f"Line {line.line_no} is answered twice.")
        seen.add(line.line_no)
        if line.line_no not in asked:
            yield Fault(f"{at}/line_no", f"The RFQ has no line {line.line_no}.")
        else:
            yield from _faults_of_line(line, asked[line.line_no], at)


def _faults_of_line(line: QuoteLine, asked: Line, at: str) -> Iterator[Fault]:
    yield from _faults_of_answer(line, at)
    yield from _faults_of_breaks(line, asked.unit, at)
    for name in ("minimum_order_quantity", "capacity_per_month"):
        value = getattr(line, name)
        if value is not None and (wrong := quantity.fault(value, asked.unit)):
            yield Fault(f"{at}/{name}", wrong)
    if line.tooling is not None and (wrong := money.price_fault(line.tooling.cost)):
        yield Fault(f"{at}/tooling/cost", wrong)
    yield from _faults_of_breakdown(line, at)
    yield from _faults_of_local_content(line, at)
    for place, process in enumerate(line.outside_processes):
        if not is_code("processes", process):
            yield Fault(f"{at}/outside_processes/{place}", "Not in GET /v1/meta/vocabularies/processes.")
    known = {characteristic.no for characteristic in asked.spec.characteristics}
    seen: set[int] = set()
    for place, answer in enumerate(line.characteristics):
        where = f"{at}/characteristics/{place}"
        if answer.no not in known:
            yield Fault(f"{where}/no", f"Line {line.line_no} has no characteristic {answer.no}.")
        if answer.no in seen:
            yield Fault(f"{where}/no", f"Characteristic {answer.no} is answered twice.")
        seen.add(answer.no)
        if answer.answer == "deviate" and answer.note is None:
            yield Fault(f"{where}/note", "Say what will be delivered instead.")


def _faults_of_answer(line: QuoteLine, at: str) -> Iterator[Fault]:
    if line.answer == "declined":
        if line.breaks:
            yield Fault(f"{at}/breaks", "A declined line has no prices.")
        if line.decline_reason is not None and not is_code("no_quote_reasons", line.decline_reason):
            yield Fault(f"{at}/decline_reason", "GET /v1/meta/vocabularies/no_quote_reasons lists the codes.")
    elif line.decline_reason is not None:
        yield Fault(f"{at}/decline_reason", "A priced line has no reason to be declined.")


def _faults_of_breaks(line: QuoteLine, unit: str, at: str) -> Iterator[Fault]:
    if len(line.breaks) > MAX_BREAKS:
        yield Fault(f"{at}/breaks", f"A line has {MAX_BREAKS} price breaks at most.")
    for place, step in enumerate(line.breaks):
        if wrong := quantity.fault(step.min_quantity, unit):
            yield Fault(f"{at}/breaks/{place}/min_quantity", wrong)
        if wrong := money.price_fault(step.unit_price):
            yield Fault(f"{at}/breaks/{place}/unit_price", wrong)
    if any(first.min_quantity >= second.min_quantity for first, second in pairwise(line.breaks)):
        yield Fault(f"{at}/breaks", "The minimum quantities of price breaks rise from one to the next.")


def _faults_of_breakdown(line: QuoteLine, at: str) -> Iterator[Fault]:
    parts = line.cost_breakdown
    if parts is None:
        return
    values = {name: getattr(parts, name) for name in parts.__struct_fields__}
    wrong = {name: fault for name, value in values.items() if (fault := money.price_fault(value))}
    for name, fault in wrong.items():
        yield Fault(f"{at}/cost_breakdown/{name}", fault)
    if not line.breaks:
        yield Fault(f"{at}/cost_breakdown", "It breaks down the price of the first break, and there is none.")
    elif not wrong and sum(values.values()) != line.breaks[0].unit_price:
        yield Fault(f"{at}/cost_breakdown", "The parts do not add up to the unit price of the first break.")


def _faults_of_local_content(line: QuoteLine, at: str) -> Iterator[Fault]:
    local = line.local_content
    if local is None:
        return
    if local.percent is not None and not 0 <= local.percent <= HUNDRED:
        yield Fault(f"{at}/local_content/percent", "Local content lies between 0 and 100 per cent.")
    if local.basis == "none":
        if local.percent is not None or local.certificate_no is not None:
            yield Fault(
                f"{at}/local_content/basis", "A percentage or a certificate rests on something: name the basis."
            )
        return
    if local.percent is None:
        yield Fault(f"{at}/local_content/percent", "State the percentage that this basis gives.")
    if local.basis == "certificate" and local.certificate_no is None:
        yield Fault(f"{at}/local_content/certificate_no", "State the number of the certificate.")
