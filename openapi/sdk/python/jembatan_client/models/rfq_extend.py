from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="RfqExtend")


@_attrs_define
class RfqExtend:
    """The later deadline."""

    quotes_close_at: datetime.datetime
    """ RFC 3339 instant with a zone. """

    def to_dict(self) -> dict[str, Any]:
        quotes_close_at = self.quotes_close_at.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "quotes_close_at": quotes_close_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        quotes_close_at = datetime.datetime.fromisoformat(d.pop("quotes_close_at"))

        built_ = cls(
            quotes_close_at=quotes_close_at,
        )

        return built_
