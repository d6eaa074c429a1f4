from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.approval import Approval
    from ..models.characteristic import Characteristic
    from ..models.envelope import Envelope
    from ..models.localized_name import LocalizedName
    from ..models.scheduled_delivery import ScheduledDelivery
    from ..models.sourcing_baseline import SourcingBaseline


T = TypeVar("T", bound="RfqLine")


@_attrs_define
class RfqLine:
    """One component that is asked for. `awarded`, and a baseline or target price that is not shown, are the buyer's."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    part_number: str
    """ The buyer's number of the part. """
    drawing_revision: None | str
    """ Revision of the drawing that is valid for the part; null when there is none. """
    name: LocalizedName
    """ A name in Indonesian (`id`) and English (`en`). """
    specification: None | str
    """ What is asked, in words; null when the drawing says it all. """
    material: None | str
    """ Material by name or standard, for example S45C; null when not stated. """
    processes: list[str]
    """ Manufacturing processes, by code. """
    general_tolerance: None | str
    """ Tolerance of sizes without one of their own, for example `ISO 2768-mK`; null when there is none. """
    it_grade: int | None
    """ ISO 286 tolerance grade that the finest size needs, for example 7 for IT7; null when not stated. """
    surface: None | str
    """ Surface that is asked for, for example a roughness or a coating; null when none. """
    heat_treatment: None | str
    """ Heat treatment that is asked for; null when none. """
    envelope: Envelope | None
    mass_kg: None | str
    """ Exact decimal. """
    quantity: str
    """ Exact decimal. """
    unit: str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    lot_size: None | str
    """ Exact decimal. """
    schedule: list[ScheduledDelivery]
    """ When how much is needed. """
    standards: list[str]
    """ Standards that apply, by name. """
    certificates: list[str]
    """ Certificates that a supplier has to hold, by code. """
    approval: Approval
    """ What is to be approved before production is despatched. """
    quantity_breaks: list[str]
    """ Quantities for which prices are asked. """
    allow_alternates: bool
    """ Whether suppliers may offer something else beside what is asked. """
    characteristics: list[Characteristic]
    """ What is measured or checked of the part. """
    target_price: None | str
    """ Exact decimal. """
    target_price_shown: bool
    """ Whether suppliers see the target price. """
    baseline: None | SourcingBaseline
    awarded: None | str
    """ Exact decimal. """
    digest: str
    """ Covers all that a price depends on; quotes name it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.envelope import Envelope  # noqa: PLC0415
        from ..models.sourcing_baseline import SourcingBaseline  # noqa: PLC0415

        id = self.id

        line_no = self.line_no

        part_number = self.part_number

        drawing_revision: None | str
        drawing_revision = self.drawing_revision

        name = self.name.to_dict()

        specification: None | str
        specification = self.specification

        material: None | str
        material = self.material

        processes = self.processes

        general_tolerance: None | str
        general_tolerance = self.general_tolerance

        it_grade: int | None
        it_grade = self.it_grade

        surface: None | str
        surface = self.surface

        heat_treatment: None | str
        heat_treatment = self.heat_treatment

        envelope: dict[str, Any] | None
        if isinstance(self.envelope, Envelope):
            envelope = self.envelope.to_dict()
        else:
            envelope = self.envelope

        mass_kg: None | str
        mass_kg = self.mass_kg

        quantity = self.quantity

        unit = self.unit

        lot_size: None | str
        lot_size = self.lot_size

        schedule = []
        for schedule_item_data in self.schedule:
            schedule_item = schedule_item_data.to_dict()
            schedule.append(schedule_item)

        standards = self.standards

        certificates = self.certificates

        approval = self.approval.to_dict()

        quantity_breaks = self.quantity_breaks

        allow_alternates = self.allow_alternates

        characteristics = []
        for characteristics_item_data in self.characteristics:
            characteristics_item = characteristics_item_data.to_dict()
            characteristics.append(characteristics_item)

        target_price: None | str
        target_price = self.target_price

        target_price_shown = self.target_price_shown

        baseline: dict[str, Any] | None
        if isinstance(self.baseline, SourcingBaseline):
            baseline = self.baseline.to_dict()
        else:
            baseline = self.baseline

        awarded: None | str
        awarded = self.awarded

        digest = self.digest

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "line_no": line_no,
                "part_number": part_number,
                "drawing_revision": drawing_revision,
                "name": name,
                "specification": specification,
                "material": material,
                "processes": processes,
                "general_tolerance": general_tolerance,
                "it_grade": it_grade,
                "surface": surface,
                "heat_treatment": heat_treatment,
                "envelope": envelope,
                "mass_kg": mass_kg,
                "quantity": quantity,
                "unit": unit,
                "lot_size": lot_size,
                "schedule": schedule,
                "standards": standards,
                "certificates": certificates,
                "approval": approval,
                "quantity_breaks": quantity_breaks,
                "allow_alternates": allow_alternates,
                "characteristics": characteristics,
                "target_price": target_price,
                "target_price_shown": target_price_shown,
                "baseline": baseline,
                "awarded": awarded,
                "digest": digest,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.approval import Approval  # noqa: PLC0415
        from ..models.characteristic import Characteristic  # noqa: PLC0415
        from ..models.envelope import Envelope  # noqa: PLC0415
        from ..models.localized_name import LocalizedName  # noqa: PLC0415
        from ..models.scheduled_delivery import ScheduledDelivery  # noqa: PLC0415
        from ..models.sourcing_baseline import SourcingBaseline  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        line_no = d.pop("line_no")

        part_number = d.pop("part_number")

        def _parse_drawing_revision(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        drawing_revision = _parse_drawing_revision(d.pop("drawing_revision"))

        name = LocalizedName.from_dict(d.pop("name"))

        def _parse_specification(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        specification = _parse_specification(d.pop("specification"))

        def _parse_material(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        material = _parse_material(d.pop("material"))

        processes = cast(list[str], d.pop("processes"))

        def _parse_general_tolerance(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        general_tolerance = _parse_general_tolerance(d.pop("general_tolerance"))

        def _parse_it_grade(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        it_grade = _parse_it_grade(d.pop("it_grade"))

        def _parse_surface(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        surface = _parse_surface(d.pop("surface"))

        def _parse_heat_treatment(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        heat_treatment = _parse_heat_treatment(d.pop("heat_treatment"))

        def _parse_envelope(data: object) -> Envelope | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                envelope_type_0 = Envelope.from_dict(data)

                return envelope_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Envelope | None, data)

        envelope = _parse_envelope(d.pop("envelope"))

        def _parse_mass_kg(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        mass_kg = _parse_mass_kg(d.pop("mass_kg"))

        quantity = d.pop("quantity")

        unit = d.pop("unit")

        def _parse_lot_size(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        lot_size = _parse_lot_size(d.pop("lot_size"))

        schedule = []
        _schedule = d.pop("schedule")
        for schedule_item_data in _schedule:
            schedule_item = ScheduledDelivery.from_dict(schedule_item_data)

            schedule.append(schedule_item)

        standards = cast(list[str], d.pop("standards"))

        certificates = cast(list[str], d.pop("certificates"))

        approval = Approval.from_dict(d.pop("approval"))

        quantity_breaks = cast(list[str], d.pop("quantity_breaks"))

        allow_alternates = d.pop("allow_alternates")

        characteristics = []
        _characteristics = d.pop("characteristics")
        for characteristics_item_data in _characteristics:
            characteristics_item = Characteristic.from_dict(characteristics_item_data)

            characteristics.append(characteristics_item)

        def _parse_target_price(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        target_price = _parse_target_price(d.pop("target_price"))

        target_price_shown = d.pop("target_price_shown")

        def _parse_baseline(data: object) -> None | SourcingBaseline:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                baseline_type_0 = SourcingBaseline.from_dict(data)

                return baseline_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SourcingBaseline, data)

        baseline = _parse_baseline(d.pop("baseline"))

        def _parse_awarded(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        awarded = _parse_awarded(d.pop("awarded"))

        digest = d.pop("digest")

        built_ = cls(
            id=id,
            line_no=line_no,
            part_number=part_number,
            drawing_revision=drawing_revision,
            name=name,
            specification=specification,
            material=material,
            processes=processes,
            general_tolerance=general_tolerance,
            it_grade=it_grade,
            surface=surface,
            heat_treatment=heat_treatment,
            envelope=envelope,
            mass_kg=mass_kg,
            quantity=quantity,
            unit=unit,
            lot_size=lot_size,
            schedule=schedule,
            standards=standards,
            certificates=certificates,
            approval=approval,
            quantity_breaks=quantity_breaks,
            allow_alternates=allow_alternates,
            characteristics=characteristics,
            target_price=target_price,
            target_price_shown=target_price_shown,
            baseline=baseline,
            awarded=awarded,
            digest=digest,
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
