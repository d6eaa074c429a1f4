from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.nonconformance_decide_disposition import (
    NonconformanceDecideDisposition,
    check_nonconformance_decide_disposition,
)
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.disposition_in import DispositionIn


T = TypeVar("T", bound="NonconformanceDecide")


@_attrs_define
class NonconformanceDecide:
    """What becomes of the pieces: one `disposition` of them all, or `dispositions` that add up to the quantity."""

    disposition: NonconformanceDecideDisposition | Unset = UNSET
    """ What becomes of the pieces: rework, return, replace, scrap or use_as_is. """
    reference: None | str | Unset = UNSET
    """ The number by which the one who recorded it knows it. """
    dispositions: list[DispositionIn] | Unset = UNSET
    """ What becomes of the pieces, by quantity. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        disposition: str | Unset = UNSET
        if not isinstance(self.disposition, Unset):
            disposition = self.disposition

        reference: None | str | Unset
        if isinstance(self.reference, Unset):
            reference = UNSET
        else:
            reference = self.reference

        dispositions: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.dispositions, Unset):
            dispositions = []
            for dispositions_item_data in self.dispositions:
                dispositions_item = dispositions_item_data.to_dict()
                dispositions.append(dispositions_item)

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if disposition is not UNSET:
            field_dict["disposition"] = disposition
        if reference is not UNSET:
            field_dict["reference"] = reference
        if dispositions is not UNSET:
            field_dict["dispositions"] = dispositions
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.disposition_in import DispositionIn  # noqa: PLC0415

        d = dict(src_dict)
        _disposition = d.pop("disposition", UNSET)
        disposition: NonconformanceDecideDisposition | Unset
        if isinstance(_disposition, Unset):
            disposition = UNSET
        else:
            disposition = check_nonconformance_decide_disposition(_disposition)

        def _parse_reference(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reference = _parse_reference(d.pop("reference", UNSET))

        _dispositions = d.pop("dispositions", UNSET)
        dispositions: list[DispositionIn] | Unset = UNSET
        if _dispositions is not UNSET:
            dispositions = []
            for dispositions_item_data in _dispositions:
                dispositions_item = DispositionIn.from_dict(dispositions_item_data)

                dispositions.append(dispositions_item)

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            disposition=disposition,
            reference=reference,
            dispositions=dispositions,
            note=note,
        )

        return built_
