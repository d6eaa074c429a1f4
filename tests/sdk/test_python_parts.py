"""The Python SDK sends large files in parts: cut at random places, killed in the middle, and only what lacks is sent again."""

import asyncio
import hashlib
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cut_line import line
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
