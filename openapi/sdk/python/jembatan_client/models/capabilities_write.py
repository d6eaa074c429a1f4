from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.capacity_in import CapacityIn
    from ..models.certificate_in import CertificateIn
    from ..models.machine_in import MachineIn


T = TypeVar("T", bound="CapabilitiesWrite")


@_attrs_define
class CapabilitiesWrite:
    """Everything a workshop can make; it replaces what was said before."""

    processes: list[str] | Unset = UNSET
    """ Manufacturing processes, by code. """
    machines: list[MachineIn] | Unset = UNSET
    """ Machines, with the largest part that fits. """
    materials: list[str] | Unset = UNSET
    """ Materials that are worked, by code. """
    best_it_grade: int | None | Unset = UNSET
    """ The finest ISO 286 tolerance grade that is held in series, for example 7 for IT7; null when not declared.
    """
    tolerance_note: None | str | Unset = UNSET
    """ What the workshop says about its tolerances; null when nothing. """
    certificates: list[CertificateIn] | Unset = UNSET
    """ Certificates that you hold or prepare. """
    quality_equipment: list[str] | Unset = UNSET
    """ Measuring and testing equipment, by code. """
    capacity: list[CapacityIn] | Unset = UNSET
    """ What the workshop can take on, one entry for each unit it is told in. """

    def to_dict(self) -> dict[str, Any]:
        processes: list[str] | Unset = UNSET
        if not isinstance(self.processes, Unset):
            processes = self.processes

        machines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.machines, Unset):
            machines = []
            for machines_item_data in self.machines:
                machines_item = machines_item_data.to_dict()
                machines.append(machines_item)

        materials: list[str] | Unset = UNSET
        if not isinstance(self.materials, Unset):
            materials = self.materials

        best_it_grade: int | None | Unset
        if isinstance(self.best_it_grade, Unset):
            best_it_grade = UNSET
        else:
            best_it_grade = self.best_it_grade

        tolerance_note: None | str | Unset
        if isinstance(self.tolerance_note, Unset):
            tolerance_note = UNSET
        else:
            tolerance_note = self.tolerance_note

        certificates: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.certificates, Unset):
            certificates = []
            for certificates_item_data in self.certificates:
                certificates_item = certificates_item_data.to_dict()
                certificates.append(certificates_item)

        quality_equipment: list[str] | Unset = UNSET
        if not isinstance(self.quality_equipment, Unset):
            quality_equipment = self.quality_equipment

        capacity: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.capacity, Unset):
            capacity = []
            for capacity_item_data in self.capacity:
                capacity_item = capacity_item_data.to_dict()
                capacity.append(capacity_item)

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if processes is not UNSET:
            field_dict["processes"] = processes
        if machines is not UNSET:
            field_dict["machines"] = machines
        if materials is not UNSET:
            field_dict["materials"] = materials
        if best_it_grade is not UNSET:
            field_dict["best_it_grade"] = best_it_grade
        if tolerance_note is not UNSET:
            field_dict["tolerance_note"] = tolerance_note
        if certificates is not UNSET:
            field_dict["certificates"] = certificates
        if quality_equipment is not UNSET:
            field_dict["quality_equipment"] = quality_equipment
        if capacity is not UNSET:
            field_dict["capacity"] = capacity

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.capacity_in import CapacityIn  # noqa: PLC0415
        from ..models.certificate_in import CertificateIn  # noqa: PLC0415
        from ..models.machine_in import MachineIn  # noqa: PLC0415

        d = dict(src_dict)
        processes = cast(list[str], d.pop("processes", UNSET))

        _machines = d.pop("machines", UNSET)
        machines: list[MachineIn] | Unset = UNSET
        if _machines is not UNSET:
            machines = []
            for machines_item_data in _machines:
                machines_item = MachineIn.from_dict(machines_item_data)

                machines.append(machines_item)

        materials = cast(list[str], d.pop("materials", UNSET))

        def _parse_best_it_grade(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        best_it_grade = _parse_best_it_grade(d.pop("best_it_grade", UNSET))

        def _parse_tolerance_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tolerance_note = _parse_tolerance_note(d.pop("tolerance_note", UNSET))

        _certificates = d.pop("certificates", UNSET)
        certificates: list[CertificateIn] | Unset = UNSET
        if _certificates is not UNSET:
            certificates = []
            for certificates_item_data in _certificates:
                certificates_item = CertificateIn.from_dict(certificates_item_data)

                certificates.append(certificates_item)

        quality_equipment = cast(list[str], d.pop("quality_equipment", UNSET))

        _capacity = d.pop("capacity", UNSET)
        capacity: list[CapacityIn] | Unset = UNSET
        if _capacity is not UNSET:
            capacity = []
            for capacity_item_data in _capacity:
                capacity_item = CapacityIn.from_dict(capacity_item_data)

                capacity.append(capacity_item)

        built_ = cls(
            processes=processes,
            machines=machines,
            materials=materials,
            best_it_grade=best_it_grade,
            tolerance_note=tolerance_note,
            certificates=certificates,
            quality_equipment=quality_equipment,
            capacity=capacity,
        )

        return built_
