from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.substitution_figures import SubstitutionFigures
    from ..models.substitution_group import SubstitutionGroup
    from ..models.substitution_line import SubstitutionLine


T = TypeVar("T", bound="ImportSubstitution")


@_attrs_define
class ImportSubstitution:
    """Imports that could be, will be, and were replaced; a need counts once, and its annual quantity at most."""

    total: SubstitutionFigures
    """ Whole rupiah of CIF value: what is published, what awards commit, what accepted pieces have replaced.

    Null in sums over all buyers where fewer than three are behind a figure. """
    by_buyer: list[SubstitutionGroup]
    """ The buyer itself; empty in sums over all buyers. """
    by_process: list[SubstitutionGroup]
    """ The same figures for each process. """
    by_region: list[SubstitutionGroup]
    """ Regency of the supplier, for what is committed and realised. """
    lines: list[SubstitutionLine]
    """ What it is about, line by line. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        total = self.total.to_dict()

        by_buyer = []
        for by_buyer_item_data in self.by_buyer:
            by_buyer_item = by_buyer_item_data.to_dict()
            by_buyer.append(by_buyer_item)

        by_process = []
        for by_process_item_data in self.by_process:
            by_process_item = by_process_item_data.to_dict()
            by_process.append(by_process_item)

        by_region = []
        for by_region_item_data in self.by_region:
            by_region_item = by_region_item_data.to_dict()
            by_region.append(by_region_item)

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "total": total,
                "by_buyer": by_buyer,
                "by_process": by_process,
                "by_region": by_region,
                "lines": lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.substitution_figures import SubstitutionFigures  # noqa: PLC0415
        from ..models.substitution_group import SubstitutionGroup  # noqa: PLC0415
        from ..models.substitution_line import SubstitutionLine  # noqa: PLC0415

        d = dict(src_dict)
        total = SubstitutionFigures.from_dict(d.pop("total"))

        by_buyer = []
        _by_buyer = d.pop("by_buyer")
        for by_buyer_item_data in _by_buyer:
            by_buyer_item = SubstitutionGroup.from_dict(by_buyer_item_data)

            by_buyer.append(by_buyer_item)

        by_process = []
        _by_process = d.pop("by_process")
        for by_process_item_data in _by_process:
            by_process_item = SubstitutionGroup.from_dict(by_process_item_data)

            by_process.append(by_process_item)

        by_region = []
        _by_region = d.pop("by_region")
        for by_region_item_data in _by_region:
            by_region_item = SubstitutionGroup.from_dict(by_region_item_data)

            by_region.append(by_region_item)

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = SubstitutionLine.from_dict(lines_item_data)

            lines.append(lines_item)

        built_ = cls(
            total=total,
            by_buyer=by_buyer,
            by_process=by_process,
            by_region=by_region,
            lines=lines,
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
