from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="ScenarioForced")


@_attrs_define
class ScenarioForced:
    """A supplier gets these lines whole."""

    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_nos: list[int]
    """ Numbers of the lines. """

    def to_dict(self) -> dict[str, Any]:
        supplier_id = self.supplier_id

        line_nos = self.line_nos

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "supplier_id": supplier_id,
                "line_nos": line_nos,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        supplier_id = d.pop("supplier_id")

        line_nos = cast(list[int], d.pop("line_nos"))

        built_ = cls(
            supplier_id=supplier_id,
            line_nos=line_nos,
        )

        return built_
