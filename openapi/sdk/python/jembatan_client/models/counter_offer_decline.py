from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="CounterOfferDecline")


@_attrs_define
class CounterOfferDecline:
    """Why: a code of `decline_counter_offer_reasons`, and words for the buyer."""

    reason: str
    """ Code of a vocabulary. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if note is not UNSET:
            field_dict["note"] = note

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

        built_ = cls(
            reason=reason,
            note=note,
        )

        return built_
