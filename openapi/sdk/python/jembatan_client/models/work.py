from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Work")


@_attrs_define
class Work:
    """What of one order line was being made."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    in_progress: str
    """ Exact decimal. """
    hours_per_unit: None | str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        in_progress = self.in_progress

        hours_per_unit: None | str
        hours_per_unit = self.hours_per_unit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "in_progress": in_progress,
                "hours_per_unit": hours_per_unit,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        in_progress = d.pop("in_progress")

        def _parse_hours_per_unit(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        hours_per_unit = _parse_hours_per_unit(d.pop("hours_per_unit"))

        built_ = cls(
            line_no=line_no,
            in_progress=in_progress,
            hours_per_unit=hours_per_unit,
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
