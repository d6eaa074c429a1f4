from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.cost_claim_answer_answer import CostClaimAnswerAnswer, check_cost_claim_answer_answer
from ..types import UNSET, Unset

T = TypeVar("T", bound="CostClaimAnswer")


@_attrs_define
class CostClaimAnswer:
    """`agreed` with an `amount` up to the claimed one, or `contested` with a `note` that says why."""

    answer: CostClaimAnswerAnswer
    """ What was answered. """
    amount: None | str | Unset = UNSET
    """ In the order's currency, in whole minor units. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        answer: str = self.answer

        amount: None | str | Unset
        if isinstance(self.amount, Unset):
            amount = UNSET
        else:
            amount = self.amount

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "answer": answer,
            }
        )
        if amount is not UNSET:
            field_dict["amount"] = amount
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        answer = check_cost_claim_answer_answer(d.pop("answer"))

        def _parse_amount(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        amount = _parse_amount(d.pop("amount", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            answer=answer,
            amount=amount,
            note=note,
        )

        return built_
