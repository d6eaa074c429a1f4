from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="QuestionAsk")


@_attrs_define
class QuestionAsk:
    """What is asked, and about what; `characteristic_no` is the balloon's number within the line."""

    question: str
    """ What is asked, in words; others read `published_question`. """
    line_no: int | None | Unset = UNSET
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    characteristic_no: int | None | Unset = UNSET
    """ Number of the characteristic on its line; null when it is about the whole line. """

    def to_dict(self) -> dict[str, Any]:
        question = self.question

        line_no: int | None | Unset
        if isinstance(self.line_no, Unset):
            line_no = UNSET
        else:
            line_no = self.line_no

        characteristic_no: int | None | Unset
        if isinstance(self.characteristic_no, Unset):
            characteristic_no = UNSET
        else:
            characteristic_no = self.characteristic_no

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "question": question,
            }
        )
        if line_no is not UNSET:
            field_dict["line_no"] = line_no
        if characteristic_no is not UNSET:
            field_dict["characteristic_no"] = characteristic_no

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        question = d.pop("question")

        def _parse_line_no(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        line_no = _parse_line_no(d.pop("line_no", UNSET))

        def _parse_characteristic_no(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        characteristic_no = _parse_characteristic_no(d.pop("characteristic_no", UNSET))

        built_ = cls(
            question=question,
            line_no=line_no,
            characteristic_no=characteristic_no,
        )

        return built_
