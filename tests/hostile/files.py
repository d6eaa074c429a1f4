"""Hostile files: names that lie, files that are two things, archives that unpack into harm."""

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import quote

from hostile.case import Case, request

REFUSED = frozenset({422})
TAKEN = frozenset({201})
KINDS = "application/octet-stream"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(name: str, file: str, content: bytes, *, expect: frozenset[int] = REFUSED) -> Case:
    """A file of this name and content."""
    return request(
        f"file: {name}", f"/v1/files?name={quote(file)}", content, headers={"content-type": KINDS}, expect=expect
    )


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _names()
    yield from _contents()
    for name, content in archives().items():
        yield upload(f"zip, {name}", "a.zip", content)
    yield from _sheets()


def _names() -> Iterator[Case]:
    pdf = b"%PDF-1.7\nx\n"
    for name in (
        "../a.pdf", "a/b.pdf", "a\\b.pdf", "..", ".pdf", "a", "a.exe", "a.pdf.exe", "a.html", "a.svg", "a.js", "a.pdf ", " a.pdf",
        "a\x00.pdf", "a\n.pdf", "a\u202efdp.exe", "a\u200b.pdf", "CON:.pdf", "a|b.pdf", "x" * 197 + ".pdf", "a.pdf\x7f", "a\ufffe.pdf",
    ):  # fmt: skip
        # The framework judges the length of the parameter before we judge the name.
        yield upload(f"called {name!r:.30}", name, pdf, expect=frozenset({400, 422}))
    for query in ("", "?name=", "?name=%ff.pdf", "?name=a.pdf&name=b.pdf", "?nam=a.pdf", "?name[]=a.pdf"):
        yield request(
            f"file: query {query}", f"/v1/files{query}", pdf, headers={"content-type": KINDS}, expect=frozenset({400, 422}),
        )  # fmt: skip


def _contents() -> Iterator[Case]:
    pdf, png = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n"
    html = b"<html><script>alert(1)</script></html>"
    for name, (file, content) in {
        "nothing": ("a.pdf", b""), "HTML as PDF": ("a.pdf", html), "HTML as text": ("a.txt", html), "HTML as CSV": ("a.csv", html),
        "HTML behind blanks": ("a.txt", b" \n\t" + html), "HTML behind a mark": ("a.txt", b"\xef\xbb\xbf" + html),
        "SVG as XML": ("a.xml", b"<svg onload='alert(1)'/>"), "a program": ("a.txt", b"\x7fELF" + bytes(100)),
        "a Windows program": ("a.pdf", b"MZ\x90\x00" + bytes(100)), "a script": ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
        "PNG as PDF": ("a.pdf", png), "PDF as PNG": ("a.png", pdf), "PDF behind something": ("a.pdf", b"x" * 20 + pdf),
        "zip as PDF": ("a.pdf", b"PK\x03\x04" + bytes(60)), "GIF as PNG": ("a.png", b"GIF89a" + bytes(60)),
        "zip as DXF": ("a.dxf", b"PK\x03\x04" + bytes(60)), "text as DXF": ("a.dxf", b"hello"), "text as STEP": ("a.step", b"hello"),
        "text as STL": ("a.stl", b"hello"), "text as IGES": ("a.igs", b"hello"), "binary as text": ("a.txt", bytes(range(32)) * 4),
        "an STL that lies": ("a.stl", bytes(80) + struct.pack("<I", 9) + bytes(50)), "a gzip as zip": ("a.zip", b"\x1f\x8b\x08" + bytes(50)),
        "an old Office document": ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)), "a tar as zip": ("a.zip", _tar()),
        "a DXF of one line": ("a.dxf", b"0\n"), "a STEP in lower case": ("a.stp", b"iso-10303-21;"), "JSON as XML": ("a.xml", b"{}"),
        "numbers as JSON": ("a.json", b"12"), "an OBJ of words": ("a.obj", b"hello\n"), "a fat JPEG": ("a.jpg", b"\xff\xd8" + bytes(10)),
    }.items():  # fmt: skip
        yield upload(name, file, content)
    # Both readers would find something: each is kept, and served under our type, for saving only.
    for name, (file, content) in {
        "PDF that is HTML too": ("a.pdf", pdf + html), "PNG that is HTML too": ("a.png", png + html),
        "PDF that is a zip too": ("a.pdf", pdf + bytes(_zip({"a.txt": b"x"}))), "PNG of absurd size": ("a.png", png + _chunk(b"IHDR", struct.pack(">2I5B", 2**31 - 1, 2**31 - 1, 16, 6, 0, 0, 0))),
        "PDF of nothing": ("a.pdf", pdf), "PDF of loops": ("a.pdf", pdf + b"1 0 obj<</Kids[1 0 R]>>endobj\n" * 2000),
        "DXF of deep blocks": ("a.dxf", b"0\nSECTION\n2\nBLOCKS\n" + b"0\nBLOCK\n" * 50_000), "DXF of long lines": ("a.dxf", b"0\nSECTION\n" + b"9" * 2_000_000),
        "STEP of cycles": ("a.stp", b"ISO-10303-21;\n" + b"#1=A(#1);\n" * 20_000), "formulas": ("a.csv", b"=cmd|' /C calc'!A0,1\n"),
        "XML of entities": ("a.xml", b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>'), "deep JSON": ("a.json", b"[" * 100_000),
    }.items():  # fmt: skip
        yield upload(f"{name}, which is kept", file, content, expect=TAKEN)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


def _zip(entries: dict[str, bytes], *, mode: int = 0o100644, method: int = zipfile.ZIP_DEFLATED) -> bytearray:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr = method, mode << 16
            archive.writestr(info, content)
    return bytearray(out.getvalue())


def _changed(content: bytearray, where: bytes, offset: int, new: bytes) -> bytes:
    """`content` with bytes replaced at `offset` behind the first `where`."""
    at = content.index(where) + offset
    return bytes(content[:at]) + new + bytes(content[at + len(new) :])


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def archives() -> dict[str, bytes]:
    """By what is wrong with each."""
    good = _zip({"a.txt": b"hello, world, hello" * 9, "b.txt": b"x"})
    return {
        "a bomb": bytes(_zip({"a.txt": bytes(30_000_000)})),
        "a nested archive": bytes(_zip({"a.zip": bytes(_zip({"b.txt": b"x"}))})),
        "a nested archive under another name": bytes(_zip({"a.txt": bytes(_zip({"b.txt": b"x"}))})),
        "a nested gzip": bytes(_zip({"a.txt": b"\x1f\x8b\x08" + bytes(90)})),
        "a way out": bytes(_zip({"../a.txt": b"x"})),
        "a way out in the middle": bytes(_zip({"a/../../b.txt": b"x"})),
        "a way out of Windows": bytes(_zip({"..\\a.txt": b"x"})),
        "a root": bytes(_zip({"/etc/passwd": b"x"})),
        "a drive": bytes(_zip({"C:/a.txt": b"x"})),
        "a link": bytes(_zip({"a": b"/etc/passwd"}, mode=0o120777)),
        "a device": bytes(_zip({"a": b""}, mode=0o020666)),
        "too many entries": bytes(_zip({f"{number}.txt": b"" for number in range(1001)})),
        "bzip2": bytes(_zip({"a.txt": b"x" * 99}, method=zipfile.ZIP_BZIP2)),
        "LZMA": bytes(_zip({"a.txt": b"x" * 99}, method=zipfile.ZIP_LZMA)),
        "an encrypted entry": _changed(bytearray(_changed(good, LOCAL, 6, b"\x01")), CENTRAL, 8, b"\x01"),
        "two sizes": _changed(good, LOCAL, 22, struct.pack("<I", 5)),
        "two names": _changed(good, LOCAL, 30, b"z"),
        "two methods": _changed(good, LOCAL, 8, b"\x00"),
        "two checksums": _changed(good, LOCAL, 14, b"\xff"),
        "a checksum that is wrong in both": _changed(
            bytearray(_changed(good, LOCAL, 14, b"\xff")), CENTRAL, 16, b"\xff"
        ),
        "data that are none": _changed(good, LOCAL, 36, b"\xff\xff\xff"),
        "entries that overlap": _changed(good, CENTRAL, 42, struct.pack("<I", 3)),
        "an entry beyond the end": _changed(good, CENTRAL, 42, struct.pack("<I", 2**31)),
        "a directory beyond the end": _changed(good, END, 16, struct.pack("<I", 2**31)),
        "a directory of another length": _changed(good, END, 12, struct.pack("<I", 5)),
        "another number of entries": _changed(good, END, 8, struct.pack("<2H", 7, 7)),
        "several disks": _changed(good, END, 4, b"\x01"),
        "no directory": bytes(good[: good.index(CENTRAL)]),
        "something before": b"PK\x03\x04" + bytes(60) + bytes(good),
        "something behind": bytes(good) + b"x",
        "something between": bytes(good[: good.index(CENTRAL)]) + bytes(100) + bytes(good[good.index(CENTRAL) :]),
        "half of it": bytes(good[: len(good) // 2]),
        "the head alone": b"PK\x03\x04",
        "a name twice": bytes(good).replace(b"b.txt", b"a.txt"),
        "no name": bytes(good).replace(b"a.txt", b"\x00.txt"),
        "zip64 sizes beyond all": _zip64(size=2**63, offset=0),
        "a zip64 offset beyond all": _zip64(size=1, offset=2**64 - 1),
        "a zip64 offset of 2^63": _zip64(size=1, offset=2**63),
        "zip64 fields that lack": _zip64(size=1, offset=0, field=b""),
        "a zip64 directory beyond all": _zip64_end(2**64 - 1),
        "a zip64 count beyond all": _zip64_end(0, count=2**64 - 1),
    }


def _zip64(*, size: int, offset: int, field: bytes | None = None) -> bytes:
    """One stored byte whose directory says what it likes in 64 bits."""
    full = 0xFFFFFFFF
    local = LOCAL + struct.pack("<5H3L2H", 20, 0, 0, 0, 0, zlib.crc32(b"x"), 1, 1, 1, 0) + b"ax"
    extra = struct.pack("<2H3Q", 1, 24, size, size, offset) if field is None else field
    central = CENTRAL + struct.pack(
        "<6H3L5H2L", 45, 45, 0, 0, 0, 0, zlib.crc32(b"x"), full, full, 1, len(extra), 0, 0, 0, 0, full
    )
    central += b"a" + extra
    return local + central + END + struct.pack("<4H2LH", 0, 0, 1, 1, len(central), len(local), 0)


def _zip64_end(start: int, *, count: int = 1) -> bytes:
    local = LOCAL + struct.pack("<5H3L2H", 20, 0, 0, 0, 0, zlib.crc32(b"x"), 1, 1, 1, 0) + b"ax"
    end64 = b"PK\x06\x06" + struct.pack("<Q2H2L4Q", 44, 45, 45, 0, 0, count, count, 47, start)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, len(local), 1)
    return local + end64 + locator + END + struct.pack("<4H2LH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def _sheets() -> Iterator[Case]:
    """Tables that become lines of an RFQ."""
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    entities = b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 500 + b'">]><workbook>' + b"&b;" * 500 + b"</workbook>"
    outside = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><workbook>&b;</workbook>'
    for name, (media, content) in {
        "nothing": (XLSX, b""), "no zip": (XLSX, b"hello"), "half a zip": (XLSX, bytes(_zip(parts))[:50]),
        "a zip of nothing": (XLSX, bytes(_zip({}))), "parts of nothing": (XLSX, bytes(_zip(parts))),
        "entities": (XLSX, bytes(_zip(parts | {"xl/workbook.xml": entities}))), "a file of ours": (XLSX, bytes(_zip(parts | {"xl/workbook.xml": outside}))),
        "deep XML": (XLSX, bytes(_zip(parts | {"xl/workbook.xml": b"<a>" * 50_000}))), "a bomb": (XLSX, bytes(_zip(parts | {"xl/worksheets/sheet1.xml": bytes(50_000_000)}))),
        "a way out": (XLSX, bytes(_zip(parts | {"../x.xml": b"<a/>"}))), "CSV of NULs": ("text/csv", b"\x00" * 1000), "CSV of bytes": ("text/csv", b"\xff\xfe\x00" * 99),
        "CSV of one quote": ("text/csv", b'"'), "CSV of quotes": ("text/csv", b'"' * 100_001), "CSV of a long cell": ("text/csv", b"a;" + b"x" * 900_000),
        "CSV of many columns": ("text/csv", b";" * 100_000), "CSV of many rows": ("text/csv", b"a;b\n" * 100_000), "CSV of nothing": ("text/csv", b"\n\n\n"),
    }.items():  # fmt: skip
        yield request(
            f"table: {name}", "/v1/rfqs/{rfq}/lines/import", content, headers={"content-type": media, "if-match": '"1"'},
            expect=frozenset({400, 413, 422}),
        )  # fmt: skip
