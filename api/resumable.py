"""Receiving a file in parts: each request's bytes go to the storage in pieces, and the whole passes the checks of any upload.

Any process may take the next request: what is known of an upload is in the database and the storage alone.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from litestar.exceptions import HTTPException

from api import uploads
from api.blobs import BlobsError
from api.refusals import ChecksumMismatch, TooSlow
from api.services import Services
from domain.actors import Actor
from domain.errors import Duplicate, FileRefused, NotFound, Refusal, TooLarge
from domain.files.model import File
from domain.ids import new_id, show
from domain.uploads import commands, queries
from domain.uploads.model import Part, Upload

PIECE = 8 * 1024 * 1024
"""Bytes that are stored before they are counted: the most that a killed process loses of a request."""


class Checksum(NamedTuple):
    """What the sender says of the bytes of one request; `running` is a hash object."""

    running: Any
    wanted: bytes


class _Body:
    """The bytes of one request, piece by piece, until they end, come too slowly or break off."""

    def __init__(self, chunks: AsyncIterator[bytes], services: Services, checksum: Checksum | None) -> None:
        self._chunks, self._checksum = chunks, checksum
        self._idle = services.settings.upload_idle_seconds
        self._ends = time.monotonic() + services.settings.upload_seconds
        self._rest = b""
        self._ended = False
        self.trouble: Refusal | None = None

    async def has_more(self) -> bool:
        """Whether there is another byte."""
        while not self._rest and not self._ended:
            try:
                async with asyncio.timeout(min(self._idle, self._ends - time.monotonic())):
                    self._rest = await anext(self._chunks)
            except StopAsyncIteration:
                self._ended = True
            except TimeoutError:
                self._ended, self.trouble = (
                    True,
                    TooSlow("The bytes came too slowly. What came is kept: go on from there."),
                )
            except HTTPException:
                self._ended, self.trouble = True, FileRefused("The connection broke off. What came is kept.")
        return bool(self._rest)

    async def piece(self, most: int) -> AsyncIterator[bytes]:
        """The next bytes, `most` at most."""
        while most and await self.has_more():
            part, self._rest = self._rest[:most], self._rest[most:]
            most -= len(part)
            if self._checksum is not None:
                self._checksum.running.update(part)
            yield part


async def append(
    services: Services, actor: Actor, upload: Upload, chunks: AsyncIterator[bytes], checksum: Checksum | None
) -> Upload:
    """Store and count the bytes of one request, which begin at `upload.received`. With a checksum all of them or none.

    Raises TooSlow or FileRefused when they end early (what came is counted, without a checksum), ChecksumMismatch,
    TooLarge, OffsetMismatch.
    """
    body = _Body(chunks, services, checksum)
    waiting: list[Part] = []
    place = upload.received
    try:
        while await body.has_more():
            if place == upload.length:
                raise TooLarge(f"The upload has {upload.length} bytes, as was announced, and no more.")
            part = await _store(services, upload, place, body)
            place += part.size
            waiting.append(part)
            if checksum is None:
                upload = await commands.append(services.db, actor, upload.id, waiting)
                waiting = []
        if checksum is not None and body.trouble is None:
            if checksum.running.digest() != checksum.wanted:
                raise ChecksumMismatch("The bytes do not have the checksum that was announced. Send them again.")
            if waiting:
                upload = await commands.append(services.db, actor, upload.id, waiting)
                waiting = []
    finally:
        await _drop(services, waiting)
    if body.trouble is not None:
        raise body.trouble
    return upload


async def _store(services: Services, upload: Upload, start: int, body: _Body) -> Part:
    key = f"{show('organisation', upload.organisation_id)}/{new_id().hex}"
    size = 0

    async def counted() -> AsyncIterator[bytes]:
        nonlocal size
        async for chunk in body.piece(min(PIECE, upload.length - start)):
            size += len(chunk)
            yield chunk

    await services.blobs.put(key, counted())
    return Part(start=start, size=size, storage_key=key)


async def finish(services: Services, upload: Upload) -> File | None:
    """Make a file of a whole upload; None when another process is at it. Raises FileRefused, for good."""
    if not await commands.claim(services.db, upload.id):
        return None
    parts = await queries.parts(services.db, upload.id)
    owner = show("organisation", upload.organisation_id)
    try:
        received = await uploads.receive(services, owner, upload.name, _joined(services, parts))
    except (FileRefused, TooLarge) as refused:
        await commands.refuse(services.db, upload.id, refused.detail)
        await _drop(services, parts)
        raise
    try:
        file = await commands.complete(services.db, upload, received)
    except (Duplicate, NotFound):  # another process was faster, or the upload was deleted meanwhile
        with suppress(BlobsError):
            await services.blobs.delete(received.storage_key)
        return None
    await _drop(services, parts)
    return file


async def _joined(services: Services, parts: list[Part]) -> AsyncIterator[bytes]:
    for part in parts:
        async for chunk in services.blobs.read(part.storage_key, 0, part.size):
            yield chunk


async def delete(services: Services, upload_id: UUID) -> None:
    """Forget an upload and its bytes."""
    await _drop(services, await commands.delete(services.db, upload_id))


async def _drop(services: Services, parts: list[Part]) -> None:
    for part in parts:
        with suppress(BlobsError):  # the sweep finds it
            await services.blobs.delete(part.storage_key)


async def tend(services: Services) -> int:
    """For the worker: finish what a killed process left whole, clear away what has expired. How many."""
    whole, late = await queries.unfinished(services.db), await queries.expired(services.db)
    done = 0
    for upload_id in whole:
        with suppress(Refusal):
            upload = await queries.of_system(services.db, upload_id)
            done += await finish(services, upload) is not None
    for upload_id in late:
        with suppress(NotFound):  # another worker was faster
            await _drop(services, await commands.delete(services.db, upload_id, only_expired=True))
    return done + len(late)
