from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ScorecardFormula")


@_attrs_define
class ScorecardFormula:
    """What one figure means, from which events, and how many facts it takes at least."""

    code: str
    """ Stable name, for programs. """
    side: str
    """ The side: buyer or supplier.

    Known values: supplier, buyer. """
    kind: str
    """ Whether the figure is a share in percent, parts per million, a median or a ratio.

    Known values: share, ppm, median, ratio. """
    unit: str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces.

    Known values: share, ppm, days, hours, per_order. """
    direction: str
    """ Whether a higher figure is better, or a lower one.

    Known values: higher_is_better, lower_is_better. """
    minimum: int
    """ Fewer facts give `insufficient_data`. """
    label: str
    """ Name of the figure, for people. """
    definition: str
    """ How the figure is made, in words. """
    event_types: list[str]
    """ Types of the events that the figure is made of. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        side = self.side

        kind = self.kind

        unit = self.unit

        direction = self.direction

        minimum = self.minimum

        label = self.label

        definition = self.definition

        event_types = self.event_types

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "side": side,
                "kind": kind,
                "unit": unit,
                "direction": direction,
                "minimum": minimum,
                "label": label,
                "definition": definition,
                "event_types": event_types,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        code = d.pop("code")

        side = d.pop("side")

        kind = d.pop("kind")

        unit = d.pop("unit")

        direction = d.pop("direction")

        minimum = d.pop("minimum")

        label = d.pop("label")

        definition = d.pop("definition")

        event_types = cast(list[str], d.pop("event_types"))

        built_ = cls(
            code=code,
            side=side,
            kind=kind,
            unit=unit,
            direction=direction,
            minimum=minimum,
            label=label,
            definition=definition,
            event_types=event_types,
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
