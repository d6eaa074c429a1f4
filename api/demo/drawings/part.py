"""What one drawing shows: the part, its sizes, and the characteristics that are ballooned."""

import re
from typing import Literal

import msgspec

_REFERENCE = re.compile(r"#([0-9]+)(?:@([0-9]+))?")


class Characteristic(msgspec.Struct, frozen=True, kw_only=True):
    """One toleranced property; admitted is `nominal + lower` to `nominal + upper`, decimal strings in `unit`.

    What has only an upper limit (roughness, flatness, run-out) has a nominal of 0 and a lower deviation of 0.
    """

    no: int
    name: str
    nominal: str
    upper: str
    lower: str
    unit: str
    ctq: bool
    method: str


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of the geometry in mm or degrees, as number and as the text that is printed."""

    value: float
    text: str
    characteristic: Characteristic | None
    fit: str | None
    """ISO 286 tolerance class printed behind the nominal, for instance `h6`."""
    label: str | None
    """Printed instead of nominal and tolerance, for instance a thread."""


class DrawnPart(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that `draw` needs; two equal parts give the same bytes.

    `geometry` holds decimal strings in mm, or `#4`: the nominal of characteristic 4. A mark on a feature is
    `#4@2`: characteristic 4 on feature 2 of the family.
    """

    company: str
    part_number: str
    revision: str
    name_id: str
    name_en: str
    material: str
    mass_kg: str
    general_tolerance: str
    surface: str | None
    heat_treatment: str | None
    testing: str | None
    characteristics: tuple[Characteristic, ...]
    family: str
    format: Literal["dxf", "pdf"]
    sheet: Literal["A3", "A4"]
    scale: str
    geometry: dict[str, str]
    fits: dict[str, str]
    labels: dict[str, str]
    drawn_on: str
    drawn_by: str
    checked_by: str

    def has(self, key: str) -> bool:
        """Whether the geometry tells `key`."""
        return key in self.geometry

    def size(self, key: str) -> Size:
        """The size called `key`.

        Raises:
            KeyError: the geometry lacks it, or refers to a characteristic that is not there.
        """
        told = self.geometry[key]
        reference = _REFERENCE.fullmatch(told)
        if reference is None:
            return Size(value=float(told), text=told, characteristic=None, fit=None, label=None)
        found = self.characteristic(int(reference[1]))
        no = str(found.no)
        return Size(
            value=float(found.nominal),
            text=found.nominal,
            characteristic=found,
            fit=self.fits.get(no),
            label=self.labels.get(no),
        )

    def number(self, key: str) -> float:
        """As `size`, only the number."""
        return self.size(key).value

    def mark(self, key: str) -> tuple[Characteristic, int]:
        """The characteristic of a mark and the feature it stands on (1 when the geometry does not say).

        Raises:
            KeyError: the geometry lacks it, or refers to a characteristic that is not there.
            ValueError: what the geometry tells is no reference.
        """
        reference = _REFERENCE.fullmatch(self.geometry[key])
        if reference is None:
            raise ValueError(f"{key} of {self.part_number} is not a reference to a characteristic")
        return self.characteristic(int(reference[1])), int(reference[2] or 1)

    def characteristic(self, no: int) -> Characteristic:
        """The characteristic in balloon `no`.

        Raises:
            KeyError: there is none.
        """
        for characteristic in self.characteristics:
            if characteristic.no == no:
                return characteristic
        raise KeyError(no)

    def noted(self) -> tuple[Characteristic, ...]:
        """Characteristics that the geometry does not refer to; they are listed in the notes."""
        shown = {int(found[1]) for told in self.geometry.values() if (found := _REFERENCE.fullmatch(told))}
        return tuple(item for item in self.characteristics if item.no not in shown)
