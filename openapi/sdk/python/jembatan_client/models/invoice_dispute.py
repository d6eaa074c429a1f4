from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="InvoiceDispute")


@_attrs_define
class InvoiceDispute:
    """Why: a code of the vocabulary `dispute_reasons`. Without lines all of the invoice is meant."""

    reason: str
    """ Code of a vocabulary. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """
    lines: list[int] | Unset = UNSET
    """ What it is about, line by line. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        lines: list[int] | Unset = UNSET
        if not isinstance(self.lines, Unset):
            lines = self.lines

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if note is not UNSET:
            field_dict["note"] = note
        if lines is not UNSET:
            field_dict["lines"] = lines

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        lines = cast(list[int], d.pop("lines", UNSET))

        built_ = cls(
            reason=reason,
            note=note,
            lines=lines,
        )

        return built_
