from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Envelope")


@_attrs_define
class Envelope:
    """Outer size in millimetres."""

    diameter_mm: None | str
    """ Exact decimal. """
    length_mm: None | str
    """ Exact decimal. """
    width_mm: None | str
    """ Exact decimal. """
    height_mm: None | str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        diameter_mm: None | str
        diameter_mm = self.diameter_mm

        length_mm: None | str
        length_mm = self.length_mm

        width_mm: None | str
        width_mm = self.width_mm

        height_mm: None | str
        height_mm = self.height_mm

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "diameter_mm": diameter_mm,
                "length_mm": length_mm,
                "width_mm": width_mm,
                "height_mm": height_mm,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_diameter_mm(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        diameter_mm = _parse_diameter_mm(d.pop("diameter_mm"))

        def _parse_length_mm(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        length_mm = _parse_length_mm(d.pop("length_mm"))

        def _parse_width_mm(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        width_mm = _parse_width_mm(d.pop("width_mm"))

        def _parse_height_mm(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        height_mm = _parse_height_mm(d.pop("height_mm"))

        built_ = cls(
            diameter_mm=diameter_mm,
            length_mm=length_mm,
            width_mm=width_mm,
            height_mm=height_mm,
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
