from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="QuoteShortlist")


@_attrs_define
class QuoteShortlist:
    """On the shortlist, or off it."""

    shortlisted: bool
    """ Whether the quote is on the buyer's shortlist. """

    def to_dict(self) -> dict[str, Any]:
        shortlisted = self.shortlisted

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "shortlisted": shortlisted,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        shortlisted = d.pop("shortlisted")

        built_ = cls(
            shortlisted=shortlisted,
        )

        return built_
