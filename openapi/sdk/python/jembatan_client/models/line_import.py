from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.line_import_fault import LineImportFault


T = TypeVar("T", bound="LineImport")


@_attrs_define
class LineImport:
    """What an import did; or, as a dry run, would do. Every faulty cell is in `faults`, in the order of reading."""

    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    etag: str
    """ The RFQ's, after the import; of a dry run the one it would have. """
    sheet: str
    """ Name of the sheet; for CSV the name of the format. """
    rows: int
    """ Rows of the sheet that hold a line. """
    lines: int
    """ Lines of the RFQ afterwards. """
    faults: list[LineImportFault]
    """ What is wrong, each with its place. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rfq_id = self.rfq_id

        etag = self.etag

        sheet = self.sheet

        rows = self.rows

        lines = self.lines

        faults = []
        for faults_item_data in self.faults:
            faults_item = faults_item_data.to_dict()
            faults.append(faults_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rfq_id": rfq_id,
                "etag": etag,
                "sheet": sheet,
                "rows": rows,
                "lines": lines,
                "faults": faults,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.line_import_fault import LineImportFault  # noqa: PLC0415

        d = dict(src_dict)
        rfq_id = d.pop("rfq_id")

        etag = d.pop("etag")

        sheet = d.pop("sheet")

        rows = d.pop("rows")

        lines = d.pop("lines")

        faults = []
        _faults = d.pop("faults")
        for faults_item_data in _faults:
            faults_item = LineImportFault.from_dict(faults_item_data)

            faults.append(faults_item)

        built_ = cls(
            rfq_id=rfq_id,
            etag=etag,
            sheet=sheet,
            rows=rows,
            lines=lines,
            faults=faults,
        )

        built_.additional_properties = d
        return built_

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
