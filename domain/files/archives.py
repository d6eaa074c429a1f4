"""What a zip archive may contain before we keep it: nothing that unpacks into harm, nothing that two readers read differently.

Our own strict reader, and not `zipfile`: it bounds the directory before it reads it, compares every entry's own header
with the directory's, wants the entries side by side, and unpacks each to its end.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import IO, NamedTuple

MAX_ENTRIES = 1000
MAX_RATIO = 100
MAX_SUM = 2 * 1024**3
MAX_DIRECTORY = 4 * 1024 * 1024
"""Bytes of the directory itself: 1,000 entries with names of any sane length."""

_END, _END64, _LOCATOR, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x01\x02", b"PK\x03\x04"
_END_SIZE, _END64_SIZE, _LOCATOR_SIZE, _CENTRAL_SIZE, _LOCAL_SIZE = 22, 56, 20, 46, 30
_MAX_COMMENT = 65_535
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _DESCRIPTOR, _UTF8 = 0x1, 0x8, 0x800
_DESCRIPTOR_SIZE = 24
_FULL16, _FULL32 = 0xFFFF, 0xFFFF_FFFF
_ZIP64, _UNICODE_PATH = 0x0001, 0x7075
_PLAIN_MODES = {0, 0o100000, 0o040000}
_CHUNK = 256 * 1024
_FARTHEST = 2**62
"""Where a file can be read at all: an offset of 64 bits may lie beyond."""
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf'\x1c", b"Rar!\x1a\x07", b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh")
_NESTED = (".zip", ".3mf", ".7z", ".rar", ".gz", ".tar", ".tgz", ".xz", ".bz2")
_OFFICE = (".xlsx", ".docx", ".pptx")


class _Refused(Exception):
    """Carries what is wrong, for the uploader."""


class _Entry(NamedTuple):
    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def fault(archive: IO[bytes], needs: Sequence[str] = ()) -> str | None:
    """What is wrong with an archive, in a sentence, or None. Reads all of it: up to 2 GiB unpacked, nothing kept.

    Stored or deflated, not encrypted, at most 1,000 entries, each at most 100 times its packed size, 2 GiB in all, no
    archive within (office documents excepted), no link, no path that leaves. An entry for each of `needs` exists, or,
    where that ends in `/`, something under it.
    """
    try:
        entries, directory = _directory(archive)
        _check_list(entries)
        ends = [_check_entry(archive, entry) for entry in entries]
        _check_places(entries, ends, directory)
    except _Refused as refused:
        return str(refused)
    except (struct.error, zlib.error, UnicodeDecodeError):
        return "The archive is damaged, or not a zip archive."
    for needed in needs:
        if not any(entry.name == needed or (needed[-1] == "/" and entry.name.startswith(needed)) for entry in entries):
            return f"The archive lacks {needed}, which every file of this kind has."
    return None


def _directory(archive: IO[bytes]) -> tuple[list[_Entry], int]:
    """The entries in the directory's order, and where the directory begins."""
    length = archive.seek(0, 2)
    tail_at = max(length - _END_SIZE - _MAX_COMMENT, 0)
    tail = _read(archive, tail_at, length - tail_at)
    found = tail.rfind(_END)
    if found < 0 or len(tail) - found < _END_SIZE:
        raise _Refused("The archive has no directory: it is damaged, or not a zip archive.")
    disk, first_disk, here, count, size, start, comment = struct.unpack("<4H2LH", tail[found + 4 : found + _END_SIZE])
    end = tail_at + found
    if end + _END_SIZE + comment != length:
        raise _Refused("Something follows the archive's end.")
    if found >= _LOCATOR_SIZE and tail[found - _LOCATOR_SIZE : found].startswith(_LOCATOR):
        end -= _LOCATOR_SIZE + _END64_SIZE
        large = _read(archive, end, _END64_SIZE)
        if not large.startswith(_END64):
            raise _Refused("The archive's directory cannot be found where it should be.")
        disk, first_disk, here, count, size, start = struct.unpack("<2L4Q", large[16:])
    if disk or first_disk or here != count or start + size != end:
        raise _Refused("The archive's directory is not where its end says, or is split over several files.")
    if count > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise _Refused(f"An archive has {MAX_ENTRIES} entries at most.")
    entries = list(_entries(_read(archive, start, size)))
    if len(entries) != count:
        raise _Refused("The archive's directory has another number of entries than its end says.")
    return entries, start


def _entries(directory: bytes) -> Iterator[_Entry]:
    place = 0
    while place < len(directory):
        head = directory[place : place + _CENTRAL_SIZE]
        if not head.startswith(_CENTRAL):
            raise _Refused("The archive's directory is damaged.")
        flags, method, _, _, crc, packed, size, name_size, extra_size, comment_size = struct.unpack(
            "<4H3L3H", head[8:34]
        )
        attributes, offset = struct.unpack("<2L", head[38:46])
        place += _CENTRAL_SIZE
        raw_name = directory[place : place + name_size]
        extra = directory[place + name_size : place + name_size + extra_size]
        place += name_size + extra_size + comment_size
        name = raw_name.decode("utf-8" if flags & _UTF8 else "cp437")
        fields = dict(_fields(extra))
        if _UNICODE_PATH in fields and fields[_UNICODE_PATH][5:] != name.encode():
            raise _Refused(f"{_short(name)} has two names.")
        if (attributes >> 16) & 0o170000 not in _PLAIN_MODES:
            raise _Refused(f"{_short(name)} is a link or a device.")
        size, packed, offset = _widened(fields.get(_ZIP64, b""), size, packed, offset)
        yield _Entry(name, raw_name, flags, method, crc, packed, size, offset)


def _fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The tagged parts of an extra field; padding behind them is ignored, as all readers do."""
    while len(extra) >= 4:  # noqa: PLR2004  tag and length
        tag, size = struct.unpack("<2H", extra[:4])
        yield tag, extra[4 : 4 + size]
        extra = extra[4 + size :]


def _widened(field: bytes, *values: int) -> tuple[int, ...]:
    """32-bit values, those that are full replaced in order from the zip64 field."""
    wide = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
    found = tuple(next(wide, None) if value == _FULL32 else value for value in values)
    if None in found:
        raise _Refused("The archive's directory lacks a size.")
    return tuple(value for value in found if value is not None)


def _check_list(entries: Sequence[_Entry]) -> None:
    names = [entry.name for entry in entries]
    if len(set(names)) != len(names):
        raise _Refused("Two entries of the archive have the same name.")
    if sum(entry.size for entry in entries) > MAX_SUM:
        raise _Refused(f"The archive unpacks to more than {MAX_SUM} bytes.")
    for entry in entries:
        parts = entry.name.replace("\\", "/").split("/")
        what = _short(entry.name)
        if parts[0] == "" or ".." in parts or ":" in parts[0] or "\x00" in entry.name:
            raise _Refused(f"{what} leads out of the folder it is unpacked into.")
        if entry.name.lower().endswith(_NESTED):
            raise _Refused(f"{what} is an archive itself; send it as a file of its own.")
        if entry.flags & _ENCRYPTED:
            raise _Refused(f"{what} is encrypted; send it open.")
        if entry.method not in {_STORED, _DEFLATED}:
            raise _Refused(f"{what} is packed by a method other than deflate.")
        if entry.size > max(entry.packed, 1) * MAX_RATIO:
            raise _Refused(f"{what} unpacks to more than {MAX_RATIO} times its size.")


def _check_entry(archive: IO[bytes], entry: _Entry) -> int:
    """Compare the entry's own header, unpack it; where its data end."""
    name_size: int
    extra_size: int
    head = _read(archive, entry.offset, _LOCAL_SIZE)
    if not head.startswith(_LOCAL):
        raise _Refused(f"{_short(entry.name)} is not where the directory says.")
    flags, method, _, _, crc, packed, size, name_size, extra_size = struct.unpack("<4H3L2H", head[6:])
    names = _read(archive, entry.offset + _LOCAL_SIZE, name_size + extra_size)
    if flags & _DESCRIPTOR and (crc, packed, size) == (0, 0, 0):
        crc, packed, size = entry.crc, entry.packed, entry.size  # told behind the data
    else:
        size, packed = _widened(dict(_fields(names[name_size:])).get(_ZIP64, b""), size, packed)
        if flags & _DESCRIPTOR and (packed, size) == (0, 0):
            crc, packed, size = entry.crc, entry.packed, entry.size
    own = (names[:name_size], flags, method, crc, packed, size)
    if own != (entry.raw_name, entry.flags, entry.method, entry.crc, entry.packed, entry.size):
        raise _Refused(f"{_short(entry.name)} says another thing of itself than the directory does.")
    start = entry.offset + _LOCAL_SIZE + name_size + extra_size
    _unpack(archive, entry, start)
    return start + entry.packed


def _unpack(archive: IO[bytes], entry: _Entry, start: int) -> None:
    lies = _Refused(f"{_short(entry.name)} does not unpack to what the directory says.")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == _DEFLATED else None
    archive.seek(start)
    left, size, crc = entry.packed, 0, 0
    pending = b""
    while left or pending or (inflate is not None and not inflate.eof):
        if not pending and left:
            pending = archive.read(min(left, _CHUNK))
            left -= len(pending)
            if not pending:
                raise lies
        if inflate is None:
            out, pending = pending, b""
        else:
            out = inflate.decompress(pending, _CHUNK)
            pending = inflate.unconsumed_tail
            if inflate.unused_data or (inflate.eof and left) or not (out or left or inflate.eof):
                raise lies
        if size == 0 and out.startswith(_ARCHIVES) and not entry.name.lower().endswith(_OFFICE):
            raise _Refused(f"{_short(entry.name)} is an archive itself; send it as a file of its own.")
        size += len(out)
        crc = zlib.crc32(out, crc)
        if size > entry.size:
            raise lies
    if (size, crc) != (entry.size, entry.crc):
        raise lies


def _check_places(entries: Sequence[_Entry], ends: Sequence[int], directory: int) -> None:
    """Entries lie side by side from the first byte to the directory, but for the descriptors between them."""
    spans = sorted(zip((entry.offset for entry in entries), ends, strict=True))
    for before, after in pairwise([(0, 0), *spans, (directory, directory)]):
        if not 0 <= after[0] - before[1] <= _DESCRIPTOR_SIZE:
            raise _Refused("The archive's entries overlap, or bytes lie between them that belong to none.")


def _read(archive: IO[bytes], start: int, size: int) -> bytes:
    if not 0 <= start <= _FARTHEST:
        raise _Refused("The archive's directory cannot be found where it should be.")
    archive.seek(start)
    return archive.read(size)


def _short(name: str) -> str:
    return f"{name[:80]!r} in the archive"
