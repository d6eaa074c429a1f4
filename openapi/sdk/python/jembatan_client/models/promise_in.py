from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.promise_in_answer import PromiseInAnswer, check_promise_in_answer
from ..types import UNSET, Unset

T = TypeVar("T", bound="PromiseIn")


@_attrs_define
class PromiseIn:
    """The answer to one line.

    `accepted` as ordered, on `promised_on`; `changed` with another quantity or another day than was asked, and
    `rejected`
    without either, both with a `reason` from the vocabulary `change_reasons`.

    """

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    answer: PromiseInAnswer | Unset = "accepted"
    """ What you say of the line: as ordered, changed, or not at all. """
    promised_on: datetime.date | None | Unset = UNSET
    """ Calendar day. """
    quantity: None | str | Unset = UNSET
    """ Exact decimal. """
    reason: None | str | Unset = UNSET
    """ Code of a vocabulary. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        answer: str | Unset = UNSET
        if not isinstance(self.answer, Unset):
            answer = self.answer

        promised_on: None | str | Unset
        if isinstance(self.promised_on, Unset):
            promised_on = UNSET
        elif isinstance(self.promised_on, datetime.date):
            promised_on = self.promised_on.isoformat()
        else:
            promised_on = self.promised_on

        quantity: None | str | Unset
        if isinstance(self.quantity, Unset):
            quantity = UNSET
        else:
            quantity = self.quantity

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
            }
        )
        if answer is not UNSET:
            field_dict["answer"] = answer
        if promised_on is not UNSET:
            field_dict["promised_on"] = promised_on
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if reason is not UNSET:
            field_dict["reason"] = reason
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        _answer = d.pop("answer", UNSET)
        answer: PromiseInAnswer | Unset
        if isinstance(_answer, Unset):
            answer = UNSET
        else:
            answer = check_promise_in_answer(_answer)

        def _parse_promised_on(data: object) -> datetime.date | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                promised_on_type_0 = datetime.date.fromisoformat(data)

                return promised_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        promised_on = _parse_promised_on(d.pop("promised_on", UNSET))

        def _parse_quantity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        quantity = _parse_quantity(d.pop("quantity", UNSET))

        def _parse_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            line_no=line_no,
            answer=answer,
            promised_on=promised_on,
            quantity=quantity,
            reason=reason,
            note=note,
        )

        return built_
