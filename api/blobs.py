"""File contents: a local directory or S3, through obstore."""

from typing import Self


class Blobs:
    """Where bytes are kept."""

    @classmethod
    def open(cls, url: str) -> Self:
        """From a URL."""
        return cls()

    async def ping(self) -> None:
        """Raise BlobsError when nothing can be written."""


class BlobsError(Exception):
    """The storage does not work; the message is one line."""
