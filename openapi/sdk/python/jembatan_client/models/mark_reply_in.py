from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.mark_reply_in_outcome import MarkReplyInOutcome, check_mark_reply_in_outcome
from ..types import UNSET, Unset

T = TypeVar("T", bound="MarkReplyIn")


@_attrs_define
class MarkReplyIn:
    """What the organisation says of the mark; `contested` needs words."""

    outcome: MarkReplyInOutcome
    """ Whether you accept the mark or contest it. """
    text: None | str | Unset = UNSET
    """ What was said, for people; null when nothing was. """

    def to_dict(self) -> dict[str, Any]:
        outcome: str = self.outcome

        text: None | str | Unset
        if isinstance(self.text, Unset):
            text = UNSET
        else:
            text = self.text

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "outcome": outcome,
            }
        )
        if text is not UNSET:
            field_dict["text"] = text

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        outcome = check_mark_reply_in_outcome(d.pop("outcome"))

        def _parse_text(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        text = _parse_text(d.pop("text", UNSET))

        built_ = cls(
            outcome=outcome,
            text=text,
        )

        return built_
