"""Receiving one upload: counted, hashed, told by its first bytes, archives looked into, stored. Memory stays flat."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import IO

from api.scanning import checked
from api.services import Services
from domain.database import utc_now
from domain.errors import Fault, FileRefused, TooLarge
from domain.files import archives, queries
from domain.files.kinds import HEAD_BYTES, Kind, kind_named, kind_of, name_fault, normal_name
from domain.files.model import Received
from domain.ids import new_id

SPOOL_MEMORY = 1024 * 1024
"""An archive is copied to a temporary file beside the storage, beyond this on disk, to be looked into."""
ORPHAN_AGE = timedelta(hours=24)
"""Longer than any upload takes: bytes this old without a row were left by a crash."""
_ZIP = b"PK\x03\x04"
_looking = asyncio.Semaphore(1)
"""Unpacking costs processor time that the sender chooses: one archive at a time in each process."""


def check_announced(name: str, content_length: str | None, limit: int) -> str:
    """The name as it is kept. Refuses before the first byte what cannot become a file: FileRefused, TooLarge."""
    name = normal_name(name)
    wrong = name_fault(name) or kind_named(name)
    if isinstance(wrong, str):
        raise FileRefused(wrong, faults=[Fault("", "Send the file's name as the query parameter `name`.")])
    if content_length is not None and content_length.isdecimal():
        if int(content_length) > limit:
            raise TooLarge(f"A file has {limit} bytes at most.")
        if int(content_length) == 0:
            raise FileRefused("The file is empty.")
    return name


async def receive(services: Services, owner: str, name: str, body: AsyncIterator[bytes]) -> Received:
    """Store `body` under a new key and say what it is. Raises FileRefused or TooLarge, and then nothing is left."""
    blobs, limit = services.blobs, services.settings.max_upload
    key = f"{owner}/{new_id().hex}"
    measured = _Measured(body, limit)
    try:
        await blobs.put(key, measured.chunks())
        try:
            kind = await _kind(measured, name)
            is_clean = await checked(services.scanner, blobs.read(key, 0, measured.size))
        except BaseException:
            await blobs.delete(key)
            raise
    finally:
        measured.close()
    return Received(
        name=name,
        media_type=kind.media_type,
        size=measured.size,
        sha256=measured.digest.hexdigest(),
        storage_key=key,
        is_clean=is_clean,
    )


async def sweep(services: Services) -> int:
    """Delete bytes that no row knows: of an upload that a crash, or a commit of unknown outcome, broke off. How many."""
    gone = 0
    async for keys in services.blobs.older_than(utc_now() - ORPHAN_AGE):
        for key in await queries.unknown_keys(services.db, keys):
            await services.blobs.delete(key)
            gone += 1
    return gone


async def _kind(measured: "_Measured", name: str) -> Kind:
    kind = kind_of(name, measured.head, measured.size)
    if isinstance(kind, str):
        raise FileRefused(kind)
    if kind.is_archive:
        assert measured.spool is not None, "an archive begins like one"
        async with _looking:
            wrong = await asyncio.to_thread(archives.fault, measured.spool, kind.needs)
        if wrong is not None:
            raise FileRefused(wrong)
    return kind


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
            if not chunk:
                continue
            self.digest.update(chunk)
            before = self.head
            self.head += chunk[: HEAD_BYTES - len(before)]
            if self.spool is not None:
                await asyncio.to_thread(self.spool.write, chunk)
            elif len(before) < len(_ZIP) and self.head.startswith(_ZIP):
                self.spool = tempfile.SpooledTemporaryFile(max_size=SPOOL_MEMORY)  # noqa: SIM115  closed by `close`
                self.spool.write(before + chunk)
            yield chunk
        if self.size == 0:
            raise FileRefused("The file is empty.")

    def close(self) -> None:
        if self.spool is not None:
            self.spool.close()
