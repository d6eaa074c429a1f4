from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SizeClasses")


@_attrs_define
class SizeClasses:
    """Derived: Permenperin 64/2016 by workers and investment, PP 7/2021 by capital and by annual sales."""

    permenperin64: str
    """ Size of the industry by Permenperin 64/2016: small, medium or large. """
    pp7_capital: str
    """ Size by capital (PP 7/2021): micro, small, medium or large. """
    pp7_sales: str
    """ Size by yearly sales (PP 7/2021): micro, small, medium or large. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        permenperin64 = self.permenperin64

        pp7_capital = self.pp7_capital

        pp7_sales = self.pp7_sales

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "permenperin64": permenperin64,
                "pp7_capital": pp7_capital,
                "pp7_sales": pp7_sales,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        permenperin64 = d.pop("permenperin64")

        pp7_capital = d.pop("pp7_capital")

        pp7_sales = d.pop("pp7_sales")

        built_ = cls(
            permenperin64=permenperin64,
            pp7_capital=pp7_capital,
            pp7_sales=pp7_sales,
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
