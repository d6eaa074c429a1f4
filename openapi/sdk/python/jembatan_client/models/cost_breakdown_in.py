from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="CostBreakdownIn")


@_attrs_define
class CostBreakdownIn:
    """What one unit at the first break is made of; the parts add up to its price."""

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

    def to_dict(self) -> dict[str, Any]:
        material = self.material

        labour = self.labour

        overhead = self.overhead

        outside_processes = self.outside_processes

        profit = self.profit

        field_dict: dict[str, Any] = {}

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

        return built_
