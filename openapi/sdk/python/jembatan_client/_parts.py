"""A large file that is sent in parts (tus 1.0): what to ask for next, from what was answered. The engines do the asking."""

from __future__ import annotations

import base64
import hashlib
import time

import httpx

from ._call import Call, new_key, place
from .errors import TransferError

IN_PARTS = 16 * 1024 * 1024
"""Bytes from which on a file is sent in parts. Below, asking twice more costs as much as sending again."""

TUS = {"tus-resumable": "1.0.0"}
LOOK = Call("HEAD", "/v1/uploads")
MAY_READ = Call("GET", f"/v1/files/fil_{'0' * 32}")
"""A file that is nobody's: 404 to whoever may read files, 403 to who may not."""

GONE = frozenset({404, 410})
ASK = frozenset({404, 408, 409, 410, 500, 502, 504})
"""Answers to a part after which the server knows best where to go on: too slow, overtaken by an earlier request, or in doubt."""

CHECKING_SECONDS = 180.0
"""How long the server may take to put the parts together: two minutes for a process that died over it, and the work."""

STARTS = 10
"""The server keeps an idempotency key for a week, an upload for a day after its last byte: so many may have been forgotten."""


class Parts:
    """One file on its way. `path` is where; `offset` where the next bytes belong; `file_id` what it has become.

    The idempotency key that begins it follows from the caller's: the same key finds the same upload again, in another
    process too, and goes on there.
    """

    def __init__(self, call: Call, size: int, sha256: str) -> None:
        self.sha256, self.size, self.offset = sha256, size, 0
        self.path = ""
        self.file_id: str | None = None
        self._key = _derived(call.idempotency_key or new_key())
        self._name = str(call.query["name"])
        self._starts = 0
        self._checking: float | None = None

    def create(self) -> Call:
        """Begin it, or find it again. The digest is told so that a key with other content is refused."""
        metadata = f"filename {_base64(self._name)},sha256 {_base64(self.sha256)}"
        extra = {**TUS, "upload-length": str(self.size), "upload-metadata": metadata}
        return Call("POST", "/v1/uploads", idempotency_key=self._key, extra=extra)

    def begun(self, upload_id: str) -> None:
        """It is there. An address of the server's is not followed: the key goes to the server that was given only."""
        self.path = f"/v1/uploads/{place(upload_id)}"

    def look(self) -> Call:
        """Where to go on?"""
        return Call("HEAD", self.path, extra=TUS)

    def append(self) -> Call:
        """The rest. Nothing, where all is there: it tells what has become of it."""
        extra = {
            **TUS,
            "upload-offset": str(self.offset),
            "content-type": "application/offset+octet-stream",
            "content-length": str(self.size - self.offset),
        }
        return Call("PATCH", self.path, extra=extra)

    def seen(self, answer: httpx.Response) -> bool:
        """Take note of how far it is; whether that is farther than before."""
        before, self.offset = self.offset, int(answer.headers["upload-offset"])
        self.file_id = answer.headers.get("jembatan-file-id")
        return self.offset > before

    def forget(self) -> None:
        """It has expired: the next one has a key of its own, the same in every process. Raises TransferError in the end."""
        self._starts += 1
        if self._starts == STARTS:
            raise TransferError("the server forgets what is sent to it")
        self._key, self.offset = _derived(self._key), 0

    def wait(self) -> float:
        """Seconds until to ask again, all being sent and nothing said of the file. Raises TransferError after a while."""
        self._checking = self._checking or time.monotonic()
        if time.monotonic() - self._checking > CHECKING_SECONDS:
            raise TransferError("all was sent, and the server does not say what became of it")
        return 1.0

    def check(self, sha256: str) -> None:
        """Whether the server has what was to be sent. Raises TransferError."""
        if sha256 != self.sha256:
            raise TransferError("what the server has is not what was to be sent: its SHA-256 differs")


def _derived(key: str) -> str:
    """Another key that follows from one, so that no other operation meets it."""
    return hashlib.sha256(f"upload in parts {key}".encode()).hexdigest()


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
