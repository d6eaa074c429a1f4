from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="DefectIn")


@_attrs_define
class DefectIn:
    """What was wrong with `quantity`: at a characteristic, of a kind (`defect_codes`), or in words."""

    quantity: str
    """ Exact decimal. """
    characteristic_no: int | None | Unset = UNSET
    """ Number of the characteristic on its line; null when it is about the whole line. """
    code: None | str | Unset = UNSET
    """ Code of a vocabulary. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        quantity = self.quantity

        characteristic_no: int | None | Unset
        if isinstance(self.characteristic_no, Unset):
            characteristic_no = UNSET
        else:
            characteristic_no = self.characteristic_no

        code: None | str | Unset
        if isinstance(self.code, Unset):
            code = UNSET
        else:
            code = self.code

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "quantity": quantity,
            }
        )
        if characteristic_no is not UNSET:
            field_dict["characteristic_no"] = characteristic_no
        if code is not UNSET:
            field_dict["code"] = code
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        quantity = d.pop("quantity")

        def _parse_characteristic_no(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        characteristic_no = _parse_characteristic_no(d.pop("characteristic_no", UNSET))

        def _parse_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        code = _parse_code(d.pop("code", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            quantity=quantity,
            characteristic_no=characteristic_no,
            code=code,
            note=note,
        )

        return built_
