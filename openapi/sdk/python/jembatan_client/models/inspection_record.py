from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.finding_in import FindingIn


T = TypeVar("T", bound="InspectionRecord")


@_attrs_define
class InspectionRecord:
    """One part of an inspection."""

    lines: list[FindingIn]
    """ What it is about, line by line. """
    inspector: None | str | Unset = UNSET
    """ Who inspected; null when not told. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        inspector: None | str | Unset
        if isinstance(self.inspector, Unset):
            inspector = UNSET
        else:
            inspector = self.inspector

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "lines": lines,
            }
        )
        if inspector is not UNSET:
            field_dict["inspector"] = inspector
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.finding_in import FindingIn  # noqa: PLC0415

        d = dict(src_dict)
        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = FindingIn.from_dict(lines_item_data)

            lines.append(lines_item)

        def _parse_inspector(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        inspector = _parse_inspector(d.pop("inspector", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            lines=lines,
            inspector=inspector,
            note=note,
        )

        return built_
