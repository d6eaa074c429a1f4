from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="QuestionAnswer")


@_attrs_define
class QuestionAnswer:
    """The answer to all. `published_question` rewords a question that would give its asker away."""

    answer: str
    """ What was answered. """
    published_question: None | str | Unset = UNSET
    """ The question as everybody sees it, without a trace of who asked; null when it is published as asked. """
    addendum_revision: int | None | Unset = UNSET
    """ The revision of the RFQ whose addendum follows from the answer; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        answer = self.answer

        published_question: None | str | Unset
        if isinstance(self.published_question, Unset):
            published_question = UNSET
        else:
            published_question = self.published_question

        addendum_revision: int | None | Unset
        if isinstance(self.addendum_revision, Unset):
            addendum_revision = UNSET
        else:
            addendum_revision = self.addendum_revision

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "answer": answer,
            }
        )
        if published_question is not UNSET:
            field_dict["published_question"] = published_question
        if addendum_revision is not UNSET:
            field_dict["addendum_revision"] = addendum_revision

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        answer = d.pop("answer")

        def _parse_published_question(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        published_question = _parse_published_question(d.pop("published_question", UNSET))

        def _parse_addendum_revision(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        addendum_revision = _parse_addendum_revision(d.pop("addendum_revision", UNSET))

        built_ = cls(
            answer=answer,
            published_question=published_question,
            addendum_revision=addendum_revision,
        )

        return built_
