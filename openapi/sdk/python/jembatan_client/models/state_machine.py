from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.machine_arrow import MachineArrow
    from ..models.machine_state import MachineState


T = TypeVar("T", bound="StateMachine")


@_attrs_define
class StateMachine:
    """One state machine, as the code enforces it."""

    name: str
    """ Which kind of thing moves through the states. """
    states: list[MachineState]
    """ The states, in reading order. """
    arrows: list[MachineArrow]
    """ The permitted changes of state. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        states = []
        for states_item_data in self.states:
            states_item = states_item_data.to_dict()
            states.append(states_item)

        arrows = []
        for arrows_item_data in self.arrows:
            arrows_item = arrows_item_data.to_dict()
            arrows.append(arrows_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "states": states,
                "arrows": arrows,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.machine_arrow import MachineArrow  # noqa: PLC0415
        from ..models.machine_state import MachineState  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        states = []
        _states = d.pop("states")
        for states_item_data in _states:
            states_item = MachineState.from_dict(states_item_data)

            states.append(states_item)

        arrows = []
        _arrows = d.pop("arrows")
        for arrows_item_data in _arrows:
            arrows_item = MachineArrow.from_dict(arrows_item_data)

            arrows.append(arrows_item)

        built_ = cls(
            name=name,
            states=states,
            arrows=arrows,
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
