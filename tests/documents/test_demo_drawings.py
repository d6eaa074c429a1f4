"""Every demonstration request has a drawing that a workshop could work from, and that other programs can read."""

import functools
import io
import itertools
import math
import re
from collections.abc import Iterator

import ezdxf
import pytest
from ezdxf.document import Drawing
from ezdxf.entities import Dimension as DimensionEntity

from api.demo.drawings import FAMILIES, DrawnPart, Size, compose, demo_parts, draw, file_name
from api.demo.drawings.ink import BALLOON, FRAME, Circle, Dimension, Path, Stroke, Text, text_width
from api.demo.drawings.sheet import Sheet

PARTS = demo_parts()
DXF = [rfq for rfq, part in PARTS.items() if part.format == "dxf"]
PDF = [rfq for rfq, part in PARTS.items() if part.format == "pdf"]

Box = tuple[float, float, float, float]


@functools.cache
def dxf_of(rfq: str) -> Drawing:
    return ezdxf.read(io.StringIO(draw(PARTS[rfq]).decode("utf-8")))  # type: ignore[attr-defined]


def dimensions_of(doc: Drawing) -> list[DimensionEntity]:
    return [entity for entity in doc.modelspace().query("DIMENSION") if isinstance(entity, DimensionEntity)]


def pdf_texts(data: bytes) -> list[str]:
    found = re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", data, re.DOTALL)
    return [_unescaped(text).decode("cp1252") for text in found]


def _unescaped(text: bytes) -> bytes:
    octal = re.sub(rb"\\([0-7]{3})", lambda match: bytes([int(match[1], 8)]), text)
    return re.sub(rb"\\(.)", rb"\1", octal)


def dxf_texts(doc: Drawing) -> list[str]:
    dimensions = (dimension.get_geometry_block() for dimension in dimensions_of(doc))
    blocks = [block for block in dimensions if block is not None]
    layouts = [doc.modelspace(), *blocks]
    return [text.dxf.text for layout in layouts for text in layout.query("TEXT")]


def measured(part: DrawnPart) -> list[Size]:
    """The toleranced sizes in the geometry that are lengths, diameters or radii: each must be a dimension."""
    sizes = [part.size(key) for key in part.geometry if re.fullmatch(r"#[0-9]+", part.geometry[key])]
    return [
        size
        for size in sizes
        if size.characteristic is not None
        and size.characteristic.unit == "MMT"
        and size.value > 0
        and part.geometry.get("tangent") != f"#{size.characteristic.no}"
        and part.geometry.get("weld") != f"#{size.characteristic.no}"
    ]


def strokes(sheet: Sheet) -> Iterator[Stroke]:
    for ink in sheet.ink:
        if isinstance(ink, Dimension):
            yield from ink.art
        else:
            yield ink


def box_of(text: Text) -> Box:
    width = text_width(text.text, text.height)
    shift = {"left": 0.0, "centre": width / 2, "right": width}[text.align]
    cosine, sine = math.cos(math.radians(text.angle)), math.sin(math.radians(text.angle))
    corners = [
        (text.at[0] + cosine * x - sine * y, text.at[1] + sine * x + cosine * y)
        for x in (-shift, width - shift)
        for y in (0, text.height)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def test_every_request_is_drawn_and_families_differ() -> None:
    assert len(PARTS) == 32
    assert len(DXF) == 21
    assert len(PDF) == 11
    assert {part.family for part in PARTS.values()} == set(FAMILIES)
    assert len({file_name(part) for part in PARTS.values()}) == 32
    assert file_name(PARTS["A-01"]) == "EMI-FM-10801_revB.dxf"


@pytest.mark.parametrize("rfq", DXF)
def test_a_dxf_opens_without_errors(rfq: str) -> None:
    part = PARTS[rfq]
    doc = dxf_of(rfq)
    audit = doc.audit()
    assert not audit.errors
    assert not audit.fixes
    assert doc.dxfversion == "AC1024"
    assert doc.units == ezdxf.units.MM
    assert {"OUTLINE", "CENTRE", "DIMENSION", "BALLOON", "FRAME"} <= {layer.dxf.name for layer in doc.layers}
    texts = dxf_texts(doc)
    assert_title_block(texts, part)
    assert_balloons(texts, part)


@pytest.mark.parametrize("rfq", DXF)
def test_the_dimensions_of_a_dxf_measure_the_nominals(rfq: str) -> None:
    part = PARTS[rfq]
    found = [(_value(dimension), dimension) for dimension in dimensions_of(dxf_of(rfq))]
    for size in measured(part):
        shown = size.characteristic
        assert shown is not None
        same = [dimension for value, dimension in found if math.isclose(value, size.value, abs_tol=1e-5)]
        assert same, f"{shown.name} {size.text} has no dimension"
        assert all(math.isclose(one.dxf.actual_measurement, size.value, abs_tol=1e-5) for one in same)
        if size.label is None:
            # A CAD program that draws the dimension anew finds the tolerance in its overrides.
            told = [(one.override().get("dimtp"), one.override().get("dimtm")) for one in same]
            assert (float(shown.upper), -float(shown.lower)) in told


def _value(dimension: DimensionEntity) -> float:
    value = dimension.get_measurement()
    assert isinstance(value, float)
    return value


@pytest.mark.parametrize("rfq", PDF)
def test_a_pdf_tells_number_revision_and_sizes(rfq: str) -> None:
    part = PARTS[rfq]
    data = draw(part)
    assert data.startswith(b"%PDF-1.")
    assert data.rstrip().endswith(b"%%EOF")
    assert f"{part.part_number} {part.revision}".encode() in data
    texts = pdf_texts(data)
    assert_title_block(texts, part)
    assert_balloons(texts, part)
    for size in measured(part):
        pattern = re.compile(rf"(^|[^0-9.]){re.escape(size.text)}($|[^0-9.])")
        assert any(pattern.search(text) for text in texts), f"{size.text} is not printed"


@pytest.mark.parametrize("rfq", PDF)
def test_the_dimensions_of_a_pdf_are_drawn_to_scale(rfq: str) -> None:
    part = PARTS[rfq]
    sheet = compose(part)
    lengths = [_length(ink) / sheet.scale for ink in sheet.ink if isinstance(ink, Dimension)]
    for size in measured(part):
        assert any(math.isclose(length, size.value, abs_tol=1e-6) for length in lengths), size.text


def _length(ink: Dimension) -> float:
    (x0, y0), (x1, y1) = ink.points[:2]
    if ink.kind != "linear":
        return math.hypot(x1 - x0, y1 - y0)
    return abs(y1 - y0) if ink.angle else abs(x1 - x0)


def assert_title_block(texts: list[str], part: DrawnPart) -> None:
    for told in (
        part.company,
        part.part_number,
        part.revision,
        f"{part.name_id} / {part.name_en}",
        part.material,
        f"{part.mass_kg} kg",
        part.general_tolerance,
        part.scale,
        "1 / 1",
        part.checked_by,
    ):
        assert told in texts


def assert_balloons(texts: list[str], part: DrawnPart) -> None:
    for characteristic in part.characteristics:
        assert str(characteristic.no) in texts, characteristic.name


@pytest.mark.parametrize("rfq", PARTS)
def test_every_characteristic_has_its_balloon(rfq: str) -> None:
    part = PARTS[rfq]
    numbers = {ink.text for ink in compose(part).ink if isinstance(ink, Text) and ink.layer == BALLOON}
    assert numbers == {str(characteristic.no) for characteristic in part.characteristics}


@pytest.mark.parametrize("rfq", PARTS)
def test_nothing_stands_outside_the_frame_or_on_other_text(rfq: str) -> None:
    sheet = compose(PARTS[rfq])
    right, top = sheet.width - 10, sheet.height - 10
    boxes: list[tuple[str, Box]] = []
    for stroke in strokes(sheet):
        if isinstance(stroke, Text) and stroke.layer != BALLOON:
            boxes.append((stroke.text, box_of(stroke)))
        elif isinstance(stroke, Circle) and stroke.layer == BALLOON:
            (x, y), r = stroke.centre, stroke.radius
            # The inner ring of a critical characteristic says no more than the outer.
            if r > 2.4:
                boxes.append(("balloon", (x - r, y - r, x + r, y + r)))
        elif isinstance(stroke, Path) and stroke.layer != FRAME:
            assert all(20 <= x <= right and 10 <= y <= top for x, y, _ in stroke.vertices)
    for text, (x0, y0, x1, y1) in boxes:
        assert x0 >= 20, text
        assert y0 >= 10, text
        assert x1 <= right, text
        assert y1 <= top, text
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        apart = a[2] <= b[0] + 0.05 or b[2] <= a[0] + 0.05 or a[3] <= b[1] + 0.05 or b[3] <= a[1] + 0.05
        assert apart, f"{one!r} stands on {other!r}"


@pytest.mark.parametrize("rfq", ["A-01", "C-01", "B-10"])
def test_the_same_part_gives_the_same_bytes(rfq: str) -> None:
    first = draw(PARTS[rfq])
    draw(PARTS["A-02"])
    assert draw(PARTS[rfq]) == first


def test_the_switch_of_ezdxf_is_put_back() -> None:
    draw(PARTS["A-01"])
    assert not ezdxf.options.write_fixed_meta_data_for_testing  # type: ignore[attr-defined]


def test_a_family_that_is_missing_a_size_is_refused() -> None:
    part = PARTS["A-12"]
    with pytest.raises(KeyError):
        part.size("depth")
    with pytest.raises(KeyError):
        part.characteristic(99)
    with pytest.raises(ValueError, match="not a reference"):
        part.mark("t")
