from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.work import Work


T = TypeVar("T", bound="Heartbeat")


@_attrs_define
class Heartbeat:
    """What the workshop reported; it never changes, and the newest counts."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    free_hours_per_week: str
    """ Exact decimal. """
    raw_stock_days: int
    """ Days for which the raw material suffices. """
    note: None | str
    """ Remark for people; null when there is none. """
    lines: list[Work]
    """ What it is about, line by line. """
    reported_by: str
    """ Who reported it. """
    recorded_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        order_id = self.order_id

        state = self.state

        state_label = self.state_label

        free_hours_per_week = self.free_hours_per_week

        raw_stock_days = self.raw_stock_days

        note: None | str
        note = self.note

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        reported_by = self.reported_by

        recorded_at = self.recorded_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "order_id": order_id,
                "state": state,
                "state_label": state_label,
                "free_hours_per_week": free_hours_per_week,
                "raw_stock_days": raw_stock_days,
                "note": note,
                "lines": lines,
                "reported_by": reported_by,
                "recorded_at": recorded_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.work import Work  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        order_id = d.pop("order_id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        free_hours_per_week = d.pop("free_hours_per_week")

        raw_stock_days = d.pop("raw_stock_days")

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = Work.from_dict(lines_item_data)

            lines.append(lines_item)

        reported_by = d.pop("reported_by")

        recorded_at = datetime.datetime.fromisoformat(d.pop("recorded_at"))

        built_ = cls(
            id=id,
            order_id=order_id,
            state=state,
            state_label=state_label,
            free_hours_per_week=free_hours_per_week,
            raw_stock_days=raw_stock_days,
            note=note,
            lines=lines,
            reported_by=reported_by,
            recorded_at=recorded_at,
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
