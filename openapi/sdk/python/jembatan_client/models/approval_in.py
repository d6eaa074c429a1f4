from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.approval_in_plan import ApprovalInPlan, check_approval_in_plan
from ..types import UNSET, Unset

T = TypeVar("T", bound="ApprovalIn")


@_attrs_define
class ApprovalIn:
    """What is to be approved before production is despatched; `level` for a PPAP only."""

    plan: ApprovalInPlan | Unset = "none"
    """ How the first article is approved: none, fai, isir or ppap. """
    level: int | None | Unset = UNSET
    """ Submission level of the PPAP, 1 to 5; null for other plans. """

    def to_dict(self) -> dict[str, Any]:
        plan: str | Unset = UNSET
        if not isinstance(self.plan, Unset):
            plan = self.plan

        level: int | None | Unset
        if isinstance(self.level, Unset):
            level = UNSET
        else:
            level = self.level

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if plan is not UNSET:
            field_dict["plan"] = plan
        if level is not UNSET:
            field_dict["level"] = level

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _plan = d.pop("plan", UNSET)
        plan: ApprovalInPlan | Unset
        if isinstance(_plan, Unset):
            plan = UNSET
        else:
            plan = check_approval_in_plan(_plan)

        def _parse_level(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        level = _parse_level(d.pop("level", UNSET))

        built_ = cls(
            plan=plan,
            level=level,
        )

        return built_
