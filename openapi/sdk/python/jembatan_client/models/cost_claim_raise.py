from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.cost_claim_raise_category import CostClaimRaiseCategory, check_cost_claim_raise_category
from ..types import UNSET, Unset

T = TypeVar("T", bound="CostClaimRaise")


@_attrs_define
class CostClaimRaise:
    """What a nonconformance cost; `files` are ids of clean files of yours, which the supplier may read from then on."""

    category: CostClaimRaiseCategory
    """ What the cost was for, as a code. """
    amount: str
    """ In the order's currency, in whole minor units. """
    note: str
    """ Remark for people; null when there is none. """
    files: list[str] | Unset = UNSET
    """ Ids of files that prove it. """

    def to_dict(self) -> dict[str, Any]:
        category: str = self.category

        amount = self.amount

        note = self.note

        files: list[str] | Unset = UNSET
        if not isinstance(self.files, Unset):
            files = self.files

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "category": category,
                "amount": amount,
                "note": note,
            }
        )
        if files is not UNSET:
            field_dict["files"] = files

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        category = check_cost_claim_raise_category(d.pop("category"))

        amount = d.pop("amount")

        note = d.pop("note")

        files = cast(list[str], d.pop("files", UNSET))

        built_ = cls(
            category=category,
            amount=amount,
            note=note,
            files=files,
        )

        return built_
