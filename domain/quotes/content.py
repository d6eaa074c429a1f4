"""What the content of a quote may say, and what it lacks before it can be submitted. Pure; faults have pointers.

No fault repeats a value that was sent: texts of errors reach logs and stored answers.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import msgspec

from domain import money, quantity
from domain.errors import Fault, Incomplete, Invalid, OutdatedLine
from domain.quotes import totals
from domain.quotes.model import (
    MAX_ALTERNATES,
    MAX_BREAKS,
    WIB,
    Alternate,
    PriceBreak,
    QuoteContent,
    QuoteLine,
    TechnicalLine,
    TechnicalPart,
    TechnicalTooling,
)
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


def technical_part(content: QuoteContent) -> TechnicalPart:
    """What is read before prices where an RFQ has two envelopes, member by member: whatever is not copied stays sealed.

    Free notes stay with the prices, as they may name one; the note of a characteristic says what will be made.
    """
    return TechnicalPart(
        lines=tuple(
            TechnicalLine(
                line_no=line.line_no,
                answer=line.answer,
                decline_reason=line.decline_reason,
                lead_time_days=line.lead_time_days,
                capacity_per_month=line.capacity_per_month,
                tooling=None
                if line.tooling is None
                else TechnicalTooling(ownership=line.tooling.ownership, life_pieces=line.tooling.life_pieces),
                local_content=line.local_content,
                outside_processes=line.outside_processes,
                characteristics=line.characteristics,
            )
            for line in content.lines
        )
    )


def check(content: QuoteContent, rfq: Rfq) -> None:
    """What no quote may say, drafts included. Raises Invalid with a pointer to each place."""
    faults = [*_faults_of_head(content), *_faults_of_lines(content, rfq)]
    if not faults:
        faults = list(totals.too_large(content, rfq))
    if faults:
        raise Invalid("The quote contains values that make no sense.", faults=faults)


def check_complete(content: QuoteContent, rfq: Rfq) -> None:
    """What only a draft may leave open. Raises OutdatedLine, Incomplete, then Invalid, with a pointer to each place.

    Totals that the supplier states are checked here and not before: only a draft that exists shows what we compute.
    """
    outdated = set(to_reconfirm(priced(content), rfq))
    if outdated:
        faults = [
            Fault(f"/lines/{place}/line_digest", f"Line {line.line_no} has changed since: read it and price it again.")
            for place, line in enumerate(content.lines)
            if line.line_no in outdated
        ]
        raise OutdatedLine("The quote prices a revision of a line that is no longer current.", faults=faults)
    _refuse([*_gaps(content, rfq), *_unanswered(content, rfq)], content, rfq)


def check_reconfirmed(content: QuoteContent, rfq: Rfq) -> None:
    """As `check_complete` of what `reconfirmed` made: a line that an addendum added may stay without an answer."""
    _refuse(list(_gaps(content, rfq)), content, rfq)


def _refuse(gaps: list[Fault], content: QuoteContent, rfq: Rfq) -> None:
    if gaps:
        raise Incomplete("The quote cannot be submitted yet.", faults=gaps)
    misstated = list(totals.misstated(content, rfq))
    if misstated:
        raise Invalid("A total is not what the prices give.", faults=misstated)


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
    """The same answers for the RFQ as it is now: present digests, without what it no longer asks or admits.

    Totals that the supplier stated are left out where the quantities no longer give them: the prices are confirmed.
    """
    lines = []
    for line in content.lines:
        asked = rfq.line(line.line_no)
        if asked is not None:
            known = {characteristic.no for characteristic in asked.spec.characteristics}
            kept = tuple(answer for answer in line.characteristics if answer.no in known)
            alternates = line.alternates if asked.spec.allow_alternates else ()
            lines.append(
                msgspec.structs.replace(line, line_digest=asked.digest, characteristics=kept, alternates=alternates)
            )
    same = msgspec.structs.replace(content, lines=tuple(lines))
    if not list(totals.misstated(same, rfq)):
        return same
    unstated = tuple(msgspec.structs.replace(line, stated_total=None) for line in same.lines)
    return msgspec.structs.replace(same, stated_total=None, lines=unstated)


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
            for position, alternate in enumerate(answer.alternates):
                if not alternate.breaks:
                    yield Fault(f"/lines/{place}/alternates/{position}/breaks", "An alternate has a price of its own.")
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
    for name in ("minimum_order_value", "stated_total"):
        value = getattr(content, name)
        if value is not None and (wrong := money.price_fault(value)):
            yield Fault(f"/{name}", wrong)
    files = [attachment.file_id for attachment in content.attachments]
    if len(files) != len(set(files)):
        yield Fault("/attachments", "Each file is attached once.")


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
    yield from _faults_of_breaks(line.breaks, asked.unit, at)
    yield from _faults_of_alternates(line, asked, at)
    if line.stated_total is not None and (wrong := money.price_fault(line.stated_total)):
        yield Fault(f"{at}/stated_total", wrong)
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


def _faults_of_breaks(breaks: Sequence[PriceBreak], unit: str, at: str) -> Iterator[Fault]:
    if len(breaks) > MAX_BREAKS:
        yield Fault(f"{at}/breaks", f"A line has {MAX_BREAKS} price breaks at most.")
    for place, step in enumerate(breaks):
        if wrong := quantity.fault(step.min_quantity, unit):
            yield Fault(f"{at}/breaks/{place}/min_quantity", wrong)
        if wrong := money.price_fault(step.unit_price):
            yield Fault(f"{at}/breaks/{place}/unit_price", wrong)
    if any(first.min_quantity >= second.min_quantity for first, second in pairwise(breaks)):
        yield Fault(f"{at}/breaks", "The minimum quantities of price breaks rise from one to the next.")


def _faults_of_alternates(line: QuoteLine, asked: Line, at: str) -> Iterator[Fault]:
    if not line.alternates:
        return
    if not asked.spec.allow_alternates:
        yield Fault(f"{at}/alternates", "The buyer takes no alternates for this line.")
    if line.answer == "declined":
        yield Fault(f"{at}/alternates", "An alternate stands beside a price for what was asked.")
    if len(line.alternates) > MAX_ALTERNATES:
        yield Fault(f"{at}/alternates", f"A line has {MAX_ALTERNATES} alternates at most.")
    if len({alternate.no for alternate in line.alternates}) != len(line.alternates):
        yield Fault(f"{at}/alternates", "Each alternate has a number of its own.")
    for place, alternate in enumerate(line.alternates):
        yield from _faults_of_alternate(alternate, asked.unit, f"{at}/alternates/{place}")


def _faults_of_alternate(alternate: Alternate, unit: str, at: str) -> Iterator[Fault]:
    if alternate.material is None and alternate.description is None and not alternate.processes:
        yield Fault(at, "Say what differs: the material, the processes or something else, in words.")
    for place, process in enumerate(alternate.processes):
        if not is_code("processes", process):
            yield Fault(f"{at}/processes/{place}", "Not in GET /v1/meta/vocabularies/processes.")
    yield from _faults_of_breaks(alternate.breaks, unit, at)


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
