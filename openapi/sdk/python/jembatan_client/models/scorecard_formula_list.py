from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.scorecard_formula import ScorecardFormula


T = TypeVar("T", bound="ScorecardFormulaList")


@_attrs_define
class ScorecardFormulaList:
    """The catalogue, whole. `version` rises when a figure comes to mean something else."""

    version: int
    """ Version of the catalogue. """
    interval: str
    """ How intervals of shares are made. """
    reply_days: int
    """ Days in which the organisation may reply to a mark. """
    decide_days: int
    """ Days in which the other side decides about a reply. """
    items: list[ScorecardFormula]
    """ The items of this page, in the order that the operation tells. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        version = self.version

        interval = self.interval

        reply_days = self.reply_days

        decide_days = self.decide_days

        items = []
        for items_item_data in self.items:
            items_item = items_item_data.to_dict()
            items.append(items_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "version": version,
                "interval": interval,
                "reply_days": reply_days,
                "decide_days": decide_days,
                "items": items,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.scorecard_formula import ScorecardFormula  # noqa: PLC0415

        d = dict(src_dict)
        version = d.pop("version")

        interval = d.pop("interval")

        reply_days = d.pop("reply_days")

        decide_days = d.pop("decide_days")

        items = []
        _items = d.pop("items")
        for items_item_data in _items:
            items_item = ScorecardFormula.from_dict(items_item_data)

            items.append(items_item)

        built_ = cls(
            version=version,
            interval=interval,
            reply_days=reply_days,
            decide_days=decide_days,
            items=items,
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
