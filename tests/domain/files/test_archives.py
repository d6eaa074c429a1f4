"""What an archive may contain. Each hostile one is a good one with a few bytes changed."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from domain.files import archives
from domain.files.archives import fault

CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


def made(entries: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED, **attributes: int) -> bytearray:
    """An archive as Python writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            info.external_attr = attributes.get("mode", 0o100644) << 16
            archive.writestr(info, content)
    return bytearray(out.getvalue())


def verdict(content: bytes | bytearray, needs: tuple[str, ...] = ()) -> str:
    return fault(io.BytesIO(content), needs) or ""


class Unseekable(io.BytesIO):
    """Makes Python write sizes behind the data, as whoever packs into a stream does."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise io.UnsupportedOperation

    tell = seek


def test_good_ones() -> None:
    files = {"a.txt": b"text", "folder/b.bin": bytes(range(256)) * 8, "folder/c/d.step": b"ISO-10303-21;"}
    assert verdict(made(files)) == ""
    assert verdict(made(files, method=zipfile.ZIP_STORED)) == ""
    assert verdict(made({f"{number}.txt": b"x" for number in range(1000)})) == ""
    assert verdict(made({"bom.xlsx": bytes(made({"xl/workbook.xml": b"<a/>"}))})) == "", (
        "an office document is no archive"
    )
    streamed = Unseekable()
    with zipfile.ZipFile(streamed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"text" * 100)
        archive.writestr("b.txt", b"")
    assert verdict(streamed.getvalue()) == ""
    large = io.BytesIO()
    with (
        zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w", force_zip64=True) as entry,
    ):
        entry.write(b"text" * 100)
    assert verdict(large.getvalue()) == ""
    commented = io.BytesIO()
    with zipfile.ZipFile(commented, "w") as archive:
        archive.writestr("a.txt", b"text")
        archive.comment = b"made by hand"
    assert verdict(commented.getvalue()) == ""


@pytest.mark.parametrize(
    ("entries", "word"),
    [
        ({"../evil": b"x"}, "leads out"),
        ({"a/../../evil": b"x"}, "leads out"),
        ({"/etc/passwd": b"x"}, "leads out"),
        ({"a\\..\\b": b"x"}, "leads out"),
        ({"C:evil": b"x"}, "leads out"),
        ({"bomb": bytes(1_000_000)}, "100 times"),
        ({"inner.zip": b"x"}, "archive itself"),
        ({"hidden.txt": bytes(made({"a": b"x"}))}, "archive itself"),
        ({"hidden.txt": b"\x1f\x8b\x08"}, "archive itself"),
        ({f"{number}": b"x" for number in range(1001)}, "1000 entries"),
    ],
    ids=lambda value: next(iter(value))[:20] if isinstance(value, dict) else None,
)
def test_what_it_contains(entries: dict[str, bytes], word: str) -> None:
    assert word in verdict(made(entries))


def test_links_methods_and_what_a_kind_needs() -> None:
    assert "link" in verdict(made({"link": b"/etc/passwd"}, mode=0o120777))
    assert "deflate" in verdict(made({"a": b"x"}, method=zipfile.ZIP_LZMA))
    workbook = made({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"})
    assert verdict(workbook, ("[Content_Types].xml", "xl/workbook.xml")) == ""
    assert "lacks 3D/" in verdict(workbook, ("[Content_Types].xml", "3D/"))


def patched(at: bytes, offset: int, form: str, value: int) -> bytearray:
    """A good archive of one stored entry with one number changed, `offset` bytes behind a signature."""
    content = made({"a.txt": b"text" * 100}, method=zipfile.ZIP_STORED)
    struct.pack_into(form, content, content.index(at) + offset, value)
    return content


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (patched(CENTRAL, 8, "<H", 1), "encrypted"),
        (patched(CENTRAL, 24, "<L", 3 * 1024**3), "unpacks to more"),
        (patched(CENTRAL, 24, "<L", 401), "another thing"),
        (patched(LOCAL, 22, "<L", 399), "another thing"),
        (patched(LOCAL, 14, "<L", 7), "another thing"),
        (patched(LOCAL, 8, "<H", 8), "another thing"),
        (patched(LOCAL, 6, "<H", 0x800), "another thing"),
        (patched(LOCAL, 30, "<B", ord("b")), "another thing"),
        (patched(LOCAL, 35, "<B", ord("T")), "does not unpack"),
        (patched(CENTRAL, 42, "<L", 5), "not where"),
        (patched(END, 8, "<H", 2), "split"),
        (patched(END, 12, "<L", 7), "not where its end says"),
        (patched(END, 16, "<L", 0), "not where its end says"),
        (patched(END, 20, "<H", 3), "follows"),
        (b"PK\x03\x04 broken", "no directory"),
        (b"", "no directory"),
        (END + bytes(18), "entries"),
    ],
)
def test_two_readers_cannot_read_it_differently(content: bytes, word: str) -> None:
    said = verdict(content)
    assert (word in said) or (word == "entries" and said == "")


def both(change: Callable[[bytearray], None]) -> bytearray:
    content = made({"a.txt": b"text" * 100}, method=zipfile.ZIP_STORED)
    change(content)
    return content


def test_an_entry_that_lies_in_both_headers_does_not_unpack() -> None:
    def shorter(content: bytearray) -> None:
        for signature, offset in ((LOCAL, 22), (CENTRAL, 24)):
            struct.pack_into("<L", content, content.index(signature) + offset, 399)

    assert "does not unpack" in verdict(both(shorter))
    packed = made({"a.txt": b"text" * 100})
    for signature, offset in ((LOCAL, 22), (CENTRAL, 24)):
        struct.pack_into("<L", packed, packed.index(signature) + offset, 399)
    assert "does not unpack" in verdict(packed)


def test_bytes_before_between_and_behind_belong_to_somebody() -> None:
    good = bytes(made({"a.txt": b"text", "b.txt": b"text"}, method=zipfile.ZIP_STORED))
    assert "follows" in verdict(good + b"x")
    assert "not where its end says" in verdict(b"MZ" + good)
    second = good.index(LOCAL, 1)
    hidden = bytearray(good[:second] + bytes(100) + good[second:])
    end = hidden.index(END)
    struct.pack_into("<L", hidden, end + 16, hidden.index(CENTRAL))
    last = hidden.rindex(CENTRAL)
    struct.pack_into("<L", hidden, last + 42, second + 100)
    assert "belong to none" in verdict(hidden)
    overlapping = bytearray(good)
    struct.pack_into("<L", overlapping, good.rindex(CENTRAL) + 42, 0)
    assert "another thing" in verdict(overlapping)


def test_a_huge_directory_is_refused_before_it_is_read() -> None:
    size = archives.MAX_DIRECTORY + 1
    content = LOCAL + bytes(26) + bytes(size) + END + struct.pack("<4H2LH", 0, 0, 1, 1, size, 30, 0)
    assert "entries at most" in verdict(content)
