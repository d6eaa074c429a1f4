from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ScenarioComparison")


@_attrs_define
class ScenarioComparison:
    """How far the split lies above the best one without a condition; without any condition where `without` is null."""

    without: None | str
    """ JSON Pointer into the request, or `/quotes/{quote_id}/…` for what a quote demands. """
    condition: str
    """ The condition that was left out, as a code. """
    status: str
    """ Whether the solution is the best, has a proven bound, does not exist, or was not found in time.

    Known values: optimal, bounded, infeasible, unsolved. """
    total: None | str
    """ Exact decimal. """
    difference: None | str
    """ Exact decimal. """
    difference_percent: None | str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        without: None | str
        without = self.without

        condition = self.condition

        status = self.status

        total: None | str
        total = self.total

        difference: None | str
        difference = self.difference

        difference_percent: None | str
        difference_percent = self.difference_percent

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "without": without,
                "condition": condition,
                "status": status,
                "total": total,
                "difference": difference,
                "difference_percent": difference_percent,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_without(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        without = _parse_without(d.pop("without"))

        condition = d.pop("condition")

        status = d.pop("status")

        def _parse_total(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        total = _parse_total(d.pop("total"))

        def _parse_difference(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        difference = _parse_difference(d.pop("difference"))

        def _parse_difference_percent(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        difference_percent = _parse_difference_percent(d.pop("difference_percent"))

        built_ = cls(
            without=without,
            condition=condition,
            status=status,
            total=total,
            difference=difference,
            difference_percent=difference_percent,
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
