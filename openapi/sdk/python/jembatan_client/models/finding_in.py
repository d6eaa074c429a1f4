from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.concession_in import ConcessionIn
    from ..models.defect_in import DefectIn
    from ..models.result_in import ResultIn


T = TypeVar("T", bound="FindingIn")


@_attrs_define
class FindingIn:
    """What was found of one lot, this time."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    accepted: str
    """ Exact decimal. """
    rejected: str | Unset = "0"
    """ Exact decimal. """
    defects: list[DefectIn] | Unset = UNSET
    """ What is wrong, by code and quantity. """
    results: list[ResultIn] | Unset = UNSET
    """ What was measured, by characteristic. """
    concession: ConcessionIn | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.concession_in import ConcessionIn  # noqa: PLC0415

        line_no = self.line_no

        lot = self.lot

        accepted = self.accepted

        rejected = self.rejected

        defects: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.defects, Unset):
            defects = []
            for defects_item_data in self.defects:
                defects_item = defects_item_data.to_dict()
                defects.append(defects_item)

        results: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.results, Unset):
            results = []
            for results_item_data in self.results:
                results_item = results_item_data.to_dict()
                results.append(results_item)

        concession: dict[str, Any] | None | Unset
        if isinstance(self.concession, Unset):
            concession = UNSET
        elif isinstance(self.concession, ConcessionIn):
            concession = self.concession.to_dict()
        else:
            concession = self.concession

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
                "lot": lot,
                "accepted": accepted,
            }
        )
        if rejected is not UNSET:
            field_dict["rejected"] = rejected
        if defects is not UNSET:
            field_dict["defects"] = defects
        if results is not UNSET:
            field_dict["results"] = results
        if concession is not UNSET:
            field_dict["concession"] = concession

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.concession_in import ConcessionIn  # noqa: PLC0415
        from ..models.defect_in import DefectIn  # noqa: PLC0415
        from ..models.result_in import ResultIn  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        lot = d.pop("lot")

        accepted = d.pop("accepted")

        rejected = d.pop("rejected", UNSET)

        _defects = d.pop("defects", UNSET)
        defects: list[DefectIn] | Unset = UNSET
        if _defects is not UNSET:
            defects = []
            for defects_item_data in _defects:
                defects_item = DefectIn.from_dict(defects_item_data)

                defects.append(defects_item)

        _results = d.pop("results", UNSET)
        results: list[ResultIn] | Unset = UNSET
        if _results is not UNSET:
            results = []
            for results_item_data in _results:
                results_item = ResultIn.from_dict(results_item_data)

                results.append(results_item)

        def _parse_concession(data: object) -> ConcessionIn | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                concession_type_0 = ConcessionIn.from_dict(data)

                return concession_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ConcessionIn | None | Unset, data)

        concession = _parse_concession(d.pop("concession", UNSET))

        built_ = cls(
            line_no=line_no,
            lot=lot,
            accepted=accepted,
            rejected=rejected,
            defects=defects,
            results=results,
            concession=concession,
        )

        return built_
