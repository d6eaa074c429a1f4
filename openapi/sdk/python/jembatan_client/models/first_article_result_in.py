from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="FirstArticleResultIn")


@_attrs_define
class FirstArticleResultIn:
    """What was found for one characteristic.

    Values are in the unit of the characteristic. `conforms` is said only where nominal and deviations do not decide it.

    """

    no: int
    """ Number of the characteristic on its line. """
    values: list[str] | Unset = UNSET
    """ Measured values, as exact decimals. """
    conforms: bool | None | Unset = UNSET
    """ Whether it is as required. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """
    instrument: None | str | Unset = UNSET
    """ What it was measured with; null when not told. """

    def to_dict(self) -> dict[str, Any]:
        no = self.no

        values: list[str] | Unset = UNSET
        if not isinstance(self.values, Unset):
            values = self.values

        conforms: bool | None | Unset
        if isinstance(self.conforms, Unset):
            conforms = UNSET
        else:
            conforms = self.conforms

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        instrument: None | str | Unset
        if isinstance(self.instrument, Unset):
            instrument = UNSET
        else:
            instrument = self.instrument

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "no": no,
            }
        )
        if values is not UNSET:
            field_dict["values"] = values
        if conforms is not UNSET:
            field_dict["conforms"] = conforms
        if note is not UNSET:
            field_dict["note"] = note
        if instrument is not UNSET:
            field_dict["instrument"] = instrument

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        no = d.pop("no")

        values = cast(list[str], d.pop("values", UNSET))

        def _parse_conforms(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        conforms = _parse_conforms(d.pop("conforms", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        def _parse_instrument(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        instrument = _parse_instrument(d.pop("instrument", UNSET))

        built_ = cls(
            no=no,
            values=values,
            conforms=conforms,
            note=note,
            instrument=instrument,
        )

        return built_
