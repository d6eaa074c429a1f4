from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.defect import Defect
    from ..models.disposition_out import DispositionOut


T = TypeVar("T", bound="LotClaim")


@_attrs_define
class LotClaim:
    """A nonconformance of the lot."""

    nonconformance_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    inspection_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    origin: str
    """ Whether a rejection or a later finding opened it. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    quantity: str
    """ Exact decimal. """
    dispositions: list[DispositionOut]
    """ What becomes of the pieces, by quantity. """
    returned: str
    """ Exact decimal. """
    replaced: str
    """ Exact decimal. """
    opened_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    defects: list[Defect]
    """ What is wrong, by code and quantity. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        nonconformance_id = self.nonconformance_id

        inspection_id = self.inspection_id

        origin = self.origin

        state = self.state

        state_label = self.state_label

        quantity = self.quantity

        dispositions = []
        for dispositions_item_data in self.dispositions:
            dispositions_item = dispositions_item_data.to_dict()
            dispositions.append(dispositions_item)

        returned = self.returned

        replaced = self.replaced

        opened_at = self.opened_at.isoformat()

        defects = []
        for defects_item_data in self.defects:
            defects_item = defects_item_data.to_dict()
            defects.append(defects_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "nonconformance_id": nonconformance_id,
                "inspection_id": inspection_id,
                "origin": origin,
                "state": state,
                "state_label": state_label,
                "quantity": quantity,
                "dispositions": dispositions,
                "returned": returned,
                "replaced": replaced,
                "opened_at": opened_at,
                "defects": defects,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.defect import Defect  # noqa: PLC0415
        from ..models.disposition_out import DispositionOut  # noqa: PLC0415

        d = dict(src_dict)
        nonconformance_id = d.pop("nonconformance_id")

        inspection_id = d.pop("inspection_id")

        origin = d.pop("origin")

        state = d.pop("state")

        state_label = d.pop("state_label")

        quantity = d.pop("quantity")

        dispositions = []
        _dispositions = d.pop("dispositions")
        for dispositions_item_data in _dispositions:
            dispositions_item = DispositionOut.from_dict(dispositions_item_data)

            dispositions.append(dispositions_item)

        returned = d.pop("returned")

        replaced = d.pop("replaced")

        opened_at = datetime.datetime.fromisoformat(d.pop("opened_at"))

        defects = []
        _defects = d.pop("defects")
        for defects_item_data in _defects:
            defects_item = Defect.from_dict(defects_item_data)

            defects.append(defects_item)

        built_ = cls(
            nonconformance_id=nonconformance_id,
            inspection_id=inspection_id,
            origin=origin,
            state=state,
            state_label=state_label,
            quantity=quantity,
            dispositions=dispositions,
            returned=returned,
            replaced=replaced,
            opened_at=opened_at,
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
