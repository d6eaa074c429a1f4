"""What schedules, reports of workshops and their coverage look like on the wire."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal, Self

from msgspec import Meta

from api.call import View, etag_of
from api.routes.rfqs_in import LineNo
from api.wire import (
    Day,
    DecimalText,
    ETag,
    Id,
    In,
    Int64,
    Out,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    decimal_text,
    optional_decimal_text,
    utc,
)
from domain import calendar
from domain.ids import show
from domain.orders.model import ZERO, OrderLine
from domain.quantity import plain
from domain.schedules import coverage, model, rules
from domain.vocabularies import state_label

Zone = Literal["WIB", "WITA", "WIT"]
StockDays = Annotated[int, Meta(ge=0, le=3650, extra_json_schema={"format": "int64"})]


class ScheduleLineIn(In, kw_only=True):
    """So much of an order line on one day."""

    line_no: LineNo
    due_on: Day
    quantity: DecimalText
    certainty: Literal["firm", "forecast"] = "firm"


class SchedulePut(In):
    """Everything that is open: lines are known by order line and day, and one that is left out is cancelled."""

    lines: Annotated[list[ScheduleLineIn], Meta(max_length=1000)]

    def wanted(self) -> list[model.Wanted]:
        """As the domain takes it."""
        return [
            model.Wanted(
                line_no=line.line_no,
                due_on=line.due_on,
                quantity=plain(Decimal(line.quantity)),
                certainty=line.certainty,
            )
            for line in self.lines
        ]


class CommitIn(In):
    """The day that the supplier commits itself to."""

    committed_on: Day


class WorkIn(In, kw_only=True):
    """What of one order line is being made, and how many hours one unit takes."""

    line_no: LineNo
    in_progress: DecimalText = "0"
    hours_per_unit: DecimalText | None = None


class HeartbeatCreate(In, kw_only=True):
    """The workshop's weekly report on one order.

    `free_hours_per_week` are those that it has for this order, machines and people together; `raw_stock_days` says for how many
    working days raw material lasts.
    """

    free_hours_per_week: Annotated[
        str, Meta(pattern=r"^(0|[1-9][0-9]{0,5})(\.[0-9]{1,3})?\Z", max_length=10, examples=["36.5"])
    ]
    raw_stock_days: StockDays
    lines: Annotated[list[WorkIn], Meta(max_length=500)] = []
    note: Text2000 | None = None

    def draft(self) -> model.HeartbeatDraft:
        """As the domain takes it."""
        return model.HeartbeatDraft(
            free_hours_per_week=plain(Decimal(self.free_hours_per_week)),
            raw_stock_days=self.raw_stock_days,
            note=self.note,
            work=tuple(
                model.Work(
                    line_no=item.line_no,
                    in_progress=plain(Decimal(item.in_progress)),
                    hours_per_unit=None if item.hours_per_unit is None else plain(Decimal(item.hours_per_unit)),
                )
                for item in self.lines
            ),
        )


class ScheduleLine(Out):
    """So much of an order line until the end of one day, at `due_ends_at`.

    `despatched`, `received` and `accepted` are what of the order line's quantities falls to it, earliest due first;
    without what was lost or rejected. `at_risk_at` and `overdue_at`: when both parties were told.
    """

    id: Id
    line_no: LineNo
    due_on: Day
    due_ends_at: Timestamp
    quantity: DecimalText
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=5)]
    etag: ETag
    committed_on: Day | None
    despatched: DecimalText
    received: DecimalText
    accepted: DecimalText
    at_risk_at: Timestamp | None
    overdue_at: Timestamp | None

    @classmethod
    def of(cls, line: model.ScheduleLine, schedule: model.Schedule, view: View) -> Self:
        """As either party sees it."""
        ordered = next(item for item in schedule.order.lines if item.line_no == line.line_no)
        own = [item for item in schedule.lines if item.line_no == line.line_no]
        return cls.shared(line, rules.shares(ordered, own)[line.id], schedule, view)

    @classmethod
    def shared(cls, line: model.ScheduleLine, share: model.Share, schedule: model.Schedule, view: View) -> Self:
        """With what falls to it."""
        return cls(
            id=show("schedule_line", line.id),
            line_no=line.line_no,
            due_on=line.due_on,
            due_ends_at=utc(line.due_ends_at),
            quantity=decimal_text(line.quantity),
            state=line.state,
            state_label=state_label("schedule_line", line.state, view.language),
            allowed_actions=rules.available_of(line, schedule.order, view.actor),
            etag=etag_of(line.version),
            committed_on=line.committed_on,
            despatched=decimal_text(share.despatched),
            received=decimal_text(share.received),
            accepted=decimal_text(share.accepted),
            at_risk_at=None if line.at_risk_at is None else utc(line.at_risk_at),
            overdue_at=None if line.overdue_at is None else utc(line.overdue_at),
        )


class ScheduledLine(Out):
    """One order line: how much of it is scheduled and called off, and how much may be despatched now."""

    line_no: LineNo
    ordered: DecimalText
    scheduled: DecimalText
    called_off: DecimalText
    despatchable: DecimalText


class Schedule(Out):
    """When how much of an order is due. Days end at midnight in `zone`, where the buyer is.

    What is due before `frozen_until` changes by a change order alone; releasing a forecast is free. `etag` steps with each line.
    """

    order_id: Id
    etag: ETag
    zone: Zone
    frozen_days: Int64
    frozen_until: Day
    allowed_actions: Annotated[list[Text80], Meta(max_length=5)]
    order_lines: Annotated[list[ScheduledLine], Meta(max_length=500)]
    lines: Annotated[list[ScheduleLine], Meta(max_length=5000)]

    @classmethod
    def of(cls, schedule: model.Schedule, view: View) -> Self:
        """As either party sees it."""
        order = schedule.order
        known = model.by_line(schedule.lines)
        return cls(
            order_id=show("order", order.id),
            etag=etag_of(schedule.version),
            zone=_zone(schedule.zone),
            frozen_days=order.terms.frozen_days,
            frozen_until=rules.frozen_until(order, calendar.today(view.now, schedule.zone)),
            allowed_actions=rules.available(schedule, view.actor),
            order_lines=[_scheduled(line, known[line.line_no]) for line in order.lines],
            lines=[
                ScheduleLine.shared(item, share[item.id], schedule, view)
                for line in order.lines
                for own in [known[line.line_no]]
                for share in [rules.shares(line, own)]
                for item in model.of_line(own, line.line_no)
            ],
        )


def _scheduled(line: OrderLine, own: Sequence[model.ScheduleLine]) -> ScheduledLine:
    scheduled = sum((item.quantity for item in model.of_line(own, line.line_no)), ZERO)
    return ScheduledLine(
        line_no=line.line_no,
        ordered=decimal_text(line.ordered),
        scheduled=decimal_text(plain(scheduled)),
        called_off=decimal_text(plain(rules.called_off(own, line.line_no))),
        despatchable=decimal_text(rules.may_despatch(line, own)),
    )


def _zone(name: str) -> Zone:
    return "WIT" if name == "WIT" else "WITA" if name == "WITA" else "WIB"


class Work(Out):
    """What of one order line was being made."""

    line_no: LineNo
    in_progress: DecimalText
    hours_per_unit: DecimalText | None


class Heartbeat(Out):
    """What the workshop reported; it never changes, and the newest counts."""

    id: Id
    order_id: Id
    state: Text40
    state_label: Text80
    free_hours_per_week: DecimalText
    raw_stock_days: Int64
    note: Text2000 | None
    lines: Annotated[list[Work], Meta(max_length=500)]
    reported_by: Text200
    recorded_at: Timestamp

    @classmethod
    def of(cls, heartbeat: model.Heartbeat, view: View) -> Self:
        """As either party sees it."""
        return cls(
            id=show("heartbeat", heartbeat.id),
            order_id=show("order", heartbeat.order_id),
            state=heartbeat.state,
            state_label=state_label("heartbeat", heartbeat.state, view.language),
            free_hours_per_week=decimal_text(heartbeat.free_hours_per_week),
            raw_stock_days=heartbeat.raw_stock_days,
            note=heartbeat.note,
            lines=[
                Work(
                    line_no=item.line_no,
                    in_progress=decimal_text(item.in_progress),
                    hours_per_unit=optional_decimal_text(item.hours_per_unit),
                )
                for item in heartbeat.work
            ],
            reported_by=heartbeat.reported_by,
            recorded_at=utc(heartbeat.created_at),
        )


class CoverageLine(Out):
    """Whether one schedule line will be there.

    `projected` of its quantity is expected by the day it is due: what was sent, what is in progress, and what the free hours
    of the `working_days` left (today excluded) can make while raw material lasts; null where no fresh report says
    anything. `status`: `at_risk` when raw material has to come first or the supplier committed itself to a later day;
    `uncovered` when the hours do not suffice; `overdue` when the day has ended; `unknown` without a fresh report.
    """

    schedule_line_id: Id
    line_no: LineNo
    due_on: Day
    state: Text40
    quantity: DecimalText
    committed_on: Day | None
    despatched: DecimalText
    received: DecimalText
    accepted: DecimalText
    projected: DecimalText | None
    working_days: Int64
    status: coverage.Status


class Coverage(Out):
    """The projection of an order's schedule from the workshop's newest report.

    `stale`: there is none within eight days. `years_without_holidays` are years of which no public holidays are known: their
    working days are those that are no weekend.
    """

    order_id: Id
    zone: Zone
    stale: bool
    years_without_holidays: Annotated[list[Int64], Meta(max_length=20)]
    heartbeat: Heartbeat | None
    lines: Annotated[list[CoverageLine], Meta(max_length=5000)]

    @classmethod
    def of(cls, seen: coverage.Coverage, view: View) -> Self:
        """As either party sees it."""
        return cls(
            order_id=show("order", seen.order.id),
            zone=_zone(seen.zone),
            stale=seen.stale,
            years_without_holidays=list(seen.unknown_years),
            heartbeat=None if seen.heartbeat is None else Heartbeat.of(seen.heartbeat, view),
            lines=[
                CoverageLine(
                    schedule_line_id=show("schedule_line", item.line.id),
                    line_no=item.line.line_no,
                    due_on=item.line.due_on,
                    state=item.line.state,
                    quantity=decimal_text(item.line.quantity),
                    committed_on=item.line.committed_on,
                    despatched=decimal_text(item.share.despatched),
                    received=decimal_text(item.share.received),
                    accepted=decimal_text(item.share.accepted),
                    projected=optional_decimal_text(item.projected),
                    working_days=item.working_days,
                    status=item.status,
                )
                for item in seen.lines
            ],
        )
