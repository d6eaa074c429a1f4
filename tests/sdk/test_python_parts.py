"""The Python SDK sends large files in parts: cut at random places, killed in the middle, and only what lacks is sent again."""

import asyncio
import contextlib
import hashlib
import os
import random
import re
import secrets
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from sdk_scene import MIB, PYTHON, PYTHON_SDK, Stage, python_environment

pytestmark = pytest.mark.slow
SIZE = 40 * MIB
SLACK = 9 * MIB
"""What one cut may lose: a piece of 8 MiB that the server had not counted, and what was under way."""


@pytest.fixture(autouse=True)
def _package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(PYTHON_SDK))
    yield
    for name in [name for name in sys.modules if name.split(".")[0] == "jembatan_client"]:
        del sys.modules[name]


@pytest.fixture
def seed() -> int:
    made = secrets.randbits(32)
    print(f"seed {made}")  # noqa: T201 - pytest shows it when the test fails
    return made


@pytest.fixture
def large(tmp_path: Path, seed: int) -> Path:
    path = tmp_path / "large.pdf"
    path.write_bytes(b"%PDF-1.7\n" + random.Random(seed).randbytes(SIZE - 9))  # noqa: S311
    return path


class Line:
    """A line between client and server that counts what goes up and breaks where it is told: bytes since the last break."""

    def __init__(self, url: str, breaks: list[int], rate: float | None = None) -> None:
        self.target = urlsplit(url)
        self.breaks, self.rate = list(breaks), rate
        self.up = self._since = 0
        self.broken = 0
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection((self.target.hostname or "", self.target.port or 0))
            for source, sink, counted in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._carry, args=(source, sink, counted), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if counted and self._count(len(data)):
                    break
                sink.sendall(data)
        for each in (source, sink):
            with contextlib.suppress(OSError):
                # A reset: who writes would else wait for somebody to read.
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _count(self, size: int) -> bool:
        """Count what goes up; whether the line breaks now."""
        with self._lock:
            self.up += size
            self._since += size
            if self.breaks and self._since >= self.breaks[0]:
                self.breaks.pop(0)
                self._since, self.broken = 0, self.broken + 1
                return True
        if self.rate:
            time.sleep(size / self.rate)
        return False

    def close(self) -> None:
        self._listener.close()


@contextmanager
def line(url: str, breaks: list[int], rate: float | None = None) -> Iterator[Line]:
    made = Line(url, breaks, rate)
    threading.Thread(target=made.serve, daemon=True).start()
    try:
        yield made
    finally:
        made.close()


def is_whole(stage: Stage, secret: str, file_id: str, path: Path) -> None:
    headers = {"authorization": f"Bearer {secret}"}
    got = httpx.get(f"{stage.url}/v1/files/{file_id}/content", headers=headers, trust_env=False, timeout=60)
    assert hashlib.sha256(got.content).digest() == hashlib.sha256(path.read_bytes()).digest()


@pytest.mark.parametrize("kind", ["wait", "async"])
def test_cut_at_random_places(stage: Stage, large: Path, seed: int, kind: str) -> None:
    from jembatan_client import AsyncHub, Hub

    chosen = random.Random(seed)  # noqa: S311
    breaks = [chosen.randrange(MIB, 16 * MIB) for _ in range(4)]
    with line(stage.url, breaks) as between:
        if kind == "wait":
            with Hub(between.url, stage.buyer) as hub:
                file = hub.files.upload(large)
        else:

            async def send() -> Any:
                async with AsyncHub(between.url, stage.buyer) as hub:
                    return await hub.files.upload(large)

            file = asyncio.run(send())
    assert between.broken >= 3, breaks  # the last may lie behind the end
    assert between.up < SIZE + between.broken * SLACK
    assert file.size == SIZE
    is_whole(stage, stage.buyer, file.id, large)


def put(url: str, secret: str, path: Path, *more: str) -> "subprocess.Popen[str]":
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return subprocess.Popen(
        [PYTHON, "-m", "jembatan_client.cli", "file", "put", str(path), *more],
        env=environment | python_environment() | {"JEMBATAN_URL": url, "JEMBATAN_KEY": secret, "LANG": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_killed_program_goes_on(stage: Stage, large: Path, seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311
    with line(stage.url, [], rate=20e6) as between:
        at = chosen.randrange(12 * MIB, 36 * MIB)
        first = put(between.url, stage.buyer, large)
        ends = time.monotonic() + 60
        while between.up < at:
            assert first.poll() is None, first.communicate()
            assert time.monotonic() < ends
            time.sleep(0.005)
        first.send_signal(signal.SIGKILL)
        first.communicate(timeout=10)
        sent = between.up
    with line(stage.url, []) as between:
        second = put(between.url, stage.buyer, large)
        said, wrong = second.communicate(timeout=60)
        assert second.returncode == 0, wrong
        lacked = between.up
    assert lacked < SIZE - sent + SLACK, (lacked, sent)
    (file_id,) = re.findall(r"fil_[0-9a-f]{32}", said)
    is_whole(stage, stage.buyer, file_id, large)
    with line(stage.url, []) as between:
        third = put(between.url, stage.buyer, large)
        said, wrong = third.communicate(timeout=60)
        assert third.returncode == 0, wrong
        assert file_id in said
        assert between.up < MIB, "what is there is not sent again"
