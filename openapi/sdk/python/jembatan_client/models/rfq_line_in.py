from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.approval_in import ApprovalIn
    from ..models.baseline_in import BaselineIn
    from ..models.characteristic_in import CharacteristicIn
    from ..models.delivery_in import DeliveryIn
    from ..models.part_envelope import PartEnvelope
    from ..models.part_name import PartName


T = TypeVar("T", bound="RfqLineIn")


@_attrs_define
class RfqLineIn:
    """One component that is asked for."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    part_number: str
    """ The buyer's number of the part. """
    name: PartName
    """ What the part is called in Indonesian (`id`) and English (`en`). """
    quantity: str
    """ Exact decimal. """
    unit: str
    """ Code of a vocabulary, or one that `putCodeMappings` maps to it: stored and answered as ours. """
    drawing_revision: None | str | Unset = UNSET
    """ Revision of the drawing that is valid for the part; null when there is none. """
    specification: None | str | Unset = UNSET
    """ What is asked, in words; null when the drawing says it all. """
    material: None | str | Unset = UNSET
    """ Material by name or standard, for example S45C; null when not stated. """
    processes: list[str] | Unset = UNSET
    """ Manufacturing processes, by code. """
    general_tolerance: None | str | Unset = UNSET
    """ Tolerance of sizes without one of their own, for example `ISO 2768-mK`; null when there is none. """
    it_grade: int | None | Unset = UNSET
    """ ISO 286 tolerance grade that the finest size needs, for example 7 for IT7; null when not stated. """
    surface: None | str | Unset = UNSET
    """ Surface that is asked for, for example a roughness or a coating; null when none. """
    heat_treatment: None | str | Unset = UNSET
    """ Heat treatment that is asked for; null when none. """
    envelope: None | PartEnvelope | Unset = UNSET
    mass_kg: None | str | Unset = UNSET
    """ Exact decimal. """
    lot_size: None | str | Unset = UNSET
    """ Exact decimal. """
    schedule: list[DeliveryIn] | Unset = UNSET
    """ When how much is needed. """
    standards: list[str] | Unset = UNSET
    """ Standards that apply, by name. """
    certificates: list[str] | Unset = UNSET
    """ Certificates that a supplier has to hold, by code. """
    approval: ApprovalIn | Unset = UNSET
    """ What is to be approved before production is despatched; `level` for a PPAP only. """
    quantity_breaks: list[str] | Unset = UNSET
    """ Quantities for which prices are asked. """
    allow_alternates: bool | Unset = False
    """ Whether suppliers may offer something else beside what is asked. """
    characteristics: list[CharacteristicIn] | Unset = UNSET
    """ What is measured or checked of the part. """
    target_price: None | str | Unset = UNSET
    """ Exact decimal. """
    target_price_shown: bool | Unset = False
    """ Whether suppliers see the target price. """
    baseline: BaselineIn | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.baseline_in import BaselineIn  # noqa: PLC0415
        from ..models.part_envelope import PartEnvelope  # noqa: PLC0415

        line_no = self.line_no

        part_number = self.part_number

        name = self.name.to_dict()

        quantity = self.quantity

        unit = self.unit

        drawing_revision: None | str | Unset
        if isinstance(self.drawing_revision, Unset):
            drawing_revision = UNSET
        else:
            drawing_revision = self.drawing_revision

        specification: None | str | Unset
        if isinstance(self.specification, Unset):
            specification = UNSET
        else:
            specification = self.specification

        material: None | str | Unset
        if isinstance(self.material, Unset):
            material = UNSET
        else:
            material = self.material

        processes: list[str] | Unset = UNSET
        if not isinstance(self.processes, Unset):
            processes = self.processes

        general_tolerance: None | str | Unset
        if isinstance(self.general_tolerance, Unset):
            general_tolerance = UNSET
        else:
            general_tolerance = self.general_tolerance

        it_grade: int | None | Unset
        if isinstance(self.it_grade, Unset):
            it_grade = UNSET
        else:
            it_grade = self.it_grade

        surface: None | str | Unset
        if isinstance(self.surface, Unset):
            surface = UNSET
        else:
            surface = self.surface

        heat_treatment: None | str | Unset
        if isinstance(self.heat_treatment, Unset):
            heat_treatment = UNSET
        else:
            heat_treatment = self.heat_treatment

        envelope: dict[str, Any] | None | Unset
        if isinstance(self.envelope, Unset):
            envelope = UNSET
        elif isinstance(self.envelope, PartEnvelope):
            envelope = self.envelope.to_dict()
        else:
            envelope = self.envelope

        mass_kg: None | str | Unset
        if isinstance(self.mass_kg, Unset):
            mass_kg = UNSET
        else:
            mass_kg = self.mass_kg

        lot_size: None | str | Unset
        if isinstance(self.lot_size, Unset):
            lot_size = UNSET
        else:
            lot_size = self.lot_size

        schedule: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.schedule, Unset):
            schedule = []
            for schedule_item_data in self.schedule:
                schedule_item = schedule_item_data.to_dict()
                schedule.append(schedule_item)

        standards: list[str] | Unset = UNSET
        if not isinstance(self.standards, Unset):
            standards = self.standards

        certificates: list[str] | Unset = UNSET
        if not isinstance(self.certificates, Unset):
            certificates = self.certificates

        approval: dict[str, Any] | Unset = UNSET
        if not isinstance(self.approval, Unset):
            approval = self.approval.to_dict()

        quantity_breaks: list[str] | Unset = UNSET
        if not isinstance(self.quantity_breaks, Unset):
            quantity_breaks = self.quantity_breaks

        allow_alternates = self.allow_alternates

        characteristics: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.characteristics, Unset):
            characteristics = []
            for characteristics_item_data in self.characteristics:
                characteristics_item = characteristics_item_data.to_dict()
                characteristics.append(characteristics_item)

        target_price: None | str | Unset
        if isinstance(self.target_price, Unset):
            target_price = UNSET
        else:
            target_price = self.target_price

        target_price_shown = self.target_price_shown

        baseline: dict[str, Any] | None | Unset
        if isinstance(self.baseline, Unset):
            baseline = UNSET
        elif isinstance(self.baseline, BaselineIn):
            baseline = self.baseline.to_dict()
        else:
            baseline = self.baseline

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
                "part_number": part_number,
                "name": name,
                "quantity": quantity,
                "unit": unit,
            }
        )
        if drawing_revision is not UNSET:
            field_dict["drawing_revision"] = drawing_revision
        if specification is not UNSET:
            field_dict["specification"] = specification
        if material is not UNSET:
            field_dict["material"] = material
        if processes is not UNSET:
            field_dict["processes"] = processes
        if general_tolerance is not UNSET:
            field_dict["general_tolerance"] = general_tolerance
        if it_grade is not UNSET:
            field_dict["it_grade"] = it_grade
        if surface is not UNSET:
            field_dict["surface"] = surface
        if heat_treatment is not UNSET:
            field_dict["heat_treatment"] = heat_treatment
        if envelope is not UNSET:
            field_dict["envelope"] = envelope
        if mass_kg is not UNSET:
            field_dict["mass_kg"] = mass_kg
        if lot_size is not UNSET:
            field_dict["lot_size"] = lot_size
        if schedule is not UNSET:
            field_dict["schedule"] = schedule
        if standards is not UNSET:
            field_dict["standards"] = standards
        if certificates is not UNSET:
            field_dict["certificates"] = certificates
        if approval is not UNSET:
            field_dict["approval"] = approval
        if quantity_breaks is not UNSET:
            field_dict["quantity_breaks"] = quantity_breaks
        if allow_alternates is not UNSET:
            field_dict["allow_alternates"] = allow_alternates
        if characteristics is not UNSET:
            field_dict["characteristics"] = characteristics
        if target_price is not UNSET:
            field_dict["target_price"] = target_price
        if target_price_shown is not UNSET:
            field_dict["target_price_shown"] = target_price_shown
        if baseline is not UNSET:
            field_dict["baseline"] = baseline

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.approval_in import ApprovalIn  # noqa: PLC0415
        from ..models.baseline_in import BaselineIn  # noqa: PLC0415
        from ..models.characteristic_in import CharacteristicIn  # noqa: PLC0415
        from ..models.delivery_in import DeliveryIn  # noqa: PLC0415
        from ..models.part_envelope import PartEnvelope  # noqa: PLC0415
        from ..models.part_name import PartName  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        part_number = d.pop("part_number")

        name = PartName.from_dict(d.pop("name"))

        quantity = d.pop("quantity")

        unit = d.pop("unit")

        def _parse_drawing_revision(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        drawing_revision = _parse_drawing_revision(d.pop("drawing_revision", UNSET))

        def _parse_specification(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        specification = _parse_specification(d.pop("specification", UNSET))

        def _parse_material(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        material = _parse_material(d.pop("material", UNSET))

        processes = cast(list[str], d.pop("processes", UNSET))

        def _parse_general_tolerance(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        general_tolerance = _parse_general_tolerance(d.pop("general_tolerance", UNSET))

        def _parse_it_grade(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        it_grade = _parse_it_grade(d.pop("it_grade", UNSET))

        def _parse_surface(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        surface = _parse_surface(d.pop("surface", UNSET))

        def _parse_heat_treatment(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        heat_treatment = _parse_heat_treatment(d.pop("heat_treatment", UNSET))

        def _parse_envelope(data: object) -> None | PartEnvelope | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                envelope_type_0 = PartEnvelope.from_dict(data)

                return envelope_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PartEnvelope | Unset, data)

        envelope = _parse_envelope(d.pop("envelope", UNSET))

        def _parse_mass_kg(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        mass_kg = _parse_mass_kg(d.pop("mass_kg", UNSET))

        def _parse_lot_size(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        lot_size = _parse_lot_size(d.pop("lot_size", UNSET))

        _schedule = d.pop("schedule", UNSET)
        schedule: list[DeliveryIn] | Unset = UNSET
        if _schedule is not UNSET:
            schedule = []
            for schedule_item_data in _schedule:
                schedule_item = DeliveryIn.from_dict(schedule_item_data)

                schedule.append(schedule_item)

        standards = cast(list[str], d.pop("standards", UNSET))

        certificates = cast(list[str], d.pop("certificates", UNSET))

        _approval = d.pop("approval", UNSET)
        approval: ApprovalIn | Unset
        if isinstance(_approval, Unset):
            approval = UNSET
        else:
            approval = ApprovalIn.from_dict(_approval)

        quantity_breaks = cast(list[str], d.pop("quantity_breaks", UNSET))

        allow_alternates = d.pop("allow_alternates", UNSET)

        _characteristics = d.pop("characteristics", UNSET)
        characteristics: list[CharacteristicIn] | Unset = UNSET
        if _characteristics is not UNSET:
            characteristics = []
            for characteristics_item_data in _characteristics:
                characteristics_item = CharacteristicIn.from_dict(characteristics_item_data)

                characteristics.append(characteristics_item)

        def _parse_target_price(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        target_price = _parse_target_price(d.pop("target_price", UNSET))

        target_price_shown = d.pop("target_price_shown", UNSET)

        def _parse_baseline(data: object) -> BaselineIn | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                baseline_type_0 = BaselineIn.from_dict(data)

                return baseline_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(BaselineIn | None | Unset, data)

        baseline = _parse_baseline(d.pop("baseline", UNSET))

        built_ = cls(
            line_no=line_no,
            part_number=part_number,
            name=name,
            quantity=quantity,
            unit=unit,
            drawing_revision=drawing_revision,
            specification=specification,
            material=material,
            processes=processes,
            general_tolerance=general_tolerance,
            it_grade=it_grade,
            surface=surface,
            heat_treatment=heat_treatment,
            envelope=envelope,
            mass_kg=mass_kg,
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
        )

        return built_
