"""Scorecards by hand: each figure from a few events, written as the feed shows them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from domain.ids import show
from domain.scorecards import rules
from domain.scorecards.formulas import BY_CODE, CATALOGUE, TYPES
from domain.scorecards.model import Fact, Figure, ScoredSide, Window
from domain.scorecards.rules import Reader, Value, median, trend, wilson

SUPPLIER, BUYER = UUID(int=1), UUID(int=2)
SUP, BUY = show("organisation", SUPPLIER), show("organisation", BUYER)
NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
NUMBERS = count(1)
D = Decimal


def event(name: str, subject: str, at: datetime | str, by: str | None = SUP, **data: Any) -> dict[str, Any]:
    """An event of the feed; `at` may be a day, at noon UTC."""
    number = next(NUMBERS)
    when = at if isinstance(at, datetime) else datetime.fromisoformat(at if "T" in at else f"{at}T12:00:00+00:00")
    return {
        "id": show("event", UUID(int=number)),
        "type": name,
        "subject_type": name.split(".", maxsplit=1)[0],
        "subject_id": subject,
        "subject_version": number,
        "to_state": data.pop("to_state", None),
        "organisation_id": by,
        "at": when.isoformat().replace("+00:00", "Z"),
        "data": data,
    }


def order(
    number: int, at: str = "2026-10-01", *, due: str | None = None, quantity: str = "100", unit: str = "H87"
) -> Any:
    """An order with one line."""
    lines = [{"line_no": 1, "quantity": quantity, "unit": unit, "due_on": due}]
    subject = show("order", UUID(int=number))
    return event("order.issued", subject, at, buyer_id=BUY, supplier_id=SUP, lines=lines)


def acknowledged(issued: Any, day: str, at: str = "2026-10-02") -> Any:
    """The supplier promises line 1 for that day."""
    lines = [{"line_no": 1, "answer": "accepted", "promised_on": day, "reason": None}]
    return event("order.acknowledged", issued["subject_id"], at, lines=lines)


def received(issued: Any, quantity: str, at: str) -> Any:
    """A receipt of line 1, recorded as it happened."""
    lines = [{"line_no": 1, "lot": "L", "received": quantity, "short": "0", "damaged": "0"}]
    when = event("", "", at)["at"]
    return event(
        "receipt.recorded",
        f"rcv_{next(NUMBERS):032x}",
        at,
        BUY,
        order_id=issued["subject_id"],
        received_at=when,
        lines=lines,
    )


def judged(
    issued: Any, accepted: str, rejected: str, at: str, *, lot: str = "L", kind: str = "inspection.recorded"
) -> Any:
    """What was found in a lot of line 1."""
    lines = [{"line_no": 1, "lot": lot, "accepted": accepted, "rejected": rejected}]
    return event(kind, f"ins_{next(NUMBERS):032x}", at, BUY, order_id=issued["subject_id"], lines=lines)


def figure(events: list[Any], code: str, window: Window = "365d", side: ScoredSide = "supplier", **more: Any) -> Figure:
    """One figure at NOW."""
    organisation = SUPPLIER if side == "supplier" else BUYER
    card = rules.compute(events, organisation, side=side, window=window, as_of=more.pop("as_of", NOW), **more)
    return next(item for item in card.figures if item.formula.code == code)


def lines_due(late: int, punctual: int, day: str = "2026-10-20") -> list[Any]:
    """Orders of which so many came a day late, so many in time."""
    found = []
    for number in range(late + punctual):
        issued = order(next(NUMBERS) * 1000 + number, due=day)
        found += [issued, received(issued, "100", f"{day[:8]}{int(day[8:]) + (number < late)}T12:00:00+00:00")]
    return found


def test_wilson_by_hand() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
    low, high = wilson(D(81), D(263))
    assert (round(low, 4), round(high, 4)) == (D("0.2553"), D("0.3662"))
    low, high = wilson(D(0), D(20))
    assert (low, round(high, 4)) == (D(0), D("0.1611"))
    low, high = wilson(D(1), D(29))
    assert (round(low, 4), round(high, 4)) == (D("0.0061"), D("0.1718"))


def test_the_median_is_one_of_the_values() -> None:
    assert median([D(3), D(1), D(2)]) == 2
    assert median([D(4), D(1), D(3), D(2)]) == 2
    assert median([D(7)]) == 7


def test_three_of_five_in_time() -> None:
    found = figure(lines_due(2, 3), "on_time_in_full")
    # 0.6; Wilson for 3 of 5: (0.6 + 0.38415) / 1.76829 ± 1.95996 √(0.048 + 0.03841) / 1.76829... = 0.2307 to 0.8824.
    assert (found.value, found.low, found.high, found.n) == (D("0.6000"), D("0.2307"), D("0.8824"), 5)
    assert (found.pending, found.event_count) == (0, 8), "what came late is not what the figure is made of"


def test_under_five_there_is_no_figure() -> None:
    found = figure(lines_due(0, 4), "on_time_in_full")
    assert (found.status, found.value, found.low, found.n) == ("insufficient_data", None, None, 4)


@pytest.mark.parametrize(
    ("arrives", "part"),
    [
        ("2026-10-20T16:59:59+00:00", 1),  # 23:59:59 in Western Indonesian time
        ("2026-10-20T17:00:00+00:00", 0),
    ],
)
def test_a_day_ends_at_midnight_in_western_indonesia(arrives: str, part: int) -> None:
    issued = order(7, due="2026-10-20")
    [fact] = facts([issued, received(issued, "100", arrives)])
    assert (int(fact.part), fact.mark) == (part, None if part else "late")
    assert part or fact.at == datetime(2026, 10, 20, 17, tzinfo=UTC)


def facts(events: list[Any], formula: str = "on_time_in_full", as_of: datetime = NOW) -> list[Fact]:
    """Facts of one formula."""
    known, _ = rules.judged(events, SUPPLIER, "supplier", as_of)
    return [item.fact for item in known if item.fact.formula == formula]


def test_what_is_not_whole_is_late() -> None:
    issued = order(7, due="2026-10-20")
    [fact] = facts([issued, received(issued, "60", "2026-10-10"), received(issued, "39", "2026-10-11")])
    assert (int(fact.part), fact.mark) == (0, "late")
    [fact] = facts([issued, received(issued, "60", "2026-10-10"), received(issued, "40", "2026-10-11")])
    assert (int(fact.part), fact.at) == (1, datetime(2026, 10, 11, 12, tzinfo=UTC))
    assert len(fact.events) == 3


def test_the_day_both_agreed_on_counts() -> None:
    undated = order(7)
    promised = acknowledged(undated, "2026-10-20")
    [fact] = facts([undated, promised, received(undated, "100", "2026-10-20")])
    assert (int(fact.part), promised["id"] in fact.events) == (1, True)
    issued = order(8, due="2026-10-05")
    later = acknowledged(issued, "2026-10-20")
    [fact] = facts([issued, later, received(issued, "100", "2026-10-20")])
    assert (int(fact.part), fact.mark) == (0, "late"), "a promise does not move the day that was asked for"
    lines = [{"line_no": 1, "ordered": "120", "due_on": "2026-11-02", "promised_on": "2026-10-20"}]
    moved = event("order.changed", issued["subject_id"], "2026-10-04", lines=lines)
    came = received(issued, "120", "2026-11-01")
    [fact] = facts([issued, later, moved, came])
    assert (int(fact.part), moved["id"] in fact.events) == (1, True)
    afterwards = {**moved, "at": "2026-10-06T12:00:00Z"}
    [fact] = facts([issued, later, afterwards, came])
    assert (int(fact.part), fact.mark) == (0, "late"), "what is agreed after the day does not make it punctual"


def scheduled(
    issued: Any, number: int, quantity: str, day: str, at: str = "2026-10-01", kind: str = "called_off"
) -> Any:
    """One step of a schedule line of line 1."""
    state = {"forecast": "forecast", "cancelled": "cancelled"}.get(kind, "firm")
    return event(
        f"schedule_line.{kind}",
        f"sch_{number:032x}",
        at,
        BUY,
        to_state=state,
        order_id=issued["subject_id"],
        line_no=1,
        due_on=day,
        quantity=quantity,
    )


def test_each_line_of_a_schedule_is_due_by_itself() -> None:
    issued = order(7, due="2026-10-30", quantity="100")
    lines = [
        scheduled(issued, 1, "30", "2026-10-10"),
        scheduled(issued, 2, "30", "2026-10-20"),
        scheduled(issued, 3, "40", "2026-10-30", kind="forecast"),
    ]
    events = [issued, *lines, received(issued, "40", "2026-10-09"), received(issued, "20", "2026-10-21")]
    found = {fact.subject[-1]: fact for fact in facts(events)}
    assert {name: (int(fact.part), fact.mark) for name, fact in found.items()} == {"1": (1, None), "2": (0, "late")}
    assert found["2"].quantity == 20, "ten of it had come with the first"
    assert found["1"].order_id == issued["subject_id"], "a forecast is not due"
    released = scheduled(issued, 3, "40", "2026-10-30", at="2026-10-15", kind="released")
    [third] = [
        fact for fact in facts([*events, released, received(issued, "40", "2026-10-29")]) if fact.subject[-1] == "3"
    ]
    assert int(third.part) == 1
    moved = scheduled(issued, 2, "30", "2026-10-25", at="2026-10-19", kind="moved")
    assert all(fact.part == 1 for fact in facts([*events, moved]))
    too_late = scheduled(issued, 2, "30", "2026-10-25", at="2026-10-21", kind="moved")
    assert [int(fact.part) for fact in facts([*events, too_late])] == [1, 0]
    gone = scheduled(issued, 2, "30", "2026-10-20", at="2026-10-19", kind="cancelled")
    assert [fact.subject[-1] for fact in facts([*events, gone])] == ["1"]
    held = event("order.held", issued["subject_id"], "2026-10-11")
    assert [fact.subject[-1] for fact in facts([*events, held])] == ["1", "2"], "the second came whole while on hold"


def test_days_end_in_the_zone_of_the_buyer() -> None:
    issued = order(7, due="2026-10-20")
    came = received(issued, "100", "2026-10-20T15:30:00+00:00")  # 22:30 in Jakarta, half past midnight in Jayapura
    assert [int(fact.part) for fact in facts([issued, came])] == [1]
    issued["data"]["zone"] = "WIT"
    assert [int(fact.part) for fact in facts([issued, came])] == [0]


def test_a_line_without_a_day_or_not_yet_due_is_no_fact() -> None:
    undated = order(7)
    assert facts([undated, received(undated, "100", "2026-10-10")]) == []
    issued = order(8, due="2026-11-24")
    assert facts([issued]) == []
    assert len(facts([issued], as_of=NOW + timedelta(days=1))) == 1


def test_an_order_that_ended_before_its_day_is_no_fact() -> None:
    issued = order(7, due="2026-10-20")
    for name in ("order.cancelled", "order.rejected"):
        ended = event(name, issued["subject_id"], "2026-10-19", lines=[])
        assert facts([issued, ended]) == [], name
        assert len(facts([issued, {**ended, "at": "2026-10-21T12:00:00Z"}])) == 1, "it was late before it ended"
    closed = event(
        "order.short_closed",
        issued["subject_id"],
        "2026-10-15",
        lines=[{"line_no": 1, "ordered": "60", "despatched": "60", "received": "60"}],
    )
    [fact] = facts([issued, received(issued, "60", "2026-10-14"), closed])
    assert fact.part == 1, "it owed sixty only"


def test_days_on_hold_move_the_day() -> None:
    issued = order(7, due="2026-10-20")
    held = event("order.held", issued["subject_id"], "2026-10-10")
    assert facts([issued, held]) == [], "it is on hold still"
    resumed = event("order.resumed", issued["subject_id"], "2026-10-15")
    [fact] = facts([issued, held, resumed, received(issued, "100", "2026-10-25")])
    assert fact.part == 1
    [fact] = facts([issued, held, resumed, received(issued, "100", "2026-10-26")])
    assert (int(fact.part), fact.at) == (0, datetime(2026, 10, 25, 17, tzinfo=UTC))


def test_parts_per_million_net_of_corrections() -> None:
    issued = order(7)
    events = [
        issued,
        judged(issued, "90", "10", "2026-10-10", lot="A"),
        judged(issued, "4", "-4", "2026-10-12", lot="A", kind="inspection.corrected"),
        judged(issued, "50", "0", "2026-10-11", lot="B"),
        judged(issued, "56", "0", "2026-10-11", lot="C"),
    ]
    found = figure(events, "rejected_ppm")
    # 6 of 206 pieces: 29,126.2 per million; Wilson for 6 of 206: 13,416 to 62,077.
    assert (found.value, found.low, found.high, found.n) == (D(29126), D(13416), D(62077), 3)
    lots = figure(
        [*events, judged(issued, "1", "0", "2026-10-11", lot="D"), judged(issued, "1", "0", "2026-10-11", lot="E")],
        "lots_accepted",
    )
    assert (lots.value, lots.n) == (D("0.8000"), 5)
    kilograms = order(8, unit="KGM")
    weighed = [judged(kilograms, "90.5", "0.5", "2026-10-10", lot=lot) for lot in "ABC"]
    assert figure([kilograms, *weighed], "rejected_ppm").n == 0, "kilograms are no parts"
    assert figure([kilograms, *weighed], "lots_accepted").n == 3


def test_times() -> None:
    events: list[Any] = []
    for number, hours in enumerate((12, 36, 240)):
        issued = order(100 + number, "2026-10-01")
        at = datetime(2026, 10, 1, 12, tzinfo=UTC) + timedelta(hours=hours)
        events += [issued, event("order.answered_with_changes", issued["subject_id"], at)]
        events.append(event("order.acknowledged", issued["subject_id"], at + timedelta(days=9), lines=[]))
        claim = f"ncr_{number:032x}"
        events += [
            event("nonconformance.opened", claim, "2026-10-05", BUY, order_id=issued["subject_id"]),
            event("nonconformance.corrected", claim, at + timedelta(days=4, hours=12), order_id=issued["subject_id"]),
        ]
    assert figure(events, "acknowledgement_days").value == D("1.50"), "to the first answer"
    assert figure(events, "corrective_action_days").value == D("2.00")


def test_a_mark_counts_after_ten_days() -> None:
    issued = order(7, due="2026-10-20")
    events = [*lines_due(0, 5), issued]
    ends = datetime(2026, 10, 20, 17, tzinfo=UTC) + timedelta(days=10)
    before = figure(events, "on_time_in_full", as_of=ends - timedelta(microseconds=1))
    assert (before.n, before.pending, before.value) == (5, 1, D("1.0000"))
    after = figure(events, "on_time_in_full", as_of=ends)
    assert (after.n, after.pending, after.value) == (6, 0, D("0.8333"))


def said(events: list[Any], state: str, at: str) -> Any:
    """What was said of the one late line among the events."""
    [late] = [fact for fact in facts(events) if fact.mark]
    return event(f"mark.{state}", show("mark", rules.mark_id(SUP, late)), at, to_state=state)


@pytest.mark.parametrize(
    ("replies", "as_of", "counts", "contested"),
    [
        ([("accepted", "2026-10-21")], "2026-10-22", True, 0),
        ([("contested", "2026-10-21")], "2026-10-22", False, 1),
        ([("contested", "2026-10-21")], "2026-11-19", False, 1),
        ([("contested", "2026-10-21")], "2026-11-20", True, 0),  # thirty days later nobody has decided
        ([("contested", "2026-10-21"), ("upheld", "2026-10-22")], "2026-10-23", True, 0),
        ([("contested", "2026-10-21"), ("withdrawn", "2026-10-22")], "2026-12-23", False, 0),
    ],
)
def test_what_is_said_of_a_mark(replies: list[tuple[str, str]], as_of: str, counts: bool, contested: int) -> None:
    issued = order(7, due="2026-10-20")
    events = [*lines_due(0, 5), issued]
    events += [said([issued], state, at) for state, at in replies]
    found = figure(events, "on_time_in_full", as_of=datetime.fromisoformat(f"{as_of}T13:00:00+00:00"))
    assert (found.n, found.contested, found.pending) == (6 if counts else 5, contested, 0)


def test_trend_and_quarters() -> None:
    before, now = lines_due(4, 2, "2026-06-10"), lines_due(0, 20, "2026-10-20")
    found = figure([*before, *now], "on_time_in_full", "90d")
    assert (found.value, found.previous, found.trend) == (D("1.0000"), D("0.3333"), "better")
    found = figure([*before, *now], "on_time_in_full", "180d")
    assert (found.value, found.previous, found.trend) == (D("0.8462"), None, "insufficient_data")
    quarters = figure([*before, *now], "on_time_in_full").quarters
    assert [(item.name, item.value) for item in quarters] == [
        ("2026-Q1", None),
        ("2026-Q2", D("0.3333")),
        ("2026-Q3", None),
        ("2026-Q4", D("1.0000")),
    ]
    punctual, hours = BY_CODE["on_time_in_full"], BY_CODE["answer_hours"]
    past = Value(D("0.8"), D("0.6"), D("0.9"))
    assert trend(punctual, Value(D("0.85"), None, None), past) == "steady", "within the former interval"
    assert trend(punctual, Value(D("0.5"), None, None), past) == "worse"
    assert trend(hours, Value(D(5), None, None), Value(D(4), None, None)) == "worse"
    assert trend(hours, Value(D(3), None, None), Value(D(4), None, None)) == "better"


def test_buyers() -> None:
    events: list[Any] = []
    for number, (end, took) in enumerate(
        (("awarded", 2), ("partially_awarded", 4), ("not_awarded", 30), ("cancelled", 1), ("awarded", 3))
    ):
        rfq = f"rfq_{number:032x}"
        question = f"qst_{number:032x}"
        asked = datetime(2026, 10, 1, tzinfo=UTC)
        events += [
            event("rfq.published", rfq, "2026-09-01", BUY, intent="firm", visibility="open"),
            event("question.asked", question, asked, SUP, rfq_id=rfq),
            event("question.answered", question, asked + timedelta(hours=took), BUY, rfq_id=rfq),
            event(f"rfq.{end}", rfq, "2026-10-03", BUY),
        ]
    rival = "rfq_" + "f" * 32
    events += [
        event("rfq.published", rival, "2026-09-01", SUP, intent="firm", visibility="open"),
        event("rfq.not_awarded", rival, "2026-10-03", SUP),
        event("rfq.published", "rfq_" + "e" * 32, "2026-09-01", BUY, intent="budgetary", visibility="open"),
        event("rfq.not_awarded", "rfq_" + "e" * 32, "2026-10-03", BUY),
        event("question.asked", "qst_" + "f" * 32, "2026-10-01", SUP, rfq_id=show("rfq", UUID(int=0))),
        event("question.declined", "qst_" + "f" * 32, "2026-11-01", None, rfq_id=show("rfq", UUID(int=0))),
    ]
    rate = figure(events, "award_rate", side="buyer")
    assert (rate.value, rate.n) == (D("0.6000"), 5), "its own firm ones"
    answers = figure(events, "answer_hours", side="buyer")
    assert (answers.value, answers.n) == (D("3.00"), 5), "what ended unanswered has no time"
    orders = [order(number) for number in (1, 2, 3)]
    change = {"order_id": orders[0]["subject_id"]}
    changes = [
        event("change_order.accepted", f"chg_{number:032x}", "2026-10-10", SUP, **change, side=side)
        for number, side in enumerate(("buyer", "buyer", "supplier"))
    ]
    found = figure([*orders, *changes], "changes_after_award", side="buyer")
    assert (found.value, found.n) == (D("0.67"), 3)


def test_invoices() -> None:
    issued = order(1)
    told = {"order_id": issued["subject_id"], "kind": "invoice"}
    events = [issued]
    for number, (days, late) in enumerate(((30, False), (45, True), (20, False), (None, False), (10, False))):
        invoice = f"inv_{number:032x}"
        events.append(event("invoice.submitted", invoice, "2026-10-01", SUP, **told))
        if days is not None:
            paid = {"paid_on": "2026-10-09", "days_to_pay": days, "late": late}
            events.append(event("invoice.paid", invoice, "2026-10-10", BUY, **told, **paid))
    events.append(event("invoice.disputed", "inv_" + "0" * 31 + "3", "2026-10-02", BUY, **told))
    events.append(event("invoice.disputed", "inv_" + "0" * 31 + "3", "2026-10-04", BUY, **told))  # disputed again
    events.append(event("invoice.submitted", "inv_" + "c" * 32, "2026-10-01", SUP, **told | {"kind": "credit"}))
    events.append(
        event(
            "invoice.submitted", "inv_" + "d" * 32, "2026-10-01", SUP, order_id=order(9)["subject_id"], kind="invoice"
        )
    )
    early = datetime(2026, 10, 15, tzinfo=UTC)
    pay = figure(events, "days_to_pay", side="buyer", as_of=early)
    assert (pay.value, pay.n, pay.pending) == (D("20.00"), 3, 1), "the late one is a mark of five days ago"
    pay = figure(events, "days_to_pay", side="buyer")
    assert (pay.value, pay.n, pay.pending) == (D("20.00"), 4, 0), "the second of 10, 20, 30, 45"
    disputes = figure(events, "disputes", side="buyer")
    assert (disputes.value, disputes.n) == (D("0.2000"), 5)


def test_invitations() -> None:
    events: list[Any] = []
    for number, answer in enumerate(("quote.submitted", "participation.declined", None, None)):
        rfq = f"rfq_{number:032x}"
        events.append(
            event("participation.invited", f"par_{number:032x}", "2026-09-01", BUY, rfq_id=rfq, supplier_id=SUP)
        )
        if answer:
            events.append(event(answer, f"quo_{number:032x}", "2026-09-03", rfq_id=rfq, supplier_id=SUP))
        end = "rfq.cancelled" if number == 3 else "rfq.closed"
        events.append(event(end, rfq, "2026-09-10", None))
    # Invited to the draft: told with the publication.
    events.append(event("rfq.published", "rfq_" + "a" * 32, "2026-09-01", BUY, intent="firm", visibility="invited"))
    events.append(event("rfq.closed", "rfq_" + "a" * 32, "2026-09-10", None))
    # Open to all and not invited.
    events.append(event("rfq.published", "rfq_" + "b" * 32, "2026-09-01", BUY, intent="firm", visibility="open"))
    events.append(event("rfq.closed", "rfq_" + "b" * 32, "2026-09-10", None))
    # Its own.
    events.append(event("rfq.published", "rfq_" + "c" * 32, "2026-09-01", SUP, intent="firm", visibility="invited"))
    events.append(event("rfq.closed", "rfq_" + "c" * 32, "2026-09-10", None))
    found = facts(events, "response")
    assert sorted((fact.subject[-1], int(fact.part), fact.mark) for fact in found) == [
        ("0", 1, None),
        ("1", 1, None),
        ("2", 0, "unanswered"),
        ("a", 0, "unanswered"),
    ]


def test_order_and_repetition_of_events_do_not_matter() -> None:
    issued = order(7, due="2026-10-20")
    events = [*lines_due(2, 6), issued, acknowledged(issued, "2026-10-25"), received(issued, "100", "2026-10-24")]
    straight = rules.compute(events, SUPPLIER, side="supplier", window="180d", as_of=NOW)
    assert rules.compute(reversed([*events, *events]), SUPPLIER, side="supplier", window="180d", as_of=NOW) == straight
    masked = {**events[0], "id": "evt_" + "f" * 32, "subject_id": None, "subject_version": None}
    assert rules.compute([*events, masked], SUPPLIER, side="supplier", window="180d", as_of=NOW) == straight


def test_what_happened_later_is_not_known_yet() -> None:
    events = lines_due(0, 5)
    assert figure(events, "on_time_in_full", as_of=datetime(2026, 10, 15, tzinfo=UTC)).n == 0
    old = figure(events, "on_time_in_full", as_of=NOW + timedelta(days=400))
    assert (old.n, old.status) == (0, "insufficient_data"), "out of the window"


def test_others_see_sums_of_three_besides_themselves() -> None:
    events = []
    for number in range(8):
        issued = order(200 + number, due="2026-10-20")
        issued["data"]["buyer_id"] = show("organisation", UUID(int=50 + number % 4))
        events += [issued, received(issued, "100", "2026-10-19")]
    outsider = figure(events[:12], "on_time_in_full", reader=Reader(own=False, organisation=BUY))
    assert (outsider.value, outsider.n, outsider.events) == (D("1.0000"), 6, ())
    party = show("organisation", UUID(int=50))
    partner = figure(events[:12], "on_time_in_full", reader=Reader(own=False, organisation=party))
    assert (partner.value, partner.n, partner.event_count) == (D("1.0000"), 6, 4), "three others"
    few = [item for number, item in enumerate(events) if number // 2 % 4 != 3]
    partner = figure(few, "on_time_in_full", reader=Reader(own=False, organisation=party))
    assert (partner.value, partner.n, partner.status) == (None, None, "insufficient_data"), "two others"
    assert partner.quarters == ()


def test_the_catalogue_names_events_that_exist() -> None:
    from domain.lifecycle import EVENTS

    assert set(TYPES) <= set(EVENTS)
    assert len({formula.code for formula in CATALOGUE}) == len(CATALOGUE)
    for formula in CATALOGUE:
        assert formula.minimum >= 3, "never a hundred per cent out of nothing"
