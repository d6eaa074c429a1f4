from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from ..models.code_mapping_in import CodeMappingIn


T = TypeVar("T", bound="CodeMappingsWrite")


@_attrs_define
class CodeMappingsWrite:
    """All mappings; what was there before and is not among them is forgotten."""

    mappings: list[CodeMappingIn]
    """ What the buyer's codes stand for. """

    def to_dict(self) -> dict[str, Any]:
        mappings = []
        for mappings_item_data in self.mappings:
            mappings_item = mappings_item_data.to_dict()
            mappings.append(mappings_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "mappings": mappings,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.code_mapping_in import CodeMappingIn  # noqa: PLC0415

        d = dict(src_dict)
        mappings = []
        _mappings = d.pop("mappings")
        for mappings_item_data in _mappings:
            mappings_item = CodeMappingIn.from_dict(mappings_item_data)

            mappings.append(mappings_item)

        built_ = cls(
            mappings=mappings,
        )

        return built_
