from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.sampling_plan import SamplingPlan


T = TypeVar("T", bound="PublishedSamplingPlan")


@_attrs_define
class PublishedSamplingPlan:
    """One plan of the published tables."""

    lot_size: int
    """ Pieces in the lot. """
    plan: SamplingPlan
    """ Take `sample_size` units at random; up to `accept` nonconforming the lot passes, from `reject` on it fails.

    `plan_letter` is the row that the plan comes from, another than `code_letter` where the table has an arrow. With
    `full`
    the sample is the lot. """
    edition: str
    """ Edition of the standard that the tables are from. """
    source: str
    """ Where it is from. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        lot_size = self.lot_size

        plan = self.plan.to_dict()

        edition = self.edition

        source = self.source

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "lot_size": lot_size,
                "plan": plan,
                "edition": edition,
                "source": source,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.sampling_plan import SamplingPlan  # noqa: PLC0415

        d = dict(src_dict)
        lot_size = d.pop("lot_size")

        plan = SamplingPlan.from_dict(d.pop("plan"))

        edition = d.pop("edition")

        source = d.pop("source")

        built_ = cls(
            lot_size=lot_size,
            plan=plan,
            edition=edition,
            source=source,
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
