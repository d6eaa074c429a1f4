from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.characteristic_answer_in_answer import CharacteristicAnswerInAnswer, check_characteristic_answer_in_answer
from ..types import UNSET, Unset

T = TypeVar("T", bound="CharacteristicAnswerIn")


@_attrs_define
class CharacteristicAnswerIn:
    """What is promised for one characteristic of the line.

    Where the RFQ has two envelopes the note is in the first one: write no price into it.

    """

    no: int
    """ Number of the characteristic on its line. """
    answer: CharacteristicAnswerInAnswer
    """ Whether you meet the characteristic: comply, deviate or cannot. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        no = self.no

        answer: str = self.answer

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "no": no,
                "answer": answer,
            }
        )
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        no = d.pop("no")

        answer = check_characteristic_answer_in_answer(d.pop("answer"))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            no=no,
            answer=answer,
            note=note,
        )

        return built_
