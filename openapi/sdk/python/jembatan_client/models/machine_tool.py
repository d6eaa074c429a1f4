from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.machine_envelope import MachineEnvelope


T = TypeVar("T", bound="MachineTool")


@_attrs_define
class MachineTool:
    """Machines of one kind."""

    name: str
    """ Name, for people. """
    count: int
    """ How many of this machine there are. """
    processes: list[str]
    """ Manufacturing processes, by code. """
    envelope: MachineEnvelope | None
    force_t: None | str
    """ Exact decimal. """
    max_mass_kg: None | str
    """ Exact decimal. """
    note: None | str
    """ Remark for people; null when there is none. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.machine_envelope import MachineEnvelope  # noqa: PLC0415

        name = self.name

        count = self.count

        processes = self.processes

        envelope: dict[str, Any] | None
        if isinstance(self.envelope, MachineEnvelope):
            envelope = self.envelope.to_dict()
        else:
            envelope = self.envelope

        force_t: None | str
        force_t = self.force_t

        max_mass_kg: None | str
        max_mass_kg = self.max_mass_kg

        note: None | str
        note = self.note

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "count": count,
                "processes": processes,
                "envelope": envelope,
                "force_t": force_t,
                "max_mass_kg": max_mass_kg,
                "note": note,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.machine_envelope import MachineEnvelope  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        count = d.pop("count")

        processes = cast(list[str], d.pop("processes"))

        def _parse_envelope(data: object) -> MachineEnvelope | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                envelope_type_0 = MachineEnvelope.from_dict(data)

                return envelope_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MachineEnvelope | None, data)

        envelope = _parse_envelope(d.pop("envelope"))

        def _parse_force_t(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        force_t = _parse_force_t(d.pop("force_t"))

        def _parse_max_mass_kg(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        max_mass_kg = _parse_max_mass_kg(d.pop("max_mass_kg"))

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        built_ = cls(
            name=name,
            count=count,
            processes=processes,
            envelope=envelope,
            force_t=force_t,
            max_mass_kg=max_mass_kg,
            note=note,
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
