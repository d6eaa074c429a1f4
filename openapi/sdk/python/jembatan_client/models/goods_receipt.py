from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.goods_receipt_line import GoodsReceiptLine


T = TypeVar("T", bound="GoodsReceipt")


@_attrs_define
class GoodsReceipt:
    """A count; it never changes. `inspection_id` is null when nothing arrived."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    despatch_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    inspection_id: None | str
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
    number: None | str
    """ The buyer's number of the receipt; null when not given. """
    note: None | str
    """ Remark for people; null when there is none. """
    received_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    lines: list[GoodsReceiptLine]
    """ What it is about, line by line. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        order_id = self.order_id

        despatch_id = self.despatch_id

        inspection_id: None | str
        inspection_id = self.inspection_id

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        number: None | str
        number = self.number

        note: None | str
        note = self.note

        received_at = self.received_at.isoformat()

        created_at = self.created_at.isoformat()

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "order_id": order_id,
                "despatch_id": despatch_id,
                "inspection_id": inspection_id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "number": number,
                "note": note,
                "received_at": received_at,
                "created_at": created_at,
                "lines": lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.goods_receipt_line import GoodsReceiptLine  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        order_id = d.pop("order_id")

        despatch_id = d.pop("despatch_id")

        def _parse_inspection_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        inspection_id = _parse_inspection_id(d.pop("inspection_id"))

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        def _parse_number(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        number = _parse_number(d.pop("number"))

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        received_at = datetime.datetime.fromisoformat(d.pop("received_at"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = GoodsReceiptLine.from_dict(lines_item_data)

            lines.append(lines_item)

        built_ = cls(
            id=id,
            order_id=order_id,
            despatch_id=despatch_id,
            inspection_id=inspection_id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            number=number,
            note=note,
            received_at=received_at,
            created_at=created_at,
            lines=lines,
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
