from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.mark_decide_decision import MarkDecideDecision, check_mark_decide_decision
from ..types import UNSET, Unset

T = TypeVar("T", bound="MarkDecide")


@_attrs_define
class MarkDecide:
    """What the other side of the dealing decides: `withdrawn` takes the mark back."""

    decision: MarkDecideDecision
    """ Whether the mark stays or goes. """
    answer: None | str | Unset = UNSET
    """ What was answered. """

    def to_dict(self) -> dict[str, Any]:
        decision: str = self.decision

        answer: None | str | Unset
        if isinstance(self.answer, Unset):
            answer = UNSET
        else:
            answer = self.answer

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "decision": decision,
            }
        )
        if answer is not UNSET:
            field_dict["answer"] = answer

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        decision = check_mark_decide_decision(d.pop("decision"))

        def _parse_answer(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        answer = _parse_answer(d.pop("answer", UNSET))

        built_ = cls(
            decision=decision,
            answer=answer,
        )

        return built_
