from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="OrganisationPolicy")


@_attrs_define
class OrganisationPolicy:
    """Its own rules of sourcing."""

    minimum_quoting_hours: int
    """ Hours that suppliers have at least to quote, and after a material addendum. """
    four_eyes_awards: bool
    """ Whether an award has to be issued by another person than the one who proposed it. """
    price_tolerance_percent: str
    """ Exact decimal. """
    price_tolerance_minor_units: int
    """ How much a line of an invoice may differ from the order, in the currency's smallest unit. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        minimum_quoting_hours = self.minimum_quoting_hours

        four_eyes_awards = self.four_eyes_awards

        price_tolerance_percent = self.price_tolerance_percent

        price_tolerance_minor_units = self.price_tolerance_minor_units

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "minimum_quoting_hours": minimum_quoting_hours,
                "four_eyes_awards": four_eyes_awards,
                "price_tolerance_percent": price_tolerance_percent,
                "price_tolerance_minor_units": price_tolerance_minor_units,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        minimum_quoting_hours = d.pop("minimum_quoting_hours")

        four_eyes_awards = d.pop("four_eyes_awards")

        price_tolerance_percent = d.pop("price_tolerance_percent")

        price_tolerance_minor_units = d.pop("price_tolerance_minor_units")

        built_ = cls(
            minimum_quoting_hours=minimum_quoting_hours,
            four_eyes_awards=four_eyes_awards,
            price_tolerance_percent=price_tolerance_percent,
            price_tolerance_minor_units=price_tolerance_minor_units,
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
