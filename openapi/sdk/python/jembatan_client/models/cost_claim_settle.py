from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="CostClaimSettle")


@_attrs_define
class CostClaimSettle:
    """Reference of the credit note or payment."""

    settlement: str
    """ How the cost was settled, as a code; null until then. """

    def to_dict(self) -> dict[str, Any]:
        settlement = self.settlement

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "settlement": settlement,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        settlement = d.pop("settlement")

        built_ = cls(
            settlement=settlement,
        )

        return built_
