from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="PaymentRecord")


@_attrs_define
class PaymentRecord:
    """A payment that was made elsewhere, with the bank's or your own reference."""

    amount: str
    """ Exact decimal. """
    paid_on: datetime.date
    """ Calendar day. """
    reference: str
    """ Your number of the payment, for example of the transfer. """
    file_id: None | str | Unset = UNSET
    """ Evidence, as a file of yours. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        paid_on = self.paid_on.isoformat()

        reference = self.reference

        file_id: None | str | Unset
        if isinstance(self.file_id, Unset):
            file_id = UNSET
        else:
            file_id = self.file_id

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "amount": amount,
                "paid_on": paid_on,
                "reference": reference,
            }
        )
        if file_id is not UNSET:
            field_dict["file_id"] = file_id
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        amount = d.pop("amount")

        paid_on = datetime.date.fromisoformat(d.pop("paid_on"))

        reference = d.pop("reference")

        def _parse_file_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        file_id = _parse_file_id(d.pop("file_id", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            amount=amount,
            paid_on=paid_on,
            reference=reference,
            file_id=file_id,
            note=note,
        )

        return built_
