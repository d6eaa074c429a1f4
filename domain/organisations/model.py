"""An organisation, its profile, its own rules and its capabilities."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

MAX_MACHINES = 200
MAX_NAME = 200
DEFAULT_QUOTING_HOURS = 48

CertificateState = Literal["valid", "in_process", "missing"]


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What the organisation says of itself. Amounts in whole rupiah; investment without land and buildings."""

    legal_form: str | None = None
    nib: str | None = None
    npwp: str | None = None
    kbli: tuple[str, ...] = ()
    region_code: str | None = None
    postal_code: str | None = None
    address: str | None = None
    contact_name: str | None = None
    email: str | None = None
    phone: str | None = None
    pkp: bool = False
    """Whether it is registered for PPN."""
    workers: int | None = None
    investment_idr: int | None = None
    annual_sales_idr: int | None = None


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """A buyer's own rules of sourcing."""

    minimum_quoting_hours: int = DEFAULT_QUOTING_HOURS
    four_eyes_awards: bool = False
    price_tolerance_percent: Decimal = Decimal(0)
    """By how much the amount of an invoice's line may differ from the agreed one."""
    price_tolerance_minor_units: int = 1
    """The same in the smallest unit of the currency (a rupiah, a cent); the greater of the two counts."""


class MachineEnvelope(msgspec.Struct, frozen=True, kw_only=True):
    """The largest part a machine takes, in millimetres; None is unknown."""

    diameter_mm: Decimal | None
    length_mm: Decimal | None
    width_mm: Decimal | None
    height_mm: Decimal | None


class MachineTool(msgspec.Struct, frozen=True, kw_only=True):
    """Some machines of one kind and the processes they serve; force in tonnes, mass in kilograms."""

    name: str
    count: int
    processes: tuple[str, ...]
    envelope: MachineEnvelope | None
    force_t: Decimal | None
    max_mass_kg: Decimal | None
    note: str | None


class HeldCertificate(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate or permit: it counts while `state` is valid and `valid_until` has not passed."""

    code: str
    number: str | None
    valid_until: date | None
    state: CertificateState


class Capacity(msgspec.Struct, frozen=True, kw_only=True):
    """How much a month."""

    quantity: Decimal
    unit: str
    note: str | None


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """What a workshop can make."""

    processes: tuple[str, ...]
    machines: tuple[MachineTool, ...]
    materials: tuple[str, ...]
    best_it_grade: int | None
    """Finest IT grade of ISO 286 it holds."""
    tolerance_note: str | None
    certificates: tuple[HeldCertificate, ...]
    quality_equipment: tuple[str, ...]
    capacity: tuple[Capacity, ...]


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """The aggregate."""

    id: UUID
    state: str
    version: int
    name: str
    roles: tuple[str, ...]
    profile: Profile
    policy: Policy
    capabilities: Capabilities | None
    state_reason: str | None
    verified_at: datetime | None
    created_at: datetime
    updated_at: datetime
