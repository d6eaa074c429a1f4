from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.problem import Problem
    from ..models.rfq_made import RfqMade


T = TypeVar("T", bound="RfqBatchItem")


@_attrs_define
class RfqBatchItem:
    """What became of one item: `rfq` when it was made (`status` 201), `problem` when it was not."""

    index: int
    """ Its place in `rfqs`, from 0. """
    external_reference: None | str
    """ The buyer's own number of the document, unique among its RFQs; null when not given. """
    status: int
    """ What `createRfq` had answered. """
    rfq: None | RfqMade
    problem: None | Problem
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.problem import Problem  # noqa: PLC0415
        from ..models.rfq_made import RfqMade  # noqa: PLC0415

        index = self.index

        external_reference: None | str
        external_reference = self.external_reference

        status = self.status

        rfq: dict[str, Any] | None
        if isinstance(self.rfq, RfqMade):
            rfq = self.rfq.to_dict()
        else:
            rfq = self.rfq

        problem: dict[str, Any] | None
        if isinstance(self.problem, Problem):
            problem = self.problem.to_dict()
        else:
            problem = self.problem

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "index": index,
                "external_reference": external_reference,
                "status": status,
                "rfq": rfq,
                "problem": problem,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.problem import Problem  # noqa: PLC0415
        from ..models.rfq_made import RfqMade  # noqa: PLC0415

        d = dict(src_dict)
        index = d.pop("index")

        def _parse_external_reference(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        external_reference = _parse_external_reference(d.pop("external_reference"))

        status = d.pop("status")

        def _parse_rfq(data: object) -> None | RfqMade:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                rfq_type_0 = RfqMade.from_dict(data)

                return rfq_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | RfqMade, data)

        rfq = _parse_rfq(d.pop("rfq"))

        def _parse_problem(data: object) -> None | Problem:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                problem_type_0 = Problem.from_dict(data)

                return problem_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Problem, data)

        problem = _parse_problem(d.pop("problem"))

        built_ = cls(
            index=index,
            external_reference=external_reference,
            status=status,
            rfq=rfq,
            problem=problem,
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
