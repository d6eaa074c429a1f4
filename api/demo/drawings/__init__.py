"""Drawings of the demonstration: one real drawing for every request, as DXF or PDF."""

from collections.abc import Callable, Mapping

from api.demo.drawings import built, cast, discs, fastened, geared, pressed, turned
from api.demo.drawings.dxf import to_dxf
from api.demo.drawings.frame import draw_frame, draw_notes
from api.demo.drawings.part import Characteristic, DrawnPart, Size
from api.demo.drawings.parts import demo_parts
from api.demo.drawings.pdf import to_pdf
from api.demo.drawings.sheet import Sheet

FAMILIES: Mapping[str, Callable[[Sheet, DrawnPart], None]] = {
    "adapter": cast.adapter,
    "bolt": fastened.bolt,
    "bracket_l": pressed.bracket_l,
    "bracket_u": pressed.bracket_u,
    "brake_head": cast.brake_head,
    "casing": cast.casing,
    "clamp": pressed.clamp,
    "die": built.die,
    "disc": discs.disc,
    "fork_bracket": built.fork_bracket,
    "nut": fastened.nut,
    "pan": pressed.pan,
    "pedal": built.pedal,
    "pinion": geared.pinion,
    "plummer": cast.plummer,
    "shaft": turned.shaft,
    "sleeve": turned.sleeve,
    "sprocket": geared.sprocket,
    "stand": built.stand,
    "valve_plate": pressed.valve_plate,
    "vane": cast.vane,
    "wheel": discs.wheel,
}


def draw(part: DrawnPart) -> bytes:
    """The drawing of `part` as a file of its format; equal parts give equal bytes.

    Raises:
        KeyError: the family is unknown, or the geometry lacks a size that the family needs.
    """
    sheet = compose(part)
    return to_dxf(sheet, part) if part.format == "dxf" else to_pdf(sheet, part)


def compose(part: DrawnPart) -> Sheet:
    """The sheet of `part` before it becomes a file. Raises as `draw` does."""
    sheet = Sheet(part.sheet, part.scale)
    draw_frame(sheet, part)
    FAMILIES[part.family](sheet, part)
    draw_notes(sheet, part)
    return sheet


def file_name(part: DrawnPart) -> str:
    """The name under which buyers file it: part number, revision, format."""
    return f"{part.part_number}_rev{part.revision}.{part.format}"


__all__ = ["FAMILIES", "Characteristic", "DrawnPart", "Size", "compose", "demo_parts", "draw", "file_name"]
