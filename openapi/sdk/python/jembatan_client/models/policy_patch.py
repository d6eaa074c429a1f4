from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="PolicyPatch")


@_attrs_define
class PolicyPatch:
    """A buyer's own rules of sourcing; what is absent stays."""

    minimum_quoting_hours: int | Unset = UNSET
    """ Hours that suppliers have at least to quote, and after a material addendum. """
    four_eyes_awards: bool | Unset = UNSET
    """ Whether an award has to be issued by another person than the one who proposed it. """
    price_tolerance_percent: str | Unset = UNSET
    """ Of the agreed amount of an invoice's line: by so much it may differ and still be matched. """
    price_tolerance_minor_units: int | Unset = UNSET
    """ The same in the smallest unit of the currency; the greater of the two counts. """

    def to_dict(self) -> dict[str, Any]:
        minimum_quoting_hours = self.minimum_quoting_hours

        four_eyes_awards = self.four_eyes_awards

        price_tolerance_percent = self.price_tolerance_percent

        price_tolerance_minor_units = self.price_tolerance_minor_units

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if minimum_quoting_hours is not UNSET:
            field_dict["minimum_quoting_hours"] = minimum_quoting_hours
        if four_eyes_awards is not UNSET:
            field_dict["four_eyes_awards"] = four_eyes_awards
        if price_tolerance_percent is not UNSET:
            field_dict["price_tolerance_percent"] = price_tolerance_percent
        if price_tolerance_minor_units is not UNSET:
            field_dict["price_tolerance_minor_units"] = price_tolerance_minor_units

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        minimum_quoting_hours = d.pop("minimum_quoting_hours", UNSET)

        four_eyes_awards = d.pop("four_eyes_awards", UNSET)

        price_tolerance_percent = d.pop("price_tolerance_percent", UNSET)

        price_tolerance_minor_units = d.pop("price_tolerance_minor_units", UNSET)

        built_ = cls(
            minimum_quoting_hours=minimum_quoting_hours,
            four_eyes_awards=four_eyes_awards,
            price_tolerance_percent=price_tolerance_percent,
            price_tolerance_minor_units=price_tolerance_minor_units,
        )

        return built_
