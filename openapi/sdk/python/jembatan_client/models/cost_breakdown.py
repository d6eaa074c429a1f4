from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CostBreakdown")


@_attrs_define
class CostBreakdown:
    """What one unit at the first break is made of."""

    material: str
    """ Exact decimal. """
    labour: str
    """ Exact decimal. """
    overhead: str
    """ Exact decimal. """
    outside_processes: str
    """ Exact decimal. """
    profit: str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        material = self.material

        labour = self.labour

        overhead = self.overhead

        outside_processes = self.outside_processes

        profit = self.profit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "material": material,
                "labour": labour,
                "overhead": overhead,
                "outside_processes": outside_processes,
                "profit": profit,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        material = d.pop("material")

        labour = d.pop("labour")

        overhead = d.pop("overhead")

        outside_processes = d.pop("outside_processes")

        profit = d.pop("profit")

        built_ = cls(
            material=material,
            labour=labour,
            overhead=overhead,
            outside_processes=outside_processes,
            profit=profit,
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
