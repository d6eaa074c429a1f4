from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ScenarioSources")


@_attrs_define
class ScenarioSources:
    """At least `minimum` suppliers on each of the lines; without `line_nos` on all."""

    minimum: int
    """ The least number of suppliers for each of these lines. """
    line_nos: list[int] | None | Unset = UNSET
    """ Numbers of the lines. """

    def to_dict(self) -> dict[str, Any]:
        minimum = self.minimum

        line_nos: list[int] | None | Unset
        if isinstance(self.line_nos, Unset):
            line_nos = UNSET
        elif isinstance(self.line_nos, list):
            line_nos = self.line_nos

        else:
            line_nos = self.line_nos

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "minimum": minimum,
            }
        )
        if line_nos is not UNSET:
            field_dict["line_nos"] = line_nos

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        minimum = d.pop("minimum")

        def _parse_line_nos(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                line_nos_type_0 = cast(list[int], data)

                return line_nos_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        line_nos = _parse_line_nos(d.pop("line_nos", UNSET))

        built_ = cls(
            minimum=minimum,
            line_nos=line_nos,
        )

        return built_
