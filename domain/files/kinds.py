"""Which kinds of file are taken, and how each is told from its first bytes. A name that lies is refused."""

import unicodedata
from typing import NamedTuple

HEAD_BYTES = 4096
"""How much of the beginning decides."""
MAX_NAME = 200


class Kind(NamedTuple):
    """A kind of content and the media type we serve it under. An archive has entries that every one of its kind has."""

    name: str
    media_type: str
    is_archive: bool = False
    needs: tuple[str, ...] = ()


PDF = Kind("PDF", "application/pdf")
PNG = Kind("PNG image", "image/png")
JPEG = Kind("JPEG image", "image/jpeg")
TIFF = Kind("TIFF image", "image/tiff")
DWG = Kind("AutoCAD drawing", "image/vnd.dwg")
DXF = Kind("DXF drawing", "image/vnd.dxf")
STEP = Kind("STEP model", "model/step")
IGES = Kind("IGES model", "model/iges")
STL = Kind("STL mesh", "model/stl")
OBJ = Kind("OBJ mesh", "model/obj")
ZIP = Kind("ZIP archive", "application/zip", is_archive=True)
TMF = Kind("3MF mesh", "model/3mf", is_archive=True, needs=("[Content_Types].xml", "3D/"))
XLSX = Kind(
    "Excel workbook",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    is_archive=True,
    needs=("[Content_Types].xml", "xl/workbook.xml"),
)
CSV = Kind("CSV table", "text/csv")
TEXT = Kind("plain text", "text/plain")
XML = Kind("XML document", "application/xml")
JSON = Kind("JSON document", "application/json")

BY_EXTENSION: dict[str, Kind] = {
    "pdf": PDF,
    "png": PNG,
    "jpg": JPEG,
    "jpeg": JPEG,
    "tif": TIFF,
    "tiff": TIFF,
    "dwg": DWG,
    "dxf": DXF,
    "step": STEP,
    "stp": STEP,
    "iges": IGES,
    "igs": IGES,
    "stl": STL,
    "obj": OBJ,
    "zip": ZIP,
    "3mf": TMF,
    "xlsx": XLSX,
    "csv": CSV,
    "txt": TEXT,
    "xml": XML,
    "json": JSON,
}

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"II+\x00", TIFF),
    (b"MM\x00+", TIFF),
    (b"AC10", DWG),
    (b"AutoCAD Binary DXF\r\n\x1a\x00", DXF),
    (b"PK\x03\x04", ZIP),
)
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x7fELF", "a Linux program"),
    (b"#!", "a script"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document; save it in a present format"),
    (b"Rar!", "a RAR archive; use zip"),
    (b"7z\xbc\xaf'\x1c", "a 7z archive; use zip"),
    (b"\x1f\x8b", "a gzip archive; use zip"),
    (b"GIF8", "a GIF image"),
)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<svg")
_OBJ_STARTS = ("#", "v ", "vn ", "vt ", "vp ", "f ", "g ", "o ", "s ", "mtllib ", "usemtl ")
_STL_HEADER, _STL_FACET = 84, 50
_IGES_COLUMN = 72
"""Where an IGES line says which section it belongs to: `S`, the start, in the first."""
_CONTROL = frozenset(range(32)) - set(b"\t\n\f\r\x1a")
"""What no text contains. 0x1A ends a text file of DOS, which some drawing programs still write."""


def kind_named(name: str) -> Kind | str:
    """The kind that a name's ending promises, or why no such file is taken."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    kind = BY_EXTENSION.get(extension)
    if kind is None:
        ending = f"Files ending in {('.' + extension)[:20]!r}" if extension else "Files without an ending"
        return f"{ending} are not taken; these are: {', '.join(sorted(BY_EXTENSION))}."
    return kind


def kind_of(name: str, head: bytes, size: int) -> Kind | str:
    """The kind of a file called `name` that begins with `head`, or what is wrong with it in a sentence."""
    wanted = kind_named(name)
    if isinstance(wanted, str):
        return wanted
    found = looks_like(head, size)
    if found == wanted or (found == ZIP and wanted.is_archive):
        return wanted
    if found is None and _is_text_of(wanted, head):
        return wanted
    shown = "text that does not begin like one" if found is None else found if isinstance(found, str) else found.name
    return f"The name says {wanted.name}, but the content looks like {shown}."


def looks_like(head: bytes, size: int) -> Kind | str | None:
    """The kind that the first bytes show, a word for what is never taken, or None for text of no kind of its own."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    for magic, what in _OTHERS:
        if head.startswith(magic):
            return what
    if len(head) >= _STL_HEADER and size == _STL_HEADER + _STL_FACET * int.from_bytes(head[80:84], "little"):
        return STL  # a binary STL tells its own length
    if not _CONTROL.isdisjoint(head):
        return "a Windows program" if head.startswith(b"MZ") else "binary data of an unknown kind"
    return _of_text(head.removeprefix(b"\xef\xbb\xbf"))


def _of_text(whole: bytes) -> Kind | str | None:
    first = whole.split(b"\n", 1)[0].rstrip(b"\r")  # of IGES; its columns count, blanks and all
    if first[_IGES_COLUMN : _IGES_COLUMN + 1] == b"S" and first[_IGES_COLUMN + 1 : 80].strip().isdigit():
        return IGES
    text = whole.lstrip()
    lowered = text.lower()
    if lowered.startswith(_HTML):
        return "an HTML page"
    if text.startswith(b"ISO-10303-21"):
        return STEP
    if lowered.startswith(b"solid") and (b"facet" in lowered or b"endsolid" in lowered):
        return STL
    return DXF if _is_dxf([line.strip() for line in text.splitlines()]) else None


def _is_dxf(lines: list[bytes]) -> bool:
    """A group code and its value in two lines each: comments (999), then the first section."""
    place = 0
    while lines[place : place + 1] == [b"999"]:
        place += 2
    return lines[place : place + 2] == [b"0", b"SECTION"]


def _is_text_of(wanted: Kind, head: bytes) -> bool:
    """Whether text that is of no kind of its own may be what the name says."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if wanted == XML:
        return start.startswith(b"<")
    if wanted == JSON:
        return start.startswith((b"{", b"["))
    if wanted == OBJ:
        return start.decode("latin-1").startswith(_OBJ_STARTS)
    return wanted in {CSV, TEXT}


def normal_name(name: str) -> str:
    """The name in composed form (NFC): a Mac sends letters and accents apart."""
    return unicodedata.normalize("NFC", name)


def name_fault(name: str) -> str | None:
    """What is wrong with a file's name, or None."""
    if not 0 < len(name) <= MAX_NAME:
        return f"A file name has 1 to {MAX_NAME} characters."
    if any(character in name for character in '/\\:*?"<>|') or name.startswith("."):
        return 'A file name has no path, no leading dot and none of / \\ : * ? " < > |.'
    if name != name.strip():
        return "A file name has no blank before or behind it."
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for character in name):
        return "A file name has no control or direction characters."
    return None
