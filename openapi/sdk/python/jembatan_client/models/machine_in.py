from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.machine_envelope_in import MachineEnvelopeIn


T = TypeVar("T", bound="MachineIn")


@_attrs_define
class MachineIn:
    """Machines of one kind. `force_t` in tonnes, `max_mass_kg` in kilograms."""

    name: str
    """ Name, for people. """
    count: int | Unset = 1
    """ How many of this machine you have. """
    processes: list[str] | Unset = UNSET
    """ Manufacturing processes, by code. """
    envelope: MachineEnvelopeIn | None | Unset = UNSET
    force_t: None | str | Unset = UNSET
    """ Exact decimal. """
    max_mass_kg: None | str | Unset = UNSET
    """ Exact decimal. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.machine_envelope_in import MachineEnvelopeIn  # noqa: PLC0415

        name = self.name

        count = self.count

        processes: list[str] | Unset = UNSET
        if not isinstance(self.processes, Unset):
            processes = self.processes

        envelope: dict[str, Any] | None | Unset
        if isinstance(self.envelope, Unset):
            envelope = UNSET
        elif isinstance(self.envelope, MachineEnvelopeIn):
            envelope = self.envelope.to_dict()
        else:
            envelope = self.envelope

        force_t: None | str | Unset
        if isinstance(self.force_t, Unset):
            force_t = UNSET
        else:
            force_t = self.force_t

        max_mass_kg: None | str | Unset
        if isinstance(self.max_mass_kg, Unset):
            max_mass_kg = UNSET
        else:
            max_mass_kg = self.max_mass_kg

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
            }
        )
        if count is not UNSET:
            field_dict["count"] = count
        if processes is not UNSET:
            field_dict["processes"] = processes
        if envelope is not UNSET:
            field_dict["envelope"] = envelope
        if force_t is not UNSET:
            field_dict["force_t"] = force_t
        if max_mass_kg is not UNSET:
            field_dict["max_mass_kg"] = max_mass_kg
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.machine_envelope_in import MachineEnvelopeIn  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        count = d.pop("count", UNSET)

        processes = cast(list[str], d.pop("processes", UNSET))

        def _parse_envelope(data: object) -> MachineEnvelopeIn | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                envelope_type_0 = MachineEnvelopeIn.from_dict(data)

                return envelope_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MachineEnvelopeIn | None | Unset, data)

        envelope = _parse_envelope(d.pop("envelope", UNSET))

        def _parse_force_t(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        force_t = _parse_force_t(d.pop("force_t", UNSET))

        def _parse_max_mass_kg(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        max_mass_kg = _parse_max_mass_kg(d.pop("max_mass_kg", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            name=name,
            count=count,
            processes=processes,
            envelope=envelope,
            force_t=force_t,
            max_mass_kg=max_mass_kg,
            note=note,
        )

        return built_
