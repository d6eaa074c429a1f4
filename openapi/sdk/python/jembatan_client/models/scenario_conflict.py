from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ScenarioConflict")


@_attrs_define
class ScenarioConflict:
    """Conditions that cannot hold together, and the lines where they clash if single lines can be named.

    `is_minimal`: without any one of them, the others can hold. No pointer: these lines cannot be supplied in full
    whatever
    the conditions.

    """

    pointers: list[str]
    """ JSON Pointers (RFC 6901) into the request. """
    line_nos: list[int]
    """ Numbers of the lines. """
    is_minimal: bool
    """ Whether leaving out any one of them would make a solution possible. """
    detail: str
    """ What it is about this time, for a person. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        pointers = self.pointers

        line_nos = self.line_nos

        is_minimal = self.is_minimal

        detail = self.detail

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "pointers": pointers,
                "line_nos": line_nos,
                "is_minimal": is_minimal,
                "detail": detail,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        pointers = cast(list[str], d.pop("pointers"))

        line_nos = cast(list[int], d.pop("line_nos"))

        is_minimal = d.pop("is_minimal")

        detail = d.pop("detail")

        built_ = cls(
            pointers=pointers,
            line_nos=line_nos,
            is_minimal=is_minimal,
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
