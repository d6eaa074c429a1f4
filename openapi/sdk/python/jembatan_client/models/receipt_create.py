from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.receipt_line_in import ReceiptLineIn


T = TypeVar("T", bound="ReceiptCreate")


@_attrs_define
class ReceiptCreate:
    """A count of (a part of) one despatch, or of goods that came without one; without `received_at` it is now."""

    lines: list[ReceiptLineIn]
    """ What it is about, line by line. """
    despatch_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    number: None | str | Unset = UNSET
    """ Your number of the receipt. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """
    received_at: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """

    def to_dict(self) -> dict[str, Any]:
        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        despatch_id: None | str | Unset
        if isinstance(self.despatch_id, Unset):
            despatch_id = UNSET
        else:
            despatch_id = self.despatch_id

        number: None | str | Unset
        if isinstance(self.number, Unset):
            number = UNSET
        else:
            number = self.number

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        received_at: None | str | Unset
        if isinstance(self.received_at, Unset):
            received_at = UNSET
        elif isinstance(self.received_at, datetime.datetime):
            received_at = self.received_at.isoformat()
        else:
            received_at = self.received_at

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "lines": lines,
            }
        )
        if despatch_id is not UNSET:
            field_dict["despatch_id"] = despatch_id
        if number is not UNSET:
            field_dict["number"] = number
        if note is not UNSET:
            field_dict["note"] = note
        if received_at is not UNSET:
            field_dict["received_at"] = received_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.receipt_line_in import ReceiptLineIn  # noqa: PLC0415

        d = dict(src_dict)
        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = ReceiptLineIn.from_dict(lines_item_data)

            lines.append(lines_item)

        def _parse_despatch_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        despatch_id = _parse_despatch_id(d.pop("despatch_id", UNSET))

        def _parse_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        number = _parse_number(d.pop("number", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        def _parse_received_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                received_at_type_0 = datetime.datetime.fromisoformat(data)

                return received_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        received_at = _parse_received_at(d.pop("received_at", UNSET))

        built_ = cls(
            lines=lines,
            despatch_id=despatch_id,
            number=number,
            note=note,
            received_at=received_at,
        )

        return built_
