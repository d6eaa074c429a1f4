from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.schedule_line_in_certainty import ScheduleLineInCertainty, check_schedule_line_in_certainty
from ..types import UNSET, Unset

T = TypeVar("T", bound="ScheduleLineIn")


@_attrs_define
class ScheduleLineIn:
    """So much of an order line on one day."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    due_on: datetime.date
    """ Calendar day. """
    quantity: str
    """ Exact decimal. """
    certainty: ScheduleLineInCertainty | Unset = "firm"
    """ Whether it is a firm call-off or a forecast, which may still change. """

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        due_on = self.due_on.isoformat()

        quantity = self.quantity

        certainty: str | Unset = UNSET
        if not isinstance(self.certainty, Unset):
            certainty = self.certainty

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
                "due_on": due_on,
                "quantity": quantity,
            }
        )
        if certainty is not UNSET:
            field_dict["certainty"] = certainty

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        due_on = datetime.date.fromisoformat(d.pop("due_on"))

        quantity = d.pop("quantity")

        _certainty = d.pop("certainty", UNSET)
        certainty: ScheduleLineInCertainty | Unset
        if isinstance(_certainty, Unset):
            certainty = UNSET
        else:
            certainty = check_schedule_line_in_certainty(_certainty)

        built_ = cls(
            line_no=line_no,
            due_on=due_on,
            quantity=quantity,
            certainty=certainty,
        )

        return built_
