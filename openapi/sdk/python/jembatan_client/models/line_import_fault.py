from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="LineImportFault")


@_attrs_define
class LineImportFault:
    """One cell that has to be corrected."""

    sheet: str
    """ Name of the sheet; for CSV the name of the format. """
    row: int
    """ Row in the sheet, from 1. """
    column: str
    """ Its letters. """
    cell: str
    """ Its address. """
    heading: str
    """ What stands above it. """
    value: None | str
    """ What it holds, shortened; null: it is empty. """
    detail: str
    """ What to do. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        sheet = self.sheet

        row = self.row

        column = self.column

        cell = self.cell

        heading = self.heading

        value: None | str
        value = self.value

        detail = self.detail

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "sheet": sheet,
                "row": row,
                "column": column,
                "cell": cell,
                "heading": heading,
                "value": value,
                "detail": detail,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        sheet = d.pop("sheet")

        row = d.pop("row")

        column = d.pop("column")

        cell = d.pop("cell")

        heading = d.pop("heading")

        def _parse_value(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        value = _parse_value(d.pop("value"))

        detail = d.pop("detail")

        built_ = cls(
            sheet=sheet,
            row=row,
            column=column,
            cell=cell,
            heading=heading,
            value=value,
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
