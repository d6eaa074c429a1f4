"""The parts of the demonstration requests, read from `api/demo/data`."""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from api.demo.drawings.part import Characteristic, DrawnPart

DATA = Path(__file__).parent.parent / "data"


class _Name(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    en: str


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    part_number: str
    drawing_revision: str
    name: _Name
    material: str
    general_tolerance: str
    surface: str | None
    heat_treatment: str | None
    testing: str | None
    mass_kg: str
    characteristics: tuple[Characteristic, ...]


class _Drawing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
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


class _Rfq(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    buyer: str
    line: _Line
    drawing: _Drawing


class _Buyer(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str


@cache
def demo_parts() -> dict[str, DrawnPart]:
    """The part of every demonstration request by its id (`A-01` … `C-06`)."""
    buyers = {
        buyer.id: buyer.name for buyer in msgspec.json.decode((DATA / "buyers.json").read_bytes(), type=list[_Buyer])
    }
    rfqs = msgspec.json.decode((DATA / "rfqs.json").read_bytes(), type=list[_Rfq])
    return {rfq.id: _part(rfq, buyers[rfq.buyer]) for rfq in rfqs}


def _part(rfq: _Rfq, company: str) -> DrawnPart:
    line, drawing = rfq.line, rfq.drawing
    return DrawnPart(
        company=company,
        part_number=line.part_number,
        revision=line.drawing_revision,
        name_id=line.name.id,
        name_en=line.name.en,
        material=line.material,
        mass_kg=line.mass_kg,
        general_tolerance=line.general_tolerance,
        surface=line.surface,
        heat_treatment=line.heat_treatment,
        testing=line.testing,
        characteristics=line.characteristics,
        family=drawing.family,
        format=drawing.format,
        sheet=drawing.sheet,
        scale=drawing.scale,
        geometry=drawing.geometry,
        fits=drawing.fits,
        labels=drawing.labels,
        drawn_on=drawing.drawn_on,
        drawn_by=drawing.drawn_by,
        checked_by=drawing.checked_by,
    )
