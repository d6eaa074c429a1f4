"""Which content is taken under which name."""

import struct
import unicodedata

import pytest

from domain.files import kinds
from domain.files.kinds import BY_EXTENSION, HEAD_BYTES, Kind, kind_of, name_fault, normal_name

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
STL = b"\x00" * 80 + struct.pack("<I", 2) + bytes(100)
IGES = b" " * 72 + b"S      1\n" + b" " * 72 + b"G      1\n"
DXF = b"999\r\nmade by a test\r\n  0\r\nSECTION\r\n  2\r\nHEADER\r\n"
ASCII_STL = b"solid part\n facet normal 0 0 1\n"

GOOD = {
    "a.pdf": b"%PDF-1.7\n",
    "A.PDF": b"%PDF-1.4\n",
    "a.b.png": PNG,
    "a.jpg": b"\xff\xd8\xff\xe0",
    "a.jpeg": b"\xff\xd8\xff\xe1",
    "a.tif": b"II*\x00",
    "a.tiff": b"MM\x00*",
    "a.dwg": b"AC1027\x00",
    "a.dxf": DXF,
    "b.dxf": b"AutoCAD Binary DXF\r\n\x1a\x00",
    "c.dxf": b"  0\nSECTION\n",
    "a.step": b"ISO-10303-21;\nHEADER;",
    "a.stp": b"\n ISO-10303-21;",
    "a.igs": IGES,
    "a.iges": IGES,
    "a.stl": STL,
    "b.stl": ASCII_STL,
    "c.stl": b"solid empty\nendsolid empty\n",
    "a.obj": b"# made\nv 0 0 0\n",
    "a.zip": b"PK\x03\x04",
    "a.3mf": b"PK\x03\x04",
    "a.xlsx": b"PK\x03\x04",
    "a.csv": b"no;nama\r\n1;Poros \xd8 8\r\n",
    "a.txt": b"Solid shaft, hardened.",
    "b.txt": b"\xef\xbb\xbfteks",
    "a.xml": b"<?xml version='1.0'?><a/>",
    "a.json": b' {"a": 1}',
    "MZ.csv": b"MZ-100;12\n",
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_taken(name: str) -> None:
    kind = kind_of(name, GOOD[name], len(GOOD[name]))
    assert isinstance(kind, Kind), kind
    assert kind == BY_EXTENSION[name.rpartition(".")[2].lower()]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.png", b"%PDF-1.7", "PDF"),
        ("a.pdf", b"text", "text"),
        ("a.pdf", b" %PDF-1.7", "text"),
        ("a.txt", b"MZ\x90\x00\x03", "Windows"),
        ("a.txt", b"\x7fELF", "Linux"),
        ("a.csv", b"#!/bin/sh", "script"),
        ("a.txt", b"bell \x07", "binary"),
        ("a.txt", PNG, "PNG"),
        ("a.txt", b"  <!DOCTYPE html>", "HTML"),
        ("a.xml", b"<html>", "HTML"),
        ("a.xml", b"<svg onload='x'>", "HTML"),
        ("a.xml", b"text", "text"),
        ("a.json", b"text", "text"),
        ("a.obj", b"Dear sirs", "text"),
        ("a.txt", b"ISO-10303-21;", "STEP"),
        ("a.step", DXF, "DXF"),
        ("a.dxf", b"999\nonly a comment\n", "text"),
        ("a.stl", STL + b"x", "binary"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        ("a.zip", b"Rar!\x1a\x07", "RAR"),
        ("a.exe", b"%PDF-1.7", "not taken"),
        ("pdf", b"%PDF-1.7", "without an ending"),
        ("a.", b"%PDF-1.7", "without an ending"),
    ],
)
def test_what_is_refused_and_what_it_looks_like(name: str, content: bytes, word: str) -> None:
    wrong = kind_of(name, content, len(content))
    assert isinstance(wrong, str)
    assert word in wrong


def test_no_beginning_takes_long_to_judge() -> None:
    for hostile in (b"999\n", b"999\r\n\r\n", b"0\n", b" ", b"<", b"solid "):
        kinds.looks_like((hostile * HEAD_BYTES)[:HEAD_BYTES], HEAD_BYTES)


@pytest.mark.parametrize("name", ["a.pdf", "Gambar Poros Ø8 (rev B).pdf", "図面.pdf", "a" * 196 + ".pdf"])
def test_good_names(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize(
    "name",
    [
        *("", "a" * 197 + ".pdf", "../a.pdf", "a/b.pdf", "a\\b.pdf", "C:a.pdf", ".a.pdf", "..", " a.pdf", "a.pdf "),
        *("a\n.pdf", "a\x00.pdf", "a\u202efdp.exe", "a\u2066.pdf", "a\u200b.pdf", "a\ud800.pdf", "a\u2028.pdf"),
        *('a".pdf', "a?.pdf"),
    ],
)
def test_bad_names(name: str) -> None:
    assert name_fault(name) is not None


def test_a_name_is_kept_composed() -> None:
    apart = unicodedata.normalize("NFD", "é.pdf")
    assert (len(apart), normal_name(apart)) == (6, "é.pdf")
