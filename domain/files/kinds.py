"""Which kinds of file are taken, and how each is told from its first bytes. A name that lies is refused."""

import re
import unicodedata
from typing import NamedTuple

HEAD_BYTES = 4096
"""How much of the beginning decides."""
MAX_NAME = 200


class Kind(NamedTuple):
    """A kind of content and the media type we serve it under."""

    name: str
    media_type: str


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
ZIP = Kind("ZIP archive", "application/zip")
TMF = Kind("3MF mesh", "model/3mf")
XLSX = Kind("Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
CSV = Kind("CSV table", "text/csv")
TEXT = Kind("plain text", "text/plain")
XML = Kind("XML document", "application/xml")
JSON = Kind("JSON document", "application/json")

BY_EXTENSION: dict[str, tuple[Kind, ...]] = {
    "pdf": (PDF,),
    "png": (PNG,),
    "jpg": (JPEG,),
    "jpeg": (JPEG,),
    "tif": (TIFF,),
    "tiff": (TIFF,),
    "dwg": (DWG,),
    "dxf": (DXF,),
    "step": (STEP,),
    "stp": (STEP,),
    "iges": (IGES,),
    "igs": (IGES,),
    "stl": (STL,),
    "obj": (OBJ,),
    "zip": (ZIP,),
    "3mf": (TMF,),
    "xlsx": (XLSX,),
    "csv": (CSV,),
    "txt": (TEXT,),
    "xml": (XML,),
    "json": (JSON,),
}
ARCHIVES = frozenset({ZIP, TMF, XLSX})

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"AC10", DWG),
    (b"AutoCAD Binary DXF\r\n\x1a\x00", DXF),
    (b"ISO-10303-21", STEP),
    (b"PK\x03\x04", ZIP),
)
_EXECUTABLE = ((b"MZ", "a Windows program"), (b"\x7fELF", "a Linux program"), (b"#!", "a script"))
_DXF_START = re.compile(rb"\s*(999\s*[\r\n].*?)*\s*0\s*[\r\n]+\s*SECTION", re.DOTALL)
_STL_HEADER = 84


def looks_like(head: bytes, size: int) -> Kind | str | None:  # noqa: PLR0911  one answer for each kind
    """The kind that the first bytes show, a word for what is never taken, or None for plain text of some kind."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    for magic, what in _EXECUTABLE:
        if head.startswith(magic):
            return what
    if len(head) >= _STL_HEADER and size == _STL_HEADER + 50 * int.from_bytes(head[80:84], "little"):
        return STL  # a binary STL tells its own length
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _DXF_START.match(text):
        return DXF
    if b"\x00" in head:
        return "binary data of an unknown kind"
    stripped = text.lstrip()
    lowered = stripped[:512].lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<script")):
        return "an HTML page"
    if lowered.startswith(b"solid"):
        return STL
    if _is_iges(text):
        return IGES
    return None


def _is_iges(text: bytes) -> bool:
    first = text.split(b"\n", 1)[0].rstrip(b"\r")
    return len(first) >= 73 and first[72:73] == b"S" and first[73:80].strip().isdigit()  # noqa: PLR2004  column 73


def kind_of(name: str, head: bytes, size: int) -> Kind | str:  # noqa: PLR0911  one answer for each fault
    """The kind of a file called `name`, or what is wrong with it in a sentence."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    expected = BY_EXTENSION.get(extension)
    if expected is None:
        taken = ", ".join(sorted(BY_EXTENSION))
        return f"Files ending in {('.' + extension)[:20]!r} are not taken; these are: {taken}."
    found = looks_like(head, size)
    wanted = expected[0]
    if isinstance(found, str):
        return f"The name says {wanted.name}, but the content is {found}."
    if found is None and wanted in {CSV, TEXT, XML, JSON, OBJ}:
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
        if (wanted is XML and start != b"<") or (wanted is JSON and start not in {b"{", b"["}):
            return f"The name says {wanted.name}, but the content does not begin like one."
        return wanted
    if found == ZIP and wanted in ARCHIVES:
        return wanted
    if found != wanted:
        return f"The name says {wanted.name}, but the content looks like {'text' if found is None else found.name}."
    return wanted


def name_fault(name: str) -> str | None:
    """What is wrong with a file's name, or None."""
    if not 0 < len(name) <= MAX_NAME:
        return f"A file name has 1 to {MAX_NAME} characters."
    if any(character in name for character in '/\\:*?"<>|') or name in {".", ".."} or name.startswith("."):
        return 'A file name has no path, no leading dot and none of / \\ : * ? " < > |.'
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for character in name):
        return "A file name has no control or direction characters."
    return None
