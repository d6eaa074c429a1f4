from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.defect_in import DefectIn


T = TypeVar("T", bound="NonconformanceOpen")


@_attrs_define
class NonconformanceOpen:
    """Pieces that were accepted and turned out bad; no more of a lot than were accepted of that receipt."""

    receipt_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    quantity: str
    """ Exact decimal. """
    defects: list[DefectIn]
    """ What is wrong, by code and quantity. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        receipt_id = self.receipt_id

        line_no = self.line_no

        lot = self.lot

        quantity = self.quantity

        defects = []
        for defects_item_data in self.defects:
            defects_item = defects_item_data.to_dict()
            defects.append(defects_item)

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "receipt_id": receipt_id,
                "line_no": line_no,
                "lot": lot,
                "quantity": quantity,
                "defects": defects,
            }
        )
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.defect_in import DefectIn  # noqa: PLC0415

        d = dict(src_dict)
        receipt_id = d.pop("receipt_id")

        line_no = d.pop("line_no")

        lot = d.pop("lot")

        quantity = d.pop("quantity")

        defects = []
        _defects = d.pop("defects")
        for defects_item_data in _defects:
            defects_item = DefectIn.from_dict(defects_item_data)

            defects.append(defects_item)

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            receipt_id=receipt_id,
            line_no=line_no,
            lot=lot,
            quantity=quantity,
            defects=defects,
            note=note,
        )

        return built_
