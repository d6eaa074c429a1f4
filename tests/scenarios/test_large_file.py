"""500 MB go up and come down in parts while the server's memory stays where it is."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from server_process import served

pytestmark = pytest.mark.slow
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


def test_memory_stays_flat(tmp_path: Path) -> None:
    with served(tmp_path) as server, server.client() as client:
        pid = server.pid
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
