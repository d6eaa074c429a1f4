from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ScenarioCapacity")


@_attrs_define
class ScenarioCapacity:
    """Nobody gets more of a line than the monthly capacity of its quote times the months of delivery.

    Without `months` they are counted, line by line, from today to the last date of the line's schedule. Where neither
    is
    known, or a quote states no capacity, nothing is limited.

    """

    months: None | str | Unset = UNSET
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        months: None | str | Unset
        if isinstance(self.months, Unset):
            months = UNSET
        else:
            months = self.months

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if months is not UNSET:
            field_dict["months"] = months

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_months(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        months = _parse_months(d.pop("months", UNSET))

        built_ = cls(
            months=months,
        )

        return built_
