from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.schedule_line_in import ScheduleLineIn


T = TypeVar("T", bound="SchedulePut")


@_attrs_define
class SchedulePut:
    """Everything that is open: lines are known by order line and day, and one that is left out is cancelled."""

    lines: list[ScheduleLineIn]
    """ What it is about, line by line. """

    def to_dict(self) -> dict[str, Any]:
        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "lines": lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.schedule_line_in import ScheduleLineIn  # noqa: PLC0415

        d = dict(src_dict)
        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = ScheduleLineIn.from_dict(lines_item_data)

            lines.append(lines_item)

        built_ = cls(
            lines=lines,
        )

        return built_
