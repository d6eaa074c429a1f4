from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.inspection_finding import InspectionFinding


T = TypeVar("T", bound="InspectionRecording")


@_attrs_define
class InspectionRecording:
    """One part of an inspection."""

    at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    inspector: None | str
    """ Who inspected; null when not told. """
    note: None | str
    """ Remark for people; null when there is none. """
    ship_to_stock: bool
    """ Whether the lot goes to stock without inspection. """
    lines: list[InspectionFinding]
    """ What it is about, line by line. """
    nonconformance_id: None | str
    """ What corrected earlier recordings; quantities below zero take back. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at.isoformat()

        inspector: None | str
        inspector = self.inspector

        note: None | str
        note = self.note

        ship_to_stock = self.ship_to_stock

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        nonconformance_id: None | str
        nonconformance_id = self.nonconformance_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "inspector": inspector,
                "note": note,
                "ship_to_stock": ship_to_stock,
                "lines": lines,
                "nonconformance_id": nonconformance_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.inspection_finding import InspectionFinding  # noqa: PLC0415

        d = dict(src_dict)
        at = datetime.datetime.fromisoformat(d.pop("at"))

        def _parse_inspector(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        inspector = _parse_inspector(d.pop("inspector"))

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        ship_to_stock = d.pop("ship_to_stock")

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = InspectionFinding.from_dict(lines_item_data)

            lines.append(lines_item)

        def _parse_nonconformance_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        nonconformance_id = _parse_nonconformance_id(d.pop("nonconformance_id"))

        built_ = cls(
            at=at,
            inspector=inspector,
            note=note,
            ship_to_stock=ship_to_stock,
            lines=lines,
            nonconformance_id=nonconformance_id,
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
