from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="PriceBreakIn")


@_attrs_define
class PriceBreakIn:
    """From `min_quantity` on one unit costs `unit_price`: 4 decimals at most, without PPN."""

    min_quantity: str
    """ Exact decimal. """
    unit_price: str
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        min_quantity = self.min_quantity

        unit_price = self.unit_price

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "min_quantity": min_quantity,
                "unit_price": unit_price,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        min_quantity = d.pop("min_quantity")

        unit_price = d.pop("unit_price")

        built_ = cls(
            min_quantity=min_quantity,
            unit_price=unit_price,
        )

        return built_
