"""What has to be in the storage, for comparing it with what is there."""

from collections.abc import AsyncIterator
from uuid import UUID

from domain.database import Tx
from domain.ids import show

PORTION = 1000

STORED = """
SELECT id, kind, storage_key, size, sha256 FROM (
    (SELECT id, 'file' AS kind, storage_key, size, sha256 FROM file WHERE state <> 'rejected' AND storage_key > $1
      ORDER BY storage_key LIMIT $2)
    UNION ALL
    (SELECT upload_id, 'upload', storage_key, size, NULL FROM upload_part WHERE storage_key > $1
      ORDER BY storage_key LIMIT $2)
) stored ORDER BY storage_key LIMIT $2
"""


async def stored(tx: Tx) -> AsyncIterator[tuple[str, str, int, bytes | None]]:
    """(whose, key, size in bytes, SHA-256) of every object on record; parts of uploads have no digest yet."""
    last = ""
    while rows := await tx.fetch(STORED, last, PORTION):
        for row in rows:
            subject: UUID = row["id"]
            yield show(row["kind"], subject), row["storage_key"], row["size"], row["sha256"]
        last = rows[-1]["storage_key"]
