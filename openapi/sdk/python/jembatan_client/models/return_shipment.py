from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked


T = TypeVar("T", bound="ReturnShipment")


@_attrs_define
class ReturnShipment:
    """Rejected pieces on their way back to the supplier."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    nonconformance_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    blocked_actions: list[Blocked]
    """ Actions that belong to this state but cannot be taken now, each with the reason. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    reference: str
    """ The buyer's number of the return note. """
    quantity: str
    """ Exact decimal. """
    note: None | str
    """ Remark for people; null when there is none. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        order_id = self.order_id

        nonconformance_id = self.nonconformance_id

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        reference = self.reference

        quantity = self.quantity

        note: None | str
        note = self.note

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "order_id": order_id,
                "nonconformance_id": nonconformance_id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "reference": reference,
                "quantity": quantity,
                "note": note,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        order_id = d.pop("order_id")

        nonconformance_id = d.pop("nonconformance_id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        reference = d.pop("reference")

        quantity = d.pop("quantity")

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            order_id=order_id,
            nonconformance_id=nonconformance_id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            reference=reference,
            quantity=quantity,
            note=note,
            created_at=created_at,
            updated_at=updated_at,
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
