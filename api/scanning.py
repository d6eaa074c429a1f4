"""What becomes of a file by the virus scanner's verdict, now or, where there is none yet, later."""

import contextlib
from collections.abc import AsyncIterator

import structlog

from api.blobs import BlobsError
from api.scanner import Scanner, ScannerUnavailable
from api.services import Services
from domain.errors import FileRefused, Refusal
from domain.files import commands, queries
from domain.files.model import File


async def checked(scanner: Scanner | None, chunks: AsyncIterator[bytes]) -> bool:
    """Whether bytes are known to be clean: True without a scanner. Raises FileRefused for what it found.

    False when there is no verdict: the file is kept back as `scanning`, and a worker asks again.
    """
    if scanner is None:
        return True
    try:
        verdict = await scanner.scan(chunks)
    except ScannerUnavailable as error:
        structlog.get_logger("jembatan").warning("scanner_unavailable", error=str(error))
        return False
    if verdict.found is not None:
        raise FileRefused(verdict.found)
    return True


async def tend(services: Services) -> int:
    """For the worker: ask again about files that are kept back. How many were judged.

    Raises ScannerUnavailable when there is a verdict on none, so that the worker waits ever longer. Without a scanner they
    go on waiting: nothing is served unchecked because a setting was lost.
    """
    if services.scanner is None:
        return 0
    judged, trouble = 0, None
    for file in await queries.unscanned(services.db):
        try:
            judged += await _judge(services, services.scanner, file)
        except ScannerUnavailable as error:
            trouble = error
    if trouble is not None and not judged:
        raise trouble
    return judged


async def _judge(services: Services, scanner: Scanner, file: File) -> bool:
    try:
        verdict = await scanner.scan(services.blobs.read(file.storage_key, 0, file.size))
        await commands.judge(services.db, file.id, verdict.found)
    except (BlobsError, Refusal):  # the storage is away, or another worker was faster
        return False
    if verdict.found is not None:
        with contextlib.suppress(BlobsError):  # nobody reads it, and the sweep would find it
            await services.blobs.delete(file.storage_key)
    return True
