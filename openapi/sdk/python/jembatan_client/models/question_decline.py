from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="QuestionDecline")


@_attrs_define
class QuestionDecline:
    """Why there is no answer: a code of `question_decline_reasons`; `published_question` as for an answer."""

    reason: str
    """ Code of a vocabulary. """
    published_question: None | str | Unset = UNSET
    """ The question as everybody sees it, without a trace of who asked; null when it is published as asked. """

    def to_dict(self) -> dict[str, Any]:
        reason = self.reason

        published_question: None | str | Unset
        if isinstance(self.published_question, Unset):
            published_question = UNSET
        else:
            published_question = self.published_question

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if published_question is not UNSET:
            field_dict["published_question"] = published_question

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        reason = d.pop("reason")

        def _parse_published_question(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        published_question = _parse_published_question(d.pop("published_question", UNSET))

        built_ = cls(
            reason=reason,
            published_question=published_question,
        )

        return built_
