from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="InvoiceDisputeOut")


@_attrs_define
class InvoiceDisputeOut:
    """Why the buyer does not accept it."""

    reason: str
    """ Code of a vocabulary. """
    note: None | str
    """ Remark for people; null when there is none. """
    lines: list[int]
    """ What it is about, line by line. """
    disputed_by: str
    """ Who disputed it. """
    disputed_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        note: None | str
        note = self.note

        lines = self.lines

        disputed_by = self.disputed_by

        disputed_at = self.disputed_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "reason": reason,
                "note": note,
                "lines": lines,
                "disputed_by": disputed_by,
                "disputed_at": disputed_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        lines = cast(list[int], d.pop("lines"))

        disputed_by = d.pop("disputed_by")

        disputed_at = datetime.datetime.fromisoformat(d.pop("disputed_at"))

        built_ = cls(
            reason=reason,
            note=note,
            lines=lines,
            disputed_by=disputed_by,
            disputed_at=disputed_at,
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
