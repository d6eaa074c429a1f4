"""Adding up import substitution, and doing it again from the feed."""

from decimal import Decimal
from typing import Any

import pytest

from domain.ids import new_id, show
from domain.reports.model import Figures, ImportLine
from domain.reports.rules import figures, figures_from_feed, grouped

BUYER = new_id()
RFQ, OTHER, CHECK = (show("rfq", new_id()) for _ in range(3))
NOTHING = Figures(
    potential_idr=Decimal(0), committed_idr=Decimal(0), realised_idr=Decimal(0), accepted_quantity=Decimal(0)
)


def line(value: str = "1000", annual: str = "100", **amounts: str) -> ImportLine:
    wanted = {"requested": "0", "awarded": "0", "accepted": "0"} | amounts
    return ImportLine(
        rfq_id=new_id(),
        buyer_id=BUYER,
        buyer_name="PT A",
        line_no=1,
        part_number="P-1",
        process=wanted.pop("process", None),
        idr_unit_value=Decimal(value),
        annual_quantity=Decimal(annual),
        **{name: Decimal(amount) for name, amount in wanted.items()},
    )


def values(found: Figures) -> tuple[str, str, str, str]:
    return (
        str(found.potential_idr),
        str(found.committed_idr),
        str(found.realised_idr),
        str(found.accepted_quantity),
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], ("0", "0", "0", "0")),
        ([line(requested="40", awarded="30", accepted="20")], ("40000", "30000", "20000", "20")),
        # A line counts its baseline's annual quantity at most, at every stage by itself.
        ([line(requested="500", awarded="300", accepted="101")], ("100000", "100000", "100000", "100")),
        # Rounded once, at the end, half-even to whole rupiah.
        ([line("0.3", requested="1"), line("0.2", requested="1")], ("0", "0", "0", "0")),
        ([line("0.75", requested="1"), line("0.75", requested="1")], ("2", "0", "0", "0")),
        ([line("5548.29", accepted="80")], ("0", "0", "443863", "80")),
        # Beyond the usual 28 digits.
        ([line("99999999999999.9999", "999999999999", requested="999999999999")] * 200, None),
    ],
)
def test_each_line_counts_what_it_replaces(lines: list[ImportLine], expected: tuple[str, str, str, str] | None) -> None:
    found = figures(lines)
    if expected is None:
        assert str(found.potential_idr) == str((999999999999 * 999999999999999999 * 200 + 5000) // 10000)
    else:
        assert values(found) == expected


def test_groups_are_sums_under_their_heading() -> None:
    lines = [line(requested="1", process="turning"), line(requested="2"), line(requested="4", process="turning")]
    found = grouped(lines, lambda item: (item.process or "none", item.process or "-"))
    assert [(group.key, str(group.figures.potential_idr)) for group in found] == [("none", "2000"), ("turning", "5000")]


def event(number: int, type_: str, subject: str, **data: Any) -> dict[str, Any]:
    return {
        "id": f"evt_{number}",
        "type": type_,
        "subject_id": subject,
        "organisation_id": show("organisation", BUYER),
        "data": data,
    }


def published(number: int, rfq: str, intent: str = "firm") -> dict[str, Any]:
    baseline = {"line_no": 1, "quantity": "90", "unit": "H87", "idr_unit_value": "1000", "annual_quantity": "80"}
    return event(number, "rfq.published", rfq, intent=intent, baselines=[baseline])


def inspected(number: int, rfq: str, accepted: str, type_: str = "inspection.recorded") -> dict[str, Any]:
    lines = [{"line_no": 1, "accepted": accepted, "rejected": "3"}, {"line_no": 2, "accepted": "9", "rejected": "0"}]
    return event(number, type_, "ins_1", rfq_id=rfq, lines=lines)


FEED = [
    published(1, RFQ),
    published(2, CHECK, intent="benchmark"),
    published(3, OTHER),
    event(4, "award.accepted", "awd_1", rfq_id=RFQ, lines=[{"line_no": 1, "quantity": "50"}]),
    event(5, "award.accepted", "awd_2", rfq_id=RFQ, lines=[{"line_no": 1, "quantity": "20"}]),
    event(6, "award.issued", "awd_3", rfq_id=RFQ, lines=[{"line_no": 1, "quantity": "20"}]),
    inspected(7, RFQ, "40"),
    inspected(8, RFQ, "5", "inspection.finished"),
    inspected(9, CHECK, "70"),
    event(10, "rfq.cancelled", OTHER, reason="demand_withdrawn"),
]


@pytest.mark.parametrize("feed", [FEED, FEED[::-1], FEED * 2], ids=["in order", "backwards", "twice"])
def test_the_feed_tells_the_same(feed: list[dict[str, Any]]) -> None:
    assert values(figures_from_feed(feed)) == ("80000", "70000", "45000", "45")


def test_an_empty_feed_tells_nothing() -> None:
    assert figures_from_feed([]) == NOTHING


def test_a_supplier_s_feed_has_no_baselines() -> None:
    seen = published(1, RFQ)
    del seen["data"]["baselines"]
    assert figures_from_feed([seen, inspected(2, RFQ, "40")]) == NOTHING
