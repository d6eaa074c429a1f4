from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.concession import Concession
    from ..models.defect import Defect
    from ..models.inspection_result import InspectionResult


T = TypeVar("T", bound="InspectionFinding")


@_attrs_define
class InspectionFinding:
    """What was found of one lot in one recording."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    accepted: str
    """ Exact decimal. """
    rejected: str
    """ Exact decimal. """
    defects: list[Defect]
    """ What is wrong, by code and quantity. """
    results: list[InspectionResult]
    """ What was measured, by characteristic. """
    concession: Concession | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.concession import Concession  # noqa: PLC0415

        line_no = self.line_no

        lot = self.lot

        accepted = self.accepted

        rejected = self.rejected

        defects = []
        for defects_item_data in self.defects:
            defects_item = defects_item_data.to_dict()
            defects.append(defects_item)

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        concession: dict[str, Any] | None
        if isinstance(self.concession, Concession):
            concession = self.concession.to_dict()
        else:
            concession = self.concession

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "lot": lot,
                "accepted": accepted,
                "rejected": rejected,
                "defects": defects,
                "results": results,
                "concession": concession,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.concession import Concession  # noqa: PLC0415
        from ..models.defect import Defect  # noqa: PLC0415
        from ..models.inspection_result import InspectionResult  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        lot = d.pop("lot")

        accepted = d.pop("accepted")

        rejected = d.pop("rejected")

        defects = []
        _defects = d.pop("defects")
        for defects_item_data in _defects:
            defects_item = Defect.from_dict(defects_item_data)

            defects.append(defects_item)

        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = InspectionResult.from_dict(results_item_data)

            results.append(results_item)

        def _parse_concession(data: object) -> Concession | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                concession_type_0 = Concession.from_dict(data)

                return concession_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Concession | None, data)

        concession = _parse_concession(d.pop("concession"))

        built_ = cls(
            line_no=line_no,
            lot=lot,
            accepted=accepted,
            rejected=rejected,
            defects=defects,
            results=results,
            concession=concession,
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
