from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.held_certificate import HeldCertificate
    from ..models.machine_tool import MachineTool
    from ..models.monthly_capacity import MonthlyCapacity


T = TypeVar("T", bound="Capabilities")


@_attrs_define
class Capabilities:
    """What a workshop can make. The entity tag is the organisation's."""

    organisation_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    processes: list[str]
    """ Manufacturing processes, by code. """
    machines: list[MachineTool]
    """ Machines, with the largest part that fits. """
    materials: list[str]
    """ Materials that are worked, by code. """
    best_it_grade: int | None
    """ The finest ISO 286 tolerance grade that is held in series, for example 7 for IT7; null when not declared.
    """
    tolerance_note: None | str
    """ What the workshop says about its tolerances; null when nothing. """
    certificates: list[HeldCertificate]
    """ Certificates that the workshop holds or prepares. """
    quality_equipment: list[str]
    """ Measuring and testing equipment, by code. """
    capacity: list[MonthlyCapacity]
    """ What the workshop can take on, one entry for each unit it is told in. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        organisation_id = self.organisation_id

        etag = self.etag

        processes = self.processes

        machines = []
        for machines_item_data in self.machines:
            machines_item = machines_item_data.to_dict()
            machines.append(machines_item)

        materials = self.materials

        best_it_grade: int | None
        best_it_grade = self.best_it_grade

        tolerance_note: None | str
        tolerance_note = self.tolerance_note

        certificates = []
        for certificates_item_data in self.certificates:
            certificates_item = certificates_item_data.to_dict()
            certificates.append(certificates_item)

        quality_equipment = self.quality_equipment

        capacity = []
        for capacity_item_data in self.capacity:
            capacity_item = capacity_item_data.to_dict()
            capacity.append(capacity_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "organisation_id": organisation_id,
                "etag": etag,
                "processes": processes,
                "machines": machines,
                "materials": materials,
                "best_it_grade": best_it_grade,
                "tolerance_note": tolerance_note,
                "certificates": certificates,
                "quality_equipment": quality_equipment,
                "capacity": capacity,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.held_certificate import HeldCertificate  # noqa: PLC0415
        from ..models.machine_tool import MachineTool  # noqa: PLC0415
        from ..models.monthly_capacity import MonthlyCapacity  # noqa: PLC0415

        d = dict(src_dict)
        organisation_id = d.pop("organisation_id")

        etag = d.pop("etag")

        processes = cast(list[str], d.pop("processes"))

        machines = []
        _machines = d.pop("machines")
        for machines_item_data in _machines:
            machines_item = MachineTool.from_dict(machines_item_data)

            machines.append(machines_item)

        materials = cast(list[str], d.pop("materials"))

        def _parse_best_it_grade(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        best_it_grade = _parse_best_it_grade(d.pop("best_it_grade"))

        def _parse_tolerance_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tolerance_note = _parse_tolerance_note(d.pop("tolerance_note"))

        certificates = []
        _certificates = d.pop("certificates")
        for certificates_item_data in _certificates:
            certificates_item = HeldCertificate.from_dict(certificates_item_data)

            certificates.append(certificates_item)

        quality_equipment = cast(list[str], d.pop("quality_equipment"))

        capacity = []
        _capacity = d.pop("capacity")
        for capacity_item_data in _capacity:
            capacity_item = MonthlyCapacity.from_dict(capacity_item_data)

            capacity.append(capacity_item)

        built_ = cls(
            organisation_id=organisation_id,
            etag=etag,
            processes=processes,
            machines=machines,
            materials=materials,
            best_it_grade=best_it_grade,
            tolerance_note=tolerance_note,
            certificates=certificates,
            quality_equipment=quality_equipment,
            capacity=capacity,
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
