from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ScenarioUnallocated")


@_attrs_define
class ScenarioUnallocated:
    """A line that the split leaves out, and why."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    quantity: str
    """ Exact decimal. """
    unit: str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    reason: str
    """ Why the quantity is left.

    Known values: no_quote, no_usable_quote, conditions. """
    detail: str
    """ What it is about this time, for a person. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        quantity = self.quantity

        unit = self.unit

        reason = self.reason

        detail = self.detail

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "quantity": quantity,
                "unit": unit,
                "reason": reason,
                "detail": detail,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        quantity = d.pop("quantity")

        unit = d.pop("unit")

        reason = d.pop("reason")

        detail = d.pop("detail")

        built_ = cls(
            line_no=line_no,
            quantity=quantity,
            unit=unit,
            reason=reason,
            detail=detail,
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
