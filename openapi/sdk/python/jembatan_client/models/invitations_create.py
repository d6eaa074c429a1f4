from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="InvitationsCreate")


@_attrs_define
class InvitationsCreate:
    """Whom to invite: ids of verified suppliers."""

    supplier_ids: list[str]
    """ Ids of the suppliers to invite. """

    def to_dict(self) -> dict[str, Any]:
        supplier_ids = self.supplier_ids

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "supplier_ids": supplier_ids,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        supplier_ids = cast(list[str], d.pop("supplier_ids"))

        built_ = cls(
            supplier_ids=supplier_ids,
        )

        return built_
