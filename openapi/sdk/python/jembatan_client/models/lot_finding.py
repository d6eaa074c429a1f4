from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.defect import Defect


T = TypeVar("T", bound="LotFinding")


@_attrs_define
class LotFinding:
    """One recording of an inspection."""

    inspection_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    inspector: None | str
    """ Who inspected; null when not told. """
    accepted: str
    """ Exact decimal. """
    rejected: str
    """ Exact decimal. """
    ship_to_stock: bool
    """ Whether the lot goes to stock without inspection. """
    defects: list[Defect]
    """ What is wrong, by code and quantity. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        inspection_id = self.inspection_id

        at = self.at.isoformat()

        inspector: None | str
        inspector = self.inspector

        accepted = self.accepted

        rejected = self.rejected

        ship_to_stock = self.ship_to_stock

        defects = []
        for defects_item_data in self.defects:
            defects_item = defects_item_data.to_dict()
            defects.append(defects_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "inspection_id": inspection_id,
                "at": at,
                "inspector": inspector,
                "accepted": accepted,
                "rejected": rejected,
                "ship_to_stock": ship_to_stock,
                "defects": defects,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.defect import Defect  # noqa: PLC0415

        d = dict(src_dict)
        inspection_id = d.pop("inspection_id")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        def _parse_inspector(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        inspector = _parse_inspector(d.pop("inspector"))

        accepted = d.pop("accepted")

        rejected = d.pop("rejected")

        ship_to_stock = d.pop("ship_to_stock")

        defects = []
        _defects = d.pop("defects")
        for defects_item_data in _defects:
            defects_item = Defect.from_dict(defects_item_data)

            defects.append(defects_item)

        built_ = cls(
            inspection_id=inspection_id,
            at=at,
            inspector=inspector,
            accepted=accepted,
            rejected=rejected,
            ship_to_stock=ship_to_stock,
            defects=defects,
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
