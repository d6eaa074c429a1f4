"""Wire shapes of what a workshop can make."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from msgspec import Meta

from api.call import View, etag_of
from api.wire import (
    Code,
    Day,
    DecimalText,
    ETag,
    Id,
    In,
    Int64,
    Out,
    Positive,
    Text40,
    Text80,
    Text200,
    decimal_text,
    optional_decimal_text,
)
from domain.ids import show
from domain.organisations import model
from domain.quantity import plain

Grade = Annotated[int, Meta(ge=1, le=18, extra_json_schema={"format": "int64"})]


class MachineEnvelopeIn(In):
    """The largest part the machine takes, in millimetres; absent is unknown."""

    diameter_mm: DecimalText | None = None
    length_mm: DecimalText | None = None
    width_mm: DecimalText | None = None
    height_mm: DecimalText | None = None


class MachineIn(In, kw_only=True):
    """Machines of one kind. `force_t` in tonnes, `max_mass_kg` in kilograms."""

    name: Text200
    count: Positive = 1
    processes: Annotated[list[Code], Meta(max_length=40)] = []
    envelope: MachineEnvelopeIn | None = None
    force_t: DecimalText | None = None
    max_mass_kg: DecimalText | None = None
    note: Text200 | None = None


class CertificateIn(In, kw_only=True):
    """A certificate or permit; it counts while it is valid and in date."""

    code: Code
    number: Text80 | None = None
    valid_until: Day | None = None
    state: Literal["valid", "in_process", "missing"] = "valid"


class CapacityIn(In, kw_only=True):
    """How much a month; `unit` is a code of UN/ECE Recommendation 20."""

    quantity: DecimalText
    unit: Annotated[str, Meta(min_length=2, max_length=3)]
    note: Text200 | None = None


class CapabilitiesWrite(In):
    """Everything a workshop can make; it replaces what was said before."""

    processes: Annotated[list[Code], Meta(max_length=100)] = []
    machines: Annotated[list[MachineIn], Meta(max_length=200)] = []
    materials: Annotated[list[Text80], Meta(max_length=100)] = []
    best_it_grade: Grade | None = None
    tolerance_note: Text200 | None = None
    certificates: Annotated[list[CertificateIn], Meta(max_length=60)] = []
    quality_equipment: Annotated[list[Text200], Meta(max_length=60)] = []
    capacity: Annotated[list[CapacityIn], Meta(max_length=40)] = []

    def model(self) -> model.Capabilities:
        """As the domain takes it."""
        return model.Capabilities(
            processes=tuple(dict.fromkeys(self.processes)),
            machines=tuple(_machine(machine) for machine in self.machines),
            materials=tuple(dict.fromkeys(self.materials)),
            best_it_grade=self.best_it_grade,
            tolerance_note=self.tolerance_note,
            certificates=tuple(
                model.HeldCertificate(
                    code=item.code, number=item.number, valid_until=item.valid_until, state=item.state
                )
                for item in self.certificates
            ),
            quality_equipment=tuple(self.quality_equipment),
            capacity=tuple(
                model.Capacity(quantity=plain(Decimal(item.quantity)), unit=item.unit, note=item.note)
                for item in self.capacity
            ),
        )


class MachineEnvelope(Out):
    """The largest part the machine takes, in millimetres; null is unknown."""

    diameter_mm: DecimalText | None
    length_mm: DecimalText | None
    width_mm: DecimalText | None
    height_mm: DecimalText | None


class MachineTool(Out):
    """Machines of one kind."""

    name: Text200
    count: Int64
    processes: Annotated[list[Code], Meta(max_length=40)]
    envelope: MachineEnvelope | None
    force_t: DecimalText | None
    max_mass_kg: DecimalText | None
    note: Text200 | None


class HeldCertificate(Out):
    """A certificate or permit."""

    code: Code
    number: Text80 | None
    valid_until: Day | None
    state: Literal["valid", "in_process", "missing"]


class MonthlyCapacity(Out):
    """How much a month."""

    quantity: DecimalText
    unit: Text40
    note: Text200 | None


class Capabilities(Out):
    """What a workshop can make. The entity tag is the organisation's."""

    organisation_id: Id
    etag: ETag
    processes: Annotated[list[Code], Meta(max_length=100)]
    machines: Annotated[list[MachineTool], Meta(max_length=200)]
    materials: Annotated[list[Text80], Meta(max_length=100)]
    best_it_grade: Int64 | None
    tolerance_note: Text200 | None
    certificates: Annotated[list[HeldCertificate], Meta(max_length=60)]
    quality_equipment: Annotated[list[Text200], Meta(max_length=60)]
    capacity: Annotated[list[MonthlyCapacity], Meta(max_length=40)]

    @classmethod
    def of(cls, organisation: model.Organisation, _: View) -> Self:
        """Empty lists before anything was said."""
        said = organisation.capabilities or CapabilitiesWrite().model()
        return cls(
            organisation_id=show("organisation", organisation.id),
            etag=etag_of(organisation.version),
            processes=list(said.processes),
            machines=[
                MachineTool(
                    name=machine.name,
                    count=machine.count,
                    processes=list(machine.processes),
                    envelope=None if machine.envelope is None else MachineEnvelope(**_sizes(machine.envelope)),
                    force_t=optional_decimal_text(machine.force_t),
                    max_mass_kg=optional_decimal_text(machine.max_mass_kg),
                    note=machine.note,
                )
                for machine in said.machines
            ],
            materials=list(said.materials),
            best_it_grade=said.best_it_grade,
            tolerance_note=said.tolerance_note,
            certificates=[
                HeldCertificate(code=item.code, number=item.number, valid_until=item.valid_until, state=item.state)
                for item in said.certificates
            ],
            quality_equipment=list(said.quality_equipment),
            capacity=[
                MonthlyCapacity(quantity=decimal_text(item.quantity), unit=item.unit, note=item.note)
                for item in said.capacity
            ],
        )


def _machine(given: MachineIn) -> model.MachineTool:
    envelope = given.envelope
    return model.MachineTool(
        name=given.name,
        count=given.count,
        processes=tuple(given.processes),
        envelope=None
        if envelope is None
        else model.MachineEnvelope(**{name: _decimal(getattr(envelope, name)) for name in _SIZES}),
        force_t=_decimal(given.force_t),
        max_mass_kg=_decimal(given.max_mass_kg),
        note=given.note,
    )


_SIZES = ("diameter_mm", "length_mm", "width_mm", "height_mm")


def _sizes(envelope: model.MachineEnvelope) -> dict[str, Any]:
    return {name: optional_decimal_text(getattr(envelope, name)) for name in _SIZES}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else plain(Decimal(text))
