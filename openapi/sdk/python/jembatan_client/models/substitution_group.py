from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.substitution_figures import SubstitutionFigures


T = TypeVar("T", bound="SubstitutionGroup")


@_attrs_define
class SubstitutionGroup:
    """Figures under one heading. In sums over all buyers `other` holds headings with fewer than three buyers."""

    key: str
    """ What the figures are grouped by. """
    label: str
    """ Name of the group, for people. """
    figures: SubstitutionFigures
    """ Whole rupiah of CIF value: what is published, what awards commit, what accepted pieces have replaced.

    Null in sums over all buyers where fewer than three are behind a figure. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        key = self.key

        label = self.label

        figures = self.figures.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "key": key,
                "label": label,
                "figures": figures,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.substitution_figures import SubstitutionFigures  # noqa: PLC0415

        d = dict(src_dict)
        key = d.pop("key")

        label = d.pop("label")

        figures = SubstitutionFigures.from_dict(d.pop("figures"))

        built_ = cls(
            key=key,
            label=label,
            figures=figures,
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
