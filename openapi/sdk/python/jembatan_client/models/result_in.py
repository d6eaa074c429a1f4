from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="ResultIn")


@_attrs_define
class ResultIn:
    """What was found of one characteristic in the sample of a lot.

    Measured `values` are in the characteristic's unit; those outside of nominal and deviations are nonconforming, by
    calculation. Without values, or where they are not all, `sample_size` and `nonconforming` say it.

    """

    no: int
    """ Number of the characteristic on its line. """
    values: list[str] | Unset = UNSET
    """ Measured values, as exact decimals. """
    sample_size: int | None | Unset = UNSET
    """ Pieces that you examined. """
    nonconforming: int | None | Unset = UNSET
    """ Pieces of the sample that are not as required. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        no = self.no

        values: list[str] | Unset = UNSET
        if not isinstance(self.values, Unset):
            values = self.values

        sample_size: int | None | Unset
        if isinstance(self.sample_size, Unset):
            sample_size = UNSET
        else:
            sample_size = self.sample_size

        nonconforming: int | None | Unset
        if isinstance(self.nonconforming, Unset):
            nonconforming = UNSET
        else:
            nonconforming = self.nonconforming

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "no": no,
            }
        )
        if values is not UNSET:
            field_dict["values"] = values
        if sample_size is not UNSET:
            field_dict["sample_size"] = sample_size
        if nonconforming is not UNSET:
            field_dict["nonconforming"] = nonconforming
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        no = d.pop("no")

        values = cast(list[str], d.pop("values", UNSET))

        def _parse_sample_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        sample_size = _parse_sample_size(d.pop("sample_size", UNSET))

        def _parse_nonconforming(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        nonconforming = _parse_nonconforming(d.pop("nonconforming", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            no=no,
            values=values,
            sample_size=sample_size,
            nonconforming=nonconforming,
            note=note,
        )

        return built_
