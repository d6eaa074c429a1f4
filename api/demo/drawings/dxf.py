"""Write a sheet as DXF R2010 by ezdxf: the part in true size, real DIMENSION entities, same ink, same bytes."""

import io
import threading

from ezdxf import options, units  # type: ignore[attr-defined]
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import new
from ezdxf.layouts.base import BaseLayout
from ezdxf.math import Vec2, Vec3

from api.demo.drawings.annotate import SMALL
from api.demo.drawings.ink import (
    LAYERS,
    Arc,
    Circle,
    Dimension,
    Fill,
    Hatch,
    Path,
    Point,
    Stroke,
    Text,
)
from api.demo.drawings.part import DrawnPart
from api.demo.drawings.sheet import Sheet
from api.demo.drawings.symbols import ARROW, GAP, HEIGHT

STYLE = "JEMBATAN"
_ALIGN = {
    "left": TextEntityAlignment.LEFT,
    "centre": TextEntityAlignment.CENTER,
    "right": TextEntityAlignment.RIGHT,
}
_fixed = threading.Lock()
"""Guards the one switch of ezdxf that keeps clock and random identifiers out of the file: it is global."""


def to_dxf(sheet: Sheet, part: DrawnPart) -> bytes:
    """The sheet in model space, in mm of the part: a sheet at 1:2 is drawn twice its size.

    So every DIMENSION measures the true size, whoever measures it.
    """
    with _fixed:
        before = options.write_fixed_meta_data_for_testing
        options.write_fixed_meta_data_for_testing = True
        try:
            return _written(sheet, part)
        finally:
            options.write_fixed_meta_data_for_testing = before


def _written(sheet: Sheet, part: DrawnPart) -> bytes:
    doc = new("R2010", units=units.MM)
    factor = 1 / sheet.scale
    _set_up(doc, part, factor)
    pen = _Pen(doc, factor)
    for ink in sheet.ink:
        if isinstance(ink, Dimension):
            pen.dimension(ink)
        else:
            pen.stroke(doc.modelspace(), ink)
    doc.set_modelspace_vport(sheet.height * factor, center=(sheet.width * factor / 2, sheet.height * factor / 2))
    out = io.StringIO()
    doc.write(out)
    return out.getvalue().encode(doc.output_encoding)


def _set_up(doc: Drawing, part: DrawnPart, factor: float) -> None:
    doc.header["$MEASUREMENT"] = 1
    doc.header["$LTSCALE"] = 1.0
    doc.header["$LWDISPLAY"] = 1
    doc.header["$DIMSCALE"] = factor
    for name, told in (
        ("Drawing number", part.part_number),
        ("Revision", part.revision),
        ("Title", part.name_en),
        ("Material", part.material),
    ):
        doc.header.custom_vars.append(name, told)
    # Slightly condensed: viewers without Arial put a wider font in its place.
    doc.styles.add(STYLE, font="arial.ttf", dxfattribs={"width": 0.9})
    for layer in LAYERS:
        if layer.dashes:
            signs = [dash * factor * (1 if index % 2 == 0 else -1) for index, dash in enumerate(layer.dashes)]
            doc.linetypes.add(layer.name, [sum(map(abs, signs)), *signs], description=layer.name)
        doc.layers.add(
            layer.name,
            color=layer.colour,
            linetype=layer.name if layer.dashes else "Continuous",
            lineweight=round(layer.width * 100),
        )
    style = doc.dimstyles.add(STYLE)
    style.dxf.update(
        {
            "dimscale": factor,
            "dimtxt": HEIGHT,
            "dimasz": ARROW,
            "dimgap": GAP,
            "dimexo": 0.8,
            "dimexe": 1.5,
            "dimtad": 1,
            "dimtih": 0,
            "dimtoh": 0,
            "dimdec": 3,
            "dimtdec": 3,
            "dimzin": 8,
            "dimtzin": 8,
            "dimdsep": ord("."),
            "dimtfac": SMALL / HEIGHT,
            "dimtxsty": STYLE,
            "dimclrd": DIMENSION_COLOUR,
            "dimclre": DIMENSION_COLOUR,
            "dimclrt": DIMENSION_COLOUR,
        }
    )


DIMENSION_COLOUR = 3


class _Pen:
    """Draws ink into layouts of one document; `factor` is part per paper."""

    def __init__(self, doc: Drawing, factor: float) -> None:
        self.doc = doc
        self.factor = factor

    def at(self, point: Point) -> Vec2:
        """A point of the paper in mm of the part; rounded, so that sizes measure what they say."""
        return Vec2(round(point[0] * self.factor, 6), round(point[1] * self.factor, 6))

    def stroke(self, layout: BaseLayout, stroke: Stroke) -> None:
        """Draw one stroke."""
        attribs = {"layer": stroke.layer.name}
        match stroke:
            case Text():
                entity = layout.add_text(
                    stroke.text,
                    height=stroke.height * self.factor,
                    rotation=stroke.angle,
                    dxfattribs={**attribs, "style": STYLE},
                )
                entity.set_placement(self.at(stroke.at), align=_ALIGN[stroke.align])
            case Fill():
                a, b, c = (self.at(corner) for corner in stroke.corners)
                layout.add_solid([a, b, c], dxfattribs=attribs)
            case Circle():
                layout.add_circle(self.at(stroke.centre), stroke.radius * self.factor, dxfattribs=attribs)
            case Arc():
                layout.add_arc(
                    self.at(stroke.centre),
                    stroke.radius * self.factor,
                    stroke.start,
                    stroke.end,
                    dxfattribs=attribs,
                )
            case Path():
                self._path(layout, stroke)
            case Hatch():
                hatch = layout.add_hatch(color=256, dxfattribs=attribs)
                hatch.set_pattern_fill("ANSI31", scale=0.8 * self.factor, angle=90 if stroke.mirrored else 0)
                hatch.paths.add_polyline_path([(*self.at((x, y)), bulge) for x, y, bulge in stroke.loop])

    def _path(self, layout: BaseLayout, path: Path) -> None:
        attribs = {"layer": path.layer.name}
        if len(path.vertices) == 2 and path.vertices[0][2] == 0 and not path.closed:  # noqa: PLR2004 - a single line
            (x0, y0, _), (x1, y1, _) = path.vertices
            layout.add_line(self.at((x0, y0)), self.at((x1, y1)), dxfattribs=attribs)
            return
        points = [(*self.at((x, y)), bulge) for x, y, bulge in path.vertices]
        layout.add_lwpolyline(points, format="xyb", close=path.closed, dxfattribs=attribs)

    def dimension(self, ink: Dimension) -> None:
        """A DIMENSION with its block.

        The block is drawn here and not by ezdxf, so that DXF and PDF agree; the style overrides tell a CAD
        program that draws it anew the same tolerances.
        """
        modelspace = self.doc.modelspace()
        places = [self.at(point) for point in ink.points]
        override = self._override(ink)
        if ink.kind == "linear":
            a, b, base = places
            made = modelspace.add_linear_dim(
                base, a, b, angle=ink.angle, dimstyle=STYLE, override=override, text=ink.override or "<>"
            )
        elif ink.kind == "diameter":
            a, b = places
            centre = a.lerp(b)
            made = modelspace.add_diameter_dim(
                centre, radius=a.distance(b) / 2, angle=ink.angle, dimstyle=STYLE, override=override
            )
        else:
            centre, touch = places
            made = modelspace.add_radius_dim(
                centre, radius=centre.distance(touch), angle=ink.angle, dimstyle=STYLE, override=override
            )
        made.commit()
        entity = made.dimension
        block = self.doc.blocks.new_anonymous_block("D")
        for stroke in ink.art:
            self.stroke(block, stroke)
        entity.dxf.layer = "DIMENSION"
        entity.dxf.geometry = block.name
        entity.dxf.text_midpoint = Vec3(self.at(ink.text_at))
        entity.dxf.text_rotation = 0
        entity.dxf.actual_measurement = round(float(entity.get_measurement()), 6)

    @staticmethod
    def _override(ink: Dimension) -> dict[str, float | int | str]:
        told: dict[str, float | int | str] = {}
        if ink.prefix or ink.suffix:
            told["dimpost"] = f"{ink.prefix}<>{ink.suffix}"
        if ink.upper is not None and ink.lower is not None:
            # AutoCAD counts the lower deviation as positive downwards.
            told |= {"dimtol": 1, "dimtp": ink.upper, "dimtm": -ink.lower}
        return told
