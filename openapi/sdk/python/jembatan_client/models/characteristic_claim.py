from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.disposition_out import DispositionOut


T = TypeVar("T", bound="CharacteristicClaim")


@_attrs_define
class CharacteristicClaim:
    """A nonconformance that names this characteristic; `failed` is how much of its quantity for this reason."""

    nonconformance_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    receipt_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    inspection_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    quantity: str
    """ Exact decimal. """
    failed: str
    """ Exact decimal. """
    origin: str
    """ Whether a rejection or a later finding opened it. """
    dispositions: list[DispositionOut]
    """ What becomes of the pieces, by quantity. """
    returned: str
    """ Exact decimal. """
    replaced: str
    """ Exact decimal. """
    opened_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        nonconformance_id = self.nonconformance_id

        receipt_id = self.receipt_id

        inspection_id = self.inspection_id

        state = self.state

        state_label = self.state_label

        quantity = self.quantity

        failed = self.failed

        origin = self.origin

        dispositions = []
        for dispositions_item_data in self.dispositions:
            dispositions_item = dispositions_item_data.to_dict()
            dispositions.append(dispositions_item)

        returned = self.returned

        replaced = self.replaced

        opened_at = self.opened_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "nonconformance_id": nonconformance_id,
                "receipt_id": receipt_id,
                "inspection_id": inspection_id,
                "state": state,
                "state_label": state_label,
                "quantity": quantity,
                "failed": failed,
                "origin": origin,
                "dispositions": dispositions,
                "returned": returned,
                "replaced": replaced,
                "opened_at": opened_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.disposition_out import DispositionOut  # noqa: PLC0415

        d = dict(src_dict)
        nonconformance_id = d.pop("nonconformance_id")

        receipt_id = d.pop("receipt_id")

        inspection_id = d.pop("inspection_id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        quantity = d.pop("quantity")

        failed = d.pop("failed")

        origin = d.pop("origin")

        dispositions = []
        _dispositions = d.pop("dispositions")
        for dispositions_item_data in _dispositions:
            dispositions_item = DispositionOut.from_dict(dispositions_item_data)

            dispositions.append(dispositions_item)

        returned = d.pop("returned")

        replaced = d.pop("replaced")

        opened_at = datetime.datetime.fromisoformat(d.pop("opened_at"))

        built_ = cls(
            nonconformance_id=nonconformance_id,
            receipt_id=receipt_id,
            inspection_id=inspection_id,
            state=state,
            state_label=state_label,
            quantity=quantity,
            failed=failed,
            origin=origin,
            dispositions=dispositions,
            returned=returned,
            replaced=replaced,
            opened_at=opened_at,
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
