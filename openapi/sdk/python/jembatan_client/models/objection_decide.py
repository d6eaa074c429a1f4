from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.objection_decide_outcome import ObjectionDecideOutcome, check_objection_decide_outcome

T = TypeVar("T", bound="ObjectionDecide")


@_attrs_define
class ObjectionDecide:
    """The decision and its written answer, which the supplier reads."""

    outcome: ObjectionDecideOutcome
    """ Whether the objection is upheld or dismissed. """
    answer: str
    """ What was answered. """

    def to_dict(self) -> dict[str, Any]:
        outcome: str = self.outcome

        answer = self.answer

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "outcome": outcome,
                "answer": answer,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        outcome = check_objection_decide_outcome(d.pop("outcome"))

        answer = d.pop("answer")

        built_ = cls(
            outcome=outcome,
            answer=answer,
        )

        return built_
