from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CoverageLine")


@_attrs_define
class CoverageLine:
    """Whether one schedule line will be there.

    `projected` of its quantity is expected by the day it is due: what was sent, what is in progress, and what the free
    hours
    of the `working_days` left (today excluded) can make while raw material lasts; null where no fresh report says
    anything. `status`: `at_risk` when raw material has to come first or the supplier committed itself to a later day;
    `uncovered` when the hours do not suffice; `overdue` when the day has ended; `unknown` without a fresh report.

    """

    schedule_line_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    due_on: datetime.date
    """ Calendar day. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    quantity: str
    """ Exact decimal. """
    committed_on: datetime.date | None
    """ Calendar day. """
    despatched: str
    """ Exact decimal. """
    received: str
    """ Exact decimal. """
    accepted: str
    """ Exact decimal. """
    projected: None | str
    """ Exact decimal. """
    working_days: int
    """ Working days until the delivery is due. """
    status: str
    """ Whether the delivery is projected to come in time.

    Known values: fulfilled, covered, at_risk, uncovered, overdue, unknown. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        schedule_line_id = self.schedule_line_id

        line_no = self.line_no

        due_on = self.due_on.isoformat()

        state = self.state

        quantity = self.quantity

        committed_on: None | str
        if isinstance(self.committed_on, datetime.date):
            committed_on = self.committed_on.isoformat()
        else:
            committed_on = self.committed_on

        despatched = self.despatched

        received = self.received

        accepted = self.accepted

        projected: None | str
        projected = self.projected

        working_days = self.working_days

        status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "schedule_line_id": schedule_line_id,
                "line_no": line_no,
                "due_on": due_on,
                "state": state,
                "quantity": quantity,
                "committed_on": committed_on,
                "despatched": despatched,
                "received": received,
                "accepted": accepted,
                "projected": projected,
                "working_days": working_days,
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        schedule_line_id = d.pop("schedule_line_id")

        line_no = d.pop("line_no")

        due_on = datetime.date.fromisoformat(d.pop("due_on"))

        state = d.pop("state")

        quantity = d.pop("quantity")

        def _parse_committed_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                committed_on_type_0 = datetime.date.fromisoformat(data)

                return committed_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        committed_on = _parse_committed_on(d.pop("committed_on"))

        despatched = d.pop("despatched")

        received = d.pop("received")

        accepted = d.pop("accepted")

        def _parse_projected(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        projected = _parse_projected(d.pop("projected"))

        working_days = d.pop("working_days")

        status = d.pop("status")

        built_ = cls(
            schedule_line_id=schedule_line_id,
            line_no=line_no,
            due_on=due_on,
            state=state,
            quantity=quantity,
            committed_on=committed_on,
            despatched=despatched,
            received=received,
            accepted=accepted,
            projected=projected,
            working_days=working_days,
            status=status,
        )

        built_.additional_properties = d
        return built_

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
