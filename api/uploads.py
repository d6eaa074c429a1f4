"""Receiving one upload: counted, hashed, told by its first bytes, archives looked into, stored. Memory stays flat."""

import asyncio
import hashlib
import tempfile
import zipfile
from collections.abc import AsyncIterator
from typing import IO

from api.blobs import Blobs
from domain.errors import Fault, FileRefused, TooLarge
from domain.files import archives
from domain.files.kinds import ARCHIVES, HEAD_BYTES, kind_of, name_fault
from domain.files.model import Received
from domain.ids import new_id

SPOOL_MEMORY = 1024 * 1024
"""An archive is copied to a temporary file beside the storage, beyond this on disk, to read its directory."""
_ZIP = b"PK\x03\x04"


def check_announced(name: str, content_length: str | None, limit: int) -> None:
    """Refuse before the first byte what cannot become a file. Raises FileRefused, TooLarge."""
    wrong = name_fault(name)
    if wrong is not None:
        raise FileRefused(wrong, faults=[Fault("", "Send the file's name as the query parameter `name`.")])
    if content_length is not None and content_length.isdecimal():
        if int(content_length) > limit:
            raise TooLarge(f"A file has {limit} bytes at most.")
        if int(content_length) == 0:
            raise FileRefused("The file is empty.")


async def receive(blobs: Blobs, owner: str, name: str, body: AsyncIterator[bytes], limit: int) -> Received:
    """Store `body` under a new key and say what it is. Raises FileRefused or TooLarge, and then nothing is left."""
    key = f"{owner}/{new_id().hex}"
    measured = _Measured(body, limit)
    await blobs.put(key, measured.chunks())
    try:
        if measured.size == 0:
            raise FileRefused("The file is empty.")  # noqa: TRY301  what was stored has to go again
        kind = kind_of(name, measured.head, measured.size)
        if isinstance(kind, str):
            raise FileRefused(kind)  # noqa: TRY301
        if kind in ARCHIVES:
            await asyncio.to_thread(_check_archive, measured.spool)
    except BaseException:
        await blobs.delete(key)
        raise
    finally:
        measured.close()
    return Received(
        name=name, media_type=kind.media_type, size=measured.size, sha256=measured.digest.hexdigest(), storage_key=key
    )


class _Measured:
    """Passes chunks on and keeps count, digest, the beginning, and for an archive a copy to look into."""

    def __init__(self, body: AsyncIterator[bytes], limit: int) -> None:
        self._body, self._limit = body, limit
        self.size = 0
        self.digest = hashlib.sha256()
        self.head = b""
        self.spool: IO[bytes] | None = None

    async def chunks(self) -> AsyncIterator[bytes]:
        async for chunk in self._body:
            self.size += len(chunk)
            if self.size > self._limit:
                raise TooLarge(f"A file has {self._limit} bytes at most.")
            if len(self.head) < HEAD_BYTES:
                self.head += chunk[: HEAD_BYTES - len(self.head)]
                if self.spool is None and self.head.startswith(_ZIP):
                    self.spool = tempfile.SpooledTemporaryFile(max_size=SPOOL_MEMORY)  # noqa: SIM115  closed by `close`
            self.digest.update(chunk)
            if self.spool is not None:
                await asyncio.to_thread(self.spool.write, chunk)
            if chunk:
                yield chunk

    def close(self) -> None:
        if self.spool is not None:
            self.spool.close()


def _check_archive(spool: IO[bytes] | None) -> None:
    broken = FileRefused("The archive's directory cannot be read.")
    if spool is None:
        raise broken
    try:
        with zipfile.ZipFile(spool) as archive:
            entries = archive.infolist()
            wrong = archives.fault(entries)
            if wrong is not None:
                raise FileRefused(wrong)
            for entry in entries:
                with archive.open(entry):
                    pass  # opening compares the entry's own header with the directory's
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise broken from error
