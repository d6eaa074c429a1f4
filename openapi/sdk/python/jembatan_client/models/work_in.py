from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="WorkIn")


@_attrs_define
class WorkIn:
    """What of one order line is being made, and how many hours one unit takes."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    in_progress: str | Unset = "0"
    """ Exact decimal. """
    hours_per_unit: None | str | Unset = UNSET
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        in_progress = self.in_progress

        hours_per_unit: None | str | Unset
        if isinstance(self.hours_per_unit, Unset):
            hours_per_unit = UNSET
        else:
            hours_per_unit = self.hours_per_unit

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
            }
        )
        if in_progress is not UNSET:
            field_dict["in_progress"] = in_progress
        if hours_per_unit is not UNSET:
            field_dict["hours_per_unit"] = hours_per_unit

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        in_progress = d.pop("in_progress", UNSET)

        def _parse_hours_per_unit(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        hours_per_unit = _parse_hours_per_unit(d.pop("hours_per_unit", UNSET))

        built_ = cls(
            line_no=line_no,
            in_progress=in_progress,
            hours_per_unit=hours_per_unit,
        )

        return built_
