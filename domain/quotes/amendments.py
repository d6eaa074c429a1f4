"""An opened quote with what was agreed since. Pure. The opened content itself never changes: its receipt covers it."""

from collections.abc import Iterable

from msgspec.structs import replace

from domain.quotes.model import AmendedLine, Amendment, PriceBreak, QuoteContent, QuoteLine


def in_force(content: QuoteContent, amendments: Iterable[Amendment]) -> QuoteContent:
    """`content` after `amendments`, oldest first: what is compared, awarded and ordered."""
    for amendment in amendments:
        changed = {line.line_no: line for line in amendment.lines}
        content = replace(
            content,
            payment_days=content.payment_days if amendment.payment_days is None else amendment.payment_days,
            lines=tuple(
                _amended(line, changed[line.line_no]) if line.line_no in changed else line for line in content.lines
            ),
            stated_total=None if changed else content.stated_total,
        )
    return content


def _amended(line: QuoteLine, change: AmendedLine) -> QuoteLine:
    """The break at that quantity inserted or replaced; the others stand."""
    agreed = PriceBreak(min_quantity=change.quantity, unit_price=change.unit_price)
    others = [step for step in line.breaks if step.min_quantity != change.quantity]
    breaks = tuple(sorted((*others, agreed), key=lambda step: step.min_quantity))
    least = line.minimum_order_quantity
    return replace(
        line,
        breaks=breaks,
        # Who agrees on a price for less than its minimum takes an order of that much.
        minimum_order_quantity=None if least is None else min(least, change.quantity),
        lead_time_days=line.lead_time_days if change.lead_time_days is None else change.lead_time_days,
        # It broke down the price of the first break.
        cost_breakdown=line.cost_breakdown if breaks[0] == line.breaks[0] else None,
        stated_total=None,
    )
