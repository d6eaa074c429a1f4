from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="MachineArrow")


@_attrs_define
class MachineArrow:
    """One permitted change. No source: it creates the thing. No target: the state stays."""

    action: str
    """ The action that takes this arrow. """
    from_states: list[str]
    """ The states from which the arrow leads. """
    to_state: None | str
    """ The state after; null when nothing moved. """
    by: list[str]
    """ Which sides may take the arrow. """
    event: str
    """ Type of the event that says so. """
    operation: None | str
    """ The operation, as it is called in the contract. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action = self.action

        from_states = self.from_states

        to_state: None | str
        to_state = self.to_state

        by = self.by

        event = self.event

        operation: None | str
        operation = self.operation

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "from_states": from_states,
                "to_state": to_state,
                "by": by,
                "event": event,
                "operation": operation,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        action = d.pop("action")

        from_states = cast(list[str], d.pop("from_states"))

        def _parse_to_state(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        to_state = _parse_to_state(d.pop("to_state"))

        by = cast(list[str], d.pop("by"))

        event = d.pop("event")

        def _parse_operation(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        operation = _parse_operation(d.pop("operation"))

        built_ = cls(
            action=action,
            from_states=from_states,
            to_state=to_state,
            by=by,
            event=event,
            operation=operation,
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
