"""500 MB go up and come down in parts while the server's memory stays where it is."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("large")]
ROOT = Path(__file__).parents[2]
MIB = 1024 * 1024
SIZE = 500 * MIB
HEAD = b"%PDF-1.7\n"
BOUND = 32 * MIB


def body() -> Iterator[bytes]:
    yield HEAD
    left = SIZE - len(HEAD)
    block = bytes(range(256)) * 1024
    while left > 0:
        yield block[:left]
        left -= len(block[:left])


def resident(pid: int) -> int:
    """Bytes that the server's own processes hold (its workers included)."""
    parent = psutil.Process(pid)
    mine = [parent, *parent.children(recursive=True)]
    return sum(process.memory_info().rss for process in mine if "python" in process.name())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, int, str]]:
    """(address, process id, a verified buyer's key) of a server with one worker."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["JEMBATAN_HOME"] = str(tmp_path)
    command = [sys.executable, "-m", "api"]
    operator = subprocess.run(
        [*command, "init"], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout.split()[0]
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(
        [*command, "serve", "--port", "18761", "--api-only"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    url = "http://127.0.0.1:18761"
    try:
        ends = time.monotonic() + 30
        while True:
            try:
                if httpx.get(f"{url}/health/ready", trust_env=False).status_code == 200:
                    break
            except httpx.TransportError:
                assert time.monotonic() < ends, "the server did not start"
            time.sleep(0.1)
        made = httpx.post(
            f"{url}/v1/registrations",
            json={"name": "PT Besar", "roles": ["buyer"]},
            headers={"idempotency-key": "1"},
            trust_env=False,
        ).json()
        httpx.post(
            f"{url}/v1/organisations/{made['organisation']['id']}/verify",
            headers={"authorization": f"Bearer {operator}", "idempotency-key": "2"},
            trust_env=False,
        ).raise_for_status()
        yield url, process.pid, made["secret"]
    finally:
        process.terminate()
        process.wait(40)
        log.close()


def test_memory_stays_flat(server: tuple[str, int, str]) -> None:
    url, pid, secret = server
    key = {"authorization": f"Bearer {secret}"}
    with httpx.Client(base_url=url, headers=key, timeout=120, trust_env=False) as client:
        client.get("/v1/me").raise_for_status()
        before = resident(pid)
        peak = before
        digest = hashlib.sha256()

        def watched() -> Iterator[bytes]:
            nonlocal peak
            for number, block in enumerate(body()):
                digest.update(block)
                if number % 100 == 0:
                    peak = max(peak, resident(pid))
                yield block

        response = client.post(
            "/v1/files?name=large.pdf",
            content=watched(),
            headers={"idempotency-key": "3", "content-type": "application/octet-stream", "content-length": str(SIZE)},
        )
        assert response.status_code == 201, response.text
        file = response.json()
        assert (file["size"], file["sha256"]) == (SIZE, digest.hexdigest())
        got = hashlib.sha256()
        for start in range(0, SIZE, 100 * MIB):
            end = min(start + 100 * MIB, SIZE) - 1
            ranged = {"range": f"bytes={start}-{end}"}
            with client.stream("GET", f"/v1/files/{file['id']}/content", headers=ranged) as part:
                assert part.status_code == 206
                assert part.headers["content-range"] == f"bytes {start}-{end}/{SIZE}"
                for number, block in enumerate(part.iter_bytes(MIB)):
                    got.update(block)
                    if number % 20 == 0:
                        peak = max(peak, resident(pid))
        assert got.hexdigest() == digest.hexdigest()
        outside = client.get(f"/v1/files/{file['id']}/content", headers={"range": f"bytes={SIZE}-"})
        assert outside.status_code == 416
    assert peak - before < BOUND, f"memory grew by {(peak - before) / MIB:.0f} MiB"
