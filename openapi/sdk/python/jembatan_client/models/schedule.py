from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.schedule_line import ScheduleLine
    from ..models.scheduled_line import ScheduledLine


T = TypeVar("T", bound="Schedule")


@_attrs_define
class Schedule:
    """When how much of an order is due. Days end at midnight in `zone`, where the buyer is.

    What is due before `frozen_until` changes by a change order alone; releasing a forecast is free. `etag` steps with
    each line.

    """

    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    zone: str
    """ Time zone of the days: WIB (UTC+7), WITA (UTC+8) or WIT (UTC+9).

    Known values: WIB, WITA, WIT. """
    frozen_days: int
    """ Days ahead, by the calendar, within which the schedule changes only by a change order. """
    frozen_until: datetime.date
    """ Calendar day. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    order_lines: list[ScheduledLine]
    """ What is ordered, scheduled and called off of each line. """
    lines: list[ScheduleLine]
    """ What it is about, line by line. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        etag = self.etag

        zone = self.zone

        frozen_days = self.frozen_days

        frozen_until = self.frozen_until.isoformat()

        allowed_actions = self.allowed_actions

        order_lines = []
        for order_lines_item_data in self.order_lines:
            order_lines_item = order_lines_item_data.to_dict()
            order_lines.append(order_lines_item)

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "order_id": order_id,
                "etag": etag,
                "zone": zone,
                "frozen_days": frozen_days,
                "frozen_until": frozen_until,
                "allowed_actions": allowed_actions,
                "order_lines": order_lines,
                "lines": lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.schedule_line import ScheduleLine  # noqa: PLC0415
        from ..models.scheduled_line import ScheduledLine  # noqa: PLC0415

        d = dict(src_dict)
        order_id = d.pop("order_id")

        etag = d.pop("etag")

        zone = d.pop("zone")

        frozen_days = d.pop("frozen_days")

        frozen_until = datetime.date.fromisoformat(d.pop("frozen_until"))

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        order_lines = []
        _order_lines = d.pop("order_lines")
        for order_lines_item_data in _order_lines:
            order_lines_item = ScheduledLine.from_dict(order_lines_item_data)

            order_lines.append(order_lines_item)

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = ScheduleLine.from_dict(lines_item_data)

            lines.append(lines_item)

        built_ = cls(
            order_id=order_id,
            etag=etag,
            zone=zone,
            frozen_days=frozen_days,
            frozen_until=frozen_until,
            allowed_actions=allowed_actions,
            order_lines=order_lines,
            lines=lines,
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
