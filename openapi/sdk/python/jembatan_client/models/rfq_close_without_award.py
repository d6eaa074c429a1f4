from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.rfq_close_without_award_reasons import RfqCloseWithoutAwardReasons


T = TypeVar("T", bound="RfqCloseWithoutAward")


@_attrs_define
class RfqCloseWithoutAward:
    """Why: a code of `no_award_reasons`. `reasons` is for opened quotes that are to hear another code than derived."""

    reason: str
    """ Code of a vocabulary. """
    reasons: RfqCloseWithoutAwardReasons | Unset = UNSET
    """ By losing quote, the code of `loss_reasons` it hears in place of what its figures say. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        reasons: dict[str, Any] | Unset = UNSET
        if not isinstance(self.reasons, Unset):
            reasons = self.reasons.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if reasons is not UNSET:
            field_dict["reasons"] = reasons

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rfq_close_without_award_reasons import RfqCloseWithoutAwardReasons  # noqa: PLC0415

        d = dict(src_dict)
        reason = d.pop("reason")

        _reasons = d.pop("reasons", UNSET)
        reasons: RfqCloseWithoutAwardReasons | Unset
        if isinstance(_reasons, Unset):
            reasons = UNSET
        else:
            reasons = RfqCloseWithoutAwardReasons.from_dict(_reasons)

        built_ = cls(
            reason=reason,
            reasons=reasons,
        )

        return built_
