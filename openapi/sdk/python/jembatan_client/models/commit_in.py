from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="CommitIn")


@_attrs_define
class CommitIn:
    """The day that the supplier commits itself to."""

    committed_on: datetime.date
    """ Calendar day. """

    def to_dict(self) -> dict[str, Any]:
        committed_on = self.committed_on.isoformat()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "committed_on": committed_on,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        committed_on = datetime.date.fromisoformat(d.pop("committed_on"))

        built_ = cls(
            committed_on=committed_on,
        )

        return built_
