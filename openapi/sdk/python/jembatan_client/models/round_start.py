from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.round_start_kind import RoundStartKind, check_round_start_kind
from ..types import UNSET, Unset

T = TypeVar("T", bound="RoundStart")


@_attrs_define
class RoundStart:
    """Until when the suppliers on the shortlist may quote again. `message` is for them alone."""

    quotes_close_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    kind: RoundStartKind | Unset = "negotiation"
    """ `best_and_final` says that there will be no other. """
    message: None | str | Unset = UNSET
    """ What was said with it, for people; null when nothing. """

    def to_dict(self) -> dict[str, Any]:
        quotes_close_at = self.quotes_close_at.isoformat()

        kind: str | Unset = UNSET
        if not isinstance(self.kind, Unset):
            kind = self.kind

        message: None | str | Unset
        if isinstance(self.message, Unset):
            message = UNSET
        else:
            message = self.message

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "quotes_close_at": quotes_close_at,
            }
        )
        if kind is not UNSET:
            field_dict["kind"] = kind
        if message is not UNSET:
            field_dict["message"] = message

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        quotes_close_at = datetime.datetime.fromisoformat(d.pop("quotes_close_at"))

        _kind = d.pop("kind", UNSET)
        kind: RoundStartKind | Unset
        if isinstance(_kind, Unset):
            kind = UNSET
        else:
            kind = check_round_start_kind(_kind)

        def _parse_message(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        message = _parse_message(d.pop("message", UNSET))

        built_ = cls(
            quotes_close_at=quotes_close_at,
            kind=kind,
            message=message,
        )

        return built_
