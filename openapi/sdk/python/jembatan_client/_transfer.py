"""Files that are read and written as they travel: never whole in memory, checked by their SHA-256, taken up where they broke."""

from __future__ import annotations

import email.message
import hashlib
import os
import re
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

import anyio.to_thread
import httpx
from attrs import define

from .errors import TransferError

CHUNK = 256 * 1024
Progress: TypeAlias = Callable[[int, "int | None"], None]
"""Called with bytes done and bytes in all (None: unknown)."""

Source: TypeAlias = "str | os.PathLike[str] | BinaryIO"
Target: TypeAlias = "str | os.PathLike[str] | BinaryIO"


@define(frozen=True)
class Downloaded:
    """What was written: where (None for an open file), how many bytes, their SHA-256, and what the server calls it."""

    path: Path | None
    size: int
    sha256: str
    media_type: str | None
    name: str | None


def name_of(source: Source) -> str:
    """The name to store a source under."""
    path = source if isinstance(source, str | os.PathLike) else getattr(source, "name", None)
    if not isinstance(path, str | os.PathLike):
        raise TypeError("an open file without a name needs `name`")
    return os.path.basename(os.fspath(path))


MEDIA = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def media_of(source: Source) -> str:
    """What a source is by the ending of its name."""
    ending = os.path.splitext(name_of(source))[1].lower()
    return MEDIA.get(ending, "application/octet-stream")


class Outgoing:
    """A source that can be sent more than once, if it can be wound back."""

    def __init__(self, source: Source, progress: Progress | None = None) -> None:
        self._progress = progress
        self._owned = isinstance(source, str | os.PathLike)
        self._file: BinaryIO = Path(source).open("rb") if isinstance(source, str | os.PathLike) else source  # noqa: SIM115
        self.repeatable = self._file.seekable()
        self._start = self._file.tell() if self.repeatable else 0
        self.size = self._measured() if self.repeatable else None

    def digest(self) -> str:
        """Its SHA-256; what is sent is read again."""
        self._rewind()
        found = hashlib.sha256()
        while chunk := self._next():
            found.update(chunk)
        return found.hexdigest()

    async def adigest(self) -> str:
        """Its SHA-256, read in a thread."""
        return await anyio.to_thread.run_sync(self.digest)

    def _measured(self) -> int:
        end = self._file.seek(0, os.SEEK_END)
        self._file.seek(self._start)
        return end - self._start

    def close(self) -> None:
        """Close what was opened here."""
        if self._owned:
            self._file.close()

    def headers(self) -> dict[str, str]:
        """Its size, where it is known: the server can refuse what is too large before it is sent."""
        length = {} if self.size is None else {"content-length": str(self.size)}
        return {"content-type": "application/octet-stream", **length}

    def _rewind(self, offset: int = 0) -> None:
        if self.repeatable:
            self._file.seek(self._start + offset)

    def _next(self) -> bytes:
        return self._file.read(CHUNK)

    def chunks(self, offset: int = 0) -> Iterator[bytes]:
        """From this byte on."""
        self._rewind(offset)
        done = offset
        while chunk := self._next():
            yield chunk
            done += len(chunk)
            if self._progress:
                self._progress(done, self.size)

    async def achunks(self, offset: int = 0) -> AsyncIterator[bytes]:
        """From this byte on, read in a thread."""
        self._rewind(offset)
        done = offset
        while chunk := await anyio.to_thread.run_sync(self._next):
            yield chunk
            done += len(chunk)
            if self._progress:
                self._progress(done, self.size)


class Incoming:
    """A target being written. A path is written as `<path>.part` first, which a later attempt or program goes on with."""

    def __init__(self, target: Target, progress: Progress | None = None) -> None:
        self._progress = progress
        self._path = Path(target) if isinstance(target, str | os.PathLike) else None
        self._hash = hashlib.sha256()
        self.size = 0
        self.resumed = False
        self._total: int | None = None
        self._response: httpx.Response | None = None
        self._tag: str | None = None
        if self._path is None:
            assert not isinstance(target, str | os.PathLike)
            self._file: BinaryIO = target
            self._start = target.tell() if target.seekable() else None
        else:
            self._part = self._path.with_name(self._path.name + ".part")
            self._file = self._part.open("a+b")
            self._start = 0
            self._file.seek(0)
            while chunk := self._file.read(CHUNK):
                self._count(chunk)
            self.resumed = self.size > 0

    def _count(self, chunk: bytes) -> None:
        self._hash.update(chunk)
        self.size += len(chunk)

    def headers(self) -> dict[str, str]:
        """Ask for the rest, as it is stored: a part of something compressed could not be gone on with."""
        rest = {"range": f"bytes={self.size}-"} if self.size else {}
        return {"accept-encoding": "identity", **rest}

    def restart(self) -> None:
        """Throw away what is there."""
        if self._start is None:
            raise TransferError("the transfer broke, and the target cannot be wound back")
        self._file.seek(self._start)
        self._file.truncate()
        self._hash, self.size, self.resumed, self._tag = hashlib.sha256(), 0, False, None

    def begin(self, response: httpx.Response) -> None:
        """The answer has come: go on, or begin again where it is the whole, or something else than before."""
        tag = response.headers.get("etag")
        if response.status_code == httpx.codes.PARTIAL_CONTENT:
            if self._tag is not None and tag != self._tag:
                raise TransferError("the content changed while it was fetched")
        elif self.size:
            self.restart()
        self._tag, self._response = tag, response
        length = response.headers.get("content-length", "")
        self._total = self.size + int(length) if length.isdigit() else None

    def write(self, chunk: bytes) -> None:
        """One chunk."""
        self._file.write(chunk)
        self._count(chunk)
        if self._progress:
            self._progress(self.size, self._total)

    def complete(self) -> bool:
        """Whether all of it is there and is what the server has; a resumed part of something else is thrown away."""
        short = self._total is not None and self.size != self._total
        expected = re.fullmatch(r'"([0-9a-f]{64})"', self._tag or "")
        wrong = expected is not None and self._hash.hexdigest() != expected[1]
        if not short and not wrong:
            return True
        if self.resumed:
            self.restart()
            return False
        raise TransferError("what arrived is not what the server has: its SHA-256 or its length differs")

    def finish(self) -> Downloaded:
        """Put a path in its place."""
        self._file.flush()
        if self._path is not None:
            self._file.close()
            self._part.replace(self._path)
        headers = self._response.headers if self._response is not None else httpx.Headers()
        message = email.message.Message()
        message["content-disposition"] = headers.get("content-disposition", "")
        return Downloaded(
            self._path, self.size, self._hash.hexdigest(), headers.get("content-type"), message.get_filename()
        )

    def close(self) -> None:
        """Leave a part for later, unless there is nothing in it."""
        if self._path is not None and not self._file.closed:
            self._file.close()
            if not self.size:
                self._part.unlink(missing_ok=True)
