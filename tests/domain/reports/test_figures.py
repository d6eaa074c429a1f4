"""Adding up import substitution, doing it again from the feed, and sums that tell nobody's figures."""

import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.errors import Invalid
from domain.ids import new_id, show
from domain.reports import privacy
from domain.reports.feed import figures_from_feed
from domain.reports.model import Counted, Entry, Figures, ImportLine, Period
from domain.reports.rules import counted, figures, grouped, of_process, of_region, within

BUYER = new_id()
RFQ, OTHER, CHECK = (show("rfq", new_id()) for _ in range(3))
START = datetime(2026, 3, 1, 3, tzinfo=UTC)
NOTHING = Figures(
    potential_idr=Decimal(0), committed_idr=Decimal(0), realised_idr=Decimal(0), accepted_quantity=Decimal(0)
)
_parts = itertools.count()


def entries(*amounts: str, at: datetime = START, region: str | None = None) -> tuple[Entry, ...]:
    return tuple(
        Entry(at=at + timedelta(hours=number), quantity=Decimal(amount), region=region)
        for number, amount in enumerate(amounts, 1)
    )


def line(
    value: str = "1000",
    annual: str = "100",
    *,
    awarded: str = "",
    accepted: str = "",
    requested: str = "0",
    **more: Any,
) -> ImportLine:
    """A line of a part of its own; amounts of awards and inspections stand behind each other."""
    made = ImportLine(
        rfq_id=new_id(),
        buyer_id=BUYER,
        buyer_name="PT A",
        line_no=1,
        part_number=f"P-{next(_parts)}",
        hs_code="8503.00",
        unit="H87",
        process=None,
        idr_unit_value=Decimal(value),
        annual_quantity=Decimal(annual),
        published_at=START,
        requested=Decimal(requested),
        superseded=False,
        awarded=entries(*awarded.split()),
        accepted=entries(*accepted.split()),
    )
    return replace(made, **more)


def values(found: Figures) -> tuple[str, str, str, str]:
    return (
        str(found.potential_idr),
        str(found.committed_idr),
        str(found.realised_idr),
        str(found.accepted_quantity),
    )


SAME = {"part_number": "P-X"}


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
        ([line("99999999999999.9999", "999999999999", requested="999999999999") for _ in range(200)], None),
        # One annual quantity for all RFQs of a part in a year …
        ([line(requested="70", **SAME), line(requested="70", **SAME)], ("100000", "0", "0", "0")),
        ([line(accepted="70", **SAME), line(accepted="20 20", **SAME)], ("0", "0", "100000", "100")),
        ([line(requested="70", part_number=" p-x "), line(requested="70", **SAME)], ("100000", "0", "0", "0")),
        # … of the same buyer, unit and HS code, and in another year again.
        ([line(requested="70", unit="KGM", **SAME), line(requested="70", **SAME)], ("140000", "0", "0", "0")),
        ([line(requested="70", hs_code="850300", **SAME), line(requested="70", **SAME)], ("100000", "0", "0", "0")),
        ([line(requested="70", hs_code="8503.90", **SAME), line(requested="70", **SAME)], ("140000", "0", "0", "0")),
        ([line(requested="70", buyer_id=new_id(), **SAME), line(requested="70", **SAME)], ("140000", "0", "0", "0")),
        # 17:00 UTC is the next day, and here the next year, in Western Indonesian time.
        (
            [
                line(requested="70", published_at=datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), **SAME),
                line(requested="70", published_at=datetime(2026, 12, 31, 17, tzinfo=UTC), **SAME),
            ],
            ("140000", "0", "0", "0"),
        ),
        # What was issued again counts there, but for what was awarded here.
        (
            [line(requested="70", awarded="20", superseded=True), line(requested="50")],
            ("70000", "20000", "0", "0"),
        ),
        # What was taken back counts no more.
        ([line(accepted="30 20", taken_back=Decimal(25))], ("0", "0", "25000", "25")),
        ([line(accepted="30 20", taken_back=Decimal(60))], ("0", "0", "0", "0")),
        # An annual quantity that is stated lower later takes nothing back.
        ([line(requested="70", **SAME), line(annual="50", requested="70", published_at=START + timedelta(1), **SAME)],
         ("70000", "0", "0", "0")),
    ],
)  # fmt: skip
def test_each_need_counts_once(lines: list[ImportLine], expected: tuple[str, str, str, str] | None) -> None:
    found = figures(counted(lines))
    if expected is None:
        assert str(found.potential_idr) == str((999999999999 * 999999999999999999 * 200 + 5000) // 10000)
    else:
        assert values(found) == expected
        assert values(figures(counted(lines[::-1]))) == expected


def test_what_is_taken_back_comes_off_the_newest() -> None:
    old, new = datetime(2025, 6, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    accepted = (*entries("30", at=old), *entries("20", at=new))
    found = counted([replace(line(), accepted=accepted, taken_back=Decimal(25))])
    assert [(entry.at.year, str(entry.quantity)) for entry in found if entry.stage == "realised"] == [(2025, "25")]


def test_periods_are_days_in_western_indonesian_time_and_add_up() -> None:
    instants = [datetime(2026, 3, 31, 16, 59, 59, tzinfo=UTC), datetime(2026, 3, 31, 17, tzinfo=UTC)]
    made = replace(line(), accepted=tuple(Entry(at=at, quantity=Decimal(60)) for at in instants))
    found = counted([made])
    march, april = Period(last=date(2026, 3, 31)), Period(first=date(2026, 4, 1))
    assert [figures(within(found, period)).accepted_quantity for period in (march, april)] == [60, 40], (
        "one room for both"
    )
    both = Period(first=date(2026, 3, 31), last=date(2026, 4, 1))
    assert figures(within(found, both)).accepted_quantity == 100


def test_groups_are_sums_under_their_heading() -> None:
    lines = [line(requested="1", process="turning"), line(requested="2"), line(requested="4", process="turning")]
    found = grouped(counted(lines), of_process, lambda _: None)
    assert [(group.key, str(group.figures.potential_idr)) for group in found] == [("none", "2000"), ("turning", "5000")]


@pytest.mark.parametrize(
    ("code", "key"), [("35.14.11.2003", "35.14"), ("35.14", "35.14"), ("35", "35"), (None, "none")]
)
def test_a_region_is_a_regency(code: str | None, key: str) -> None:
    [entry] = [
        item for item in counted([replace(line(), awarded=entries("1", region=code))]) if item.stage == "committed"
    ]
    assert of_region(entry) == key


def event(number: int, type_: str, subject: str, **data: Any) -> dict[str, Any]:
    return {
        "id": f"evt_{number}",
        "type": type_,
        "subject_type": type_.split(".", maxsplit=1)[0],
        "subject_id": subject,
        "organisation_id": show("organisation", BUYER),
        "at": (START + timedelta(minutes=number)).isoformat(),
        "data": data,
    }


def published(number: int, rfq: str, intent: str = "firm", part: str = "P-1", **more: str) -> dict[str, Any]:
    baseline = {
        "line_no": 1, "quantity": "90", "unit": "H87", "idr_unit_value": "1000", "annual_quantity": "80",
        "part_number": part, "hs_code": "8503.00", **more,
    }  # fmt: skip
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
    event(11, "order.quantities_inspected", "ord_1", rfq_id=RFQ, lines=[{"line_no": 1, "accepted": "45"}]),
]


@pytest.mark.parametrize("feed", [FEED, FEED[::-1], FEED * 2], ids=["in order", "backwards", "twice"])
def test_the_feed_tells_the_same(feed: list[dict[str, Any]]) -> None:
    assert values(figures_from_feed(feed)) == ("80000", "70000", "45000", "45")


def test_the_feed_knows_what_was_issued_again_at_whatever_remove_and_what_was_taken_back() -> None:
    first, second, third = (show("rfq", new_id()) for _ in range(3))
    feed = [
        published(1, first, quantity="60"),
        event(2, "award.accepted", "awd_1", rfq_id=first, lines=[{"line_no": 1, "quantity": "10"}]),
        event(3, "rfq.created", second, reissue_of=first),
        event(4, "rfq.created", third, reissue_of=second),
    ]
    assert values(figures_from_feed(feed))[0] == "60000", "a draft changes nothing"
    feed += [published(5, third, quantity="50", part="P-1"), inspected(6, first, "8")]
    assert values(figures_from_feed(feed)) == ("60000", "10000", "8000", "8")
    feed += [event(7, "nonconformance.returned", "ncr_1", rfq_id=first, lines=[{"line_no": 1, "accepted": "-3"}])]
    assert values(figures_from_feed(feed)) == ("60000", "10000", "5000", "5")
    feed += [event(8, "rfq.cancelled", third, reason="demand_withdrawn")]
    assert values(figures_from_feed(feed))[0] == "10000", "the need went with the newest"


def test_an_empty_feed_tells_nothing() -> None:
    assert figures_from_feed([]) == NOTHING


def test_a_supplier_s_feed_has_no_baselines() -> None:
    seen = published(1, RFQ)
    del seen["data"]["baselines"]
    assert figures_from_feed([seen, inspected(2, RFQ, "40")]) == NOTHING


BUYERS = [UUID(int=number) for number in range(1, 8)]


def of(buyer: int, process: str, amount: str = "1", year: int = 2026) -> Counted:
    made = line(
        process=process, buyer_id=BUYERS[buyer], requested=amount, published_at=datetime(year, 6, 1, tzinfo=UTC)
    )
    return counted([made])[0]


@pytest.mark.parametrize(
    ("cells", "total", "groups"),
    [
        # (buyer, process, amount, year); groups in thousands of rupiah.
        ([(0, "a", "1", 2026), (1, "a", "1", 2026)], None, {}),
        ([(0, "a", "1", 2026), (1, "a", "2", 2026), (2, "a", "4", 2026)], "7", {"a": "7"}),
        # b has one buyer: it and a, the only other one, go together, or b would be the difference.
        ([(0, "a", "1", 2026), (1, "a", "1", 2026), (2, "a", "1", 2026), (3, "b", "9", 2026)], "12", {"other": "12"}),
        # Three small ones are enough for each other.
        (
            [*[(n, "a", "1", 2026) for n in range(3)], (3, "b", "2", 2026), (4, "c", "3", 2026), (5, "d", "4", 2026)],
            "12",
            {"a": "3", "other": "9"},
        ),
        # A year with too few buyers is in no longer period either.
        ([*[(n, "a", "1", 2025) for n in range(3)], (0, "a", "8", 2026)], "3", {"a": "3"}),
        # What is folded in one year is folded in both.
        (
            [*[(n, "a", "1", 2025) for n in range(3)], *[(n, "abc"[n], "1", 2026) for n in range(3)]],
            "6",
            {"a": "3", "other": "3"},
        ),
    ],
)
def test_sums_over_all_buyers_tell_no_single_one_s(
    cells: list[tuple[int, str, str, int]], total: str | None, groups: dict[str, str]
) -> None:
    found = [of(*cell) for cell in cells]
    whole = privacy.shown_total(found)
    assert whole.potential_idr == (None if total is None else Decimal(total) * 1000)
    assert (whole.committed_idr, whole.realised_idr, whole.accepted_quantity) == (None, None, None)
    shown = {group.key: group.figures.potential_idr for group in privacy.shown_groups(found, of_process)}
    assert shown == {key: Decimal(amount) * 1000 for key, amount in groups.items()}


def test_nothing_that_is_shown_has_fewer_than_three_buyers_behind_it() -> None:
    """All ways in which five buyers spread over three headings: neither a heading nor a difference tells one."""
    for spread in itertools.product(["a", "b", "c", "ab", "bc", ""], repeat=5):
        parts: dict[str, Any] = {}
        for buyer, headings in enumerate(spread):
            for heading in headings:
                parts.setdefault(heading, {})[BUYERS[buyer]] = (Decimal(1), Decimal(1))
        behind = {buyer for sums in parts.values() for buyer in sums}
        shown = privacy.folded(parts)
        assert all(len(sums) >= 3 for sums in shown.values()), spread
        told = sum(value[0] for sums in shown.values() for value in sums.values())
        everything = sum(value[0] for sums in parts.values() for value in sums.values())
        assert told == (everything if len(behind) >= 3 else 0), spread


@pytest.mark.parametrize(
    ("first", "last", "right"),
    [
        (None, None, True),
        (date(2026, 1, 1), None, True),
        (date(2025, 1, 1), date(2026, 12, 31), True),
        (date(2026, 1, 2), None, False),
        (None, date(2026, 12, 30), False),
    ],
)
def test_sums_over_all_buyers_are_of_whole_years(first: date | None, last: date | None, right: bool) -> None:
    if right:
        privacy.require_years(Period(first=first, last=last))
    else:
        with pytest.raises(Invalid):
            privacy.require_years(Period(first=first, last=last))
